"""Signs that steer a screen instead of being read: they are refused in papers and never printed."""

import re

_ABOVE_BLANK = (
    r"\x7f-\x9f\u00ad\u061c\u180e\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    r"\U000e0000-\U000e007f"
    # Letters and a sign that nobody can see, so that a line of them looks filled in to a program.
    r"\u115f\u1160\u2800\u3164\uffa0"
)
# The joiners U+200C and U+200D are letters of a kind in Bangla, Persian and Sinhala.
NOT_PRINTED = re.compile(rf"[\x00-\x1f{_ABOVE_BLANK}]")
_NOT_PRINTED_IN_JSON = re.compile(f"[{_ABOVE_BLANK}]")


def printable(text: str) -> str:
    """One line in which such signs stand as their numbers, so that nothing but words can be printed."""
    return NOT_PRINTED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def printable_json(body: bytes) -> bytes:
    """The same JSON with such signs written as JSON writes them. Those below the blank already are."""
    return _NOT_PRINTED_IN_JSON.sub(_escaped, body.decode()).encode()


def _escaped(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
