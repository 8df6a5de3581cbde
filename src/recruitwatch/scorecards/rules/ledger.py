"""The ledger: 100 - S split exactly into lines that can be read and contested (part 4.8).

A line of no points is not written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import fsum

from msgspec import Struct

from recruitwatch.scorecards.rules.audit_part import (
    WeighedItem,
    audit_part,
    coverage,
    gender_view,
    weigh_items,
)
from recruitwatch.scorecards.rules.complaint_part import WeighedComplaint
from recruitwatch.scorecards.values import (
    AuditPart,
    Card,
    CardInputs,
    ComplaintPart,
    Coverage,
    Duties,
    GenderView,
    ItemInput,
    LedgerLine,
    LineKind,
    Principle,
    Profile,
)

ITEM_LINES = (LineKind.ANSWER, LineKind.EVIDENCE)


class AuditView(Struct, frozen=True, kw_only=True):
    """All that a card says of its audits: part, coverage, women's view, and what items lose."""

    audit: AuditPart
    coverage: Coverage
    gender: GenderView | None
    lines: tuple[LedgerLine, ...]


def audit_view(inputs: CardInputs, profile: Profile) -> AuditView:
    """What the items of a card come to (parts 4.2, 4.5, 4.8)."""
    weighed, months = weigh_items(inputs.items, profile), inputs.months_since_inspection
    return AuditView(
        audit=audit_part(weighed, months, profile),
        coverage=coverage(weighed),
        gender=gender_view(weighed, months, profile),
        lines=tuple(item_lines(weighed, profile)),
    )


def view_of(card: Card) -> AuditView:
    """The same, read from a card that was computed with these items (part 4.8)."""
    return AuditView(
        audit=card.audit,
        coverage=card.coverage,
        gender=card.gender,
        lines=tuple(line for line in card.ledger if line.kind in ITEM_LINES),
    )


def ledger_lines(
    inputs: CardInputs,
    view: AuditView,
    complaints: ComplaintPart,
    weighed: Iterable[WeighedComplaint],
    profile: Profile,
) -> tuple[LedgerLine, ...]:
    """All lines of a card that has a score, in the order of the parts (part 4.8). `weighed`: its
    complaints."""
    lines = (
        *view.lines,
        *recency_lines(view.audit, profile),
        *complaint_lines(weighed, complaints, profile),
        *duty_lines(inputs, profile),
    )
    return tuple(line for line in lines if line.points > 0)


def ledger_total(lines: Sequence[LedgerLine]) -> float:
    """The sum of the lines; equal to 100 - S within 1e-9."""
    return fsum(line.points for line in lines)


def item_lines(weighed: Sequence[WeighedItem], profile: Profile) -> Iterator[LedgerLine]:
    """Answer loss and evidence loss of each checked item that loses anything.

    An item can lose at most 60 x W_p / sum of W x w / sum of w in its principle.
    """
    scored = [each for each in weighed if each.credit is not None]
    within: dict[Principle, int] = {}
    for each in scored:
        within[each.item.principle] = within.get(each.item.principle, 0) + each.weight
    all_weights = fsum(profile.principles[principle] for principle in within)
    for each in scored:
        principle = each.item.principle
        share = profile.principles[principle] / all_weights
        most = 100 * profile.parts.audit * share * each.weight / within[principle]
        yield from _losses(each, most)


def _losses(each: WeighedItem, most: float) -> Iterator[LedgerLine]:
    credit = each.credit or 0.0
    answer, evidence = most * (1 - credit), most * credit * (1 - each.factor.mid)
    if answer > 0:
        yield _item_line(each.item, LineKind.ANSWER, answer)
    if evidence > 0:
        yield _item_line(each.item, LineKind.EVIDENCE, evidence)


def _item_line(item: ItemInput, kind: LineKind, points: float) -> LedgerLine:
    return LedgerLine(
        id=f"item:{item.id}:{kind}",
        kind=kind,
        source=item.source or item.id,
        points=points,
        principle=item.principle,
    )


def recency_lines(audit: AuditPart, profile: Profile) -> Iterator[LedgerLine]:
    """What an old inspection costs: 0.6 x (A - A after the fade)."""
    if audit.mid is not None and audit.mid_faded is not None:
        points = profile.parts.audit * (audit.mid - audit.mid_faded)
        yield LedgerLine(id="recency", kind=LineKind.RECENCY, source="inspection", points=points)


def complaint_lines(
    weighed: Iterable[WeighedComplaint], part: ComplaintPart, profile: Profile
) -> Iterator[LedgerLine]:
    """Each complaint, the benchmark line, and the silence line.

    Shares are of C before the silence rule; that rule's own loss is one line of its own.
    """
    rule = profile.complaints
    prior = rule.prior_thousands * rule.benchmark
    lost = profile.parts.complaints * (100 - part.before_silence)
    whole = part.points + prior
    for each in weighed:
        case = each.complaint
        yield LedgerLine(
            id=f"complaint:{case.id}",
            kind=LineKind.COMPLAINT,
            source=case.source or case.id,
            points=lost * each.points / whole,
        )
    yield LedgerLine(
        id="benchmark", kind=LineKind.BENCHMARK, source="benchmark", points=lost * prior / whole
    )
    yield LedgerLine(
        id="silence",
        kind=LineKind.SILENCE,
        source="silence",
        points=profile.parts.complaints * (part.before_silence - part.mid),
    )


def duty_lines(inputs: CardInputs, profile: Profile) -> Iterator[LedgerLine]:
    """One line for each late case and late corrective action, and the two prior lines."""
    whole = 100 * profile.parts.responsiveness
    rule = profile.responsiveness
    yield from _duties("case", inputs.cases, whole * rule.cases, profile)
    yield from _duties("action", inputs.actions, whole * rule.actions, profile)


def _duties(word: str, duties: Duties, most: float, profile: Profile) -> Iterator[LedgerLine]:
    rule = profile.responsiveness
    late_kind = LineKind.LATE_CASE if word == "case" else LineKind.LATE_ACTION
    prior_kind = LineKind.CASE_PRIOR if word == "case" else LineKind.ACTION_PRIOR
    each = most / (duties.due + rule.prior_due)
    late = duties.due - duties.on_time
    names = sorted(duties.late) or [f"late {word} {nth} of {late}" for nth in range(1, late + 1)]
    for number, name in enumerate(names, start=1):
        yield LedgerLine(id=f"{word}:late:{number}", kind=late_kind, source=name, points=each)
    prior = each * (rule.prior_due - rule.prior_met)
    yield LedgerLine(id=f"{word}:prior", kind=prior_kind, source="prior", points=prior)
