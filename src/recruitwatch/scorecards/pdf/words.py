"""Figures, reasons and limits as the paper words them, in the language of its reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import floor, fsum

from recruitwatch.documents import Span, Voice, isolated
from recruitwatch.errors import N_
from recruitwatch.scorecards.values import Grade, LineKind, wording
from recruitwatch.scorecards.values.contests import ContestMark, MarkState
from recruitwatch.scorecards.values.public import PublicCap, PublicCard, PublicLine, PublicLineKind

KINDS: Mapping[PublicLineKind, str] = {
    PublicLineKind.EVIDENCE: wording.LINES[LineKind.EVIDENCE],
    PublicLineKind.RECENCY: wording.LINES[LineKind.RECENCY],
    PublicLineKind.COMPLAINTS: N_("Complaints of workers, all together"),
    PublicLineKind.ACTIONS: N_("Faults put right in time, or not"),
}
MARKS: Mapping[MarkState, str] = {
    MarkState.PENDING: N_("Contested by the agency, not decided yet."),
    MarkState.UPHELD: N_("Contested by the agency, and it was right."),
    MarkState.NOT_UPHELD: N_("Contested by the agency; the line stays."),
}


def points(voice: Voice, value: float | None) -> str:
    return "–" if value is None else voice.number(value, 1)


def is_withheld(card: PublicCard) -> bool:
    """Too little was checked for a grade from points: they are not shown as a result either."""
    return card.grade is Grade.U or any(one.cap is Grade.U for one in card.caps)


def line_text(
    voice: Voice,
    line: PublicLine,
    questions: Mapping[str, str],
    marks: Mapping[str, ContestMark],
) -> tuple[Span, ...]:
    kind = voice.gettext(KINDS[line.kind]) if line.kind in KINDS else ""
    spans = [Span(kind)] if kind else []
    if line.item:
        spans += [Span(": ")] if kind else []
        question = questions.get(line.item)
        if question:  # As it was put, which is in English.
            spans.append(Span(isolated(question), language="en"))
        else:
            spans.append(Span(voice.gettext("The question of this number")))
    mark = marks.get(line.id)
    if mark is not None:
        spans.append(Span(f" {voice.gettext(MARKS[mark.state])}", bold=True))
    return tuple(spans)


def cap_text(voice: Voice, cap: PublicCap, marks: Mapping[str, ContestMark]) -> str:
    effect = (
        voice.gettext("The grade is withheld.")
        if cap.cap is Grade.U
        else voice.gettext("The grade can be %(cap)s at best.", cap=cap.cap.value)
    )
    said = f"{voice.gettext(wording.GATES[cap.gate])} {effect}"
    mark = marks.get(f"cap:{cap.gate.value}")
    return f"{said} {voice.gettext(MARKS[mark.state])}" if mark else said


def apportioned(values: Sequence[float]) -> list[Decimal]:
    """The values in hundredths that add up to the rounded sum: what is left over after cutting off goes
    to those that lost most, so that a reader who adds up the column finds the figure below it."""
    whole = [floor(value * 100) for value in values]
    left = round(fsum(values) * 100) - sum(whole)
    by_loss = sorted(range(len(values)), key=lambda at: (whole[at] - values[at] * 100, at))
    for at in by_loss[:left]:
        whole[at] += 1
    return [Decimal(hundredths).scaleb(-2) for hundredths in whole]


def held_back(voice: Voice, card: PublicCard) -> list[str]:
    """What is not on the card and why: nobody is to be told apart from two cards in a row."""
    said = [
        voice.gettext("Fewer than five complaints were decided: none counts here.")
        if card.complaints_of is None
        else voice.gettext(
            "As the complaints stood on %(day)s. They are shown as one sum, so that nobody can tell "
            "who complained. The sum changes only when at least five complaints have changed.",
            day=voice.date(card.complaints_of),
        ),
        voice.gettext("What fewer than five workers said does not count.")
        if card.interviews_of is None
        else voice.gettext(
            "What workers said counts as it stood on %(day)s, and changes only when it comes from at "
            "least five of them.",
            day=voice.date(card.interviews_of),
        ),
    ]
    if card.withheld_items:
        why = voice.gettext(
            "Fewer than five workers answered these questions. To protect them, the answers are not "
            "shown and count as not checked."
        )
        said.append(f"{why} ({', '.join(map(isolated, card.withheld_items))})")
    return said
