"""Published cards for tests, from inputs: what the records behind them are does not matter here."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID, uuid4

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from factories.accounts import NOW
from recruitwatch.actor import Actor
from recruitwatch.scorecards import queries
from recruitwatch.scorecards.rules import compute
from recruitwatch.scorecards.rules.freezing import WrittenInputs, freeze
from recruitwatch.scorecards.rules.public import public_basis, public_card
from recruitwatch.scorecards.values import CardInputs
from recruitwatch.scorecards.values.issued import CardQuestion, Snapshot
from recruitwatch.scorecards.values.publishing import CardStepKind, NewCardStep, Paper

DAY = NOW.date()
TALKS = tuple(f"talk/{number}" for number in range(12))


async def take_step(
    session: AsyncSession, actor: Actor, card_id: UUID, kind: CardStepKind, text: str, day: date
) -> None:
    new = NewCardStep(kind=kind, on_date=day, text=text)
    await queries.insert_card_step(session, actor, NOW, card_id=card_id, new=new)


async def store_published(
    session: AsyncSession,
    actor: Actor,
    agency_id: UUID,
    inputs: CardInputs,
    *,
    revision: int = 1,
    asked: Sequence[str] = (),
    talks: Sequence[str] = TALKS,
    questions: Mapping[str, str] | None = None,
    reason: str = "",
    replies: Sequence[str] = (),
    on: date = DAY,
    published: bool = True,
    served: bool = True,
) -> UUID:
    """A card of these inputs, issued, served, answered and published on one day. `asked` are the
    questions that workers answered in `talks`. One that was not served is issued and no more."""
    card_id, card = uuid4(), compute(inputs)
    texts = questions or {}
    snapshot = Snapshot(
        card=card,
        questions={
            item: CardQuestion(checklist_id="sop", version=1, text=text)
            for item, text in texts.items()
        },
        interviews=(),
    )
    basis = public_basis(inputs, asked, talks, ())
    public = public_card(agency_id, inputs, dict.fromkeys(asked, "talks"), basis)
    frozen = freeze(
        agency_id, WrittenInputs(msgspec.json.encode(inputs), "0" * 64), snapshot, public, basis,
        card_id=card_id, revision=revision, reason=reason,
    )  # fmt: skip
    await queries.insert_card(session, actor, NOW, frozen, draft_days=0)
    if not served:
        return card_id
    await take_step(session, actor, card_id, CardStepKind.SERVED, "By letter", on)
    for reply in replies:
        await take_step(session, actor, card_id, CardStepKind.REPLIED, reply, on)
    if published:
        await take_step(session, actor, card_id, CardStepKind.PUBLISHED, "", on)
    return card_id


async def store_paper(session: AsyncSession, card_id: UUID, content: bytes) -> None:
    """That a paper of these bytes was made; the bytes themselves are kept nowhere."""
    sha256 = hashlib.sha256(content).hexdigest()
    paper = Paper(card_id=card_id, language="en", sha256=sha256, size=len(content), made_at=NOW)
    await queries.insert_paper(session, paper)
