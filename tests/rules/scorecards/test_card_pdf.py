"""The paper of a card: two pages whatever the data, the same bytes, no empty boxes, sums that add up."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from math import fsum
from uuid import UUID

import pypdfium2
import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from recruitwatch.scorecards.pdf import render
from recruitwatch.scorecards.pdf.front import CHECK_HEIGHT, CHECK_TOP
from recruitwatch.scorecards.pdf.lettering import (
    LETTERS,
    REGULAR,
    is_romanised,
    printable,
    width_of,
)
from recruitwatch.scorecards.pdf.sheet import LEFT, dark_runs, wrapped
from recruitwatch.scorecards.pdf.words import apportioned
from recruitwatch.scorecards.rules.public import public_basis, public_card
from recruitwatch.scorecards.values import (
    Certainty,
    Gate,
    Grade,
    NoteCode,
    Principle,
    PrincipleScore,
)
from recruitwatch.scorecards.values.papers import PaperFacts
from recruitwatch.scorecards.values.public import (
    PublicBasis,
    PublicCap,
    PublicCard,
    PublicGender,
    PublicLine,
    PublicLineKind,
)
from recruitwatch.scorecards.values.publishing import CardState, PublishedLine
from rules.scorecards.example import example

AGENCY = UUID(int=7)
CARD_ADDRESS = f"https://cards.example.org/cards/{AGENCY}/3"
VERIFY = f"https://cards.example.org/verify/{UUID(int=9)}"


def card_of(**changes: object) -> PublicCard:
    inputs = example(**changes)
    talks = [f"talk {number}" for number in range(8)]
    return public_card(AGENCY, inputs, (), public_basis(inputs, (), talks, PublicBasis()))


def facts(**changes: object) -> PaperFacts:
    usual = PaperFacts(
        ministry="Ministry of Labour of Testland",
        agency_name="Padma Overseas Ltd",
        licence_no="RL-0042",
        register_title="Register of recruiting agencies",
        revision=3,
        issued_on=date(2026, 7, 1),
        published_on=date(2026, 7, 15),
        card_address=CARD_ADDRESS,
        verify_address=VERIFY,
        sha256="0123456789abcdef" * 4,
        questions={"C3": "Did every worker get a contract in her own language?"},
    )
    return replace(usual, **changes)


def pages(content: bytes) -> list[str]:
    """The words of each page, blanks folded."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [re.sub(r"\s+", " ", page.get_textpage().get_text_bounded()) for page in document]
    finally:
        document.close()


def everything(lines: int = 120) -> tuple[PublicCard, PaperFacts]:
    """More of everything than two pages hold, in scripts that the typeface does not have."""
    most = tuple(
        PublicLine(
            id=f"item:Q{at}:answer", kind=PublicLineKind.ANSWER, points=(at + 1) * 87.7 / 7260,
            item=f"A-VERY-LONG-NUMBER-{at}", principle=Principle.P07,
        )
        for at in range(lines)
    )  # fmt: skip
    card = replace(
        card_of(), grade=Grade.E, score=100 - fsum(line.points for line in most), lines=most,
        certainty=Certainty.LOW, gender=PublicGender(mid=3.0, low=0.0, high=9.0, items=40),
        caps=tuple(PublicCap(gate=gate, cap=Grade.E) for gate in Gate),
        notes=tuple(note.value for note in NoteCode),
        withheld_items=tuple(f"WITHHELD-{at}" for at in range(300)),
        deployed=(10**9, 10**9, 10**9),
        principles=tuple(
            PrincipleScore(principle=one, mid=50.0, low=0.0, high=100.0)
            for one in Principle if one is not Principle.NOT_SCORED
        ),
    )  # fmt: skip
    line = PublishedLine(
        revision=1, as_of=date(2026, 1, 1), grade=Grade.E, score_shown=1.0,
        published_on=date(2026, 1, 1), state=CardState.REPLACED,
    )  # fmt: skip
    return card, facts(
        reason="Because of many things. " * 40, ministry="وزارة العمل " * 30, agency_name="মেসার্স পদ্মা ওভারসিজ " * 40,
        licence_no="9" * 300, register_title="漢字 " * 200, revision=10**9,
        card_address="https://" + "a" * 400, verify_address="https://" + "b" * 400,
        questions={f"A-VERY-LONG-NUMBER-{at}": "Frage 🙂 " * 60 for at in range(lines)},
        trend=tuple(replace(line, revision=at) for at in range(60)),
        replies=("Ответ агентства. " * 300,) * 4,
    )  # fmt: skip


def test_the_paper_says_what_the_card_says() -> None:
    card = card_of()
    front, back = pages(render(card, facts()))
    for words in (
        "Ministry of Labour of Testland", "Padma Overseas Ltd", "Licence RL-0042",
        "Register of recruiting agencies", "Good", "79.9 of 100 points", "Range 68.8 to 88.3",
        "Low: worst and best reading lie more than one grade apart", "As the records stood on",
        "Revision 3, issued 1 July 2026, published 15 July 2026", "Audits and interviews",
        "Nothing limits the grade", "Check this card:", "Page 1 of 2",
    ):  # fmt: skip
        assert words in front, words
    assert VERIFY in front.replace(" ", "")
    assert CARD_ADDRESS in front.replace(" ", "")
    for words in (
        "Grade B: Good", "Did every worker get a contract in her own language?",
        "Contracts and pay terms", "No reply was received", "This is the first published card",
        "fewer than five were decided", "do not quote the Covenant", "0123456789abcdef" * 4,
        "Page 2 of 2",
    ):  # fmt: skip
        assert words in back, words


def test_a_card_without_points_says_why() -> None:
    bare = card_of(items=(), months_since_inspection=None, files=None, interviews=0)
    front, back = pages(render(bare, facts()))
    assert bare.grade is Grade.U
    assert "Not enough evidence" in front
    assert "No grade from points: too little was checked" in front
    assert "of 100 points" not in front
    assert "The grade is withheld." in front
    assert "There is no score, and so no points are missing." in back


def test_points_that_rest_on_too_little_are_not_shown_as_a_result() -> None:
    """A withheld grade can stand beside a worse one that needs no points."""
    card = card_of()
    little = replace(
        card, grade=Grade.D,
        caps=(PublicCap(gate=Gate.G9, cap=Grade.U), PublicCap(gate=Gate.G3, cap=Grade.D)),
    )  # fmt: skip
    front, back = pages(render(little, facts()))
    assert "of 100 points" not in front
    assert "No grade from points" in front
    assert "These points rest on too little to give a grade" in back
    assert f"{card.score:.2f} points of this card" not in back


def test_a_new_revision_says_why_it_was_issued() -> None:
    why = "A contested line was upheld."
    assert f"Why there is a new revision: {why}" in pages(render(card_of(), facts(reason=why)))[0]
    assert "new revision" not in pages(render(card_of(), facts()))[0]


def test_nothing_runs_into_the_box_with_the_code() -> None:
    """The longest head, all twelve subjects: the last row about the basis still stands above the box."""
    card, own = everything()
    page = pypdfium2.PdfDocument(render(card, own))[0].get_textpage()
    lines = {
        text.strip(): page.get_rect(at)[1]
        for at in range(page.count_rects())
        for text in [page.get_text_bounded(*page.get_rect(at))]
    }
    assert lines["Method"] > 842 - CHECK_TOP
    [more] = [bottom for text, bottom in lines.items() if re.match(r"And \d+ more", text)]
    assert more > 842 - CHECK_TOP


def test_the_same_card_gives_the_same_bytes_even_from_many_threads() -> None:
    usual, other = (card_of(), facts()), everything()
    first = [render(*usual), render(*other)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda one: render(*one), [usual, other] * 8)) == first * 8


def test_the_code_on_the_paper_is_that_of_the_verify_address() -> None:
    """Each module is looked for in the picture of the page where the code stands."""
    page = pypdfium2.PdfDocument(render(card_of(), facts()))[0]
    scale = 6
    picture = page.render(scale=scale, grayscale=True).to_pil()
    rows = [list(row) for row in segno.make(VERIFY, micro=False, error="m").matrix]
    module = (CHECK_HEIGHT - 28) / len(rows)
    seen = [
        [
            picture.getpixel(
                (
                    round((LEFT + 14 + (column + 0.5) * module) * scale),
                    round((CHECK_TOP + 14 + (row + 0.5) * module) * scale),
                )
            )
            < 128
            for column in range(len(rows))
        ]
        for row in range(len(rows))
    ]
    assert seen == [[bool(one) for one in row] for row in rows]


def test_too_much_of_everything_stays_on_two_pages_inside_the_margins() -> None:
    document = pypdfium2.PdfDocument(render(*everything()))
    assert len(document) == 2
    for page in document:
        width, height = page.get_size()
        assert (round(width), round(height)) == (595, 842)
        text = page.get_textpage()
        boxes = [text.get_rect(at) for at in range(text.count_rects())]
        assert min(left for left, _, _, _ in boxes) >= 40
        assert max(right for _, _, right, _ in boxes) <= 595 - 40
        assert min(bottom for _, bottom, _, _ in boxes) >= 20


@pytest.mark.parametrize("lines", [0, 1, 11, 14, 15, 16, 40, 120, 400])
def test_the_points_on_the_paper_add_up(lines: int) -> None:
    card, own = everything(lines)
    _, back = pages(render(card, own))
    table = back[back.find("Points lost") : back.find("What the agency replied")]
    if not lines:
        assert "No points are missing." in back
        return
    *parts, total = [Decimal(one) for one in re.findall(r"(?<![\d.])\d+\.\d\d(?!\d)", table)]
    assert sum(parts) == total == Decimal(f"{fsum(line.points for line in card.lines):.2f}")
    further = re.search(r"and (\d+) further line", table)
    assert len(parts) - bool(further) + int(further[1] if further else 0) == lines


@given(st.lists(st.floats(0, 100), max_size=200))
def test_rounded_points_add_up_and_stay_within_a_hundredth(values: list[float]) -> None:
    shown = apportioned(values)
    assert sum(shown) == Decimal(round(fsum(values) * 100)).scaleb(-2)
    assert all(
        abs(one - Decimal(value)) <= Decimal("0.010001")
        for one, value in zip(shown, values, strict=True)
    )


@given(st.text())
def test_no_letter_is_printed_that_the_typeface_does_not_have(text: str) -> None:
    shown = printable(text)
    assert set(shown) <= LETTERS | {"\n"}
    assert bool(shown.strip()) == bool(text.strip())


@pytest.mark.parametrize(
    ("text", "shown", "romanised"),
    [
        ("Łódź Šišić & Søn", "Łódz Šišić & Søn", True),
        ("José Overseas", "José Overseas", False),
        ("Jose\u0301 Overseas", "José Overseas", False),
        ("Vương", "Vuong", True),
        ("Сокол", "Sokol", True),
        ("Padma\u200f \u2067Ltd\u2069", "Padma Ltd", False),
        ("a\tb\u00a0c", "a b\u00a0c", False),
        ("\u200d", "…", False),
    ],
)
def test_other_scripts_are_written_in_latin_letters(text: str, shown: str, romanised: bool) -> None:
    assert printable(text) == shown
    assert is_romanised(text) == romanised


def test_the_paper_says_when_it_wrote_a_name_in_other_letters() -> None:
    front, back = pages(render(card_of(), facts(agency_name="Сокол")))
    assert "Sokol" in front
    assert "Words in other scripts are written in Latin letters here" in front
    assert "Words in other scripts are written in Latin letters here" in back
    assert not any("Latin letters" in page for page in pages(render(card_of(), facts())))


def test_a_long_reply_is_cut_and_says_where_the_rest_is() -> None:
    _, back = pages(render(card_of(), facts(replies=("We disagree with this. " * 100,))))
    assert "We disagree with this." in back
    assert "The whole reply is at" in back
    _, short = pages(render(card_of(), facts(replies=("We mended it.", "All of it."))))
    assert "We mended it. All of it." in short
    assert "The whole reply is at" not in short


def test_the_trend_shows_the_newest_cards_first() -> None:
    trend = tuple(
        PublishedLine(
            revision=at, as_of=date(2026, at, 1), grade=Grade.C, score_shown=60.0 + at,
            published_on=date(2026, at, 20), state=CardState.REPLACED,
        )
        for at in range(1, 10)
    )  # fmt: skip
    _, back = pages(render(card_of(), facts(trend=trend, revision=9)))
    shown = back[back.find("Published cards") :]
    assert re.findall(r"Revision (\d)", shown)[:6] == ["9", "8", "7", "6", "5", "4"]
    assert "1 September 2026 C 69.0" in shown
    assert "Revision 3 " not in shown


def test_every_typeface_is_embedded_and_nothing_tells_when_it_was_made() -> None:
    content = render(card_of(), facts())
    assert b"Helvetica" not in content
    assert content.count(b"/FontFile2") == 2
    document = pypdfium2.PdfDocument(content)
    about = document.get_metadata_dict()
    assert about["Title"] == "Scorecard of Padma Overseas Ltd, revision 3"
    assert about["Author"] == "Ministry of Labour of Testland"
    assert "2000" in about["CreationDate"]
    assert b"/Lang (en)" in content


@given(st.lists(st.booleans(), max_size=60))
def test_runs_of_a_code_cover_its_dark_modules(row: list[bool]) -> None:
    dark = [at for first, last in dark_runs(bytes(row)) for at in range(first, last)]
    assert dark == [at for at, one in enumerate(row) if one]


@given(st.text(max_size=200), st.floats(30, 300), st.integers(1, 4))
def test_wrapped_lines_fit_and_are_no_more_than_asked(text: str, width: float, most: int) -> None:
    whole, lines = wrapped(text, width, 9), wrapped(text, width, 9, most=most)
    assert len(lines) <= most
    assert all(width_of(line, REGULAR, 9) <= width + 0.001 for line in [*whole, *lines])
    if len(whole) <= most:
        assert lines == whole
    else:
        assert lines[-1].endswith("…")
