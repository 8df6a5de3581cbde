"""Files are kept whole, once, and under the hash of their content."""

from pathlib import Path

import pytest

from recruitwatch.db import files


def test_what_was_stored_is_read_back(tmp_path: Path) -> None:
    sha256 = files.store(tmp_path / "new", b"content")
    assert files.read(tmp_path / "new", sha256) == b"content"


def test_the_same_content_is_kept_once_and_nothing_unfinished_stays(tmp_path: Path) -> None:
    assert files.store(tmp_path, b"content") == files.store(tmp_path, b"content")
    assert len([p for p in tmp_path.rglob("*") if p.is_file()]) == 1


def test_a_damaged_file_is_not_given_out(tmp_path: Path) -> None:
    sha256 = files.store(tmp_path, b"content")
    (tmp_path / sha256[:2] / sha256).write_bytes(b"other")
    with pytest.raises(ValueError, match="damaged"):
        files.read(tmp_path, sha256)


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        files.read(tmp_path, "0" * 64)
