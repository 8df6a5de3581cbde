"""Who may write and who may review."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.audits import VISITED_ON
from recruitwatch.audits.rules.rights import may_review, may_write, write_refusal
from recruitwatch.audits.values import Audit, AuditClosed, AuditState, NotYourAudit

OWNER, OTHER = uuid4(), uuid4()
NOW = datetime(2026, 6, 30, tzinfo=UTC)


def make_audit(state: AuditState) -> Audit:
    return Audit(
        id=uuid4(), agency_id=uuid4(), agency_name="Padma", register_id="testland", state=state,
        announced=True, unannounced_reason="", visited_on=VISITED_ON, facts={},
        inspector_id=OWNER, inspector_name="Inspector", office_id=uuid4(), revision=1, lists=(),
        created_at=NOW, updated_at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("state", "person", "refusal"),
    [
        (AuditState.DRAFT, OWNER, None),
        (AuditState.RETURNED, OWNER, None),
        (AuditState.SUBMITTED, OWNER, AuditClosed),
        (AuditState.APPROVED, OWNER, AuditClosed),
        (AuditState.ABANDONED, OWNER, AuditClosed),
        (AuditState.DRAFT, OTHER, NotYourAudit),
        (AuditState.RETURNED, None, NotYourAudit),
        (AuditState.APPROVED, OTHER, NotYourAudit),
    ],
)
def test_only_the_inspector_writes_and_only_while_it_is_open(
    state: AuditState, person: UUID | None, refusal: type[Exception] | None
) -> None:
    audit = make_audit(state)
    assert write_refusal(audit, person) is refusal
    assert may_write(audit, person) is (refusal is None)


PEOPLE = [uuid4() for _ in range(4)]


@given(
    submitted_by=st.sampled_from(PEOPLE),
    worked=st.sets(st.sampled_from(PEOPLE)),
    reviewer=st.sampled_from([None, *PEOPLE]),
)
def test_whoever_touched_an_audit_never_reviews_it(
    submitted_by: UUID, worked: set[UUID], reviewer: UUID | None
) -> None:
    allowed = may_review(submitted_by, worked, reviewer)
    assert allowed == (reviewer is not None and reviewer not in worked | {submitted_by})
