"""Contracts as PDF: what can be read out of them is what the paper says, row by row and in both languages."""

import io
import json
import re
from collections.abc import Iterator
from functools import lru_cache, partial
from pathlib import Path

import msgspec
import page as checker
import pikepdf
import pypdfium2
import pytest

from factories.contracts import EXAMPLES, ask, library, make_contract
from factories.registered_contracts import example as whole_example
from recruitwatch.contracts.forms import read_input
from recruitwatch.contracts.pdf.foot import page_text
from recruitwatch.contracts.pdf.html import html_of
from recruitwatch.contracts.pdf.sheet import pdf_of
from recruitwatch.contracts.pdf.signs import SIGNS
from recruitwatch.contracts.rules.assembling import assemble, canonical, terms_hash
from recruitwatch.contracts.rules.given import LONGEST_TEXT
from recruitwatch.contracts.rules.papering import paper_of
from recruitwatch.contracts.rules.registering import contract_of
from recruitwatch.contracts.values.paper import DoesNotFit, Paper, Texts, plain
from recruitwatch.contracts.values.written import ParameterType
from recruitwatch.documents import MissingGlyph
from rules.documents import verapdf
from rules.documents.reading import pages_of, said_by, said_of, structure_of, text_of

ADDRESS = "https://contracts.example.org/check/4F7K2M"
NAMES = {
    "contract_number": "PH-HK-2025-1",
    "worker_name": "Liza Dimaculangan",
    "employer_name": "Chan Wing Yan",
}
CONTRACT = make_contract(ask("PH-HK", languages=("en", "ar"), wage_amount=5200, **NAMES))
REGISTERED = make_contract(ask("BD-SA", on="2026-03-01", languages=("ar", "bn"), **NAMES))
TERMS = canonical(REGISTERED.terms)


@lru_cache(maxsize=2)
def draft() -> tuple[Paper, bytes]:
    paper = paper_of(CONTRACT, library())
    return paper, pdf_of(paper)


@lru_cache(maxsize=2)
def registered() -> tuple[Paper, bytes]:
    paper = paper_of(contract_of(REGISTERED.terms, library(), ADDRESS), library(), registered=True)
    return paper, pdf_of(paper, terms=TERMS)


def squeezed(text: str) -> str:
    """Without blanks and marks."""
    return "".join(re.sub("[\u200e\u2066-\u2069]", "", text).split())


def rows_of(paper: Paper) -> Iterator[tuple[str, Texts]]:
    """Number and texts of each row in the table of clauses."""
    for group in paper.groups:
        yield "", group.titles
        for clause in group.clauses:
            yield clause.number, clause.titles
            for row in clause.rows:
                yield row.number, row.texts


def example(path: Path) -> tuple[Paper, bytes]:
    """A worked example in its own languages."""
    paper = paper_of(assemble(read_input(path.read_bytes(), path.name), library()), library())
    return paper, pdf_of(paper)


@pytest.mark.parametrize(
    "made",
    [draft, registered, *(partial(example, path) for path in EXAMPLES)],
    ids=["en-ar", "ar-bn registered", *(path.stem for path in EXAMPLES)],
)
def test_each_cell_says_what_the_paper_says_in_its_row_and_language(made) -> None:
    paper, content = made()
    rows = list(rows_of(paper))
    table = [node for node in structure_of(content) if node.tag == "Table"][2]
    found = table.children[1:]
    assert len(found) == len(rows)
    said, pages = said_of(content), pages_of(content)
    for (number, texts), node in zip(rows, found, strict=True):
        first, *cells = node.children
        assert squeezed(said_by(first, said, pages)) == number
        for language, text, cell in zip(paper.languages, texts, cells, strict=True):
            drawn, meant = squeezed(said_by(cell, said, pages)), squeezed(plain(text))
            if language.right_to_left:
                # Drawn in the order of the eye; the tag says it in the order of speech.
                assert sorted(drawn) == sorted(meant)
                assert squeezed(str(cell.children[0].object.ActualText)) == meant
            else:
                assert drawn == meant


@pytest.mark.parametrize(
    ("made", "part"), [(draft, "2a"), (registered, "3a")], ids=["en-ar", "ar-bn registered"]
)
def test_it_conforms_to_the_standards_of_archives_and_of_readers_aloud(made, part: str) -> None:
    # Some of the clauses hold all that there is to check, and checking takes long.
    paper = msgspec.structs.replace(made()[0], groups=made()[0].groups[:2])
    content = pdf_of(paper, terms=TERMS if part == "3a" else None)
    for profile in (part, "ua1"):
        report = checker.validate_pdf_bytes(content, profile=profile)
        assert [f"{one.rule_id}: {one.message}" for one in report.failures] == []
        if not verapdf.NO_JAVA:
            assert verapdf.faults(content, profile) == []


def test_it_is_the_same_again() -> None:
    paper, content = registered()
    assert pdf_of(paper, terms=TERMS) == content


def test_the_main_points_are_one_page_in_both_languages() -> None:
    for paper, content in (draft(), registered()):
        document = pypdfium2.PdfDocument(content)
        first, second = (document[at].get_textpage().get_text_bounded() for at in (0, 1))
        for fact in paper.key_facts:
            for language, label in zip(paper.languages, fact.labels, strict=True):
                if not language.right_to_left:
                    assert squeezed(plain(label)) in squeezed(first)
        assert "1.1" not in first
        assert "1.1" in second


def test_every_page_says_contract_version_hash_and_which_page_it_is() -> None:
    paper, content = draft()
    document = pypdfium2.PdfDocument(content)
    for at, page in enumerate(document, start=1):
        text = page.get_textpage().get_text_bounded()
        assert page_text(paper, 0, at, len(document)) in text
        assert "PH-HK-2025-1" in text
        assert "Version 1" in text
        assert paper.foot.short_hash in text
        assert plain(paper.draft[0]) in text


def test_a_registered_contract_is_no_draft_and_carries_terms_whose_hash_is_printed() -> None:
    paper, content = registered()
    text = text_of(content)
    assert plain(paper.draft[1]) not in text
    with pikepdf.open(io.BytesIO(content)) as document:
        inside = document.attachments["terms.json"].get_file().read_bytes()
        [field] = document.Root.AcroForm.Fields
        assert str(field.FT) == "/Sig"
    assert inside == TERMS
    assert json.loads(inside)["values"]["worker_name"] == "Liza Dimaculangan"
    assert paper.foot.short_hash == terms_hash(REGISTERED.terms)[:16]
    assert paper.foot.short_hash in text


def test_the_code_leads_to_the_check_page() -> None:
    import zxingcpp

    _, content = registered()
    picture = pypdfium2.PdfDocument(content)[0].render(scale=3).to_pil()
    assert [one.text for one in zxingcpp.read_barcodes(picture)] == [ADDRESS]


def test_heads_of_clauses_repeat_and_the_outline_names_every_clause() -> None:
    paper, content = draft()
    document = pypdfium2.PdfDocument(content)
    with_clauses = [one.get_textpage().get_text_bounded() for one in document][1:-3]
    assert all("№" in text for text in with_clauses)
    named = {one.get_title() for one in document.get_toc()}
    for group in paper.groups:
        assert {plain(one.titles[0]) for one in group.clauses} <= named


def test_people_and_offices_of_the_corridor_have_their_places() -> None:
    paper, content = draft()
    said, pages = said_of(content), pages_of(content)
    sections = [one for one in structure_of(content) if one.tag == "Sect"]
    blocks = (*paper.signatures, *paper.attestations)
    names = {"worker", "witness", "reader", "employer", "migrant_office"}
    assert {one.name for one in blocks} >= names
    for block, section in zip(blocks, sections[:-1], strict=True):
        text = squeezed(said_by(section, said, pages))
        for texts in (block.titles, *(one.labels for one in block.fields)):
            assert squeezed(plain(texts[0])) in text
    card = squeezed(said_by(sections[-1], said, pages))
    for fact in paper.card.facts:
        assert squeezed(plain(fact.labels[0])) in card


def test_a_letter_that_no_typeface_has_is_named() -> None:
    asked = ask("PH-HK", languages=("en",), worker_name="Liza \U00012000")
    with pytest.raises(MissingGlyph) as problem:
        pdf_of(paper_of(make_contract(asked), library()))
    assert "U+12000" in str(problem.value.message.values["name"])


@pytest.mark.parametrize("letter", ["W", "\u09b0\u09cd", "\u0645"])
@pytest.mark.parametrize("languages", [("en",), ("ar", "bn")])
def test_a_word_that_is_wider_than_its_cell_is_broken_between_letters(
    letter: str, languages: tuple[str, ...]
) -> None:
    word = (letter * LONGEST_TEXT)[:LONGEST_TEXT]
    asked = whole_example(
        **dict.fromkeys(("worker_name", "employer_name", "workplace_address"), word)
    )
    asked = msgspec.structs.replace(asked, languages=languages)
    content = pdf_of(paper_of(make_contract(asked), library()))
    assert content.startswith(b"%PDF-")
    if letter == "W" and languages == ("en",):
        assert squeezed(word) in squeezed(text_of(content))


@pytest.mark.parametrize("languages", [("en",), ("ar", "bn")])
def test_what_no_page_has_room_for_is_refused_and_not_tried_for_ever(
    languages: tuple[str, ...],
) -> None:
    texts = {
        name: "W" * LONGEST_TEXT
        for name, one in library().pack("domestic-work", 1).parameters.items()
        if one.type in (ParameterType.TEXT, ParameterType.ADDRESS, ParameterType.PHONE)
        and name not in ("contract_version", "terms_hash_short", "verify_url")
    }
    asked = msgspec.structs.replace(whole_example(**texts), languages=languages)
    with pytest.raises(DoesNotFit):
        pdf_of(paper_of(make_contract(asked), library()))


def test_values_as_long_as_they_may_be_still_fit_on_pages() -> None:
    long = ("long words " * 40)[:LONGEST_TEXT].strip()
    asked = ask("PH-HK", languages=("en",), **dict.fromkeys(
        ("worker_name", "employer_name", "employer_address", "worker_home_address", "workplace_address",
         "employer_id_no", "worker_passport_no"), long))  # fmt: skip
    content = pdf_of(paper_of(make_contract(asked), library()))
    assert squeezed(long) in squeezed(text_of(content))


def test_each_main_point_has_its_drawing() -> None:
    for pack in library().packs.values():
        assert set(pack.written.key_facts) <= SIGNS.keys()
    paper, _ = draft()
    assert html_of(paper).count('<svg class="sign"') == 2 * len(paper.key_facts)
