"""The second page: why points are missing, the trend, the agency's reply, what is held back, the method."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from recruitwatch.scorecards.pdf.sheet import (
    COLUMN,
    FLOOR,
    INK,
    LEFT,
    LINE,
    MUTED,
    RIGHT,
    SECOND,
    TINT,
    WIDTH,
    Sheet,
    wrapped,
)
from recruitwatch.scorecards.pdf.words import (
    apportioned,
    counted,
    day,
    held_back,
    is_withheld,
    line_text,
    points,
)
from recruitwatch.scorecards.values import Grade, wording
from recruitwatch.scorecards.values.papers import PaperFacts
from recruitwatch.scorecards.values.public import PublicCard, PublicLine

TREND_SHOWN = 6
REPLY_LINES = 9
NUMBER_WIDTH, SUBJECT_WIDTH, POINTS_WIDTH = 56.0, 128.0, 42.0
TEXT_WIDTH = WIDTH - NUMBER_WIDTH - SUBJECT_WIDTH - POINTS_WIDTH - 18
SMALL, STEP = 8.0, 10.4


def draw_back(sheet: Sheet, card: PublicCard, facts: PaperFacts) -> None:
    y = _head(sheet, card, facts)
    below = _height(sheet, lambda: _below(sheet, card, facts, 0))
    y = _missing(sheet, card, facts, y + 10, FLOOR - 16 - below - 14)
    _below(sheet, card, facts, y + 14)


def _height(sheet: Sheet, draw: Callable[[], float]) -> float:
    sheet.measuring = True
    height = draw()
    sheet.measuring = False
    return height


def _head(sheet: Sheet, card: PublicCard, facts: PaperFacts) -> float:
    grade = f"Grade {card.grade.value}: {wording.GRADES[card.grade]}"
    sheet.write(RIGHT, 52, grade, size=10, bold=True, right=True)
    sheet.paragraph(LEFT, 42, facts.agency_name, width=WIDTH - 180, size=10, bold=True, most=1)
    sheet.rule(LEFT, 60, WIDTH, weight=2.2, colour=INK)
    return 62


def _missing(sheet: Sheet, card: PublicCard, facts: PaperFacts, y: float, floor: float) -> float:
    sheet.write(LEFT, y + 16, "Why points are missing", size=13, bold=True)
    y += 24
    if card.score is None or not card.lines:
        said = "There is no score, and so no points are missing."
        if card.score is not None:
            said = "No points are missing."
        return sheet.paragraph(LEFT, y, said, width=WIDTH)
    y = sheet.paragraph(
        LEFT, y,
        _meaning(card),
        width=WIDTH, size=8.5, colour=MUTED,
    )  # fmt: skip
    y = _table_head(sheet, y + 4)
    lines = sorted(card.lines, key=lambda one: (-one.points, one.id))
    losses = apportioned([one.points for one in lines])
    fitting = _fitting(lines, facts, floor - y - 18)
    for line, loss in zip(lines[:fitting], losses[:fitting], strict=True):
        y = _row(sheet, y, line, loss, facts)
    if fitting < len(lines):
        more = counted(len(lines) - fitting, "further line", "further lines")
        y = _closing(sheet, y, f"and {more}, at the address of the card", sum(losses[fitting:]))
    return _total(sheet, y, sum(losses))


def _meaning(card: PublicCard) -> str:
    if is_withheld(card):
        return (
            "These points rest on too little to give a grade. They only show what was found so far. "
            "The agency can contest any of the lines."
        )
    return (
        f"The lines add up to what is missing from 100 to the {card.score:.2f} points of this card. "
        "The agency can contest any of them."
    )


def _fitting(lines: Sequence[PublicLine], facts: PaperFacts, room: float) -> int:
    """How many rows fit; where not all do, one row is kept for the rest."""
    heights = [_row_height(line, facts) for line in lines]
    if sum(heights) <= room:
        return len(lines)
    used, number = STEP + 5.0, 0
    while used + heights[number] <= room:
        used += heights[number]
        number += 1
    return number


def _row_texts(line: PublicLine, facts: PaperFacts) -> tuple[list[str], list[str]]:
    subject = wording.PRINCIPLES.get(line.principle, "") if line.principle else ""
    return (
        wrapped(line_text(line, facts.questions), TEXT_WIDTH, SMALL, most=2),
        wrapped(subject, SUBJECT_WIDTH, SMALL, most=2),
    )


def _row_height(line: PublicLine, facts: PaperFacts) -> float:
    return max(map(len, _row_texts(line, facts))) * STEP + 5


def _table_head(sheet: Sheet, y: float) -> float:
    sheet.box(LEFT, y, WIDTH, 16, TINT)
    for x, name in (
        (LEFT + 4, "Number"),
        (LEFT + NUMBER_WIDTH, "Reason"),
        (RIGHT - POINTS_WIDTH - SUBJECT_WIDTH - 8, "Subject"),
    ):
        sheet.write(x, y + 11, name, size=SMALL, bold=True)
    sheet.write(RIGHT - 4, y + 11, "Points lost", size=SMALL, bold=True, right=True)
    return y + 17


def _row(sheet: Sheet, y: float, line: PublicLine, loss: Decimal, facts: PaperFacts) -> float:
    number = wrapped(line.item or "–", NUMBER_WIDTH - 8, SMALL, most=1)[0]
    sheet.write(LEFT + 4, y + 10, number, size=SMALL, colour=MUTED)
    what, subject = _row_texts(line, facts)
    for texts, x in (
        (what, LEFT + NUMBER_WIDTH),
        (subject, RIGHT - POINTS_WIDTH - SUBJECT_WIDTH - 8),
    ):
        for at, text in enumerate(texts):
            sheet.write(x, y + 10 + at * STEP, text, size=SMALL)
    sheet.write(RIGHT - 4, y + 10, f"{loss:.2f}", size=SMALL, right=True)
    y += _row_height(line, facts)
    sheet.rule(LEFT, y, WIDTH)
    return y


def _closing(sheet: Sheet, y: float, text: str, loss: Decimal | int) -> float:
    sheet.write(LEFT + NUMBER_WIDTH, y + 10, text, size=SMALL)
    sheet.write(RIGHT - 4, y + 10, f"{loss:.2f}", size=SMALL, right=True)
    sheet.rule(LEFT, y + STEP + 5, WIDTH, colour=LINE)
    return y + STEP + 5


def _total(sheet: Sheet, y: float, loss: Decimal | int) -> float:
    sheet.rule(LEFT, y, WIDTH, weight=0.8, colour=INK)
    sheet.write(LEFT + NUMBER_WIDTH, y + 12, "Together", size=8.5, bold=True)
    sheet.write(RIGHT - 4, y + 12, f"{loss:.2f}", size=8.5, bold=True, right=True)
    return y + 18


def _below(sheet: Sheet, card: PublicCard, facts: PaperFacts, y: float) -> float:
    """Two columns under the table; gives where they end."""
    left = _reply(sheet, facts, y)
    left = _trend(sheet, facts, left + 12)
    right = _held_back(sheet, card, y)
    right = _method(sheet, card, right + 12)
    y = max(left, right) + 8
    sheet.rule(LEFT, y, WIDTH)
    sheet.write(LEFT, y + 11, "SHA-256 of the public card", size=7.5, bold=True)
    sheet.write(RIGHT, y + 11, facts.sha256, size=7.5, right=True)
    return y + 14


def _reply(sheet: Sheet, facts: PaperFacts, y: float) -> float:
    y = sheet.heading(LEFT, y, "What the agency replied", width=COLUMN)
    if not facts.replies:
        said = "No reply was received before publication."
        return sheet.paragraph(LEFT, y, said, width=COLUMN, size=SMALL)
    whole = "\n".join(facts.replies)
    end = sheet.paragraph(LEFT, y, whole, width=COLUMN, size=SMALL, leading=STEP, most=REPLY_LINES)
    if len(wrapped(whole, COLUMN, SMALL)) <= REPLY_LINES:
        return end
    where = f"The whole reply is at {facts.card_address}"
    return sheet.paragraph(
        LEFT, end + 1, where, width=COLUMN, size=SMALL, leading=STEP, bold=True, most=3
    )


def _trend(sheet: Sheet, facts: PaperFacts, y: float) -> float:
    y = sheet.heading(LEFT, y, "Published cards", width=COLUMN)
    shown = sorted(facts.trend, key=lambda one: -one.revision)[:TREND_SHOWN]
    if len(shown) < 2:
        said = "This is the first published card."
        return sheet.paragraph(LEFT, y, said, width=COLUMN, size=SMALL)
    for line in shown:
        bold = line.revision == facts.revision
        sheet.write(LEFT, y + 9, f"Revision {line.revision}", size=SMALL, bold=bold)
        sheet.write(LEFT + 78, y + 9, day(line.as_of), size=SMALL, bold=bold)
        sheet.write(LEFT + COLUMN - 56, y + 9, line.grade.value, size=SMALL, bold=True)
        shown_points = points(None if line.grade is Grade.U else line.score_shown)
        sheet.write(LEFT + COLUMN, y + 9, shown_points, size=SMALL, bold=bold, right=True)
        y += 12.5
    return y


def _held_back(sheet: Sheet, card: PublicCard, y: float) -> float:
    y = sheet.heading(SECOND, y, "What is held back, and why", width=COLUMN)
    for sentence in held_back(card):
        y = sheet.paragraph(
            SECOND, y, sentence, width=COLUMN, size=SMALL, leading=STEP, colour=MUTED, most=4
        )
        y += 3
    return y


def _method(sheet: Sheet, card: PublicCard, y: float) -> float:
    y = sheet.heading(SECOND, y, f"Method {card.profile}", width=COLUMN)
    return sheet.paragraph(
        SECOND, y,
        "The method and its weights are reasoned, not fitted to data. The checklists do not quote the "
        "Covenant or any official procedure, since those texts could not be read. A grade informs; "
        "sanctions rest on findings and law, never on a score alone.",
        width=COLUMN, size=SMALL, leading=STEP, colour=MUTED,
    )  # fmt: skip
