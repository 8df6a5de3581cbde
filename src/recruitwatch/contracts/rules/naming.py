"""Values, figures, places and clauses of contracts as things to be said in the reader's language."""

from datetime import date
from decimal import Decimal

from recruitwatch.contracts.rules.slots import worded
from recruitwatch.contracts.values.corridors import Destination, Origin
from recruitwatch.contracts.values.judged import Bound, ContractLibrary, OccupationPack
from recruitwatch.contracts.values.terms import TermValue
from recruitwatch.contracts.values.written import Parameter, ParameterType, Wording
from recruitwatch.errors import (
    N_,
    Country,
    Day,
    English,
    Figure,
    Language,
    Message,
    Spoken,
    Value,
    listed,
)

AMOUNT = N_("%(value)s %(unit)s")
NAMED = N_("%(label)s: %(value)s")
FROM_TO = N_("%(origin)s → %(destination)s")
YES, NO = N_("yes"), N_("no")
NOTHING = "—"


def figure(value: float | Decimal) -> Figure:
    """A number without digits that say nothing."""
    exact = Decimal(str(value))
    whole = exact == exact.to_integral_value()
    return Figure(exact.quantize(Decimal(1)) if whole else exact.normalize())


def counted(value: Value, unit: Value | None) -> Value:
    """A number with what it counts, or by itself."""
    return Message(AMOUNT, {"value": value, "unit": unit}) if unit else value


def unit_of(bound: Bound) -> Value:
    """What a figure of law counts: its currency, or the unit that stands in the file of its corridor."""
    return bound.currency or Message(bound.unit)


def place(one: Origin | Destination) -> Value:
    """A country as the reader calls it; a scheme of one, such as seasonal work, by its own name."""
    if isinstance(one, Destination):
        return Country(one.code) if one.code == one.country else Message(one.name)
    return Country(one.code)


def yes_no(value: bool) -> Message:
    return Message(YES if value else NO)


def option(pack: OccupationPack, name: str, key: str) -> Value:
    """A choice in the words of the pack; what the pack does not know stays as it was written."""
    texts = {
        language: worded(wordings[key], feminine=False)
        for language, options in pack.options.items()
        if key in (wordings := options.get(name, {}))
    }
    return Spoken(key, texts) if texts else key


def clause_title(pack: OccupationPack, clause: str) -> Spoken:
    return Spoken(clause, {language: one[clause].title for language, one in pack.texts.items()})


def phrase(library: ContractLibrary, version: int, key: str) -> Spoken | None:
    """What a version of the words around the clauses has under a key, if anything."""
    found: dict[str, Wording] = {
        language: words.phrases[key]
        for (one, language), words in library.words.items()
        if one == version and key in words.phrases
    }
    texts = {language: worded(one, feminine=False) for language, one in found.items()}
    return Spoken(key, texts) if texts else None


def term(pack: OccupationPack, name: str, value: TermValue) -> Value:
    """A value of a contract as people read it."""
    if isinstance(value, bool):
        return yes_no(value)
    if isinstance(value, int | float):
        return figure(value)
    if isinstance(value, tuple):
        return listed(option(pack, name, one) for one in value) if value else NOTHING
    if not value:
        return NOTHING
    return _text(pack, name, value, pack.parameters[name])


def _text(pack: OccupationPack, name: str, value: str, parameter: Parameter) -> Value:
    match parameter.type:
        case ParameterType.ENUM | ParameterType.LIST:
            return option(pack, name, value)
        case ParameterType.COUNTRY:
            return Country(value)
        case ParameterType.LANGUAGE:
            return Language(value)
        case ParameterType.DATE:
            return Day(date.fromisoformat(value))
        case _:
            return value


def by_code(value: Value) -> Value:
    """The same for programs: choices, countries and languages by their codes, days as ISO writes them."""
    match value:
        case Message():
            return Message(value.key, {name: by_code(one) for name, one in value.values.items()})
        case Spoken() | Country() | Language():
            return value.code
        case Day():
            return value.on.isoformat()
        case English():
            return value.text
        case _:
            return value
