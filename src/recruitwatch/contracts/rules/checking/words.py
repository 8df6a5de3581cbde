"""Words in texts that people write freely: that nobody in a home needs care, and which kind of work a
job is. They are few on purpose: what is not plain is not judged by its words."""

import re
import unicodedata

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
# What stands between two people who need care.
_BETWEEN = re.compile(
    r"[,;+&/،؛।\n]|(?<!\S)(?:and|with|plus|y|e|și|si|et|und|at|o|ও|এবং|र|तथा|और|እና|dan)(?!\S)|(?<!\S)و",
    re.IGNORECASE,
)
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


def says_nobody(value: str) -> bool:
    """Whether a text says that nobody in the home needs care, or says nothing."""
    words = _words(value)
    if not words or plain_text(value) in _NOBODY:
        return True
    return words[0] in _NOBODY or words[-1] in _NO_AT_THE_END


def adds_care(before: str, now: str) -> bool:
    """Whether a text names care that the older one does not: something where there was nothing, or all
    that was there and somebody more. A text that merely says it in another way proves nothing."""
    if says_nobody(now):
        return False
    if says_nobody(before):
        return True
    old, new = ({*_words(one)} - _SMALL for one in (before, now))
    more = len(_people(now)) > len(_people(before))
    return more and old < new and not (new - old) & (_NOBODY | _NO_AT_THE_END)


def _people(value: str) -> list[str]:
    return [one for one in _BETWEEN.split(value) if one.strip()]


def is_domestic(title: str, pack: OccupationPack) -> bool:
    """Whether a job is plainly work in a home: one of the pack's, in any of its languages, or one whose
    words say so."""
    return not _has(title, _OTHER) and (_of_pack(title, pack) or _has(title, _DOMESTIC))


def is_other_work(title: str, pack: OccupationPack) -> bool:
    """Whether a job is plainly work outside a home."""
    return _has(title, _OTHER) and not _of_pack(title, pack) and not _has(title, _DOMESTIC)


def _of_pack(title: str, pack: OccupationPack) -> bool:
    named = {plain_text(key) for key in pack.parameters["job_title"].options}
    for options in pack.options.values():
        for wording in options.get("job_title", {}).values():
            forms = (wording,) if isinstance(wording, str) else (wording.neutral, wording.feminine)
            named |= {plain_text(one) for one in forms}
    return plain_text(title) in named


def _has(title: str, words: tuple[str, ...]) -> bool:
    folded = unicodedata.normalize("NFKC", title).casefold()
    return any(unicodedata.normalize("NFKC", one) in folded for one in words)
