"""Passwords, tokens and one-time codes. Slow work runs in a thread, off the event loop."""

import asyncio
import base64
import binascii
import hashlib
import secrets

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from cryptography.exceptions import InvalidTag

from recruitwatch.keys import InstallationKey

# OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, two passes, one lane.
PASSES, MEMORY, LANES = 2, 19 * 1024, 1
_HASHER = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY, parallelism=LANES)
_NOBODY = _HASHER.hash(secrets.token_urlsafe(16))
_WORDS = """
amber anchor apple april arrow autumn banana basket beach bridge bronze candle canyon
carpet cedar cherry cloud copper coral cotton desert dolphin dragon eagle ember engine
falcon feather forest garden ginger globe harbor hazel honey island ivory jacket jasmine
jungle kettle ladder lantern lemon lilac lotus mango maple marble meadow mirror monsoon
mountain needle ocean olive orange orchid paddle palace pearl pepper pigeon planet
pocket prairie quartz rabbit rainbow ribbon river rocket saffron sailor salmon silver
spring summer sunset tailor temple thunder tiger timber tulip tunnel turtle umbrella
valley velvet violet walnut water willow window winter yellow zebra
""".split()


async def hash_password(password: str) -> str:
    return await asyncio.to_thread(_HASHER.hash, password)


async def verify_password(stored: str | None, password: str) -> bool:
    """Whether the password fits. A name nobody has takes as long as one that somebody has."""
    return await asyncio.to_thread(_verify, stored, password)


def _verify(stored: str | None, password: str) -> bool:
    try:
        return _HASHER.verify(stored or _NOBODY, password) and stored is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def first_password() -> str:
    """A password to hand over once: four words, easy to read out and type."""
    return "-".join(secrets.choice(_WORDS) for _ in range(4)) + f"-{secrets.randbelow(90) + 10}"


def new_token() -> str:
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """Only the hash is stored: who reads the database cannot sign in with it."""
    return hashlib.sha256(token.encode()).digest()


def new_totp_secret() -> str:
    return pyotp.random_base32()


def totp_matches(secret: str, code: str, step: int) -> int | None:
    """The step this code belongs to: now, the one before or the one after (clocks differ)."""
    generator = pyotp.TOTP(secret)
    for candidate in (step, step - 1, step + 1):
        if secrets.compare_digest(generator.generate_otp(candidate).encode(), code.encode()):
            return candidate
    return None


def totp_address(secret: str, sign_in_name: str) -> str:
    """What an authenticator application reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=sign_in_name, issuer_name="recruitwatch")


def seal_totp(key: InstallationKey, person: str, secret: str) -> bytes:
    return key.seal("totp", person, secret.encode())


def unseal_totp(key: InstallationKey, person: str, box: bytes) -> str:
    return key.unseal("totp", person, box).decode()


def offer_totp(key: InstallationKey, person: str) -> tuple[str, str]:
    """A new secret, and the box in which it waits in the page's form until a code from it is typed.
    Nothing is stored before that, so that a set-up broken off leaves the old second factor in force."""
    secret = new_totp_secret()
    box = key.seal("totp-offer", person, secret.encode())
    return secret, base64.urlsafe_b64encode(box).decode()


def offered_totp(key: InstallationKey, person: str, box: str) -> str | None:
    """The secret in a box that was offered to this person; None for any other text."""
    try:
        sealed = base64.b64decode(box.encode(), altchars=b"-_", validate=True)
        return key.unseal("totp-offer", person, sealed).decode()
    except (binascii.Error, ValueError, InvalidTag):
        return None
