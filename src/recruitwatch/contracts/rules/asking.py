"""What a form asks for a contract: the open values of its clauses in groups, with limits and sources."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from itertools import groupby

import msgspec

from recruitwatch.contracts.rules.assembling import assemble, pack_of
from recruitwatch.contracts.rules.given import FOLLOWING, wrong_values
from recruitwatch.contracts.rules.naming import place
from recruitwatch.contracts.rules.report import limits_of
from recruitwatch.contracts.rules.slots import worded
from recruitwatch.contracts.rules.soundness import NUMBERS
from recruitwatch.contracts.rules.wording import BASE_LANGUAGE
from recruitwatch.contracts.values.judged import Choice, ContractLibrary, OccupationPack
from recruitwatch.contracts.values.terms import Contract, ContractInput, TermValue
from recruitwatch.contracts.values.written import Better, Clause, Parameter, ParameterType, Words
from recruitwatch.errors import Message, Value

# Besides what follows from corridor and languages: the number comes with the registration, and the law
# that governs is that of the country of work.
NOT_ASKED = FOLLOWING | {
    "contract_number",
    "contract_version",
    "governing_law",
    "prevailing_mode",
}
CURRENCY = "wage_currency"


class Kind(StrEnum):
    NUMBER = "number"
    TEXT = "text"
    DAY = "day"
    YES_NO = "yes_no"
    CHOICE = "choice"
    MANY = "many"


class AskedField(msgspec.Struct, frozen=True, kw_only=True):
    """A value to fill in. `model` is what holds when it is left empty; `limits` are the figures of law."""

    name: str
    label: Value
    kind: Kind
    unit: str
    required: bool
    options: tuple[tuple[str, str], ...]
    model: TermValue
    limits: tuple[Message, ...]


class AskedClause(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    fields: tuple[AskedField, ...]


class AskedGroup(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    clauses: tuple[AskedClause, ...]


class Optional(msgspec.Struct, frozen=True, kw_only=True):
    """Clauses that may be left out, and those that are off in the model, with their titles."""

    leave_out: tuple[tuple[str, str], ...]
    switch_on: tuple[tuple[str, str], ...]


def settable(pack: OccupationPack) -> dict[str, Parameter]:
    """Values that a person may set. Protections that cannot be switched off are not asked."""
    return {
        name: one
        for name, one in pack.parameters.items()
        if name not in NOT_ASKED and one.better is not Better.YES
    }


def asked_groups(
    asked: ContractInput, library: ContractLibrary, language: str
) -> tuple[AskedGroup, ...]:
    """Everything that can be filled in, in the order of the clauses, in the reader's language as far as
    the library speaks it, with amounts in the currency that was asked for."""
    pack = pack_of(asked, library)
    bare = assemble(msgspec.structs.replace(asked, values=_currency_of(asked, pack)), library)
    says = _Says(pack, library, bare, language)
    return tuple(
        AskedGroup(title=says.group(group), clauses=clauses)
        for group, members in groupby(pack.clauses, key=lambda one: one.group)
        if (clauses := tuple(says.clauses(members)))
    )


def _currency_of(asked: ContractInput, pack: OccupationPack) -> dict[str, TermValue]:
    """What amounts are counted in, when it is a currency; a form with mistakes may hold anything."""
    only = {name: one for name, one in asked.values.items() if name == CURRENCY}
    counted = msgspec.structs.replace(asked, values=only)
    return {} if any(wrong_values(counted, pack, None)) else only


def optional_clauses(pack: OccupationPack, language: str) -> Optional:
    said = pack.texts.get(language) or pack.texts[BASE_LANGUAGE]
    named = [(one, (one.id, said[one.id].title)) for one in pack.clauses if not one.mandatory]
    return Optional(
        leave_out=tuple(title for one, title in named if one.in_use),
        switch_on=tuple(title for one, title in named if not one.in_use),
    )


def day_of_new_version(before: date, today: date, library: ContractLibrary) -> date:
    """The day of signing that is proposed for a new version: today, where the law of today is known and the
    version before was not signed later; else the day of that version."""
    known = library.newest_corridors.destinations
    return today if before <= today and known.covers_from <= today <= known.covers_to else before


def places_of(library: ContractLibrary) -> tuple[dict[str, Value], dict[str, Value]]:
    """Origins and destinations of the newest corridors by code, each as something to be said."""
    corridors = library.newest_corridors
    origins = {one.code: place(one) for one in corridors.origins.origins}
    destinations = {one.code: place(one) for one in corridors.destinations.destinations}
    return origins, destinations


class _Says:
    def __init__(
        self, pack: OccupationPack, library: ContractLibrary, bare: Contract, language: str
    ) -> None:
        known = (pack.written.words, language) in library.words and language in pack.texts
        self.language = language if known else BASE_LANGUAGE
        self.pack, self.library, self.bare = pack, library, bare
        self.words: Words = library.words_of(pack, self.language)
        self.choices: dict[str, Choice] = {one.parameter: one for one in bare.choices}
        self.names = settable(pack)

    def group(self, group: str) -> str:
        return worded(self.words.phrases[f"group_{group}"], feminine=False)

    def clauses(self, members: Iterator[Clause]) -> Iterator[AskedClause]:
        for clause in members:
            fields = tuple(
                self.field(name, one)
                for name, one in clause.parameters.items()
                if name in self.names
            )
            if fields:
                title = self.pack.texts[self.language][clause.id].title
                yield AskedClause(title=title, fields=fields)

    def field(self, name: str, one: Parameter) -> AskedField:
        phrase = self.words.phrases.get(f"fact_{name}")
        choice = self.choices.get(name)
        return AskedField(
            name=name,
            label=worded(phrase, feminine=False) if phrase else Message(one.label),
            kind=_kind(one),
            unit=self.unit(one),
            required=one.required,
            options=tuple((key, self.option(name, key)) for key in one.options),
            model=choice.model if choice else one.default,
            limits=limits_of(choice, self.bare, self.library) if choice else (),
        )

    def unit(self, one: Parameter) -> str:
        if one.type is ParameterType.PERCENT:
            return "%"
        if one.type is ParameterType.MONEY:
            return str(self.bare.terms.values.get(one.currency or "") or "")
        if one.unit is None:
            return ""
        forms = self.words.units[one.unit]
        return forms["other"].replace("{{ n }}", "").strip()

    def option(self, name: str, key: str) -> str:
        return worded(self.pack.options[self.language][name][key], feminine=False)


def _kind(one: Parameter) -> Kind:
    if one.type in NUMBERS:
        return Kind.NUMBER
    return {
        ParameterType.DATE: Kind.DAY,
        ParameterType.BOOL: Kind.YES_NO,
        ParameterType.ENUM: Kind.CHOICE,
        ParameterType.LIST: Kind.MANY,
    }.get(one.type, Kind.TEXT)
