"""A difference between two versions of a pack in words: what changed in which clause, old and new."""

from collections.abc import Callable, Iterator, Mapping

import msgspec

from recruitwatch.contracts.rules.difference import difference
from recruitwatch.contracts.rules.naming import term, yes_no
from recruitwatch.contracts.rules.wording import BASE_LANGUAGE
from recruitwatch.contracts.values.judged import OccupationPack, TextChange
from recruitwatch.contracts.values.written import Better, Parameter, ParameterType, Unit
from recruitwatch.errors import N_, Message, Value

ADDED = N_("New clause")
REMOVED = N_("Clause left out")
MOVED = N_("Stands in another place")
TITLE = N_("Title")
GROUP = N_("Group")
MANDATORY = N_("Mandatory")
IN_USE = N_("In use")
ROW = N_("Sentence %(row)s (wording “%(variant)s”)")
VALUE_ADDED = N_("New value")
VALUE_REMOVED = N_("Value left out")
VALUE = N_("%(label)s: %(field)s")
_OF_CLAUSE = {"title": TITLE, "group": GROUP, "mandatory": MANDATORY, "in_use": IN_USE}
_FIELDS = {
    "label": N_("name"),
    "type": N_("kind"),
    "better": N_("what is better for the worker"),
    "required": N_("must be filled in"),
    "default": N_("what the model says"),
    "min": N_("lowest"),
    "max": N_("highest"),
    "floor": N_("figure of law it may not go below"),
    "ceiling": N_("figure of law it may not go above"),
    "unit": N_("unit"),
    "currency": N_("currency"),
    "options": N_("choices"),
}
_WORDS: dict[ParameterType | Better | Unit, str] = {
    ParameterType.TEXT: N_("text"),
    ParameterType.ADDRESS: N_("address"),
    ParameterType.PHONE: N_("telephone number"),
    ParameterType.COUNTRY: N_("country"),
    ParameterType.LANGUAGE: N_("language"),
    ParameterType.CURRENCY: N_("currency"),
    ParameterType.DATE: N_("date"),
    ParameterType.INTEGER: N_("whole number"),
    ParameterType.HOURS: N_("hours"),
    ParameterType.DAYS: N_("days"),
    ParameterType.MONTHS: N_("months"),
    ParameterType.PERCENT: N_("per cent"),
    ParameterType.MONEY: N_("money"),
    ParameterType.BOOL: N_("yes or no"),
    ParameterType.ENUM: N_("one choice"),
    ParameterType.LIST: N_("several choices"),
    Better.HIGHER: N_("more"),
    Better.LOWER: N_("less"),
    Better.YES: N_("yes"),
    Better.NO: N_("no"),
    Better.SAME: N_("no change"),
    Better.INFO: N_("neither"),
    Unit.DAY: N_("day"),
    Unit.HOUR: N_("hour"),
    Unit.WEEK: N_("week"),
    Unit.MONTH: N_("month"),
    Unit.MINUTE: N_("minute"),
    Unit.YEAR: N_("year"),
    Unit.KILOGRAM: N_("kilogram"),
    Unit.SQUARE_METRE: N_("square metre"),
    Unit.METRE: N_("metre"),
    Unit.KILOMETRE: N_("kilometre"),
    Unit.DEGREE: N_("degree Celsius"),
    Unit.PERSON: N_("person"),
    Unit.COPY: N_("copy"),
}


class SaidChange(msgspec.Struct, frozen=True, kw_only=True):
    """One change for people to read. Nothing on one side: it came or went."""

    clause: str
    what: Message
    field: str = ""
    """What of a value changed, to be translated by itself."""
    old: Value | None = None
    new: Value | None = None


def said_changes(
    old: OccupationPack,
    new: OccupationPack,
    language: str = BASE_LANGUAGE,
    groups: Mapping[str, Value] | None = None,
) -> tuple[SaidChange, ...]:
    """Everything that reads differently, in the order of the new version's clauses; clauses that went
    come first. In English where one of the two does not speak the language. `groups` says what groups
    of clauses are called."""
    spoken = language if language in old.texts and language in new.texts else BASE_LANGUAGE
    found = difference(old, new, spoken)
    titles = {
        name: one.title for name, one in (*old.texts[spoken].items(), *new.texts[spoken].items())
    }
    said = [SaidChange(clause=titles[one], what=Message(REMOVED)) for one in found.removed]
    order = [one.id for one in new.clauses]
    later = [
        *((one, SaidChange(clause=titles[one], what=Message(ADDED))) for one in found.added),
        *((one, SaidChange(clause=titles[one], what=Message(MOVED))) for one in found.moved),
        *(
            (one.clause, said)
            for one in found.changes
            for said in _said(one, titles, old, new, groups or {})
        ),
    ]
    said += [one for _, one in sorted(later, key=lambda pair: order.index(pair[0]))]
    return tuple(said)


def _said(
    change: TextChange,
    titles: dict[str, str],
    old: OccupationPack,
    new: OccupationPack,
    groups: Mapping[str, Value],
) -> Iterator[SaidChange]:
    clause, values = titles[change.clause], {**old.parameters, **new.parameters}
    before, after = (_value(pack, change, groups) for pack in (old, new))
    name, _, rest = change.what.partition(".")
    if change.what in _OF_CLAUSE:
        what, field = Message(_OF_CLAUSE[change.what]), ""
    elif rest.isdecimal():
        what, field = Message(ROW, {"row": rest, "variant": name}), ""
    elif not rest:
        what, field = Message(VALUE_ADDED if change.old is None else VALUE_REMOVED), ""
    else:
        what, field = Message(VALUE, {"label": Message(values[name].label)}), _FIELDS[rest]
    yield SaidChange(
        clause=clause, what=what, field=field, old=before or change.old, new=after or change.new
    )


def _value(pack: OccupationPack, change: TextChange, groups: Mapping[str, Value]) -> Value | None:
    """What changed as one of the versions has it; nothing for a wording, which is text already, and for
    what the version does not have."""
    name, _, field = change.what.partition(".")
    if change.what in _OF_CLAUSE and change.what != "title":
        found = getattr(pack.clause(change.clause), change.what)
        return yes_no(found) if isinstance(found, bool) else groups.get(found, found)
    parameter = pack.clause(change.clause).parameters.get(name)
    if parameter is None or field.isdecimal():
        return None
    return _of_parameter(pack, name, parameter, field or "label")


def _of_parameter(
    pack: OccupationPack, name: str, parameter: Parameter, field: str
) -> Value | None:
    found = getattr(parameter, field)
    if found is None:
        return None
    match field:
        case "label":
            return Message(found)
        case "type" | "better" | "unit":
            return Message(_WORDS[found])
        case "currency":
            return Message(pack.parameters[found].label)
        case "floor" | "ceiling":
            return str(found)
        case _:
            return term(pack, name, found)


def said_in_one(change: SaidChange, say: Callable[[Value], str]) -> str:
    """A change on one line, in the language of `say`."""
    values = dict(change.what.values)
    if change.field:
        values["field"] = Message(change.field)
    return say(Message(change.what.key, values))
