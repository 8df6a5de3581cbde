"""What a contract was made with is what it is drawn with, whatever law is published later."""

import hashlib

import msgspec
import pytest

from factories.contracts import ask, library
from factories.later_law import library_folder
from factories.registered_contracts import example
from recruitwatch.contracts.actions import open_library
from recruitwatch.contracts.pdf.html import html_of
from recruitwatch.contracts.pdf.sheet import pdf_of
from recruitwatch.contracts.rules.assembling import assemble, canonical, terms_hash
from recruitwatch.contracts.rules.checking import check
from recruitwatch.contracts.rules.papering import paper_of
from recruitwatch.contracts.rules.registering import contract_of, numbered
from recruitwatch.contracts.values.checking import CheckedPaper, CheckInput, Step
from recruitwatch.contracts.values.judged import ContractLibrary, CorridorsUnknown
from recruitwatch.contracts.values.paper import Paper
from recruitwatch.contracts.values.terms import Terms

ADDRESS = "https://m.example/contracts/verify/2026-22222-22222-2?h=abababababababab"


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> ContractLibrary:
    place = tmp_path_factory.mktemp("later") / "contracts"
    return open_library(library_folder(place, languages=("en", "tl")))


def made(library: ContractLibrary) -> Terms:
    return assemble(numbered(example(), "2026-22222-22222-2", 1), library).terms


def drawn(terms: Terms, library: ContractLibrary) -> Paper:
    return paper_of(contract_of(terms, library, ADDRESS), library, registered=True)


def unpinned(terms: Terms) -> Terms:
    """The terms as they were registered before they named the version of the law."""
    return msgspec.structs.replace(terms, corridors_version=msgspec.UNSET)


def test_later_law_changes_no_paper_of_a_registered_contract(later: ContractLibrary) -> None:
    terms = made(library())
    before, after = drawn(terms, library()), drawn(terms, later)
    assert pdf_of(after, terms=canonical(terms)) == pdf_of(before, terms=canonical(terms))
    assert html_of(after) == html_of(before)
    assert drawn(unpinned(terms), later).attestations == before.attestations


def test_a_contract_made_today_is_drawn_with_the_law_of_today(later: ContractLibrary) -> None:
    terms = made(later)
    paper = drawn(terms, later)
    assert terms.corridors_version == 2
    boxes = [one.name for one in paper.attestations]
    assert boxes == ["migrant_office", "origin_ministry", "immigration", "notary"]
    old = [one.name for one in drawn(made(library()), later).attestations]
    assert old == ["migrant_office", "immigration", "origin_consulate"]
    assert len(paper.notices) == len(drawn(made(library()), later).notices) - 1
    assert terms.values["prevailing_mode"] == "fixed_by_law"


def test_terms_that_name_no_version_keep_their_sum() -> None:
    terms = unpinned(made(library()))
    raw = canonical(terms)
    assert b"corridors_version" not in raw
    read = msgspec.json.decode(raw, type=Terms)
    assert canonical(read) == raw
    assert terms_hash(read) == hashlib.sha256(raw).hexdigest()
    assert read.drawn_with == 1
    assert terms_hash(made(library())) != terms_hash(read)


def test_a_check_judges_by_the_law_that_is_known_now(later: ContractLibrary) -> None:
    """The figure of a day may have been corrected since the contract was made."""
    asked = ask("PH-QA", wage_amount=1500, wage_currency="QAR")
    terms = assemble(asked, library()).terms
    given = CheckInput(papers=(CheckedPaper(step=Step.SIGNED, terms=terms),))
    assert "CHK-C01" not in {one.rule for one in check(given, library()).findings}
    assert "CHK-C01" in {one.rule for one in check(given, later).findings}


def test_a_version_of_the_law_that_is_not_here_is_refused_by_name() -> None:
    terms = msgspec.structs.replace(made(library()), corridors_version=9)
    with pytest.raises(CorridorsUnknown) as refused:
        contract_of(terms, library())
    assert refused.value.message.values == {"version": 9}
