"""What stands in the way of registering a contract, what is only told, and what a new version may change."""

from datetime import date, timedelta

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
    WorkerIs,
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
    assert (known.findings, known.worse) == ((), ())


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (saudi(worker_birth_date="2014-05-01"), "The worker is 11 years old on the day"),
        (example(worker_birth_date="2014-05-01"), "the contract itself asks for at least 21"),
        (saudi(wage_amount=1, wage_currency="USD"), "Basic wage: 800 SAR is a sure figure of law"),
        (saudi(start_date="2024-06-01"), "this is more than a year before 1 March 2026"),
        (msgspec.structs.replace(example(), rates=()), "cannot be compared with HKD without"),
    ],
)
def test_what_breaks_the_law_of_the_corridor_stands_in_the_way(
    asked: ContractInput, sentence: str
) -> None:
    (reason,) = said(looked(asked))
    assert sentence in reason


def test_a_new_version_may_be_of_work_that_goes_on() -> None:
    asked = saudi(start_date="2024-01-15")
    assert said(looked(asked, before=make_contract(asked).terms)) == []


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


def registered(asked: ContractInput | None = None) -> Terms:
    return make_contract(asked or example()).terms


def losses(known: Beforehand) -> list[str]:
    return [say(one.message) for one in known.worse]


def test_a_new_version_is_of_the_same_worker_and_way() -> None:
    before = registered()
    reasons = said(looked(saudi(), before))
    assert [one.partition(":")[0] for one in reasons] == [
        "Passport number of the worker", "Name of the worker", "Date of birth of the worker",
        "Country of origin", "Country of work",
    ]  # fmt: skip
    assert "P0003310B" in reasons[0]
    written_otherwise = looked(example(worker_passport_no="p 000 3310-b"), before)
    assert said(written_otherwise) == losses(written_otherwise) == []


NAME, BORN, PASSPORT = (
    {"worker_name": "Maria Santos"},
    {"worker_birth_date": "1985-03-02"},
    {"worker_passport_no": "P7777777C"},
)


@pytest.mark.parametrize(
    "changed",
    [NAME | BORN, NAME | PASSPORT, BORN | PASSPORT, NAME | BORN | PASSPORT],
    ids=lambda one: "+".join(one),
)
def test_who_differs_in_two_things_is_another_worker(changed: dict[str, TermValue]) -> None:
    reasons = said(looked(example(**changed), registered()))
    assert len(reasons) == len(changed)
    assert all("For another worker or another country, cancel" in one for one in reasons)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (NAME, "Name of the worker: Liza Dimaculangan → Maria Santos"),
        (BORN, "Date of birth of the worker: 30 January 1990 → 2 March 1985"),
        (PASSPORT, "Passport number of the worker: P0003310B → P7777777C"),
    ],
)
def test_who_differs_in_one_thing_may_be_the_same_worker_if_somebody_says_so(
    changed: dict[str, TermValue], told: str
) -> None:
    known = looked(example(**changed), registered())
    assert (said(known), losses(known), known.needs_word) == ([], [told], True)


def test_a_worker_who_is_called_a_man_needs_a_word() -> None:
    asked = msgspec.structs.replace(example(), worker_is=WorkerIs.MAN)
    known = looked(asked, registered())
    assert said(known) == []
    assert losses(known) == ["The worker is: A woman → A man"]
    assert known.needs_word


@pytest.mark.parametrize(
    ("values", "rules"),
    [
        ({"wage_amount": 5500}, []),
        ({"wage_amount": 5150}, ["CHK-V01"]),
        ({"employer_id_no": "B111"}, ["CHK-V05"]),
        ({"annual_leave_days": 20}, ["CHK-V10"]),
    ],
)
def test_what_gets_worse_by_a_rule_is_told_and_needs_a_word(
    values: dict[str, TermValue], rules: list[str]
) -> None:
    known = looked(example(**values), registered())
    assert said(known) == []
    assert ([one.rule for one in known.worse], known.needs_word) == (rules, bool(rules))


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"death_benefit": 1}, "200,000 → 1"),
        ({"food_allowance": 1240}, "1,300 → 1,240"),
        ({"overtime_rate_percent": 110}, "125 → 110"),
        ({"maternity_pay_percent": 80}, "100 → 80"),
        ({"fee_refund_days": 60}, "30 → 60"),
        ({"notice_days_worker": 45}, "30 → 45"),
        ({"women_shelter_phone": None}, "+852 0000 3313 → —"),
    ],
    ids=lambda one: next(iter(one)) if isinstance(one, dict) else "",
)
def test_what_gets_worse_beside_the_rules_is_told_and_needs_a_word(
    values: dict[str, TermValue], told: str
) -> None:
    known = looked(example(**values), registered())
    assert said(known) == []
    (loss,) = losses(known)
    assert loss.endswith(told)
    assert (known.worse[0].severity, known.needs_word) == (None, True)


def test_what_gets_better_needs_no_word() -> None:
    values: dict[str, TermValue] = {"death_benefit": 300000, "fee_refund_days": 10}
    known = looked(example(**values), registered())
    assert (losses(known), known.needs_word) == ([], False)
    fewer = msgspec.structs.replace(example(), without=("HOLIDAYS",))
    assert losses(looked(example(), registered(fewer))) == []


def test_clauses_and_languages_that_are_lost_are_told() -> None:
    fewer = msgspec.structs.replace(example(), without=("HOLIDAYS", "HYGIENE"), languages=("en",))
    known = looked(fewer, registered())
    clauses, languages = (one for one in losses(known) if "→ —" not in one)
    assert clauses.startswith("These clauses were there before and are gone: ")
    assert clauses.count(",") == 1
    assert languages == "Languages: English, Tagalog → English"
    assert known.needs_word


def test_other_money_in_another_currency_is_compared_by_the_rate() -> None:
    def moved(**values: TermValue) -> list[str]:
        rate = Rate(of="USD", to="HKD", rate=7.8, on=date(2025, 11, 28), source="Central bank")
        asked = example(wage_currency="USD", wage_amount=1000, food_allowance=200, **values)
        asked = msgspec.structs.replace(asked, rates=(rate, *asked.rates))
        return [one for one in losses(looked(asked, registered())) if "death" in one.lower()]

    assert moved(death_benefit=26000) == []
    (loss,) = moved(death_benefit=20000)
    assert "200,000 HKD → 20,000 USD" in loss


@pytest.mark.parametrize(("paid", "shown"), [(0, "0 HKD"), (None, "0 HKD"), (2999, "2,999 HKD")])
def test_what_the_worker_paid_never_falls_without_a_word(paid: int | None, shown: str) -> None:
    known = looked(
        example(declared_worker_payment=paid), registered(example(declared_worker_payment=3000))
    )
    assert said(known) == []
    (loss,) = losses(known)
    assert f"3,000 HKD → {shown}" in loss
    assert known.needs_word


def test_what_the_worker_tells_later_needs_no_word() -> None:
    known = looked(example(declared_worker_payment=3000), registered())
    assert (said(known), losses(known), known.needs_word) == ([], [], False)


def test_a_version_is_not_signed_before_the_one_that_it_replaces() -> None:
    first = example().signed_on

    def signed_after(days: int) -> list[str]:
        on = first + timedelta(days=5)
        asked = msgspec.structs.replace(example(), signed_on=on + timedelta(days=days))
        return said(looked(asked, registered(msgspec.structs.replace(example(), signed_on=on))))

    (reason,) = signed_after(-1)
    assert reason.startswith("The new version is signed on ")
    assert signed_after(0) == signed_after(1) == []


@pytest.mark.parametrize(("before", "now", "rules"), [(0, 3000, ["CHK-S06"]), (3000, 0, [])])
def test_the_new_terms_are_judged_whatever_day_they_have(
    before: int, now: int, rules: list[str]
) -> None:
    later = example().signed_on + timedelta(days=1)
    older = msgspec.structs.replace(example(declared_worker_payment=before), signed_on=later)
    known = looked(example(declared_worker_payment=now), registered(older))
    assert [one.rule for one in known.findings] == rules
