"""A contract as another feature makes one: two languages side by side, rows that stay whole, heads that repeat,
a foot with number, version and hash, a code, room for signatures, and its terms as data inside."""

import io
from collections.abc import Sequence

import page as checker
import pikepdf
import pypdfium2
import pytest
from reportlab.platypus import Flowable

from recruitwatch.documents import (
    Attachment,
    Canvas,
    Code,
    Paragraph,
    SignatureField,
    Style,
    build_numbered,
    group,
    isolated,
    table,
    write,
)
from rules.documents import verapdf
from rules.documents.reading import about, structure_of, text_of

EN, AR = Style(size=9), Style(size=10, language="ar")
CLAUSE = "The employer pays {} SAR each month and keeps no part of it back. " * 6
BAND = "يدفع صاحب العمل {} ريال كل شهر ولا يقتطع منها شيئًا. " * 6
TERMS = Attachment(
    name="terms.json",
    media_type="application/json",
    content=b'{"wage": 145000}',
    description="Terms",
)


def contract() -> list[Flowable]:
    head = [[Paragraph("Contract", EN), Paragraph("العقد", AR)]]
    rows = [
        [
            Paragraph(f"{at}. " + CLAUSE.replace("{}", "1,450"), EN),
            Paragraph(f"{at}. " + BAND.replace("{}", isolated("1,450")), AR),
        ]
        for at in range(1, 30)
    ]
    title = Paragraph("Standard contract", Style(size=18, bold=True), tag="H1", bookmark=0, after=8)
    lines = [("LINEBELOW", (0, 0), (-1, -1), 0.3, "#b1b4b6"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    return [
        title,
        table([*head, *rows], [250, 250], lines, summary="The clauses in two languages"),
        *group("Sect", [Paragraph("Signatures", Style(bold=True), tag="H2", bookmark=1)]),
        Code("https://contracts.example.org/check/1", 80, "The address of the check page"),
        SignatureField("Ministry", "Digital signature of the ministry"),
    ]


def made() -> bytes:
    out = io.BytesIO()

    def foot(canvas: Canvas, number: int, of: int) -> None:
        said = f"C-2026-000042 · Version 2 · SHA-256 9f86d081 · Page {number} of {of}"
        write(canvas, said, Style(size=7), 44, 40, 400)

    build_numbered(out, contract, about(attachments=(TERMS,)), on_page=foot)
    return out.getvalue()


def test_a_contract_conforms_with_its_data_and_room_for_a_signature() -> None:
    content = made()
    for profile in ("3a", "ua1"):
        report = checker.validate_pdf_bytes(content, profile=profile)
        assert [f"{one.rule_id}: {one.message}" for one in report.failures] == []
        if not verapdf.NO_JAVA:
            assert verapdf.faults(content, profile) == []
    document = pikepdf.open(io.BytesIO(content))
    assert document.attachments["terms.json"].get_file().read_bytes() == TERMS.content
    [field] = document.Root.AcroForm.Fields
    assert (str(field.FT), str(field["/T"])) == ("/Sig", "Ministry")
    assert made() == content


def test_every_page_says_which_of_how_many_it_is_and_repeats_the_head() -> None:
    document = pypdfium2.PdfDocument(made())
    texts = [one.get_textpage().get_text_bounded() for one in document]
    assert len(texts) >= 4
    for number, text in enumerate(texts, start=1):
        assert f"Page {number} of {len(texts)}" in text
    assert sum("Contract\r\n" in text or "Contract " in text for text in texts) >= len(texts) - 1


def test_rows_stay_whole_and_both_languages_stand_in_one_row() -> None:
    content = made()
    [clauses] = [node for node in structure_of(content) if node.tag == "Table"]
    rows: Sequence = clauses.children[1:]
    assert len(rows) == 29
    for row in rows:
        left, right = row.children
        assert str(right.children[0].object.Lang) == "ar"
        assert str(right.children[0].object.ActualText).endswith("شيئًا. ")
        assert "/Lang" not in left.children[0].object
        # One stretch of content each: none goes over a page break.
        assert len(left.children[0].marks) == len(right.children[0].marks) == 1
    assert text_of(content).count("1,450") == 29 * 12


@pytest.mark.parametrize("tag", ["Figure", "Form"])
def test_codes_and_fields_are_described(tag: str) -> None:
    [node] = [one for one in structure_of(made()) if one.tag == tag]
    assert str(node.object.Alt) in (
        "The address of the check page",
        "Digital signature of the ministry",
    )
