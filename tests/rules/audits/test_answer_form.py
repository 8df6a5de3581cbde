"""A page of answers as it was typed: everything wrong at once, nothing lost."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.audit_documents import LISTS, OF
from factories.audits import NA, NO, YES, make_answer
from recruitwatch.audits.forms.answering import parse_answers
from recruitwatch.audits.rules.counting import items_of
from recruitwatch.audits.values import Answer, Changes
from recruitwatch.checklists.values import (
    AnswerType,
    AnswerValue,
    ChoiceAnswer,
    DateAnswer,
    EvidenceLevel,
    Item,
    Money,
    MoneyAnswer,
    NumberAnswer,
    RatioAnswer,
)
from recruitwatch.web.forms import FormReader

ITEMS = {item.id: item for one in LISTS.values() for item in items_of(one)}
WORD, RATIO, NUMBER, DATE, MONEY, CHOICE = (
    "COV-LAW-01", "COV-LAW-03", "COV-INF-03", "SOP-LIC-01", "SOP-LIC-04", "RTI-CNS-02",
)  # fmt: skip


def read(
    item_id: str, *, stored: Answer | None = None, limit: Money | None = None, **typed: str
) -> tuple[Changes, dict[str, str]]:
    """Typed fields by the end of their name: `value` is the answer itself."""
    form = {f"{item_id}-here": "yes"}
    for name, text in typed.items():
        form[item_id if name == "value" else f"{item_id}-{name}"] = text
    reader = FormReader(form)
    changes = parse_answers(
        reader,
        [ITEMS[item_id]],
        {item_id: stored} if stored else {},
        checklist_id=OF[item_id[:3]],
        parameters={"required_bond": limit},
    )
    return changes, {name: message.key for name, message in reader.errors.items()}


@pytest.mark.parametrize(
    ("item_id", "typed", "value"),
    [
        (WORD, {"value": "yes"}, YES),
        (WORD, {"value": "na", "reason": "No staff yet"}, NA),
        (RATIO, {"value": "7", "checked": "১০"}, RatioAnswer(ok=7, checked=10)),
        (RATIO, {"na": "yes", "reason": "No staff yet"}, NA),
        (NUMBER, {"value": "٤"}, NumberAnswer(number=Decimal(4))),
        (NUMBER, {"value": "0"}, NumberAnswer(number=Decimal(0))),
        (DATE, {"day": "1", "month": "2", "year": "2027"}, DateAnswer(on=date(2027, 2, 1))),
        (
            MONEY,
            {"value": "3,500,000.50", "currency": "bdt"},
            MoneyAnswer(amount_minor=350000050, currency="BDT"),
        ),
        (MONEY, {"value": "500", "currency": "JPY"}, MoneyAnswer(amount_minor=500, currency="JPY")),
        (CHOICE, {"value": "unpaid_wages"}, ChoiceAnswer(option="unpaid_wages")),
        (CHOICE, {"value": "na", "reason": "She did not say"}, NA),
    ],
)
def test_every_kind_of_answer_is_understood(
    item_id: str, typed: dict[str, str], value: AnswerValue
) -> None:
    changes, errors = read(item_id, **typed)
    assert errors == {}
    assert [one.value for one in changes.answers] == [value]


@pytest.mark.parametrize(
    ("item_id", "typed", "field"),
    [
        (WORD, {"value": "perhaps"}, ""),
        (WORD, {"value": "na"}, "-reason"),
        (WORD, {"value": "yes", "reason": "Because"}, "-reason"),
        (WORD, {"value": "yes", "note": "x" * 4001}, "-note"),
        (WORD, {"evidence": "E2"}, "-evidence"),
        (RATIO, {"value": "7"}, "-checked"),
        (RATIO, {"checked": "7"}, ""),
        (RATIO, {"value": "8", "checked": "7"}, ""),
        (RATIO, {"value": "1", "checked": "2", "na": "yes", "reason": "Both"}, ""),
        (NUMBER, {"value": "many"}, ""),
        (NUMBER, {"value": "-1"}, ""),
        (NUMBER, {"value": "1e400"}, ""),
        (DATE, {"day": "31", "month": "2", "year": "2027"}, ""),
        (MONEY, {"value": "10"}, "-currency"),
        (MONEY, {"value": "10", "currency": "dollars"}, "-currency"),
        (MONEY, {"value": "0.5", "currency": "JPY"}, ""),
        (CHOICE, {"value": "something"}, ""),
    ],
)
def test_what_cannot_stand_is_named_at_its_field(
    item_id: str, typed: dict[str, str], field: str
) -> None:
    _, errors = read(item_id, **typed)
    assert list(errors) == [item_id + field]


def test_an_amount_must_be_in_the_currency_of_the_limit() -> None:
    limit = Money(amount_minor=1, currency="BDT")
    _, errors = read(MONEY, limit=limit, value="10", currency="USD")
    assert list(errors) == [f"{MONEY}-currency"]


def test_an_empty_page_changes_nothing() -> None:
    for item_id in (WORD, RATIO, NUMBER, DATE, MONEY, CHOICE):
        assert read(item_id) == (Changes(), {})


def test_a_question_that_was_not_on_the_page_is_left_alone() -> None:
    reader = FormReader({WORD: "no"})
    changes = parse_answers(reader, [ITEMS[WORD]], {}, checklist_id="covenant")
    assert changes == Changes()


def test_the_same_answer_again_is_no_change() -> None:
    stored = make_answer(WORD, evidence=EvidenceLevel.E1, note="Seen")
    typed = {"value": "yes", "evidence": "E1", "note": "Seen"}
    assert read(WORD, stored=stored, **typed) == (Changes(), {})


def test_a_new_note_keeps_the_answer() -> None:
    stored = make_answer(WORD, evidence=EvidenceLevel.E1)
    changes, errors = read(WORD, stored=stored, evidence="E1", note="Page 3")
    assert (errors, changes.answers[0].value, changes.answers[0].note) == ({}, YES, "Page 3")


def test_an_old_page_in_another_window_takes_no_answer_back() -> None:
    """It was loaded before the answer, so it holds an empty field and does not know of it."""
    stored = make_answer(NUMBER, value=NumberAnswer(number=Decimal(4)), evidence=None)
    assert read(NUMBER, stored=stored) == (Changes(), {})


def test_a_field_that_showed_an_answer_and_was_emptied_takes_it_back() -> None:
    stored = make_answer(NUMBER, value=NumberAnswer(number=Decimal(4)), evidence=None)
    changes, errors = read(NUMBER, stored=stored, had="yes", value="")
    assert (changes, errors) == (Changes(cleared=(NUMBER,)), {})


def test_a_ticked_box_takes_a_word_back() -> None:
    stored = make_answer(WORD, evidence=None)
    assert read(WORD, stored=stored, value="yes", clear="yes")[0].cleared == (WORD,)


def test_not_applicable_needs_no_evidence_even_if_some_was_chosen_before() -> None:
    changes, errors = read(WORD, value="na", reason="No staff", evidence="E2")
    assert errors == {}
    assert changes.answers[0].evidence is None


def test_a_note_without_an_answer_is_kept() -> None:
    changes, errors = read(WORD, note="The manager was away")
    assert errors == {}
    assert (changes.answers[0].value, changes.answers[0].note) == (None, "The manager was away")


def test_all_mistakes_of_a_page_come_at_once() -> None:
    form = {f"{one}-here": "yes" for one in (WORD, RATIO, NUMBER)}
    form |= {WORD: "na", RATIO: "x", f"{RATIO}-checked": "3", NUMBER: "y"}
    reader = FormReader(form)
    items = [ITEMS[one] for one in (WORD, RATIO, NUMBER)]
    parse_answers(reader, items, {}, checklist_id="covenant")
    assert set(reader.errors) == {f"{WORD}-reason", RATIO, NUMBER}


def plain_items() -> list[Item]:
    return [item for item in ITEMS.values() if item.answer.type is not AnswerType.CHOICE]


@given(item=st.sampled_from(plain_items()), text=st.text(max_size=40), other=st.text(max_size=10))
def test_whatever_is_typed_is_either_an_answer_or_an_error(
    item: Item, text: str, other: str
) -> None:
    form = {f"{item.id}-{end}": other for end in ("checked", "currency", "day", "month", "year")}
    reader = FormReader({f"{item.id}-here": "yes", item.id: text, **form})
    changes = parse_answers(reader, [item], {}, checklist_id="x")
    assert len(changes.answers) + len(changes.cleared) <= 1
    assert (
        all(isinstance(one.value, AnswerValue.__args__) for one in changes.answers) or reader.errors
    )  # type: ignore[attr-defined]


def test_no_and_yes_are_different() -> None:
    assert read(WORD, value="no")[0].answers[0].value == NO
