"""Forms of the steps of a finding: service, replies, the decision."""

from datetime import datetime
from enum import StrEnum

from recruitwatch.checklists.values import Severity
from recruitwatch.findings.rules import (
    REASONS_MISSING,
    TEXT_MISSING,
    may_reply,
    may_serve,
)
from recruitwatch.findings.values import (
    Finding,
    FindingFilter,
    FindingState,
    NewDecision,
    NewStep,
    StepKind,
)
from recruitwatch.web.forms import Errors, FormReader

LONGEST = 4_000


class DecisionWord(StrEnum):
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


def parse_served(reader: FormReader, finding: Finding, now: datetime) -> NewStep | Errors:
    """How and on which day the evidence was served."""
    step = _step(reader, "served")
    if isinstance(step, NewStep):
        for reason in may_serve(finding, on=step.on_date, now=now):
            reader.errors.setdefault("served_on", reason)
    return reader.errors or step


def parse_reply(reader: FormReader, finding: Finding, now: datetime) -> NewStep | Errors:
    """What the agency answered, and on which day it arrived."""
    step = _step(reader, "replied")
    if isinstance(step, NewStep):
        for reason in may_reply(finding.steps, on=step.on_date, today=now.date()):
            reader.errors.setdefault("replied_on", reason)
    return reader.errors or step


def _step(reader: FormReader, name: str) -> NewStep | Errors:
    on_date = reader.day(f"{name}_on", required=True)
    text = reader.text(f"{name}_text", longest=LONGEST, required=True, missing=TEXT_MISSING)
    if reader.errors or on_date is None:
        return reader.errors
    return NewStep(on_date=on_date, text=text)


def parse_decision(reader: FormReader) -> NewDecision | Errors:
    word = reader.choice("decision", DecisionWord)
    text = reader.text("reasons", longest=LONGEST, required=True, missing=REASONS_MISSING)
    if reader.errors or word is None:
        return reader.errors
    return NewDecision(kind=StepKind(word.value), text=text)


def parse_filter(state: str, severity: str) -> FindingFilter:
    """What the queue shows: what waits for something, unless another state is chosen."""
    chosen = FindingState(state) if state in set(FindingState) else None
    return FindingFilter(
        state=chosen,
        severity=Severity(severity) if severity in set(Severity) else None,
        waiting=chosen is None and state != "all",
    )
