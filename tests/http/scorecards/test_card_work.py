"""Work on all cards on one page: a regulator starts a round, and sees what the daily check found."""

import asyncio
import re
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser, Page
from conftest import NOW, SignIn
from factories import agencies as agencies_factory
from recruitwatch.accounts.values import Role
from recruitwatch.actor import SYSTEM
from recruitwatch.features import CONSTRAINTS, JOB_KINDS
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.jobs.worker import Workshop, perform
from recruitwatch.scorecards.queries import list_issued

THIS = {"period": "2026-Q2", "reason": ""}


@pytest.fixture
def work(slot):  # type: ignore[no-untyped-def]
    """`await work(page)` does the task whose page an answer leads to, as the worker would."""

    async def do(page: Page) -> Page:
        found = re.search(r"/jobs/([0-9a-f-]{36})", page.response.headers["location"])
        assert found is not None
        workshop = Workshop(
            open_session=slot.open_session, kinds=JOB_KINDS, clock=lambda: NOW,
            stop=asyncio.Event(), constraints=CONSTRAINTS,
        )  # fmt: skip
        assert await perform(found[1], workshop) is None
        return page

    return do


async def start(browser: Browser, typed: dict[str, str], status: int = 303) -> Page:
    await browser.get("/cards/work")
    return await browser.post("/cards/work", typed, status=status)


async def test_a_round_issues_what_changed_and_is_told_on_the_page(
    session: AsyncSession, sign_in: SignIn, work
) -> None:
    agencies = [await agencies_factory.store_agency(session) for _ in range(3)]
    regulator = await sign_in(Role.REGULATOR)
    asked = await work(await start(regulator, THIS))
    page = await regulator.follow(await regulator.follow(asked, status=303))
    assert page.heading == "Cards of all agencies"
    assert "2026-Q2 Finished 3 0 U 3" in " ".join(page.text.replace("\xa0", " ").split())
    for agency_id in agencies:
        [line] = await list_issued(session, agency_id, limit=9)
        assert line.issued_by_name == regulator.actor.name
    again = await work(await start(regulator, THIS))
    page = await regulator.follow(await regulator.follow(again, status=303))
    assert "2026-Q2 Finished 0 3" in " ".join(page.text.split())


async def test_a_round_stopped_before_it_began_issues_nothing(
    session: AsyncSession, sign_in: SignIn, work
) -> None:
    agency_id = await agencies_factory.store_agency(session)
    regulator = await sign_in(Role.REGULATOR)
    asked = await start(regulator, THIS)
    task = re.search(r"/jobs/[0-9a-f-]{36}", asked.response.headers["location"])
    assert task is not None
    await regulator.get(task[0])
    await regulator.post(f"{task[0]}/stop")
    await work(asked)
    assert "Nothing was changed." in (await regulator.get(task[0])).text
    assert await list_issued(session, agency_id, limit=9) == []


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({**THIS, "period": "2026-Q3"}, "period"),
        ({**THIS, "period": "2019-Q1"}, "period"),
        ({**THIS, "period": ""}, "period"),
        ({**THIS, "reason": "x" * 501}, "reason"),
    ],
)
async def test_a_period_that_is_not_offered_starts_nothing(
    sign_in: SignIn, typed: dict[str, str], field: str
) -> None:
    page = await start(await sign_in(Role.REGULATOR), typed, status=422)
    assert field in page.errors()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.REGULATOR])
async def test_only_a_regulator_gets_there(sign_in: SignIn, role: Role) -> None:
    await (await sign_in(role)).get("/cards/work", status=403)


async def test_the_check_is_shown_with_the_agencies_it_names(
    session: AsyncSession, sign_in: SignIn
) -> None:
    regulator = await sign_in(Role.REGULATOR)
    assert "No check was made yet." in (await regulator.get("/cards/work")).text
    agency_id = await agencies_factory.store_agency(session)
    moved = {"agency_id": str(agency_id), "revision": 1, "issued": "B", "today": "U"}
    await record(
        session, SYSTEM, Action.CARD_CHECKED, subject=("check", "2026-06-29"),
        now=NOW - timedelta(days=1),
        details={
            "day": "2026-06-29", "checked": 12, "same": 9, "never_issued": 1, "by_time": 1,
            "by_records": 1,
            "moved": [
                {**moved, "agency_name": "Old Visits Ltd", "cause": "time"},
                {**moved, "agency_name": "New Findings Ltd", "cause": "records"},
            ],
        },
    )  # fmt: skip
    await session.commit()
    page = await regulator.get("/cards/work")
    by_time, by_records = (" ".join(table.itertext()) for table in page.all("table")[:2])
    assert "Old Visits Ltd" in by_time
    assert "New Findings Ltd" in by_records
    assert f"/en/agencies/{agency_id}/card" in page.links().values()
