"""A commit that fails is answered as a failure: no redirect, no page of success, nothing stored.

The database itself refuses: a deferred trigger lets the statement pass and fails at the commit.
"""

from collections.abc import AsyncIterator, Awaitable, Callable

import asyncpg
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from clients import Browser
from conftest import served
from factories.accounts import PASSWORD, store_office, store_person, store_sign_in
from recruitwatch.accounts.guards import COOKIE
from recruitwatch.accounts.values import Role
from recruitwatch.db.embedded import Cluster
from recruitwatch.settings import Settings

pytestmark = pytest.mark.committed

UNEXPECTED = "raise exception 'the disk of this test is full'"
KNOWN = "raise exception using errcode = 'unique_violation', constraint = 'uq_offices_name'"
CUT_OFF = "perform pg_terminate_backend(pg_backend_pid())"

Refuse = Callable[[str, str], Awaitable[None]]


@pytest.fixture
async def refuse_commits(postgres: Cluster, fresh_database: str) -> Refuse:
    """`await refuse_commits(table, why)`: from now on a commit with a new row of it fails."""

    async def arm(table: str, why: str) -> None:
        url = make_url(postgres.owner_url(fresh_database)).set(drivername="postgresql")
        owner = await asyncpg.connect(url.render_as_string(hide_password=False))
        await owner.execute(f"""
            create function refuse() returns trigger language plpgsql as
              $$ begin {why}; return null; end $$;
            create constraint trigger refuse after insert on {table}
              deferrable initially deferred for each row execute function refuse();
        """)
        await owner.close()

    return arm


@pytest.fixture
async def admin(
    postgres: Cluster, fresh_database: str, fresh_engine: AsyncEngine, settings: Settings
) -> AsyncIterator[Browser]:
    """An administrator at an application that really commits."""
    async with AsyncSession(fresh_engine) as session, session.begin():
        token = await store_sign_in(session, await store_person(session, Role.ADMINISTRATOR))
    async with served(postgres, fresh_database, settings) as browser:
        browser.client.cookies.set(COOKIE, token)
        yield browser


async def count(engine: AsyncEngine, question: str) -> int:
    async with AsyncSession(engine) as session:
        return await session.scalar(text(f"select count(*) from {question}")) or 0


async def test_when_the_commit_works_the_answer_is_success(
    admin: Browser, fresh_engine: AsyncEngine
) -> None:
    await admin.post("/offices", {"name": "Dhaka"}, status=303)
    assert await count(fresh_engine, "offices where name = 'Dhaka'") == 1


@pytest.mark.parametrize(
    ("why", "status", "words"),
    [
        (UNEXPECTED, 500, "Nothing was changed"),
        (KNOWN, 409, "already an office with this name"),
        (CUT_OFF, 503, "Nothing was changed"),
    ],
    ids=["unexpected", "known-constraint", "connection-lost"],
)
async def test_a_redirect_is_not_sent_when_the_commit_fails(
    admin: Browser,
    fresh_engine: AsyncEngine,
    refuse_commits: Refuse,
    why: str,
    status: int,
    words: str,
) -> None:
    await refuse_commits("offices", why)
    page = await admin.post("/offices", {"name": "Dhaka"}, status=status)
    assert words in page.text
    assert "location" not in page.response.headers
    assert await count(fresh_engine, "offices where name = 'Dhaka'") == 0
    assert await count(fresh_engine, "history_entries where action = 'office_created'") == 0


async def test_a_first_password_is_not_shown_when_the_commit_fails(
    admin: Browser, fresh_engine: AsyncEngine, refuse_commits: Refuse
) -> None:
    async with AsyncSession(fresh_engine) as session, session.begin():
        office = await store_office(session)
    await refuse_commits("people", UNEXPECTED)
    form = {
        "full_name": "Amina",
        "sign_in_name": "amina.k",
        "office_id": str(office),
        "roles": "inspector",
    }
    page = await admin.post("/people/new", form, status=500)
    assert "password" not in page.text.lower()
    assert await count(fresh_engine, "people where sign_in_name = 'amina.k'") == 0


async def test_nobody_is_signed_in_when_the_commit_fails(
    admin: Browser, fresh_engine: AsyncEngine, refuse_commits: Refuse
) -> None:
    async with AsyncSession(fresh_engine) as session, session.begin():
        await store_person(session, Role.INSPECTOR, sign_in_name="amina.k")
    await refuse_commits("sign_ins", UNEXPECTED)
    admin.client.cookies.delete(COOKIE)
    page = await admin.post(
        "/sign-in", {"sign_in_name": "amina.k", "password": PASSWORD}, status=500
    )
    assert COOKIE not in page.response.headers.get("set-cookie", "")
    assert await count(fresh_engine, "history_entries where action = 'signed_in'") == 0
