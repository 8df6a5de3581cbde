"""A copied keys folder: complete, never over another key, and without what was destroyed."""

from datetime import date
from pathlib import Path

from recruitwatch.keys import RetentionKeys, make_key, read_key
from recruitwatch.keys.copies import (
    copy_keys,
    destroy_ended_copies,
    find_differing,
    list_only_in,
)

TODAY, LATER = date(2026, 12, 9), date(2027, 1, 1)
PERIODS = ["draft-2026-12-09", "general-2026-12", "general-2027-01"]


def folder(place: Path) -> tuple[Path, Path]:
    make_key(place / "own")
    RetentionKeys(place / "own").make(iter(PERIODS))
    return place / "own", place / "copy"


def files(place: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(place)): file.read_bytes()
        for file in place.rglob("*")
        if file.is_file()
    }


def test_a_copy_holds_every_key(tmp_path: Path) -> None:
    own, copy = folder(tmp_path)
    assert copy_keys(own, copy, TODAY) == 4
    assert files(copy) == files(own)
    assert copy_keys(own, copy, TODAY) == 0
    RetentionKeys(own).make(iter(["general-2027-02"]))
    assert copy_keys(own, copy, TODAY) == 1
    assert files(copy) == files(own)


def test_what_is_not_a_key_is_not_copied(tmp_path: Path) -> None:
    own, copy = folder(tmp_path)
    (own / "retention" / ".new-77-abcd").write_bytes(b"unfinished")
    (own / "notes.txt").write_text("somebody's own")
    copy_keys(own, copy, TODAY)
    assert len(files(copy)) == 4


def test_ended_keys_leave_the_copy_too(tmp_path: Path) -> None:
    own, copy = folder(tmp_path)
    copy_keys(own, copy, TODAY)
    ended = RetentionKeys(own).destroy_ended(LATER)
    assert ended == ["draft-2026-12-09", "general-2026-12"]
    assert destroy_ended_copies(own, copy, LATER) == ended
    assert destroy_ended_copies(own, copy, LATER) == []
    assert files(copy) == files(own)


def test_a_key_that_was_lost_before_its_time_stays_in_the_copy(tmp_path: Path) -> None:
    own, copy = folder(tmp_path)
    copy_keys(own, copy, TODAY)
    before = files(copy)
    for file in (own / "retention").iterdir():
        file.unlink()
    assert destroy_ended_copies(own, copy, TODAY) == []
    assert files(copy) == before
    assert list_only_in(copy, own) == PERIODS
    assert copy_keys(copy, own, TODAY) == 3
    assert files(own) == before


def test_ended_keys_do_not_come_back_from_an_old_copy(tmp_path: Path) -> None:
    own, copy = folder(tmp_path)
    copy_keys(own, copy, TODAY)
    RetentionKeys(own).destroy_ended(LATER)
    assert copy_keys(copy, own, LATER) == 0
    assert RetentionKeys(own).list_periods() == ["general-2027-01"]


def test_another_key_is_noticed(tmp_path: Path) -> None:
    own, copy = folder(tmp_path)
    assert find_differing(own, copy) is None
    copy_keys(own, copy, TODAY)
    assert find_differing(own, copy) is None
    RetentionKeys(copy).destroy(["general-2027-01"])
    RetentionKeys(copy).make(iter(["general-2027-01"]))
    assert find_differing(own, copy) == copy / "retention" / "general-2027-01.key"
    make_key(tmp_path / "stranger")
    assert find_differing(own, tmp_path / "stranger") == tmp_path / "stranger" / "installation.key"
    assert read_key(tmp_path / "stranger") != read_key(own)
