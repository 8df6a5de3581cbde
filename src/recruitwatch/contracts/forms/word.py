"""Finding the terms of a contract in a Word file that anybody may have sent, without opening the document."""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from xml.parsers import expat

import msgspec

from recruitwatch.contracts.rules.checking.parsing import named_twice
from recruitwatch.contracts.rules.checking.signs import printable
from recruitwatch.contracts.values.terms import Terms
from recruitwatch.contracts.values.word import (
    MOST_ENTRIES,
    MOST_FILE_BYTES,
    MOST_RATIO,
    MOST_TERMS_BYTES,
    MOST_UNPACKED_BYTES,
    TERMS_ELEMENT,
    TERMS_NAMESPACE,
    NoTermsInside,
    NoWordFile,
    TermsDamaged,
    WordFileSuspicious,
    WordFileTooLarge,
)

_DOCUMENT = "word/document.xml"
_FOLDER = "customXml/"
_PACKED = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
_ENCRYPTED = 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)


def terms_in_docx(raw: bytes) -> Terms:
    """The terms that recruitwatch put into a Word file; raises `WordFileRefused` in one of its kinds.

    The words of the document are not read: somebody may have changed them. The list of the package is
    judged before anything is unpacked, and no more is unpacked than terms can be long.
    """
    if len(raw) > MOST_FILE_BYTES:
        raise WordFileTooLarge(most=f"{MOST_FILE_BYTES:,}")
    try:
        with zipfile.ZipFile(BytesIO(raw)) as package:
            entries = package.infolist()
            _judge(entries, len(raw))
            found = [text for text in _texts(package, entries) if text is not None]
    except _BROKEN:
        raise NoWordFile from None
    if not found:
        raise NoTermsInside
    if len(set(found)) > 1:
        raise TermsDamaged(reason="they are there twice and differ")
    return _decoded(found[0])


def _judge(entries: list[zipfile.ZipInfo], size: int) -> None:
    """What the list of the package says must be what a Word file needs."""
    names = [one.filename for one in entries]
    if _DOCUMENT not in names:
        raise NoWordFile
    unpacked = sum(one.file_size for one in entries)
    if (
        len(entries) > MOST_ENTRIES
        or len(set(names)) < len(names)
        or unpacked > MOST_UNPACKED_BYTES
        or unpacked > MOST_RATIO * size
        or any(one.flag_bits & _ENCRYPTED or one.compress_type not in _PACKED for one in entries)
    ):
        raise WordFileSuspicious


def _texts(package: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[str | None]:
    for one in entries:
        if one.filename.startswith(_FOLDER) and one.filename.endswith(".xml"):
            # The list may lie: reading all of a part would unpack what is there, not what it says.
            with package.open(one) as part:
                content = part.read(MOST_TERMS_BYTES + 1)
            if len(content) <= MOST_TERMS_BYTES:
                yield _text(content)


class _NotOurs(Exception):
    """Another part than ours: the parser stops at its first element."""


def _text(content: bytes) -> str | None:
    """What our element holds, or None for another part. No document type is read, so nothing can be
    made larger than it is."""
    parser = expat.ParserCreate(namespace_separator=" ")
    found: list[str] = []

    def begin(name: str, _: dict[str, str]) -> None:
        if name != f"{TERMS_NAMESPACE} {TERMS_ELEMENT}":
            raise _NotOurs

    def refuse(*_: object) -> None:
        raise _NotOurs

    parser.StartElementHandler = begin
    parser.CharacterDataHandler = found.append
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, _NotOurs):
        return None
    return "".join(found)


def _decoded(text: str) -> Terms:
    try:
        raw = text.encode()
        twice = named_twice(raw)
        terms = msgspec.json.decode(raw, type=Terms)
    except (ValueError, RecursionError) as problem:
        raise TermsDamaged(reason=printable(str(problem)[:300])) from None
    if twice is not None:
        raise TermsDamaged(reason=f"“{twice}” stands there twice")
    return terms
