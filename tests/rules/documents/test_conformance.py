"""Documents keep to PDF/UA-1 and PDF/A as an independent checker understands them, and never change."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import page
import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas as Untagged

from recruitwatch.documents import (
    Attachment,
    Canvas,
    Paragraph,
    Role,
    Span,
    Style,
    build,
    group,
    isolated,
    table,
    write,
)
from rules.documents import verapdf
from rules.documents.reading import about, page_of, structure_of, text_of
from rules.documents.script_samples import SAMPLES

PLAIN, BOLD = Style(), Style(bold=True)
TERMS = Attachment(
    name="terms.json",
    media_type="application/json",
    content=b'{"wage": 1450}',
    description="The terms for machines",
)


def page_faults(content: bytes, profile: str) -> list[str]:
    report = page.validate_pdf_bytes(content, profile=profile)
    return [f"{one.rule_id}: {one.message}" for one in report.failures]


Faults = Callable[[bytes, str], list[str]]
checkers = pytest.mark.parametrize(
    "faults",
    [
        pytest.param(page_faults, id="page"),
        pytest.param(
            verapdf.faults,
            id="veraPDF",
            marks=pytest.mark.skipif(verapdf.NO_JAVA, reason="veraPDF needs a Java runtime"),
        ),
    ],
)


def every_script() -> bytes:
    return page_of(*((sample.text, sample.style) for sample in SAMPLES))


def long_story(*attachments: Attachment, language: str = "en") -> bytes:
    """Headings, a list, a paragraph over a page break, and a table over three pages."""
    style, bold = Style(language=language), Style(language=language, bold=True)
    rtl = language == "ar"
    rows = [[Paragraph(text, bold) for text in ("Clause", "Text")]]
    rows += [
        [Paragraph(f"{at}", style), Paragraph("Nobody pays. " * 20, style)] for at in range(1, 60)
    ]
    item = [Paragraph("1.", style, tag="Lbl"), Paragraph("The first point", style, tag="LBody")]
    story = [
        Paragraph(
            "Contract", Style(language=language, size=20, bold=True), tag="H1", bookmark=0, after=8
        ),
        Paragraph("Terms", bold, tag="H2", bookmark=1, keep_with_next=True),
        *group("L", group("LI", item), Role(numbering="Decimal")),
        Paragraph("Many words. " * 900, style, after=6),
        table(
            rows,
            [80, 400],
            [("LINEBELOW", (0, 0), (-1, -1), 0.5, "#b1b4b6")],
            rtl=rtl,
            summary="The clauses",
        ),
    ]
    out = io.BytesIO()

    def foot(canvas: Canvas, number: int) -> None:
        write(canvas, f"Page {number}", PLAIN, 44, 40, 200)

    build(out, story, about(language=language, attachments=attachments), on_page=foot)
    return out.getvalue()


def with_a_link() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(
        out,
        about(language="ar", title="عقد \u2068SAR\u2069", made=datetime(2026, 7, 1, 8, tzinfo=UTC)),
    )
    with canvas.figure("A red square", (50, 700, 90, 740)):
        canvas.colour(0xAA0000)
        canvas.rect(50, 700, 40, 40, stroke=0, fill=1)
    with canvas.tagged("P"), canvas.tagged("Link"):
        write(canvas, "https://cards.example.org", Style(language="en"), 50, 680, 400, tag="Span")
        canvas.link("https://cards.example.org", "The address of the card", (50, 660, 250, 680))
    write(
        canvas,
        [Span("الأجر "), Span("Basic wage", language="en", bold=True)],
        Style(language="ar"),
        50,
        640,
        400,
    )
    canvas.save()
    return out.getvalue()


MADE: dict[str, Callable[[], bytes]] = {
    "every script": every_script,
    "a long story": long_story,
    "a long story to the left": lambda: long_story(language="ar"),
    "figures, links and languages": with_a_link,
}


@checkers
@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_documents_conform(name: str, profile: str, faults: Faults) -> None:
    assert faults(MADE[name](), profile) == []


@checkers
def test_a_document_with_files_in_it_is_the_third_part(faults: Faults) -> None:
    content = long_story(TERMS)
    assert faults(content, "3a") == []
    assert faults(content, "ua1") == []
    with pikepdf.open(io.BytesIO(content)) as document:
        inside = document.attachments["terms.json"].get_file()
        assert inside.read_bytes() == TERMS.content
        assert inside.mime_type == "application/json"


@checkers
def test_the_checker_sees_what_plain_reportlab_lacks(faults: Faults) -> None:
    out = io.BytesIO()
    canvas = Untagged(out, invariant=1)
    canvas.drawString(50, 700, "Untagged")
    canvas.save()
    assert faults(out.getvalue(), "ua1")
    assert faults(out.getvalue(), "2a")


@pytest.mark.parametrize("name", MADE)
def test_the_same_document_has_the_same_bytes_even_from_many_threads(name: str) -> None:
    make = MADE[name]
    first = make()
    with ThreadPoolExecutor(3) as pool:
        assert set(pool.map(lambda _: make(), range(3))) == {first}


def test_different_documents_have_different_identifiers() -> None:
    seen = {
        bytes(pikepdf.open(io.BytesIO(page_of((text, PLAIN)))).trailer.ID[0])
        for text in ("One", "Two", "One")
    }
    assert len(seen) == 2


def test_a_document_says_what_it_is() -> None:
    document = pikepdf.open(io.BytesIO(with_a_link()))
    assert str(document.Root.Lang) == "ar"
    assert str(document.docinfo.Title) == "عقد \u2068SAR\u2069"
    assert str(document.docinfo.Author) == "Ministry of Labour"
    assert str(document.docinfo.CreationDate) == "D:20260701080000Z"
    with document.open_metadata() as metadata:
        assert metadata["dc:title"] == "عقد \u2068SAR\u2069"
        assert metadata.pdfa_status == "2A"


def test_headings_are_bookmarks_that_lead_to_their_page() -> None:
    document = pikepdf.open(io.BytesIO(long_story()))
    with document.open_outline() as outline:
        [contract] = outline.root
        assert contract.title == "Contract"
        assert [child.title for child in contract.children] == ["Terms"]


def test_a_story_is_tagged_in_the_order_of_reading() -> None:
    root = structure_of(long_story())
    assert root.tag == "Document"
    assert [child.tag for child in root.children] == ["H1", "H2", "L", "P", "Table"]
    assert root.children[2].outline() == "L(LI(Lbl LBody))"


def test_a_table_over_pages_is_one_table_and_its_repeated_head_is_decoration() -> None:
    content = long_story()
    [whole] = [node for node in structure_of(content) if node.tag == "Table"]
    assert whole.children[0].outline() == "TR(TH(P) TH(P))"
    assert [row.outline() for row in whole.children[1:]] == ["TR(TD(P) TD(P))"] * 59
    assert len(pikepdf.open(io.BytesIO(content)).pages) >= 4
    assert text_of(content).count("Clause Text") >= 3


def test_the_cells_of_a_table_to_the_left_are_read_from_its_first_column() -> None:
    out = io.BytesIO()
    ar = Style(language="ar")
    rows = [[Paragraph(isolated(text), ar) for text in row] for row in (("a", "b"), ("c", "d"))]
    build(out, [table(rows, [200, 200], rtl=True)], about(language="ar"))
    document = pikepdf.open(io.BytesIO(out.getvalue()))
    marks = [node.object.K for node in structure_of(out.getvalue()) if node.tag == "P"]
    drawn = pikepdf.parse_content_stream(document.pages[0])
    order = [int(operands[1].MCID) for operands, operator in drawn if str(operator) == "BDC"]
    assert order == [0, 1, 2, 3]
    assert [int(one) for one in marks] == [1, 0, 3, 2]
    assert text_of(out.getvalue()).replace(" ", "") == "badc"


def test_a_paragraph_over_a_page_break_stays_one_element() -> None:
    [paragraph] = [node for node in structure_of(long_story()).children if node.tag == "P"]
    assert len(paragraph.marks) == 3


def test_an_element_without_content_is_left_out() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, about())
    with canvas.tagged("Sect"), canvas.tagged("P"):
        pass
    write(canvas, "Words", PLAIN, 50, 700, 200)
    canvas.save()
    assert structure_of(out.getvalue()).outline() == "Document(P)"
