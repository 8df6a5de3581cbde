"""Words of any script in Latin letters, roughly as they sound: good for comparing, not for reading.

anyascii knows every script; where it drops what is heard (the alif of Arabic, the vowel that Indic
consonants carry, the sounds of Bengali) the tables below take over.
"""

from functools import lru_cache
from unicodedata import name, normalize

from anyascii import anyascii

_INDIC_BLOCKS = (0x0900, 0x0980, 0x0A00, 0x0A80, 0x0B00, 0x0B80, 0x0C00, 0x0C80, 0x0D00)
_BENGALI = 0x0980
# Indic blocks of Unicode share one layout (ISCII), so one table serves nine scripts.
_CONSONANTS = dict(
    enumerate(
        "k kh g gh ng ch chh j jh n t th d dh n t th d dh n n p ph b bh m y r r l l l v sh sh s h".split(),
        start=0x15,
    )
) | {0x58: "q", 0x59: "kh", 0x5A: "g", 0x5B: "z", 0x5C: "r", 0x5D: "rh", 0x5E: "f", 0x5F: "y"}
_VOWELS = dict(enumerate("a a i i u u ri li e e e ai o o o au".split(), start=0x05))
_SIGNS = dict(enumerate("a i i u u ri ri e e e ai o o o au".split(), start=0x3E))
_VIRAMA, _NUKTA = 0x4D, 0x3C
_NASAL = 0x02
_DOTTED = {"j": "z", "ph": "f", "d": "r", "dh": "rh", "k": "q", "kh": "kh", "g": "g", "y": "y"}
_SILENT_BA = frozenset("s sh j t d".split())

_SINHALA_CONSONANTS = dict(
    zip(
        "කඛගඝඞඟචඡජඣඤඥඦටඨඩඪණඬතථදධනඳපඵබභමඹයරලවශෂසහළෆ",
        "k kh g gh ng ng ch chh j jh n gn nj t th d dh n nd t th d dh n nd p ph b bh m mb "
        "y r l v sh sh s h l f".split(),
        strict=True,
    )
)
_SINHALA_VOWELS = dict(
    zip("අආඇඈඉඊඋඌඍඑඒඓඔඕඖ", "a a e e i i u u ri e e ai o o au".split(), strict=True)
)
_SINHALA_SIGNS = dict(zip("ාැෑිීුූෘෙේෛොෝෞ", "a e e i i u u ri e e ai o o au".split(), strict=True))

_ARABIC = {
    **dict(
        zip(
            "بتثجحخدذرزسشصضطظعغفقكلمنهپچژگڤٹڈڑںھےۓ",
            "b t s j h kh d z r z s sh s d t z a gh f q k l m n h p ch zh g v t d r n h e e".split(),
            strict=True,
        )
    ),
    "ا": "a",
    "ء": "",
}
_ARABIC_VOWELS = frozenset("اوي")


@lru_cache(maxsize=20_000)
def romanise(word: str) -> str:
    """A word in Latin letters, small, without blanks or accents; Latin words only lose their accents."""
    if word.isascii():
        return word
    # The composed Bengali and Devanagari letters with a dot come apart under NFC: both forms occur.
    decomposed = normalize("NFC", word)
    block = _indic_block(decomposed)
    if block:
        spelt = _indic(decomposed, block)
    elif any("\u0d80" <= c <= "\u0dff" for c in decomposed):
        spelt = _sinhala(decomposed)
    elif any("\u0600" <= c <= "\u06ff" for c in decomposed):
        spelt = _arabic(decomposed)
    else:
        spelt = anyascii(decomposed)
    return "".join(c for c in spelt.lower() if c.isalnum())


def script_of(word: str) -> str:
    """The script of the first letter, as Unicode names it: LATIN, BENGALI, ARABIC, CJK …"""
    for character in word:
        if character.isascii() and character.isalpha():
            return "LATIN"
        if character.isalpha():
            return name(character, "OTHER").split(" ", 1)[0]
    return ""


def _indic_block(word: str) -> int:
    for character in word:
        base = ord(character) & ~0x7F
        if base in _INDIC_BLOCKS:
            return base
    return 0


def _indic(word: str, block: int) -> str:
    """Consonants carry an a, unless a vowel sign, a virama or the end of the word follows."""
    places = [ord(c) - block if 0 <= ord(c) - block < 0x80 else -1 for c in word]
    parts: list[str] = []
    for i, place in enumerate(places):
        if place in _CONSONANTS:
            parts.append(_indic_consonant(places, i, block, parts))
            following = places[i + 1] if i + 1 < len(places) else None
            if following == _NUKTA:
                following = places[i + 2] if i + 2 < len(places) else None
            if following in _CONSONANTS or following in _VOWELS or following == _NASAL:
                parts.append("a")
        elif place in _VOWELS:
            parts.append(_VOWELS[place])
        elif place in _SIGNS:
            parts.append(_SIGNS[place])
        elif place == _NASAL:
            parts.append("ng" if block == _BENGALI else "n")
        elif place == 0x4E and block == _BENGALI:
            parts.append("t")
        elif place == -1:
            parts.append(anyascii(word[i]))
    spelt = "".join(parts)
    return spelt.replace("oya", "wa") if block == _BENGALI else spelt


def _indic_consonant(places: list[int], i: int, block: int, before: list[str]) -> str:
    letter = _CONSONANTS[places[i]]
    if i + 1 < len(places) and places[i + 1] == _NUKTA:
        return _DOTTED.get(letter, letter)
    joined = i > 0 and places[i - 1] == _VIRAMA
    if block == _BENGALI and places[i] == 0x2F:
        # Bengali writes j of Jamuna with this letter; behind another consonant it is only heard in the vowel.
        return "" if joined else "j"
    if block == _BENGALI and joined and letter == "b" and before and before[-1] in _SILENT_BA:
        return ""
    return letter


def _sinhala(word: str) -> str:
    parts: list[str] = []
    for i, character in enumerate(word):
        following = word[i + 1] if i + 1 < len(word) else ""
        if character in _SINHALA_CONSONANTS:
            parts.append(_SINHALA_CONSONANTS[character])
            if following in _SINHALA_CONSONANTS or following in _SINHALA_VOWELS:
                parts.append("a")
        else:
            parts.append(_SINHALA_VOWELS.get(character, _SINHALA_SIGNS.get(character, "")))
            if character == "\u0d82":
                parts.append("n")
    return "".join(parts)


def _arabic(word: str) -> str:
    """Short vowels are not written; waw and yeh are vowels between consonants, else w and y."""
    parts: list[str] = []
    for i, character in enumerate(word):
        if character in "وي":
            beside = word[i - 1 : i] + word[i + 1 : i + 2]
            is_consonant = i == 0 or any(c in _ARABIC_VOWELS for c in beside)
            parts.append(
                ("w" if is_consonant else "u")
                if character == "و"
                else ("y" if is_consonant else "i")
            )
        elif character == "ه" and i == len(word) - 1 and len(word) > 2:
            parts.append("a")
        else:
            parts.append(_ARABIC.get(character, ""))
    return "".join(parts)
