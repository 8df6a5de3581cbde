"""The keys under which agencies are filed: what people say leads to them, and never to too many."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.names import make_facts
from recruitwatch.names.dictionary import load_dictionary
from recruitwatch.names.rules.agencies import read_agency, read_said, web_name
from recruitwatch.names.rules.keys import (
    MOST_CANDIDATES,
    MOST_FETCHED,
    agency_keys,
    best_candidates,
    chosen_keys,
    number_keys,
    query_keys,
)
from recruitwatch.names.values import Said

PADMA = make_facts(
    "Padma Meghna Overseas Ltd", "পদ্মা মেঘনা", number="RL-0042", phones=("029550101",),
    address="14 Rahmat Tower",
)  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        "Padma", "Padna Meghna", "podmo", "Padmameghna", "পদ্মা", "PMOL", "RL 42", "02-955-0101", "Rahmat tower",
        "the Meghna people",
    ],
)  # fmt: skip
def test_what_is_said_shares_a_key_with_the_agency(said: str) -> None:
    agency = read_agency(PADMA, load_dictionary())
    keys = {key for key, _ in query_keys(read_said(Said(text=said), load_dictionary()))}
    assert keys & agency_keys(agency)


def test_a_slip_that_costs_the_fourth_consonant_still_leads_to_the_agency() -> None:
    agency = read_agency(make_facts("Dolbatan Overseas"), load_dictionary())
    keys = {key for key, _ in query_keys(read_said(Said(text="Dolbayan"), load_dictionary()))}
    assert "d:tlbn" in keys & agency_keys(agency)


@pytest.mark.parametrize("said", ["", "Ltd", "zzz", "!?"])
def test_what_says_nothing_shares_none_but_that_of_the_legal_form(said: str) -> None:
    agency = read_agency(PADMA, load_dictionary())
    keys = {key for key, _ in query_keys(read_said(Said(text=said), load_dictionary()))}
    assert len(keys & agency_keys(agency)) <= 1


@pytest.mark.parametrize(
    ("runs", "digits", "keys"),
    [
        (["0042"], "42", "n:42"),
        (["0123", "5", "1234"], "12351234", "n:12351234 n:123 n:1234 e:123 e:234"),
        (["1739"], "1739", "n:1739 e:173 e:739"),
        # No end begins with a nought: what is said is compared without leading ones.
        (["2010"], "2010", "n:2010 e:201"),
        ([], "", ""),
        (["7"], "7", "n:7"),
    ],
)
def test_keys_of_a_number(runs: list[str], digits: str, keys: str) -> None:
    assert sorted(number_keys(runs, digits)) == sorted(keys.split())


def test_a_number_without_end_has_few_keys() -> None:
    digits = "123456789" * 500
    filed = list(number_keys([digits], digits))
    assert len(filed) <= 1 + 2 * 8
    assert max(len(key) for key in filed if key.startswith("e:")) == len("e:") + 10


def test_amounts_in_a_sentence_are_not_looked_for_among_the_ends_of_numbers() -> None:
    said = Said(text="I gave him altogether 739 and he never came back")
    keys = {key for key, _ in query_keys(read_said(said, load_dictionary()))}
    assert "n:739" in keys
    assert "e:739" not in keys


keys = st.lists(
    st.tuples(st.sampled_from([f"{k}:{n}" for k in "nstpk" for n in range(20)]), st.just("w"))
)
counts = st.dictionaries(
    st.sampled_from([f"{k}:{n}" for k in "nstpk" for n in range(20)]), st.integers(0, 5000)
)


@settings(deadline=None)
@given(keys, counts, st.integers(1, 100_000))
def test_no_more_agencies_are_fetched_than_can_be_looked_at(
    asked: list[tuple[str, str]], known: dict[str, int], total: int
) -> None:
    chosen = chosen_keys(asked, known, total)
    assert sum(known[key] for key in chosen) <= MOST_FETCHED
    assert chosen == chosen_keys(list(reversed(asked)), known, total)


def test_the_best_sixty_are_ranked_and_ties_go_by_key() -> None:
    chosen = {"s:padma": ("padma", 3.0), "k:pdm": ("padma", 1.0)}
    found = {f"{n:03}": {"s:padma"} if n == 150 else {"k:pdm"} for n in range(200)}
    best = best_candidates(found, chosen)
    assert best[0] == "150"
    assert best[1:4] == ["000", "001", "002"]
    assert len(best) == MOST_CANDIDATES


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.green-teal.example/contact", "green teal"),
        ("alnoor.com.bd", "alnoor"),
        ("no address", None),
        ("", None),
    ],
)
def test_the_name_in_a_web_address(address: str, name: str | None) -> None:
    found = web_name(address)
    assert (found.text if found else None) == name
