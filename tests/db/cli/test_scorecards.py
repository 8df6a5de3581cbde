"""scorecards issue: the cards of a period by command, stopped and gone on with."""

import asyncio
import os
import pty
import re
import signal
import subprocess
import termios
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from db.cli.conftest import PROGRAM, Ordinary, environment, refusal, run
from factories import agencies as agencies_factory
from factories.accounts import NOW, store_person
from factories.agencies import make_record
from recruitwatch.accounts.values import Role
from recruitwatch.agencies.queries import insert_agencies
from recruitwatch.agencies.rules import record_key
from recruitwatch.scorecards.actions.issuing_all import BATCH
from recruitwatch.scorecards.rules.rounds import period_of

# The command has a clock of its own.
TODAY = datetime.now(UTC).date()
PERIOD = period_of(TODAY)
BEFORE = period_of(PERIOD.first - timedelta(days=1))
AHEAD = period_of(PERIOD.last + timedelta(days=1))
Settings = dict[str, object]


@pytest.fixture
def settings(ordinary: Ordinary, keys: Path) -> Settings:
    return {
        "DATABASE_URL": ordinary.app,
        "RECRUITWATCH_KEYS": keys,
        "DATA": keys.parent / "data",
    }


async def _store(ordinary: Ordinary, size: int) -> list[UUID]:
    """Agencies, a regulator who signs in as `rana` and an inspector who signs in as `ines`."""
    url = make_url(ordinary.app).set(drivername="postgresql+asyncpg")
    engine = create_async_engine(url)
    async with AsyncSession(engine, expire_on_commit=False) as session, session.begin():
        register = await agencies_factory.store_register(session)
        records = [make_record(licence_no=f"RL-{number}") for number in range(size)]
        entries = [(uuid4(), one, record_key(register.numbers, one)) for one in records]
        await insert_agencies(session, entries, NOW)
        await store_person(session, Role.REGULATOR, sign_in_name="rana")
        await store_person(session, Role.INSPECTOR, sign_in_name="ines")
    await engine.dispose()
    return [agency_id for agency_id, _, _ in entries]


def store(ordinary: Ordinary, size: int = 3) -> list[UUID]:
    return asyncio.run(_store(ordinary, size))


def issue(period: str = PERIOD.name, *more: object) -> Sequence[object]:
    return ("scorecards", "issue", "--period", period, "--as", "rana", *(more or ("--all",)))


def issued(ordinary: Ordinary) -> int:
    [row] = ordinary.ask("select count(*) from issued_scorecards")
    return int(row[0])


def test_all_agencies_get_a_card_once(ordinary: Ordinary, settings: Settings) -> None:
    store(ordinary)
    first = run(*issue(), **settings)
    assert first.out.splitlines() == [
        f"{PERIOD.name}: cards issued: 3, agencies unchanged: 0.",
        "  U 3",
    ]
    again = run(*issue(), **settings)
    assert again.out.splitlines() == [f"{PERIOD.name}: cards issued: 0, agencies unchanged: 3."]
    [person] = ordinary.ask(
        "select distinct people.sign_in_name from history_entries "
        "join people on people.id = actor_id where action = 'scorecard_issued'"
    )
    assert person[0] == "rana"


def test_the_day_is_said_while_the_period_is_not_over(
    ordinary: Ordinary, settings: Settings
) -> None:
    store(ordinary, 1)
    said = run(*issue(), **settings)
    if PERIOD.last > TODAY:
        assert f"{PERIOD.name} is not over: the cards are of today" in said.err
    assert "is not over" not in run(*issue(BEFORE.name), **settings).err


def test_cards_of_a_past_period_are_of_its_last_day(ordinary: Ordinary, settings: Settings) -> None:
    store(ordinary, 2)
    assert "cards issued: 2," in run(*issue(BEFORE.name), **settings).out
    days = ordinary.ask("select distinct as_of from issued_scorecards")
    assert [row[0] for row in days] == [BEFORE.last]
    assert "cards issued: 2," in run(*issue(), **settings).out
    reasons = ordinary.ask("select distinct reason from public_cards order by reason")
    assert [row[0] for row in reasons] == ["", f"Issued for the period {PERIOD.name}."]
    late = run(*issue(BEFORE.name), **settings).out
    assert "Agencies that have a card of a later day: 2." in late


def test_one_agency_alone(ordinary: Ordinary, settings: Settings) -> None:
    wanted = store(ordinary)[1]
    assert "cards issued: 1," in run(*issue(PERIOD.name, "--agency", wanted), **settings).out
    [row] = ordinary.ask("select agency_id from issued_scorecards")
    assert row[0] == wanted


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--period", "2026-13", "--as", "rana", "--all"), "write a quarter"),
        (("--period", AHEAD.name, "--as", "rana", "--all"), "has not begun yet"),
        (("--period", PERIOD.name, "--as", "nobody", "--all"), "Nobody signs in as 'nobody'."),
        (("--period", PERIOD.name, "--as", "ines", "--all"), "may not issue scorecards"),
        (("--period", PERIOD.name, "--as", "rana", "--agency", uuid4()), "no such agency"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_issued(
    ordinary: Ordinary, settings: Settings, arguments: Sequence[object], sentence: str
) -> None:
    store(ordinary, 1)
    assert sentence in refusal("scorecards", "issue", *arguments, **settings)
    assert issued(ordinary) == 0


def test_stopped_in_the_middle_it_goes_on_where_it_was(
    ordinary: Ordinary, settings: Settings
) -> None:
    """Ctrl-C at a terminal, where the bar shows how far it is."""
    store(ordinary, 6000)
    main, terminal = pty.openpty()
    termios.tcsetwinsize(terminal, (25, 80))
    with subprocess.Popen(
        [PROGRAM, *map(str, issue())], env=environment(**settings),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=terminal, text=True,
    ) as program:  # fmt: skip
        os.close(terminal)
        said = ""
        while not re.search("[1-9]00/6000", said):
            chunk = _read(main)
            assert chunk, said
            said += chunk
        program.send_signal(signal.SIGINT)
        while chunk := _read(main):
            said += chunk
        out, _ = program.communicate(timeout=120)
    os.close(main)
    done = issued(ordinary)
    assert program.returncode == 130, said
    assert BATCH <= done < 6000
    assert done % BATCH == 0
    assert f"cards issued: {done}," in out
    assert f"Stopped after {done} of 6000 agencies." in said
    rest = run(*issue(), **settings)
    assert f"cards issued: {6000 - done}, agencies unchanged: {done}." in rest.out
    assert "agencies/s" not in rest.err
    assert issued(ordinary) == 6000


def _read(terminal: int) -> str:
    """What was said there since; an error is the end of a terminal whose program ended."""
    try:
        return os.read(terminal, 4096).decode()
    except OSError:
        return ""
