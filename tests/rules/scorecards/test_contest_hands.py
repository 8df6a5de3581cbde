"""What the answer of a contested line comes from: whoever had a hand in it does not decide."""

from datetime import date
from uuid import UUID

import pytest
from msgspec.structs import replace

from recruitwatch.scorecards.rules import compute
from recruitwatch.scorecards.rules.contesting import (
    finding_behind,
    items_behind_limit,
    visits_behind,
)
from recruitwatch.scorecards.values import Cap, Evidence, Gate, Grade, Ratio
from recruitwatch.scorecards.values.issued import InterviewLine, PooledVisit
from rules.scorecards.example import example

VISIT, OTHER = UUID(int=5), UUID(int=6)
LINE = "item:F2:answer"
SPOKEN = InterviewLine(
    item_id="F2", ok=4, answered=6, asked=6, evidence=Evidence.E3, few=False,
    visits=tuple(
        PooledVisit(submission_id=one, visited_on=date(2026, 6, 1)) for one in (VISIT, OTHER)
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("line", "source", "said", "visits", "finding"),
    [
        (LINE, f"{VISIT}/sop/F2", False, {VISIT}, None),
        ("item:F2:evidence", f"{VISIT}/sop/F2", False, {VISIT}, None),
        (LINE, "interviews/F2", True, {VISIT, OTHER}, None),
        (LINE, f"finding/{OTHER}/F2", False, set(), OTHER),
        (LINE, None, False, set(), None),
        ("complaints", f"{VISIT}/sop/F2", False, set(), None),
        ("cap:G3", f"{VISIT}/sop/F2", False, set(), None),
    ],
)
def test_what_stands_behind_a_line(
    line: str, source: str | None, said: bool, visits: set[UUID], finding: UUID | None
) -> None:
    inputs = example()
    items = tuple(
        replace(one, source=source, **({"answer": Ratio(ok=4, checked=6)} if said else {}))
        if one.id == "F2"
        else one
        for one in inputs.items
    )
    inputs = replace(inputs, items=items)
    assert visits_behind(line, inputs, (SPOKEN,) if said else ()) == visits
    assert finding_behind(line, inputs) == finding


@pytest.mark.parametrize(
    ("line", "items"),
    [
        ("cap:G3", {"COV-FEE-01", "SOP-CON-01"}),
        ("cap:G1", set()),
        ("cap:G4", set()),
        ("item:COV-FEE-01:answer", set()),
    ],
)
def test_the_items_whose_findings_limit_the_grade(line: str, items: set[str]) -> None:
    caps = (
        Cap(gate=Gate.G1, cap=Grade.E),
        Cap(gate=Gate.G3, cap=Grade.D, subjects=("COV-FEE-01", "SOP-CON-01")),
    )
    assert items_behind_limit(line, replace(compute(example()), caps=caps)) == items
