"""The little language of conditions: names, `==`, `!=`, `<`, `<=`, `>`, `>=`, `and`, `or`, `not`.

It is parsed here and nowhere else: no Python and no template ever runs what a file says.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

Plain = bool | int | float | str

_TOKEN = re.compile(
    r"\s*(?:(?P<number>-?\d{1,9}(?:\.\d{1,4})?)|(?P<text>\"[a-z0-9_]*\")|(?P<op>[=!<>]=|[<>()])"
    r"|(?P<name>[a-z][a-z0-9_]*))"
)
_WORDS = frozenset({"and", "or", "not", "true", "false"})
_COMPARES = frozenset({"==", "!=", "<", "<=", ">", ">="})
_DEEPEST = 12


class ConditionWrong(ValueError):
    """A condition that cannot be understood; the message says where."""


class Name(NamedTuple):
    name: str


class Value(NamedTuple):
    value: Plain


class Compare(NamedTuple):
    op: str
    left: "Name | Value"
    right: "Name | Value"


class Not(NamedTuple):
    part: "Condition"


class Both(NamedTuple):
    left: "Condition"
    right: "Condition"


class Either(NamedTuple):
    left: "Condition"
    right: "Condition"


Condition = Name | Value | Compare | Not | Both | Either


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(_tokens(text))
        self.at = 0
        self.depth = 0

    def next(self) -> str | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self) -> str:
        token = self.next()
        if token is None:
            raise ConditionWrong(f"“{self.text}” ends too early")
        self.at += 1
        return token

    def whole(self) -> Condition:
        found = self.either()
        if self.next() is not None:
            raise ConditionWrong(f"“{self.text}”: did not expect “{self.next()}”")
        return found

    def either(self) -> Condition:
        found = self.both()
        while self.next() == "or":
            self.take()
            found = Either(found, self.both())
        return found

    def both(self) -> Condition:
        found = self.part()
        while self.next() == "and":
            self.take()
            found = Both(found, self.part())
        return found

    def part(self) -> Condition:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise ConditionWrong(f"“{self.text}” is nested too deeply")
        try:
            if self.next() == "not":
                self.take()
                return Not(self.part())
            if self.next() == "(":
                self.take()
                found = self.either()
                if self.take() != ")":
                    raise ConditionWrong(f"“{self.text}”: a bracket is not closed")
                return found
            return self.comparison()
        finally:
            self.depth -= 1

    def comparison(self) -> Condition:
        left = self.operand()
        if self.next() in _COMPARES:
            return Compare(self.take(), left, self.operand())
        return left

    def operand(self) -> Name | Value:
        token = self.take()
        if token in ("true", "false"):
            return Value(token == "true")
        if token.startswith('"'):
            return Value(token[1:-1])
        if token[0].isdigit() or token[0] == "-":
            return Value(float(token) if "." in token else int(token))
        if token in _WORDS or not token[0].isalpha():
            raise ConditionWrong(f"“{self.text}”: did not expect “{token}”")
        return Name(token)


def _tokens(text: str) -> Iterator[str]:
    at = 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ConditionWrong(f"“{text}”: cannot read “{text[at : at + 20].strip()}”")
        yield match[0].strip()
        at = match.end()


def parse_condition(text: str) -> Condition:
    """A condition as a tree; raises ConditionWrong with what cannot be read."""
    return _Parser(text).whole()


def names_in(condition: Condition) -> frozenset[str]:
    """Every parameter a condition asks about."""
    if isinstance(condition, Name):
        return frozenset({condition.name})
    if isinstance(condition, Value):
        return frozenset()
    if isinstance(condition, Compare):
        return names_in(condition.left) | names_in(condition.right)
    if isinstance(condition, Not):
        return names_in(condition.part)
    return names_in(condition.left) | names_in(condition.right)


def holds(condition: Condition, values: Mapping[str, Plain]) -> bool:
    """Whether a condition is true for these values. A name without a value is an error, since no
    variant can be chosen without it."""
    if isinstance(condition, Compare):
        return _compared(condition, values)
    if isinstance(condition, Not):
        return not holds(condition.part, values)
    if isinstance(condition, Both):
        return holds(condition.left, values) and holds(condition.right, values)
    if isinstance(condition, Either):
        return holds(condition.left, values) or holds(condition.right, values)
    found = _operand(condition, values)
    if not isinstance(found, bool):
        raise ConditionWrong(f"“{found}” is neither true nor false")
    return found


def _operand(part: Name | Value, values: Mapping[str, Plain]) -> Plain:
    if isinstance(part, Value):
        return part.value
    if part.name not in values:
        raise ConditionWrong(f"{part.name} has no value")
    return values[part.name]


def _compared(condition: Compare, values: Mapping[str, Plain]) -> bool:
    left, right = _operand(condition.left, values), _operand(condition.right, values)
    if condition.op in ("==", "!="):
        same = type(left) is type(right) and left == right
        if isinstance(left, int | float) and isinstance(right, int | float):
            same = left == right
        return same is (condition.op == "==")
    if isinstance(left, str | bool) or isinstance(right, str | bool):
        raise ConditionWrong(f"only numbers can be compared by {condition.op}")
    answers = {
        "<": left < right,
        "<=": left <= right,
        ">": left > right,
        ">=": left >= right,
    }
    return answers[condition.op]
