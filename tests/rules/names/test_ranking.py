"""What a person sees of the matcher: who stands first, with which outcome, and why."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.names import CROWD, features, make_facts, make_register, match
from recruitwatch.names.dictionary import load_dictionary
from recruitwatch.names.register import MemoryRegister
from recruitwatch.names.rules.agencies import read_agency, read_said
from recruitwatch.names.rules.ranking import MOST_SHOWN, MOST_SUGGESTED, THRESHOLD, rank
from recruitwatch.names.values import AgencyName, Commonness, Judgement, NameKind, Outcome, Said

PADMA = make_facts(
    "Padma Overseas Ltd", number="RL-0042", phones=("+880 2 955-0101",), city="Dhaka",
    address="14 Rahmat Tower, Paltan",
)  # fmt: skip


def first(said: str, *agencies: object) -> str:
    found = match(said, *agencies)  # type: ignore[arg-type]
    return found.candidates[0].key if found.candidates else ""


@pytest.mark.parametrize(
    ("said", "name"),
    [
        # left out, shortened, in another order, joined and divided
        ("Moonrise O/S", "Moonrise Overseas Recruiting"),
        ("Yakmaya HR", "Yakmaya Human Resources"),
        ("Manpower Transdelta", "Trans Delta Manpower"),
        ("Greenteal Overseas", "Green Teal Overseas"),
        ("Newloom man power", "New Loom Manpower"),
        ("4 Heron Overseas", "Four Herons Overseas"),
        # slips, sounds
        ("Dolonchampa Travel", "Dolonchapa Travels"),
        ("Finiks Jut Rekruters", "Phoenix Jute Recruiters"),
        ("Sonatoly Entarpraij", "Sonatoli Enterprise"),
        # other scripts
        ("মুনরাইজ ওভারসিজ", "Moonrise Overseas Recruiting"),
        ("يوسف طرب انترناشيونال", "Yusuf Tarab International"),
        ("धुलिखेल जब प्वाइन्ट", "Dhulikhel Job Point"),
        ("අරලිය ලංකා විදේශ රැකියා", "Araliya Lanka Foreign Employment"),
        ("ውበት ኤጀንሲ", "Wubet Agency"),
        ("گلموہر ریکروٹنگ", "Gulmohar Recruiting"),
        # in a sentence, and among places
        ("I paid the man from Shirina Overseas near the mosque", "Shirina Overseas"),
        ("nargis air international agency dhaka paltan", "Nargis Air International"),
    ],
)
def test_the_agency_that_is_meant_stands_first(said: str, name: str) -> None:
    assert first(said) == name


@pytest.mark.parametrize("said", ["কপার Gate ইন্টারন্যাশনাল", "Copper\u200b Gate", "cOPPER gATE iNT."])
def test_mixed_scripts_joiners_and_capitals_do_not_matter(said: str) -> None:
    assert first(said) == "Copper Gate International"


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("RL-0042", Outcome.CERTAIN),
        ("licence no. RL 42", Outcome.CERTAIN),
        ("আর এল ৪২", Outcome.CERTAIN),
        ("Padma Overseas, licence RL-0042", Outcome.CERTAIN),
        # A telephone alone is one fact; with the name as it is they are two.
        ("Padma Overseas Ltd, 029550101", Outcome.CERTAIN),
        ("call 02 955 0101", Outcome.SUGGESTED),
        ("Padma Oversea", Outcome.SUGGESTED),
        # The number is Padma's and the name is quite another's.
        ("Zentharis International RL-0042", Outcome.SUGGESTED),
        ("RL-0043", Outcome.UNMATCHED),
        ("the fat man from the bazaar", Outcome.UNMATCHED),
        ("", Outcome.UNMATCHED),
        ("?!", Outcome.UNMATCHED),
    ],
)
def test_three_outcomes(said: str, outcome: Outcome) -> None:
    assert match(said, PADMA).outcome is outcome


def test_two_agencies_with_one_number_make_nothing_certain() -> None:
    twins = [
        make_facts("Rupsha Travels", number="RL-7777"),
        make_facts("Halda Air", number="RL-7777"),
    ]
    assert match("RL-7777", *twins).outcome is not Outcome.CERTAIN
    assert match("Halda Air RL-7777", *twins).candidates[0].key == "Halda Air"


def test_a_row_key_of_a_list_is_no_licence_number() -> None:
    listed = make_facts("Rupsha Travels", number="HKROW-0042", row_key=True)
    assert match("licence HKROW-0042", listed).outcome is Outcome.UNMATCHED


def test_two_that_fit_alike_are_shown_and_none_is_suggested() -> None:
    found = match("Rupsha", "Rupsha Travels Dhaka", "Rupsha Travels Sylhet")
    assert {one.key for one in found.candidates[:2]} == {
        "Rupsha Travels Dhaka",
        "Rupsha Travels Sylhet",
    }
    assert found.outcome is Outcome.UNMATCHED


def test_what_an_officer_ruled_out_is_not_offered_and_what_was_confirmed_is() -> None:
    said = "Padma Oversea"
    assert "Padma Overseas Ltd" in {one.key for one in match(said, PADMA).candidates}
    ruled_out = match(said, PADMA, judged={PADMA.key: Judgement.OTHER})
    assert PADMA.key not in {one.key for one in ruled_out.candidates}
    confirmed = match("padma company", PADMA, judged={PADMA.key: Judgement.SAME})
    assert confirmed.candidates[0].key == PADMA.key
    assert "officer-confirmed" in features(confirmed, PADMA.key)


@pytest.mark.parametrize(
    ("said", "feature"),
    [
        ("RL-0042", "licence-number"),
        ("42", "licence-digits"),
        ("02-9550101", "telephone"),
        ("Padma, Rahmat Tower", "place"),
        ("Padma Overseas Ltd", "whole-name"),
        ("Padma", "same-words"),
        ("Podmo Oversees", "alike-words"),
        ("Padma International Overseas", "other-words"),
        ("Overseas Padma licence RL-9999", "other-licence"),
    ],
)
def test_each_candidate_says_why_it_is_there(said: str, feature: str) -> None:
    assert feature in features(match(said, PADMA), PADMA.key)


def test_reasons_of_names_that_are_not_the_registered_one() -> None:
    agency = make_facts("Dhruvo Human Resource", "Kasturi Recruiting House", kind=NameKind.FORMER)
    found = match("Kasturi Recruiting House", agency)
    assert found.candidates[0].key == agency.key
    assert "former-name" in features(found, agency.key)
    taught = make_facts("Dhruvo Human Resource", "Boro Bari", taught=True)
    assert "taught-name" in features(match("Boro Bari", taught), taught.key)


def test_initials() -> None:
    agency = make_facts("Meghdoot Overseas Employment Services")
    found = match("MOES", agency)
    assert found.candidates[0].key == agency.key
    assert "initials" in features(found, agency.key)
    assert match("MOES Chowdhury Kobi", agency).outcome is Outcome.UNMATCHED


@pytest.mark.parametrize(
    ("said", "number", "feature"),
    [
        ("licence 1234", "B-0123/XXX/PER/1000+/5/1234/2010", "licence-part"),
        ("739", "RL-1739", "licence-part"),
        ("licence ১৭৩", "RL-1739", "licence-part"),
        ("Rupsha licence 12345", "RL-12346", "licence-near"),
        ("B-0123/XXX/PER/1000+/5/1234/2010", "B-0123/XXX/PER/1000+/5/1234/2010", "licence-number"),
        ("DMW 123 LB", "DMW-123-LB", "licence-number"),
        ("07C1234", "07C1234", "licence-number"),
    ],
)
def test_licence_numbers_in_many_notations(said: str, number: str, feature: str) -> None:
    agency = make_facts("Rupsha Travels", number=number)
    assert feature in features(match(said, agency), agency.key)


words = st.sampled_from(
    "Padma Meghna Jamuna Surma Overseas International Travels Ltd পদ্মা ওভারসিজ 金龍 僱傭 النور RL-0042 42 "
    "0171 1234567 from near the Golden Star".split()
)  # fmt: skip
texts = st.lists(words, min_size=0, max_size=7).map(" ".join) | st.text(max_size=40)
names = st.lists(words, min_size=1, max_size=5).map(" ".join)
registers = st.lists(names, min_size=1, max_size=12, unique=True)


def as_register(listed: list[str]) -> MemoryRegister:
    return MemoryRegister(
        make_facts(name, key=f"{place:02} {name}", number=f"RL-{place:04}")
        for place, name in enumerate(listed)
    )


@settings(deadline=None)
@given(registers, texts)
def test_laws_of_every_answer(listed: list[str], said: str) -> None:
    register = as_register(listed)
    found = register.match(Said(text=said))
    assert found == register.match(Said(text=said))
    assert len(found.candidates) <= MOST_SHOWN
    scores = [one.score for one in found.candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    suggested = [one for one in found.candidates if one.outcome is Outcome.SUGGESTED]
    assert len(suggested) <= MOST_SUGGESTED
    assert all(one.score >= THRESHOLD for one in suggested)
    if not found.candidates:
        assert found.outcome is Outcome.UNMATCHED
    else:
        assert found.outcome is found.candidates[0].outcome
    for one in found.candidates:
        worths = [reason.worth for reason in one.reasons]
        assert worths == sorted(worths, reverse=True)


@settings(deadline=None)
@given(registers, texts, st.randoms(use_true_random=False))
def test_the_order_of_the_register_does_not_matter(listed: list[str], said: str, chance) -> None:  # type: ignore[no-untyped-def]
    facts = [make_facts(name, key=name, number=f"RL-{len(name):04}") for name in listed]
    shuffled = list(facts)
    chance.shuffle(shuffled)
    assert MemoryRegister(facts).match(Said(text=said)) == MemoryRegister(shuffled).match(
        Said(text=said)
    )


@settings(deadline=None)
@given(registers, texts.filter(lambda said: not any(c.isdecimal() for c in said)))
def test_without_a_number_nothing_is_certain(listed: list[str], said: str) -> None:
    assert as_register(listed).match(Said(text=said)).outcome is not Outcome.CERTAIN


@pytest.mark.parametrize("name", CROWD)
def test_every_agency_is_found_by_its_own_name_in_any_order_of_words(name: str) -> None:
    register = make_register()
    assert register.match(Said(text=name)).candidates[0].key == name
    turned = " ".join(reversed(name.split()))
    assert register.match(Said(text=turned)).candidates[0].key == name


def test_what_was_asked_for_apart_counts_as_what_it_is() -> None:
    by_number = match(Said(text="", numbers=("42",)), PADMA)
    assert (
        "licence-digits" in features(by_number, PADMA.key) or by_number.outcome is Outcome.CERTAIN
    )
    by_phone = match(Said(text="", phones=("+8802 9550101",)), PADMA)
    assert "telephone" in features(by_phone, PADMA.key)
    by_place = match(Said(text="Padma", place="Rahmat Tower"), PADMA)
    assert "place" in features(by_place, PADMA.key)


def test_an_agency_with_many_names_is_one_candidate() -> None:
    agency = make_facts("Easy Maid Ltd", "香港搵妹易有限公司", "Hong Kong Easy Maid")
    for said in ("easy maid", "搵妹易", "香港搵妹易"):
        assert [one.key for one in match(said, agency).candidates].count(agency.key) == 1


def test_names_carry_where_they_come_from() -> None:
    agency = make_facts("Easy Maid Ltd", "香港搵妹易有限公司")
    assert match("搵妹易", agency).candidates[0].name == "香港搵妹易有限公司"
    assert AgencyName("x").kind is NameKind.REGISTERED


def test_initials_in_one_name_do_not_change_what_a_word_is_in_another() -> None:
    """MP is a name in "MP Travels" and short for manpower in "Rivoli MP": whoever is looked at first."""
    dictionary = load_dictionary()
    agencies = [
        read_agency(make_facts(name), dictionary)
        for name in ("MP Travels Ltd", "Rivoli Manpower Services", "Serv MP", "Kushiyara MP")
    ]
    query = read_said(Said(text="Rivoli mp serv."), dictionary)
    answers = [rank(query, order, Commonness(4, {})) for order in permutations(agencies)]
    assert all(answer == answers[0] for answer in answers)
