"""The parts of a record that are lists: what a row of each consists of, and reading all rows at once."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

import msgspec

from recruitwatch.agencies.forms.countries import country_code, country_names
from recruitwatch.agencies.rules import normalise_contact
from recruitwatch.agencies.values import (
    Address,
    Branch,
    Contact,
    ContactKind,
    Deployment,
    NameKind,
    Officer,
    OfficerRole,
    OtherName,
    Sex,
)
from recruitwatch.errors import N_
from recruitwatch.names.rules import normalise
from recruitwatch.web.forms import NOT_A_CHOICE, Errors, FormReader

MOST_ROWS = 1000
COUNTRY_UNKNOWN = N_("Write a country, like Qatar or QA.")
NAME_UNREADABLE = N_("Write a name with letters.")
PHONE_UNREADABLE = N_("Write a telephone number with digits.")
ENDS_EARLY = N_("The last day lies before the first day.")
SAME_TWICE = N_("This year, sex and country stand above already.")

Item = OtherName | Address | Contact | Branch | Officer | Deployment | str


class FieldKind(StrEnum):
    TEXT = "text"
    CHOICE = "choice"
    DAY = "day"
    WHOLE = "whole"
    COUNTRY = "country"


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a row. Choices are (value, English word)."""

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    longest: int = 300
    required: bool = False
    least: int = 0
    most: int = 0
    choices: tuple[tuple[str, str], ...] = ()


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A list in a record: `name` is the record's field, `kind` what a row becomes."""

    name: str
    title: str
    row: str
    kind: type[msgspec.Struct] | None
    fields: tuple[Field, ...]


class TypedDay(msgspec.Struct, frozen=True):
    """A date as three texts, the way it is typed."""

    day: str
    month: str
    year: str


Cell = str | TypedDay
Row = dict[str, Cell]

NAME_KINDS = (
    (NameKind.TRADING.value, N_("Trading name")),
    (NameKind.ALIAS.value, N_("Other spelling or script")),
    (NameKind.LEGAL.value, N_("Legal name in another script")),
    (NameKind.FORMER.value, N_("Former name")),
)
CONTACT_KINDS = (
    (ContactKind.PHONE.value, N_("Telephone")),
    (ContactKind.EMAIL.value, N_("E-mail")),
    (ContactKind.WEBSITE.value, N_("Website")),
)
ROLES = (
    (OfficerRole.OWNER.value, N_("Owner")),
    (OfficerRole.DIRECTOR.value, N_("Director")),
    (OfficerRole.MANAGER.value, N_("Manager")),
    (OfficerRole.AUTHORISED.value, N_("May sign for the agency")),
)
SEXES = (
    (Sex.WOMEN.value, N_("Women")),
    (Sex.MEN.value, N_("Men")),
    (Sex.UNKNOWN.value, N_("Not told apart")),
)
_SOURCE = Field(name="source", label=N_("Where this comes from"), longest=100)
K = FieldKind

PARTS = {
    part.name: part
    for part in (
        Part(
            name="names",
            title=N_("Other names"),
            row=N_("Name %(number)s"),
            kind=OtherName,
            fields=(
                Field(name="name", label=N_("Name"), required=True),
                Field(name="kind", label=N_("Kind of name"), kind=K.CHOICE, choices=NAME_KINDS),
                _SOURCE,
            ),
        ),
        Part(
            name="addresses",
            title=N_("Addresses"),
            row=N_("Address %(number)s"),
            kind=Address,
            fields=(
                Field(name="address", label=N_("Address"), longest=500, required=True),
                Field(name="city", label=N_("City or district"), longest=100),
                _SOURCE,
            ),
        ),
        Part(
            name="contacts",
            title=N_("Telephone, e-mail, website"),
            row=N_("Contact %(number)s"),
            kind=Contact,
            fields=(
                Field(name="value", label=N_("Number or address"), required=True),
                Field(name="kind", label=N_("Kind"), kind=K.CHOICE, choices=CONTACT_KINDS),
                _SOURCE,
            ),
        ),
        Part(
            name="branches",
            title=N_("Branches"),
            row=N_("Branch %(number)s"),
            kind=Branch,
            fields=(
                Field(name="name", label=N_("Name of the branch"), required=True),
                Field(name="address", label=N_("Address"), longest=500),
                Field(name="phone", label=N_("Telephone"), longest=100),
            ),
        ),
        Part(
            name="officers",
            title=N_("Owners and officers"),
            row=N_("Person %(number)s"),
            kind=Officer,
            fields=(
                Field(name="name", label=N_("Full name"), required=True),
                Field(name="role", label=N_("Role"), kind=K.CHOICE, choices=ROLES),
                Field(name="from_on", label=N_("Since"), kind=K.DAY),
                Field(name="until_on", label=N_("Until"), kind=K.DAY),
            ),
        ),
        Part(
            name="destinations",
            title=N_("Countries it sends workers to"),
            row=N_("Country %(number)s"),
            kind=None,
            fields=(Field(name="country", label=N_("Country"), kind=K.COUNTRY, required=True),),
        ),
        Part(
            name="deployments",
            title=N_("Workers sent"),
            row=N_("Figure %(number)s"),
            kind=Deployment,
            fields=(
                Field(
                    name="year",
                    label=N_("Year"),
                    kind=K.WHOLE,
                    required=True,
                    least=1950,
                    most=2200,
                ),
                Field(name="sex", label=N_("Sex"), kind=K.CHOICE, choices=SEXES),
                Field(name="destination", label=N_("Country"), kind=K.COUNTRY, required=True),
                Field(name="workers", label=N_("Workers"), kind=K.WHOLE, required=True, most=10**7),
                _SOURCE,
            ),
        ),
    )
}


def rows_of(part: Part, items: Sequence[Item], language: str) -> list[Row]:
    """What is stored, as it is typed."""
    rows: list[Row] = []
    for item in items:
        values = {"country": item} if isinstance(item, str) else msgspec.structs.asdict(item)
        rows.append({f.name: _cell(f, values[f.name], language) for f in part.fields})
    return rows


def _cell(field: Field, value: object, language: str) -> Cell:
    if field.kind is FieldKind.DAY:
        if isinstance(value, date):
            return TypedDay(str(value.day), str(value.month), str(value.year))
        return TypedDay("", "", "")
    if field.kind is FieldKind.COUNTRY:
        return country_names(language).get(str(value), str(value))
    return str(value.value if isinstance(value, StrEnum) else value)


def blank_row(part: Part) -> Row:
    """A row with nothing in it, each choice at its first answer."""
    first = {f.name: f.choices[0][0] for f in part.fields if f.choices}
    return {f.name: first.get(f.name, _cell(f, "", "en")) for f in part.fields}


def typed_rows(part: Part, reader: FormReader) -> dict[int, Row]:
    """The rows of a form by their number: those with anything typed and not marked for removal."""
    count = reader.whole("rows", least=0, most=MOST_ROWS) or 0
    rows = {n: {f.name: _typed(reader, f, n) for f in part.fields} for n in range(count)}
    return {
        n: row
        for n, row in rows.items()
        if not reader.flag(f"remove-{n}") and any(_is_typed(f, row[f.name]) for f in part.fields)
    }


def _typed(reader: FormReader, field: Field, number: int) -> Cell:
    name = f"{field.name}-{number}"
    if field.kind is FieldKind.DAY:
        return TypedDay(*(reader.form.get(f"{name}-{p}", "") for p in ("day", "month", "year")))
    return reader.form.get(name, "")


def _is_typed(field: Field, cell: Cell) -> bool:
    if isinstance(cell, TypedDay):
        return any((cell.day, cell.month, cell.year))
    return field.kind is not FieldKind.CHOICE and bool(cell.strip())


def parse_part(part: Part, reader: FormReader, language: str) -> tuple[Item, ...] | Errors:
    """All rows of a part, or every mistake in any of them."""
    items: list[Item] = []
    seen: Seen = set()
    for number in typed_rows(part, reader):
        values = {f.name: _value(reader, f, number, language) for f in part.fields}
        if check := CHECKS.get(part.name):
            check(reader, number, values, seen)
        if not reader.errors:
            item = msgspec.convert(values, part.kind) if part.kind else str(values["country"])
            items.append(item)  # type: ignore[arg-type]
    return reader.errors or tuple(dict.fromkeys(items))


def _value(reader: FormReader, field: Field, number: int, language: str) -> object:
    name = f"{field.name}-{number}"
    if field.kind is FieldKind.DAY:
        return reader.day(name)
    if field.kind is FieldKind.WHOLE:
        return reader.whole(name, least=field.least, most=field.most, required=field.required)
    text = " ".join(reader.text(name, longest=field.longest, required=field.required).split())
    if field.kind is FieldKind.COUNTRY and text:
        code = country_code(text, language)
        if code is None:
            reader.refuse(name, COUNTRY_UNKNOWN)
        return code
    if field.kind is FieldKind.CHOICE and text not in dict(field.choices):
        reader.refuse(name, NOT_A_CHOICE)
    return text


Seen = set[tuple[object, ...]]
Values = Mapping[str, object]


def _check_name(reader: FormReader, number: int, values: Values, _seen: Seen) -> None:
    if values["name"] and not normalise(str(values["name"])):
        reader.refuse(f"name-{number}", NAME_UNREADABLE)


def _check_contact(reader: FormReader, number: int, values: Values, _seen: Seen) -> None:
    value, is_phone = str(values["value"]), values["kind"] == ContactKind.PHONE.value
    if value and is_phone and not normalise_contact(ContactKind.PHONE, value):
        reader.refuse(f"value-{number}", PHONE_UNREADABLE)


def _check_officer(reader: FormReader, number: int, values: Values, _seen: Seen) -> None:
    begin, end = values["from_on"], values["until_on"]
    if isinstance(begin, date) and isinstance(end, date) and end < begin:
        reader.refuse(f"until_on-{number}", ENDS_EARLY)


def _check_deployment(reader: FormReader, number: int, values: Values, seen: Seen) -> None:
    key = (values["year"], values["sex"], values["destination"])
    if key in seen:
        reader.refuse(f"year-{number}", SAME_TWICE)
    seen.add(key)


# What can only be seen with several fields or rows together.
CHECKS = {
    "names": _check_name,
    "contacts": _check_contact,
    "officers": _check_officer,
    "deployments": _check_deployment,
}
