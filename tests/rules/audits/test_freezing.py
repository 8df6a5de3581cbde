"""The frozen document: one content, one text, one hash."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.audit_documents import LISTS
from factories.audits import FACTS, VISITED_ON, make_answer
from recruitwatch.audits.rules.freezing import (
    answers_in,
    canonical,
    document_of,
    interviews_in,
    read_document,
    sha256_of,
)
from recruitwatch.audits.values import Audit, AuditState, Interview, ListChoice, UsedList
from recruitwatch.checklists.values import MoneyAnswer, NumberAnswer, RatioAnswer, Word

NOW = datetime(2026, 6, 30, tzinfo=UTC)
USED = [
    UsedList(checklist=LISTS[name], sha256=name * 4) for name in ("covenant", "returnee", "sop")
]
AUDIT = Audit(
    id=UUID(int=1),
    agency_id=UUID(int=2),
    agency_name="Padma Overseas Ltd",
    register_id="testland",
    state=AuditState.DRAFT,
    announced=True,
    unannounced_reason="",
    visited_on=VISITED_ON,
    facts={**FACTS, "places_women": False, "stray": True},
    inspector_id=UUID(int=4),
    inspector_name="Inspector",
    office_id=UUID(int=3),
    revision=1,
    lists=tuple(ListChoice(checklist_id=one.checklist.id, version=1) for one in USED),
    created_at=NOW,
    updated_at=NOW,
)
ANSWERS = [
    make_answer("COV-LAW-01", Word.NO, note="Kein Leitfaden, কোনো নীতি নেই, لا سياسة"),
    make_answer("COV-LAW-03", value=RatioAnswer(ok=3, checked=4)),
    make_answer("SOP-LIC-04", value=MoneyAnswer(amount_minor=350000000, currency="BDT")),
    make_answer("COV-INF-03", value=NumberAnswer(number=Decimal("3.50"))),
    make_answer("RTI-CNS-01", interview_no=1),
    make_answer("RTI-JOB-01", Word.NO, interview_no=1),
    make_answer("RTI-CNS-01", Word.NO, interview_no=2),
    make_answer("RTI-JOB-01", Word.NO, interview_no=2),
]
TALKS = [
    Interview(checklist_id="returnee", interview_no=number, held_on=VISITED_ON, facts={})
    for number in (1, 2)
]
DOCUMENT = document_of(AUDIT, USED, ANSWERS, TALKS)


@given(answers=st.permutations(ANSWERS), talks=st.permutations(TALKS))
def test_the_order_of_rows_changes_no_letter(answers: list, talks: list) -> None:  # type: ignore[type-arg]
    assert canonical(document_of(AUDIT, USED, answers, talks)) == canonical(DOCUMENT)


def test_keys_are_sorted_and_nothing_is_blank() -> None:
    text = canonical(DOCUMENT)
    plain = json.loads(text)
    again = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert text == again
    assert "কোনো নীতি নেই" in text


def test_what_is_stored_reads_back_the_same() -> None:
    assert read_document(canonical(DOCUMENT)) == DOCUMENT


def test_a_device_and_the_server_freeze_the_same() -> None:
    again = document_of(AUDIT, USED, answers_in(DOCUMENT), interviews_in(DOCUMENT))
    assert again == DOCUMENT


@pytest.mark.parametrize(
    "change",
    [
        {"revision": 2},
        {"visited_on": VISITED_ON.replace(day=1)},
        {"facts": {}},
        {"answers": DOCUMENT.answers[1:]},
        {"interviews": ()},
        {"inspector_id": UUID(int=9)},
    ],
)
def test_any_change_changes_the_hash(change: dict[str, object]) -> None:
    other = msgspec.structs.replace(DOCUMENT, **change)
    assert sha256_of(canonical(other)) != sha256_of(canonical(DOCUMENT))


def test_of_a_refused_talk_nothing_else_is_frozen() -> None:
    first, second = DOCUMENT.interviews
    assert [answer.item_id for answer in first.answers] == ["RTI-CNS-01", "RTI-JOB-01"]
    assert [answer.item_id for answer in second.answers] == ["RTI-CNS-01"]


def test_facts_that_decide_nothing_are_not_frozen() -> None:
    assert "stray" not in DOCUMENT.facts
    assert DOCUMENT.facts["places_women"] is False


def test_answers_to_questions_left_out_are_not_frozen() -> None:
    item = next(
        item
        for section in LISTS["covenant"].sections
        for item in section.items
        if item.applies_if == "places_women"
    )
    answers = [*ANSWERS, make_answer(item.id)]
    assert document_of(AUDIT, USED, answers, TALKS) == DOCUMENT


def test_the_format_has_a_name_and_unknown_fields_are_refused() -> None:
    plain = json.loads(canonical(DOCUMENT))
    assert plain["format"] == "audit/1"
    for wrong in ({**plain, "format": "audit/2"}, {**plain, "worker_name": "A"}):
        with pytest.raises(msgspec.ValidationError):
            read_document(json.dumps(wrong))
