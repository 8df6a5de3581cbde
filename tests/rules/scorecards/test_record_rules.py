"""How records become inputs: dates, lists, answers, pooling, gates, confirmation, outcomes."""

from __future__ import annotations

from datetime import date

import pytest

from recruitwatch.scorecards.rules import (
    DEFAULT_0_1,
    answer_trips_gate,
    contract_finding_answer,
    corroborate,
    counting_lists,
    deployed_by_year,
    interview_trips_gate,
    is_confirmed,
    item_inputs,
    latest_answers,
    months_since_full_inspection,
    outcome_of,
    partner_calls_for_finding,
    pool_interviews,
    whole_months,
    worst_severity,
)
from recruitwatch.scorecards.values import (
    Answer,
    AnswerRecord,
    CaseSeverity,
    Evidence,
    FindingRecord,
    Grade,
    InspectionRecord,
    InterviewRecord,
    ItemDefinition,
    Outcome,
    PooledAnswer,
    Principle,
    Ratio,
    Severity,
)
from rules.scorecards.example import item

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
    assert months_since_full_inspection(inspections, TODAY, DEFAULT_0_1) == months


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


def test_contract_finding_replaces_an_older_answer() -> None:
    answers = [
        AnswerRecord(item="a", answered_on=date(2025, 2, 1), answer=Answer.YES),
        contract_finding_answer("a", date(2025, 3, 1), "contract-7"),
    ]
    latest = latest_answers(answers, TODAY, DEFAULT_0_1)["a"]
    assert (latest.answer, latest.evidence, latest.source) == (
        Answer.NO,
        Evidence.E2,
        "contract-7",
    )


def worker(said: bool | None, on: date = date(2025, 5, 1), level: int = 3) -> InterviewRecord:
    return InterviewRecord(item="w", answered_on=on, compliant=said, evidence=Evidence(level))


@pytest.mark.parametrize(
    ("said", "ratio", "level", "withheld"),
    [
        ([worker(True)] * 4 + [worker(False)], (4, 5), 3, False),
        ([worker(True)] * 4, (4, 4), 1, True),
        ([worker(True)] * 5 + [worker(None)], (5, 5), 3, False),
        ([worker(True)] * 4 + [worker(None)], (4, 4), 1, True),
        ([worker(True)] * 4 + [worker(True, level=2)], (5, 5), 2, False),
        ([worker(True)] * 2 + [worker(True, level=0)], (3, 3), 0, True),
        ([worker(True)] * 4 + [worker(True, date(2023, 6, 30))], (4, 4), 1, True),
        ([worker(None)], (0, 0), 0, True),
    ],
)
def test_interviews_are_pooled(
    said: list[InterviewRecord], ratio: tuple[int, int], level: int, withheld: bool
) -> None:
    pooled = pool_interviews(said, TODAY, DEFAULT_0_1)["w"]
    assert (pooled.answers.ok, pooled.answers.checked) == ratio
    assert (pooled.evidence, pooled.withheld) == (level, withheld)


def definition(name: str, checklist: str = "sop", **changes: object) -> ItemDefinition:
    return ItemDefinition(
        id=name,
        checklist=checklist,
        principle=Principle.P02,
        severity=Severity.MAJOR,
        **changes,
    )


def pooled(name: str, ok: int, checked: int) -> PooledAnswer:
    few = checked < 5
    return PooledAnswer(
        item=name,
        answers=Ratio(ok=ok, checked=checked),
        evidence=Evidence.E1 if few else Evidence.E3,
        withheld=few,
    )


def test_items_of_counting_lists_as_they_stand() -> None:
    definitions = [
        definition("answered"),
        definition("never answered"),
        definition("unset"),
        definition("of another list", "covenant"),
        definition("asked", "returnee", interview=True),
        definition("asked in vain", "returnee", interview=True),
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
    said = {"asked": pooled("asked", 6, 7), "not for her": pooled("not for her", 0, 0)}
    items = item_inputs(
        definitions, frozenset({"sop", "returnee"}), answers, said, frozenset({"unset"})
    )
    assert [(each.id, each.answer, each.evidence, each.source) for each in items] == [
        ("answered", Answer.PARTIAL, Evidence.E1, "audit-3"),
        ("never answered", Answer.NOT_CHECKED, None, None),
        ("asked", Ratio(ok=6, checked=7), Evidence.E3, None),
        ("asked in vain", Answer.NOT_CHECKED, None, None),
        ("not for her", Answer.NA, Evidence.E1, None),
    ]


@pytest.mark.parametrize(
    ("answer", "ok", "asked", "level"),
    [
        (Answer.YES, 5, 5, 3),
        (Answer.YES, 9, 10, 3),
        (Answer.YES, 9, 11, 3),
        (Answer.YES, 8, 10, 0),
        (Answer.YES, 1, 3, 0),
        (Answer.YES, 4, 4, 1),
        (Answer.NO, 8, 10, 3),
        (Answer.NO, 10, 10, 1),
        (Answer.NO, 1, 3, 1),
        (Answer.PARTIAL, 5, 10, 3),
        (Ratio(ok=10, checked=10), 5, 5, 3),
        (Ratio(ok=9, checked=10), 5, 5, 1),
        (Answer.NOT_CHECKED, 5, 5, 1),
        (Answer.NA, 5, 5, 1),
    ],
)
def test_workers_bear_an_item_out_or_put_it_in_doubt(
    answer: Answer | Ratio, ok: int, asked: int, level: int
) -> None:
    (result,) = corroborate(
        [item("file", answer, Evidence.E1)],
        [definition("w", "returnee", interview=True, corroborates="file")],
        {"w": pooled("w", ok, asked)},
        DEFAULT_0_1,
    )
    assert result.evidence == level


@pytest.mark.parametrize(
    ("answer", "trips"),
    [
        (Answer.NO, True),
        (Answer.PARTIAL, False),
        (Answer.YES, False),
        (Answer.NA, False),
        (Answer.NOT_CHECKED, False),
        (Ratio(ok=9, checked=10), False),
        (Ratio(ok=8, checked=9), True),
        (Ratio(ok=98, checked=100), True),
        (Ratio(ok=99, checked=100), False),
        (Ratio(ok=0, checked=0), False),
    ],
)
def test_critical_answers_that_trip_a_gate(answer: Answer | Ratio, trips: bool) -> None:
    assert answer_trips_gate(answer, DEFAULT_0_1) is trips


@pytest.mark.parametrize(
    ("failing", "asked", "document", "trips"),
    [
        (2, 10, False, True),
        (2, 11, False, False),
        (2, 11, True, True),
        (1, 2, False, False),
        (1, 2, True, True),
        (0, 9, True, False),
        (0, 0, False, False),
    ],
)
def test_critical_interview_items(failing: int, asked: int, document: bool, trips: bool) -> None:
    answers = Ratio(ok=asked - failing, checked=asked)
    tripped = interview_trips_gate(answers, document_bears_out=document, profile=DEFAULT_0_1)
    assert tripped is trips


FINAL = {
    "inspector": "i",
    "finalised_by": "d",
    "finalised_on": date(2025, 6, 1),
    "evidence_served_on": date(2025, 5, 1),
    "reply_ends_on": date(2025, 5, 15),
}


@pytest.mark.parametrize(
    ("changes", "confirmed"),
    [
        ({}, True),
        ({"finalised_by": "i"}, False),
        ({"finalised_by": None}, False),
        ({"finalised_on": None}, False),
        ({"evidence_served_on": None}, False),
        ({"evidence_served_on": date(2025, 6, 2)}, False),
        ({"reply_ends_on": date(2025, 6, 1)}, False),
        ({"reply_ends_on": date(2025, 6, 1), "replied_on": date(2025, 5, 20)}, True),
        ({"reply_ends_on": None}, False),
        ({"finalised_on": date(2025, 7, 1)}, False),
    ],
)
def test_confirmed_after_right_of_reply(changes: dict[str, object], confirmed: bool) -> None:
    finding = FindingRecord(**{**FINAL, **changes})
    assert is_confirmed(finding, TODAY) is confirmed


@pytest.mark.parametrize(
    ("decision", "reviewed", "outcome"),
    [
        ("substantiated", False, Outcome.UPHELD),
        ("partly_substantiated", False, Outcome.PARTLY_UPHELD),
        ("settled_confirmed", False, Outcome.SETTLED),
        ("withdrawn_pressure", True, Outcome.WITHDRAWN_PRESSURE),
        ("withdrawn_pressure", False, Outcome.NOT_UPHELD),
        ("withdrawn_own_wish", True, Outcome.NOT_UPHELD),
        ("insufficient_evidence", False, Outcome.NOT_UPHELD),
    ],
)
def test_closing_words(decision: str, reviewed: bool, outcome: Outcome) -> None:
    assert outcome_of(decision, reviewed_by_two=reviewed) is outcome


@pytest.mark.parametrize(
    ("grade", "critical", "sending", "finding"),
    [
        (Grade.D, False, True, True),
        (Grade.E, False, True, True),
        (Grade.A, True, True, True),
        (Grade.E, True, False, False),
        (Grade.C, False, True, False),
        (Grade.U, False, True, False),
    ],
)
def test_staying_with_a_bad_partner_calls_for_a_finding(
    grade: Grade, critical: bool, sending: bool, finding: bool
) -> None:
    called = partner_calls_for_finding(grade, has_open_critical=critical, keeps_sending=sending)
    assert called is finding


def test_worst_category_of_a_case_counts() -> None:
    cases = [CaseSeverity.MINOR, CaseSeverity.CRITICAL, CaseSeverity.MAJOR]
    assert worst_severity(cases) is CaseSeverity.CRITICAL


def test_workers_sent_in_three_windows() -> None:
    departures = [
        (date(2025, 6, 30), 1),
        (date(2024, 7, 1), 2),
        (date(2024, 6, 30), 4),
        (date(2023, 6, 30), 8),
        (date(2022, 7, 1), 16),
        (date(2022, 6, 30), 32),
        (date(2025, 7, 1), 64),
    ]
    assert deployed_by_year(departures, TODAY) == (3, 4, 24)
