"""From the full card to the public one, so that two public cards in a row tell nobody apart.

A reader who knows the method works every figure back. What is about few people is therefore not rounded
but held back: cases and talks enter the public card only in groups of at least five that changed since
the last one, and until then the figures of the last one stand. Source: decision 0018; 4.12 of the method.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from math import fsum
from uuid import UUID

from msgspec.structs import replace

from recruitwatch.scorecards.rules.complaint_part import complaint_weight
from recruitwatch.scorecards.rules.compute import compute
from recruitwatch.scorecards.rules.profile import DEFAULT_0_1
from recruitwatch.scorecards.values import (
    Answer,
    Card,
    CardInputs,
    ComplaintInput,
    Duties,
    ItemInput,
    LedgerLine,
    LineKind,
    Outcome,
    Profile,
    Ratio,
)
from recruitwatch.scorecards.values.public import (
    ComplaintBasis,
    InterviewBasis,
    PublicBasis,
    PublicCap,
    PublicCard,
    PublicGender,
    PublicLine,
    PublicLineKind,
)

FEWEST = 5
"""The smallest group of cases, or of talks, whose change shows on a public card."""

_MERGED: Mapping[LineKind, PublicLineKind] = {
    LineKind.COMPLAINT: PublicLineKind.COMPLAINTS,
    LineKind.BENCHMARK: PublicLineKind.COMPLAINTS,
    LineKind.SILENCE: PublicLineKind.COMPLAINTS,
    LineKind.LATE_CASE: PublicLineKind.COMPLAINTS,
    LineKind.CASE_PRIOR: PublicLineKind.COMPLAINTS,
    LineKind.LATE_ACTION: PublicLineKind.ACTIONS,
    LineKind.ACTION_PRIOR: PublicLineKind.ACTIONS,
}


def public_basis(
    inputs: CardInputs,
    interview_items: Collection[str],
    talks: Collection[str],
    previous: PublicBasis,
    profile: Profile = DEFAULT_0_1,
) -> PublicBasis:
    """What the next public card rests on. `interview_items` are those that workers answered, `talks` names
    every talk of the window."""
    return PublicBasis(
        complaints=_complaints(inputs, previous.complaints, profile),
        interviews=_interviews(inputs, interview_items, talks, previous.interviews),
    )


def _complaints(inputs: CardInputs, previous: ComplaintBasis, profile: Profile) -> ComplaintBasis:
    decided = tuple(one for one in inputs.complaints if one.outcome is not Outcome.PENDING)
    changed = _changed(
        _contributions(previous.complaints, previous.cases, profile),
        _contributions(decided, inputs.cases, profile),
    )
    if changed < FEWEST:
        return previous
    return ComplaintBasis(of=inputs.as_of, complaints=decided, cases=replace(inputs.cases, open=0))


def _contributions(
    complaints: Iterable[ComplaintInput], cases: Duties, profile: Profile
) -> dict[str, tuple[float, bool]]:
    """What each case adds to the card: its points, and whether it was late."""
    late = set(cases.late)
    return {
        one.id: (complaint_weight(one, profile) * one.workers, one.id in late)
        for one in complaints
        if one.outcome is not Outcome.PENDING
    }


def _changed(old: Mapping[str, tuple[float, bool]], new: Mapping[str, tuple[float, bool]]) -> int:
    return sum(old.get(case) != new.get(case) for case in {*old, *new})


def _interviews(
    inputs: CardInputs,
    interview_items: Collection[str],
    talks: Collection[str],
    previous: InterviewBasis,
) -> InterviewBasis:
    if len(set(previous.talks) ^ set(talks)) < FEWEST:
        return previous
    return InterviewBasis(
        of=inputs.as_of,
        talks=tuple(sorted(talks)),
        items=tuple(one for one in inputs.items if one.id in interview_items and _by_many(one)),
        count=inputs.interviews,
        silence=inputs.silence,
    )


def _by_many(item: ItemInput) -> bool:
    return isinstance(item.answer, Ratio) and item.answer.checked >= FEWEST


def public_inputs(
    inputs: CardInputs, interview_items: Collection[str], basis: PublicBasis
) -> CardInputs:
    """The inputs of the public card: the same facts, with cases and talks of the basis in their place."""
    said = {one.id: one for one in basis.interviews.items}
    items = tuple(
        _shown(one, said.get(one.id)) if one.id in interview_items else one for one in inputs.items
    )
    return replace(
        inputs,
        items=items,
        interviews=basis.interviews.count,
        silence=basis.interviews.silence,
        complaints=basis.complaints.complaints,
        cases=basis.complaints.cases,
        critical_complaints_12m=None,
        gate_failures=tuple(one for one in inputs.gate_failures if one.confirmed),
    )


def _shown(now: ItemInput, then: ItemInput | None) -> ItemInput:
    """A question to workers as it counts in public; without five answers it counts as not checked."""
    if then is None:
        return replace(now, answer=Answer.NOT_CHECKED, evidence=None)
    return replace(now, answer=then.answer, evidence=then.evidence)


def public_card(
    agency_id: UUID,
    inputs: CardInputs,
    interview_items: Collection[str],
    basis: PublicBasis,
    profile: Profile = DEFAULT_0_1,
) -> PublicCard:
    """The public card on this basis. Its lines add up to 100 - S of this card, which may differ from the
    full card's for as long as fewer than five cases or talks changed."""
    shown = public_inputs(inputs, interview_items, basis)
    card = compute(shown, profile)
    return PublicCard(
        agency_id=agency_id,
        as_of=card.as_of,
        profile=card.profile,
        grade=card.grade,
        score=card.score,
        score_shown=card.score_shown,
        score_low=card.score_low,
        score_high=card.score_high,
        certainty=card.certainty,
        licence_state=inputs.licence_state,
        audit=card.audit.mid_faded,
        complaints=card.complaints.mid,
        responsiveness=card.responsiveness.mid,
        principles=card.audit.principles,
        gender=_gender(card),
        caps=tuple(PublicCap(gate=one.gate, cap=one.cap) for one in card.caps),
        lines=tuple(_lines(card)),
        months_since_inspection=card.months_since_inspection,
        files=card.files,
        interviews=card.interviews,
        deployed=card.deployed,
        withheld_items=tuple(_withheld(shown, interview_items)),
        complaints_of=basis.complaints.of,
        interviews_of=basis.interviews.of,
        notes=tuple(note.code.value for note in card.notes),
    )


def _gender(card: Card) -> PublicGender | None:
    view = card.gender
    if view is None:
        return None
    return PublicGender(mid=view.mid, low=view.low, high=view.high, items=view.items)


def _withheld(shown: CardInputs, interview_items: Collection[str]) -> list[str]:
    return sorted(
        one.id
        for one in shown.items
        if one.id in interview_items and one.answer is Answer.NOT_CHECKED
    )


def _lines(card: Card) -> list[PublicLine]:
    """The ledger with one total for everything about complaints and one for corrective actions."""
    single = [_line(one) for one in card.ledger if one.kind not in _MERGED]
    totals = []
    for kind in (PublicLineKind.COMPLAINTS, PublicLineKind.ACTIONS):
        parts = [one.points for one in card.ledger if _MERGED.get(one.kind) is kind]
        if parts:
            totals.append(PublicLine(id=kind.value, kind=kind, points=fsum(parts)))
    return single + totals


def _line(line: LedgerLine) -> PublicLine:
    parts = line.id.split(":")
    return PublicLine(
        id=line.id,
        kind=PublicLineKind(line.kind.value),
        points=line.points,
        item=parts[1] if parts[0] == "item" else "",
        principle=line.principle,
    )
