"""Boxes open for the right key and owner only; what is wrapped, for the right private key only."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitwatch.keys.boxes import (
    LENGTH,
    DoesNotOpen,
    derive,
    new_pair,
    new_secret,
    pair_from,
    seal,
    unseal,
    unwrap,
    wrap,
)

KEY, OTHER = b"k" * LENGTH, b"o" * LENGTH
PAIR, STRANGER = pair_from(KEY), pair_from(OTHER)


@given(plain=st.binary(max_size=200), owner=st.text(max_size=30))
def test_what_is_sealed_comes_back(plain: bytes, owner: str) -> None:
    box = seal(KEY, owner, plain)
    assert unseal(KEY, owner, box) == plain
    assert len(plain) < 8 or plain not in box


@given(secret=st.binary(min_size=1, max_size=64), owner=st.text(max_size=30))
def test_what_is_wrapped_comes_back(secret: bytes, owner: str) -> None:
    assert unwrap(PAIR.private, owner, wrap(PAIR.public, owner, secret)) == secret


def test_the_same_text_gives_another_box_each_time() -> None:
    assert seal(KEY, "draft:1", b"wages") != seal(KEY, "draft:1", b"wages")
    assert wrap(PAIR.public, "case:1", KEY) != wrap(PAIR.public, "case:1", KEY)


def test_boxes_of_two_rows_cannot_be_swapped() -> None:
    boxes = {owner: seal(KEY, owner, owner.encode()) for owner in ("told:1", "told:2", "file:1")}
    for owner in boxes:
        for other, box in boxes.items():
            if other != owner:
                with pytest.raises(DoesNotOpen):
                    unseal(KEY, owner, box)


def test_secrets_wrapped_for_two_cases_cannot_be_swapped() -> None:
    with pytest.raises(DoesNotOpen):
        unwrap(PAIR.private, "case:2", wrap(PAIR.public, "case:1", KEY))


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda box: unseal(OTHER, "told:1", box), id="another key"),
        pytest.param(lambda box: unseal(b"short", "told:1", box), id="no key"),
        pytest.param(lambda box: unseal(KEY, "told:1", box[:-1]), id="cut at the end"),
        pytest.param(lambda box: unseal(KEY, "told:1", box[1:]), id="cut at the start"),
        pytest.param(lambda box: unseal(KEY, "told:1", box[:5]), id="almost nothing"),
        pytest.param(lambda box: unseal(KEY, "told:1", b""), id="nothing"),
        pytest.param(lambda box: unseal(KEY, "told:1", box + b"x"), id="longer"),
    ],
)
def test_a_box_that_does_not_open_says_so(wrong: Callable[[bytes], bytes]) -> None:
    with pytest.raises(DoesNotOpen):
        wrong(seal(KEY, "told:1", b"he keeps my passport"))


@given(place=st.integers(0, 47), bit=st.integers(0, 7))
def test_a_box_with_one_changed_bit_does_not_open(place: int, bit: int) -> None:
    box = bytearray(seal(KEY, "told:1", b"he keeps my passport"))
    box[place] ^= 1 << bit
    with pytest.raises(DoesNotOpen):
        unseal(KEY, "told:1", bytes(box))


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda box: unwrap(STRANGER.private, "case:1", box), id="another person"),
        pytest.param(lambda box: unwrap(b"short", "case:1", box), id="no key"),
        pytest.param(lambda box: unwrap(PAIR.private, "case:1", box[:-1]), id="cut at the end"),
        pytest.param(lambda box: unwrap(PAIR.private, "case:1", box[:31]), id="almost nothing"),
        pytest.param(lambda box: unwrap(PAIR.private, "case:1", b""), id="nothing"),
        pytest.param(lambda box: unwrap(PAIR.private, "case:1", bytes(len(box))), id="zeros"),
    ],
)
def test_a_wrap_that_does_not_open_says_so(wrong: Callable[[bytes], bytes]) -> None:
    with pytest.raises(DoesNotOpen):
        wrong(wrap(PAIR.public, "case:1", OTHER))


def test_the_same_bytes_always_give_the_same_pair() -> None:
    # Alice's keys of RFC 7748, section 6.1.
    secret = "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"
    public = "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"
    assert pair_from(bytes.fromhex(secret)).public.hex() == public
    assert new_pair() != new_pair()


def test_derived_keys_differ_by_secret_purpose_and_salt() -> None:
    secret, pepper = new_secret(), new_secret()
    found = {
        derive(secret, "complaint", pepper),
        derive(secret, "complaint", new_secret()),
        derive(secret, "complaint"),
        derive(secret, "file", pepper),
        derive(new_secret(), "complaint", pepper),
    }
    assert len(found) == 5
    assert {len(key) for key in found} == {LENGTH}
    assert derive(secret, "complaint", pepper) in found
