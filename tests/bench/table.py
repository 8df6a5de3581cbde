"""The one table that a run prints, and the sums behind its figures."""

import sys
from collections.abc import Iterable, Sequence
from statistics import median

import msgspec

HEADINGS = ("what", "measured", "its ceiling", "measured", "share")


class Line(msgspec.Struct, frozen=True):
    """A figure, its ceiling and how near it comes: 100 % would be nothing of our own on top."""

    what: str
    measured: str
    ceiling: str = ""
    ceiling_measured: str = ""
    share: str = ""


def rate_line(what: str, rate: float, ceiling: str, limit: float, *, more: str = "") -> Line:
    """Work per second: more is better."""
    return Line(what, f"{rate:,.0f}/s{more}", ceiling, f"{limit:,.0f}/s", percent(rate, limit))


def time_line(what: str, seconds: Sequence[float], ceiling: str, floor: Sequence[float]) -> Line:
    """Many runs of one thing: less is better, so the share is turned round."""
    return Line(
        what,
        f"p50 {quantile(seconds, 50)}, p95 {quantile(seconds, 95)} ms",
        ceiling,
        f"p50 {quantile(floor, 50)}, p95 {quantile(floor, 95)} ms",
        percent(median(floor), median(seconds)),
    )


def quantile(seconds: Sequence[float], percent_below: int) -> str:
    """In milliseconds, by the nearest rank."""
    return thousandths(at_rank(seconds, percent_below))


def at_rank(seconds: Sequence[float], percent_below: int) -> float:
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, len(ordered) * percent_below // 100)]


def thousandths(seconds: float) -> str:
    milliseconds = seconds * 1000
    return f"{milliseconds:.2f}" if milliseconds < 10 else f"{milliseconds:,.0f}"


def percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.0f} %"


def tell(sentence: str) -> None:
    """Progress goes to standard error: standard output holds the table alone."""
    print(sentence, file=sys.stderr, flush=True)


def written(lines: Iterable[Line]) -> str:
    """The table, for eyes and for Markdown alike."""
    rows = [HEADINGS, *(msgspec.structs.astuple(line) for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    texts = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in rows]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([texts[0], rule, *texts[1:]])
