"""What a row says about an agency, and how it joins what the register already holds."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

import msgspec

from recruitwatch.agencies.values import (
    Address,
    AgencyRecord,
    Contact,
    ContactKind,
    NameKind,
    NumberKind,
    OtherName,
    Register,
    StatusClaim,
)
from recruitwatch.registers.values import Alias, SourceRow


class Sourced(Protocol):
    @property
    def source(self) -> str: ...


Part = TypeVar("Part", bound=Sourced)


def as_record(register: Register, row: SourceRow, aliases: Sequence[Alias] = ()) -> AgencyRecord:
    """The record that the row alone would make. The status becomes a claim of its source in the
    source's own word, also when the word is empty: it never makes a licence."""
    official = register.numbers is NumberKind.OFFICIAL
    contacts = [
        Contact(kind=kind, value=value, source=row.source)
        for kind, values in (
            (ContactKind.PHONE, row.phones),
            (ContactKind.EMAIL, row.emails),
            (ContactKind.WEBSITE, row.websites),
        )
        for value in values
    ]
    address = Address(address=row.address, city=row.city, source=row.source)
    claim = StatusClaim(source=row.source, word=row.status, valid_until=row.valid_until)
    return AgencyRecord(
        register_id=register.id,
        legal_name=row.name,
        country=row.country,
        licence_no=(row.number or None) if official else None,
        source_key=None if official else (row.number or None),
        names=_names(row.name, (), aliases, row.source),
        addresses=(address,) if row.address or row.city else (),
        contacts=tuple(contacts),
        claims=(claim,),
    )


def _names(
    legal_name: str, present: Sequence[OtherName], aliases: Iterable[Alias], source: str
) -> tuple[OtherName, ...]:
    names = {legal_name, *(other.name for other in present)}
    added = []
    for alias in aliases:
        if alias.name not in names:
            names.add(alias.name)
            added.append(OtherName(kind=alias.kind, name=alias.name, source=source))
    return (*present, *added)


def merge(
    existing: AgencyRecord | None,
    said: AgencyRecord,
    source: str,
    last: AgencyRecord | None = None,
) -> AgencyRecord:
    """The record after a source has said its row. Merging the same row again changes nothing.

    A source owns only the parts that carry its name and that it said the last time (`last`): they
    become what it says now. Everything else stays, above all what staff wrote, changed or took away
    by hand: what the source said before and says again is nothing new. A legal name that differs is
    added beside the one the register keeps, and no name is ever taken away, because an old name
    still finds the agency. Where nothing is known of the last time, the source's name decides.
    """
    if existing is None:
        return said
    return msgspec.structs.replace(
        existing,
        licence_no=existing.licence_no or said.licence_no,
        source_key=said.source_key or existing.source_key,
        names=_joined_names(existing, said, source, last),
        addresses=_joined(
            existing.addresses,
            said.addresses,
            source,
            same=lambda part: (part.address, part.city),
            last=last.addresses if last else None,
        ),
        contacts=_joined(
            existing.contacts,
            said.contacts,
            source,
            same=lambda part: (part.kind, part.value),
            last=last.contacts if last else None,
        ),
        # Nobody edits what a source claims.
        claims=_joined(existing.claims, said.claims, source, same=None, last=None),
    )


def _joined_names(
    existing: AgencyRecord, said: AgencyRecord, source: str, last: AgencyRecord | None
) -> tuple[OtherName, ...]:
    heading = OtherName(kind=NameKind.ALIAS, name=said.legal_name, source=source)
    known = {existing.legal_name, *(other.name for other in existing.names)}
    if last is not None:
        known |= {last.legal_name, *(other.name for other in last.names)}
    added: dict[str, OtherName] = {}
    for other in (heading, *said.names):
        if other.name not in known:
            added.setdefault(other.name, other)
    return (*existing.names, *added.values())


def _joined(
    present: tuple[Part, ...],
    said: tuple[Part, ...],
    source: str,
    *,
    same: Callable[[Part], object] | None,
    last: tuple[Part, ...] | None,
) -> tuple[Part, ...]:
    """The source's own parts become what it says, in their place; what somebody else has already
    said (`same`) is not repeated."""
    if said == last:
        return present

    def is_own(part: Part) -> bool:
        return part.source == source and (last is None or part in last)

    others = [part for part in present if not is_own(part)]
    stated = {same(part) for part in others} if same else set()
    wanted = [part for part in said if same is None or same(part) not in stated]
    if [part for part in present if is_own(part)] == wanted:
        return present
    first = next((at for at, part in enumerate(present) if is_own(part)), len(present))
    before = [part for part in present[:first] if not is_own(part)]
    after = [part for part in present[first:] if not is_own(part)]
    return (*before, *wanted, *after)
