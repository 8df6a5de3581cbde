"""Upheld lines put right: the facts of a card with their corrections (part 4.9 of the method)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from recruitwatch.checklists.values import Checklist, Unit
from recruitwatch.scorecards.values import Answer, CardInputs, ItemInput
from recruitwatch.scorecards.values.contests import Correction, CorrectionKind
from recruitwatch.scorecards.values.issued import CardQuestion
from recruitwatch.scorecards.values.public import InterviewBasis, PublicBasis


def corrected(inputs: CardInputs, corrections: Sequence[Correction]) -> CardInputs:
    """The same facts with every answer corrected that still comes from the source that was contested. A
    later answer from elsewhere stands. Of two corrections of one answer the later one in the order given
    counts."""
    if not corrections:
        return inputs
    answers = {
        (one.item, source): one
        for one in corrections
        if not one.pooled and one.kind is not CorrectionKind.RECORDS
        for source in one.sources
    }
    items = tuple(
        _corrected(item, answers.get((item.id, item.source or ""))) for item in inputs.items
    )
    return replace(inputs, items=items)


def left_out_talks(corrections: Iterable[Correction]) -> frozenset[tuple[str, str]]:
    """Question and visit of what workers said that no longer counts, for pooling what they said."""
    return frozenset(
        (one.item, source) for one in corrections if one.pooled for source in one.sources
    )


def corrected_at_once(inputs: CardInputs, corrections: Sequence[Correction]) -> CardInputs:
    """The facts of an issued card put right without looking at the records again: everything workers
    said on a question is left out where that was upheld."""
    pooled = {one.item for one in corrections if one.pooled}
    items = tuple(
        replace(item, answer=Answer.NOT_CHECKED, evidence=None, source=None)
        if item.id in pooled
        else item
        for item in inputs.items
    )
    return corrected(replace(inputs, items=items), corrections)


def corrected_basis(basis: PublicBasis, corrections: Iterable[Correction]) -> PublicBasis:
    """What the public card rests on, without the questions to workers that are left out. Each is taken
    out once: what other workers say on it later may be shown again."""
    gone = {f"{item}/{source}": item for item, source in left_out_talks(corrections)}
    new = gone.keys() - set(basis.interviews.left_out)
    if not new:
        return basis
    items = {gone[one] for one in new}
    interviews: InterviewBasis = replace(
        basis.interviews,
        items=tuple(item for item in basis.interviews.items if item.id not in items),
        left_out=tuple(sorted({*basis.interviews.left_out, *new})),
    )
    return replace(basis, interviews=interviews)


def asked_of_workers(
    questions: Mapping[str, CardQuestion], checklists: Mapping[tuple[str, int], Checklist]
) -> dict[str, str]:
    """The questions of an issued card that were put to workers one by one, each with its checklist."""
    return {
        item_id: one.checklist_id
        for item_id, one in questions.items()
        if checklists[one.checklist_id, one.version].unit is Unit.ONE_PER_WORKER
    }


def _corrected(item: ItemInput, correction: Correction | None) -> ItemInput:
    if correction is None:
        return item
    if correction.kind is CorrectionKind.LEFT_OUT:
        return replace(item, answer=Answer.NOT_CHECKED, evidence=None)
    if correction.answer is None:
        return item
    return replace(item, answer=correction.answer, evidence=correction.evidence)
