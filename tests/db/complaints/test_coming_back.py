"""What a worker adds after her case was closed, and that she is in danger now, reach those who work on it."""

from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from conftest import KEY, NOW
from factories.complaint_steps import walk_to
from factories.complaints import (
    CALENDAR,
    DeskMade,
    Filed,
    Officer,
    desk_with_officers,
    file_case,
    store_escrow,
    vault_of,
)
from recruitwatch.complaints.actions import retaining, working
from recruitwatch.complaints.actions.attaching import attach_to_case
from recruitwatch.complaints.actions.codes import code_key
from recruitwatch.complaints.actions.drafting import give_code, start_draft
from recruitwatch.complaints.actions.filing import send
from recruitwatch.complaints.actions.following import (
    enter_code,
    open_visit,
    tell_danger,
    withdraw,
    write_message,
)
from recruitwatch.complaints.actions.judging import close_case, propose_decision
from recruitwatch.complaints.actions.opening import open_case
from recruitwatch.complaints.queries.cases import get_head, get_queue_counts
from recruitwatch.complaints.queries.work import count_messages, insert_opening
from recruitwatch.complaints.values.cases import CaseHead, SecondNeeded, Unread, Visit
from recruitwatch.complaints.values.codes import Urgency
from recruitwatch.complaints.values.filing import SendOutcome, Told
from recruitwatch.complaints.values.judging import (
    NewClassification,
    NewDecision,
    NewUrgency,
    Stage,
)
from recruitwatch.complaints.values.states import Outcome, Responsibility, State
from recruitwatch.keys import Vault

LATER = NOW + timedelta(days=100)
DANGER = Told(danger=True, happened=("FEE-01",))


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return vault_of(tmp_path / "keys", KEY)


@pytest.fixture
async def desk(session: AsyncSession) -> DeskMade:
    await store_escrow(session)
    return await desk_with_officers(session, cleared=2)


async def visit_to(session: AsyncSession, vault: Vault, filed: Filed) -> Visit:
    entered = await enter_code(session, LATER, vault, key=await code_key(KEY, filed.code))
    return await open_visit(session, LATER, vault, token=entered.token or "")


async def add(session: AsyncSession, vault: Vault, folder: Path, visit: Visit, what: str) -> None:
    if what == "message":
        await write_message(
            session, LATER, vault, visit=visit, text="They came again.", calendar=CALENDAR
        )
        return
    held = BytesIO()
    Image.new("RGB", (20, 20), "teal").save(held, "JPEG")
    await attach_to_case(
        session, LATER, vault, folder, visit=visit, content=held.getvalue(), calendar=CALENDAR
    )


async def look(
    session: AsyncSession, officer: Officer, filed: Filed, now: datetime, part: str = "case"
) -> None:
    await insert_opening(
        session, filed.case_id, person_id=officer.actor.id, role="complaints_officer",
        part=part, now=now,
    )  # fmt: skip


async def head_of(session: AsyncSession, desk: DeskMade, filed: Filed) -> CaseHead:
    return await get_head(session, desk.officers[0].actor, filed.case_id)


@pytest.mark.parametrize("what", ["message", "file"])
@pytest.mark.parametrize("closed", [False, True])
async def test_what_she_adds_is_unread_and_opens_a_closed_case_again(
    session: AsyncSession, vault: Vault, desk: DeskMade, tmp_path: Path, what: str, closed: bool
) -> None:
    filed = await file_case(session, vault)
    own = desk.officers[0]
    await walk_to(session, filed.case_id, State.CLOSED if closed else State.TRIAGE, own.actor.id)
    await look(session, own, filed, NOW)
    assert not (await head_of(session, desk, filed)).unread
    await add(session, vault, tmp_path, await visit_to(session, vault, filed), what)
    head = await head_of(session, desk, filed)
    assert head.unread
    assert head.state is (State.REOPENED if closed else State.TRIAGE)
    assert head.closed_at is None
    await look(session, own, filed, LATER)
    assert not (await head_of(session, desk, filed)).unread


async def test_a_case_opened_again_by_her_is_kept_as_long_as_a_new_one(
    session: AsyncSession, vault: Vault, desk: DeskMade, tmp_path: Path
) -> None:
    filed = await file_case(session, vault)
    period = text("select period from complaints")
    first = await session.scalar(period)
    await walk_to(session, filed.case_id, State.CLOSED, desk.officers[0].actor.id)
    visit = await visit_to(session, vault, filed)
    await add(session, vault, tmp_path, visit, "message")
    assert (await session.scalar(period) or "") > (first or "")
    assert (await visit_to(session, vault, filed)).key == visit.key


async def test_what_she_took_back_goes_on_when_she_writes_after_closing(
    session: AsyncSession, vault: Vault, desk: DeskMade, tmp_path: Path
) -> None:
    """She may take it back again, and that somebody pushed her the first time stays known."""
    filed = await file_case(session, vault)
    own = desk.officers[0].actor
    await walk_to(session, filed.case_id, State.CLOSED, own.id)
    await session.execute(
        text("update complaints set withdrawn_at = :at, withdrawn_pressed = true"), {"at": NOW}
    )
    visit = await visit_to(session, vault, filed)
    await add(session, vault, tmp_path, visit, "message")
    assert (await head_of(session, desk, filed)).withdrawn_at is None
    await withdraw(session, LATER, vault, visit=visit, pressed=False, text="", calendar=CALENDAR)
    head = await head_of(session, desk, filed)
    assert head.withdrawn_at == LATER
    assert head.withdrawn_pressed


async def take_back(
    session: AsyncSession, vault: Vault, visit: Visit, *, pressed: bool, reason: str = ""
) -> None:
    await withdraw(
        session, LATER, vault, visit=visit, pressed=pressed, text=reason, calendar=CALENDAR
    )


async def test_that_she_was_pressed_is_kept_after_she_took_it_back_as_her_own_wish(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    """What she adds is a message; the same page sent twice adds nothing."""
    filed = await file_case(session, vault)
    visit = await visit_to(session, vault, filed)
    await take_back(session, vault, visit, pressed=False, reason="I do not want it.")
    assert not (await head_of(session, desk, filed)).withdrawn_pressed
    for _ in range(2):
        await take_back(session, vault, visit, pressed=True, reason="They stood beside me.")
    await take_back(session, vault, visit, pressed=False)
    head = await head_of(session, desk, filed)
    assert (head.state, head.withdrawn_at, head.withdrawn_pressed) == (State.DECIDE, LATER, True)
    assert await count_messages(session, filed.case_id) == 2


@pytest.mark.parametrize("before", [False, True])
async def test_taking_back_a_closed_case_opens_it_again_for_an_officer(
    session: AsyncSession, vault: Vault, desk: DeskMade, before: bool
) -> None:
    filed = await file_case(session, vault)
    await walk_to(session, filed.case_id, State.CLOSED, desk.officers[0].actor.id)
    if before:
        await session.execute(text("update complaints set withdrawn_at = :at"), {"at": NOW})
    visit = await visit_to(session, vault, filed)
    await take_back(session, vault, visit, pressed=True, reason="They stood beside me.")
    head = await head_of(session, desk, filed)
    assert (head.state, head.closed_at) == (State.DECIDE, None)
    assert (head.withdrawn_at, head.withdrawn_pressed, head.unread) == (LATER, True, True)


@pytest.mark.parametrize("what", ["message", "file"])
async def test_nobody_closes_a_case_before_reading_what_she_added(
    session: AsyncSession, vault: Vault, desk: DeskMade, tmp_path: Path, what: str
) -> None:
    """A colleague who read it, and a file that was opened, do not stand for the case."""
    filed = await file_case(session, vault)
    own, other = desk.officers
    await decide(session, vault, own, filed)
    await look(session, own, filed, NOW)
    await add(session, vault, tmp_path, await visit_to(session, vault, filed), what)
    await look(session, other, filed, LATER)
    await look(session, own, filed, LATER, part="copy")
    with pytest.raises(Unread):
        await close(session, vault, own, filed)
    assert (await head_of(session, desk, filed)).closed_at is None
    await look(session, own, filed, LATER)
    await close(session, vault, own, filed)
    assert (await head_of(session, desk, filed)).closed_at == LATER


async def decide(session: AsyncSession, vault: Vault, own: Officer, filed: Filed) -> None:
    keyed = {"case_id": filed.case_id, "private_key": own.pair.private}
    await working.classify_case(
        session, own.actor, NOW, vault, danger=False, calendar=CALENDAR, **keyed,
        new=NewClassification(
            codes=("FEE-01",), main_code="FEE-01", stage=Stage.UNKNOWN, escalators=()
        ),
    )  # fmt: skip
    await walk_to(session, filed.case_id, State.DECIDE, own.actor.id)
    await working.note_contact(session, own.actor, NOW, case_id=filed.case_id, calendar=CALENDAR)
    await propose_decision(
        session, own.actor, NOW, vault, **keyed,
        new=NewDecision(
            outcome=Outcome.SUBSTANTIATED, responsibility=Responsibility.AGENCY, workers=1,
            reasons="The receipt.", told="You were right.",
        ),
    )  # fmt: skip


async def close(session: AsyncSession, vault: Vault, own: Officer, filed: Filed) -> None:
    await close_case(session, own.actor, LATER, vault, case_id=filed.case_id, calendar=CALENDAR)


@pytest.mark.parametrize("state", [State.RECEIVED, State.INVESTIGATE, State.CLOSED])
async def test_in_danger_the_case_is_of_the_first_urgency_within_the_hour(
    session: AsyncSession, vault: Vault, desk: DeskMade, state: State
) -> None:
    filed = await file_case(session, vault)
    own = desk.officers[0].actor
    await walk_to(session, filed.case_id, state, own.id)
    if state is State.INVESTIGATE:
        await working.note_contact(session, own, NOW, case_id=filed.case_id, calendar=CALENDAR)
    visit = await visit_to(session, vault, filed)
    await tell_danger(session, LATER, vault, visit=visit, text="Help", calendar=CALENDAR)
    head = await head_of(session, desk, filed)
    assert (head.urgency, head.safety, head.unread) == (Urgency.S1, True, True)
    assert head.closed_at is None
    assert head.contacted_at is None
    assert LATER < head.contact_due_at <= LATER + timedelta(hours=1)
    assert (await get_queue_counts(session, own, LATER)).not_reached == 1
    await working.note_contact(session, own, LATER, case_id=filed.case_id, calendar=CALENDAR)
    assert (await head_of(session, desk, filed)).contacted_at == LATER


async def test_saying_it_again_gives_nobody_more_time(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    filed = await file_case(session, vault)
    visit = await visit_to(session, vault, filed)
    for at in (NOW, NOW + timedelta(minutes=50)):
        await tell_danger(session, at, vault, visit=visit, text="Help", calendar=CALENDAR)
    assert (await head_of(session, desk, filed)).contact_due_at == NOW + timedelta(hours=1)


async def test_a_lowering_that_waits_is_over_when_she_says_that_she_is_in_danger(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    filed = await file_case(session, vault, told=DANGER)
    one, other = desk.officers
    await working.set_urgency(
        session, one.actor, NOW, vault, case_id=filed.case_id, private_key=one.pair.private,
        new=NewUrgency(urgency=Urgency.S3, reason="She is at home."), calendar=CALENDAR,
    )  # fmt: skip
    visit = await visit_to(session, vault, filed)
    await tell_danger(session, LATER, vault, visit=visit, text="Help", calendar=CALENDAR)
    with pytest.raises(SecondNeeded):
        await working.second_urgency(
            session, other.actor, LATER, case_id=filed.case_id, calendar=CALENDAR
        )
    opened = await open_case(
        session, other.actor, LATER, vault, case_id=filed.case_id, private_key=other.pair.private
    )
    assert opened.lowering is None
    assert opened.head.urgency is Urgency.S1


async def test_a_callers_answers_are_her_own_once_she_comes_with_the_code(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    operator = desk.officers[0].actor
    token = await start_draft(
        session, NOW, vault, language="en", told=Told(happened=("DOC-01",)), operator=operator
    )
    draft = await give_code(session, NOW, vault, token=token)
    code = draft.draft.code or ""
    entered = await enter_code(session, NOW, vault, key=await code_key(KEY, code))
    sent = await send(
        session, NOW, vault, token=entered.token or "", last_digits=code[-4:], calendar=CALENDAR
    )
    assert sent.outcome is SendOutcome.SENT
    assert await session.scalar(text("select channel from complaints")) == "worker"


async def test_numbers_of_pages_and_visits_that_are_over_are_swept_up(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    for table in ("complaint_nonces", "complaint_visits"):
        columns = "hash" if table == "complaint_nonces" else "case_id, secret_sealed, token_hash"
        for end in (NOW - timedelta(seconds=1), NOW + timedelta(hours=1)):
            key = uuid4()
            values = ":h" if table == "complaint_nonces" else ":case, '', :h"
            await session.execute(
                text(f"insert into {table} ({columns}, expires_at) values ({values}, :end)"),
                {"h": key.bytes, "end": end, **({"case": key} if "case" in values else {})},
            )
    await retaining.forget_drafts(session, NOW)
    for table in ("complaint_nonces", "complaint_visits"):
        assert await session.scalar(text(f"select count(*) from {table}")) == 1
