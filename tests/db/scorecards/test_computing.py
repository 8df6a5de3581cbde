"""Cards from stored records: how far back they look, and what they cost the database."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import yaml
from sqlalchemy.ext.asyncio import AsyncSession

from factories import agencies as agencies_factory
from factories import audits as audits_factory
from factories.accounts import store_person
from factories.checklists import store_parameter
from recruitwatch.accounts.values import Role
from recruitwatch.audits.actions.reviewing import approve_audit
from recruitwatch.audits.values import Answer
from recruitwatch.checklists.values import (
    EvidenceLevel,
    NumberAnswer,
    RatioAnswer,
    Word,
    WordAnswer,
)
from recruitwatch.scorecards.actions import compute_cards
from recruitwatch.scorecards.values import Card

ROOT = Path(__file__).parent.parent.parent.parent
NOW = audits_factory.NOW
HOURS = "required_training_hours"

CountQueries = Callable[[int], AbstractContextManager[Any]]


def whole_list() -> list[Answer]:
    """Every question of the inspection list that takes a word or a count, in order."""
    answers = []
    sections = yaml.safe_load((ROOT / "checklists" / "sop" / "v1.yaml").read_text())["sections"]
    for item in (item for section in sections for item in section["items"]):
        kind, rule = item["answer"]["type"], item["answer"].get("compliant")
        if audits_factory.FACTS.get(item["applies_if"], True) is False:
            continue
        if kind in ("yes_no_partial_na", "yes_no_na"):
            answers.append(given(item["id"], WordAnswer(word=Word(rule["value"]))))
        elif kind == "ratio":
            answers.append(given(item["id"], RatioAnswer(ok=12, checked=12)))
    return answers


def given(item_id: str, value: Any) -> Answer:
    return Answer(checklist_id="sop", item_id=item_id, value=value, evidence=EvidenceLevel.E2)


async def store_approved(
    session: AsyncSession, *answers: Answer, visited_on: date, agency_id: UUID | None = None,
    approved_at: datetime = NOW,
) -> UUID:  # fmt: skip
    agency_id = agency_id or await agencies_factory.store_agency(session)
    inspector = await store_person(session, Role.INSPECTOR)
    reviewer = await store_person(session, Role.REVIEWER)
    audit_id = await audits_factory.store_audit(
        session, inspector, lists=("sop",), answers=answers, agency_id=agency_id,
        visited_on=visited_on,
    )  # fmt: skip
    receipt = await audits_factory.store_submission(session, inspector, audit_id)
    await approve_audit(session, reviewer, approved_at, submission_id=receipt.submission_id)
    return agency_id


async def card_of(session: AsyncSession, agency_id: UUID, **more: Any) -> Card:
    [current], _ = await compute_cards(session, [agency_id], more.pop("now", NOW), **more)
    return current.card


@pytest.mark.parametrize(
    ("recent", "months", "files"), [(False, 37, 12), (True, 37, 12)], ids=["alone", "and a partial"]
)
async def test_the_last_full_inspection_counts_however_old(
    session: AsyncSession, recent: bool, months: int, files: int
) -> None:
    agency_id = await store_approved(session, *whole_list(), visited_on=date(2023, 5, 30))
    if recent:
        await store_approved(
            session, given("SOP-FEE-01", RatioAnswer(ok=30, checked=30)),
            visited_on=date(2026, 6, 1), agency_id=agency_id,
        )  # fmt: skip
    card = await card_of(session, agency_id)
    assert (card.months_since_inspection, card.files) == (months, files)
    assert card.grade.value == "U"
    assert "never_inspected" not in [note.code.value for note in card.notes]


async def test_the_number_of_statements_does_not_grow_with_agencies_or_figures(
    session: AsyncSession, queries: CountQueries
) -> None:
    setter = await store_person(session, Role.REGULATOR)
    agency_ids = [
        await store_approved(session, *whole_list(), visited_on=day)
        for day in (date(2023, 5, 30), date(2026, 6, 1), date(2026, 6, 2))
    ]
    for hours in (10, 20, 30):
        await store_parameter(session, setter, HOURS, amount=Decimal(hours), now=NOW)
    for ids, most in ((agency_ids[1:2], 9), (agency_ids[1:], 9), (agency_ids, 13)):
        with queries(most):
            cards, _ = await compute_cards(session, ids, NOW)
        assert len(cards) == len(ids)


async def test_answers_keep_the_law_of_the_day_they_were_approved(session: AsyncSession) -> None:
    setter = await store_person(session, Role.REGULATOR)
    day = NOW - timedelta(days=10)
    await audits_factory.store_library(session)
    await store_parameter(session, setter, HOURS, amount=Decimal(20), now=day)
    agency_id = await store_approved(
        session, given("SOP-PDT-03", NumberAnswer(number=Decimal(20))),
        visited_on=date(2026, 6, 20), approved_at=day + timedelta(days=1),
    )  # fmt: skip
    before = await card_of(session, agency_id)
    await store_parameter(session, setter, HOURS, amount=Decimal(40), now=NOW)
    assert (await card_of(session, agency_id)).audit == before.audit
    assert before.coverage.checked > 0


async def test_a_card_of_a_past_day_sees_what_was_approved_by_its_end(
    session: AsyncSession,
) -> None:
    approved_at = NOW - timedelta(days=2)
    agency_id = await store_approved(
        session, *whole_list(), visited_on=date(2026, 6, 20), approved_at=approved_at
    )
    day = approved_at.date()
    seen = await card_of(session, agency_id, as_of=day)
    unseen = await card_of(session, agency_id, as_of=day - timedelta(days=1))
    assert (seen.as_of, seen.months_since_inspection) == (day, 0)
    assert (unseen.months_since_inspection, unseen.coverage.applicable) == (None, 0)
    earlier = await card_of(session, agency_id, now=approved_at - timedelta(minutes=1))
    assert earlier.months_since_inspection is None
