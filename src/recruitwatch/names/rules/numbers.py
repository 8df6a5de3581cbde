"""Licence and telephone numbers inside somebody's words, and how they fit those of an agency."""

import re
from collections.abc import Iterator, Sequence, Set
from enum import IntEnum
from unicodedata import decimal, normalize

from rapidfuzz.distance import OSA

from recruitwatch.names.rules.spelling import normalise_number
from recruitwatch.names.values import Dictionary, ReadAgency, ReadQuery, SaidNumber, WordKind

SHORTEST_PHONE, LONGEST_PHONE, PHONE_TAIL = 7, 15, 7
SHORTEST_NEAR = 4
SHORTEST_END, LONGEST_END = 3, 10
# Words that say that a licence number follows; RL is the recruiting licence of Bangladesh.
_LABELS = frozenset(
    """rl licence license lic licens licenced licensed lesen lisensi
    izin siup siupmi sippmi sip jtk ea poea dmw reg regn
    লাইসেন্স লাইসেন্সের আরএল लाइसेन्स लाइसेंस इप पंजीकरण
    ترخيص رخصة رخصه لائسنس බලපත්‍ර உரிமம் ፈቃድ giấyphép 牌照 牌 牌照號碼 牌照号码""".split()
)
# Words between the label and the number.
_FILLERS = frozenset(
    """no nr num number numbers nos num. id is the my
    nombor nomor nomer numero número bilangan नं नम्बर नंबर संख्या नः নং নম্বর নাম্বার চিহ্ন رقم نمبر
    නො අංක අංකය எண் ቁጥር số 号码 號碼 号 號""".split()
)
_BETWEEN = _FILLERS | frozenset(
    """was of its their agency office company adalah ialah ay nya er ka hai ho holo
    का है हो নাম্বারটা এর হলো হচ্ছে رقمها ہے 是 係""".split()
)
# A licence to drive or to keep a shop is no recruiting licence.
_OTHER_LICENCES = frozenset(
    """driving driver drivers medical marriage trade business building import shop pilot gun weapon
    memandu perniagaan mengemudi conducir ড্রাইভিং মেডিকেল ট্রেড মেডিক্যাল ड्राइविंग मेडिकल""".split()
)
# Numbers of these are amounts, times and storeys, whatever was said before: "licence fee 500 taka".
_BEFORE_AMOUNT = frozenset(
    """fee fees paid cost costs tk taka rs inr npr lkr rm myr idr php usd hkd sar aed qar kwd bdt
    birr dollar dollars room floor road ফি টাকা रु फीस शुल्क رسوم""".split()
)
_AFTER_AMOUNT = frozenset(
    """taka takas tk rupee rupees rupiah ringgit rm riyal riyals rial dirham dirhams dinar dinars
    peso pesos dollar dollars usd hkd bdt lakh lakhs lac hajar hazar thousand million juta ribu libo
    year years month months week weeks day days hour hours time times people persons workers men
    women digit digits floor percent euro euros pound pounds birr shilling shillings
    টাকা টাকার হাজার লাখ লক্ষ রিয়াল দিরহাম ডলার বছর মাস দিন জন তলা
    रुपये रुपए रुपैयाँ लाख हजार हज़ार साल वर्ष महीने महिना दिन
    ريال دينار درهم دولار سنة شهر يوم الف ألف ብር ሺህ ዓመት ரூபாய் ஆயிரம் லட்சம் රුපියල්
    元 蚊 港幣 港币""".split()
)
# A letter with the vowel signs that Python's \w leaves out: of Indic scripts, Thai, Burmese, Khmer.
_SIGNS = (
    "\u0300-\u036f\u0900-\u0963\u0970-\u0dff\u0e31-\u0e4e\u102b-\u103e\u17b4-\u17d3\u200c\u200d"
)
_TOKEN = re.compile(rf"\d+|[^\W\d_](?:[^\W\d_]|[{_SIGNS}])*")
_PHONE = re.compile(r"\+?\d[\d\s().-]{5,}\d")
# 123/064/065: one number in several runs.
_RUNS = re.compile(r"(?<!\d)\d+(?:\s?/\s?\d+)+")
SHORTEST_WHOLE = 6
_MOST_BEFORE, _FARTHEST_LABEL = 4, 6
MOST_TOKENS = 200
LONGEST_MARK = 4


class Fit(IntEnum):
    """How well a said number fits: the same number, its digits, a part of it, or one slip away."""

    NONE = 0
    NEAR = 1
    PART = 2
    DIGITS = 3
    EXACT = 4


def plain_digits(text: str) -> str:
    """The text in small letters with digits 0 to 9, whatever script they were written in."""
    folded = normalize("NFKC", text).casefold()
    return "".join(c if (value := decimal(c, None)) is None else str(value) for c in folded)


def said_numbers(text: str, dictionary: Dictionary) -> tuple[SaidNumber, ...]:
    """The numbers of a text that may be licence numbers, with the letters that belong to them.

    RL-0123, rl no.123, R.L. 123, আর এল ১২৩ and 123C are read alike: a label (licence, RL, লাইসেন্স)
    says only that a number follows, other letters close to the digits are part of the number.
    """
    plain = plain_digits(text)
    parts = {run for runs in _RUNS.findall(plain) for run in re.findall(r"\d+", runs)}
    tokens = _TOKEN.findall(plain)[:MOST_TOKENS]
    return tuple(_numbers(_spelt_together(tokens, dictionary), parts, dictionary))


def _numbers(
    tokens: Sequence[str], parts: Set[str], dictionary: Dictionary
) -> Iterator[SaidNumber]:
    for i, token in enumerate(tokens):
        if not token.isdecimal():
            continue
        before = [t for t in tokens[max(0, i - _MOST_BEFORE) : i] if not t.isdecimal()]
        labelled = _is_labelled(tokens, i, dictionary)
        letters = ""
        marks = [
            t.upper() for t in before if t in _LABELS and t.isascii() and len(t) <= LONGEST_MARK
        ]
        for word in reversed(before):
            if word in _FILLERS or word in _LABELS:
                continue
            if word.isascii() and len(word) <= 4:
                letters = word.upper()
            break
        tail = tokens[i + 1] if i + 1 < len(tokens) else ""
        others = [
            t for t in tokens if t not in _LABELS | _FILLERS and t.upper() != letters and t != token
        ]
        if len(token) > 1 or labelled or letters:
            yield SaidNumber(
                letters=letters,
                digits=token.lstrip("0") or "0",
                tail=tail.upper() if len(tail) <= 2 and tail.isascii() and tail.isalpha() else "",
                labelled=labelled,
                whole=not others or others == [tail],
                mark=marks[-1] if marks else "",
                part=token in parts,
            )


def _is_labelled(tokens: Sequence[str], place: int, dictionary: Dictionary) -> bool:
    """Whether the number is called a licence: "licence no. 123", "RL MLA-123". Not where anything but
    letters of the number stands between ("RL, I forgot; 123 dollars"), nor what is an amount."""
    first = max(0, place - _FARTHEST_LABEL)
    label = next((i for i in range(place - 1, first - 1, -1) if tokens[i] in _LABELS), None)
    if label is None or {*tokens[max(0, label - 2) : label]} & _OTHER_LICENCES:
        return False
    if tokens[place - 1] in _BEFORE_AMOUNT or {*tokens[place + 1 : place + 2]} & _AFTER_AMOUNT:
        return False
    between = [t for t in tokens[label + 1 : place] if t not in _BETWEEN and not t.isdecimal()]
    return not between or (len(between) == 1 and _may_be_letters(between[0], dictionary))


def _may_be_letters(token: str, dictionary: Dictionary) -> bool:
    """Letters of a licence number (MLA), and no word of a sentence (nai, paid)."""
    sense = dictionary.senses.get(token)
    is_talk = sense is not None and sense.kind is WordKind.TALK
    return token.isascii() and len(token) <= LONGEST_MARK and not is_talk


def _spelt_together(tokens: Sequence[str], dictionary: Dictionary) -> list[str]:
    """Single letters, in any script, as one word: r l and আর এল are rl."""
    together: list[str] = []
    joins = False
    for token in tokens:
        letter = token if len(token) == 1 and token.isalpha() else dictionary.letters.get(token, "")
        is_letter = bool(letter) and (not token.isascii() or len(token) == 1)
        if is_letter and joins:
            together[-1] += letter
        else:
            together.append(letter if is_letter else token)
        joins = is_letter
    return together


def said_phones(text: str) -> frozenset[str]:
    """Telephone and wallet numbers of a text: digits only, without leading zeros."""
    found: set[str] = set()
    for part in _PHONE.findall(plain_digits(text)):
        digits = "".join(c for c in part if c.isdecimal())
        if SHORTEST_PHONE <= len(digits) <= LONGEST_PHONE:
            found.add(digits.lstrip("0"))
    return frozenset(found)


def phones_fit(said: str, known: str) -> bool:
    """The same telephone, with or without the code of the country or the town."""
    shorter, longer = sorted((said, known), key=len)
    return len(shorter) >= PHONE_TAIL and longer.endswith(shorter)


def licence_fit(query: ReadQuery, agency: ReadAgency) -> tuple[Fit, SaidNumber | None]:
    """The best fit of the numbers said with the agency's licence number.

    The same number is the same digits (leading zeros aside) with the same letters, in words that are
    about a licence. Digits alone may mean something else; a part or a slip only helps.
    """
    best: tuple[Fit, SaidNumber | None] = (Fit.NONE, None)
    for number in query.numbers:
        fit = _fit(number, agency)
        if fit > best[0]:
            best = fit, number
    return best


def _fit(said: SaidNumber, agency: ReadAgency) -> Fit:
    runs = digit_runs(agency)
    if not runs:
        return Fit.NONE
    letters = re.match(r"[^\d]*", agency.number)
    prefix, tail = letters[0] if letters else "", re.sub(r".*\d", "", agency.number)
    if len(runs) == 1 and said.digits == agency.digits:
        same_letters = _same_letters(said, prefix)
        same_tail = said.tail == tail or not tail
        is_number = said.labelled or said.letters or (said.whole and tail)
        if same_letters and same_tail and is_number and not said.part:
            return Fit.EXACT
        may_be = said.letters in ("", prefix) and said.mark in ("", prefix, said.letters)
        return Fit.DIGITS if may_be and (said.labelled or said.whole) else Fit.NONE
    if may_be_licence(said):
        if said.digits in {run.lstrip("0") for run in runs} and len(said.digits) > 2:
            return Fit.PART
        if any(said.digits in ends_of(run.lstrip("0")) for run in runs):
            return Fit.PART
        if len(agency.digits) >= SHORTEST_NEAR and OSA.distance(said.digits, agency.digits) == 1:
            return Fit.NEAR
    return Fit.NONE


def digit_runs(agency: ReadAgency) -> list[str]:
    """The runs of digits in a licence number as the register writes it (B-0123/PER/2010: 0123, 2010)."""
    return re.findall(r"\d+", plain_digits(agency.facts.number)) if agency.number else []


def may_be_licence(said: SaidNumber) -> bool:
    """Called a licence, said alone, or with letters: other numbers of a sentence are amounts and times."""
    return said.labelled or said.whole or bool(said.letters)


def ends_of(digits: str) -> frozenset[str]:
    """Three to ten digits from the beginning or the end of a longer number: half a board is remembered, or
    read from a torn card (739 of 1739)."""
    sizes = range(SHORTEST_END, min(len(digits), LONGEST_END + 1))
    return frozenset(end for n in sizes for end in (digits[:n], digits[-n:]) if end[0] != "0")


def _same_letters(said: SaidNumber, prefix: str) -> bool:
    """RL-42 is RL 42; it is also "licence 42", since RL only says that it is one, but never EA 42."""
    if said.letters == prefix:
        return bool(prefix) or said.labelled or not said.mark
    if not prefix:
        return said.labelled
    return not said.letters and prefix.lower() in _LABELS and said.mark in ("", prefix)


def written_out(text: str, number: str) -> bool:
    """Whether a number in several runs of digits (B-0123/XXX/2010, 123/064/065) stands whole in it."""
    key = normalise_number(number)
    return (
        len(key) >= SHORTEST_WHOLE
        and len(re.findall(r"\d+", plain_digits(number))) > 1
        and re.search(rf"(?<!\d){re.escape(key)}(?!\d)", normalise_number(text)) is not None
    )


def half_written(text: str, number: str) -> str:
    """The runs of digits in the text that stand side by side in a longer number (064/065), or nothing."""
    for found in _RUNS.findall(plain_digits(text)):
        digits = "".join(c for c in found if c.isdecimal())
        if len(digits) >= SHORTEST_WHOLE and digits in normalise_number(number):
            return str(found)
    return ""
