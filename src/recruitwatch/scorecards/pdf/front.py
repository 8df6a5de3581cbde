"""The first page: whose card it is, the grade, the three parts, what it rests on, how to check it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from recruitwatch.documents import INK, Align, Role, isolated
from recruitwatch.errors import N_
from recruitwatch.scorecards.pdf.sheet import (
    COLUMN,
    FLOOR,
    LEFT,
    MUTED,
    PAGE_HEIGHT,
    RIGHT,
    SECOND,
    TINT,
    TRACK,
    WHITE,
    WIDTH,
    Sheet,
)
from recruitwatch.scorecards.pdf.words import cap_text, is_withheld, points
from recruitwatch.scorecards.rules.profile import PROFILES
from recruitwatch.scorecards.rules.reasons import known_reason
from recruitwatch.scorecards.values import Grade, NoteCode, wording
from recruitwatch.scorecards.values.papers import PaperFacts
from recruitwatch.scorecards.values.public import PublicCard

GRADE_COLOURS: Mapping[Grade, int] = {
    Grade.A: 0x00553A,
    Grade.B: 0x1F6B3B,
    Grade.C: 0x7A4E00,
    Grade.D: 0xA33E00,
    Grade.E: 0x942514,
    Grade.U: 0x45494C,
}
RANGE = 0x8FB3D1
BADGE = 100.0
CHECK_HEIGHT = 112.0
CHECK_TOP = FLOOR - 16 - CHECK_HEIGHT
CODE = CHECK_HEIGHT - 28
FIGURE = 40.0
ROW = Role(scope="Row")


def draw_front(sheet: Sheet, card: PublicCard, facts: PaperFacts) -> None:
    y = _head(sheet, card, facts)
    y = _grade(sheet, card, y + 9)
    y = max(_parts(sheet, card, y + 16), _subjects(sheet, card, y + 16))
    _basis(sheet, card, y + 10)
    _limits(sheet, card, facts, y + 10)
    _check(sheet, facts)


def _head(sheet: Sheet, card: PublicCard, facts: PaperFacts) -> float:
    voice = sheet.voice
    sheet.write(LEFT, 52, sheet.apart(facts.ministry), width=WIDTH - 190, size=10, bold=True)
    kind = voice.gettext("Public scorecard of an agency")
    sheet.write(RIGHT - 180, 52, kind, width=180, size=9, colour=MUTED, align=Align.END)
    sheet.rule(LEFT, 61, WIDTH, weight=2.2, colour=INK)
    sheet.canvas.bookmark(facts.agency_name, PAGE_HEIGHT - 64)
    y = _name(sheet, sheet.apart(facts.agency_name))
    number = voice.gettext("Licence number")
    state = (
        voice.gettext(wording.LICENCES[card.licence_state])
        if card.licence_state
        else voice.gettext("No decision recorded")
    )
    about = " · ".join(
        (
            f"{number}: {isolated(facts.licence_no) if facts.licence_no else '–'}",
            f"{voice.gettext('Licence on the day of the card')}: {state}",
            isolated(facts.register_title),
        )
    )
    y = sheet.paragraph(LEFT, y + 2, about, width=WIDTH, size=9, most=2)
    y = sheet.paragraph(
        LEFT, y, _days(sheet, card, facts), width=WIDTH, size=9, colour=MUTED, most=2
    )
    known = known_reason(facts.reason, corrects=facts.corrects)
    if known is None and not facts.reason:
        return y
    reason = isolated(facts.reason)
    if known is not None:
        values = {name: isolated(str(value)) for name, value in known.values.items()}
        reason = voice.gettext(known.key, **values)
    why = f"{voice.gettext('Why there is a new revision')}: {reason}"
    return sheet.paragraph(LEFT, y, why, width=WIDTH, size=9, most=2)


def _name(sheet: Sheet, name: str) -> float:
    """Large where two lines hold it, else in smaller letters."""
    size, most = next(
        ((size, most) for size, most in ((19, 2), (14, 3))
         if not sheet.lines_of(name, WIDTH * 0.98, size, most).cut),
        (14, 3),
    )  # fmt: skip
    return sheet.paragraph(LEFT, 67, name, width=WIDTH, size=size, bold=True, most=most, tag="H1")


def _days(sheet: Sheet, card: PublicCard, facts: PaperFacts) -> str:
    voice = sheet.voice
    return voice.gettext(
        "As the records stood on %(day)s. Revision %(revision)s, issued on %(issued)s, published "
        "on %(published)s.",
        day=voice.date(card.as_of),
        revision=voice.digits(facts.revision),
        issued=voice.date(facts.issued_on),
        published=voice.date(facts.published_on),
    )


def _grade(sheet: Sheet, card: PublicCard, y: float) -> float:
    voice = sheet.voice
    letter = card.grade.value
    sheet.box(LEFT, y, BADGE, BADGE, GRADE_COLOURS[card.grade])
    sheet.write(LEFT + 8, y + 18, voice.gettext("Grade"), width=BADGE - 16, size=9, colour=WHITE)
    sheet.write(
        LEFT, y + 84, letter, width=BADGE, size=66, bold=True, colour=WHITE, align=Align.CENTRE,
        language="en",
    )  # fmt: skip
    x = LEFT + BADGE + 18
    width = RIGHT - x
    sheet.write(
        x, y + 17, voice.gettext(wording.GRADES[card.grade]), width=width, size=20, bold=True
    )
    if is_withheld(card) or card.score_shown is None:
        said = voice.gettext("No grade from points: too little was checked, or too long ago.")
        sheet.write(x, y + 36, said, width=width * 0.66, size=9.5)
    else:
        said = voice.gettext("%(points)s of 100 points", points=points(voice, card.score_shown))
        sheet.write(x, y + 36, said, width=width * 0.6, size=12, bold=True)
    if card.score_low is not None and card.score_high is not None:
        between = _between(sheet, card.score_low, card.score_high)
        sheet.write(
            x + width * 0.67, y + 36, between, width=width * 0.33, size=9.5, align=Align.END
        )
    _scale(sheet, card, x, y + 46, width)
    certain = f"{voice.gettext('Certainty')}. {voice.gettext(wording.CERTAINTIES[card.certainty])}."
    sheet.paragraph(x, y + 76, certain, width=width, size=8.5, colour=MUTED, most=2)
    return y + BADGE


def _between(sheet: Sheet, low: float, high: float) -> str:
    voice = sheet.voice
    return voice.gettext(
        "Range %(low)s to %(high)s", low=points(voice, low), high=points(voice, high)
    )


def _scale(sheet: Sheet, card: PublicCard, x: float, y: float, width: float) -> None:
    """From 0 to 100: the letters' bands, the range, and the points as a mark."""
    voice = sheet.voice
    floors = [(grade, float(floor)) for grade, floor in PROFILES[card.profile].bands]
    bands = ", ".join(f"{grade.value} {voice.number(floor)}" for grade, floor in floors)
    alt = voice.gettext("A scale from 0 to 100. Grades begin at: %(bands)s.", bands=bands)
    with sheet.figure(alt, x, y - 3, width, 32):
        sheet.box(x, y, width, 12, TRACK)
        if card.score_low is not None and card.score_high is not None:
            low, high = (min(100.0, max(0.0, one)) for one in (card.score_low, card.score_high))
            sheet.box(x + width * low / 100, y, width * (high - low) / 100, 12, RANGE)
        if card.score is not None and not is_withheld(card):
            sheet.box(x + width * card.score / 100 - 1.5, y - 3, 3, 18, INK)
        ends = [100.0, *(floor for _, floor in floors)]
        for (grade, floor), end in zip([*floors, (Grade.E, 0.0)], ends, strict=True):
            if floor:
                at = x + width * floor / 100
                sheet.box(at - 0.4, y, 0.8, 16, WHITE)
                figure = voice.number(floor, 0)
                sheet.write(
                    at - 10, y + 28, figure, width=20, size=7, colour=MUTED, align=Align.CENTRE
                )
            middle = x + width * (floor + end) / 200
            bold = grade is card.grade
            sheet.write(
                middle - 10, y + 22, grade.value, width=20, size=8, bold=bold, align=Align.CENTRE
            )


def _row(sheet: Sheet, x: float, y: float, name: str, value: float | None, size: float) -> None:
    """A name, its points and their bar's place is the caller's."""
    sheet.write(x, y, name, width=COLUMN - FIGURE, size=size, tag="TH", role=ROW)
    said = points(sheet.voice, value)
    sheet.write(
        x + COLUMN - FIGURE, y, said, width=FIGURE, size=9, bold=True, align=Align.END, tag="TD"
    )


def _parts(sheet: Sheet, card: PublicCard, y: float) -> float:
    voice = sheet.voice
    y = sheet.heading(LEFT, y, voice.gettext("The three parts"), width=COLUMN)
    shares = PROFILES[card.profile].parts
    with sheet.tagged("Table", Role(summary=voice.gettext("Points of 100"))):
        for name, share, mid in (
            (N_("Audits and interviews"), shares.audit, card.audit),
            (N_("Outcomes of complaints"), shares.complaints, card.complaints),
            (N_("Acting in time"), shares.responsiveness, card.responsiveness),
        ):
            said = voice.gettext(
                "%(part)s (%(share)s of the whole)",
                part=voice.gettext(name),
                share=voice.percent(share),
            )
            with sheet.tagged("TR"):
                _row(sheet, LEFT, y + 9, said, mid, 9)
            sheet.bar(LEFT, y + 13.5, COLUMN, 8, mid)
            y += 29
    return _for_women(sheet, card, y + 2)


def _for_women(sheet: Sheet, card: PublicCard, y: float) -> float:
    voice, view = sheet.voice, card.gender
    y = sheet.heading(LEFT, y, voice.gettext("For women"), width=COLUMN)
    if view is None:
        said = voice.gettext("No question of special importance to women applied.")
        return sheet.paragraph(LEFT, y, said, width=COLUMN, size=8.5, most=2)
    many = voice.ngettext(
        "One question of special importance to women was counted.",
        "%(many)s questions of special importance to women were counted.",
        view.items,
        many=voice.number(view.items),
    )
    sheet.write(LEFT, y + 9, many, width=COLUMN - FIGURE, size=8.5)
    shown = points(voice, view.mid)
    sheet.write(
        LEFT + COLUMN - FIGURE, y + 9, shown, width=FIGURE, size=9, bold=True, align=Align.END
    )
    sheet.bar(LEFT, y + 13.5, COLUMN, 8, view.mid)
    between = _between(sheet, view.low, view.high)
    sheet.write(LEFT, y + 32, between, width=COLUMN, size=7.5, colour=MUTED)
    return y + 36


def _subjects(sheet: Sheet, card: PublicCard, y: float) -> float:
    voice = sheet.voice
    y = sheet.heading(SECOND, y, voice.gettext("By subject, from the audits"), width=COLUMN)
    if not card.principles:
        return sheet.paragraph(
            SECOND, y, voice.gettext("Nothing was checked."), width=COLUMN, size=8.5
        )
    with sheet.tagged("Table", Role(summary=voice.gettext("Points of 100 by subject"))):
        for one in card.principles:
            name = voice.gettext(wording.PRINCIPLES[one.principle])
            with sheet.tagged("TR"):
                sheet.write(SECOND, y + 9, name, width=COLUMN - 68, size=7.8, tag="TH", role=ROW)
                sheet.bar(SECOND + COLUMN - 62, y + 3.2, 34, 6, one.mid)
                said = points(voice, one.mid)
                sheet.write(
                    SECOND + COLUMN - 26, y + 9, said, width=26, size=7.8, align=Align.END, tag="TD"
                )
            y += 12.6
    return y


def _basis(sheet: Sheet, card: PublicCard, y: float) -> None:
    voice = sheet.voice
    y = sheet.heading(LEFT, y, voice.gettext("What it rests on"), width=COLUMN)
    with sheet.tagged("Table", Role(summary=voice.gettext("What it rests on"))):
        for name, value in _facts(sheet, card):
            said = voice.gettext(name)
            width = min(sheet.width_of(said, 8) + 1, COLUMN * 0.6)
            with sheet.tagged("TR"):
                sheet.write(
                    LEFT, y + 10, said, width=width, size=8, colour=MUTED, tag="TH", role=ROW
                )
                sheet.write(
                    LEFT + width + 8, y + 10, value, width=COLUMN - width - 8, size=8, bold=True,
                    align=Align.END, tag="TD",
                )  # fmt: skip
            sheet.rule(LEFT, y + 14.6, COLUMN)
            y += 15.8


def _facts(sheet: Sheet, card: PublicCard) -> Sequence[tuple[str, str]]:
    voice, months = sheet.voice, card.months_since_inspection
    interviews, complaints = card.interviews_of, card.complaints_of
    return (
        (
            N_("Last full inspection"),
            voice.gettext("No full inspection yet")
            if months is None
            else voice.gettext("Less than a month ago")
            if months < 1
            else voice.ngettext(
                "%(months)s month ago", "%(months)s months ago", int(months),
                months=voice.number(int(months)),
            ),
        ),
        (
            N_("Files checked at the last full inspection"),
            "–" if card.files is None else voice.number(card.files),
        ),
        (
            N_("Workers interviewed in 24 months"),
            voice.gettext(
                "%(count)s, as of %(day)s",
                count=voice.number(card.interviews), day=voice.date(interviews),
            )
            if interviews
            else voice.gettext("Fewer than five: none counts here"),
        ),
        (
            N_("Complaints"),
            voice.gettext("Counted as of %(day)s", day=voice.date(complaints))
            if complaints
            else voice.gettext("Fewer than five decided: none counts here"),
        ),
        (N_("Workers sent, last three years"), " / ".join(map(voice.number, card.deployed))),
        (N_("Method"), isolated(card.profile)),
    )  # fmt: skip


def _limits(sheet: Sheet, card: PublicCard, facts: PaperFacts, y: float) -> None:
    voice = sheet.voice
    y = sheet.heading(SECOND, y, voice.gettext("What limits the grade"), width=COLUMN)
    marks = {one.line_id: one for one in facts.marks}
    notes = [voice.gettext(wording.NOTES[NoteCode(code)]) for code in card.notes]
    said = [cap_text(voice, one, marks) for one in card.caps]
    _bullets(sheet, y, [*(said or [voice.gettext("Nothing limits the grade.")]), *notes])


def _bullets(sheet: Sheet, y: float, sentences: Sequence[str]) -> None:
    """As many as fit above the box at the bottom; the rest is counted."""
    voice, step, floor = sheet.voice, sheet.step(8), CHECK_TOP - 8
    with sheet.tagged("L", Role(numbering="Square")):
        for number, sentence in enumerate(sentences):
            lines = sheet.lines_of(sentence, COLUMN - 10, 8).lines
            last = number == len(sentences) - 1
            if y + len(lines) * step > floor - (0 if last else step + 2):
                left = len(sentences) - number
                more = voice.gettext(
                    "And %(count)s more, at the address of the card.", count=voice.number(left)
                )
                with sheet.tagged("LI"):
                    sheet.write(
                        SECOND, y + step - 3, more, width=COLUMN, size=8, bold=True, tag="LBody"
                    )
                return
            with sheet.tagged("LI"):
                sheet.box(SECOND, y + step / 2 - 1.5, 3, 3, INK)
                y = sheet.paragraph(
                    SECOND + 10, y, sentence, width=COLUMN - 10, size=8, tag="LBody"
                )
            y += 2.5


def _check(sheet: Sheet, facts: PaperFacts) -> None:
    voice = sheet.voice
    sheet.box(LEFT, CHECK_TOP, WIDTH, CHECK_HEIGHT, TINT)
    sheet.box(LEFT + 8, CHECK_TOP + 8, CHECK_HEIGHT - 16, CHECK_HEIGHT - 16, WHITE)
    x, width = LEFT + CHECK_HEIGHT + 8, WIDTH - CHECK_HEIGHT - 18
    sheet.write(
        x, CHECK_TOP + 19, voice.gettext("Check this card"), width=width, size=10.5, bold=True,
        tag="H2",
    )  # fmt: skip
    y = _address(sheet, facts.verify_address, x, CHECK_TOP + 25, width, 3)
    why = voice.gettext(
        "A paper can be old or altered. The page at this address says whether this card is valid, "
        "replaced or recalled, and shows its grade."
    )
    y = sheet.paragraph(x, y + 2, why, width=width, size=8, most=2)
    y = sheet.paragraph(x, y + 2, f"{voice.gettext('The whole card')}:", width=width, size=8)
    _address(sheet, facts.card_address, x, y, width, 1)
    alt = voice.gettext("The first address as a QR code")
    with sheet.figure(alt, LEFT + 14, CHECK_TOP + 14, CODE, CODE):
        sheet.code(LEFT + 14, CHECK_TOP + 14, CODE, facts.verify_address)


def _address(sheet: Sheet, address: str, x: float, y: float, width: float, most: int) -> float:
    """An address that can be pressed."""
    with sheet.tagged("P"), sheet.tagged("Link"):
        end = sheet.paragraph(
            x, y, isolated(address), width=width, size=8.5, most=most, tag="Span", language="en"
        )
        sheet.link(address, address, x, y, width, end)
    return end
