"""The append-only record of who did what."""

from sqlalchemy import BigInteger, Column, DateTime, Identity, Index, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import UserDefinedType

from recruitwatch.db.base import metadata


class Xid8(UserDefinedType[int]):
    """PostgreSQL's transaction number: lets a sealer pass only what no open transaction can precede."""

    cache_ok = True

    def get_col_spec(self, **_options: object) -> str:
        return "xid8"


entries = Table(
    "history_entries",
    metadata,
    Column("seq", BigInteger, Identity(always=True), primary_key=True),
    Column("xid", Xid8, nullable=False, server_default=text("pg_current_xact_id()")),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("actor_id", Uuid),
    Column("actor_name", Text, nullable=False),
    Column("office_id", Uuid),
    Column("action", Text, nullable=False),
    Column("subject_kind", Text, nullable=False),
    Column("subject_id", Text, nullable=False),
    Column("details", JSONB, nullable=False, server_default=text("'{}'")),
    Index("ix_history_entries_subject", "subject_kind", "subject_id", "seq"),
    Index("ix_history_entries_actor", "actor_id", "seq"),
)
