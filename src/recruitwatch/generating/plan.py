"""What is to be made, and the chance it is made by: the same plan gives the same records."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

import msgspec

from recruitwatch.agencies.values import NumberKind, Register

COUNTRY = "XA"
REGISTER_ID = "generated"
YEARS = 10
"""Audits and complaints lie in so many years before the day of making."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """How many of each. `answers` is the number that a visit gives to the questions of its lists."""

    agencies: int
    audits: int
    answers: int
    complaints: int
    seed: int

    def chance(self, *what: str | int) -> Random:
        """A source of chance of this purpose's own."""
        return Random("/".join(map(str, (self.seed, *what))))

    @property
    def register(self) -> Register:
        """The register that is filled. Its title names the plan, so that no other plan goes on with it."""
        return Register(
            id=REGISTER_ID,
            title=(
                f"Invented records for measuring: {self.agencies} agencies, {self.audits} audits of "
                f"{self.answers} answers, {self.complaints} complaints, seed {self.seed}"
            ),
            country=COUNTRY,
            numbers=NumberKind.OFFICIAL,
        )

    def share(self, whole: int, number: int) -> int:
        """How many of all are this agency's: they are spread evenly."""
        return whole // self.agencies + (number < whole % self.agencies)


class Times(msgspec.Struct, frozen=True, kw_only=True):
    """The day of making and the day the ministry began."""

    now: datetime

    @property
    def begun(self) -> datetime:
        return self.now - timedelta(days=365 * (YEARS + 1))

    @property
    def first(self) -> datetime:
        """The earliest day of a visit or complaint."""
        return self.now - timedelta(days=365 * YEARS)


def new_id(chance: Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)
