"""Licences and decisions for the tests of rules."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from recruitwatch.agencies.values import Licence, LicenceDecision, LicenceState, NewDecision

LICENCE_ID = UUID(int=1)


def day(text: str) -> date:
    return date.fromisoformat(text)


def make_decision(
    state: LicenceState,
    effective_on: str,
    until_on: str | None = None,
    *,
    order: int = 0,
    superseded: bool = False,
) -> LicenceDecision:
    """`order` is when it was made, for decisions that take effect on the same day."""
    return LicenceDecision(
        id=uuid4(),
        licence_id=LICENCE_ID,
        state=state,
        effective_on=day(effective_on),
        until_on=day(until_on) if until_on else None,
        ground=f"because {state}",
        document_no="",
        document_name=None,
        decided_by_name="Regulator",
        decided_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=order),
        superseded=superseded,
    )


def make_licence(
    *decisions: LicenceDecision,
    valid_from: str | None = "2024-01-01",
    valid_until: str | None = "2026-12-31",
    licence_no: str | None = "RL-1",
    licence_id: UUID | None = None,
) -> Licence:
    return Licence(
        id=licence_id or LICENCE_ID,
        agency_id=UUID(int=9),
        licence_no=licence_no,
        valid_from=day(valid_from) if valid_from else None,
        valid_until=day(valid_until) if valid_until else None,
        decisions=decisions,
    )


def new(state: LicenceState, effective_on: str, until_on: str | None = None) -> NewDecision:
    return NewDecision(
        state=state,
        effective_on=day(effective_on),
        until_on=day(until_on) if until_on else None,
        ground="because",
    )
