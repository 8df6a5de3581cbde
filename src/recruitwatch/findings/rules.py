"""The right of reply: where a finding stands, who may decide it and when, and what the agency sees.

Source: recruitwatch's domain notes 2.3 and 4.12, after AIMS v. DOLE (G.R. 210308, 2016): no finding is
final before its evidence was served and answered, or the time to answer has run out.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from recruitwatch.errors import N_, Message
from recruitwatch.findings.values import Disclosure, Finding, FindingState, Step, StepKind

REPLY_DAYS = 14
FEWEST_WORKERS_SHOWN = 5

DECISIONS = frozenset({StepKind.CONFIRMED, StepKind.DISMISSED})

NOT_SERVED = N_("The evidence has not been served on the agency yet.")
REPLY_OPEN = N_("The agency has not replied and may do so until %(until)s.")
SAME_PERSON = N_("Whoever inspected may not decide. Ask another decision maker.")
DECIDED = N_("The finding is decided. Nothing can be added to it.")
SERVED_TWICE = N_("It is already recorded that the evidence was served.")
DATE_AHEAD = N_("This date is still to come.")
BEFORE_SERVED = N_("This date is before the day on which the evidence was served.")
BEFORE_OPENED = N_("This date is before the day on which the finding was opened.")
TEXT_MISSING = N_("Write down what happened.")
REASONS_MISSING = N_("Write down the reasons. The agency may ask for them.")


def state_of(kinds: Iterable[StepKind]) -> FindingState:
    """Where a finding stands: the decision if there is one, else whether there was a reply, else
    whether the evidence was served."""
    taken = set(kinds)
    for kind, state in (
        (StepKind.CONFIRMED, FindingState.CONFIRMED),
        (StepKind.DISMISSED, FindingState.DISMISSED),
        (StepKind.REPLIED, FindingState.REPLIED),
        (StepKind.SERVED, FindingState.SERVED),
    ):
        if kind in taken:
            return state
    return FindingState.OPEN


def served_on(steps: Iterable[Step]) -> date | None:
    """The day on which the agency was given the evidence, if it was."""
    return next((step.on_date for step in steps if step.kind is StepKind.SERVED), None)


def reply_until(served: date) -> date:
    """The last day on which a reply comes in time: 14 full days after the day of service."""
    return served + timedelta(days=REPLY_DAYS)


def may_decide(
    steps: Sequence[Step], *, found_by: UUID, actor_id: UUID | None, on: date
) -> tuple[Message, ...]:
    """Why this person may not decide the finding on this day; nothing when they may.

    The evidence must have been served, the agency must have replied or its 14 full days must be
    over, no decision may stand, and whoever inspected never decides.
    """
    state = state_of(step.kind for step in steps)
    if state in (FindingState.CONFIRMED, FindingState.DISMISSED):
        return (Message(DECIDED),)
    reasons = []
    if actor_id == found_by:
        reasons.append(Message(SAME_PERSON))
    served = served_on(steps)
    if served is None:
        reasons.append(Message(NOT_SERVED))
    elif state is FindingState.SERVED and on <= reply_until(served):
        reasons.append(Message(REPLY_OPEN, {"until": reply_until(served).isoformat()}))
    return tuple(reasons)


def may_serve(
    steps: Sequence[Step], *, opened_on: date, on: date, today: date
) -> tuple[Message, ...]:
    """Why service of the evidence on this day cannot be recorded; nothing when it can.

    Evidence is served once, on a day from the opening of the finding until today.
    """
    if state_of(step.kind for step in steps) is not FindingState.OPEN:
        return (Message(SERVED_TWICE),)
    if on > today:
        return (Message(DATE_AHEAD),)
    return (Message(BEFORE_OPENED),) if on < opened_on else ()


def may_reply(steps: Sequence[Step], *, on: date, today: date) -> tuple[Message, ...]:
    """Why a reply of this day cannot be recorded; nothing when it can.

    A reply answers served evidence and comes before the decision; there may be any number.
    """
    if any(step.kind in DECISIONS for step in steps):
        return (Message(DECIDED),)
    served = served_on(steps)
    if served is None:
        return (Message(NOT_SERVED),)
    if on > today:
        return (Message(DATE_AHEAD),)
    return (Message(BEFORE_SERVED),) if on < served else ()


def disclosed(finding: Finding) -> Disclosure:
    """What the agency is shown: the question, what was found, the evidence level and the note.

    Of what workers said only the counts are shown, and none where fewer than five answered: the
    numbers would tell who spoke. Source: domain notes 2.3 and 4.12, interview ethics.
    """
    workers = finding.workers
    from_workers = workers is not None
    few = workers is not None and workers.asked < FEWEST_WORKERS_SHOWN
    served = served_on(finding.steps)
    return Disclosure(
        finding_id=finding.id,
        agency_name=finding.agency_name,
        checklist_id=finding.checklist_id,
        checklist_version=finding.checklist_version,
        item_id=finding.item_id,
        principle=finding.principle,
        severity=finding.severity,
        question=finding.question,
        statement="" if few else finding.statement,
        asked_of_workers=from_workers,
        answer=None if from_workers else finding.answer,
        evidence=None if from_workers else finding.evidence,
        note="" if from_workers else finding.note,
        workers=None if few else workers,
        found_on=finding.found_on,
        served_on=served,
        reply_until=None if served is None else reply_until(served),
    )
