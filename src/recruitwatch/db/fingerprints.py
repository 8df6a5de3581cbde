"""A fingerprint of every table, so that a restored database can be compared with what was saved."""

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection


class Fingerprint(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of a table and a sum of their hashes, which does not depend on their order."""

    table: str
    rows: int
    rows_hash: str


# A row is hashed as text, so its values must be written alike on every server; and with SHA-256,
# since PostgreSQL may change its own hash functions from one major version to the next.
ALIKE = {
    "timezone": "UTC",
    "datestyle": "ISO, MDY",
    "intervalstyle": "postgres",
    "extra_float_digits": "1",
    "bytea_output": "hex",
}


async def fingerprints(connection: AsyncConnection) -> list[Fingerprint]:
    """All tables of the schema `public`, by name, as this connection's snapshot sees them."""
    for name, value in ALIKE.items():
        await connection.execute(
            text("select set_config(:name, :value, true)"), {"name": name, "value": value}
        )
    names = await connection.scalars(
        text("select tablename from pg_tables where schemaname = 'public' order by tablename")
    )
    return [await _fingerprint(connection, name) for name in names.all()]


async def _fingerprint(connection: AsyncConnection, name: str) -> Fingerprint:
    row = await connection.execute(
        text(
            "select count(*), coalesce(sum("
            "('x' || encode(substr(sha256(convert_to(t::text, 'UTF8')), 1, 8), 'hex'))"
            "::bit(64)::bigint::numeric), 0)::text "
            f'from "{name}" t'
        )
    )
    rows, rows_hash = row.one()
    return Fingerprint(table=name, rows=rows, rows_hash=rows_hash)
