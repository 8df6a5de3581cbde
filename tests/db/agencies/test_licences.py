"""Licences, decisions and their corrections, as the database keeps them."""

from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from factories.agencies import NOW, make_new_licence, make_record, store_agency, store_licence
from factories.licences import day, new
from recruitwatch.accounts.values import Role
from recruitwatch.agencies import actions
from recruitwatch.agencies import queries as agencies
from recruitwatch.agencies.values import (
    AgencyChangedMeanwhile,
    AgencyInUse,
    DecisionCorrectedAlready,
    DecisionRefused,
    Document,
    DocumentMissing,
    LicenceNumberTaken,
    LicenceOverlaps,
    LicenceState,
    NewDecision,
    NewLicence,
    Register,
)
from recruitwatch.db import files
from recruitwatch.db.constraints import error_for
from recruitwatch.history.queries import list_entries
from recruitwatch.history.values import Action

S = LicenceState
VALID = new(S.VALID, "2024-01-01")


async def _history(session: AsyncSession, agency_id, action: Action):  # type: ignore[no-untyped-def]
    return await list_entries(session, subject=("agency", agency_id), action=action, limit=10)


async def test_the_status_follows_the_decisions(session: AsyncSession, actor_of, queries) -> None:  # type: ignore[no-untyped-def]
    regulator = await actor_of(Role.REGULATOR)
    agency_id = await store_agency(session, make_record())
    await store_licence(
        session, regulator, agency_id, VALID, new(S.SUSPENDED, "2025-03-01", "2025-05-31")
    )
    found = {}
    for on in ("2023-12-31", "2024-01-01", "2025-03-01", "2025-06-01", "2027-01-01"):
        with queries(at_most=1):
            found[on] = (await agencies.get_status(session, agency_id, day(on))).state
    assert found == {
        "2023-12-31": None,
        "2024-01-01": S.VALID,
        "2025-03-01": S.SUSPENDED,
        "2025-06-01": S.VALID,
        "2027-01-01": S.EXPIRED,
    }


async def test_licences_are_read_with_their_decisions(session: AsyncSession, actor_of) -> None:  # type: ignore[no-untyped-def]
    regulator = await actor_of(Role.REGULATOR)
    agency_id = await store_agency(session, make_record())
    open_end = make_new_licence(valid_from=date(2027, 1, 1), valid_until=None)
    await store_licence(session, regulator, agency_id, licence=open_end)
    await store_licence(session, regulator, agency_id, VALID)
    first, second = await agencies.list_licences(session, agency_id)
    assert (first.valid_from, first.valid_until) == (date(2024, 1, 1), date(2026, 12, 31))
    assert (second.valid_from, second.valid_until) == (date(2027, 1, 1), None)
    assert [d.state for d in first.decisions] == [S.VALID]
    assert first.decisions[0].decided_by_name == regulator.name
    assert second.decisions == ()


@pytest.mark.parametrize(
    ("again", "same_agency", "expected"),
    [
        (make_new_licence(licence_no="other"), True, LicenceOverlaps),
        (make_new_licence(licence_no="other", valid_from=date(2026, 12, 31), valid_until=None), True, LicenceOverlaps),
        (make_new_licence(licence_no="other", valid_from=date(2027, 1, 1), valid_until=None), True, None),
        (make_new_licence(licence_no="rl 0042"), False, LicenceNumberTaken),
        (make_new_licence(licence_no="rl 0042", valid_from=date(2027, 1, 1), valid_until=None), False, None),
        (make_new_licence(licence_no=None), False, None),
        (make_new_licence(licence_no="RL-0043"), False, None),
    ],
)  # fmt: skip
async def test_two_licences_at_once_are_refused_by_the_database(
    session: AsyncSession,
    actor_of,
    again: NewLicence,
    same_agency: bool,
    expected: type | None,  # type: ignore[no-untyped-def]
) -> None:
    regulator = await actor_of(Role.REGULATOR)
    one, other = await store_agency(session), await store_agency(session)
    await store_licence(session, regulator, one)
    store = store_licence(session, regulator, one if same_agency else other, licence=again)
    if expected is None:
        assert await store
        return
    with pytest.raises(IntegrityError) as refused:
        await store
    assert isinstance(error_for(refused.value, agencies.CONSTRAINTS), expected)


async def test_registers_may_give_the_same_number(session: AsyncSession, actor_of) -> None:  # type: ignore[no-untyped-def]
    regulator = await actor_of(Role.REGULATOR)
    other = Register(id="other", title="Other", country="LK", numbers="official")  # type: ignore[arg-type]
    assert await actions.create_register(session, regulator, NOW, register=other)
    assert not await actions.create_register(session, regulator, NOW, register=other)
    await store_licence(session, regulator, await store_agency(session))
    elsewhere = await store_agency(session, make_record(register_id="other"))
    assert await store_licence(session, regulator, elsewhere)


async def test_a_refused_decision_changes_nothing(session: AsyncSession, actor_of) -> None:  # type: ignore[no-untyped-def]
    regulator = await actor_of(Role.REGULATOR)
    agency_id = await store_agency(session)
    licence_id = await store_licence(
        session, regulator, agency_id, VALID, new(S.CANCELLED, "2025-01-01")
    )
    with pytest.raises(DecisionRefused) as refused:
        await actions.decide_licence(
            session, regulator, NOW, licence_id=licence_id,
            decision=new(S.VALID, "2025-06-01"), folder=Path("unused"),
        )  # fmt: skip
    assert len(refused.value.reasons) == 1
    assert (await agencies.get_status(session, agency_id, day("2025-07-01"))).state is S.CANCELLED


async def test_a_correction_takes_the_place_of_the_decision(
    session: AsyncSession, actor_of
) -> None:  # type: ignore[no-untyped-def]
    regulator = await actor_of(Role.REGULATOR)
    agency_id = await store_agency(session)
    await store_licence(session, regulator, agency_id, VALID, new(S.CANCELLED, "2025-01-01"))
    (licence,) = await agencies.list_licences(session, agency_id)
    wrong = licence.decisions[1]
    later = NOW + timedelta(hours=1)
    right = new(S.SUSPENDED, "2025-01-01", "2025-02-28")
    await actions.correct_decision(
        session, regulator, later, decision_id=wrong.id, decision=right, folder=Path("unused")
    )
    assert (await agencies.get_status(session, agency_id, day("2025-03-01"))).state is S.VALID
    (licence,) = await agencies.list_licences(session, agency_id)
    assert [(d.state, d.superseded) for d in licence.decisions] == [
        (S.VALID, False),
        (S.CANCELLED, True),
        (S.SUSPENDED, False),
    ]
    (entry,) = await _history(session, agency_id, Action.LICENCE_DECISION_CORRECTED)
    assert entry.details["old"]["state"] == "cancelled"  # type: ignore[index]
    assert entry.details["new"]["state"] == "suspended"  # type: ignore[index]
    with pytest.raises(DecisionCorrectedAlready):
        await actions.correct_decision(
            session, regulator, NOW, decision_id=wrong.id, decision=right, folder=Path("unused")
        )


@pytest.mark.parametrize(
    "statement",
    [
        "update licence_decisions set ground = 'x'",
        "delete from licence_decisions",
        "delete from licences",
    ],
)
async def test_decisions_and_licences_cannot_be_changed(
    session: AsyncSession,
    actor_of,
    statement: str,  # type: ignore[no-untyped-def]
) -> None:
    regulator = await actor_of(Role.REGULATOR)
    await store_licence(session, regulator, await store_agency(session), VALID)
    with pytest.raises(DBAPIError, match=r"permission denied|append-only"):
        await session.execute(text(statement))


async def test_a_document_is_kept_and_read_back(
    session: AsyncSession,
    actor_of,
    tmp_path: Path,  # type: ignore[no-untyped-def]
) -> None:
    regulator = await actor_of(Role.REGULATOR)
    agency_id = await store_agency(session)
    paper = Document(name="order.pdf", type="application/pdf", content=b"%PDF-1.7 x")
    with_paper = NewDecision(
        state=S.VALID, effective_on=day("2024-01-01"), ground="Act 1", document=paper
    )
    await store_licence(session, regulator, agency_id, with_paper, folder=tmp_path)
    (licence,) = await agencies.list_licences(session, agency_id)
    stored = await agencies.get_document(session, licence.decisions[0].id)
    assert (stored.name, stored.type) == ("order.pdf", "application/pdf")
    assert files.read(tmp_path, stored.sha256) == paper.content


async def test_a_decision_without_a_document_says_so(session: AsyncSession, actor_of) -> None:  # type: ignore[no-untyped-def]
    regulator = await actor_of(Role.REGULATOR)
    agency_id = await store_agency(session)
    await store_licence(session, regulator, agency_id, VALID)
    (licence,) = await agencies.list_licences(session, agency_id)
    with pytest.raises(DocumentMissing):
        await agencies.get_document(session, licence.decisions[0].id)


async def test_an_agency_with_a_licence_cannot_be_removed(session: AsyncSession, actor_of) -> None:  # type: ignore[no-untyped-def]
    regulator = await actor_of(Role.REGULATOR)
    agency_id = await store_agency(session)
    await store_licence(session, regulator, agency_id)
    with pytest.raises(IntegrityError) as refused:
        await agencies.delete_agencies(session, [agency_id])
    assert isinstance(error_for(refused.value, agencies.CONSTRAINTS), AgencyInUse)


async def test_every_step_is_in_the_history(session: AsyncSession, actor_of) -> None:  # type: ignore[no-untyped-def]
    inspector, regulator = await actor_of(Role.INSPECTOR), await actor_of(Role.REGULATOR)
    await store_agency(session)
    agency_id = await actions.register_agency(
        session, inspector, NOW, agency=make_record(legal_name="Padma")
    )
    changed = make_record(legal_name="Padma Two")
    version = await actions.change_agency(
        session, inspector, NOW, agency_id=agency_id, version=1, agency=changed
    )
    assert version == 2
    await store_licence(session, regulator, agency_id, VALID)
    entries = await list_entries(session, subject=("agency", agency_id), limit=10)
    assert [(e.action, e.actor_name) for e in entries] == [
        ("licence_decided", regulator.name),
        ("licence_recorded", regulator.name),
        ("agency_changed", inspector.name),
        ("agency_registered", inspector.name),
    ]
    assert entries[2].details["changes"] == {"legal_name": {"old": "Padma", "new": "Padma Two"}}
    assert entries[0].details["new"]["ground"] == "because"  # type: ignore[index]


async def test_saving_the_same_again_changes_nothing(session: AsyncSession, actor_of) -> None:  # type: ignore[no-untyped-def]
    inspector = await actor_of(Role.INSPECTOR)
    record = make_record()
    agency_id = await store_agency(session, record)
    version = await actions.change_agency(
        session, inspector, NOW, agency_id=agency_id, version=1, agency=record
    )
    assert version == 1
    assert await _history(session, agency_id, Action.AGENCY_CHANGED) == []


async def test_a_change_of_what_somebody_else_changed_is_refused(
    session: AsyncSession,
    actor_of,  # type: ignore[no-untyped-def]
) -> None:
    inspector = await actor_of(Role.INSPECTOR)
    agency_id = await store_agency(session)
    for version, expectation in ((1, None), (1, AgencyChangedMeanwhile)):
        change = actions.change_agency(
            session, inspector, NOW, agency_id=agency_id, version=version, agency=make_record()
        )
        if expectation is None:
            await change
        else:
            with pytest.raises(expectation):
                await change


async def test_unknown_ids_are_unknown(session: AsyncSession) -> None:
    assert await agencies.list_licences(session, uuid4()) == ()
