"""Records of agencies: identity, the one order of their parts, and what differs between two."""

from collections.abc import Mapping

import msgspec

from recruitwatch.agencies.values import AgencyRecord, ContactKind, Deployment, NumberKind
from recruitwatch.names.rules import identity_key, normalise_number


def record_key(numbers: NumberKind, record: AgencyRecord) -> str:
    """The identity of a record within its register, from its licence number or its first address."""
    address = record.addresses[0].address if record.addresses else ""
    return identity_key(numbers.value, record.licence_no, record.legal_name, address)


def as_stored(record: AgencyRecord) -> AgencyRecord:
    """The record as the register gives it back: sectors and destinations sorted and each once,
    deployments by year, sex and destination. Names, addresses and contacts keep their order."""
    return msgspec.structs.replace(
        record,
        sectors=tuple(sorted(set(record.sectors))),
        destinations=tuple(sorted(set(record.destinations))),
        deployments=tuple(sorted(record.deployments, key=_deployment_key)),
    )


def _deployment_key(deployment: Deployment) -> tuple[int, str, str]:
    return deployment.year, deployment.sex.value, deployment.destination


def normalise_contact(kind: ContactKind, value: str) -> str:
    """The search key of a contact: digits of a telephone number, the address of a website
    without its beginning, anything else in small letters."""
    if kind is ContactKind.PHONE:
        return "".join(c for c in normalise_number(value) if c.isdecimal())
    plain = value.strip().casefold()
    if kind is ContactKind.WEBSITE:
        plain = plain.removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return plain.rstrip("/")


def changes(old: AgencyRecord, new: AgencyRecord) -> Mapping[str, Mapping[str, object]]:
    """For history: each field that differs, with its old and its new value."""
    return {
        field: {"old": getattr(old, field), "new": getattr(new, field)}
        for field in AgencyRecord.__struct_fields__
        if getattr(old, field) != getattr(new, field)
    }
