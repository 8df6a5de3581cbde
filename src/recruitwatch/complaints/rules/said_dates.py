"""Times as workers say them: whole dates, a month, a year, "two months ago", "don't remember".

Each reading is the interval of days that her words surely cover. Words that may mean several times
give no interval, and stand alone.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple
from unicodedata import category

from recruitwatch.agencies.rules.said_numbers import plain
from recruitwatch.complaints.values.said import SaidDate
from recruitwatch.names.rules import normalise

BIKRAM_SAMBAT = "bikram_sambat"
FIRST_YEAR, YEARS_AHEAD = 1940, 5
BIKRAM_YEARS = range(2070, 2091)
MOST_TOKENS = 16


def _words(table: Mapping[str, str]) -> dict[str, str]:
    """Each word of the lists on the right with the meaning on the left."""
    return {normalise(word): meaning for meaning, words in table.items() for word in words.split()}


_MONTHS = _words(
    {
        "1": "january jan জানুয়ারি জানুয়ারী يناير جنوري जनवरी enero januari",
        "2": "february feb ফেব্রুয়ারি ফেব্রুয়ারী فبراير شباط فروری फरवरी februari",
        "3": "march mar মার্চ مارس آذار مارچ मार्च marso maret",
        "4": "april apr এপ্রিল أبريل نيسان اپریل अप्रैल",
        "5": "may মে مايو أيار مئی मई mei",
        "6": "june jun জুন يونيو حزيران جون जून hunyo juni",
        "7": "july jul জুলাই يوليو تموز جولائی जुलाई hulyo juli",
        "8": "august aug আগস্ট أغسطس آب اگست अगस्त agosto agustus",
        "9": "september sep sept সেপ্টেম্বর سبتمبر أيلول ستمبر सितंबर",
        "10": "october oct অক্টোবর أكتوبر اکتوبر अक्टूबर oktubre oktober",
        "11": "november nov নভেম্বর نوفمبر نومبر नवंबर nobyembre",
        "12": "december dec ডিসেম্বর ديسمبر دسمبر दिसंबर disyembre desember",
    }
)
_BIKRAM_MONTHS = frozenset(
    map(
        normalise,
        """baisakh baishakh jestha jeth ashadh asar shrawan saun bhadra bhadau ashwin asoj kartik
        mangsir poush push magh falgun fagun chaitra chait वैशाख बैशाख जेठ ज्येष्ठ असार आषाढ साउन श्रावण
        भदौ भाद्र असोज आश्विन कात्तिक कार्तिक मंसिर पुस पौष माघ फागुन फाल्गुन चैत चैत्र""".split(),
    )
)
_UNITS = _words(
    {
        "day": "day days দিন يوم أيام دن दिन",
        "week": "week weeks সপ্তাহ أسبوع أسابيع ہفتہ हफ्ता हप्ता",
        "month": "month months মাস شهر أشهر شهور مہینہ महिना महीना महीने",
        "year": "year years বছর বৎসর সাল سنة سنوات عام أعوام سنین سال साल वर्ष",
    }
)
_PAIRS = _words({"day": "يومين", "week": "أسبوعين", "month": "شهرين", "year": "سنتين عامين"})
_SMALL = _words(
    {
        "1": "one a an এক واحد واحدة एक",
        "2": "two couple দুই দু दुई दो",
        "3": "three তিন ثلاثة ثلاث तीन",
        "4": "four চার أربعة أربع चार",
        "5": "five পাঁচ خمسة خمس पाँच पांच",
        "6": "six ছয় ستة ست छ छह",
        "7": "seven সাত سبعة سبع सात",
        "8": "eight আট ثمانية ثماني आठ",
        "9": "nine নয় تسعة تسع नौ",
        "10": "ten দশ عشرة عشر दस दश",
    }
)
_SIGNS = _words(
    {
        "this": "this এই এ هذا هذه यो इस",
        "last": "last previous গত الماضي الماضية الفائت गत पिछले",
        "before": "before ago back আগে পূর্বে قبل पहले अघि پہلے",
        "since": "since منذ",
        "after": "after পরে بعد पछि",
        "today": "today আজ আজকে اليوم आज آج",
        "yesterday": "yesterday গতকাল أمس امبارح हिजो",
        "feast": """eid ঈদ ইদ عيد العيد عید ramadan ramzan রমজান رمضان dashain दशैं दशैँ tihar तिहार
            christmas xmas pasko puja পূজা পুজা diwali easter tet tết""",
    }
)
_FILLERS = frozenset(
    map(
        normalise,
        """in on at the of it was about around approx approximately maybe date early mid late
        beginning start end st nd rd th শুরু শেষ দিকে তারিখ প্রায় লা রা ঠা ই শে এর في من تاريخ حوالي
        تقريبا bs b s or and ইং fitr adha ul al ফিতর আজহা वि सं मा को तिर लगभग गते""".split(),
    )
)
_ENDINGS = tuple(map(normalise, ("ের", "তে", "র", "ে")))
_FORGOTTEN = tuple(
    map(
        normalise,
        (
            "don't remember|dont remember|do not remember|can't remember|cannot remember|forgot"
            "|forgotten|don't know|do not know|not sure|no idea|মনে নেই|মনে নাই|মনে পড়ে না"
            "|মনে পড়ছে না|ভুলে গেছি|জানি না|لا أتذكر|لا اذكر|نسيت|لا أعرف|याद छैन|याद नहीं"
            "|सम्झना छैन|بھول گئی|یاد نہیں|hindi ko matandaan|tidak ingat|lupa|no recuerdo"
        ).split("|"),
    )
)
_TOKEN = re.compile(r"\d+(?:[-/.]\d+)*|[^\s\d.,;!?()]+")
_AROUND_SIGN = re.compile(r"(?<=\d) ?([-/.]) ?(?=\d)")


class _Span(NamedTuple):
    """The days from the first to the last; either end may be open."""

    earliest: date | None
    latest: date | None
    calendar: str | None = None


class _Token(NamedTuple):
    """A word by its part: day, month, year, bikram month, unit, pair, span, or a sign."""

    kind: str
    value: str = ""
    span: _Span | None = None


class _UnreadError(Exception):
    """The words have no reading, or more than one."""


def read_date(said: str, today: date, *, month_first: bool = False) -> SaidDate:
    """The interval of days that the words surely cover, as seen from `today`.

    12/3/2024 is the twelfth of March, with `month_first` (Filipino, American) the third of
    December. "3 months ago" is between two and a half and three and a half. Years 2070 to 2090 are
    Bikram Sambat and cover both Gregorian years that they touch. "Before Eid" has an interval only
    with a year. Ethiopian, Bangla, Hijri and Buddhist years are not read.
    """
    text = plain(said)
    try:
        span = _span(_tokens(text, today, month_first=month_first), today)
    except (_UnreadError, OverflowError):
        key = f" {normalise(text)} "
        forgotten = any(f" {phrase} " in key for phrase in _FORGOTTEN)
        return SaidDate(said=said, forgotten=forgotten)
    return SaidDate(said=said, earliest=span.earliest, latest=span.latest, calendar=span.calendar)


def _tokens(text: str, today: date, *, month_first: bool) -> list[_Token]:
    found = _TOKEN.findall(_AROUND_SIGN.sub(r"\1", text))
    if len(found) > MOST_TOKENS:
        raise _UnreadError
    tokens: list[_Token] = []
    for word in found:
        if word[0].isdecimal():
            tokens.append(_figures(word, today, month_first=month_first))
        else:
            tokens.extend(_word(word.strip("-'")))
    return _with_years(_without_year_label(tokens), today)


def _word(word: str) -> Iterable[_Token]:
    if not all(category(c)[0] in "LM" for c in word):
        raise _UnreadError
    key = normalise(word)
    forms = [key, *(key.removesuffix(end) for end in _ENDINGS if key.endswith(end))]
    if key.startswith("ال"):
        forms.append(key[2:])
    for form in forms:
        if token := _known(form):
            return [token]
        if form in _PAIRS:
            return [_Token("day", "2"), _Token("unit", _PAIRS[form])]
        if form in _FILLERS:
            return []
    raise _UnreadError


def _known(key: str) -> _Token | None:
    if key in _SIGNS:
        return _Token(_SIGNS[key])
    if key in _BIKRAM_MONTHS:
        return _Token("bikram")
    for kind, words in (("month", _MONTHS), ("unit", _UNITS), ("day", _SMALL)):
        if key in words:
            return _Token(kind, words[key])
    return None


def _figures(text: str, today: date, *, month_first: bool) -> _Token:
    """A number by itself, or two or three with the same signs between them."""
    if len(text) > 10:
        raise _UnreadError
    parts = re.split(r"[-/.]", text)
    if len(parts) == 1:
        return _Token("day" if len(text) < 3 else "year", text)
    if len({c for c in text if not c.isdecimal()}) > 1:
        raise _UnreadError
    if len(parts) == 2:
        return _Token("span", span=_two_figures(parts, today))
    if len(parts) == 3:
        return _Token("span", span=_three_figures(parts, today, month_first=month_first))
    raise _UnreadError


def _two_figures(parts: list[str], today: date) -> _Span:
    lengths = [len(part) for part in parts]
    if lengths == [4, 4]:
        return _joined(_year(parts[0], today), _year(parts[1], today))
    if lengths in ([4, 1], [4, 2]):
        return _month(parts[1], parts[0], today)
    if lengths in ([1, 4], [2, 4]):
        return _month(parts[0], parts[1], today)
    raise _UnreadError


def _three_figures(parts: list[str], today: date, *, month_first: bool) -> _Span:
    if len(parts[0]) == 4:
        year, month, day = parts
        return _day(day, month, year, today)
    one, other, year = parts
    if len(year) == 2:
        year = f"20{year}"
        if int(year) > today.year + 1:
            raise _UnreadError
    month_first = (month_first or int(other) > 12) and int(one) <= 12
    return _day(other, one, year, today) if month_first else _day(one, other, year, today)


def _without_year_label(tokens: list[_Token]) -> list[_Token]:
    """Tokens without a "year" beside the year itself, or a "month" beside a month's name."""
    kept: list[_Token] = []
    for place, token in enumerate(tokens):
        around = [*tokens[max(place - 1, 0) : place], *tokens[place + 1 : place + 2]]
        if token.kind != "unit" or token.value not in {t.kind for t in around if t.kind != "day"}:
            kept.append(token)
    return kept


def _with_years(tokens: list[_Token], today: date) -> list[_Token]:
    """Tokens with "last year" and "this year" as the year in figures."""
    kept: list[_Token] = []
    at = 0
    while at < len(tokens):
        here = tokens[at : at + 2]
        kinds = {token.kind for token in here}
        if _Token("unit", "year") in here and kinds in ({"unit", "this"}, {"unit", "last"}):
            kept.append(_Token("year", str(today.year - ("last" in kinds))))
            at += 2
        else:
            kept.append(tokens[at])
            at += 1
    return kept


def _span(tokens: list[_Token], today: date) -> _Span:
    """Before and after stand at either end; what is left is a time or a length of time."""
    signs = [t.kind for t in tokens if t.kind in ("before", "after", "since")]
    rest = [t for t in tokens if t.kind not in ("before", "after", "since")]
    if not signs:
        return _time(rest, today)
    sign = signs[0]
    if len(signs) > 1 or sign not in (tokens[0].kind, tokens[-1].kind):
        raise _UnreadError
    kinds = [t.kind for t in rest]
    if sign != "after" and kinds in (["day", "unit"], ["unit"]):
        return _ago(int(rest[0].value) if len(rest) == 2 else 1, rest[-1].value, today)
    if "feast" in kinds:
        return _feast(rest, sign, today)
    span = _time(rest, today)
    if sign == "before" and span.earliest and not span.calendar:
        return _Span(None, span.earliest - timedelta(days=1))
    if sign == "after" and span.latest and not span.calendar:
        return _Span(span.latest + timedelta(days=1), None)
    raise _UnreadError


def _time(tokens: list[_Token], today: date) -> _Span:
    kinds = " ".join(t.kind for t in tokens)
    values = {t.kind: t.value for t in tokens}
    if kinds == "span" and (span := tokens[0].span):
        return span
    if kinds == "year year":
        return _joined(_year(tokens[0].value, today), _year(tokens[1].value, today))
    if kinds == "day day year":
        return _day(tokens[0].value, tokens[1].value, tokens[2].value, today)
    if "feast" in values:
        return _feast(tokens, "", today)
    if kinds in ("today", "yesterday"):
        day = today - timedelta(days=kinds == "yesterday")
        return _Span(day, day)
    if kinds in ("this unit", "last unit", "unit last"):
        return _near(values["unit"], today, is_last="last" in values)
    return _named(kinds, values, today)


def _named(kinds: str, values: dict[str, str], today: date) -> _Span:
    """A year, with or without a month and a day, in any order that people write."""
    if kinds == "year":
        return _year(values["year"], today)
    if kinds in ("bikram year", "year bikram", "day bikram year", "year bikram day"):
        return _bikram(values["year"], today)
    if kinds in ("month year", "year month"):
        return _month(values["month"], values["year"], today)
    if kinds in ("day month year", "month day year", "year month day"):
        return _day(values["day"], values["month"], values["year"], today)
    raise _UnreadError


def _feast(tokens: list[_Token], sign: str, today: date) -> _Span:
    """The year that is named; a feast moves, so what is before or after it may touch the next."""
    if sorted(t.kind for t in tokens) != ["feast", "year"] or sign == "since":
        raise _UnreadError
    span = _year(next(t.value for t in tokens if t.kind == "year"), today)
    if not (span.earliest and span.latest):
        raise _UnreadError
    earlier, later = span.earliest - timedelta(days=61), span.latest + timedelta(days=59)
    return _Span(
        earlier if sign == "before" else span.earliest,
        later if sign == "after" else span.latest,
        span.calendar,
    )


def _ago(number: int, unit: str, today: date) -> _Span:
    """So many days ago is one day; anything longer is rounded, so it covers half a unit each way."""
    if unit == "day":
        day = today - timedelta(days=number)
        return _Span(day, day)
    days = {"week": 7.0, "month": 30.44, "year": 365.25}[unit]
    half = timedelta(days=int(days / 2) + 1)
    middle = today - timedelta(days=round(number * days))
    return _Span(middle - half, min(middle + half, today))


def _near(unit: str, today: date, *, is_last: bool) -> _Span:
    first = today.replace(day=1)
    if unit == "month":
        first = (first - timedelta(days=1)).replace(day=1) if is_last else first
        return _Span(first, first.replace(day=monthrange(first.year, first.month)[1]))
    if unit == "week":  # wherever the week begins
        if is_last:
            return _Span(today - timedelta(days=13), today - timedelta(days=1))
        return _Span(today - timedelta(days=6), today + timedelta(days=6))
    raise _UnreadError


def _joined(one: _Span, other: _Span) -> _Span:
    """From the first to the second, as in 2022-2023."""
    if one.calendar != other.calendar or not (one.earliest and other.latest):
        raise _UnreadError
    if one.earliest > other.latest or one == other:
        raise _UnreadError
    return _Span(one.earliest, other.latest, one.calendar)


def _year(year: str, today: date) -> _Span:
    if int(year) in BIKRAM_YEARS:
        return _bikram(year, today)
    number = _gregorian(year, today)
    return _Span(date(number, 1, 1), date(number, 12, 31))


def _month(month: str, year: str, today: date) -> _Span:
    if int(year) in BIKRAM_YEARS:
        return _bikram(year, today)
    number, in_year = _gregorian(year, today), int(month)
    if not 1 <= in_year <= 12:
        raise _UnreadError
    return _Span(date(number, in_year, 1), date(number, in_year, monthrange(number, in_year)[1]))


def _day(day: str, month: str, year: str, today: date) -> _Span:
    span = _month(month, year, today)
    if span.calendar:
        return span
    if span.earliest is None or span.latest is None or not 1 <= int(day) <= span.latest.day:
        raise _UnreadError
    exact = span.earliest.replace(day=int(day))
    return _Span(exact, exact)


def _gregorian(year: str, today: date) -> int:
    if len(year) != 4 or not FIRST_YEAR <= int(year) <= today.year + YEARS_AHEAD:
        raise _UnreadError
    return int(year)


def _bikram(year: str, today: date) -> _Span:
    """A Bikram Sambat year begins in April, 57 years behind by number, and ends in the next."""
    number = int(year)
    if number not in BIKRAM_YEARS or number <= today.year + YEARS_AHEAD:
        raise _UnreadError
    return _Span(date(number - 57, 1, 1), date(number - 56, 12, 31), BIKRAM_SAMBAT)
