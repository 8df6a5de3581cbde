"""Desks, who is at them, and the help numbers."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from conftest import SignIn
from factories.complaints import Officer, desk_with_officers, store_escrow, store_officer
from officers import Office, of, open_office
from recruitwatch.accounts.values import Role
from recruitwatch.settings import Settings


@pytest.fixture
async def office(session: AsyncSession, sign_in: SignIn, settings: Settings) -> Office:
    return await open_office(session, sign_in, settings, cleared=1, uncleared=1)


@pytest.fixture
async def colleague(office: Office, session: AsyncSession) -> Officer:
    """Of the same office and role, with a key, but not at the desk."""
    return await store_officer(session, Role.COMPLAINTS_OFFICER, office_id=office.desk.office_id)


def officers_of(office: Office) -> str:
    return f"/desks/{office.desk.desk_id}/officers"


async def keys_of(session: AsyncSession, person_id: UUID) -> int:
    statement = text(
        "select count(*) from case_keys join person_keys k on k.id = key_id where person_id = :id"
    )
    return await session.scalar(statement, {"id": person_id}) or 0


async def test_without_an_escrow_no_desk_can_be_opened(
    session: AsyncSession, sign_in: SignIn
) -> None:
    browser = await sign_in(Role.COMPLAINTS_OFFICER)
    page = await browser.get("/desks")
    assert "recruitwatch keys escrow" in page.text
    assert "Nobody can take cases of the public now." in page.text
    assert "Nobody can take complaints about officials now." in page.text
    assert "Open the desk" not in page.text
    await browser.post("/desks", {"kind": "office", "takes_public": "yes"}, status=409)


async def test_an_officer_opens_the_desk_of_the_own_office_once(
    session: AsyncSession, sign_in: SignIn
) -> None:
    await store_escrow(session)
    officer = await store_officer(session)
    browser = await sign_in(person=officer.actor)
    page = await browser.get("/desks")
    assert "It takes cases of the public" in page.text
    form = {"kind": "office", "takes_public": "yes"}
    page = await browser.follow(await browser.post("/desks", form))
    assert "You are its first officer." in page.text
    assert "Takes cases of the public." in page.text
    assert "Only one officer can read the cases here." in page.text
    again = await browser.post("/desks", form, status=409)
    assert "This office has a desk for complaints already." in again.text
    await browser.post("/desks", {"kind": "oversight"}, status=403)


async def test_oversight_opens_its_desk(session: AsyncSession, sign_in: SignIn) -> None:
    await store_escrow(session)
    officer = await store_officer(session, Role.OVERSIGHT)
    browser = await sign_in(person=officer.actor)
    page = await browser.follow(await browser.post("/desks", {"kind": "oversight"}))
    assert "Takes complaints about officials" in page.text
    assert "Nobody can take complaints about officials now." in page.text
    desk_id = await session.scalar(text("select id from complaint_desks"))
    regulator = await sign_in(Role.REGULATOR)
    page = await regulator.follow(await regulator.post(f"/desks/{desk_id}/confirm", {}))
    assert "Nobody can take complaints about officials now." not in page.text


async def test_a_regulator_reads_and_changes_nothing(
    office: Office, sign_in: SignIn, colleague: Officer
) -> None:
    browser = await sign_in(Role.REGULATOR)
    page = await browser.get("/desks")
    assert office.desk.officers[0].actor.name in page.text
    assert "Leave the desk" not in page.text
    await browser.post("/desks", {"kind": "office", "takes_public": "yes"}, status=403)
    admit = {"person_id": str(colleague.actor.id), "cleared": "yes"}
    await browser.post(officers_of(office), admit, status=403)
    await browser.post(f"/desks/{office.desk.desk_id}/leave", {}, status=403)
    await browser.post(f"/desks/{office.desk.desk_id}/public", {}, status=403)


async def test_nothing_on_the_page_moves_when_a_case_comes_that_the_reader_may_not_know_of(
    office: Office, session: AsyncSession, sign_in: SignIn, colleague: Officer
) -> None:
    """An accused officer, the regulator and oversight see the same page before and after."""
    await desk_with_officers(session, oversight=True)
    accused, clerk = office.desk.officers
    readers = [
        await office.browser(accused), await office.browser(clerk), await sign_in(Role.REGULATOR)
    ]  # fmt: skip
    before = [(await one.get("/desks")).text for one in readers]
    await office.file(happened=("OFF-01",))
    await office.file(hide_person=accused.actor.name.split()[1])
    await office.file(happened=("VIO-02",))
    assert [(await one.get("/desks")).text for one in readers] == before


async def test_a_desk_waits_until_a_regulator_confirms_it(
    session: AsyncSession, sign_in: SignIn
) -> None:
    await store_escrow(session)
    officer = await store_officer(session)
    opener = await sign_in(person=officer.actor)
    await opener.post("/desks", {"kind": "office", "takes_public": "yes"})
    page = await opener.get("/desks")
    assert "It waits for confirmation and takes no cases yet." in page.text
    assert "Nobody can take cases of the public now." in page.text
    assert "Confirm this desk" not in page.text
    desk_id = await session.scalar(text("select id from complaint_desks"))
    await opener.post(f"/desks/{desk_id}/confirm", {}, status=403)
    regulator = await sign_in(Role.REGULATOR)
    assert "Confirm this desk" in (await regulator.get("/desks")).text
    page = await regulator.follow(await regulator.post(f"/desks/{desk_id}/confirm", {}))
    assert "The desk takes cases from now on." in page.text
    assert "waits for confirmation" not in page.text
    name = await session.scalar(
        text("select name from offices join complaint_desks on office_id = offices.id")
    )
    assert f"go to the first desk here that takes them: {name}" in page.text
    await regulator.post(f"/desks/{officer.actor.id}/confirm", {}, status=404)


async def test_whoever_works_on_no_complaints_sees_no_desks(sign_in: SignIn) -> None:
    for role in (Role.INSPECTOR, Role.REVIEWER, Role.ADMINISTRATOR, Role.HOTLINE_OPERATOR):
        await (await sign_in(role)).get("/desks", status=403)


async def test_a_colleague_gets_the_open_cases_but_for_what_is_hidden_and_protected(
    office: Office, session: AsyncSession, colleague: Officer
) -> None:
    usual = await office.file()
    protected = await office.file(happened=("VIO-02",))
    hidden = await office.file(hide_person=colleague.actor.name.split()[1])
    browser = await office.browser()
    page = await browser.get("/desks")
    assert "They get the keys of the cases that you hold." in page.text
    admit = {"person_id": str(colleague.actor.id), "cleared": "no"}
    page = await browser.follow(await browser.post(officers_of(office), admit))
    assert "They can open the cases that you can open" in page.text
    new = await office.browser(colleague)
    await new.get(of(usual.case_id))
    await new.get(of(protected.case_id), status=404)
    await browser.post(officers_of(office), {**admit, "cleared": "yes"})
    await new.get(of(protected.case_id))
    await new.get(of(hidden.case_id), status=404)
    refused = await browser.post(officers_of(office), admit, status=403)
    assert "Only this officer can give the clearance back." in refused.text
    await new.post(officers_of(office), admit)
    await new.get(of(protected.case_id), status=404)


async def test_who_is_not_cleared_clears_nobody(office: Office, colleague: Officer) -> None:
    browser = await office.browser(1)
    page = await browser.get("/desks")
    assert "Admit, also for protected cases" not in page.text
    admit = {"person_id": str(colleague.actor.id), "cleared": "yes"}
    refused = await browser.post(officers_of(office), admit, status=403)
    assert "Only an officer of this desk" in refused.text


async def test_who_leaves_loses_every_key_and_the_last_one_stays(
    office: Office, session: AsyncSession
) -> None:
    filed = await office.file()
    first, second = office.desk.officers
    browser, leaver = await office.browser(0), await office.browser(1)
    address = f"/desks/{office.desk.desk_id}/leave"
    assert "Leave the desk" in (await leaver.get("/desks")).text
    await browser.post(address, {"person_id": str(second.actor.id)}, status=409)
    assert await keys_of(session, second.actor.id) == 1, "nobody takes a colleague off"
    await leaver.post(address, {})
    assert await keys_of(session, second.actor.id) == 0
    await leaver.get(of(filed.case_id), status=404)
    refused = await browser.post(address, {}, status=409)
    assert "Somebody else must be able to read all your cases first." in refused.text
    assert await keys_of(session, first.actor.id) == 1


async def test_a_colleague_without_a_key_is_told_to_sign_in_first(
    office: Office, session: AsyncSession
) -> None:
    new = await store_officer(session, Role.COMPLAINTS_OFFICER, office_id=office.desk.office_id)
    await session.execute(
        text("delete from person_keys where person_id = :id"), {"id": new.actor.id}
    )
    browser = await office.browser()
    page = await browser.get("/desks")
    assert "They must sign in once with their own password." in page.text
    admit = {"person_id": str(new.actor.id), "cleared": "no"}
    refused = await browser.post(officers_of(office), admit, status=404)
    assert "This person has no key yet." in refused.text


async def test_a_desk_can_stop_taking_cases_of_the_public(office: Office) -> None:
    browser = await office.browser()
    address = f"/desks/{office.desk.desk_id}/public"
    page = await browser.follow(await browser.post(address, {"takes_public": "no"}))
    assert "Takes no new cases of the public." in page.text
    assert "Nobody can take cases of the public now." in page.text


PROTECTED = "Nobody can take cases of violence, confinement or children now."
OFFICIALS = "Nobody can take complaints about officials now."
PUBLIC = "Nobody can take cases of the public now."
TO_OVERSIGHT = "Cases of the public go to oversight now, since no office desk can take them."


@pytest.mark.parametrize(
    ("made", "told"),
    [
        pytest.param((), {PROTECTED, OFFICIALS, PUBLIC}, id="no desk"),
        pytest.param(({"uncleared": 1, "cleared": 0},), {PROTECTED, OFFICIALS}, id="uncleared"),
        pytest.param(({},), {OFFICIALS}, id="office"),
        pytest.param(({"confirmed": False},), {PROTECTED, OFFICIALS, PUBLIC}, id="unconfirmed"),
        pytest.param(({"oversight": True},), {TO_OVERSIGHT}, id="oversight"),
        pytest.param(
            ({"oversight": True, "cleared": 0, "uncleared": 1}, {"takes_public": False}),
            {PROTECTED, TO_OVERSIGHT},
            id="oversight uncleared",
        ),
        pytest.param(({"oversight": True}, {}), set(), id="both"),
    ],
)
async def test_the_page_says_what_nobody_can_take(
    session: AsyncSession, sign_in: SignIn, made: tuple[dict[str, Any], ...], told: set[str]
) -> None:
    await store_escrow(session)
    for one in made:
        await desk_with_officers(session, **one)
    page = await (await sign_in(Role.REGULATOR)).get("/desks")
    said = {one for one in (PROTECTED, OFFICIALS, PUBLIC, TO_OVERSIGHT) if one in page.text}
    assert said == told
    office_takes = PUBLIC not in told and TO_OVERSIGHT not in told
    assert ("go to the first desk here that takes them" in page.text) == office_takes


async def test_admitting_needs_the_key_of_the_one_who_admits(
    office: Office, sign_in: SignIn, colleague: Officer
) -> None:
    browser = await sign_in(person=office.desk.officers[0].actor)
    admit = {"person_id": str(colleague.actor.id), "cleared": "no"}
    refused = await browser.post(officers_of(office), admit, status=403)
    assert "You have no key in this sign-in." in refused.text


async def test_another_desk_is_only_read(office: Office, session: AsyncSession) -> None:
    other = await desk_with_officers(session, cleared=2)
    browser = await office.browser(other.officers[0])
    page = await browser.get("/desks")
    assert office.desk.officers[0].actor.name in page.text
    await browser.post(f"/desks/{office.desk.desk_id}/leave", {}, status=403)


NUMBERS = {
    "place-1": "2", "name-1": "Police", "number-1": "999", "hours-1": "Day and night",
    "place-2": "1", "name-2": "Women's help line", "number-2": "+880 1713 000000", "hours-2": "",
}  # fmt: skip


async def test_the_regulator_sets_the_help_numbers_in_their_order(sign_in: SignIn) -> None:
    browser = await sign_in(Role.REGULATOR)
    page = await browser.follow(await browser.post("/help-numbers", NUMBERS))
    assert "Every worker sees these numbers first." in page.text
    form = page.form("/help-numbers")
    assert (form["name-1"], form["name-2"], form["name-3"]) == ("Women's help line", "Police", "")
    shown = await browser.get("/help")
    assert shown.text.index("Women's help line") < shown.text.index("Police")
    await browser.post("/help-numbers", {})
    assert "Police" not in (await browser.get("/help")).text


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number-1": ""}, "number-1"),
        ({"number-1": "call us"}, "number-1"),
        ({"name-2": ""}, "name-2"),
        ({"name-1": "x" * 81}, "name-1"),
        ({"place-1": "first"}, "place-1"),
    ],
)
async def test_a_wrong_number_changes_nothing_and_keeps_what_was_typed(
    sign_in: SignIn, session: AsyncSession, change: dict[str, str], field: str
) -> None:
    browser = await sign_in(Role.REGULATOR)
    page = await browser.post("/help-numbers", {**NUMBERS, **change}, status=422)
    assert set(page.errors()) == {field}
    assert page.form("/help-numbers")["hours-1"] == "Day and night"
    assert await session.scalar(text("select count(*) from help_numbers")) == 0


async def test_only_the_regulator_sets_the_help_numbers(office: Office) -> None:
    browser = await office.browser()
    await browser.get("/help-numbers", status=403)
    await browser.post("/help-numbers", NUMBERS, status=403)
