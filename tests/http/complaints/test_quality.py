"""How well agencies are found: what is noted at a judgement, and the page that counts it."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from clients import XHTML, text_of
from conftest import NOW, SignIn
from factories.agencies import store_agency
from factories.deciding import Ministry, link
from officers import Office, of, open_office
from recruitwatch.accounts.values import Role
from recruitwatch.complaints.values.judging import Judgement
from recruitwatch.settings import Settings

WHY = {"target": "agency", "basis": "document", "reason": "The receipt bears its name."}


@pytest.fixture
async def office(session: AsyncSession, sign_in: SignIn, settings: Settings) -> Office:
    return await open_office(session, sign_in, settings)


async def noted(session: AsyncSession) -> list[tuple[object, ...]]:
    rows = await session.execute(
        text(
            "select l.judgement, m.script, m.outcome, m.rank, m.matcher from match_judgements m"
            " join complaint_links l on l.id = m.link_id order by l.judgement desc, m.rank"
        )
    )
    return [tuple(row) for row in rows]


async def test_a_judgement_notes_where_the_agency_had_stood(
    session: AsyncSession, office: Office
) -> None:
    """A no to the first does not make the second one the first."""
    named = await store_agency(session, legal_name="Dolonchapa Travels", licence_no="RL-0123")
    other = await store_agency(session, legal_name="Kashful Enterprise", licence_no="RL-0777")
    filed = await office.file(name="Dolonchampa Travel", licence="", place="ঢাকা")
    browser = await office.browser()
    for agency_id, judgement in ((named, "rejected"), (other, "confirmed")):
        await browser.post(
            of(filed.case_id, "/judge"), {**WHY, "id": str(agency_id), "judgement": judgement}
        )
    assert await noted(session) == [
        ("rejected", "LATIN", "suggested", 1, "agency-match/1"),
        ("confirmed", "LATIN", "suggested", None, "agency-match/1"),
    ]


async def test_a_judged_agency_is_never_offered_again(
    session: AsyncSession, office: Office
) -> None:
    """Nor when an officer looks for it by its name; until the judgement is taken back."""
    named = await store_agency(session, legal_name="Dolonchapa Travels", licence_no="RL-0123")
    filed = await office.file(name="Dolonchampa Travel", licence="")
    browser = await office.browser()
    whom = of(filed.case_id, "/whom")
    assert "Dolonchapa Travels" in (await browser.get(whom)).text
    asked = {**WHY, "id": str(named), "judgement": "rejected"}
    await browser.post(of(filed.case_id, "/judge"), asked)
    assert "The register has no agency that fits." in (await browser.get(whom)).text
    again = await browser.post(whom, {"wanted": "Dolonchapa Travels"}, status=200)
    assert "The register has no agency that fits." in again.text
    link_id = await session.scalar(text("select id from complaint_links"))
    back = {**asked, "judgement": "withdrawn", "supersedes": str(link_id)}
    await browser.post(of(filed.case_id, "/judge"), back)
    assert "The register has no agency that fits." not in (await browser.get(whom)).text
    assert len(await noted(session)) == 1


async def test_months_that_are_over_are_counted_by_language_and_script(
    session: AsyncSession, office: Office, sign_in: SignIn
) -> None:
    agency_id = await store_agency(session, legal_name="Dolonchapa Travels", licence_no="RL-0123")
    at = Ministry(vault=office.vault, desk=office.desk)
    for _ in range(6):
        filed = await office.file(name="Dolonchapa Travels", licence="")
        await link(session, at, filed.case_id, agency_id, NOW - timedelta(days=40))
    for _ in range(5):
        filed = await office.file(name="দোলনচাঁপা ট্রাভেলস", licence="")
        await link(session, at, filed.case_id, agency_id, NOW)
    page = await (await sign_in(Role.REGULATOR)).get("/matching/quality")
    assert [text_of(one) for one in page.all("tbody")[0].iter(f"{XHTML}td")] == [
        "6", "6", "0", "0", "0", "100 %", "100 %", "100 %"
    ]  # fmt: skip
    assert "Bengali letters" not in page.text


async def test_a_judgement_taken_back_this_month_still_counts_until_the_next(
    session: AsyncSession, office: Office, sign_in: SignIn
) -> None:
    """A number that falls from one day to the next would tell of one case, as one that grows would."""
    agency_id = await store_agency(session, legal_name="Dolonchapa Travels", licence_no="RL-0123")
    at = Ministry(vault=office.vault, desk=office.desk)
    earlier = NOW - timedelta(days=40)
    links = []
    for _ in range(6):
        filed = await office.file(name="Dolonchapa Travels", licence="")
        links.append((filed, await link(session, at, filed.case_id, agency_id, earlier)))
    filed, link_id = links[0]
    await link(session, at, filed.case_id, agency_id, NOW, Judgement.WITHDRAWN, link_id)
    page = await (await sign_in(Role.REGULATOR)).get("/matching/quality")
    cells = [text_of(one) for one in page.all("tbody")[0].iter(f"{XHTML}td")]
    assert cells[:2] == ["6", "6"]
    filed, link_id = links[1]
    await link(session, at, filed.case_id, agency_id, earlier, Judgement.WITHDRAWN, link_id)
    page = await (await sign_in(Role.REGULATOR)).get("/matching/quality")
    cells = [text_of(one) for one in page.all("tbody")[0].iter(f"{XHTML}td")]
    assert cells[:2] == ["5", "5"]


async def test_the_score_that_is_noted_is_too_rough_to_try_words_against(
    session: AsyncSession, office: Office
) -> None:
    """An exact one would be a print of her sealed words: whoever reads the database could guess them."""
    agency_id = await store_agency(session, legal_name="Dolonchapa Travels", licence_no="RL-0123")
    filed = await office.file(name="Dolonchampa Travel", licence="")
    values = {**WHY, "id": str(agency_id), "judgement": "confirmed"}
    await (await office.browser()).post(of(filed.case_id, "/judge"), values)
    score = await session.scalar(text("select score from match_judgements"))
    assert score is not None
    assert score == round(score, 1)


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.REVIEWER, Role.HOTLINE_OPERATOR])
async def test_it_is_for_those_who_read_cases_and_for_regulators(
    sign_in: SignIn, role: Role
) -> None:
    await (await sign_in(role)).get("/matching/quality", status=403)
