"""A Word file whose list of parts lies about their size gives nothing away and fills no computer."""

import io
import struct
import tracemalloc
import zipfile

import msgspec
import pytest

from factories.contract_checks import clean_terms
from recruitwatch.contracts.forms.word import terms_in_docx
from recruitwatch.contracts.values.word import TERMS_ELEMENT, TERMS_NAMESPACE, WordFileRefused


def package(part: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", "<document/>")
        made.writestr("customXml/item1.xml", part)
    return out.getvalue()


def ours(text: bytes) -> bytes:
    name = TERMS_ELEMENT.encode()
    return b'<%s xmlns="%s">%s</%s>' % (name, TERMS_NAMESPACE.encode(), text, name)


def test_our_terms_are_found() -> None:
    assert terms_in_docx(package(ours(msgspec.json.encode(clean_terms())))) == clean_terms()


def test_a_part_that_says_it_is_small_is_not_unpacked_any_further() -> None:
    huge = ours(b" " * 30_000_000)
    lying = package(huge).replace(struct.pack("<I", len(huge)), struct.pack("<I", 1000))
    with pytest.raises(WordFileRefused):
        terms_in_docx(lying)


def test_what_a_lying_part_unpacks_to_never_stands_in_memory() -> None:
    huge = ours(b" " * 60_000_000)
    lying = package(huge).replace(struct.pack("<I", len(huge)), struct.pack("<I", 1000))
    tracemalloc.start()
    try:
        with pytest.raises(WordFileRefused):
            terms_in_docx(lying)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_terms_in_which_a_wage_stands_twice_are_refused() -> None:
    terms = msgspec.json.encode(clean_terms())
    twice = terms.replace(b'"wage_amount":1500', b'"wage_amount":900,"wage_amount":1500')
    assert twice != terms
    with pytest.raises(WordFileRefused) as refused:
        terms_in_docx(package(ours(twice)))
    assert "“wage_amount” stands there twice" in str(refused.value.message.values["reason"])
