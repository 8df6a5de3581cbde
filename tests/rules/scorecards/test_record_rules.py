"""How records become inputs: dates, lists, answers, pooling."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from msgspec.structs import replace

from recruitwatch.scorecards.rules import (
    DEFAULT_0_1,
    counting_lists,
    item_inputs,
    last_instant,
    latest_answers,
    newest_full_inspection,
    pool_interviews,
    whole_months,
)
from recruitwatch.scorecards.values import (
    Answer,
    AnswerRecord,
    Evidence,
    InspectionRecord,
    InterviewRecord,
    ItemDefinition,
    PooledAnswer,
    Principle,
    Ratio,
    Said,
    Severity,
)

TODAY = date(2025, 6, 30)


@pytest.mark.parametrize(
    ("event", "as_of", "months"),
    [
        (date(2025, 1, 31), date(2025, 2, 28), 0),
        (date(2025, 1, 31), date(2025, 3, 1), 1),
        (date(2024, 6, 30), date(2025, 6, 29), 11),
        (date(2024, 6, 30), date(2025, 6, 30), 12),
        (date(2024, 2, 29), date(2025, 2, 28), 11),
        (date(2025, 6, 30), date(2025, 6, 30), 0),
        (date(2025, 7, 1), date(2025, 6, 30), -1),
        (date(2025, 7, 31), date(2025, 6, 30), -2),
    ],
)
def test_whole_calendar_months(event: date, as_of: date, months: int) -> None:
    assert whole_months(event, as_of) == months


DHAKA = timezone(timedelta(hours=6))


@pytest.mark.parametrize(
    ("as_of", "last"),
    [
        (date(2025, 7, 1), datetime(2025, 7, 1, 3, 0, tzinfo=DHAKA)),
        (date(2025, 6, 30), datetime(2025, 6, 30, 23, 59, 59, 999_999, tzinfo=DHAKA)),
    ],
)
def test_a_day_ends_by_the_clock_of_the_ministry(as_of: date, last: datetime) -> None:
    assert last_instant(as_of, datetime(2025, 7, 1, 3, 0, tzinfo=DHAKA)) == last


def inspection(
    checklist: str = "sop",
    held_on: date = date(2025, 1, 1),
    *,
    approved: bool = True,
    checked: int = 80,
    applicable: int = 100,
) -> InspectionRecord:
    return InspectionRecord(
        checklist=checklist,
        held_on=held_on,
        approved=approved,
        applicable_weight=applicable,
        checked_weight=checked,
    )


def test_lists_count_with_an_approved_audit_of_24_months() -> None:
    lists = counting_lists(
        [
            inspection("sop", date(2023, 7, 1)),
            inspection("covenant", date(2023, 6, 30)),
            inspection("returnee", approved=False),
            inspection("predeparture", date(2025, 7, 1)),
            inspection("destination"),
        ],
        TODAY,
        DEFAULT_0_1,
    )
    assert lists == {"sop"}


@pytest.mark.parametrize(
    ("inspections", "months"),
    [
        ([], None),
        ([inspection(held_on=date(2025, 4, 30))], 2),
        ([inspection(checked=79)], None),
        ([inspection(approved=False)], None),
        ([inspection("predeparture")], None),
        ([inspection("covenant")], 5),
        ([inspection(applicable=0, checked=0)], None),
        ([inspection(held_on=date(2022, 6, 30)), inspection(checked=10)], 36),
        ([inspection(held_on=date(2025, 7, 1)), inspection(held_on=date(2025, 5, 1))], 1),
    ],
)
def test_age_of_the_newest_full_inspection(
    inspections: list[InspectionRecord], months: int | None
) -> None:
    newest = newest_full_inspection(inspections, TODAY, DEFAULT_0_1)
    assert (newest and whole_months(newest.held_on, TODAY)) == months


def test_latest_answer_wins_and_old_ones_are_gone() -> None:
    answers = [
        AnswerRecord(item="a", answered_on=date(2025, 2, 1), answer=Answer.YES),
        AnswerRecord(item="a", answered_on=date(2025, 1, 1), answer=Answer.NO),
        AnswerRecord(item="b", answered_on=date(2025, 1, 1), answer=Answer.NO, sequence=1),
        AnswerRecord(item="b", answered_on=date(2025, 1, 1), answer=Answer.YES, sequence=2),
        AnswerRecord(item="c", answered_on=date(2023, 6, 30), answer=Answer.YES),
        AnswerRecord(item="d", answered_on=date(2025, 7, 1), answer=Answer.YES),
    ]
    latest = latest_answers(answers, TODAY, DEFAULT_0_1)
    assert {name: each.answer for name, each in latest.items()} == {
        "a": Answer.YES,
        "b": Answer.YES,
    }
    assert latest == latest_answers(answers[::-1], TODAY, DEFAULT_0_1)


def worker(
    said: bool | Said, on: date = date(2025, 5, 1), level: int = 3, source: str = "s"
) -> InterviewRecord:
    if isinstance(said, bool):
        said = Said.COMPLIANT if said else Said.NOT_COMPLIANT
    return InterviewRecord(item="w", held_on=on, said=said, evidence=Evidence(level), source=source)


@pytest.mark.parametrize(
    ("said", "ratio", "level", "few"),
    [
        ([worker(True)] * 4 + [worker(False)], (4, 5), 3, False),
        ([worker(True)] * 4, (4, 4), 1, True),
        ([worker(True)] * 5 + [worker(Said.NOT_APPLICABLE)], (5, 5), 3, False),
        ([worker(True)] * 4 + [worker(Said.NOT_APPLICABLE)], (4, 4), 1, True),
        ([worker(True)] * 4 + [worker(True, level=2)], (5, 5), 2, False),
        ([worker(True)] * 2 + [worker(True, level=0)], (3, 3), 0, True),
        ([worker(True)] * 4 + [worker(True, date(2023, 6, 30))], (4, 4), 1, True),
        ([worker(Said.NOT_APPLICABLE)], (0, 0), 0, True),
    ],
)
def test_interviews_are_pooled(
    said: list[InterviewRecord], ratio: tuple[int, int], level: int, few: bool
) -> None:
    pooled = pool_interviews(said, TODAY, DEFAULT_0_1)["w"]
    assert (pooled.answers.ok, pooled.answers.checked) == ratio
    assert (pooled.evidence, pooled.few) == (level, few)


def test_who_was_asked_and_where_it_was_said() -> None:
    said = [
        worker(True, source="b"),
        worker(True, source="a"),
        worker(Said.NOTHING, source="c"),
        worker(Said.NOT_SCORED, source="d"),
        worker(Said.NOT_APPLICABLE, source="e"),
    ]
    pooled = pool_interviews(said, TODAY, DEFAULT_0_1)["w"]
    assert (pooled.asked, pooled.answers.checked, pooled.not_scored) == (4, 2, True)
    assert pooled.sources == ("a", "b")


def definition(name: str, checklist: str = "sop", **changes: object) -> ItemDefinition:
    return ItemDefinition(
        id=name,
        checklist=checklist,
        principle=Principle.P02,
        severity=Severity.MAJOR,
        **changes,
    )


def pooled(name: str, ok: int, checked: int, asked: int | None = None) -> PooledAnswer:
    few = checked < 5
    return PooledAnswer(
        item=name,
        answers=Ratio(ok=ok, checked=checked),
        evidence=Evidence.E1 if few else Evidence.E3,
        asked=checked if asked is None else asked,
        few=few,
    )


def test_items_of_counting_lists_as_they_stand() -> None:
    definitions = [
        definition("answered"),
        definition("never answered"),
        definition("ruled out"),
        definition("unset"),
        definition("of another list", "covenant"),
        definition("asked", "returnee", interview=True),
        definition("asked in vain", "returnee", interview=True),
        definition("nobody talked", "returnee", interview=True),
        definition("not for her", "returnee", interview=True),
    ]
    answers = {
        "answered": AnswerRecord(
            item="answered",
            answered_on=TODAY,
            answer=Answer.PARTIAL,
            evidence=Evidence.E1,
            source="audit-3",
        )
    }
    answers["ruled out"] = replace(answers["answered"], item="ruled out")
    said = {
        "asked": pooled("asked", 6, 7),
        "asked in vain": pooled("asked in vain", 0, 0, asked=2),
        "not for her": pooled("not for her", 0, 0),
    }
    items = item_inputs(
        definitions,
        frozenset({"sop", "returnee"}),
        answers,
        said,
        unset=frozenset({"unset"}),
        ruled_out=frozenset({"ruled out"}),
    )
    assert [(each.id, each.answer, each.evidence, each.source) for each in items] == [
        ("answered", Answer.PARTIAL, Evidence.E1, "audit-3"),
        ("never answered", Answer.NOT_CHECKED, None, None),
        ("ruled out", Answer.NA, None, None),
        ("asked", Ratio(ok=6, checked=7), Evidence.E3, "interviews/asked"),
        ("asked in vain", Answer.NOT_CHECKED, None, None),
        ("nobody talked", Answer.NOT_CHECKED, None, None),
        ("not for her", Answer.NA, None, None),
    ]
