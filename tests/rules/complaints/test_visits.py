"""Codes as people type them, and how long refused codes make everybody wait."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitwatch.complaints.rules.visits import (
    CODE_DIGITS,
    LAST_DIGITS,
    SLOWEST,
    last_digits_fit,
    plain_code,
    seconds_to_wait,
)

SCRIPTS = ["٠", "۰", "०", "০", "୦", "๐", "0"]
codes = st.text("0123456789", min_size=CODE_DIGITS, max_size=CODE_DIGITS)
between = st.text(" -–—.\t\n\u200c\u200d\u200e\u200f\u00a0", max_size=3)


def in_script(code: str, zero: str) -> str:
    return "".join(chr(ord(zero) + int(digit)) for digit in code)


@given(codes, st.sampled_from(SCRIPTS), st.lists(between, min_size=5, max_size=5))
def test_a_code_is_read_in_any_digits_and_groups(code: str, zero: str, marks: list[str]) -> None:
    groups = [in_script(code[start : start + 4], zero) for start in range(0, CODE_DIGITS, 4)]
    typed = marks[0] + "".join(group + mark for group, mark in zip(groups, marks[1:], strict=True))
    assert plain_code(typed) == code


@given(st.text("0123456789", max_size=40).filter(lambda typed: len(typed) != CODE_DIGITS))
def test_other_numbers_of_digits_are_no_code(typed: str) -> None:
    assert plain_code(typed) is None


@given(st.text(max_size=40))
def test_what_is_read_is_16_digits_or_nothing(typed: str) -> None:
    found = plain_code(typed)
    assert found is None or (len(found) == CODE_DIGITS and found.isascii() and found.isdecimal())


@pytest.mark.parametrize(
    "typed",
    ["1234 5678 9012 345a", "code 1234567890123456", "1234567890123456!", "²²²²²²²²²²²²²²²²"],
)
def test_letters_and_signs_make_it_no_code(typed: str) -> None:
    assert plain_code(typed) is None


@given(codes, st.sampled_from(SCRIPTS))
def test_the_last_four_fit_in_any_digits(code: str, zero: str) -> None:
    assert last_digits_fit(in_script(code[-LAST_DIGITS:], zero), code)
    assert last_digits_fit(" ".join(code[-LAST_DIGITS:]), code)


@given(codes, st.text("0123456789", max_size=6))
def test_other_digits_do_not_fit(code: str, typed: str) -> None:
    assert last_digits_fit(typed, code) == (typed == code[-LAST_DIGITS:])


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.integers(0, 50), st.integers(0, 500))
def test_more_refused_tries_never_wait_less(
    of_code: int, in_total: int, more: int, more_in_total: int
) -> None:
    waits = seconds_to_wait(of_code, in_total)
    assert 0.0 <= waits <= SLOWEST
    assert seconds_to_wait(of_code + more, in_total + more_in_total) >= waits


def test_nobody_waits_where_nobody_guesses() -> None:
    assert seconds_to_wait(0, 0) == 0.0


@pytest.mark.parametrize(("of_code", "in_total"), [(5, 5), (10_000, 10_000), (0, 400)])
def test_guessing_one_code_or_many_is_slow(of_code: int, in_total: int) -> None:
    assert seconds_to_wait(of_code, in_total) == SLOWEST


def test_one_slip_costs_less_than_a_second() -> None:
    assert 0.0 < seconds_to_wait(1, 1) < 1.0
