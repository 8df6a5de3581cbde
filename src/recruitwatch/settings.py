"""Settings, read from the environment once at start. Nothing else reads the environment."""

from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

LONGEST_DRAFT_DAYS = 120
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class SettingsError(Exception):
    """A setting is missing or wrong; the message is one sentence for the person who started us."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything an installation can choose."""

    data: Path
    """Folder of the embedded database, uploaded files and, unless `keys` says otherwise, keys."""
    keys: Path
    """Folder of the installation's keys, kept and backed up apart from the database."""
    database_url: str | None = None
    """The application's role in an ordinary PostgreSQL; None means the embedded one."""
    owner_url: str | None = None
    """The owner's role, for init and migrate only."""
    host: str = "127.0.0.1"
    port: int = 8000
    secure_cookies: bool = False
    """True behind HTTPS: cookies get `Secure` and answers get HSTS."""
    demo: bool = False
    """Marks every page as invented data."""
    ministry: str = ""
    """The name of the ministry, shown in the page head."""
    address: str = ""
    """Where readers find the site, like https://cards.example.org; printed on papers."""
    run_worker: bool = True
    """Whether `serve` also runs the worker for long tasks."""
    time_zone: str = "UTC"
    """The ministry's own zone: its days decide deadlines, licences and what is today."""

    weekend: tuple[int, ...] = (5, 6)
    """The days of the week on which the ministry does not work, Monday being 0."""

    draft_days: int = 14
    """How many days an agency has the draft of its card before it may be published."""

    signing_file: Path | None = None
    """A PKCS#12 file with the ministry's key and certificate; registered contracts are signed by it."""

    signing_passphrase: str = ""
    signing_passphrase_file: Path | None = None
    """Where the passphrase stands, if it is not in the environment itself."""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def public_address(self) -> str:
        """Without a setting the address that `serve` listens on, which nobody outside can follow."""
        return self.address or f"http://{self.host}:{self.port}"

    @property
    def files(self) -> Path:
        return self.data / "files"

    @property
    def sealed_files(self) -> Path:
        """Photos and papers of workers, sealed; apart from the files that anybody uploaded."""
        return self.files / "sealed"

    @property
    def postgres(self) -> Path:
        return self.data / "postgres"


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Settings of this environment. Raises SettingsError naming the variable that is wrong."""
    data = Path(environ.get("DATA") or "var").absolute()
    return Settings(
        data=data,
        keys=Path(environ.get("RECRUITWATCH_KEYS") or data / "keys").absolute(),
        database_url=_postgres_url(environ, "DATABASE_URL"),
        owner_url=_postgres_url(environ, "DATABASE_OWNER_URL"),
        host=environ.get("HOST") or "127.0.0.1",
        port=_port(environ.get("PORT") or "8000"),
        secure_cookies=_flag(environ, "RECRUITWATCH_HTTPS"),
        demo=_flag(environ, "RECRUITWATCH_DEMO"),
        ministry=environ.get("RECRUITWATCH_MINISTRY", ""),
        address=_address(environ.get("RECRUITWATCH_ADDRESS", "")),
        run_worker=not _flag(environ, "RECRUITWATCH_NO_WORKER"),
        time_zone=_zone(environ.get("RECRUITWATCH_TIME_ZONE") or "UTC"),
        weekend=_weekend(environ.get("RECRUITWATCH_WEEKEND") or "sat,sun"),
        draft_days=_draft_days(environ.get("RECRUITWATCH_DRAFT_DAYS") or "14"),
        signing_file=_file(environ, "RECRUITWATCH_SIGNING_FILE"),
        signing_passphrase=environ.get("RECRUITWATCH_SIGNING_PASSPHRASE", ""),
        signing_passphrase_file=_file(environ, "RECRUITWATCH_SIGNING_PASSPHRASE_FILE"),
    )


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise SettingsError(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def _address(text: str) -> str:
    """As it is printed: without the stroke at its end."""
    scheme, _, rest = text.partition("://")
    if text and (scheme not in ("http", "https") or not rest or set(text) & set(" ?#")):
        raise SettingsError(
            f"RECRUITWATCH_ADDRESS must be like https://cards.example.org, not {text!r}."
        )
    return text.rstrip("/")


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise SettingsError(
            f"RECRUITWATCH_TIME_ZONE must be a time zone like Asia/Dhaka, not {name!r}."
        ) from None
    return name


def _weekend(text: str) -> tuple[int, ...]:
    days = [day.strip().lower() for day in text.split(",") if day.strip()]
    if any(day not in DAYS for day in days) or len(set(days)) == len(DAYS):
        raise SettingsError(f"RECRUITWATCH_WEEKEND must be days like fri,sat, not {text!r}.")
    return tuple(sorted({DAYS.index(day) for day in days}))


def _draft_days(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or int(text) > LONGEST_DRAFT_DAYS:
        raise SettingsError(
            f"RECRUITWATCH_DRAFT_DAYS must be a number from 0 to {LONGEST_DRAFT_DAYS}, not {text!r}."
        )
    return int(text)


def _file(environ: Mapping[str, str], name: str) -> Path | None:
    text = environ.get(name)
    if not text:
        return None
    place = Path(text).absolute()
    if not place.is_file():
        raise SettingsError(f"{name}: there is no file {text!r}.")
    return place


def _flag(environ: Mapping[str, str], name: str) -> bool:
    text = environ.get(name, "").strip().lower()
    if text not in ("", "0", "1", "no", "yes", "false", "true"):
        raise SettingsError(f"{name} must be yes or no, not {text!r}.")
    return text in ("1", "yes", "true")


def _postgres_url(environ: Mapping[str, str], name: str) -> str | None:
    url = environ.get(name)
    if not url:
        return None
    scheme, _, rest = url.partition("://")
    if scheme not in ("postgres", "postgresql", "postgresql+asyncpg") or not rest:
        raise SettingsError(f"{name} must begin with postgresql://.")
    return f"postgresql+asyncpg://{rest}"
