"""Sealed boxes of one case: what is sealed under its key, and its secret wrapped for each holder.

Wrapping is HPKE (RFC 9180: X25519, HKDF-SHA256, AES-256-GCM); boxes are AES-256-GCM. `owner` names
the row and column a box belongs to, so that boxes cannot be swapped. A box or wrap that does not fit
key and owner raises DoesNotOpen.
"""

import os

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
NONCE = 12
LENGTH = 32


class DoesNotOpen(Exception):
    """This key does not open this box: another key, another owner, or a box that was changed."""


class KeyPair(msgspec.Struct, frozen=True):
    """32 secret bytes and the public key that others wrap for."""

    private: bytes
    public: bytes


def new_secret() -> bytes:
    return os.urandom(LENGTH)


def pair_from(secret: bytes) -> KeyPair:
    """The key pair that these 32 bytes always give."""
    private = X25519PrivateKey.from_private_bytes(secret)
    return KeyPair(secret, private.public_key().public_bytes_raw())


def new_pair() -> KeyPair:
    return pair_from(new_secret())


def derive(secret: bytes, purpose: str, salt: bytes = b"") -> bytes:
    """32 bytes of this purpose's own, from a strong secret and a salt that may be secret too."""
    return HKDF(SHA256(), LENGTH, salt, purpose.encode()).derive(secret)


def seal(key: bytes, owner: str, plain: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, owner.encode())


def unseal(key: bytes, owner: str, box: bytes) -> bytes:
    """What was sealed. Raises DoesNotOpen."""
    try:
        return AESGCM(key).decrypt(box[:NONCE], box[NONCE:], owner.encode())
    except (InvalidTag, ValueError):
        raise DoesNotOpen from None


def wrap(public: bytes, owner: str, secret: bytes) -> bytes:
    """The secret for the one who holds the private part of `public`."""
    return _SUITE.encrypt(secret, X25519PublicKey.from_public_bytes(public), owner.encode())


def unwrap(private: bytes, owner: str, wrapped: bytes) -> bytes:
    """The secret. Raises DoesNotOpen."""
    try:
        key = X25519PrivateKey.from_private_bytes(private)
        return _SUITE.decrypt(wrapped, key, owner.encode())
    except (InvalidTag, ValueError):
        raise DoesNotOpen from None
