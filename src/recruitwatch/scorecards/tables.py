"""Issued scorecards, their public cards, and the steps from draft to recall. All are only added to."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
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

public_cards = Table(
    "public_cards",
    metadata,
    Column("card_id", Uuid, ForeignKey("issued_scorecards.id"), primary_key=True),
    Column("agency_id", Uuid, ForeignKey("agencies.id"), nullable=False),
    Column("public_card", Text, nullable=False),
    Column("sha256", Text, nullable=False, index=True),
    Column("basis", Text, nullable=False),
    Column("draft_days", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("prepared_at", DateTime(timezone=True), nullable=False),
    # Set when the contest is decided, which came after the card that it contests.
    Column("contest_id", Uuid, ForeignKey("card_contests.id", use_alter=True)),
    CheckConstraint("draft_days between 0 and 120", name="draft_days"),
    Index("ix_public_cards_agency_id", "agency_id", "prepared_at", "card_id"),
    Index("uq_public_cards_contest_id", "contest_id", unique=True),
)

card_steps = Table(
    "card_steps",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("card_id", Uuid, ForeignKey("public_cards.card_id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("on_date", Date, nullable=False),
    Column("text", Text, nullable=False),
    Column("taken_by", Uuid, nullable=False),
    Column("taken_at", DateTime(timezone=True), nullable=False),
    Index("ix_card_steps_card_id", "card_id", "id"),
    Index(
        "uq_card_steps_once",
        "card_id",
        "kind",
        unique=True,
        postgresql_where=text("kind <> 'replied'"),
    ),
)

card_papers = Table(
    "card_papers",
    metadata,
    Column("card_id", Uuid, ForeignKey("public_cards.card_id"), primary_key=True),
    Column("language", Text, primary_key=True),
    Column("sha256", Text, nullable=False, index=True),
    Column("size", Integer, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
)

card_contests = Table(
    "card_contests",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("card_id", Uuid, ForeignKey("public_cards.card_id"), nullable=False, index=True),
    Column("agency_id", Uuid, ForeignKey("agencies.id"), nullable=False),
    Column("filed_by", Uuid, ForeignKey("people.id"), nullable=False),
    Column("filed_at", DateTime(timezone=True), nullable=False),
    Column("due_on", Date, nullable=False),
    Index("ix_card_contests_agency_id", "agency_id", "filed_at", "id"),
    Index("ix_card_contests_due_on", "due_on", "id"),
)

contested_lines = Table(
    "contested_lines",
    metadata,
    Column("contest_id", Uuid, ForeignKey("card_contests.id"), primary_key=True),
    Column("line_id", Text, primary_key=True),
    Column("card_id", Uuid, ForeignKey("public_cards.card_id"), nullable=False),
    Column("points", Double),
    Column("ground", Text, nullable=False),
    Column("reason", Text, nullable=False),
    UniqueConstraint("card_id", "line_id", name="uq_contested_lines_once"),
)

contest_papers = Table(
    "contest_papers",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("contest_id", Uuid, ForeignKey("card_contests.id"), nullable=False),
    Column("file_name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("copy_sha256", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("added_at", DateTime(timezone=True), nullable=False),
    Index("ix_contest_papers_contest_id", "contest_id", "added_at", "id"),
)

line_decisions = Table(
    "line_decisions",
    metadata,
    Column("contest_id", Uuid, primary_key=True),
    Column("line_id", Text, primary_key=True),
    Column("upheld", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("correction", Text),
    Column("decided_by", Uuid, ForeignKey("people.id"), nullable=False),
    Column("decided_at", DateTime(timezone=True), nullable=False),
    ForeignKeyConstraint(
        ["contest_id", "line_id"], ["contested_lines.contest_id", "contested_lines.line_id"]
    ),
)
