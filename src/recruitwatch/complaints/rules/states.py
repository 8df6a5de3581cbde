"""Which steps a case may take, as one table. The database holds the same table and has the last word."""

from recruitwatch.complaints.values.cases import CaseHead, Decision
from recruitwatch.complaints.values.codes import Urgency
from recruitwatch.complaints.values.states import Mover, Outcome, Responsibility, State, Transition
from recruitwatch.errors import N_, Message

S = State
_LATER = False


def _from(before: State, *after: State, enabled: bool = True) -> list[Transition]:
    return [Transition(before, each, Mover.OFFICER, enabled) for each in after]


ENTERABLE = frozenset(
    {
        S.RECEIVED, S.TRIAGE, S.SCREEN, S.DUPLICATE, S.NOT_A_COMPLAINT, S.PARTLY_OUTSIDE, S.LINKING,
        S.UNLINKED_PATTERN, S.ASSIGNED, S.REASSIGN, S.PLAN, S.INSPECT_ONLY, S.INVESTIGATE, S.DECIDE,
        S.CLOSED, S.REOPENED,
    }
)  # fmt: skip
"""States that this version works with. The others exist and cannot be entered yet."""

# From here an officer may go on to the decision.
_READY = frozenset({S.INVESTIGATE, S.DUPLICATE, S.NOT_A_COMPLAINT, S.REOPENED})

TRANSITIONS: tuple[Transition, ...] = (
    *_from(S.RECEIVED, S.TRIAGE),
    *_from(S.TRIAGE, S.SCREEN, S.DUPLICATE, S.NOT_A_COMPLAINT),
    *_from(S.SCREEN, S.LINKING, S.PARTLY_OUTSIDE),
    *_from(S.SCREEN, S.REFERRED_OUT, enabled=_LATER),
    *_from(S.PARTLY_OUTSIDE, S.LINKING),
    *_from(S.LINKING, S.ASSIGNED, S.UNLINKED_PATTERN),
    *_from(S.UNLINKED_PATTERN, S.LINKING, S.ASSIGNED),
    *_from(S.ASSIGNED, S.PLAN, S.REASSIGN),
    *_from(S.REASSIGN, S.ASSIGNED),
    *_from(S.PLAN, S.INSPECT_ONLY, S.INVESTIGATE),
    *_from(S.PLAN, S.CONSENT_NOTICE, enabled=_LATER),
    *_from(S.CONSENT_NOTICE, S.NOTICED, S.INSPECT_ONLY, S.HOLD, enabled=_LATER),
    *_from(S.HOLD, S.CONSENT_NOTICE, enabled=_LATER),
    *_from(S.NOTICED, S.REPLY_IN, S.REPLY_LATE, enabled=_LATER),
    *_from(S.REPLY_IN, S.INVESTIGATE, enabled=_LATER),
    *_from(S.REPLY_LATE, S.INVESTIGATE, enabled=_LATER),
    *_from(S.INSPECT_ONLY, S.INVESTIGATE),
    *_from(S.INVESTIGATE, S.LINKING),
    *_from(S.INVESTIGATE, S.CONCILIATE, enabled=_LATER),
    *_from(S.CONCILIATE, S.SETTLED, S.DECIDE, enabled=_LATER),
    *_from(S.SETTLED, S.REMEDY, S.CLOSED, enabled=_LATER),
    *_from(S.DECIDE, S.CLOSED, S.INVESTIGATE),
    *_from(S.DECIDE, S.REMEDY, enabled=_LATER),
    *_from(S.REMEDY, S.PAID, S.PART_PAID, S.DEFAULT, enabled=_LATER),
    *_from(S.PAID, S.CLOSED, enabled=_LATER),
    *_from(S.PART_PAID, S.REMEDY, enabled=_LATER),
    *_from(S.DEFAULT, S.ENFORCE, enabled=_LATER),
    *_from(S.ENFORCE, S.REMEDY, S.CLOSED, enabled=_LATER),
    *_from(S.CLOSED, S.APPEAL, enabled=_LATER),
    *_from(S.APPEAL, S.DECIDE, enabled=_LATER),
    *_from(S.DUPLICATE, S.TRIAGE),
    *_from(S.NOT_A_COMPLAINT, S.TRIAGE),
    Transition(S.CLOSED, S.REOPENED, Mover.EITHER),
    *_from(S.REOPENED, S.TRIAGE, S.LINKING, S.INVESTIGATE),
    # She may withdraw from every open state; an officer then decides, and asks whether she was pressed.
    *(
        Transition(state, S.DECIDE, Mover.EITHER if state in _READY else Mover.WORKER)
        for state in sorted(ENTERABLE - {S.DECIDE, S.CLOSED})
    ),
)

DECIDED_BY_TWO = frozenset({Outcome.WITHDRAWN_PRESSURE})
DECIDED_BY_TWO_AND_OVERSIGHT = frozenset({Outcome.MALICIOUS})
TAKEN_BACK = frozenset({Outcome.WITHDRAWN_OWN_WISH, Outcome.WITHDRAWN_PRESSURE})
"""Outcomes that only a case has which she took back herself."""
LATER_OUTCOMES = frozenset({Outcome.SETTLED_CONFIRMED, Outcome.REFERRED_ACCEPTED})
"""Outcomes whose facts (a confirmed payment, an accepted referral) this version cannot record yet."""


def next_states(state: State) -> tuple[State, ...]:
    """Where an officer may move the case from here."""
    return tuple(
        each.after
        for each in TRANSITIONS
        if each.before is state and each.enabled and each.mover is not Mover.WORKER
    )


DANGER_NOW = N_("She is in danger now.")
NOT_REACHED = N_("Nobody has spoken to her.")
PUSHED = N_("She says that somebody pushed her to stop.")


def why_another(head: CaseHead) -> tuple[Message, ...]:
    """Why nobody decides this case alone, whatever the outcome; empty for an ordinary case.

    Source: ministry default. Closing is the one step after which nobody looks for her any more.
    """
    found = {
        DANGER_NOW: head.urgency is Urgency.S1,
        NOT_REACHED: head.contacted_at is None,
        PUSHED: head.withdrawn_pressed,
    }
    return tuple(Message(reason) for reason, holds in found.items() if holds)


def seconds_of_outcome(outcome: Outcome) -> int:
    """How many other people must agree to an outcome of an ordinary case: one for a withdrawal under
    pressure, two for `malicious`, of whom one from oversight (4.3 of the ministry's procedure)."""
    if outcome in DECIDED_BY_TWO_AND_OVERSIGHT:
        return 2
    return 1 if outcome in DECIDED_BY_TWO else 0


def seconds_needed(outcome: Outcome, head: CaseHead) -> int:
    """How many other people must agree before the outcome stands in this case.

    Source: as `seconds_of_outcome` and `why_another`.
    """
    return max(seconds_of_outcome(outcome), int(bool(why_another(head))))


def awaits_second(outcome: Outcome, needed: int, seconds: int, *, by_oversight: bool) -> bool:
    """Whether somebody has still to agree. Two agreements without oversight are not enough for
    `malicious`: a third, of oversight, may follow (4.3 of the ministry's procedure)."""
    lacks_oversight = outcome in DECIDED_BY_TWO_AND_OVERSIGHT and not by_oversight
    return seconds < needed or lacks_oversight


def may_be_outcome(outcome: Outcome, head: CaseHead) -> bool:
    """Whether this version records the outcome for this case: nobody takes a case back for her.

    Source: a withdrawal is her word, given on her page or written down for her.
    """
    if outcome in LATER_OUTCOMES:
        return False
    return outcome not in TAKEN_BACK or head.withdrawn_at is not None


DECIDED_FOR_HER = frozenset({Outcome.SUBSTANTIATED, Outcome.PARTLY_SUBSTANTIATED})
OPEN_AGAIN = frozenset({State.APPEAL, State.REOPENED})


def is_decided_against_agency(head: CaseHead, decision: Decision | None) -> bool:
    """Whether the case may be named as one that was decided: the agency answers for it, and nobody looks at
    the decision again."""
    return (
        decision is not None
        and decision.stands
        and decision.outcome in DECIDED_FOR_HER
        and decision.responsibility is Responsibility.AGENCY
        and head.state not in OPEN_AGAIN
    )
