"""What of a register's entry the matcher compares with a person's words."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from recruitwatch.agencies.values import AgencyRecord, ContactKind, NameKind, NumberKind
from recruitwatch.names.rules.agencies import web_name
from recruitwatch.names.values import AgencyFacts, AgencyName, Said
from recruitwatch.names.values import NameKind as MatchedKind

_KINDS = {
    NameKind.LEGAL: MatchedKind.ALIAS,
    NameKind.TRADING: MatchedKind.ALIAS,
    NameKind.ALIAS: MatchedKind.ALIAS,
    NameKind.FORMER: MatchedKind.FORMER,
}


def facts_of(
    agency_id: UUID, record: AgencyRecord, numbers: NumberKind, called: Iterable[str] = ()
) -> AgencyFacts:
    """Names, licence number, telephones and addresses of an entry, its branches' too.

    `called` are names that so many workers use that everybody finds the agency by them; nothing tells them
    from other names. Owners and officers are not compared: a
    person's name in a complaint must not lead to an agency by itself.
    """
    return AgencyFacts(
        key=str(agency_id),
        names=tuple(_names(record, called)),
        number=record.licence_no or "",
        row_key=numbers is NumberKind.ROW_KEY,
        phones=tuple(_phones(record)),
        address=", ".join(filter(None, _addresses(record))),
        city=", ".join(dict.fromkeys(place.city for place in record.addresses if place.city)),
    )


def said_of(record: AgencyRecord) -> Said:
    """An entry as if somebody had said it, to find whether the register has it already."""
    places = (part for place in record.addresses for part in (place.address, place.city) if part)
    return Said(
        text=record.legal_name,
        numbers=(record.licence_no,) if record.licence_no else (),
        phones=tuple(_phones(record)),
        place=", ".join(places),
    )


def _names(record: AgencyRecord, called: Iterable[str]) -> Iterator[AgencyName]:
    yield AgencyName(record.legal_name)
    for other in record.names:
        yield AgencyName(other.name, _KINDS[other.kind])
    for name in called:
        yield AgencyName(name, MatchedKind.ALIAS)
    for contact in record.contacts:
        site = web_name(contact.value) if contact.kind is ContactKind.WEBSITE else None
        if site is not None:
            yield site


def _addresses(record: AgencyRecord) -> Iterator[str]:
    yield from (place.address for place in record.addresses)
    yield from (branch.address for branch in record.branches)


def _phones(record: AgencyRecord) -> Iterator[str]:
    yield from (c.value for c in record.contacts if c.kind is ContactKind.PHONE)
    yield from (branch.phone for branch in record.branches if branch.phone)
