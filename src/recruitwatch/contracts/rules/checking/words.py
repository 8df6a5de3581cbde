"""Words in texts that people write freely: that nobody in a home needs care, and which kind of work a
job is. They are few on purpose: what is not plain is not judged by its words."""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum

from recruitwatch.contracts.rules.checking.normalising import plain_text
from recruitwatch.contracts.values.judged import OccupationPack

# Words that alone, or at the start of a text, say that nobody needs care.
_NOBODY = frozenset(
    "no none nobody nil nothing not na without 0 "  # English
    "aucun aucune keine keiner niemand "  # French and German, as papers from elsewhere have them
    "لا لايوجد بدون ليس "  # Arabic
    "না নেই কেউ কোনো কোন নাই "  # Bangla
    "छैन कोही कुनै होइन "  # Nepali
    "ningun ninguno ninguna nadie nada sin "  # Spanish
    "niciun nicio nimeni nimic nu fara "  # Romanian
    "wala walang hindi "  # Filipino
    "የለም ማንም ምንም "  # Amharic
    "tidak tiada नहीं कोई".split()  # Indonesian, Hindi
)
# In Bangla, Nepali, Hindi and Amharic the word that says no comes last.
_NO_AT_THE_END = frozenset("নেই নাই না छैन छैनन् होइन नहीं የለም የለውም".split())
# They also say that somebody cannot do something: “cannot walk” is no “nobody”. With other words than
# the ones below them nobody can tell which is meant.
_OF_VERBS = frozenset("not لا ليس না नहीं होइन hindi nu tidak".split())
_OF_NEEDS = frozenset(
    "applicable needed required necessary needs need care special any anyone one is are "
    "يوجد توجد أحد احد شيء ينطبق احتياجات رعاية خاصة "
    "যত্ন যত্নের প্রয়োজন দরকার লাগে হয় কারো কারও বিশেষ हेरचाह चाहिने चाहिँदैन "
    "este nevoie exista sunt ingrijire kailangan ada perlu किसी देखभाल जरूरत".split()
)
# What stands between two statements, and between two people who need care.
_APART = re.compile(r"[,;،؛।\n]|\.(?=\s|$)")
_BETWEEN = re.compile(
    r"[+&/]|(?<!\S)(?:and|plus|y|e|și|si|et|und|at|o|ও|এবং|र|तथा|और|እና|dan)(?!\S)|(?<!\S)و",
    re.IGNORECASE,
)
_WITH = re.compile(r"(?<!\S)with(?!\S)", re.IGNORECASE)
_ONE = frozenset("a an one two three un una uno unu একজন এক দুই एक एउटा isang satu አንድ".split())
_SMALL = frozenset("a an the and of in with und et y e și si o at ang".split())

# Part of a word is enough: “housemaid”, “shopkeeper”.
_DOMESTIC = (
    "domestic", "household", "housekeep", "housemaid", "housework", "maid", "nanny", "babysit",
    "منزلي", "خادم", "مربية", "গৃহ", "আয়া", "घरेलु", "घरेलू", "hogar", "doméstic", "domestic",
    "niñer", "menajer", "kasambahay", "የቤት ሠራተኛ", "የቤት ሰራተኛ", "ሞግዚት", "pembantu rumah",
)  # fmt: skip
_OTHER = (
    "shop", "sales", "cashier", "store", "supermarket", "waiter", "waitress", "restaurant", "hotel",
    "office", "secretar", "clerk", "receptionist", "factory", "tailor", "sewing", "garment",
    "warehouse", "packer", "packing", "construction", "hospital", "teacher", "salon", "beautic",
    "hairdress", "farm", "harvest", "engineer", "technician", "welder", "electrician",
    "بائع", "متجر", "مطعم", "فندق", "مكتب", "سكرتير", "مصنع", "خياط", "مستشفى", "معلم",
    "صالون", "مزرعة", "দোকান", "বিক্রয়", "রেস্তোরাঁ", "হোটেল", "অফিস", "কারখানা", "দর্জি", "হাসপাতাল",
    "শিক্ষক", "पसल", "होटल", "कार्यालय", "कारखाना", "अस्पताल", "शिक्षक", "tienda", "vendedor",
    "camarer", "oficina", "fábrica", "costurer", "magazin", "vânzăt", "ospătar", "birou", "fabric",
    "tindahan", "tindera", "pabrika", "opisina", "ሱቅ", "ሆቴል", "ፋብሪካ", "ሆስፒታል",
)  # fmt: skip


def _words(value: str) -> list[str]:
    """Words without capitals and accents of Latin letters; marks of other scripts stay."""
    folded = unicodedata.normalize("NFKC", value).casefold()
    return [_bare(one) for one in re.findall(r"[^\s,;:.!?()/،؛।\-–—_·]+", folded)]


def _bare(word: str) -> str:
    latin = re.fullmatch(r"[\u0000-\u024f]+", word) is not None
    if not latin:
        return word
    return "".join(one for one in unicodedata.normalize("NFD", word) if one.isalnum())


class _Said(StrEnum):
    """What a part of a text says of people who need care."""

    NOBODY = "nobody"
    SOMEBODY = "somebody"
    UNCLEAR = "unclear"


def _people(value: str) -> list[_Said]:
    """What each part of a text says; nothing for a text that is empty or merely says no."""
    if plain_text(value) in _NOBODY:
        return []
    return [said for one in _APART.split(value) for said in _in_statement(one)]


def _in_statement(statement: str) -> Iterator[_Said]:
    parts = _BETWEEN.split(statement)
    if not _starts_with_no(statement):
        parts = [each for one in parts for each in _WITH.split(one)]
    denied = False
    for words in filter(None, map(_words, parts)):
        said = _of_part(words)
        # “No children and old people” may go on saying no.
        counted = words[0] in _ONE or words[0].isdecimal()
        yield _Said.UNCLEAR if denied and said is _Said.SOMEBODY and not counted else said
        denied = denied or words[0] in _NOBODY


def _starts_with_no(statement: str) -> bool:
    return bool({*_words(statement)[:1]} & _NOBODY)


def _of_part(words: list[str]) -> _Said:
    known = _NOBODY | _NO_AT_THE_END
    if known.isdisjoint(words):
        return _Said.SOMEBODY
    if {*words} <= known | _OF_NEEDS | _SMALL:
        return _Said.NOBODY
    first, last = words[0] in _NOBODY - _OF_VERBS, words[-1] in _NO_AT_THE_END - _OF_VERBS
    return _Said.NOBODY if first or last else _Said.UNCLEAR


def says_nobody(value: str) -> bool:
    """Whether every part of a text says that nobody in the home needs care, or it says nothing."""
    return {*_people(value)} <= {_Said.NOBODY}


def adds_care(before: str, now: str) -> bool:
    """Whether a text names care that the older one does not: something where there was nothing, or all
    that was there and somebody more. A text that merely says it in another way proves nothing."""
    more = _people(now).count(_Said.SOMEBODY)
    if not more:
        return False
    if says_nobody(before):
        return True
    old, new = ({*_words(one)} - _SMALL for one in (before, now))
    known = _NOBODY | _NO_AT_THE_END
    return more > _people(before).count(_Said.SOMEBODY) and old < new and not (new - old) & known


def is_domestic(title: str, pack: OccupationPack) -> bool:
    """Whether a job is plainly work in a home: one of the pack's, in any of its languages, or one whose
    words say so."""
    return not _has(title, _OTHER) and (_of_pack(title, pack) or _has(title, _DOMESTIC))


def is_other_work(title: str, pack: OccupationPack) -> bool:
    """Whether a job is plainly work outside a home."""
    return _has(title, _OTHER) and not _of_pack(title, pack) and not _has(title, _DOMESTIC)


def job_of(title: str, pack: OccupationPack) -> str | None:
    """Which of the pack's jobs a title is, in any of its languages."""
    plain = plain_text(title)
    for key in pack.parameters["job_title"].options:
        if plain_text(key) == plain:
            return key
    for options in pack.options.values():
        for key, wording in options.get("job_title", {}).items():
            forms = (wording,) if isinstance(wording, str) else (wording.neutral, wording.feminine)
            if plain in map(plain_text, forms):
                return key
    return None


def _of_pack(title: str, pack: OccupationPack) -> bool:
    return job_of(title, pack) is not None


def _has(title: str, words: tuple[str, ...]) -> bool:
    folded = unicodedata.normalize("NFKC", title).casefold()
    return any(unicodedata.normalize("NFKC", one) in folded for one in words)
