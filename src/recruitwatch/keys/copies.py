"""A second folder with the same keys: complete, never over another key, and without ended ones."""

from datetime import date
from pathlib import Path

from recruitwatch.keys.installation import FILE, read_key
from recruitwatch.keys.retention import FOLDER, SUFFIX, RetentionKeys, has_ended
from recruitwatch.keys.writing import copy_file, sync_folder


def find_differing(source: Path, target: Path) -> Path | None:
    """A file in `target` that holds another key than the file of that name in `source`."""
    if (target / FILE).exists() and read_key(target) != read_key(source):
        return target / FILE
    for period in RetentionKeys(source).list_periods():
        copy = _file(target, period)
        if copy.exists() and copy.read_bytes() != _file(source, period).read_bytes():
            return copy
    return None


def copy_keys(source: Path, target: Path, today: date) -> int:
    """Copy the keys that `target` lacks; gives how many. Keys of ended periods are on their way out
    and are not copied."""
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    lacking = _lacking(source, target, today)
    for name in lacking:
        copy_file(source / name, target / name)
    if lacking:
        for folder in {(target / name).parent for name in lacking} | {target}:
            sync_folder(folder)
    return len(lacking)


def _lacking(source: Path, target: Path, today: date) -> list[Path]:
    current = [
        _file(Path(), period)
        for period in RetentionKeys(source).list_periods()
        if not has_ended(period, today)
    ]
    return [name for name in (Path(FILE), *current) if not (target / name).exists()]


def destroy_ended_copies(source: Path, target: Path, today: date) -> list[str]:
    """Destroy the copies of keys whose period ended and that `source` holds no more; gives their names.
    A key that is missing in `source` before its time was lost, not destroyed: its copy is kept."""
    own = RetentionKeys(source)
    copies = RetentionKeys(target)
    return copies.destroy(
        period
        for period in copies.list_periods()
        if has_ended(period, today) and not own.has(period)
    )


def list_only_in(target: Path, source: Path) -> list[str]:
    """The periods whose key `target` holds and `source` does not."""
    own = {*RetentionKeys(source).list_periods()}
    return [period for period in RetentionKeys(target).list_periods() if period not in own]


def _file(folder: Path, period: str) -> Path:
    return folder / FOLDER / f"{period}{SUFFIX}"
