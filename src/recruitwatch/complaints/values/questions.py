"""The questions a worker is asked, one a page, and how she moves between them."""

from enum import StrEnum

import msgspec


class Question(StrEnum):
    """One page of the filing. From `paper` to `employer` they follow the evidence ladder."""

    START = "start"
    WISHES = "wishes"
    HAPPENED = "happened"
    NOW = "now"
    PAPER = "paper"
    LICENCE = "licence"
    PHONE = "phone"
    PLACE = "place"
    NAME = "name"
    BROKER = "broker"
    JOURNEY = "journey"
    EMPLOYER = "employer"
    PAID = "paid"
    HIDE = "hide"
    REACH = "reach"
    CHECK = "check"
    CODE = "code"


class Move(StrEnum):
    """The button that was pressed. `AGAIN` shows the same page, for instance in another language."""

    NEXT = "next"
    BACK = "back"
    FINISH = "finish"
    AGAIN = "again"


class Place(msgspec.Struct, frozen=True):
    """`number` of `total`, as progress is told."""

    number: int
    total: int


HAPPENINGS: tuple[str, ...] = (
    "FEE-01", "FEE-06", "DEP-01", "DEC-01", "CON-01", "DOC-01", "WAG-02", "WRK-01", "WRK-03",
    "VIO-01", "VIO-02", "VIO-03", "CNF-01", "RET-01", "AST-01", "OFF-03", "OTH-01",
)  # fmt: skip
"""The codes that a worker can tick. Officers add the others from her own words."""

IN_DANGER_FIRST: tuple[str, ...] = ("CNF-01", "VIO-01", "VIO-02", "VIO-03", "WRK-03", "DOC-01")
"""The order for somebody in danger: these stand before the others."""

OFFICIALS = "OFF-"
ABOUT_AN_OFFICIAL = "OFF-01"
"""The code that stands for the tick `it is about an official`."""
