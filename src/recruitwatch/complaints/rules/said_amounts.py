"""Sums of money as workers write them: any digits, lakh and crore, points or commas in thousands.

Nothing is guessed. Where a word is unknown or two sums could be meant there is no amount, and her
words stand alone.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple
from unicodedata import category

from recruitwatch.agencies.rules.said_numbers import plain
from recruitwatch.complaints.values.said import SaidAmount
from recruitwatch.names.rules import normalise

LARGEST = Decimal(10) ** 15
MOST_TOKENS = 40


def _words(table: Mapping[str, str]) -> dict[str, str]:
    """Each word of the lists on the right with the meaning on the left."""
    return {normalise(word): meaning for meaning, words in table.items() for word in words.split()}


_ONES = _words(
    {
        "1": "one a an ek এক একটা একটি واحد واحدة एक",
        "2": "two dui দুই দু দুটি اثنان اثنين दुई दो",
        "3": "three tin teen তিন ثلاثة ثلاث तीन",
        "4": "four char চার أربعة أربع चार",
        "5": "five pach panch পাঁচ خمسة خمس पाँच पांच",
        "6": "six choy ছয় ستة ست छ छह",
        "7": "seven sat সাত سبعة سبع सात",
        "8": "eight আট ثمانية ثماني ثمان आठ",
        "9": "nine noy নয় تسعة تسع नौ",
        "10": "ten dosh das দশ عشرة عشر दस दश",
        "20": "twenty বিশ কুড়ি عشرون عشرين बीस",
        "30": "thirty ত্রিশ তিরিশ ثلاثون ثلاثين तीस",
        "40": "forty চল্লিশ أربعون أربعين चालीस",
        "50": "fifty পঞ্চাশ خمسون خمسين पचास",
        "60": "sixty ষাট ستون ستين साठी",
        "70": "seventy সত্তর سبعون سبعين सत्तर",
        "80": "eighty আশি ثمانون ثمانين अस्सी",
        "90": "ninety নব্বই تسعون تسعين नब्बे",
    }
)
_SCALES = _words(
    {
        "100": "hundred hundreds শ শো শত সয় مئة مائة مية सय सौ سو",
        "1000": """thousand thousands k hazar hajar হাজার ألف آلاف الاف हजार हज़ार ہزار ribu rb
            nghìn ngàn ಸಾವಿರ ஆயிரம் ആയിരം వేలు వేల พัน ពាន់ ሺ ሺህ ထောင်""",
        "10000": "หมื่น ម៉ឺន သောင်း",
        "100000": """lakh lakhs lac lacs লাখ লক্ষ लाख لاکھ லட்சம் ലക്ഷം లక్ష లక్షలు แสน សែន
            သိန်း""",
        "1000000": "million millions مليون ملايين juta jt triệu ล้าน លាន",
        "10000000": "crore crores কোটি करोड करोड़ کروڑ",
    }
)
# Whole words for two of a kind, and a kind that needs no number before it.
_PAIRS = _words({"200": "مئتين مائتين", "2000": "ألفين ألفان", "2000000": "مليونين"})
_LONE_SCALES = _words({"100": "مئة مائة", "1000": "ألف", "1000000": "مليون"})
_FIXED = _words(
    {
        "0.5": "half আধা আধ आधा نصف",
        "1.5": "দেড় der derh dedh डेढ़ डेढ ڈیڑھ",
        "2.5": "আড়াই arai adhai dhai ढाई अढ़ाई ڈھائی",
    }
)
_ADDED = _words(
    {
        "0.5": "সাড়ে sare sarhe saade साढ़े साढे ساڑھے",
        "0.25": "সোয়া sawa सवा سوا",
        "-0.25": "পৌনে পোনে पौने پونے",
    }
)
# Hundreds are written in one word.
_SCALED_WORDS = {
    normalise(f"{word}{hundred}"): str(int(Decimal(meaning) * 100))
    for hundred in ("শ", "শো", "শত")
    for word, meaning in (_ONES | _FIXED).items()
}
_FILLERS = frozenset(
    map(
        normalise,
        """about around approx approximately almost nearly only total in all the of and i we paid
        gave it was were have had cash প্রায় মোট মাত্র আমি দিয়েছি দিছি দিয়েছিলাম এবং ও আর
        حوالي تقريبا فقط دفعت و मात्र लगभग करीब करिब""".split(),
    )
)
# A word may name several currencies; with a country's name beside it, one is left.
_CURRENCIES: dict[str, frozenset[str]] = {
    plain(word): frozenset(codes.split())
    for codes, words in {
        "BDT": "taka takas takar tk টাকা টাকার ৳ تاكا",
        "INR NPR PKR LKR MUR": "rupee rupees rs re রুপি रुपैयाँ रुपया रुपये रू ரூபாய் රුපියල් روپے روپیہ روبية rupiya",
        "INR": "₹",
        "LKR": "slr",
        "AED": "dirham dirhams dhs dh درهم دراهم দিরহাম दिरहम",
        "SAR QAR OMR YER IRR": "riyal riyals rial rials ريال ریال রিয়াল रियाल",
        "SAR": "sr",
        "QAR": "qr",
        "KWD BHD JOD IQD LYD TND DZD": "dinar dinars دينار دنانير দিনার दिनार",
        "KWD": "kd",
        "JOD": "jd",
        "PHP": "peso pesos piso ₱",
        "USD HKD SGD TWD AUD CAD": "dollar dollars $ ডলার دولار डलर",
        "USD": "us$ $us",
        "HKD": "hk$",
        "SGD": "s$",
        "TWD": "nt$ ntd",
        "ETB": "birr ብር",
        "KES UGX TZS SOS": "shilling shillings shilingi sh",
        "KES": "ksh kshs",
        "UGX": "ugsh ushs",
        "TZS": "tsh",
        "MYR": "ringgit rm রিঙ্গিত",
        "IDR": "rupiah rp",
        "VND": "dong đồng ₫ vnđ",
        "THB": "baht บาท ฿",
        "KHR": "riel riels ៛",
        "MMK": "kyat kyats ကျပ်",
        "LAK": "kip ₭",
        "EUR": "euro euros €",
        "GBP EGP LBP SYP": "pound pounds £ جنيه",
        "XOF XAF": "cfa fcfa",
        "KRW": "won ₩",
        "ILS": "shekel shekels ₪",
    }.items()
    for word in words.split()
} | {
    code.lower(): frozenset({code})
    for code in """BDT NPR INR PKR LKR PHP IDR VND KHR LAK THB MMK ETB KES UGX TZS SAR QAR AED KWD
    BHD OMR JOD LBP EGP ILS HKD SGD TWD MYR USD EUR GBP KRW JPY CNY MXN MAD XOF XAF MGA""".split()
}
_COUNTRIES: dict[str, frozenset[str]] = {
    normalise(word): frozenset(codes.split())
    for codes, words in {
        "SAR": "saudi সৌদি سعودي सउदी",
        "QAR": "qatari qatar কাতারি قطري",
        "OMR": "omani عماني",
        "KWD": "kuwaiti kuwait কুয়েতি كويتي",
        "BHD": "bahraini بحريني",
        "JOD": "jordanian أردني",
        "AED": "emirati uae إماراتي",
        "NPR": "nepali nepalese नेपाली",
        "INR": "indian ভারতীয় भारतीय",
        "PKR": "pakistani পাকিস্তানি",
        "LKR": "lankan",
        "USD": "us american أمريكي",
        "SGD": "singapore",
        "KES": "kenyan kenya",
        "UGX": "ugandan",
        "TZS": "tanzanian",
        "PHP": "philippine",
        "GBP": "british",
        "EGP": "egyptian مصري",
        "BDT": "bangladeshi বাংলাদেশি",
    }.items()
    for word in words.split()
}
# Where points stand between thousands and small coins are not in use.
_POINTED = frozenset({"IDR", "VND"})

_TOKEN = re.compile(r"\d+(?:[., ]\d+)*|[^\s\d.,;!?()]+|\.(?=\d)")
_END_OF_SUM = re.compile(r"(?<=\d) ?/[-=]+|(?<=\d)[.,]-+(?!\d)")
_WESTERN = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
_INDIAN = re.compile(r"[1-9]\d?(?:,\d{2})+,\d{3}")
_UNGROUPED = re.compile(r"0|[1-9]\d*")


class _Item(NamedTuple):
    """A part of a sum: figures, a number in words, a scale (lakh), a scale that stands alone
    (Arabic "a thousand"), a pair of scales, a number that needs a scale (one and a half), or a part
    added to the number behind it (three and a half)."""

    kind: str
    text: str

    @property
    def value(self) -> Decimal:
        return Decimal(self.text)


class _UnreadError(Exception):
    """The words have no reading, or more than one."""


def read_amount(said: str) -> SaidAmount:
    """What is surely said of a sum of money, beside the words themselves.

    The currency is read only from a word or sign that names it. The amount is None for ranges
    (2-3 lakh), several sums, foreign words, hidden points (1.500 is 1500 in one country and 1.5 in
    another), numbers that begin with 0, and negative numbers.
    """
    # A dot is the only sign before figures that changes their sum (.5 lakh); after a letter it
    # ends a short word (Rs.500), which the blank keeps apart.
    text = _END_OF_SUM.sub(" ", plain(said))
    tokens = [_bare(token) for token in _TOKEN.findall(_short_words(text))]
    if len(tokens) > MOST_TOKENS:
        return SaidAmount(said=said)
    currency = _currency(tokens)
    try:
        items = [item for token in tokens if (item := _item(token)) is not None]
        amount = _sum(items, pointed=currency in _POINTED)
    except _UnreadError:
        amount = None
    return SaidAmount(said=said, amount=amount, currency=currency)


def _bare(token: str) -> str:
    """The word without a dash before it (2-lakh); behind it a dash joins two sums, unless the word
    is a currency (Tk-500)."""
    currency = token.strip("-:='")
    return currency if currency in _CURRENCIES else token.removeprefix("-") or token


def _short_words(text: str) -> str:
    return re.sub(r"(?<=[^\W\d])\.", " ", text)


def _currency(tokens: Iterable[str]) -> str | None:
    known = list(tokens)
    named = [_CURRENCIES[t] for t in known if t in _CURRENCIES]
    countries = [_COUNTRIES[key] for t in known if (key := normalise(t)) in _COUNTRIES]
    if not named:
        return None
    common = frozenset.intersection(*named, *countries)
    return next(iter(common)) if len(common) == 1 else None


def _item(token: str) -> _Item | None:
    """The part of the sum that a token is, or None for a word that changes no sum."""
    if token[0].isdecimal():
        return _Item("figures", token)
    if token in _CURRENCIES:
        return None
    if not all(category(c)[0] in "LM" for c in token):
        raise _UnreadError
    key = normalise(token)
    if key in _FILLERS or key in _COUNTRIES:
        return None
    for kind, words in _KINDS:
        if key in words:
            return _Item(kind, words[key])
    raise _UnreadError


_KINDS = (
    ("hundreds", _SCALED_WORDS),
    ("pair", _PAIRS),
    ("lone", _LONE_SCALES),
    ("scale", _SCALES),
    ("fixed", _FIXED),
    ("added", _ADDED),
    ("number", _ONES),
)


def _sum(items: list[_Item], *, pointed: bool) -> Decimal | None:
    """The sum of terms from the greatest scale down: 2 lakh 50 thousand 500."""
    total, last, at = Decimal(0), LARGEST, 0
    while at < len(items):
        number, scale, used = _term(items[at : at + 4], pointed=pointed)
        term = number * scale
        if term >= last or scale >= last or (scale == 1 and term < _least_rest(last)):
            raise _UnreadError
        total, last, at = total + term, scale, at + used
    if not items or total >= LARGEST:
        raise _UnreadError
    return total.quantize(Decimal(1)) if total == total.to_integral_value() else total.normalize()


def _least_rest(scale: Decimal) -> Decimal:
    """The smallest bare number that can follow a scale in one meaning only: "2 lakh 50" may be two
    and a half lakh, "5 thousand 50" five and a half thousand."""
    if scale == LARGEST:
        return Decimal(0)
    return {100: Decimal(1), 1000: Decimal(100)}.get(int(scale), scale / 100)


def _term(items: list[_Item], *, pointed: bool) -> tuple[Decimal, Decimal, int]:
    """The first term: its number, its scale, and how many items it takes."""
    first, kinds = items[0], tuple(item.kind for item in items)
    if first.kind == "hundreds":
        return first.value / 100, Decimal(100), 1
    if first.kind == "pair":
        return Decimal(2), first.value / 2, 1
    if first.kind == "lone":
        return Decimal(1), first.value, 1
    if first.kind == "fixed" and kinds[1:2] in _SCALED:
        return first.value, *_scale(items, 1)
    if first.kind == "added":
        return _added(items, kinds)
    is_scaled = kinds[1:2] in _SCALED
    if first.kind == "figures":
        number = _figures(first.text, pointed=pointed, scaled=is_scaled)
    elif first.kind == "number" and is_scaled:
        number = first.value
    else:
        raise _UnreadError
    return (number, *_scale(items, 1)) if is_scaled else (number, Decimal(1), 1)


_SCALED = (("scale",), ("lone",))


def _added(items: list[_Item], kinds: tuple[str, ...]) -> tuple[Decimal, Decimal, int]:
    """Three and a half lakh; a quarter more with no number is one and a quarter."""
    part = items[0].value
    if kinds[1:2] in _SCALED and part == Decimal("0.25"):
        return 1 + part, *_scale(items, 1)
    if kinds[2:3] not in _SCALED or kinds[1] not in ("figures", "number"):
        raise _UnreadError
    number = items[1].text
    if _UNGROUPED.fullmatch(number) is None or len(number) > 3:
        raise _UnreadError
    return Decimal(number) + part, *_scale(items, 2)


def _scale(items: list[_Item], at: int) -> tuple[Decimal, int]:
    """The scale at this place, "hundred thousand" as one, and the number of items used."""
    scale = items[at].value
    is_double = scale == 100 and at + 1 < len(items) and (items[at + 1].kind,) in _SCALED
    if is_double and items[at + 1].value > scale:
        return scale * items[at + 1].value, at + 2
    return scale, at + 1


def _figures(text: str, *, pointed: bool, scaled: bool) -> Decimal:
    """The one number that figures with points, commas or blanks can be."""
    if len(text) > 30:
        raise _UnreadError
    if _UNGROUPED.fullmatch(text):
        return Decimal(text)
    signs = [c for c in text if not c.isdecimal()]
    if len(set(signs)) == 1:
        return _one_sign(text, signs[0], len(signs), pointed=pointed, scaled=scaled)
    if len(set(signs)) == 2 and signs.count(signs[-1]) == 1 and signs[-1] != " ":
        whole, _, part = text.rpartition(signs[-1])
        return _decimal(_whole(whole.replace(signs[0], ",")), part)
    raise _UnreadError


def _one_sign(text: str, sign: str, count: int, *, pointed: bool, scaled: bool) -> Decimal:
    """Figures with one kind of sign: it stands between thousands, or once before a part of one."""
    before, _, after = text.partition(sign)
    grouped = text.replace(sign, ",")
    if sign == " " or count > 1 or (sign == "," and len(after) == 3 and not scaled):
        return Decimal(_whole(grouped))
    if pointed and sign == "." and not scaled:
        return Decimal(_whole(grouped))
    if _UNGROUPED.fullmatch(before) is None:
        raise _UnreadError
    is_short = len(after) < 3
    # "2,50" with no scale may be the beginning of 2,50,000.
    is_slip = sign == "," and len(after) == 2 and len(before) < 4 and not scaled
    if is_slip or not (is_short or before == "0" or len(before) > 3):
        raise _UnreadError
    return _decimal(before, after)


def _whole(grouped: str) -> str:
    if not any(form.fullmatch(grouped) for form in (_UNGROUPED, _WESTERN, _INDIAN)):
        raise _UnreadError
    return grouped.replace(",", "")


def _decimal(whole: str, part: str) -> Decimal:
    if len(part) > 3:
        raise _UnreadError
    return Decimal(f"{whole}.{part}")
