"""The second page: why points are missing, the trend, the agency's reply, what is held back, the method."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from recruitwatch.documents import INK, Align, Role, Text, isolated
from recruitwatch.scorecards.pdf.sheet import (
    COLUMN,
    FLOOR,
    LEFT,
    LINE,
    MUTED,
    PAGE_HEIGHT,
    RIGHT,
    SECOND,
    TINT,
    WIDTH,
    Sheet,
)
from recruitwatch.scorecards.pdf.words import (
    apportioned,
    held_back,
    is_withheld,
    line_text,
    points,
)
from recruitwatch.scorecards.values import Grade, wording
from recruitwatch.scorecards.values.contests import ContestMark
from recruitwatch.scorecards.values.papers import PaperFacts
from recruitwatch.scorecards.values.public import PublicCard, PublicLine

TREND_SHOWN = 6
REPLY_LINES = 9
NUMBER_WIDTH, SUBJECT_WIDTH, POINTS_WIDTH = 56.0, 128.0, 56.0
TEXT_WIDTH = WIDTH - NUMBER_WIDTH - SUBJECT_WIDTH - POINTS_WIDTH - 18
SUBJECT = RIGHT - POINTS_WIDTH - SUBJECT_WIDTH - 8
SMALL, PAD = 8.0, 3.5
COLUMN_HEAD = Role(scope="Column")


class Row(Struct, frozen=True, kw_only=True):
    """One reason as it is written."""

    number: str
    reason: Text
    subject: str
    lines: int


def draw_back(sheet: Sheet, card: PublicCard, facts: PaperFacts) -> None:
    y = _head(sheet, card, facts)
    below = _height(sheet, lambda: _below(sheet, card, facts, 0))
    y = _missing(sheet, card, facts, y + 9, FLOOR - 16 - below - 12)
    _below(sheet, card, facts, y + 12)


def _height(sheet: Sheet, draw: Callable[[], float]) -> float:
    sheet.measuring = True
    height = draw()
    sheet.measuring = False
    return height


def _head(sheet: Sheet, card: PublicCard, facts: PaperFacts) -> float:
    voice = sheet.voice
    grade = (
        f"{voice.gettext('Grade')} {card.grade.value}: {voice.gettext(wording.GRADES[card.grade])}"
    )
    name = sheet.apart(facts.agency_name)
    sheet.write(LEFT, 52, name, width=WIDTH - 180, size=10, bold=True)
    sheet.write(RIGHT - 170, 52, grade, width=170, size=10, bold=True, align=Align.END)
    sheet.rule(LEFT, 61, WIDTH, weight=2.2, colour=INK)
    return 62


def _missing(sheet: Sheet, card: PublicCard, facts: PaperFacts, y: float, floor: float) -> float:
    voice = sheet.voice
    title = voice.gettext("Why points are missing")
    sheet.canvas.bookmark(title, PAGE_HEIGHT - y, level=1)
    sheet.write(LEFT, y + 16, title, width=WIDTH, size=13, bold=True, tag="H2")
    y += 23
    if card.score is None or not card.lines:
        said = (
            voice.gettext("There is no score, and so no points are missing.")
            if card.score is None
            else voice.gettext("No points are missing.")
        )
        return sheet.paragraph(LEFT, y, said, width=WIDTH)
    y = sheet.paragraph(LEFT, y, _meaning(sheet, card), width=WIDTH, size=8.5, colour=MUTED, most=2)
    with sheet.tagged("Table", Role(summary=title)):
        return _table(sheet, card, facts, y + 4, floor)


def _table(sheet: Sheet, card: PublicCard, facts: PaperFacts, y: float, floor: float) -> float:
    voice = sheet.voice
    y = _table_head(sheet, y)
    lines = sorted(card.lines, key=lambda one: (-one.points, one.id))
    losses = apportioned([one.points for one in lines])
    marks = {one.line_id: one for one in facts.marks}
    rows = [_row_of(sheet, line, facts.questions, marks) for line in lines]
    fitting = _fitting(sheet, rows, floor - y - 18)
    for row, loss in zip(rows[:fitting], losses[:fitting], strict=True):
        y = _draw_row(sheet, y, row, loss)
    if fitting < len(rows):
        left = len(rows) - fitting
        more = voice.ngettext(
            "and %(count)s further line, at the address of the card",
            "and %(count)s further lines, at the address of the card",
            left,
            count=voice.number(left),
        )
        y = _closing(sheet, y, more, sum(losses[fitting:], Decimal(0)))
    return _total(sheet, y, sum(losses, Decimal(0)))


def _meaning(sheet: Sheet, card: PublicCard) -> str:
    voice = sheet.voice
    if is_withheld(card) or card.score is None:
        return voice.gettext(
            "These points rest on too little to give a grade. They only show what was found so far."
        )
    return voice.gettext(
        "The lines add up to what is missing from 100 to the %(points)s points of this card. The "
        "agency can contest any of them.",
        points=voice.number(card.score, 2),
    )


def _row_of(
    sheet: Sheet,
    line: PublicLine,
    questions: Mapping[str, str],
    marks: Mapping[str, ContestMark],
) -> Row:
    voice = sheet.voice
    known = wording.PRINCIPLES.get(line.principle) if line.principle else None
    subject = voice.gettext(known) if known else ""
    reason = line_text(voice, line, questions, marks)
    lines = max(
        len(sheet.lines_of(reason, TEXT_WIDTH, SMALL, 2).lines),
        len(sheet.lines_of(subject, SUBJECT_WIDTH, SMALL, 2).lines),
    )
    number = isolated(line.item) if line.item else "–"
    return Row(number=number, reason=reason, subject=subject, lines=lines)


def _height_of(sheet: Sheet, row: Row) -> float:
    return row.lines * sheet.step(SMALL) + PAD


def _fitting(sheet: Sheet, rows: Sequence[Row], room: float) -> int:
    """How many rows fit; where not all do, one row is kept for the rest."""
    heights = [_height_of(sheet, row) for row in rows]
    if sum(heights) <= room:
        return len(rows)
    used, number = sheet.step(SMALL) + PAD, 0
    while used + heights[number] <= room:
        used += heights[number]
        number += 1
    return number


def _table_head(sheet: Sheet, y: float) -> float:
    voice = sheet.voice
    sheet.box(LEFT, y, WIDTH, 16, TINT)
    with sheet.tagged("TR"):
        for x, name, width, align in (
            (LEFT + 4, voice.gettext("Number"), NUMBER_WIDTH - 8, Align.START),
            (LEFT + NUMBER_WIDTH, voice.gettext("Reason"), TEXT_WIDTH, Align.START),
            (SUBJECT, voice.gettext("Subject"), SUBJECT_WIDTH, Align.START),
            (RIGHT - POINTS_WIDTH - 4, voice.gettext("Points lost"), POINTS_WIDTH, Align.END),
        ):
            sheet.write(
                x, y + 11, name, width=width, size=SMALL, bold=True, align=align, tag="TH",
                role=COLUMN_HEAD,
            )  # fmt: skip
    return y + 17


def _draw_row(sheet: Sheet, y: float, row: Row, loss: Decimal) -> float:
    with sheet.tagged("TR"):
        first = y + sheet.step(SMALL) / 2 + 3.2
        sheet.write(
            LEFT + 4, first, row.number, width=NUMBER_WIDTH - 8, size=SMALL, colour=MUTED, tag="TD"
        )
        sheet.paragraph(
            LEFT + NUMBER_WIDTH, y, row.reason, width=TEXT_WIDTH, size=SMALL, most=2, tag="TD"
        )
        with sheet.tagged("TD"):
            if row.subject:
                sheet.paragraph(SUBJECT, y, row.subject, width=SUBJECT_WIDTH, size=SMALL, most=2)
        _figure(sheet, first, loss)
    y += _height_of(sheet, row)
    sheet.rule(LEFT, y - 1, WIDTH)
    return y


def _figure(sheet: Sheet, y: float, loss: Decimal, *, bold: bool = False) -> None:
    sheet.write(
        RIGHT - POINTS_WIDTH - 4, y, sheet.voice.number(loss, 2), width=POINTS_WIDTH, size=SMALL,
        bold=bold, align=Align.END, tag="TD",
    )  # fmt: skip


def _last(sheet: Sheet, y: float, text: str, loss: Decimal, *, bold: bool) -> None:
    """A row without a number and a subject."""
    with sheet.tagged("TR"):
        with sheet.tagged("TD"):
            pass
        sheet.write(
            LEFT + NUMBER_WIDTH, y, text, width=TEXT_WIDTH + SUBJECT_WIDTH, size=SMALL, bold=bold,
            tag="TD", role=Role(columns=2),
        )  # fmt: skip
        _figure(sheet, y, loss, bold=bold)


def _closing(sheet: Sheet, y: float, text: str, loss: Decimal) -> float:
    _last(sheet, y + sheet.step(SMALL) / 2 + 3.2, text, loss, bold=False)
    y += sheet.step(SMALL) + PAD
    sheet.rule(LEFT, y - 1, WIDTH, colour=LINE)
    return y


def _total(sheet: Sheet, y: float, loss: Decimal) -> float:
    sheet.rule(LEFT, y - 1, WIDTH, weight=0.8, colour=INK)
    _last(sheet, y + 11, sheet.voice.gettext("Together"), loss, bold=True)
    return y + 18


def _below(sheet: Sheet, card: PublicCard, facts: PaperFacts, y: float) -> float:
    """Two columns under the table; gives where they end."""
    left = _reply(sheet, facts, y)
    left = _trend(sheet, facts, left + 10)
    right = _held_back(sheet, card, y)
    right = _method(sheet, card, right + 10)
    y = max(left, right) + 8
    sheet.rule(LEFT, y, WIDTH)
    name = sheet.voice.gettext("SHA-256 of the public card")
    with sheet.tagged("P"):
        sheet.write(LEFT, y + 11, name, width=WIDTH * 0.35, size=7.5, bold=True, tag="Span")
        sheet.write(
            LEFT + WIDTH * 0.36, y + 11, facts.sha256, width=WIDTH * 0.64, size=7.5,
            align=Align.END, tag="Span", language="en",
        )  # fmt: skip
    return y + 14


def _reply(sheet: Sheet, facts: PaperFacts, y: float) -> float:
    voice = sheet.voice
    y = sheet.heading(LEFT, y, voice.gettext("What the agency says"), width=COLUMN)
    if not facts.replies:
        said = voice.gettext("No reply was received before publication.")
        return sheet.paragraph(LEFT, y, said, width=COLUMN, size=SMALL, most=2)
    whole = "\n".join(map(sheet.apart, facts.replies))
    end = sheet.paragraph(LEFT, y, whole, width=COLUMN, size=SMALL, most=REPLY_LINES)
    if not sheet.lines_of(whole, COLUMN, SMALL, REPLY_LINES).cut:
        return end
    where = voice.gettext("The whole reply is at the address of the card.")
    return sheet.paragraph(LEFT, end + 1, where, width=COLUMN, size=SMALL, bold=True, most=2)


def _trend(sheet: Sheet, facts: PaperFacts, y: float) -> float:
    voice = sheet.voice
    y = sheet.heading(LEFT, y, voice.gettext("Cards over time"), width=COLUMN)
    shown = sorted(facts.trend, key=lambda one: -one.revision)[:TREND_SHOWN]
    if len(shown) < 2:
        said = voice.gettext("This is the first published card.")
        return sheet.paragraph(LEFT, y, said, width=COLUMN, size=SMALL)
    with sheet.tagged("Table", Role(summary=voice.gettext("Cards over time"))):
        for line in shown:
            bold = line.revision == facts.revision
            name = voice.gettext("Revision %(revision)s", revision=voice.digits(line.revision))
            score = points(voice, None if line.grade is Grade.U else line.score_shown)
            with sheet.tagged("TR"):
                for x, text, width, align, tag in (
                    (0.0, name, 80.0, Align.START, "TH"),
                    (84.0, voice.date(line.as_of), 90.0, Align.START, "TD"),
                    (COLUMN - 66, line.grade.value, 20.0, Align.CENTRE, "TD"),
                    (COLUMN - 40, score, 40.0, Align.END, "TD"),
                ):
                    sheet.write(
                        LEFT + x, y + 9.5, text, width=width, size=SMALL, bold=bold, align=align,
                        tag=tag, role=Role(scope="Row" if tag == "TH" else ""),
                    )  # fmt: skip
            y += 12.8
    return y


def _held_back(sheet: Sheet, card: PublicCard, y: float) -> float:
    voice = sheet.voice
    y = sheet.heading(SECOND, y, voice.gettext("What we do not show"), width=COLUMN)
    for sentence in held_back(voice, card):
        y = sheet.paragraph(SECOND, y, sentence, width=COLUMN, size=SMALL, colour=MUTED, most=5)
        y += 2
    return y


def _method(sheet: Sheet, card: PublicCard, y: float) -> float:
    voice = sheet.voice
    title = f"{voice.gettext('Method')} {isolated(card.profile)}"
    y = sheet.heading(SECOND, y, title, width=COLUMN)
    said = voice.gettext(
        "The method and its weights are reasoned, not fitted to data. The checklists do not quote "
        "the Covenant or any official procedure, since those texts could not be read. A grade "
        "informs; sanctions rest on findings and law, never on a score alone."
    )
    return sheet.paragraph(SECOND, y, said, width=COLUMN, size=SMALL, colour=MUTED)
