"""SQL of checks that became findings: keeping them, and the confirmed findings of an agency."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.contracts.tables.checks import contract_check_rules, contract_checks
from recruitwatch.contracts.values.checking import AgencyFinding
from recruitwatch.contracts.values.confirming import CheckedTwice, NewCheck
from recruitwatch.contracts.values.corridors import Gravity
from recruitwatch.errors import RecruitwatchError
from recruitwatch.findings.tables import finding_steps, findings
from recruitwatch.findings.values import StepKind

CONSTRAINTS: Mapping[str, type[RecruitwatchError]] = {"uq_contract_checks_papers": CheckedTwice}

MOST_FINDINGS = 1000


async def insert_check(
    session: AsyncSession, check_id: UUID, new: NewCheck, *, opened_by: UUID, now: datetime
) -> None:
    await session.execute(
        insert(contract_checks).values(
            id=check_id,
            agency_id=new.agency_id,
            contract_number=new.contract_number,
            papers_sha256=new.papers_sha256,
            signed_on=new.signed_on,
            opened_by=opened_by,
            opened_at=now,
        )
    )
    rows = [
        {
            "check_id": check_id,
            "rule": one.rule,
            "item_id": one.item_id,
            "severity": one.severity.value,
        }
        for one in new.rules
    ]
    await session.execute(insert(contract_check_rules), rows)


async def list_confirmed(
    session: AsyncSession, agency_id: UUID, *, since: date
) -> Sequence[AgencyFinding]:
    """The rules of every finding of the agency that was confirmed since a day, newest first."""
    statement = (
        select(
            contract_check_rules.c.rule,
            contract_check_rules.c.severity,
            finding_steps.c.on_date,
            findings.c.id,
        )
        .join(contract_checks, contract_checks.c.id == contract_check_rules.c.check_id)
        .join(
            findings,
            (findings.c.source_id == contract_checks.c.id)
            & (findings.c.item_id == contract_check_rules.c.item_id),
        )
        .join(finding_steps, finding_steps.c.finding_id == findings.c.id)
        .where(
            contract_checks.c.agency_id == agency_id,
            finding_steps.c.kind == StepKind.CONFIRMED.value,
            finding_steps.c.on_date >= since,
        )
        .order_by(
            finding_steps.c.on_date.desc(),
            contract_check_rules.c.check_id,
            contract_check_rules.c.rule,
        )
        .limit(MOST_FINDINGS)
    )
    return [
        AgencyFinding(rule=rule, severity=Gravity(severity), confirmed_on=on, id=str(finding_id))
        for rule, severity, on, finding_id in await session.execute(statement)
    ]
