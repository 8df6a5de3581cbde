"""Agencies in their parts, licences and what was decided about them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
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
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, DATERANGE, ExcludeConstraint

from recruitwatch.db.base import metadata

# Search keys are compared byte by byte, so that a prefix is a range of the index.
SearchKey = Text(collation="C")


def _part_of_agency(*, key: bool = False) -> Column[object]:
    reference = ForeignKey("agencies.id", ondelete="CASCADE")
    return Column("agency_id", Uuid, reference, primary_key=key, nullable=False)


registers = Table(
    "registers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("country", Text, nullable=False),
    Column("numbers", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("numbers in ('official', 'row_key')", name="numbers"),
    CheckConstraint("id ~ '^[a-z0-9][a-z0-9-]{0,63}$'", name="id"),
)

agencies = Table(
    "agencies",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("register_id", Text, ForeignKey("registers.id"), nullable=False),
    Column("identity_key", Text, nullable=False),
    Column("source_key", Text),
    Column("licence_no", Text),
    Column("licence_no_norm", SearchKey),
    Column("licence_digits", SearchKey),
    Column("legal_name", Text, nullable=False),
    Column("name_norm", SearchKey, nullable=False),
    Column("country", Text, nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("register_id", "identity_key", name="uq_agencies_identity_key"),
    UniqueConstraint("register_id", "source_key", name="uq_agencies_source_key"),
    CheckConstraint("length(legal_name) between 1 and 300", name="legal_name"),
    Index("ix_agencies_name_norm", "name_norm", "id"),
    Index("ix_agencies_licence_no_norm", "licence_no_norm", "id"),
    Index("ix_agencies_licence_digits", "licence_digits", "id"),
)

agency_names = Table(
    "agency_names",
    metadata,
    Column("id", Uuid, primary_key=True),
    _part_of_agency(),
    Column("position", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("name_norm", SearchKey, nullable=False),
    Column("source", Text, nullable=False),
    CheckConstraint("kind in ('legal', 'trading', 'alias', 'former')", name="kind"),
    Index("ix_agency_names_agency_id", "agency_id", "position"),
    Index("ix_agency_names_prefix", "name_norm", "agency_id"),
)

agency_addresses = Table(
    "agency_addresses",
    metadata,
    Column("id", Uuid, primary_key=True),
    _part_of_agency(),
    Column("position", Integer, nullable=False),
    Column("address", Text, nullable=False),
    Column("city", Text, nullable=False),
    Column("source", Text, nullable=False),
    Index("ix_agency_addresses_agency_id", "agency_id", "position"),
)

agency_contacts = Table(
    "agency_contacts",
    metadata,
    Column("id", Uuid, primary_key=True),
    _part_of_agency(),
    Column("position", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("value_norm", SearchKey, nullable=False),
    Column("source", Text, nullable=False),
    CheckConstraint("kind in ('phone', 'email', 'website')", name="kind"),
    Index("ix_agency_contacts_agency_id", "agency_id", "position"),
    Index("ix_agency_contacts_value_norm", "kind", "value_norm"),
)

agency_branches = Table(
    "agency_branches",
    metadata,
    Column("id", Uuid, primary_key=True),
    _part_of_agency(),
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Index("ix_agency_branches_agency_id", "agency_id", "position"),
)

agency_people = Table(
    "agency_people",
    metadata,
    Column("id", Uuid, primary_key=True),
    _part_of_agency(),
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("from_on", Date),
    Column("until_on", Date),
    CheckConstraint("role in ('owner', 'director', 'manager', 'authorised')", name="role"),
    CheckConstraint("until_on >= from_on", name="dates"),
    Index("ix_agency_people_agency_id", "agency_id", "position"),
)

agency_sectors = Table(
    "agency_sectors",
    metadata,
    _part_of_agency(key=True),
    Column("sector", Text, primary_key=True),
)

agency_destinations = Table(
    "agency_destinations",
    metadata,
    _part_of_agency(key=True),
    Column("country", Text, primary_key=True),
    CheckConstraint("country ~ '^[A-Z]{2}$'", name="country"),
)

deployments = Table(
    "deployments",
    metadata,
    _part_of_agency(key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("sex", Text, primary_key=True),
    Column("destination", Text, primary_key=True),
    Column("workers", Integer, nullable=False),
    Column("source", Text, nullable=False),
    CheckConstraint("year between 1950 and 2200", name="year"),
    CheckConstraint("sex in ('women', 'men', 'unknown')", name="sex"),
    CheckConstraint("destination ~ '^[A-Z]{2}$'", name="destination"),
    CheckConstraint("workers >= 0", name="workers"),
)

status_claims = Table(
    "status_claims",
    metadata,
    Column("id", Uuid, primary_key=True),
    _part_of_agency(),
    Column("position", Integer, nullable=False),
    Column("source", Text, nullable=False),
    Column("word", Text, nullable=False),
    Column("stated_on", Date),
    Column("valid_until", Date),
    Index("ix_status_claims_agency_id", "agency_id", "position"),
)

# What the matcher makes of an agency; `read_with` tells by which word tables and keys.
agency_readings = Table(
    "agency_readings",
    metadata,
    _part_of_agency(key=True),
    Column("register_id", Text, nullable=False),
    Column("read_with", Text, nullable=False),
    Column("keys", ARRAY(SearchKey), nullable=False),
    Column("reading", LargeBinary, nullable=False),
    Index(
        "ix_agency_readings_keys",
        "keys",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    ),
)

agency_key_counts = Table(
    "agency_key_counts",
    metadata,
    Column("key", SearchKey, primary_key=True),
    Column("register_id", Text, primary_key=True),
    Column("agencies", Integer, nullable=False),
    CheckConstraint("agencies >= 0", name="agencies"),
)

register_versions = Table(
    "register_versions",
    metadata,
    Column("register_id", Text, primary_key=True),
    Column("version", BigInteger, nullable=False),
)

taught_names = Table(
    "taught_names",
    metadata,
    Column("id", Uuid, primary_key=True),
    _part_of_agency(),
    Column("name", Text, nullable=False),
    Column("name_norm", SearchKey, nullable=False),
    Column("heard", SearchKey, nullable=False),
    Column("cases", Integer, nullable=False),
    Column("since_month", Date, nullable=False),
    Column("is_public", Boolean, nullable=False, server_default=text("false")),
    UniqueConstraint("agency_id", "name_norm", name="uq_taught_names_name_norm"),
    CheckConstraint("length(name) between 2 and 100", name="name"),
    CheckConstraint("cases > 0", name="cases"),
    CheckConstraint("extract(day from since_month) = 1", name="month"),
    Index("ix_taught_names_heard", "heard"),
)

licences = Table(
    "licences",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("agency_id", Uuid, ForeignKey("agencies.id"), nullable=False),
    Column("register_id", Text, ForeignKey("registers.id"), nullable=False),
    Column("licence_no", Text),
    Column("licence_no_norm", SearchKey),
    Column("valid", DATERANGE, nullable=False),
    Column("recorded_by", Uuid, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("not isempty(valid)", name="valid"),
    ExcludeConstraint(
        ("agency_id", "="), ("valid", "&&"), name="ex_licences_agency_period", using="gist"
    ),
    ExcludeConstraint(
        ("register_id", "="),
        ("licence_no_norm", "="),
        ("valid", "&&"),
        name="ex_licences_number_period",
        using="gist",
        where=text("licence_no_norm is not null"),
    ),
)

licence_decisions = Table(
    "licence_decisions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("licence_id", Uuid, ForeignKey("licences.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("until_on", Date),
    Column("ground", Text, nullable=False),
    Column("document_no", Text, nullable=False),
    Column("document_name", Text),
    Column("document_type", Text),
    Column("document_sha256", Text),
    Column("document_size", Integer),
    Column("decided_by", Uuid, nullable=False),
    Column("decided_at", DateTime(timezone=True), nullable=False),
    Column("supersedes_id", Uuid, ForeignKey("licence_decisions.id")),
    UniqueConstraint("supersedes_id"),
    CheckConstraint(
        "state in ('applied', 'valid', 'suspended', 'cancelled', 'delisted', 'banned')",
        name="state",
    ),
    CheckConstraint("length(ground) between 1 and 2000", name="ground"),
    CheckConstraint("until_on >= effective_on", name="dates"),
    Index("ix_licence_decisions_licence_id", "licence_id", "effective_on", "decided_at"),
)
