"""Traditional and simplified Chinese brought together."""

from functools import lru_cache

from opencc import OpenCC

_TO_SIMPLE = OpenCC("t2s")
_FIRST = "\u3400"
# Forms of one character that the tables of OpenCC keep apart because both are in use: Hong Kong's
# lists mix them freely.
_VARIANTS = str.maketrans(
    {"佣": "佣", "傭": "佣", "妳": "你", "祂": "他", "姊": "姐", "峯": "峰", "鈊": "心"}
)


@lru_cache(maxsize=20_000)
def simplified(text: str) -> str:
    """Chinese characters in their simple form, all else unchanged: 僱傭 and 雇佣 are one word."""
    if text.isascii() or all(c < _FIRST for c in text):
        return text
    simple: str = _TO_SIMPLE.convert(text)
    return simple.translate(_VARIANTS)
