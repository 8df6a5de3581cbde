"""The upload of a register: what a person chose and which files came."""

from collections.abc import Collection

import msgspec

from recruitwatch.agencies.values import NumberKind
from recruitwatch.errors import N_
from recruitwatch.registers.rules.numbers import REGISTER_ID
from recruitwatch.registers.values import MOST_BYTES, NewUpload, Options
from recruitwatch.web.forms import Errors, FormReader

REGISTER_MISSING = N_("Choose a register, or give a new one a short name.")
REGISTER_BOTH = N_("Choose a register or name a new one, not both.")
REGISTER_NAME = N_("Use small letters, digits and hyphens, like nepal-2026.")
REGISTER_THERE = N_("There is already a register with this short name. Choose it from the list.")
FILE_MISSING = N_("Choose a file.")
FILE_LARGE = N_("The file is larger than %(most)s MB. Split it, or leave out rows.")
FILE_EMPTY = N_("The file is empty.")
LONGEST_FILE_NAME = 150


class SentFile(msgspec.Struct, frozen=True):
    name: str
    content: bytes


def parse_upload(
    reader: FormReader, files: dict[str, SentFile], known: Collection[str]
) -> NewUpload | Errors:
    """The upload, or every error of the form. A browser sends an empty nameless file for none."""
    register_id = _register(reader, known)
    is_new = register_id not in known
    title = reader.text("title", longest=200)
    numbers = reader.form.get("numbers", "")
    kind = reader.choice("numbers", NumberKind) if numbers else None
    file = _file(reader, files, "file")
    if file is None:
        reader.refuse("file", FILE_MISSING)
    aliases = _file(reader, files, "aliases")
    if reader.errors or file is None:
        return reader.errors
    return NewUpload(
        register_id=register_id,
        options=Options(numbers=kind, title=title) if is_new else Options(),
        file_name=file.name,
        content=file.content,
        aliases=(aliases.name, aliases.content) if aliases else None,
    )


def _register(reader: FormReader, known: Collection[str]) -> str:
    chosen = reader.text("register", longest=64)
    named = reader.text("new_register", longest=64)
    if chosen and named:
        reader.refuse("new_register", REGISTER_BOTH)
    elif (not chosen and not named) or (chosen and chosen not in known):
        reader.refuse("register", REGISTER_MISSING)
    elif named and not REGISTER_ID.fullmatch(named):
        reader.refuse("new_register", REGISTER_NAME)
    elif named in known:
        reader.refuse("new_register", REGISTER_THERE)
    return chosen or named


def _file(reader: FormReader, files: dict[str, SentFile], name: str) -> SentFile | None:
    sent = files.get(name)
    if sent is None or (not sent.name and not sent.content):
        return None
    if not sent.content:
        reader.refuse(name, FILE_EMPTY)
    if len(sent.content) > MOST_BYTES:
        reader.refuse(name, FILE_LARGE, most=MOST_BYTES // (1024 * 1024))
    return SentFile(file_name(sent.name), sent.content)


def file_name(sent: str) -> str:
    """The last part of the name, without signs that cannot be seen: it is shown, never opened."""
    last = sent.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(c for c in last if c.isprintable()).strip()
    return shown[:LONGEST_FILE_NAME] or "register.csv"
