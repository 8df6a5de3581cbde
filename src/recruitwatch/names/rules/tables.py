"""Word tables made ready for looking up."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from unicodedata import category

from recruitwatch.names.rules.chinese import simplified
from recruitwatch.names.rules.romanise import romanise, script_of
from recruitwatch.names.rules.sounds import shortened, skeleton, sound
from recruitwatch.names.rules.spelling import normalise
from recruitwatch.names.values import Dictionary, Sense, WordKind

# Scripts whose words stand side by side without blanks.
UNDIVIDED = frozenset({"CJK", "THAI", "LAO", "KHMER", "MYANMAR", "HIRAGANA", "KATAKANA"})
# The surest first: a word of two tables is what the earlier kind says.
_RANK = {kind: place for place, kind in enumerate(WordKind)}
SHORTEST_SOUND, SHORTEST_SLIP, LONG_SOUND, SHORTEST_SKELETON = 5, 7, 9, 5
_FUZZY = frozenset({WordKind.TRADE, WordKind.LEGAL})
# Words of these scripts are hardly ever written by ear in other letters; heard, they would only be
# taken for names (билеты: Ability, 인재: Enjoy).
_NOT_HEARD = frozenset({"CYRILLIC", "HANGUL", "HEBREW"})
ARABIC_ARTICLE = "ال"
# Initials with dots between and none behind: B.N.S Overseas.
_DOTTED = re.compile(r"(?<!\w)[^\W\d_](?:\.\s?[^\W\d_](?!\w))+\.?")
_ABBREVIATION_SIGNS = "\u0983\u0903"


class Form(NamedTuple):
    """One way of writing a word of a table."""

    text: str
    kind: WordKind
    meaning: str


def plain_form(text: str) -> str:
    """The key of a form: normalised, traditional Chinese made simple, without a final visarga.

    Bengali and Hindi mark an abbreviation by the visarga sign (লিঃ, লি: for limited): with it and
    without it is the same word.
    """
    words = simplified(normalise(text)).split()
    return " ".join(word.rstrip(_ABBREVIATION_SIGNS) or word for word in words)


def key_tokens(text: str) -> list[str]:
    """The words of a text as keys: split where the script changes and behind the Arabic article."""
    tokens: list[str] = []
    for token in plain_form(_DOTTED.sub(_undotted, text)).split():
        for part in _parts(token):
            tokens.extend(_without_article(part))
    return tokens


def _undotted(found: re.Match[str]) -> str:
    return found[0].replace(".", "").replace(" ", "")


def _parts(token: str) -> list[str]:
    if token.isascii():
        return [token]
    parts: list[str] = []
    before = None
    for character in token:
        kind = _side(character)
        if parts and (kind in (before, None) or before is None):
            parts[-1] += character
        else:
            parts.append(character)
        before = kind or before
    return parts


def _side(character: str) -> str | None:
    """Latin, undivided or other; digits and signs go with what stands before them."""
    if character.isascii():
        return "latin" if character.isalpha() else None
    if category(character)[0] == "M" or (character.isnumeric() and not is_undivided(character)):
        return None
    return "undivided" if is_undivided(character) else "other"


def _without_article(token: str) -> list[str]:
    """The Arabic article is written into the word (الوردة) and apart from it in Latin letters (Al Warda)."""
    for prefix in ("وال", "لل", "ال"):
        if token.startswith(prefix) and len(token) >= len(prefix) + 3:
            return [ARABIC_ARTICLE, token[len(prefix) :]]
    return [token]


def make_dictionary(forms: Iterable[Form], letters: Iterable[tuple[str, str]]) -> Dictionary:
    """The tables as one value. A form in two tables has the meaning of the surer kind."""
    senses: dict[str, Sense] = {}
    undivided: dict[str, Sense] = {}
    for form in sorted(forms, key=lambda f: (_RANK[f.kind], f.meaning, f.text)):
        key, sense = " ".join(key_tokens(form.text)), Sense(form.kind, form.meaning)
        if not key:
            continue
        senses.setdefault(key, sense)
        if " " in key and all(len(token) == 1 for token in key.split()):
            senses.setdefault(key.replace(" ", ""), sense)
        if is_undivided(key[0]):
            undivided.setdefault(key.replace(" ", ""), sense)
    sounds, slips, skeletons = _by_ear(senses)
    return Dictionary(
        senses=senses,
        sounds=sounds,
        slips=slips,
        skeletons=skeletons,
        undivided=undivided,
        letters=_letter_names(letters),
        longest=max((key.count(" ") + 1 for key in senses), default=1),
        longest_undivided=max(map(len, undivided), default=1),
    )


_Senses = dict[str, Sense]


def _by_ear(senses: _Senses) -> tuple[_Senses, _Senses, _Senses]:
    """Trade words and legal forms by their sound, by their sound with one slip, and by consonants, each
    behind the mark of its script."""
    sounds: _Senses = {}
    slips: _Senses = {}
    skeletons: _Senses = {}
    for key, sense in senses.items():
        script = script_of(key)
        if sense.kind not in _FUZZY or is_undivided(key[0]) or script in _NOT_HEARD:
            continue
        heard, mark = sound(romanise(key.replace(" ", ""))), _mark(script)
        if len(heard) >= SHORTEST_SOUND:
            sounds.setdefault(mark + heard, sense)
        if len(heard) >= SHORTEST_SLIP:
            for rest in (heard, *_slipped(heard)):
                slips.setdefault(mark + rest, sense)
        if len(skeleton(heard)) >= SHORTEST_SKELETON:
            skeletons.setdefault(mark + skeleton(heard), sense)
    return sounds, slips, skeletons


def _slipped(heard: str) -> Iterator[str]:
    """With a letter left out, but not the first: with another beginning it is another word."""
    return (heard[:1] + rest for rest in shortened(heard[1:]))


def _mark(script: str) -> str:
    return "" if script == "LATIN" else f"{script}:"


def sense_by_ear(heard: str, script: str, dictionary: Dictionary) -> Sense | None:
    """The trade word or legal form that somebody who cannot spell it may have meant: of the same script,
    or an English word spelt in another. Words of two languages sound alike by chance (Persian, পার্শ্ব)."""
    marks = dict.fromkeys((_mark(script), ""))
    return next(
        (found for mark in marks if (found := _heard_in(mark, heard, dictionary)) is not None), None
    )


def _heard_in(mark: str, heard: str, dictionary: Dictionary) -> Sense | None:
    found = dictionary.sounds.get(mark + heard)
    if found is None and len(heard) >= SHORTEST_SOUND:
        found = dictionary.slips.get(mark + heard)
        known = dictionary.slips if len(heard) >= LONG_SOUND else dictionary.sounds
        for rest in _slipped(heard) if found is None else ():
            found = found or known.get(mark + rest)
    return found or dictionary.skeletons.get(mark + skeleton(heard))


def _letter_names(letters: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Names of letters as written, and as a machine romanises them (এইচ: eica)."""
    known: dict[str, str] = {}
    for form, letter in letters:
        known.setdefault(plain_form(form), letter)
        known.setdefault(spelt_letter(romanise(plain_form(form))), letter)
    return known


def spelt_letter(roman: str) -> str:
    """The key of a romanised name of a letter: without its last a, ch written c as in ISO 15919."""
    return roman.replace("ch", "c").rstrip("a") or roman


def is_undivided(character: str) -> bool:
    """A letter of a script that puts no blanks between words, or a sign that belongs to one."""
    if character.isascii() or category(character)[0] not in "LM":
        return False
    return _block_of(character) in UNDIVIDED


def _block_of(character: str) -> str:
    point = ord(character)
    for first, last, script in _RANGES:
        if first <= point <= last:
            return script
    return ""


_RANGES = (
    (0x3400, 0x9FFF, "CJK"),
    (0xF900, 0xFAFF, "CJK"),
    (0x20000, 0x3FFFF, "CJK"),
    (0x0E00, 0x0E7F, "THAI"),
    (0x0E80, 0x0EFF, "LAO"),
    (0x1780, 0x17FF, "KHMER"),
    (0x1000, 0x109F, "MYANMAR"),
    (0xAA60, 0xAA7F, "MYANMAR"),
    (0x3040, 0x309F, "HIRAGANA"),
    (0x30A0, 0x30FF, "KATAKANA"),
)
