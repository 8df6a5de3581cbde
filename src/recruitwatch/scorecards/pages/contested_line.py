"""One contested line in words: what it says, what the agency says, what was decided, what it rests on."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from recruitwatch.checklists.values import EvidenceLevel
from recruitwatch.errors import N_
from recruitwatch.findings.pages.words import EVIDENCE
from recruitwatch.scorecards.pages.public_words import LINES
from recruitwatch.scorecards.pages.sources import source_address
from recruitwatch.scorecards.rules.contesting import contestable_lines, item_of
from recruitwatch.scorecards.values import Answer, Evidence, ItemInput, Ratio, wording
from recruitwatch.scorecards.values.contests import (
    CAP,
    Contest,
    ContestedLine,
    Correction,
    CorrectionKind,
)
from recruitwatch.scorecards.values.issued import IssuedCard
from recruitwatch.scorecards.values.public import PublicCard, PublicLineKind
from recruitwatch.scorecards.values.words import Gate

LIMIT = N_("A limit on the grade")
ANSWERS: Mapping[Answer, str] = {
    Answer.YES: N_("Yes"),
    Answer.PARTIAL: N_("Partly"),
    Answer.NO: N_("No"),
    Answer.NA: N_("Does not apply"),
    Answer.NOT_CHECKED: N_("Not checked"),
}
WAYS: Mapping[CorrectionKind, str] = {
    CorrectionKind.ANSWER: N_("With another answer"),
    CorrectionKind.LEFT_OUT: N_("Left out of the card"),
    CorrectionKind.RECORDS: N_("Corrected in the records"),
}


class AnswerWords(msgspec.Struct, frozen=True, kw_only=True):
    """An answer to show: a word to translate, or so many of so many; and how well it is proved."""

    word: str
    ok: int | None
    checked: int | None
    evidence: str


class DecisionWords(msgspec.Struct, frozen=True, kw_only=True):
    """What was decided; `way` says how an upheld line is put right, `answer` with which answer."""

    upheld: bool
    reason: str
    way: str
    answer: AnswerWords | None
    by: str
    at: datetime


class LineWords(msgspec.Struct, frozen=True, kw_only=True):
    """`url` leads to what the line rests on: an answer of an audit, what workers said, or a part of the
    card. `points` is what the line cost when it was contested."""

    line_id: str
    kind: str
    question: str
    item: str
    answer: AnswerWords | None
    points: float | None
    ground: str
    reason: str
    url: str
    decision: DecisionWords | None


def lines_of(contest: Contest, card: PublicCard, issued: IssuedCard) -> list[LineWords]:
    """The lines of a contest, what limits the grade first and then the dearest."""
    return [_line(one, contest.agency_id, card, issued) for one in contest.lines]


def _line(one: ContestedLine, agency_id: UUID, card: PublicCard, issued: IssuedCard) -> LineWords:
    line = contestable_lines(card)[one.line_id]
    item = item_of(one.line_id, issued.inputs)
    asked = issued.snapshot.questions.get(line.item) if line else None
    return LineWords(
        line_id=one.line_id,
        kind=LINES[line.kind] if line else LIMIT,
        question=asked.text if asked else "",
        item=line.item if line else one.line_id.removeprefix(CAP),
        answer=answer_of(item.answer, item.evidence) if item else None,
        points=one.points,
        ground=wording.GROUNDS[one.ground],
        reason=one.reason,
        url=_url(one.line_id, item, f"/agencies/{agency_id}/card/{issued.revision}"),
        decision=_decision(one),
    )


def limit_of(line_id: str) -> str:
    """What a contested limit on the grade says; empty for a line with points."""
    return wording.GATES[Gate(line_id.removeprefix(CAP))] if line_id.startswith(CAP) else ""


def answer_of(answer: Answer | Ratio, evidence: Evidence | None) -> AnswerWords:
    proof = "" if evidence is None else EVIDENCE[EvidenceLevel(evidence.name)]
    if isinstance(answer, Ratio):
        return AnswerWords(word="", ok=answer.ok, checked=answer.checked, evidence=proof)
    return AnswerWords(word=ANSWERS[answer], ok=None, checked=None, evidence=proof)


def _url(line_id: str, item: ItemInput | None, card_address: str) -> str:
    if item is not None and item.source and "/" in item.source:
        return source_address(item.source, card_address)
    if line_id.startswith(CAP):
        return f"{card_address}#gates"
    part = "complaints" if line_id == PublicLineKind.COMPLAINTS else "facts"
    return f"{card_address}#{part}"


def _decision(one: ContestedLine) -> DecisionWords | None:
    decision = one.decision
    if decision is None:
        return None
    correction: Correction | None = decision.correction
    answer = None
    if correction is not None and correction.answer is not None:
        answer = answer_of(correction.answer, correction.evidence)
    return DecisionWords(
        upheld=decision.upheld,
        reason=decision.reason,
        way=WAYS[correction.kind] if correction else "",
        answer=answer,
        by=decision.decided_by_name,
        at=decision.decided_at,
    )


def waiting(lines: Sequence[LineWords]) -> int:
    return sum(line.decision is None for line in lines)
