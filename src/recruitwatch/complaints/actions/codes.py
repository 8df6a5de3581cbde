"""Codes and tokens: made by chance, looked up by a slow hash under the installation's secret."""

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor

import msgspec
from argon2.low_level import Type, hash_secret_raw

from recruitwatch.complaints.rules.visits import CODE_DIGITS
from recruitwatch.keys import InstallationKey
from recruitwatch.keys.boxes import KeyPair, derive, pair_from

# OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, two passes, one lane.
_PASSES, _MEMORY, _LANES = 2, 19 * 1024, 1
# Each takes 19 MiB and a core for about 20 ms: more at once would only starve the pages.
_hashing = ThreadPoolExecutor(4, "complaint-codes")


class CodeKey(msgspec.Struct, frozen=True):
    """What a code gives: the hash it is found by, and the key pair its cases are wrapped for."""

    lookup: bytes
    pair: KeyPair


def new_code() -> str:
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def new_token() -> str:
    return secrets.token_urlsafe(32)


def new_reference() -> str:
    """What officers call a case. By chance: a number in a row would tell how many cases there are."""
    return _by_chance(7)


def new_card_mark() -> str:
    """What a case is called on cards. By chance: nothing else that is known of a case leads to it."""
    return _by_chance(8)


def _by_chance(length: int) -> str:
    return "".join(secrets.choice("23456789BCDFGHJKLMNPQRSTVWXZ") for _ in range(length))


def token_hash(key: InstallationKey, token: str) -> bytes:
    return key.hash("complaint-token", token)


def token_key(key: InstallationKey, token: str) -> bytes:
    """The key of what is sealed under a token. The database holds the token's hash only."""
    return derive(token.encode(), "complaint-token-key", key.derive("complaint-token-key"))


async def code_key(key: InstallationKey, code: str) -> CodeKey:
    """Slow on purpose, in a thread. Without the installation key no code can be tried at all."""
    return await asyncio.get_running_loop().run_in_executor(_hashing, _code_key, key, code)


def _code_key(key: InstallationKey, code: str) -> CodeKey:
    secret = hash_secret_raw(
        key.hash("complaint-code", code), key.derive("complaint-code-salt"), time_cost=_PASSES,
        memory_cost=_MEMORY, parallelism=_LANES, hash_len=64, type=Type.ID,
    )  # fmt: skip
    return CodeKey(secret[:32], pair_from(derive(secret[32:], "complaint-code-pair")))
