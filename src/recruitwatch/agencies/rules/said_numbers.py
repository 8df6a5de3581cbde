"""Telephone numbers as workers write them, brought to keys that the register knows.

A key is a candidate for a search and no more: a match is a suggestion that a person looks at.
The keys compare with `agency_contacts.value_norm`, which the rules of the register make. Licence numbers
are read by the matcher (names/rules/numbers.py).
"""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple
from unicodedata import category, decimal, normalize

from recruitwatch.agencies.rules.records import normalise_contact
from recruitwatch.agencies.values import ContactKind

FEWEST_PHONE_DIGITS, MOST_PHONE_DIGITS = 7, 15
# Longer than any number of `_COUNTRIES` with its code.
_LONG_FOR_ONE = 13
MOST_KEYS = 60
_SIGNS = str.maketrans({"٬": ",", "،": ",", "٫": ".", "۔": ".", "−": "-"})


def plain(said: str) -> str:
    """The text for reading: small letters, digits 0 to 9, plain dashes and blanks, no joiners."""
    folded = normalize("NFKC", normalize("NFKC", said).casefold()).translate(_SIGNS)
    return " ".join("".join(map(_plain_character, folded)).split())


def _plain_character(character: str) -> str:
    kind = category(character)
    if kind == "Nd":
        return str(decimal(character))
    if kind == "Cf":
        return ""
    return "-" if kind == "Pd" else character


class _Dialling(NamedTuple):
    """How mobile numbers of a country are dialled: its code, the zero before a number at home,
    and the number itself."""

    country: str
    code: str
    trunk: str
    mobile: re.Pattern[str]


def _dialling(country: str, code: str, trunk: str, mobile: str) -> _Dialling:
    return _Dialling(country, code, trunk, re.compile(mobile))


# National numbering plans of the countries that workers leave and go to, mobile numbers only.
_COUNTRIES = (
    _dialling("BD", "880", "0", r"1[3-9]\d{8}"),
    _dialling("NP", "977", "", r"9[678]\d{8}"),
    _dialling("IN", "91", "0", r"[6-9]\d{9}"),
    _dialling("PK", "92", "0", r"3\d{9}"),
    _dialling("LK", "94", "0", r"7\d{8}"),
    _dialling("PH", "63", "0", r"9\d{9}"),
    _dialling("ID", "62", "0", r"8\d{8,11}"),
    _dialling("VN", "84", "0", r"[35789]\d{8}"),
    _dialling("KH", "855", "0", r"[16789]\d{7,8}"),
    _dialling("TH", "66", "0", r"[689]\d{8}"),
    _dialling("MM", "95", "0", r"9\d{7,9}"),
    _dialling("ET", "251", "0", r"[79]\d{8}"),
    _dialling("KE", "254", "0", r"[17]\d{8}"),
    _dialling("UG", "256", "0", r"7\d{8}"),
    _dialling("TZ", "255", "0", r"[67]\d{8}"),
    _dialling("EG", "20", "0", r"1[0125]\d{8}"),
    _dialling("SA", "966", "0", r"5\d{8}"),
    _dialling("AE", "971", "0", r"5\d{8}"),
    _dialling("JO", "962", "0", r"7[789]\d{7}"),
    _dialling("LB", "961", "0", r"3\d{6}|7\d{7}|81\d{6}"),
    _dialling("KW", "965", "", r"[569]\d{7}"),
    _dialling("QA", "974", "", r"[3567]\d{7}"),
    _dialling("BH", "973", "", r"[36]\d{7}"),
    _dialling("OM", "968", "", r"[79]\d{7}"),
    _dialling("HK", "852", "", r"[5-79]\d{7}"),
    _dialling("SG", "65", "", r"[89]\d{7}"),
    _dialling("MY", "60", "0", r"1\d{8,9}"),
    _dialling("TW", "886", "0", r"9\d{8}"),
)
_PHONE_SIGNS = frozenset("0123456789 -.()+")
_PIECE = re.compile(r"\+?\d+")
_DATE = re.compile(r"\d{1,2}[-. /]\d{1,2}[-. /]\d{4}|\d{4}[-. /]\d{1,2}[-. /]\d{1,2}")


def telephone_keys(said: str, *, countries: Collection[str] = ()) -> tuple[str, ...]:
    """Search keys of every telephone number in the text, the number as written first.

    A register may hold a number with or without the code of its country, so each number gives both
    forms. A number written as at home may be of several countries: `countries` (ISO 3166, two
    capitals) narrows them, otherwise each whose numbers look like it is tried. A number with hidden
    digits (01711-xxxxxx) has no key.
    """
    keys: dict[str, None] = {}
    for number in _telephones(plain(said)):
        for key in _forms(number, countries):
            keys.setdefault(normalise_contact(ContactKind.PHONE, key))
    return tuple(keys)[:MOST_KEYS]


def _telephones(text: str) -> Iterator[str]:
    """Runs of digits and signs that are long enough, with a plus where one was written."""
    for part in "".join(c if c in _PHONE_SIGNS else "\n" for c in text).split("\n"):
        if not _DATE.fullmatch(part.strip(" -.()")):
            yield from (n for n in _apart(_PIECE.findall(part)) if _is_telephone(n))


def _is_telephone(number: str) -> bool:
    return FEWEST_PHONE_DIGITS <= len(number.removeprefix("+")) <= MOST_PHONE_DIGITS + 2


def _apart(pieces: Iterable[str]) -> Iterator[str]:
    """Numbers with only blanks between them: a new one begins with +, or with 0 where both
    together are too long for one."""
    number = ""
    for piece in pieces:
        length = len(number.removeprefix("+").removeprefix("00")) + len(piece)
        if piece[0] == "+" or length > (_LONG_FOR_ONE if piece[0] == "0" else MOST_PHONE_DIGITS):
            yield number
            number = ""
        number += piece
    yield number


def _forms(number: str, countries: Collection[str]) -> Iterator[str]:
    digits = number.removeprefix("+")
    yield digits
    abroad = number[0] == "+" or digits.startswith("00")
    digits = digits.removeprefix("00")
    wanted = [c for c in _COUNTRIES if not countries or c.country in countries]
    coded = [c for c in _COUNTRIES if digits.startswith(c.code) and _national(digits, c, c.code)]
    # Her own words name the country: no list narrows that.
    for country in coded:
        yield from _of_country(country, _national(digits, country, country.code))
    if abroad and not coded:
        yield from (digits, f"00{digits}")
    if not abroad:
        for country in wanted:
            yield from _of_country(country, _national(digits, country, ""))


def _national(digits: str, country: _Dialling, before: str) -> str:
    """The number within its country, or nothing if it is none of a mobile telephone there."""
    rest = digits.removeprefix(before)
    for number in (rest, rest.removeprefix("0")):
        if country.mobile.fullmatch(number):
            return number
    return ""


def _of_country(country: _Dialling, national: str) -> Iterator[str]:
    if national:
        yield f"{country.code}{national}"
        yield f"{country.trunk}{national}"
        yield national
        yield f"00{country.code}{national}"
