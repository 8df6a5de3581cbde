"""History by what is looked for, and names in the place of identifiers."""

from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncSession

from conftest import KEY, NOW
from factories.accounts import store_office, store_person
from factories.agencies import store_agency
from factories.complaints import (
    TOLD,
    desk_with_officers,
    file_case,
    store_escrow,
    vault_of,
)
from recruitwatch.accounts.values import Role
from recruitwatch.complaints.queries.retaining import erase_case
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.oversight.queries import count_history, list_history, list_names
from recruitwatch.oversight.values import HistoryFilter


@pytest.mark.parametrize(
    ("wanted", "subjects"),
    [
        (HistoryFilter(), ["c", "b", "a"]),
        (HistoryFilter(action=Action.AUDIT_STARTED), ["b"]),
        (HistoryFilter(kind="agency"), ["c", "a"]),
        (HistoryFilter(kind="agency", subject_id="a"), ["a"]),
        (HistoryFilter(kind="agency", action=Action.AUDIT_STARTED), []),
    ],
)
async def test_entries_by_what_is_looked_for_newest_first(
    session: AsyncSession, now: datetime, wanted: HistoryFilter, subjects: list[str]
) -> None:
    actor = await store_person(session, Role.INSPECTOR)
    for action, kind, identity in (
        (Action.AGENCY_REGISTERED, "agency", "a"),
        (Action.AUDIT_STARTED, "audit", "b"),
        (Action.AGENCY_CHANGED, "agency", "c"),
    ):
        await record(session, actor, action, subject=(kind, identity), now=now)
    found = await list_history(session, actor, wanted, limit=10)
    assert [entry.subject_id for entry in found] == subjects
    assert await count_history(session, actor, wanted) == len(subjects)


async def test_entries_of_one_person(session: AsyncSession, now: datetime) -> None:
    one = await store_person(session, Role.INSPECTOR)
    two = await store_person(session, Role.INSPECTOR)
    for actor in (one, two, one):
        await record(session, actor, Action.SIGNED_IN, subject=("person", actor.id), now=now)
    wanted = HistoryFilter(person_id=one.id)
    assert await count_history(session, one, wanted) == 2
    assert {e.actor_name for e in await list_history(session, one, wanted, limit=10)} == {one.name}


async def test_a_case_hidden_from_its_reader_is_not_in_the_history(
    session: AsyncSession, tmp_path: Path
) -> None:
    await store_escrow(session)
    oversight = await desk_with_officers(session, oversight=True, cleared=2)
    hidden, other = (one.actor for one in oversight.officers)
    told = replace(TOLD, happened=("OFF-01",), hide_person=hidden.name.split()[-1])
    await file_case(session, vault_of(tmp_path, KEY), told=told)
    wanted = HistoryFilter(kind="complaint")
    assert await list_history(session, hidden, wanted, limit=10) == []
    assert await count_history(session, hidden, wanted) == 0
    assert [one.action for one in await list_history(session, other, wanted, limit=10)] == [
        Action.COMPLAINT_FILED
    ]


async def test_a_hidden_case_that_is_erased_is_in_nobodys_history(
    session: AsyncSession, tmp_path: Path
) -> None:
    """Whom she hid it from is forgotten then; another erased case is told of as before."""
    await store_escrow(session)
    oversight = await desk_with_officers(session, oversight=True, cleared=2)
    hidden, other = (one.actor for one in oversight.officers)
    told = replace(TOLD, happened=("OFF-01",))
    vault = vault_of(tmp_path, KEY)
    name = hidden.name.split()[-1]
    erased = await file_case(session, vault, told=replace(told, hide_person=name))
    plain = await file_case(session, vault, told=told)
    for one in (erased, plain):
        await erase_case(session, one.case_id, NOW)
    wanted = HistoryFilter(kind="complaint")
    for reader in (hidden, other):
        found = await list_history(session, reader, wanted, limit=10)
        assert [one.subject_id for one in found] == [str(plain.case_id)]
        assert await count_history(session, reader, wanted) == 1


async def test_names_of_people_offices_and_agencies(session: AsyncSession) -> None:
    person = await store_person(session, Role.INSPECTOR)
    office = await store_office(session, "Sylhet")
    agency = await store_agency(session, legal_name="Bright Path Ltd")
    names = await list_names(session, {person.id, office, agency})
    assert names == {
        str(person.id): person.name,
        str(office): "Sylhet",
        str(agency): "Bright Path Ltd",
    }
    assert await list_names(session, set()) == {}
