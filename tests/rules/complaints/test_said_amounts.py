"""Sums of money are read as said or not at all."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from recruitwatch.complaints.rules.said_amounts import read_amount

with (Path(__file__).parent / "amounts.csv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file))

_words = st.sampled_from(
    "2 ২ ٥٠ 2,50,000 1.500 1.000.000 lakh লাখ সাড়ে দেড় ألف ألفين k hundred thousand crore taka "
    "riyal saudi $ - + / . , ( 0 007 and five half".split()
)
_texts = st.one_of(
    st.text(max_size=2_000),
    st.lists(_words, max_size=12).map(" ".join),
    st.lists(_words, max_size=12).map("".join),
)


@pytest.mark.parametrize("case", CASES, ids=[case["said"] for case in CASES])
def test_sum_as_said(case: dict[str, str]) -> None:
    found = read_amount(case["said"])
    amount = Decimal(case["amount"]) if case["amount"] else None
    assert (found.amount, found.currency) == (amount, case["currency"] or None)


@given(_texts)
@example("9" * 2_000)
@example("1," * 1_000)
@example("lakh " * 400)
@example("hundred " * 20)
@example("সাড়ে " * 20)
@example("\ud800 5")
def test_any_text_is_kept_and_no_sum_is_negative(text: str) -> None:
    found = read_amount(text)
    assert found.said == text
    assert found.amount is None or 0 <= found.amount < 10**15


@given(st.integers(1, 99), st.sampled_from("০٠۰०၀០๐0"))
def test_digits_of_every_script_count_alike(number: int, zero: str) -> None:
    digits = "".join(chr(ord(zero) + int(c)) for c in str(number))
    assert read_amount(f"{digits} lakh").amount == number * 100_000


@given(st.integers(1, 10**9))
def test_western_grouping_changes_no_sum(number: int) -> None:
    assert read_amount(f"{number:,}").amount == number
