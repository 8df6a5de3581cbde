"""Licence and telephone numbers inside somebody's words."""

import pytest

from recruitwatch.names.dictionary import load_dictionary
from recruitwatch.names.register import MemoryRegister
from recruitwatch.names.rules.numbers import (
    half_written,
    phones_fit,
    said_numbers,
    said_phones,
    written_out,
)
from recruitwatch.names.values import AgencyFacts, AgencyName, Outcome, Said


@pytest.mark.parametrize(
    ("said", "letters", "digits", "labelled"),
    [
        ("RL-0123", "", "123", True),
        ("rl no.123", "", "123", True),
        ("R.L. 123", "", "123", True),
        ("আর এল ১২৩", "", "123", True),
        ("লাইসেন্স নং ১২৩", "", "123", True),
        ("licence number 00123", "", "123", True),
        ("MLA-7", "MLA", "7", False),
        ("123", "", "123", False),
    ],
)
def test_notations_of_a_licence_number(
    said: str, letters: str, digits: str, labelled: bool
) -> None:
    (number,) = said_numbers(said, load_dictionary())
    assert number.digits == digits
    assert number.labelled is labelled
    assert number.letters in ("RL", letters)


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("licence number of the agency is 1234", "1234"),
        ("licence MLA-1234", "1234"),
        ("RL 12/1234", "1234"),
    ],
)
def test_a_number_that_is_called_a_licence(said: str, digits: str) -> None:
    numbers = said_numbers(said, load_dictionary())
    assert [one.labelled for one in numbers if one.digits == digits] == [True]


@pytest.mark.parametrize(
    "said",
    [
        "driving licence 1234", "ড্রাইভিং লাইসেন্স ১২৩৪", "my medical licence expired 1234",
        "I have no licence number but gave 1234 taka", "licence fee 1234", "RL 1234 rupees",
        "licence? don't know. He took 1234 dollars", "RL jani na, 1234 riyal disi",
        "rl no mone nai 1234 number ghor", "লাইসেন্স ফি ১২৩৪ টাকা",
    ],
)  # fmt: skip
def test_an_amount_beside_the_word_licence_is_no_licence_number(said: str) -> None:
    register = MemoryRegister(
        [AgencyFacts(key="a", names=(AgencyName("Hizolbon Overseas"),), number="1234")]
    )
    assert register.match(Said(text=said)).outcome is Outcome.UNMATCHED


@pytest.mark.parametrize("said", ["", "no number", "the 4 herons", "RL"])
def test_what_is_no_licence_number(said: str) -> None:
    assert said_numbers(said, load_dictionary()) == ()


def test_all_of_it_or_a_part_of_a_sentence() -> None:
    (alone,) = said_numbers("licence 1234", load_dictionary())
    (within,) = said_numbers("I paid 1234 to the man", load_dictionary())
    assert alone.whole
    assert not within.whole


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("call +880 1711-123456 now", {"8801711123456"}),
        ("০১৭১১১২৩৪৫৬", {"1711123456"}),
        ("0171 1123456, 02-9550101", {"1711123456", "29550101"}),
        ("123456", set()),
        ("room 4, floor 5", set()),
    ],
)
def test_telephones_in_words(said: str, found: set[str]) -> None:
    assert said_phones(said) == found


@pytest.mark.parametrize(
    ("one", "other", "fit"),
    [
        ("1711123456", "8801711123456", True),
        ("8801711123456", "1711123456", True),
        ("9550101", "29550101", True),
        ("550101", "29550101", False),
        ("1711123457", "8801711123456", False),
    ],
)
def test_a_telephone_with_and_without_the_code_of_the_country(
    one: str, other: str, fit: bool
) -> None:
    assert phones_fit(one, other) is fit


def test_a_long_number_written_out() -> None:
    number = "B-0123/XXX/PER/1000/5/1234"
    assert not written_out("B-0123", number)
    assert written_out("it says B-0123/XXX/PER/1000/5/1234 here", number)


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("इ.प.नं. ९१२७/०७७/०७८", "9127/077/078"),
        ("licence no 9127/077/078 of Kathmandu", "9127/077/078"),
        ("ፈቃድ ቁጥር MOLS/ET/916/2014", "MOLS/ET/916/2014"),
        ("လိုင်စင်အမှတ် ၉၁၃/၂၀၁၉", "913/2019"),
        ("ใบอนุญาตเลขที่ น.๙๙๑๒/๒๕๖๖", "น.9912/2566"),
    ],
)
def test_a_number_in_several_runs_is_read_whole(said: str, number: str) -> None:
    assert written_out(said, number)


@pytest.mark.parametrize("said", ["19127/077/078", "9127/077/0781", "licence 9127"])
def test_more_or_fewer_digits_are_another_number(said: str) -> None:
    assert not written_out(said, "9127/077/078")


def test_a_run_of_a_longer_number_is_not_that_number() -> None:
    """9127/077/078 of Nepal does not make the holder of RL-9127 certain."""
    agencies = [
        AgencyFacts(key="BD", names=(AgencyName("Zephyrin Overseas"),), number="RL-9127"),
        AgencyFacts(key="NP", names=(AgencyName("Himdhara Employment"),), number="9127/077/078"),
    ]
    match = MemoryRegister(agencies).match(Said(text="licence 9127/077/078"))
    assert (match.candidates[0].key, match.outcome) == ("NP", Outcome.CERTAIN)
    half = MemoryRegister(agencies).match(Said(text="licence 9127/077"))
    assert half.outcome is not Outcome.CERTAIN
    assert "NP" in {candidate.key for candidate in half.candidates}


def longer_numbers() -> list[AgencyFacts]:
    """More agencies than are looked at, with numbers that begin or end with 201."""
    numbers = (*range(20100, 20200), *range(30201, 90201, 1000))
    return [
        AgencyFacts(key=f"{n}", names=(AgencyName("Hizolbon Overseas"),), number=f"RL-{n}")
        for n in numbers
    ]


def test_many_numbers_that_begin_or_end_so_do_not_hide_the_number_itself() -> None:
    own = AgencyFacts(key="own", names=(AgencyName("Zephyrin Overseas"),), number="RL-0201")
    match = MemoryRegister([*longer_numbers(), own]).match(Said(text="RL 201"))
    assert (match.candidates[0].key, match.outcome) == ("own", Outcome.CERTAIN)


def test_nor_that_two_agencies_hold_it() -> None:
    two = [
        AgencyFacts(key=key, names=(AgencyName(name),), number=number)
        for key, name, number in (
            ("x", "Zephyrin Overseas", "RL-201"),
            ("y", "Himdhara Overseas", "RL 0201"),
        )
    ]
    for said in ("RL 201", "RL-201 Zephyrin"):
        match = MemoryRegister([*longer_numbers(), *two]).match(Said(text=said))
        assert {one.key for one in match.candidates[:2]} == {"x", "y"}
        assert match.outcome is not Outcome.CERTAIN


@pytest.mark.parametrize("said", ["RL 739", "licence 739", "739", "RL-173", "licence no. 173"])
@pytest.mark.parametrize("name", ["", "Zephyrin", "Zephyrin Overseas"])
def test_the_end_of_a_number_makes_nothing_certain(said: str, name: str) -> None:
    agency = AgencyFacts(key="a", names=(AgencyName("Zephyrin Overseas"),), number="RL-1739")
    match = MemoryRegister([agency]).match(Said(text=f"{name} {said}"))
    assert [one.key for one in match.candidates] == ["a"]
    assert match.outcome is not Outcome.CERTAIN


@pytest.mark.parametrize(
    ("text", "number", "half"),
    [
        ("लाइसेन्स ९१३०/०७६", "9130/076/077", "9130/076"),
        ("licence 914/2014", "MOLS/ET/914/2014", "914/2014"),
        ("licence 914", "MOLS/ET/914/2014", ""),
        ("flat 4/5", "9130/076/077", ""),
    ],
)
def test_half_of_a_long_number(text: str, number: str, half: str) -> None:
    assert half_written(text, number) == half


@pytest.mark.parametrize("said", ["0", "1/", "1 ", "+1-", "(", "licence 1 ", "ক", "好"])
def test_of_a_statement_without_end_the_beginning_is_read(said: str) -> None:
    register = MemoryRegister([AgencyFacts(key="a", names=(AgencyName("Hizolbon Overseas"),))])
    match = register.match(Said(text="Hizolbon Overseas, " + said * 50_000))
    assert [one.key for one in match.candidates] == ["a"]
