"""Brokers: names across scripts, numbers in any digits, what may be called certain, when to look again."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitwatch.brokers.rules import (
    evidence_now,
    heard_keys,
    is_readable,
    look_again_on,
    may_be_certain,
    name_reason,
    number_keys,
    said_keys,
    telling_words,
    ties_by_agency,
)
from recruitwatch.brokers.values import (
    FROM_CASES,
    BrokerReason,
    Confidence,
    Judgement,
    NewNumber,
    NumberKind,
    Tie,
    TieEvidence,
)

E, R = TieEvidence, BrokerReason


def make_tie(**overrides: object) -> Tie:
    values: dict[str, object] = {
        "id": uuid4(), "broker_id": UUID(int=1), "agency_id": UUID(int=2), "agency_name": "Padma",
        "licence_no": "", "judgement": Judgement.CONFIRMED, "evidence": (E.DOCUMENT,),
        "confidence": Confidence.LIKELY, "reason": "A card.", "judged_by": "Officer",
        "judged_at": datetime(2026, 1, 1, tzinfo=UTC), **overrides,
    }  # fmt: skip
    return Tie(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "name", "reason"),
    [
        ("Kamal dalal", "Kamal", R.NAME),
        ("KAMAL", "kamal bhai", R.NAME),
        ("Shefali apa", "Shefaly", R.SOUNDS_ALIKE),
        ("Kamal", "কামাল দালাল", R.SOUNDS_ALIKE),
        ("Kamal", "كمال", R.SOUNDS_ALIKE),
        ("رحيم", "Rahim", R.SOUNDS_ALIKE),
        ("Karim Mia", "Karim", R.NAME_ALIKE),
        ("Jamal", "Jamil", R.NAME_ALIKE),
        ("uncle", "broker", R.NAME_ALIKE),
    ],
)
def test_a_name_is_known_in_another_spelling_and_script(
    said: str, name: str, reason: BrokerReason
) -> None:
    assert name_reason(said, [name]) is reason
    assert name_reason(name, [said]) is reason


@pytest.mark.parametrize("said", ["dalal", "দালাল", "دلال", "Mr", "the broker", "", "?"])
def test_a_title_alone_tells_nobody_from_anybody(said: str) -> None:
    assert telling_words(said) == ()
    assert heard_keys(said) == ()


@pytest.mark.parametrize(
    "said", ["01712-345678", "+880 1712 345678", "০১৭১২৩৪৫৬৭৮", "٠١٧١٢٣٤٥٦٧٨", "८८०१७१२३४५६७८"]
)
def test_a_telephone_is_found_in_any_digits_and_form(said: str) -> None:
    stored = number_keys(NumberKind.PHONE, "01712 345 678")[0]
    assert stored in said_keys(f"call {said} please")


def test_a_wallet_may_be_an_account_with_letters() -> None:
    wallet = NewNumber(kind=NumberKind.WALLET, value="TV-55 2081")
    assert is_readable(wallet)
    assert not is_readable(NewNumber(kind=NumberKind.PHONE, value="TV-55 2081"))
    assert number_keys(NumberKind.WALLET, "tv-55-2081") == number_keys(
        NumberKind.WALLET, "TV-55 2081"
    )


@pytest.mark.parametrize(
    ("evidence", "certain"),
    [
        ((E.DOCUMENT,), False),
        ((E.SAME_NUMBER,), False),
        ((E.VISIT,), False),
        ((E.CASES,), False),
        ((E.ADMITTED,), True),
        ((E.FINDING,), True),
        ((E.DECISION,), True),
        ((E.DOCUMENT, E.VISIT), True),
        ((E.DOCUMENT, E.DOCUMENT), False),
        ((), False),
    ],
)
def test_certain_needs_two_things_or_one_that_was_decided(
    evidence: tuple[TieEvidence, ...], certain: bool
) -> None:
    assert may_be_certain(evidence) is certain


@given(st.lists(st.sampled_from(TieEvidence)), st.lists(st.sampled_from(TieEvidence)))
def test_nobody_ticks_what_only_cases_show(
    asked: list[TieEvidence], before: list[TieEvidence]
) -> None:
    standing = make_tie(evidence=tuple(before))
    assert not FROM_CASES & set(evidence_now(None, asked))
    assert FROM_CASES & set(evidence_now(standing, asked)) == FROM_CASES & set(before)
    taken_back = make_tie(evidence=tuple(before), judgement=Judgement.WITHDRAWN)
    assert not FROM_CASES & set(evidence_now(taken_back, asked))
    assert set(evidence_now(None, asked, proved=FROM_CASES)) >= FROM_CASES


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_the_day_to_look_again_tells_no_day(today: date) -> None:
    again = look_again_on(today)
    assert (again.month, again.day) == (1, 1)
    assert 2 <= (again - today).days / 365 <= 3.01


def test_the_last_word_on_each_agency_stands() -> None:
    other = UUID(int=3)
    first, second = (
        make_tie(),
        make_tie(judgement=Judgement.WITHDRAWN, evidence=(), confidence=None),
    )
    third = make_tie(agency_id=other)
    found = ties_by_agency([first, third, second])
    assert [(one.standing, one.earlier) for one in found] == [(second, (first,)), (third, ())]
