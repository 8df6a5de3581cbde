"""Reading what is handed in for a check: our JSON of a contract or of a whole chain of papers. What
cannot be checked is refused with every reason; a bad contract is not refused, it is checked."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import TypeVar

import msgspec

from recruitwatch.contracts.rules.checking.normalising import PERIODS
from recruitwatch.contracts.rules.checking.order import in_order_of, texts_given_twice
from recruitwatch.contracts.rules.checking.parsing import named_twice, without_mark
from recruitwatch.contracts.rules.checking.signs import NOT_PRINTED, printable
from recruitwatch.contracts.rules.corridor import law_of
from recruitwatch.contracts.rules.given import ENGLISH, is_date, is_language
from recruitwatch.contracts.rules.naming import figure, phrase
from recruitwatch.contracts.rules.soundness import NUMBERS
from recruitwatch.contracts.values.checking import (
    CHECK_FORM,
    CheckedPaper,
    CheckInput,
    CheckRefused,
    Step,
    TermsAlone,
)
from recruitwatch.contracts.values.judged import ContractLibrary, CorridorLaw, OccupationPack
from recruitwatch.contracts.values.terms import FORM, Rate, Terms, TermValue
from recruitwatch.contracts.values.written import Parameter, ParameterType
from recruitwatch.errors import N_, Day, English, Message, Value

MOST_BYTES = 1_000_000
HIGHEST = 1_000_000_000
FORMS = (FORM, CHECK_FORM)

TOO_LARGE = N_("The file has more than %(most)s bytes, which is more than papers of a worker need.")
NOT_JSON = N_("This is not JSON that can be read: %(problem)s")
NAMED_TWICE = N_("“%(name)s” stands there twice, and nobody can tell which of the two is meant.")
NO_FORM = N_("“form” must say what this is: one of %(known)s.")
WRONG_FORM = N_("The form “%(form)s” is not known. Known are: %(known)s.")
DOES_NOT_FIT = N_("This does not fit the form %(form)s: %(problem)s")
UNKNOWN_LANGUAGE = N_("%(place)s: “%(value)s” is not the code of a language.")
UNKNOWN_CLAUSE = N_("%(place)s: %(pack)s has no clause %(value)s.")
UNKNOWN_VARIANT = N_("%(place)s: the clause %(clause)s has no wording “%(value)s”.")
UNKNOWN_VALUE = N_("%(place)s: %(pack)s has no value “%(value)s”.")
NOT_A_NUMBER = N_("%(place)s: “%(value)s” must be a number from 0 to %(most)s.")
NOT_YES_NO = N_("%(place)s: “%(value)s” must be true or false.")
NOT_TEXT = N_("%(place)s: “%(value)s” must be one line of text that people can read.")
NOT_A_LIST = N_("%(place)s: “%(value)s” must be a list.")
NOT_A_DATE = N_("%(place)s: “%(value)s” must be a date such as 2026-03-31.")
NOT_A_CURRENCY = N_("%(place)s: “%(value)s” is not the code of a currency.")
NOT_AN_OPTION = N_("%(place)s: “%(value)s” must be one of %(known)s.")
OTHER_COUNTRY = N_(
    "%(place)s: “%(name)s” is %(value)s, and the corridor of this paper has %(corridor)s there."
)
RATES_DIFFER = N_(
    "There are different exchange rates of %(of)s and %(to)s for %(day)s: %(one)s and %(other)s."
)

# A rate and its opposite are rounded, each by itself.
_ROUNDED = Decimal("0.01")

# Everything else that people agree on, such as a job in a shop, is read and judged. Kinds of work
# may have options of their own beside these.
_OPTIONS: dict[str, tuple[str, ...]] = {
    "room_type": ("own_room", "shared_woman", "shared_children"),
    "food_mode": ("provided", "allowance"),
    "wage_period": PERIODS,
}


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """A paper with the library's pack and the law of its corridor on the day it was signed."""

    given: CheckInput
    paper: CheckedPaper
    place: int
    pack: OccupationPack
    law: CorridorLaw
    boxes: Mapping[str, Value]
    """What the boxes for stamps on papers are called."""


def label_of(subject: Subject, name: str) -> Value:
    """What a value is called; one that the kind of work does not have, by its name."""
    parameter = subject.pack.parameters.get(name)
    return Message(parameter.label) if parameter else name


class _Named(msgspec.Struct):
    form: str | None = None


def read_check(raw: bytes, *, arrived_on: date | None = None) -> CheckInput:
    """What a JSON file asks to check; raises `CheckRefused`. Terms of a contract alone are taken as
    signed at home, or, when the day of arrival is given and they are younger, as signed after it."""
    if len(raw) > MOST_BYTES:
        raise CheckRefused((Message(TOO_LARGE, {"most": MOST_BYTES}),))
    raw = _sole(raw)
    known = ", ".join(FORMS)
    named = _decoded(raw, _Named, NOT_JSON, {})
    if named.form is None:
        raise CheckRefused((Message(NO_FORM, {"known": known}),))
    if named.form == CHECK_FORM:
        found = _decoded(raw, CheckInput, DOES_NOT_FIT, {"form": CHECK_FORM})
        return (
            found if arrived_on is None else msgspec.structs.replace(found, arrived_on=arrived_on)
        )
    if named.form != FORM:
        raise CheckRefused(
            (Message(WRONG_FORM, {"form": printable(named.form[:60]), "known": known}),)
        )
    terms = _decoded(raw, Terms, DOES_NOT_FIT, {"form": FORM})
    after = arrived_on is not None and terms.signed_on >= arrived_on
    paper = TermsAlone(step=Step.AFTER_ARRIVAL if after else Step.SIGNED, terms=terms)
    return CheckInput(papers=(paper,), arrived_on=arrived_on)


Kind = TypeVar("Kind", bound=msgspec.Struct)


def _sole(raw: bytes) -> bytes:
    """The same JSON, in which every name stands once."""
    raw = without_mark(raw)
    try:
        twice = named_twice(raw)
    except (ValueError, RecursionError) as problem:
        said = {"problem": English(printable(str(problem)[:300]))}
        raise CheckRefused((Message(NOT_JSON, said),)) from None
    if twice is not None:
        raise CheckRefused((Message(NAMED_TWICE, {"name": twice}),))
    return raw


def _decoded(raw: bytes, kind: type[Kind], sentence: str, values: dict[str, str]) -> Kind:
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise CheckRefused(
            (Message(sentence, {**values, "problem": English(printable(str(problem)[:300]))}),)
        ) from None


def subjects_of(given: CheckInput, library: ContractLibrary) -> tuple[Subject, ...]:
    """The papers in the order of the worker's way, with their law. Refuses unknown corridors, kinds
    of work, days and languages, values nobody can read, and days that contradict the steps."""
    in_order = in_order_of(given)
    corridors = library.newest_corridors
    found: list[Subject] = []
    wrong = [*_hidden_beside(given), *_unclear(given.rates)]
    for place, paper in enumerate(in_order, start=1):
        terms = paper.terms
        pack = library.pack(terms.pack, terms.template_version)
        law = law_of(
            corridors,
            origin=terms.origin,
            destination=terms.destination,
            pack=terms.pack,
            on=terms.signed_on,
            woman=terms.worker_is == "woman",
        )
        named = f"{paper.step.value} ({place})"
        wrong.extend(_unreadable(paper, pack, named))
        wrong.extend(texts_given_twice(paper, named))
        wrong.extend(_elsewhere(terms, law, named))
        boxes = dict.fromkeys((*law.origin.attestation_boxes, *law.destination.attestation_boxes))
        words = {one: phrase(library, pack.written.words, f"box_{one}") or one for one in boxes}
        found.append(
            Subject(given=given, paper=paper, place=place, pack=pack, law=law, boxes=words)
        )
    if wrong:
        raise CheckRefused(tuple(wrong[:50]))
    return tuple(found)


def _hidden_beside(given: CheckInput) -> Iterator[Message]:
    """Hidden signs in what is handed in beside the papers."""
    for name in ("rates", "payments", "agency_findings"):
        yield from _hidden(msgspec.to_builtins(getattr(given, name)), name, name)


def _hidden(value: object, place: str, name: str) -> Iterator[Message]:
    """Every text with signs that people cannot see and screens obey, wherever it stands."""
    if isinstance(value, str):
        if NOT_PRINTED.search(value):
            yield Message(NOT_TEXT, {"place": place, "value": name})
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _hidden(one, place, key)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _hidden(one, place, name)


def _unclear(rates: tuple[Rate, ...]) -> Iterator[Message]:
    """Two rates of one day that do not agree: which of them is taken would be chance."""
    for one, other in combinations(rates, 2):
        if one.on != other.on or {one.of, one.to} != {other.of, other.to}:
            continue
        first, second = (Decimal(str(each.rate)) for each in (one, other))
        same_way = one.of == other.of
        if first == second if same_way else abs(first * second - 1) <= _ROUNDED:
            continue
        yield Message(
            RATES_DIFFER,
            {"of": one.of, "to": one.to, "day": Day(one.on), "one": figure(first),
             "other": figure(second)},
        )  # fmt: skip


def _elsewhere(terms: Terms, law: CorridorLaw, place: str) -> Iterator[Message]:
    """A paper is judged by the law of its corridor, so it cannot name other countries."""
    corridor = {
        "origin_country": law.origin.code,
        "destination_country": law.destination.country,
    }
    for name, code in corridor.items():
        value = terms.values.get(name)
        if isinstance(value, str) and value.strip() and value != code:
            said = {"place": place, "name": name, "value": printable(value[:60]), "corridor": code}
            yield Message(OTHER_COUNTRY, said)


def _unreadable(paper: CheckedPaper, pack: OccupationPack, place: str) -> Iterator[Message]:
    terms, seen = paper.terms, paper.seen
    yield from _hidden(msgspec.to_builtins(paper), place, "paper")
    printed = [one.language for one in seen.texts]
    for language in (*terms.languages, *(seen.worker_reads or ()), *seen.read_aloud_in, *printed):
        if not is_language(language):
            yield Message(UNKNOWN_LANGUAGE, {"place": place, "value": language})
    clauses = {one.id: [variant.key for variant in one.variants] for one in pack.clauses}
    for clause in terms.clauses:
        said = {"place": place, "clause": clause.id}
        if clause.id not in clauses:
            yield Message(UNKNOWN_CLAUSE, {"place": place, "pack": pack.id, "value": clause.id})
        elif clause.variant not in clauses[clause.id]:
            yield Message(UNKNOWN_VARIANT, {**said, "value": clause.variant})
    parameters = pack.parameters
    for values in (terms.values, *(one.values for one in seen.texts)):
        for name, value in values.items():
            if name not in parameters:
                yield Message(UNKNOWN_VALUE, {"place": place, "pack": pack.id, "value": name})
            elif value is not None:
                yield from _wrong(name, value, parameters[name], place)


def _wrong(name: str, value: TermValue, parameter: Parameter, place: str) -> Iterator[Message]:
    said: dict[str, Value] = {"place": place, "value": name}
    if parameter.type in NUMBERS:
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not 0 <= value <= HIGHEST
        ):
            yield Message(NOT_A_NUMBER, {**said, "most": HIGHEST})
    elif parameter.type is ParameterType.BOOL:
        if not isinstance(value, bool):
            yield Message(NOT_YES_NO, said)
    elif parameter.type is ParameterType.LIST:
        if not isinstance(value, tuple):
            yield Message(NOT_A_LIST, said)
    elif not isinstance(value, str):
        yield Message(NOT_TEXT, said)
    elif value.strip() and not NOT_PRINTED.search(value):
        yield from _wrong_text(name, value, parameter, said)


def _wrong_text(
    name: str, value: str, parameter: Parameter, said: dict[str, Value]
) -> Iterator[Message]:
    if parameter.type is ParameterType.DATE and not is_date(value):
        yield Message(NOT_A_DATE, said)
    elif parameter.type is ParameterType.CURRENCY and value not in ENGLISH.currencies:
        yield Message(NOT_A_CURRENCY, {**said, "value": value})
    elif parameter.type is ParameterType.LANGUAGE and not is_language(value):
        yield Message(UNKNOWN_LANGUAGE, {**said, "value": value})
    elif name in _OPTIONS and value not in (
        known := dict.fromkeys((*_OPTIONS[name], *parameter.options))
    ):
        yield Message(NOT_AN_OPTION, {**said, "known": ", ".join(known)})
