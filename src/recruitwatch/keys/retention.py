"""Keys that are destroyed on time: one file a period, kept outside the database and its backups.

What is sealed under a period's key cannot be read once the file is gone, not from a backup either. A
period is a day (`draft-2026-12-09`, for drafts) or a month (`general-2036-11`, for cases). Files are
made when first needed; months are made far ahead, so that a copy of the keys stays complete.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from recruitwatch.keys.boxes import LENGTH, DoesNotOpen, new_secret, seal, unseal
from recruitwatch.keys.writing import destroy_file, make_file, sync_folder

FOLDER = "retention"
SUFFIX = ".key"
COMPARTMENTS = ("general", "protected", "oversight")
MONTHS_AHEAD = 126
"""Ten years and a bit, the present month among them."""

_PERIOD = re.compile(r"(?:[a-z]+-)?(\d{4}-\d{2})(-\d{2})?", re.ASCII)


class RetentionKeys:
    """The period keys of one installation. None is kept in memory: a key that any process destroyed is
    gone for every other one, and a file of 32 bytes is read faster than a box is opened."""

    def __init__(self, keys: Path) -> None:
        self.folder = keys / FOLDER
        self._synced: set[str] = set()

    def seal(self, period: str, owner: str, plain: bytes) -> bytes:
        place = self._place(period)
        if period not in self._synced or not place.exists():
            self.make(iter([period]))
        return seal(_read(place), owner, plain)

    def unseal(self, period: str, owner: str, box: bytes) -> bytes:
        """What was sealed. Raises DoesNotOpen, also when the period's key was destroyed."""
        return unseal(_read(self._place(period)), owner, box)

    def make(self, periods: Iterator[str]) -> None:
        """See to it that these keys exist, also after a power cut: one that another process made a
        moment ago may not have its name on the disk yet, hence the sync even where none was made."""
        wanted = {period: self._place(period) for period in periods}
        if not self.folder.exists():
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            sync_folder(self.folder.parent)
        for place in wanted.values():
            if not place.exists():
                make_file(place, new_secret())
        if wanted.keys() - self._synced:
            sync_folder(self.folder)
            self._synced.update(wanted)

    def has(self, period: str) -> bool:
        """Whether there is a key of this period."""
        return self._place(period).exists()

    def list_periods(self) -> list[str]:
        """The periods whose keys exist, in order of their names."""
        names = (file.name.removesuffix(SUFFIX) for file in self.folder.glob(f"*{SUFFIX}"))
        return sorted(name for name in names if _end(name) is not None)

    def destroy_ended(self, today: date) -> list[str]:
        """Destroy the keys of periods that ended before `today`; gives their names."""
        return self.destroy(period for period in self.list_periods() if has_ended(period, today))

    def destroy(self, periods: Iterable[str]) -> list[str]:
        """Destroy these keys for ever; gives the names of those that this call destroyed."""
        destroyed = [period for period in periods if destroy_file(self._place(period))]
        self._synced.difference_update(destroyed)
        if destroyed:
            sync_folder(self.folder)
        return destroyed

    def _place(self, period: str) -> Path:
        last_day(period)
        return self.folder / f"{period}{SUFFIX}"


def day_period(day: date, compartment: str) -> str:
    return f"{compartment}-{day.isoformat()}"


def month_period(day: date, compartment: str) -> str:
    return f"{compartment}-{day:%Y-%m}"


def last_day(period: str) -> date:
    """The day after which a period's key is destroyed."""
    end = _end(period)
    if end is None:
        raise ValueError(f"{period!r} names no day and no month")
    return end


def has_ended(period: str, today: date) -> bool:
    """Whether the day or month that a period's name ends in lies before `today`."""
    return last_day(period) < today


def months_ahead(today: date) -> Iterator[str]:
    """The periods of cases whose keys are made before they are needed."""
    for number in range(MONTHS_AHEAD):
        year, month = divmod(today.year * 12 + today.month - 1 + number, 12)
        for compartment in COMPARTMENTS:
            yield month_period(date(year, month + 1, 1), compartment)


def ensure_ahead(retention: RetentionKeys, today: date) -> None:
    """Make the keys of the coming months, so that a copy of the folder made now serves for long."""
    retention.make(months_ahead(today))


def _end(name: str) -> date | None:
    """The last day of the period with this name; None if it is the name of something else."""
    found = _PERIOD.fullmatch(name)
    if found is None:
        return None
    month, day = found.groups()
    try:
        if day is not None:
            return date.fromisoformat(month + day)
        return (date.fromisoformat(f"{month}-01") + timedelta(31)).replace(day=1) - timedelta(1)
    except ValueError:
        return None


def _read(place: Path) -> bytes:
    try:
        key = place.read_bytes()
    except FileNotFoundError:
        raise DoesNotOpen from None
    if len(key) != LENGTH:
        raise DoesNotOpen
    return key
