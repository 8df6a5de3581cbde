"""The public card of each issued one, its steps, and what everybody reads of an agency's cards."""

from collections.abc import AsyncGenerator, Collection
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, ScalarSelect, Select, func, insert, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.tables import people
from recruitwatch.actor import Actor
from recruitwatch.agencies.tables import agencies
from recruitwatch.scorecards.queries.contest_marks import contested_count, pending_count
from recruitwatch.scorecards.queries.issued import lock_cards
from recruitwatch.scorecards.rules.publishing import card_state
from recruitwatch.scorecards.tables import (
    card_papers,
    card_steps,
    issued_scorecards,
    public_cards,
)
from recruitwatch.scorecards.values.public import PublicCard
from recruitwatch.scorecards.values.publishing import (
    CardState,
    CardStep,
    CardStepKind,
    NewCardStep,
    NoPublicCard,
    NotPrepared,
    Paper,
    PreparedCard,
    PublishedCard,
    PublishedLine,
)

if TYPE_CHECKING:
    from sqlalchemy.engine import RowMapping

MOST_STEPS = 500
# More at once is no faster, and whoever waits for another page waits longer.
PAGE = 100


async def get_prepared(session: AsyncSession, agency_id: UUID, revision: int) -> PreparedCard:
    """The public card of an issued one with its steps, oldest first."""
    statement = (
        select(
            public_cards.c.card_id, public_cards.c.agency_id, issued_scorecards.c.revision,
            public_cards.c.public_card, public_cards.c.sha256, public_cards.c.draft_days,
            public_cards.c.reason, public_cards.c.contest_id, issued_scorecards.c.issued_at,
            _newest_published().label("newest_published"),
        )
        .join(issued_scorecards, issued_scorecards.c.id == public_cards.c.card_id)
        .where(public_cards.c.agency_id == agency_id, issued_scorecards.c.revision == revision)
    )  # fmt: skip
    row = (await session.execute(statement)).mappings().one_or_none()
    if row is None:
        raise NotPrepared
    same = {name: row[name] for name in row if name != "public_card"}
    return PreparedCard(
        **same,
        card=msgspec.json.decode(row["public_card"], type=PublicCard),
        steps=await _list_steps(session, row["card_id"]),
    )


async def lock_prepared(session: AsyncSession, agency_id: UUID, revision: int) -> PreparedCard:
    """The same; whoever takes a step of a card of this agency waits for their turn."""
    await lock_cards(session, agency_id)
    return await get_prepared(session, agency_id, revision)


async def _list_steps(session: AsyncSession, card_id: UUID) -> tuple[CardStep, ...]:
    statement = (
        select(
            card_steps.c.kind, card_steps.c.on_date, card_steps.c.text,
            people.c.full_name.label("taken_by_name"), card_steps.c.taken_at,
        )
        .join(people, people.c.id == card_steps.c.taken_by)
        .where(card_steps.c.card_id == card_id)
        .order_by(card_steps.c.id)
        .limit(MOST_STEPS)
    )  # fmt: skip
    rows = (await session.execute(statement)).mappings()
    return tuple(CardStep(**{**row, "kind": CardStepKind(row["kind"])}) for row in rows)


async def insert_card_step(
    session: AsyncSession, actor: Actor, now: datetime, *, card_id: UUID, new: NewCardStep
) -> None:
    """The order of the steps is checked by the database as it is written."""
    await session.execute(
        insert(card_steps).values(
            card_id=card_id,
            kind=new.kind.value,
            on_date=new.on_date,
            text=new.text,
            taken_by=actor.id,
            taken_at=now,
        )
    )


async def get_published(
    session: AsyncSession, agency_id: UUID, revision: int | None = None
) -> PublishedCard:
    """One published revision. Without a number the newest, recalled or not: an older one that it
    replaced never stands in its place."""
    statement = _published().where(public_cards.c.agency_id == agency_id)
    if revision is not None:
        statement = statement.where(issued_scorecards.c.revision == revision)
    return await _one_published(session, statement)


async def get_published_by_card(session: AsyncSession, card_id: UUID) -> PublishedCard:
    return await _one_published(session, _published().where(public_cards.c.card_id == card_id))


async def list_published(
    session: AsyncSession, agency_id: UUID, *, limit: int, offset: int = 0
) -> list[PublishedLine]:
    """The published revisions, newest first."""
    statement = _newest_first(_published().where(public_cards.c.agency_id == agency_id))
    rows = (await session.execute(statement.limit(limit).offset(offset))).mappings()
    return [
        PublishedLine(
            revision=one.revision,
            as_of=one.card.as_of,
            grade=one.card.grade,
            score_shown=one.card.score_shown,
            published_on=one.published_on,
            state=one.state,
            contested=one.contested,
            pending=one.pending,
        )
        for one in map(_published_card, rows)
    ]


async def count_published(session: AsyncSession, agency_id: UUID) -> int:
    statement = (
        select(func.count())
        .select_from(card_steps)
        .join(public_cards, public_cards.c.card_id == card_steps.c.card_id)
        .where(
            public_cards.c.agency_id == agency_id,
            card_steps.c.kind == CardStepKind.PUBLISHED.value,
        )
    )
    return await session.scalar(statement) or 0


async def each_published(session: AsyncSession) -> AsyncGenerator[PublishedCard, None]:
    """The valid card of every agency that has one, by agency: one statement for a hundred cards.
    Read it in a snapshot, or the pages are of different states."""
    last: UUID | None = None
    statement = _valid().order_by(public_cards.c.agency_id).limit(PAGE)
    while True:
        page = statement if last is None else statement.where(public_cards.c.agency_id > last)
        cards = [_published_card(row) for row in (await session.execute(page)).mappings()]
        for card in cards:
            yield card
        if len(cards) < PAGE:
            return
        last = cards[-1].agency_id


async def load_valid(
    session: AsyncSession, agency_ids: Collection[UUID]
) -> dict[UUID, PublishedCard]:
    """The valid card of each of these agencies that has one, in one statement."""
    statement = _valid().where(public_cards.c.agency_id.in_(agency_ids))
    cards = map(_published_card, (await session.execute(statement)).mappings())
    return {card.agency_id: card for card in cards}


async def list_states(
    session: AsyncSession, agency_id: UUID, revisions: list[int]
) -> dict[int, CardState]:
    """Where these revisions stand; one that has no public form is missing."""
    statement = (
        select(
            issued_scorecards.c.revision,
            _newest_published().label("newest"),
            func.array_remove(func.array_agg(card_steps.c.kind), None).label("kinds"),
        )
        .join(public_cards, public_cards.c.card_id == issued_scorecards.c.id)
        .outerjoin(card_steps, card_steps.c.card_id == public_cards.c.card_id)
        .where(
            issued_scorecards.c.agency_id == agency_id,
            issued_scorecards.c.revision.in_(revisions),
        )
        .group_by(issued_scorecards.c.revision, public_cards.c.agency_id)
        .order_by(issued_scorecards.c.revision)
    )
    return {
        revision: card_state([CardStepKind(kind) for kind in kinds], revision, newest)
        for revision, newest, kinds in await session.execute(statement)
    }


async def find_paper(session: AsyncSession, card_id: UUID, language: str) -> Paper | None:
    """What is known of the paper of a card in a language, if it was made before."""
    statement = select(
        card_papers.c.card_id, card_papers.c.language, card_papers.c.sha256,
        card_papers.c.size, card_papers.c.made_at,
    ).where(card_papers.c.card_id == card_id, card_papers.c.language == language)  # fmt: skip
    row = (await session.execute(statement)).mappings().one_or_none()
    return None if row is None else Paper(**row)


async def insert_paper(session: AsyncSession, paper: Paper) -> None:
    await session.execute(
        insert(card_papers).values(
            card_id=paper.card_id,
            language=paper.language,
            sha256=paper.sha256,
            size=paper.size,
            made_at=paper.made_at,
        )
    )


def _day(kind: CardStepKind) -> ScalarSelect[object]:
    """The day of a step that is taken once, within a statement over public cards."""
    step = card_steps.alias(f"{kind.value}_step")
    return (
        select(step.c.on_date)
        .where(step.c.card_id == public_cards.c.card_id, step.c.kind == kind.value)
        .correlate(public_cards)
        .scalar_subquery()
    )


def _newest_published() -> ColumnElement[int | None]:
    """The newest published revision of the same agency, recalled or not."""
    other, step = public_cards.alias("other_card"), card_steps.alias("other_step")
    issued = issued_scorecards.alias("other_issued")
    return (
        select(func.max(issued.c.revision))
        .join(other, other.c.card_id == issued.c.id)
        .join(step, step.c.card_id == other.c.card_id)
        .where(
            other.c.agency_id == public_cards.c.agency_id,
            step.c.kind == CardStepKind.PUBLISHED.value,
        )
        .correlate(public_cards)
        .scalar_subquery()
    )


def _published() -> Select[tuple[object, ...]]:
    """Every published card; the caller says which, and in what order."""
    replied, recall = card_steps.alias("replied_step"), card_steps.alias("recall_step")
    replies = (
        select(func.array_agg(aggregate_order_by(replied.c.text, replied.c.id)))
        .where(
            replied.c.card_id == public_cards.c.card_id,
            replied.c.kind == CardStepKind.REPLIED.value,
        )
        .correlate(public_cards)
        .scalar_subquery()
    )
    published = card_steps.alias("publication")
    return (
        select(
            public_cards.c.card_id, public_cards.c.agency_id,
            agencies.c.legal_name.label("agency_name"), agencies.c.licence_no,
            issued_scorecards.c.revision, public_cards.c.public_card, public_cards.c.sha256,
            issued_scorecards.c.as_of.label("issued_on"),
            published.c.on_date.label("published_on"),
            recall.c.on_date.label("recalled_on"), recall.c.text.label("recall_reason"),
            replies.label("replies"), public_cards.c.reason,
            public_cards.c.contest_id.is_not(None).label("corrects"),
            contested_count().label("contested"), pending_count().label("pending"),
            _newest_published().label("newest_published"),
        )
        .join(issued_scorecards, issued_scorecards.c.id == public_cards.c.card_id)
        .join(agencies, agencies.c.id == public_cards.c.agency_id)
        .join(
            published,
            (published.c.card_id == public_cards.c.card_id)
            & (published.c.kind == CardStepKind.PUBLISHED.value),
        )
        .outerjoin(
            recall,
            (recall.c.card_id == public_cards.c.card_id)
            & (recall.c.kind == CardStepKind.RECALLED.value),
        )
    )  # fmt: skip


def _valid() -> Select[tuple[object, ...]]:
    """The newest published card of each agency, where it is not recalled."""
    return _published().where(
        issued_scorecards.c.revision == _newest_published(),
        _day(CardStepKind.RECALLED).is_(None),
    )


def _newest_first(statement: Select[tuple[object, ...]]) -> Select[tuple[object, ...]]:
    return statement.order_by(issued_scorecards.c.revision.desc(), public_cards.c.card_id)


async def _one_published(
    session: AsyncSession, statement: Select[tuple[object, ...]]
) -> PublishedCard:
    row = (await session.execute(_newest_first(statement).limit(1))).mappings().one_or_none()
    if row is None:
        raise NoPublicCard
    return _published_card(row)


def _published_card(row: "RowMapping") -> PublishedCard:
    taken = [CardStepKind.PUBLISHED]
    if row["recalled_on"] is not None:
        taken.append(CardStepKind.RECALLED)
    same = (
        "card_id", "agency_id", "agency_name", "licence_no", "revision", "sha256", "issued_on",
        "published_on", "recalled_on", "reason", "newest_published", "corrects", "contested",
        "pending",
    )  # fmt: skip
    return PublishedCard(
        **{name: row[name] for name in same},
        state=card_state(taken, row["revision"], row["newest_published"]),
        card=msgspec.json.decode(row["public_card"], type=PublicCard),
        recall_reason=row["recall_reason"] or "",
        replies=tuple(row["replies"] or ()),
    )
