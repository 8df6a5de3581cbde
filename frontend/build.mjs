// Builds everything the browser gets: style sheets, third-party scripts and our own small files.
// Each file is named after its content, so that it may be cached for ever; manifest.json maps
// the plain name to the hashed one. Usage: node build.mjs OUTPUT_FOLDER
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import rtlcss from 'rtlcss';
import * as sass from 'sass';

const here = path.dirname(fileURLToPath(import.meta.url));
const modules = path.join(here, 'node_modules');
const ownFiles = path.join(here, '..', 'src', 'recruitwatch', 'static');
const output = process.argv[2];
if (!output) throw new Error('Name the folder to write to.');

// A service worker must keep one address, so it is served from its own name and never hashed.
const KEPT_AS_THEY_ARE = new Set(['sw.js']);
const THIRD_PARTY = {
  'govuk-frontend.min.js': 'govuk-frontend/dist/govuk/govuk-frontend.min.js',
};

const manifest = {};

function write(name, content) {
  const hash = crypto.createHash('sha256').update(content).digest('hex').slice(0, 12);
  const { name: stem, ext } = path.parse(name);
  manifest[name] = `${stem}.${hash}${ext}`;
  fs.writeFileSync(path.join(output, manifest[name]), content);
  return manifest[name];
}

// The line naming a source map would ask the server for a file that is not shipped.
const withoutSourceMap = (text) => text.replace(/\/\/# sourceMappingURL=\S*\s*$/, '\n');

const sources = new Map();
for (const [name, file] of Object.entries(THIRD_PARTY)) {
  const text = fs.readFileSync(path.join(modules, file), 'utf8');
  sources.set(name, withoutSourceMap(text));
}
for (const name of fs.readdirSync(ownFiles).sort()) {
  if (KEPT_AS_THEY_ARE.has(name) || !/\.(js|svg)$/.test(name)) continue;
  sources.set(name, fs.readFileSync(path.join(ownFiles, name), 'utf8'));
}

// Scripts that import one another must import the hashed names, so the imported one goes first.
function place(name, waiting = []) {
  if (manifest[name]) return manifest[name];
  if (waiting.includes(name)) throw new Error(`Scripts import each other: ${[...waiting, name].join(' > ')}`);
  if (!sources.has(name)) throw new Error(`${waiting.at(-1)} imports ${name}, which is not there.`);
  const text = sources.get(name);
  if (!name.endsWith('.js') || name in THIRD_PARTY) return write(name, text);
  const linked = text.replace(
    /(\bfrom\s*|\bimport\s*\(?\s*)(['"])\.\/([\w.-]+)\2/g,
    (_, lead, quote, other) => `${lead}${quote}./${place(other, [...waiting, name])}${quote}`,
  );
  return write(name, linked);
}

fs.mkdirSync(output, { recursive: true });
for (const name of sources.keys()) place(name);

const css = sass.compile(path.join(here, 'styles', 'app.scss'), {
  loadPaths: [modules],
  style: 'compressed',
  quietDeps: true,
}).css;
write('app.css', css);
write('app.rtl.css', rtlcss.process(css));
// The worker's pages: a sheet of their own in logical properties, so that nothing is mirrored.
write('plain.css', sass.compile(path.join(here, 'styles', 'plain.scss'), { style: 'compressed' }).css);
fs.writeFileSync(path.join(output, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
