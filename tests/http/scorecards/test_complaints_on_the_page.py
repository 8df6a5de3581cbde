"""Complaints as the regulator reads them on the card, and as nobody else does."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
import yaml
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser, Page, text_of
from conftest import KEY, NOW, SignIn
from factories import agencies as agencies_factory
from factories import deciding
from factories.accounts import store_person
from factories.audits import FACTS, make_answer, store_audit, store_submission
from factories.complaints import vault_of
from factories.deciding import CRITICAL, MAJOR, Ministry
from recruitwatch.accounts.values import Role
from recruitwatch.agencies.values import Deployment, Sex
from recruitwatch.audits.actions.reviewing import approve_audit
from recruitwatch.audits.values import Answer
from recruitwatch.checklists.values import RatioAnswer, Word
from recruitwatch.complaints.values.states import Outcome

ROOT = Path(__file__).parent.parent.parent.parent
SENT = tuple(
    Deployment(year=year, sex=Sex.WOMEN, destination="SA", workers=workers)
    for year, workers in ((2025, 400), (2024, 300), (2023, 200))
)


def whole_list() -> list[Answer]:
    """The inspection list with every question of word or count in order: a full inspection."""
    answers = []
    sections = yaml.safe_load((ROOT / "checklists" / "sop" / "v1.yaml").read_text())["sections"]
    for item in (item for section in sections for item in section["items"]):
        kind, rule = item["answer"]["type"], item["answer"].get("compliant")
        if kind == "ratio":
            answers.append(make_answer(item["id"], value=RatioAnswer(ok=12, checked=12)))
        elif kind in ("yes_no_partial_na", "yes_no_na") and FACTS.get(item["applies_if"], True):
            answers.append(make_answer(item["id"], Word(rule["value"])))
    return answers


@pytest.fixture
async def ministry(session: AsyncSession, tmp_path: Path) -> Ministry:
    return await deciding.open_ministry(session, vault_of(tmp_path, KEY))


@pytest.fixture
async def agency_id(session: AsyncSession) -> UUID:
    """Inspected, so that it has points to lose."""
    agency_id = await agencies_factory.store_agency(session, deployments=SENT)
    inspector = await store_person(session, Role.INSPECTOR)
    reviewer = await store_person(session, Role.REVIEWER)
    audit_id = await store_audit(
        session, inspector, lists=("sop",), agency_id=agency_id, answers=whole_list()
    )
    receipt = await store_submission(session, inspector, audit_id)
    await approve_audit(session, reviewer, NOW, submission_id=receipt.submission_id)
    return agency_id


def lines_of(page: Page) -> list[str]:
    return [text_of(row) for row in page.all("tr") if (row.get("id") or "").startswith("line-")]


def facts_of(page: Page) -> dict[str, str]:
    return {text_of(dt): text_of(dd) for dt, dd in zip(page.all("dt"), page.all("dd"), strict=True)}


async def test_a_decided_complaint_is_read_in_words_and_leads_nowhere(
    sign_in: SignIn, session: AsyncSession, ministry: Ministry, agency_id: UUID
) -> None:
    filed = await deciding.store_decided(
        session, ministry, agency_id, NOW - timedelta(days=40), code=CRITICAL, workers=2, days=100
    )
    pending = await deciding.file_about(session, ministry, NOW - timedelta(days=9))
    await deciding.to_decision(session, ministry, pending.case_id, agency_id, NOW, MAJOR)
    page = await (await sign_in(Role.REGULATOR)).get(f"/agencies/{agency_id}/card")
    mark = await deciding.mark_of(session, filed.case_id)
    [line] = [one for one in lines_of(page) if "A decided complaint" in one]
    assert "Critical, upheld." in line
    assert "Severity 8 × outcome 1.00 × responsibility 1.00 × age 1.00 × workers 2 = 16.00" in line
    assert f"complaint:{mark}" in line
    [late] = [one for one in lines_of(page) if "not closed in time" in one]
    assert f"Case {mark}" in late
    facts = facts_of(page)
    assert facts["Decided in three years"] == "1"
    assert facts["Pending"] == "1"
    assert facts["Points of the decided ones (y)"] == "16.00"
    assert facts["Workers sent, in thousands, later years counting more (E)"] == "0.600"
    assert facts["Rate per 1,000: (y + 3) ÷ (E + 0.5)"].startswith(f"{19 / 1.1:.4f} ")
    assert "Critical complaints were upheld in the last 12 months." in page.text
    for never in (str(filed.case_id), str(pending.case_id), filed.code, CRITICAL,
                  await deciding.reference_of(session, filed.case_id),
                  await deciding.reference_of(session, pending.case_id)):  # fmt: skip
        assert never not in page.html
    assert not [href for href in page.links().values() if "complaint" in href or mark in href]


async def test_an_agency_without_workers_on_record_still_shows_its_complaints(
    sign_in: SignIn, session: AsyncSession, ministry: Ministry
) -> None:
    agency_id = await agencies_factory.store_agency(session)
    await deciding.store_decided(
        session, ministry, agency_id, NOW, outcome=Outcome.PARTLY_SUBSTANTIATED
    )
    page = await (await sign_in(Role.REGULATOR)).get(f"/agencies/{agency_id}/card")
    assert facts_of(page)["Decided in three years"] == "1"
    assert facts_of(page)["Points of the decided ones (y)"] == "3.00"


async def test_no_public_page_of_the_agency_tells_of_a_complaint(
    browser: Browser, session: AsyncSession, ministry: Ministry, agency_id: UUID
) -> None:
    addresses = [
        f"{root}{rest}" for root in ("", "/api") for rest in ("/agencies", f"/agencies/{agency_id}")
    ]
    before = [await browser.get(address) for address in addresses]
    filed = await deciding.store_decided(session, ministry, agency_id, NOW, code=CRITICAL)
    after = [await browser.get(address) for address in addresses]
    assert [page.text for page in before] == [page.text for page in after]
    reference = await deciding.reference_of(session, filed.case_id)
    for never in (reference, await deciding.mark_of(session, filed.case_id)):
        assert all(never not in page.html for page in after)
