"""Which agencies get a new card in a round, and why a grade is another one today.

Source: the project's reading, docs/scoring.md ("One card a period"): the standard wants a card for each
period and names no rule for a second one.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, timedelta

from msgspec.structs import replace

from recruitwatch.scorecards.values import CardInputs, ItemInput, LicenceState
from recruitwatch.scorecards.values.public import PublicCard
from recruitwatch.scorecards.values.rounds import Cause, Newest, Period, PeriodAhead, PeriodUnknown

_QUARTER = re.compile(r"([12][0-9]{3})-Q([1-4])")
RECENT = 4


def parse_period(text: str) -> Period:
    """The quarter of this name; raises PeriodUnknown."""
    found = _QUARTER.fullmatch(text.strip().upper())
    if found is None:
        raise PeriodUnknown(period=text)
    return _quarter(int(found[1]), int(found[2]))


def period_of(day: date) -> Period:
    """The quarter that a day lies in."""
    return _quarter(day.year, (day.month + 2) // 3)


def recent_periods(today: date) -> tuple[Period, ...]:
    """The quarter of today and the three before it, newest first."""
    found = [period_of(today)]
    while len(found) < RECENT:
        found.append(period_of(found[-1].first - timedelta(days=1)))
    return tuple(found)


def _quarter(year: int, number: int) -> Period:
    after = date(year + number // 4, number % 4 * 3 + 1, 1)
    return Period(
        name=f"{year}-Q{number}",
        first=date(year, number * 3 - 2, 1),
        last=after - timedelta(days=1),
    )


def card_day(period: Period, today: date) -> date:
    """The day of a period's cards: its last one, or today while it is not over. Raises PeriodAhead."""
    if today < period.first:
        raise PeriodAhead(period=period.name)
    return min(period.last, today)


def needs_card(
    inputs: CardInputs,
    public: PublicCard,
    newest: Newest | None,
    period: Period,
    interview_items: Collection[str],
) -> bool:
    """Whether an agency gets a new card: it has none that holds, its newest is of an earlier period, or
    something changed that everybody may know: the public card, or an answer of an inspection. A case or a
    talk that the public card holds back makes no new revision, whose mere number would tell of it (decision
    0025)."""
    if newest is None or newest.recalled or newest.as_of < period.first:
        return True
    if newest.public is None or newest.inputs is None:
        return True
    if not same_to_a_reader(newest.public, public):
        return True
    return _inspected(newest.inputs, interview_items) != _inspected(inputs, interview_items)


def _inspected(inputs: CardInputs, interview_items: Collection[str]) -> tuple[ItemInput, ...]:
    return tuple(one for one in inputs.items if one.id not in interview_items)


def same_to_a_reader(old: PublicCard, new: PublicCard) -> bool:
    """Whether two public cards differ in nothing but their day and the age of the inspection: no figure,
    line, limit or note is another."""
    return replace(new, as_of=old.as_of, months_since_inspection=None) == replace(
        old, months_since_inspection=None
    )


def why_moved(
    issued: CardInputs, today: CardInputs, *, reissued: CardInputs, without_news: CardInputs
) -> Cause:
    """Why today's card differs from the issued one.

    Time alone, if the issued card still comes out as it was (`reissued`), and today's comes out of what
    was on record then (`without_news`). Findings and licences are compared in addition: their records
    carry days of effect, not of writing. A licence may only have expired.
    """
    expired = (issued.licence_state, today.licence_state) == (
        LicenceState.VALID,
        LicenceState.EXPIRED,
    )
    by_time = (
        reissued == issued
        and without_news == today
        and issued.gate_failures == today.gate_failures
        and (expired or issued.licence_state == today.licence_state)
    )
    return Cause.TIME if by_time else Cause.RECORDS
