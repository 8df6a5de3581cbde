"""Which words can be kept as a name of an agency, and how a name is heard."""

import pytest

from recruitwatch.agencies.rules.taught import heard_as, heard_in, is_a_name
from recruitwatch.complaints.rules.learning import name_fault
from recruitwatch.complaints.values.filing import Told
from recruitwatch.complaints.values.learning import KNOWN_NAME, NO_NAME, POINTS_TO_HER
from recruitwatch.names.dictionary import load_dictionary
from recruitwatch.names.rules.agencies import read_said
from recruitwatch.names.values import Said

WORDS = load_dictionary()
KNOWN = ("Dolonchapa Travels Ltd",)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("Blue Gate office", True),
        ("দোলনচাঁপা", True),
        ("البوابة الزرقاء", True),
        ("Gate 7", True),
        ("Overseas Ltd", False),
        ("Dolonchapa 01711 223344", False),
        ("০১৭১১২২৩৩৪৪ দোলনচাঁপা", False),
        ("dolon@example.org", False),
        ("I paid them two lakh and they never gave me my passport back", False),
        ("", False),
        ("龍", False),
        ("Blue Gate ①②③④⑤", False),
        ("Blue Gate ²³⁴⁵⁶", False),
        ("Blue Gate 〇一七一一", False),
        ("bluegate.com", False),
        ("Blue Gate www.gate.com.bd", False),
        ("S.A. Blue Pvt.Ltd.", True),
    ],
)
def test_only_short_words_without_a_telephone_are_a_name(text: str, fits: bool) -> None:
    assert is_a_name(text, WORDS) is fits


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Blue Gate", None),
        ("dolonchapa travels ltd", KNOWN_NAME),
        ("Blue Gate 01711223344", NO_NAME),
        ("Blue Gate Rahima", POINTS_TO_HER),
        ("Blue Gate Raheema", POINTS_TO_HER),
        ("Dolonchapa Tarek", POINTS_TO_HER),
    ],
)
def test_nothing_of_her_leaves_the_case(text: str, fault: str | None) -> None:
    told = Told(name=text, call_me="Rahima", hide_person="Tarek Miah")
    assert name_fault(text, told, KNOWN, WORDS) == fault


def test_a_name_is_heard_inside_a_sentence_and_however_it_is_divided() -> None:
    heard = heard_as("Blue Gate", WORDS)
    for said in ("Bluegate", "blue-gate", "I paid the man from Blue Gate, Dhaka"):
        assert heard in heard_in(read_said(Said(text=said), WORDS)), said
