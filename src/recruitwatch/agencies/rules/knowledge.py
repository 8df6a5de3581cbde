"""What the public page says is known of an agency, and what is not."""

from recruitwatch.agencies.values import (
    AgencyRecord,
    ContactKind,
    Knowledge,
    LicenceState,
    LicenceStatus,
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


def known_and_unknown(record: AgencyRecord, status: LicenceStatus) -> Knowledge:
    """Each fact that matters to a worker is in exactly one of the two lists.

    A source's own word for a status is not knowledge of a licence: only a decision is.
    """
    reachable = any(c.kind is not ContactKind.WEBSITE for c in record.contacts)
    facts = [
        (status.state is not None, DECIDED, UNDECIDED),
        (bool(status.licence_no or record.licence_no), NUMBER, NO_NUMBER),
        (bool(record.addresses), ADDRESS, NO_ADDRESS),
        (reachable, CONTACT, NO_CONTACT),
        (bool(record.sectors), SECTORS, NO_SECTORS),
        (bool(record.destinations), DESTINATIONS, NO_DESTINATIONS),
        (bool(record.deployments), DEPLOYMENTS, NO_DEPLOYMENTS),
    ]
    if status.state is LicenceState.VALID:
        facts.insert(1, (status.until is not None, DATED, NO_END))
    return Knowledge(
        known=tuple(Message(yes) for is_known, yes, _ in facts if is_known),
        unknown=tuple(Message(no) for is_known, _, no in facts if not is_known),
    )
