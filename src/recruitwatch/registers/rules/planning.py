"""What an import would do to a register: which agency each row means, and what becomes of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from uuid import UUID

import msgspec

from recruitwatch.agencies.rules import record_key
from recruitwatch.agencies.values import (
    Address,
    AgencyRecord,
    NumberKind,
    Register,
    StoredAgency,
)
from recruitwatch.errors import N_, Message
from recruitwatch.registers.rules.merging import as_record, merge
from recruitwatch.registers.values import (
    Alias,
    Change,
    Fault,
    File,
    LastSaid,
    Plan,
    SourceRow,
)

SAME_AGENCY = N_(
    "The same agency as in row %(first)s: same licence number, or same name and address."
)
SAME_KEY = N_("The same number as in row %(first)s.")
ALIAS_UNKNOWN = N_("No accepted row of the register has the number %(number)s.")
NAME_ADDED = N_("The register keeps the name “%(name)s”; the name of this row was added beside it.")


class Said(msgspec.Struct, frozen=True):
    """A row and the record it alone would make."""

    row: SourceRow
    record: AgencyRecord


def without_repeats(
    register: Register, rows: Sequence[SourceRow]
) -> tuple[tuple[SourceRow, ...], tuple[Fault, ...]]:
    """Rows that mean an agency of an earlier row are refused: which of the two is right cannot be
    seen. The same holds for a row key used twice."""
    kept: list[SourceRow] = []
    faults: list[Fault] = []
    identities: dict[str, int] = {}
    keys: dict[str, int] = {}
    for row in rows:
        identity = record_key(register.numbers, as_record(register, row))
        key = row.number if register.numbers is NumberKind.ROW_KEY else ""
        if identity in identities:
            faults.append(_repeat(SAME_AGENCY, row, identities[identity], "name"))
        elif key and key in keys:
            faults.append(_repeat(SAME_KEY, row, keys[key], "licence_no"))
        else:
            identities[identity] = row.row_no
            keys.setdefault(key, row.row_no)
            kept.append(row)
    return tuple(kept), tuple(faults)


def _repeat(key: str, row: SourceRow, first: int, column: str) -> Fault:
    return Fault(message=Message(key, {"first": first}), row=row.row_no, column=column)


def aliases_by_number(
    rows: Sequence[SourceRow], aliases: Sequence[Alias]
) -> tuple[Mapping[str, list[Alias]], tuple[Fault, ...]]:
    """The aliases of each row's number; an alias of a number that no accepted row has is refused."""
    found: dict[str, list[Alias]] = {row.number: [] for row in rows if row.number}
    faults: list[Fault] = []
    for alias in aliases:
        if alias.number in found:
            found[alias.number].append(alias)
        else:
            message = Message(ALIAS_UNKNOWN, {"number": alias.number})
            faults.append(
                Fault(message=message, file=File.ALIASES, row=alias.row_no, column="licence_no")
            )
    return found, tuple(faults)


def plan_import(
    register: Register,
    rows: Sequence[SourceRow],
    aliases: Mapping[str, Sequence[Alias]],
    existing: Mapping[str, StoredAgency],
    last: LastSaid,
    new_id: Callable[[], UUID],
) -> Plan:
    """Match each row with an agency of the register (`existing`, by identity) and merge it. A row
    that matches none creates an agency. Nothing is ever removed."""
    said = [Said(row, as_record(register, row, aliases.get(row.number, ()))) for row in rows]
    matches = match_rows(register, said, existing, last)
    changes: list[Change] = []
    notices: list[Fault] = []
    unchanged = 0
    for one in said:
        stored = matches.get(one.row.row_no)
        before = stored.record if stored else None
        heard = last.get((stored.id, one.row.source)) if stored else None
        after = merge(before, one.record, one.row.source, heard)
        if after == before:
            unchanged += 1
            continue
        agency_id = stored.id if stored else new_id()
        changes.append(
            Change(
                agency_id=agency_id,
                row_no=one.row.row_no,
                before=before,
                after=after,
                said=one.record,
            )
        )
        notices.extend(_name_notices(one, before, after))
    return Plan(
        changes=tuple(changes),
        displaced=displaced(changes, existing),
        unchanged=unchanged,
        aliases_attached=sum(len(aliases.get(row.number, ())) for row in rows if row.number),
        notices=tuple(notices),
        told=frozenset(str(stored.id) for stored in matches.values()),
    )


def _name_notices(one: Said, before: AgencyRecord | None, after: AgencyRecord) -> Iterator[Fault]:
    if before is None:
        return
    added = {other.name for other in after.names} - {other.name for other in before.names}
    if one.record.legal_name in added:
        message = Message(NAME_ADDED, {"name": before.legal_name})
        yield Fault(message=message, row=one.row.row_no, column="name")


def match_rows(
    register: Register,
    said: Sequence[Said],
    existing: Mapping[str, StoredAgency],
    last: LastSaid,
) -> Mapping[int, StoredAgency]:
    """The agency each row means, by row number; each agency is meant by one row at most.

    By identity: the licence number, else name and address. Rows that fit no agency as it is now are
    then looked for under the identity that a source gave before, under other names and addresses of
    agencies without a licence number, and under the row key that the same edition of the list gave,
    so that a number, name or address corrected by staff makes no second agency.
    """
    found: dict[int, StoredAgency] = {}
    taken: set[UUID] = set()
    open_rows: list[Said] = []
    for one in said:
        stored = existing.get(record_key(register.numbers, one.record))
        if stored is not None:
            found[one.row.row_no] = stored
            taken.add(stored.id)
        else:
            open_rows.append(one)
    if not open_rows or not existing:
        return found
    others = _other_identities(register, existing, last)
    keys = {s.record.source_key: s for s in existing.values() if s.record.source_key}
    for one in open_rows:
        stored = others.get(record_key(register.numbers, one.record))
        if stored is None or stored.id in taken:
            stored = _of_same_edition(one, keys)
        if stored is not None and stored.id not in taken:
            found[one.row.row_no] = stored
            taken.add(stored.id)
    return found


def _other_identities(
    register: Register,
    existing: Mapping[str, StoredAgency],
    last: LastSaid,
) -> Mapping[str, StoredAgency]:
    """Agencies by the identities that sources gave them, and those without a licence number by each
    of their names with each of their addresses."""
    by_id = {stored.id: stored for stored in existing.values()}
    identities = {
        record_key(register.numbers, heard): by_id[agency_id]
        for (agency_id, _), heard in last.items()
        if agency_id in by_id
    }
    for stored in existing.values():
        record = stored.record
        if record.licence_no is not None:
            continue
        addresses = record.addresses
        if not any(address.source for address in addresses):
            # All of them were written by hand: the list itself knew no address.
            addresses = (*addresses, Address(address=""))
        for name in (record.legal_name, *(other.name for other in record.names)):
            for address in addresses:
                variant = msgspec.structs.replace(record, legal_name=name, addresses=(address,))
                identities.setdefault(record_key(register.numbers, variant), stored)
    return identities


def _of_same_edition(one: Said, keys: Mapping[str, StoredAgency]) -> StoredAgency | None:
    stored = keys.get(one.record.source_key or "")
    if stored and any(claim.source == one.row.source for claim in stored.record.claims):
        return stored
    return None


def displaced(
    changes: Sequence[Change], existing: Mapping[str, StoredAgency]
) -> tuple[Change, ...]:
    """Agencies whose row key the file now gives to another: a key belongs to an edition of a list,
    so they lose it. An agency that gets a new key itself is not among them."""
    receivers = {
        change.after.source_key: change for change in changes if change.after.source_key is not None
    }
    changed = {change.agency_id for change in changes}
    lost: list[Change] = []
    for stored in existing.values():
        receiver = receivers.get(stored.record.source_key or "")
        if receiver is None or receiver.agency_id == stored.id or stored.id in changed:
            continue
        after = msgspec.structs.replace(stored.record, source_key=None)
        lost.append(
            Change(agency_id=stored.id, row_no=receiver.row_no, before=stored.record, after=after)
        )
    return tuple(lost)
