"""What somebody of an agency reaches of the whole application, and what no page of hers says."""

import re
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from litestar.routes import HTTPRoute
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser, Page
from conftest import KEY, NOW
from factories.accounts import store_agency_person, store_person
from factories.agencies import make_record, store_agency
from factories.audits import make_answer, store_audit, store_interview, store_submission
from factories.complaints import vault_of
from factories.deciding import mark_of, open_ministry, reference_of, store_decided
from factories.findings import store_finding
from factories.published_cards import store_published
from recruitwatch.accounts.tables import people
from recruitwatch.accounts.values import Permission, Role
from recruitwatch.actor import Actor
from recruitwatch.checklists.values import Word
from recruitwatch.findings.actions import record_reply, serve_evidence
from recruitwatch.findings.values import NewStep, Workers
from recruitwatch.scorecards.actions.contesting import file_contest
from recruitwatch.scorecards.values.contests import Ground, NewContest, NewContestLine, NewPaper
from recruitwatch.settings import Settings
from rules.scorecards.example import complaint, example
from rules.viewing.samples import pdf

SignInFor = Callable[[UUID], Awaitable[Browser]]
LINE = "item:F2:answer"
OPEN_TO_HER = {Permission.OWN_ACCOUNT, Permission.AGENCY_PLACE}
# The whole place. An address is added here on purpose, never to please the test.
PLACE = {
    "GET /agency",
    "GET /agency/cards",
    "GET /agency/cards/{revision:int}",
    "GET /agency/cards/{revision:int}/contest",
    "POST /agency/cards/{revision:int}/contest",
    "POST /agency/cards/{revision:int}/reply",
    "GET /agency/contests",
    "GET /agency/contests/{contest_id:uuid}",
    "GET /agency/contests/{contest_id:uuid}/documents/{paper_id:uuid}",
    "GET /agency/findings",
    "GET /agency/findings/{notice_id:uuid}",
    "POST /agency/findings/{notice_id:uuid}/reply",
}
INSPECTOR, OFFICER = "Zulekha Inspector", "Yasmin Regulator"
NOTE, SPOKEN, WORDS = "note-in-the-margin", "whispered-in-the-kitchen", "two-lakh-for-nothing"
HOW, HEARD = "by-hand-to-the-cousin", "nervous-on-the-telephone"
OTHER, OTHER_REASON = "Meghna Overseas Ltd", "the-receipts-of-meghna"
TALK = "3f1b7c52-9a64-4a0e-8c59-0d6f27a1c001"
VISIT = "3f1b7c52-9a64-4a0e-8c59-0d6f27a1c002"


class Country(msgspec.Struct, frozen=True, kw_only=True):
    """Two agencies with everything that is known of them. `ids` are those of the ministry's things and
    of the other agency, by the name that routes give them."""

    agency_id: UUID
    ids: dict[str, object]
    mark: str
    own: list[str]
    secrets: list[str]


async def named(session: AsyncSession, name: str, role: Role) -> Actor:
    actor = await store_person(session, role)
    await session.execute(update(people).where(people.c.id == actor.id).values(full_name=name))
    return msgspec.structs.replace(actor, name=name)


async def contest(
    session: AsyncSession, files: Path, agency_id: UUID, reason: str
) -> tuple[UUID, Actor]:
    person = await store_agency_person(session, agency_id)
    line = NewContestLine(line_id=LINE, ground=Ground.WRONG_FACT, reason=reason)
    paper = NewPaper(file_name="receipts.pdf", content=pdf(pages=1))
    contest_id = await file_contest(
        session, person, NOW, files, revision=1, new=NewContest(lines=(line,), papers=(paper,))
    )
    return contest_id, person


async def inspected(session: AsyncSession, inspector: Actor, agency_id: UUID) -> tuple[UUID, UUID]:
    """An audit with a note and a talk of one worker; its id and that of the submission."""
    failed = make_answer("COV-FEE-01", Word.NO, note=NOTE)
    audit_id = await store_audit(
        session, inspector, lists=("covenant", "returnee"), answers=[failed], agency_id=agency_id
    )
    consent = make_answer("RTI-CON-01")
    said = make_answer("RTI-FEE-01", Word.NO, note=SPOKEN)
    await store_interview(
        session, inspector, audit_id, 1,
        msgspec.structs.replace(consent, interview_no=1),
        msgspec.structs.replace(said, interview_no=1),
    )  # fmt: skip
    receipt = await store_submission(session, inspector, audit_id)
    return audit_id, receipt.submission_id


@pytest.fixture
async def country(session: AsyncSession, settings: Settings, agency_id: UUID) -> Country:
    inspector = await named(session, INSPECTOR, Role.INSPECTOR)
    officer = await named(session, OFFICER, Role.REGULATOR)
    other = await store_agency(session, make_record(legal_name=OTHER))
    audit_id, submission_id = await inspected(session, inspector, agency_id)
    ministry = await open_ministry(session, vault_of(settings.keys, KEY))
    case = await store_decided(session, ministry, agency_id, NOW - timedelta(days=40))
    mark = await mark_of(session, case.case_id)
    inputs = example(as_of=NOW.date())
    cases = tuple(complaint(f"case/{mark}/{n}") for n in range(6))
    for one in (agency_id, other):
        await store_published(
            session, officer, one, msgspec.structs.replace(inputs, complaints=cases),
            asked=("W1",), talks=tuple(f"{TALK}/{n}" for n in range(12)),
        )  # fmt: skip
    findings = []
    for of, more in (
        (agency_id, {"note": NOTE}),
        (agency_id, {"note": "", "workers": Workers(failing=4, asked=9), "statement": SPOKEN,
                     "answer": None, "evidence": None, "item_id": "PDI-FEE-01"}),
        (other, {"note": OTHER_REASON}),
    ):  # fmt: skip
        one = await store_finding(session, inspector, agency_id=of, **more)
        served = NewStep(on_date=NOW.date(), text=HOW)
        await serve_evidence(session, officer, NOW, finding_id=one, step=served)
        heard = NewStep(on_date=NOW.date(), text=HEARD)
        await record_reply(session, officer, NOW, finding_id=one, step=heard)
        findings.append(one)
    unserved = await store_finding(session, inspector, agency_id=agency_id, question=WORDS)
    own_contest, _ = await contest(session, settings.files, agency_id, "Our receipts are there.")
    other_contest, other_person = await contest(session, settings.files, other, OTHER_REASON)
    await session.commit()
    return Country(
        agency_id=agency_id,
        ids={
            "agency_id": other, "audit_id": audit_id, "case_id": case.case_id,
            "contest_id": other_contest, "finding_id": unserved, "notice_id": findings[2],
            "person_id": other_person.id, "submission_id": submission_id,
            "office_id": officer.office_id, "desk_id": ministry.desk.desk_id,
        },
        mark=mark,
        own=[
            "/agency", "/agency/cards", "/agency/cards/1",
            "/agency/cards/1/contest?line=complaints", "/agency/contests",
            f"/agency/contests/{own_contest}", "/agency/findings",
            *(f"/agency/findings/{one}" for one in findings[:2]), "/account",
        ],
        secrets=[
            INSPECTOR, OFFICER, NOTE, SPOKEN, WORDS, HOW, HEARD, TALK, mark, str(case.case_id),
            await reference_of(session, case.case_id), str(unserved), str(submission_id),
            str(audit_id), "4 of 9", "RTI-FEE-01", ministry.first.actor.name,
        ],
    )  # fmt: skip


def routes(application: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for route in application[0].routes:
        assert isinstance(route, HTTPRoute)
        for handler in route.route_handlers:
            for method in sorted(set(handler.http_methods) & {"GET", "POST"}):
                yield method, route.path, handler.opt


def filled(path: str, ids: dict[str, object]) -> str:
    """The address with things that are there; made up where the country has none."""

    def value(found: re.Match[str]) -> str:
        name, kind = found[1], found[2]
        made_up = {"uuid": str(uuid4()), "int": "1"}.get(kind, "covenant")
        return str(ids.get(name, made_up))

    return re.sub(r"\{(\w+):(\w+)\}", value, path)


def test_the_place_is_exactly_these_pages(application: Any) -> None:
    found = {
        f"{method} {path}"
        for method, path, opt in routes(application)
        if opt.get("permission") is Permission.AGENCY_PLACE
    }
    assert found == PLACE


async def test_of_the_whole_application_only_her_place_and_public_pages_open(
    application: Any, sign_in_for: SignInFor, country: Country
) -> None:
    browser = await sign_in_for(country.agency_id)
    await browser.get("/agency")
    closed = 0
    for method, path, opt in routes(application):
        if opt.get("public") or opt.get("permission") in OPEN_TO_HER:
            continue
        address = filled(path, country.ids)
        if method == "GET":
            answer = (await browser.get(address, status=403)).response
        else:
            answer = (await browser.post(address, {}, status=403)).response
        for secret in (*country.secrets, OTHER, OTHER_REASON):
            # The address itself stands in the links to other languages.
            assert secret not in answer.text or secret in address, (address, secret)
        closed += 1
    assert closed > 80


async def test_nothing_of_others_answers_in_her_place(
    sign_in_for: SignInFor, country: Country, session: AsyncSession
) -> None:
    """What is of others answers like what never was, word by word."""
    browser = await sign_in_for(country.agency_id)
    for path in sorted(PLACE):
        method, address = path.split(" ")
        if "{" not in address:
            continue
        of_others = {**country.ids, "revision": 2}
        pages = []
        for ids in (of_others, {"revision": 77}):
            there = filled(address, ids)
            if method == "GET":
                pages.append(await browser.get(there, status=404))
            else:
                pages.append(await browser.post(there, {"reply": "?", "line": LINE}, status=404))
        assert pages[0].text == pages[1].text, path


async def test_no_page_of_hers_says_who_spoke_who_wrote_or_anything_of_another_agency(
    sign_in_for: SignInFor, country: Country
) -> None:
    browser = await sign_in_for(country.agency_id)
    public = [f"/cards/{country.agency_id}", f"/agencies/{country.agency_id}"]
    for language in ("en", "bn", "ar"):
        for address in (*country.own, *public):
            page = await browser.get(address, language=language)
            for secret in (*country.secrets, OTHER, OTHER_REASON):
                assert secret not in page.html, (address, secret)


async def test_the_ministry_does_read_what_is_kept_from_her(
    sign_in: Callable[..., Awaitable[Browser]], country: Country
) -> None:
    """Or the tests above would look for words that stand nowhere."""
    browser = await sign_in(Role.REGULATOR)
    [first, _] = [one.removeprefix("/agency") for one in country.own if "/findings/" in one]
    page = await browser.get(first)
    for secret in (INSPECTOR, NOTE, HOW, HEARD):
        assert secret in page.text
    page = await browser.get(f"/agencies/{country.agency_id}/card/1")
    assert country.mark in page.html


async def test_every_link_that_she_is_shown_opens(sign_in_for: SignInFor, country: Country) -> None:
    browser = await sign_in_for(country.agency_id)
    seen: set[str] = set()
    waiting = ["/en/agency"]
    while waiting:
        page: Page = await browser.get(waiting.pop())
        for link in page.links().values():
            address = link.split("#")[0].split("?")[0]
            if address.startswith("/en/agency") and address not in seen:
                seen.add(address)
                if "/documents/" in address:
                    assert (await browser.client.get(link)).status_code == 200
                else:
                    waiting.append(address)
            elif address.startswith("/en/") and address not in seen:
                seen.add(address)
                assert (await browser.client.get(link)).status_code == 200, link
    assert len(seen) > 8


async def test_a_stranger_is_sent_to_sign_in(browser: Browser) -> None:
    for path in sorted(PLACE):
        method, address = path.split(" ")
        there = filled(address, {})
        page = (
            await browser.get(there, status=303)
            if method == "GET"
            else await browser.post(there, {}, status=303)
        )
        assert page.response.headers["location"].startswith("/en/sign-in")


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.AGENCY])
async def test_people_of_the_ministry_have_no_place_there(
    sign_in: Callable[..., Awaitable[Browser]], role: Role
) -> None:
    browser = await sign_in(role)
    await browser.get("/agency", status=403)
    await browser.get(f"/agency/findings/{uuid4()}", status=403)
