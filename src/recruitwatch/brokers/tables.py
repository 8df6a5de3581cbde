"""Brokers, what they are called, how they are reached, and whom they work for (migrations 007 and 011)."""

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from recruitwatch.db.base import metadata


def _broker() -> Column[object]:
    return Column("broker_id", Uuid, ForeignKey("brokers.id"), nullable=False)


brokers = Table(
    "brokers",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("entered_by", Uuid, nullable=False),
    Column("entered_at", DateTime(timezone=True), nullable=False),
    Column("hidden_at", DateTime(timezone=True)),
    Column("look_again_on", Date, nullable=False),
    Index("ix_brokers_name", "name", "id"),
    Index("ix_brokers_look_again_on", "look_again_on", "id"),
)

broker_names = Table(
    "broker_names",
    metadata,
    Column("id", Uuid, primary_key=True),
    _broker(),
    Column("name", Text, nullable=False),
    Column("name_norm", Text, nullable=False),
    Column("heard", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    UniqueConstraint("broker_id", "name", name="uq_broker_names_once"),
    Index("ix_broker_names_name_norm", "name_norm", "broker_id"),
    Index(
        "ix_broker_names_name_norm_trgm",
        "name_norm",
        postgresql_using="gin",
        postgresql_ops={"name_norm": "gin_trgm_ops"},
    ),
    Index("ix_broker_names_heard", "heard", postgresql_using="gin"),
)

broker_phones = Table(
    "broker_phones",
    metadata,
    Column("id", Uuid, primary_key=True),
    _broker(),
    Column("kind", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("value_norm", Text, nullable=False),
    UniqueConstraint("broker_id", "kind", "service", "value", name="uq_broker_phones_once"),
    Index("ix_broker_phones_value_norm", "value_norm", "broker_id"),
)

broker_areas = Table(
    "broker_areas",
    metadata,
    Column("id", Uuid, primary_key=True),
    _broker(),
    Column("area", Text, nullable=False),
    Column("area_norm", Text, nullable=False),
    UniqueConstraint("broker_id", "area", name="uq_broker_areas_once"),
    Index("ix_broker_areas_area_norm", "area_norm", "broker_id"),
)

broker_agencies = Table(
    "broker_agencies",
    metadata,
    Column("id", Uuid, primary_key=True),
    _broker(),
    Column("agency_id", Uuid, ForeignKey("agencies.id"), nullable=False),
    Column("judgement", Text, nullable=False),
    Column("evidence", ARRAY(Text), nullable=False),
    Column("confidence", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("supersedes", Uuid, ForeignKey("broker_agencies.id"), unique=True),
    Column("judged_by", Uuid, ForeignKey("people.id"), nullable=False),
    Column("judged_at", DateTime(timezone=True), nullable=False),
    Index(
        "uq_broker_agencies_first",
        "broker_id",
        "agency_id",
        unique=True,
        postgresql_where=text("supersedes is null"),
    ),
    Index("ix_broker_agencies_agency_id", "agency_id", "broker_id"),
)

broker_merges = Table(
    "broker_merges",
    metadata,
    Column("id", Uuid, primary_key=True),
    _broker(),
    Column("into_id", Uuid, ForeignKey("brokers.id")),
    Column("reason", Text, nullable=False),
    Column("supersedes", Uuid, ForeignKey("broker_merges.id"), unique=True),
    Column("judged_by", Uuid, ForeignKey("people.id"), nullable=False),
    Column("judged_at", DateTime(timezone=True), nullable=False),
    Index(
        "uq_broker_merges_first",
        "broker_id",
        unique=True,
        postgresql_where=text("supersedes is null"),
    ),
    Index("ix_broker_merges_into_id", "into_id"),
)
