"""Figures of national law: what is in force when, and that nothing set is lost."""

from datetime import timedelta
from decimal import Decimal

import pytest

from factories.checklists import LOADED_AT, store_library, store_parameter
from recruitwatch.accounts.values import Role
from recruitwatch.checklists import queries as checklists
from recruitwatch.checklists.values import NO_CURRENCY, Money, ParameterRefused, ParameterUnknown
from recruitwatch.errors import Message
from recruitwatch.history.queries import list_entries
from recruitwatch.history.values import Action

DAY = timedelta(days=1)


async def test_without_any_setting_the_defaults_count_and_some_figures_are_not_set(session) -> None:
    await store_library(session)
    found = await checklists.get_parameters(session)
    assert found["required_bond"] is None
    assert found["required_training_hours"] is None
    assert found["lawful_worker_cost"] == Money(amount_minor=0, currency=NO_CURRENCY)
    assert found["sample_files_min"] == Decimal(10)


async def test_a_figure_counts_from_when_it_was_set(session, actor_of) -> None:
    await store_library(session)
    regulator = await actor_of(Role.REGULATOR)
    for days, amount in ((1, 100), (5, 200)):
        await store_parameter(
            session,
            regulator,
            "required_bond",
            amount=Decimal(amount),
            currency="BDT",
            now=LOADED_AT + days * DAY,
        )

    async def bond(days: int):  # type: ignore[no-untyped-def]
        return (await checklists.get_parameters(session, LOADED_AT + days * DAY))["required_bond"]

    assert await bond(0) is None
    assert await bond(1) == Money(amount_minor=100, currency="BDT")
    assert await bond(4) == Money(amount_minor=100, currency="BDT")
    assert await bond(5) == Money(amount_minor=200, currency="BDT")
    now = (await checklists.get_parameters(session))["required_bond"]
    assert now == Money(amount_minor=200, currency="BDT")


async def test_a_figure_taken_back_falls_to_its_default_and_stays_on_record(
    session, actor_of
) -> None:
    await store_library(session)
    regulator = await actor_of(Role.REGULATOR)
    await store_parameter(session, regulator, "interviews_min", amount=Decimal("12.5"))
    await store_parameter(session, regulator, "interviews_min", amount=None, reason="A mistake")
    assert (await checklists.get_parameters(session))["interviews_min"] == Decimal(8)
    history = await checklists.list_parameter_history(session, "interviews_min", 10)
    assert [(one.value, one.reason, one.set_by_name) for one in history] == [
        (None, "A mistake", regulator.name),
        (Decimal("12.5"), "Circular 12 of 2025", regulator.name),
    ]
    assert await checklists.count_parameter_history(session, "interviews_min") == 2
    assert await checklists.list_parameter_history(session, "interviews_min", 1, 1) == history[1:]


async def test_setting_is_recorded_with_old_new_and_reason(session, actor_of) -> None:
    await store_library(session)
    regulator = await actor_of(Role.REGULATOR)
    await store_parameter(session, regulator, "required_training_hours", amount=Decimal(30))
    await store_parameter(session, regulator, "required_training_hours", amount=Decimal(40))
    last, first = await list_entries(session, action=Action.PARAMETER_SET, limit=5)
    assert (first.details["old"], last.details["old"]) == (None, "30")
    assert last.details["new"] == "40"
    assert last.details["reason"] == "Circular 12 of 2025"
    assert last.subject_id == "required_training_hours"
    assert last.actor_id == regulator.id


@pytest.mark.parametrize(
    ("name", "amount", "currency"),
    [
        ("required_bond", Decimal(5), None),
        ("required_bond", Decimal("5.5"), "BDT"),
        ("required_bond", Decimal(-1), "BDT"),
        ("sample_files_min", Decimal(-1), None),
        ("sample_files_min", Decimal(5), "BDT"),
    ],
)
async def test_what_is_no_figure_of_its_kind_is_refused(
    session, actor_of, name: str, amount: Decimal, currency: str | None
) -> None:
    await store_library(session)
    regulator = await actor_of(Role.REGULATOR)
    with pytest.raises(ParameterRefused) as refused:
        await store_parameter(session, regulator, name, amount=amount, currency=currency)
    assert [type(one) for one in refused.value.reasons] == [Message]
    assert await checklists.count_parameter_history(session, name) == 0


async def test_unknown_figure_is_refused(session, actor_of) -> None:
    await store_library(session)
    with pytest.raises(ParameterUnknown):
        await store_parameter(session, await actor_of(Role.REGULATOR), "price_of_tea")


async def test_zero_money_needs_no_currency(session, actor_of) -> None:
    await store_library(session)
    await store_parameter(
        session, await actor_of(Role.REGULATOR), "lawful_worker_cost", amount=Decimal(0)
    )
    found = await checklists.get_parameters(session)
    assert found["lawful_worker_cost"] == Money(amount_minor=0, currency=NO_CURRENCY)
