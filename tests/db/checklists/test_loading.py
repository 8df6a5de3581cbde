"""Loading the published files: once, whole or not at all, and never over what was published."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from factories.checklists import LOADED_AT, make_library, store_library
from recruitwatch.actor import SYSTEM
from recruitwatch.bundled import folder
from recruitwatch.checklists import queries as checklists
from recruitwatch.checklists.actions import load_library
from recruitwatch.checklists.rules import sha256_of
from recruitwatch.checklists.values import (
    ChecklistUnknown,
    LibraryRefused,
    VersionUnknown,
    VocabularyUnknown,
)
from recruitwatch.history.queries import list_entries
from recruitwatch.history.values import Action

FILES = (
    "vocabulary/v1.yaml",
    "covenant/v1.yaml",
    "destination/v1.yaml",
    "predeparture/v1.yaml",
    "returnee/v1.yaml",
    "sop/v1.yaml",
)


def second_covenant() -> bytes:
    """An invented second version of a published list."""
    first = (folder("checklists") / "covenant/v1.yaml").read_text(encoding="utf-8")
    second = first.replace("\nversion: 1\nsupersedes: null", "\nversion: 2\nsupersedes: 1", 1)
    assert second != first
    return second.encode()


async def test_first_loading_stores_every_version_with_its_bytes_and_says_so(session) -> None:
    report = await store_library(session)
    assert report.loaded == FILES
    assert report.unchanged == ()
    published = await checklists.list_published(session)
    raw = {name: (folder("checklists") / name).read_bytes() for name in FILES}
    assert {f"{one.checklist_id}/v{one.version}.yaml": one.sha256 for one in published} == {
        name: sha256_of(raw[name]) for name in FILES[1:]
    }
    history = await list_entries(session, action=Action.CHECKLIST_LOADED, limit=50)
    assert [(one.subject_kind, one.subject_id) for one in reversed(history)] == [
        ("vocabulary", "1"),
        *(("checklist", name.replace("/v1.yaml", "/1")) for name in FILES[1:]),
    ]
    assert {one.actor_name for one in history} == {SYSTEM.name}


async def test_second_loading_changes_nothing(session) -> None:
    await store_library(session)
    again = await store_library(session, now=LOADED_AT + timedelta(days=1))
    assert again.loaded == ()
    assert sorted(again.unchanged) == sorted(FILES)
    assert {one.loaded_at for one in await checklists.list_published(session)} == {LOADED_AT}
    assert len(await list_entries(session, action=Action.CHECKLIST_LOADED, limit=50)) == 6


async def test_new_version_is_added_beside_the_old_one(session, tmp_path: Path) -> None:
    await store_library(session)
    source = make_library(tmp_path, {"covenant/v2.yaml": second_covenant()})
    report = await load_library(session, SYSTEM, LOADED_AT, source=source)
    assert report.loaded == ("covenant/v2.yaml",)
    versions = await checklists.list_versions(session, "covenant")
    assert [(one.version, one.newest, one.supersedes) for one in versions] == [
        (2, True, 1),
        (1, False, None),
    ]
    assert (await checklists.get_version(session, "covenant", 1)).version == 1
    assert (await checklists.get_version(session, "covenant", 2)).version == 2
    assert await checklists.get_newest_version(session, "covenant") == 2


async def test_changed_published_file_is_refused_by_name_even_with_a_fitting_lock(
    session, tmp_path: Path
) -> None:
    await store_library(session)
    changed = (folder("checklists") / "sop/v1.yaml").read_bytes() + b"# corrected\n"
    source = make_library(tmp_path, {"sop/v1.yaml": changed, "covenant/v2.yaml": second_covenant()})
    with pytest.raises(LibraryRefused) as refused:
        await load_library(session, SYSTEM, LOADED_AT, source=source)
    assert [(one.file, one.line) for one in refused.value.mistakes] == [("sop/v1.yaml", 1)]
    assert "sop/v1.yaml" in str(refused.value)
    assert len(await checklists.list_versions(session, "covenant")) == 1


async def test_every_mistake_is_told_at_once_with_file_line_and_path(
    session, tmp_path: Path
) -> None:
    source = make_library(tmp_path)
    broken = (source / "sop/v1.yaml").read_text(encoding="utf-8")
    (source / "sop/v1.yaml").write_text(broken.replace("unit: ", "unti: ", 1), encoding="utf-8")
    (source / "returnee/v1.yaml").unlink()
    with pytest.raises(LibraryRefused) as refused:
        await load_library(session, SYSTEM, LOADED_AT, source=source)
    told = {(one.file, one.path) for one in refused.value.mistakes}
    assert told >= {
        ("LOCK", "sop/v1.yaml"),
        ("LOCK", "returnee/v1.yaml"),
        ("sop/v1.yaml", "$.unti"),
        ("sop/v1.yaml", "$.unit"),
    }
    assert all(one.line >= 1 for one in refused.value.mistakes)
    assert await checklists.list_published(session) == []


@pytest.mark.parametrize(
    "change",
    [
        "update vocabulary_versions set content = ''",
        "update checklist_versions set title = 'Another'",
        "update parameter_values set amount = 1",
        "delete from vocabulary_versions",
        "delete from checklist_versions",
        "delete from parameter_values",
    ],
)
async def test_the_application_can_neither_change_nor_remove_what_is_published(
    session, change: str
) -> None:
    await store_library(session)
    with pytest.raises(DBAPIError, match="permission denied"):
        await session.execute(text(change))


async def test_reading_a_version_twice_asks_for_its_bytes_once(session, queries) -> None:
    await store_library(session)
    first = await checklists.get_version(session, "returnee", 1)
    with queries(at_most=1):
        second = await checklists.get_version(session, "returnee", 1)
    assert second is first


async def test_what_was_never_published_is_not_found(session) -> None:
    with pytest.raises(VocabularyUnknown):
        await checklists.get_newest_vocabulary(session)
    await store_library(session)
    for name, version in (("covenant", 2), ("covenant", 0), ("nothing", 1)):
        with pytest.raises(VersionUnknown):
            await checklists.get_version(session, name, version)
    with pytest.raises(ChecklistUnknown):
        await checklists.get_newest_version(session, "nothing")
    with pytest.raises(VocabularyUnknown):
        await checklists.get_vocabulary(session, 2)
