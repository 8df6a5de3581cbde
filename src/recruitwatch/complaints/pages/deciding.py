"""How a case ends: the decision, those who must agree to it, and closing on it."""

from datetime import datetime
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from recruitwatch.accounts.guards import own_key
from recruitwatch.actor import Actor
from recruitwatch.complaints.actions.judging import (
    close_case,
    hand_to_oversight,
    propose_decision,
    second_decision,
)
from recruitwatch.complaints.forms.judging import parse_decision
from recruitwatch.complaints.pages import staff_words as words
from recruitwatch.complaints.pages.case import open_here
from recruitwatch.complaints.pages.queue import READ
from recruitwatch.complaints.rules.states import (
    may_be_outcome,
    next_states,
    seconds_needed,
    why_another,
)
from recruitwatch.complaints.values.cases import (
    Decision,
    NotClassified,
    NotTakenBack,
    OpenedCase,
    OtherCaseUnknown,
    Undecided,
)
from recruitwatch.complaints.values.codes import Compartment
from recruitwatch.complaints.values.judging import NewDecision
from recruitwatch.complaints.values.states import Outcome, Responsibility, State
from recruitwatch.errors import N_, Message
from recruitwatch.web.forms import Errors, FormReader
from recruitwatch.web.languages import gettext
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.saying import say
from recruitwatch.web.templating import render

NOT_THERE_YET = N_("The case stands at “%(state)s”. Move it on to “%(decide)s” first.")
CLOSED = N_("The case is closed.")

Choices = list[tuple[str, str, str]]


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A decision in words, and what it still waits for."""

    outcome: str
    sentence: str
    responsibility: str
    workers: int
    reasons: str
    told: str
    proposed_by: str
    proposed_at: datetime
    stands: bool
    agreed: int
    needed: int
    lacks_oversight: bool
    to_hand_over: bool
    own: bool


class DecisionPage(msgspec.Struct, frozen=True, kw_only=True):
    """`lacks` says what must happen before anything can be decided; empty when it can. `another` says why
    nobody decides this case alone."""

    case_id: UUID
    reference: str
    lacks: list[str]
    another: list[str]
    decision: Shown | None
    may_close: bool
    outcomes: Choices
    responsibilities: Choices
    typed: dict[str, str]
    errors: Errors


@get("/cases/{case_id:uuid}/decision", opt=READ)
async def show_decision(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    case_id: FromPath[UUID],
) -> Page:
    opened = await open_here(request, session, actor, now, case_id, goes_on=True)
    return render(request, "complaints/decision.html", _page(opened, actor))


@post("/cases/{case_id:uuid}/decision", opt=READ, status_code=200)
async def do_decide(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    case_id: FromPath[UUID],
) -> Response[str] | Redirect:
    reader = await read_form(request)
    opened = await open_here(request, session, actor, now, case_id, goes_on=True)
    new = parse_decision(reader)
    if not isinstance(new, NewDecision):
        return _again(request, opened, actor, reader, 422)
    try:
        await propose_decision(
            session, actor, now, request.app.state.vault,
            case_id=case_id, private_key=own_key(request), new=new,
        )  # fmt: skip
    except (Undecided, NotClassified, NotTakenBack) as problem:
        # All are raised before anything is written, so that the page can keep what was typed.
        reader.errors[""] = Message(problem.sentence)
        return _again(request, opened, actor, reader, 409)
    except OtherCaseUnknown as problem:
        reader.refuse("other_reference", problem.sentence)
        return _again(request, opened, actor, reader, 422)
    done = "proposed" if seconds_needed(new.outcome, opened.head) else "decided"
    return go_to(f"/cases/{case_id}", {"done": done})


@post("/cases/{case_id:uuid}/decision/agree", opt=READ, status_code=200)
async def do_agree(
    session: Session, actor: SignedInActor, now: Now, case_id: FromPath[UUID]
) -> Redirect:
    await second_decision(session, actor, now, case_id=case_id)
    return go_to(f"/cases/{case_id}/decision")


@post("/cases/{case_id:uuid}/decision/oversight", opt=READ, status_code=200)
async def do_hand_over(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    case_id: FromPath[UUID],
) -> Redirect:
    """Afterwards the officer no longer holds the case, so the queue comes next."""
    await hand_to_oversight(
        session, actor, now, request.app.state.vault, case_id=case_id, private_key=own_key(request)
    )
    return go_to("/cases")


@post("/cases/{case_id:uuid}/close", opt=READ, status_code=200)
async def do_close(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    case_id: FromPath[UUID],
) -> Redirect:
    state = request.app.state
    await close_case(session, actor, now, state.vault, case_id=case_id, calendar=state.calendar)
    return go_to(f"/cases/{case_id}", {"done": "closed"})


def _again(
    request: WebRequest, opened: OpenedCase, actor: Actor, reader: FormReader, status: int
) -> Page:
    page = _page(opened, actor, reader)
    return render(request, "complaints/decision.html", page, status=status)


def _page(opened: OpenedCase, actor: Actor, reader: FormReader | None = None) -> DecisionPage:
    decision = opened.decision
    return DecisionPage(
        case_id=opened.head.id,
        reference=opened.head.reference,
        lacks=_lacks(opened),
        another=[say(one) for one in why_another(opened.head)],
        decision=_shown(decision, actor, opened.head.compartment),
        may_close=decision is not None
        and decision.stands
        and State.CLOSED in next_states(opened.head.state),
        outcomes=[
            (one.value, gettext(said.name), gettext(said.sentence))
            for one, said in words.OUTCOMES.items()
            if may_be_outcome(one, opened.head)
        ],
        responsibilities=[
            (one.value, gettext(said.name), gettext(said.sentence))
            for one, said in words.RESPONSIBILITIES.items()
        ],
        typed=dict(reader.form) if reader else {},
        errors=reader.errors if reader else {},
    )


def _lacks(opened: OpenedCase) -> list[str]:
    state = opened.head.state
    if state is State.CLOSED:
        return [gettext(CLOSED)]
    found = []
    if opened.classification is None:
        found.append(gettext(NotClassified.sentence))
    if state is not State.DECIDE:
        names = {
            "state": gettext(words.STATES[state]),
            "decide": gettext(words.STATES[State.DECIDE]),
        }
        found.append(gettext(NOT_THERE_YET) % names)
    return found


def _shown(decision: Decision | None, actor: Actor, compartment: Compartment) -> Shown | None:
    if decision is None:
        return None
    outcome = words.OUTCOMES[decision.outcome]
    waits = decision.outcome is Outcome.MALICIOUS and not decision.seconded_by_oversight
    return Shown(
        outcome=gettext(outcome.name),
        sentence=gettext(outcome.sentence),
        responsibility=gettext(
            words.RESPONSIBILITIES[Responsibility(decision.responsibility)].name
        ),
        workers=decision.workers,
        reasons=decision.reasons,
        told=decision.told,
        proposed_by=decision.proposed_by,
        proposed_at=decision.proposed_at,
        stands=decision.stands,
        agreed=decision.seconds,
        needed=decision.seconds_needed,
        lacks_oversight=waits,
        to_hand_over=waits and compartment is not Compartment.OVERSIGHT,
        own=decision.proposed_by_id == actor.id,
    )


HANDLERS = (show_decision, do_decide, do_agree, do_hand_over, do_close)
