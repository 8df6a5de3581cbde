"""An inspector's day: from starting a visit to a decided finding, on the pages alone."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser, Page
from conftest import SignIn
from factories.agencies import store_agency
from factories.audits import FACTS
from factories.checklists import store_library
from recruitwatch.accounts.values import Role
from recruitwatch.findings.tables import findings
from recruitwatch.history.queries import list_entries


def visit(page: Page, *lists: str, **changes: str) -> dict[str, object]:
    """The start form as an inspector fills it in."""
    return {
        **page.form("/audits/new"),
        "notice": "unannounced",
        "unannounced_reason": "A tip from the hotline",
        "visited_on-day": "20",
        "visited_on-month": "6",
        "visited_on-year": "2026",
        "lists": list(lists),
        **{f"fact-{name}": "yes" if value else "no" for name, value in FACTS.items()},
        **changes,
    }


async def start(browser: Browser, agency_id: UUID, *lists: str) -> str:
    page = await browser.get(f"/audits/new?agency={agency_id}")
    form = visit(page, *lists)
    first = await browser.post("/audits/new", form)
    again = await browser.post("/audits/new", form)
    assert first.response.headers["location"] == again.response.headers["location"]
    return first.response.headers["location"].removeprefix("/en").partition("?")[0]


async def answer(browser: Browser, address: str, **fields: str) -> Page:
    """Fill some fields of a section and save; names use _ for the hyphens of items."""
    page = await browser.get(address)
    form = page.form(address)
    form.update({name.replace("_", "-"): value for name, value in fields.items()})
    return await browser.follow(await browser.post(address, {**form, "then": "stay"}))


async def hand_in(browser: Browser, audit: str) -> tuple[dict[str, str], Page]:
    form = (await browser.get(f"{audit}/submit")).form("/submit")
    return form, await browser.post(f"{audit}/submit", form)


async def talk(browser: Browser, audit: str, number: int, word: str, **fields: str) -> None:
    page = await browser.get(f"{audit}/interviews")
    sent = await browser.post(f"{audit}/interviews", page.form("/interviews"))
    here = sent.response.headers["location"].removeprefix("/en")
    assert here.endswith(f"/returnee/{number}")
    page = await answer(browser, here, RTI_CNS_01=word)
    if word == "yes":
        assert "JOB" in page.html
        await answer(browser, here, **fields)
    else:
        assert "The worker did not agree" in page.text
        assert "RTI-JOB-01" not in page.html


async def test_from_the_visit_to_the_decision(session: AsyncSession, sign_in: SignIn) -> None:
    await store_library(session)
    agency_id = await store_agency(session, legal_name="Padma Overseas Ltd")
    inspector = await sign_in(Role.INSPECTOR, Role.REVIEWER)
    audit = await start(inspector, agency_id, "covenant", "returnee")

    await answer(
        inspector, f"{audit}/lists/covenant/LAW",
        COV_LAW_01="no", COV_LAW_01_evidence="E2", COV_LAW_01_note="No policy was shown.",
        COV_LAW_02="na", COV_LAW_02_reason="Not asked here",
    )  # fmt: skip
    for number in range(1, 6):
        await talk(inspector, audit, number, "yes", RTI_JOB_01="no" if number < 3 else "yes")
    await talk(inspector, audit, 6, "no")
    overview = await inspector.get(audit)
    assert "2 of 7" in overview.text
    assert "6 workers" in overview.text

    form, sent = await hand_in(inspector, audit)
    receipt = await inspector.follow(sent)
    assert form["sha256"] in receipt.text
    again = await inspector.follow(await inspector.post(f"{audit}/submit", form))
    assert "had been received before" in again.text
    changed = {**form, "sha256": "0" * 64}
    await inspector.post(f"{audit}/submit", changed, status=409)

    first = f"/reviews/{form['submission_id']}"
    own = await inspector.get(first)
    assert "Nobody reviews an audit that they worked on" in own.text
    await inspector.post(f"{first}/approve", status=403)

    reviewer = await sign_in(Role.REVIEWER)
    await reviewer.get("/reviews")
    page = await reviewer.get(first)
    assert page.text.index("2 of 5 workers") < page.text.index("All answers")
    assert "No policy was shown." in page.text
    await reviewer.post(f"{first}/return", {"reason": ""}, status=422)
    await reviewer.post(f"{first}/return", {"reason": "Say who was asked for the policy."})

    overview = await inspector.get(audit)
    assert "Say who was asked for the policy." in overview.text
    await answer(inspector, f"{audit}/lists/covenant/LAW", COV_LAW_01_note="The owner was asked.")
    form, sent = await hand_in(inspector, audit)
    assert "version 2" in (await inspector.follow(sent)).text.lower()

    done = await reviewer.follow(await reviewer.post(f"/reviews/{form['submission_id']}/approve"))
    assert "It opened 2 findings" in done.text
    await reviewer.post(f"/reviews/{form['submission_id']}/approve", status=409)

    rows = await session.execute(select(findings.c.item_id, findings.c.id, findings.c.trips_gate))
    opened = {item: (finding_id, trips) for item, finding_id, trips in rows}
    assert set(opened) == {"COV-LAW-01", "RTI-JOB-01"}
    assert opened["RTI-JOB-01"][1] is True
    finding = f"/findings/{opened['RTI-JOB-01'][0]}"

    regulator = await sign_in(Role.REGULATOR)
    assert "2 of 5 workers" in (await regulator.get(f"{finding}/evidence")).text
    day = {"day": "30", "month": "6", "year": "2026"}
    served = {f"served_on-{part}": value for part, value in day.items()}
    decision = {"decision": "confirmed", "reasons": "Five workers agree."}
    await regulator.post(f"{finding}/decision", decision, status=422)
    await regulator.post(f"{finding}/served", {**served, "served_text": "By hand"})
    await regulator.post(f"{finding}/decision", decision, status=422)
    replied = {f"replied_on-{part}": value for part, value in day.items()}
    await regulator.post(f"{finding}/replies", {**replied, "replied_text": "We disagree."})
    page = await regulator.follow(await regulator.post(f"{finding}/decision", decision))
    assert "The finding is confirmed" in page.text
    lines = await list_entries(session, subject=("finding", opened["RTI-JOB-01"][0]), limit=9)
    assert [line.action for line in reversed(lines)] == [
        "finding_opened", "finding_served", "finding_replied", "finding_confirmed",
    ]  # fmt: skip
