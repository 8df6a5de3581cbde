"""The worked example as inputs, and short ways to make inputs that differ from it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from recruitwatch.scorecards.forms import parse_fixture
from recruitwatch.scorecards.values import (
    Answer,
    CardInputs,
    CaseSeverity,
    ComplaintInput,
    Evidence,
    FailureCap,
    GateFailure,
    ItemInput,
    Outcome,
    Principle,
    Ratio,
    Responsibility,
    Severity,
)

HERE = Path(__file__).parent
WORKED_EXAMPLE = (HERE / "worked_example.json").read_bytes()
EXPECTED = json.loads(WORKED_EXAMPLE)["expect"]


def example(**changes: object) -> CardInputs:
    (inputs,) = parse_fixture(WORKED_EXAMPLE)
    return replace(inputs, **changes)


def item(
    name: str = "X1",
    answer: Answer | Ratio = Answer.YES,
    evidence: Evidence | None = Evidence.E2,
    *,
    principle: Principle = Principle.P01,
    severity: Severity = Severity.MAJOR,
    gender: bool = False,
) -> ItemInput:
    return ItemInput(
        id=name,
        principle=principle,
        severity=severity,
        answer=answer,
        evidence=evidence,
        gender=gender,
    )


def with_items(inputs: CardInputs, *items: ItemInput) -> CardInputs:
    """Replace the items of the same id, add the others."""
    new = {each.id: each for each in items}
    kept = [new.pop(each.id, each) for each in inputs.items]
    return replace(inputs, items=(*kept, *new.values()))


def bare(*items: ItemInput, **changes: object) -> CardInputs:
    """An agency inspected a month ago about which nothing else is known."""
    inputs = CardInputs(
        as_of=date(2025, 6, 30),
        months_since_inspection=1,
        interviews=8,
        licence_valid=True,
        items=items,
    )
    return replace(inputs, **changes)


def complaint(
    name: str = "Z1",
    outcome: Outcome = Outcome.UPHELD,
    age_months: float | None = 1,
    *,
    severity: CaseSeverity = CaseSeverity.MAJOR,
    workers: int = 1,
    responsibility: Responsibility = Responsibility.AGENCY,
) -> ComplaintInput:
    return ComplaintInput(
        id=name,
        severity=severity,
        outcome=outcome,
        age_months=age_months,
        workers=workers,
        responsibility=responsibility,
    )


def failure(
    item: str = "F1", cap: str = "D", closed: float | None = None, *, confirmed: bool = True
) -> GateFailure:
    return GateFailure(
        item=item, cap=FailureCap(cap), confirmed=confirmed, closed_months_ago=closed
    )
