"""From an open finding to a decision, as staff do it on the pages."""

from uuid import uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from conftest import SignIn
from factories.accounts import store_person
from factories.agencies import store_agency
from factories.findings import NOW, store_finding
from recruitwatch.accounts.values import Role
from recruitwatch.findings.values import Workers

SERVED = {
    "served_on-day": "30", "served_on-month": "6", "served_on-year": "2026",
    "served_text": "By hand, receipt 7",
}  # fmt: skip


def day(name: str, on: object) -> dict[str, str]:
    year, month, day = str(on).split("-")
    return {f"{name}-year": year, f"{name}-month": month, f"{name}-day": day}


async def test_a_finding_is_served_answered_and_confirmed(
    session: AsyncSession, sign_in: SignIn
) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    finding_id = await store_finding(session, inspector)
    browser = await sign_in(Role.REGULATOR)
    page = await browser.get(f"/findings/{finding_id}")
    assert "The evidence has not been served" in page.text
    page = await browser.follow(await browser.post(f"/findings/{finding_id}/served", SERVED))
    assert "now has 14 full days" in page.text
    assert "may do so until 14 July 2026" in page.text
    early = await browser.post(
        f"/findings/{finding_id}/decision",
        {"decision": "confirmed", "reasons": "Clear."},
        status=422,
    )
    assert "may do so until" in early.text
    reply = {**day("replied_on", NOW.date()), "replied_text": "We repaid everybody."}
    page = await browser.follow(await browser.post(f"/findings/{finding_id}/replies", reply))
    assert "We repaid everybody." in page.text
    page = await browser.follow(
        await browser.post(
            f"/findings/{finding_id}/decision",
            {"decision": "confirmed", "reasons": "Receipts do not bear it out."},
        )
    )
    assert "The finding is confirmed" in page.text
    assert "Receipts do not bear it out." in page.text


async def test_the_inspector_with_a_second_role_is_told_why_not(
    session: AsyncSession, sign_in: SignIn
) -> None:
    browser = await sign_in(Role.INSPECTOR, Role.REGULATOR)
    finding_id = await store_finding(session, browser.actor)
    await browser.post(f"/findings/{finding_id}/served", SERVED)
    reply = {**day("replied_on", "2026-06-30"), "replied_text": "No."}
    await browser.post(f"/findings/{finding_id}/replies", reply)
    page = await browser.get(f"/findings/{finding_id}")
    assert "Whoever inspected may not decide" in page.text
    refused = await browser.post(
        f"/findings/{finding_id}/decision",
        {"decision": "dismissed", "reasons": "I was wrong."},
        status=403,
    )
    assert "Whoever inspected may not decide" in refused.text


async def test_all_mistakes_are_shown_and_what_was_typed_stays(
    session: AsyncSession, sign_in: SignIn
) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    finding_id = await store_finding(session, inspector)
    browser = await sign_in(Role.REVIEWER)
    page = await browser.post(
        f"/findings/{finding_id}/served",
        {
            "served_on-day": "31",
            "served_on-month": "6",
            "served_on-year": "2026",
            "served_text": "",
        },
        status=422,
    )
    assert set(page.errors()) == {"served_on", "served_text"}
    assert page.form("/served")["served_on-day"] == "31"
    page = await browser.post(
        f"/findings/{finding_id}/served",
        {**day("served_on", "2026-06-29"), "served_text": "By post"},
        status=422,
    )
    assert "before the day on which the finding was opened" in page.errors()["served_on"]
    assert page.form("/served")["served_text"] == "By post"


FEW = {"answer": None, "evidence": None, "note": "", "item_id": "RTI-JOB-01",
       "checklist_id": "returnee", "question": "What did you do there?"}  # fmt: skip


async def test_the_agency_sees_counts_only(session: AsyncSession, sign_in: SignIn) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    finding_id = await store_finding(
        session, inspector, **FEW, workers=Workers(failing=3, asked=8),
        statement="3 of 8 workers gave a failing answer.",
    )  # fmt: skip
    browser = await sign_in(Role.REVIEWER)
    page = await browser.get(f"/findings/{finding_id}/evidence")
    assert "3 of 8 workers" in page.text


async def test_the_word_of_few_workers_is_kept_from_the_agency(
    session: AsyncSession, sign_in: SignIn
) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    finding_id = await store_finding(
        session, inspector, **FEW, workers=Workers(failing=3, asked=4),
        statement="3 of 4 workers gave a failing answer.",
    )  # fmt: skip
    browser = await sign_in(Role.REGULATOR)
    page = await browser.get(f"/findings/{finding_id}")
    assert "Serving it would tell the agency who spoke" in page.text
    assert not [link for link in page.links() if "/evidence" in str(link)]
    assert "Record service" not in page.text
    refused = await browser.get(f"/findings/{finding_id}/evidence", status=409)
    assert "Serving it would tell the agency who spoke" in refused.text
    refused = await browser.post(f"/findings/{finding_id}/served", SERVED, status=422)
    assert "Serving it would tell the agency who spoke" in refused.text
    assert "may not be served" in (await browser.get("/findings")).text


async def test_a_document_speaks_for_few_workers(session: AsyncSession, sign_in: SignIn) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    agency_id, source_id = await store_agency(session), uuid4()
    paper_id = await store_finding(
        session, inspector, agency_id=agency_id, source_id=source_id, item_id="SOP-CON-02",
        question="Do contracts match what was promised?",
    )  # fmt: skip
    talks_id = await store_finding(
        session, inspector, **FEW, agency_id=agency_id, source_id=source_id,
        workers=Workers(failing=3, asked=4), borne_out_by="SOP-CON-02",
        statement="3 of 4 workers gave a failing answer.",
    )  # fmt: skip
    browser = await sign_in(Role.REGULATOR)
    assert "SOP-CON-02" in (await browser.get(f"/findings/{talks_id}")).text
    page = await browser.get(f"/findings/{talks_id}/evidence")
    assert "Do contracts match what was promised?" in page.text
    assert str(paper_id) in page.text
    for secret in ("private", "RTI-JOB-01", "What did you do there?", "3 of 4", "Interview"):
        assert secret not in page.text
    served = await browser.post(f"/findings/{talks_id}/served", SERVED)
    assert "now has 14 full days" in (await browser.follow(served)).text


async def test_whoever_answered_or_reviewed_is_told_why_not(
    session: AsyncSession, sign_in: SignIn
) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    answered, reviewed = await sign_in(Role.REGULATOR), await sign_in(Role.REGULATOR)
    finding_id = await store_finding(
        session, inspector, worked_by=[answered.actor.id], reviewed_by=[reviewed.actor.id]
    )
    await answered.post(f"/findings/{finding_id}/served", SERVED)
    reply = {**day("replied_on", "2026-06-30"), "replied_text": "No."}
    await answered.post(f"/findings/{finding_id}/replies", reply)
    decision = {"decision": "dismissed", "reasons": "It is well."}
    for browser, word in ((answered, "answered in"), (reviewed, "reviewed")):
        sentence = f"Whoever {word} the audit may not decide"
        assert sentence in (await browser.get(f"/findings/{finding_id}")).text
        refused = await browser.post(f"/findings/{finding_id}/decision", decision, status=403)
        assert sentence in refused.text


async def test_the_queue_filters_and_needs_few_statements(
    session: AsyncSession, sign_in: SignIn, queries
) -> None:  # type: ignore[no-untyped-def]
    inspector = await store_person(session, Role.INSPECTOR)
    for _ in range(12):
        await store_finding(session, inspector)
    browser = await sign_in(Role.OVERSIGHT)
    with queries(at_most=3):
        page = await browser.get("/findings")
    assert page.text.count("COV-FEE-01") == 12
    page = await browser.get("/findings?stands=confirmed")
    assert "No findings here" in page.text
    page = await browser.get("/findings?severity=critical&stands=open")
    assert page.text.count("COV-FEE-01") == 12
    page = await browser.get("/findings", language="ar")
    assert page.text.count("COV-FEE-01") == 12


ALLOWED = {
    "": {Role.INSPECTOR, Role.REVIEWER, Role.REGULATOR, Role.OVERSIGHT},
    "/evidence": {Role.INSPECTOR, Role.REVIEWER, Role.REGULATOR, Role.OVERSIGHT},
}
ALLOWED_POST = {
    "/served": {Role.REVIEWER, Role.REGULATOR},
    "/replies": {Role.REVIEWER, Role.REGULATOR},
    "/decision": {Role.REGULATOR},
}


@pytest.mark.parametrize("role", list(Role))
async def test_who_may_do_what(session: AsyncSession, sign_in: SignIn, role: Role) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    finding_id = await store_finding(session, inspector)
    browser = await sign_in(role)
    for end, roles in ALLOWED.items():
        await browser.get(f"/findings/{finding_id}{end}", status=200 if role in roles else 403)
    for end, roles in ALLOWED_POST.items():
        # An empty form of a person who may is refused as a form, not as a person.
        await browser.post(f"/findings/{finding_id}{end}", {}, status=422 if role in roles else 403)


async def test_a_stranger_is_led_to_signing_in(browser, session: AsyncSession) -> None:  # type: ignore[no-untyped-def]
    inspector = await store_person(session, Role.INSPECTOR)
    finding_id = await store_finding(session, inspector)
    await session.commit()
    await browser.get(f"/findings/{finding_id}", status=303)
