"""Cases filed, linked and decided as officers do it, at any time of the past, for tests of the card."""

from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import msgspec
from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from factories.complaints import (
    CALENDAR,
    TOLD,
    DeskMade,
    Filed,
    Officer,
    desk_with_officers,
    file_case,
    store_escrow,
)
from recruitwatch.complaints.actions.judging import (
    close_case,
    judge_link,
    propose_decision,
    second_decision,
)
from recruitwatch.complaints.actions.working import classify_case, move_case, note_contact
from recruitwatch.complaints.queries import judging, work
from recruitwatch.complaints.queries.cases import get_head
from recruitwatch.complaints.rules.states import TAKEN_BACK, seconds_needed
from recruitwatch.complaints.tables import complaint_links, complaints
from recruitwatch.complaints.values.filing import Told
from recruitwatch.complaints.values.judging import (
    Basis,
    Judgement,
    NewClassification,
    NewDecision,
    NewLink,
    Stage,
    Target,
)
from recruitwatch.complaints.values.states import Outcome, Responsibility, State
from recruitwatch.keys import Vault

MAJOR, MINOR, CRITICAL, VIOLENCE = "FEE-01", "FEE-03", "DOC-01", "VIO-02"
TO_LINKING = (State.RECEIVED, State.TRIAGE, State.SCREEN, State.LINKING)
TO_DECISION = (State.LINKING, State.ASSIGNED, State.PLAN, State.INVESTIGATE, State.DECIDE)
TO_DUPLICATE = (State.RECEIVED, State.TRIAGE, State.DUPLICATE, State.DECIDE)


class Ministry(msgspec.Struct, frozen=True, kw_only=True):
    """A desk at work. `first` judges and decides, `second` agrees."""

    vault: Vault
    desk: DeskMade

    @property
    def first(self) -> Officer:
        return self.desk.officers[0]

    @property
    def second(self) -> Officer:
        return self.desk.officers[1]


async def open_ministry(session: AsyncSession, vault: Vault) -> Ministry:
    await store_escrow(session)
    return Ministry(vault=vault, desk=await desk_with_officers(session, cleared=2))


async def file_about(
    session: AsyncSession, at: Ministry, filed_at: datetime, code: str = MAJOR, **told: object
) -> Filed:
    words: Told = replace(TOLD, happened=(code,), **told)
    return await file_case(session, at.vault, told=words, now=filed_at)


async def walk(
    session: AsyncSession, at: Ministry, case_id: UUID, now: datetime, path: tuple[State, ...]
) -> None:
    """Every step of the path at the same moment."""
    for before, after in pairwise(path):
        await move_case(
            session, at.first.actor, now, at.vault, case_id=case_id, before=before, after=after,
            calendar=CALENDAR,
        )  # fmt: skip


async def link(
    session: AsyncSession,
    at: Ministry,
    case_id: UUID,
    agency_id: UUID,
    now: datetime,
    judgement: Judgement = Judgement.CONFIRMED,
    supersedes: UUID | None = None,
) -> UUID:
    """An officer's word on whether the case is about this agency."""
    new = NewLink(
        target=Target.AGENCY,
        agency_id=agency_id,
        judgement=judgement,
        basis=Basis.DOCUMENT,
        reason="The receipt bears its name.",
        supersedes=supersedes,
    )
    await judge_link(
        session, at.first.actor, now, at.vault, case_id=case_id,
        private_key=at.first.pair.private, new=new,
    )  # fmt: skip
    statement = select(complaint_links.c.id).where(
        complaint_links.c.case_id == case_id,
        complaint_links.c.agency_id == agency_id,
        complaint_links.c.judgement == judgement.value,
    )
    found: list[UUID] = list((await session.scalars(statement)).all())
    return found[-1]


async def classify(
    session: AsyncSession, at: Ministry, case_id: UUID, now: datetime, code: str
) -> None:
    new = NewClassification(
        codes=(code,), main_code=code, stage=Stage.BEFORE_DEPARTURE, escalators=()
    )
    await classify_case(
        session, at.first.actor, now, at.vault, case_id=case_id,
        private_key=at.first.pair.private, new=new, danger=False, calendar=CALENDAR,
    )  # fmt: skip


async def propose(
    session: AsyncSession, at: Ministry, case_id: UUID, now: datetime, outcome: Outcome,
    *, workers: int = 1, responsibility: Responsibility = Responsibility.AGENCY,
) -> None:  # fmt: skip
    await reach(session, at, case_id, now)
    if outcome in TAKEN_BACK:
        await work.set_withdrawn(session, case_id, now, pressed=False)
    other = ""
    if outcome is Outcome.DUPLICATE_LINKED:
        other = await reference_of(session, (await file_about(session, at, now)).case_id)
    new = NewDecision(
        outcome=outcome, responsibility=responsibility, workers=workers, reasons="As heard.",
        told="We decided.", other_reference=other,
    )  # fmt: skip
    await propose_decision(
        session, at.first.actor, now, at.vault, case_id=case_id,
        private_key=at.first.pair.private, new=new,
    )  # fmt: skip


async def reach(session: AsyncSession, at: Ministry, case_id: UUID, now: datetime) -> None:
    """Somebody speaks to her, so that the first officer may decide an ordinary case alone."""
    await note_contact(session, at.first.actor, now, case_id=case_id, calendar=CALENDAR)


async def agree(session: AsyncSession, at: Ministry, case_id: UUID, now: datetime) -> None:
    await second_decision(session, at.second.actor, now, case_id=case_id)


async def close(session: AsyncSession, at: Ministry, case_id: UUID, now: datetime) -> None:
    await close_case(session, at.first.actor, now, at.vault, case_id=case_id, calendar=CALENDAR)


async def store_settlement(
    session: AsyncSession,
    at: Ministry,
    case_id: UUID,
    now: datetime,
    *,
    workers: int,
    severity: str,
) -> None:
    """A settlement as the database takes it: the payment that confirms one cannot be recorded yet."""
    await reach(session, at, case_id, now)
    await judging.insert_decision(
        session, id=uuid4(), case_id=case_id, outcome=Outcome.SETTLED_CONFIRMED.value,
        responsibility=Responsibility.AGENCY.value, workers=workers, severity=severity,
        category="FEE_OVERCHARGE", book_version=1, seconds_needed=0, reasons_sealed=b"sealed",
        told_sealed=b"sealed", proposed_by=at.first.actor.id, proposed_at=now,
    )  # fmt: skip


async def store_decided(
    session: AsyncSession,
    at: Ministry,
    agency_id: UUID,
    closed_at: datetime,
    *,
    code: str = MAJOR,
    severity: str = "major",
    outcome: Outcome = Outcome.SUBSTANTIATED,
    days: int = 30,
    workers: int = 1,
    responsibility: Responsibility = Responsibility.AGENCY,
) -> Filed:
    """A case filed so many days before it was linked to the agency, decided and closed."""
    filed = await file_about(session, at, closed_at - timedelta(days=days), code)
    await to_decision(session, at, filed.case_id, agency_id, closed_at, code)
    if outcome is Outcome.SETTLED_CONFIRMED:
        await store_settlement(
            session, at, filed.case_id, closed_at, workers=workers, severity=severity
        )
    else:
        await propose(
            session, at, filed.case_id, closed_at, outcome, workers=workers,
            responsibility=responsibility,
        )  # fmt: skip
    head = await get_head(session, at.first.actor, filed.case_id)
    if seconds_needed(outcome, head):
        await agree(session, at, filed.case_id, closed_at)
    await close(session, at, filed.case_id, closed_at)
    return filed


async def to_decision(
    session: AsyncSession, at: Ministry, case_id: UUID, agency_id: UUID, now: datetime, code: str
) -> UUID:
    """Linked to the agency and standing at its decision; gives the link."""
    await walk(session, at, case_id, now, TO_LINKING)
    linked = await link(session, at, case_id, agency_id, now)
    await classify(session, at, case_id, now, code)
    await walk(session, at, case_id, now, TO_DECISION)
    return linked


async def mark_of(session: AsyncSession, case_id: UUID) -> str:
    """What the case is called on cards: nobody finds the case by it."""
    statement = select(complaints.c.card_mark).where(complaints.c.id == case_id)
    mark: str = (await session.scalars(statement)).one()
    return mark


async def reference_of(session: AsyncSession, case_id: UUID) -> str:
    statement = select(complaints.c.reference).where(complaints.c.id == case_id)
    reference: str = (await session.scalars(statement)).one()
    return reference
