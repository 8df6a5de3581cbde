"""Audits for tests, on the published checklists."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from factories import agencies as agencies_factory
from factories.checklists import store_library
from recruitwatch.actor import Actor
from recruitwatch.audits import queries
from recruitwatch.audits.actions.drafting import save_answers, start_audit
from recruitwatch.audits.actions.interviewing import add_interview, save_interview
from recruitwatch.audits.actions.submitting import submit_audit
from recruitwatch.audits.rules.freezing import canonical, document_of, sha256_of
from recruitwatch.audits.values import (
    Answer,
    AuditDocument,
    Changes,
    Interview,
    InterviewForm,
    ListChoice,
    NewAudit,
    Receipt,
)
from recruitwatch.checklists.values import EvidenceLevel, Word, WordAnswer

NOW = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)
VISITED_ON = date(2026, 6, 20)
FACTS = {
    "has_branch_offices": False,
    "places_women": True,
    "places_domestic_workers": True,
    "operates_accommodation": False,
    "digital_recruitment": False,
    "had_deaths_or_injuries": False,
}
YES, PARTIAL, NO, NA = (WordAnswer(word=word) for word in Word)


def make_new_audit(agency_id: UUID, **overrides: object) -> NewAudit:
    values: dict[str, object] = {
        "id": uuid4(),
        "agency_id": agency_id,
        "announced": True,
        "unannounced_reason": "",
        "visited_on": VISITED_ON,
        "lists": choose("covenant"),
        "facts": FACTS,
        **overrides,
    }
    return NewAudit(**values)  # type: ignore[arg-type]


def choose(*checklist_ids: str) -> tuple[ListChoice, ...]:
    return tuple(ListChoice(checklist_id=name, version=1) for name in checklist_ids)


def make_answer(item_id: str, word: Word = Word.YES, **overrides: object) -> Answer:
    """A word for an item of the list that its id names."""
    lists = {"COV": "covenant", "SOP": "sop", "RTI": "returnee", "PDI": "predeparture"}
    values: dict[str, object] = {
        "checklist_id": lists[item_id[:3]],
        "item_id": item_id,
        "value": WordAnswer(word=word),
        "evidence": EvidenceLevel.E2 if item_id[:3] in ("COV", "SOP") else None,
        **overrides,
    }
    return Answer(**values)  # type: ignore[arg-type]


async def store_audit(
    session: AsyncSession,
    inspector: Actor,
    *,
    lists: Sequence[str] = ("covenant",),
    answers: Sequence[Answer] = (),
    **overrides: object,
) -> UUID:
    """A draft of this inspector on an agency of its own, with these answers of the visit."""
    agency_id = overrides.pop("agency_id", None) or await agencies_factory.store_agency(session)
    await store_library(session)
    assert isinstance(agency_id, UUID)
    new = make_new_audit(agency_id, lists=choose(*lists), **overrides)
    await start_audit(session, inspector, NOW, new=new)
    for name in dict.fromkeys(answer.checklist_id for answer in answers):
        mine = tuple(answer for answer in answers if answer.checklist_id == name)
        await save_answers(
            session, inspector, NOW, audit_id=new.id, checklist_id=name,
            changes=Changes(answers=mine),
        )  # fmt: skip
    return new.id


async def store_interview(
    session: AsyncSession,
    inspector: Actor,
    audit_id: UUID,
    number: int,
    *answers: Answer,
    checklist_id: str = "returnee",
    facts: Mapping[str, bool] | None = None,
) -> None:
    """One worker's form; the answers must hold the consent."""
    talk = Interview(
        checklist_id=checklist_id, interview_no=number, held_on=VISITED_ON, facts=facts or {}
    )
    await add_interview(session, inspector, NOW, audit_id=audit_id, interview=talk)
    form = InterviewForm(held_on=VISITED_ON, facts=facts or {}, changes=Changes(answers=answers))
    await save_interview(
        session, inspector, NOW, audit_id=audit_id, checklist_id=checklist_id,
        interview_no=number, form=form,
    )  # fmt: skip


async def whole_document(session: AsyncSession, audit_id: UUID) -> AuditDocument:
    """What would be frozen now."""
    audit = await queries.get_audit(session, audit_id)
    return document_of(
        audit,
        await queries.get_used_lists(session, audit),
        await queries.list_answers(session, audit_id),
        await queries.list_interviews(session, audit_id),
    )


async def document_sha256(session: AsyncSession, audit_id: UUID) -> str:
    """The hash of what would be frozen now, as the check page shows it."""
    return sha256_of(canonical(await whole_document(session, audit_id)))


async def store_submission(
    session: AsyncSession, inspector: Actor, audit_id: UUID, *, now: datetime = NOW
) -> Receipt:
    """The audit handed in as it stands."""
    return await submit_audit(
        session, inspector, now, audit_id=audit_id, submission_id=uuid4(),
        sha256=await document_sha256(session, audit_id),
    )  # fmt: skip
