"""Runs of long tasks. The queue itself is pgqueuer's (migration 006)."""

from sqlalchemy import CheckConstraint, Column, DateTime, Index, Integer, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from recruitwatch.db.base import metadata

job_runs = Table(
    "job_runs",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("payload", JSONB, nullable=False),
    Column("done", Integer, nullable=False, server_default="0"),
    Column("total", Integer, nullable=False, server_default="0"),
    Column("result", JSONB),
    Column("error", JSONB),
    Column("requested_by", Uuid, nullable=False),
    Column("requested_at", DateTime(timezone=True), nullable=False),
    Column("started_at", DateTime(timezone=True)),
    Column("finished_at", DateTime(timezone=True)),
    Column("stop_requested_at", DateTime(timezone=True)),
    Column("title", JSONB, nullable=False),
    Column("actor", JSONB, nullable=False),
    Column("starts", Integer, nullable=False, server_default="0"),
    CheckConstraint("state in ('queued', 'running', 'stopped', 'done', 'failed')", name="state"),
    Index("ix_job_runs_requested_at", "requested_at", "id"),
)
