"""Figures, days and reasons as the paper words them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from math import floor, fsum

from babel.dates import format_date

from recruitwatch.scorecards.values import Grade, wording
from recruitwatch.scorecards.values.public import PublicCap, PublicCard, PublicLine, PublicLineKind

KINDS: Mapping[PublicLineKind, str] = {
    PublicLineKind.ANSWER: "",
    PublicLineKind.EVIDENCE: "Weak evidence: ",
    PublicLineKind.RECENCY: "Last full inspection more than 12 months ago",
    PublicLineKind.COMPLAINTS: "Everything about complaints, cases, and workers knowing whom to call",
    PublicLineKind.ACTIONS: "Corrective actions: those not closed in time, and the usual record",
}


def day(on: date) -> str:
    return format_date(on, "d MMMM y", locale="en")


def points(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def is_withheld(card: PublicCard) -> bool:
    """Too little was checked for a grade from points: they are not shown as a result either."""
    return card.grade is Grade.U or any(one.cap is Grade.U for one in card.caps)


def counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def line_text(line: PublicLine, questions: Mapping[str, str]) -> str:
    kind = KINDS[line.kind]
    if not line.item:
        return kind
    return f"{kind}{questions.get(line.item) or 'the question of this number'}"


def cap_text(cap: PublicCap) -> str:
    effect = (
        "The grade is withheld."
        if cap.cap is Grade.U
        else f"The grade can be {cap.cap.value} at best."
    )
    return f"{wording.GATES[cap.gate]} {effect}"


def apportioned(values: Sequence[float]) -> list[Decimal]:
    """The values in hundredths that add up to the rounded sum: what is left over after cutting off goes
    to those that lost most, so that a reader who adds up the column finds the figure below it."""
    whole = [floor(value * 100) for value in values]
    left = round(fsum(values) * 100) - sum(whole)
    by_loss = sorted(range(len(values)), key=lambda at: (whole[at] - values[at] * 100, at))
    for at in by_loss[:left]:
        whole[at] += 1
    return [Decimal(hundredths).scaleb(-2) for hundredths in whole]


def held_back(card: PublicCard) -> list[str]:
    """What is not on the card and why: nobody is to be told apart from two cards in a row."""
    said = [
        "All about complaints is one line, and their figures change only when at least five of them "
        "changed. The same holds for what workers said. So nobody can be told apart.",
        "No complaint is counted yet: fewer than five were decided."
        if card.complaints_of is None
        else f"Complaints count as they stood on {day(card.complaints_of)}.",
        "Nothing that workers said is counted yet: fewer than five talked to us."
        if card.interviews_of is None
        else f"What workers said counts as it stood on {day(card.interviews_of)}.",
    ]
    if card.withheld_items:
        many = counted(len(card.withheld_items), "question", "questions")
        said.append(
            f"Fewer than five workers answered, so it counts as not checked: {many} "
            f"({', '.join(card.withheld_items)})."
        )
    return said
