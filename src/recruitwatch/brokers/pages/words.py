"""Words of the pages of brokers."""

from collections.abc import Iterable

from recruitwatch.brokers.values import (
    CONFIDENCE_NAMES,
    EVIDENCE_NAMES,
    Judgement,
    Tie,
    TieEvidence,
)
from recruitwatch.errors import N_
from recruitwatch.web.languages import gettext

JUDGEMENTS = {
    Judgement.CONFIRMED: N_("Works for this agency"),
    Judgement.REJECTED: N_("Does not work for this agency"),
    Judgement.WITHDRAWN: N_("Taken back: nothing is said now"),
}

DONE = {
    "entered": N_("The broker is on record."),
    "added": N_("Added."),
    "removed": N_("Removed."),
    "kept": N_("Kept. Somebody looks again later."),
    "tied": N_("Kept. Your name stands with it."),
    "joined": N_("The two records are one person now."),
    "apart": N_("The record stands by itself again."),
}


def evidence_words(evidence: Iterable[TieEvidence]) -> list[str]:
    return [gettext(EVIDENCE_NAMES[one]) for one in evidence]


def tie_words(tie: Tie) -> list[str]:
    """What shows a tie, and how sure the officer was."""
    words = evidence_words(tie.evidence)
    return [*words, gettext(CONFIDENCE_NAMES[tie.confidence])] if tie.confidence else words


def done_words(done: str) -> str:
    return gettext(DONE[done]) if done in DONE else ""
