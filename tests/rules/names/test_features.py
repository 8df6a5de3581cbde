"""Each feature of a name on cases where one can see what it must say."""

from collections.abc import Callable
from pathlib import Path

import pytest

from factories.names import make_facts
from recruitwatch.names.dictionary import load_dictionary
from recruitwatch.names.register import MemoryRegister
from recruitwatch.names.rules.agencies import read_agency, read_said
from recruitwatch.names.rules.comparing import Comparison, Weights, compare
from recruitwatch.names.rules.evidence import licence_number, officers_word, place, telephone
from recruitwatch.names.rules.features import BASE, FEATURES, as_score, name_points
from recruitwatch.names.rules.ranking import THRESHOLD
from recruitwatch.names.rules.reasons import SENTENCES, in_words
from recruitwatch.names.rules.weighing import LEAST_RARITY, rarity, worth
from recruitwatch.names.values import Commonness, Reason, Said, Word, WordKind

NOTHING_COMMON = Commonness(1000, {})


def best(said: str, name: str) -> Comparison:
    dictionary = load_dictionary()
    agency = read_agency(make_facts(name), dictionary)
    query = read_said(Said(text=said), dictionary)
    seen = [
        c for read in agency.names for c in compare(query, agency, read, Weights(NOTHING_COMMON))
    ]
    return max(seen, key=name_points)


def value(feature: str, said: str, name: str) -> float:
    return next(f for f in FEATURES if f.name == feature).value(best(said, name))


@pytest.mark.parametrize(
    ("feature", "more", "less"),
    [
        ("name-said", "Padma Meghna", "Padma"),
        ("name-said", "Padma", "Travels"),
        ("words-explained", "Padma Meghna", "Padma Meghna Jamuna"),
        ("words-explained", "near the mosque Padma Meghna", "Jamuna Padma Meghna"),
        ("sounds-alike", "Padmameghna", "Padma Jamuna"),
        ("rare-words", "Padma Meghna", "Padma"),
        ("doubtful-word", "Padna Meghna", "Padma Meghna"),
        ("name-missing", "Padma", "Padma Meghna"),
        ("trade-missing", "Padma Meghna", "Padma Meghna Travels"),
        ("other-trade", "Padma Meghna Overseas", "Padma Meghna Travels"),
        ("said-elsewhere", "Jamuna, Padma Meghna", "Padma Meghna"),
        ("same-order", "Padma Meghna", "Meghna Padma"),
    ],
)
def test_a_feature_is_greater_on_the_first_than_on_the_second(
    feature: str, more: str, less: str
) -> None:
    name = "Padma Meghna Travels Ltd"
    assert value(feature, more, name) > value(feature, less, name)


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ("Padma Meghna Travels Ltd", True),
        ("PADMA MEGHNA TRAVELS LIMITED", True),
        ("Padma Meghna Travels", False),
        ("Padma Meghna", False),
        ("Padma Meghna Travels Ltd Dhaka Jamuna", False),
    ],
)
def test_the_whole_name(said: str, same: bool) -> None:
    assert best(said, "Padma Meghna Travels Ltd").exact is same


def test_points_are_the_sum_that_is_published() -> None:
    seen = best("Padma Meghna", "Padma Meghna Travels Ltd")
    by_hand = BASE + sum(f.weight * f.value(seen) for f in FEATURES)
    assert name_points(seen) == by_hand


@pytest.mark.parametrize(
    ("points", "score"), [(0.0, 0.5), (-1000.0, 0.0), (1000.0, 1.0), (2.0, 0.8808)]
)
def test_points_as_a_score(points: float, score: float) -> None:
    assert as_score(points) == score


def test_rare_words_weigh_more_and_legal_forms_next_to_nothing() -> None:
    def word(text: str, kind: WordKind = WordKind.NAME) -> Word:
        return Word(text, text, text, text, "LATIN", kind)

    common = Commonness(1000, {"s:golden": 300, "s:padma": 1})
    assert rarity(word("padma"), common) > rarity(word("golden"), common) >= LEAST_RARITY
    assert rarity(word("never"), common) == rarity(word("padma"), common)
    assert worth(word("padma", WordKind.LEGAL), common) < worth(word("golden"), common)


def explanation(feature: Callable[..., object]) -> str:
    """What a docstring says, in one line."""
    return " ".join((feature.__doc__ or "").split())


def test_every_feature_has_a_public_explanation() -> None:
    for feature in FEATURES:
        assert feature.name
        assert feature.weight
        assert len(explanation(feature.value)) > 40, feature.name


def test_every_reason_can_be_told() -> None:
    for feature in SENTENCES:
        assert in_words(Reason(feature, 1.0, "said", "known")).endswith(": said ~ known")
        assert ":" not in in_words(Reason(feature, 1.0))


def test_the_likeness_of_common_words_counts_less_in_a_register_full_of_them() -> None:
    few = MemoryRegister(
        [make_facts("Golden Gate"), *(make_facts(f"Silver {n}") for n in "abcdefgh")]
    )
    many = MemoryRegister(
        [
            make_facts("Golden Gate"),
            *(make_facts(f"Golden {n}") for n in ("Teal", "Hill", "Kite", "Loom")),
        ]
    )
    said = Said(text="Golden")
    assert few.match(said).candidates[0].score > many.match(said).candidates[0].score


def test_the_page_about_the_matcher_says_what_the_code_does() -> None:
    text = (Path(__file__).parents[3] / "docs" / "matching.md").read_text(encoding="utf-8")
    for one in FEATURES:
        assert f"| `{one.name}` | {one.weight:+g} | {explanation(one.value)} |" in text
    for rule in (licence_number, telephone, place, officers_word):
        assert explanation(rule) in text
    assert f"a score of {THRESHOLD} or more" in text
    assert f"Points begin at −{-BASE:g}." in text
