"""Contracts as Word files: the same texts, directions, terms inside, and files made to harm."""

import contextlib
import io
import shutil
import subprocess
import zipfile
from collections import Counter
from functools import lru_cache
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.contracts import EXAMPLES, ask, library, make_contract
from recruitwatch.contracts.forms import read_input
from recruitwatch.contracts.forms.word import terms_in_docx
from recruitwatch.contracts.pdf.word import docx_of
from recruitwatch.contracts.rules.assembling import assemble, canonical
from recruitwatch.contracts.rules.papering import paper_of
from recruitwatch.contracts.values.paper import Paper, plain
from recruitwatch.contracts.values.word import (
    MOST_FILE_BYTES,
    NoTermsInside,
    NoWordFile,
    TermsDamaged,
    WordFileRefused,
    WordFileSuspicious,
    WordFileTooLarge,
)

CONTRACT = make_contract(
    ask("BD-SA", on="2026-03-01", languages=("ar", "bn"), contract_number="BD-SA-1",
        worker_name="Rokeya <Akter> & Co", embassy_phone="+966 11 000 0019")
)  # fmt: skip
TERMS = canonical(CONTRACT.terms)
ITEM = "customXml/item1.xml"


@lru_cache(maxsize=1)
def made() -> tuple[Paper, bytes]:
    paper = paper_of(CONTRACT, library())
    return paper, docx_of(paper, TERMS)


def opened() -> Document:
    return docx.Document(io.BytesIO(made()[1]))


def unmarked(text: str) -> str:
    return text.replace("\u200e", "")


def repacked(**changes: bytes | None) -> bytes:
    """The file with parts changed, added or, with None, left out."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(made()[1])) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, content in changes.items():
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def element(content: str) -> bytes:
    return f'<terms xmlns="urn:recruitwatch:contract-terms:1">{content}</terms>'.encode()


def test_its_rows_say_what_the_paper_says() -> None:
    paper, _ = made()
    [clauses] = [one for one in opened().tables if one.rows[0].cells[0].text == "№"]
    rows = iter(clauses._tbl.tr_lst[1:])

    def said() -> list[str]:
        texts = [
            "".join(one.text or "" for one in cell.iter(qn("w:t"))) for cell in next(rows).tc_lst
        ]
        return [unmarked(one) for one in texts]

    for group in paper.groups:
        assert said() == ["", *map(plain, group.titles)]
        for clause in group.clauses:
            assert said() == [clause.number, *map(plain, clause.titles)]
            for row in clause.rows:
                assert said() == [row.number, *map(plain, row.texts)]
    assert next(rows, None) is None


def test_arabic_flows_to_the_left_and_bangla_to_the_right() -> None:
    [clauses] = [one for one in opened().tables if one.rows[0].cells[0].text == "№"]
    assert clauses._tbl.tblPr.find(qn("w:bidiVisual")) is not None
    for row in clauses._tbl.tr_lst:
        _, arabic, bangla = row.tc_lst
        for cell, code, flows_left in ((arabic, "ar", True), (bangla, "bn", False)):
            [paragraph] = cell.p_lst
            assert (paragraph.pPr.find(qn("w:bidi")) is not None) is flows_left
            for run in paragraph.r_lst:
                assert run.rPr.find(qn("w:lang")).get(qn("w:bidi")) == code
            flags = [run.rPr.find(qn("w:rtl")) is not None for run in paragraph.r_lst]
            assert any(flags) is flows_left
    assert opened().sections[0]._sectPr.find(qn("w:bidi")) is not None


def test_a_telephone_keeps_its_order_in_arabic_lines() -> None:
    runs = [
        run
        for run in opened().element.body.iter(qn("w:r"))
        if "+966 11 000 0019" in (run.text or "")
    ]
    in_arabic = [run for run in runs if run.rPr.find(qn("w:lang")).get(qn("w:val")) == "ar"]
    assert in_arabic
    for run in in_arabic:
        assert run.rPr.find(qn("w:rtl")) is None
        assert run.text == "\u200e+966 11 000 0019\u200e"


def test_rows_stay_whole_and_heads_repeat() -> None:
    [clauses] = [one for one in opened().tables if one.rows[0].cells[0].text == "№"]
    rows = clauses._tbl.tr_lst
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    heads = [row.trPr.find(qn("w:tblHeader")) is not None for row in rows]
    assert heads == [True, *[False] * (len(rows) - 1)]


def test_every_page_says_that_it_is_a_draft_even_of_a_registered_contract() -> None:
    registered = paper_of(CONTRACT, library(), registered=True)
    for content in (made()[1], docx_of(registered, TERMS)):
        section = docx.Document(io.BytesIO(content)).sections[0]
        said = [one.text for one in section.header.paragraphs]
        assert said == [plain(one) for one in registered.draft]
        pictures = section.header._element.xpath(".//*[local-name()='textpath'][@string]")
        assert [one.get("string") for one in pictures] == [plain(registered.draft[0])]


def test_it_is_the_same_again_and_names_no_time_of_making() -> None:
    paper, content = made()
    assert docx_of(paper, TERMS) == content
    said = opened().core_properties
    assert said.title == f"{plain(paper.titles[0])} · BD-SA-1"
    assert said.language == "ar"
    assert said.modified.date() == paper.signed_on


def test_its_terms_are_found_again_also_when_the_words_were_changed() -> None:
    assert canonical(terms_in_docx(made()[1])) == TERMS
    document = opened()
    document.add_paragraph("Added by hand.")
    out = io.BytesIO()
    document.save(out)
    assert canonical(terms_in_docx(out.getvalue())) == TERMS


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", NoWordFile),
        (b"%PDF-1.7", NoWordFile),
        (b"PK\x03\x04 and nothing more", NoWordFile),
        (bytes(MOST_FILE_BYTES + 1), WordFileTooLarge),
    ],
)
def test_what_is_no_word_file_is_refused(content: bytes, error: type[WordFileRefused]) -> None:
    with pytest.raises(error):
        terms_in_docx(content)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"word/document.xml": None}, NoWordFile),
        ({ITEM: None}, NoTermsInside),
        ({ITEM: b"<other/>"}, NoTermsInside),
        ({ITEM: b"<terms>not in our namespace</terms>"}, NoTermsInside),
        ({ITEM: b"no markup"}, NoTermsInside),
        ({ITEM: b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + element("&b;")}, NoTermsInside),
        ({ITEM: element("<child/>{}")}, NoTermsInside),
        ({ITEM: element(" " * 1_100_000)}, NoTermsInside),
        ({ITEM: element("{}")}, TermsDamaged),
        ({ITEM: element("not JSON")}, TermsDamaged),
        ({ITEM: element(TERMS.decode().replace('"ar"', '"AR!"').replace("&", "&amp;").replace("<", "&lt;"))}, TermsDamaged),
        ({"customXml/item2.xml": element("{}")}, TermsDamaged),
        ({"word/media/bomb.bin": bytes(59_000_000)}, WordFileSuspicious),
        ({"word/media/bomb.bin": bytes(61_000_000)}, WordFileSuspicious),
        ({f"word/{number}.bin": b"" for number in range(600)}, WordFileSuspicious),
    ],
)  # fmt: skip
def test_a_file_without_sound_terms_or_made_to_harm_is_refused(
    changes: dict[str, bytes | None], error: type[WordFileRefused]
) -> None:
    with pytest.raises(error) as problem:
        terms_in_docx(repacked(**changes))
    assert type(problem.value) is error


def test_a_part_that_is_larger_than_it_claims_is_not_unpacked() -> None:
    content = bytearray(repacked(**{ITEM: element(" " * 900_000)}))
    # The size before packing, in the list at the end.
    at = content.rindex(b"PK\x01\x02", 0, content.rindex(ITEM.encode()))
    content[at + 24 : at + 28] = (100).to_bytes(4, "little")
    with pytest.raises(WordFileRefused):
        terms_in_docx(bytes(content))


@given(st.integers(0, 400), st.binary(max_size=40))
@settings(max_examples=60, deadline=None)
def test_damage_of_any_kind_is_told_and_never_believed(place: int, damage: bytes) -> None:
    _, content = made()
    at = len(content) * place // 400
    damaged = content[:at] + damage + content[at + len(damage) :]
    with contextlib.suppress(WordFileRefused):
        assert canonical(terms_in_docx(damaged)) == TERMS


def drawn_by_libreoffice(content: bytes, folder: Path) -> pypdfium2.PdfDocument:
    (folder / "contract.docx").write_bytes(content)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
         "--convert-to", "pdf", "--outdir", str(folder), str(folder / "contract.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return pypdfium2.PdfDocument(folder / "contract.pdf")


WITH_LIBREOFFICE = pytest.mark.skipif(
    shutil.which("soffice") is None,
    reason="LibreOffice is not there: no second reader of Word files",
)


@WITH_LIBREOFFICE
def test_libreoffice_draws_it_with_both_languages(tmp_path: Path) -> None:
    document = drawn_by_libreoffice(made()[1], tmp_path)
    try:
        first = document[0].get_textpage().get_text_bounded()
        assert len(document) > 8
        assert "BD-SA-1" in first
        assert "Rokeya <Akter> & Co" in first
        assert document[0].render(scale=1).to_pil().convert("L").getextrema()[0] < 60
    finally:
        document.close()


@WITH_LIBREOFFICE
def test_libreoffice_loses_no_word_of_either_language(tmp_path: Path) -> None:
    """In two languages whose letters are read out of a PDF as they were written."""
    [path] = [one for one in EXAMPLES if one.stem == "mexico-canada"]
    contract = assemble(read_input(path.read_bytes(), path.name), library())
    paper = paper_of(contract, library())
    document = drawn_by_libreoffice(docx_of(paper, canonical(contract.terms)), tmp_path)
    try:
        drawn = " ".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()
    clauses = [clause for group in paper.groups for clause in group.clauses]
    texts = [text for clause in clauses for row in clause.rows for text in row.texts]
    said = Counter(word for text in texts for word in unmarked(plain(text)).split())
    assert len(said) > 1000
    assert said - Counter(drawn.split()) == Counter()
