"""What is typed about desks and numbers of help."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from recruitwatch.complaints.values.desks import HelpNumber
from recruitwatch.errors import N_
from recruitwatch.web.forms import Errors, FormReader

MOST_NUMBERS = 8

NAME_TOO = N_("Say who answers this number.")
NUMBER_TOO = N_("Write the number.")
DIGITS = N_("Write a number that a phone can dial.")


class NewDesk(msgspec.Struct, frozen=True, kw_only=True):
    oversight: bool
    takes_public: bool


class Admission(msgspec.Struct, frozen=True, kw_only=True):
    person_id: UUID
    cleared: bool


def parse_desk(reader: FormReader) -> NewDesk:
    oversight = reader.form.get("kind") == "oversight"
    return NewDesk(oversight=oversight, takes_public=reader.flag("takes_public"))


def parse_admission(reader: FormReader, person_id: UUID) -> Admission:
    return Admission(person_id=person_id, cleared=reader.flag("cleared"))


def parse_numbers(reader: FormReader, ids: Sequence[UUID]) -> list[HelpNumber] | Errors:
    """The rows that are filled in, by their place; an empty row is none. `ids` are one for each row."""
    found: list[tuple[int, HelpNumber]] = []
    for row, identity in enumerate(ids, start=1):
        name = reader.text(f"name-{row}", longest=80)
        number = reader.text(f"number-{row}", longest=30)
        hours = reader.text(f"hours-{row}", longest=80)
        place = reader.whole(f"place-{row}", least=1, most=99) or row
        if not (name or number or hours):
            continue
        if not name:
            reader.refuse(f"name-{row}", NAME_TOO)
        if not number:
            reader.refuse(f"number-{row}", NUMBER_TOO)
        elif not any(sign.isdecimal() for sign in number) or len(number) < 2:
            reader.refuse(f"number-{row}", DIGITS)
        one = HelpNumber(id=identity, position=row, name=name, number=number, hours=hours)
        found.append((place, one))
    if reader.errors:
        return reader.errors
    ordered = [one for _, one in sorted(found, key=lambda pair: (pair[0], pair[1].position))]
    return [
        msgspec.structs.replace(one, position=position)
        for position, one in enumerate(ordered, start=1)
    ]
