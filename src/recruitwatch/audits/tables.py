"""Audits while they are written, and what was frozen of them. What was submitted is append-only."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from recruitwatch.db.base import metadata

audits = Table(
    "audits",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("agency_id", Uuid, ForeignKey("agencies.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("announced", Boolean, nullable=False),
    Column("unannounced_reason", Text, nullable=False),
    Column("visited_on", Date, nullable=False),
    Column("facts", JSONB, nullable=False),
    Column("inspector_id", Uuid, ForeignKey("people.id"), nullable=False),
    Column("office_id", Uuid, ForeignKey("offices.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    CheckConstraint(
        "state in ('draft', 'submitted', 'returned', 'approved', 'abandoned')", name="state"
    ),
    CheckConstraint("announced or length(unannounced_reason) > 0", name="unannounced"),
    Index("ix_audits_agency_id", "agency_id", "visited_on"),
    Index("ix_audits_inspector_id", "inspector_id", "state"),
    Index("ix_audits_state", "state", "updated_at", "id"),
)

audit_lists = Table(
    "audit_lists",
    metadata,
    Column("audit_id", Uuid, ForeignKey("audits.id"), primary_key=True),
    Column("checklist_id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    ForeignKeyConstraint(
        ["checklist_id", "version"],
        ["checklist_versions.checklist_id", "checklist_versions.version"],
        name="fk_audit_lists_checklist_versions",
    ),
)

audit_interviews = Table(
    "audit_interviews",
    metadata,
    Column("audit_id", Uuid, ForeignKey("audits.id"), primary_key=True),
    Column("checklist_id", Text, primary_key=True),
    Column("interview_no", Integer, primary_key=True, autoincrement=False),
    Column("held_on", Date, nullable=False),
    Column("facts", JSONB, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

audit_answers = Table(
    "audit_answers",
    metadata,
    Column("audit_id", Uuid, ForeignKey("audits.id"), primary_key=True),
    Column("checklist_id", Text, primary_key=True),
    Column("interview_no", Integer, primary_key=True, autoincrement=False, server_default="0"),
    Column("item_id", Text, primary_key=True),
    Column("value", JSONB(none_as_null=True)),
    Column("evidence", SmallInteger),
    Column("note", Text, nullable=False),
    Column("na_reason", Text, nullable=False),
    Column("answered_by", Uuid, nullable=False),
    Column("answered_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("evidence between 0 and 3", name="evidence"),
)

audit_submissions = Table(
    "audit_submissions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("audit_id", Uuid, ForeignKey("audits.id"), nullable=False),
    Column("agency_id", Uuid, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("document", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("submitted_by", Uuid, nullable=False),
    Column("submitted_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("audit_id", "revision", name="uq_audit_submissions_revision"),
    Index("ix_audit_submissions_agency_id", "agency_id"),
)

audit_reviews = Table(
    "audit_reviews",
    metadata,
    Column("submission_id", Uuid, ForeignKey("audit_submissions.id"), primary_key=True),
    Column("verdict", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("inspector_id", Uuid, nullable=False),
    Column("reviewer_id", Uuid, nullable=False),
    Column("reviewed_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("verdict in ('approved', 'returned')", name="verdict"),
    CheckConstraint("reviewer_id <> inspector_id", name="other_person"),
    CheckConstraint("verdict = 'approved' or length(reason) > 0", name="reason"),
)

audit_results = Table(
    "audit_results",
    metadata,
    Column("submission_id", Uuid, ForeignKey("audit_reviews.submission_id"), primary_key=True),
    Column("agency_id", Uuid, ForeignKey("agencies.id"), nullable=False),
    Column("visited_on", Date, nullable=False),
    Column("approved_at", DateTime(timezone=True), nullable=False),
    Column("result", Text, nullable=False),
    Index("ix_audit_results_agency_id", "agency_id", "visited_on", "submission_id"),
)

# Approved and without a result yet. The database keeps it: see migration 009.
audit_results_due = Table(
    "audit_results_due",
    metadata,
    Column("submission_id", Uuid, ForeignKey("audit_reviews.submission_id"), primary_key=True),
)
