"""The installation key: sealing small secrets and keyed hashes. Kept outside the database."""

import base64
import hashlib
import hmac
import os
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from recruitwatch.keys.writing import make_file, sync_folder

FILE = "installation.key"
NONCE = 12
LENGTH = 32


class KeyMissing(Exception):
    """The installation key is not where it should be; the message is one sentence."""


class InstallationKey(msgspec.Struct, frozen=True):
    """The 32 secret bytes of this installation, and what is derived from them by purpose."""

    secret: bytes

    def derive(self, purpose: str) -> bytes:
        """32 bytes that are this purpose's own."""
        return HKDFExpand(SHA256(), LENGTH, purpose.encode()).derive(self.secret)

    def hash(self, purpose: str, value: str) -> bytes:
        """A keyed hash: the same value cannot be found by guessing without the key."""
        return hmac.new(self.derive(purpose), value.encode(), hashlib.sha256).digest()

    def fingerprint(self) -> str:
        """Enough to compare two copies of the key by eye, and nothing to guess it by."""
        found = self.derive("fingerprint").hex()[:16]
        return " ".join(found[start : start + 4] for start in range(0, 16, 4))

    def seal(self, purpose: str, owner: str, plain: bytes) -> bytes:
        """AES-256-GCM; `owner` binds the box to its row, so boxes cannot be swapped."""
        nonce = os.urandom(NONCE)
        box = AESGCM(self.derive(purpose)).encrypt(nonce, plain, owner.encode())
        return nonce + box

    def unseal(self, purpose: str, owner: str, box: bytes) -> bytes:
        """The sealed bytes; raises cryptography's InvalidTag if box, owner or key do not match."""
        return AESGCM(self.derive(purpose)).decrypt(box[:NONCE], box[NONCE:], owner.encode())


def read_key(folder: Path) -> InstallationKey:
    """The key of this installation. Raises KeyMissing in one sentence."""
    path = folder / FILE
    try:
        secret = base64.b64decode(path.read_text(encoding="ascii"), validate=True)
    except FileNotFoundError:
        raise KeyMissing(
            f"The installation key {path} is missing: restore it from your key backup, "
            "or run `recruitwatch init` for a new installation."
        ) from None
    except (OSError, ValueError) as problem:
        raise KeyMissing(f"The installation key {path} cannot be read: {problem}.") from None
    if len(secret) != LENGTH:
        raise KeyMissing(f"The installation key {path} is damaged: it does not hold 32 bytes.")
    return InstallationKey(secret)


def make_key(folder: Path) -> InstallationKey:
    """The existing key, or a new one readable by this account only."""
    if make_file(folder / FILE, base64.b64encode(os.urandom(LENGTH))):
        sync_folder(folder)
    return read_key(folder)
