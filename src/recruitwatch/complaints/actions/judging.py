"""Officers judge: whom a case is about, and how it ends. Judgements are added, never changed."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.values import Role
from recruitwatch.actor import Actor
from recruitwatch.agencies.actions import teach_name
from recruitwatch.complaints.actions.drafting import owner_of
from recruitwatch.complaints.actions.holding import move_compartment
from recruitwatch.complaints.actions.offering import see_how_it_did
from recruitwatch.complaints.actions.opening import get_case_key, read_told
from recruitwatch.complaints.actions.retaining import keep_after_closing
from recruitwatch.complaints.actions.teaching import find_name_fault, forget_name, may_teach
from recruitwatch.complaints.actions.working import move_case
from recruitwatch.complaints.queries import cases, desks, judging, learning, looks, quality
from recruitwatch.complaints.queries.codes import get_code_book, get_code_categories
from recruitwatch.complaints.rules.codes import codes_among, worst_category
from recruitwatch.complaints.rules.states import (
    DECIDED_BY_TWO_AND_OVERSIGHT,
    LATER_OUTCOMES,
    awaits_second,
    may_be_outcome,
    seconds_needed,
)
from recruitwatch.complaints.values.cases import (
    BasisNeeded,
    CaseHead,
    Classification,
    JudgedMeanwhile,
    NotClassified,
    NotForOversight,
    NotTakenBack,
    OtherCaseUnknown,
    OutcomeLater,
    Undecided,
    Unread,
)
from recruitwatch.complaints.values.clocks import Calendar
from recruitwatch.complaints.values.codes import Compartment
from recruitwatch.complaints.values.filing import Told
from recruitwatch.complaints.values.judging import (
    Basis,
    Judgement,
    NewDecision,
    NewLink,
    Target,
)
from recruitwatch.complaints.values.learning import NameRefused
from recruitwatch.complaints.values.states import Outcome, State
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.keys import Vault
from recruitwatch.keys.boxes import seal


async def judge_link(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    vault: Vault,
    *,
    case_id: UUID,
    private_key: bytes | None,
    new: NewLink,
) -> None:
    """Confirm or reject whom a case is about, or take an earlier word back. It is never asked again.

    Raises JudgedMeanwhile where somebody has judged the same target or what is taken back does not stand,
    BasisNeeded for a yes that rests on a name alone, and NameRefused where `also` is no name.
    """
    head = await cases.lock_case(session, actor, case_id)
    _require_basis(new)
    _require_first(await judging.list_links(session, case_id), new)
    opened, told = await read_told(session, actor, vault, case_id=case_id, private_key=private_key)
    link_id = uuid4()
    await judging.insert_link(
        session, case_id, new, link_id=link_id,
        reason_sealed=seal(opened.key, owner_of("link.reason", link_id), new.reason.encode()),
        judged_by=actor.id, now=now,
    )  # fmt: skip
    await _teach(session, head, now, opened.key, told, link_id, new)
    if new.agency_id is not None and new.judgement is not Judgement.WITHDRAWN:
        seen = await see_how_it_did(session, told=told, agency_id=new.agency_id)
        if seen is not None:
            await quality.insert_match_judgement(session, link_id, seen)
    await looks.delete_look(session, case_id)
    await record(session, actor, Action.COMPLAINT_LINKED, subject=("complaint", case_id), now=now)


async def _teach(
    session: AsyncSession,
    head: CaseHead,
    now: datetime,
    key: bytes,
    told: Told,
    link_id: UUID,
    new: NewLink,
) -> None:
    """Keep the name that an officer wrote down, and let go of the one that a judgement taken back had taught.
    Which name a case taught stands sealed in the case alone."""
    # A case that moved to fewer readers has let go of its names already.
    if new.supersedes is not None and head.compartment is Compartment.GENERAL:
        await forget_name(session, key=key, link_id=new.supersedes)
    if not new.also or new.agency_id is None or new.judgement is not Judgement.CONFIRMED:
        return
    fault = await find_name_fault(session, told=told, agency_id=new.agency_id, name=new.also)
    if fault is not None or not await may_teach(session, head, told):
        raise NameRefused
    name_id = await teach_name(session, now, agency_id=new.agency_id, name=new.also)
    sealed = seal(key, owner_of("link.taught", link_id), name_id.bytes)
    await learning.insert_link_name(session, link_id, sealed)


def _require_basis(new: NewLink) -> None:
    says_yes = new.judgement is Judgement.CONFIRMED and new.target is not Target.NONE
    if says_yes and new.basis is Basis.NONE:
        raise BasisNeeded


def _require_first(standing: list[judging.SealedLink], new: NewLink) -> None:
    """One word on each target stands at a time; it is taken back before another is given. Only a word that
    stands in this case is taken back: the number of another case's is refused like one that is gone."""
    if new.supersedes is not None and new.supersedes not in {one.id for one in standing}:
        raise JudgedMeanwhile
    target = (new.target.value, new.agency_id, new.broker_id)
    for one in standing:
        if (one.target, one.agency_id, one.broker_id) == target and one.id != new.supersedes:
            raise JudgedMeanwhile


async def propose_decision(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    vault: Vault,
    *,
    case_id: UUID,
    private_key: bytes | None,
    new: NewDecision,
) -> UUID:
    """Decide, or propose an outcome that others must agree to. What the case is about is frozen with it.

    Raises NotClassified, Undecided where the case does not stand at its decision, OutcomeLater,
    NotTakenBack for a withdrawal that is not hers, and OtherCaseUnknown where a case that was told before
    names no other one which the actor holds.
    """
    head = await cases.lock_case(session, actor, case_id)
    _require_outcome(head, new.outcome)
    reasons = await _reasons(session, actor, case_id, new)
    classified = await judging.find_classification(session, case_id)
    if classified is None:
        raise NotClassified
    opened = await get_case_key(session, actor, vault, case_id=case_id, private_key=private_key)
    decision_id = uuid4()
    severity, category = _weighed(classified)
    await judging.insert_decision(
        session, id=decision_id, case_id=case_id, outcome=new.outcome.value,
        responsibility=new.responsibility.value, workers=new.workers, severity=severity,
        category=category, book_version=classified.book_version,
        seconds_needed=seconds_needed(new.outcome, head),
        reasons_sealed=seal(
            opened.key, owner_of("decision.reasons", decision_id), reasons.encode()
        ),
        told_sealed=seal(opened.key, owner_of("decision.told", decision_id), new.told.encode()),
        proposed_by=actor.id, proposed_at=now,
    )  # fmt: skip
    await record(
        session, actor, Action.COMPLAINT_DECISION_PROPOSED, subject=("complaint", case_id),
        now=now, details={"outcome": new.outcome.value},
    )  # fmt: skip
    return decision_id


def _require_outcome(head: CaseHead, outcome: Outcome) -> None:
    if head.state is not State.DECIDE:
        raise Undecided
    if outcome in LATER_OUTCOMES:
        raise OutcomeLater
    if not may_be_outcome(outcome, head):
        raise NotTakenBack


async def _reasons(session: AsyncSession, actor: Actor, case_id: UUID, new: NewDecision) -> str:
    """Sealed as one text: which case goes on stands in no column, since it would tie two people together."""
    if new.outcome is not Outcome.DUPLICATE_LINKED:
        return new.reasons
    other = await cases.find_by_reference(session, actor, new.other_reference)
    if other is None or other == case_id:
        raise OtherCaseUnknown
    return f"{new.other_reference}\n\n{new.reasons}"


def _weighed(classified: Classification) -> tuple[str, str]:
    """The severity and category that count: those of the worst of the case's codes."""
    book = get_code_book(classified.book_version)
    names = (classified.main_code, *classified.codes)
    categories = get_code_categories(classified.book_version)
    worst = worst_category(codes_among(book, names), categories)
    if worst is None:
        raise NotClassified
    return worst.severity.value, worst.code


async def second_decision(
    session: AsyncSession, actor: Actor, now: datetime, *, case_id: UUID
) -> None:
    """Agree to a colleague's decision. Raises NotYourOwn, and Undecided if nothing waits."""
    head = await cases.lock_case(session, actor, case_id)
    found = await judging.find_decision(session, case_id)
    if found is None or not awaits_second(
        found.outcome,
        max(found.seconds_needed, seconds_needed(found.outcome, head)),
        found.seconds,
        by_oversight=found.seconded_by_oversight,
    ):
        raise Undecided
    await judging.insert_decision_second(
        session, found.id, person_id=actor.id,
        as_oversight=Role.OVERSIGHT.value in actor.roles, now=now,
    )  # fmt: skip
    await record(
        session, actor, Action.COMPLAINT_SECONDED, subject=("complaint", case_id), now=now,
        details={"outcome": found.outcome.value},
    )  # fmt: skip


async def hand_to_oversight(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    vault: Vault,
    *,
    case_id: UUID,
    private_key: bytes | None,
) -> None:
    """Give a case whose outcome needs oversight to their desk, which alone reads it from now on. A colleague
    must have agreed before: nobody moves a case away alone. Raises NotForOversight, NobodyMayRead."""
    await desks.share_desks(session)
    head = await cases.lock_case(session, actor, case_id)
    found = await judging.find_decision(session, case_id)
    if (
        found is None
        or found.outcome not in DECIDED_BY_TWO_AND_OVERSIGHT
        or found.seconded_by_oversight
        or found.seconds == 0
        or head.compartment is Compartment.OVERSIGHT
    ):
        raise NotForOversight
    opened = await get_case_key(session, actor, vault, case_id=case_id, private_key=private_key)
    await move_compartment(
        session, actor, now, vault, head=head, compartment=Compartment.OVERSIGHT,
        secret=opened.secret,
    )  # fmt: skip


async def close_case(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    vault: Vault,
    *,
    case_id: UUID,
    calendar: Calendar,
) -> None:
    """Close a case on the decision that stands. From now on it counts on the agency's card.

    Raises Unread where she wrote or added a file since the actor opened the case, and Undecided where nobody
    decided or somebody has still to agree.
    """
    head = await cases.lock_case(session, actor, case_id)
    if head.unread:
        raise Unread
    found = await judging.find_decision(session, case_id)
    if found is None:
        raise Undecided
    await move_case(
        session, actor, now, vault, case_id=case_id, before=head.state, after=State.CLOSED,
        calendar=calendar, decision_id=found.id,
    )  # fmt: skip
    await keep_after_closing(session, now, vault, head=head)
