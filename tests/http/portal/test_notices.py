"""Findings as the agency reads them: only served ones, in fewer words than the paper, and its reply."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser, Page
from conftest import NOW
from factories.accounts import store_person
from factories.agencies import make_record, store_agency
from factories.findings import store_finding
from recruitwatch.accounts.values import Role
from recruitwatch.actor import Actor
from recruitwatch.checklists.values import EvidenceLevel
from recruitwatch.findings.actions import decide_finding, record_reply, serve_evidence
from recruitwatch.findings.tables import finding_steps
from recruitwatch.findings.values import NewDecision, NewStep, StepKind, Workers

SignInFor = Callable[[UUID], Awaitable[Browser]]
TODAY = NOW.date()
SERVED = NewStep(on_date=TODAY, text="By hand to Mr Rahman")
OF_SEVEN = {
    "answer": None, "evidence": None, "note": "", "workers": Workers(failing=3, asked=7),
    "statement": "3 of 7 workers gave a failing answer.", "checklist_id": "predeparture",
    "item_id": "PDI-FEE-01", "question": "Did you pay a fee?",
}  # fmt: skip


@pytest.fixture
async def agent(sign_in_for: SignInFor, agency_id: UUID) -> Browser:
    return await sign_in_for(agency_id)


async def served(session: AsyncSession, officer: Actor, agency_id: UUID, **more: object) -> UUID:
    finding_id = await store_finding(session, officer, agency_id=agency_id, **more)
    await serve_evidence(session, officer, NOW, finding_id=finding_id, step=SERVED)
    await session.commit()
    return finding_id


async def replied(session: AsyncSession, finding_id: UUID) -> list[str]:
    statement = select(finding_steps.c.text).where(
        finding_steps.c.finding_id == finding_id, finding_steps.c.kind == StepKind.REPLIED.value
    )
    return list(await session.scalars(statement))


async def test_the_finding_is_told_without_the_note_and_without_who(
    agent: Browser, session: AsyncSession, officer: Actor, agency_id: UUID
) -> None:
    finding_id = await served(session, officer, agency_id, evidence=EvidenceLevel.E3)
    page = await agent.get(f"/agency/findings/{finding_id}")
    assert "Does the agency charge no fee?" in page.text
    assert "You may reply until the end of 14 July 2026." in page.text
    assert "The notice that was handed to you says it in full." in page.text
    for secret in ("Ledger page 4.", "confirmed by workers", officer.name, "Mr Rahman"):
        assert secret not in page.html


async def test_what_many_workers_said_is_told_without_how_many(
    agent: Browser, session: AsyncSession, officer: Actor, agency_id: UUID
) -> None:
    finding_id = await served(session, officer, agency_id, **OF_SEVEN)
    page = await agent.get(f"/agency/findings/{finding_id}")
    assert "Taken together, the answers of at least five workers" in page.text
    assert "3 of 7" not in page.text
    assert "7 workers" not in page.text


async def test_where_few_workers_spoke_there_is_only_the_finding_in_the_documents(
    agent: Browser, session: AsyncSession, officer: Actor, agency_id: UUID
) -> None:
    visit = uuid4()
    paper = await store_finding(session, officer, agency_id=agency_id, source_id=visit)
    few = {**OF_SEVEN, "workers": Workers(failing=1, asked=2), "borne_out_by": "COV-FEE-01"}
    few |= {"source_id": visit, "statement": "1 of 2 workers gave a failing answer."}
    hidden = await served(session, officer, agency_id, **few)
    listed = await agent.get("/agency/findings")
    assert [one for one in listed.links().values() if "/agency/findings/" in one] == [
        f"/en/agency/findings/{paper}"
    ]
    page = await agent.get(f"/agency/findings/{paper}")
    for shown in (listed, page):
        assert "Did you pay a fee?" not in shown.html
        for words in ("1 of 2", "sked of workers", "answers of at least"):
            assert words not in shown.text
    await agent.get(f"/agency/findings/{hidden}", status=404)
    await agent.post(f"/agency/findings/{paper}/reply", {"reply": "All fees are back."})
    assert await replied(session, hidden) == ["All fees are back."]
    assert await replied(session, paper) == []


async def test_a_reply_reaches_the_ministry_and_may_be_added_to(
    agent: Browser, session: AsyncSession, officer: Actor, agency_id: UUID
) -> None:
    finding_id = await served(session, officer, agency_id)
    address = f"/agency/findings/{finding_id}"
    page = await agent.post(f"{address}/reply", {"reply": ""}, status=422)
    assert page.errors() == {"reply": "Write down what you want to say."}
    page = await agent.follow(await agent.post(f"{address}/reply", {"reply": "See ledger 5."}))
    assert "Your reply was sent to the ministry." in page.text
    assert "See ledger 5." in page.text
    assert "You have replied" in (await agent.get("/agency/findings")).text
    assert "This is the last day for your reply." not in (await agent.get("/agency")).text
    await agent.post(f"{address}/reply", {"reply": "And ledger 6."})
    assert await replied(session, finding_id) == ["See ledger 5.", "And ledger 6."]


async def test_after_the_last_day_a_reply_is_still_taken_and_the_agency_is_told_the_risk(
    agent: Browser, session: AsyncSession, officer: Actor, agency_id: UUID
) -> None:
    day = NOW - timedelta(days=20)
    finding_id = await store_finding(session, officer, agency_id=agency_id, now=day)
    step = NewStep(on_date=day.date(), text="By hand")
    await serve_evidence(session, officer, NOW, finding_id=finding_id, step=step)
    await session.commit()
    page = await agent.get(f"/agency/findings/{finding_id}")
    assert "You may reply until the end of 24 June 2026." in page.text
    assert "That day is over. A reply still reaches the ministry" in page.text
    await agent.post(f"/agency/findings/{finding_id}/reply", {"reply": "We are late."})
    assert await replied(session, finding_id) == ["We are late."]


async def test_what_an_officer_wrote_down_as_a_reply_is_not_read_here(
    agent: Browser, session: AsyncSession, officer: Actor, agency_id: UUID
) -> None:
    finding_id = await served(session, officer, agency_id)
    step = NewStep(on_date=TODAY, text="Nervous on the telephone; ask worker 3 again.")
    await record_reply(session, officer, NOW, finding_id=finding_id, step=step)
    await session.commit()
    page = await agent.get(f"/agency/findings/{finding_id}")
    assert "The ministry wrote down that you replied" in page.text
    assert "worker 3" not in page.html


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (StepKind.CONFIRMED, "Decided: it stands"),
        (StepKind.DISMISSED, "Decided: dismissed"),
    ],
)
async def test_a_decided_finding_takes_no_reply_and_names_nobody(
    agent: Browser,
    session: AsyncSession,
    officer: Actor,
    agency_id: UUID,
    kind: StepKind,
    words: str,
) -> None:
    finding_id = await served(session, officer, agency_id)
    address = f"/agency/findings/{finding_id}"
    await agent.post(f"{address}/reply", {"reply": "See ledger 5."})
    decider = await store_person(session, Role.REGULATOR)
    decision = NewDecision(kind=kind, text="The worker in room 4 was right.")
    await decide_finding(session, decider, NOW, finding_id=finding_id, decision=decision)
    await session.commit()
    page = await agent.get(address)
    assert words in page.text
    assert not [one for one in page.all("textarea") if one.get("name") == "reply"]
    assert "room 4" not in page.html
    assert decider.name not in page.html
    late = await agent.post(f"{address}/reply", {"reply": "Wait."}, status=409)
    assert "decided" in late.text
    assert await replied(session, finding_id) == ["See ledger 5."]


async def test_findings_of_others_and_unserved_ones_answer_like_none(
    agent: Browser, session: AsyncSession, officer: Actor, agency_id: UUID
) -> None:
    other = await store_agency(session, make_record(legal_name="Meghna Ltd"))
    of_other = await served(session, officer, other)
    unserved = await store_finding(session, officer, agency_id=agency_id)
    await session.commit()

    async def answer(finding_id: UUID) -> Page:
        await agent.post(f"/agency/findings/{finding_id}/reply", {"reply": "?"}, status=404)
        return await agent.get(f"/agency/findings/{finding_id}", status=404)

    pages = [await answer(one) for one in (uuid4(), of_other, unserved)]
    assert {page.heading for page in pages} == {"Page not found"}
    assert len({page.text for page in pages}) == 1
    assert await replied(session, of_other) == []
