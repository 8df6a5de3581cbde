"""Forms of oversight: who takes work over, and which entries of history are wanted."""

from collections.abc import Collection, Mapping
from uuid import UUID

from recruitwatch.errors import N_
from recruitwatch.history.values import Action
from recruitwatch.oversight.values import KIND_NAMES, HistoryFilter
from recruitwatch.web.forms import Errors, FormReader

SUCCESSOR_MISSING = N_("Choose who takes the work over.")


def parse_successor(reader: FormReader, inspectors: Collection[str]) -> UUID | Errors:
    chosen = reader.form.get("to_person", "")
    if chosen not in inspectors:
        reader.refuse("to_person", SUCCESSOR_MISSING)
        return reader.errors
    return UUID(chosen)


def parse_filter(query: Mapping[str, str]) -> HistoryFilter:
    """What was chosen above the list; a value that is none of the choices counts as all."""
    action, kind = query.get("action", ""), query.get("kind", "")
    return HistoryFilter(
        action=Action(action) if action in set(Action) else None,
        person_id=_identifier(query.get("person", "")),
        kind=kind if kind in KIND_NAMES else None,
    )


def _identifier(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
