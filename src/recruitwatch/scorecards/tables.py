"""Issued scorecards. They are added to and never changed."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from recruitwatch.db.base import metadata

issued_scorecards = Table(
    "issued_scorecards",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("agency_id", Uuid, ForeignKey("agencies.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("profile", Text, nullable=False),
    Column("grade", Text, nullable=False),
    Column("inputs", Text, nullable=False),
    Column("inputs_sha256", Text, nullable=False),
    Column("card", Text, nullable=False),
    Column("issued_by", Uuid, nullable=False),
    Column("issued_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("agency_id", "revision", name="uq_issued_scorecards_revision"),
    CheckConstraint("grade in ('A', 'B', 'C', 'D', 'E', 'U')", name="grade"),
)
