"""kill -9 of the application and of PostgreSQL while inspectors hand in: what was acknowledged is
there afterwards, once, and a device that asks again gets the same receipt."""

import asyncio
import os
import random
import signal
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from uuid import UUID, uuid4

import httpx
import msgspec
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from db.cli.conftest import Installation, NewServing, Serving, none_left
from db.embedded.conftest import ask, ends
from factories import accounts, agencies, audits
from recruitwatch.accounts import queries as accounts_queries
from recruitwatch.accounts.actions.secrets import new_token, token_hash
from recruitwatch.accounts.guards import COOKIE
from recruitwatch.accounts.rules import sign_in_ends
from recruitwatch.accounts.values import Role
from recruitwatch.audits.actions.drafting import save_answers, start_audit
from recruitwatch.audits.values import Changes
from recruitwatch.db.embedded import cluster
from recruitwatch.history.values import Action

AUDITS = 100
CLIENTS = 6
KILLS = (("app", "database"), ("database", "app"), ("app", "database"), ("database",))
SEED = 20260630


class HandIn(msgspec.Struct, frozen=True, kw_only=True):
    """One audit to hand in, under a name the device chose."""

    audit_id: UUID
    submission_id: UUID
    sha256: str

    @property
    def receipt(self) -> str:
        return f"/en/audits/{self.audit_id}/receipts/{self.submission_id}"


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    token: str
    hand_ins: list[HandIn]


async def prepare(url: str) -> Prepared:
    """An inspector who is signed in and has visited many agencies."""
    engine = create_async_engine(url)
    async with AsyncSession(engine, expire_on_commit=False) as session, session.begin():
        made = await _prepare(session)
    await engine.dispose()
    return made


async def _prepare(session: AsyncSession) -> Prepared:
    now = datetime.now(UTC)
    inspector = await accounts.store_person(session, Role.INSPECTOR)
    token = new_token()
    await accounts_queries.insert_sign_in(
        session, token_hash=token_hash(token), person_id=inspector.id, now=now,
        expires_at=sign_in_ends(now, now),
    )  # fmt: skip
    hand_ins = []
    for _ in range(AUDITS):
        agency_id = await agencies.store_agency(session)
        new = audits.make_new_audit(agency_id, visited_on=now.date())
        await start_audit(session, inspector, now, new=new)
        await save_answers(
            session, inspector, now, audit_id=new.id, checklist_id="covenant",
            changes=Changes(answers=(audits.make_answer("COV-LAW-01"),)),
        )  # fmt: skip
        sha256 = await audits.document_sha256(session, new.id)
        hand_ins.append(HandIn(audit_id=new.id, submission_id=uuid4(), sha256=sha256))
    return Prepared(token=token, hand_ins=hand_ins)


class Devices:
    """Many inspectors' devices that hand in at once, and ask again until they get an answer."""

    def __init__(self, address: str, prepared: Prepared) -> None:
        self.chance = random.Random(SEED)
        self.waiting = list(prepared.hand_ins)
        self.acknowledged: list[HandIn] = []
        self.unanswered = 0
        self.client = httpx.AsyncClient(
            base_url=address, cookies={COOKIE: prepared.token}, timeout=20
        )

    async def hand_in_all(self) -> None:
        await self._patiently(lambda: self.client.get("/en/sign-in"))
        async with asyncio.TaskGroup() as devices:
            for _ in range(CLIENTS):
                devices.create_task(self._device())

    async def _device(self) -> None:
        while self.waiting:
            one = self.waiting.pop()
            # An impatient tap: the same form is sent twice at the same time.
            taps = self.chance.choice((1, 1, 2))
            for answer in await asyncio.gather(*(self.post(one) for _ in range(taps))):
                assert answer.partition("?")[0] == one.receipt
            self.acknowledged.append(one)
            if self.chance.random() < 0.3:
                again = self.chance.choice(self.acknowledged)
                assert await self.post(again) == f"{again.receipt}?already=true"

    async def post(self, one: HandIn) -> str:
        """The address of the receipt."""
        form = {
            "_csrf_token": self.client.cookies["rw_form"],
            "submission_id": str(one.submission_id),
            "sha256": one.sha256,
        }
        answer = await self._patiently(
            lambda: self.client.post(f"/en/audits/{one.audit_id}/submit", data=form)
        )
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    async def _patiently(self, ask_once: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response:
        while True:
            try:
                answer = await ask_once()
                if answer.status_code < 500:
                    return answer
            except httpx.TransportError:
                pass
            self.unanswered += 1
            await asyncio.sleep(0.1)


async def kill_now_and_then(
    devices: Devices, place: Installation, start: Callable[[], Serving], server: Serving
) -> Serving:
    """Kills at moments that depend on the seed and on how far the devices are."""
    chance = random.Random(SEED)
    for number, victims in enumerate(KILLS, start=1):
        enough = AUDITS * number // (len(KILLS) + 1)
        while len(devices.acknowledged) < enough:  # noqa: ASYNC110 (progress is the clock here)
            await asyncio.sleep(0.005)
        await asyncio.sleep(chance.random() * 0.05)
        for victim in victims:
            pid = server.program.pid if victim == "app" else place.postmaster()
            assert pid is not None
            os.kill(pid, signal.SIGKILL)
        if "app" in victims:
            await asyncio.to_thread(server.program.wait)
            server = await asyncio.to_thread(start)
    return server


def test_what_was_acknowledged_outlives_kill_9(
    installation: Installation, serving: NewServing
) -> None:
    with cluster(installation.postgres, tied=True) as own:
        prepared = asyncio.run(prepare(own.app_url()))
    first = serving(DATA=installation.data).wait_ready()

    def start() -> Serving:
        return serving(DATA=installation.data, port=first.port)

    async def storm() -> tuple[Devices, Serving]:
        devices = Devices(first.address, prepared)
        async with asyncio.timeout(150), devices.client, asyncio.TaskGroup() as both:
            handing_in = both.create_task(devices.hand_in_all())
            killing = both.create_task(kill_now_and_then(devices, installation, start, first))
            await handing_in
        return devices, killing.result()

    devices, last = asyncio.run(storm())
    assert devices.unanswered > 0, "nobody noticed that anything was killed"
    assert sorted(map(str, devices.acknowledged)) == sorted(map(str, prepared.hand_ins))
    last.wait_ready()
    with cluster(installation.postgres, tied=True) as own:
        url = own.owner_url()
        stored = ask(url, "select audit_id, id, sha256 from audit_submissions")
        lines = ask(
            url,
            "select subject_id, details->>'submission_id', count(*) from history_entries"
            f" where action = '{Action.AUDIT_SUBMITTED}' group by 1, 2",
        )
        drafts = ask(url, "select count(*) from audits where state <> 'submitted'")
    expected = {(one.audit_id, one.submission_id, one.sha256) for one in prepared.hand_ins}
    assert len(stored) == AUDITS
    assert {tuple(row) for row in stored} == expected
    assert sorted(map(tuple, lines)) == sorted(
        (str(one.audit_id), str(one.submission_id), 1) for one in prepared.hand_ins
    )
    assert drafts == [(0,)]
    assert last.stop() == 0
    assert none_left(installation.data)
    assert ends(last.program.pid)
