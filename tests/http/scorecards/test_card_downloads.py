"""The published cards as files: the valid ones and no other, as they were frozen, for everybody; and the
script of docs/ recomputes them."""

import csv
import io
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from clients import Browser, open_browser
from conftest import KEY, NOW, Clock
from db.scorecards.test_computing import store_approved, whole_list
from factories import agencies as agencies_factory
from factories.accounts import store_agency_person, store_person
from recruitwatch.accounts.values import Role
from recruitwatch.actor import Actor
from recruitwatch.app import as_served, create_app
from recruitwatch.db.engine import session_opener
from recruitwatch.scorecards.actions import issue_scorecard
from recruitwatch.scorecards.actions.contesting import file_contest
from recruitwatch.scorecards.queries import get_prepared, insert_card_step
from recruitwatch.scorecards.values.contests import Ground, NewContest, NewContestLine
from recruitwatch.scorecards.values.publishing import CardStepKind, NewCardStep
from recruitwatch.settings import Settings

DOCS = Path(__file__).parents[3] / "docs"
FILES = ("/download/cards.csv", "/download/cards.json")
K = CardStepKind
pytestmark = pytest.mark.committed


@pytest.fixture
async def visitor(fresh_engine: AsyncEngine, settings: Settings) -> AsyncIterator[Browser]:
    app = create_app(settings, KEY, session_opener(fresh_engine), clock=Clock())
    async with open_browser(as_served(app, https=False)) as browser:
        yield browser


async def issue(
    session: AsyncSession, actor: Actor, agency_id: UUID, *kinds: CardStepKind, days_ago: int = 40
) -> None:
    """A card with the steps that follow it, fourteen days from the draft to its publication."""
    issued_at = NOW - timedelta(days=days_ago)
    revision = await issue_scorecard(
        session, actor, issued_at, agency_id=agency_id, reason="A visit."
    )
    card_id = (await get_prepared(session, agency_id, revision)).card_id
    for kind in kinds:
        later = timedelta(days=0 if kind is K.SERVED else 14)
        new = NewCardStep(kind=kind, on_date=(issued_at + later).date(), text="=Reply")
        await insert_card_step(session, actor, NOW, card_id=card_id, new=new)


async def store_cards(engine: AsyncEngine) -> dict[str, str]:
    """Agencies whose card is valid, replaced by a newer one, still a draft, recalled, or none."""
    async with AsyncSession(engine, expire_on_commit=False) as session, session.begin():
        actor = await store_person(session, Role.REGULATOR)
        ids = {}
        for name in ("valid", "replaced", "draft", "recalled", "none"):
            ids[name] = await agencies_factory.store_agency(
                session, legal_name=f"=Agency {name}", licence_no=f"RL-{name}"
            )
        await store_approved(
            session, *whole_list(), visited_on=date(2026, 4, 1), agency_id=ids["valid"],
            approved_at=NOW - timedelta(days=60),
        )  # fmt: skip
        await issue(session, actor, ids["valid"], K.SERVED, K.REPLIED, K.PUBLISHED)
        await issue(session, actor, ids["replaced"], K.SERVED, K.PUBLISHED, days_ago=100)
        await issue(session, actor, ids["replaced"], K.SERVED, K.PUBLISHED)
        await issue(session, actor, ids["draft"], K.SERVED)
        await issue(session, actor, ids["recalled"], K.SERVED, K.PUBLISHED, K.RECALLED)
    return {name: str(agency_id) for name, agency_id in ids.items()}


async def test_the_data_hold_the_valid_card_of_each_agency(
    visitor: Browser, fresh_engine: AsyncEngine
) -> None:
    ids = await store_cards(fresh_engine)
    answer = (await visitor.get("/download/cards.json")).response
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-disposition"] == 'attachment; filename="cards-2026-06-30.json"'
    assert "set-cookie" not in answer.headers
    found = answer.json()
    assert (found["as_of"], found["rows"]) == ("2026-06-30", 2)
    cards = {one["agency_id"]: one for one in found["cards"]}
    assert set(cards) == {ids["valid"], ids["replaced"]}
    assert [one["agency_id"] for one in found["cards"]] == sorted(cards)
    valid, again = cards[ids["valid"]], cards[ids["replaced"]]
    assert (valid["revision"], valid["state"], valid["replies"]) == (1, "valid", ["=Reply"])
    assert (again["revision"], again["reason"]) == (2, "A visit.")
    assert valid["card"]["grade"] == "C"
    assert valid["card"]["lines"]


async def test_the_table_says_the_same_in_a_row(
    visitor: Browser, fresh_engine: AsyncEngine
) -> None:
    ids = await store_cards(fresh_engine)
    page = await visitor.get("/download/cards.csv")
    rows = csv.DictReader(io.StringIO(page.response.content.decode("utf-8-sig"), newline=""))
    by_agency = {row["agency_id"]: row for row in rows}
    row = by_agency[ids["valid"]]
    whole = (await visitor.get("/download/cards.json")).response.json()
    card = next(one for one in whole["cards"] if one["agency_id"] == ids["valid"])["card"]
    assert row["agency_name"] == "'=Agency valid"
    assert row["licence_no"] == "RL-valid"
    assert (row["as_of"], row["published_on"]) == ("2026-05-21", "2026-06-04")
    assert (row["grade"], row["limits"], row["replied"]) == ("C", "G8: C", "yes")
    for column, field in (
        ("score", "score_shown"), ("score_low", "score_low"), ("audit", "audit"),
        ("complaints", "complaints"), ("responsiveness", "responsiveness"),
    ):  # fmt: skip
        assert float(row[column]) == card[field]
    assert row["workers_sent"] == "0 | 0 | 0"


async def test_a_contested_line_is_counted_in_both_files_at_once(
    visitor: Browser, fresh_engine: AsyncEngine, settings: Settings
) -> None:
    agency_id = (await store_cards(fresh_engine))["valid"]
    before = (await visitor.get("/download/cards.json")).response
    assert before.headers["cache-control"] == "no-store"
    async with AsyncSession(fresh_engine, expire_on_commit=False) as session, session.begin():
        person = await store_agency_person(session, UUID(agency_id))
        first = (await get_prepared(session, UUID(agency_id), 1)).card.lines[0].id
        line = NewContestLine(line_id=first, ground=Ground.WRONG_RULE, reason="Secret words.")
        new = NewContest(lines=(line,))
        await file_contest(session, person, NOW, settings.files, revision=1, new=new)
    after = (await visitor.get("/download/cards.json")).response
    assert after.headers["cache-control"] == "no-store"
    counted = {
        one["agency_id"]: (one["contested"], one["pending"]) for one in after.json()["cards"]
    }
    assert counted.pop(agency_id) == (1, 1)
    assert set(counted.values()) == {(0, 0)}
    page = await visitor.get("/download/cards.csv")
    rows = csv.DictReader(io.StringIO(page.response.content.decode("utf-8-sig"), newline=""))
    [row] = [row for row in rows if row["agency_id"] == agency_id]
    assert (row["contested"], row["pending"], row["corrects"]) == ("1", "1", "no")
    assert "Secret words" not in after.text + page.text


async def test_the_columns_are_those_of_the_document(visitor: Browser) -> None:
    page = await visitor.get("/download/cards.csv")
    document = (DOCS / "downloads.md").read_text(encoding="utf-8")
    described = document[document.index("## The cards") :]
    for column in page.response.content.decode("utf-8-sig").splitlines()[0].split(","):
        assert f"`{column}`" in described


async def test_nothing_of_what_is_kept_back_is_in_a_file(
    visitor: Browser, fresh_engine: AsyncEngine
) -> None:
    ids = await store_cards(fresh_engine)
    for address in FILES:
        text = (await visitor.get(address)).response.text
        assert ids["valid"] in text
        for name in ("draft", "recalled", "none"):
            assert ids[name] not in text
        for word in ("basis", "inputs", "Person ", "issued_by"):
            assert word not in text


@pytest.mark.parametrize("address", FILES)
async def test_both_scripts_pass_a_downloaded_file(
    visitor: Browser, fresh_engine: AsyncEngine, tmp_path: Path, address: str
) -> None:
    await store_cards(fresh_engine)
    file = tmp_path / address.rsplit("/", 1)[1]
    file.write_bytes((await visitor.get(address)).response.content)
    said = run(DOCS / "verify_download.py", file)
    assert "complete and unchanged: 2 rows" in said
    if file.suffix == ".json":
        said = run(DOCS / "recompute_cards.py", file)
        assert said.endswith("2 of 2 cards agree to the last digit.\n")


async def test_before_anything_is_published_the_files_are_whole_and_empty(
    visitor: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "cards.json"
    file.write_bytes((await visitor.get("/download/cards.json")).response.content)
    assert run(DOCS / "recompute_cards.py", file).endswith(
        "0 of 0 cards agree to the last digit.\n"
    )


def run(script: Path, file: Path) -> str:
    done = subprocess.run(
        [sys.executable, str(script), str(file)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
