"""SQL of rounds: agencies in batches, their newest issued cards, and writing many cards at once."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec
from sqlalchemy import case, func, select, text
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.agencies.tables import agencies
from recruitwatch.history.tables import entries
from recruitwatch.jobs.tables import job_runs
from recruitwatch.jobs.values import JobState
from recruitwatch.scorecards.queries.issued import issued_row, public_row
from recruitwatch.scorecards.tables import card_steps, issued_scorecards, public_cards
from recruitwatch.scorecards.values import CardInputs, Grade
from recruitwatch.scorecards.values.public import PublicBasis, PublicCard
from recruitwatch.scorecards.values.publishing import CardStepKind
from recruitwatch.scorecards.values.rounds import (
    CardCheck,
    FrozenCard,
    IssuedGrade,
    Newest,
    Round,
    RoundLine,
)

ISSUED = issued_scorecards.c


async def count_agencies(session: AsyncSession) -> int:
    return await session.scalar(select(func.count()).select_from(agencies)) or 0


async def list_agencies_after(
    session: AsyncSession, after: UUID | None, *, limit: int
) -> list[tuple[UUID, str]]:
    """The next agencies by id, each with its name."""
    statement = select(agencies.c.id, agencies.c.legal_name).order_by(agencies.c.id).limit(limit)
    if after is not None:
        statement = statement.where(agencies.c.id > after)
    return [(agency_id, name) for agency_id, name in await session.execute(statement)]


async def find_newest(
    session: AsyncSession, agency_ids: Sequence[UUID], *, since: date
) -> dict[UUID, Newest]:
    """The newest issued card of each of these agencies that has one. What it says and rests on is read only
    of cards of that day or later."""
    step, recent = card_steps.c, ISSUED.as_of >= since
    recalled = (
        select(step.id)
        .where(step.card_id == ISSUED.id, step.kind == CardStepKind.RECALLED.value)
        .correlate(issued_scorecards)
        .exists()
    )
    statement = (
        select(
            ISSUED.agency_id, ISSUED.revision, ISSUED.as_of, ISSUED.inputs_sha256,
            case((recent, ISSUED.inputs)), case((recent, public_cards.c.public_card)), recalled,
        )
        .ext(distinct_on(ISSUED.agency_id))
        .outerjoin(public_cards, public_cards.c.card_id == ISSUED.id)
        .where(ISSUED.agency_id.in_(agency_ids))
        .order_by(ISSUED.agency_id, ISSUED.revision.desc())
    )  # fmt: skip
    inputs = msgspec.json.Decoder(CardInputs)
    public = msgspec.json.Decoder(PublicCard)
    return {
        agency_id: Newest(
            agency_id=agency_id,
            revision=revision,
            as_of=as_of,
            inputs_sha256=sha256,
            inputs=inputs.decode(facts) if facts else None,
            public=public.decode(shown) if shown else None,
            recalled=gone,
        )
        for agency_id, revision, as_of, sha256, facts, shown, gone in await session.execute(
            statement
        )
    }


async def find_issued_grades(
    session: AsyncSession, agency_ids: Sequence[UUID]
) -> dict[UUID, IssuedGrade]:
    """The letter of the newest issued card of each of these agencies that has one."""
    statement = (
        select(
            ISSUED.agency_id, agencies.c.legal_name.label("agency_name"), ISSUED.revision,
            ISSUED.as_of, ISSUED.issued_at, ISSUED.grade,
        )
        .ext(distinct_on(ISSUED.agency_id))
        .join(agencies, agencies.c.id == ISSUED.agency_id)
        .where(ISSUED.agency_id.in_(agency_ids))
        .order_by(ISSUED.agency_id, ISSUED.revision.desc())
    )  # fmt: skip
    return {
        row["agency_id"]: IssuedGrade(**{**row, "grade": Grade(row["grade"])})
        for row in (await session.execute(statement)).mappings()
    }


async def get_issued_inputs(session: AsyncSession, agency_id: UUID, revision: int) -> CardInputs:
    """The facts that an issued card was computed from."""
    statement = select(ISSUED.inputs).where(
        ISSUED.agency_id == agency_id, ISSUED.revision == revision
    )
    written = (await session.execute(statement)).scalar_one()
    return msgspec.json.decode(written, type=CardInputs)


async def find_last_bases(
    session: AsyncSession, agency_ids: Sequence[UUID]
) -> dict[UUID, list[PublicBasis]]:
    """What the cards of these agencies rest on that were shown or still may be, newest first: from the
    newest published one on. An older one is never published again."""
    issued, shown = issued_scorecards.alias("published"), card_steps.alias("publication")
    published = (
        select(issued.c.agency_id, func.max(issued.c.revision).label("revision"))
        .join(shown, shown.c.card_id == issued.c.id)
        .where(issued.c.agency_id.in_(agency_ids), shown.c.kind == CardStepKind.PUBLISHED.value)
        .group_by(issued.c.agency_id)
        .subquery("newest_published")
    )
    statement = (
        select(ISSUED.agency_id, public_cards.c.basis)
        .join(public_cards, public_cards.c.card_id == ISSUED.id)
        .outerjoin(published, published.c.agency_id == ISSUED.agency_id)
        .where(
            ISSUED.agency_id.in_(agency_ids),
            ISSUED.revision >= func.coalesce(published.c.revision, 0),
        )
        .order_by(ISSUED.agency_id, ISSUED.revision.desc())
    )
    decoder = msgspec.json.Decoder(PublicBasis)
    found: dict[UUID, list[PublicBasis]] = {}
    for agency_id, basis in await session.execute(statement):
        found.setdefault(agency_id, []).append(decoder.decode(basis))
    return found


async def insert_cards(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    cards: Sequence[FrozenCard],
    *,
    draft_days: int,
) -> set[UUID]:
    """Write these cards with their public ones; gives the ids of those written. Where somebody else
    issued the same revision, theirs stands and ours is not written."""
    rows = [issued_row(one, actor, now) for one in cards]
    free = insert(issued_scorecards).on_conflict_do_nothing(
        constraint="uq_issued_scorecards_revision"
    )
    ids = set(await session.scalars(free.returning(ISSUED.id), rows))
    ours = [public_row(one, now, draft_days=draft_days) for one in cards if one.card_id in ids]
    if ours:
        await session.execute(insert(public_cards), ours)
    return ids


async def find_check(session: AsyncSession) -> CardCheck | None:
    """The newest daily check, which is kept in history alone."""
    lines = entries.c
    statement = (
        select(lines.details)
        .where(lines.subject_kind == "check")
        .order_by(lines.subject_kind.desc(), lines.subject_id.desc(), lines.seq.desc())
        .limit(1)
    )
    details = await session.scalar(statement)
    return None if details is None else msgspec.convert(details, CardCheck)


async def lock_check(session: AsyncSession) -> None:
    """Who writes down a check waits for their turn."""
    await session.execute(text("select pg_advisory_xact_lock(hashtext('cards.check'))"))


async def list_rounds(session: AsyncSession, kind: str, *, limit: int) -> list[RoundLine]:
    """The rounds that were started on the page, newest first."""
    runs = job_runs.c
    statement = (
        select(
            runs.id, runs.state, runs.payload["period"].astext.label("period"),
            runs.actor["name"].astext.label("actor_name"), runs.requested_at,
            runs.result["report"].label("round"),
        )
        .where(runs.kind == kind)
        .order_by(runs.requested_at.desc(), runs.id)
        .limit(limit)
    )  # fmt: skip
    return [
        RoundLine(
            **{
                **row,
                "state": JobState(row["state"]),
                "round": msgspec.convert(row["round"], Round) if row["round"] else None,
            }
        )
        for row in (await session.execute(statement)).mappings()
    ]
