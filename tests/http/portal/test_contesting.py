"""An agency reads its card, contests lines of it, and reads how they were decided."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser, Page, text_of
from conftest import NOW
from factories.accounts import store_person
from factories.agencies import make_record, store_agency
from factories.published_cards import store_paper, store_published, take_step
from recruitwatch.accounts.values import Role
from recruitwatch.actor import Actor
from recruitwatch.scorecards.queries import count_contests, get_contest, list_contests
from recruitwatch.scorecards.queries.contests import insert_line_decision
from recruitwatch.scorecards.values.contests import (
    Correction,
    CorrectionKind,
    Ground,
    NewLineDecision,
)
from recruitwatch.scorecards.values.publishing import CardStepKind
from rules.scorecards.example import example
from rules.viewing.samples import AUTHOR, exif, pdf, photo, saved

SignInFor = Callable[[UUID], Awaitable[Browser]]
TODAY = NOW.date()
INPUTS = example(as_of=TODAY)
ASKED = {"F2": "Are all fees on a receipt?", "C3": "Is the contract in her language?"}
FEES, CONTRACT = "item:F2:answer", "item:C3:answer"
FORM = "/agency/cards/1/contest"


@pytest.fixture
async def agent(
    sign_in_for: SignInFor, session: AsyncSession, officer: Actor, agency_id: UUID
) -> Browser:
    """Somebody of an agency that holds the draft of its first card."""
    await store_published(session, officer, agency_id, INPUTS, questions=ASKED, published=False)
    return await sign_in_for(agency_id)


def written(*line_ids: str, **more: object) -> dict[str, object]:
    """The form with a ground and a reason for each line."""
    said: dict[str, object] = {"line": list(line_ids), **more}
    for one in line_ids:
        said |= {f"ground-{one}": "wrong_fact", f"reason-{one}": f"The papers of {one} are there."}
    return said


def boxes(page: Page) -> set[str]:
    return {one.get("value") or "" for one in page.all("input") if one.get("name") == "line"}


async def filed(agent: Browser, *line_ids: str, **kw: object) -> Page:
    page = await agent.post(FORM, written(*line_ids, go="send"), **kw)  # type: ignore[arg-type]
    return await agent.follow(page)


async def test_each_line_of_the_card_stands_with_its_points_and_can_be_chosen(
    agent: Browser,
) -> None:
    page = await agent.get("/agency/cards/1")
    rows = [text_of(row) for row in page.all("tr")]
    [fees] = [row for row in rows if "Are all fees on a receipt?" in row]
    assert fees.endswith("1.7927")
    [complaints] = [row for row in rows if "6.3438" in row]
    assert "Fewer than five complaints were decided: none counts here." in complaints
    assert "27.5568" not in page.text
    assert {FEES, CONTRACT, "complaints", "actions"} <= boxes(page)
    assert "What single workers said or complained of is on no card." in page.text
    assert "paper.pdf" not in page.html


async def test_a_published_card_leads_to_what_everybody_reads_and_to_its_paper(
    sign_in_for: SignInFor, session: AsyncSession, officer: Actor, agency_id: UUID
) -> None:
    card_id = await store_published(session, officer, agency_id, INPUTS)
    agent = await sign_in_for(agency_id)
    own = f"/en/cards/{agency_id}/1"
    page = await agent.get("/agency/cards/1")
    assert page.links()["The card as everybody reads it"] == own
    assert "To print (PDF)" not in page.links()
    await store_paper(session, card_id, b"%PDF-1.7 paper")
    await session.commit()
    page = await agent.get("/agency/cards/1")
    assert page.links()["To print (PDF)"] == f"{own}/paper.pdf"


async def test_nothing_is_sent_before_it_was_shown_once_more(
    agent: Browser, session: AsyncSession, agency_id: UUID
) -> None:
    page = await agent.get(f"{FORM}?line={FEES}&line={CONTRACT}")
    assert "Are all fees on a receipt?" in page.text
    assert "Is the contract in her language?" in page.text
    page = await agent.post(FORM, written(FEES, CONTRACT), status=200)
    assert page.heading == "Check what you send"
    assert f"The papers of {FEES} are there." in page.text
    assert "You say: The fact is wrong" in page.text
    assert await count_contests(session, agency_id=agency_id) == 0

    back = await agent.post(FORM, {**written(FEES, CONTRACT), "go": "change"}, status=200)
    assert back.heading == "Contest lines of your card"
    assert back.form("/contest")[f"reason-{FEES}"] == f"The papers of {FEES} are there."
    assert await count_contests(session, agency_id=agency_id) == 0

    page = await filed(agent, FEES, CONTRACT)
    assert "We have received it." in page.text
    [contest] = await list_contests(session, agency_id=agency_id, limit=9)
    assert str(contest.id) in page.text
    assert "2 lines are not decided yet. They are to be decided by 30 July 2026." in page.text
    kept = await get_contest(session, contest.id)
    assert {one.line_id for one in kept.lines} == {FEES, CONTRACT}
    assert {one.ground for one in kept.lines} == {Ground.WRONG_FACT}


async def test_what_is_missing_is_said_at_each_line_and_what_was_typed_stays(
    agent: Browser,
) -> None:
    typed = {"line": [FEES, CONTRACT], f"reason-{FEES}": "It is so.", f"ground-{CONTRACT}": "x"}
    for go in ({}, {"go": "send"}):
        page = await agent.post(FORM, {**typed, **go}, status=422)
        assert page.errors() == {
            f"ground-{FEES}": "Say what is wrong with this line.",
            f"ground-{CONTRACT}": "Say what is wrong with this line.",
            f"reason-{CONTRACT}": "Write down why this line is wrong.",
        }
        assert page.form("/contest")[f"reason-{FEES}"] == "It is so."


async def test_without_a_line_the_card_says_so(agent: Browser) -> None:
    for page in (
        await agent.get(FORM, status=422),
        await agent.get(f"{FORM}?line=item:NOT-HERE:answer", status=422),
        await agent.post(FORM, {}, status=422),
    ):
        assert "line" in page.errors()
        assert page.heading.startswith("Card of")


async def test_documents_are_kept_as_sent_and_offered_to_nobody_else(
    agent: Browser, sign_in_for: SignInFor, session: AsyncSession
) -> None:
    taken = saved(photo(), "JPEG", exif=exif())
    files = [
        ("documents", ("C:\\fees\\receipts.pdf", pdf(pages=1), "application/pdf")),
        ("documents", ("office.jpg", taken, "image/jpeg")),
    ]
    page = await filed(agent, FEES, files=files)
    links = page.links()
    assert {"receipts.pdf", "office.jpg"} <= set(links)
    answer = await agent.client.get(links["office.jpg"])
    assert answer.content == taken
    assert AUTHOR.encode() in answer.content
    assert answer.headers["content-disposition"].startswith("attachment")
    other = await sign_in_for(await store_agency(session, make_record(legal_name="Meghna Ltd")))
    assert (await other.client.get(links["office.jpg"])).status_code == 404


async def test_documents_that_cannot_be_opened_are_named_and_nothing_is_kept(
    agent: Browser, session: AsyncSession, agency_id: UUID
) -> None:
    many = [("documents", (f"{n}.pdf", pdf(pages=1), "application/pdf")) for n in range(11)]
    broken = [
        ("documents", ("good.pdf", pdf(pages=1), "application/pdf")),
        ("documents", ("bad.pdf", b"%PDF-1.7 and no more", "application/pdf")),
    ]
    words = [("documents", ("list.txt", b"words", "text/plain"))]
    for files, sentence in (
        (many, "Add at most 10 documents."),
        (broken, "bad.pdf"),
        (words, "list.txt"),
    ):
        page = await agent.post(FORM, written(FEES, go="send"), files=files, status=422)
        assert page.heading == "Check what you send"
        assert sentence in page.errors()["documents"]
        assert "good.pdf" not in page.errors()["documents"]
        assert "Choose the documents again" in page.text
    assert await count_contests(session, agency_id=agency_id) == 0


async def test_a_line_is_contested_once_also_when_two_colleagues_write_at_once(
    agent: Browser, sign_in_for: SignInFor, agency_id: UUID
) -> None:
    colleague = await sign_in_for(agency_id)
    await filed(colleague, FEES)
    card = await agent.get("/agency/cards/1")
    assert FEES not in boxes(card)
    assert "Not decided yet. To be decided by 30 July 2026." in card.text
    page = await agent.post(FORM, written(FEES, CONTRACT, go="send"), status=422)
    assert "A colleague has contested one of these lines" in page.errors()[""]
    assert "Are all fees on a receipt?" not in page.text
    mine = {**written(FEES, go="send"), f"reason-{FEES}": "In my words."}
    page = await agent.post(FORM, mine, status=422)
    assert page.errors() == {"line": "This line was contested already."}


async def test_decisions_stand_with_their_reasons_and_without_who_took_them(
    agent: Browser, session: AsyncSession, agency_id: UUID
) -> None:
    await filed(agent, FEES, CONTRACT)
    [contest] = await list_contests(session, agency_id=agency_id, limit=9)
    decider = await store_person(session, Role.REGULATOR)
    left_out = Correction(kind=CorrectionKind.LEFT_OUT, item="F2", sources=("secret-visit",))
    for line_id, upheld, reason in (
        (FEES, True, "All ten receipts were shown."),
        (CONTRACT, False, "The contract is in English."),
    ):
        decision = NewLineDecision(line_id=line_id, upheld=upheld, reason=reason)
        await insert_line_decision(
            session, decider, NOW, contest_id=contest.id, new=decision,
            correction=left_out if upheld else None,
        )  # fmt: skip
    await session.commit()
    page = await agent.get(f"/agency/contests/{contest.id}")
    sections = [text_of(one) for one in page.all("section")]
    [fees] = [one for one in sections if "Are all fees on a receipt?" in one]
    [contract] = [one for one in sections if "Is the contract in her language?" in one]
    assert "You were right" in fees
    assert "Decided on 30 June 2026, because: All ten receipts were shown." in fees
    assert "The line stands" in contract
    assert "The contract is in English." in contract
    card = await agent.get("/agency/cards/1")
    listed = await agent.get("/agency/contests")
    assert "You were right in 1 of 2" in listed.text
    assert "Contested: the line stands" in card.text
    for shown in (page, card, listed):
        assert decider.name not in shown.html
        assert "secret-visit" not in shown.html


async def test_a_recalled_or_replaced_card_cannot_be_contested(
    agent: Browser, session: AsyncSession, officer: Actor, agency_id: UUID
) -> None:
    newer = await store_published(session, officer, agency_id, INPUTS, revision=2)
    await session.commit()
    assert (
        "A newer card took the place of this one."
        in (await agent.post(FORM, written(FEES, go="send"), status=422)).errors()["line"]
    )
    cards = await agent.get("/agency/cards")
    assert "Draft" not in cards.text
    assert "This draft was never published." in (await agent.get("/agency/cards/1")).text
    await take_step(session, officer, newer, CardStepKind.RECALLED, "Wrong visit.", TODAY)
    await session.commit()
    page = await agent.get("/agency/cards/2/contest?line=recency", status=422)
    assert page.errors() == {"line": "This card was recalled."}
    assert not boxes(page)


async def test_a_reply_stands_beside_the_card(agent: Browser) -> None:
    page = await agent.post("/agency/cards/1/reply", {"reply": "  "}, status=422)
    assert page.errors() == {"reply": "Write down what you want to say."}
    sent = await agent.post("/agency/cards/1/reply", {"reply": "We pay everything back."})
    page = await agent.follow(sent)
    assert "Your reply stands beside the card." in page.text
    assert "We pay everything back." in page.text


async def test_sent_once_more_because_no_answer_came_the_receipt_is_the_same(
    agent: Browser, session: AsyncSession, agency_id: UUID
) -> None:
    sent = {**written(FEES, CONTRACT), "go": "send"}
    first = await agent.post(FORM, sent)
    again = await agent.post(FORM, sent)
    assert again.response.headers["location"] == first.response.headers["location"]
    assert await count_contests(session, agency_id=agency_id) == 1
    other = {**sent, f"reason-{FEES}": "Something else."}
    page = await agent.post(FORM, other, status=422)
    assert page.errors() == {"line": "This line was contested already."}
