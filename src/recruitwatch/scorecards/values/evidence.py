"""The records one card rests on, as queries fetch them and `rules.gather` turns them into inputs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from msgspec import Struct

from recruitwatch.audits.values import ApprovedAudit
from recruitwatch.checklists.values import Checklist, ParameterValue
from recruitwatch.scorecards.values.words import LicenceState


class OpenFinding(Struct, frozen=True, kw_only=True):
    """A finding that trips a gate: confirmed, or still waiting for its decision."""

    id: UUID
    item_id: str
    cap: str
    confirmed: bool


class AgencyEvidence(Struct, frozen=True, kw_only=True):
    """Everything on record about one agency that bears on its card on `as_of`."""

    agency_id: UUID
    as_of: date
    audits: tuple[ApprovedAudit, ...] = ()
    findings: tuple[OpenFinding, ...] = ()
    licence_state: LicenceState | None = None
    deployed: tuple[int, int, int] = (0, 0, 0)
    deployment_missing: tuple[str, ...] = ()


class Library(Struct, frozen=True, kw_only=True):
    """The published checklists by id and version, and the ministry's figures in force."""

    checklists: Mapping[tuple[str, int], Checklist]
    parameters: Mapping[str, ParameterValue | None]
