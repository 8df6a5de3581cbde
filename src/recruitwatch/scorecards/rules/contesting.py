"""Which lines an agency may contest, who may decide, and when a correction puts a line right.

Source: part 4.9 of the method: lines are contested by id with reason and evidence; a different officer
decides in 30 days; danger to workers is never put on hold by a contest, so a card that is contested may
be published, with its marks.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from math import fsum
from uuid import UUID

from recruitwatch.errors import N_, Message
from recruitwatch.scorecards.rules.inputs import FINDING
from recruitwatch.scorecards.rules.public import MERGED
from recruitwatch.scorecards.values import (
    Answer,
    Card,
    CardInputs,
    Gate,
    ItemInput,
    LineKind,
    Ratio,
)
from recruitwatch.scorecards.values.contests import (
    CAP,
    DECIDE_DAYS,
    LONGEST_TEXT,
    MOST_PAPERS,
    Contest,
    Correction,
    CorrectionKind,
    DecidedByIssuer,
    LineContested,
    LineDecided,
    NewContest,
    NewLineDecision,
)
from recruitwatch.scorecards.values.issued import InterviewLine
from recruitwatch.scorecards.values.public import PublicCard, PublicLine, PublicLineKind
from recruitwatch.scorecards.values.publishing import CardState

NO_LINE = N_("Choose at least one line.")
LINE_UNKNOWN = N_("One of these lines is not on the card.")
LINE_TWICE = N_("A line can be contested once.")
REASON_MISSING = N_("Write down why this line is wrong.")
REASON_LONG = N_("Write at most %(longest)s characters.")
PAPERS_MANY = N_("Add at most %(most)s documents.")
NOT_SERVED = N_("The agency has not got this card.")
NOT_NEWEST = N_("A newer card took the place of this one. Contest the newer one.")
RECALLED = N_("This card was recalled.")
DECISION_REASON_MISSING = N_("Write down the reasons. The agency reads them.")
HOW_MISSING = N_("Say how the line is put right.")
ANSWER_MISSING = N_("Give the right answer.")
NOT_AN_ANSWER = N_("Only an answer of an inspection can be replaced by another one.")
POOLED_ANSWER = N_("What workers said is left out or stands. It is not rewritten.")
RATIO_NEEDED = N_("This question counts files: say how many are in order, of how many.")
RATIO_NOT_ASKED = N_("This question has no count.")
COSTS_THE_SAME = N_("With this correction the line costs as much as before. Nothing is put right.")
RECORDS_THE_SAME = N_(
    "The records still say the same. Correct them where they are kept first, then decide."
)

_LIMITS_OF_FINDINGS = frozenset({Gate.G2, Gate.G3, Gate.G4})

DECISION_FIELDS: Mapping[str, str] = {
    DECISION_REASON_MISSING: "reason",
    REASON_LONG: "reason",
    HOW_MISSING: "how",
    ANSWER_MISSING: "answer",
    NOT_AN_ANSWER: "how",
    POOLED_ANSWER: "how",
    RATIO_NEEDED: "answer",
    RATIO_NOT_ASKED: "answer",
    COSTS_THE_SAME: "how",
    RECORDS_THE_SAME: "how",
}
"""Beside which field of the form a fault of a decision is shown."""


def contestable_lines(card: PublicCard) -> dict[str, PublicLine | None]:
    """What can be contested, by id: each line of the card, and each limit on its grade (None)."""
    return {line.id: line for line in card.lines} | {f"{CAP}{one.gate}": None for one in card.caps}


def decide_until(filed_on: date) -> date:
    """The last day on which a contest is decided in time (4.9)."""
    return filed_on + timedelta(days=DECIDE_DAYS)


def state_for_agency(state: CardState, *, overtaken: bool) -> CardState:
    """Where a card stands for its agency. A draft is none any more once a newer revision is published: it
    will never be published, and nobody need contest it. Source: part 4.9 of the method."""
    return CardState.REPLACED if state is CardState.SERVED and overtaken else state


def state_refusal(state: CardState) -> Message | None:
    """Why a card in this state cannot be contested; None when it can: from the day on which the agency
    got the draft until another card takes its place."""
    return {
        CardState.ISSUED: Message(NOT_SERVED),
        CardState.REPLACED: Message(NOT_NEWEST),
        CardState.RECALLED: Message(RECALLED),
    }.get(state)


def contest_faults(
    new: NewContest, card: PublicCard, state: CardState, contested: Collection[str]
) -> tuple[Message, ...]:
    """What is wrong with a contest; `contested` are the lines of this card contested before."""
    refusal = state_refusal(state)
    if refusal is not None:
        return (refusal,)
    if not new.lines:
        return (Message(NO_LINE),)
    faults = []
    ids = [one.line_id for one in new.lines]
    if not set(ids) <= contestable_lines(card).keys():
        faults.append(Message(LINE_UNKNOWN))
    if len(set(ids)) < len(ids):
        faults.append(Message(LINE_TWICE))
    if not set(ids).isdisjoint(contested):
        faults.append(Message(LineContested.sentence))
    if any(not one.reason for one in new.lines):
        faults.append(Message(REASON_MISSING))
    if any(len(one.reason) > LONGEST_TEXT for one in new.lines):
        faults.append(Message(REASON_LONG, {"longest": LONGEST_TEXT}))
    if len(new.papers) > MOST_PAPERS:
        faults.append(Message(PAPERS_MANY, {"most": MOST_PAPERS}))
    return tuple(faults)


def may_decide(contest: Contest, actor_id: UUID | None) -> bool:
    """A different officer decides (4.9): nobody who issued, served, published or recalled the card."""
    return actor_id not in contest.barred


def decision_faults(
    new: NewLineDecision,
    contest: Contest,
    inputs: CardInputs,
    interviews: Sequence[InterviewLine],
    actor_id: UUID | None,
) -> tuple[Message, ...]:
    """What is wrong with a decision before its effect is looked at."""
    if not may_decide(contest, actor_id):
        return (Message(DecidedByIssuer.sentence),)
    line = next((one for one in contest.lines if one.line_id == new.line_id), None)
    if line is None:
        return (Message(LINE_UNKNOWN),)
    if line.decision is not None:
        return (Message(LineDecided.sentence),)
    if not new.reason:
        return (Message(DECISION_REASON_MISSING),)
    if len(new.reason) > LONGEST_TEXT:
        return (Message(REASON_LONG, {"longest": LONGEST_TEXT}),)
    if not new.upheld:
        return ()
    fault = _correction_fault(new, item_of(new.line_id, inputs), interviews)
    return (Message(fault),) if fault else ()


def item_of(line_id: str, inputs: CardInputs) -> ItemInput | None:
    """The item whose answer or evidence a line is about; None for every other line."""
    parts = line_id.split(":")
    if parts[0] != "item":
        return None
    return next((one for one in inputs.items if one.id == parts[1]), None)


def is_pooled(item: ItemInput, interviews: Sequence[InterviewLine]) -> bool:
    """Whether the answer was put together from what several workers said."""
    return any(one.item_id == item.id for one in interviews) and isinstance(item.answer, Ratio)


def visits_behind(
    line_id: str, inputs: CardInputs, interviews: Sequence[InterviewLine]
) -> frozenset[UUID]:
    """The audits, as handed in, that the answer of a line comes from; none for every other line. Whoever
    inspected or reviewed there decides nothing about it (decision 0022)."""
    item = item_of(line_id, inputs)
    if item is None or item.source is None or finding_behind(line_id, inputs):
        return frozenset()
    if is_pooled(item, interviews):
        return frozenset(
            visit.submission_id
            for one in interviews
            if one.item_id == item.id
            for visit in one.visits
        )
    return frozenset({UUID(item.source.partition("/")[0])})


def finding_behind(line_id: str, inputs: CardInputs) -> UUID | None:
    """The finding in a contract that the answer of a line comes from."""
    item = item_of(line_id, inputs)
    kind, _, rest = (item.source or "").partition("/") if item else ("", "", "")
    return UUID(rest.partition("/")[0]) if kind == FINDING else None


def items_behind_limit(line_id: str, card: Card) -> frozenset[str]:
    """The items whose confirmed findings limit the grade, where the line is such a limit (G2 to G4)."""
    return frozenset(
        item
        for cap in card.caps
        if cap.gate in _LIMITS_OF_FINDINGS and line_id == f"{CAP}{cap.gate}"
        for item in cap.subjects
    )


def possible_ways(
    line_id: str, inputs: CardInputs, interviews: Sequence[InterviewLine]
) -> tuple[CorrectionKind, ...]:
    """How this line could be put right. Only an answer of an inspection gets another answer; what workers
    said is left out or stands; everything else is corrected where the records are kept (decision 0022)."""
    item = item_of(line_id, inputs)
    if item is None:
        return (CorrectionKind.RECORDS,)
    if is_pooled(item, interviews):
        return (CorrectionKind.LEFT_OUT, CorrectionKind.RECORDS)
    return tuple(CorrectionKind)


def _correction_fault(
    new: NewLineDecision, item: ItemInput | None, interviews: Sequence[InterviewLine]
) -> str | None:
    if new.how is None:
        return HOW_MISSING
    if new.how is CorrectionKind.RECORDS:
        return None
    if item is None:
        return NOT_AN_ANSWER
    if new.how is CorrectionKind.LEFT_OUT:
        return None
    if is_pooled(item, interviews):
        return POOLED_ANSWER
    if new.answer in (None, Answer.NOT_CHECKED, Answer.NA) or new.evidence is None:
        return ANSWER_MISSING
    if isinstance(item.answer, Ratio) != isinstance(new.answer, Ratio):
        return RATIO_NEEDED if isinstance(item.answer, Ratio) else RATIO_NOT_ASKED
    return None


def correction_of(
    new: NewLineDecision, inputs: CardInputs, interviews: Sequence[InterviewLine]
) -> Correction | None:
    """What an upheld decision changes; None where the line is not upheld."""
    if not new.upheld or new.how is None:
        return None
    item = item_of(new.line_id, inputs)
    if new.how is CorrectionKind.RECORDS or item is None:
        return Correction(kind=CorrectionKind.RECORDS)
    if is_pooled(item, interviews):
        [said] = [one for one in interviews if one.item_id == item.id]
        visits = tuple(str(one.submission_id) for one in said.visits)
        return Correction(kind=new.how, item=item.id, sources=visits, pooled=True)
    return Correction(
        kind=new.how,
        item=item.id,
        sources=(item.source or "",),
        answer=new.answer if new.how is CorrectionKind.ANSWER else None,
        evidence=new.evidence if new.how is CorrectionKind.ANSWER else None,
    )


def line_cost(card: Card, line_id: str) -> float:
    """What a line of the public card costs by the whole ledger; a limit on the grade costs 1 while it
    is there."""
    if line_id.startswith(CAP):
        return float(any(f"{CAP}{one.gate}" == line_id for one in card.caps))
    if line_id in (PublicLineKind.COMPLAINTS.value, PublicLineKind.ACTIONS.value):
        kinds: set[LineKind] = {kind for kind, to in MERGED.items() if to.value == line_id}
        return fsum(line.points for line in card.ledger if line.kind in kinds)
    return fsum(line.points for line in card.ledger if line.id == line_id)


def costs_less(before: Card, after: Card, line_id: str) -> bool:
    """Whether a correction puts a line right: an upheld line must cost less than it did."""
    return line_cost(after, line_id) < line_cost(before, line_id) - 1e-9
