"""The paper as a whole: its two pages, their feet, and what the file says of itself."""

from __future__ import annotations

from io import BytesIO

from recruitwatch.documents import INK, About, Align, Canvas, Voice, isolated
from recruitwatch.scorecards.pdf.back import draw_back
from recruitwatch.scorecards.pdf.front import draw_front
from recruitwatch.scorecards.pdf.sheet import FLOOR, LEFT, MUTED, RIGHT, WIDTH, Sheet
from recruitwatch.scorecards.values.papers import PaperFacts
from recruitwatch.scorecards.values.public import PublicCard

PAGES = 2


def render(card: PublicCard, facts: PaperFacts, voice: Voice) -> bytes:
    """The paper of this card in this language. The same card and facts give the same bytes, on any day."""
    out = BytesIO()
    canvas = Canvas(out, _about(card, facts, voice))
    for number, draw in enumerate((draw_front, draw_back), start=1):
        sheet = Sheet(canvas, voice)
        draw(sheet, card, facts)
        with canvas.decoration():
            _foot(sheet, facts, number)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _about(card: PublicCard, facts: PaperFacts, voice: Voice) -> About:
    name = " ".join(facts.agency_name.split())
    return About(
        title=voice.gettext("Scorecard of %(agency)s", agency=name),
        language=voice.language,
        author=facts.ministry or "recruitwatch",
        subject=" · ".join(
            (
                f"{voice.gettext('Grade')} {card.grade.value}",
                voice.date(card.as_of),
                voice.gettext("Revision %(revision)s", revision=voice.digits(facts.revision)),
            )
        ),
    )


def _foot(sheet: Sheet, facts: PaperFacts, number: int) -> None:
    voice = sheet.voice
    if sheet.romanised:
        said = voice.gettext(
            "Some letters could not be printed; they are written in Latin letters by sound. In their "
            "own letters they are at the address of the card."
        )
        sheet.write(LEFT, FLOOR - 3, said, width=WIDTH, size=7, colour=MUTED)
    sheet.rule(LEFT, FLOOR + 4, WIDTH, weight=0.8, colour=INK)
    parts = [
        voice.gettext("Revision %(revision)s", revision=voice.digits(facts.revision)),
        f"SHA-256 {isolated(f'{facts.sha256[:12]}…')}",
    ]
    if facts.licence_no:
        parts.append(f"{voice.gettext('Licence number')} {isolated(facts.licence_no)}")
    sheet.write(LEFT, FLOOR + 16, " · ".join(parts), width=WIDTH - 90, size=7.5, colour=MUTED)
    page = voice.gettext(
        "Page %(page)s of %(pages)s", page=voice.digits(number), pages=voice.digits(PAGES)
    )
    sheet.write(RIGHT - 85, FLOOR + 16, page, width=85, size=7.5, colour=MUTED, align=Align.END)
