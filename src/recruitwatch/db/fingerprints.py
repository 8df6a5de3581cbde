"""A fingerprint of every table, so that a restored database can be compared with what was saved."""

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection


class Fingerprint(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of a table and a sum of their hashes, which does not depend on their order."""

    table: str
    rows: int
    rows_hash: str


async def fingerprints(connection: AsyncConnection) -> list[Fingerprint]:
    """All tables of the schema `public`, by name, as this connection's snapshot sees them."""
    names = await connection.scalars(
        text("select tablename from pg_tables where schemaname = 'public' order by tablename")
    )
    return [await _fingerprint(connection, name) for name in names.all()]


async def _fingerprint(connection: AsyncConnection, name: str) -> Fingerprint:
    row = await connection.execute(
        text(
            "select count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text "
            f'from "{name}" t'
        )
    )
    rows, rows_hash = row.one()
    return Fingerprint(table=name, rows=rows, rows_hash=rows_hash)
