"""The typefaces that documents are set in, which one a language and a script ask for, and what none has.

The files are Noto, under the Open Font License; they are fetched while the package is built, their
licences beside them. Chinese is an extra: its two files are three times all the others.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from fontTools import unicodedata as scripts
from msgspec import Struct

from recruitwatch.documents.faces import Face
from recruitwatch.documents.text import Hand
from recruitwatch.errors import N_, Rejected

FOLDER = Path(__file__).parent / "fonts"


class MissingGlyph(Rejected):
    code = "documents.missing-glyph"
    sentence = N_("No typeface here has the character %(character)s (%(name)s).")


class NoTypefaces(Exception):
    """The package was not built: the files of the typefaces are not there."""


class Family(Struct, frozen=True, kw_only=True):
    """A typeface in two weights. `leading` is the distance of lines that its letters need, in sizes;
    `middle` is how far the middle of a line lies above the baseline."""

    file: str
    leading: float = 1.35
    middle: float = 0.35


LATIN = Family(file="NotoSans")
NASTALIQ = Family(file="NotoNastaliqUrdu", leading=2.3, middle=0.25)
CHINESE = Family(file="NotoSansSC", leading=1.5, middle=0.38)
FAMILIES: Mapping[str, Family] = {
    "Latn": LATIN,
    "Cyrl": LATIN,
    "Grek": LATIN,
    "Beng": Family(file="NotoSansBengali", leading=1.45),
    "Deva": Family(file="NotoSansDevanagari", leading=1.5),
    "Taml": Family(file="NotoSansTamil", leading=1.45),
    "Telu": Family(file="NotoSansTelugu", leading=1.6, middle=0.32),
    "Mlym": Family(file="NotoSansMalayalam", leading=1.5, middle=0.32),
    "Sinh": Family(file="NotoSansSinhala", leading=1.5, middle=0.32),
    "Arab": Family(file="NotoNaskhArabic", leading=1.6, middle=0.28),
    "Hebr": Family(file="NotoSansHebrew"),
    "Ethi": Family(file="NotoSansEthiopic", leading=1.45),
    "Khmr": Family(file="NotoSansKhmer", leading=1.8, middle=0.28),
    "Mymr": Family(file="NotoSansMyanmar", leading=1.8, middle=0.28),
    "Thai": Family(file="NotoSansThai", leading=1.6, middle=0.38),
    "Laoo": Family(file="NotoSansLao", leading=1.6, middle=0.38),
    "Hani": CHINESE,
    "Hans": CHINESE,
    "Hant": CHINESE,
    "Bopo": CHINESE,
}


@lru_cache(maxsize=64)
def script_of_language(language: str) -> str:
    """Four letters, as in `Beng`; Latin where the language says nothing."""
    try:
        parsed = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return "Latn"
    likely = str(get_global("likely_subtags").get(parsed.language, ""))
    return parsed.script or next((one for one in likely.split("_") if len(one) == 4), "Latn")


@lru_cache(maxsize=64)
def runs_to_the_left(language: str) -> bool:
    return script_of_language(language) in {"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg"}


@lru_cache(maxsize=4096)
def script_of(character: str) -> str:
    """`Zyyy` for what all scripts share and `Zinh` for marks that take the script before them."""
    return str(scripts.script(character))


@lru_cache(maxsize=64)
def family_of(language: str, hand: Hand) -> Family:
    if hand is Hand.NASTALIQ or (hand is Hand.USUAL and language.split("-")[0] == "ur"):
        return NASTALIQ
    return FAMILIES.get(script_of_language(language), LATIN)


@lru_cache(maxsize=64)
def load(file: str, *, bold: bool) -> Face | None:
    """The face of this file, or None where it is not installed."""
    path = FOLDER / f"{file}_{'700Bold' if bold else '400Regular'}.ttf"
    if path.is_file():
        return Face(path)
    if file == LATIN.file:
        raise NoTypefaces(f"{path.name} is not there. Run: python hatch_build.py assets")
    return None


@lru_cache(maxsize=4096)
def face_for(cluster: str, language: str, hand: Hand, *, bold: bool) -> Face | None:
    """The face that shows a character with its marks: the language's own, else that of its script,
    else any that has it."""
    composed = unicodedata.normalize("NFC", cluster)
    needed = _needed(cluster)
    for face in _candidates(cluster, language, hand, bold):
        if needed <= face.characters or _needed(composed) <= face.characters:
            return face
    return None


def _candidates(cluster: str, language: str, hand: Hand, bold: bool) -> Iterator[Face]:
    own = family_of(language, hand)
    script = script_of(cluster[0])
    of_script = FAMILIES.get(script, LATIN)
    # Some typefaces of other scripts have Latin letters too, with serifs, and the Latin one has Devanagari:
    # neither is what the other lines are set in.
    apart = own is LATIN or FAMILIES.get(script) is LATIN
    first = (of_script, own) if apart else (own, of_script)
    for family in dict.fromkeys((*first, LATIN, *FAMILIES.values())):
        face = load(family.file, bold=bold)
        if face is not None:
            yield face


def _needed(cluster: str) -> set[int]:
    """Code points that need a glyph: not blanks of a special width, joiners and other hidden marks."""
    return {ord(one) for one in cluster if not is_hidden(one)}


def is_hidden(character: str) -> bool:
    """Marks that steer the setting and never show."""
    return (
        unicodedata.category(character) == "Cf"
        or "\ufe00" <= character <= "\ufe0f"
        or character == "\u034f"
    )


def missing_of(character: str) -> MissingGlyph:
    name = unicodedata.name(character, "")
    shown = character if character.isprintable() else "�"
    return MissingGlyph(character=shown, name=f"U+{ord(character):04X} {name}".strip())
