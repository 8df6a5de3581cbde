"""Keys that are destroyed on time: one file a period, kept outside the database and its backups.

What is sealed under a period's key cannot be read once the file is gone, not from a backup either. A
period is a day (`2026-12-09`, for drafts) or a month (`2036-11`, for cases) in one compartment. Files are
made when first needed; months are made far ahead, so that a copy of the keys stays complete.
"""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from recruitwatch.keys.boxes import LENGTH, DoesNotOpen, new_secret, seal, unseal

FOLDER = "retention"
SUFFIX = ".key"


class RetentionKeys:
    """The period keys of one installation. Read once and kept in memory until their period is over."""

    def __init__(self, keys: Path) -> None:
        self.folder = keys / FOLDER
        self._known: dict[str, bytes] = {}

    def seal(self, period: str, owner: str, plain: bytes) -> bytes:
        return seal(self._key(period, make=True), owner, plain)

    def unseal(self, period: str, owner: str, box: bytes) -> bytes:
        """What was sealed. Raises DoesNotOpen, also when the period's key was destroyed."""
        return unseal(self._key(period, make=False), owner, box)

    def make(self, periods: Iterator[str]) -> None:
        """See to it that these keys exist."""
        for period in periods:
            self._key(period, make=True)

    def list_periods(self) -> list[str]:
        """The periods whose keys exist, in order of their names."""
        return sorted(file.name.removesuffix(SUFFIX) for file in self.folder.glob(f"*{SUFFIX}"))

    def destroy_ended(self, today: date) -> list[str]:
        """Destroy the keys of periods that ended before `today`; gives their names."""
        ended = [period for period in self.list_periods() if has_ended(period, today)]
        for period in ended:
            self._known.pop(period, None)
            _destroy(self._place(period))
        if ended:
            _sync(self.folder)
        return ended

    def _place(self, period: str) -> Path:
        return self.folder / f"{period}{SUFFIX}"

    def _key(self, period: str, *, make: bool) -> bytes:
        place = self._place(period)
        known = self._known.get(period)
        if known is not None and (make or place.exists()):
            return known
        self._known.pop(period, None)
        if make:
            _make(place)
        self._known[period] = _read(place)
        return self._known[period]


def day_period(day: date, compartment: str) -> str:
    return f"{compartment}-{day.isoformat()}"


def month_period(day: date, compartment: str) -> str:
    return f"{compartment}-{day:%Y-%m}"


def has_ended(period: str, today: date) -> bool:
    """Whether the day or month that a period's name ends in lies before `today`."""
    parts = [part for part in period.split("-") if part.isdecimal()]
    current = f"{today:%Y-%m}" if len(parts) == 2 else today.isoformat()
    return "-".join(parts) < current


def _read(place: Path) -> bytes:
    try:
        key = place.read_bytes()
    except FileNotFoundError:
        raise DoesNotOpen from None
    if len(key) != LENGTH:
        raise DoesNotOpen
    return key


def _make(place: Path) -> None:
    """A complete file under its name, or none: written apart, synced, then linked. Who comes second
    finds the first one's key."""
    if place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = place.with_name(f".new-{os.getpid()}-{os.urandom(4).hex()}")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(new_secret())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(unfinished, place)
        except FileExistsError:
            return
    finally:
        unfinished.unlink(missing_ok=True)
    _sync(place.parent)


def _destroy(place: Path) -> None:
    """Overwrite, sync, unlink. On disks that move blocks the old ones may stay for a while: the folder
    belongs on an encrypted disk (docs/operations/keys.md)."""
    with place.open("r+b") as file:
        file.write(os.urandom(LENGTH))
        file.flush()
        os.fsync(file.fileno())
    place.unlink()


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
