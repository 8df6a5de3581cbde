"""Who may write an audit and who may review it. Source: domain notes 2.1: inspector, reviewer and
decision maker are different people on the same case."""

from collections.abc import Collection
from uuid import UUID

from recruitwatch.audits.values import OPEN_STATES, Audit, AuditClosed, NotYourAudit
from recruitwatch.errors import RecruitwatchError


def is_open(audit: Audit) -> bool:
    """Drafts and returned audits can be written; what was handed in stands."""
    return audit.state in OPEN_STATES


def may_write(audit: Audit, person_id: UUID | None) -> bool:
    """Only the inspector of an audit writes it, and only while it is open."""
    return is_open(audit) and audit.inspector_id == person_id


def write_refusal(audit: Audit, person_id: UUID | None) -> type[RecruitwatchError] | None:
    """Which error refuses this person to write the audit; none when they may."""
    if audit.inspector_id != person_id:
        return NotYourAudit
    return None if is_open(audit) else AuditClosed


def may_review(submitted_by: UUID, worked_on_by: Collection[UUID], reviewer: UUID | None) -> bool:
    """A second person reviews: neither who handed the audit in nor anybody who answered in it."""
    return reviewer is not None and reviewer != submitted_by and reviewer not in worked_on_by
