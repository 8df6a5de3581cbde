"""The records one card rests on, as queries fetch them and `rules.gather` turns them into inputs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from recruitwatch.audits.values.results import JudgedAudit
from recruitwatch.checklists.values import Checklist, ParameterSetting, Vocabulary
from recruitwatch.complaints.values.evidence import LinkedCase
from recruitwatch.scorecards.values.contests import Correction
from recruitwatch.scorecards.values.words import LicenceState


class OpenFinding(Struct, frozen=True, kw_only=True):
    """A finding that trips a gate: confirmed, or still waiting for its decision."""

    id: UUID
    item_id: str
    cap: str
    confirmed: bool


class ContractFailure(Struct, frozen=True, kw_only=True):
    """A confirmed finding in a checked contract: the answer no to its item, from its day on."""

    finding_id: UUID
    item_id: str
    found_on: date


class AgencyEvidence(Struct, frozen=True, kw_only=True):
    """Everything on record about one agency that bears on its card on `as_of`.

    `until`: what was approved, linked or decided after this instant is not seen. `corrections`: answers
    put right by contests, oldest first.
    """

    agency_id: UUID
    as_of: date
    until: datetime
    audits: tuple[JudgedAudit, ...] = ()
    findings: tuple[OpenFinding, ...] = ()
    cases: tuple[LinkedCase, ...] = ()
    licence_state: LicenceState | None = None
    deployed: tuple[int, int, int] = (0, 0, 0)
    deployment_missing: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    contracts: tuple[ContractFailure, ...] = ()


class Library(Struct, frozen=True, kw_only=True):
    """The published checklists by id and version, the vocabularies they are written in, and every
    time the ministry set a figure of national law."""

    checklists: Mapping[tuple[str, int], Checklist]
    vocabularies: Mapping[int, Vocabulary]
    settings: tuple[ParameterSetting, ...] = ()
