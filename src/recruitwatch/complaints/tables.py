"""Desks and their officers, drafts, sealed cases, who holds their keys, steps, judgements, decisions."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from recruitwatch.db.base import metadata


def _at(name: str, *, empty: bool = False) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=empty)


def _box(name: str, *, empty: bool = False) -> Column[object]:
    return Column(name, LargeBinary, nullable=empty)


def _text(name: str) -> Column[object]:
    return Column(name, Text, nullable=False)


def _uuid(name: str, *, empty: bool = False) -> Column[object]:
    return Column(name, Uuid, nullable=empty)


def _case() -> Column[object]:
    return Column("case_id", Uuid, ForeignKey("complaints.id"), nullable=False)


def _link_key() -> Column[object]:
    return Column("link_id", Uuid, ForeignKey("complaint_links.id"), primary_key=True)


def _number() -> Column[object]:
    return Column("id", BigInteger, Identity(always=True), primary_key=True)


def _id() -> Column[object]:
    return Column("id", Uuid, primary_key=True)


escrow_keys = Table(
    "escrow_keys",
    metadata,
    _id(), _box("public_key"), _at("made_at"), _at("retired_at", empty=True),
    Index(
        "uq_escrow_keys_current", text("(retired_at is null)"),
        unique=True, postgresql_where=text("retired_at is null"),
    ),
)  # fmt: skip

complaint_desks = Table(
    "complaint_desks",
    metadata,
    _id(),
    _text("kind"),
    Column("office_id", Uuid, ForeignKey("offices.id"), unique=True),
    Column("takes_public", Boolean, nullable=False),
    _uuid("opened_by"), _at("opened_at"),
    _uuid("confirmed_by", empty=True), _at("confirmed_at", empty=True),
    CheckConstraint(
        "(confirmed_by is null) = (confirmed_at is null) and confirmed_by <> opened_by",
        name="confirmed",
    ),
    CheckConstraint("kind in ('office', 'oversight')", name="kind"),
    CheckConstraint("(kind = 'office') = (office_id is not null)", name="office"),
    Index("uq_complaint_desks_oversight", "kind", unique=True,
          postgresql_where=text("kind = 'oversight'")),
)  # fmt: skip

desk_officers = Table(
    "desk_officers",
    metadata,
    Column("desk_id", Uuid, ForeignKey("complaint_desks.id"), primary_key=True),
    Column("person_id", Uuid, ForeignKey("people.id"), primary_key=True, index=True),
    Column("cleared", Boolean, nullable=False),
    _uuid("admitted_by", empty=True), _at("admitted_at"), _at("left_at", empty=True),
)  # fmt: skip

help_numbers = Table(
    "help_numbers",
    metadata,
    _id(),
    Column("position", Integer, nullable=False),
    _text("name"), _text("number"), _text("hours"),
    UniqueConstraint("position"),
    CheckConstraint("length(name) between 1 and 80", name="name"),
    CheckConstraint("length(number) between 2 and 30", name="number"),
)  # fmt: skip

complaint_drafts = Table(
    "complaint_drafts",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("case_id", Uuid, nullable=False, unique=True),
    _box("sealed"), _box("secret_by_token", empty=True), _box("secret_by_code", empty=True),
    Column("code_hash", LargeBinary, unique=True),
    _box("code_public", empty=True), _box("pepper_sealed", empty=True),
    _text("period"), _uuid("operator_id", empty=True), _at("saved_at"),
    Column("expires_at", DateTime(timezone=True), nullable=False, index=True),
    _at("sent_at", empty=True),
)  # fmt: skip

complaint_files = Table(
    "complaint_files",
    metadata,
    _id(),
    _uuid("case_id"),
    _box("facts_sealed"),
    _text("original"),
    _text("copy"),
    _at("added_at"),
    Index("ix_complaint_files_case_id", "case_id", "added_at", "id"),
)

complaint_code_tries = Table(
    "complaint_code_tries",
    metadata,
    _number(), _box("code_hash"),
    Column("at", DateTime(timezone=True), nullable=False, index=True),
    Index("ix_complaint_code_tries_code_hash", "code_hash", "at"),
)  # fmt: skip

complaint_visits = Table(
    "complaint_visits",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    _uuid("case_id"),
    _box("secret_sealed"),
    Column("expires_at", DateTime(timezone=True), nullable=False, index=True),
)

complaint_nonces = Table(
    "complaint_nonces", metadata,
    Column("hash", LargeBinary, primary_key=True),
    Column("expires_at", DateTime(timezone=True), nullable=False, index=True),
)  # fmt: skip

complaint_states = Table(
    "complaint_states",
    metadata,
    Column("state", Text, primary_key=True),
    Column("enterable", Boolean, nullable=False),
)

complaint_transitions = Table(
    "complaint_transitions",
    metadata,
    Column("before_state", Text, ForeignKey("complaint_states.state"), primary_key=True),
    Column("after_state", Text, ForeignKey("complaint_states.state"), primary_key=True),
    _text("mover"),
    Column("enabled", Boolean, nullable=False),
)

complaints = Table(
    "complaints",
    metadata,
    _id(),
    Column("reference", Text, nullable=False, unique=True),
    Column("card_mark", Text, nullable=False, unique=True),
    Column("desk_id", Uuid, ForeignKey("complaint_desks.id"), nullable=False),
    _text("compartment"),
    _text("channel"),
    _text("language"),
    Column("state", Text, ForeignKey("complaint_states.state"), nullable=False),
    _at("state_since"),
    _at("state_due_at", empty=True),
    Column("last_step_id", BigInteger, nullable=False, server_default="0"),
    _text("urgency"),
    _uuid("urgency_change_id", empty=True),
    Column("safety", Boolean, nullable=False),
    _at("filed_at"),
    _at("contact_due_at"),
    _at("contacted_at", empty=True),
    Column("decide_due_on", Date, nullable=False),
    Column("next_news_on", Date, nullable=False),
    Column("assigned_to", Uuid, ForeignKey("people.id")),
    _at("withdrawn_at", empty=True),
    Column("withdrawn_pressed", Boolean, nullable=False, server_default="false"),
    _at("closed_at", empty=True),
    _box("statement_sealed", empty=True),
    Column("code_hash", LargeBinary, unique=True),
    _box("code_public", empty=True),
    _box("secret_by_code", empty=True),
    Column("escrow_id", Uuid, ForeignKey("escrow_keys.id")),
    _box("secret_by_escrow", empty=True),
    _box("pepper_sealed", empty=True),
    _text("period"),
    _at("erased_at", empty=True),
    Column("was_hidden", Boolean, nullable=False, server_default="false"),
    Index(
        "ix_complaints_queue",
        "desk_id",
        "urgency",
        "contact_due_at",
        "id",
        postgresql_where=text("closed_at is null"),
    ),
    Index("ix_complaints_filed_at", "filed_at", "id"),
    Index("ix_complaints_period", "period", postgresql_where=text("erased_at is null")),
)

case_exclusions = Table(
    "case_exclusions",
    metadata,
    _number(),
    _case(),
    _uuid("office_id", empty=True),
    _uuid("person_id", empty=True),
    Index("ix_case_exclusions_case_id", "case_id"),
)

case_keys = Table(
    "case_keys",
    metadata,
    Column("case_id", Uuid, ForeignKey("complaints.id"), primary_key=True),
    Column("key_id", Uuid, ForeignKey("person_keys.id", ondelete="CASCADE"), primary_key=True),
    _box("wrapped"),
    _uuid("given_by", empty=True),
    _at("given_at"),
    Index("ix_case_keys_key_id", "key_id", "case_id"),
)

complaint_openings = Table(
    "complaint_openings",
    metadata,
    _number(),
    _case(),
    _uuid("person_id"),
    _text("role"),
    _text("part"),
    _at("at"),
    Index("ix_complaint_openings_case_id", "case_id", "id"),
)

complaint_messages = Table(
    "complaint_messages",
    metadata,
    _id(),
    _case(),
    Column("from_worker", Boolean, nullable=False),
    _uuid("written_by", empty=True),
    _box("sealed"),
    _at("at"),
    Index("ix_complaint_messages_case_id", "case_id", "at", "id"),
)

complaint_classifications = Table(
    "complaint_classifications",
    metadata,
    _number(),
    _case(),
    Column("book_version", Integer, nullable=False),
    Column("codes", ARRAY(Text), nullable=False),
    _text("main_code"),
    _text("stage"),
    Column("escalators", ARRAY(Text), nullable=False),
    Column("conditions", ARRAY(Text), nullable=False),
    _text("compartment"),
    _uuid("set_by"),
    _at("set_at"),
    Index("ix_complaint_classifications_case_id", "case_id", "id"),
)

complaint_urgencies = Table(
    "complaint_urgencies",
    metadata,
    _id(),
    _case(),
    _text("from_urgency"),
    _text("to_urgency"),
    _box("reason_sealed"),
    _uuid("set_by", empty=True),
    _at("set_at"),
    CheckConstraint("set_by is not null or to_urgency = 'S1'", name="worker"),
    Index("ix_complaint_urgencies_case_id", "case_id", "set_at", "id"),
)

complaint_urgency_seconds = Table(
    "complaint_urgency_seconds",
    metadata,
    Column("change_id", Uuid, ForeignKey("complaint_urgencies.id"), primary_key=True),
    _uuid("person_id"),
    _at("at"),
)

complaint_safety_ends = Table(
    "complaint_safety_ends",
    metadata,
    _id(),
    _case(),
    _box("reason_sealed"),
    _uuid("ended_by"),
    _at("ended_at"),
    Index("ix_complaint_safety_ends_case_id", "case_id", "ended_at", "id"),
)

complaint_links = Table(
    "complaint_links",
    metadata,
    _id(),
    _case(),
    _text("target"),
    Column("agency_id", Uuid, ForeignKey("agencies.id")),
    Column("broker_id", Uuid, ForeignKey("brokers.id")),
    _text("judgement"),
    _text("basis"),
    _box("reason_sealed"),
    Column("supersedes", Uuid, ForeignKey("complaint_links.id"), unique=True),
    _uuid("judged_by"),
    _at("judged_at"),
    Index("ix_complaint_links_case_id", "case_id", "judged_at", "id"),
    Index(
        "ix_complaint_links_agency_id",
        "agency_id",
        postgresql_where=text("agency_id is not null"),
    ),
)

match_judgements = Table(
    "match_judgements",
    metadata,
    _link_key(), _text("matcher"), _text("script"), _text("outcome"),
    Column("rank", Integer),
    Column("score", Double),
    CheckConstraint("outcome in ('certain', 'suggested', 'unmatched')", name="outcome"),
    CheckConstraint("rank between 1 and 5", name="rank"),
)  # fmt: skip

link_taught_names = Table(
    "link_taught_names", metadata, _link_key(), _box("name_sealed")
)  # fmt: skip

case_register_looks = Table(
    "case_register_looks",
    metadata,
    Column("case_id", Uuid, ForeignKey("complaints.id"), primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("fits", Boolean, nullable=False),
)

complaint_decisions = Table(
    "complaint_decisions",
    metadata,
    _id(),
    _case(),
    _text("outcome"),
    _text("responsibility"),
    Column("workers", Integer, nullable=False),
    _text("severity"),
    _text("category"),
    Column("book_version", Integer, nullable=False),
    Column("seconds_needed", Integer, nullable=False),
    _box("reasons_sealed"),
    _box("told_sealed"),
    _uuid("proposed_by"),
    _at("proposed_at"),
    Column("after_step", BigInteger, nullable=False, server_default="0"),
    Index("ix_complaint_decisions_case_id", "case_id", "proposed_at", "id"),
)

complaint_decision_seconds = Table(
    "complaint_decision_seconds",
    metadata,
    Column("decision_id", Uuid, ForeignKey("complaint_decisions.id"), primary_key=True),
    Column("person_id", Uuid, primary_key=True),
    Column("as_oversight", Boolean, nullable=False),
    _at("at"),
)

complaint_steps = Table(
    "complaint_steps",
    metadata,
    _number(),
    _case(),
    _text("from_state"),
    _text("to_state"),
    _text("mover"),
    _uuid("person_id", empty=True),
    Column("decision_id", Uuid, ForeignKey("complaint_decisions.id")),
    _at("at"),
    Index("ix_complaint_steps_case_id", "case_id", "id"),
)
