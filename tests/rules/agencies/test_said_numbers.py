"""Numbers in any notation give keys that the register can be searched by."""

import csv
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from recruitwatch.agencies.rules import normalise_contact
from recruitwatch.agencies.rules.said_numbers import telephone_keys
from recruitwatch.agencies.values import ContactKind
from recruitwatch.names.dictionary import load_dictionary
from recruitwatch.names.rules import number_digits
from recruitwatch.names.rules.numbers import said_numbers

DICTIONARY = load_dictionary()
with (Path(__file__).parent / "numbers.csv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file))

_pieces = st.sampled_from(
    "RL আরএল no. नं 123 ০১২৩ 1000+ /064/065 2010 + - ( ) : # x +880 0 00 5".split()
)
_texts = st.one_of(
    st.text(max_size=2_000),
    st.lists(_pieces, max_size=20).map(" ".join),
    st.lists(_pieces, max_size=20).map("".join),
)


@pytest.mark.parametrize("case", CASES, ids=[case["said"] for case in CASES])
def test_number_as_said(case: dict[str, str]) -> None:
    said = case["said"]
    found = telephone_keys(said)
    assert set(case["telephone"].split()) <= set(found)
    assert bool(found) == bool(case["telephone"])


@pytest.mark.parametrize(
    "case", [c for c in CASES if c["guess"] == "licence"], ids=lambda c: c["said"]
)
def test_licence_number_as_said(case: dict[str, str]) -> None:
    """The digits that the matcher takes for the number are among those that the register may hold."""
    wanted = {number_digits(key) for key in case["licence"].split()}
    found = {n.digits for n in said_numbers(f"licence {case['said']}", DICTIONARY)}
    assert bool(wanted & found) or not wanted


@given(st.from_regex(r"1[3-9][0-9]{8}", fullmatch=True))
def test_every_way_to_write_a_number_finds_every_other(national: str) -> None:
    ways = (f"0{national}", f"+880 {national}", f"00880{national}", f"880-{national}", national)
    for stored in ways:
        key = normalise_contact(ContactKind.PHONE, stored)
        for said in ways:
            assert key in telephone_keys(said)


def test_a_named_country_narrows_a_number_written_as_at_home() -> None:
    assert telephone_keys("0551234567", countries=["SA"])[:2] == ("0551234567", "966551234567")
    assert "971551234567" not in telephone_keys("0551234567", countries=["SA"])


@settings(deadline=None)
@given(_texts)
@example("0" * 2_000)
@example("0 " * 1_000)
@example("+1" * 1_000)
@example("rl 12 " * 300)
@example("1-" * 1_000)
@example("/012/013" * 250)
@example("\ud800 12")
def test_of_any_text_keys_are_keys(text: str) -> None:
    for key in telephone_keys(text):
        assert key == normalise_contact(ContactKind.PHONE, key) != ""
    for number in said_numbers(text, DICTIONARY):
        assert number.digits.isdecimal()
