"""After a thousand filings nothing a worker said is readable in the database, in files, keys or logs.

Fifty strings are planted in everything she and her officers can write, and in what hides in photos. A
thousand people file; some over the served program, through a proxy that tells their addresses. Then all
that is stored is searched, in every spelling that a careless line of code could have left.
"""

import asyncio
import base64
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import asyncpg
import httpx
import pytest
from PIL import Image
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from conftest import KEY, NOW, ROOT
from factories.agencies import store_agency
from factories.complaint_steps import walk_to
from factories.complaints import (
    CALENDAR,
    DeskMade,
    Officer,
    desk_with_officers,
    store_escrow,
    vault_of,
)
from recruitwatch.complaints.actions import attaching, following, judging, offering, working
from recruitwatch.complaints.actions.codes import code_key
from recruitwatch.complaints.actions.drafting import give_code, open_draft, start_draft
from recruitwatch.complaints.actions.filing import send
from recruitwatch.complaints.actions.opening import open_case
from recruitwatch.complaints.values.codes import Urgency
from recruitwatch.complaints.values.filing import SendOutcome, Told
from recruitwatch.complaints.values.judging import (
    Basis,
    Judgement,
    NewClassification,
    NewDecision,
    NewLink,
    NewUrgency,
    Stage,
    Target,
)
from recruitwatch.complaints.values.states import Outcome, Responsibility, State
from recruitwatch.db.embedded import Cluster
from recruitwatch.db.engine import OpenSession, make_engine, session_opener
from recruitwatch.keys import Vault

pytestmark = pytest.mark.committed

PROGRAM = "from recruitwatch.cli import main; raise SystemExit(main())"
FILINGS = 1000
SERVED = 12
WORKED_ON = 30
AT_ONCE = 8
PLANTED = [
    word.format(f"{number:02d}")
    for number, word in enumerate(
        [
            "Zuhra-{}-Quartz",
            "রোকেয়া-{}-কাঁঠাল",
            "زينب-{}-ياسمين",
            "+88017{}4419287",
            "Vexley {} & Søns «x»",
        ]
        * 10
    )
]
FIELDS = (
    "wish_said", "happened_said", "licence", "phone", "place", "name", "broker", "journey",
    "employer", "paid", "paid_when", "hide_person", "call_me", "reach", "reach_how",
)  # fmt: skip
ADDRESSES = [f"203.0.113.{number}" for number in range(1, SERVED + 1)]
ONCE = re.compile(r'name="n" value="([^"]+)"')
TOKEN = re.compile(r'name="(?:t|v)" value="([^"]{20,})"')
CODE = re.compile(r'<p class="code">(.*?)</p>')


def spellings(word: str) -> dict[str, bytes]:
    """How a string may lie about: as text, wide text, escaped, in hex, in base64 at each of three offsets."""
    plain = word.encode()
    found = {
        "text": plain,
        "UTF-16": word.encode("utf-16-le"),
        "UTF-16 the other way": word.encode("utf-16-be"),
        "JSON": json.dumps(word)[1:-1].encode(),
        "HTML": word.replace("&", "&amp;").encode(),
        "hex": plain.hex().encode(),
        "HEX": plain.hex().upper().encode(),
        "percent": "".join(f"%{byte:02X}" for byte in plain).encode(),
    }
    for offset in range(3):
        whole = base64.b64encode(b"\0" * offset + plain)
        first, last = -(-offset * 8 // 6) if offset else 0, len(plain + b"\0" * offset) * 8 // 6
        found[f"base64 at {offset}"] = whole[first:last]
    return found


def words_in(place: bytes, words: Iterable[str]) -> set[tuple[str, str]]:
    return {
        (word, how) for word in words for how, spelt in spellings(word).items() if spelt in place
    }


def secrets_in(place: bytes, codes: set[str], tokens: set[str]) -> set[str]:
    """Codes, plain, in groups, in hex; and tokens."""
    found = {
        run[start : start + 16].decode()
        for run in re.findall(rb"[0-9]{16,}", re.sub(rb"(?<=\d)[ -](?=\d)", b"", place))
        for start in range(len(run) - 15)
    }
    hexed = re.findall(rb"(?=((?:3[0-9]){16}))", place)
    found |= {bytes.fromhex(one.decode()).decode() for one in hexed}
    long = {one.decode() for one in re.findall(rb"[A-Za-z0-9_-]{43,}", place)}
    return (codes & found) | {token for token in tokens if any(token in one for one in long)}


def addresses_in(place: bytes) -> set[str]:
    return {
        one
        for one in ADDRESSES
        if re.search(rb"(?<!\d)" + re.escape(one.encode()) + rb"(?!\d)", place)
    }


def photo(words: Sequence[str]) -> bytes:
    """A small JPEG with words in its hidden data, where cameras and programs put them."""
    exif = Image.Exif()
    for tag, word in zip((0x010E, 0x013B, 0x8298, 0x9C9B), words, strict=False):
        exif[tag] = word.encode("utf-16-le") if tag == 0x9C9B else word
    held = io.BytesIO()
    Image.effect_noise((64, 48), 40).convert("RGB").save(
        held, "JPEG", exif=exif, comment=words[-1].encode()
    )
    return held.getvalue()


class Filings:
    """What happened: codes and tokens that people were given, and cases."""

    def __init__(self) -> None:
        self.codes: set[str] = set()
        self.tokens: set[str] = set()
        self.cases: list[UUID] = []


@pytest.fixture
async def open_session(postgres: Cluster, fresh_database: str) -> AsyncIterator[OpenSession]:
    engine = make_engine(postgres.app_url(fresh_database), connections=AT_ONCE + 2)
    yield session_opener(engine)
    await engine.dispose()


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    keys = tmp_path / "keys"
    keys.mkdir(mode=0o700)
    (keys / "installation.key").write_bytes(base64.b64encode(KEY.secret))
    return vault_of(keys, KEY)


def told_by(number: int) -> Told:
    """Two planted strings, in fields that change from filing to filing."""
    first, second = FIELDS[number % len(FIELDS)], FIELDS[(number + 1) % len(FIELDS)]
    return Told(
        happened=("FEE-01",),
        **{
            first: f"I say {PLANTED[number % 50]}, they know.",
            second: PLANTED[(number * 7 + 3) % 50],
        },
    )


async def file_one(
    open_session: OpenSession, vault: Vault, folder: Path, number: int, kept: Filings
) -> None:
    async with open_session() as session, session.begin():
        token = await start_draft(session, NOW, vault, language="bn", told=told_by(number))
    async with open_session() as session, session.begin():
        draft = await give_code(session, NOW, vault, token=token)
    code = draft.draft.code or ""
    if number % 250 == 0:
        async with open_session() as session, session.begin():
            draft = await open_draft(session, NOW, vault, token=token)
            await attaching.attach(
                session, NOW, folder, case_id=draft.case_id, key=draft.key,
                content=photo(PLANTED[number // 250 :: 4]),
            )  # fmt: skip
    async with open_session() as session, session.begin():
        sent = await send(
            session, NOW, vault, token=token, last_digits=code[-4:], calendar=CALENDAR
        )
    assert sent.outcome is SendOutcome.SENT
    kept.codes.add(code)
    kept.tokens.add(token)
    kept.cases.append(draft.case_id)


async def follow(open_session: OpenSession, vault: Vault, code: str, number: int) -> str:
    """She comes back with her code, writes, and withdraws under pressure; gives the token of her visit."""
    async with open_session() as session, session.begin():
        entered = await following.enter_code(session, NOW, vault, key=await code_key(KEY, code))
        visit = await following.open_visit(session, NOW, vault, token=entered.token or "")
        await following.write_message(
            session, NOW, vault, visit=visit, text=PLANTED[number % 50], calendar=CALENDAR
        )
        if number % 3 == 0:
            await following.withdraw(
                session, NOW, vault, visit=visit, pressed=True, calendar=CALENDAR,
                text=f"They said {PLANTED[-number % 50]}",
            )  # fmt: skip
    return entered.token or ""


async def work_on(
    session: AsyncSession, vault: Vault, folder: Path, desk: DeskMade, agency: UUID, case_id: UUID,
    number: int,
) -> None:  # fmt: skip
    """An officer opens, writes, links, lowers, classifies, decides and closes, with her words in reasons."""
    first, second = desk.officers

    def word(more: int) -> str:
        return f"Because {PLANTED[(number + more) % 50]}."

    own = {"case_id": case_id, "private_key": first.pair.private}
    case = await open_case(session, first.actor, NOW, vault, **own)
    for one in case.files:
        await attaching.open_file(
            session, first.actor, NOW, vault, folder, file_id=one.id, original=True, **own
        )
    await offering.find_candidates(session, told=case.told, links=(), wanted=PLANTED[number % 50])
    await working.send_message(session, first.actor, NOW, vault, text=word(1), **own)
    await working.set_urgency(
        session, first.actor, NOW, vault, calendar=CALENDAR,
        new=NewUrgency(urgency=Urgency.S4, reason=word(2)), **own,
    )  # fmt: skip
    await judging.judge_link(
        session, first.actor, NOW, vault, **own,
        new=NewLink(
            target=Target.AGENCY, judgement=Judgement.CONFIRMED, basis=Basis.DOCUMENT,
            reason=word(3), agency_id=agency,
        ),
    )  # fmt: skip
    await working.classify_case(
        session, first.actor, NOW, vault, danger=False, calendar=CALENDAR, **own,
        new=NewClassification(
            codes=("FEE-01",), main_code="FEE-01", stage=Stage.UNKNOWN, escalators=()
        ),
    )  # fmt: skip
    if case.head.state is not State.DECIDE:
        await walk_to(session, case_id, State.DECIDE, first.actor.id)
    pressed = case.head.withdrawn_pressed
    await judging.propose_decision(
        session, first.actor, NOW, vault, **own,
        new=NewDecision(
            outcome=Outcome.WITHDRAWN_PRESSURE if pressed else Outcome.SUBSTANTIATED, responsibility=Responsibility.AGENCY, workers=1,
            reasons=word(4), told=word(5),
        ),
    )  # fmt: skip
    await judging.second_decision(session, second.actor, NOW, case_id=case_id)
    await judging.close_case(session, first.actor, NOW, vault, case_id=case_id, calendar=CALENDAR)


@contextmanager
def program(postgres: Cluster, database: str, keys: Path, data: Path) -> Iterator[tuple[str, Path]]:
    """The served program, its address, and all it says."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    said = data.parent / "said"
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DATA", "HOST", "PORT", "RECRUITWATCH", "PG"))
    }
    with said.open("wb") as log:
        running = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "serve"], stdout=log, stderr=log, cwd=ROOT,
            env={
                **kept, "DATA": str(data), "RECRUITWATCH_KEYS": str(keys), "PORT": str(port),
                "DATABASE_URL": postgres.app_url(database), "RECRUITWATCH_NO_WORKER": "1",
                "PYTHONPATH": str(ROOT / "src"),
            },
        )  # fmt: skip
        try:
            yield f"http://127.0.0.1:{port}", said
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(20)


def file_over_http(address: str, number: int, kept: Filings) -> None:
    """A whole filing as a phone does it, with a photo, a wrong code, a message and a question nobody asked."""
    headers = {"X-Forwarded-For": ADDRESSES[number], "Forwarded": f"for={ADDRESSES[number]}"}
    word = PLANTED[number % 50]

    with httpx.Client(base_url=address, headers=headers, timeout=60) as client:

        def post(path: str, **said: str) -> httpx.Response:
            page = client.post(f"/en/help/{path}", data=said)
            kept.tokens.update(TOKEN.findall(page.text))
            return page

        page = post("start")
        token = (TOKEN.findall(page.text) or [""])[0]
        assert token, page.text[-500:]
        post("step", t=token, at="happened", happened_said=word, go="next")
        client.post("/en/help/paper", data={"t": token, "go": "next"},
                    files={"file": (f"{word}.jpg", photo(PLANTED[number:: 8]), "image/jpeg")})  # fmt: skip
        post("step", t=token, at="name", name=word, go="next")
        post("step", t=token, at="reach", reach=word * 40, go="next")
        page = post("step", t=token, at="check", go="next")
        code = re.sub(r"<[^>]*>|\s", "", CODE.findall(page.text)[0])
        kept.codes.add(code)
        assert "It is sent" in post("send", t=token, last=code[-4:]).text
        for typed in (f"{word} {code[:8]}", f"{(int(code) + 1) % 10**16:016d}", code):
            page = post("code", code=typed, text=word, n=ONCE.findall(post("code").text)[0])
        visit = (TOKEN.findall(page.text) or [""])[0]
        post("message", v=visit, text=word, n=ONCE.findall(page.text)[0])
        client.get(f"/en/help/{code}", headers={"User-Agent": word.encode()})
        client.post(
            "/en/help/step", content=word.encode(), headers={"Content-Type": "application/json"}
        )


async def reachable(address: str) -> None:
    until = time.monotonic() + 60
    async with httpx.AsyncClient() as client:
        while time.monotonic() < until:
            try:
                if (await client.get(f"{address}/readyz")).status_code == 200:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.2)
    raise AssertionError("the program did not start")


async def dumped(server: Cluster, database: str) -> dict[str, bytes]:
    """Every table, as text with its bytes in hex, and as the very bytes."""
    url = make_url(server.superuser_url(database)).set(drivername="postgresql")
    own = await asyncpg.connect(url.render_as_string(hide_password=False))
    found = {}
    try:
        for row in await own.fetch("select tablename from pg_tables where schemaname = 'public'"):
            for kind in ("text", "binary"):
                held = io.BytesIO()
                await own.copy_from_table(row[0], output=held, format=kind)
                found[f"{row[0]} as {kind}"] = held.getvalue()
    finally:
        await own.close()
    return found


def stored(*folders: Path) -> dict[str, bytes]:
    """Every file, and every name of one."""
    files = [one for folder in folders for one in folder.rglob("*") if one.is_file()]
    return {str(one): str(one).encode() + b"\n" + one.read_bytes() for one in files}


def leaks(places: dict[str, bytes], kept: Filings) -> list[tuple[str, object]]:
    return [
        (name, one)
        for name, place in places.items()
        for one in (
            *words_in(place, PLANTED),
            *secrets_in(place, kept.codes, kept.tokens),
            *addresses_in(place),
        )
    ]


async def file_all(
    open_session: OpenSession, vault: Vault, folder: Path, kept: Filings, count: int
) -> None:
    numbers = iter(range(count))

    async def clerk() -> None:
        for number in numbers:
            await file_one(open_session, vault, folder, number, kept)

    await asyncio.gather(*(clerk() for _ in range(AT_ONCE)))


async def test_a_thousand_filings_leave_nothing_readable(
    postgres: Cluster,
    fresh_database: str,
    open_session: OpenSession,
    vault: Vault,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    data, keys, kept = tmp_path / "data", tmp_path / "keys", Filings()
    folder = data / "files" / "sealed"
    folder.mkdir(parents=True)
    async with open_session() as session, session.begin():
        await store_escrow(session)
        desk = await desk_with_officers(session, cleared=2)
        agency = await store_agency(session)
    log_begins = log_of(postgres).stat().st_size
    with program(postgres, fresh_database, keys, data) as (address, said):
        await reachable(address)
        over_http = asyncio.to_thread(
            lambda: [file_over_http(address, number, kept) for number in range(SERVED)]
        )
        await asyncio.gather(
            over_http, file_all(open_session, vault, folder, kept, FILINGS - SERVED)
        )
    for number, code in enumerate(sorted(kept.codes)[:WORKED_ON]):
        kept.tokens.add(await follow(open_session, vault, code, number))
    for number, case_id in enumerate(kept.cases[:WORKED_ON]):
        async with open_session() as session, session.begin():
            await work_on(session, vault, folder, desk, agency, case_id, number)

    with log_of(postgres).open("rb") as log:
        log.seek(log_begins)
        server_said = log.read()
    own_output = "\n".join(capfd.readouterr())
    places = {
        **await dumped(postgres, fresh_database),
        **stored(data, keys),
        "the program": said.read_bytes(),
        "this process": own_output.encode(),
        "the database's log": server_said,
    }
    await really_filed(open_session, vault, desk.officers[0], kept)
    assert len(stored(folder)) >= 2 * (SERVED + 4), "photos are kept"
    assert b"recruitwatch answers at" in places["the program"]
    assert b"/help" not in places["the program"], "no line tells which pages were asked for"
    assert len(kept.codes) == FILINGS
    assert len(kept.tokens) > FILINGS
    assert leaks(places, kept) == []


async def really_filed(
    open_session: OpenSession, vault: Vault, officer: Officer, kept: Filings
) -> None:
    """What was planted is there for those who may read it: the search had something to miss."""
    read = set()
    async with open_session() as session:
        assert await session.scalar(text("select count(*) from complaints")) == FILINGS
        assert await session.scalar(text("select count(*) from complaint_code_tries")) == SERVED
        for case_id in kept.cases[:100]:
            case = await open_case(
                session, officer.actor, NOW, vault, case_id=case_id,
                private_key=officer.pair.private,
            )  # fmt: skip
            said = " ".join(str(getattr(case.told, name)) for name in FIELDS)
            read |= {word for word in PLANTED if word in said}
    assert read == set(PLANTED)


def log_of(postgres: Cluster) -> Path:
    return postgres.data.parent / "log"


CARELESS = {
    "text": lambda word: word.encode(),
    "a wide string": lambda word: word.encode("utf-16-le"),
    "a JSON answer": lambda word: json.dumps({"said": word}).encode(),
    "bytes in hex": lambda word: b"\\x" + f"before {word}".encode().hex().encode(),
    "base64": lambda word: base64.b64encode(f"ab{word}c".encode()),
    "base64 of more": lambda word: base64.b64encode(f"a{word}".encode()),
}


@pytest.mark.parametrize("how", CARELESS)
@pytest.mark.parametrize("word", PLANTED[:5])
def test_the_search_finds_what_a_careless_line_would_leave(how: str, word: str) -> None:
    place = b"before\0" + CARELESS[how](word) + b"\nafter"
    assert leaks({"here": place}, Filings())
    assert not words_in(place, [one for one in PLANTED if one != word])


def test_the_search_finds_codes_tokens_and_addresses() -> None:
    kept = Filings()
    kept.codes, kept.tokens = {"1234567890123456"}, {"t" * 43}
    for place in (
        b"code=1234567890123456;", b"id 91234567890123456", b"1234 5678 9012 3456",
        b"\\x" + b"1234567890123456".hex().encode(), b"t=" + b"t" * 43, b"from 203.0.113.7:443",
    ):  # fmt: skip
        assert leaks({"here": place}, kept), place
    assert not leaks({"here": b"1234567890123457 203.0.113.250 10.203.0.113"}, kept)


async def test_the_search_finds_what_is_put_into_a_plain_column(
    postgres: Cluster, fresh_database: str, open_session: OpenSession
) -> None:
    kept = Filings()
    kept.codes = {"4242424242424242"}
    async with open_session() as session, session.begin():
        for statement in (
            "insert into brokers (id, name, entered_by, entered_at, look_again_on)"
            " values (gen_random_uuid(), :word, gen_random_uuid(), now(), '2030-01-01')",
            "insert into complaint_code_tries (code_hash, at) values (convert_to(:word, 'UTF8'), now())",
        ):
            await session.execute(text(statement), {"word": PLANTED[1]})
        await session.execute(
            text("insert into offices values (gen_random_uuid(), '4242 4242 4242 4242', now())")
        )
    found = {name for name, _ in leaks(await dumped(postgres, fresh_database), kept)}
    assert found == {
        "brokers as text", "brokers as binary", "complaint_code_tries as text",
        "complaint_code_tries as binary", "offices as text", "offices as binary",
    }  # fmt: skip


async def test_an_error_of_the_database_repeats_no_word_that_was_searched_for(
    open_session: OpenSession,
) -> None:
    """Such errors go to the log with their trace."""
    async with open_session() as session:
        with pytest.raises(DBAPIError) as problem:
            await session.execute(text("select length(:word) / 0"), {"word": PLANTED[0]})
    assert not words_in(str(problem.value).encode(), PLANTED)
