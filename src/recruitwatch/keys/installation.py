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

FILE = "installation.key"
NONCE = 12


class KeyMissing(Exception):
    """The installation key is not where it should be; the message is one sentence."""


class InstallationKey(msgspec.Struct, frozen=True):
    """The 32 secret bytes of this installation, and what is derived from them by purpose."""

    secret: bytes

    def derive(self, purpose: str) -> bytes:
        """32 bytes that are this purpose's own."""
        return HKDFExpand(SHA256(), 32, purpose.encode()).derive(self.secret)

    def hash(self, purpose: str, value: str) -> bytes:
        """A keyed hash: the same value cannot be found by guessing without the key."""
        return hmac.new(self.derive(purpose), value.encode(), hashlib.sha256).digest()

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
    if len(secret) != 32:
        raise KeyMissing(f"The installation key {path} is damaged: it does not hold 32 bytes.")
    return InstallationKey(secret)


def make_key(folder: Path) -> InstallationKey:
    """The existing key, or a new one readable by this account only."""
    path = folder / FILE
    if path.exists():
        return read_key(folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    text = base64.b64encode(os.urandom(32))
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return read_key(folder)
