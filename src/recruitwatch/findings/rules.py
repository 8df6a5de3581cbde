"""The right of reply: where a finding stands, who may decide it and when, and what the agency sees.

Source: recruitwatch's domain notes 2.3 and 4.12, after AIMS v. DOLE (G.R. 210308, 2016): no finding is
final before its evidence was served and answered, or the time to answer has run out.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from recruitwatch.errors import N_, Message, NotAllowed
from recruitwatch.findings.values import (
    BeforeOpened,
    BeforeServed,
    DateAhead,
    DecidedByInspector,
    DecidedByReviewer,
    DecidedByWorker,
    Disclosure,
    EvidenceNotServed,
    EvidenceServedTwice,
    FewWorkers,
    Finding,
    FindingDecided,
    FindingState,
    Step,
    StepKind,
)

REPLY_DAYS = 14
FEWEST_WORKERS_SHOWN = 5

DECISIONS = frozenset({StepKind.CONFIRMED, StepKind.DISMISSED})

NOT_SERVED = EvidenceNotServed.sentence
REPLY_OPEN = N_("The agency has not replied and may do so until %(until)s.")
DECIDED = FindingDecided.sentence
SERVED_TWICE = EvidenceServedTwice.sentence
FEW_WORKERS = FewWorkers.sentence
DATE_AHEAD = DateAhead.sentence
BEFORE_SERVED = BeforeServed.sentence
BEFORE_OPENED = BeforeOpened.sentence
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


def day_of(at: datetime, now: datetime) -> date:
    """The day of a stored instant where `now` is told: the ministry's own day, not that of UTC."""
    return at.astimezone(now.tzinfo).date()


def is_kept_back(finding: Finding) -> bool:
    """Whether the evidence may not be served, because only the word of fewer than five workers bears
    it: the agency could tell who spoke. Source: domain notes 2.3 and 4.12, interview ethics."""
    return _of_few_workers(finding) and finding.borne_out_by is None


def shows_paper(finding: Finding) -> bool:
    """Whether the agency is given the notice of the documents that bear few workers out, in the place
    of a notice that would tell who spoke."""
    return _of_few_workers(finding) and finding.borne_out_by is not None


def _of_few_workers(finding: Finding) -> bool:
    return finding.workers is not None and finding.workers.asked < FEWEST_WORKERS_SHOWN


def decider_refusal(finding: Finding, person_id: UUID | None) -> type[NotAllowed] | None:
    """Which error refuses this person to decide; none when they may. Nobody holds two roles on the
    same case: neither who inspected or answered a part, nor who reviewed. Source: domain notes 2.1."""
    if person_id == finding.found_by:
        return DecidedByInspector
    if person_id in finding.reviewers:
        return DecidedByReviewer
    return DecidedByWorker if person_id in finding.barred else None


def may_decide(finding: Finding, *, actor_id: UUID | None, on: date) -> tuple[Message, ...]:
    """Why this person may not decide the finding on this day; nothing when they may.

    The evidence must have been served, the agency must have replied or its 14 full days must be
    over, no decision may stand, and nobody decides who had another part in the audit.
    """
    state = state_of(step.kind for step in finding.steps)
    if state in (FindingState.CONFIRMED, FindingState.DISMISSED):
        return (Message(DECIDED),)
    reasons = []
    refusal = decider_refusal(finding, actor_id)
    if refusal is not None:
        reasons.append(Message(refusal.sentence))
    served = served_on(finding.steps)
    if served is None:
        reasons.append(Message(NOT_SERVED))
    elif state is FindingState.SERVED and on <= reply_until(served):
        reasons.append(Message(REPLY_OPEN, {"until": reply_until(served).isoformat()}))
    return tuple(reasons)


def may_serve(finding: Finding, *, on: date, now: datetime) -> tuple[Message, ...]:
    """Why service of the evidence on this day cannot be recorded; nothing when it can.

    Evidence is served once, on a day from the opening of the finding until today, and never where it
    would tell who spoke.
    """
    if state_of(step.kind for step in finding.steps) is not FindingState.OPEN:
        return (Message(SERVED_TWICE),)
    if is_kept_back(finding):
        return (Message(FEW_WORKERS),)
    if on > now.date():
        return (Message(DATE_AHEAD),)
    return (Message(BEFORE_OPENED),) if on < day_of(finding.opened_at, now) else ()


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


def disclosed(finding: Finding, paper: Finding | None) -> Disclosure | None:
    """What the agency is shown: the question, what was found, the evidence level and the note.

    Of what workers said only the counts are shown. Where fewer than five answered, the notice is that
    of `paper`, the finding in the documents of the same audit that bears them out, to the letter: it
    says nothing of private talks. Where there is none, nothing is shown at all. Source: domain notes
    2.3 and 4.12, interview ethics.
    """
    shown = paper if shows_paper(finding) else finding
    if shown is None or is_kept_back(finding):
        return None
    from_workers = shown.workers is not None
    served = served_on(finding.steps)
    return Disclosure(
        finding_id=shown.id,
        source_kind=shown.source_kind,
        agency_name=shown.agency_name,
        checklist_id=shown.checklist_id,
        checklist_version=shown.checklist_version,
        item_id=shown.item_id,
        principle=shown.principle,
        severity=shown.severity,
        question=shown.question,
        statement=shown.statement,
        answer=None if from_workers else shown.answer,
        evidence=None if from_workers else shown.evidence,
        note="" if from_workers else shown.note,
        workers=shown.workers,
        found_on=shown.found_on,
        served_on=served,
        reply_until=None if served is None else reply_until(served),
    )
