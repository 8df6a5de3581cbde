"""The published files: they can be read, none was edited, and they hold what they should."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from recruitwatch.checklists.rules import (
    check_answer,
    check_lock,
    credit,
    is_failure,
    items_with_paths,
    parameters_in_force,
    read_library,
    trips_gate,
)
from recruitwatch.checklists.values import (
    AnswerType,
    AnswerValue,
    Checklist,
    ChoiceAnswer,
    CreditStatus,
    DateAnswer,
    Gate,
    Item,
    Library,
    Money,
    MoneyAnswer,
    NumberAnswer,
    Operator,
    RatioAnswer,
    Subject,
    Unit,
    Word,
    WordAnswer,
)

TODAY = date(2026, 6, 30)

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


def good_and_bad(item: Item, limit: Decimal) -> tuple[AnswerValue, AnswerValue]:
    """An answer that meets the rule of a published item, and one that fails it."""
    rule = item.answer
    assert rule.compliant is not None
    value, sign = rule.compliant.value, 1 if rule.compliant.op is Operator.LTE else -1
    match rule.type:
        case AnswerType.YES_NO_PARTIAL_NA | AnswerType.YES_NO_NA:
            other = Word.NO if value == "yes" else Word.YES
            return WordAnswer(word=Word(str(value))), WordAnswer(word=other)
        case AnswerType.RATIO:
            return RatioAnswer(ok=12, checked=12), RatioAnswer(ok=8, checked=12)
        case AnswerType.DATE:
            return DateAnswer(on=TODAY), DateAnswer(on=TODAY - timedelta(days=1))
        case AnswerType.CHOICE:
            assert isinstance(value, tuple)
            bad = next(one for one in rule.options if one not in value)
            return ChoiceAnswer(option=value[0]), ChoiceAnswer(option=bad)
        case AnswerType.NUMBER:
            figure = Decimal(str(value)) if isinstance(value, int | float) else limit
            return NumberAnswer(number=figure), NumberAnswer(number=figure + sign)
        case AnswerType.MONEY:
            amount = 0 if value == 0 else int(limit)
            return (
                MoneyAnswer(amount_minor=amount, currency="BDT"),
                MoneyAnswer(amount_minor=amount + sign, currency="BDT"),
            )


@pytest.mark.parametrize("name", FIRST)
def test_every_question_can_be_passed_and_failed(library: Library, name: str) -> None:
    """With all figures of law set, a scored question takes an answer that earns 1 and one that
    fails."""
    checklist = first(library, name)
    limit = Decimal(40)
    money = Money(amount_minor=int(limit), currency="BDT")
    in_force = parameters_in_force(
        library.vocabularies[checklist.vocabulary],
        {
            "required_bond": money,
            "lawful_worker_cost": money,
            "required_training_hours": limit,
            "required_training_days": limit,
        },
    )
    for item in items_of(checklist):
        if item.answer.compliant is None:
            assert credit(item, None, today=TODAY, parameters=in_force).status is (
                CreditStatus.NOT_SCORED
            )
            continue
        good, bad = good_and_bad(item, limit)
        assert check_answer(item, good, parameters=in_force) == [], item.id
        assert check_answer(item, bad, parameters=in_force) == [], item.id
        assert credit(item, good, today=TODAY, parameters=in_force).value == 1, item.id
        assert not is_failure(item, good, today=TODAY, parameters=in_force), item.id
        assert is_failure(item, bad, today=TODAY, parameters=in_force), item.id
        assert trips_gate(item, bad, today=TODAY, parameters=in_force) is (
            item.gate in (Gate.CAP_D, Gate.CAP_E)
        ), item.id
