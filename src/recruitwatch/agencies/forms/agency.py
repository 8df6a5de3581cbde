"""Forms of an agency: a new one, its own facts, the kinds of work it recruits for."""

from collections.abc import Mapping

import msgspec

from recruitwatch.agencies.values import (
    SECTORS,
    Address,
    AgencyRecord,
    Contact,
    ContactKind,
    Register,
)
from recruitwatch.errors import N_
from recruitwatch.names.rules import normalise, normalise_number
from recruitwatch.web.forms import Errors, FormReader

REGISTER_MISSING = N_("Choose a register.")
NAME_MISSING = N_("Write the legal name.")
NAME_UNREADABLE = N_("Write a name with letters.")
NUMBER_UNREADABLE = N_("Write a licence number with letters or digits, or leave it empty.")
NAME_LONGEST = 300


def parse_new_agency(
    reader: FormReader, registers: Mapping[str, Register]
) -> AgencyRecord | Errors:
    """The first facts of a new agency; the rest is added part by part."""
    register = registers.get(reader.form.get("register_id", ""))
    if register is None:
        reader.refuse("register_id", REGISTER_MISSING)
    legal_name, licence_no = _name(reader), _number(reader)
    address = reader.text("address", longest=500)
    city = reader.text("city", longest=100)
    phone = reader.text("phone", longest=100)
    if reader.errors or register is None:
        return reader.errors
    return AgencyRecord(
        register_id=register.id,
        legal_name=legal_name,
        country=register.country,
        licence_no=licence_no,
        addresses=(Address(address=address, city=city),) if address or city else (),
        contacts=(Contact(kind=ContactKind.PHONE, value=phone),) if phone else (),
    )


def parse_basics(reader: FormReader, record: AgencyRecord) -> AgencyRecord | Errors:
    """The record with another legal name, licence number or note."""
    legal_name, licence_no = _name(reader), _number(reader)
    note = reader.text("note", longest=2000)
    if reader.errors:
        return reader.errors
    return msgspec.structs.replace(record, legal_name=legal_name, licence_no=licence_no, note=note)


def parse_sectors(reader: FormReader, record: AgencyRecord) -> AgencyRecord | Errors:
    """The record with the ticked kinds of work; words of a source can be ticked too."""
    ticked = reader.choices("sectors", frozenset(SECTORS) | frozenset(record.sectors))
    return reader.errors or msgspec.structs.replace(record, sectors=ticked)


def _name(reader: FormReader) -> str:
    name = reader.text("legal_name", longest=NAME_LONGEST, required=True, missing=NAME_MISSING)
    if name and not normalise(name):
        reader.refuse("legal_name", NAME_UNREADABLE)
    return " ".join(name.split())


def _number(reader: FormReader) -> str | None:
    number = reader.text("licence_no", longest=100)
    if number and not normalise_number(number):
        reader.refuse("licence_no", NUMBER_UNREADABLE)
    return number or None
