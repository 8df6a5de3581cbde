"""A broken file is reported with line and path, and with everything that is wrong at once."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recruitwatch.checklists.rules import parse_checklist, parse_vocabulary
from recruitwatch.checklists.values import Checklist

SOUND = """\
# A comment, so that lines and fields do not run in step.
id: covenant
version: 2
supersedes: 1
why: "A clearer question."
vocabulary: 1
title: "Covenant"
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
      - id: COV-LAW-01
        principle: P01
        text: "Is it so?"
        guidance: >
          Look here,
          and there.
        answer:
          type: yes_no_partial_na
          compliant: {op: eq, value: "yes"}
        severity: major
        gate: null
        evidence: [D, I]
        applies_if: always
        gender: false
        complaint_category: null
        corroborates: null
        refs:
          - {i: C181, a: "7"}
          - {i: GPOG}

      - id: COV-LAW-02
        principle: P05
        text: "Who holds it?"
        guidance: "Ask."
        answer:
          type: choice
          options: [worker, agency]
          compliant: {op: in, value: [worker]}
        severity: critical
        gate: cap_E
        evidence: [W]
        applies_if: always
        gender: true
        complaint_category: null
        corroborates: null
        refs: []
"""
FIRST, SECOND = "$.sections[0].items[0]", "$.sections[0].items[1]"

# What is replaced, by what, and every mistake that must be reported: line, path, message.
BROKEN = [
    (
        "misspelt-field",
        "severity: major",
        "wieght: major",
        [(18, f"{FIRST}.severity", "missing field"), (27, f"{FIRST}.wieght", "unknown field")],
    ),
    (
        "unknown-word",
        "severity: major",
        "severity: urgent",
        [(27, f"{FIRST}.severity", '"urgent" is not one of critical, major, minor, info')],
    ),
    (
        "list-for-word",
        "severity: major",
        "severity: [major]",
        [(27, f"{FIRST}.severity", "must be text, not a list")],
    ),
    (
        "yes-without-quotes",
        'value: "yes"',
        "value: yes",
        [
            (
                26,
                f"{FIRST}.answer.compliant.value",
                'yes without quotes is read as true by YAML: write "yes", or true or false where a '
                "truth value is meant",
            )
        ],
    ),
    (
        "no-for-false",
        "gender: false",
        "gender: No",
        [
            (
                31,
                f"{FIRST}.gender",
                'No without quotes is read as false by YAML: write "No", or true or false where a '
                "truth value is meant",
            )
        ],
    ),
    (
        "truth-value-for-answer",
        'value: "yes"',
        "value: true",
        [
            (
                26,
                f"{FIRST}.answer.compliant.value",
                "must be a whole number or a number or text or a set of fields or a list, not true",
            )
        ],
    ),
    (
        "critical-without-gate",
        "gate: cap_E",
        "gate: null",
        [(47, f"{SECOND}.gate", "a critical item needs a gate")],
    ),
    (
        "gate-on-major",
        "gate: null",
        "gate: cap_D",
        [(28, f"{FIRST}.gate", "only critical items have a gate, this one is major")],
    ),
    (
        "unknown-gate",
        "gate: null",
        "gate: cap_F",
        [(28, f"{FIRST}.gate", '"cap_F" is not one of cap_D, cap_E, null')],
    ),
    (
        "same-id-twice",
        "id: COV-LAW-02",
        "id: COV-LAW-01",
        [(38, f"{SECOND}.id", "item id COV-LAW-01 is used twice")],
    ),
    (
        "id-in-wrong-form",
        "id: COV-LAW-02",
        "id: cov-law-2",
        [(38, f"{SECOND}.id", '"cov-law-2" is not written in the right form')],
    ),
    (
        "choice-without-options",
        "          options: [worker, agency]\n",
        "",
        [
            (42, f"{SECOND}.answer.options", "a choice needs two options or more"),
            (44, f"{SECOND}.answer.compliant", "worker: not among the options"),
        ],
    ),
    (
        "compliant-outside-options",
        "value: [worker]",
        "value: [worker, broker]",
        [(45, f"{SECOND}.answer.compliant", "broker: not among the options")],
    ),
    (
        "options-twice",
        "options: [worker, agency]",
        "options: [worker, agency, worker]",
        [(44, f"{SECOND}.answer.options[2]", "option worker is used twice")],
    ),
    (
        "options-on-words",
        "type: yes_no_partial_na",
        "type: yes_no_partial_na\n          options: [a1, b1]",
        [(26, f"{FIRST}.answer.options", "only a choice has options")],
    ),
    (
        "words-compared-by-size",
        '{op: eq, value: "yes"}',
        '{op: gte, value: "yes"}',
        [
            (
                26,
                f"{FIRST}.answer.compliant",
                'must be {op: eq, value: "yes"} or {op: eq, value: "no"}',
            )
        ],
    ),
    (
        "ratio-above-one",
        'type: yes_no_partial_na\n          compliant: {op: eq, value: "yes"}',
        "type: ratio\n          compliant: {op: gte, value: 90}",
        [
            (
                26,
                f"{FIRST}.answer.compliant",
                "must be {op: gte, value: a share above 0 and up to 1}",
            )
        ],
    ),
    (
        "amount-without-currency",
        'type: yes_no_partial_na\n          compliant: {op: eq, value: "yes"}',
        "type: money\n          compliant: {op: lte, value: 500}",
        [
            (
                26,
                f"{FIRST}.answer.compliant",
                "must compare (gte, lte) with 0 or {param: name}: an amount needs a currency",
            )
        ],
    ),
    (
        "day-that-does-not-exist",
        'type: yes_no_partial_na\n          compliant: {op: eq, value: "yes"}',
        'type: date\n          compliant: {op: gte, value: "2026-02-30"}',
        [
            (
                26,
                f"{FIRST}.answer.compliant",
                'must compare (gte, lte) with {today: true} or a date written "2026-01-31"',
            )
        ],
    ),
    (
        "number-by-list",
        'type: yes_no_partial_na\n          compliant: {op: eq, value: "yes"}',
        "type: number\n          min: 5\n          max: 5\n"
        "          compliant: {op: in, value: [few]}",
        [
            (27, f"{FIRST}.answer.max", "must be above min"),
            (
                28,
                f"{FIRST}.answer.compliant",
                "must compare (eq, gte, lte) with a figure or {param: name}",
            ),
        ],
    ),
    (
        "bounds-of-a-number-on-words",
        "type: yes_no_partial_na",
        "type: yes_no_partial_na\n          min: 1\n          whole: true\n"
        "          negative: true",
        [
            (26, f"{FIRST}.answer.min", "only a number has this bound"),
            (27, f"{FIRST}.answer.whole", "only a number can be whole"),
            (
                28,
                f"{FIRST}.answer.negative",
                "only for money: give a number a min below zero",
            ),
        ],
    ),
    (
        "parameter-and-today",
        'value: "yes"',
        "value: {param: some_figure, today: true}",
        [
            (
                26,
                f"{FIRST}.answer.compliant.value",
                "give either {param: name} or {today: true}",
            )
        ],
    ),
    (
        "misspelt-parameter",
        'value: "yes"',
        "value: {parm: some_figure}",
        [(26, f"{FIRST}.answer.compliant.value.parm", "unknown field")],
    ),
    (
        "article-as-number",
        'a: "7"',
        "a: 7",
        [(35, f"{FIRST}.refs[0].a", "must be text or null, not 7")],
    ),
    (
        "sexagesimal",
        'a: "7"',
        "a: 7:30",
        [(35, f"{FIRST}.refs[0].a", '7:30: write a plain decimal number, or "7:30" in quotes')],
    ),
    (
        "word-for-reference",
        "- {i: GPOG}",
        "- GPOG",
        [(36, f"{FIRST}.refs[1]", 'must be a set of fields, not "GPOG"')],
    ),
    (
        "no-evidence",
        "evidence: [W]",
        "evidence: []",
        [(48, f"{SECOND}.evidence", "must be at least 1 entries")],
    ),
    (
        "half-a-translation",
        "        gender: true",
        "        translations:\n          bn:\n            text: x\n          Bangla: {}\n"
        "        gender: true",
        [
            (51, f"{SECOND}.translations.bn.guidance", "missing field"),
            (51, f"{SECOND}.translations.bn.reviewed", "missing field"),
            (53, f"{SECOND}.translations.Bangla", '"Bangla" is not written in the right form'),
            (53, f"{SECOND}.translations.Bangla.guidance", "missing field"),
            (53, f"{SECOND}.translations.Bangla.reviewed", "missing field"),
            (53, f"{SECOND}.translations.Bangla.text", "missing field"),
        ],
    ),
    (
        "translated-option-unknown",
        "        gender: true",
        "        translations:\n"
        "          bn: {text: x, guidance: x, reviewed: false, options: {broker: x}}\n"
        "        gender: true",
        [
            (
                51,
                f"{SECOND}.translations.bn.options.broker",
                "broker is not an option of this item",
            )
        ],
    ),
    (
        "unscored-but-major",
        "principle: P01",
        "principle: NA",
        [(19, f"{FIRST}.principle", "an item without a principle must have severity info")],
    ),
    (
        "field-given-twice",
        "subject: agency",
        "subject: agency\nsubject: partner",
        [(11, "$.subject", "given twice")],
    ),
    ("wrong-file-version", "version: 2", "version: 3", [
        (3, "$.version", "version 3 lies in a file named v2"),
    ]),
    ("wrong-folder", "id: covenant", "id: sop", [(2, "$.id", "sop lies in the folder covenant")]),
    (
        "supersedes-itself",
        "supersedes: 1",
        "supersedes: 2",
        [(4, "$.supersedes", "version 2 must supersede an earlier version")],
    ),
    (
        "first-version-with-predecessor",
        "version: 2",
        "version: 1",
        [
            (3, "$.version", "version 1 lies in a file named v2"),
            (4, "$.supersedes", "version 1 supersedes nothing: write null"),
        ],
    ),
    (
        "critical-without-rule",
        "          compliant: {op: in, value: [worker]}\n",
        "",
        [(42, f"{SECOND}.answer", "a critical item needs a compliant answer")],
    ),
    (
        "ratio-compared-downwards",
        'type: yes_no_partial_na\n          compliant: {op: eq, value: "yes"}',
        "type: ratio\n          compliant: {op: lte, value: 0.5}",
        [
            (
                26,
                f"{FIRST}.answer.compliant",
                "must be {op: gte, value: a share above 0 and up to 1}",
            )
        ],
    ),
    (
        "amount-compared-by-equality",
        'type: yes_no_partial_na\n          compliant: {op: eq, value: "yes"}',
        "type: money\n          compliant: {op: eq, value: 0}",
        [
            (
                26,
                f"{FIRST}.answer.compliant",
                "must compare (gte, lte) with 0 or {param: name}: an amount needs a currency",
            )
        ],
    ),
    (
        "day-by-equality",
        'type: yes_no_partial_na\n          compliant: {op: eq, value: "yes"}',
        "type: date\n          compliant: {op: eq, value: {today: true}}",
        [
            (
                26,
                f"{FIRST}.answer.compliant",
                'must compare (gte, lte) with {today: true} or a date written "2026-01-31"',
            )
        ],
    ),
    (
        "day-as-figure",
        'type: yes_no_partial_na\n          compliant: {op: eq, value: "yes"}',
        "type: date\n          compliant: {op: gte, value: 2026}",
        [
            (
                26,
                f"{FIRST}.answer.compliant",
                'must compare (gte, lte) with {today: true} or a date written "2026-01-31"',
            )
        ],
    ),
    (
        "one-option-that-does-not-exist",
        "{op: in, value: [worker]}",
        "{op: eq, value: broker}",
        [(45, f"{SECOND}.answer.compliant", "broker: not among the options")],
    ),
    (
        "choice-compared-by-size",
        "{op: in, value: [worker]}",
        "{op: gte, value: 3}",
        [
            (
                45,
                f"{SECOND}.answer.compliant",
                "must be {op: in, value: [options]} or {op: eq, value: option}",
            )
        ],
    ),
    (
        "choice-of-nothing",
        "{op: in, value: [worker]}",
        "{op: in, value: []}",
        [(45, f"{SECOND}.answer.compliant", "names no option")],
    ),
    (
        "fields-for-text",
        'mode: "announced"',
        "mode: {when: announced}",
        [(11, "$.mode", "must be text, not a set of fields")],
    ),
    (
        "nothing-for-fields",
        "- {i: GPOG}",
        "-",
        [(36, f"{FIRST}.refs[1]", "must be a set of fields, not empty")],
    ),
    (
        "true-for-severity",
        "severity: major",
        "severity: true",
        [(27, f"{FIRST}.severity", "true is not one of critical, major, minor, info")],
    ),
    (
        "nothing-for-severity",
        "severity: major",
        "severity:",
        [(27, f"{FIRST}.severity", "null is not one of critical, major, minor, info")],
    ),
    ("empty-reason", '"A clearer question."', '""', [
        (5, "$.why", "must be at least 1 characters"),
    ]),
    ("reason-left-out", ' "A clearer question."', "", [(5, "$.why", "must be text, not empty")]),
    ("number-as-text", "vocabulary: 1", 'vocabulary: "1"', [
        (6, "$.vocabulary", 'must be a whole number, not "1"'),
    ]),
    ("octal", "vocabulary: 1", "vocabulary: 01", [
        (6, "$.vocabulary", '01: write a plain decimal number, or "01" in quotes'),
    ]),
    ("python-tag", 'title: "Cov', 'title: !!python/object/apply:os.system "Cov', [
        (7, "$", "tags are not allowed, found tag:yaml.org,2002:python/object/apply:os.system"),
    ]),
    ("own-tag", 'title: "Cov', 'title: !include "Cov', [
        (7, "$", "tags are not allowed, found !include"),
    ]),
    ("anchor", 'title: "Cov', 'title: &t "Cov', [
        (7, "$", "anchors (&) and aliases (*) are not allowed"),
    ]),
    ("alias", 'title: "Covenant"', "title: *t", [
        (7, "$", "anchors (&) and aliases (*) are not allowed"),
    ]),
    ("merge-key", "subject: agency", "<<: {subject: agency}", [
        (10, "$", "merge keys (<<) are not allowed"),
    ]),
    ("too-deep", 'purpose: "To test."', f"purpose: {'[' * 40}{']' * 40}", [
        (8, "$", "more than 16 levels deep"),
    ]),
    ("second-document", "subject: agency", "---\nsubject: agency", [
        (10, "$", "a file holds one document only"),
    ]),
    ("two-mistakes-far-apart", "severity: ", "weight: 4\n        severity: ", [
        (27, f"{FIRST}.weight", "unknown field"),
        (47, f"{SECOND}.weight", "unknown field"),
    ]),
]  # fmt: skip


def test_the_sound_file_is_sound() -> None:
    found = parse_checklist(SOUND.encode(), "covenant/v2.yaml")

    assert isinstance(found, Checklist)
    assert [item.id for item in found.sections[0].items] == ["COV-LAW-01", "COV-LAW-02"]
    assert found.sections[0].items[0].guidance == "Look here, and there.\n"


@pytest.mark.parametrize(
    ("old", "new", "expected"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN]
)
def test_a_mistake_names_its_line_and_path(
    old: str, new: str, expected: list[tuple[int, str, str]]
) -> None:
    assert old in SOUND
    found = parse_checklist(SOUND.replace(old, new).encode(), "covenant/v2.yaml")

    assert isinstance(found, list)
    assert sorted((one.line, one.path, one.message) for one in found) == sorted(expected)


def test_sound_rules_of_every_type_are_taken() -> None:
    for rule in (
        '{type: date, compliant: {op: lte, value: "2026-01-31"}}',
        "{type: date, compliant: {op: gte, value: {today: true}}}",
        "{type: choice, options: [worker, agency], compliant: {op: eq, value: worker}}",
        "{type: number, min: -5, max: 5, whole: true, compliant: {op: eq, value: {param: days}}}",
        "{type: money, negative: true, compliant: {op: lte, value: 0}}",
        "{type: ratio, compliant: {op: gte, value: 0.95}}",
    ):
        block = '          type: yes_no_partial_na\n          compliant: {op: eq, value: "yes"}\n'
        raw = SOUND.replace(f"answer:\n{block}", f"answer: {rule}\n").encode()

        assert isinstance(parse_checklist(raw, "drafts.yaml"), Checklist)


def test_a_translation_may_name_the_options_of_its_item() -> None:
    translation = "{text: x, guidance: x, reviewed: false, options: {worker: x}}"
    raw = SOUND.replace(
        "gender: true", f"gender: true\n        translations:\n          bn: {translation}"
    ).encode()

    found = parse_checklist(raw, "covenant/v2.yaml")

    assert isinstance(found, Checklist)
    assert found.sections[0].items[1].translations["bn"].options == {"worker": "x"}


def test_a_mistake_reads_as_one_line() -> None:
    raw = SOUND.replace("refs: []", "refs: []\n        wieght: 3").encode()

    found = parse_checklist(raw, "covenant/v2.yaml")

    assert isinstance(found, list)
    assert [str(one) for one in found] == [
        "covenant/v2.yaml:54: $.sections[0].items[1].wieght: unknown field"
    ]


@pytest.mark.parametrize(
    ("raw", "line", "message"),
    [
        (b"", 1, "the file is empty"),
        (b"# only a comment\n", 1, "the file is empty"),
        (b"- a\n- b\n", 1, "must be a set of fields, not a list"),
        (b"a: b\nc: \xff\n", 2, "not UTF-8 text"),
        (b"a: b\nc: 'x\x01'\n", 2, "holds a character that YAML does not allow"),
        (b"? [a]\n: b\n", 1, "at $: a field name must be a plain word"),
        (b"&a b: c\n", 1, "anchors and tags are not allowed"),
        (b"x" * 1_000_001, 1, "larger than 1000000 bytes"),
        (b"- a\n" * 70_000, 59_998, "the file holds more than 60000 values"),
    ],
)
def test_an_unreadable_file_is_refused_as_a_whole(raw: bytes, line: int, message: str) -> None:
    found = parse_checklist(raw, "covenant/v2.yaml")

    assert isinstance(found, list)
    assert [(one.line, one.path, one.message) for one in found] == [(line, "$", message)]


def test_text_that_is_no_yaml_names_the_line() -> None:
    found = parse_checklist(
        SOUND.replace("subject: agency", "subject:\n\tagency").encode(), "x/v2.yaml"
    )

    assert isinstance(found, list)
    assert [(one.line, one.path) for one in found] == [(11, "$")]
    assert found[0].message.startswith("not YAML: ")


def test_a_fault_at_the_very_end_lies_on_the_last_line() -> None:
    found = parse_checklist(f"{SOUND}0".encode(), "x/v2.yaml")

    assert isinstance(found, list)
    assert [one.line for one in found] == [54]


def test_an_overlong_value_is_refused() -> None:
    raw = SOUND.replace("To test.", "x" * 4_001).encode()

    found = parse_checklist(raw, "covenant/v2.yaml")

    assert isinstance(found, list)
    assert [str(one) for one in found] == [
        "covenant/v2.yaml:8: $.purpose: longer than 4000 characters"
    ]


@settings(deadline=None)
@given(raw=st.binary(max_size=200))
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    for parse in (parse_checklist, parse_vocabulary):
        found = parse(raw, "covenant/v2.yaml")
        assert isinstance(found, list)
        assert found


@settings(deadline=None)
@given(
    at=st.integers(min_value=0, max_value=len(SOUND)),
    cut=st.integers(min_value=0, max_value=30),
    put=st.text(alphabet=" \n:-[]{}\"'&*!#|>%@`?,yno0.~", max_size=6),
)
def test_no_slip_of_the_editor_breaks_the_reader(at: int, cut: int, put: str) -> None:
    raw = (SOUND[:at] + put + SOUND[at + cut :]).encode()

    found = parse_checklist(raw, "covenant/v2.yaml")

    if isinstance(found, list):
        last = max(1, len(raw.splitlines()))
        assert found
        assert all(1 <= one.line <= last for one in found)


VOCABULARY = """\
version: 1
supersedes: null
why: "First."
language: en
parameters:
  - {name: least_days, type: number, default: 3, note: "Days."}
  - {name: most_cost, type: money, default: 0, note: "Cost."}
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


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "default: 0",
            "default: 500",
            "7: $.parameters[1].default: an amount needs a currency, so the default is null or 0",
        ),
        (
            "name: most_cost",
            "name: least_days",
            "7: $.parameters[1].name: name least_days is used twice",
        ),
        ("{name: always,", "{name: never,", '8: $.facts: the fact "always" is missing'),
        ("  - {name: minor, weight: 1}\n", "", "14: $.severities: no weight for minor"),
        ("code: P01,", "code: NA,", "19: $.principles: NA means not scored and is no principle"),
        (
            "principle: P01",
            "principle: P77",
            "24: $.complaint_categories[0].principle: unknown principle P77",
        ),
        (
            "checked: seen",
            "checked: read",
            '22: $.instruments[0].checked: "read" is not one of seen, part_seen, known, '
            "text_not_seen",
        ),
        ("urgent: false", "urgnt: false", "24: $.complaint_categories[0].urgnt: unknown field"),
    ],
)  # fmt: skip
def test_a_broken_vocabulary_names_line_and_path(old: str, new: str, expected: str) -> None:
    assert old in VOCABULARY
    found = parse_vocabulary(VOCABULARY.replace(old, new).encode(), "vocabulary/v1.yaml")

    assert isinstance(found, list)
    assert f"vocabulary/v1.yaml:{expected}" in [str(one) for one in found]
