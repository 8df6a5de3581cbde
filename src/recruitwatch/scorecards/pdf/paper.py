"""The paper as a whole: its two pages, their feet, and what the file says of itself."""

from __future__ import annotations

from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from recruitwatch.scorecards.pdf.back import draw_back
from recruitwatch.scorecards.pdf.front import draw_front
from recruitwatch.scorecards.pdf.lettering import REGULAR, printable
from recruitwatch.scorecards.pdf.sheet import (
    FLOOR,
    INK,
    LEFT,
    MUTED,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    WIDTH,
    Sheet,
)
from recruitwatch.scorecards.values.papers import PaperFacts
from recruitwatch.scorecards.values.public import PublicCard

PAGES = 2
ROMANISED = (
    "Words in other scripts are written in Latin letters here, by sound and not officially. "
    "In their own letters they are at the address of the card."
)


def render(card: PublicCard, facts: PaperFacts) -> bytes:
    """The paper of this card. The same card and facts give the same bytes, on any day."""
    out = BytesIO()
    canvas = Canvas(
        out, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), pageCompression=1, invariant=1, lang="en",
        initialFontName=REGULAR,
    )  # fmt: skip
    # Each page would begin by choosing a typeface in a way that embedded ones do not allow.
    canvas._preamble = "1 0 0 1 0 0 cm"
    name = printable(facts.agency_name).replace("\n", " ")
    canvas.setTitle(f"Scorecard of {name}, revision {facts.revision}")
    canvas.setAuthor(printable(facts.ministry))
    canvas.setSubject(f"Grade {card.grade.value} as of {card.as_of.isoformat()}")
    canvas.setCreator("recruitwatch")
    canvas.setProducer("recruitwatch")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    for number, draw in enumerate((draw_front, draw_back), start=1):
        sheet = Sheet(canvas)
        draw(sheet, card, facts)
        _foot(sheet, facts, number)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _foot(sheet: Sheet, facts: PaperFacts, number: int) -> None:
    if sheet.romanised:
        sheet.paragraph(LEFT, FLOOR - 12, ROMANISED, width=WIDTH, size=7, colour=MUTED, most=1)
    sheet.rule(LEFT, FLOOR + 4, WIDTH, weight=0.8, colour=INK)
    licence = f" · Licence {facts.licence_no}" if facts.licence_no else ""
    about = f"Revision {facts.revision} · SHA-256 {facts.sha256[:12]}…{licence}"
    sheet.paragraph(LEFT, FLOOR + 8, about, width=WIDTH - 80, size=7.5, colour=MUTED, most=1)
    sheet.write(
        RIGHT, FLOOR + 15.5, f"Page {number} of {PAGES}", size=7.5, colour=MUTED, right=True
    )
