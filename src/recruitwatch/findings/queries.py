"""SQL of findings and their steps. A finding's state is read off its steps, never stored."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, and_, case, exists, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.tables import people
from recruitwatch.agencies.tables import agencies
from recruitwatch.checklists.values import AnswerValue, EvidenceLevel, Gate, Severity
from recruitwatch.errors import RecruitwatchError
from recruitwatch.findings.rules import DECISIONS, FEWEST_WORKERS_SHOWN
from recruitwatch.findings.tables import finding_steps, findings
from recruitwatch.findings.values import (
    BeforeOpened,
    BeforeServed,
    DateAhead,
    DecidedByInspector,
    DecidedByReviewer,
    DecidedByWorker,
    EvidenceNotServed,
    EvidenceServedTwice,
    FewWorkers,
    Finding,
    FindingDecided,
    FindingFilter,
    FindingLine,
    FindingState,
    FindingTwice,
    FindingUnknown,
    NewFinding,
    ReplyPeriodOpen,
    SourceKind,
    Step,
    StepKind,
    Workers,
)

if TYPE_CHECKING:
    from sqlalchemy.engine import RowMapping

CONSTRAINTS: Mapping[str, type[RecruitwatchError]] = {
    "uq_findings_item": FindingTwice,
    "uq_finding_steps_served": EvidenceServedTwice,
    "uq_finding_steps_decided": FindingDecided,
    "ck_finding_steps_on_date": DateAhead,
    "tr_finding_steps_few_workers": FewWorkers,
    "tr_finding_steps_before_opened": BeforeOpened,
    "tr_finding_steps_decided": FindingDecided,
    "tr_finding_steps_not_served": EvidenceNotServed,
    "tr_finding_steps_before_served": BeforeServed,
    "tr_finding_steps_same_person": DecidedByInspector,
    "tr_finding_steps_reviewer": DecidedByReviewer,
    "tr_finding_steps_worked_on": DecidedByWorker,
    "tr_finding_steps_reply_open": ReplyPeriodOpen,
}

LEVELS = tuple(EvidenceLevel)


def _has(*kinds: StepKind) -> ColumnElement[bool]:
    """Whether the finding has a step of one of these kinds."""
    return exists().where(
        finding_steps.c.finding_id == findings.c.id,
        finding_steps.c.kind.in_([kind.value for kind in kinds]),
    )


_DECIDED = _has(StepKind.CONFIRMED, StepKind.DISMISSED)
_WHERE_STATE: Mapping[FindingState, ColumnElement[bool]] = {
    FindingState.OPEN: ~_has(StepKind.SERVED),
    FindingState.SERVED: _has(StepKind.SERVED) & ~_has(StepKind.REPLIED) & ~_DECIDED,
    FindingState.REPLIED: _has(StepKind.REPLIED) & ~_DECIDED,
    FindingState.CONFIRMED: _has(StepKind.CONFIRMED),
    FindingState.DISMISSED: _has(StepKind.DISMISSED),
}
_STATE = case(
    *((condition, state.value) for state, condition in _WHERE_STATE.items()),
    else_=FindingState.OPEN.value,
)
_KEPT_BACK = and_(
    func.coalesce(findings.c.workers_asked, FEWEST_WORKERS_SHOWN) < FEWEST_WORKERS_SHOWN,
    findings.c.borne_out_by.is_(None),
)
_SERVED_ON = (
    select(finding_steps.c.on_date)
    .where(
        finding_steps.c.finding_id == findings.c.id,
        finding_steps.c.kind == StepKind.SERVED.value,
    )
    .correlate(findings)
    .scalar_subquery()
)
_FINDING = (
    select(
        findings,
        agencies.c.legal_name.label("agency_name"),
        people.c.full_name.label("found_by_name"),
    )
    .join(agencies, agencies.c.id == findings.c.agency_id)
    .join(people, people.c.id == findings.c.found_by)
)


async def insert_findings(
    session: AsyncSession,
    new: Sequence[tuple[UUID, NewFinding]],
    *,
    worked_by: Collection[UUID],
    reviewed_by: Collection[UUID],
    now: datetime,
) -> None:
    """All findings of one audit at once, with the people who may decide none of them."""
    rows = [
        {
            **{
                name: getattr(one, name)
                for name in (
                    "agency_id", "source_id", "checklist_id", "checklist_version", "item_id",
                    "principle", "question", "statement", "note", "trips_gate", "office_id",
                    "found_by", "found_on", "borne_out_by",
                )
            },
            "id": finding_id,
            "source_kind": one.source_kind.value,
            "severity": one.severity.value,
            "gate": one.gate.value if one.gate else None,
            "answer": None if one.answer is None else msgspec.to_builtins(one.answer),
            "evidence": None if one.evidence is None else LEVELS.index(one.evidence),
            "workers_failing": one.workers.failing if one.workers else None,
            "workers_asked": one.workers.asked if one.workers else None,
            "barred": sorted({one.found_by, *worked_by, *reviewed_by}),
            "reviewers": sorted(reviewed_by),
            "opened_at": now,
        }
        for finding_id, one in new
    ]  # fmt: skip
    if rows:
        await session.execute(insert(findings), rows)


async def insert_step(
    session: AsyncSession,
    finding_id: UUID,
    *,
    kind: StepKind,
    on_date: date,
    text: str,
    taken_by: UUID,
    now: datetime,
) -> None:
    """The due process is checked by the database as it is written."""
    await session.execute(
        insert(finding_steps).values(
            finding_id=finding_id,
            kind=kind.value,
            on_date=on_date,
            text=text,
            taken_by=taken_by,
            taken_at=now,
        )
    )


async def get_finding(session: AsyncSession, finding_id: UUID) -> Finding:
    """The finding with its steps, oldest first."""
    statement = _FINDING.where(findings.c.id == finding_id)
    row = (await session.execute(statement)).mappings().one_or_none()
    if row is None:
        raise FindingUnknown
    return _finding(row, await _list_steps(session, finding_id))


async def list_worked_on(
    session: AsyncSession,
    person_id: UUID,
    agency_id: UUID,
    *,
    ids: Collection[UUID],
    items: Collection[str],
) -> list[tuple[UUID, str]]:
    """Findings of an agency, with their items, that a person worked on, reviewed or decided: those of
    `ids`, and those on `items` that can cap the grade."""
    decided = exists().where(
        finding_steps.c.finding_id == findings.c.id,
        finding_steps.c.kind.in_([kind.value for kind in DECISIONS]),
        finding_steps.c.taken_by == person_id,
    )
    statement = (
        select(findings.c.id, findings.c.item_id)
        .where(
            findings.c.agency_id == agency_id,
            findings.c.id.in_(ids) | (findings.c.item_id.in_(items) & findings.c.trips_gate),
            decided | findings.c.barred.contains([person_id]),
        )
        .order_by(findings.c.id)
    )
    return [(row.id, row.item_id) for row in await session.execute(statement)]


async def find_paper(session: AsyncSession, finding: Finding) -> Finding | None:
    """The finding in the documents of the same audit that bears this one out, without its steps."""
    if finding.borne_out_by is None:
        return None
    statement = _FINDING.where(
        findings.c.source_id == finding.source_id, findings.c.item_id == finding.borne_out_by
    )
    row = (await session.execute(statement)).mappings().one_or_none()
    return None if row is None else _finding(row, ())


async def _list_steps(session: AsyncSession, finding_id: UUID) -> tuple[Step, ...]:
    statement = (
        select(
            finding_steps.c.kind, finding_steps.c.on_date, finding_steps.c.text,
            finding_steps.c.taken_by, people.c.full_name.label("taken_by_name"),
            finding_steps.c.taken_at,
        )
        .join(people, people.c.id == finding_steps.c.taken_by)
        .where(finding_steps.c.finding_id == finding_id)
        .order_by(finding_steps.c.id)
        .limit(500)
    )  # fmt: skip
    rows = (await session.execute(statement)).mappings()
    return tuple(Step(**{**row, "kind": StepKind(row["kind"])}) for row in rows)


def _finding(row: "RowMapping", steps: tuple[Step, ...]) -> Finding:
    same = (
        "id", "agency_id", "agency_name", "source_id", "checklist_id", "checklist_version",
        "item_id", "principle", "question", "statement", "trips_gate", "found_by",
        "found_by_name", "found_on", "opened_at", "note", "borne_out_by",
    )  # fmt: skip
    asked = row["workers_asked"]
    return Finding(
        **{name: row[name] for name in same},
        source_kind=SourceKind(row["source_kind"]),
        severity=Severity(row["severity"]),
        gate=Gate(row["gate"]) if row["gate"] else None,
        answer=msgspec.convert(row["answer"], AnswerValue | None),
        evidence=None if row["evidence"] is None else LEVELS[row["evidence"]],
        barred=frozenset(row["barred"]),
        reviewers=frozenset(row["reviewers"]),
        workers=None if asked is None else Workers(failing=row["workers_failing"], asked=asked),
        steps=steps,
    )


async def list_findings(
    session: AsyncSession, chosen: FindingFilter, *, limit: int, offset: int = 0
) -> list[FindingLine]:
    """Oldest first: who waits longest stands at the top."""
    statement = (
        select(
            findings.c.id, findings.c.agency_id, agencies.c.legal_name.label("agency_name"),
            findings.c.item_id, findings.c.question, findings.c.severity,
            _STATE.label("state"), findings.c.opened_at, _SERVED_ON.label("served_on"),
            _KEPT_BACK.label("kept_back"),
        )
        .join(agencies, agencies.c.id == findings.c.agency_id)
        .order_by(findings.c.opened_at, findings.c.id)
    )  # fmt: skip
    statement = statement.where(*_conditions(chosen)).limit(limit).offset(offset)
    return [
        FindingLine(
            **{
                **row,
                "severity": Severity(row["severity"]),
                "state": FindingState(row["state"]),
            }
        )
        for row in (await session.execute(statement)).mappings()
    ]


async def count_findings(session: AsyncSession, chosen: FindingFilter) -> int:
    statement = select(func.count()).select_from(findings).where(*_conditions(chosen))
    return await session.scalar(statement) or 0


async def count_waiting_findings(session: AsyncSession) -> int:
    """Findings without a decision."""
    return await count_findings(session, FindingFilter(waiting=True))


def _conditions(chosen: FindingFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if chosen.state is not None:
        conditions.append(_WHERE_STATE[chosen.state])
    if chosen.severity is not None:
        conditions.append(findings.c.severity == chosen.severity.value)
    if chosen.agency_id is not None:
        conditions.append(findings.c.agency_id == chosen.agency_id)
    if chosen.waiting:
        conditions.append(~_DECIDED)
    return conditions
