"""Contracts on record: versions in order, nothing changes, terms are sealed, history says what was done."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from factories.accounts import store_person
from factories.agencies import make_new_licence, make_record, store_agency, store_licence
from factories.contracts import library
from factories.registered_contracts import WORKER, example, store_contract
from recruitwatch.accounts.values import Role
from recruitwatch.actor import Actor
from recruitwatch.contracts.actions.registering import (
    cancel_contract,
    open_contract,
    register_contract,
    replace_contract,
)
from recruitwatch.contracts.queries import registered as queries
from recruitwatch.contracts.rules.assembling import terms_hash
from recruitwatch.contracts.values.registered import (
    ContractCancelled,
    ContractState,
    NoContract,
    NotComplete,
    RegisteredMeanwhile,
    TermsGone,
)
from recruitwatch.db.engine import session_opener
from recruitwatch.errors import Message
from recruitwatch.history.queries import list_entries
from recruitwatch.history.values import Action
from recruitwatch.keys import Vault, make_key, open_vault

ActorOf = Callable[..., Awaitable[Actor]]


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    make_key(tmp_path)
    return open_vault(tmp_path)


async def test_a_contract_lives_through_versions_to_its_end(
    session: AsyncSession, actor_of: ActorOf, now: datetime, vault: Vault
) -> None:
    actor = await actor_of(Role.REGULATOR)
    identity = await store_contract(session, actor, now, vault)
    first, terms = await open_contract(session, actor, now, vault, contract_id=identity)
    assert terms.values["contract_number"] == first.number
    assert first.newest.sha256 == terms_hash(terms)
    assert first.newest.initials == "L. D."
    asked = example(wage_amount=5400)
    change = {"contract_id": identity, "asked": asked, "reason": "More pay."}
    version = await replace_contract(session, actor, now, vault, library(), replaces=1, **change)
    assert version == 2
    with pytest.raises(RegisteredMeanwhile):
        await replace_contract(session, actor, now, vault, library(), replaces=1, **change)
    known = await queries.get_contract(session, identity)
    assert [one.version for one in known.versions] == [2, 1]
    old, new = known.versions[1].sha256, known.versions[0].sha256
    states = [await queries.find_public(session, known.number, one[:16]) for one in (old, new)]
    assert [one and one.state for one in states] == [ContractState.REPLACED, ContractState.VALID]
    await cancel_contract(session, actor, now, contract_id=identity, reason="She did not go.")
    states = [await queries.find_public(session, known.number, one[:16]) for one in (old, new)]
    assert {one and one.state for one in states} == {ContractState.CANCELLED}
    with pytest.raises(ContractCancelled):
        await cancel_contract(session, actor, now, contract_id=identity, reason="Twice.")
    with pytest.raises(ContractCancelled):
        await replace_contract(session, actor, now, vault, library(), replaces=2, **change)
    entries = await list_entries(session, subject=("contract", identity), limit=9)
    assert {one.action for one in entries} == {
        Action.CONTRACT_REGISTERED, Action.CONTRACT_OPENED, Action.CONTRACT_REPLACED,
        Action.CONTRACT_CANCELLED,
    }  # fmt: skip
    assert not [one for one in entries if "Liza" in str(one.details)]


async def test_each_version_has_the_agency_that_it_names(
    session: AsyncSession, actor_of: ActorOf, now: datetime, vault: Vault
) -> None:
    actor = await actor_of(Role.REGULATOR)
    first = await store_agency(session, make_record(legal_name="Bayani Manpower Services"))
    second = await store_agency(session, make_record(legal_name="Padma Overseas"))
    for agency_id, number in ((first, "DMW-210-LB"), (second, "DMW-377-LB")):
        licence = make_new_licence(licence_no=number)
        await store_licence(session, actor, agency_id, licence=licence)
    identity = await store_contract(session, actor, now, vault)
    known = await queries.get_contract(session, identity)
    assert (known.newest.agency_id, known.newest.agency_name) == (first, "Bayani Manpower Services")
    licences = ("dmw 377 lb", "DMW-999-XX", "DMW-210-LB")
    for version, licence_no in enumerate(licences, start=1):
        await replace_contract(
            session, actor, now, vault, library(), contract_id=identity, replaces=version,
            asked=example(origin_agency_licence=licence_no), reason="Another agency sends her.",
        )  # fmt: skip
    known = await queries.get_contract(session, identity)
    assert [one.agency_id for one in known.versions] == [first, None, second, first]
    assert [one.agency_name for one in known.versions][1:3] == ["", "Padma Overseas"]


async def test_what_is_stored_names_nobody_and_goes_with_its_key(
    session: AsyncSession, actor_of: ActorOf, now: datetime, vault: Vault
) -> None:
    actor = await actor_of(Role.REGULATOR)
    identity = await store_contract(session, actor, now, vault)
    rows = await session.execute(text("select * from contract_versions"))
    stored = b" ".join(
        one if isinstance(one, bytes) else str(one).encode() for row in rows for one in row
    )
    for word in (WORKER.split()[0], "Chan Wing Yan", "P0003310B"):
        assert word.encode() not in stored
    ten_years = (now + timedelta(days=3653 + 40)).date()
    vault.retention.destroy_ended(ten_years)
    with pytest.raises(TermsGone):
        await open_contract(session, actor, now, vault, contract_id=identity)
    known = await queries.get_contract(session, identity)
    assert await queries.find_public(session, known.number, known.newest.sha256[:16])


async def test_nothing_is_registered_that_has_empty_lines(
    session: AsyncSession, actor_of: ActorOf, now: datetime, vault: Vault
) -> None:
    actor = await actor_of(Role.REGULATOR)
    with pytest.raises(NotComplete) as refused:
        await store_contract(session, actor, now, vault, employer_name=None)
    assert [one.values["label"] for one in refused.value.reasons] == [
        Message("Name of the employer")
    ]
    assert await queries.count_contracts(session) == 0
    with pytest.raises(NoContract):
        await queries.get_contract(session, uuid4())


@pytest.mark.parametrize(
    "statement",
    [
        "update contract_versions set initials = 'X.'",
        "delete from contract_versions",
        "update registered_contracts set number = number",
        "delete from registered_contracts",
        "truncate contract_cancellations",
        "insert into contract_versions select contract_id, 3, sha256, pack, template_version, origin, "
        "destination, signed_on, initials, sealed_terms, sealed_until, 'x', registered_by, "
        "registered_at from contract_versions",
    ],
)
async def test_the_database_keeps_what_was_registered(
    session: AsyncSession, actor_of: ActorOf, now: datetime, vault: Vault, statement: str
) -> None:
    await store_contract(session, await actor_of(Role.REGULATOR), now, vault)
    with pytest.raises(DBAPIError):
        await session.execute(text(statement))


@pytest.mark.committed
async def test_a_form_that_is_sent_twice_makes_one_contract(
    fresh_engine: AsyncEngine, now: datetime, vault: Vault
) -> None:
    open_session = session_opener(fresh_engine)
    async with open_session() as session, session.begin():
        actor = await store_person(session, Role.REGULATOR)
    form, second = uuid4(), uuid4()

    async def press() -> UUID:
        async with open_session() as session, session.begin():
            return await register_contract(
                session, actor, now, vault, library(), asked=example(), form_token=form
            )

    made = await asyncio.gather(press(), press(), press())
    assert len({*made}) == 1

    async def press_again() -> int:
        async with open_session() as session, session.begin():
            return await replace_contract(
                session, actor, now, vault, library(), contract_id=made[0], replaces=1,
                asked=example(wage_amount=5400), reason="More pay.", form_token=second,
            )  # fmt: skip

    assert await asyncio.gather(press_again(), press_again()) == [2, 2]
    async with open_session() as session:
        assert await queries.count_contracts(session) == 1
        assert len((await queries.get_contract(session, made[0])).versions) == 2

    async def cancel() -> None:
        async with open_session() as session, session.begin():
            await cancel_contract(session, actor, now, contract_id=made[0], reason="Not gone.")

    await asyncio.gather(cancel(), cancel(), cancel())
    async with open_session() as session:
        assert (await queries.get_contract(session, made[0])).cancel_reason == "Not gone."
