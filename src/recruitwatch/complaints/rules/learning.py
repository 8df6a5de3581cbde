"""What judgements teach: how often the matcher was right, in which script, and names that workers use."""

from collections.abc import Iterable, Mapping

from recruitwatch.agencies.rules.taught import is_a_name, shares_a_word
from recruitwatch.complaints.values.filing import Told
from recruitwatch.complaints.values.learning import (
    KNOWN_NAME,
    NO_NAME,
    POINTS_TO_HER,
    Counted,
    Fit,
    QualityRow,
)
from recruitwatch.names.rules import normalise
from recruitwatch.names.rules.romanise import script_of
from recruitwatch.names.values import Dictionary

NUMBERS, MIXED = "NUMBERS", "MIXED"
FEWEST_CASES = 5
"""As on the public card: what rests on fewer than five workers points to them."""


def script_said(texts: Iterable[str]) -> str:
    """The script of her words: as Unicode names it, MIXED, or NUMBERS where no letter was said."""
    scripts = {script_of(word) for text in texts for word in text.split()} - {""}
    if not scripts:
        return NUMBERS
    return scripts.pop() if len(scripts) == 1 else MIXED


def name_fault(text: str, told: Told, known: Iterable[str], dictionary: Dictionary) -> str | None:
    """Why words of hers cannot be kept as a name of an agency whose names are `known`: a sentence or None.

    They leave a sealed case for the register, so nothing of her may stand in them: no number that could be a
    telephone, and no word of how she wants to be called, reached, or hidden from whom.
    """
    names = list(known)
    if normalise(text) in map(normalise, names):
        return KNOWN_NAME
    if not is_a_name(text, dictionary):
        return NO_NAME
    hers = [one for one in (told.call_me, told.reach, told.hide_person) if one.strip()]
    if shares_a_word(text, hers, names, dictionary):
        return POINTS_TO_HER
    return None


def fit_of(outcome: str, rank: int | None) -> Fit:
    """What became of a confirmed link: its agency was first, among the five, not among them, or nothing was
    suggested."""
    if rank is not None:
        return Fit.FIRST if rank == 1 else Fit.AMONG_FIVE
    return Fit.NOTHING if outcome == "unmatched" else Fit.WRONG


def quality_rows(counted: Iterable[Counted]) -> list[QualityRow]:
    """One row for each language and script, most cases first. Rows of fewer than five cases are put together
    in a last one, and that is left out where it has fewer, too."""
    sums: dict[tuple[str, str], dict[Fit, int]] = {}
    for one in counted:
        row = sums.setdefault((one.language, one.script), dict.fromkeys(Fit, 0))
        row[fit_of(one.outcome, one.rank)] += one.cases
    large = {key: row for key, row in sums.items() if sum(row.values()) >= FEWEST_CASES}
    rest = [row for key, row in sums.items() if key not in large]
    rows = [_row(language, script, row) for (language, script), row in large.items()]
    rows.sort(key=lambda row: (-row.cases, row.language, row.script))
    others = {fit: sum(row[fit] for row in rest) for fit in Fit}
    if sum(others.values()) >= FEWEST_CASES:
        rows.append(_row("", "", others))
    return rows


def _row(language: str, script: str, counts: Mapping[Fit, int]) -> QualityRow:
    """Shares are of shown counts only: any other would tell a withheld one."""
    cases = sum(counts.values())
    shown = withheld(counts)
    first, among, nothing = shown[Fit.FIRST], shown[Fit.AMONG_FIVE], shown[Fit.NOTHING]
    return QualityRow(
        language=language,
        script=script,
        cases=cases,
        counts=shown,
        precision=None if first is None or nothing is None else share(first, cases - nothing),
        recall=None if first is None else share(first, cases),
        recall_of_five=None if first is None or among is None else share(first + among, cases),
    )


def withheld(counts: Mapping[Fit, int]) -> dict[Fit, int | None]:
    """The counts, None for those of one to four. Where only one would be missing, or those that are missing
    are fewer than five together, the smallest of the others is withheld, too: they could be worked out
    from the sum."""
    small = {fit for fit, count in counts.items() if 0 < count < FEWEST_CASES}
    others = sorted(counts.keys() - small, key=lambda fit: (counts[fit] == 0, counts[fit], fit))
    while small and others and _tell(counts[fit] for fit in small):
        small.add(others.pop(0))
    return {fit: None if fit in small else count for fit, count in counts.items()}


def _tell(missing: Iterable[int]) -> bool:
    """Whether withheld counts can be worked out from what they come to together."""
    known = list(missing)
    return len(known) == 1 or sum(known) < FEWEST_CASES


def share(part: int, whole: int) -> int | None:
    """A share in whole per cent; None where there is nothing to share."""
    return round(100 * part / whole) if whole else None
