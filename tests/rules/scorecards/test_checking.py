"""Whether a copy is what was published: fingerprints as they are typed, and of files."""

import hashlib

import pytest

from recruitwatch.scorecards.rules.checking import fingerprint, fingerprints_of

SUM = hashlib.sha256(b"a card").hexdigest()


@pytest.mark.parametrize(
    "typed",
    [SUM, SUM.upper(), f" {SUM}\n", ":".join((SUM[:32], SUM[32:])), f"\u2066{SUM}\u2069",
     " ".join(SUM[at : at + 4] for at in range(0, 64, 4))],
)  # fmt: skip
def test_a_fingerprint_is_read_however_it_is_written(typed: str) -> None:
    assert fingerprint(typed) == SUM


@pytest.mark.parametrize("typed", ["", "abc", SUM[:-1], SUM + "0", "g" * 64, "٠" * 64])
def test_what_is_none_is_none(typed: str) -> None:
    assert fingerprint(typed) is None


def test_the_card_inside_the_data_counts_as_it_is_written() -> None:
    card = b'{"score":1e-07, "grade":"B"}'
    one, other = (b'{"state":"%s","card":%s}' % (state, card) for state in (b"valid", b"recalled"))
    inside = hashlib.sha256(card).hexdigest()
    assert fingerprints_of(one) == (hashlib.sha256(one).hexdigest(), inside)
    assert fingerprints_of(other)[1] == inside
    assert fingerprints_of(card) == (inside,)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\xff\xfe", b"[1]", b'{"card":', b"null"])
def test_any_other_file_has_only_its_own(content: bytes) -> None:
    assert fingerprints_of(content) == (hashlib.sha256(content).hexdigest(),)
