"""SQL of checklists, vocabularies and parameters.

A stored version never changes, so what was read from its bytes is kept in the process by their hash.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    Table,
    case,
    func,
    insert,
    select,
    text,
    tuple_,
)
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.tables import people
from recruitwatch.actor import Actor
from recruitwatch.checklists.rules import (
    file_of,
    parameters_in_force,
    parse_checklist,
    parse_vocabulary,
)
from recruitwatch.checklists.rules.library import VOCABULARY_FOLDER
from recruitwatch.checklists.tables import (
    checklist_versions,
    parameter_values,
    vocabulary_versions,
)
from recruitwatch.checklists.values import (
    Checklist,
    ChecklistUnknown,
    LibraryRefused,
    Money,
    ParameterSetting,
    ParameterValue,
    PublishedVersion,
    VersionUnknown,
    Vocabulary,
    VocabularyUnknown,
)
from recruitwatch.db.constraints import Constraints

CONSTRAINTS: Constraints = {}

MOST_VERSIONS = 1000

_SETTINGS = select(
    parameter_values.c.id, parameter_values.c.name, parameter_values.c.amount,
    parameter_values.c.currency, parameter_values.c.reason, parameter_values.c.set_at,
    people.c.full_name.label("set_by_name"),
).join(people, people.c.id == parameter_values.c.set_by, isouter=True)  # fmt: skip

_checklists: dict[str, Checklist] = {}
_vocabularies: dict[str, Vocabulary] = {}


async def list_published(session: AsyncSession) -> list[PublishedVersion]:
    """Every version of every checklist, newest first within each list."""
    newest = func.max(checklist_versions.c.version).over(
        partition_by=checklist_versions.c.checklist_id
    )
    statement = (
        select(
            checklist_versions.c.checklist_id, checklist_versions.c.version,
            checklist_versions.c.vocabulary, checklist_versions.c.title, checklist_versions.c.unit,
            checklist_versions.c.sha256, checklist_versions.c.supersedes,
            checklist_versions.c.loaded_at,
            (checklist_versions.c.version == newest).label("newest"),
        )
        .order_by(checklist_versions.c.checklist_id, checklist_versions.c.version.desc())
        .limit(MOST_VERSIONS)
    )  # fmt: skip
    return [PublishedVersion(**row) for row in (await session.execute(statement)).mappings()]


async def list_versions(session: AsyncSession, checklist_id: str) -> list[PublishedVersion]:
    """The versions of one checklist, newest first."""
    published = await list_published(session)
    return [one for one in published if one.checklist_id == checklist_id]


async def get_newest_version(session: AsyncSession, checklist_id: str) -> int:
    versions = await list_versions(session, checklist_id)
    if not versions:
        raise ChecklistUnknown
    return versions[0].version


async def list_newest(session: AsyncSession) -> list[Checklist]:
    """The newest version of every checklist."""
    published = await list_published(session)
    return [await _read(session, one) for one in published if one.newest]


async def get_published(session: AsyncSession, checklist_id: str, version: int) -> PublishedVersion:
    """A version without its questions."""
    versions = await list_versions(session, checklist_id)
    if not versions:
        raise ChecklistUnknown
    found = next((one for one in versions if one.version == version), None)
    if found is None:
        raise VersionUnknown
    return found


async def get_version(session: AsyncSession, checklist_id: str, version: int) -> Checklist:
    """The checklist as it was published."""
    return await _read(session, await get_published(session, checklist_id, version))


async def get_versions(
    session: AsyncSession, used: Collection[tuple[str, int]]
) -> dict[tuple[str, int], Checklist]:
    """These checklists as they were published, in one statement; what the process has read before
    is not fetched again."""
    key = tuple_(checklist_versions.c.checklist_id, checklist_versions.c.version)
    statement = (
        select(
            checklist_versions.c.checklist_id, checklist_versions.c.version,
            checklist_versions.c.sha256, _unless_known(checklist_versions, _checklists),
        )
        .where(key.in_(sorted(used)))
        .order_by(checklist_versions.c.checklist_id, checklist_versions.c.version)
    )  # fmt: skip
    found = {}
    for checklist_id, version, sha256, content in await session.execute(statement):
        if content is not None:
            parsed = parse_checklist(content, file_of(checklist_id, version))
            if isinstance(parsed, list):
                raise LibraryRefused(parsed)
            _checklists[sha256] = parsed
        found[checklist_id, version] = _checklists[sha256]
    if len(found) < len(set(used)):
        raise VersionUnknown
    return found


async def get_vocabularies(
    session: AsyncSession, versions: Collection[int]
) -> dict[int, Vocabulary]:
    """These versions of the shared words, in one statement."""
    statement = (
        select(
            vocabulary_versions.c.version, vocabulary_versions.c.sha256,
            _unless_known(vocabulary_versions, _vocabularies),
        )
        .where(vocabulary_versions.c.version.in_(sorted(versions)))
        .order_by(vocabulary_versions.c.version)
    )  # fmt: skip
    found = {}
    for version, sha256, content in await session.execute(statement):
        if content is not None:
            parsed = parse_vocabulary(content, file_of(VOCABULARY_FOLDER, version))
            if isinstance(parsed, list):
                raise LibraryRefused(parsed)
            _vocabularies[sha256] = parsed
        found[version] = _vocabularies[sha256]
    if len(found) < len(set(versions)):
        raise VocabularyUnknown
    return found


def _unless_known(table: Table, read: Mapping[str, object]) -> ColumnElement[bytes | None]:
    """The bytes of a version, or nothing for one that the process has read already."""
    return case((table.c.sha256.in_(sorted(read)), None), else_=table.c.content)


async def _read(session: AsyncSession, published: PublishedVersion) -> Checklist:
    if published.sha256 not in _checklists:
        statement = select(checklist_versions.c.content).where(
            checklist_versions.c.checklist_id == published.checklist_id,
            checklist_versions.c.version == published.version,
        )
        name = file_of(published.checklist_id, published.version)
        parsed = parse_checklist(await _content(session, statement), name)
        if isinstance(parsed, list):
            raise LibraryRefused(parsed)
        _checklists[published.sha256] = parsed
    return _checklists[published.sha256]


async def get_vocabulary(session: AsyncSession, version: int) -> Vocabulary:
    """The shared words as they were published."""
    where = vocabulary_versions.c.version == version
    sha256 = await session.scalar(select(vocabulary_versions.c.sha256).where(where))
    if sha256 is None:
        raise VocabularyUnknown
    if sha256 not in _vocabularies:
        content = await _content(session, select(vocabulary_versions.c.content).where(where))
        parsed = parse_vocabulary(content, file_of(VOCABULARY_FOLDER, version))
        if isinstance(parsed, list):
            raise LibraryRefused(parsed)
        _vocabularies[sha256] = parsed
    return _vocabularies[sha256]


async def get_newest_vocabulary(session: AsyncSession) -> Vocabulary:
    version = await session.scalar(select(func.max(vocabulary_versions.c.version)))
    if version is None:
        raise VocabularyUnknown
    return await get_vocabulary(session, version)


async def _content(session: AsyncSession, statement: Select[bytes]) -> bytes:
    content: bytes = (await session.execute(statement)).scalar_one()
    return content


async def list_stored_hashes(session: AsyncSession) -> dict[str, str]:
    """The hash of every stored version by its file, such as `covenant/v1.yaml`."""
    words = select(vocabulary_versions.c.version, vocabulary_versions.c.sha256).order_by(
        vocabulary_versions.c.version
    )
    lists = select(
        checklist_versions.c.checklist_id,
        checklist_versions.c.version,
        checklist_versions.c.sha256,
    ).order_by(checklist_versions.c.checklist_id, checklist_versions.c.version)
    found = {
        file_of(VOCABULARY_FOLDER, version): sha256
        for version, sha256 in await session.execute(words)
    }
    for name, version, sha256 in await session.execute(lists):
        found[file_of(name, version)] = sha256
    return found


async def lock_library(session: AsyncSession) -> None:
    """One loading at a time, until the end of the transaction."""
    await session.execute(text("select pg_advisory_xact_lock(hashtext('checklists'))"))


async def insert_vocabulary(
    session: AsyncSession, vocabulary: Vocabulary, *, content: bytes, sha256: str, now: datetime
) -> None:
    await session.execute(
        insert(vocabulary_versions).values(
            version=vocabulary.version, sha256=sha256, content=content, loaded_at=now
        )
    )


async def insert_checklist(
    session: AsyncSession, checklist: Checklist, *, content: bytes, sha256: str, now: datetime
) -> None:
    await session.execute(
        insert(checklist_versions).values(
            checklist_id=checklist.id,
            version=checklist.version,
            vocabulary=checklist.vocabulary,
            title=checklist.title,
            unit=checklist.unit.value,
            sha256=sha256,
            content=content,
            supersedes=checklist.supersedes,
            loaded_at=now,
        )
    )


async def get_parameters(
    session: AsyncSession, as_of: datetime | None = None, *, vocabulary: Vocabulary | None = None
) -> Mapping[str, ParameterValue | None]:
    """Every figure of national law as it stood then, or now: what the ministry set last, else the
    vocabulary's default, else None. Without `vocabulary` the newest counts."""
    statement = (
        select(parameter_values.c.name, parameter_values.c.amount, parameter_values.c.currency)
        .ext(distinct_on(parameter_values.c.name))
        .order_by(parameter_values.c.name, parameter_values.c.id.desc())
    )
    if as_of is not None:
        statement = statement.where(parameter_values.c.set_at <= as_of)
    rows = await session.execute(statement)
    settings = {name: _value(amount, currency) for name, amount, currency in rows}
    words = vocabulary or await get_newest_vocabulary(session)
    return parameters_in_force(words, settings)


async def list_parameter_history(
    session: AsyncSession, name: str, limit: int, offset: int = 0
) -> list[ParameterSetting]:
    """Every time a figure was set, newest first."""
    statement = (
        _SETTINGS.where(parameter_values.c.name == name)
        .order_by(parameter_values.c.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [_setting(row) for row in (await session.execute(statement)).mappings()]


async def list_settings(session: AsyncSession) -> list[ParameterSetting]:
    """Every time any figure was set, oldest first, whole: a few a year, and what was judged by an
    old figure must find it."""
    statement = _SETTINGS.order_by(parameter_values.c.id)
    return [_setting(row) for row in (await session.execute(statement)).mappings()]


async def count_parameter_history(session: AsyncSession, name: str) -> int:
    statement = select(func.count()).where(parameter_values.c.name == name)
    return await session.scalar(statement) or 0


async def lock_parameters(session: AsyncSession) -> None:
    """One setting at a time, so that what history calls the old figure was the old figure."""
    await session.execute(text("select pg_advisory_xact_lock(hashtext('parameters'))"))


async def list_latest_settings(session: AsyncSession) -> list[ParameterSetting]:
    """The last setting of every figure that was ever set, by name. There are few figures."""
    statement = (
        _SETTINGS.ext(distinct_on(parameter_values.c.name))
        .order_by(parameter_values.c.name, parameter_values.c.id.desc())
        .limit(MOST_VERSIONS)
    )
    return [_setting(row) for row in (await session.execute(statement)).mappings()]


async def insert_parameter(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    name: str,
    value: ParameterValue | None,
    reason: str,
) -> None:
    await session.execute(
        insert(parameter_values).values(
            name=name,
            amount=Decimal(value.amount_minor) if isinstance(value, Money) else value,
            currency=value.currency if isinstance(value, Money) else None,
            reason=reason,
            set_by=actor.id,
            set_at=now,
        )
    )


def _value(amount: Decimal | None, currency: str | None) -> ParameterValue | None:
    if amount is None or currency is None:
        return amount
    return Money(amount_minor=int(amount), currency=currency)


def _setting(row: RowMapping) -> ParameterSetting:
    return ParameterSetting(
        id=row["id"],
        name=row["name"],
        value=_value(row["amount"], row["currency"]),
        reason=row["reason"],
        set_at=row["set_at"],
        set_by_name=row["set_by_name"],
    )
