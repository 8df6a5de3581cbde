"""What the public page says is known of an agency, and what is not."""

from recruitwatch.agencies.values import (
    ContactKind,
    Knowledge,
    LicenceState,
    LicenceStatus,
    PublicAgency,
    Register,
    StoredAgency,
)
from recruitwatch.errors import N_, Message

DECIDED = N_("What the ministry decided about the licence.")
DATED = N_("Until when the licence is valid.")
NUMBER = N_("The licence number.")
ADDRESS = N_("An address.")
CONTACT = N_("A telephone number or e-mail address.")
DESTINATIONS = N_("The countries it sends workers to.")
SECTORS = N_("The kinds of work it recruits for.")
DEPLOYMENTS = N_("How many workers it sent.")
UNDECIDED = N_("Whether it has a licence now: no decision of the ministry is recorded here.")
NO_NUMBER = N_("Its licence number. A number in a list may be only the number of the row.")
NO_END = N_("Until when the licence is valid.")
NO_ADDRESS = N_("Where it is.")
NO_CONTACT = N_("How to reach it.")
NO_DESTINATIONS = N_("Which countries it sends workers to.")
NO_SECTORS = N_("Which kinds of work it recruits for.")
NO_DEPLOYMENTS = N_("How many workers it sent.")


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
    """Each fact that matters to a worker is in exactly one of the two lists.

    A source's own word for a status is not knowledge of a licence: only a decision is.
    """
    reachable = any(c.kind is not ContactKind.WEBSITE for c in agency.contacts)
    status = agency.status
    facts = [
        (status.state is not None, DECIDED, UNDECIDED),
        (bool(status.licence_no or agency.licence_no), NUMBER, NO_NUMBER),
        (bool(agency.addresses), ADDRESS, NO_ADDRESS),
        (reachable, CONTACT, NO_CONTACT),
        (bool(agency.sectors), SECTORS, NO_SECTORS),
        (bool(agency.destinations), DESTINATIONS, NO_DESTINATIONS),
        (bool(agency.deployments), DEPLOYMENTS, NO_DEPLOYMENTS),
    ]
    if status.state is LicenceState.VALID:
        facts.insert(1, (status.until is not None, DATED, NO_END))
    return Knowledge(
        known=tuple(Message(yes) for is_known, yes, _ in facts if is_known),
        unknown=tuple(Message(no) for is_known, _, no in facts if not is_known),
    )
