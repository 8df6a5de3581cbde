"""Handing open work over: administrators see how much, and whom they may choose."""

from uuid import uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser
from conftest import SignIn
from factories.accounts import store_person
from factories.agencies import store_agency
from factories.audits import store_audit
from recruitwatch.accounts import queries
from recruitwatch.accounts.values import Role
from recruitwatch.audits.queries import count_open_drafts
from recruitwatch.history.queries import list_entries


@pytest.fixture
async def admin(sign_in: SignIn) -> Browser:
    return await sign_in(Role.ADMINISTRATOR)


async def test_all_open_audits_go_to_the_other_inspector(
    admin: Browser, session: AsyncSession
) -> None:
    leaving = await store_person(session, Role.INSPECTOR)
    taking = await store_person(session, Role.INSPECTOR, Role.REVIEWER)
    audit = await store_audit(session, leaving)
    await session.commit()
    page = await admin.get(f"/people/{leaving.id}/hand-over")
    assert "Open audits 1" in page.text
    form = {**page.form("/hand-over"), "to_person": str(taking.id)}
    done = await admin.follow(await admin.post(f"/people/{leaving.id}/hand-over", form))
    assert "handed over" in done.text
    assert await count_open_drafts(session, leaving.id) == 0
    assert await count_open_drafts(session, taking.id) == 1
    entry = (await list_entries(session, subject=("audit", audit), limit=1))[0]
    assert entry.action == "work_handed_over"
    assert entry.details == {
        "old": {"inspector_id": str(leaving.id)},
        "new": {"inspector_id": str(taking.id)},
    }


async def test_only_other_inspectors_who_can_sign_in_may_be_chosen(
    admin: Browser, session: AsyncSession, now
) -> None:  # type: ignore[no-untyped-def]
    leaving = await store_person(session, Role.INSPECTOR)
    fits = await store_person(session, Role.INSPECTOR)
    gone = await store_person(session, Role.INSPECTOR)
    reviewer = await store_person(session, Role.REVIEWER)
    await queries.set_disabled(session, gone.id, now)
    await store_audit(session, leaving)
    await session.commit()
    address = f"/people/{leaving.id}/hand-over"
    page = await admin.get(address)
    assert [o.get("value") for o in page.all("option")] == ["", str(fits.id)]
    for chosen in ("", "nobody", str(uuid4()), str(leaving.id), str(gone.id), str(reviewer.id)):
        refused = await admin.post(address, {"to_person": chosen}, status=422)
        assert "who takes the work" in refused.errors()["to_person"]
    assert await count_open_drafts(session, leaving.id) == 1


async def test_the_page_names_no_case(admin: Browser, session: AsyncSession) -> None:
    leaving = await store_person(session, Role.INSPECTOR)
    await store_person(session, Role.INSPECTOR)
    agency = await store_agency(session, legal_name="Bright Path Ltd")
    audit = await store_audit(session, leaving, agency_id=agency)
    await session.commit()
    page = await admin.get(f"/people/{leaving.id}/hand-over")
    assert "Bright Path" not in page.html
    assert str(audit) not in page.html


async def test_without_open_work_there_is_nothing_to_hand_over(
    admin: Browser, session: AsyncSession
) -> None:
    person = await store_person(session, Role.INSPECTOR)
    await session.commit()
    page = await admin.get(f"/people/{person.id}/hand-over")
    assert "nothing to hand over" in page.text
    assert not page.all("select")


async def test_without_another_inspector_the_page_says_so(
    admin: Browser, session: AsyncSession
) -> None:
    person = await store_person(session, Role.INSPECTOR)
    await store_audit(session, person)
    await session.commit()
    page = await admin.get(f"/people/{person.id}/hand-over")
    assert "no other inspector" in page.text


async def test_a_person_nobody_knows_is_not_found(admin: Browser) -> None:
    await admin.get(f"/people/{uuid4()}/hand-over", status=404)
