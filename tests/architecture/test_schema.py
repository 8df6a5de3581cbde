"""The tables the code knows are the tables the migrations make, and each has its rights listed."""

import importlib
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection

from recruitwatch.bundled import folder
from recruitwatch.db.base import metadata
from recruitwatch.db.privileges import PRIVILEGES
from recruitwatch.db.schema import head
from recruitwatch.history.tables import Xid8

SRC = Path(__file__).parent.parent.parent / "src" / "recruitwatch"


def load_all_tables() -> None:
    for module in SRC.glob("*/tables.py"):
        importlib.import_module(f"recruitwatch.{module.parent.name}.tables")


def _differences(connection: Connection) -> list[object]:
    """Tables of the job queue belong to its library, which makes and reads them by itself."""

    def ours(_object: object, name: str | None, kind: str, *_rest: object) -> bool:
        return not (kind == "table" and (name or "").startswith("pgqueuer"))

    connection.dialect.ischema_names["xid8"] = Xid8  # type: ignore[attr-defined]
    context = MigrationContext.configure(
        connection, opts={"include_object": ours, "compare_type": True}
    )
    return list(compare_metadata(context, metadata))


async def test_tables_match_the_migrated_database(connection: AsyncConnection) -> None:
    load_all_tables()
    differences = await connection.run_sync(_differences)
    assert differences == []


async def test_every_table_has_its_rights_listed(connection: AsyncConnection) -> None:
    names = set(
        await connection.scalars(
            text("select tablename from pg_tables where schemaname = 'public'")
        )
    )
    assert names == set(PRIVILEGES)


async def test_judged_things_can_be_read_and_added_only(connection: AsyncConnection) -> None:
    judged = {
        "history_entries", "audit_submissions", "audit_reviews", "findings", "finding_steps",
        "licence_decisions", "checklist_versions", "vocabulary_versions", "issued_scorecards",
    }  # fmt: skip
    rows = await connection.execute(
        text(
            "select table_name, privilege_type from information_schema.role_table_grants "
            "where grantee = current_user and table_name = any(:names)"
        ),
        {"names": sorted(judged)},
    )
    assert {(t, p) for t, p in rows} == {(t, p) for t in judged for p in ("SELECT", "INSERT")}


def test_the_head_file_names_the_newest_migration() -> None:
    newest = max(f.name[:3] for f in (folder("migrations") / "versions").glob("[0-9]*.py"))
    assert head() == newest
