"""What the files say about each other and about the LOCK."""

import pytest

from recruitwatch.checklists.rules import (
    check_library,
    check_lock,
    lock_line,
    newest,
    option_label,
    read_library,
    title_in,
    wording,
)
from recruitwatch.checklists.values import Library, Wording
from rules.checklists.samples import checklist_of, item_of

VOCABULARY = b"""\
version: 1
supersedes: null
why: "First."
language: en
parameters:
  - {name: least_days, type: number, default: 3, note: "Days."}
facts:
  - {name: always, meaning: "No condition."}
evidence_codes:
  - {code: D, name: document, meaning: "Seen."}
evidence_levels:
  - {level: E0, meaning: "Said."}
severities:
  - {name: critical, weight: 8}
  - {name: major, weight: 4}
  - {name: minor, weight: 1}
  - {name: info, weight: 0}
principles:
  - {code: P01, title: "Law", weight: 8}
instruments:
  - {code: C181, checked: seen, title: "Agencies"}
complaint_categories:
  - {code: DEBT, principle: P01, severity: major, urgent: false, title: "Debt"}
"""
LIST = """\
id: NAME
version: 1
supersedes: null
why: "First."
vocabulary: 1
title: "Title"
purpose: "To test."
filled_by: "inspector"
subject: agency
mode: "announced"
unit: one_per_inspection
provenance: "Ours."
sections:
  - code: LAW
    title: "Law"
    items:
      - id: ITEM
        principle: P01
        text: "How many days?"
        guidance: "Look."
        answer:
          type: number
          compliant: {op: gte, value: {param: least_days}}
        severity: major
        gate: null
        evidence: [D]
        applies_if: always
        gender: false
        complaint_category: DEBT
        corroborates: null
        refs:
          - {i: C181, a: "7"}
"""
COVENANT = LIST.replace("NAME", "covenant").replace("ITEM", "COV-LAW-01")
SOP = LIST.replace("NAME", "sop").replace("ITEM", "SOP-LAW-01")


def library(covenant: str = COVENANT, sop: str = SOP, **more: str) -> Library | list[str]:
    files = {
        "vocabulary/v1.yaml": VOCABULARY,
        "covenant/v1.yaml": covenant.encode(),
        "sop/v1.yaml": sop.encode(),
    } | {f"{name}.yaml".replace("_", "/"): text.encode() for name, text in more.items()}
    lock = "\n".join(lock_line(raw, name) for name, raw in files.items())
    found = read_library(files, lock)
    return found if isinstance(found, Library) else [str(one) for one in found]


def test_sound_files_make_a_library() -> None:
    second = COVENANT.replace("version: 1\nsupersedes: null", "version: 2\nsupersedes: 1")

    found = library(covenant_v2=second)

    assert isinstance(found, Library)
    assert sorted(found.checklists) == [("covenant", 1), ("covenant", 2), ("sop", 1)]
    assert {name: one.version for name, one in newest(found).items()} == {"covenant": 2, "sop": 1}
    assert set(found.sha256) == {
        "vocabulary/v1.yaml", "covenant/v1.yaml", "covenant/v2.yaml", "sop/v1.yaml",
    }  # fmt: skip


ITEM = "$.sections[0].items[0]"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("principle: P01", "principle: P09", f"18: {ITEM}.principle: unknown principle P09"),
        ("applies_if: always", "applies_if: never", f"27: {ITEM}.applies_if: unknown fact never"),
        ("[D]", "[D, Z]", f"26: {ITEM}.evidence[1]: unknown evidence code Z"),
        ("i: C181", "i: C999", f"32: {ITEM}.refs[0].i: unknown instrument C999"),
        ("DEBT", "THEFT", f"29: {ITEM}.complaint_category: unknown complaint category THEFT"),
        (
            "param: least_days",
            "param: most_days",
            f"23: {ITEM}.answer.compliant.value.param: unknown parameter most_days",
        ),
        (
            "type: number",
            "type: money",
            f"23: {ITEM}.answer.compliant.value.param: least_days is number, the answer is money",
        ),
        (
            "corroborates: null",
            "corroborates: XXX-LAW-01",
            f"30: {ITEM}.corroborates: unknown item XXX-LAW-01",
        ),
        (
            "corroborates: null",
            "corroborates: SOP-LAW-01",
            f"30: {ITEM}.corroborates: SOP-LAW-01 is in the same checklist",
        ),
        (
            "id: SOP-LAW-01",
            "id: COV-LAW-01",
            f"17: {ITEM}.id: item id COV-LAW-01 belongs to the checklist covenant",
        ),
        (
            "vocabulary: 1",
            "vocabulary: 2",
            "5: $.vocabulary: vocabulary version 2 does not exist",
        ),
    ],
)
def test_a_word_that_nobody_defined_is_reported_with_its_line(
    old: str, new: str, expected: str
) -> None:
    assert library(sop=SOP.replace(old, new)) == [f"sop/v1.yaml:{expected}"]


def test_an_item_may_bear_out_an_item_of_another_list() -> None:
    sop = SOP.replace("corroborates: null", "corroborates: COV-LAW-01")

    assert isinstance(library(sop=sop), Library)


def test_a_new_version_follows_one_that_exists_and_keeps_the_type_of_its_questions() -> None:
    third = COVENANT.replace("version: 1\nsupersedes: null", "version: 3\nsupersedes: 2")
    second = COVENANT.replace("version: 1\nsupersedes: null", "version: 2\nsupersedes: 1")
    other_type = second.replace("type: number", "type: ratio").replace(
        "value: {param: least_days}", "value: 1.0"
    )

    assert library(covenant_v3=third) == [
        "covenant/v3.yaml:3: $.supersedes: that version does not exist"
    ]
    assert library(covenant_v2=other_type) == [
        f"covenant/v2.yaml:22: {ITEM}.answer.type: COV-LAW-01 had the type number: "
        "another question needs a new id"
    ]


def test_mistakes_of_all_files_come_together() -> None:
    found = library(
        covenant=COVENANT.replace("severity: major", "severity: huge"),
        sop=SOP.replace("gender: false", "gendre: false"),
    )

    assert isinstance(found, list)
    assert [one.split(":")[0] for one in found] == [
        "covenant/v1.yaml",
        "sop/v1.yaml",
        "sop/v1.yaml",
    ]


def test_a_vocabulary_that_supersedes_nothing_known_is_reported() -> None:
    raw = VOCABULARY.replace(b"version: 1\nsupersedes: null", b"version: 3\nsupersedes: 2")

    found = library(vocabulary_v3=raw.decode())

    assert found == ["vocabulary/v3.yaml:2: $.supersedes: that version does not exist"]


def test_an_unreadable_vocabulary_is_reported() -> None:
    found = library(vocabulary_v2="version: 2\n")

    assert isinstance(found, list)
    assert "vocabulary/v2.yaml:1: $.facts: missing field" in found


def test_check_library_alone_gives_no_lines() -> None:
    found = check_library([], [checklist_of(("LAW", [item_of()]))])

    assert [str(one) for one in found] == [
        "covenant/v1.yaml:0: $.vocabulary: vocabulary version 1 does not exist"
    ]


def test_an_unchanged_folder_agrees_with_its_lock() -> None:
    files = {"a/v1.yaml": b"a", "b/v1.yaml": b"b"}
    lock = "".join(f"{lock_line(raw, name)}\n" for name, raw in files.items())

    assert check_lock(lock, files) == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"a/v1.yaml": b"a ", "b/v1.yaml": b"b"},
            ["LOCK:1: a/v1.yaml: changed after publication: restore it and publish a new version "
             "instead"],
        ),
        ({"a/v1.yaml": b"a"}, ["LOCK:2: b/v1.yaml: the published file is missing"]),
        (
            {"a/v1.yaml": b"a", "b/v1.yaml": b"b", "b/v2.yaml": b"c"},
            ["b/v2.yaml:1: $: not in the LOCK: add its line when it is published"],
        ),
    ],
    ids=["changed", "missing", "extra"],
)  # fmt: skip
def test_the_lock_notices_what_was_done_to_the_folder(
    files: dict[str, bytes], expected: list[str]
) -> None:
    lock = f"{lock_line(b'a', 'a/v1.yaml')}\n{lock_line(b'b', 'b/v1.yaml')}\n"

    assert [str(one) for one in check_lock(lock, files)] == expected


def test_a_lock_that_cannot_be_read_is_reported() -> None:
    line = lock_line(b"a", "a/v1.yaml")

    found = check_lock(f"{line}\n{line}\nabc a/v1.yaml\n", {"a/v1.yaml": b"a"})

    assert [str(one) for one in found] == [
        "LOCK:2: a/v1.yaml: listed twice",
        "LOCK:3: $: must be a SHA-256, two spaces and a path",
    ]


def test_a_question_is_shown_in_the_language_of_the_reader_or_in_english() -> None:
    item = item_of(
        "choice",
        translations={
            "fr": {
                "text": "Qui ?",
                "guidance": "Voir.",
                "reviewed": False,
                "options": {"worker": "La personne"},
            }
        },
    )

    assert wording(item, "fr") == Wording(
        text="Qui ?", guidance="Voir.", language="fr", reviewed=False
    )
    assert wording(item, "bn").language == "en"
    assert option_label(item, "worker", "fr") == "La personne"
    assert option_label(item, "agency", "fr") == "Agency"
    assert option_label(item, "other", "bn") == "Other"


def test_a_title_is_shown_in_the_language_of_the_reader_or_in_english() -> None:
    checklist = checklist_of(
        ("LAW", [item_of()]), translations={"fr": {"title": "Le pacte", "reviewed": True}}
    )

    assert title_in(checklist, "fr") == "Le pacte"
    assert title_in(checklist, "bn") == "Covenant"
    assert title_in(checklist.sections[0], "fr") == "Section LAW"
