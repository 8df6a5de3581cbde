"""The register's words for people: states of a licence, what they mean, sectors, countries."""

from collections.abc import Iterable

import msgspec

from recruitwatch.agencies.values import SECTORS, Fact, LicenceState, LicenceStatus
from recruitwatch.errors import N_
from recruitwatch.web.languages import gettext


class StatusWords(msgspec.Struct, frozen=True):
    """A status as one word, the colour of its tag, and what it means."""

    word: str
    colour: str
    meaning: str


S = LicenceState
STATES = {
    S.APPLIED: StatusWords(
        N_("Applied"), "yellow", N_("The agency has applied for a licence and has none yet.")
    ),
    S.VALID: StatusWords(N_("Valid"), "green", N_("The agency has a valid licence.")),
    S.EXPIRED: StatusWords(
        N_("Expired"), "red", N_("The licence is over. The agency may not recruit.")
    ),
    S.SUSPENDED: StatusWords(
        N_("Suspended"), "red", N_("The licence is suspended. The agency may not recruit.")
    ),
    S.CANCELLED: StatusWords(
        N_("Cancelled"), "red", N_("The licence was cancelled. The agency may not recruit.")
    ),
    S.DELISTED: StatusWords(
        N_("Delisted"), "red", N_("The agency was taken off the list. It may not recruit.")
    ),
    S.BANNED: StatusWords(N_("Banned"), "red", N_("The agency is banned. It may not recruit.")),
}
NOT_KNOWN = StatusWords(
    N_("Not known"),
    "grey",
    N_("No decision about a licence is recorded here. Ask the ministry before you pay or sign."),
)
# Workers are told in plainer words than staff.
PUBLIC_STATES = {
    **STATES,
    S.DELISTED: StatusWords(N_("Taken off the list"), "red", STATES[S.DELISTED].meaning),
}
PUBLIC_NOT_KNOWN = StatusWords(
    NOT_KNOWN.word,
    NOT_KNOWN.colour,
    N_("We do not know if this agency has a licence. Ask the ministry before you pay or sign."),
)
# Each fact as it is told where it is known, and where it is not.
FACTS = {
    Fact.LICENCE_DECISION: (
        N_("What the ministry decided about the licence."),
        N_("Whether it has a licence now."),
    ),
    Fact.LICENCE_END: (
        N_("Until when the licence is valid."),
        N_("Until when the licence is valid."),
    ),
    Fact.LICENCE_NUMBER: (
        N_("The licence number."),
        N_("Its licence number. A number in a list may be only the number of the row."),
    ),
    Fact.ADDRESS: (N_("An address."), N_("Where it is.")),
    Fact.CONTACT: (N_("A telephone number or e-mail address."), N_("How to reach it.")),
    Fact.SECTORS: (
        N_("The kinds of work it recruits for."),
        N_("Which kinds of work it recruits for."),
    ),
    Fact.DESTINATIONS: (
        N_("The countries it sends workers to."),
        N_("Which countries it sends workers to."),
    ),
    Fact.DEPLOYMENTS: (N_("How many workers it sent."), N_("How many workers it sent.")),
}
DECIDED = tuple((s.value, STATES[s].word) for s in S if s is not S.EXPIRED)


def status_words(status: LicenceStatus) -> StatusWords:
    return STATES[status.state] if status.state else NOT_KNOWN


def public_words(status: LicenceStatus) -> StatusWords:
    return PUBLIC_STATES[status.state] if status.state else PUBLIC_NOT_KNOWN


def sector_names(sectors: Iterable[str]) -> list[str]:
    """In the reader's language; a source's own word stays as it is."""
    return [gettext(SECTORS[s]) if s in SECTORS else s for s in sectors]
