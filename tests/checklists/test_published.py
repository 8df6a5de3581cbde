"""The published files: they can be read, none was edited, and they hold what they should."""

from collections import Counter
from pathlib import Path

import pytest

from recruitwatch.checklists.rules import check_lock, items_with_paths, read_library
from recruitwatch.checklists.values import Checklist, Item, Library, Subject, Unit

FOLDER = Path(__file__).resolve().parents[2] / "checklists"
FIRST = ("covenant", "sop", "predeparture", "returnee", "destination")


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return {
        path.relative_to(FOLDER).as_posix(): path.read_bytes()
        for path in sorted(FOLDER.rglob("*.yaml"))
    }


@pytest.fixture(scope="module")
def library(files: dict[str, bytes]) -> Library:
    found = read_library(files, (FOLDER / "LOCK").read_text())
    assert isinstance(found, Library), "\n".join(map(str, found))
    return found


def items_of(checklist: Checklist) -> list[Item]:
    return [item for _, item in items_with_paths(checklist)]


def first(library: Library, name: str) -> Checklist:
    return library.checklists[name, 1]


def test_no_published_file_was_edited_added_or_lost(files: dict[str, bytes]) -> None:
    assert [str(one) for one in check_lock((FOLDER / "LOCK").read_text(), files)] == []


@pytest.mark.parametrize(
    ("name", "critical", "major", "minor", "info"),
    [
        ("covenant", 13, 29, 9, 0),
        ("sop", 13, 46, 17, 0),
        ("predeparture", 10, 6, 1, 3),
        ("returnee", 9, 10, 2, 2),
        ("destination", 11, 10, 0, 1),
    ],
)
def test_how_heavy_the_first_lists_are(
    library: Library, name: str, critical: int, major: int, minor: int, info: int
) -> None:
    counted = Counter(item.severity.value for item in items_of(first(library, name)))

    assert dict(counted) == {
        word: count
        for word, count in (
            ("critical", critical),
            ("major", major),
            ("minor", minor),
            ("info", info),
        )
        if count
    }


def test_the_first_lists_hold_192_questions_each_with_its_own_id(library: Library) -> None:
    items = [item for name in FIRST for item in items_of(first(library, name))]

    assert [len(items_of(first(library, name))) for name in FIRST] == [51, 76, 20, 23, 22]
    assert len(items) == len({item.id for item in items}) == 192


def test_each_list_says_whom_it_is_about_and_how_often_it_is_filled_in(library: Library) -> None:
    found = {name: (first(library, name).subject, first(library, name).unit) for name in FIRST}

    assert found == {
        "covenant": (Subject.AGENCY, Unit.ONE_PER_INSPECTION),
        "sop": (Subject.AGENCY, Unit.ONE_PER_INSPECTION),
        "predeparture": (Subject.AGENCY, Unit.ONE_PER_WORKER),
        "returnee": (Subject.AGENCY, Unit.ONE_PER_WORKER),
        "destination": (Subject.PARTNER, Unit.ONE_PER_PARTNER),
    }


@pytest.mark.parametrize(
    ("name", "quoted"), [("covenant", "text of the Covenant"), ("sop", "text of the SOP")]
)
def test_a_reconstructed_list_says_so_and_forbids_quoting(
    library: Library, name: str, quoted: str
) -> None:
    provenance = first(library, name).provenance

    assert "could not be obtained" in provenance
    assert "reconstruction" in provenance
    assert f"Do not quote an item as the {quoted}." in provenance


def test_no_item_claims_a_clause_of_the_covenant(library: Library) -> None:
    assert {item.clause for item in items_of(first(library, "covenant"))} == {None}


def test_the_weights_of_the_first_vocabulary(library: Library) -> None:
    vocabulary = library.vocabularies[1]

    assert {one.name.value: one.weight for one in vocabulary.severities} == {
        "critical": 8,
        "major": 4,
        "minor": 1,
        "info": 0,
    }
    assert [one.weight for one in vocabulary.principles] == [
        8, 16, 8, 14, 10, 12, 8, 8, 6, 5, 3, 2,
    ]  # fmt: skip
    assert sum(one.weight for one in vocabulary.principles) == 100
    assert len(vocabulary.complaint_categories) == 34


def test_every_principle_is_tested_by_a_list_about_the_agency(library: Library) -> None:
    tested = {
        item.principle
        for name in FIRST
        if first(library, name).subject is Subject.AGENCY
        for item in items_of(first(library, name))
    }

    assert tested >= {one.code for one in library.vocabularies[1].principles}


def test_yes_and_no_are_safe_for_any_other_reader(files: dict[str, bytes]) -> None:
    """A spreadsheet or script that reads YAML 1.1 must find the same answers as we do."""
    yaml = pytest.importorskip("yaml")
    for name, raw in files.items():
        for section in yaml.safe_load(raw).get("sections", ()):
            for item in section["items"]:
                compliant = item["answer"].get("compliant", {"value": "yes"})
                assert not isinstance(compliant["value"], bool), (name, item["id"])
