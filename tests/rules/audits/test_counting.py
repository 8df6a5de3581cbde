"""Which questions count, what is missing, and what cannot be handed in."""

from datetime import timedelta

import pytest

from factories.audit_documents import LISTS, make_document, make_talk, written
from factories.audits import FACTS, NA, NO, VISITED_ON, YES, make_answer
from recruitwatch.audits.rules.counting import (
    INTERVIEW_AHEAD,
    NO_SUCH_ITEM,
    VISIT_AHEAD,
    WITHOUT_CONSENT,
    answered_items,
    consent_item,
    consented,
    facts_asked,
    faults,
    is_interview_list,
    items_of,
    kept_answers,
    progress,
    unanswered,
)
from recruitwatch.audits.values import Interview
from recruitwatch.checklists.rules import PROBLEM_TEXTS
from recruitwatch.checklists.values import AnswerProblem, EvidenceLevel, Word

COVENANT, RETURNEE, PREDEPARTURE = LISTS["covenant"], LISTS["returnee"], LISTS["predeparture"]


def test_each_list_is_for_the_visit_or_for_workers() -> None:
    assert [name for name, one in sorted(LISTS.items()) if is_interview_list(one)] == [
        "predeparture",
        "returnee",
    ]


@pytest.mark.parametrize("checklist", [RETURNEE, PREDEPARTURE], ids=["returnee", "predeparture"])
def test_every_interview_begins_by_asking_for_consent(checklist) -> None:  # type: ignore[no-untyped-def]
    item = consent_item(checklist)
    assert "Do you agree to go on?" in item.text
    assert item.principle == "NA"


def test_only_a_yes_is_consent() -> None:
    assert consented(RETURNEE, [make_answer("RTI-CNS-01")])
    for word in (Word.NO, Word.NA):
        assert not consented(RETURNEE, [make_answer("RTI-CNS-01", word)])
    assert not consented(RETURNEE, [make_answer("RTI-JOB-01")])
    assert not consented(RETURNEE, [])


def test_facts_are_asked_once_and_only_where_needed() -> None:
    assert set(facts_asked([COVENANT])) == {
        "places_women",
        "operates_accommodation",
        "had_deaths_or_injuries",
        "places_domestic_workers",
    }
    assert facts_asked([RETURNEE]) == ()
    both = facts_asked([COVENANT, LISTS["sop"]])
    assert len(both) == len(set(both))


def test_progress_counts_only_what_the_facts_leave_in() -> None:
    with_women = progress(COVENANT, FACTS, {"COV-LAW-01"})
    without = progress(COVENANT, {**FACTS, "places_women": False}, {"COV-LAW-01"})
    assert with_women[0].answered == without[0].answered == 1
    by_code = {one.code: one.applicable for one in with_women}
    for one in without:
        assert one.applicable <= by_code[one.code]
    assert sum(one.applicable for one in without) < sum(one.applicable for one in with_women)


def test_an_answer_to_a_question_left_out_is_not_progress() -> None:
    left_out = next(item for item in items_of(COVENANT) if item.applies_if == "places_women")
    facts = {**FACTS, "places_women": False}
    assert sum(one.answered for one in progress(COVENANT, facts, {left_out.id})) == 0


def test_a_note_alone_is_no_answer() -> None:
    note = make_answer("COV-LAW-01", value=None, note="Could not be checked")
    assert answered_items([note]) == {}
    assert answered_items([note, make_answer("COV-LAW-02")]) == {("covenant", 0): {"COV-LAW-02"}}


def test_what_is_unanswered_is_named_and_interviews_are_left_alone() -> None:
    answers = [make_answer(item.id) for item in items_of(COVENANT) if item.id != "COV-FEE-02"]
    missing = unanswered([COVENANT, RETURNEE], FACTS, answers)
    assert [(one.section, one.item.id) for one in missing] == [("FEE", "COV-FEE-02")]


def test_of_a_refused_talk_only_the_refusal_is_kept() -> None:
    talk = Interview(checklist_id="returnee", interview_no=2, held_on=VISITED_ON, facts={})
    said = [
        make_answer("RTI-CNS-01", Word.NO, interview_no=2),
        make_answer("RTI-JOB-01", interview_no=2),
    ]
    assert kept_answers(RETURNEE, talk, {}, said) == (said[0],)
    agreed = [make_answer("RTI-CNS-01", interview_no=2), said[1]]
    assert kept_answers(RETURNEE, talk, {}, agreed) == tuple(agreed)
    other = [make_answer("RTI-CNS-01", interview_no=1), make_answer("RTI-JOB-01", interview_no=1)]
    assert kept_answers(RETURNEE, talk, {}, other) == ()


def sentences(document) -> list[tuple[str, int, str, tuple[str, ...]]]:  # type: ignore[no-untyped-def]
    return [
        (one.checklist_id, one.interview_no, one.item_id, one.sentences)
        for one in faults(document, LISTS, VISITED_ON + timedelta(days=1))
    ]


def test_a_sound_audit_has_no_faults() -> None:
    document = make_document(
        written("COV-LAW-01", YES, EvidenceLevel.E2),
        written("COV-LAW-02", NA, na_reason="Not asked"),
        written("COV-LAW-04", None, note="Could not be checked"),
        talks=[make_talk(1, written("RTI-CNS-01", YES), written("RTI-JOB-01", NO))],
    )
    assert sentences(document) == []


def test_every_fault_is_named_at_once() -> None:
    document = make_document(
        written("COV-LAW-01", NA),
        written("COV-XXX-01", YES),
        visited_on=VISITED_ON + timedelta(days=2),
        talks=[
            make_talk(1, written("RTI-CNS-01", NO), written("RTI-JOB-01", NO)),
            make_talk(2, written("RTI-CNS-01", YES), held_on=VISITED_ON + timedelta(days=2)),
        ],
    )
    reason = PROBLEM_TEXTS[AnswerProblem.REASON_MISSING]
    assert sentences(document) == [
        ("", 0, "", (VISIT_AHEAD,)),
        ("covenant", 0, "COV-LAW-01", (reason,)),
        ("covenant", 0, "COV-XXX-01", (NO_SUCH_ITEM,)),
        ("returnee", 1, "RTI-JOB-01", (WITHOUT_CONSENT,)),
        ("returnee", 2, "", (INTERVIEW_AHEAD,)),
    ]


def test_an_empty_talk_is_no_fault() -> None:
    assert sentences(make_document(talks=[make_talk(1)])) == []
