"""What a licence's decisions mean on a date, and which decision may follow which."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from recruitwatch.agencies.values import (
    Licence,
    LicenceDecision,
    LicenceState,
    LicenceStatus,
    NewDecision,
)
from recruitwatch.errors import N_, Message

S = LicenceState
DAY = timedelta(days=1)

NOT_DECIDED = N_("Nobody decides that a licence expires: it follows from its dates.")
ENDS_EARLY = N_("The end of the decision lies before its beginning.")
BEFORE_LICENCE = N_("The decision begins before the licence does.")
AFTER_LICENCE = N_("The licence ends before the decision begins. Record a new licence.")
NO_END = N_("A cancellation has no end. Leave the last day empty.")
CANCELLED = N_("A cancelled licence cannot become valid again. Record a new licence.")
EXPIRED = N_("This licence is over. Record a new licence.")
NOT_VALID = N_("Only a valid licence can be suspended.")
APPLIED_LATE = N_("The application was decided already.")
BANNED = N_("The agency is banned on this day. End the ban first.")
DELISTED = N_("The agency is delisted on this day. End that first: correct it with a last day.")
# These are about the agency itself, whichever of its licences they were recorded under.
OF_THE_AGENCY = (S.BANNED, S.DELISTED)


def status_on(licences: Sequence[Licence], day: date) -> LicenceStatus:
    """The status of an agency on a day, from the decisions about its licences.

    A ban or delisting in force on the day, recorded under whichever licence, holds for the agency; a
    ban before a delisting. Otherwise the licence whose period covers the day speaks; if it has no
    decision by then, or none covers the day, the latest earlier one does. Of its decisions the latest
    that was in force by then and is not superseded holds. A suspension, ban or other measure whose
    last day is past gives way to the decision before it. A valid licence past its own end or the
    decision's is expired: nobody decides
    that, it follows from the dates.
    """
    excluded = _exclusion(licences, day)
    if excluded is not None:
        return excluded
    begun = [lic for lic in licences if lic.valid_from is None or lic.valid_from <= day]
    for licence in sorted(begun, key=lambda lic: _standing(lic, day), reverse=True):
        status = _licence_status(licence, day)
        if status is not None:
            return status
    return LicenceStatus(as_of=day, state=None, since=None, until=None, ground="", licence_no=None)


def _exclusion(licences: Iterable[Licence], day: date) -> LicenceStatus | None:
    """The ban or delisting in force on the day: a ban first, then the one that holds longest."""
    found = [
        (OF_THE_AGENCY.index(status.state), status.since or date.min, str(licence.id), status)
        for licence in licences
        if (status := _licence_status(licence, day)) and status.state in OF_THE_AGENCY
    ]
    return min(found, key=lambda one: one[:3])[3] if found else None


def _standing(licence: Licence, day: date) -> tuple[bool, date, str]:
    """A licence that covers the day before one that does not, then the later one."""
    covers = licence.valid_until is None or licence.valid_until >= day
    return covers, licence.valid_from or date.min, str(licence.id)


def in_order(decisions: Iterable[LicenceDecision]) -> list[LicenceDecision]:
    """Decisions as they follow each other: by the day they take effect, then as they were made."""
    return sorted(decisions, key=lambda d: (d.effective_on, d.decided_at, str(d.id)))


def _licence_status(licence: Licence, day: date) -> LicenceStatus | None:
    holding, resumed_on = _holding(licence, day)
    if holding is None:
        return None
    state, since, until = holding.state, holding.effective_on, holding.until_on
    ground = holding.ground
    if resumed_on is not None:
        since = max(since, resumed_on)
    if state is S.VALID:
        until = min((d for d in (until, licence.valid_until) if d is not None), default=None)
        if until is not None and until < day:
            # Why it was given is no reason why it is over.
            state, since, until, ground = S.EXPIRED, until + DAY, None, ""
    return LicenceStatus(
        as_of=day,
        state=state,
        since=since,
        until=until,
        ground=ground,
        licence_no=licence.licence_no,
    )


def _holding(licence: Licence, day: date) -> tuple[LicenceDecision | None, date | None]:
    """The decision that holds, and the day since when if a measure after it has ended."""
    resumed_on: date | None = None
    known = [d for d in licence.decisions if not d.superseded and d.effective_on <= day]
    for decision in reversed(in_order(known)):
        until = decision.until_on
        if decision.state is S.VALID or until is None or until >= day:
            return decision, resumed_on
        resumed_on = max(resumed_on or date.min, until + DAY)
    return None, None


def decision_faults(
    licences: Sequence[Licence], licence: Licence, decision: NewDecision
) -> tuple[Message, ...]:
    """Why this decision cannot be taken about this licence; nothing if it can.

    A cancelled or expired licence stays so: going on needs a new licence, with its own number and
    period. Only a valid licence can be suspended, and no agency becomes valid by another licence
    while it is banned or delisted.
    """
    faults = [*_date_faults(licence, decision)]
    before = _licence_status(licence, decision.effective_on)
    faults += _order_faults(before.state if before else None, decision.state)
    others = [other for other in licences if other.id != licence.id]
    excluded = _exclusion(others, decision.effective_on)
    if decision.state in (S.VALID, S.APPLIED) and excluded is not None:
        faults.append(BANNED if excluded.state is S.BANNED else DELISTED)
    return tuple(Message(fault) for fault in dict.fromkeys(faults))


def _date_faults(licence: Licence, decision: NewDecision) -> list[str]:
    faults: list[str] = []
    if decision.state is S.EXPIRED:
        faults.append(NOT_DECIDED)
    if decision.until_on is not None and decision.until_on < decision.effective_on:
        faults.append(ENDS_EARLY)
    if decision.state is S.CANCELLED and decision.until_on is not None:
        faults.append(NO_END)
    if decision.state is S.VALID:
        if licence.valid_from is not None and decision.effective_on < licence.valid_from:
            faults.append(BEFORE_LICENCE)
        if licence.valid_until is not None and decision.effective_on > licence.valid_until:
            faults.append(AFTER_LICENCE)
    return faults


def _order_faults(before: LicenceState | None, after: LicenceState) -> list[str]:
    if before is S.CANCELLED and after not in (S.DELISTED, S.BANNED):
        return [CANCELLED]
    if before is S.EXPIRED and after is S.VALID:
        return [EXPIRED]
    if before is S.BANNED and after in (S.VALID, S.APPLIED, S.SUSPENDED):
        return [BANNED]
    if after is S.SUSPENDED and before not in (S.VALID, S.SUSPENDED):
        return [NOT_VALID]
    if after is S.APPLIED and before not in (None, S.APPLIED):
        return [APPLIED_LATE]
    return []
