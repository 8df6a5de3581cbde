"""What is told of agencies that were found: data extension and the preview, public facts alone."""

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from jsonschema import Draft202012Validator
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser
from conftest import SignIn
from factories.agencies import NOW, full_record, make_record, store_agency, store_licence
from factories.licences import new
from recruitwatch.accounts.values import Role
from recruitwatch.actor import Actor
from recruitwatch.agencies.values import LicenceState
from recruitwatch.scorecards.actions import issue_scorecard
from recruitwatch.scorecards.queries import get_prepared, insert_card_step
from recruitwatch.scorecards.values.publishing import CardStepKind as K
from recruitwatch.scorecards.values.publishing import NewCardStep

SCHEMAS = Path(__file__).parents[2] / "data" / "reconciliation"
PATH = "/api/reconcile"
ALL = [
    "licence_no", "status", "licence_until", "grade", "grade_as_of", "grade_contested",
    "register", "country", "city", "page",
]  # fmt: skip
Json = dict[str, Any]
ActorOf = Callable[..., Awaitable[Actor]]


def check(schema: str, content: object) -> Any:
    rules = json.loads((SCHEMAS / f"{schema}.json").read_text())
    Draft202012Validator(rules).validate(content)
    return content


async def extend(browser: Browser, ids: list[str], wanted: list[str]) -> Json:
    """The answer to what OpenRefine asks when a column is added, by form and by link."""
    asked = {"ids": ids, "properties": [{"id": one, "settings": {}} for one in wanted]}
    sent = {"extend": json.dumps(check("extend-query", asked))}
    form = await browser.client.post(PATH, data=sent)
    link = await browser.client.get(PATH, params=sent)
    assert form.status_code == link.status_code == 200, form.text
    assert form.json() == link.json()
    found: Json = check("extend-response", form.json())
    return found


async def publish(session: AsyncSession, actor: Actor, agency_id: UUID, *more: K) -> None:
    """A card with its steps; where there is one already, the next revision."""
    revision = await issue_scorecard(
        session, actor, NOW - timedelta(days=40), agency_id=agency_id, reason="A visit."
    )
    card_id = (await get_prepared(session, agency_id, revision)).card_id
    for kind, days in ((K.SERVED, 40), (K.PUBLISHED, 20), *((kind, 10) for kind in more)):
        new = NewCardStep(kind=kind, on_date=(NOW - timedelta(days=days)).date(), text="Why")
        await insert_card_step(session, actor, NOW, card_id=card_id, new=new)


async def test_what_is_asked_of_agencies(
    browser: Browser, session: AsyncSession, actor_of: ActorOf
) -> None:
    regulator = await actor_of(Role.REGULATOR)
    padma = await store_agency(session, full_record())
    await store_licence(session, regulator, padma, new(LicenceState.VALID, "2024-01-01"))
    await publish(session, regulator, padma)
    bare = await store_agency(session, make_record(legal_name="Bare"))
    await session.commit()
    unknown = str(UUID(int=7))
    found = await extend(browser, [str(padma), str(bare), unknown, "no id"], ALL)
    assert [one["id"] for one in found["meta"]] == ALL
    assert found["meta"][0]["name"] == "Licence number"
    rows = found["rows"]
    card = (await browser.client.get(f"/api/cards/{padma}")).json()["card"]
    assert rows[str(padma)] == {
        "licence_no": [{"str": "RL-0042"}],
        "status": [{"str": "valid"}],
        "licence_until": [{"date": "2026-12-31T00:00:00Z"}],
        "grade": [{"str": card["grade"]}],
        "grade_as_of": [{"date": f"{card['as_of']}T00:00:00Z"}],
        "grade_contested": [{"int": 0}],
        "register": [{"str": "Register of Testland"}],
        "country": [{"str": "BD"}],
        "city": [{"str": "Dhaka"}],
        "page": [{"str": f"http://127.0.0.1:8000/agencies/{padma}"}],
    }
    told = {name for name, values in rows[str(bare)].items() if values}
    assert told == {"register", "country", "page"}
    assert rows[unknown] == rows["no id"] == {one: [] for one in ALL}


async def test_a_recalled_or_unpublished_card_gives_no_grade(
    browser: Browser, session: AsyncSession, actor_of: ActorOf
) -> None:
    regulator = await actor_of(Role.REGULATOR)
    recalled, draft = await store_agency(session), await store_agency(session)
    await publish(session, regulator, recalled, K.RECALLED)
    await issue_scorecard(session, regulator, NOW, agency_id=draft, reason="A visit.")
    await session.commit()
    rows = (await extend(browser, [str(recalled), str(draft)], ["grade", "grade_as_of"]))["rows"]
    nothing = {"grade": [], "grade_as_of": []}
    assert rows == {str(recalled): nothing, str(draft): nothing}


async def test_many_agencies_take_as_many_statements_as_one(
    browser: Browser, session: AsyncSession, queries: Any
) -> None:
    ids = [str(await store_agency(session)) for _ in range(50)]
    await session.commit()
    asked = {"ids": ids, "properties": [{"id": one} for one in ALL]}
    with queries(at_most=4):
        response = await browser.client.post(PATH, data={"extend": json.dumps(asked)})
    assert [*response.json()["rows"]] == ids


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ("nothing", 400, "cannot be read as extend"),
        ('{"ids":["a"]}', 400, "`properties`"),
        ('{"ids":["a"],"properties":[{"id":"owner"}]}', 400, "no property “owner”"),
        (json.dumps({"ids": [str(n) for n in range(51)], "properties": []}), 413, "at most 50"),
    ],
)
async def test_what_cannot_be_asked_is_refused(
    browser: Browser, sent: str, status: int, said: str
) -> None:
    response = await browser.client.post(PATH, data={"extend": sent})
    assert response.status_code == status
    assert said in response.json()["error"]["message"]


async def test_owners_and_notes_stay_inside(
    browser: Browser, session: AsyncSession, sign_in: SignIn
) -> None:
    """Whoever asks, signed in or not: the answers are those for everybody."""
    agency_id = str(await store_agency(session, full_record()))
    await session.commit()
    regulator = await sign_in(Role.REGULATOR)
    asked = json.dumps({"q": {"query": "Padma Overseas Dhaka"}})
    for visitor in (browser, regulator):
        texts = [
            (await visitor.client.post(PATH, data={"queries": asked})).text,
            (await visitor.client.get(f"{PATH}/suggest/entity?prefix=Padma")).text,
            (await visitor.client.get(f"/en/reconcile/preview/{agency_id}")).text,
            json.dumps(await extend(visitor, [agency_id], ALL)),
        ]
        for text in texts:
            assert "Padma" in text or "RL-0042" in text
            assert "Secret Owner" not in text
            assert "Moved in 2024" not in text


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Dhaka · Bangladesh"), ("bn", "বাংলাদেশ"), ("ar", "بنغلاديش")]
)
async def test_the_preview_stands_in_any_frame_and_runs_nothing(
    browser: Browser, session: AsyncSession, language: str, said: str
) -> None:
    agency_id = await store_agency(session, full_record())
    await session.commit()
    page = await browser.get(f"/reconcile/preview/{agency_id}", language=language)
    assert page.heading == "Padma Overseas Ltd"
    assert said in page.text
    assert "RL-0042" in page.text
    assert [*page.links().values()] == [f"/{language}/agencies/{agency_id}"]
    assert page.all("script") == []
    headers = page.response.headers
    assert "frame-ancestors *" in headers["content-security-policy"]
    assert "x-frame-options" not in headers
    assert "set-cookie" not in headers
    wish = await browser.client.get(
        f"/reconcile/preview/{agency_id}", headers={"Accept-Language": language}
    )
    assert wish.text == page.html


async def test_the_preview_of_an_unknown_agency(browser: Browser) -> None:
    page = await browser.get(f"/reconcile/preview/{UUID(int=7)}", status=404)
    assert page.response.headers["x-frame-options"] == "DENY"
