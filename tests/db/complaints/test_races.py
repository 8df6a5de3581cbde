"""A hundred people at once on bad lines: nothing acknowledged is lost, nothing is there twice.

The whole application works on a database with real commits. A request is cut in one of three ways, at a
random moment: the work itself dies, the answer never arrives although the work is done, or the
database ends the connection. Whoever was cut presses the same button again.
"""

import asyncio
import random
import re
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from uuid import UUID

import asyncpg
import httpx
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncSession

from conftest import KEY, NOW
from factories.accounts import store_person
from factories.complaints import (
    CALENDAR,
    TOLD,
    DeskMade,
    desk_with_officers,
    store_escrow,
    vault_of,
)
from recruitwatch.accounts.actions.people import disable_person
from recruitwatch.accounts.values import Role
from recruitwatch.actor import Actor
from recruitwatch.app import as_served, create_app
from recruitwatch.complaints.actions.codes import code_key
from recruitwatch.complaints.actions.drafting import give_code, open_draft, start_draft
from recruitwatch.complaints.actions.filing import Sent, send
from recruitwatch.complaints.actions.following import enter_code, open_visit
from recruitwatch.complaints.actions.holding import leave_desk
from recruitwatch.complaints.actions.opening import open_case
from recruitwatch.complaints.queries.cases import list_queue
from recruitwatch.complaints.values.cases import Entry
from recruitwatch.complaints.values.filing import NobodyThere, SendOutcome
from recruitwatch.complaints.values.queue import QueueFilter
from recruitwatch.db.embedded import Cluster
from recruitwatch.db.engine import make_engine, session_opener
from recruitwatch.keys import Vault
from recruitwatch.settings import Settings

pytestmark = pytest.mark.committed

PEOPLE = 100
WHO_STOP = 10
"""So many get their code and never send."""
CUT = 0.3
MOST_CUTS = 3
TOKEN = re.compile(r'name="t" value="([^"]+)"')
CODE = re.compile(r'<p class="code">(.*?)</p>')

Open = Callable[[], AsyncSession]


@pytest.fixture
async def open_session(postgres: Cluster, fresh_database: str) -> AsyncIterator[Open]:
    engine = make_engine(postgres.app_url(fresh_database), connections=10)
    yield session_opener(engine)  # type: ignore[misc]
    await engine.dispose()


@pytest.fixture
def vault(settings: Settings) -> Vault:
    return vault_of(settings.keys, KEY)


@pytest.fixture
async def desk(open_session: Open) -> DeskMade:
    async with open_session() as session, session.begin():
        await store_escrow(session)
        return await desk_with_officers(session, cleared=2)


class Line:
    """A bad line to the application: it cuts some requests, and nobody learns what became of them."""

    def __init__(self, client: httpx.AsyncClient, chance: random.Random) -> None:
        self.client, self.chance = client, chance
        self.cuts: Counter[str] = Counter()
        self.unanswered: set[asyncio.Task[httpx.Response]] = set()

    async def post(self, address: str, **said: str) -> httpx.Response:
        """Until an answer comes."""
        cuts_left = MOST_CUTS
        while True:
            task = asyncio.create_task(self.client.post(f"/en{address}", data=said))
            if cuts_left and self.chance.random() < CUT:
                cuts_left -= 1
                await self._cut(task)
                continue
            response = await task
            if response.status_code >= 500:
                self.cuts["the server failed"] += 1
                continue
            return response

    async def _cut(self, task: asyncio.Task[httpx.Response]) -> None:
        await asyncio.sleep(self.chance.random() ** 2 * 0.3)
        if self.chance.random() < 0.5:
            self.cuts["the work died"] += not task.done()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        else:
            self.cuts["the answer was lost"] += 1
            self.unanswered.add(task)


class Person:
    """Somebody who files, with nothing but what pages showed."""

    def __init__(self, number: int, line: Line) -> None:
        self.line = line
        self.said = f"They took {number} thousand from me."
        self.danger = number % 2 == 0

    async def get_code(self) -> tuple[str, str]:
        """The token in the page and the code on it."""
        begun = await self.line.post("/help/start", **({"danger": "on"} if self.danger else {}))
        token = found(TOKEN, begun)
        page = await self.line.post(
            "/help/step", t=token, at="happened", happened_said=self.said, go="finish"
        )
        if not self.danger:
            page = await self.line.post("/help/step", t=token, at="check", go="next")
        return token, code_on(page)

    async def file(self) -> tuple[str, str]:
        """The code she wrote down before sending, and the one on the receipt."""
        token, code = await self.get_code()
        receipt = await self.line.post("/help/send", t=token, last=code[-4:])
        assert "It is sent" in receipt.text
        return code, code_on(receipt)


def found(pattern: re.Pattern[str], page: httpx.Response) -> str:
    match = pattern.search(page.text)
    assert page.status_code == 200, page.text[-800:]
    assert match, page.text[-800:]
    return match[1]


def code_on(page: httpx.Response) -> str:
    return re.sub(r"<[^>]*>|\s", "", found(CODE, page))


@asynccontextmanager
async def connections_ending(server: Cluster, database: str) -> AsyncIterator[Counter[str]]:
    """While this lasts, the database ends one of its connections every now and then."""
    url = make_url(server.superuser_url()).set(drivername="postgresql")
    own = await asyncpg.connect(url.render_as_string(hide_password=False))
    ended: Counter[str] = Counter()

    async def end() -> None:
        while True:
            await asyncio.sleep(0.15)
            ended["connections"] += await own.fetchval(
                "select count(pg_terminate_backend(pid)) from (select pid from pg_stat_activity"
                " where datname = $1 and state <> 'idle' order by random() limit 1) one",
                database,
            )

    task = asyncio.create_task(end())
    try:
        yield ended
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await own.close()


async def opened_by(open_session: Open, vault: Vault, code: str) -> tuple[Entry, UUID | None]:
    """What the code leads to; of a case, which one."""
    key = await code_key(KEY, code)
    async with open_session() as session, session.begin():
        entered = await enter_code(session, NOW, vault, key=key)
        if entered.entry is not Entry.CASE:
            return entered.entry, None
        visit = await open_visit(session, NOW, vault, token=entered.token or "")
        return entered.entry, visit.case_id


async def test_a_hundred_people_file_at_once_on_bad_lines(
    postgres: Cluster,
    fresh_database: str,
    open_session: Open,
    settings: Settings,
    vault: Vault,
    desk: DeskMade,
    clock: Callable[[], datetime],
) -> None:
    app = as_served(create_app(settings, KEY, open_session, clock=clock), https=False)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://r.test") as client:
        line = Line(client, random.Random(2026_11))
        people = [Person(number, line) for number in range(PEOPLE + WHO_STOP)]
        async with connections_ending(postgres, fresh_database) as ended:
            receipts, stopped = await asyncio.gather(
                asyncio.gather(*(one.file() for one in people[:PEOPLE])),
                asyncio.gather(*(one.get_code() for one in people[PEOPLE:])),
            )
        await asyncio.gather(*line.unanswered, return_exceptions=True)
    assert min(line.cuts["the work died"], line.cuts["the answer was lost"]) > PEOPLE / 4
    assert ended["connections"] > 5
    assert all(before == after for before, after in receipts), "another code than she wrote down"

    entries = await asyncio.gather(*(opened_by(open_session, vault, code) for code, _ in receipts))
    assert {entry for entry, _ in entries} == {Entry.CASE}
    assert len({case_id for _, case_id in entries}) == PEOPLE
    async with open_session() as session:
        assert await session.scalar(text("select count(*) from complaints")) == PEOPLE
        assert await session.scalar(text("select count(*) from case_keys")) == PEOPLE * 2
        filed = "select count(*) from history_entries where action = 'complaint_filed'"
        assert await session.scalar(text(filed)) == PEOPLE
    await told_by_all(open_session, vault, desk, {one.said for one in people[:PEOPLE]})
    for token, code in stopped:
        async with open_session() as session, session.begin():
            sent = await send(
                session, NOW, vault, token=token, last_digits=code[-4:], calendar=CALENDAR
            )
        assert sent.outcome is SendOutcome.SENT
        assert (await opened_by(open_session, vault, code))[0] is Entry.CASE


async def told_by_all(open_session: Open, vault: Vault, desk: DeskMade, said: set[str]) -> None:
    """The officers read what each of them told, once."""
    officer = desk.officers[0]
    read: Counter[str] = Counter()
    async with open_session() as session, session.begin():
        for head in await list_queue(session, officer.actor, QueueFilter(), NOW, limit=999):
            case = await open_case(
                session, officer.actor, NOW, vault, case_id=head.id,
                private_key=officer.pair.private,
            )  # fmt: skip
            read[case.told.happened_said] += 1
    assert read == Counter(said)


async def with_code(open_session: Open, vault: Vault) -> tuple[str, str]:
    async with open_session() as session, session.begin():
        token = await start_draft(session, NOW, vault, language="en", told=TOLD)
        draft = await give_code(session, NOW, vault, token=token)
    return token, draft.draft.code or ""


async def send_once(open_session: Open, vault: Vault, token: str, code: str) -> Sent:
    async with open_session() as session, session.begin():
        return await send(
            session, NOW, vault, token=token, last_digits=code[-4:], calendar=CALENDAR
        )


async def count_cases(open_session: Open) -> int:
    async with open_session() as session:
        return await session.scalar(text("select count(*) from complaints")) or 0


async def test_one_page_sent_many_times_at_the_same_instant_makes_one_case(
    open_session: Open, vault: Vault, desk: DeskMade
) -> None:
    token, code = await with_code(open_session, vault)
    answers = await asyncio.gather(*(send_once(open_session, vault, token, code) for _ in range(8)))
    assert {one.outcome for one in answers} == {SendOutcome.SENT}
    assert {one.receipt.code for one in answers if one.receipt} == {code}
    assert await count_cases(open_session) == 1


async def test_a_code_asked_for_many_times_at_once_is_one(
    open_session: Open, vault: Vault, desk: DeskMade
) -> None:
    async with open_session() as session, session.begin():
        token = await start_draft(session, NOW, vault, language="en", told=TOLD)

    async def ask() -> str | None:
        async with open_session() as session, session.begin():
            return (await give_code(session, NOW, vault, token=token)).draft.code

    codes = set(await asyncio.gather(*(ask() for _ in range(8))))
    assert len(codes) == 1
    assert (await opened_by(open_session, vault, codes.pop() or ""))[0] is Entry.DRAFT


async def test_a_code_typed_on_another_phone_while_the_page_is_sent_loses_nothing(
    open_session: Open, vault: Vault, desk: DeskMade
) -> None:
    """Either the case is there, or the draft goes on under the code; never neither, never both."""
    for _ in range(6):
        before = await count_cases(open_session)
        token, code = await with_code(open_session, vault)
        await asyncio.gather(
            send_once(open_session, vault, token, code),
            opened_by(open_session, vault, code),
            return_exceptions=True,
        )
        entry, case_id = await opened_by(open_session, vault, code)
        assert (case_id is not None) == (await count_cases(open_session) == before + 1)
        assert entry in (Entry.CASE, Entry.DRAFT)


async def leave(open_session: Open, desk: DeskMade, _: Actor) -> None:
    async with open_session() as session, session.begin():
        await leave_desk(session, desk.officers[0].actor, NOW, desk_id=desk.desk_id)


async def disable(open_session: Open, desk: DeskMade, administrator: Actor) -> None:
    async with open_session() as session, session.begin():
        await disable_person(session, administrator, NOW, person_id=desk.officers[0].actor.id)


@pytest.mark.parametrize("go", [leave, disable])
async def test_an_officer_who_goes_while_others_send_holds_nothing_and_stops_nobody(
    open_session: Open,
    vault: Vault,
    desk: DeskMade,
    go: Callable[[Open, DeskMade, Actor], Awaitable[None]],
) -> None:
    async with open_session() as session, session.begin():
        administrator = await store_person(session, Role.ADMINISTRATOR)
    drafts = [await with_code(open_session, vault) for _ in range(12)]

    async def go_meanwhile() -> None:
        await asyncio.sleep(0.02)
        await go(open_session, desk, administrator)

    answers, _ = await asyncio.gather(
        asyncio.gather(*(send_once(open_session, vault, *one) for one in drafts)), go_meanwhile()
    )
    assert {one.outcome for one in answers} == {SendOutcome.SENT}
    assert await count_cases(open_session) == len(drafts)
    async with open_session() as session:
        gone, stays = (one.actor for one in desk.officers)
        rows = await session.execute(
            text(
                "select person_id, count(*) from case_keys"
                " join person_keys on person_keys.id = key_id group by 1"
            )
        )
        assert {row[0]: row[1] for row in rows} == {stays.id: len(drafts)}
        assert await list_queue(session, gone, QueueFilter(), NOW, limit=99) == []


async def test_where_the_only_officer_is_disabled_the_draft_stays(
    open_session: Open, vault: Vault
) -> None:
    """Send either reached her desk in time, or says that nobody is there; then the draft is still whole."""
    async with open_session() as session, session.begin():
        await store_escrow(session)
        desk = await desk_with_officers(session, cleared=1)
        administrator = await store_person(session, Role.ADMINISTRATOR)
    drafts = [await with_code(open_session, vault) for _ in range(8)]
    results = await asyncio.gather(
        *(send_once(open_session, vault, *one) for one in drafts[:4]),
        disable(open_session, desk, administrator),
        *(send_once(open_session, vault, *one) for one in drafts[4:]),
        return_exceptions=True,
    )
    answers = [one for place, one in enumerate(results) if place != 4]
    sent = [one for one in answers if isinstance(one, Sent)]
    assert results[4] is None
    assert await count_cases(open_session) == len(sent)
    for (token, code), answer in zip(drafts, answers, strict=True):
        if isinstance(answer, Sent):
            continue
        assert isinstance(answer, NobodyThere), answer
        async with open_session() as session, session.begin():
            draft = await open_draft(session, NOW, vault, token=token)
        assert (draft.sent, draft.draft.told, draft.draft.code) == (False, TOLD, code)
