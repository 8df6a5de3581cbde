"""What is kept of an approved audit says of each answer what judging that answer says."""

from datetime import date
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as some

from factories.audit_documents import LISTS, make_document, make_talk, written
from factories.audits import NO, PARTIAL, YES
from factories.random_audits import random_document
from recruitwatch.audits.rules.counting import is_interview_list, items_of
from recruitwatch.audits.rules.judging import read_result, result_of
from recruitwatch.audits.rules.judging import written as written_out
from recruitwatch.audits.values.results import Heard
from recruitwatch.checklists.rules import Parameters, applies, credit
from recruitwatch.checklists.values import CreditStatus, NumberAnswer, RatioAnswer

DAY = date(2026, 6, 20)
FIGURES: tuple[Parameters, ...] = (
    {},
    {"required_training_hours": Decimal(10), "required_training_days": Decimal(3)},
)
CHANCE = some.builds(Random, some.integers(0, 10_000))


@given(CHANCE, some.sampled_from(FIGURES))
def test_every_answer_is_kept_with_what_it_earns(chance: Random, figures: Parameters) -> None:
    document = random_document(chance, DAY)
    result = result_of(document, LISTS, dict.fromkeys(LISTS, figures))
    kept = {one.item_id: one for used in result.lists for one in used.answers}
    expected = set()
    for answer in document.answers:
        [item] = [one for one in items_of(LISTS[answer.checklist_id]) if one.id == answer.item_id]
        earned = credit(item, answer.value, today=DAY, parameters=figures)
        if answer.value is None or earned.status is CreditStatus.NOT_CHECKED:
            continue
        expected.add(item.id)
        share = kept[item.id].earned
        assert (share[0] / share[1] if isinstance(share, tuple) else share) == earned.value
        assert isinstance(share, tuple) is (
            isinstance(answer.value, RatioAnswer) and earned.value is not None
        )
        assert kept[item.id].evidence == answer.evidence
    assert set(kept) == expected


@given(CHANCE, some.sampled_from(FIGURES))
def test_counts_of_a_list_are_those_of_its_questions(chance: Random, figures: Parameters) -> None:
    document = random_document(chance, DAY)
    given_values = {one.item_id: one.value for one in document.answers}
    result = result_of(document, LISTS, dict.fromkeys(LISTS, figures))
    for used in result.lists:
        statuses = [
            credit(item, given_values.get(item.id), today=DAY, parameters=figures).status
            for item in items_of(LISTS[used.checklist_id])
            if applies(item, document.facts)
        ]
        scored = statuses.count(CreditStatus.SCORED)
        assert sum(used.checked.values()) == scored
        assert sum(used.applicable.values()) == scored + statuses.count(CreditStatus.NOT_CHECKED)
        assert not (is_interview_list(LISTS[used.checklist_id]) and used.answers)


@given(CHANCE)
def test_every_question_of_a_held_talk_is_counted_once(chance: Random) -> None:
    document = random_document(chance, DAY)
    result = result_of(document, LISTS, dict.fromkeys(LISTS, FIGURES[1]))
    held = [one for one in document.interviews if len([a for a in one.answers if a.value]) > 1]
    assert sum(len(day.talks) for day in result.days) == len(held)
    for day in result.days:
        for item_id, heard in day.said.items():
            talks = [
                one
                for one in document.interviews
                if one.held_on == day.held_on
                and any(a.item_id == item_id for a in one.answers)
                and (one in held or any(a.item_id == item_id and a.value for a in one.answers))
            ]
            counted = heard.whole + heard.less + heard.nothing + heard.unset + heard.left_out
            assert counted == len(talks)


@given(CHANCE)
def test_what_is_read_back_is_what_was_written(chance: Random) -> None:
    result = result_of(random_document(chance, DAY), LISTS, dict.fromkeys(LISTS, FIGURES[0]))
    text = written_out(result)
    assert read_result(text) == result
    assert written_out(read_result(text)) == text


def test_workers_count_as_in_order_or_not() -> None:
    talks = [
        make_talk(
            number,
            written("PDI-CNS-01", YES),
            written("PDI-CON-01", value),
            written("PDI-RSP-02", NumberAnswer(number=Decimal(named))),
            checklist_id="predeparture",
        )
        for number, (value, named) in enumerate([(YES, 2), (PARTIAL, 0), (NO, 1), (None, 0)], 1)
    ]
    refused = make_talk(5, written("PDI-CNS-01", NO), checklist_id="predeparture")
    document = make_document(talks=[*talks, refused])
    [day] = result_of(document, LISTS, dict.fromkeys(LISTS, FIGURES[0])).days
    assert day.said["PDI-CON-01"] == Heard(whole=1, less=2, nothing=1, unset=0, left_out=0)
    assert (day.asked, day.know) == (4, 2)
    assert day.talks == tuple(f"predeparture/{number}" for number in range(1, 5))
