"""Files of keys: whole under their name or not there, and overwritten before they are removed."""

import os
from pathlib import Path

UNFINISHED = ".new-"


def make_file(place: Path, content: bytes) -> bool:
    """Write a file that was not there, readable by this account only; False if it was there already.

    It is written apart, synced, then linked: who comes second finds the first one's file. The folder
    itself is not synced: `sync_folder` does that once for many files.
    """
    if place.exists():
        return False
    unfinished = _write_apart(place, content)
    try:
        os.link(unfinished, place)
    except FileExistsError:
        return False
    finally:
        unfinished.unlink(missing_ok=True)
    return True


def copy_file(source: Path, place: Path) -> None:
    """As `make_file`, for folders on media that know no links, such as a memory stick."""
    _write_apart(place, source.read_bytes()).rename(place)


def destroy_file(place: Path) -> bool:
    """Overwrite, sync, unlink; False if somebody else was faster. On disks that move blocks the old
    ones may stay for a while: the folder belongs on an encrypted disk (docs/operations/keys.md)."""
    try:
        with place.open("r+b") as file:
            file.write(os.urandom(place.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        place.unlink()
    except FileNotFoundError:
        return False
    return True


def sync_folder(folder: Path) -> None:
    """Names that were added or removed survive a power cut from here on."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_apart(place: Path, content: bytes) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = place.with_name(f"{UNFINISHED}{os.getpid()}-{os.urandom(4).hex()}")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return unfinished
