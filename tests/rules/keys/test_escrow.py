"""Any two of the three shares restore the escrow; anything less is refused in a sentence."""

from collections.abc import Sequence
from itertools import permutations

import pytest

from recruitwatch.keys.boxes import unwrap, wrap
from recruitwatch.keys.escrow import WORDS, SharesDoNotFit, make_escrow, restore

ESCROW, ANOTHER = make_escrow(), make_escrow()
ONE, TWO, THREE = ESCROW.shares


def changed(share: str, place: int, word: str) -> str:
    words = share.split()
    words[place] = word
    return " ".join(words)


@pytest.mark.parametrize("shares", [*permutations(ESCROW.shares, 2), ESCROW.shares])
def test_any_two_shares_open_what_was_wrapped_for_the_escrow(shares: Sequence[str]) -> None:
    wrapped = wrap(ESCROW.public, "case:1", b"the secret of a case")
    assert unwrap(restore(shares).private, "case:1", wrapped) == b"the secret of a case"
    assert restore(shares).public == ESCROW.public


def test_every_escrow_is_another_one() -> None:
    assert len({*ESCROW.shares, *ANOTHER.shares}) == 6
    assert ESCROW.public != ANOTHER.public
    assert {len(share.split()) for share in ESCROW.shares} == {WORDS}


def test_shares_are_read_as_people_write_them_down() -> None:
    numbered = "\n".join(f"{place:>2}. {word.upper()}" for place, word in enumerate(ONE.split(), 1))
    assert restore([numbered, f"  {TWO}\n"]) == restore([ONE, TWO])
    assert restore([ONE, ONE, THREE]) == restore([ONE, THREE])


@pytest.mark.parametrize(
    ("shares", "sentence"),
    [
        ([], "Two different shares are needed."),
        ([ONE], "Two different shares are needed."),
        ([ONE, ONE.upper()], "Two different shares are needed."),
        ([ONE, ANOTHER.shares[1]], "These shares are not of one escrow."),
        ([ONE, TWO, ANOTHER.shares[2]], "These shares are not of one escrow."),
        ([ONE, "passport"], "A share has 33 words, one of these has 1."),
        ([ONE, ""], "A share has 33 words, one of these has 0."),
        (
            [ONE, changed(TWO, 4, "passport")],
            "Word 5 of a share is not one that shares are made of.",
        ),
        (
            [ONE, changed(TWO, 32, "academic" if TWO.split()[32] != "academic" else "acid")],
            "A share has a wrong word, or two words changed places.",
        ),
    ],
)
def test_shares_that_do_not_fit_are_refused_in_a_sentence(
    shares: Sequence[str], sentence: str
) -> None:
    with pytest.raises(SharesDoNotFit) as refused:
        restore(shares)
    assert str(refused.value) == sentence
