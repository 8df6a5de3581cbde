"""The register as files: what is in them, what is not, and what is left when a reader goes."""

import asyncio
import csv
import io
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import NullPool

from clients import Browser, open_browser
from conftest import KEY, Clock
from factories.accounts import store_person
from factories.agencies import full_record, make_record, store_agency, store_licence
from factories.licences import new
from recruitwatch.accounts.values import Role
from recruitwatch.agencies.values import Contact, ContactKind, LicenceState
from recruitwatch.app import as_served, create_app
from recruitwatch.db.embedded import Cluster
from recruitwatch.db.engine import session_opener
from recruitwatch.settings import Settings

SCRIPT = Path(__file__).parents[3] / "docs" / "verify_download.py"
FILES = ("/download/register.csv", "/download/register.json", "/download/register.jsonl")
S = LicenceState


class Site(NamedTuple):
    """An application that really commits, a browser of it, and its pool of connections."""

    app: Any
    browser: Browser
    engine: AsyncEngine


@pytest.fixture
async def site(fresh_engine: AsyncEngine, settings: Settings) -> AsyncIterator[Site]:
    app = as_served(
        create_app(settings, KEY, session_opener(fresh_engine), clock=Clock()), https=False
    )
    async with open_browser(app) as browser:
        yield Site(app, browser, fresh_engine)


async def store_padma(engine: AsyncEngine) -> str:
    """An agency with everything, suspended this month; and one of which only the name is known."""
    async with AsyncSession(engine, expire_on_commit=False) as session, session.begin():
        actor = await store_person(session, Role.REGULATOR)
        agency_id = await store_agency(session, full_record())
        await store_licence(
            session, actor, agency_id, new(S.VALID, "2024-01-01"), new(S.SUSPENDED, "2026-06-01")
        )
        await store_agency(session, make_record(legal_name="=cmd|' /C calc'!A0"))
    return str(agency_id)


async def store_crowd(engine: AsyncEngine) -> None:
    """Enough for several pieces of a file."""
    async with AsyncSession(engine, expire_on_commit=False) as session, session.begin():
        long = "9" * 290
        for number in range(240):
            contacts = tuple(
                Contact(kind=ContactKind.PHONE, value=f"{kind}{long}") for kind in range(3)
            )
            await store_agency(
                session, make_record(legal_name=f"Agency {number:03}", contacts=contacts)
            )


@pytest.mark.committed
async def test_the_table_holds_each_agency_in_a_row(site: Site) -> None:
    agency_id = await store_padma(site.engine)
    page = await site.browser.get("/download/register.csv")
    headers = page.response.headers
    assert headers["content-type"].startswith("text/csv; charset=utf-8")
    assert headers["content-disposition"] == 'attachment; filename="register-2026-06-30.csv"'
    assert headers["cache-control"] == "no-store"
    assert "set-cookie" not in headers
    rows = csv.DictReader(io.StringIO(page.response.content.decode("utf-8-sig"), newline=""))
    formula, padma, *_ = rows
    assert formula["legal_name"] == "'=cmd|' /C calc'!A0"
    assert formula["licence_state"] == ""
    assert padma == {
        "id": agency_id,
        "register": "testland",
        "licence_no": "RL-0042",
        "legal_name": "Padma Overseas Ltd",
        "other_names": "trading: Padma Jobs | alias: পদ্মা ওভারসিজ",
        "country": "BD",
        "city": "Dhaka",
        "addresses": "12 Lake Road, Dhaka",
        "phones": "'+880 2 955-0101",
        "emails": "Office@Padma.example",
        "websites": "",
        "branches": "Sylhet office, 3 Mill Lane, +880 821 1",
        "licence_as_of": "2026-06-30",
        "licence_state": "suspended",
        "licence_since": "2026-06-01",
        "licence_until": "",
        "licence_ground": "because",
        "licence_state_no": "RL-0042",
        "sectors": "construction | domestic_work",
        "destinations": "QA | SA",
        "workers_by_year": "2024: 120 | 2025: 30",
        "deployments": "2024 QA men 120 | 2025 SA women 30",
        "source_claims": "list-2023: listed, stated 2023-05-01 | list-2024: valid, until 2027-01-31",
        "sources": "list | list-2023 | list-2024 | return | sign",
        "updated_at": "2026-06-30T09:00:00Z",
    }


@pytest.mark.committed
async def test_the_columns_are_those_of_the_document(site: Site) -> None:
    page = await site.browser.get("/download/register.csv")
    document = (SCRIPT.parent / "downloads.md").read_text(encoding="utf-8")
    for column in page.response.content.decode("utf-8-sig").splitlines()[0].split(","):
        assert f"`{column}`" in document


@pytest.mark.committed
async def test_the_data_are_what_the_interface_answers_for_each(site: Site) -> None:
    agency_id = await store_padma(site.engine)
    whole = (await site.browser.get("/download/register.json")).response
    assert whole.headers["content-type"] == "application/json"
    found = whole.json()
    single = (await site.browser.get(f"/api/agencies/{agency_id}")).response.json()
    assert (found["as_of"], found["register"], found["rows"]) == ("2026-06-30", None, 2)
    assert found["agencies"][1] == single
    lines = (await site.browser.get("/download/register.jsonl")).response.text.splitlines()
    assert len(lines) == 3


@pytest.mark.committed
@pytest.mark.parametrize("address", FILES)
async def test_a_file_holds_nothing_that_the_public_page_hides(site: Site, address: str) -> None:
    await store_padma(site.engine)
    words = (await site.browser.get(address)).response.text
    assert "Padma Jobs" in words
    assert "Secret Owner" not in words
    assert "Moved in 2024" not in words


def _verify(code: int, *files: Path) -> str:
    """What the script says of the files, ending with this code."""
    command = [sys.executable, str(SCRIPT), *map(str, files)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == code, ended.stdout + ended.stderr
    return ended.stdout


@pytest.mark.committed
@pytest.mark.parametrize("address", FILES)
async def test_the_script_passes_what_was_sent_and_refuses_half_of_it(
    site: Site, tmp_path: Path, address: str
) -> None:
    await store_crowd(site.engine)
    sent = (await site.browser.get(address)).response.content
    file, half = tmp_path / Path(address).name, tmp_path / "half"
    file.write_bytes(sent)
    half.write_bytes(sent[: len(sent) // 2])
    assert "complete and unchanged: 240 rows" in _verify(0, file)
    assert "half: DO NOT RELY ON IT" in _verify(1, file, half)
    assert "cannot be read" in _verify(2, half, tmp_path / "lost")


@pytest.mark.committed
async def test_one_register_has_its_name_on_the_file_and_an_unknown_one_is_not_found(
    site: Site,
) -> None:
    await store_padma(site.engine)
    page = await site.browser.get("/download/register.json?register=testland")
    assert "register-testland-2026-06-30.json" in page.response.headers["content-disposition"]
    assert (page.response.json()["register"], page.response.json()["rows"]) == ("testland", 2)
    for address in FILES:
        refused = await site.browser.get(f"{address}?register=nowhere%0d%0aX: y", status=404)
        assert "There is no such register" in refused.text
        assert "content-disposition" not in refused.response.headers


@pytest.mark.committed
@pytest.mark.parametrize("address", FILES)
async def test_head_is_answered_without_a_body_and_an_empty_register_with_an_end(
    site: Site, address: str
) -> None:
    head = await site.browser.client.head(f"/en{address}")
    whole = await site.browser.client.get(address)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-disposition"] == whole.headers["content-disposition"]
    assert b"sha256" in whole.content
    assert site.engine.pool.checkedout() == 0  # type: ignore[attr-defined]


class Connection:
    """Asks for a file as a server does; `on_piece` is called with each piece of the body and says
    whether the reader stays."""

    def __init__(self, on_piece: Callable[[], Awaitable[bool]]) -> None:
        self.on_piece = on_piece
        self.body = b""
        self.complete = False
        self.gone = asyncio.Event()

    async def ask(self, app: Any, address: str) -> None:
        scope = {
            "type": "http", "method": "GET", "path": address, "raw_path": address.encode(),
            "query_string": b"", "headers": [(b"host", b"recruitwatch.test")], "root_path": "",
            "http_version": "1.1", "scheme": "http", "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80), "asgi": {"version": "3.0"},
        }  # fmt: skip
        await app(scope, self._receive, self._send)

    async def _receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        if message["type"] == "http.response.body":
            self.body += message["body"]
            self.complete = not message["more_body"]
            if not self.complete and not await self.on_piece():
                self.gone.set()


async def open_transactions(engine: AsyncEngine) -> int:
    """Transactions of the application that are still open, seen from another connection."""
    beside = create_async_engine(engine.url, poolclass=NullPool)
    async with beside.connect() as connection:
        counted = await connection.scalar(
            text(
                "select count(*) from pg_stat_activity where datname = current_database() "
                "and pid <> pg_backend_pid() and state <> 'idle'"
            )
        )
    await beside.dispose()
    return counted or 0


@pytest.mark.committed
@pytest.mark.parametrize("address", FILES)
async def test_when_the_reader_goes_the_connection_returns(site: Site, address: str) -> None:
    await store_crowd(site.engine)
    seen = []

    async def leave() -> bool:
        seen.append(await open_transactions(site.engine))
        return False

    connection = Connection(leave)
    await connection.ask(site.app, address)
    assert seen == [1]
    assert not connection.complete
    assert b"sha256" not in connection.body
    assert site.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    assert await open_transactions(site.engine) == 0


@pytest.mark.committed
@pytest.mark.parametrize("address", FILES)
async def test_when_the_database_fails_midway_the_file_has_no_end(
    site: Site, postgres: Cluster, address: str
) -> None:
    await store_crowd(site.engine)
    name = site.engine.url.database
    assert name is not None

    async def cut_off() -> bool:
        other = create_async_engine(postgres.superuser_url(), poolclass=NullPool)
        async with other.connect() as connection:
            await connection.execute(
                text("select pg_terminate_backend(pid) from pg_stat_activity where datname = :n"),
                {"n": name},
            )
        await other.dispose()
        return True

    connection = Connection(cut_off)
    with pytest.raises(Exception, match="after response started"):
        await connection.ask(site.app, address)
    assert connection.body
    assert not connection.complete
    assert b"sha256" not in connection.body
    assert site.engine.pool.checkedout() == 0  # type: ignore[attr-defined]


async def test_the_list_of_agencies_leads_to_the_files(
    browser: Browser, session: AsyncSession
) -> None:
    await store_agency(session, full_record())
    await session.commit()
    links = (await browser.get("/agencies")).links()
    assert links["as a table (CSV)"] == "/download/register.csv"
    assert links["as data (JSON)"] == "/download/register.json"


async def test_staff_take_away_the_register_they_look_at(
    sign_in,  # type: ignore[no-untyped-def]
    session: AsyncSession,
) -> None:
    await store_agency(session, full_record())
    inspector = await sign_in(Role.INSPECTOR)
    whole = (await inspector.get("/register")).links()
    assert whole["as a table (CSV)"] == "/download/register.csv"
    one = (await inspector.get("/register?register=testland")).links()
    assert one["as a table (CSV)"] == "/download/register.csv?register=testland"
