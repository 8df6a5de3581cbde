"""The published codes of complaints: all 76 are there, sound, in plain words and filed honestly."""

import re
from collections import Counter

import pytest

from recruitwatch.bundled import folder
from recruitwatch.checklists.rules import read_library
from recruitwatch.checklists.values import Library
from recruitwatch.complaints.queries.codes import get_code_book, get_code_categories
from recruitwatch.complaints.rules.codes import book_faults, code_of, codes_offered
from recruitwatch.complaints.values.codes import (
    CodeBookUnknown,
    Compartment,
    ComplaintCode,
    Condition,
    ForcedLabourSign,
    Raised,
    Topic,
    Urgency,
)

BOOK = get_code_book()
FAMILIES = {
    "FEE": 8, "DEC": 4, "CON": 3, "DOC": 5, "DEP": 4, "WAG": 5, "WRK": 4, "VIO": 5, "CNF": 4, "CHD": 1,
    "LIC": 4, "DIS": 5, "TIP": 4, "AST": 6, "RET": 5, "DAT": 4, "OFF": 3, "ORG": 1, "OTH": 1,
}  # fmt: skip
URGENCIES = {
    Urgency.S1: "DEP-04 WRK-03 VIO-01 VIO-02 VIO-05 CNF-01 CNF-02 CHD-01 TIP-02 TIP-03 TIP-04 "
    "AST-03 AST-04 RET-01 RET-05 DAT-04",
    Urgency.S2: "FEE-08 DEC-02 DEC-04 CON-03 DOC-01 DOC-02 DOC-04 WRK-02 VIO-03 CNF-03 CNF-04 DIS-01 "
    "TIP-01 AST-02 AST-05 AST-06 RET-03 RET-04 OFF-01",
    Urgency.S4: "DEC-03 DEP-02 DEP-03 WAG-03 WAG-05 LIC-04 DIS-03 DIS-04 DIS-05 AST-01 DAT-02 OTH-01",
}


def test_there_are_76_codes_in_their_families() -> None:
    assert len(BOOK.codes) == 76
    assert Counter(one.family for one in BOOK.codes) == FAMILIES
    assert [one.code for one in BOOK.families] == list(FAMILIES)


def test_the_book_has_no_fault() -> None:
    assert book_faults(BOOK, get_code_categories()) == ()
    assert len(get_code_categories()) == 34


def test_how_urgent_each_code_is() -> None:
    found = {
        urgency: " ".join(one.code for one in BOOK.codes if one.urgency is urgency)
        for urgency in URGENCIES
    }

    assert found == URGENCIES
    assert Counter(one.urgency for one in BOOK.codes)[Urgency.S3] == 29
    assert {one.code: one.raised for one in BOOK.codes if one.raised} == {
        "WAG-02": (Raised(when=Condition.UNPAID_TWO_MONTHS, urgency=Urgency.S2),),
        "VIO-03": (Raised(when=Condition.LIVING_THERE, urgency=Urgency.S1),),
    }


def test_who_may_read_each_code() -> None:
    protected = {one.code for one in BOOK.codes if one.compartment is Compartment.PROTECTED}
    oversight = {one.code for one in BOOK.codes if one.compartment is Compartment.OVERSIGHT}

    whole = {one.code for one in BOOK.codes if one.family in ("VIO", "CNF", "CHD", "TIP")}
    assert protected == whole | {"DIS-01", "DIS-02", "DAT-04", "RET-01", "RET-05"}
    assert oversight == {"OFF-01", "OFF-02", "OFF-03"}


@pytest.mark.parametrize("one", BOOK.codes, ids=lambda one: one.code)
def test_a_worker_can_read_the_sentence(one: ComplaintCode) -> None:
    says = one.says

    assert re.fullmatch(r"[A-Z][^.;:()/]*\.( [A-Z][^.;:()/]*\.)?", says)
    assert len(says.split()) <= 12
    assert not re.search(r"allegation|grievance|substitut|please|employer|deployment", says, re.I)
    assert max(len(word.strip(".,")) for word in says.split()) <= 11


def test_every_sign_and_nearly_every_topic_is_told_by_a_code() -> None:
    signs = {sign for one in BOOK.codes for sign in one.forced_labour}
    topics = {topic for one in BOOK.codes for topic in one.topics}

    assert signs == set(ForcedLabourSign)
    assert set(Topic) - topics == {Topic.ORIENTATION}


@pytest.mark.parametrize(
    ("code", "category"),
    [
        ("FEE-01", "FEE_OVERCHARGE"),
        ("DOC-01", "PASSPORT_WITHHELD"),
        ("VIO-02", "SEXUAL_VIOLENCE"),
        ("CHD-01", "UNDERAGE"),
        ("RET-04", "RETALIATION"),
        ("OFF-01", "OTHER"),
        ("OTH-01", "OTHER"),
    ],
)
def test_where_a_code_counts(code: str, category: str) -> None:
    assert code_of(BOOK, code).category == category


def test_a_complaint_about_an_official_weighs_little_on_an_agency() -> None:
    assert {one.category for one in BOOK.codes if one.family == "OFF"} == {"OTHER"}


def test_the_categories_no_code_uses_are_those_the_note_names() -> None:
    unused = {one.code for one in get_code_categories()} - {one.category for one in BOOK.codes}

    assert unused == {"AWARD_UNPAID", "OBSTRUCTION"}
    assert "unpaid awards and blocked inspections" in BOOK.provenance


def test_the_book_says_what_it_rests_on() -> None:
    assert "project's reading" in BOOK.provenance
    assert "lawyer" in BOOK.confidence
    assert "whose text could not be obtained" in BOOK.confidence


def test_trafficking_is_not_a_sentence_to_tap() -> None:
    assert {one.code for one in BOOK.codes} - {one.code for one in codes_offered(BOOK)} == {
        "TIP-01"
    }


def test_another_version_is_not_there() -> None:
    with pytest.raises(CodeBookUnknown) as caught:
        get_code_book(99)
    assert caught.value.message.values == {"version": 99}


def test_the_codes_are_published_but_are_no_checklist() -> None:
    source = folder("checklists")
    files = {
        file.relative_to(source).as_posix(): file.read_bytes() for file in source.glob("*/*.yaml")
    }
    lock = (source / "LOCK").read_text(encoding="utf-8")

    library = read_library(files, lock)
    edited = read_library(
        files | {"complaint-codes/v1.yaml": files["complaint-codes/v1.yaml"] + b"# later\n"}, lock
    )

    assert isinstance(library, Library)
    assert "complaint-codes" not in {name for name, _ in library.checklists}
    assert isinstance(edited, list)
    assert [str(one) for one in edited] == [
        "LOCK:1: complaint-codes/v1.yaml: changed after publication: "
        "restore it and publish a new version instead"
    ]
