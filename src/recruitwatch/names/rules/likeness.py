"""How likely two words are the same word: one number for slips, sounds, scripts and shortenings."""

from rapidfuzz.distance import OSA, Indel

from recruitwatch.names.rules.tables import UNDIVIDED
from recruitwatch.names.values import Word, WordKind

LEAST = 0.6
SAME, SAME_MEANING, SAME_MEANING_BY_EAR, TRANSLATED = 1.0, 0.97, 0.93, 0.9
SAME_SOUND, SAME_SHORT_SOUND, SAME_LETTER, SHORTENED = 0.95, 0.85, 0.9, 0.75
_SHORT = 3
_LATIN = "LATIN"
_VOWELS = frozenset("aiu")


def likeness(said: Word, known: Word) -> float:
    """1 for the same word, 0 for another one; below 0.6 counts as another.

    The same meaning in the tables (overseas and ওভারসিজ) is as good as the same word; so is the same
    sound. Otherwise slips are counted, in writing and in sound, as a share of the longer word: one
    wrong letter of eight is nothing, one of three is another word. Across scripts vowels count less,
    since most scripts write them otherwise or not at all.
    """
    if said.text == known.text:
        return SAME
    if said.meaning and said.meaning == known.meaning:
        if said.kind is WordKind.PLAIN and said.script != known.script:
            return TRANSLATED
        return SAME_MEANING if said.sure and known.sure else SAME_MEANING_BY_EAR
    if said.script in UNDIVIDED or known.script in UNDIVIDED:
        return _undivided(said, known)
    if said.sound == known.sound:
        return SAME_SOUND if len(said.sound) > _SHORT - 1 else SAME_SHORT_SOUND
    if said.letters and said.letters == known.text:
        return SAME_LETTER
    alike = _alike(said, known) if said.script == known.script else _across(said, known)
    return max(alike, _shortened(said, known))


def _alike(said: Word, known: Word) -> float:
    longest = max(len(said.roman), len(known.roman))
    if min(len(said.roman), len(known.roman)) < _SHORT or longest <= _SHORT:
        return 0.0
    written = OSA.normalized_similarity(said.roman, known.roman, score_cutoff=0.5)
    heard = OSA.normalized_similarity(said.sound, known.sound, score_cutoff=0.5)
    alike = max(written, 0.98 * heard, 0.5 * (written + heard))
    if said.skeleton == known.skeleton:
        alike = max(alike, _same_bones(said, known, heard))
    return alike if alike >= LEAST else 0.0


def _same_bones(said: Word, known: Word, heard: float) -> float:
    """The same consonants: telling if there are three of them or more."""
    if len(known.skeleton) > 2:
        return 0.72 + 0.18 * heard
    begins_alike = (said.sound[:1] in _VOWELS) == (known.sound[:1] in _VOWELS)
    return 0.5 + 0.35 * heard if begins_alike and len(known.skeleton) > 1 else 0.0


def _across(said: Word, known: Word) -> float:
    """Words of two scripts: consonants first, vowels as far as both write them."""
    if not said.skeleton or not known.skeleton:
        return 0.0
    bones = OSA.normalized_similarity(said.skeleton, known.skeleton)
    heard = OSA.normalized_similarity(said.sound, known.sound)
    if bones == 1.0:
        return 0.7 + 0.22 * heard if len(known.skeleton) > 1 else 0.55 + 0.35 * heard
    alike = 0.6 * bones + 0.4 * heard
    return alike if alike >= LEAST else 0.0


def _undivided(said: Word, known: Word) -> float:
    """Chinese and other writing without blanks: shared characters in their order; a name inside a
    longer run is the name with something around it."""
    if said.script != known.script:
        return _across(said, known) if "CJK" not in (said.script, known.script) else 0.0
    shorter, longer = sorted((said.text, known.text), key=len)
    if known.text in said.text and len(known.text) > 1:
        return 0.92
    if len(shorter) > 1 and shorter in longer:
        return 0.5 + 0.45 * len(shorter) / len(longer)
    alike = Indel.normalized_similarity(said.text, known.text)
    return 0.95 * alike if alike >= LEAST else 0.0


def _shortened(said: Word, known: Word) -> float:
    """Empl. for Employment, Mgmt for Management: the beginning, or letters in their order without vowels."""
    short, long = said.roman, known.roman
    if (
        not 2 < len(short) < len(long)
        or short[0] != long[0]
        or _LATIN not in (said.script, known.script)
    ):
        return 0.0
    if long.startswith(short) and 2 * len(short) >= min(len(long), 8):
        return SHORTENED
    letters = iter(long)
    has_vowels = any(c in "aeiou" for c in short[1:])
    if not has_vowels and all(c in letters for c in short):
        return SHORTENED
    return 0.0
