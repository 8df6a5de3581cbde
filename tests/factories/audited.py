"""An agency audited with both lists and eight interviews before departure: everything in order at E2, but
for five items. What the method makes of it is worked out in http/scorecards/test_from_audit_to_card.py."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from sqlalchemy.ext.asyncio import AsyncSession

from factories import agencies as agencies_factory
from factories import audits as audits_factory
from factories.accounts import store_person
from recruitwatch.accounts.values import Role
from recruitwatch.actor import Actor
from recruitwatch.agencies.values import Deployment, Sex
from recruitwatch.audits.actions.reviewing import approve_audit
from recruitwatch.audits.values import Answer
from recruitwatch.checklists.values import (
    ChoiceAnswer,
    DateAnswer,
    EvidenceLevel,
    MoneyAnswer,
    NumberAnswer,
    RatioAnswer,
    Word,
    WordAnswer,
)

ROOT = Path(__file__).parent.parent.parent
NOW = audits_factory.NOW
FAILED, PARTLY, WEAK, SHORT = "COV-FEE-05", "COV-LAW-01", "COV-LAW-02", "COV-LAW-03"
SAID_BY_SIX_OF_EIGHT = "PDI-TRN-03"


def items_of(name: str) -> list[dict[str, Any]]:
    raw = yaml.safe_load((ROOT / "checklists" / name / "v1.yaml").read_text())
    return [item for section in raw["sections"] for item in section["items"]]


def value_of(item: dict[str, Any], *, good: bool) -> Any:
    kind, rule = item["answer"]["type"], item["answer"].get("compliant")
    if kind in ("yes_no_partial_na", "yes_no_na"):
        wanted = rule["value"]
        return WordAnswer(word=Word(wanted if good else {"yes": "no", "no": "yes"}[wanted]))
    if kind == "ratio":
        return RatioAnswer(ok=10 if good else 5, checked=10)
    if kind == "date":
        return DateAnswer(on=date(2027, 1, 1))
    if kind == "choice":
        return ChoiceAnswer(option=(rule or {"value": item["answer"]["options"]})["value"][0])
    number = rule["value"] if rule and isinstance(rule["value"], int | float) else 0
    if kind == "money":
        return MoneyAnswer(amount_minor=int(number), currency="BDT")
    return NumberAnswer(number=number)


def answers_for(name: str) -> list[Answer]:
    """Everything in order at E2, but for four items."""
    answers = []
    for item in items_of(name):
        if audits_factory.FACTS.get(item["applies_if"], True) is False:
            continue
        value, level = value_of(item, good=item["id"] != FAILED), "E2"
        if item["id"] == PARTLY:
            value = WordAnswer(word=Word.PARTIAL)
        if item["id"] == SHORT:
            value = RatioAnswer(ok=7, checked=10)
        if item["id"] == WEAK:
            level = "E1"
        answers.append(
            Answer(
                checklist_id=name, item_id=item["id"], value=value, evidence=EvidenceLevel(level)
            )
        )
    return answers


async def audited(session: AsyncSession, agency_id: UUID, inspector: Actor) -> UUID:
    """A submitted audit with both lists and eight interviews before departure."""
    audit_id = await audits_factory.store_audit(
        session,
        inspector,
        lists=("sop", "covenant", "predeparture"),
        answers=[*answers_for("sop"), *answers_for("covenant")],
        agency_id=agency_id,
    )
    for number in range(1, 9):
        said = [
            Answer(
                checklist_id="predeparture",
                item_id=item["id"],
                value=value_of(item, good=not (item["id"] == "PDI-TRN-03" and number <= 2)),
                interview_no=number,
            )
            for item in items_of("predeparture")
            if audits_factory.FACTS.get(item["applies_if"], True)
        ]
        await audits_factory.store_interview(
            session, inspector, audit_id, number, *said, checklist_id="predeparture"
        )
    receipt = await audits_factory.store_submission(session, inspector, audit_id)
    return receipt.submission_id


async def approved(session: AsyncSession) -> tuple[UUID, UUID]:
    sent = (Deployment(year=2025, sex=Sex.WOMEN, destination="SA", workers=400),)
    agency_id = await agencies_factory.store_agency(session, deployments=sent)
    inspector = await store_person(session, Role.INSPECTOR)
    submission_id = await audited(session, agency_id, inspector)
    reviewer = await store_person(session, Role.REVIEWER)
    await approve_audit(session, reviewer, NOW, submission_id=submission_id)
    return agency_id, submission_id
