"""Looking up codes, and what several together mean: category, compartment, signs of trafficking."""

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitwatch.checklists.values import ComplaintCategory
from recruitwatch.complaints.queries.codes import get_code_book, get_code_categories
from recruitwatch.complaints.rules.codes import (
    book_faults,
    code_of,
    codes_offered,
    compartment_of,
    read_code_book,
    trafficking_signs,
    worst_category,
)
from recruitwatch.complaints.values.codes import (
    CodeBook,
    CodeUnknown,
    Compartment,
    ComplaintCode,
    Escalator,
    TraffickingAct,
)

BOOK = get_code_book()
SOME_CODES = st.lists(st.sampled_from(BOOK.codes), max_size=6)


def codes(names: str) -> list[ComplaintCode]:
    return [code_of(BOOK, name) for name in names.split()]


def category(code: str, severity: str) -> ComplaintCategory:
    return msgspec.convert(
        {"code": code, "principle": "P01", "severity": severity, "urgent": False, "title": code},
        ComplaintCategory,
    )


def complaint(code: str, /, **over: Any) -> dict[str, Any]:
    fields = {
        "code": code,
        "family": code[:3],
        "says": f"They did {code}.",
        "forced_labour": [],
        "topics": ["T2"],
        "instruments": [],
        "urgency": "S3",
        "compartment": "general",
        "category": "DEBT",
    }
    return fields | over


def book_of(*entries: dict[str, Any], **over: Any) -> CodeBook:
    fields = {
        "version": 1,
        "supersedes": None,
        "why": "First.",
        "language": "en",
        "vocabulary": 1,
        "title": "Codes",
        "provenance": "Ours.",
        "confidence": "Little.",
        "families": [{"code": "FEE", "title": "Money"}],
        "codes": entries,
    }
    return msgspec.convert(fields | over, CodeBook)


KNOWN = [category("DEBT", "major")]


def test_a_code_is_found_also_when_it_is_retired() -> None:
    book = book_of(complaint("FEE-01", retired_for="FEE-02"), complaint("FEE-02"))

    assert code_of(book, "FEE-01").retired_for == "FEE-02"
    assert [one.code for one in codes_offered(book)] == ["FEE-02"]


@pytest.mark.parametrize("word", ["FEE-99", "fee-01", "", "FEE-01 "])
def test_an_unknown_code_is_named_in_the_answer(word: str) -> None:
    with pytest.raises(CodeUnknown) as caught:
        code_of(BOOK, word)
    assert caught.value.message.values == {"complaint_code": word}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("", None),
        ("FEE-03", "NO_RECEIPT"),
        ("FEE-03 FEE-01", "FEE_OVERCHARGE"),
        ("FEE-01 WAG-02", "FEE_OVERCHARGE"),
        ("WAG-02 FEE-01", "WAGES_UNPAID"),
        ("OTH-01 FEE-03", "OTHER"),
        ("WAG-02 FEE-01 DOC-01 CHD-01", "PASSPORT_WITHHELD"),
    ],
)
def test_a_case_counts_once_by_the_worst_of_its_codes(names: str, expected: str | None) -> None:
    found = worst_category(codes(names), get_code_categories())

    assert (found.code if found else None) == expected


@given(st.lists(st.sampled_from(BOOK.codes), min_size=1, max_size=6))
def test_no_code_of_a_case_is_worse_than_the_category_it_counts_under(
    given_codes: Sequence[ComplaintCode],
) -> None:
    order = ["critical", "major", "minor", "info"]
    severity = {one.code: order.index(one.severity) for one in get_code_categories()}

    found = worst_category(given_codes, get_code_categories())

    assert found is not None
    assert order.index(found.severity) == min(severity[one.category] for one in given_codes)


@pytest.mark.parametrize("escalator", list(Escalator))
def test_some_dangers_are_read_by_few_whatever_the_code(escalator: Escalator) -> None:
    few = {"under_18", "locked_in", "afraid_for_life", "self_harm"}
    expected = Compartment.PROTECTED if escalator.value in few else Compartment.GENERAL
    assert compartment_of(codes("FEE-01"), [escalator]) is expected
    assert compartment_of(codes("OFF-01"), [escalator]) is Compartment.OVERSIGHT


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("", Compartment.GENERAL),
        ("FEE-01 WAG-02", Compartment.GENERAL),
        ("FEE-01 VIO-02", Compartment.PROTECTED),
        ("RET-01", Compartment.PROTECTED),
        ("RET-02 RET-03 RET-04", Compartment.GENERAL),
        ("FEE-01 OFF-03", Compartment.OVERSIGHT),
        ("VIO-02 OFF-01", Compartment.OVERSIGHT),
    ],
)
def test_who_may_read_a_case(names: str, expected: Compartment) -> None:
    assert compartment_of(codes(names)) is expected
    assert compartment_of(reversed(codes(names))) is expected


@pytest.mark.parametrize(
    ("names", "for_review"),
    [
        ("", False),
        ("DEC-01", False),
        ("DEC-01 WAG-02", False),
        ("DEC-01 WAG-02 DOC-01", True),
        ("DEC-01 DOC-01", True),
        ("FEE-04 WAG-02", True),
        ("FEE-01 WAG-02", False),
        ("CNF-01 DOC-01 WAG-02", False),
        ("CNF-01 DOC-01 VIO-04", True),
        ("TIP-02 WAG-02", True),
        ("DIS-05 OTH-01", False),
    ],
)
def test_an_act_a_means_and_two_purposes_ask_for_a_trained_person(
    names: str, for_review: bool
) -> None:
    assert trafficking_signs(codes(names)).for_review is for_review


def test_the_signs_found_are_named() -> None:
    found = trafficking_signs(codes("DEC-01 DOC-01 WAG-02"))

    assert (found.acts, found.means, found.purposes) == (
        ("recruited",),
        ("DE",),
        ("WW", "RM", "RD"),
    )


def test_an_act_known_otherwise_counts_too() -> None:
    told = codes("FEE-01 WAG-02")

    assert not trafficking_signs(told).for_review
    assert trafficking_signs(told, [TraffickingAct.RECRUITED]).for_review


@given(SOME_CODES, SOME_CODES)
def test_telling_more_never_takes_a_sign_away(
    first: list[ComplaintCode], more: list[ComplaintCode]
) -> None:
    before, after = trafficking_signs(first), trafficking_signs(first + more)

    assert set(before.acts) <= set(after.acts)
    assert set(before.means) <= set(after.means)
    assert set(before.purposes) <= set(after.purposes)
    assert before.for_review <= after.for_review


def test_a_sound_book_has_no_fault() -> None:
    book = book_of(complaint("FEE-01", retired_for="FEE-02"), complaint("FEE-02"))

    assert book_faults(book, KNOWN) == ()


@pytest.mark.parametrize(
    ("over", "path", "message"),
    [
        ({"category": "GIFTS"}, "category", "unknown complaint category GIFTS"),
        ({"family": "DOC"}, "family", "FEE-02 does not begin with DOC"),
        ({"code": "ZZZ-01", "family": "ZZZ"}, "family", "unknown family ZZZ"),
        ({"code": "FEE-01"}, "code", "given twice: FEE-01"),
        ({"says": "They did FEE-01."}, "says", "given twice: They did FEE-01."),
        ({"says": "a b c d e f g h i j k l m"}, "says", "13 words, at most 12"),
        ({"retired_for": "FEE-02"}, "retired_for", "FEE-02 points to itself"),
        ({"retired_for": "FEE-77"}, "retired_for", "FEE-02 points to FEE-77, which does not exist"),
        (
            {"retired_for": "FEE-03"},
            "retired_for",
            "FEE-02 points to FEE-03, which is retired itself",
        ),
        (
            {"raised": [{"when": "living_there", "urgency": "S3"}]},
            "raised[0].urgency",
            "must be more urgent than the code",
        ),
    ],
)
def test_what_is_wrong_with_a_code_is_named(over: dict[str, Any], path: str, message: str) -> None:
    book = book_of(
        complaint("FEE-01"),
        complaint("FEE-02", **over),
        complaint("FEE-03", retired_for="FEE-01"),
    )

    found = [(one.path, one.message) for one in book_faults(book, KNOWN)]

    assert (f"$.codes[1].{path}", message) in found


@pytest.mark.parametrize(("version", "supersedes"), [(1, 1), (2, None), (3, 1)])
def test_a_version_names_the_one_before_it(version: int, supersedes: int | None) -> None:
    book = book_of(complaint("FEE-01"), version=version, supersedes=supersedes)

    assert [one.path for one in book_faults(book, KNOWN)] == ["$.supersedes"]


@pytest.mark.parametrize(
    ("old", "new", "name", "expected"),
    [
        ("category: DEBT", "category: GIFTS", "v1", "v1.yaml:21: $.codes[0].category: unknown"),
        ("urgency: S3", "urgency: S9", "v1", "v1.yaml:19: $.codes[0].urgency: "),
        ("vocabulary: 1", "vocabulary: 7", "v1", "v1.yaml:5: $.vocabulary: vocabulary version 7"),
        ("title: T", "title: T", "v2", "v2.yaml:1: $.version: the file is named after"),
        ("title: T", "titel: T", "v1", "v1.yaml:6: $.titel: unknown field"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_line(
    old: str, new: str, name: str, expected: str
) -> None:
    text = """version: 1
supersedes: null
why: W
language: en
vocabulary: 1
title: T
provenance: P
confidence: C
families:
  - code: FEE
    title: Money
codes:
  - code: FEE-01
    family: FEE
    says: They did it.
    forced_labour: [DB]
    topics: [T2]
    instruments: ["C181 a7"]
    urgency: S3
    compartment: general
    category: DEBT
"""
    file = f"complaint-codes/{name}.yaml"

    found = read_code_book(text.replace(old, new, 1).encode(), file, {1: KNOWN})

    assert isinstance(found, list)
    assert any(str(one).startswith(f"complaint-codes/{expected}") for one in found), found
    assert isinstance(
        read_code_book(text.encode(), "complaint-codes/v1.yaml", {1: KNOWN}), CodeBook
    )
