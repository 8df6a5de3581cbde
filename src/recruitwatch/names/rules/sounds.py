"""Spellings that sound alike brought together: with vowels (sound) and without (skeleton).

Which letters merge is a matter of languages: b, v and w in Bengali and Filipino, j and z in Bengali
and Nepali, s and sh, k and kh, p, f and ph, t and its hard or breathed kinds; Tamil writes k and g,
t and d, p and b with one letter and Arabic has no p and no v. The sound keeps the first of these
apart where most ears hear them apart; the skeleton merges all.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

_STEPS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"^(?:kn|gn)", "n"),
        (r"^ps", "s"),
        (r"[ts]ion|cion|syon|shan|sian", "san"),
        (r"igh(?![aeou])|igh(?=our|bor|ber)", "i"),
        (r"tch|chh", "c"),
        (r"sch|sh", "s"),
        (r"x", "ks"),
        (r"ck", "k"),
        (r"ph", "f"),
        (r"(?<=[bcdgjkprtz])h", ""),
        (r"qu", "kv"),
        (r"q", "k"),
        (r"dg(?=[ei])", "z"),
        (r"g(?=[eiy])", "z"),
        (r"[jz]", "z"),
        (r"ng(?![aeiou])", "n"),
    )
)
_SOFT_C = re.compile(r"c(?=[eiy])(?!h)")
_HARD_C = re.compile(r"c(?!h)")
_VOWEL_STEPS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"(?<!^)h", ""),
        (r"[ou]u|oo", "u"),
        (r"a[uw]|ow", "o"),
        (r"[ae][iy]", "e"),
        (r"ee|ea|ie", "i"),
        (r"y", "i"),
        (r"[vw]", "b"),
        (r"[ao]", "a"),
        (r"[ei]", "i"),
        (r"(.)\1+", r"\1"),
    )
)
_VOWELS = frozenset("aiu")
_MERGED = str.maketrans("fbpckgqszdtmnlr", "bbbskkkssttmnlr")


@lru_cache(maxsize=50_000)
def sound(roman: str) -> str:
    """How a word in Latin letters sounds, in few letters: a (and o), i (and e), u and consonants."""
    text = _marked_ch(roman)
    for pattern, to in _STEPS:
        text = pattern.sub(to, text)
    for pattern, to in _VOWEL_STEPS:
        text = pattern.sub(to, text)
    return text


def _marked_ch(roman: str) -> str:
    """c is s before e, i and y and k elsewhere; ch stays a sound of its own, written c."""
    return _HARD_C.sub("k", _SOFT_C.sub("s", roman))


@lru_cache(maxsize=50_000)
def skeleton(heard: str) -> str:
    """The consonants of a sound, those merged that some language of ours merges; h only at the start."""
    bare = "".join(c for c in heard if c not in _VOWELS)
    merged = bare.translate(_MERGED)
    return "".join(c for i, c in enumerate(merged) if i == 0 or c != merged[i - 1])


def shortened(key: str) -> Iterator[str]:
    """The key with each of its letters left out once: two keys with one slip between them share one."""
    seen: set[str] = set()
    for i in range(len(key)):
        rest = key[:i] + key[i + 1 :]
        if rest not in seen:
            seen.add(rest)
            yield rest
