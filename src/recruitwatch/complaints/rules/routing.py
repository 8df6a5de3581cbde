"""Which desk takes a case and who may hold its key: whom she hid it from, and what it is about."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from uuid import UUID

from anyascii import anyascii

from recruitwatch.complaints.values.codes import Compartment
from recruitwatch.complaints.values.desks import Desk, StaffName
from recruitwatch.complaints.values.filing import DeskHolder, Route
from recruitwatch.names.rules import normalise

SHORTEST_NAME = 3
_VOWELS = frozenset("aeiouyw'")
_SAME_SOUND = str.maketrans("cqzv", "kkjb")
_TWICE = re.compile(r"(.)\1+")


def route(
    holders: Sequence[DeskHolder],
    *,
    compartment: Compartment,
    hidden_offices: Collection[UUID],
    hidden_people: Collection[UUID],
    desk_id: UUID | None = None,
) -> Route | None:
    """The desk for a case and its holders, or None where nobody may take it. `holders` come by desk, in the
    order in which desks opened.

    Complaints about officials go to oversight only. Others go to the first desk that takes cases of the
    public and has somebody left after those she hid it from; then to oversight. A case that is at a desk
    already stays there where it can (`desk_id`). A desk that no second person has confirmed takes none: an
    administrator could make an office and an officer for it alone. A protected case is held by cleared
    officers only. Who is hidden is left out of the keys, not only out of the lists.
    """
    offices = frozenset(hidden_offices)
    people = frozenset(hidden_people)
    fit = [
        one
        for one in holders
        if one.confirmed
        and one.office_id not in offices
        and one.person_id not in people
        and (one.cleared or compartment is not Compartment.PROTECTED)
    ]
    public = [
        one
        for one in fit
        if not one.oversight and (one.takes_public if desk_id is None else one.desk_id == desk_id)
    ]
    chosen = [] if compartment is Compartment.OVERSIGHT else public
    chosen = chosen or [one for one in fit if one.oversight]
    if not chosen:
        return None
    desk = chosen[0].desk_id
    return Route(
        desk_id=desk,
        compartment=compartment,
        holders=tuple(one for one in chosen if one.desk_id == desk),
        hidden_offices=tuple(sorted(offices)),
        hidden_people=tuple(sorted(people)),
    )


def may_confirm(
    desk: Desk, holders: Iterable[DeskHolder], person_id: UUID, *, regulator: bool
) -> bool:
    """Whether this person is the second one that a new desk needs: a regulator, or for an office an officer
    of another desk that is confirmed. Never who opened it or sits there. Source: the project's threat model.
    """
    at = [one for one in holders if one.person_id == person_id]
    if person_id == desk.opened_by or any(one.desk_id == desk.id for one in at):
        return False
    return regulator or (not desk.oversight and any(one.confirmed for one in at))


def named_people(staff: Iterable[StaffName], said: str) -> frozenset[UUID]:
    """The people of the ministry whom these words may mean, in whatever script and spelling: Rohim is Rahim,
    and so is রহিম. One common word is enough: leaving out one officer too many costs a little time, leaving
    one in may cost her safety."""
    meant = set(_sounds(said))
    return frozenset(one.person_id for one in staff if not meant.isdisjoint(_sounds(one.full_name)))


def _sounds(name: str) -> Iterator[str]:
    """The words of a name as they are written, and as their consonants in Latin letters, of which three tell
    a name from another word; vowels are what spellings and scripts differ in."""
    for word in normalise(name).split():
        if len(word) >= SHORTEST_NAME:
            yield word
        plain = anyascii(word).casefold().replace("ch", "c").translate(_SAME_SOUND)
        consonants = _TWICE.sub(r"\1", "".join(c for c in plain if c not in _VOWELS))
        if len(consonants) >= SHORTEST_NAME:
            yield f"{consonants}~"
