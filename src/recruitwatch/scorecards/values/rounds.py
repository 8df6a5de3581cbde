"""A round of issuing: the cards of many agencies for one period; and the daily check of issued cards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from recruitwatch.errors import N_, Conflict, Rejected
from recruitwatch.jobs.values import JobState
from recruitwatch.scorecards.values.inputs import CardInputs
from recruitwatch.scorecards.values.public import PublicCard
from recruitwatch.scorecards.values.words import Grade


class Period(Struct, frozen=True, kw_only=True):
    """A quarter: `name` is as people write it, like 2026-Q4."""

    name: str
    first: date
    last: date


class Newest(Struct, frozen=True, kw_only=True):
    """The newest issued card of an agency, as far as a round needs it. `inputs` and `public` are empty on
    cards of an earlier period, which are not compared, and `public` on cards of before there were public
    ones."""

    agency_id: UUID
    revision: int
    as_of: date
    inputs_sha256: str
    inputs: CardInputs | None
    public: PublicCard | None
    recalled: bool


class IssuedGrade(Struct, frozen=True, kw_only=True):
    """The same for the daily check, which looks at letters."""

    agency_id: UUID
    agency_name: str
    revision: int
    as_of: date
    issued_at: datetime
    grade: Grade


class FrozenCard(Struct, frozen=True, kw_only=True):
    """A card ready to be written: the whole one, the public one and what that rests on."""

    card_id: UUID
    agency_id: UUID
    revision: int
    as_of: date
    profile: str
    grade: Grade
    inputs: str
    inputs_sha256: str
    snapshot: str
    public_card: str
    public_sha256: str
    basis: str
    reason: str


class Round(Struct, frozen=True, kw_only=True):
    """What came of it. `newer`: agencies with a card of a later day, which stands. `meanwhile`: cards
    that somebody else issued at the same moment."""

    issued: int = 0
    unchanged: int = 0
    newer: int = 0
    meanwhile: int = 0
    grades: Mapping[str, int] = {}

    def __add__(self, other: Round) -> Round:
        letters = sorted({*self.grades, *other.grades})
        return Round(
            issued=self.issued + other.issued,
            unchanged=self.unchanged + other.unchanged,
            newer=self.newer + other.newer,
            meanwhile=self.meanwhile + other.meanwhile,
            grades={one: self.grades.get(one, 0) + other.grades.get(one, 0) for one in letters},
        )


class RoundLine(Struct, frozen=True, kw_only=True):
    """A round that somebody started on the page. `round` is empty until it is done."""

    id: UUID
    state: JobState
    period: str
    actor_name: str
    requested_at: datetime
    round: Round | None


class Cause(StrEnum):
    """Why a grade is another one today. TIME: nothing was recorded, the records only grew older."""

    TIME = "time"
    RECORDS = "records"


class MovedGrade(Struct, frozen=True, kw_only=True):
    """An agency whose card of today has another letter than its newest issued one."""

    agency_id: UUID
    agency_name: str
    revision: int
    issued: Grade
    today: Grade
    cause: Cause


class CardCheck(Struct, frozen=True, kw_only=True):
    """What the daily check found. `by_time` and `by_records` count all; `moved` names the first of them."""

    day: date
    checked: int
    same: int
    never_issued: int
    by_time: int
    by_records: int
    moved: tuple[MovedGrade, ...] = ()


class PeriodUnknown(Rejected):
    code = "scorecard.period-unknown"
    sentence = N_("“%(period)s” is no period: write a quarter, such as 2026-Q4.")


class PeriodAhead(Conflict):
    code = "scorecard.period-ahead"
    sentence = N_("The period %(period)s has not begun yet.")
