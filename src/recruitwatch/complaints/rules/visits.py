"""How long things of a worker last, and how much wrong codes slow everybody down."""

from datetime import timedelta
from unicodedata import decimal as decimal_digit

DRAFT_LASTS = timedelta(days=14)
RECEIPT_LASTS = timedelta(days=1)
"""How long repeating Send shows the same code: long enough for a bad line, short for a lent phone."""
NONCE_LASTS = RECEIPT_LASTS
"""How long a page may lie open before its code is typed: a number that was used is remembered so long."""
VISIT_LASTS = timedelta(minutes=40)
TRIES_WINDOW = timedelta(minutes=30)
CODE_DIGITS = 16
LAST_DIGITS = 4
MOST_FILES = 5
MOST_MESSAGES_A_DAY = 50
SLOWEST = 8.0


def plain_code(typed: str) -> str | None:
    """The 16 digits of what was typed, in any script's digits, with blanks and dashes; else None."""
    digits = "".join(str(d) for c in typed if (d := decimal_digit(c, None)) is not None)
    rest = [c for c in typed if decimal_digit(c, None) is None and not c.isspace()]
    marks = {"-", "–", "—", ".", "\u200c", "\u200d", "\u200e", "\u200f"}
    return digits if len(digits) == CODE_DIGITS and set(rest) <= marks else None


def last_digits_fit(typed: str, code: str) -> bool:
    digits = "".join(str(d) for c in typed if (d := decimal_digit(c, None)) is not None)
    return digits == code[-LAST_DIGITS:]


def seconds_to_wait(of_code: int, in_total: int) -> float:
    """Seconds before a code is looked up, after so many refused tries of the last half hour: of this code,
    and of all codes over all workers. Never by address: a dormitory or a help centre shares one.

    A right code waits too, so that it cannot be told from a wrong one by the clock. With 10^16 codes and a
    million cases, a guesser who tries a thousand codes a minute finds one in about twenty years.
    """
    by_code = 0.25 * 2.0 ** min(of_code, 6) if of_code else 0.0
    by_total = in_total / 50.0
    return min(SLOWEST, by_code + by_total)
