"""Rows and files of registers for tests; every name is invented."""

import csv
import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from factories.accounts import NOW
from recruitwatch.actor import Actor
from recruitwatch.registers.actions.importing import import_file
from recruitwatch.registers.values import AS_FOUND, COLUMNS, ImportReport, Options, SourceRow

DATA = Path(__file__).parents[1] / "data" / "registers"
FIELDS = {
    "name": "Sunrise Overseas Ltd.",
    "licence_no": "0101",
    "status": "listed",
    "valid_until": "",
    "address": "12 Lake Road",
    "city": "Dhaka",
    "phone": "",
    "email": "",
    "website": "",
    "country": "BD",
    "source": "test-list-2025",
}


def make_csv(*rows: Mapping[str, str], columns: tuple[str, ...] = COLUMNS) -> bytes:
    """A file of the common layout; each row says only what differs from FIELDS."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    for row in rows:
        fields = {**FIELDS, **row}
        writer.writerow([fields.get(column, "") for column in columns])
    return text.getvalue().encode()


def make_row(**overrides: object) -> SourceRow:
    row = SourceRow(
        row_no=2,
        name="Sunrise Overseas Ltd.",
        number="0101",
        status="listed",
        valid_until=None,
        address="12 Lake Road",
        city="Dhaka",
        phones=("9840115",),
        emails=(),
        websites=(),
        country="BD",
        source="test-list-2025",
    )
    return msgspec.structs.replace(row, **overrides)


def read_data(name: str) -> bytes:
    return (DATA / name).read_bytes()


async def store_import(
    session: AsyncSession,
    actor: Actor,
    content: bytes,
    *,
    register_id: str = "testland",
    aliases: bytes | None = None,
    dry_run: bool = False,
    options: Options = AS_FOUND,
) -> ImportReport:
    """Import a file as the actions do."""
    return await import_file(
        session,
        actor,
        NOW,
        register_id=register_id,
        file_name="register.csv",
        content=content,
        aliases=("aliases.csv", aliases) if aliases is not None else None,
        dry_run=dry_run,
        progress=lambda _done, _total: None,
        options=options,
    )


TODAY = date(2026, 6, 30)
