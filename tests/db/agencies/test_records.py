"""What is put into the register comes out of it as it was."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from factories.agencies import NOW, REGISTER, full_record, make_record, store_agency, store_register
from recruitwatch.agencies import queries
from recruitwatch.agencies.values import AgencyTwice, AgencyUnknown, NameKind, OtherName
from recruitwatch.db.constraints import error_for


async def test_a_full_record_is_read_as_it_was_written(session: AsyncSession, queries) -> None:
    agency_id = await store_agency(session, full_record())
    with queries(at_most=1):
        stored = await _get(session, agency_id)
    assert stored.record == full_record()
    assert (stored.version, stored.created_at) == (1, NOW)


async def test_a_bare_record_is_read_as_it_was_written(session: AsyncSession) -> None:
    record = make_record(licence_no=None, source_key="row-7")
    agency_id = await store_agency(session, record)
    assert (await _get(session, agency_id)).record == record


async def test_another_legal_name_is_kept_beside_the_first(session: AsyncSession) -> None:
    record = make_record(names=(OtherName(kind=NameKind.LEGAL, name="搵妹易有限公司"),))
    agency_id = await store_agency(session, record)
    assert (await _get(session, agency_id)).record == record


async def test_a_changed_record_replaces_every_part_and_counts_on(session: AsyncSession) -> None:
    agency_id = await store_agency(session, full_record())
    later = NOW + timedelta(days=1)
    new = make_record(legal_name="Padma International", licence_no="RL-0042")
    version = await queries.set_agency_record(session, agency_id, new, "no:RL0042", later)
    stored = await queries.lock_agency(session, agency_id)
    assert version == stored.version == 2
    assert stored.record == new
    assert (stored.created_at, stored.updated_at) == (NOW, later)


async def test_many_agencies_take_as_many_statements_as_one(
    session: AsyncSession, queries: object
) -> None:
    await store_register(session)
    entries = [
        (uuid4(), full_record(licence_no=f"RL-{n}", legal_name=f"Agency {n}"), f"no:RL{n}")
        for n in range(40)
    ]
    with queries(at_most=13):  # type: ignore[operator]
        await _insert(session, entries, NOW)
    with queries(at_most=1):  # type: ignore[operator]
        loaded = await _load(session)
    assert {key: stored.record for key, stored in loaded.items()} == {
        key: record for _, record, key in entries
    }


async def test_many_records_are_replaced_at_once(session: AsyncSession) -> None:
    await store_register(session)
    ids = [uuid4(), uuid4()]
    await _insert(session, [(i, make_record(), f"na:{i}") for i in ids], NOW)
    new = [make_record(legal_name=f"New {n}") for n in range(2)]
    await queries.set_agency_records(
        session, [(i, r, f"na:{i}") for i, r in zip(ids, new, strict=True)], NOW
    )
    stored = await queries.load_agencies(session, ids)
    assert [stored[i].record for i in ids] == new
    assert [stored[i].version for i in ids] == [2, 2]


async def test_the_same_identity_twice_is_refused(session: AsyncSession) -> None:
    await store_agency(session, make_record(licence_no="RL 42"))
    with pytest.raises(IntegrityError) as refused:
        await store_agency(session, make_record(licence_no="rl-42"))
    assert isinstance(error_for(refused.value, queries.CONSTRAINTS), AgencyTwice)


async def test_a_removed_agency_is_unknown(session: AsyncSession) -> None:
    agency_id = await store_agency(session, full_record())
    await queries.delete_agencies(session, [agency_id])
    with pytest.raises(AgencyUnknown):
        await queries.get_agency(session, agency_id)


_get = queries.get_agency
_insert = queries.insert_agencies


async def _load(session: AsyncSession):  # type: ignore[no-untyped-def]
    return await queries.load_register_records(session, REGISTER.id)
