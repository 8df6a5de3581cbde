"""JSON as anybody may have written it: a name that stands twice is a mistake, as it is in YAML. Most
programs silently take the last, and a wage could stand there twice."""

import json

from recruitwatch.contracts.rules.checking.signs import printable

_MARK = b"\xef\xbb\xbf"
_LONGEST = 60


class _Twice(Exception):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def without_mark(raw: bytes) -> bytes:
    """The file without the byte-order mark that some programs write before it."""
    return raw.removeprefix(_MARK)


def named_twice(raw: bytes) -> str | None:
    """The first name that stands twice in the same place, to be shown. Raises `ValueError` or
    `RecursionError` for what is no JSON."""
    try:
        # Numbers stay texts: Python refuses to count very long ones.
        json.loads(raw.decode(), object_pairs_hook=_once, parse_int=str, parse_float=str)
    except _Twice as problem:
        return printable(problem.name[:_LONGEST])
    return None


def _once(pairs: list[tuple[str, object]]) -> None:
    seen: set[str] = set()
    for name, _ in pairs:
        if name in seen:
            raise _Twice(name)
        seen.add(name)
