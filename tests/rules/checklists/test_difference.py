"""What an inspector is told about a new version."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recruitwatch.checklists.rules import difference
from recruitwatch.checklists.values import Change, Checklist, ChecklistDifference, Item, Move
from rules.checklists.samples import checklist_of, item_of


def items(*numbers: int) -> list[Item]:
    return [item_of(id=f"COV-LAW-{one:02}") for one in numbers]


OLD = checklist_of(("LAW", items(1, 2, 3, 4)), ("FEE", items(5, 6)))


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (
            checklist_of(("LAW", items(1, 2, 3, 4)), ("FEE", items(5, 6))),
            ChecklistDifference(),
        ),
        (
            checklist_of(
                ("LAW", items(1, 2, 3, 4)),
                ("FEE", items(5, 6)),
                version=2,
                supersedes=1,
                why="Law changed.",
            ),
            ChecklistDifference(),
        ),
        (
            checklist_of(("LAW", items(9, 1, 2, 3, 4)), ("FEE", items(5, 6))),
            ChecklistDifference(added=("COV-LAW-09",)),
        ),
        (
            checklist_of(("LAW", items(1, 3, 4)), ("FEE", items(5, 6))),
            ChecklistDifference(removed=("COV-LAW-02",)),
        ),
        (
            checklist_of(("LAW", items(2, 3, 4, 1)), ("FEE", items(5, 6))),
            ChecklistDifference(
                moved=(
                    Move(
                        item="COV-LAW-01",
                        old_section="LAW",
                        old_position=1,
                        new_section="LAW",
                        new_position=4,
                    ),
                )
            ),
        ),
        (
            checklist_of(("LAW", items(1, 2, 3)), ("FEE", items(5, 4, 6))),
            ChecklistDifference(
                moved=(
                    Move(
                        item="COV-LAW-04",
                        old_section="LAW",
                        old_position=4,
                        new_section="FEE",
                        new_position=2,
                    ),
                )
            ),
        ),
        (
            checklist_of(("LAW", items(1, 2, 3, 4))),
            ChecklistDifference(removed=("COV-LAW-05", "COV-LAW-06"), sections_removed=("FEE",)),
        ),
        (
            checklist_of(("LAW", items(1, 2, 3, 4)), ("FEE", items(5, 6)), ("END", items(7))),
            ChecklistDifference(added=("COV-LAW-07",), sections_added=("END",)),
        ),
        (
            checklist_of(("LAW", items(1, 2, 3, 4)), ("FEE", items(5, 6)), title="Other"),
            ChecklistDifference(
                about=(Change(where="covenant", field="title", old="Covenant", new="Other"),)
            ),
        ),
    ],
    ids=["same", "own-fields", "added", "removed", "moved", "other-section", "section-gone",
         "section-new", "title"],
)  # fmt: skip
def test_what_changed(new: Checklist, expected: ChecklistDifference) -> None:
    assert difference(OLD, new) == expected


def test_a_changed_item_says_field_old_and_new() -> None:
    old = checklist_of(("LAW", [item_of()]))
    new = checklist_of(
        (
            "LAW",
            [
                item_of(
                    "ratio",
                    severity="critical",
                    clause="4(b)",
                    evidence=["D", "W"],
                    translations={"bn": {"text": "x", "guidance": "y", "reviewed": False}},
                )
            ],
        )
    )

    assert [(one.field, one.old, one.new) for one in difference(old, new).changed] == [
        ("answer.type", "yes_no_partial_na", "ratio"),
        ("answer.compliant.op", "eq", "gte"),
        ("answer.compliant.value", "yes", "1.0"),
        ("severity", "major", "critical"),
        ("gate", None, "cap_D"),
        ("evidence", '["D"]', '["D","W"]'),
        ("clause", None, "4(b)"),
        ("translations.bn.text", None, "x"),
        ("translations.bn.guidance", None, "y"),
        ("translations.bn.reviewed", None, "false"),
    ]


orders = st.permutations(list(range(1, 9)))


@settings(deadline=None)
@given(order=orders, cut=st.integers(1, 7))
def test_a_list_does_not_differ_from_itself(order: list[int], cut: int) -> None:
    one = checklist_of(("LAW", items(*order[:cut])), ("FEE", items(*order[cut:])))

    assert difference(one, one).is_empty


def _edit(field: str, value: Any) -> Callable[[Item], Item]:
    return lambda item: msgspec.structs.replace(item, **{field: value})


EDITS = {
    "text": _edit("text", "Is it different?"),
    "guidance": _edit("guidance", "Look again."),
    "principle": _edit("principle", "P02"),
    "evidence": _edit("evidence", ("X",)),
    "gender": _edit("gender", True),
    "applies_if": _edit("applies_if", "places_women"),
    "complaint_category": _edit("complaint_category", "DEBT"),
    "corroborates": _edit("corroborates", "SOP-LIC-01"),
    "clause": _edit("clause", "4"),
}


@settings(deadline=None)
@given(at=st.integers(0, 7), field=st.sampled_from(sorted(EDITS)))
def test_any_single_edit_is_found_and_nothing_else(at: int, field: str) -> None:
    before = items(*range(1, 9))
    after = [EDITS[field](one) if spot == at else one for spot, one in enumerate(before)]
    old, new = checklist_of(("LAW", before)), checklist_of(("LAW", after))

    found = difference(old, new)

    assert [(one.where, one.field) for one in found.changed] == [(before[at].id, field)]
    assert found == ChecklistDifference(changed=found.changed)


@settings(deadline=None)
@given(old=orders, new=orders)
def test_order_is_the_same_exactly_when_nothing_moved(old: list[int], new: list[int]) -> None:
    found = difference(checklist_of(("LAW", items(*old))), checklist_of(("LAW", items(*new))))

    assert (found.moved == ()) is (old == new)
    assert found == ChecklistDifference(moved=found.moved)


@settings(deadline=None)
@given(old=orders, new=orders, kept=st.integers(1, 8))
def test_added_one_way_is_removed_the_other(old: list[int], new: list[int], kept: int) -> None:
    one = checklist_of(("LAW", items(*old[:kept])))
    other = checklist_of(("LAW", items(*new[:kept])))

    assert set(difference(one, other).added) == set(difference(other, one).removed)
