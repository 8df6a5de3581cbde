"""Loading the published files into the database, and setting the figures of national law."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.bundled import folder
from recruitwatch.checklists import queries
from recruitwatch.checklists.rules import file_of, read_library, sha256_of
from recruitwatch.checklists.rules.library import LOCK, VOCABULARY_FOLDER
from recruitwatch.checklists.values import (
    NO_CURRENCY,
    Library,
    LibraryRefused,
    LoadReport,
    Mistake,
    Money,
    Parameter,
    ParameterRefused,
    ParameterType,
    ParameterUnknown,
    ParameterValue,
)
from recruitwatch.errors import N_, Message
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action

DIFFERS = "differs from the version that was loaded before: restore it and publish a new version"
CURRENCY_MISSING = N_("An amount of money needs its currency.")
CURRENCY_STRANGE = N_("This figure is a plain number and has no currency.")
WHOLE = N_("Give an amount of money in whole minor units of its currency.")
TOO_SMALL = N_("A figure of national law is not negative.")


async def load_library(
    session: AsyncSession, actor: Actor, now: datetime, *, source: Path | None = None
) -> LoadReport:
    """Store every published version that is not stored yet; raise `LibraryRefused` and store none
    when a file has a mistake or is no longer what was published."""
    files, lock_text = _read(source or folder("checklists"))
    await queries.lock_library(session)
    stored = await queries.list_stored_hashes(session)
    library = _library(files, lock_text)
    wrong = list(library) if isinstance(library, list) else []
    wrong.extend(
        Mistake(file=name, line=1, path="$", message=DIFFERS)
        for name, raw in files
        if name in stored and stored[name] != sha256_of(raw)
    )
    if wrong or isinstance(library, list):
        raise LibraryRefused(wrong)
    loaded = await _store(session, actor, now, library=library, contents=dict(files), known=stored)
    unchanged = tuple(name for name, _ in files if name in stored)
    return LoadReport(loaded=loaded, unchanged=unchanged)


def _read(source: Path) -> tuple[tuple[tuple[str, bytes], ...], str]:
    files = tuple(
        (file.relative_to(source).as_posix(), file.read_bytes())
        for file in sorted(source.glob("*/*.yaml"))
    )
    return files, (source / LOCK).read_text(encoding="utf-8")


# The same bytes read the same: a second loading in one process need not parse them again.
@lru_cache(maxsize=2)
def _library(files: Sequence[tuple[str, bytes]], lock_text: str) -> Library | list[Mistake]:
    return read_library(dict(files), lock_text)


async def _store(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    library: Library,
    contents: dict[str, bytes],
    known: dict[str, str],
) -> tuple[str, ...]:
    loaded: list[str] = []
    for version, vocabulary in sorted(library.vocabularies.items()):
        name = file_of(VOCABULARY_FOLDER, version)
        if name not in known:
            sha256 = library.sha256[name]
            await queries.insert_vocabulary(
                session, vocabulary, content=contents[name], sha256=sha256, now=now
            )
            subject = ("vocabulary", str(version))
            await _record(session, actor, now, subject=subject, sha256=sha256)
            loaded.append(name)
    for (checklist_id, version), checklist in sorted(library.checklists.items()):
        name = file_of(checklist_id, version)
        if name not in known:
            sha256 = library.sha256[name]
            await queries.insert_checklist(
                session, checklist, content=contents[name], sha256=sha256, now=now
            )
            subject = ("checklist", f"{checklist_id}/{version}")
            await _record(session, actor, now, subject=subject, sha256=sha256)
            loaded.append(name)
    return tuple(loaded)


async def _record(
    session: AsyncSession, actor: Actor, now: datetime, *, subject: tuple[str, str], sha256: str
) -> None:
    await record(
        session,
        actor,
        Action.CHECKLIST_LOADED,
        subject=subject,
        now=now,
        details={"new": {"sha256": sha256}},
    )


async def set_parameter(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    name: str,
    amount: Decimal | None,
    currency: str | None,
    reason: str,
) -> None:
    """Set a figure of national law from now on. Money is in minor units; no amount takes the figure
    back. What was set before stays on record."""
    vocabulary = await queries.get_newest_vocabulary(session)
    parameter = next((one for one in vocabulary.parameters if one.name == name), None)
    if parameter is None:
        raise ParameterUnknown
    value = _value(parameter, amount, currency)
    await queries.lock_parameters(session)
    old = (await queries.get_parameters(session, vocabulary=vocabulary))[name]
    await queries.insert_parameter(session, actor, now, name=name, value=value, reason=reason)
    await record(
        session,
        actor,
        Action.PARAMETER_SET,
        subject=("parameter", name),
        now=now,
        details={"old": old, "new": value, "reason": reason},
    )


def _value(
    parameter: Parameter, amount: Decimal | None, currency: str | None
) -> ParameterValue | None:
    if amount is None:
        return None
    wrong: list[Message] = []
    if amount < 0:
        wrong.append(Message(TOO_SMALL))
    if parameter.type is ParameterType.NUMBER:
        if currency:
            wrong.append(Message(CURRENCY_STRANGE))
    else:
        if not currency and amount != 0:
            wrong.append(Message(CURRENCY_MISSING))
        if amount != amount.to_integral_value():
            wrong.append(Message(WHOLE))
    if wrong:
        raise ParameterRefused(tuple(wrong))
    if parameter.type is ParameterType.NUMBER:
        return amount
    return Money(amount_minor=int(amount), currency=currency or NO_CURRENCY)


__all__ = ["LibraryRefused", "LoadReport", "load_library", "set_parameter"]
