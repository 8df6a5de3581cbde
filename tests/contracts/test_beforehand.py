"""What stands in the way of registering a contract, what is only told, and what a new version may change."""

from datetime import date

import msgspec
import pytest

from factories.contracts import EXAMPLES, library, make_contract
from factories.registered_contracts import example
from recruitwatch.contracts.forms import read_input
from recruitwatch.contracts.rules.beforehand import look
from recruitwatch.contracts.rules.checking import normalising
from recruitwatch.contracts.values.beforehand import Beforehand
from recruitwatch.contracts.values.terms import (
    OLDEST_RATE_DAYS,
    ContractInput,
    Rate,
    Terms,
    TermValue,
)
from recruitwatch.web.saying import say


def saudi(**values: TermValue) -> ContractInput:
    file = next(one for one in EXAMPLES if one.stem == "bangladesh-saudi-arabia")
    asked = read_input(file.read_bytes(), file.name)
    return msgspec.structs.replace(asked, values={**asked.values, **values})


def looked(asked: ContractInput, before: Terms | None = None) -> Beforehand:
    return look(make_contract(asked), library(), rates=asked.rates, before=before)


def said(known: Beforehand) -> list[str]:
    return [say(one) for one in known.obstacles]


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda one: one.stem)
def test_nothing_stands_in_the_way_of_the_worked_inputs(file: object) -> None:
    asked = read_input(file.read_bytes(), file.name)  # type: ignore[attr-defined]
    known = looked(asked)
    assert said(known) == []
    assert known.findings == known.worse == ()


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (saudi(worker_birth_date="2014-05-01"), "The worker is 11 years old on the day"),
        (example(worker_birth_date="2014-05-01"), "the contract itself asks for at least 21"),
        (saudi(wage_amount=1, wage_currency="USD"), "Basic wage: 800 SAR is a sure figure of law"),
        (msgspec.structs.replace(example(), rates=()), "cannot be compared with HKD without"),
    ],
)
def test_what_breaks_the_law_of_the_corridor_stands_in_the_way(
    asked: ContractInput, sentence: str
) -> None:
    (reason,) = said(looked(asked))
    assert sentence in reason


def test_with_a_rate_the_floor_counts() -> None:
    rate = Rate(of="USD", to="SAR", rate=3.75, on=date(2026, 3, 1), source="Central bank")
    asked = msgspec.structs.replace(saudi(wage_amount=1, wage_currency="USD"), rates=(rate,))
    assert said(looked(asked)) == []
    assert make_contract(asked).terms.values["wage_amount"] == 213.34


def test_a_rate_is_as_fresh_here_as_in_a_check() -> None:
    assert OLDEST_RATE_DAYS == normalising.OLDEST_RATE_DAYS


def test_what_the_worker_paid_is_told_and_never_stands_in_the_way() -> None:
    known = looked(saudi(declared_worker_payment=3000))
    assert known.obstacles == ()
    assert [one.rule for one in known.findings] == ["CHK-S06"]


@pytest.mark.parametrize(("paid", "reminders"), [(None, 1), (0, 0), (3000, 0)])
def test_what_nobody_asked_the_worker_is_not_said_in_her_name_without_a_word(
    paid: int | None, reminders: int
) -> None:
    known = looked(saudi(declared_worker_payment=paid))
    assert len(known.unasked) == reminders
    assert all("0 SAR. Ask the worker" in say(one) for one in known.unasked)


def test_a_paper_that_was_not_seen_is_no_finding() -> None:
    known = looked(saudi())
    assert (known.findings, known.information, known.worse) == ((), (), ())


def test_a_new_version_is_of_the_same_worker_and_way() -> None:
    before = make_contract(example()).terms
    reasons = said(looked(saudi(), before))
    assert [one.partition(":")[0] for one in reasons] == [
        "Passport number of the worker", "Country of origin", "Country of work",
    ]  # fmt: skip
    assert "P0003310B" in reasons[0]
    assert said(looked(example(worker_passport_no="p 000 3310-b"), before)) == []


@pytest.mark.parametrize(
    ("values", "rules", "needs_word"),
    [
        ({"wage_amount": 5500}, [], False),
        ({"wage_amount": 5150}, ["CHK-V01"], True),
        ({"employer_id_no": "B111"}, ["CHK-V05"], True),
        ({"annual_leave_days": 20}, ["CHK-V10"], False),
    ],
)
def test_what_gets_worse_is_told_and_grave_losses_need_a_word(
    values: dict[str, TermValue], rules: list[str], needs_word: bool
) -> None:
    known = looked(example(**values), make_contract(example()).terms)
    assert said(known) == []
    assert ([one.rule for one in known.worse], known.needs_word) == (rules, needs_word)
