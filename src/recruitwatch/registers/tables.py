"""Imports of registers, what each changed, and uploads that wait for their import."""

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from recruitwatch.db.base import metadata

import_uploads = Table(
    "import_uploads",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("file_name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("aliases_name", Text),
    Column("aliases_content", LargeBinary),
    Column("uploaded_by", Uuid, nullable=False),
    Column("uploaded_at", DateTime(timezone=True), nullable=False),
)

imports = Table(
    "imports",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("register_id", Text, nullable=False),
    Column("made_register", Boolean, nullable=False, server_default=text("false")),
    Column("file_name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("rows_read", Integer, nullable=False),
    Column("created", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    Column("report", JSONB, nullable=False),
    Column("imported_by", Uuid),
    Column("imported_at", DateTime(timezone=True), nullable=False),
    Column("undone_by", Uuid),
    Column("undone_at", DateTime(timezone=True)),
    Index("ix_imports_imported_at", "imported_at", "id"),
)

import_changes = Table(
    "import_changes",
    metadata,
    Column("import_id", Uuid, ForeignKey("imports.id"), primary_key=True),
    Column("agency_id", Uuid, primary_key=True),
    Column("row_no", Integer, nullable=False),
    Column("before", JSONB(none_as_null=True)),
    Column("after", JSONB, nullable=False),
    Column("version_after", Integer, nullable=False),
    Column("said", JSONB(none_as_null=True)),
    Index("ix_import_changes_agency_id", "agency_id"),
)
