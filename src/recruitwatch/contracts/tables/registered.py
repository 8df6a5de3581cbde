"""Registered contracts, their versions and their end (migrations 015 to 017)."""

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from recruitwatch.db.base import metadata

registered_contracts = Table(
    "registered_contracts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("number", Text, nullable=False),
    Column("registered_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("number", name="uq_registered_contracts_number"),
    Index("ix_registered_contracts_registered_at", "registered_at", "id"),
)

contract_versions = Table(
    "contract_versions",
    metadata,
    Column("contract_id", Uuid, ForeignKey("registered_contracts.id"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("sha256", Text, nullable=False),
    Column("pack", Text, nullable=False),
    Column("template_version", Integer, nullable=False),
    Column("origin", Text, nullable=False),
    Column("destination", Text, nullable=False),
    Column("signed_on", Date, nullable=False),
    Column("initials", Text, nullable=False),
    Column("sealed_terms", LargeBinary, nullable=False),
    Column("sealed_until", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("registered_by", Uuid, ForeignKey("people.id"), nullable=False),
    Column("registered_at", DateTime(timezone=True), nullable=False),
    Column("agency_id", Uuid, ForeignKey("agencies.id")),
    Column("form_token", Uuid),
    Column("form_sha256", Text),
    UniqueConstraint("form_token", name="uq_contract_versions_form_token"),
    Index("ix_contract_versions_agency_id", "agency_id", "contract_id", "version"),
)

contract_cancellations = Table(
    "contract_cancellations",
    metadata,
    Column("contract_id", Uuid, ForeignKey("registered_contracts.id"), primary_key=True),
    Column("reason", Text, nullable=False),
    Column("cancelled_by", Uuid, ForeignKey("people.id"), nullable=False),
    Column("cancelled_at", DateTime(timezone=True), nullable=False),
)
