"""Facts, states and verdicts of audits in words of the reader's language."""

from collections.abc import Mapping, Sequence

from recruitwatch.audits.values import STATE_NAMES, AuditState, Verdict
from recruitwatch.checklists.pages.words import Text, in_english, reviewed
from recruitwatch.checklists.values import Item
from recruitwatch.errors import N_
from recruitwatch.web import languages
from recruitwatch.web.languages import gettext

FACTS: Mapping[str, str] = {
    "has_branch_offices": N_("Does the agency have more than one place of business?"),
    "places_women": N_("Did the agency place or recruit any woman in the last 24 months?"),
    "places_domestic_workers": N_(
        "Did the agency place or recruit any domestic worker in the last 24 months?"
    ),
    "operates_accommodation": N_("Does the agency or its training centre house candidates?"),
    "digital_recruitment": N_(
        "Does the agency find workers through the web, social media or message groups?"
    ),
    "had_deaths_or_injuries": N_(
        "Did a placed worker die or suffer a serious injury in the last 24 months?"
    ),
    "uses_foreign_partner": N_("Did the placement go through an agency in the country of work?"),
    "employer_is_household": N_("Is the employer a private household?"),
}
WORKER_FACTS: Mapping[str, str] = {
    "operates_accommodation": N_("Did the worker stay in housing of the agency or its centre?"),
    "worker_is_woman": N_("Is the worker a woman?"),
}
STATE_COLOURS: Mapping[AuditState, str] = {
    AuditState.DRAFT: "grey",
    AuditState.SUBMITTED: "blue",
    AuditState.RETURNED: "orange",
    AuditState.APPROVED: "green",
    AuditState.ABANDONED: "grey",
}
VERDICTS: Mapping[Verdict, str] = {
    Verdict.APPROVED: N_("Approved"),
    Verdict.RETURNED: N_("Returned"),
}


def state_name(state: AuditState) -> str:
    return gettext(STATE_NAMES[state])


def question_words(item: Item) -> Text:
    """The question in the reader's language where the ministry reviewed it, else in English."""
    language = languages.current.get()
    found = reviewed(item, language)
    return Text(found.text, language) if found else in_english(item.text)


def fact_question(name: str, *, of_worker: bool = False) -> str:
    """A fact as a question; one that a later vocabulary adds, by its plain name."""
    known = (WORKER_FACTS.get(name) if of_worker else None) or FACTS.get(name)
    return gettext(known) if known else name.replace("_", " ").capitalize() + "?"


def fact_questions(names: Sequence[str], *, of_worker: bool = False) -> list[tuple[str, str]]:
    return [(name, fact_question(name, of_worker=of_worker)) for name in names]
