"""The register's words for people: states of a licence, what they mean, sectors, countries."""

from collections.abc import Iterable

import msgspec

from recruitwatch.agencies.forms import country_names
from recruitwatch.agencies.values import SECTORS, LicenceState, LicenceStatus
from recruitwatch.errors import N_
from recruitwatch.web.languages import current, gettext


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
DECIDED = tuple((s.value, STATES[s].word) for s in S if s is not S.EXPIRED)


def status_words(status: LicenceStatus) -> StatusWords:
    return STATES[status.state] if status.state else NOT_KNOWN


def sector_names(sectors: Iterable[str]) -> list[str]:
    """In the reader's language; a source's own word stays as it is."""
    return [gettext(SECTORS[s]) if s in SECTORS else s for s in sectors]


def country_name(code: str) -> str:
    return country_names(current.get()).get(code, code)
