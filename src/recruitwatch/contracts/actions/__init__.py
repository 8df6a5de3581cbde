"""Opening the contract library: the one place of this feature that reads its files."""

from functools import lru_cache
from pathlib import Path

from recruitwatch.bundled import folder
from recruitwatch.checklists.rules.library import LOCK
from recruitwatch.checklists.values import Mistake
from recruitwatch.contracts.rules.library import read_library
from recruitwatch.contracts.values.judged import ContractLibrary, TemplatesRefused


def open_library(source: Path | None = None) -> ContractLibrary:
    """The published library; raises `TemplatesRefused` with every mistake when a file is not sound
    or no longer what was published."""
    files, lock_text = _read(source or folder("templates") / "contracts")
    found = _library(files, lock_text)
    if isinstance(found, list):
        raise TemplatesRefused(found)
    return found


def _read(source: Path) -> tuple[tuple[tuple[str, bytes], ...], str]:
    files = tuple(
        (file.relative_to(source).as_posix(), file.read_bytes())
        for file in sorted(source.rglob("*.yaml"))
    )
    return files, (source / LOCK).read_text(encoding="utf-8")


# The same bytes read the same: a second opening in one process need not parse them again.
@lru_cache(maxsize=2)
def _library(
    files: tuple[tuple[str, bytes], ...], lock_text: str
) -> ContractLibrary | list[Mistake]:
    return read_library(dict(files), lock_text)
