"""How records become inputs: dates, lists, answers, pooling."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from uuid import NAMESPACE_OID, UUID, uuid5

import pytest
from msgspec.structs import replace

from recruitwatch.audits.values.results import AuditResult, Heard, JudgedAudit, TalkDay
from recruitwatch.scorecards.rules import (
    DEFAULT_0_1,
    counting_lists,
    item_inputs,
    last_instant,
    newest_full_inspection,
    whole_months,
)
from recruitwatch.scorecards.rules.interviews import pool_interviews, recent_days
from recruitwatch.scorecards.values import (
    Answer,
    AnswerRecord,
    Evidence,
    InspectionRecord,
    ItemDefinition,
    PooledAnswer,
    Principle,
    Ratio,
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


def on_one_day(heard: Heard, on: date = date(2025, 5, 1), source: str = "s") -> JudgedAudit:
    day = TalkDay(held_on=on, talks=(), asked=0, know=0, said={"w": heard})
    return JudgedAudit(
        submission_id=uuid5(NAMESPACE_OID, source),
        agency_id=UUID(int=1),
        visited_on=on,
        approved_at=datetime(2025, 6, 1, tzinfo=UTC),
        result=AuditResult(facts={}, files=0, lists=(), days=(day,)),
    )


def pool(*audits: JudgedAudit) -> PooledAnswer:
    return pool_interviews(recent_days(audits, TODAY, DEFAULT_0_1), DEFAULT_0_1)["w"]


@pytest.mark.parametrize(
    ("said", "ratio", "level", "few"),
    [
        ([on_one_day(Heard(4, 1, 0, 0, 0))], (4, 5), 3, False),
        ([on_one_day(Heard(2, 0, 0, 0, 0)), on_one_day(Heard(2, 1, 0, 0, 0))], (4, 5), 3, False),
        ([on_one_day(Heard(4, 0, 0, 0, 0))], (4, 4), 1, True),
        ([on_one_day(Heard(5, 0, 0, 0, 1))], (5, 5), 3, False),
        ([on_one_day(Heard(4, 0, 0, 0, 1))], (4, 4), 1, True),
        ([on_one_day(Heard(4, 0, 9, 9, 9))], (4, 4), 1, True),
        ([on_one_day(Heard(4, 0, 0, 0, 0)), on_one_day(Heard(1, 0, 0, 0, 0), date(2023, 6, 30))],
         (4, 4), 1, True),
        ([on_one_day(Heard(4, 0, 0, 0, 0)), on_one_day(Heard(1, 0, 0, 0, 0), date(2025, 7, 1))],
         (4, 4), 1, True),
        ([on_one_day(Heard(0, 0, 0, 0, 1))], (0, 0), 0, True),
    ],
)  # fmt: skip
def test_interviews_are_pooled(
    said: list[JudgedAudit], ratio: tuple[int, int], level: int, few: bool
) -> None:
    found = pool(*said)
    assert (found.answers.ok, found.answers.checked) == ratio
    assert (found.evidence, found.few) == (level, few)


def test_who_was_asked_and_where_it_was_said() -> None:
    audits = [
        on_one_day(heard, source=source)
        for heard, source in (
            (Heard(1, 0, 0, 0, 0), "b"),
            (Heard(0, 1, 0, 0, 0), "a"),
            (Heard(0, 0, 1, 0, 0), "c"),
            (Heard(0, 0, 0, 1, 0), "d"),
            (Heard(0, 0, 0, 0, 1), "e"),
        )
    ]
    found = pool(*audits)
    assert (found.asked, found.answers, found.not_scored) == (4, Ratio(ok=1, checked=2), True)
    assert found.sources == tuple(sorted(str(one.submission_id) for one in audits[:2]))


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
