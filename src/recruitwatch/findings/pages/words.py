"""Answers, evidence and colours in words of the reader's language, for findings and audits."""

from collections.abc import Mapping

from recruitwatch.checklists.values import (
    AnswerValue,
    ChoiceAnswer,
    DateAnswer,
    EvidenceLevel,
    MoneyAnswer,
    NumberAnswer,
    RatioAnswer,
    Severity,
    Word,
    WordAnswer,
)
from recruitwatch.errors import N_
from recruitwatch.findings.values import FindingState
from recruitwatch.web import formats
from recruitwatch.web.languages import gettext

WORDS: Mapping[Word, str] = {
    Word.YES: N_("Yes"),
    Word.PARTIAL: N_("Partly"),
    Word.NO: N_("No"),
    Word.NA: N_("Does not apply"),
}
EVIDENCE: Mapping[EvidenceLevel, str] = {
    EvidenceLevel.E0: N_("E0: the agency says so"),
    EvidenceLevel.E1: N_("E1: one document or statement seen"),
    EvidenceLevel.E2: N_("E2: tested by a sample, a recount or a second source"),
    EvidenceLevel.E3: N_("E3: confirmed by workers or an outside body"),
}
SEVERITY_COLOURS: Mapping[Severity, str] = {
    Severity.CRITICAL: "red",
    Severity.MAJOR: "orange",
    Severity.MINOR: "blue",
    Severity.INFO: "grey",
}
STATE_COLOURS: Mapping[FindingState, str] = {
    FindingState.OPEN: "yellow",
    FindingState.SERVED: "blue",
    FindingState.REPLIED: "purple",
    FindingState.CONFIRMED: "red",
    FindingState.DISMISSED: "grey",
}
LISTS: Mapping[str, str] = {
    "covenant": N_("Covenant checklist"),
    "sop": N_("Supervision checklist"),
    "predeparture": N_("Interview before departure"),
    "returnee": N_("Interview after return"),
    "destination": N_("Check in the country of work"),
}
IN_ORDER = N_("%(ok)s of %(checked)s in order")


def list_name(checklist_id: str) -> str:
    """A checklist in short words; one that a ministry adds, by its plain name."""
    known = LISTS.get(checklist_id)
    return gettext(known) if known else checklist_id.replace("_", " ").capitalize()


def answer_words(answer: AnswerValue | None, option: str = "") -> str:
    """An answer as people say it; `option` is the label of a chosen option where it is known."""
    match answer:
        case WordAnswer(word=word):
            return gettext(WORDS[word])
        case RatioAnswer(ok=ok, checked=checked):
            figures = {"ok": formats.number(ok), "checked": formats.number(checked)}
            return gettext(IN_ORDER) % figures
        case NumberAnswer(number=number):
            return formats.number(number)
        case MoneyAnswer(amount_minor=amount, currency=currency):
            return formats.money(amount, currency)
        case DateAnswer(on=on):
            return formats.date(on)
        case ChoiceAnswer(option=code):
            return option or code.replace("_", " ").capitalize()
    return ""


def evidence_words(level: EvidenceLevel | None) -> str:
    return "" if level is None else gettext(EVIDENCE[level])
