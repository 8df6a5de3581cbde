"""How well a matcher did on queries whose right answer is known."""

from collections.abc import Iterable

from msgspec import Struct

from recruitwatch.names.values import Match, Outcome

AMBIGUOUS = "ambiguous"


class Labelled(Struct, frozen=True):
    """A query's kind, the agency that is meant (or nothing), the answer, and the time it took."""

    kind: str
    expected: str
    match: Match
    seconds: float


class Figures(Struct, frozen=True, kw_only=True):
    """Counts of one kind of query. Without an agency, only the suggestions made all the same count."""

    kind: str
    queries: int = 0
    with_agency: int = 0
    top_1: int = 0
    top_5: int = 0
    linked_right: int = 0
    linked_wrong: int = 0
    without_agency: int = 0
    suggested_without: int = 0
    certain_without: int = 0
    milliseconds: float = 0.0
    """A query, on average."""


def figures(kind: str, labelled: Iterable[Labelled]) -> Figures:
    """Count what came of these queries. Linked means that the first candidate is certain or suggested."""
    rows = list(labelled)
    positive = [row for row in rows if row.expected]
    negative = [row for row in rows if not row.expected]
    linked = [row for row in positive if row.match.outcome is not Outcome.UNMATCHED]
    right = sum(_place(row) == 0 for row in linked)
    return Figures(
        kind=kind,
        queries=len(rows),
        with_agency=len(positive),
        top_1=sum(_place(row) == 0 for row in positive),
        top_5=sum(_place(row) < 5 for row in positive),
        linked_right=right,
        linked_wrong=len(linked) - right,
        without_agency=len(negative),
        suggested_without=sum(row.match.outcome is not Outcome.UNMATCHED for row in negative),
        certain_without=sum(row.match.outcome is Outcome.CERTAIN for row in negative),
        milliseconds=round(1000 * sum(row.seconds for row in rows) / len(rows), 2) if rows else 0.0,
    )


def all_figures(labelled: Iterable[Labelled]) -> tuple[tuple[Figures, ...], Figures]:
    """Figures of each kind by name, and in total. Ambiguous queries (a name that several agencies
    share, none of them meant) are counted apart and not in the total."""
    rows = list(labelled)
    kinds = sorted({row.kind for row in rows})
    each = tuple(figures(kind, [row for row in rows if row.kind == kind]) for kind in kinds)
    return each, figures("total", [row for row in rows if row.kind != AMBIGUOUS])


def _place(row: Labelled) -> int:
    keys = [candidate.key for candidate in row.match.candidates]
    return keys.index(row.expected) if row.expected in keys else len(keys) + 5
