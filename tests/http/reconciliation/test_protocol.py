"""The protocol as a program meets it: every answer has the form that the specification asks for."""

import asyncio
import json
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser
from factories.agencies import full_record, make_record, store_agency, store_register
from recruitwatch.agencies.values import NumberKind, Register
from recruitwatch.names.rules.features import FEATURES
from recruitwatch.reconciliation.api import AT_ONCE, MOST_WAITING, places, turns

SCHEMAS = Path(__file__).parents[2] / "data" / "reconciliation"
PATH = "/api/reconcile"
AGENCY = {"id": "agency", "name": "Recruitment agency"}
Json = dict[str, Any]


def check(schema: str, content: object) -> Any:
    """The content, once it has passed."""
    rules = json.loads((SCHEMAS / f"{schema}.json").read_text())
    Draft202012Validator.check_schema(rules)
    Draft202012Validator(rules).validate(content)
    return content


async def ask(browser: Browser, queries: Json) -> dict[str, list[Json]]:
    """The candidates of each query, sent as OpenRefine sends it: a form without token or cookie."""
    check("query-batch", queries)
    response = await browser.client.post(PATH, data={"queries": json.dumps(queries)})
    assert response.status_code == 200, response.text
    assert "set-cookie" not in response.headers
    return {key: one["result"] for key, one in check("result-batch", response.json()).items()}


async def ask_one(browser: Browser, words: str, **more: object) -> list[Json]:
    return (await ask(browser, {"q0": {"query": words, **more}}))["q0"]


@pytest.fixture
async def padma(session: AsyncSession) -> str:
    """One agency with something in every part, and others around it."""
    agency_id = await store_agency(session, full_record())
    for name in ("Meghna Overseas", "Jamuna Travels", "Golden Star Manpower"):
        await store_agency(session, make_record(legal_name=name))
    await session.commit()
    return str(agency_id)


async def test_the_service_says_what_it_is(browser: Browser) -> None:
    response = await browser.client.get(PATH)
    manifest = check("manifest", response.json())
    assert manifest["versions"] == ["0.2"]
    assert manifest["name"].endswith("Ministry of Labour of Testland")
    assert manifest["view"]["url"] == "http://127.0.0.1:8000/agencies/{{id}}"
    assert manifest["defaultTypes"] == [AGENCY]
    assert manifest["batchSize"] == 50


async def test_a_stranger_cannot_choose_the_addresses(browser: Browser) -> None:
    response = await browser.client.get(PATH, headers={"Host": "evil.example"})
    assert "evil.example" not in response.text


@pytest.mark.parametrize(
    "address",
    [
        PATH,
        f"{PATH}?queries=%7B%7D",
        f"{PATH}?queries=nothing",
        f"{PATH}/suggest/entity?prefix=a",
        f"{PATH}/suggest/property?prefix=a",
        f"{PATH}/properties?type=agency",
        f"{PATH}/properties?type=city",
        "/reconcile/preview/00000000-0000-0000-0000-000000000000",
    ],
)
async def test_every_site_may_read_the_answer(browser: Browser, address: str) -> None:
    response = await browser.client.get(address)
    assert response.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in response.headers
    assert response.headers["cross-origin-resource-policy"] == "cross-origin"


@pytest.mark.parametrize("address", ["/api/agencies", "/en/agencies", "/en/sign-in", "/healthz"])
async def test_no_other_address_is_open_to_other_sites(browser: Browser, address: str) -> None:
    response = await browser.client.get(address)
    assert "access-control-allow-origin" not in response.headers
    assert response.headers["x-frame-options"] == "DENY"


async def test_a_name_finds_its_agency_with_all_its_points(browser: Browser, padma: str) -> None:
    first, *_ = await ask_one(browser, "Podma Oversees")
    assert (first["id"], first["name"]) == (padma, "Padma Overseas Ltd")
    assert first["type"] == [AGENCY]
    assert first["description"] == "RL-0042 · Dhaka · Register of Testland"
    assert first["score"] > 55
    assert first["match"] is False
    named = {one["id"] for one in first["features"]}
    assert named == {"base", *(feature.name for feature in FEATURES)}


async def test_links_answer_like_forms(browser: Browser, padma: str) -> None:
    queries = {"q0": {"query": "Podma Oversees"}, "q1": {"query": "RL 0042"}}
    link = await browser.client.get(PATH, params={"queries": json.dumps(queries)})
    form = await browser.client.post(PATH, data={"queries": json.dumps(queries)})
    assert link.json() == form.json()
    assert [*link.json()] == ["q0", "q1"]


@pytest.mark.parametrize(
    ("query", "is_match"),
    [
        ({"query": "licence RL 0042"}, True),
        ({"query": "Padma Overseas"}, False),
        ({"query": "Padma Overseas Ltd"}, False),
        ({"query": "Padma", "properties": [{"pid": "licence_no", "v": "RL-0042"}]}, True),
        ({"properties": [{"pid": "licence_no", "v": ["RL 42"]}]}, True),
        ({"query": "Padma Overseas Ltd", "properties": [{"pid": "phone", "v": "029550101"}]}, True),
        ({"query": "Padma", "properties": [{"pid": "place", "v": "Lake Road"}]}, False),
        ({"query": "Golden Star", "properties": [{"pid": "licence_no", "v": "RL-9999"}]}, False),
    ],
)
async def test_only_what_is_certain_is_a_match(
    browser: Browser, padma: str, query: Json, is_match: bool
) -> None:
    found = (await ask(browser, {"q": query}))["q"]
    assert found[0]["match"] is is_match
    assert not any(one["match"] for one in found[1:])
    if is_match:
        assert found[0]["id"] == padma


async def test_a_number_in_several_runs_is_a_fact_of_its_own(
    browser: Browser, session: AsyncSession
) -> None:
    await store_agency(session, legal_name="Lotus Travels", licence_no="B-0123/PER/300/2010")
    await store_agency(session, legal_name="Lotus Exports", licence_no="B-0124/PER/300/2010")
    await session.commit()
    number = {"pid": "licence_no", "v": "B-0123/PER/300/2010"}
    found = await ask_one(browser, "Lotus", properties=[number])
    assert [one["name"] for one in found if one["match"]] == ["Lotus Travels"]


async def test_two_that_are_certain_are_no_match(browser: Browser, session: AsyncSession) -> None:
    """One agency that is in two registers: a person chooses."""
    other = Register(id="other", title="Other list", country="NP", numbers=NumberKind.OFFICIAL)
    await store_register(session, other)
    await store_agency(session, full_record())
    await store_agency(session, full_record(register_id="other"))
    await session.commit()
    phone = {"pid": "phone", "v": "029550101"}
    both = await ask_one(browser, "Padma Overseas Ltd", properties=[phone])
    assert [one["match"] for one in both] == [False, False]
    assert len(await ask_one(browser, "Padma Overseas Ltd", properties=[phone], limit=1)) == 1
    for narrowed in (
        {"pid": "register", "v": "OTHER"},
        {"pid": "register", "v": {"id": "other", "name": "Other list"}},
        {"pid": "country", "v": "NP"},
        {"pid": "country", "v": "Nepal"},
        {"pid": "country", "v": "নেপাল"},
    ):
        one = await ask_one(browser, "Padma Overseas Ltd", properties=[phone, narrowed])
        assert [(c["description"][-10:], c["match"]) for c in one] == [("Other list", True)]


@pytest.mark.parametrize(
    "narrowed",
    [{"pid": "register", "v": "nowhere"}, {"pid": "country", "v": "Atlantis"}],
)
async def test_what_no_register_holds_is_not_sought_elsewhere(
    browser: Browser, padma: str, narrowed: Json
) -> None:
    assert await ask_one(browser, "Padma Overseas Ltd", properties=[narrowed]) == []


async def test_its_identifier_finds_the_agency(browser: Browser, padma: str) -> None:
    for words in (padma, padma.upper(), f"http://127.0.0.1:8000/bn/agencies/{padma}"):
        found = await ask_one(browser, words)
        assert [(one["id"], one["score"], one["match"]) for one in found] == [(padma, 100, True)]
        page = await browser.client.get(f"{PATH}/suggest/entity", params={"prefix": words})
        assert [one["id"] for one in page.json()["result"]] == [padma]


@pytest.mark.parametrize("words", ["", "  ", "\x00", "zzzz qqqq", "🙂", "\u2028"])
async def test_words_that_name_nobody(browser: Browser, padma: str, words: str) -> None:
    assert await ask_one(browser, words) == []


async def test_each_query_is_answered_for_itself(
    browser: Browser, padma: str, queries: Any
) -> None:
    asked = {f"q{n}": {"query": "Padma" if n % 2 else "Jamuna", "limit": 1} for n in range(50)}
    with queries(at_most=252):
        found = await ask(browser, asked)
    names = {key: [one["name"] for one in result] for key, result in found.items()}
    assert names["q0"] == ["Jamuna Travels"]
    assert names["q49"] == ["Padma Overseas Ltd"]


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ("not json", 400, "cannot be read"),
        ("[]", 400, "Expected `object`"),
        ('{"q":{"query":"\\ud800"}}', 400, "cannot be read"),
        ('{"q":{}}', 400, "neither a name nor a property"),
        ('{"q":{"properties":[]}}', 400, "neither a name nor a property"),
        ('{"q":{"query":"a","colour":"red"}}', 400, "colour"),
        ('{"q":{"query":"a","type":"city"}}', 400, "no type “city”"),
        ('{"q":{"query":"a","type":["agency","city"]}}', 400, "no type “city”"),
        ('{"q":{"query":"a","type_strict":"maybe"}}', 400, "maybe"),
        ('{"q":{"query":"a","limit":0}}', 400, "limit"),
        ('{"q":{"query":"a","limit":1.5}}', 400, "limit"),
        ('{"q":{"query":"a","properties":[{"pid":"owner","v":"a"}]}}', 400, "no property “owner”"),
        ('{"q":{"query":"a","properties":[{"pid":"phone","v":true}]}}', 400, "text or numbers"),
        ('{"q":{"query":"a","properties":[{"pid":"phone"}]}}', 400, "`v`"),
        (f'{{"q":{{"query":"a","more":{"[" * 9000}{"]" * 9000}}}}}', 400, "cannot be read"),
        ('{"q":{"query":"a","properties":[{"pid":"phone","v":1e999}]}}', 400, "out of range"),
        (f'{{"q":{{"properties":[{{"pid":"phone","v":{[1] * 11}}}]}}}}', 400, "at most 10"),
        (json.dumps({str(n): {"query": "a"} for n in range(51)}), 413, "at most 50"),
    ],
)
async def test_what_is_wrong_is_refused_with_its_reason(
    browser: Browser, sent: str, status: int, said: str
) -> None:
    response = await browser.client.post(PATH, data={"queries": sent})
    assert response.status_code == status, response.text
    assert said in response.json()["error"]["message"]


async def test_too_large_a_body_is_refused(browser: Browser) -> None:
    response = await browser.client.post(PATH, data={"queries": "x" * 300_000})
    assert response.status_code == 413
    assert response.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("data", [None, {"question": "a"}])
async def test_a_form_without_queries_is_refused(browser: Browser, data: Json | None) -> None:
    response = await browser.client.post(PATH, data=data)
    assert response.status_code == 400
    assert "queries" in response.json()["error"]["message"]


async def test_older_clients_are_called_back(browser: Browser, padma: str) -> None:
    for address in (PATH, f"{PATH}/suggest/entity?prefix=padma"):
        plain = await browser.client.get(address)
        called = await browser.client.get(
            address, params={"callback": "jQuery.cb_1"} | _of(address)
        )
        assert called.headers["content-type"].startswith("text/javascript")
        assert called.text.startswith("/**/jQuery.cb_1({")
        assert json.loads(called.text.removeprefix("/**/jQuery.cb_1(").removesuffix(");")) == (
            plain.json()
        )


def _of(address: str) -> dict[str, str]:
    """The parameters of the address, which httpx would replace."""
    query = address.partition("?")[2]
    return dict([query.split("=")]) if query else {}


@pytest.mark.parametrize(
    "callback", ["", "alert(1)//", "a b", "a..b", "1a", "a;", "é", "x" * 101, "a\n", "<script>"]
)
async def test_a_callback_is_a_name_and_nothing_else(browser: Browser, callback: str) -> None:
    response = await browser.client.get(PATH, params={"callback": callback})
    assert response.status_code == 400
    assert response.headers["content-type"].startswith("application/json")
    assert "callback" in response.json()["error"]["message"]


async def test_no_page_of_ours_can_load_an_answer_as_a_script(browser: Browser) -> None:
    """Our policy lets pages run scripts of the site: markup smuggled into one must not find any here."""
    address, sent = f"{PATH}?callback=cb", {"Sec-Fetch-Site": "same-origin"}
    ours = await browser.client.get(address, headers=sent)
    assert ours.headers["content-type"].startswith("application/json")
    assert ours.headers["x-content-type-options"] == "nosniff"
    others = await browser.client.get(address, headers={"Sec-Fetch-Site": "cross-site"})
    assert others.text.startswith("/**/cb(")


async def test_who_comes_when_many_wait_is_asked_to_come_again(browser: Browser) -> None:
    """Each that waits keeps its list in memory."""
    async with AsyncExitStack() as held:
        for _ in range(AT_ONCE):
            await held.enter_async_context(turns)
            await held.enter_async_context(places)
        async with asyncio.TaskGroup() as waiting:
            asked = [
                waiting.create_task(browser.client.post(PATH, data={"queries": "{}"}))
                for _ in range(MOST_WAITING + 1)
            ]
            done, _ = await asyncio.wait(asked, timeout=10, return_when=asyncio.FIRST_COMPLETED)
            await held.aclose()
    assert [one.result().status_code for one in done] == [503]
    assert next(iter(done)).result().headers["access-control-allow-origin"] == "*"
    assert sorted(one.result().status_code for one in asked) == [200] * MOST_WAITING + [503]


async def test_names_are_suggested_as_they_are_typed(
    browser: Browser, session: AsyncSession
) -> None:
    for number in range(25):
        await store_agency(session, legal_name=f"Delta Overseas {number:02}")
    await session.commit()

    async def suggested(**params: str | int) -> list[str]:
        response = await browser.client.get(f"{PATH}/suggest/entity", params=params)
        found = check("suggest-entity", response.json())["result"]
        assert all(one["notable"] == [AGENCY] for one in found)
        return [one["name"] for one in found]

    first = await suggested(prefix="delta o")
    assert first == [f"Delta Overseas {n:02}" for n in range(20)]
    assert await suggested(prefix="delta o", cursor=20) == [
        f"Delta Overseas {n:02}" for n in range(20, 25)
    ]
    assert await suggested(prefix="delta o", cursor=25) == []
    assert await suggested(prefix="Overseas Delta 07") == ["Delta Overseas 07"]
    assert await suggested(prefix="") == []


async def test_properties_are_suggested_and_proposed(browser: Browser) -> None:
    response = await browser.client.get(f"{PATH}/suggest/property", params={"prefix": "licen"})
    assert check("suggest-property", response.json())["result"] == [
        {"id": "licence_no", "name": "Licence number"}
    ]
    response = await browser.client.get(f"{PATH}/properties?type=agency&limit=2")
    proposed = check("property-proposals", response.json())
    assert [one["id"] for one in proposed["properties"]] == ["licence_no", "status"]
    assert (await browser.client.get(f"{PATH}/properties?type=city")).status_code == 400
