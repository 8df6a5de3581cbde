"""Numbers of contracts that can be checked by themselves, initials, and terms as they are registered."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime

import msgspec

from recruitwatch.contracts.rules.assembling import terms_hash
from recruitwatch.contracts.rules.choosing import DECLARED
from recruitwatch.contracts.rules.corridor import law_of
from recruitwatch.contracts.values.judged import ContractLibrary
from recruitwatch.contracts.values.registered import ContractState
from recruitwatch.contracts.values.terms import (
    SHORT_HASH,
    Contract,
    ContractInput,
    Terms,
    WorkerIs,
)

# No I, L, O, 0 and 1: they are taken for each other. A prime count lets one letter prove the others.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
RANDOM_LETTERS = 10
_GROUP = 5
_MOST_INITIALS = 4
# No script writes more signs around a letter; four initials stay short whatever a name holds.
_MOST_SIGNS = 4
_WRITTEN_FOR = str.maketrans("", "", " -–—‐‑./")


def number_of(year: int, picks: Sequence[int]) -> str:
    """The number of a contract: its year, ten letters picked at random, and one that proves the rest.
    31 to the 10th are too many to be guessed."""
    body = "".join(LETTERS[one % len(LETTERS)] for one in picks)
    return _grouped(f"{year:04}{body}{_proof(f'{year:04}{body}')}")


def read_number(text: str) -> str | None:
    """The number that somebody wrote, with or without its strokes; None when it is mistyped: any one
    wrong letter and any two neighbours that changed places show."""
    plain = unicodedata.normalize("NFKC", text).upper().translate(_WRITTEN_FOR)
    year, body, proof = plain[:4], plain[4:-1], plain[-1:]
    fits = (
        len(plain) == 4 + RANDOM_LETTERS + 1
        and year.isascii()
        and year.isdecimal()
        and set(body + proof) <= set(LETTERS)
        and proof == _proof(year + body)
    )
    return _grouped(plain) if fits else None


def _grouped(plain: str) -> str:
    body = plain[4:-1]
    return "-".join((plain[:4], body[:_GROUP], body[_GROUP:], plain[-1]))


def _proof(text: str) -> str:
    """Weights from 2 up, all different and below 31, so that the sum shows each single slip."""
    digits = "0123456789"
    total = sum(
        weight * (digits.index(one) if weight < 6 else LETTERS.index(one))
        for weight, one in enumerate(text, start=2)
    )
    return LETTERS[-total % len(LETTERS)]


def initials_of(name: str) -> str:
    """The first letter of each word of a name with its vowel signs, four at most: enough for the worker
    to know the paper as hers, too little for anybody else."""
    return " ".join(f"{_first(word)}." for word in name.split()[:_MOST_INITIALS] if _first(word))


def _first(word: str) -> str:
    word = unicodedata.normalize("NFC", word)
    letters = [at for at, one in enumerate(word) if one.isalpha()]
    if not letters:
        return ""
    end = letters[0] + 1
    most = min(len(word), end + _MOST_SIGNS)
    while end < most and unicodedata.category(word[end]) in ("Mn", "Mc"):
        end += 1
    return word[letters[0] : end].upper()


def numbered(asked: ContractInput, number: str, version: int) -> ContractInput:
    """What was asked for, with the number and version it is registered under."""
    own = {"contract_number": number, "contract_version": str(version)}
    return msgspec.structs.replace(asked, values={**asked.values, **own})


def asked_again(terms: Terms, given: frozenset[str], standard: frozenset[str]) -> ContractInput:
    """Registered terms as an input, to change some of them. `given` are values that a person may set,
    `standard` the clauses that a contract of the pack has by itself. A 0 among what is declared may be the
    model's, and nobody's word: it is asked again."""
    there = {one.id for one in terms.clauses}
    return ContractInput(
        pack=terms.pack,
        origin=terms.origin,
        destination=terms.destination,
        signed_on=terms.signed_on,
        languages=terms.languages,
        worker_is=WorkerIs(terms.worker_is),
        values={
            name: value
            for name, value in terms.values.items()
            if name in given and value is not None and not (name in DECLARED and value == 0)
        },
        without=tuple(sorted(standard - there)),
        also=tuple(sorted(there - standard)),
    )


def contract_of(terms: Terms, library: ContractLibrary, address: str = "") -> Contract:
    """Registered terms, ready to be put on paper: with the first characters of their hash and the address
    of their public page, which are not part of what is hashed. The paper shows what the law said in the
    version that the contract was made with; what law says now is told by a check, never by the paper."""
    values = {**terms.values, "terms_hash_short": terms_hash(terms)[:SHORT_HASH]}
    if address:
        values["verify_url"] = address
    law = law_of(
        library.corridors_of(terms.drawn_with),
        origin=terms.origin,
        destination=terms.destination,
        pack=terms.pack,
        on=terms.signed_on,
        woman=terms.worker_is is WorkerIs.WOMAN,
    )
    kept = msgspec.structs.replace(terms, values=values)
    return Contract(terms=kept, law=law, choices=(), blanks=())


def state_of(version: int, *, newest: int, cancelled_at: datetime | None) -> ContractState:
    """Whether a version holds: the end of a contract is the end of every version, and of those of a
    contract that goes on only the newest one holds (docs/contracts.md)."""
    if cancelled_at is not None:
        return ContractState.CANCELLED
    return ContractState.VALID if version == newest else ContractState.REPLACED


def check_address(place: str, number: str, sha256: str) -> str:
    """Where a code on a paper leads: the contract by its number, this version by its short hash."""
    return f"{place}/contracts/verify/{number}?h={sha256[:SHORT_HASH]}"
