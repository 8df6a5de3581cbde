"""The paper of a card: two pages whatever the data, the same bytes, no empty boxes, sums that add up; in each
language of the pages a document that conforms."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from math import fsum
from uuid import UUID

import page as checker
import pikepdf
import pypdfium2
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from recruitwatch.documents import Style, lay_out
from recruitwatch.scorecards.pdf import render as render_in
from recruitwatch.scorecards.pdf.front import CHECK_TOP, CODE
from recruitwatch.scorecards.pdf.lettering import is_romanised, printable
from recruitwatch.scorecards.pdf.sheet import LEFT, PAGE_WIDTH
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
from recruitwatch.scorecards.values.contests import ContestMark, Ground, MarkState
from recruitwatch.scorecards.values.papers import PaperFacts
from recruitwatch.scorecards.values.public import (
    PublicCap,
    PublicCard,
    PublicGender,
    PublicLine,
    PublicLineKind,
)
from recruitwatch.scorecards.values.publishing import CardState, PublishedLine
from recruitwatch.web.languages import LANGUAGES
from recruitwatch.web.voices import Voice
from rules.documents import verapdf
from rules.documents.reading import structure_of
from rules.scorecards.example import example

in_every_language = pytest.mark.parametrize("language", LANGUAGES)

AGENCY = UUID(int=7)
CARD_ADDRESS = f"https://cards.example.org/cards/{AGENCY}/3"
VERIFY = f"https://cards.example.org/verify/{UUID(int=9)}"


def render(card: PublicCard, facts: PaperFacts, language: str = "en") -> bytes:
    return render_in(card, facts, Voice(language))


def card_of(**changes: object) -> PublicCard:
    inputs = example(**changes)
    talks = [f"talk {number}" for number in range(8)]
    return public_card(AGENCY, inputs, {}, public_basis(inputs, (), talks, ()))


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
        "Ministry of Labour of Testland", "Padma Overseas Ltd", "Licence number: RL-0042",
        "Register of recruiting agencies", "Good", "79.9 of 100 points", "Range 68.8 to 88.3",
        "Low: worst and best reading lie more than one grade apart", "As the records stood on",
        "Revision 3, issued on 1 July 2026, published on 15 July 2026", "Audits and interviews",
        "Nothing limits the grade", "Check this card", "Page 1 of 2",
    ):  # fmt: skip
        assert words in front, words
    assert VERIFY in front.replace(" ", "")
    assert CARD_ADDRESS in front.replace(" ", "")
    for words in (
        "Grade B: Good", "Did every worker get a contract in her own language?",
        "Contracts and pay terms", "No reply was received", "This is the first published card",
        "Fewer than five complaints were decided", "do not quote the Covenant", "0123456789abcdef" * 4,
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


@in_every_language
def test_nothing_runs_into_the_box_with_the_code(language: str) -> None:
    """The longest head, all twelve subjects: the last line above the box still stands above it."""
    card, own = everything()
    text = pypdfium2.PdfDocument(render(card, own, language))[0].get_textpage()
    boxes = [text.get_rect(at) for at in range(text.count_rects())]
    edge = 842 - CHECK_TOP
    assert [box for box in boxes if box[1] < edge < box[3]] == []
    assert min(box[1] for box in boxes if box[1] > edge) - edge > 3
    assert "more, at the address of the card" in pages(render(card, own))[0]


@in_every_language
@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_a_paper_conforms_whatever_is_on_it(language: str, profile: str) -> None:
    for card, own in ((card_of(), facts()), everything(), (card_of(items=()), facts())):
        content = render(card, own, language)
        report = checker.validate_pdf_bytes(content, profile=profile)
        assert [f"{one.rule_id}: {one.message}" for one in report.failures] == []
        if not verapdf.NO_JAVA:
            assert verapdf.faults(content, profile) == []


@in_every_language
def test_a_paper_says_its_language_and_leads_to_its_parts(language: str) -> None:
    document = pikepdf.open(io.BytesIO(render(card_of(), facts(), language)))
    assert str(document.Root.Lang) == language
    with document.open_outline() as outline:
        [card] = outline.root
        assert card.title == "Padma Overseas Ltd"
        assert len(card.children) == 10


@pytest.mark.parametrize(("language", "shown"), [("bn", "৭৯.৯"), ("ar", "٧٩٫٩")])
def test_figures_and_names_are_in_the_letters_of_their_readers(language: str, shown: str) -> None:
    name = {"bn": "মেসার্স পদ্মা ওভারসিজ", "ar": "مكتب النور للاستقدام"}[language]
    front, back = pages(render(card_of(), facts(agency_name=name), language))
    assert shown in front
    assert name in front
    assert name in back
    assert "0042" in front
    assert "Did every worker get a contract in her own" in back


def test_who_listens_to_an_arabic_paper_hears_codes_and_sentences_in_their_order() -> None:
    root = structure_of(render(card_of(), facts(), "ar"))
    heard = [str(node.object.ActualText) for node in root if "/ActualText" in node.object]
    [about] = [said for said in heard if "RL-0042" in said]
    assert about.startswith("رقم الترخيص: RL-0042 · ")
    # The first is the figure beside the grade; further down a sentence names it, too.
    points = next(said for said in heard if "من ١٠٠" in said and "٧٩٫٩" in said)
    assert points.startswith("٧٩٫٩")


def test_right_to_left_papers_are_mirrored() -> None:
    def left_of(language: str) -> float:
        text = pypdfium2.PdfDocument(render(card_of(), facts(), language))[0].get_textpage()
        rects = [text.get_rect(at) for at in range(text.count_rects())]
        [name] = [one for one in rects if "Padma Overseas Ltd" in text.get_text_bounded(*one)]
        return name[0]

    assert left_of("en") == pytest.approx(LEFT, abs=3)
    assert left_of("ar") > PAGE_WIDTH / 2


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (MarkState.PENDING, "Contested by the agency, not decided yet."),
        (MarkState.UPHELD, "Contested by the agency, and it was right."),
        (MarkState.NOT_UPHELD, "Contested by the agency; the line stays."),
    ],
)
def test_a_contested_line_says_so(state: MarkState, said: str) -> None:
    card = card_of()
    [line] = [one for one in card.lines if one.item == "C3"]
    mark = ContestMark(
        line_id=line.id, ground=Ground.WRONG_FACT, filed_on=date(2026, 7, 3), state=state,
        decided_on=None,
    )  # fmt: skip
    _, back = pages(render(card, facts(marks=(mark,))))
    assert f"own language? {said}" in back
    assert back.count("Contested by the agency") == 1


def test_the_same_card_gives_the_same_bytes_even_from_many_threads() -> None:
    usual, other = (card_of(), facts()), everything()
    all_of = [(*one, language) for one in (usual, other) for language in LANGUAGES]
    first = [render(*one) for one in all_of]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda one: render(*one), all_of * 2)) == first * 2


@in_every_language
def test_the_code_on_the_paper_is_that_of_the_verify_address(language: str) -> None:
    """Each module is looked for in the picture of the page where the code stands."""
    page = pypdfium2.PdfDocument(render(card_of(), facts(), language))[0]
    left = PAGE_WIDTH - LEFT - 14 - CODE if language == "ar" else LEFT + 14
    scale = 6
    picture = page.render(scale=scale, grayscale=True).to_pil()
    rows = [list(row) for row in segno.make(VERIFY, micro=False, error="m").matrix]
    module = CODE / len(rows)
    seen = [
        [
            picture.getpixel(
                (
                    round((left + (column + 0.5) * module) * scale),
                    round((CHECK_TOP + 14 + (row + 0.5) * module) * scale),
                )
            )
            < 128
            for column in range(len(rows))
        ]
        for row in range(len(rows))
    ]
    assert seen == [[bool(one) for one in row] for row in rows]


@in_every_language
def test_too_much_of_everything_stays_on_two_pages_inside_the_margins(language: str) -> None:
    document = pypdfium2.PdfDocument(render(*everything(), language))
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
    table = back[back.find("Points lost") : back.find("What the agency says")]
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


@settings(deadline=None)
@given(st.text(), st.sampled_from(list(LANGUAGES)))
def test_whatever_somebody_typed_can_be_printed(text: str, language: str) -> None:
    shown = printable(text)
    assert bool(shown.strip()) == bool(text.strip())
    for bold in (False, True):
        lay_out(shown, Style(language=language, bold=bold), 200)


@pytest.mark.parametrize(
    ("text", "shown", "romanised"),
    [
        (
            "Łódź Šišić & Søn Vương Сокол মেসার্স مكتب",
            "Łódź Šišić & Søn Vương Сокол মেসার্স مكتب",
            False,
        ),
        ("Jose\u0301 Overseas", "Jose\u0301 Overseas", False),
        ("工 Overseas", "Gong Overseas", True),
        ("ক\u064b", "ক", True),
        ("a\tb\u3000c\x07", "a b c ", False),
    ],
)
def test_what_no_typeface_has_is_written_in_latin_letters(
    text: str, shown: str, romanised: bool
) -> None:
    assert printable(text) == shown
    assert is_romanised(text) == romanised


def test_the_paper_says_when_it_wrote_a_name_in_other_letters() -> None:
    front, back = pages(render(card_of(), facts(agency_name="𐌰𐌱 Overseas")))
    said = "Some letters could not be printed"
    assert said in front
    assert said in back
    assert not any(said in page for page in pages(render(card_of(), facts())))


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
    shown = back[back.find("Cards over time") :]
    assert re.findall(r"Revision (\d)", shown)[:6] == ["9", "8", "7", "6", "5", "4"]
    assert "1 September 2026 C 69.0" in shown
    assert "Revision 3 " not in shown


def test_the_file_says_what_it_is_and_not_when_it_was_made() -> None:
    content = render(card_of(), facts())
    assert b"Helvetica" not in content
    document = pypdfium2.PdfDocument(content)
    about = document.get_metadata_dict()
    assert about["Title"] == "Scorecard of Padma Overseas Ltd"
    assert about["Subject"] == "Grade B · 30 June 2025 · Revision 3"
    assert about["Author"] == "Ministry of Labour of Testland"
    assert "2000" in about["CreationDate"]
    assert b"/Lang (en)" in content
