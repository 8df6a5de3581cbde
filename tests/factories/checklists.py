"""Checklists for tests: the published ones, and invented ones in a folder of their own."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import SYSTEM, Actor
from recruitwatch.bundled import folder
from recruitwatch.checklists.actions import load_library, set_parameter
from recruitwatch.checklists.rules import lock_line
from recruitwatch.checklists.values import LoadReport

LOADED_AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


async def store_library(session: AsyncSession, *, now: datetime = LOADED_AT) -> LoadReport:
    """The published checklists, as an installation loads them."""
    return await load_library(session, SYSTEM, now)


async def store_parameter(
    session: AsyncSession,
    actor: Actor,
    name: str = "required_training_hours",
    *,
    amount: Decimal | None = Decimal(40),
    currency: str | None = None,
    reason: str = "Circular 12 of 2025",
    now: datetime = LOADED_AT,
) -> None:
    await set_parameter(
        session, actor, now, name=name, amount=amount, currency=currency, reason=reason
    )


def make_library(place: Path, changes: Mapping[str, bytes] | None = None) -> Path:
    """A copy of the published folder with some files put in place or added, and a LOCK that fits."""
    files = {
        file.relative_to(folder("checklists")).as_posix(): file.read_bytes()
        for file in folder("checklists").glob("*/*.yaml")
    }
    files.update(changes or {})
    for name, raw in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(raw)
    lock = "".join(f"{lock_line(raw, name)}\n" for name, raw in sorted(files.items()))
    (place / "LOCK").write_text(lock, encoding="utf-8")
    return place
