"""What judgements teach, in numbers that point to nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitwatch.complaints.rules.learning import quality_rows, script_said, withheld
from recruitwatch.complaints.values.learning import Counted, Fit


@pytest.mark.parametrize(
    ("texts", "script"),
    [
        (["Golden Star"], "LATIN"),
        (["গোল্ডেন স্টার 123", ""], "BENGALI"),
        (["النجم الذهبي", "دبي"], "ARABIC"),
        (["গোল্ডেন Star"], "MIXED"),
        (["123", "+880 1713"], "NUMBERS"),
        ([], "NUMBERS"),
    ],
)
def test_the_script_is_that_of_the_words(texts: list[str], script: str) -> None:
    assert script_said(texts) == script


def counted(cases: int, rank: int | None, outcome: str = "suggested", **of: str) -> Counted:
    return Counted(
        language=of.get("language", "bn"), script=of.get("script", "BENGALI"),
        outcome=outcome, rank=rank, cases=cases,
    )  # fmt: skip


def test_a_row_says_how_often_the_first_suggestion_was_right() -> None:
    [row] = quality_rows(
        [
            counted(60, 1), counted(6, 1, "certain"), counted(7, 2), counted(3, 5),
            counted(8, None), counted(16, None, "unmatched"),
        ]
    )  # fmt: skip
    assert row.counts == {Fit.FIRST: 66, Fit.AMONG_FIVE: 10, Fit.WRONG: 8, Fit.NOTHING: 16}
    assert (row.cases, row.precision, row.recall, row.recall_of_five) == (100, 79, 66, 76)


def test_few_cases_of_a_language_stand_with_others_or_not_at_all() -> None:
    few = [counted(3, 1, language="ne"), counted(4, None, language="si")]
    [row] = quality_rows(few)
    assert (row.language, row.script, row.cases) == ("", "", 7)
    assert row.recall is None
    assert quality_rows(few[:1]) == []


COUNTS = st.fixed_dictionaries({fit: st.integers(0, 12) for fit in Fit})


@given(COUNTS)
def test_no_count_under_five_can_be_read_or_worked_out(counts: dict[Fit, int]) -> None:
    shown = withheld(counts)
    missing = [fit for fit, count in shown.items() if count is None]
    assert all(shown[fit] is None for fit, count in counts.items() if 0 < count < 5)
    assert len(missing) != 1
    assert missing or shown == counts
    together = sum(counts[fit] for fit in missing)
    assert not missing or together >= min(5, sum(counts.values()))


def test_two_that_are_small_together_are_not_worked_out_from_the_sum() -> None:
    """Ten cases, eight first: of two withheld counts each would be one."""
    counts = {Fit.FIRST: 8, Fit.AMONG_FIVE: 1, Fit.WRONG: 1, Fit.NOTHING: 0}
    assert withheld(counts) == {
        Fit.FIRST: None, Fit.AMONG_FIVE: None, Fit.WRONG: None, Fit.NOTHING: 0
    }  # fmt: skip
