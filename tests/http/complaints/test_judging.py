"""Officers judge what a case is about, whom, and how it ends."""

from itertools import pairwise
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from clients import XHTML, Browser, Page, text_of
from conftest import NOW, SignIn
from factories.agencies import store_agency
from factories.complaints import TOLD, Officer, desk_with_officers, store_officer
from factories.deciding import mark_of
from officers import Office, of, open_office
from recruitwatch.accounts import queries as accounts_queries
from recruitwatch.accounts.values import Role
from recruitwatch.complaints.queries import desks
from recruitwatch.settings import Settings

ABOUT = {"codes": "FEE-01", "stage": "before_departure"}
TO_LINKING = ("received", "triage", "screen", "linking")
TO_DECISION = ("linking", "assigned", "plan", "investigate", "decide")
DECISION = {
    "outcome": "substantiated",
    "responsibility": "agency",
    "workers": "1",
    "reasons": "The receipt shows the sum.",
    "told": "You were right. They must pay it back.",
}


@pytest.fixture
async def office(session: AsyncSession, sign_in: SignIn, settings: Settings) -> Office:
    return await open_office(session, sign_in, settings, cleared=2, uncleared=1)


async def count(session: AsyncSession, table: str) -> int:
    return await session.scalar(text(f"select count(*) from {table}")) or 0


async def walk(browser: Browser, case_id: UUID, states: tuple[str, ...]) -> None:
    for before, after in pairwise(states):
        await browser.post(of(case_id, "/move"), {"before": before, "after": after})


async def reference_of(session: AsyncSession, case_id: UUID) -> str:
    found: str | None = await session.scalar(
        text("select reference from complaints where id = :id"), {"id": case_id}
    )
    return found or ""


async def judge(browser: Browser, case_id: UUID, status: int = 303, **values: str) -> Page:
    return await browser.post(of(case_id, "/judge"), values, status=status)


def buttons(page: Page) -> dict[str, dict[str, str]]:
    """What each button that asks for a judgement sends, by what it says."""
    return {
        text_of(next(form.iter(f"{XHTML}button"))): {
            one.get("name") or "": one.get("value") or ""
            for one in form.iter(f"{XHTML}input")
            if one.get("name") != "_csrf_token"
        }
        for form in page.all("form")
        if (form.get("action") or "").endswith("/judge/ask")
    }


def yes(agency_id: UUID, **changes: str) -> dict[str, str]:
    return {
        "target": "agency",
        "id": str(agency_id),
        "judgement": "confirmed",
        "basis": "document",
        "reason": "The receipt bears its name.",
        **changes,
    }


async def to_decision(browser: Browser, office: Office, session: AsyncSession) -> UUID:
    """A case linked to an agency, classified and standing at its decision."""
    agency_id = await store_agency(session, licence_no="RL-0123")
    await session.commit()
    filed = await office.file()
    await walk(browser, filed.case_id, TO_LINKING)
    await judge(browser, filed.case_id, **yes(agency_id))
    await browser.post(of(filed.case_id, "/about"), ABOUT)
    await walk(browser, filed.case_id, TO_DECISION)
    await browser.post(of(filed.case_id, "/contacted"))
    return filed.case_id


async def take_back(session: AsyncSession, *, pressed: bool = False) -> None:
    """As her own page does it; the cases of these tests stand at their decision."""
    await session.execute(
        text("update complaints set withdrawn_at = :at, withdrawn_pressed = :pressed"),
        {"at": NOW, "pressed": pressed},
    )
    await session.commit()


async def test_what_she_ticked_is_chosen_until_an_officer_sets_it(office: Office) -> None:
    filed = await office.file()
    browser = await office.browser()
    page = await browser.get(of(filed.case_id, "/about"))
    assert page.form("/about")["codes"] == "FEE-01"
    refused = await browser.post(of(filed.case_id, "/about"), {"stage": ""}, status=422)
    assert set(refused.errors()) == {"codes", "stage"}
    two = {"codes": ["FEE-01", "DOC-01"], "stage": "at_work"}
    refused = await browser.post(of(filed.case_id, "/about"), two, status=422)
    assert refused.errors() == {"main_code": "You chose several. Say which is the main one."}
    await browser.post(of(filed.case_id, "/about"), ABOUT)
    page = await browser.get(of(filed.case_id))
    assert "They made me pay too much, or for a free job. FEE-01 (main)" in page.text


async def test_what_follows_is_said_before_anything_is_saved(
    office: Office, session: AsyncSession
) -> None:
    """Violence: more urgent, and for cleared officers only. The officer who is not loses the case."""
    filed = await office.file()
    uncleared = await office.browser(2)
    new = {"codes": ["FEE-01", "VIO-02"], "main_code": "VIO-02", "stage": "at_work"}
    page = await uncleared.post(of(filed.case_id, "/about"), new, status=200)
    assert "Nothing is saved yet." in page.text
    assert "more urgent: Danger now" in page.text
    assert "Only officers who are cleared for protected cases read it." in page.text
    assert await count(session, "complaint_classifications") == 0
    sure = page.form("/about")["sure"]
    changed = {**new, "codes": ["FEE-01", "VIO-01"], "main_code": "VIO-01", "sure": sure}
    again = await uncleared.post(of(filed.case_id, "/about"), changed, status=200)
    assert "Nothing is saved yet." in again.text
    answer = await uncleared.post(of(filed.case_id, "/about"), {**new, "sure": sure})
    page = await uncleared.follow(answer)
    assert page.heading == "Cases"
    assert "This case is for other readers now" in page.text
    await uncleared.get(of(filed.case_id), status=404)
    page = await (await office.browser()).get(of(filed.case_id))
    assert "Danger now" in page.text


async def test_a_case_is_not_moved_to_readers_that_do_not_exist(
    office: Office, session: AsyncSession
) -> None:
    """Nobody of oversight is there: the case stays where it is, and the sentence says why."""
    filed = await office.file()
    browser = await office.browser()
    new = {"codes": "OFF-03", "stage": "unknown"}
    page = await browser.post(of(filed.case_id, "/about"), new, status=200)
    sure = page.form("/about")["sure"]
    refused = await browser.post(of(filed.case_id, "/about"), {**new, "sure": sure}, status=409)
    assert "Nobody could read this case then." in refused.text
    assert await count(session, "complaint_classifications") == 0


async def test_wages_unpaid_for_long_make_a_case_more_urgent(
    office: Office, session: AsyncSession
) -> None:
    filed = await office.file()
    browser = await office.browser()
    new = {"codes": "WAG-02", "stage": "at_work", "conditions": "unpaid_two_months"}
    page = await browser.post(of(filed.case_id, "/about"), new, status=200)
    assert "The case becomes more urgent: Within a day." in page.text
    assert await count(session, "complaint_classifications") == 0
    await browser.post(of(filed.case_id, "/about"), {**new, "sure": page.form("/about")["sure"]})
    assert await session.scalar(text("select urgency from complaints")) == "S2"
    page = await browser.get(of(filed.case_id, "/about"))
    assert page.form("/about")["conditions"] == "unpaid_two_months"
    assert "Wages of two months or more are unpaid, so WAG-02 is of urgency S2." in page.text
    without = {"codes": "WAG-02", "stage": "at_work"}
    await browser.post(of(filed.case_id, "/about"), without)
    assert await session.scalar(text("select urgency from complaints")) == "S2"


async def test_several_signs_ask_for_a_trained_person_and_label_nobody(office: Office) -> None:
    filed = await office.file()
    browser = await office.browser()
    codes = ["DEC-02", "DEC-04", "CON-03", "WAG-02", "DOC-01", "FEE-04"]
    new = {"codes": codes, "main_code": "WAG-02", "stage": "at_work"}
    page = await browser.post(of(filed.case_id, "/about"), new, status=200)
    await browser.post(of(filed.case_id, "/about"), {**new, "sure": page.form("/about")["sure"]})
    page = await browser.get(of(filed.case_id))
    assert "Several signs together: a trained person should look." in page.text
    assert "trafficked" not in page.text


async def test_candidates_come_with_reasons_and_a_judged_one_never_again(
    office: Office, session: AsyncSession
) -> None:
    agency_id = await store_agency(session, legal_name="Padma Overseas", licence_no="RL-0123")
    await session.commit()
    filed = await office.file(name="Padma Oversea")
    browser = await office.browser()
    page = await browser.get(of(filed.case_id, "/whom"))
    assert "Padma Overseas" in page.text
    assert "The licence number is the same. “123”" in page.text
    no = {"target": "agency", "id": str(agency_id), "judgement": "rejected"}
    shown = await browser.post(
        of(filed.case_id, "/judge/ask"), buttons(page)["Not this one: Padma Overseas"], status=200
    )
    assert shown.heading == "Not this one"
    refused = await judge(browser, filed.case_id, 422, **no)
    assert "reason" in refused.errors()
    await judge(browser, filed.case_id, **no, reason="She says it was another house.")
    page = await browser.get(of(filed.case_id, "/whom"))
    assert {url for text, url in page.links().items() if text == "Padma Overseas"} == set()
    assert "Not this one: Padma Overseas" in page.text
    assert "This is the one: Padma Overseas" not in buttons(page)
    searched = await browser.post(
        of(filed.case_id, "/whom"), {"wanted": "Padma Overseas"}, status=200
    )
    assert "This is the one: Padma Overseas" not in buttons(searched)
    again = await judge(browser, filed.case_id, 409, **yes(agency_id))
    assert "Somebody judged this meanwhile." in again.text
    taken = buttons(page)["Take back: Padma Overseas"]
    await browser.post(of(filed.case_id, "/judge/ask"), taken, status=200)
    await judge(browser, filed.case_id, **taken, reason="I had the wrong house.")
    page = await browser.get(of(filed.case_id, "/whom"))
    assert "This is the one: Padma Overseas" in buttons(page)
    assert await count(session, "complaint_links") == 2


async def test_a_name_alone_is_not_enough_to_say_yes(office: Office, session: AsyncSession) -> None:
    agency_id = await store_agency(session, legal_name="Padma Overseas")
    await session.commit()
    filed = await office.file()
    browser = await office.browser()
    for basis in ("", "none"):
        values = yes(agency_id, basis=basis, reason="The name fits.")
        page = await judge(browser, filed.case_id, 422, **values)
        assert "A name alone is not enough." in page.errors()["basis"]
        assert "The name fits." in page.html
    assert await count(session, "complaint_links") == 0


async def test_nobody_known_can_be_said_and_gives_way_to_a_later_yes(
    office: Office, session: AsyncSession
) -> None:
    agency_id = await store_agency(session, licence_no="RL-0123")
    await session.commit()
    filed = await office.file()
    browser = await office.browser()
    nobody = {"target": "none", "judgement": "confirmed", "reason": "No paper, no number."}
    await judge(browser, filed.case_id, **nobody)
    page = await browser.get(of(filed.case_id, "/whom"))
    assert "This is the one: Nobody known" in page.text
    await judge(browser, filed.case_id, **yes(agency_id))
    page = await browser.get(of(filed.case_id))
    assert "Nobody known" not in page.text


async def test_a_broker_is_entered_found_by_her_words_and_judged(
    office: Office, session: AsyncSession
) -> None:
    filed = await office.file(broker="Uncle Karim of Sylhet")
    browser = await office.browser()
    refused = await browser.post(of(filed.case_id, "/brokers"), {"area": "Sylhet"}, status=422)
    assert refused.errors() == {"name": "Write the name, or what people call them."}
    entry = refused.form("/brokers")["entry"]
    new = {"name": "Karim Mia", "phone": "01712-345678", "area": "Sylhet", "entry": entry}
    asked = await browser.post(of(filed.case_id, "/brokers"), new, status=200)
    assert asked.heading == "This is the one"
    twice = {**new, "is_new": "yes"}
    again = await browser.post(of(filed.case_id, "/brokers"), twice, status=200)
    assert again.form("/judge")["id"] == asked.form("/judge")["id"]
    assert await count(session, "brokers") == 1
    page = await browser.get(of(filed.case_id, "/whom"))
    assert "Karim Mia" in page.text
    form = {**asked.form("/judge"), "basis": "two_facts", "reason": "Name and village."}
    form.pop("_csrf_token")
    await judge(browser, filed.case_id, **form)
    page = await browser.get(of(filed.case_id))
    assert "This is the one: Karim Mia" in page.text


@pytest.mark.parametrize(
    "query",
    [
        "target=agency&judgement=confirmed",
        "target=none&id=00000000-0000-4000-8000-000000000000&judgement=confirmed",
        "target=agency&id=nonsense&judgement=confirmed",
        "target=agency&id=00000000-0000-4000-8000-000000000000&judgement=withdrawn",
        "target=agency&id=00000000-0000-4000-8000-000000000000&judgement=confirmed",
    ],
)
async def test_an_address_that_no_page_leads_to_is_not_there(office: Office, query: str) -> None:
    filed = await office.file()
    values = dict(one.split("=") for one in query.split("&"))
    await (await office.browser()).post(of(filed.case_id, "/judge/ask"), values, status=404)


async def test_no_address_names_a_case_and_an_agency_together(
    office: Office, session: AsyncSession
) -> None:
    """An address stands in logs and in the history of a browser."""
    agency_id = await store_agency(session, legal_name="Padma Overseas", licence_no="RL-0123")
    await session.commit()
    filed = await office.file()
    browser = await office.browser()
    page = await browser.get(of(filed.case_id, "/whom"))
    addresses = [
        one.get("href") or one.get("action") or "" for one in (*page.all("a"), *page.all("form"))
    ]
    assert not [one for one in addresses if str(filed.case_id) in one and str(agency_id) in one]
    asked = await browser.post(
        of(filed.case_id, "/judge/ask"),
        buttons(page)["This is the one: Padma Overseas"],
        status=200,
    )
    assert asked.heading == "This is the one"
    await browser.get(of(filed.case_id, "/judge"), status=405)
    await judge(browser, filed.case_id, **yes(agency_id))
    page = await browser.get(of(filed.case_id))
    assert [one["judgement"] for one in buttons(page).values()] == ["withdrawn"]


async def test_holders_are_told_what_cards_call_the_case(
    office: Office, session: AsyncSession
) -> None:
    mark = "On the agency’s card this case is called"
    browser = await office.browser()
    case_id = await to_decision(browser, office, session)
    called = await mark_of(session, case_id)
    assert f"{mark} {called}." in (await browser.get(of(case_id))).text
    other = await office.file()
    assert mark not in (await browser.get(of(other.case_id))).text


async def test_a_case_does_not_go_on_before_it_is_said_whom_it_is_about(
    office: Office, session: AsyncSession
) -> None:
    filed = await office.file()
    browser = await office.browser()
    await walk(browser, filed.case_id, TO_LINKING)
    step = {"before": "linking", "after": "assigned"}
    refused = await browser.post(of(filed.case_id, "/move"), step, status=409)
    assert "First say whom the case is about" in refused.text


async def test_a_case_is_decided_with_reasons_and_then_closed(
    office: Office, session: AsyncSession
) -> None:
    browser = await office.browser()
    case_id = await to_decision(browser, office, session)
    refused = await browser.post(of(case_id, "/close"), status=409)
    assert "First decide the case." in refused.text
    page = await browser.get(of(case_id, "/decision"))
    for later in ("Both sides agreed, and she was paid", "Another office took it over"):
        assert later not in page.text
    unsaid = {**DECISION, "reasons": "", "told": " "}
    refused = await browser.post(of(case_id, "/decision"), unsaid, status=422)
    assert set(refused.errors()) == {"reasons", "told"}
    later = {**DECISION, "outcome": "settled_confirmed"}
    await browser.post(of(case_id, "/decision"), later, status=422)
    assert await count(session, "complaint_decisions") == 0
    page = await browser.follow(await browser.post(of(case_id, "/decision"), DECISION))
    assert "The decision stands." in page.text
    closed = await browser.follow(await browser.post(of(case_id, "/close")))
    assert "The case is closed." in closed.text
    listed = await browser.get("/cases?which=closed")
    assert f"/en{of(case_id)}" in listed.links().values()
    reasons = await browser.get(of(case_id, "/decision"))
    assert DECISION["told"] in reasons.text
    await browser.post(of(case_id, "/decision"), DECISION, status=409)
    await walk(browser, case_id, ("closed", "reopened", "investigate", "decide"))
    again = await browser.post(of(case_id, "/close"), status=409)
    assert "First decide the case." in again.text


async def test_a_decision_before_its_time_keeps_what_was_typed(
    office: Office, session: AsyncSession
) -> None:
    filed = await office.file()
    browser = await office.browser()
    page = await browser.get(of(filed.case_id, "/decision"))
    assert "First set what the case is about." in page.text
    assert "Move it on to “To be decided” first." in page.text
    refused = await browser.post(of(filed.case_id, "/decision"), DECISION, status=409)
    assert DECISION["reasons"] in refused.html
    assert await count(session, "complaint_decisions") == 0


async def test_a_withdrawal_under_pressure_waits_for_a_second_person(
    office: Office, session: AsyncSession
) -> None:
    first, second = await office.browser(0), await office.browser(1)
    case_id = await to_decision(first, office, session)
    await take_back(session)
    await first.post(of(case_id, "/decision"), {**DECISION, "outcome": "withdrawn_pressure"})
    page = await first.get(of(case_id, "/decision"))
    assert "0 of 1 others have agreed." in page.text
    assert "I agree" not in page.text
    await first.post(of(case_id, "/decision/agree"), status=403)
    await first.post(of(case_id, "/close"), status=409)
    await second.post(of(case_id, "/decision/agree"))
    await first.post(of(case_id, "/close"))


@pytest.mark.parametrize("outcome", ["withdrawn_own_wish", "withdrawn_pressure"])
async def test_nobody_takes_a_case_back_for_her(
    office: Office, session: AsyncSession, outcome: str
) -> None:
    browser = await office.browser()
    case_id = await to_decision(browser, office, session)
    values = {**DECISION, "outcome": outcome}

    def offered(page: Page) -> bool:
        return outcome in [one.get("value") for one in page.all("input")]

    assert not offered(await browser.get(of(case_id, "/decision")))
    refused = await browser.post(of(case_id, "/decision"), values, status=409)
    assert "She did not take the case back. Choose another outcome." in refused.text
    assert DECISION["reasons"] in refused.html
    await take_back(session)
    assert offered(await browser.get(of(case_id, "/decision")))
    await browser.post(of(case_id, "/decision"), values)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ("urgency = 'S1'", "She is in danger now."),
        ("contacted_at = null", "Nobody has spoken to her."),
        (
            "withdrawn_at = filed_at, withdrawn_pressed = true",
            "She says that somebody pushed her to stop.",
        ),
    ],
)
async def test_a_case_that_may_harm_her_is_closed_by_two(
    office: Office, session: AsyncSession, changes: str, reason: str
) -> None:
    first, second = await office.browser(0), await office.browser(1)
    case_id = await to_decision(first, office, session)
    assert "A second officer must agree" not in (await first.get(of(case_id, "/decision"))).text
    await session.execute(text(f"update complaints set {changes}"))
    await session.commit()
    assert reason in (await first.get(of(case_id, "/decision"))).text
    answer = await first.post(
        of(case_id, "/decision"), {**DECISION, "outcome": "no_contact_sleeping"}
    )
    assert "The decision waits until others agree." in (await first.follow(answer)).text
    await first.post(of(case_id, "/close"), status=409)
    await second.post(of(case_id, "/decision/agree"))
    await first.post(of(case_id, "/close"))


async def test_danger_after_the_decision_asks_for_a_second_officer(
    office: Office, session: AsyncSession
) -> None:
    first, second = await office.browser(0), await office.browser(1)
    case_id = await to_decision(first, office, session)
    await first.post(of(case_id, "/decision"), DECISION)
    await first.post(of(case_id, "/urgency"), {"urgency": "S1", "reason": ""})
    page = await first.get(of(case_id, "/decision"))
    assert "0 of 1 others have agreed." in page.text
    await first.post(of(case_id, "/close"), status=409)
    await second.post(of(case_id, "/decision/agree"))
    await first.post(of(case_id, "/close"))


async def test_history_tells_no_overseer_what_a_case_is_about_nor_whom(
    office: Office, session: AsyncSession
) -> None:
    browser = await office.browser()
    await to_decision(browser, office, session)
    rows = await session.execute(
        text(
            "select action, details::text details from history_entries"
            " where action in ('complaint_classified', 'complaint_linked')"
        )
    )
    found = {row.action: row.details for row in rows}
    assert len(found) == 2
    assert set(found.values()) == {"{}"}


async def officer_of_both(office: Office, session: AsyncSession) -> Officer:
    """Of the same office, a complaints officer and of oversight, at the desk."""
    officer = await store_officer(session, Role.COMPLAINTS_OFFICER, office_id=office.desk.office_id)
    await accounts_queries.set_roles(
        session, officer.actor.id, {Role.COMPLAINTS_OFFICER, Role.OVERSIGHT}
    )
    await desks.set_desk_officer(
        session, desk_id=office.desk.desk_id, person_id=officer.actor.id, cleared=True,
        admitted_by=office.desk.officers[0].actor.id, now=NOW,
    )  # fmt: skip
    return officer


async def test_malicious_waits_for_two_others_one_of_them_of_oversight(
    office: Office, session: AsyncSession
) -> None:
    above = await officer_of_both(office, session)
    first, second, third = [await office.browser(one) for one in (0, 1, 2)]
    case_id = await to_decision(first, office, session)
    await first.post(of(case_id, "/decision"), {**DECISION, "outcome": "malicious"})
    for browser in (second, third):
        await browser.post(of(case_id, "/decision/agree"))
    page = await first.get(of(case_id, "/decision"))
    assert "One of them must be from oversight, who cannot see it yet." in page.text
    refused = await first.post(of(case_id, "/close"), status=409)
    assert "Some outcomes need a second person" in refused.text
    overseer = await office.browser(above)
    await overseer.post(of(case_id, "/decision/agree"))
    await first.post(of(case_id, "/close"))


async def test_oversight_gets_a_malicious_case_only_after_a_colleague_agreed(
    office: Office, session: AsyncSession
) -> None:
    above = (await desk_with_officers(session, oversight=True)).officers[0]
    await session.commit()
    first, second = [await office.browser(one) for one in (0, 1)]
    case_id = await to_decision(first, office, session)
    await first.post(of(case_id, "/decision"), {**DECISION, "outcome": "malicious"})
    assert (
        "A colleague of your desk must agree first."
        in (await first.get(of(case_id, "/decision"))).text
    )
    await first.post(of(case_id, "/decision/oversight"), status=409)
    await second.post(of(case_id, "/decision/agree"))
    await second.post(of(case_id, "/decision/oversight"))
    await first.get(of(case_id), status=404)
    overseer = await office.browser(above)
    await overseer.post(of(case_id, "/decision/agree"))
    page = await overseer.get(of(case_id, "/decision"))
    assert "It stands" in page.text
    await overseer.post(of(case_id, "/close"))


async def test_a_case_told_before_is_decided_without_an_agency(
    office: Office, session: AsyncSession
) -> None:
    filed, first = await office.file(), await office.file()
    browser = await office.browser()
    await walk(browser, filed.case_id, ("received", "triage", "duplicate", "decide"))
    await browser.post(of(filed.case_id, "/about"), ABOUT)
    await browser.post(of(filed.case_id, "/contacted"))
    values = {**DECISION, "outcome": "duplicate_linked"}
    other = await reference_of(session, first.case_id)
    for wrong in ("", "RW-NONE", await reference_of(session, filed.case_id)):
        refused = await browser.post(
            of(filed.case_id, "/decision"), {**values, "other_reference": wrong}, status=422
        )
        assert set(refused.errors()) == {"other_reference"}
    values["other_reference"] = f" {other.lower()} "
    await browser.post(of(filed.case_id, "/decision"), values)
    assert other in (await browser.get(of(filed.case_id, "/decision"))).text
    await browser.post(of(filed.case_id, "/close"))
    assert TOLD.happened_said in (await browser.get(of(filed.case_id))).text
