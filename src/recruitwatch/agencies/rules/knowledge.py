"""What the public is told is known of an agency, and what is not."""

from recruitwatch.agencies.values import (
    ContactKind,
    Fact,
    Knowledge,
    LicenceState,
    LicenceStatus,
    PublicAgency,
    Register,
    StoredAgency,
)


def public_view(stored: StoredAgency, register: Register, status: LicenceStatus) -> PublicAgency:
    """The agency as everyone may see it: owners, officers and the ministry's note stay inside."""
    record = stored.record
    return PublicAgency(
        id=stored.id,
        legal_name=record.legal_name,
        country=record.country,
        register=register,
        licence_no=record.licence_no,
        names=record.names,
        addresses=record.addresses,
        contacts=record.contacts,
        branches=record.branches,
        sectors=record.sectors,
        destinations=record.destinations,
        deployments=record.deployments,
        claims=record.claims,
        status=status,
        updated_at=stored.updated_at,
    )


def known_and_unknown(agency: PublicAgency) -> Knowledge:
    """Each fact that matters to a worker is in exactly one of the two lists; the end only of a valid licence.

    A source's own word for a status is not knowledge of a licence: only a decision is.
    """
    reachable = any(c.kind is not ContactKind.WEBSITE for c in agency.contacts)
    status = agency.status
    facts = {
        Fact.LICENCE_DECISION: status.state is not None,
        Fact.LICENCE_END: status.until is not None,
        Fact.LICENCE_NUMBER: bool(status.licence_no or agency.licence_no),
        Fact.ADDRESS: bool(agency.addresses),
        Fact.CONTACT: reachable,
        Fact.SECTORS: bool(agency.sectors),
        Fact.DESTINATIONS: bool(agency.destinations),
        Fact.DEPLOYMENTS: bool(agency.deployments),
    }
    if status.state is not LicenceState.VALID:
        del facts[Fact.LICENCE_END]
    return Knowledge(
        known=tuple(fact for fact, is_known in facts.items() if is_known),
        not_known=tuple(fact for fact, is_known in facts.items() if not is_known),
    )
