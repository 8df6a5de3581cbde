"""Which answers can be recorded, and what is said against the others."""

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from recruitwatch.checklists.rules import PROBLEM_TEXTS, check_answer
from recruitwatch.checklists.values import (
    AnswerProblem,
    AnswerValue,
    ChoiceAnswer,
    DateAnswer,
    EvidenceLevel,
    Money,
    MoneyAnswer,
    NumberAnswer,
    RatioAnswer,
    Word,
    WordAnswer,
)
from rules.checklists.samples import item_of

YES, PARTIAL, NO, NA = (WordAnswer(word=word) for word in Word)
P = AnswerProblem


def number(text: str) -> NumberAnswer:
    return NumberAnswer(number=Decimal(text))


def money(amount: int, currency: str = "BDT") -> MoneyAnswer:
    return MoneyAnswer(amount_minor=amount, currency=currency)


def ratio(ok: int, checked: int) -> RatioAnswer:
    return RatioAnswer(ok=ok, checked=checked)


@pytest.mark.parametrize(
    ("kind", "rule", "answer", "expected"),
    [
        ("yes_no_partial_na", {}, YES, []),
        ("yes_no_partial_na", {}, PARTIAL, []),
        ("yes_no_partial_na", {}, None, []),
        ("yes_no_na", {}, NO, []),
        ("yes_no_na", {}, PARTIAL, [P.PARTIAL_NOT_ALLOWED]),
        ("yes_no_na", {}, ratio(1, 2), [P.WRONG_TYPE]),
        ("ratio", {}, YES, [P.WRONG_TYPE]),
        ("ratio", {}, ratio(3, 3), []),
        ("ratio", {}, ratio(0, 0), []),
        ("ratio", {}, ratio(4, 3), [P.OK_ABOVE_CHECKED]),
        ("ratio", {}, ratio(-1, 3), [P.NEGATIVE]),
        ("ratio", {}, ratio(-2, -3), [P.NEGATIVE, P.OK_ABOVE_CHECKED]),
        ("ratio", {}, ratio(5, 100_001), [P.TOO_LARGE]),
        ("number", {}, number("0"), []),
        ("number", {}, number("-0.5"), [P.NEGATIVE]),
        ("number", {}, number("1000001"), [P.TOO_LARGE]),
        ("number", {}, number("NaN"), [P.NOT_A_NUMBER]),
        ("number", {}, number("Infinity"), [P.NOT_A_NUMBER]),
        ("number", {"min": -10, "max": 5}, number("-10"), []),
        ("number", {"min": -10, "max": 5}, number("-11"), [P.TOO_SMALL]),
        ("number", {"min": -10, "max": 5}, number("6"), [P.TOO_LARGE]),
        ("number", {"whole": True}, number("2.0"), []),
        ("number", {"whole": True}, number("2.5"), [P.NOT_WHOLE]),
        ("number", {"whole": True, "max": 5}, number("5.5"), [P.TOO_LARGE, P.NOT_WHOLE]),
        ("money", {}, money(100), []),
        ("money", {}, money(-1), [P.NEGATIVE]),
        ("money", {"negative": True}, money(-1), []),
        ("money", {"negative": True}, money(-(10**15)), [P.TOO_SMALL]),
        ("money", {}, money(10**15), [P.TOO_LARGE]),
        ("money", {}, money(1, "taka"), [P.CURRENCY_INVALID]),
        ("money", {}, money(1, "XXX"), [P.CURRENCY_INVALID]),
        ("money", {}, number("1"), [P.WRONG_TYPE]),
        ("date", {}, DateAnswer(on=date(2026, 1, 1)), []),
        ("date", {}, DateAnswer(on=date(1026, 1, 1)), [P.DATE_IMPLAUSIBLE]),
        ("date", {}, DateAnswer(on=date(9026, 1, 1)), [P.DATE_IMPLAUSIBLE]),
        ("choice", {}, ChoiceAnswer(option="worker"), []),
        ("choice", {}, ChoiceAnswer(option="broker"), [P.NOT_AN_OPTION]),
    ],
)
def test_type_and_range(
    kind: str,
    rule: dict[str, Any],
    answer: AnswerValue | None,
    expected: list[AnswerProblem],
) -> None:
    assert check_answer(item_of(kind, answer=rule), answer) == expected


@pytest.mark.parametrize(
    ("answer", "more", "expected"),
    [
        (NA, {"na_reason": "No branch offices."}, []),
        (NA, {}, [P.REASON_MISSING]),
        (NA, {"na_reason": "   "}, [P.REASON_MISSING]),
        (NA, {"applies": False}, []),
        (NA, {"na_reason": "x" * 501}, [P.REASON_TOO_LONG]),
        (YES, {"na_reason": "Left over."}, [P.REASON_WITHOUT_NA]),
        (YES, {"applies": False}, [P.NOT_APPLICABLE]),
        (None, {"applies": False}, []),
        (YES, {"note": "x" * 4_000}, []),
        (YES, {"note": "x" * 4_001}, [P.NOTE_TOO_LONG]),
        (YES, {"evidence": EvidenceLevel.E2}, []),
        (YES, {"evidence": None}, []),
        (None, {"evidence": EvidenceLevel.E0}, [P.EVIDENCE_WITHOUT_ANSWER]),
        (
            NA,
            {"evidence": EvidenceLevel.E1},
            [P.REASON_MISSING, P.EVIDENCE_WITHOUT_ANSWER],
        ),
    ],
)
def test_reason_note_and_evidence(
    answer: AnswerValue | None, more: dict[str, Any], expected: list[AnswerProblem]
) -> None:
    assert check_answer(item_of(), answer, **more) == expected


@pytest.mark.parametrize("kind", ["ratio", "number", "money", "date", "choice"])
def test_any_item_may_be_not_applicable_with_a_reason(kind: str) -> None:
    assert check_answer(item_of(kind), NA, na_reason="Direct employer.") == []


@pytest.mark.parametrize(
    ("currency", "expected"), [("BDT", []), ("USD", [AnswerProblem.CURRENCY_DIFFERS])]
)
def test_an_amount_is_given_in_the_currency_of_the_limit(
    currency: str, expected: list[AnswerProblem]
) -> None:
    item = item_of("money", answer={"compliant": {"op": "gte", "value": {"param": "bond"}}})
    limit = {"bond": Money(amount_minor=100, currency="BDT")}

    assert check_answer(item, money(5, currency), parameters=limit) == expected
    assert check_answer(item, money(5, currency), parameters={}) == []
    assert check_answer(item_of("money"), money(5, currency), parameters=limit) == []


def test_every_problem_has_a_sentence() -> None:
    assert set(PROBLEM_TEXTS) == set(AnswerProblem)
    assert all(sentence.endswith(".") for sentence in PROBLEM_TEXTS.values())


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        (b'{"kind":"word","word":"partial"}', PARTIAL),
        (b'{"kind":"number","number":"4.5"}', number("4.5")),
        (b'{"kind":"number","number":4.5}', number("4.5")),
        (b'{"kind":"money","amount_minor":350,"currency":"BDT"}', money(350)),
        (b'{"kind":"date","on":"2026-01-31"}', DateAnswer(on=date(2026, 1, 31))),
        (b'{"kind":"choice","option":"worker"}', ChoiceAnswer(option="worker")),
        (b'{"kind":"ratio","ok":7,"checked":10}', ratio(7, 10)),
    ],
)
def test_an_answer_sent_by_a_device_is_read(sent: bytes, answer: AnswerValue) -> None:
    assert msgspec.json.decode(sent, type=AnswerValue) == answer
    assert msgspec.json.decode(msgspec.json.encode(answer), type=AnswerValue) == answer


@pytest.mark.parametrize(
    "sent",
    [
        b'{"kind":"word","word":"maybe"}',
        b'{"kind":"ratio","ok":7,"checked":10,"note":"x"}',
        b'{"kind":"money","amount_minor":3.5,"currency":"BDT"}',
        b'{"kind":"money","amount_minor":3,"currency":"taka"}',
        b'{"ok":7,"checked":10}',
    ],
)
def test_an_answer_in_another_form_is_refused(sent: bytes) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(sent, type=AnswerValue)
