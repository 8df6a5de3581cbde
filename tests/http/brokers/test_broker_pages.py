"""Officers keep records of brokers: finding, entering, correcting, tying to agencies, joining, erasing."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser, Page
from conftest import NOW, SignIn
from factories.agencies import full_record, store_agency
from factories.brokers import store_broker, store_tie
from recruitwatch.accounts.values import Role
from recruitwatch.actor import Actor
from recruitwatch.history.queries import list_entries
from recruitwatch.history.values import Action

ActorOf = Callable[..., Awaitable[Actor]]
READERS = {Role.COMPLAINTS_OFFICER, Role.OVERSIGHT, Role.REGULATOR}


@pytest.fixture
async def officer(sign_in: SignIn) -> Browser:
    return await sign_in(Role.COMPLAINTS_OFFICER)


async def actions_of(session: AsyncSession, broker_id: UUID) -> list[Action]:
    entries = await list_entries(session, subject=("broker", broker_id), limit=50)
    return [one.action for one in entries]


async def tie(browser: Browser, broker_id: UUID, status: int = 303, **values: str) -> Page:
    return await browser.post(f"/brokers/{broker_id}/tie", values, status=status)


async def ask(browser: Browser, broker_id: UUID, agency_id: UUID, judgement: str) -> dict[str, str]:
    """The hidden fields of the form that a press of a button leads to."""
    values = {"agency_id": str(agency_id), "judgement": judgement}
    page = await browser.post(f"/brokers/{broker_id}/tie/ask", values, status=200)
    return page.form("/tie")


async def test_who_reads_brokers(
    session: AsyncSession, sign_in: SignIn, browser: Browser, actor_of: ActorOf
) -> None:
    broker_id = await store_broker(session, await actor_of(Role.REGULATOR), name="Kamal")
    for role in Role:
        if role is Role.AGENCY:
            continue
        person = await sign_in(role)
        allowed = 200 if role in READERS else 403
        for address in ("/brokers", f"/brokers/{broker_id}"):
            page = await person.get(address, status=allowed)
            assert ("Kamal" in page.text) == (role in READERS), (role, address)
        keeps = 200 if role in {Role.COMPLAINTS_OFFICER, Role.REGULATOR} else 403
        await person.get("/brokers/new", status=keeps)
        erases = 200 if role is Role.REGULATOR else 403
        await person.get(f"/brokers/{broker_id}/erase", status=erases)
    page = await browser.get(f"/brokers/{broker_id}", status=303)
    assert "Kamal" not in page.text


async def test_a_broker_is_entered_once(session: AsyncSession, officer: Browser) -> None:
    page = await officer.get("/brokers/new")
    typed = {**page.form("/new"), "name": "Kamal dalal", "phone": "01712-345678", "area": "Savar"}
    shown = await officer.follow(await officer.post("/brokers/new", typed))
    assert shown.heading == "Kamal dalal"
    for words in ("01712-345678", "Savar", "The broker is on record."):
        assert words in shown.text
    await officer.post("/brokers/new", {**typed, "is_new": "yes"})
    assert await session.scalar(text("select count(*) from brokers")) == 1
    broker_id = await session.scalar(text("select id from brokers"))
    assert await actions_of(session, broker_id) == [Action.BROKER_ENTERED]


async def test_every_mistake_is_shown_at_once(officer: Browser) -> None:
    typed = {"entry": str(uuid4()), "phone": "123", "wallet": "x", "area": "y" * 201}
    page = await officer.post("/brokers/new", typed, status=422)
    assert set(page.errors()) == {"name", "phone", "wallet", "area"}
    assert page.form("/new")["area"] == "y" * 201
    assert page.form("/new")["entry"] == typed["entry"]


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "কামাল"},
        {"name": "KAMAL dalal"},
        {"name": "كمال"},
        {"name": "Another", "phone": "+৮৮০ ১৭১২ ৩৪৫৬৭৮"},
        {"name": "Another", "wallet": "٠١٧١٢٣٤٥٦٧٨"},
    ],
)
async def test_who_may_be_on_record_already_is_shown_first(
    session: AsyncSession, officer: Browser, typed: dict[str, str]
) -> None:
    broker_id = await store_broker(session, officer.actor, name="Kamal", phone="01712-345678")
    entered = {**typed, "entry": str(uuid4())}
    page = await officer.post("/brokers/new", entered, status=422)
    assert page.links()["Kamal"] == f"/en/brokers/{broker_id}"
    assert await session.scalar(text("select count(*) from brokers")) == 1
    await officer.post("/brokers/new", {**page.form("/new")})
    assert await session.scalar(text("select count(*) from brokers")) == 2


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        ("kamal", "People call them so."),
        ("Kamaal", "A name of theirs"),
        ("কামাল", "sounds like it"),
        ("0171 2345678", "This is a telephone of theirs."),
        ("০১৭১২৩৪৫৬৭৮", "This is a telephone of theirs."),
        ("٠١٧١٢٣٤٥٦٧٨", "This is a telephone of theirs."),
        ("bk-55812", "This is a wallet of theirs."),
        ("savar", "They work there."),
        ("সাভার", "They work there."),
    ],
)
async def test_a_broker_is_found_in_any_script_and_digits(
    session: AsyncSession, officer: Browser, wanted: str, why: str
) -> None:
    await store_broker(
        session, officer.actor, name="Kamal", phone="01712-345678", wallet="BK 55812",
        area="Savar (সাভার) bazaar",
    )  # fmt: skip
    await store_broker(session, officer.actor, name="Thomas", phone="01998 111222", area="Bogra")
    page = await officer.post("/brokers/search", {"wanted": wanted}, status=200)
    assert "Kamal" in page.links()
    assert "Thomas" not in page.links()
    assert why in page.text
    assert "Search" in page.text


async def test_what_nobody_is_called_finds_nobody(session: AsyncSession, officer: Browser) -> None:
    await store_broker(session, officer.actor, name="Kamal")
    for wanted in ("Wilhelmina", "%", "_", "0", "dalal"):
        page = await officer.post("/brokers/search", {"wanted": wanted}, status=200)
        assert "No broker on record fits." in page.text, wanted
    page = await officer.post("/brokers/search", {"wanted": "x" * 201}, status=422)
    assert set(page.errors()) == {"wanted"}


async def test_lists_are_paged_and_cost_few_questions(
    session: AsyncSession, officer: Browser, queries: Callable[..., object]
) -> None:
    for number in range(52):
        await store_broker(session, officer.actor, name=f"Person {number:02}", area="Savar")
    with queries(at_most=14):  # type: ignore[attr-defined]
        page = await officer.get("/brokers")
    assert "52 brokers" in page.text
    assert "Person 49" in page.text
    assert "Person 50" not in page.text
    page = await officer.get("/brokers?page=2")
    assert "Person 51" in page.text
    assert "Person 49" not in page.text


async def test_names_numbers_and_places_are_added_and_removed(
    session: AsyncSession, officer: Browser
) -> None:
    broker_id = await store_broker(session, officer.actor, name="Kamal")
    at = f"/brokers/{broker_id}"
    await officer.post(f"{at}/names", {"name": "কামাল দালাল"})
    await officer.post(
        f"{at}/numbers", {"kind": "wallet", "value": "01712345678", "service": "bKash"}
    )
    await officer.post(f"{at}/areas", {"area": "Savar"})
    page = await officer.get(at)
    for words in ("কামাল দালাল", "01712345678", "bKash", "Savar"):
        assert words in page.text
    for path, typed, wrong in (
        ("names", {"name": ""}, {"name"}),
        ("numbers", {"kind": "", "value": ""}, {"kind", "value"}),
        ("numbers", {"kind": "phone", "value": "12"}, {"value"}),
        ("areas", {"area": " "}, {"area"}),
        ("keep", {"reason": ""}, {"reason"}),
    ):
        refused = await officer.post(f"{at}/{path}", typed, status=422)
        assert set(refused.errors()) == wrong, path
    again = await officer.post(f"{at}/areas", {"area": "Savar"}, status=409)
    assert "This stands on record already." in again.text
    removed = page.form("/remove")
    await officer.post(f"{at}/remove", removed)
    await officer.post(f"{at}/remove", removed)
    page = await officer.get(at)
    assert page.text.count("Kamal") == 0 or "কামাল দালাল" not in page.text
    recorded = await actions_of(session, broker_id)
    assert recorded.count(Action.BROKER_CHANGED) == 4


async def test_the_last_name_stays(session: AsyncSession, officer: Browser) -> None:
    broker_id = await store_broker(session, officer.actor, name="Kamal")
    name_id = await session.scalar(text("select id from broker_names"))
    refused = await officer.post(
        f"/brokers/{broker_id}/remove", {"kind": "name", "id": str(name_id)}, status=409
    )
    assert "A record needs one name." in refused.text


async def test_a_broker_is_tied_changed_and_taken_back(
    session: AsyncSession, officer: Browser
) -> None:
    broker_id = await store_broker(session, officer.actor, name="Kamal")
    agency_id = await store_agency(session, legal_name="Padma Overseas")
    looked = await officer.post(f"/brokers/{broker_id}/agencies", {"wanted": "padma"}, status=200)
    assert "Padma Overseas" in looked.links()
    asked = await ask(officer, broker_id, agency_id, "confirmed")
    refused = await tie(officer, broker_id, 422, **asked)
    assert set(refused.errors()) == {"evidence", "confidence", "reason"}
    new = {**asked, "evidence": "document", "reason": "A card bears both."}
    refused = await tie(officer, broker_id, 422, **new, confidence="certain")
    assert set(refused.errors()) == {"confidence"}
    assert refused.form("/tie")["reason"] == "A card bears both."
    shown = await officer.follow(await tie(officer, broker_id, **new, confidence="likely"))
    assert "Works for this agency · Likely · A document" in shown.text
    stale = await tie(officer, broker_id, 409, **new, confidence="likely")
    assert "Somebody has judged this meanwhile." in stale.text
    back = await ask(officer, broker_id, agency_id, "withdrawn")
    assert set((await tie(officer, broker_id, 422, **back)).errors()) == {"reason"}
    shown = await officer.follow(await tie(officer, broker_id, **{**back, "reason": "A forgery."}))
    assert "Taken back: nothing is said now" in shown.text
    assert "A card bears both." in shown.text
    kept = await session.scalar(text("select count(*) from broker_agencies"))
    assert kept == 2
    listed = await officer.get(f"/brokers?agency={agency_id}")
    assert "Kamal" not in listed.links()
    assert (await actions_of(session, broker_id)).count(Action.BROKER_TIED) == 2


async def test_who_works_for_an_agency_is_listed(session: AsyncSession, officer: Browser) -> None:
    broker_id = await store_broker(session, officer.actor, name="Kamal")
    agency_id = await store_agency(session, legal_name="Padma Overseas")
    assert "Nobody has said" in (await officer.get(f"/brokers?agency={agency_id}")).text
    await store_tie(session, officer.actor, broker_id, agency_id)
    page = await officer.get(f"/brokers?agency={agency_id}")
    assert "Kamal" in page.links()
    assert "A document · Likely" in page.text
    await officer.get(f"/brokers?agency={uuid4()}", status=404)


async def test_the_same_number_is_only_said_where_it_is_so(
    session: AsyncSession, officer: Browser
) -> None:
    broker_id = await store_broker(session, officer.actor, name="Kamal", phone="0088029550101")
    other = await store_agency(session, legal_name="Meghna Overseas", licence_no="RL-9")
    same = await store_agency(session, record=full_record())
    page = await officer.get(f"/brokers/{broker_id}/agencies")
    assert "Padma Overseas Ltd" in page.links()
    assert "Meghna Overseas" not in page.links()
    new = {"evidence": "same_number", "confidence": "likely", "reason": "The number."}
    asked = await ask(officer, broker_id, other, "confirmed")
    refused = await tie(officer, broker_id, 422, **{**asked, **new})
    assert set(refused.errors()) == {"evidence"}
    asked = await ask(officer, broker_id, same, "confirmed")
    await tie(officer, broker_id, **{**asked, **new})


@pytest.mark.parametrize("evidence", ["decision", "cases", "gossip"])
async def test_what_cases_show_is_said_in_cases_only(
    session: AsyncSession, officer: Browser, evidence: str
) -> None:
    broker_id = await store_broker(session, officer.actor)
    agency_id = await store_agency(session)
    asked = await ask(officer, broker_id, agency_id, "confirmed")
    new = {"evidence": evidence, "confidence": "likely", "reason": "They say."}
    refused = await tie(officer, broker_id, 422, **{**asked, **new})
    assert "evidence" in refused.errors()


async def test_two_records_are_one_person_and_apart_again(
    session: AsyncSession, officer: Browser
) -> None:
    first = await store_broker(session, officer.actor, name="Kamal", phone="01712345678")
    second = await store_broker(session, officer.actor, name="Jamal mama", phone="01712345678")
    agency_id = await store_agency(session, legal_name="Padma Overseas")
    await store_tie(session, officer.actor, second, agency_id)
    page = await officer.get(f"/brokers/{first}/same")
    assert "Jamal mama" in page.links()
    asked = await officer.post(f"/brokers/{first}/join/ask", {"other_id": str(second)}, status=200)
    refused = await officer.post(f"/brokers/{first}/join", asked.form("/join"), status=422)
    assert set(refused.errors()) == {"reason"}
    joined = {**asked.form("/join"), "reason": "The same telephone."}
    page = await officer.follow(await officer.post(f"/brokers/{first}/join", joined))
    assert "Padma Overseas" in page.links()
    moved = await officer.get(f"/brokers/{second}", status=303)
    assert moved.response.headers["location"].endswith(f"/brokers/{first}")
    assert "1 broker " in (await officer.get("/brokers")).text
    asked = await officer.post(f"/brokers/{first}/join/ask", page.form("/join/ask"), status=200)
    apart = {**asked.form("/join"), "reason": "Two brothers share it."}
    page = await officer.follow(await officer.post(f"/brokers/{first}/join", apart))
    assert "Padma Overseas" not in page.links()
    assert "2 brokers" in (await officer.get("/brokers")).text


async def test_a_broker_is_erased_by_a_regulator_once_nothing_ties_them(
    session: AsyncSession, sign_in: SignIn
) -> None:
    regulator = await sign_in(Role.REGULATOR)
    broker_id = await store_broker(
        session, regulator.actor, name="Kamal", phone="01712345678", area="Savar"
    )
    agency_id = await store_agency(session)
    tie_id = await store_tie(session, regulator.actor, broker_id, agency_id)
    refused = await regulator.post(f"/brokers/{broker_id}/erase", status=422)
    assert "First take back what ties this broker" in refused.text
    back = {"agency_id": str(agency_id), "judgement": "withdrawn", "seen": str(tie_id)}
    await tie(regulator, broker_id, **back, reason="Nothing shows it.")
    page = await regulator.follow(await regulator.post(f"/brokers/{broker_id}/erase"))
    assert "Erased." in page.text
    await regulator.get(f"/brokers/{broker_id}", status=404)
    for table in ("brokers", "broker_names", "broker_phones", "broker_areas", "broker_agencies"):
        assert await session.scalar(text(f"select count(*) from {table}")) == 0, table


async def test_somebody_looks_again_after_some_years(
    session: AsyncSession, officer: Browser
) -> None:
    await store_broker(session, officer.actor, name="Thomas")
    assert "to look at again" not in (await officer.get("/brokers")).text
    long_ago = NOW - timedelta(days=4 * 366)
    broker_id = await store_broker(session, officer.actor, entered_at=long_ago, name="Kamal")
    assert "1 record to look at again" in (await officer.get("/brokers")).text
    due = await officer.get("/brokers?due=yes")
    assert "Kamal" in due.links()
    assert "Thomas" not in due.links()
    assert "Is this record still needed?" in (await officer.get(f"/brokers/{broker_id}")).text
    await officer.post(f"/brokers/{broker_id}/keep", {"reason": "Two inquiries are open."})
    assert "No record is due." in (await officer.get("/brokers?due=yes")).text
    assert Action.BROKER_KEPT in await actions_of(session, broker_id)


async def test_pages_of_nobody_are_not_there(session: AsyncSession, officer: Browser) -> None:
    broker_id = await store_broker(session, officer.actor)
    nobody = uuid4()
    for address in ("", "/agencies", "/same"):
        await officer.get(f"/brokers/{nobody}{address}", status=404)
    for address in ("/tie/ask", "/tie", "/join/ask", "/remove"):
        await officer.post(f"/brokers/{broker_id}{address}", {}, status=404)
