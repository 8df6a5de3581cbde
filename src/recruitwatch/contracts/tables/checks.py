"""Checks whose faults became findings, and the rules they broke (migration 013). Append-only."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from recruitwatch.db.base import metadata

contract_checks = Table(
    "contract_checks",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("agency_id", Uuid, ForeignKey("agencies.id"), nullable=False),
    Column("contract_number", Text, nullable=False),
    Column("papers_sha256", Text, nullable=False),
    Column("signed_on", Date, nullable=False),
    Column("opened_by", Uuid, nullable=False),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("agency_id", "papers_sha256", name="uq_contract_checks_papers"),
)

contract_check_rules = Table(
    "contract_check_rules",
    metadata,
    Column("check_id", Uuid, ForeignKey("contract_checks.id"), primary_key=True),
    Column("rule", Text, primary_key=True),
    Column("item_id", Text, nullable=False),
    Column("severity", Text, nullable=False),
    CheckConstraint(
        "severity in ('critical', 'serious', 'moderate', 'minor')",
        name="ck_contract_check_rules_severity",
    ),
)
