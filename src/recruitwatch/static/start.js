// Switches on the behaviour of the form components. Every page works without this file.
// The address of the components carries a content hash, so the page hands it over as data.
const { components } = document.querySelector('script[data-components]').dataset;

document.body.classList.add('js-enabled', 'govuk-frontend-supported');

const { initAll } = await import(new URL(components, document.baseURI));
initAll();
