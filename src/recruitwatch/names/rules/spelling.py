"""Names and numbers in any script, brought to one spelling so that they can be compared and found."""

import re
from unicodedata import category, combining, decimal, name, normalize

_DROPPED = {
    # Joiners, zero-width blanks, direction marks, the soft hyphen and the Arabic stretcher change
    # how a word looks and not which word it is; people type them or not.
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x206A),
    0xFEFF,
    0x00AD,
    0x0640,
    0x061C,
    # Apostrophes: O'Neil is written ONeil as often.
    *map(ord, "'’‘ʼʻ`´"),
    # Arabic and Hebrew vowel points are optional in writing; the vowel signs of Indic scripts,
    # Thai, Lao, Khmer and Burmese are not, and stay.
    *range(0x064B, 0x0656),
    0x0670,
    *range(0x0591, 0x05BE),
    *range(0x05C1, 0x05C3),
}
# One letter in several spellings: carriers of hamza, final forms, Persian and Urdu keyboards.
_SAME_LETTER = {
    **dict.fromkeys(map(ord, "أإآٱ"), "ا"),
    **dict.fromkeys(map(ord, "ىیې"), "ي"),
    **dict.fromkeys(map(ord, "ةہەۀ"), "ه"),
    ord("ک"): "ك",
    ord("ؤ"): "و",
    ord("ئ"): "ي",
    # Latin letters whose stroke is not an accent for Unicode.
    ord("ł"): "l",
    ord("ø"): "o",
    ord("đ"): "d",
    ord("ð"): "d",
    ord("ħ"): "h",
    ord("ı"): "i",
    ord("æ"): "ae",
    ord("œ"): "oe",
    ord("þ"): "th",
}
_FOLD = {**dict.fromkeys(_DROPPED, None), **_SAME_LETTER}
_INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_]\.){2,}")
_NUMBER_WORD = re.compile(r"^\s*(?:no|nr|number|№|#)\s*[.:#\s]+\s*(?=.*\d)", re.IGNORECASE)


def normalise(text: str) -> str:
    """The search key of a name: the same for all ways in which people type the same name.

    Compatibility forms, capitals, accents of Latin letters, joiners, optional vowel points, digits
    of other scripts, punctuation and repeated blanks make no difference. Vowel signs of Indic
    scripts are part of the name and stay, as do Chinese, Japanese and Korean characters; dotted
    initials are one word (A.B.C. is ABC). Normalising a key again changes nothing.
    """
    folded = normalize("NFKC", normalize("NFKC", text).casefold())
    folded = _INITIALS.sub(lambda found: found[0].replace(".", "") + " ", folded)
    folded = _without_latin_accents(folded.translate(_FOLD)).translate(_FOLD)
    spaced = "".join(_plain_digit(c) if _is_written(c) else " " for c in folded)
    return " ".join(spaced.split())


def normalise_number(text: str) -> str:
    """The search key of a licence number: letters and digits only, capitals, digits 0 to 9.

    A leading "No.", "Nr", "Number" or "#" before a blank or point says only that a number
    follows and is left out. Other leading words stay: RL 12 and SL 12 may be two agencies of one
    register. Leading zeros stay, since 012 and 12 may be two row keys.
    """
    folded = normalize("NFKC", text)
    while (rest := _NUMBER_WORD.sub("", folded)) != folded:
        folded = rest
    digits = "".join(_plain_digit(c) for c in folded)
    return "".join(c for c in normalize("NFKC", digits.upper()) if category(c)[0] in "LN")


def number_digits(text: str) -> str:
    """The digits of a licence number without leading zeros, or none: RL-0010 and 10 are alike by it,
    but need not be the same number."""
    digits = "".join(c for c in normalise_number(text) if c.isdecimal())
    return digits.lstrip("0") or digits[:1]


def identity_key(numbers: str, licence_no: str | None, legal_name: str, address: str) -> str:
    """What makes an agency the same within its register: the licence number (`no:…`), or, where it
    has none or the register's `numbers` are only a `row_key`, name and address (`na:…|…`)."""
    number = "" if numbers == "row_key" else normalise_number(licence_no or "")
    if number:
        return f"no:{number}"
    return f"na:{normalise(legal_name)}|{normalise(address)}"


def _without_latin_accents(text: str) -> str:
    if text.isascii():
        return text
    kept: list[str] = []
    latin = False
    for c in normalize("NFD", text):
        if combining(c) or category(c) == "Mn":
            if latin:
                continue
        else:
            # A mark behind a sign that is no letter belongs to nothing.
            latin = c.isascii() or not _is_written(c) or name(c, "").startswith("LATIN")
        kept.append(c)
    return normalize("NFC", "".join(kept))


def _is_written(character: str) -> bool:
    """A letter, digit, or a sign that belongs to one."""
    return category(character)[0] in "LNM"


def _plain_digit(character: str) -> str:
    value = decimal(character, None)
    return character if value is None else str(value)
