"""One case as an officer sees it: built from what was opened, in words of the reader's language."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.values import ROLE_NAMES, Role
from recruitwatch.actor import Actor
from recruitwatch.complaints.actions.working import get_holders
from recruitwatch.complaints.pages import staff_words as words
from recruitwatch.complaints.pages.narrative import Asked, book_words, narrative_of, wishes_of
from recruitwatch.complaints.pages.queue import Clock, clock_words
from recruitwatch.complaints.queries import work
from recruitwatch.complaints.queries.codes import get_code_book
from recruitwatch.complaints.queries.evidence import get_mark
from recruitwatch.complaints.rules.codes import codes_among, trafficking_signs
from recruitwatch.complaints.rules.running import running_clock
from recruitwatch.complaints.rules.states import next_states
from recruitwatch.complaints.values.cases import (
    CaseHead,
    Classification,
    Decision,
    Link,
    Message,
    OpenedCase,
    Opening,
    SafetyEnd,
    Step,
    UrgencyChange,
)
from recruitwatch.complaints.values.codes import Compartment, Urgency
from recruitwatch.complaints.values.judging import Basis, Judgement, Target
from recruitwatch.complaints.values.states import State
from recruitwatch.errors import Message as Sentence
from recruitwatch.web.forms import Errors, FormReader
from recruitwatch.web.languages import gettext

LISTED = 50
Choices = list[tuple[str, str]]


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """A step that can be taken from here."""

    after: str
    name: str
    sentence: str


class FileLine(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    kind: str
    pages: int
    kilobytes: int
    added_at: datetime


class StepLine(msgspec.Struct, frozen=True, kw_only=True):
    """`person` is empty where she took the step."""

    after: str
    at: datetime
    person: str


class OpeningLine(msgspec.Struct, frozen=True, kw_only=True):
    role: str
    part: str
    at: datetime


class LinkLine(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    target: str
    name: str
    number: str
    judgement: str
    confirmed: bool
    basis: str
    reason: str
    judged_by: str
    judged_at: datetime
    take_back: dict[str, str]
    """The fields of the form that takes it back."""


class Urgent(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    sentence: str
    colour: str


class Lowering(msgspec.Struct, frozen=True, kw_only=True):
    """A lowering that waits; its own officer cannot agree."""

    before: str
    after: str
    reason: str
    set_by: str
    set_at: datetime
    own: bool


class Stand(msgspec.Struct, frozen=True, kw_only=True):
    """Where the case stands, and where it can go from here."""

    urgency: Urgent
    state: str
    compartment: str
    compartment_sentence: str
    channel: str
    moves: list[Move]
    may_close: bool
    urgencies: list[tuple[str, str, str]]


class CasePage(msgspec.Struct, frozen=True, kw_only=True):
    head: CaseHead
    stand: Stand
    clock: Clock | None
    danger: bool
    folded: bool
    call_me: str
    reach: str
    reach_how: str
    wishes: Asked
    narrative: list[Asked]
    files: list[FileLine]
    messages: tuple[Message, ...]
    messages_in_all: int
    steps: list[StepLine]
    steps_in_all: int
    openings: list[OpeningLine]
    openings_in_all: int
    own: bool
    colleagues: Choices
    lowering: Lowering | None
    safety_end: SafetyEnd | None
    codes: list[tuple[str, str, bool]]
    signs: bool
    links: list[LinkLine]
    mark: str
    """What cards call the case; empty where no card can count it."""
    outcome: str
    outcome_stands: bool
    typed: dict[str, str]
    done: Sentence | None
    errors: Errors


async def case_page(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    opened: OpenedCase,
    *,
    reader: FormReader | None = None,
    done: Sentence | None = None,
) -> CasePage:
    head, told, zone = opened.head, opened.told, now.tzinfo
    people = await get_holders(session, actor, head.id)
    return CasePage(
        head=head,
        stand=stand_of(head),
        clock=clock_words(running_clock(head, zone), now),
        danger=told.danger,
        folded=head.compartment is not Compartment.GENERAL,
        call_me=told.call_me,
        reach=told.reach,
        reach_how=told.reach_how,
        wishes=wishes_of(told),
        narrative=narrative_of(told, head.filed_at.astimezone(zone).date()),
        files=_files(opened),
        messages=opened.messages,
        messages_in_all=await work.count_messages(session, head.id),
        steps=step_lines(opened.steps),
        steps_in_all=await work.count_steps(session, head.id),
        openings=opening_lines(opened.openings),
        openings_in_all=await work.count_openings(session, head.id),
        own=head.assigned_to == actor.id,
        colleagues=[(str(one), name) for one, name in people if one != actor.id],
        lowering=_lowering(opened.lowering, actor),
        safety_end=None if head.safety else opened.safety_end,
        codes=_codes(opened.classification),
        signs=has_signs(opened.classification),
        links=link_lines(opened.links),
        mark=await _mark(session, opened),
        outcome=_outcome(opened.decision),
        outcome_stands=opened.decision is not None and opened.decision.stands,
        typed=dict(reader.form) if reader else {},
        done=done,
        errors=reader.errors if reader else {},
    )


async def _mark(session: AsyncSession, opened: OpenedCase) -> str:
    on_card = any(
        one.agency_id is not None and one.judgement == Judgement.CONFIRMED.value
        for one in opened.links
    )
    return await get_mark(session, opened.head.id) if on_card else ""


def urgent(urgency: Urgency) -> Urgent:
    return Urgent(
        name=gettext(words.URGENCY[urgency]),
        sentence=gettext(words.URGENCY_MEANS[urgency]),
        colour=words.URGENCY_COLOURS[urgency],
    )


def stand_of(head: CaseHead) -> Stand:
    compartment, after = words.COMPARTMENTS[head.compartment], next_states(head.state)
    return Stand(
        urgency=urgent(head.urgency),
        state=gettext(words.STATES[head.state]),
        compartment=gettext(compartment.name),
        compartment_sentence=gettext(compartment.sentence),
        channel=gettext(words.CHANNELS[head.channel]),
        moves=[_move(one) for one in after if one is not State.CLOSED],
        may_close=State.CLOSED in after,
        urgencies=[
            (one.value, gettext(words.URGENCY[one]), gettext(words.URGENCY_MEANS[one]))
            for one in Urgency
            if one is not head.urgency
        ],
    )


def _move(after: State) -> Move:
    step = words.STEPS[after]
    return Move(after=after.value, name=gettext(step.name), sentence=gettext(step.sentence))


def _files(opened: OpenedCase) -> list[FileLine]:
    return [
        FileLine(
            id=one.id,
            kind=gettext(words.KINDS[one.kind]),
            pages=one.pages,
            kilobytes=max(1, one.size // 1000),
            added_at=one.added_at,
        )
        for one in opened.files
    ]


def step_lines(steps: Sequence[Step]) -> list[StepLine]:
    return [
        StepLine(after=gettext(words.STATES[one.after]), at=one.at, person=one.person_name or "")
        for one in steps
    ]


def opening_lines(openings: Sequence[Opening]) -> list[OpeningLine]:
    return [
        OpeningLine(
            role=gettext(ROLE_NAMES[Role(one.role)]),
            part=gettext(words.PARTS[one.part]),
            at=one.at,
        )
        for one in openings
    ]


def link_lines(links: Sequence[Link]) -> list[LinkLine]:
    return [
        LinkLine(
            id=one.id,
            target=gettext(words.TARGETS[Target(one.target)]),
            name=one.name,
            number=one.number,
            judgement=gettext(words.JUDGEMENTS[Judgement(one.judgement)]),
            confirmed=one.judgement == Judgement.CONFIRMED.value,
            basis=gettext(words.BASES[Basis(one.basis)].name),
            reason=one.reason,
            judged_by=one.judged_by,
            judged_at=one.judged_at,
            take_back=_take_back(one),
        )
        for one in links
    ]


def _take_back(link: Link) -> dict[str, str]:
    return {
        "target": link.target,
        "id": str(link.agency_id or link.broker_id or ""),
        "judgement": Judgement.WITHDRAWN.value,
        "supersedes": str(link.id),
    }


def _lowering(change: UrgencyChange | None, actor: Actor) -> Lowering | None:
    if change is None:
        return None
    return Lowering(
        before=gettext(words.URGENCY[change.before]),
        after=gettext(words.URGENCY[change.after]),
        reason=change.reason,
        set_by=change.set_by,
        set_at=change.set_at,
        own=change.set_by_id == actor.id,
    )


def _codes(classification: Classification | None) -> list[tuple[str, str, bool]]:
    """Code, sentence, and whether it is the main one; that one first."""
    if classification is None:
        return []
    main = classification.main_code
    order = (main, *(one for one in classification.codes if one != main))
    return [(one, book_words(one), one == main) for one in order]


def has_signs(classification: Classification | None) -> bool:
    """Whether several signs together ask for a trained person."""
    if classification is None:
        return False
    book = get_code_book(classification.book_version)
    return trafficking_signs(codes_among(book, classification.codes)).for_review


def _outcome(decision: Decision | None) -> str:
    return "" if decision is None else gettext(words.OUTCOMES[decision.outcome].name)
