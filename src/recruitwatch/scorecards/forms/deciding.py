"""The form by which a contested line is decided."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from recruitwatch.errors import N_
from recruitwatch.scorecards.rules.contesting import (
    ANSWER_MISSING,
    DECISION_REASON_MISSING,
    HOW_MISSING,
)
from recruitwatch.scorecards.values import Answer, Evidence, ItemInput, Ratio
from recruitwatch.scorecards.values.contests import (
    LONGEST_TEXT,
    CorrectionKind,
    NewLineDecision,
)
from recruitwatch.web.forms import Errors, FormReader

VERDICT_MISSING = N_("Say whether the agency is right.")
EVIDENCE_MISSING = N_("Say how well the right answer is proved.")
MORE_THAN_CHECKED = N_("No more can be in order than were checked.")
MOST_CHECKED = 1_000_000


class Verdict(StrEnum):
    UPHELD = "upheld"
    STANDS = "stands"


class GivenAnswer(StrEnum):
    """What a line can be corrected to: an answer that was given, not one that is missing."""

    YES = "yes"
    PARTIAL = "partial"
    NO = "no"


class Proof(StrEnum):
    E0 = "0"
    E1 = "1"
    E2 = "2"
    E3 = "3"


def parse_line_decision(
    reader: FormReader, line_id: str, item: ItemInput | None, ways: Collection[CorrectionKind]
) -> NewLineDecision | Errors:
    """What the form decides about a line of this item, if it is about one. How the line is put right is
    read only where it is upheld."""
    verdict = reader.choice("verdict", Verdict, missing=VERDICT_MISSING)
    reason = reader.text(
        "reason", longest=LONGEST_TEXT, required=True, missing=DECISION_REASON_MISSING
    )
    how, answer, evidence = None, None, None
    if verdict is Verdict.UPHELD:
        how = reader.choice("how", CorrectionKind, missing=HOW_MISSING)
        if how is not None and how not in ways:
            reader.refuse("how", HOW_MISSING)
        elif how is CorrectionKind.ANSWER and item is not None:
            answer, evidence = _answer(reader, item), _evidence(reader)
    return reader.errors or NewLineDecision(
        line_id=line_id,
        upheld=verdict is Verdict.UPHELD,
        reason=reason,
        how=how,
        answer=answer,
        evidence=evidence,
    )


def _answer(reader: FormReader, item: ItemInput) -> Answer | Ratio | None:
    if not isinstance(item.answer, Ratio):
        given = reader.choice("answer", GivenAnswer, missing=ANSWER_MISSING)
        return Answer(given.value) if given else None
    ok = reader.whole("answer", least=0, most=MOST_CHECKED, required=True)
    checked = reader.whole("checked", least=1, most=MOST_CHECKED, required=True)
    if ok is None or checked is None:
        return None
    if ok > checked:
        reader.refuse("answer", MORE_THAN_CHECKED)
        return None
    return Ratio(ok=ok, checked=checked)


def _evidence(reader: FormReader) -> Evidence | None:
    proof = reader.choice("evidence", Proof, missing=EVIDENCE_MISSING)
    return Evidence(int(proof.value)) if proof else None
