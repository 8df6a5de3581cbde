"""The records a card rests on."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from msgspec.structs import replace
from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.agencies.queries import list_deployments_of, list_licences_of
from recruitwatch.agencies.rules import deployed_in_windows, status_on
from recruitwatch.agencies.values import LicenceState as RegisterState
from recruitwatch.audits.queries import list_results
from recruitwatch.audits.values.results import JudgedAudit
from recruitwatch.checklists.queries import get_versions, get_vocabularies, list_settings
from recruitwatch.complaints.queries.evidence import list_linked_cases
from recruitwatch.complaints.values.evidence import LinkedCase
from recruitwatch.findings.tables import finding_steps, findings
from recruitwatch.findings.values import SourceKind, StepKind
from recruitwatch.scorecards.queries.contests import list_corrections
from recruitwatch.scorecards.rules import DEFAULT_0_1
from recruitwatch.scorecards.rules.cases import window
from recruitwatch.scorecards.values import LicenceState
from recruitwatch.scorecards.values.evidence import (
    AgencyEvidence,
    ContractFailure,
    Library,
    OpenFinding,
)

# A licence that is cancelled, delisted or banned is no licence (gate G1). An application alone
# says nothing of a licence, and no decision at all says nothing either: both are unknown.
LICENCE_STATES: Mapping[RegisterState, LicenceState] = {
    RegisterState.VALID: LicenceState.VALID,
    RegisterState.EXPIRED: LicenceState.EXPIRED,
    RegisterState.SUSPENDED: LicenceState.SUSPENDED,
    RegisterState.CANCELLED: LicenceState.CANCELLED,
    RegisterState.DELISTED: LicenceState.CANCELLED,
    RegisterState.BANNED: LicenceState.CANCELLED,
}
# One month more than the longest window, so that the rules alone decide what lies inside it.
REACH = timedelta(days=31 * (DEFAULT_0_1.records.window_months + 1))
CASE_REACH = timedelta(days=31 * (window(DEFAULT_0_1) + 1))


async def collect_evidence(
    session: AsyncSession,
    agency_ids: Sequence[UUID],
    as_of: date,
    until: datetime,
    *,
    corrected_until: datetime,
) -> dict[UUID, AgencyEvidence]:
    """The records of each agency as they stood at `until`, an instant of the day `as_of`, put right by
    what was decided about contested answers until `corrected_until`: such an answer was wrong on every
    day before. The number of statements does not grow with the agencies."""
    audits: dict[UUID, list[JudgedAudit]] = {agency_id: [] for agency_id in agency_ids}
    for audit in await list_results(session, agency_ids, as_of - REACH):
        audits[audit.agency_id].append(audit)
    licences = await list_licences_of(session, agency_ids)
    deployments = await list_deployments_of(session, agency_ids)
    failures = await _list_findings(session, agency_ids, as_of, until)
    cases: dict[UUID, list[LinkedCase]] = {}
    for case in await list_linked_cases(session, agency_ids, until=until, since=until - CASE_REACH):
        cases.setdefault(case.agency_id, []).append(case)
    corrections = await list_corrections(session, agency_ids, corrected_until)
    evidence = {}
    for agency_id in agency_ids:
        state = status_on(licences.get(agency_id, ()), as_of).state
        sent = deployed_in_windows(deployments.get(agency_id, ()), as_of)
        found = failures.get(agency_id, _Found([], []))
        evidence[agency_id] = AgencyEvidence(
            agency_id=agency_id,
            as_of=as_of,
            until=until,
            audits=tuple(audits[agency_id]),
            findings=tuple(found.gates),
            cases=tuple(cases.get(agency_id, ())),
            licence_state=LICENCE_STATES.get(state) if state else None,
            deployed=sent.windows,
            deployment_missing=tuple(str(year) for year in sent.missing),
            corrections=corrections.get(agency_id, ()),
            contracts=tuple(found.contracts),
        )
    return evidence


async def get_whole_evidence(
    session: AsyncSession, evidence: Sequence[AgencyEvidence]
) -> list[AgencyEvidence]:
    """The same evidence with the audits of all times, for agencies whose last full inspection lies
    before the window."""
    audits: dict[UUID, list[JudgedAudit]] = {}
    for audit in await list_results(session, [one.agency_id for one in evidence], date.min):
        audits.setdefault(audit.agency_id, []).append(audit)
    return [replace(one, audits=tuple(audits.get(one.agency_id, ()))) for one in evidence]


_FindingRow = Row[tuple[UUID, UUID, str, date, str | None, bool, bool, str | None]]


class _Found(NamedTuple):
    """What findings say of one agency: those that trip a gate, and those confirmed in contracts."""

    gates: list[OpenFinding]
    contracts: list[ContractFailure]


async def _list_findings(
    session: AsyncSession, agency_ids: Sequence[UUID], as_of: date, until: datetime
) -> dict[UUID, _Found]:
    """Findings that trip a gate and were not dismissed by then, confirmed or waiting; and confirmed
    ones in checked contracts."""
    decision = (
        select(finding_steps.c.finding_id, finding_steps.c.kind)
        .where(
            finding_steps.c.kind.in_([StepKind.CONFIRMED.value, StepKind.DISMISSED.value]),
            finding_steps.c.on_date <= as_of,
        )
        .subquery("decision")
    )
    trips = findings.c.trips_gate & findings.c.gate.is_not(None)
    of_contract = findings.c.source_kind == SourceKind.CONTRACT.value
    statement = (
        select(
            findings.c.agency_id,
            findings.c.id,
            findings.c.item_id,
            findings.c.found_on,
            findings.c.gate,
            trips.label("trips"),
            of_contract.label("of_contract"),
            decision.c.kind,
        )
        .outerjoin(decision, decision.c.finding_id == findings.c.id)
        .where(
            findings.c.agency_id.in_(agency_ids),
            trips | (of_contract & (decision.c.kind == StepKind.CONFIRMED.value)),
            findings.c.opened_at <= until,
            func.coalesce(decision.c.kind, "") != StepKind.DISMISSED.value,
        )
        .order_by(findings.c.agency_id, findings.c.opened_at, findings.c.id)
    )
    found: dict[UUID, _Found] = {}
    for row in await session.execute(statement):
        _add(found.setdefault(row.agency_id, _Found([], [])), row)
    return found


def _add(found: _Found, row: _FindingRow) -> None:
    confirmed = row.kind is not None
    if row.trips:
        cap = row.gate.removeprefix("cap_")
        found.gates.append(
            OpenFinding(id=row.id, item_id=row.item_id, cap=cap, confirmed=confirmed)
        )
    if row.of_contract and confirmed:
        found.contracts.append(
            ContractFailure(finding_id=row.id, item_id=row.item_id, found_on=row.found_on)
        )


async def get_library(session: AsyncSession, evidence: Iterable[AgencyEvidence]) -> Library:
    """The checklist versions these audits used, and the figures of national law at all times."""
    used = {
        (one.checklist_id, one.version)
        for each in evidence
        for audit in each.audits
        for one in audit.result.lists
    }
    checklists = await get_versions(session, used)
    spoken = {one.vocabulary for one in checklists.values()}
    return Library(
        checklists=checklists,
        vocabularies=await get_vocabularies(session, spoken),
        settings=tuple(await list_settings(session)),
    )
