"""One engine: the protocol, the search box and `recruitwatch match` say the same of the same words."""

import argparse
import csv
import json
from math import exp
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser
from factories.agencies import make_record, store_agency, store_register
from recruitwatch.agencies.values import (
    Address,
    Contact,
    ContactKind,
    NameKind,
    NumberKind,
    OtherName,
    Register,
)
from recruitwatch.cli.match import CASES, run_match
from recruitwatch.cli.match_files import Query, read_queries, read_registers
from recruitwatch.names.values import AgencyFacts
from recruitwatch.reconciliation.values import MOST_QUERIES
from recruitwatch.settings import Settings

EVERY = 10


async def store_case_register(session: AsyncSession) -> None:
    register = Register(id="invented", title="Invented", country="XT", numbers=NumberKind.OFFICIAL)
    await store_register(session, register)
    wanted = Query(row=1, text="", register="invented")
    for facts in read_registers(CASES, [wanted])["invented"]:
        await store_agency(session, as_record(facts))
    await session.commit()


def as_record(facts: AgencyFacts):  # type: ignore[no-untyped-def]
    web = [name for name in facts.names if name.kind == "web"]
    return make_record(
        register_id="invented",
        legal_name=facts.names[0].text,
        licence_no=facts.number or None,
        names=tuple(
            OtherName(kind=NameKind.ALIAS, name=name.text)
            for name in facts.names[1:]
            if name not in web
        ),
        addresses=(Address(address=facts.address, city=facts.city),),
        contacts=(
            *(Contact(kind=ContactKind.PHONE, value=phone) for phone in facts.phones),
            *(
                Contact(kind=ContactKind.WEBSITE, value=f"www.{one.text.replace(' ', '-')}.example")
                for one in web
            ),
        ),
    )


def on_the_command_line(sample: list[Query], folder: Path) -> dict[str, list[dict[str, str]]]:
    """The rows of `recruitwatch match --out` by query."""
    asked, out = folder / "queries.csv", folder / "out.csv"
    with asked.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [("query", "register"), *((query.text, query.register) for query in sample)]
        )
    options = argparse.Namespace(registers=CASES, queries=asked, cases=False, out=out, json=False)
    assert run_match(Settings(data=folder, keys=folder), options) == 0
    found: dict[str, list[dict[str, str]]] = {}
    with out.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["query"], []).append(row)
    return found


async def test_the_three_doors_lead_to_the_same_agency(
    browser: Browser, session: AsyncSession, tmp_path: Path
) -> None:
    await store_case_register(session)
    sample = read_queries(CASES / "cases.csv")[::EVERY]
    assert 40 <= len(sample) <= MOST_QUERIES
    printed = on_the_command_line(sample, tmp_path)
    asked = {str(n): {"query": query.text} for n, query in enumerate(sample)}
    response = await browser.client.post("/api/reconcile", data={"queries": json.dumps(asked)})
    answered = response.json()
    outcomes = set()
    for n, query in enumerate(sample):
        candidates = answered[str(n)]["result"]
        searched = (await browser.client.get("/api/agencies", params={"q": query.text})).json()
        first = printed[query.text][0]
        outcomes.add(first["outcome"])
        assert searched["outcome"] == first["outcome"], query.text
        is_certain = [row["outcome"] for row in printed[query.text]].count("certain") == 1
        assert any(one["match"] for one in candidates) is is_certain, query.text
        if not searched["begins"]:
            assert [one["id"] for one in candidates] == [hit["id"] for hit in searched["hits"]]
        rows = [
            (row["licence_no"], round(100 * float(row["score"]), 2))
            for row in printed[query.text]
            if row["rank"]
        ]
        shown = [(one["description"].split(" · ")[0], one["score"]) for one in candidates]
        if first["outcome"] == "unmatched":
            # A page leaves out what has no reason that speaks for it; of those that fit alike either is first.
            assert {score for _, score in shown} <= {score for _, score in rows}, query.text
        else:
            assert shown[0] == rows[0], query.text
    assert outcomes == {"certain", "suggested", "unmatched"}


async def test_the_points_of_the_features_make_the_score(
    browser: Browser, session: AsyncSession
) -> None:
    """Whoever weighs them otherwise begins from what we weighed."""
    await store_case_register(session)
    sample = read_queries(CASES / "cases.csv")[3::EVERY]
    asked = {str(n): {"query": query.text} for n, query in enumerate(sample)}
    response = await browser.client.post("/api/reconcile", data={"queries": json.dumps(asked)})
    seen = 0
    for one in (c for answer in response.json().values() for c in answer["result"]):
        points = sum(feature["value"] for feature in one["features"])
        assert abs(one["score"] - 100 / (1 + exp(-points))) < 0.05, one
        seen += 1
    assert seen > 40
