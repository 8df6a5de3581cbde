"""From the first word to the receipt: one case, held by those who may, and by nobody else."""

import re
from datetime import timedelta
from hashlib import md5
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from conftest import KEY, NOW
from factories.complaints import (
    CALENDAR,
    TOLD,
    DeskMade,
    desk_with_officers,
    file_case,
    store_escrow,
    vault_of,
)
from recruitwatch.complaints.actions.codes import code_key
from recruitwatch.complaints.actions.drafting import (
    delete_draft,
    give_code,
    open_draft,
    start_draft,
)
from recruitwatch.complaints.actions.filing import send
from recruitwatch.complaints.actions.following import (
    enter_code,
    get_own_case,
    open_visit,
    withdraw,
    write_message,
)
from recruitwatch.complaints.actions.opening import open_case
from recruitwatch.complaints.queries.cases import count_queue, list_queue
from recruitwatch.complaints.values.cases import CaseUnknown, Entry
from recruitwatch.complaints.values.codes import Compartment, Urgency
from recruitwatch.complaints.values.filing import DraftGone, HiddenFromAll, NobodyThere, SendOutcome
from recruitwatch.complaints.values.queue import QueueFilter
from recruitwatch.complaints.values.states import State
from recruitwatch.keys import Vault


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return vault_of(tmp_path, KEY)


@pytest.fixture
async def desk(session: AsyncSession) -> DeskMade:
    await store_escrow(session)
    return await desk_with_officers(session, cleared=1, uncleared=1)


async def test_what_cards_call_a_case_is_made_by_chance(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    """It follows from nothing that history tells, and history does not tell it."""
    for _ in range(3):
        await file_case(session, vault)
    rows = (await session.execute(text("select id, reference, card_mark from complaints"))).all()
    assert len({mark for _, _, mark in rows}) == 3
    told = await session.scalar(text("select string_agg(e::text, ' ') from history_entries e"))
    for case_id, reference, mark in rows:
        assert re.fullmatch("[23456789BCDFGHJKLMNPQRSTVWXZ]{8}", mark)
        assert reference not in mark
        assert mark != md5(f"card{case_id}".encode(), usedforsecurity=False).hexdigest()[:8].upper()
        assert str(case_id) in told
        assert mark not in told


async def number_of_cases(session: AsyncSession) -> int:
    return await session.scalar(text("select count(*) from complaints")) or 0


async def test_an_officer_of_the_desk_reads_what_she_told(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    filed = await file_case(session, vault)
    for officer in desk.officers:
        opened = await open_case(
            session, officer.actor, NOW, vault, case_id=filed.case_id,
            private_key=officer.pair.private,
        )  # fmt: skip
        assert opened.told == TOLD
        assert opened.head.state is State.RECEIVED
        assert opened.head.urgency is Urgency.S3


async def test_sending_again_gives_the_same_code_and_no_second_case(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    filed = await file_case(session, vault)
    again = await send(
        session, NOW, vault, token=filed.token, last_digits=filed.code[-4:], calendar=CALENDAR
    )
    assert again.outcome is SendOutcome.SENT
    assert again.receipt
    assert again.receipt.code == filed.code
    assert await number_of_cases(session) == 1


async def test_wrong_digits_send_nothing(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    token = await start_draft(session, NOW, vault, language="bn", told=TOLD)
    code = (await give_code(session, NOW, vault, token=token)).draft.code or ""
    wrong = f"{(int(code[-4:]) + 1) % 10_000:04d}"
    sent = await send(session, NOW, vault, token=token, last_digits=wrong, calendar=CALENDAR)
    assert sent.outcome is SendOutcome.WRONG_DIGITS
    assert await number_of_cases(session) == 0
    in_bangla = code[-4:].translate({48 + n: 0x9E6 + n for n in range(10)})
    sent = await send(session, NOW, vault, token=token, last_digits=in_bangla, calendar=CALENDAR)
    assert sent.outcome is SendOutcome.SENT


async def test_the_code_is_the_same_every_time_it_is_shown(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    token = await start_draft(session, NOW, vault, language="en", told=TOLD)
    codes = {(await give_code(session, NOW, vault, token=token)).draft.code for _ in range(3)}
    assert len(codes) == 1
    assert len(codes.pop() or "") == 16


async def test_a_draft_goes_on_by_its_code_and_its_old_page_is_worth_nothing(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    old = await start_draft(session, NOW, vault, language="en", told=TOLD)
    code = (await give_code(session, NOW, vault, token=old)).draft.code or ""
    entered = await enter_code(session, NOW, vault, key=await code_key(KEY, code))
    assert entered.entry is Entry.DRAFT
    draft = await open_draft(session, NOW, vault, token=entered.token or "")
    assert draft.draft.told == TOLD
    with pytest.raises(DraftGone):
        await open_draft(session, NOW, vault, token=old)


async def test_a_draft_ends_after_fourteen_days_and_when_she_deletes_it(
    session: AsyncSession, vault: Vault
) -> None:
    token = await start_draft(session, NOW, vault, language="en", told=TOLD)
    with pytest.raises(DraftGone):
        await open_draft(session, NOW + timedelta(days=14), vault, token=token)
    draft = await open_draft(session, NOW + timedelta(days=13), vault, token=token)
    await delete_draft(session, draft=draft)
    with pytest.raises(DraftGone):
        await open_draft(session, NOW, vault, token=token)


async def test_without_a_desk_the_draft_stays(session: AsyncSession, vault: Vault) -> None:
    await store_escrow(session)
    token = await start_draft(session, NOW, vault, language="en", told=TOLD)
    code = (await give_code(session, NOW, vault, token=token)).draft.code or ""
    with pytest.raises(NobodyThere):
        await send(session, NOW, vault, token=token, last_digits=code[-4:], calendar=CALENDAR)
    assert (await open_draft(session, NOW, vault, token=token)).draft.told == TOLD


async def test_hidden_from_everybody_it_says_so_and_the_draft_stays(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    told = replace(TOLD, hide_offices=(str(desk.office_id),))
    token = await start_draft(session, NOW, vault, language="en", told=told)
    code = (await give_code(session, NOW, vault, token=token)).draft.code or ""
    with pytest.raises(HiddenFromAll):
        await send(session, NOW, vault, token=token, last_digits=code[-4:], calendar=CALENDAR)
    assert await number_of_cases(session) == 0
    assert (await open_draft(session, NOW, vault, token=token)).draft.told == told


async def test_what_an_operator_wrote_is_sent_by_that_operator_alone(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    operator, other = desk.officers[0].actor, desk.officers[1].actor
    token = await start_draft(session, NOW, vault, language="en", told=TOLD, operator=operator)
    code = (await give_code(session, NOW, vault, token=token)).draft.code or ""
    for stranger in (None, other):
        with pytest.raises(DraftGone):
            await send(
                session, NOW, vault, token=token, last_digits=code[-4:], calendar=CALENDAR,
                operator=stranger,
            )  # fmt: skip
    sent = await send(
        session,
        NOW,
        vault,
        token=token,
        last_digits=code[-4:],
        calendar=CALENDAR,
        operator=operator,
    )
    assert sent.outcome is SendOutcome.SENT


async def test_violence_is_held_by_cleared_officers_only(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    filed = await file_case(session, vault, told=replace(TOLD, happened=("VIO-02",)))
    cleared, uncleared = desk.officers
    opened = await open_case(
        session, cleared.actor, NOW, vault, case_id=filed.case_id, private_key=cleared.pair.private
    )
    assert opened.head.compartment is Compartment.PROTECTED
    assert opened.head.urgency is Urgency.S1
    with pytest.raises(CaseUnknown):
        await open_case(
            session, uncleared.actor, NOW, vault, case_id=filed.case_id,
            private_key=uncleared.pair.private,
        )  # fmt: skip
    assert await list_queue(session, uncleared.actor, QueueFilter(), NOW, limit=9) == []
    assert await count_queue(session, uncleared.actor, QueueFilter(), NOW) == 0


async def test_a_complaint_about_an_official_is_seen_by_oversight_only(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    oversight = await desk_with_officers(session, oversight=True)
    filed = await file_case(session, vault, told=replace(TOLD, happened=("FEE-01", "OFF-01")))
    watcher = oversight.officers[0]
    opened = await open_case(
        session, watcher.actor, NOW, vault, case_id=filed.case_id, private_key=watcher.pair.private
    )
    assert opened.head.compartment is Compartment.OVERSIGHT
    for officer in desk.officers:
        assert await count_queue(session, officer.actor, QueueFilter(), NOW) == 0


async def test_an_office_she_hides_it_from_holds_no_key(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    other = await desk_with_officers(session)
    filed = await file_case(session, vault, told=replace(TOLD, hide_offices=(str(desk.office_id),)))
    own = other.officers[0]
    assert await open_case(
        session, own.actor, NOW, vault, case_id=filed.case_id, private_key=own.pair.private
    )
    for officer in desk.officers:
        assert await count_queue(session, officer.actor, QueueFilter(), NOW) == 0


async def test_a_person_she_names_holds_no_key(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    hidden, other = desk.officers
    word = hidden.actor.name.split()[-1]
    filed = await file_case(session, vault, told=replace(TOLD, hide_person=f"madam {word}"))
    assert await count_queue(session, hidden.actor, QueueFilter(), NOW) == 0
    assert await open_case(
        session, other.actor, NOW, vault, case_id=filed.case_id, private_key=other.pair.private
    )


@pytest.mark.parametrize("escalator", ["under_18", "locked_in", "afraid_for_life", "self_harm"])
async def test_a_child_or_somebody_locked_in_is_read_by_few_whatever_else_was_ticked(
    session: AsyncSession, vault: Vault, desk: DeskMade, escalator: str
) -> None:
    await file_case(session, vault, told=replace(TOLD, escalators=(escalator,)))
    cleared, uncleared = desk.officers
    queue = await list_queue(session, cleared.actor, QueueFilter(), NOW, limit=9)
    assert [one.compartment for one in queue] == [Compartment.PROTECTED]
    assert await count_queue(session, uncleared.actor, QueueFilter(), NOW) == 0


async def test_whose_account_is_closed_is_hidden_from_all_the_same(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    """It may be opened again, and the name was not there to be compared then."""
    hidden, other = desk.officers
    await session.execute(
        text("update people set disabled_at = :at where id = :id"),
        {"at": NOW, "id": hidden.actor.id},
    )
    word = hidden.actor.name.split()[-1]
    filed = await file_case(session, vault, told=replace(TOLD, hide_person=word))
    rows = await session.execute(text("select case_id, person_id from case_exclusions"))
    assert [tuple(row) for row in rows] == [(filed.case_id, hidden.actor.id)]
    assert await count_queue(session, other.actor, QueueFilter(), NOW) == 1


async def test_a_desk_that_nobody_confirmed_takes_nothing(
    session: AsyncSession, vault: Vault
) -> None:
    await store_escrow(session)
    await desk_with_officers(session, confirmed=False)
    token = await start_draft(session, NOW, vault, language="en", told=TOLD)
    code = (await give_code(session, NOW, vault, token=token)).draft.code or ""
    with pytest.raises(NobodyThere):
        await send(session, NOW, vault, token=token, last_digits=code[-4:], calendar=CALENDAR)


async def test_with_her_code_she_sees_writes_and_withdraws(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    filed = await file_case(session, vault)
    officer = desk.officers[0]
    entered = await enter_code(session, NOW, vault, key=await code_key(KEY, filed.code))
    assert entered.entry is Entry.CASE
    visit = await open_visit(session, NOW, vault, token=entered.token or "")
    await write_message(
        session, NOW, vault, visit=visit, text="My cousin was there too.", calendar=CALENDAR
    )
    opened = await open_case(
        session, officer.actor, NOW, vault, case_id=filed.case_id, private_key=officer.pair.private
    )
    assert [one.text for one in opened.messages] == ["My cousin was there too."]
    await withdraw(session, NOW, vault, visit=visit, pressed=True, text="", calendar=CALENDAR)
    own = await get_own_case(session, visit=visit)
    assert own.state is State.DECIDE
    assert own.closed_at is None
    assert [one.role for one in own.openings] == ["complaints_officer"]


async def test_a_wrong_code_is_refused_and_counted(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    entered = await enter_code(session, NOW, vault, key=await code_key(KEY, "1234123412341234"))
    assert entered.entry is Entry.REFUSED
    assert await session.scalar(text("select count(*) from complaint_code_tries")) == 1
