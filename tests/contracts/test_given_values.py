"""What can stand in a contract: figures that are printed as they are hashed, texts that fit on a paper, days
that can be."""

from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.contracts import EXAMPLES, ask, choice_of, make_contract
from factories.registered_contracts import example
from recruitwatch.contracts.forms import read_input
from recruitwatch.contracts.rules.assembling import canonical, terms_hash
from recruitwatch.contracts.rules.choosing import per_month
from recruitwatch.contracts.rules.registering import initials_of
from recruitwatch.contracts.values.judged import InputRefused
from recruitwatch.contracts.values.terms import NOT_HASHED, Rate, Terms, TermValue
from recruitwatch.web.saying import say

LONG = "A" * 401
# The sums of the worked inputs as they were registered before terms were settled when they are hashed.
KEPT = {
    "bangladesh-saudi-arabia": "e98aff792f600961e4175cc67e9f5cf0ed8230b4f9082699339e90289cd85711",
    "ethiopia-jordan": "15ad1f047c641d8a535002e4648f35e08feaf9c1ca8f646714bd099c1982b17f",
    "kenya-saudi-arabia": "33f22b531800c92f734ded22c0bab1ed3f3ef140d393e06e4e0be24c1aad13b9",
    "mexico-canada": "0af984867e1b89433aa0763169980f97ec22adbd785e7e2bc04b9db834a6f737",
    "moldova-italy": "826e610709b58a44619d9fd5f3fbe15ccc12637ac18a8d4470020e55234d47af",
    "nepal-united-arab-emirates": "d11118cb2b6ff22279d695f6dfae427c26d5007c22a5d5dda9679951515b3b80",
    "philippines-hong-kong": "f91aa69353a03d8aace289806e6aa76e7f0c4772c0b23f5c3789b94709b085fc",
    "philippines-qatar": "8ca5eb266b33b4016d2aa4caca19858816ced3f3fbca70c3d9cf5d87a4707f7f",
}


def refused(**values: TermValue) -> dict[str, str]:
    with pytest.raises(InputRefused) as problem:
        make_contract(example(**values))
    return {str(one.values["name"]): say(one) for one in problem.value.reasons}


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"wage_amount": 5200.555}, "wage_amount"),
        ({"wage_amount": 75.1234, "wage_currency": "KWD"}, "wage_amount"),
        ({"wage_amount": 150000.5, "wage_currency": "JPY"}, "wage_amount"),
        ({"death_benefit": 1000.001}, "death_benefit"),
        ({"hours_normal_day": 7.12345}, "hours_normal_day"),
        ({"wage_amount": 1e300}, "wage_amount"),
        ({"wage_amount": float("nan")}, "wage_amount"),
        ({"wage_amount": float("inf")}, "wage_amount"),
        ({"wage_amount": 10**9 + 1}, "wage_amount"),
        ({"worker_name": LONG}, "worker_name"),
        ({"worker_name": "Liza" + "\u0301" * 200}, "worker_name"),
        ({"worker_birth_date": "2030-01-01"}, "worker_birth_date"),
        ({"worker_birth_date": "1890-01-01"}, "worker_birth_date"),
        ({"start_date": "2031-01-01"}, "start_date"),
        ({"origin_country": "BD"}, "origin_country"),
        ({"destination_country": "SA"}, "destination_country"),
    ],
)
def test_what_cannot_stand_in_a_contract_is_refused_by_name(
    values: dict[str, TermValue], named: str
) -> None:
    assert list(refused(**values)) == [named]


@pytest.mark.parametrize(
    "values",
    [
        {"wage_amount": 5200.55},
        {"wage_amount": 675.125, "wage_currency": "KWD"},
        {"wage_amount": 150000, "wage_currency": "JPY"},
        {"hours_normal_day": 7.25},
        {"worker_name": "A" * 400},
        {"worker_name": "Nguyễn Thị Ánh"},
        {"start_date": "2025-06-01"},
    ],
)
def test_what_can_stand_there_is_taken(values: dict[str, TermValue]) -> None:
    (name,) = (one for one in values if one != "wage_currency")
    assert make_contract(example(**values)).terms.values[name] == values[name]


def test_a_contract_is_not_made_twice_in_one_language() -> None:
    with pytest.raises(InputRefused) as problem:
        make_contract(ask(languages=("ar", "ar")))
    assert [say(one) for one in problem.value.reasons] == [
        "languages: the same language stands there twice."
    ]


def test_a_floor_from_another_currency_is_counted_in_coins_of_its_own() -> None:
    rate = Rate(of="USD", to="JPY", rate=151.237, on=date(2025, 12, 1), source="Central bank")
    asked = msgspec.structs.replace(ask("PH-SG", wage_currency="JPY"), rates=(rate,))
    assert choice_of(make_contract(asked), "wage_amount").value == 75619


def test_an_hourly_wage_is_weighed_by_the_hours_that_the_contract_will_have() -> None:
    """Where the law shortens the week, the same wage by the hour is worth less a month."""
    contract = make_contract(
        ask("PH-LB", on="2026-03-01", wage_period="hour", hours_normal_week=70, wage_currency="USD")
    )
    hours = choice_of(contract, "hours_normal_week").value
    wage = choice_of(contract, "wage_amount").value
    assert hours == 60
    assert wage is not None
    assert per_month(wage, "hour", hours) >= 500


@given(st.integers(1, 10**6))
def test_equal_terms_hash_alike_whoever_wrote_them(wage: int) -> None:
    terms = make_contract(example()).terms
    one, other = (
        msgspec.structs.replace(terms, values={**terms.values, **values})
        for values in (
            {"wage_amount": wage, "worker_name": "Zo\u00eb Cruz"},
            {"wage_amount": float(wage), "worker_name": " Zoe\u0308  Cruz"},
        )
    )
    assert canonical(one) == canonical(other)
    assert canonical(msgspec.json.decode(canonical(one), type=Terms)) == canonical(one)


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda one: one.stem)
def test_what_was_registered_before_keeps_its_sum(file: Path) -> None:
    terms = make_contract(read_input(file.read_bytes(), file.name)).terms
    values = {name: one for name, one in terms.values.items() if name not in NOT_HASHED}
    bare = msgspec.json.encode(msgspec.structs.replace(terms, values=values), order="sorted")
    assert canonical(terms) == bare
    assert terms_hash(terms) == KEPT[file.stem]


@given(st.text(max_size=400))
def test_initials_are_short_whatever_a_name_holds(name: str) -> None:
    assert len(initials_of(name)) <= 40


def test_marks_without_end_are_no_initial() -> None:
    assert len(initials_of(("e" + "\u0327" * 200 + " ") * 4)) <= 40
