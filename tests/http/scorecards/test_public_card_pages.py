"""Published cards as everybody reads them: on a page, as data, and when a copy is checked."""

import hashlib
import json
from datetime import timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser, Page, text_of
from conftest import NOW
from factories.accounts import store_person
from factories.agencies import make_record, store_agency
from factories.published_cards import store_paper, store_published, take_step
from recruitwatch.accounts.values import Role
from recruitwatch.actor import Actor
from recruitwatch.scorecards.tables import public_cards
from recruitwatch.scorecards.values import CardInputs, Evidence, LicenceState, Ratio
from recruitwatch.scorecards.values.publishing import CardStepKind
from rules.scorecards.example import complaint, example, failure, item, with_items

QUESTIONS = {
    "F2": "Is every fee on a receipt?",
    "W1": "Are women paid the same?",
    "Q1": "Did you keep your passport?",
    "S9": "A question of the whole card alone",
}
TODAY = NOW.date()


@pytest.fixture
async def officer(session: AsyncSession) -> Actor:
    return await store_person(session, Role.REGULATOR)


@pytest.fixture
async def agency_id(session: AsyncSession) -> UUID:
    return await store_agency(session, make_record(legal_name="Padma Overseas Ltd"))


def inputs_of(**changes: object) -> CardInputs:
    return example(as_of=TODAY, **changes)


def facts_of(page: Page) -> dict[str, str]:
    return {text_of(dt): text_of(dd) for dt, dd in zip(page.all("dt"), page.all("dd"), strict=True)}


def points_in(row: str) -> Decimal:
    return Decimal(row.rsplit(" ", 1)[1])


def ledger_of(page: Page) -> tuple[list[str], list[str]]:
    """The rows of the first ledger, and its last rows with the sums."""
    [table, *_] = [one for one in page.all("table") if "rw-ledger" in (one.get("class") or "")]
    rows = [text_of(row) for row in table.iter("{http://www.w3.org/1999/xhtml}tr")]
    feet = [one for one in rows if one.startswith(("Smaller reasons", "Together"))]
    return [one for one in rows[1:] if one not in feet], feet


async def test_a_card_says_the_grade_and_what_is_not_known_in_words(
    browser: Browser, session: AsyncSession, officer: Actor, agency_id: UUID
) -> None:
    await store_published(session, officer, agency_id, inputs_of(), questions=QUESTIONS)
    await session.commit()
    page = await browser.get(f"/cards/{agency_id}")
    assert page.heading == "Padma Overseas Ltd"
    assert "B Good" in page.text
    assert "of 100 points" in page.text
    assert "what we do not know yet" in page.text
    assert "Certainty" in page.text
    assert "worst and best reading" in page.text
    assert "We do not know if this agency has a licence." in page.text
    assert "Is every fee on a receipt?" in page.text
    facts = facts_of(page)
    assert facts["Workers sent, last three years"] == "400 / 300 / 200"
    assert facts["Last full inspection"] == "2 months ago"
    assert "set-cookie" not in page.response.headers


async def test_the_lines_of_a_card_add_up_as_they_are_written(
    browser: Browser, session: AsyncSession, officer: Actor, agency_id: UUID
) -> None:
    await store_published(session, officer, agency_id, inputs_of(), questions=QUESTIONS)
    await session.commit()
    page = await browser.get(f"/cards/{agency_id}")
    lines, [small, together] = ledger_of(page)
    assert len(lines) > 5
    written = sum(map(points_in, lines)) + points_in(small)
    assert abs(written - points_in(together)) <= Decimal("0.0001") * len(lines)
    score = json.loads((await browser.get(f"/api/cards/{agency_id}")).html)["card"]["score"]
    assert f"100 less the {score:.4f} points of the card" in together
    assert points_in(together) == Decimal(f"{100 - score:.4f}")
    assert lines == sorted(lines, key=points_in, reverse=True)


async def test_few_complaints_are_held_back_and_the_card_says_so(
    browser: Browser, session: AsyncSession, officer: Actor, agency_id: UUID
) -> None:
    """The example has four decided complaints; here four workers were asked."""
    few = ("talk/1", "talk/2", "talk/3", "talk/4")
    await store_published(session, officer, agency_id, inputs_of(), talks=few)
    await session.commit()
    page = await browser.get(f"/cards/{agency_id}")
    assert "Fewer than five complaints were decided: none counts here." in page.text
    assert facts_of(page)["Complaints"] == "Fewer than five decided: none counts here"
    assert facts_of(page)["Workers interviewed in 24 months"] == (
        "Fewer than five: none counts here"
    )
    assert "Fewer than 8 workers were interviewed" in page.text


async def test_complaints_that_count_are_one_sum_with_their_day(
    browser: Browser, session: AsyncSession, officer: Actor, agency_id: UUID
) -> None:
    cases = tuple(complaint(f"RW-SECRET-{number}") for number in range(5))
    await store_published(session, officer, agency_id, inputs_of(complaints=cases))
    await session.commit()
    page = await browser.get(f"/cards/{agency_id}")
    assert facts_of(page)["Complaints"] == "Counted as of 30 June 2026"
    lines, _ = ledger_of(page)
    [line] = [one for one in lines if "Complaints of workers, all together" in one]
    assert "As the complaints stood on 30 June 2026." in line
    data = await browser.get(f"/api/cards/{agency_id}")
    for shown in (page.html, data.html):
        assert "RW-SECRET" not in shown
        assert "basis" not in shown
        assert officer.name not in shown
        assert "By letter" not in shown


async def test_without_enough_evidence_there_is_no_grade_and_no_result(
    browser: Browser, session: AsyncSession, officer: Actor, agency_id: UUID
) -> None:
    never = CardInputs(as_of=TODAY, deployed=(10, 0, 0))
    await store_published(session, officer, agency_id, never)
    await session.commit()
    page = await browser.get(f"/cards/{agency_id}")
    assert "U Not enough evidence" in page.text
    assert "This is neither good nor bad." in page.text
    assert "of 100 points" not in page.text
    assert "No full inspection of this agency has been approved yet." in page.text
    assert "There is no score, and so no points are missing." in page.text
    assert facts_of(page)["Last full inspection"] == "No full inspection yet"


async def test_points_from_too_little_are_not_a_result_beside_a_cap(
    browser: Browser, session: AsyncSession, officer: Actor, agency_id: UUID
) -> None:
    """Two years without an inspection withhold the points; an expired licence still gives an E."""
    old = inputs_of(months_since_inspection=25, licence_state=LicenceState.EXPIRED)
    await store_published(session, officer, agency_id, old)
    await session.commit()
    page = await browser.get(f"/cards/{agency_id}")
    assert "E Failing" in page.text
    assert "of 100 points" not in page.text
    assert (
        "The licence is expired, suspended or cancelled. The grade can be E at best." in page.text
    )
    assert "The grade is withheld." in page.text


async def test_an_unconfirmed_finding_is_not_on_a_public_card(
    browser: Browser, session: AsyncSession, officer: Actor, agency_id: UUID
) -> None:
    waiting, confirmed = failure("F1", confirmed=False), failure("F1")
    await store_published(session, officer, agency_id, inputs_of(gate_failures=(waiting,)))
    await store_published(
        session, officer, agency_id, inputs_of(gate_failures=(confirmed,)), revision=2
    )
    await session.commit()
    before = await browser.get(f"/cards/{agency_id}/1")
    assert "B Good" in before.text
    assert "critical f" not in before.text
    assert "urgent review" not in before.text
    after = await browser.get(f"/cards/{agency_id}/2")
    assert "A critical failure is confirmed and not yet put right." in after.text
    assert "The grade can be D at best." in after.text


async def test_questions_that_few_workers_answered_are_named_and_not_told(
    browser: Browser, session: AsyncSession, officer: Actor, agency_id: UUID
) -> None:
    """Of a list that enough workers answered: else not even the questions are named."""
    few = item("Q1", Ratio(ok=1, checked=4), Evidence.E1)
    asked = with_items(inputs_of(), few, item("Q2", Ratio(ok=6, checked=6), Evidence.E3))
    await store_published(
        session, officer, agency_id, asked, asked=["Q1", "Q2"], questions=QUESTIONS
    )
    await session.commit()
    page = await browser.get(f"/cards/{agency_id}")
    assert "Fewer than five workers answered these questions." in page.text
    assert "Did you keep your passport?" in page.text
    assert not [line for line in ledger_of(page)[0] if "passport" in line]
    assert facts_of(page)["Workers interviewed in 24 months"] == "12, as of 30 June 2026"
    assert QUESTIONS["S9"] not in page.html


async def test_reply_and_reason_stand_on_the_card(
    browser: Browser, session: AsyncSession, officer: Actor, agency_id: UUID
) -> None:
    await store_published(
        session, officer, agency_id, inputs_of(), reason="A receipt was found <late>",
        replies=("We paid all the workers.", "হ্যাঁ"),
    )  # fmt: skip
    await session.commit()
    page = await browser.get(f"/cards/{agency_id}")
    assert "A receipt was found <late>" in page.text
    assert "We paid all the workers." in page.text
    assert "হ্যাঁ" in page.text


async def replaced_and_new(
    session: AsyncSession, officer: Actor, agency_id: UUID
) -> tuple[UUID, UUID]:
    first = await store_published(
        session, officer, agency_id, inputs_of(), on=TODAY - timedelta(days=30)
    )
    second = await store_published(
        session, officer, agency_id, inputs_of(files=31), revision=2, on=TODAY - timedelta(days=9)
    )
    await session.commit()
    return first, second


async def test_an_old_revision_stays_readable_and_says_that_it_was_replaced(
    browser: Browser, session: AsyncSession, officer: Actor, agency_id: UUID
) -> None:
    first, second = await replaced_and_new(session, officer, agency_id)
    old = await browser.get(f"/cards/{agency_id}/1")
    assert "Replaced on 21 June 2026 by a newer card." in old.text
    assert old.links()["See the newest card"] == f"/en/cards/{agency_id}"
    new = await browser.get(f"/cards/{agency_id}")
    assert "Replaced on" not in new.text
    assert facts_of(new)["Files checked at the last full inspection"] == "31"
    assert new.links()["Revision 1"] == f"/en/cards/{agency_id}/1"
    assert new.links()["Check this card"] == f"/en/verify/{second}"
    assert old.links()["Check this card"] == f"/en/verify/{first}"
    everything = await browser.get(f"/cards/{agency_id}/all")
    assert {"Revision 1", "Revision 2"} <= set(everything.links())
    assert "Valid" in everything.text
    assert "Replaced" in everything.text


async def test_a_recalled_card_says_when_and_why_and_no_older_one_takes_its_place(
    browser: Browser, session: AsyncSession, officer: Actor, agency_id: UUID
) -> None:
    _, second = await replaced_and_new(session, officer, agency_id)
    await take_step(session, officer, second, CardStepKind.RECALLED, "Wrong agency", TODAY)
    await session.commit()
    for page in (
        await browser.get(f"/cards/{agency_id}"),
        await browser.get(f"/cards/{agency_id}/2"),
        await browser.get(f"/verify/{second}"),
    ):
        assert "Recalled on 30 June 2026. Do not rely on this card." in page.text
        assert "Because: Wrong agency" in page.text
    data = json.loads((await browser.get(f"/api/cards/{agency_id}")).html)
    assert (data["state"], data["recalled_on"]) == ("recalled", "2026-06-30")
    assert data["recall_reason"] == "Wrong agency"
    profile = await browser.get(f"/agencies/{agency_id}")
    assert "The last card was recalled on 30 June 2026." in profile.text
    assert "B Good" not in profile.text


async def test_the_profile_of_an_agency_shows_its_grade_and_leads_to_the_card(
    browser: Browser, session: AsyncSession, officer: Actor, agency_id: UUID, queries
) -> None:  # type: ignore[no-untyped-def]
    before = await browser.get(f"/agencies/{agency_id}")
    assert "No card of this agency is published yet." in before.text
    await store_published(session, officer, agency_id, inputs_of())
    await session.commit()
    with queries(at_most=4):
        page = await browser.get(f"/agencies/{agency_id}")
    assert "B Good" in page.text
    assert page.links()["See the card and its reasons"] == f"/en/cards/{agency_id}"


async def test_an_agency_without_a_card_is_told_of_kindly(
    browser: Browser, session: AsyncSession, agency_id: UUID
) -> None:
    page = await browser.get(f"/cards/{agency_id}", status=404)
    assert page.heading == "Padma Overseas Ltd"
    assert "No card of this agency is published yet." in page.text
    assert "We do not know if this agency has a licence." in page.text
    data = json.loads((await browser.get(f"/api/cards/{agency_id}", status=404)).html)
    assert data["error"]["code"] == "scorecard.no-public-card"
    for address in (f"/cards/{uuid4()}", f"/cards/{uuid4()}/all", f"/cards/{agency_id}/1"):
        await browser.get(address, status=404)


async def test_a_card_that_is_only_served_is_nowhere(
    browser: Browser, session: AsyncSession, officer: Actor, agency_id: UUID
) -> None:
    card_id = await store_published(session, officer, agency_id, inputs_of(), published=False)
    await session.commit()
    await browser.get(f"/cards/{agency_id}", status=404)
    await browser.get(f"/cards/{agency_id}/1", status=404)
    await browser.get(f"/api/cards/{agency_id}/1", status=404)
    page = await browser.get(f"/verify/{card_id}", status=404)
    assert "We know no such card." in page.text


async def test_the_data_hold_the_frozen_card_letter_by_letter(
    browser: Browser, session: AsyncSession, officer: Actor, agency_id: UUID
) -> None:
    card_id = await store_published(session, officer, agency_id, inputs_of(), replies=("No.",))
    await session.commit()
    frozen = await session.scalar(
        select(public_cards.c.public_card).where(public_cards.c.card_id == card_id)
    )
    page = await browser.get(f"/api/cards/{agency_id}/1")
    body = page.response.text
    assert frozen is not None
    assert body[body.index(',"card":') + len(',"card":') : -1] == frozen
    data = json.loads(body)
    assert data["sha256"] == hashlib.sha256(frozen.encode()).hexdigest()
    assert data["state"] == "valid"
    assert data["replies"] == ["No."]
    assert data["addresses"]["newest"] == f"/cards/{agency_id}"
    for address in data["addresses"].values():
        await browser.get(address)


async def test_data_that_did_not_change_are_not_sent_again(
    browser: Browser, session: AsyncSession, officer: Actor, agency_id: UUID
) -> None:
    card_id = await store_published(session, officer, agency_id, inputs_of())
    await session.commit()
    tag = (await browser.get(f"/api/cards/{agency_id}")).response.headers["etag"]
    again = await browser.get(f"/api/cards/{agency_id}", status=304, headers={"If-None-Match": tag})
    assert again.response.content == b""
    await take_step(session, officer, card_id, CardStepKind.RECALLED, "Wrong agency", TODAY)
    await session.commit()
    await browser.get(f"/api/cards/{agency_id}", headers={"If-None-Match": tag})


@pytest.mark.parametrize("language", ["bn", "ar"])
async def test_a_card_can_be_read_in_every_language(
    browser: Browser, session: AsyncSession, officer: Actor, agency_id: UUID, language: str
) -> None:
    first, _ = await replaced_and_new(session, officer, agency_id)
    for address in (f"/cards/{agency_id}", f"/cards/{agency_id}/1", f"/cards/{agency_id}/all",
                    f"/verify/{first}", f"/agencies/{agency_id}"):  # fmt: skip
        page = await browser.get(address, language=language)
        assert f'lang="{language}"' in page.html


async def test_the_page_behind_the_code_tells_what_the_card_was(
    browser: Browser, session: AsyncSession, officer: Actor, agency_id: UUID
) -> None:
    first, second = await replaced_and_new(session, officer, agency_id)
    old, new = await browser.get(f"/verify/{first}"), await browser.get(f"/verify/{second}")
    assert "Replaced on 21 June 2026 by a newer card." in old.text
    assert "Valid: this is the newest card of the agency." in new.text
    data = json.loads((await browser.get(f"/api/cards/{agency_id}/2")).html)
    facts = facts_of(new)
    assert facts["SHA-256 of the card"] == data["sha256"]
    assert facts["Agency"] == "Padma Overseas Ltd"
    assert facts["Grade"] == "B Good"
    assert facts["Revision"] == "Revision 2"
    assert facts["Published"] == "21 June 2026"
    assert officer.name not in new.html


async def test_a_copy_is_compared(
    browser: Browser, session: AsyncSession, officer: Actor, agency_id: UUID
) -> None:
    card_id = await store_published(session, officer, agency_id, inputs_of())
    paper = b"%PDF-1.7 the paper of the card"
    await store_paper(session, card_id, paper)
    await session.commit()
    address = f"/verify/{card_id}"
    data = (await browser.get(f"/api/cards/{agency_id}")).response.content
    sha256 = json.loads(data)["sha256"]
    grouped = " ".join(sha256[start : start + 8].upper() for start in range(0, 64, 8))
    same, other = "It is the same", "It is not the same."
    for typed, said in ((sha256, same), (grouped, same), ("0" * 64, other)):
        page = await browser.post(address, {"sha256": typed}, status=200)
        assert said in page.text
    changed = data.replace(b'"score":', b'"score":1')
    for content, said in ((data, same), (paper, same), (changed, other), (paper[:-1], other),
                          (b"", other), (b"\xff\x00{", other)):  # fmt: skip
        files = {"file": ("copy", content, "application/octet-stream")}
        page = await browser.post(address, files=files, status=200)
        assert said in page.text, content[:40]
    assert (
        facts_of(page)["SHA-256 of the paper (PDF, English)"] == hashlib.sha256(paper).hexdigest()
    )


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("", "Write a SHA-256, or choose a file."), ("12ab", "A SHA-256 has 64 characters"),
     ("z" * 64, "A SHA-256 has 64 characters"), ("a" * 300, "at most 200 characters")],
)  # fmt: skip
async def test_what_is_no_fingerprint_is_refused(
    browser: Browser, session: AsyncSession, officer: Actor, agency_id: UUID,
    typed: str, sentence: str,
) -> None:  # fmt: skip
    card_id = await store_published(session, officer, agency_id, inputs_of())
    await session.commit()
    page = await browser.post(f"/verify/{card_id}", {"sha256": typed}, status=422)
    assert sentence in page.errors()["sha256"]
    assert "It is" not in page.heading
    assert "same:" not in page.text


async def test_a_paper_that_leads_to_no_card_is_called_so(browser: Browser) -> None:
    page = await browser.get(f"/verify/{uuid4()}", status=404)
    assert "We know no such card. Do not rely on a paper that leads here." in page.text
    await browser.post(f"/verify/{uuid4()}", {"sha256": "0" * 64}, status=404)
