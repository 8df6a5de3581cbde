"""The escrow: a key pair whose private part is split into three shares, of which any two restore it.

Shares are SLIP-0039 mnemonics: words with a checksum, made for paper. One each for the ministry, the
ombudsperson and the auditor, so that none of them can read a case alone and one may lose the share.
"""

from collections.abc import Sequence

import msgspec
from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics

from recruitwatch.keys.boxes import KeyPair, new_pair, pair_from

NEEDED, SHARES = 2, 3


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
    """The key pair from two shares. Raises SharesDoNotFit."""
    words = [" ".join(share.lower().split()) for share in shares]
    try:
        return pair_from(combine_mnemonics(words))
    except (MnemonicError, ValueError) as problem:
        raise SharesDoNotFit(f"The shares do not fit: {problem}.") from None
