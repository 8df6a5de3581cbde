"""A difference between two versions of a pack in words: what changed in which clause, old and new."""

from collections.abc import Callable, Iterator

import msgspec

from recruitwatch.contracts.rules.difference import difference
from recruitwatch.contracts.rules.wording import BASE_LANGUAGE
from recruitwatch.contracts.values.judged import OccupationPack, TextChange
from recruitwatch.errors import N_, Message

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


class SaidChange(msgspec.Struct, frozen=True, kw_only=True):
    """One change for people to read. Nothing on one side: it came or went."""

    clause: str
    what: Message
    field: str = ""
    """What of a value changed, to be translated by itself."""
    old: str | None = None
    new: str | None = None


def said_changes(
    old: OccupationPack, new: OccupationPack, language: str = BASE_LANGUAGE
) -> tuple[SaidChange, ...]:
    """Everything that reads differently, in the order of the new version's clauses; clauses that went
    come first. In English where one of the two does not speak the language."""
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
        *((one.clause, said) for one in found.changes for said in _said(one, titles, old, new)),
    ]
    said += [one for _, one in sorted(later, key=lambda pair: order.index(pair[0]))]
    return tuple(said)


def _said(
    change: TextChange, titles: dict[str, str], old: OccupationPack, new: OccupationPack
) -> Iterator[SaidChange]:
    clause, values = titles[change.clause], {**old.parameters, **new.parameters}
    name, _, rest = change.what.partition(".")
    if change.what in _OF_CLAUSE:
        what, field = Message(_OF_CLAUSE[change.what]), ""
    elif rest.isdecimal():
        what, field = Message(ROW, {"row": rest, "variant": name}), ""
    elif not rest:
        what, field = Message(VALUE_ADDED if change.old is None else VALUE_REMOVED), ""
    else:
        what, field = Message(VALUE, {"label": values[name].label}), _FIELDS[rest]
    yield SaidChange(clause=clause, what=what, field=field, old=change.old, new=change.new)


def said_in_one(change: SaidChange, say: Callable[[Message], str]) -> str:
    """A change on one line, in the language of `say`."""
    values = dict(change.what.values)
    if change.field:
        values["field"] = say(Message(change.field))
    return say(Message(change.what.key, values))
