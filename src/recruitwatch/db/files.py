"""Uploaded files, kept beside the database under the hash of their content. Never changed."""

import hashlib
import os
import tempfile
from pathlib import Path


def store(folder: Path, content: bytes) -> str:
    """Keep the content; gives its SHA-256, by which it is read. The same content is kept once.

    The file is complete and on the disk under its name, or it is not there: it is written under
    another name, synced, and renamed.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    place = _place(folder, sha256)
    if place.exists():
        return sha256
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, unfinished = tempfile.mkstemp(dir=place.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, place)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
    _sync_folder(place.parent)
    return sha256


def read(folder: Path, sha256: str) -> bytes:
    """The content; raises FileNotFoundError, or ValueError if it is not what was stored."""
    content = _place(folder, sha256).read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ValueError(f"the stored file {sha256} is damaged")
    return content


def _place(folder: Path, sha256: str) -> Path:
    return folder / sha256[:2] / sha256


def _sync_folder(folder: Path) -> None:
    """A rename survives a power cut only when its folder was synced."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
