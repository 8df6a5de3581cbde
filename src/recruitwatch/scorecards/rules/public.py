"""From the full card to the public one, so that two public cards in a row tell nobody apart.

A reader who knows the method works every figure back. What is about few people is therefore not rounded
but held back: cases and talks enter the public card only in groups of at least five that changed since
the last one, and until then the figures of the last one stand. Source: decision 0018; 4.12 of the method.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import fsum
from uuid import UUID

from msgspec.structs import replace

from recruitwatch.scorecards.rules.complaint_part import complaint_weight
from recruitwatch.scorecards.rules.compute import compute
from recruitwatch.scorecards.rules.inputs import whole_months
from recruitwatch.scorecards.rules.ledger import ITEM_LINES
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
    Silence,
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

A_YEAR = 12
FEWEST = 5
"""The smallest group of cases, or of talks, whose change shows on a public card."""

MERGED: Mapping[LineKind, PublicLineKind] = {
    LineKind.COMPLAINT: PublicLineKind.COMPLAINTS,
    LineKind.BENCHMARK: PublicLineKind.COMPLAINTS,
    LineKind.SILENCE: PublicLineKind.COMPLAINTS,
    LineKind.LATE_CASE: PublicLineKind.COMPLAINTS,
    LineKind.CASE_PRIOR: PublicLineKind.COMPLAINTS,
    LineKind.LATE_ACTION: PublicLineKind.ACTIONS,
    LineKind.ACTION_PRIOR: PublicLineKind.ACTIONS,
}
_KINDS = {one: PublicLineKind(one.value) for one in LineKind if one not in MERGED}


def public_basis(
    inputs: CardInputs,
    interview_items: Collection[str],
    talks: Collection[str],
    previous: Sequence[PublicBasis],
    profile: Profile = DEFAULT_0_1,
) -> PublicBasis:
    """What the next public card rests on. `interview_items` are those that workers answered, `talks` names
    every talk of the window. `previous`, newest first: what the cards rest on that a reader may lay beside
    it. Figures are new where enough changed since each of them; else those of the newest stand."""
    bases = previous or (PublicBasis(),)
    return PublicBasis(
        complaints=_complaints(inputs, [one.complaints for one in bases], profile),
        interviews=_interviews(inputs, interview_items, talks, [one.interviews for one in bases]),
    )


def _complaints(
    inputs: CardInputs, previous: Sequence[ComplaintBasis], profile: Profile
) -> ComplaintBasis:
    """All decided cases once five that carry points came or were decided otherwise. That time passes is no
    such change: ages move on for all cases of the basis at once, and no sooner than after a year. What would
    rest on fewer than five is not shown at all."""
    decided = {one.id: one for one in inputs.complaints if one.outcome is not Outcome.PENDING}
    if all(_news(decided.values(), one, profile) >= FEWEST for one in previous):
        return _basis(inputs, decided.values(), profile)
    newest = previous[0]
    if newest.of is None or whole_months(newest.of, inputs.as_of) < A_YEAR:
        return newest
    known = (one.id for one in newest.complaints)
    return _basis(inputs, (decided[case] for case in known if case in decided), profile)


def _news(decided: Iterable[ComplaintInput], basis: ComplaintBasis, profile: Profile) -> int:
    known = {one.id: one for one in basis.complaints}
    return sum(_is_news(one, known.get(one.id), profile) for one in decided)


def _is_news(one: ComplaintInput, before: ComplaintInput | None, profile: Profile) -> bool:
    """Whether a case came to the basis, or is decided otherwise, with points before or after."""
    if before is None:
        return complaint_weight(one, profile) > 0
    same = replace(before, age_months=one.age_months, source=one.source) == one
    return not same and max(complaint_weight(each, profile) for each in (one, before)) > 0


def _basis(inputs: CardInputs, cases: Iterable[ComplaintInput], profile: Profile) -> ComplaintBasis:
    counted = tuple(sorted(cases, key=lambda one: one.id))
    if sum(complaint_weight(one, profile) > 0 for one in counted) < FEWEST:
        return ComplaintBasis()
    names = {one.id for one in counted}
    late = tuple(case for case in inputs.cases.late if case in names)
    due = len([case for case in names if case not in late])
    met = min(inputs.cases.on_time, due)
    duties = Duties(on_time=met, due=met + len(late), late=late)
    return ComplaintBasis(of=inputs.as_of, complaints=counted, cases=duties)


def _interviews(
    inputs: CardInputs,
    interview_items: Collection[str],
    talks: Collection[str],
    previous: Sequence[InterviewBasis],
) -> InterviewBasis:
    """What workers said, once five talks are new or gone; and of each question only where five more or
    fewer answered it, unless every talk is another one."""
    newest, now = previous[0], set(talks)
    if any(len(now.symmetric_difference(one.talks)) < FEWEST for one in previous):
        return newest
    if len(now) < FEWEST:
        return InterviewBasis(left_out=newest.left_out)
    beside = [one if now.intersection(one.talks) else _none_of(one) for one in previous]
    before = [{item.id: item for item in one.items} for one in beside]
    items = [one for one in inputs.items if one.id in interview_items]
    moved = [_moved(one, [known.get(one.id) for known in before]) for one in items]
    asked = _asked(inputs.silence)
    told = all(
        abs(asked - _asked(one.silence)) >= FEWEST or not now.intersection(one.talks)
        for one in previous
    )
    return InterviewBasis(
        of=inputs.as_of,
        talks=tuple(sorted(talks)),
        items=tuple(one for one in moved if one is not None),
        count=inputs.interviews,
        silence=inputs.silence if told else newest.silence,
        left_out=newest.left_out,
    )


def _none_of(basis: InterviewBasis) -> InterviewBasis:
    """Where every talk is another one, no answer of before is beside one of now."""
    return replace(basis, items=())


def _moved(now: ItemInput, before: Sequence[ItemInput | None]) -> ItemInput | None:
    """The question as it is answered now, as it was on the newest card, or not at all."""
    answered = _answered(now)
    if any(abs(answered - _answered(one)) < FEWEST for one in before):
        return before[0]
    return now if answered >= FEWEST else None


def _answered(item: ItemInput | None) -> int:
    return item.answer.checked if item and isinstance(item.answer, Ratio) else 0


def _asked(silence: Silence | None) -> int:
    return silence.asked if silence else 0


def public_inputs(
    inputs: CardInputs, interview_items: Mapping[str, str], basis: PublicBasis
) -> CardInputs:
    """The inputs of the public card: the same facts, with cases and talks of the basis in their place.

    Of a list for workers that no five answered not even its questions are there: that they count as not
    checked would tell that somebody was asked (decision 0005)."""
    said = {one.id: one for one in basis.interviews.items}
    told = {interview_items[one] for one in said if one in interview_items}
    hidden = {one for one, checklist in interview_items.items() if checklist not in told}
    items = tuple(
        _shown(one, said.get(one.id)) if one.id in interview_items else one
        for one in inputs.items
        if one.id not in hidden
    )
    return replace(
        inputs,
        items=items,
        unset_parameters=tuple(one for one in inputs.unset_parameters if one not in hidden),
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
    interview_items: Mapping[str, str],
    basis: PublicBasis,
    profile: Profile = DEFAULT_0_1,
    *,
    known: Card | None = None,
) -> PublicCard:
    """The public card on this basis. Its lines add up to 100 - S of this card, which may differ from the
    full card's for as long as fewer than five cases or talks changed. `known`: the full card of the same
    inputs, from which what is equal is taken over. `interview_items`: each question to workers, and its
    list."""
    shown = public_inputs(inputs, interview_items, basis)
    if known is not None and shown == inputs:
        card = known
    else:
        card = compute(shown, profile, known=known if shown.items == inputs.items else None)
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
    single = [_line(one) for one in card.ledger if one.kind not in MERGED]
    totals = []
    for kind in (PublicLineKind.COMPLAINTS, PublicLineKind.ACTIONS):
        parts = [one.points for one in card.ledger if MERGED.get(one.kind) is kind]
        if parts:
            totals.append(PublicLine(id=kind.value, kind=kind, points=fsum(parts)))
    return single + totals


def _line(line: LedgerLine) -> PublicLine:
    return PublicLine(
        id=line.id,
        kind=_KINDS[line.kind],
        points=line.points,
        item=line.id.split(":")[1] if line.kind in ITEM_LINES else "",
        principle=line.principle,
    )
