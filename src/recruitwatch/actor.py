"""Who acts: the frozen value that every action takes and history records."""

from uuid import UUID

import msgspec


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """A signed-in person, or the system itself (`person_id` is None)."""

    person_id: UUID | None
    name: str
    office_id: UUID | None
    office_name: str = ""
    roles: frozenset[str] = frozenset()
    second_factor: bool = False
    agency_id: UUID | None = None
    """Of a person of an agency, who belongs to no office."""

    @property
    def id(self) -> UUID:
        """The person's id; the system has none and must not ask for it."""
        if self.person_id is None:
            raise LookupError("the system is not a person")
        return self.person_id

    @property
    def own_agency(self) -> UUID:
        """The agency whose person this is; nobody of the ministry has one and must be asked for it."""
        if self.agency_id is None:
            raise LookupError("this person is not of an agency")
        return self.agency_id


SYSTEM = Actor(person_id=None, name="recruitwatch", office_id=None)
