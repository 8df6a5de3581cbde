"""Words of the pages of brokers."""

from collections.abc import Iterable

from recruitwatch.brokers.values import EVIDENCE_NAMES, Judgement, TieEvidence
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
    "tied": N_("Kept. Your name stands with it."),
    "joined": N_("The two records are one person now."),
    "apart": N_("The record stands by itself again."),
}


def evidence_words(evidence: Iterable[TieEvidence]) -> list[str]:
    return [gettext(EVIDENCE_NAMES[one]) for one in evidence]


def done_words(done: str) -> str:
    return gettext(DONE[done]) if done in DONE else ""
