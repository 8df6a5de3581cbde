"""People, offices, roles, sign-ins, counted tries and the keys of people."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from recruitwatch.db.base import metadata

offices = Table(
    "offices",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("closed_at", DateTime(timezone=True)),
    UniqueConstraint("name"),
    CheckConstraint("length(name) between 1 and 200", name="name"),
)

people = Table(
    "people",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("sign_in_name", Text, nullable=False),
    Column("full_name", Text, nullable=False),
    Column("office_id", Uuid, ForeignKey("offices.id"), index=True),
    Column("agency_id", Uuid, ForeignKey("agencies.id"), index=True),
    Column("password_hash", Text, nullable=False),
    Column("must_change_password", Boolean, nullable=False),
    Column("totp_sealed", LargeBinary),
    Column("totp_confirmed_at", DateTime(timezone=True)),
    Column("totp_last_step", BigInteger, nullable=False, server_default="0"),
    Column("disabled_at", DateTime(timezone=True)),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    UniqueConstraint("sign_in_name"),
    CheckConstraint(
        "sign_in_name = lower(sign_in_name) and length(sign_in_name) between 3 and 100",
        name="sign_in_name",
    ),
    CheckConstraint("(office_id is null) <> (agency_id is null)", name="one_side"),
)

person_roles = Table(
    "person_roles",
    metadata,
    Column("person_id", Uuid, ForeignKey("people.id"), primary_key=True),
    Column("role", Text, primary_key=True),
)

role_settings = Table(
    "role_settings",
    metadata,
    Column("role", Text, primary_key=True),
    Column("second_factor_required", Boolean, nullable=False),
)

sign_ins = Table(
    "sign_ins",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("person_id", Uuid, ForeignKey("people.id"), nullable=False, index=True),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("last_seen_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False, index=True),
    Column("second_factor_at", DateTime(timezone=True)),
    Column("key_sealed", LargeBinary),
)

person_keys = Table(
    "person_keys",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_id", Uuid, ForeignKey("people.id"), nullable=False, unique=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("private_sealed", LargeBinary, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
)

sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("name_hash", LargeBinary, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, index=True),
    Index("ix_sign_in_attempts_name_hash", "name_hash", "at"),
)
