"""The project's own cases (names/cases/): invented agencies, and how people would name them.

A case is kept when the agency meant is first, or, where none is meant, nothing is suggested. What is not
kept is named in the column `known` with the reason: a case that gets worse or better shows here.
"""

import csv
from collections import Counter
from importlib.resources import files
from pathlib import Path
from unicodedata import name

import pytest

from recruitwatch.cli.match_files import read_queries, read_registers
from recruitwatch.names.register import MemoryRegister
from recruitwatch.names.values import Outcome, Said

FOLDER = Path(str(files("recruitwatch.names"))) / "cases"
COLUMNS = [
    "query",
    "language",
    "script",
    "register",
    "expected_licence_no",
    "kind",
    "origin",
    "known",
]
# Letters that a case of a script must have, as Unicode names them.
SCRIPTS = {
    "Latn": "LATIN", "Beng": "BENGALI", "Deva": "DEVANAGARI", "Taml": "TAMIL", "Telu": "TELUGU",
    "Mlym": "MALAYALAM", "Sinh": "SINHALA", "Arab": "ARABIC", "Ethi": "ETHIOPIC", "Hani": "CJK",
    "Gujr": "GUJARATI", "Guru": "GURMUKHI", "Mymr": "MYANMAR", "Khmr": "KHMER", "Thai": "THAI",
    "Cyrl": "CYRILLIC", "Hang": "HANGUL", "Hebr": "HEBREW",
}  # fmt: skip
# How many agencies meant are suggested or certain: with a lower score they would be shown and not suggested.
LEAST_LINKED = 298


def read(file_name):
    with (FOLDER / file_name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CASES = read("cases.csv")
AGENCIES = read("agencies-invented.csv")


@pytest.fixture(scope="module")
def answers():
    queries = read_queries(FOLDER / "cases.csv")
    registers = {
        register: MemoryRegister(facts)
        for register, facts in read_registers(FOLDER, queries).items()
    }
    return [(case, registers[case["register"]].match(Said(text=case["query"]))) for case in CASES]


def is_first(case, match):
    return bool(match.candidates) and match.candidates[0].key == case["expected_licence_no"]


def is_kept(case, match):
    if case["expected_licence_no"]:
        return is_first(case, match)
    return match.outcome is Outcome.UNMATCHED


def test_there_are_enough_cases_of_each_sort():
    assert list(CASES[0]) == COLUMNS
    assert len(AGENCIES) >= 140
    assert len(CASES) >= 320
    assert sum(not case["expected_licence_no"] for case in CASES) >= 80
    scripts = Counter(script for case in CASES for script in case["script"].split("+"))
    assert set(scripts) == set(SCRIPTS)
    assert sum(count >= 5 for count in scripts.values()) >= 8


def test_each_case_stands_once_and_says_where_it_comes_from():
    assert [q for q, count in Counter(case["query"] for case in CASES).items() if count > 1] == []
    blank = [
        case["query"]
        for case in CASES
        if not all(case[column] for column in ("language", "script", "register", "kind", "origin"))
    ]
    assert blank == []


def test_each_agency_meant_is_in_the_register():
    numbers = {agency["licence_no"] for agency in AGENCIES}
    meant = {case["expected_licence_no"] for case in CASES if case["expected_licence_no"]}
    assert meant - numbers == set()


def test_each_case_is_in_the_scripts_it_claims():
    wrong = []
    for case in CASES:
        written = {
            name(character).split()[0] for character in case["query"] if not character.isspace()
        }
        claimed = {SCRIPTS[script] for script in case["script"].split("+")}
        if case["kind"] != "old font" and not claimed <= written | {"LATIN"}:
            wrong.append(case["query"])
    assert wrong == []


def test_what_fails_is_named_in_the_file(answers):
    failed = {case["query"] for case, match in answers if not is_kept(case, match)}
    known = {case["query"] for case in CASES if case["known"]}
    assert sorted(failed - known) == [], "these got worse"
    assert sorted(known - failed) == [], "these got better: clear their column `known`"


def test_nothing_is_certain_that_is_wrong(answers):
    wrong = [
        case["query"]
        for case, match in answers
        for candidate in match.candidates
        if candidate.outcome is Outcome.CERTAIN and candidate.key != case["expected_licence_no"]
    ]
    assert wrong == []


def test_agencies_meant_stand_out(answers):
    linked = [
        case
        for case, match in answers
        if is_first(case, match) and match.outcome is not Outcome.UNMATCHED
    ]
    assert len([case for case in linked if case["expected_licence_no"]]) >= LEAST_LINKED
