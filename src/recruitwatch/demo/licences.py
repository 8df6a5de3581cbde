"""What the invented ministry decided about each licence, and when."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import msgspec

from recruitwatch.agencies.values import LicenceState, NewDecision, NewLicence
from recruitwatch.demo.agencies import licence_number
from recruitwatch.demo.stories import Part, Story, chance_of

LASTS = timedelta(days=3 * 365)
DAY = timedelta(days=1)
S = LicenceState


class LicenceTale(msgspec.Struct, frozen=True, kw_only=True):
    """One licence, the day it was entered, and its decisions in order."""

    entered_on: date
    licence: NewLicence
    decisions: tuple[NewDecision, ...]


def licence_tales(part: Part, today: date) -> tuple[LicenceTale, ...]:
    """An agency's licences, oldest first."""
    chance = chance_of("licence", part.number)
    if part.story is Story.APPLICANT:
        return (_application(today - timedelta(days=chance.randint(10, 40)), part),)
    if part.story is Story.LAPSED:
        end = today - timedelta(days=chance.randint(70, 150))
    else:
        end = today + timedelta(days=chance.randint(120, 400))
    start = end - LASTS + DAY
    current = _granted(start, end, part)
    current = msgspec.structs.replace(
        current, decisions=(*current.decisions, *_measures(part, today))
    )
    if part.story is Story.NEVER:
        return (current,)
    return (_granted(start - LASTS, start - DAY, part), current)


def licence_end(tales: Sequence[LicenceTale], day: date) -> date:
    """Until when the licence of a day runs, as an inspector reads it off the register."""
    ends = [
        tale.licence.valid_until or date.max
        for tale in tales
        if (tale.licence.valid_from or date.min) <= day
    ]
    return ends[-1]


def _application(applied_on: date, part: Part) -> LicenceTale:
    return LicenceTale(
        entered_on=applied_on,
        licence=NewLicence(licence_no=None, valid_from=applied_on, valid_until=None),
        decisions=(
            NewDecision(
                state=S.APPLIED,
                effective_on=applied_on,
                ground="The application is complete and is being examined.",
                document_no=_document("APP", part, applied_on),
            ),
        ),
    )


def _granted(start: date, end: date, part: Part) -> LicenceTale:
    return LicenceTale(
        entered_on=start - timedelta(days=14),
        licence=NewLicence(licence_no=licence_number(part), valid_from=start, valid_until=end),
        decisions=(
            NewDecision(
                state=S.VALID,
                effective_on=start,
                ground="All conditions of the licensing rules are met.",
                document_no=_document("LIC", part, start),
            ),
        ),
    )


def _measures(part: Part, today: date) -> Iterator[NewDecision]:
    """What happened to the licence after it was granted."""
    chance = chance_of("measures", part.number)

    def decided(
        state: LicenceState, days_ago: int, ground: str, days: int | None = None
    ) -> NewDecision:
        begins = today - timedelta(days=days_ago)
        return NewDecision(
            state=state,
            effective_on=begins,
            until_on=None if days is None else begins + timedelta(days=days),
            ground=ground,
            document_no=_document("DEC", part, begins),
        )

    if part.story is Story.WEAK and part.rank < 2:
        yield decided(S.SUSPENDED, 560, "The yearly return came four months late.", days=45)
    if part.story is Story.SUSPENDED:
        days = 90 if part.rank == 0 else None
        ground = "Workers were charged although the employer had paid."
        yield decided(S.SUSPENDED, chance.randint(15, 40), ground, days)
    if part.story is Story.CANCELLED:
        yield decided(S.SUSPENDED, 150, "Passports were kept; the reply did not clear it up.")
        yield decided(S.CANCELLED, 95, "The passports were not given back within the time set.")
    if part.story is Story.DELISTED:
        yield decided(S.DELISTED, 200, "The agency gave up its business and asked to be taken off.")
    if part.story is Story.BANNED:
        yield decided(S.CANCELLED, 210, "The licence was lent to people who hold none.")
        ground = "The owners may hold no licence for five years."
        yield decided(S.BANNED, 180, ground, days=5 * 365)


def _document(kind: str, part: Part, day: date) -> str:
    return f"{kind}/{day.year}/{part.number:03d}"
