"""Which answers of an approved audit become findings."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.audit_documents import LISTS, make_document, make_talk, written
from factories.audits import NA, NO, PARTIAL, YES
from recruitwatch.audits.rules.counting import items_of
from recruitwatch.audits.rules.opening import (
    failing_interview_items,
    findings_of,
    in_words,
)
from recruitwatch.audits.values import AuditDocument
from recruitwatch.checklists.values import (
    AnswerValue,
    ChoiceAnswer,
    DateAnswer,
    EvidenceLevel,
    Gate,
    MoneyAnswer,
    NumberAnswer,
    RatioAnswer,
    Severity,
)
from recruitwatch.findings.values import NewFinding, Workers

SUBMISSION = UUID(int=7)
NO_FIGURES = {name: {"lawful_worker_cost": None} for name in LISTS}


def opened(document: AuditDocument) -> dict[str, NewFinding]:
    found = findings_of(SUBMISSION, document, LISTS, NO_FIGURES)
    assert len({one.item_id for one in found}) == len(found)
    return {one.item_id: one for one in found}


@pytest.mark.parametrize(
    ("value", "fails"),
    [(YES, False), (PARTIAL, False), (NA, False), (None, False), (NO, True)],
    ids=["yes", "partial", "na", "no answer", "no"],
)
def test_only_a_failing_answer_is_a_finding(value: AnswerValue | None, fails: bool) -> None:
    assert ("COV-LAW-01" in opened(make_document(written("COV-LAW-01", value)))) is fails


def test_a_finding_carries_what_is_needed_to_answer_it() -> None:
    answer = written("COV-LAW-01", NO, EvidenceLevel.E2, note="None was shown.")
    found = opened(make_document(answer))["COV-LAW-01"]
    assert (found.answer, found.evidence, found.note) == (NO, EvidenceLevel.E2, "None was shown.")
    assert found.statement == "The answer was “no”."
    assert found.question.startswith("Has the agency adopted")
    assert (found.severity, found.gate, found.trips_gate) == (Severity.MAJOR, None, False)
    assert (found.found_by, found.source_id) == (UUID(int=4), SUBMISSION)


def test_an_answer_without_evidence_counts_as_said_only() -> None:
    found = opened(make_document(written("COV-LAW-01", NO)))
    assert found["COV-LAW-01"].evidence is EvidenceLevel.E0


def _critical(kind: type, prefix: str) -> str:
    kinds = {RatioAnswer: "ratio"}
    return next(
        item.id
        for checklist in LISTS.values()
        for item in items_of(checklist)
        if item.gate is not None
        and item.id.startswith(prefix)
        and item.answer.type.value == kinds[kind]
    )


@pytest.mark.parametrize(
    ("ok", "checked", "finding", "trips"),
    [(10, 10, False, False), (0, 0, False, False), (19, 20, True, False), (8, 10, True, True)],
)
def test_a_critical_ratio_trips_its_gate_by_how_many_fail(
    ok: int, checked: int, finding: bool, trips: bool
) -> None:
    item = _critical(RatioAnswer, "SOP")
    found = opened(make_document(written(item, RatioAnswer(ok=ok, checked=checked))))
    assert (item in found) is finding
    if finding:
        assert found[item].trips_gate is trips
        assert found[item].statement == f"{ok} of {checked} were in order."


def talks(failing: int, asked: int) -> AuditDocument:
    return make_document(
        talks=[
            make_talk(
                number,
                written("RTI-CNS-01", YES),
                written("RTI-JOB-01", NO if number <= failing else YES, note="She said a lot."),
            )
            for number in range(1, asked + 1)
        ]
    )


@pytest.mark.parametrize(
    ("failing", "asked", "trips"),
    [(1, 8, False), (2, 8, True), (2, 11, False), (3, 8, True)],
)
def test_workers_are_counted_together(failing: int, asked: int, trips: bool) -> None:
    found = opened(talks(failing, asked))
    assert list(found) == ["RTI-JOB-01"]
    one = found["RTI-JOB-01"]
    assert one.workers == Workers(failing=failing, asked=asked)
    assert one.statement == f"{failing} of {asked} workers gave a failing answer."
    assert (one.gate, one.trips_gate) == (Gate.CAP_D, trips)


@given(asked=st.integers(min_value=1, max_value=12), data=st.data())
def test_nothing_one_worker_said_travels_with_a_finding(asked: int, data: st.DataObject) -> None:
    failing = data.draw(st.integers(min_value=0, max_value=asked))
    for one in opened(talks(failing, asked)).values():
        assert (one.answer, one.evidence, one.note) == (None, None, "")
        assert "She said" not in one.statement


def test_one_failing_worker_and_a_failing_document_trip_the_gate() -> None:
    borne_out = next(
        item.corroborates for item in items_of(LISTS["returnee"]) if item.id == "RTI-JOB-01"
    )
    assert borne_out == "SOP-CON-02"
    alone = talks(1, 8)
    document = make_document(
        written("SOP-CON-02", RatioAnswer(ok=5, checked=10)), talks=list(alone.interviews)
    )
    assert opened(alone)["RTI-JOB-01"].trips_gate is False
    assert opened(document)["RTI-JOB-01"].trips_gate is True
    assert opened(alone)["RTI-JOB-01"].borne_out_by is None
    assert opened(document)["RTI-JOB-01"].borne_out_by == "SOP-CON-02"


def test_a_refusal_to_talk_is_nobodys_failure() -> None:
    assert opened(make_document(talks=[make_talk(1, written("RTI-CNS-01", NO))])) == {}


def test_a_partner_fails_without_a_gate_on_the_agency() -> None:
    item = next(
        one
        for one in items_of(LISTS["destination"])
        if one.gate is not None and one.answer.type.value == "ratio"
    )
    found = opened(make_document(written(item.id, RatioAnswer(ok=0, checked=10))))
    assert (found[item.id].gate, found[item.id].trips_gate) == (None, False)


def test_what_has_no_figure_of_law_is_no_finding() -> None:
    cost = written("RTI-PAY-04", MoneyAnswer(amount_minor=10**7, currency="BDT"))
    document = make_document(talks=[make_talk(1, written("RTI-CNS-01", YES), cost)])
    assert failing_interview_items(document, LISTS, NO_FIGURES) == {}


ITEM = next(items_of(LISTS["covenant"]))


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (NO, "The answer was “no”."),
        (RatioAnswer(ok=7, checked=10), "7 of 10 were in order."),
        (NumberAnswer(number=Decimal("3.5")), "The figure was 3.5."),
        (MoneyAnswer(amount_minor=120050, currency="BDT"), "The amount was 1200.50 BDT."),
        (MoneyAnswer(amount_minor=5000, currency="JPY"), "The amount was 5000 JPY."),
        (DateAnswer(on=date(2026, 1, 2)), "The date was 2026-01-02."),
        (ChoiceAnswer(option="unpaid_wages"), "The answer was “Unpaid wages”."),
    ],
)
def test_answers_become_plain_sentences(answer: AnswerValue, words: str) -> None:
    assert in_words(ITEM, answer) == words
