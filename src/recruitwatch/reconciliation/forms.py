"""Queries as programs send them: JSON in a form field, read into questions or refused with a reason."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TypeVar

import msgspec

from recruitwatch.agencies.forms.countries import country_code
from recruitwatch.errors import N_, Message
from recruitwatch.reconciliation.values import (
    AGENCY,
    LONGEST_VALUE,
    MOST_CANDIDATES,
    MOST_QUERIES,
    MOST_VALUES,
    Asked,
    Extension,
    Question,
    Refusal,
    Told,
)
from recruitwatch.web.languages import LANGUAGES

UNREADABLE = N_("This cannot be read as %(what)s: %(problem)s")
TOO_MANY = N_("Send at most %(most)s at a time.")
NOT_A_TYPE = N_("There is no type “%(given)s” here. The only one is “%(known)s”.")
NOT_A_PROPERTY = N_("There is no property “%(given)s” here. There are: %(known)s.")
NOT_A_VALUE = N_("The property “%(given)s” takes text or numbers, at most %(most)s of them.")
NOTHING_ASKED = N_("The query “%(given)s” has neither a name nor a property to look for.")
NOT_A_LIMIT = N_("The limit of the query “%(given)s” is not a whole number above 0.")
NOT_A_CALLBACK = N_("A callback may be named with letters, digits, _ and $, and dots between them.")
LONGEST_CALLBACK = 100
_CALLBACK = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*", re.ASCII)
_LONGEST_QUOTED = 40
Choice = TypeVar("Choice", Asked, Told)


class _Entity(msgspec.Struct, frozen=True):
    id: str
    name: str = ""


_Value = str | int | float | bool | _Entity


class _Property(msgspec.Struct, frozen=True):
    pid: str
    v: _Value | list[_Value]


class _Query(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    query: str | None = None
    type: str | list[str] = []
    limit: float | None = None
    properties: list[_Property] = []
    type_strict: Literal["any", "should", "all"] = "any"


class _Wanted(msgspec.Struct, frozen=True):
    id: str


class _Extend(msgspec.Struct, frozen=True):
    ids: list[str]
    properties: list[_Wanted]


_queries = msgspec.json.Decoder(dict[str, _Query])
_extend = msgspec.json.Decoder(_Extend)


class _Refused(Exception):
    """Leaves the reading of one query; never leaves this room."""

    def __init__(self, key: str, given: str, **values: str | int) -> None:
        self.refusal = Refusal(Message(key, {"given": given[:_LONGEST_QUOTED], **values}))


def read_queries(sent: str) -> dict[str, Question] | Refusal:
    """The questions by the sender's own keys. One that is wrong refuses them all, since the sender's program
    is wrong."""
    try:
        asked = _queries.decode(sent)
    except (msgspec.DecodeError, RecursionError) as problem:
        return _unreadable("queries", problem)
    if len(asked) > MOST_QUERIES:
        return Refusal(Message(TOO_MANY, {"most": MOST_QUERIES}), 413)
    try:
        return {key: _question(key, query) for key, query in asked.items()}
    except _Refused as refused:
        return refused.refusal


def read_extension(sent: str) -> Extension | Refusal:
    try:
        asked = _extend.decode(sent)
    except (msgspec.DecodeError, RecursionError) as problem:
        return _unreadable("extend", problem)
    if len(asked.ids) > MOST_QUERIES or len(asked.properties) > len(Told):
        return Refusal(Message(TOO_MANY, {"most": MOST_QUERIES}), 413)
    try:
        wanted = tuple(_known(Told, one.id) for one in asked.properties)
    except _Refused as refused:
        return refused.refusal
    return Extension(ids=tuple(dict.fromkeys(asked.ids)), properties=tuple(dict.fromkeys(wanted)))


def check_type(given: str) -> Refusal | None:
    return (
        None if given == AGENCY else Refusal(Message(NOT_A_TYPE, {"given": given, "known": AGENCY}))
    )


def check_callback(name: str) -> Refusal | None:
    """What is written before the answer is run by the asking page: a name and nothing else."""
    if len(name) <= LONGEST_CALLBACK and _CALLBACK.fullmatch(name):
        return None
    return Refusal(Message(NOT_A_CALLBACK))


def _unreadable(what: str, problem: Exception) -> Refusal:
    return Refusal(Message(UNREADABLE, {"what": what, "problem": str(problem)}))


def _question(key: str, query: _Query) -> Question:
    if query.query is None and not query.properties:
        raise _Refused(NOTHING_ASKED, key)
    for given in [query.type] if isinstance(query.type, str) else query.type:
        if given != AGENCY:
            raise _Refused(NOT_A_TYPE, given, known=AGENCY)
    told = _told(query.properties)
    return Question(
        text=_cut(query.query or ""),
        numbers=told[Asked.LICENCE_NO],
        phones=told[Asked.PHONE],
        places=told[Asked.PLACE],
        registers=told[Asked.REGISTER],
        countries=tuple(map(_country, told[Asked.COUNTRY])),
        limit=_limit(key, query.limit),
    )


def _limit(key: str, limit: float | None) -> int:
    if limit is None:
        return MOST_CANDIDATES
    if limit < 1 or not limit.is_integer():
        raise _Refused(NOT_A_LIMIT, key)
    return int(min(limit, MOST_CANDIDATES))


def _told(properties: Iterable[_Property]) -> Mapping[Asked, tuple[str, ...]]:
    told: dict[Asked, tuple[str, ...]] = dict.fromkeys(Asked, ())
    for one in properties:
        asked = _known(Asked, one.pid)
        values = one.v if isinstance(one.v, list) else [one.v]
        words = (*told[asked], *filter(None, _words(one.pid, values)))
        if len(words) > MOST_VALUES:
            raise _Refused(NOT_A_VALUE, one.pid, most=MOST_VALUES)
        told[asked] = words
    return told


def _words(pid: str, values: Iterable[_Value]) -> Iterator[str]:
    for value in values:
        if isinstance(value, bool):
            raise _Refused(NOT_A_VALUE, pid, most=MOST_VALUES)
        if isinstance(value, _Entity):
            yield _cut(value.name or value.id)
        elif isinstance(value, float) and value.is_integer():
            yield str(int(value))
        else:
            yield _cut(str(value))


def _cut(words: str) -> str:
    """Without what no person types, and no longer than a search may be."""
    kept = "".join(c if c.isprintable() or c in "\u200c\u200d" else " " for c in words)
    return kept.strip()[:LONGEST_VALUE]


def _country(words: str) -> str | None:
    found = (country_code(words, language) for language in LANGUAGES)
    return next((code for code in found if code), None)


def _known(choices: type[Choice], given: str) -> Choice:
    try:
        return choices(given)
    except ValueError:
        raise _Refused(NOT_A_PROPERTY, given, known=", ".join(choices)) from None
