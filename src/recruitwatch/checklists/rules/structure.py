"""Fitting a tree to a struct: every unknown, missing or wrong field at once.

msgspec alone stops at the first mistake, and people need to see all of them.
"""

import re
from collections.abc import Iterator
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Generic, NamedTuple, TypeVar, Union, get_args, get_origin

import msgspec

from recruitwatch.checklists.rules.reading import (
    Leaf,
    Mapping,
    Node,
    Sequence,
    placed,
    plain,
    read_tree,
)
from recruitwatch.checklists.values import Mistake

Wanted = TypeVar("Wanted", bound=msgspec.Struct)

_PLACE = re.compile(r" - at `(key in )?\$(?P<rest>[^`]*)`\Z")
_OTHER_KIND = re.compile(r"Expected `(.+)`, got `.+`")
_OTHER_SIZE = re.compile(r"Expected `(?P<kind>\w+)` (of length )?(?P<bound>[<>]=) (?P<size>\d+)")
_KINDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a set of fields",
}


class Fitted(NamedTuple, Generic[Wanted]):
    root: Node
    value: Wanted


class _Wrong(NamedTuple):
    path: str
    message: str


def fit(raw: bytes, wanted: type[Wanted], file: str) -> Fitted[Wanted] | list[Mistake]:
    """A file as a value with its tree, or everything in it that is unreadable or does not fit."""
    root, mistakes = read_tree(raw, file)
    if root is None:
        return mistakes
    known = {one.path for one in mistakes}
    wrong = [one for one in _struct(root, wanted, "$") if one.path not in known]
    if mistakes or wrong:
        found = [Mistake(file=file, path=one.path, message=one.message) for one in wrong]
        return sorted([*mistakes, *placed(root, found)], key=lambda one: one.line)
    return Fitted(root, msgspec.convert(plain(root), wanted))


def _struct(node: Node, wanted: type[msgspec.Struct], path: str) -> Iterator[_Wrong]:
    if not isinstance(node, Mapping):
        yield _Wrong(path, f"must be a set of fields, not {_kind(node)}")
        return
    fields = {one.encode_name: one for one in msgspec.structs.fields(wanted)}
    sound = True
    for name in node.entries:
        if name not in fields:
            sound = False
            yield _Wrong(f"{path}.{name}", "unknown field")
    for name, one in fields.items():
        if name in node.entries:
            for wrong in _value(node.entries[name].node, one.type, f"{path}.{name}"):
                sound = False
                yield wrong
        elif one.required:
            sound = False
            yield _Wrong(f"{path}.{name}", "missing field")
    if sound:
        yield from _converted(node, wanted, path)


def _value(node: Node, kind: object, path: str) -> Iterator[_Wrong]:
    inner = _inner(kind)
    struct = _struct_in(inner)
    origin = get_origin(inner)
    if struct is not None and isinstance(node, Mapping):
        yield from _struct(node, struct, path)
    elif origin is tuple and isinstance(node, Sequence):
        element = get_args(inner)[0]
        wrong = [
            one
            for index, child in enumerate(node.nodes)
            for one in _value(child, element, f"{path}[{index}]")
        ]
        yield from wrong or _converted(node, kind, path)
    elif origin is dict and isinstance(node, Mapping):
        yield from _entries(node, inner, path)
    else:
        yield from _converted(node, kind, path)


def _entries(node: Mapping, kind: object, path: str) -> Iterator[_Wrong]:
    key_kind, value_kind = get_args(kind)
    for key, entry in node.entries.items():
        yield from _converted(Leaf(entry.line, key), key_kind, f"{path}.{key}")
        yield from _value(entry.node, value_kind, f"{path}.{key}")


def _converted(node: Node, kind: object, path: str) -> Iterator[_Wrong]:
    words = _words(kind)
    if words and isinstance(node, Leaf) and node.value not in words:
        yield _Wrong(
            path, f"{_shown(node)} is not one of {', '.join(one or 'null' for one in words)}"
        )
        return
    try:
        msgspec.convert(plain(node), kind)
    except msgspec.ValidationError as error:
        message = str(error)
        place = _PLACE.search(message)
        rest = place["rest"].replace("[...]", "") if place else ""
        yield _Wrong(path + rest, _plainly(_PLACE.sub("", message), node))


def _inner(kind: object) -> object:
    """The type without its bounds, and without None where it is optional."""
    if get_origin(kind) is Annotated:
        return _inner(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        rest = [one for one in get_args(kind) if one is not NoneType]
        if len(rest) == 1:
            return _inner(rest[0])
    return kind


def _struct_in(kind: object) -> type[msgspec.Struct] | None:
    choices = get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)
    for one in choices:
        if isinstance(one, type) and issubclass(one, msgspec.Struct):
            return one
    return None


def _words(kind: object) -> list[str | None]:
    inner = _inner(kind)
    if not (isinstance(inner, type) and issubclass(inner, Enum)):
        return []
    words: list[str | None] = [str(one.value) for one in inner]
    return [*words, None] if inner is not kind and NoneType in get_args(kind) else words


def _plainly(message: str, node: Node) -> str:
    """The sentence of msgspec in the words of someone who writes checklists."""
    if found := _OTHER_KIND.fullmatch(message):
        kinds = [_KINDS.get(one, one) for one in found[1].split(" | ")]
        return f"must be {' or '.join(kinds)}, not {_kind(node)}"
    if found := _OTHER_SIZE.fullmatch(message):
        unit = {"str": " characters", "array": " entries"}.get(found["kind"], "")
        bound = "at least" if found["bound"] == ">=" else "at most"
        return f"must be {bound} {found['size']}{unit}"
    if message.startswith("Expected `str` matching regex"):
        return f"{_shown(node)} is not written in the right form"
    return message


def _kind(node: Node) -> str:
    if isinstance(node, Sequence):
        return "a list"
    if isinstance(node, Mapping):
        return "a set of fields"
    return "empty" if node.value is None else _shown(node)


def _shown(node: Node) -> str:
    value = plain(node)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value[:60]}"' if isinstance(value, str) else str(value)[:60]
