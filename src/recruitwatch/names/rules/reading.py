"""A name or a sentence taken apart into words: what each is, and which stretches may be the name."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from unicodedata import category

from recruitwatch.names.rules.legacy import decode_legacy
from recruitwatch.names.rules.romanise import romanise, script_of
from recruitwatch.names.rules.sounds import skeleton, sound
from recruitwatch.names.rules.tables import (
    ARABIC_ARTICLE,
    UNDIVIDED,
    is_undivided,
    key_tokens,
    sense_by_ear,
    spelt_letter,
)
from recruitwatch.names.values import (
    AgencyName,
    Dictionary,
    NameKind,
    ReadName,
    Sense,
    Word,
    WordKind,
)

LONGEST_TEXT = 400
MOST_WORDS = 40
MOST_PIECES = 6
# A bracket, comma or slash ends a stretch; not the slash of M/S, C/O and O/S, nor the comma of 1,000.
_ENDS = re.compile(r"[()\[\]{}<>;:|\n\"“”„«»،，。、؛।]|,(?!\d)|(?<=\w\w)\s*/\s*(?=\w\w)|\s[-–—]\s")
_DOING_BUSINESS = re.compile(
    r"\b(?:d\s?/\s?b\s?/\s?a|dba|a\s?/\s?k\s?/\s?a|aka|t/a|f/k/a|fka"
    r"|trading as|formerly|now known as|also known as)\b\.?",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z]{3})(?=[A-Z][a-z]{2})")
# Machines that read print take O for 0: N0b0chhanda 0verseas.
_ZERO = re.compile(r"(?<=[a-z])0(?=[a-z])|^0(?=[a-z]{3})")
_SHORT_NAME = 3
# Legal forms that stand before the name in the countries of our registers.
_LEADING = frozenset("pt cv ud m/s messrs pd tb koperasi agensi yayasan شركة".split())
LONGEST_LETTER_NAME, MOST_LETTERS = 5, 8
MOST_DIGITS_IN_NAME = 3
PREPOSITIONS = frozenset({"in", "from", "to", "by", "with", "of", "for"})
LONG_RUN, SHORTEST_PART, SHORTEST_TRADE = 9, 2, 5
# Legal forms at the end of a name written in one (seaexpressltd), and words at the beginning of one so
# long that it must be a whole name (agensipekerjaan…).
SHORTEST_FORM, WHOLE_NAME, SHORTEST_START = 3, 16, 6
_RUN_FORMS = frozenset("ltd pvt bhd sdn llc plc corp".split())


def read_words(text: str, dictionary: Dictionary) -> tuple[Word, ...]:
    """The words of one name or stretch, in order, with what the tables know of them."""
    tokens = list(_tokens(text, dictionary))
    words = list(_classified(_joined_letters(tokens, dictionary), dictionary))
    return tuple(_with_initials_kept(words))[:MOST_WORDS]


def read_name(name: AgencyName, dictionary: Dictionary) -> Iterator[ReadName]:
    """A name and the names inside it: what stands in brackets or behind "formerly" is one of its own."""
    text, _ = decode_legacy(name.text, dictionary)
    pieces = [piece for piece in pieces_of(text) if piece]
    whole = read_words(" ".join(pieces), dictionary)
    yield ReadName(name, whole, acronyms(whole))
    if len(pieces) == 1:
        return
    for piece in pieces:
        words = read_words(piece, dictionary)
        # A single letter, the (M) of Malaysia, is no name.
        if any(word.kind in OWN_KINDS and len(word.text) > 1 for word in words):
            kind = NameKind.FORMER if _DOING_BUSINESS.search(text) else name.kind
            yield ReadName(AgencyName(name.text, kind, name.taught), words, acronyms(words))


OWN_KINDS = frozenset({WordKind.NAME, WordKind.PLAIN, WordKind.NUMBER, WordKind.TITLE})


def pieces_of(text: str) -> list[str]:
    """The stretches between brackets, commas, slashes and words like "doing business as"."""
    marked = _DOING_BUSINESS.sub("\n", text[:LONGEST_TEXT])
    return [piece.strip() for piece in _ENDS.split(marked) if piece.strip()]


def read_query(
    text: str, dictionary: Dictionary
) -> tuple[tuple[Word, ...], tuple[tuple[int, int], ...], str]:
    """All words of a query, the stretches that may be the name, and the old encoding it was typed in.

    A stretch ends at punctuation and at words of a sentence ("I paid … in …"); neighbours are also
    tried together, since a name can have such words itself.
    """
    decoded, encoding = decode_legacy(text[:LONGEST_TEXT], dictionary)
    words: list[Word] = []
    spans: list[tuple[int, int]] = []
    for piece in pieces_of(decoded)[:MOST_PIECES]:
        start = len(words)
        words.extend(read_words(piece, dictionary))
        spans.extend(_stretches(words, start, len(words)))
    kept = tuple(words[: 2 * MOST_WORDS])
    return kept, _tried(spans, len(kept)), encoding


def _stretches(words: Sequence[Word], start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for i in range(start, end + 1):
        if i == end or words[i].kind is WordKind.TALK or words[i].meaning in PREPOSITIONS:
            if first < i:
                yield (first, i)
            first = i + 1


def _tried(spans: Sequence[tuple[int, int]], length: int) -> tuple[tuple[int, int], ...]:
    """Each stretch, two neighbours together, and all."""
    known = dict.fromkeys((start, min(end, length)) for start, end in spans if start < length)
    for one, two in pairwise(spans):
        if two[1] <= length and two[0] - one[1] <= 2:
            known.setdefault((one[0], two[1]))
    if length:
        known.setdefault((0, length))
    return tuple(known)


def acronyms(words: Sequence[Word]) -> frozenset[str]:
    """First letters of a name's words, with and without its legal form: three letters at least."""
    firsts = [(w.roman[:1], w.kind) for w in words if w.roman and w.kind is not WordKind.ARTICLE]
    alls = "".join(letter for letter, _ in firsts)
    bare = "".join(letter for letter, kind in firsts if kind is not WordKind.LEGAL)
    joined = "".join(w.roman[:1] for w in words if w.roman)
    return frozenset(a for a in (alls, bare, joined) if len(a) >= 3)


def _tokens(text: str, dictionary: Dictionary) -> Iterator[str]:
    for written in key_tokens(_CAMEL.sub(" ", text)):
        token = _ZERO.sub("o", written)
        if is_undivided(token[0]):
            yield from _divided(token, dictionary)
        else:
            yield from _run_together(token, dictionary)


def _run_together(token: str, dictionary: Dictionary) -> list[str]:
    """Trade words at the ends of a run come off: alnoorinternational, as in web addresses, and 한빛인력,
    since Korean firms are written in one."""
    if token.isascii():
        long_run, shortest = LONG_RUN, SHORTEST_TRADE
    elif script_of(token) == "HANGUL":
        long_run, shortest = 2 * SHORTEST_PART, SHORTEST_PART
    else:
        return [token]
    starts: list[str] = []
    ends: list[str] = []
    rest = token
    while len(rest) >= long_run and rest not in dictionary.senses:
        sizes = range(len(rest) - SHORTEST_PART, min(shortest, SHORTEST_FORM) - 1, -1)
        size = next((n for n in sizes if _comes_off(rest[-n:], shortest, dictionary)), 0)
        if not size:
            break
        ends.append(rest[-size:])
        rest = rest[:-size]
    while ends and len(token) >= WHOLE_NAME and len(rest) > SHORTEST_START:
        sizes = range(len(rest) - SHORTEST_PART, SHORTEST_START - 1, -1)
        size = next((n for n in sizes if _is_trade(rest[:n], dictionary)), 0)
        if not size:
            break
        starts.append(rest[:size])
        rest = rest[size:]
    return [*starts, rest, *reversed(ends)]


def _comes_off(text: str, shortest: int, dictionary: Dictionary) -> bool:
    """Words that may end a run: long enough to be no part of another word, or a form like ltd."""
    if len(text) >= shortest:
        return _is_trade(text, dictionary)
    sense = dictionary.senses.get(text)
    return sense is not None and sense.kind is WordKind.LEGAL and text in _RUN_FORMS


def _is_trade(text: str, dictionary: Dictionary) -> bool:
    sense = dictionary.senses.get(text)
    return sense is not None and sense.kind in (WordKind.TRADE, WordKind.LEGAL)


def _divided(run: str, dictionary: Dictionary) -> Iterator[str]:
    """Words of a script without blanks: the longest word of the tables at each place, the rest as it is."""
    rest = ""
    place = 0
    while place < len(run):
        size = next(
            (
                n
                for n in range(min(dictionary.longest_undivided, len(run) - place), 0, -1)
                if _is_form(run[place : place + n], dictionary)
                and category(run[place + n : place + n + 1] or " ")[0] != "M"
            ),
            0,
        )
        if size:
            if rest:
                yield rest
            yield run[place : place + size]
            rest = ""
        else:
            rest += run[place]
        place += size or 1
    if rest:
        yield rest


def _is_form(part: str, dictionary: Dictionary) -> bool:
    sense = dictionary.undivided.get(part)
    return sense is not None and (len(part) > 1 or sense.kind is WordKind.TALK)


def _joined_letters(tokens: Sequence[str], dictionary: Dictionary) -> Iterator[tuple[str, str]]:
    """Tokens with the letters they may be the names of; runs of letters become one word (H A M: ham)."""
    place = 0
    if list(tokens[:2]) == ["m", "s"]:
        yield "messrs", ""
        place = 2
    while place < len(tokens):
        run = _letter_run(tokens, place, dictionary)
        if len(run) > 1:
            yield run, run
            place += len(run)
        else:
            is_one = bool(run) and not tokens[place].isascii()
            yield (run if is_one else tokens[place]), run
            place += 1


def _letter_run(tokens: Sequence[str], start: int, dictionary: Dictionary) -> str:
    """Letters from here on. Names of letters in Latin script (eica e ema, from a machine) count only
    side by side: a single one may be any short word."""
    run: list[str] = []
    for token in tokens[start : start + MOST_LETTERS]:
        if not _letter(token, dictionary):
            break
        run.append(token)
    is_spelt = any(len(token) > 1 for token in run)
    return "".join(
        dictionary.letters.get(token, token)
        if is_spelt and len(token) == 1
        else _letter(token, dictionary)
        for token in run
    )


def _letter(token: str, dictionary: Dictionary) -> str:
    if len(token) == 1 and token.isascii():
        return token if token.isalpha() else ""
    if not token.isascii():
        is_arabic_letter = len(token) == 1 and script_of(token) == "ARABIC"
        return dictionary.letters.get(token) or (romanise(token)[:1] if is_arabic_letter else "")
    if len(token) > LONGEST_LETTER_NAME or token in dictionary.senses:
        return ""
    return dictionary.letters.get(spelt_letter(token), "")


def _classified(tokens: Iterable[tuple[str, str]], dictionary: Dictionary) -> Iterator[Word]:
    listed = list(tokens)
    place = 0
    while place < len(listed):
        for size in range(min(dictionary.longest, len(listed) - place), 0, -1):
            sense = dictionary.senses.get(" ".join(t for t, _ in listed[place : place + size]))
            if sense is not None and (size == 1 or sense.kind is not WordKind.TALK):
                break
        else:
            sense, size = None, 1
        if size > 1 and listed[place][0] == ARABIC_ARTICLE:
            yield make_word(ARABIC_ARTICLE, dictionary.senses.get(ARABIC_ARTICLE), dictionary)
            place, size = place + 1, size - 1
        text = "".join(t for t, _ in listed[place : place + size])
        yield make_word(text, sense, dictionary, listed[place][1] if size == 1 else "")
        place += size


def make_word(text: str, sense: Sense | None, dictionary: Dictionary, letters: str = "") -> Word:
    """A word with its sound; one that the tables do not have as written may be a slip for one they have."""
    roman = romanise(text)
    heard = sound(roman)
    script = script_of(text)
    sure = sense is not None
    if text.isdecimal() and sense is None:
        # A long one is an amount or a telephone number, not a word of a name.
        is_long = len(text) > MOST_DIGITS_IN_NAME
        sense = Sense(WordKind.TALK if is_long else WordKind.NUMBER, "")
    if sense is None and script not in UNDIVIDED:
        sense = sense_by_ear(heard, script, dictionary)
    return Word(
        text=text,
        roman=roman,
        sound=heard,
        skeleton=skeleton(heard),
        script=script,
        kind=sense.kind if sense else WordKind.NAME,
        meaning=sense.meaning if sense else "",
        letters=letters,
        sure=sure or sense is None,
    )


def _with_initials_kept(words: Sequence[Word]) -> Iterator[Word]:
    """A name that begins with two or three letters (S.A., MP) begins with initials, not with a legal
    form or an abbreviation that happens to have the same letters."""
    for i, word in enumerate(words):
        is_first = i == 0 or words[i - 1].kind in (WordKind.ARTICLE, WordKind.TALK)
        is_short = len(word.text) <= _SHORT_NAME and word.script == "LATIN"
        if (
            is_first
            and is_short
            and word.kind in (WordKind.LEGAL, WordKind.TRADE)
            and word.text not in _LEADING
            and len(words) > 1
        ):
            yield Word(
                word.text, word.roman, word.sound, word.skeleton, word.script, letters=word.letters
            )
        else:
            yield word
