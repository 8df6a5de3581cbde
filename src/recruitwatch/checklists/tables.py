"""Published versions as they were written, and the figures a ministry set. Nothing here is changed."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Numeric,
    Table,
    Text,
    Uuid,
)

from recruitwatch.db.base import metadata

vocabulary_versions = Table(
    "vocabulary_versions",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("sha256", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("loaded_at", DateTime(timezone=True), nullable=False),
)

checklist_versions = Table(
    "checklist_versions",
    metadata,
    Column("checklist_id", Text, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("vocabulary", Integer, ForeignKey("vocabulary_versions.version"), nullable=False),
    Column("title", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("supersedes", Integer),
    Column("loaded_at", DateTime(timezone=True), nullable=False),
)

# An amount of money is in minor units of its currency; without an amount the figure is not set.
parameter_values = Table(
    "parameter_values",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("name", Text, nullable=False),
    Column("amount", Numeric),
    Column("currency", Text),
    Column("reason", Text, nullable=False),
    Column("set_by", Uuid, nullable=False),
    Column("set_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("length(reason) between 1 and 1000", name="reason"),
    Index("ix_parameter_values_name", "name", "id"),
)
