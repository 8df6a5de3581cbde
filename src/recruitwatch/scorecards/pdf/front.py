"""The first page: whose card it is, the grade, the three parts, what it rests on, how to check it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportlab.lib.colors import Color, HexColor

from recruitwatch.scorecards.pdf.sheet import (
    COLUMN,
    FLOOR,
    INK,
    LEFT,
    MUTED,
    RIGHT,
    SECOND,
    TINT,
    TRACK,
    WHITE,
    WIDTH,
    Sheet,
    wrapped,
)
from recruitwatch.scorecards.pdf.words import cap_text, counted, day, is_withheld, points
from recruitwatch.scorecards.rules.profile import PROFILES
from recruitwatch.scorecards.values import Grade, NoteCode, wording
from recruitwatch.scorecards.values.papers import PaperFacts
from recruitwatch.scorecards.values.public import PublicCard

GRADE_COLOURS: Mapping[Grade, Color] = {
    Grade.A: HexColor(0x00553A),
    Grade.B: HexColor(0x1F6B3B),
    Grade.C: HexColor(0x7A4E00),
    Grade.D: HexColor(0xA33E00),
    Grade.E: HexColor(0x942514),
    Grade.U: HexColor(0x45494C),
}
BADGE = 104.0
CHECK_HEIGHT = 112.0
CHECK_TOP = FLOOR - 16 - CHECK_HEIGHT


def draw_front(sheet: Sheet, card: PublicCard, facts: PaperFacts) -> None:
    y = _head(sheet, card, facts)
    y = _grade(sheet, card, y + 10)
    y = max(_parts(sheet, card, y + 18), _subjects(sheet, card, y + 18))
    _basis(sheet, card, y + 12)
    _limits(sheet, card, y + 12)
    _check(sheet, facts)


def _head(sheet: Sheet, card: PublicCard, facts: PaperFacts) -> float:
    sheet.paragraph(LEFT, 42, facts.ministry, width=WIDTH - 190, size=10, bold=True, most=1)
    sheet.write(RIGHT, 52, "Public scorecard of an agency", size=9, colour=MUTED, right=True)
    sheet.rule(LEFT, 60, WIDTH, weight=2.2, colour=INK)
    y = sheet.paragraph(
        LEFT, 70, facts.agency_name, width=WIDTH, size=19, leading=23, bold=True, most=3
    )
    state = (
        f"{wording.LICENCES[card.licence_state].lower()} on the day of the card"
        if card.licence_state
        else "no decision recorded"
    )
    about = f"Licence {facts.licence_no or 'without number'}, {state} · {facts.register_title}"
    y = sheet.paragraph(LEFT, y + 1, about, width=WIDTH, size=9, most=2)
    dates = (
        f"As the records stood on {day(card.as_of)} · Revision {facts.revision}, issued "
        f"{day(facts.issued_on)}, published {day(facts.published_on)}"
    )
    y = sheet.paragraph(LEFT, y + 1, dates, width=WIDTH, size=9, colour=MUTED, most=2)
    if not facts.reason:
        return y
    why = f"Why there is a new revision: {facts.reason}"
    return sheet.paragraph(LEFT, y + 1, why, width=WIDTH, size=9, most=2)


def _grade(sheet: Sheet, card: PublicCard, y: float) -> float:
    sheet.box(LEFT, y, BADGE, BADGE, GRADE_COLOURS[card.grade])
    letter = card.grade.value
    sheet.write(LEFT + BADGE / 2 - 25, y + 76, letter, size=66, bold=True, colour=WHITE)
    sheet.write(LEFT + 8, y + BADGE - 8, "Grade", size=8, colour=WHITE)
    x = LEFT + BADGE + 18
    sheet.write(x, y + 17, wording.GRADES[card.grade], size=20, bold=True)
    if is_withheld(card) or card.score_shown is None:
        said = "No grade from points: too little was checked, or too long ago."
        sheet.write(x, y + 38, said, size=9.5)
    else:
        sheet.write(x, y + 38, f"{points(card.score_shown)} of 100 points", size=12, bold=True)
    if card.score_low is not None and card.score_high is not None:
        between = f"Range {points(card.score_low)} to {points(card.score_high)}"
        sheet.write(RIGHT, y + 38, between, size=9.5, right=True)
    _scale(sheet, card, x, y + 48, RIGHT - x)
    certain = f"Certainty. {wording.CERTAINTIES[card.certainty]}."
    sheet.paragraph(x, y + 83, certain, width=RIGHT - x, size=8.5, colour=MUTED, most=2)
    return y + BADGE


def _scale(sheet: Sheet, card: PublicCard, x: float, y: float, width: float) -> None:
    """From 0 to 100: the letters' bands, the range, and the points as a mark."""
    sheet.box(x, y, width, 12, TRACK)
    if card.score_low is not None and card.score_high is not None:
        low, high = (min(100.0, max(0.0, one)) for one in (card.score_low, card.score_high))
        sheet.box(x + width * low / 100, y, width * (high - low) / 100, 12, HexColor(0x8FB3D1))
    if card.score is not None and not is_withheld(card):
        sheet.box(x + width * card.score / 100 - 1.5, y - 3, 3, 18, INK)
    floors = [(grade, float(floor)) for grade, floor in PROFILES[card.profile].bands]
    ends = [100.0, *(floor for _, floor in floors)]
    for (grade, floor), end in zip([*floors, (Grade.E, 0.0)], ends, strict=True):
        if floor:
            sheet.box(x + width * floor / 100 - 0.4, y, 0.8, 16, WHITE)
            sheet.write(x + width * floor / 100 - 5, y + 27, f"{floor:.0f}", size=7, colour=MUTED)
        middle = x + width * (floor + end) / 200
        sheet.write(middle - 3, y + 22, grade.value, size=8, bold=grade is card.grade)


def _parts(sheet: Sheet, card: PublicCard, y: float) -> float:
    y = sheet.heading(LEFT, y, "The three parts", width=COLUMN)
    shares = PROFILES[card.profile].parts
    for name, share, mid in (
        ("Audits and interviews", shares.audit, card.audit),
        ("Outcomes of complaints", shares.complaints, card.complaints),
        ("Acting in time", shares.responsiveness, card.responsiveness),
    ):
        sheet.write(LEFT, y + 9, name, size=9, bold=True)
        sheet.write(LEFT + COLUMN, y + 9, points(mid), size=9, bold=True, right=True)
        sheet.write(
            LEFT + COLUMN - 36, y + 9, f"counts {share:.0%}", size=7.5, colour=MUTED, right=True
        )
        sheet.bar(LEFT, y + 13, COLUMN, 8, mid)
        y += 29
    return _for_women(sheet, card, y + 4)


def _for_women(sheet: Sheet, card: PublicCard, y: float) -> float:
    y = sheet.heading(LEFT, y, "For women", width=COLUMN)
    view = card.gender
    if view is None:
        said = "No question of special importance to women applied."
        return sheet.paragraph(LEFT, y, said, width=COLUMN, size=8.5, most=2)
    many = counted(view.items, "question", "questions")
    sheet.write(LEFT, y + 9, f"{many} of special importance", size=8.5)
    sheet.write(LEFT + COLUMN, y + 9, points(view.mid), size=9, bold=True, right=True)
    sheet.bar(LEFT, y + 13, COLUMN, 8, view.mid)
    between = f"Range {points(view.low)} to {points(view.high)}"
    sheet.write(LEFT, y + 31, between, size=7.5, colour=MUTED)
    return y + 34


def _subjects(sheet: Sheet, card: PublicCard, y: float) -> float:
    y = sheet.heading(SECOND, y, "By subject, from the audits", width=COLUMN)
    if not card.principles:
        return sheet.paragraph(SECOND, y, "Nothing was checked.", width=COLUMN, size=8.5)
    for one in card.principles:
        name = wording.PRINCIPLES[one.principle]
        sheet.write(SECOND, y + 9, name, size=7.3)
        sheet.bar(SECOND + COLUMN - 62, y + 3.5, 34, 6, one.mid)
        sheet.write(SECOND + COLUMN, y + 9, points(one.mid), size=7.8, right=True)
        y += 12.6
    return y


def _basis(sheet: Sheet, card: PublicCard, y: float) -> None:
    y = sheet.heading(LEFT, y, "What it rests on", width=COLUMN)
    months = card.months_since_inspection
    inspected = (
        "none yet"
        if months is None
        else "less than a month ago"
        if months < 1
        else f"{counted(int(months), 'month', 'months')} ago"
    )
    not_yet = "fewer than five: none counts"
    for name, value in (
        ("Last full inspection", inspected),
        ("Files checked then", "–" if card.files is None else f"{card.files:,}"),
        ("Workers interviewed, 24 months", f"{card.interviews:,}"),
        ("Workers' answers as of", day(card.interviews_of) if card.interviews_of else not_yet),
        ("Complaints as of", day(card.complaints_of) if card.complaints_of else not_yet),
        ("Workers sent, last three years", " / ".join(f"{one:,}" for one in card.deployed)),
        ("Method", card.profile),
    ):
        sheet.write(LEFT, y + 9, name, size=8, colour=MUTED)
        sheet.write(LEFT + COLUMN, y + 9, value, size=8, bold=True, right=True)
        sheet.rule(LEFT, y + 12.8, COLUMN)
        y += 14.4


def _limits(sheet: Sheet, card: PublicCard, y: float) -> None:
    y = sheet.heading(SECOND, y, "What limits the grade", width=COLUMN)
    notes = [wording.NOTES[NoteCode(code)] for code in card.notes]
    said = [cap_text(one) for one in card.caps] or ["Nothing limits the grade."]
    _bullets(sheet, y, [*said, *notes])


def _bullets(sheet: Sheet, y: float, sentences: Sequence[str]) -> None:
    """As many as fit above the box at the bottom; the rest is counted."""
    floor = CHECK_TOP - 8
    for number, sentence in enumerate(sentences):
        lines = wrapped(sentence, COLUMN - 10, 8)
        last = number == len(sentences) - 1
        if y + len(lines) * 10.4 > floor - (0 if last else 11):
            more = f"And {len(sentences) - number} more, at the address of the card."
            sheet.write(SECOND, y + 8, more, size=8, bold=True)
            return
        sheet.box(SECOND, y + 3.2, 3, 3, INK)
        y = sheet.paragraph(SECOND + 10, y, sentence, width=COLUMN - 10, size=8, leading=10.4) + 3


def _check(sheet: Sheet, facts: PaperFacts) -> None:
    sheet.box(LEFT, CHECK_TOP, WIDTH, CHECK_HEIGHT, TINT)
    sheet.box(LEFT + 8, CHECK_TOP + 8, CHECK_HEIGHT - 16, CHECK_HEIGHT - 16, WHITE)
    sheet.code(LEFT + 14, CHECK_TOP + 14, CHECK_HEIGHT - 28, facts.verify_address)
    x, width = LEFT + CHECK_HEIGHT + 8, WIDTH - CHECK_HEIGHT - 18
    sheet.write(x, CHECK_TOP + 19, "Check this card:", size=10.5, bold=True)
    y = sheet.paragraph(
        x, CHECK_TOP + 24, facts.verify_address, width=width, size=9, leading=11, most=3
    )
    y = sheet.paragraph(
        x, y + 3,
        "A paper can be old or altered. The page at this address says whether this card is valid, "
        "replaced or recalled, and shows its grade.",
        width=width, size=8.5, leading=11, most=2,
    )  # fmt: skip
    sheet.paragraph(
        x, y + 3, f"The whole card: {facts.card_address}", width=width, size=8.5, leading=11, most=2
    )
