"""The escrow: a key pair whose private part is split into three shares, of which any two restore it.

Shares are SLIP-0039 mnemonics: words with a checksum, made for paper. One each for the ministry, the
ombudsperson and the auditor, so that none of them can read a case alone and one may lose the share.
"""

import re
from collections.abc import Sequence
from itertools import combinations

import msgspec
from shamir_mnemonic import MnemonicError, Share, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.wordlist import WORD_INDEX_MAP

from recruitwatch.keys.boxes import KeyPair, new_pair, pair_from

NEEDED, SHARES, WORDS = 2, 3, 33

_WORD = re.compile("[a-z]+")
_MIXED = "These shares are not of one escrow."


class SharesDoNotFit(Exception):
    """These are not two shares of one escrow; the message is one sentence."""


class NewEscrow(msgspec.Struct, frozen=True):
    """The public key, which is kept, and the three shares, which are shown once."""

    public: bytes
    shares: tuple[str, ...]


def make_escrow() -> NewEscrow:
    pair = new_pair()
    groups = generate_mnemonics(1, [(NEEDED, SHARES)], pair.private)
    return NewEscrow(pair.public, tuple(groups[0]))


def restore(shares: Sequence[str]) -> KeyPair:
    """The key pair from any two shares, or all three. Words may be numbered and on many lines.
    Raises SharesDoNotFit, whose sentence repeats nothing of a share."""
    different = {tuple(_WORD.findall(share.lower())) for share in shares}
    if len(different) < NEEDED:
        raise SharesDoNotFit("Two different shares are needed.")
    for words in different:
        _check(words)
    pairs = {_combine(two) for two in combinations(sorted(different), NEEDED)}
    if len(pairs) != 1:
        raise SharesDoNotFit(_MIXED)
    return pairs.pop()


def _check(words: Sequence[str]) -> None:
    if len(words) != WORDS:
        raise SharesDoNotFit(f"A share has {WORDS} words, one of these has {len(words)}.")
    if unknown := [place for place, word in enumerate(words, 1) if word not in WORD_INDEX_MAP]:
        raise SharesDoNotFit(f"Word {unknown[0]} of a share is not one that shares are made of.")
    try:
        Share.from_mnemonic(" ".join(words))
    except (MnemonicError, ValueError):
        raise SharesDoNotFit("A share has a wrong word, or two words changed places.") from None


def _combine(shares: Sequence[Sequence[str]]) -> KeyPair:
    try:
        return pair_from(combine_mnemonics([" ".join(words) for words in shares]))
    except (MnemonicError, ValueError):
        raise SharesDoNotFit(_MIXED) from None
