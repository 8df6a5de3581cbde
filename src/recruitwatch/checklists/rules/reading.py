"""Reading YAML into a plain tree that knows its lines.

Strict on purpose: no aliases, no tags, no guessing. The libyaml parser is used for its
events only, so nothing in a file can build a Python object.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec
import yaml

from recruitwatch.checklists.values import Mistake

MOST_BYTES = 1_000_000
MOST_EVENTS = 60_000
MOST_DEPTH = 16
MOST_SCALAR = 4_000

Scalar = str | int | float | bool | None
Plain = Scalar | list["Plain"] | dict[str, "Plain"]

_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\Z")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\.[0-9]{1,17}\Z")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {"true": True, "false": False}
# What YAML 1.1 readers take for a boolean. Other tools will read the same file, so these need
# quotes.
_BOOLEAN_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false"})
_ODD_NUMBER = re.compile(
    r"[-+]?([0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?|\.[0-9]+|0[xob][0-9a-fA-F_]+"
    r"|[0-9]+(:[0-9]+)+|\.(inf|nan|Inf|NaN|INF|NAN))\Z"
)


class Leaf(NamedTuple):
    line: int
    value: Scalar


class Sequence(NamedTuple):
    line: int
    nodes: list["Node"]


class Entry(NamedTuple):
    line: int
    node: "Node"


class Mapping(NamedTuple):
    line: int
    entries: dict[str, Entry]


Node = Leaf | Sequence | Mapping


class Reading(NamedTuple):
    """What could be read of a file.

    Without a root nothing could; otherwise the mistakes are in single values.
    """

    root: Node | None
    mistakes: list[Mistake]


class _RefusedError(Exception):
    """The file cannot be read any further."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


class _Reader:
    """Builds the tree from parser events. Collects what is wrong with single values and goes on."""

    def __init__(self, file: str, events: Iterator[yaml.Event]) -> None:
        self.file = file
        self.events = self._counted(events)
        self.mistakes: list[Mistake] = []

    def _counted(self, events: Iterator[yaml.Event]) -> Iterator[yaml.Event]:
        for count, event in enumerate(events):
            if count >= MOST_EVENTS:
                raise _RefusedError(_line(event), f"the file holds more than {MOST_EVENTS} values")
            yield event

    def note(self, line: int, path: str, message: str) -> None:
        self.mistakes.append(Mistake(file=self.file, line=line, path=path, message=message))

    def document(self) -> Node:
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    raise _RefusedError(_line(event), "a file holds one document only")
                root = self.node(next(self.events), "$", 1)
        if root is None:
            raise _RefusedError(1, "the file is empty")
        return root

    def node(self, event: yaml.Event, path: str, depth: int) -> Node:
        line = _line(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise _RefusedError(line, "anchors (&) and aliases (*) are not allowed")
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise _RefusedError(line, f"tags are not allowed, found {tag}")
        if depth > MOST_DEPTH:
            raise _RefusedError(line, f"more than {MOST_DEPTH} levels deep")
        if isinstance(event, yaml.ScalarEvent):
            return Leaf(line, self.scalar(event, path))
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(line, path, depth)
        return self.mapping(line, path, depth)

    def sequence(self, line: int, path: str, depth: int) -> Sequence:
        nodes: list[Node] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            nodes.append(self.node(event, f"{path}[{len(nodes)}]", depth + 1))
        return Sequence(line, nodes)

    def mapping(self, line: int, path: str, depth: int) -> Mapping:
        entries: dict[str, Entry] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.key(event, path)
            at = _line(event)
            if key in entries:
                self.note(at, f"{path}.{key}", "given twice")
            entries[key] = Entry(at, self.node(next(self.events), f"{path}.{key}", depth + 1))
        return Mapping(line, entries)

    def key(self, event: yaml.Event, path: str) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            raise _RefusedError(_line(event), f"at {path}: a field name must be a plain word")
        if event.anchor is not None or event.tag is not None:
            raise _RefusedError(_line(event), "anchors and tags are not allowed")
        if event.value == "<<":
            raise _RefusedError(_line(event), "merge keys (<<) are not allowed")
        return str(event.value)

    def scalar(self, event: yaml.ScalarEvent, path: str) -> Scalar:
        text = str(event.value)
        if len(text) > MOST_SCALAR:
            self.note(_line(event), path, f"longer than {MOST_SCALAR} characters")
            return ""
        if event.style:
            return text
        if text in _NULLS:
            return None
        if text in _BOOLEANS:
            return _BOOLEANS[text]
        if _INTEGER.match(text):
            return int(text)
        if _DECIMAL.match(text):
            return float(text)
        self._doubtful(text, _line(event), path)
        return text

    def _doubtful(self, text: str, line: int, path: str) -> None:
        if text.lower() in _BOOLEAN_WORDS:
            truth = str(text.lower() in {"y", "yes", "on", "true"}).lower()
            self.note(
                line,
                path,
                f'{text} without quotes is read as {truth} by YAML: write "{text}", '
                "or true or false where a truth value is meant",
            )
        elif _ODD_NUMBER.match(text):
            self.note(line, path, f'{text}: write a plain decimal number, or "{text}" in quotes')


def read_tree(raw: bytes, file: str) -> Reading:
    """Reads a file into a tree of values with their lines, and says what is wrong with them."""
    if len(raw) > MOST_BYTES:
        return _unreadable(file, 1, f"larger than {MOST_BYTES} bytes")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return _unreadable(file, raw[: error.start].count(b"\n") + 1, "not UTF-8 text")
    reader = _Reader(file, yaml.parse(text, Loader=_loader()))
    try:
        return Reading(reader.document(), reader.mistakes)
    except _RefusedError as refused:
        return _unreadable(file, refused.line, refused.message)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        # libyaml marks a fault at the end of the file one line below its last.
        last = max(1, len(text.splitlines()))
        return _unreadable(file, min(line, last), f"not YAML: {error.problem}")
    except yaml.YAMLError as error:
        line = text[: getattr(error, "position", 0)].count("\n") + 1
        return _unreadable(file, line, "holds a character that YAML does not allow")


def plain(node: Node) -> Plain:
    """The tree without its lines, ready for conversion to values."""
    if isinstance(node, Leaf):
        return node.value
    if isinstance(node, Sequence):
        return [plain(child) for child in node.nodes]
    return {key: plain(entry.node) for key, entry in node.entries.items()}


def line_at(root: Node, path: str) -> int:
    """The line of a path such as `$.sections[0].items[3].gate`.

    A missing field lies where its owner starts.
    """
    node, line = root, root.line
    for key, index in _STEP.findall(path):
        if key and isinstance(node, Mapping) and key in node.entries:
            line, node = node.entries[key]
        elif index and isinstance(node, Sequence) and int(index) < len(node.nodes):
            node = node.nodes[int(index)]
            line = node.line
        else:
            break
    return line


def placed(root: Node, mistakes: list[Mistake]) -> list[Mistake]:
    """The same mistakes, each with the line its path stands on, in the order of the file."""
    found = [msgspec.structs.replace(one, line=line_at(root, one.path)) for one in mistakes]
    return sorted(found, key=lambda one: one.line)


def _unreadable(file: str, line: int, message: str) -> Reading:
    return Reading(None, [Mistake(file=file, line=line, path="$", message=message)])


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _loader() -> type[yaml.SafeLoader] | type[yaml.CSafeLoader]:
    return yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
