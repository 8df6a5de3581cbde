"""Findings for tests."""

from collections.abc import Collection
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from factories import agencies as agencies_factory
from recruitwatch.actor import Actor
from recruitwatch.checklists.values import EvidenceLevel, Gate, Severity, Word, WordAnswer
from recruitwatch.findings.actions import open_findings
from recruitwatch.findings.tables import findings
from recruitwatch.findings.values import Finding, NewFinding, SourceKind, Step, StepKind

NOW = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)


def make_new_finding(agency_id: UUID, inspector: UUID, **overrides: object) -> NewFinding:
    values: dict[str, object] = {
        "agency_id": agency_id,
        "source_kind": SourceKind.AUDIT,
        "source_id": uuid4(),
        "checklist_id": "covenant",
        "checklist_version": 1,
        "item_id": "COV-FEE-01",
        "principle": "P02",
        "severity": Severity.CRITICAL,
        "gate": Gate.CAP_D,
        "question": "Does the agency charge no fee?",
        "statement": "The answer was “no”.",
        "trips_gate": True,
        "office_id": uuid4(),
        "found_by": inspector,
        "found_on": date(2026, 6, 20),
        "answer": WordAnswer(word=Word.NO),
        "evidence": EvidenceLevel.E2,
        "note": "Ledger page 4.",
        **overrides,
    }
    return NewFinding(**values)  # type: ignore[arg-type]


def make_step(kind: StepKind, on: date, taken_by: UUID | None = None) -> Step:
    return Step(
        kind=kind, on_date=on, text="…", taken_by=taken_by or uuid4(),
        taken_by_name="Somebody", taken_at=NOW,
    )  # fmt: skip


def make_finding(*steps: Step, **overrides: object) -> Finding:
    """A stored finding as a value, with these steps."""
    found_by, reviewers = overrides.pop("found_by", uuid4()), overrides.pop("reviewers", ())
    worked_by = overrides.pop("worked_by", ())
    assert isinstance(found_by, UUID)
    assert isinstance(worked_by, tuple)
    assert isinstance(reviewers, tuple)
    opened_at = overrides.pop("opened_at", NOW)
    assert isinstance(opened_at, datetime)
    new = make_new_finding(uuid4(), found_by, **overrides)
    same = {name: getattr(new, name) for name in new.__struct_fields__ if name != "office_id"}
    return Finding(
        **same, id=uuid4(), agency_name="Padma Overseas Ltd", found_by_name="Inspector",
        barred=frozenset({found_by, *worked_by, *reviewers}), reviewers=frozenset(reviewers),
        opened_at=opened_at, steps=steps,
    )  # fmt: skip


async def store_finding(
    session: AsyncSession,
    inspector: Actor,
    *,
    now: datetime = NOW,
    worked_by: Collection[UUID] = (),
    reviewed_by: Collection[UUID] = (),
    **overrides: object,
) -> UUID:
    """An open finding of this inspector on an agency of its own."""
    agency_id = overrides.pop("agency_id", None) or await agencies_factory.store_agency(session)
    assert isinstance(agency_id, UUID)
    new = make_new_finding(agency_id, inspector.id, **overrides)
    await open_findings(
        session, inspector, now, new=(new,), worked_by=worked_by, reviewed_by=reviewed_by
    )
    found = await session.scalar(
        select(findings.c.id).where(
            findings.c.source_id == new.source_id, findings.c.item_id == new.item_id
        )
    )
    assert found is not None
    return found
