"""From an open finding to a decision, as staff do it on the pages."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from conftest import SignIn
from factories.accounts import store_person
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


@pytest.mark.parametrize(
    ("asked", "seen", "unseen"),
    [(8, "3 of 8 workers", "withheld"), (4, "Numbers are withheld", "3 of 4")],
)
async def test_the_agency_sees_counts_only_and_none_of_few_workers(
    session: AsyncSession, sign_in: SignIn, asked: int, seen: str, unseen: str
) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    finding_id = await store_finding(
        session, inspector, workers=Workers(failing=3, asked=asked), answer=None, evidence=None,
        note="", statement=f"3 of {asked} workers gave a failing answer.",
    )  # fmt: skip
    browser = await sign_in(Role.REVIEWER)
    page = await browser.get(f"/findings/{finding_id}/evidence")
    assert seen in page.text
    assert unseen not in page.text


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
