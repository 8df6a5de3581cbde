"""What kind of agency each of the sixty is: how good, how often inspected, what became of it."""

from collections.abc import Mapping
from enum import StrEnum
from random import Random

import msgspec

SEED = "miravelle"


class Story(StrEnum):
    EXEMPLARY = "exemplary"
    SOUND = "sound"
    ORDINARY = "ordinary"
    WEAK = "weak"
    """One critical finding is confirmed and open: the grade is capped at D."""
    GRAVE = "grave"
    """Several are: capped at E."""
    IN_DOUBT = "in doubt"
    """A critical finding waits: for its evidence to be served, for a reply, for the decision."""
    SEVEN_TALKS = "seven talks"
    """One worker too few was interviewed for a good grade."""
    FEW_TALKS = "few talks"
    LONG_AGO = "long ago"
    """The last inspection was eighteen months ago."""
    THIN = "thin"
    """Inspected, but most answers were only heard and not tested."""
    NEVER = "never"
    """Licensed and never inspected."""
    APPLICANT = "applicant"
    LAPSED = "lapsed"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"
    DELISTED = "delisted"
    BANNED = "banned"


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What a story means in figures."""

    quality: tuple[float, float]
    """Share of requirements that are met in full, roughly: least and most."""
    newest_visit: tuple[int, int] | None = None
    """Days since the newest approved visit: least and most."""
    earlier_visits: int = 0
    """Most visits before the newest."""
    critical: int = 0
    """Critical failures that the newest visit found."""
    predeparture: int = 6
    returnee: int = 5
    tested: bool = True


STANDINGS: Mapping[Story, Standing] = {
    Story.EXEMPLARY: Standing(quality=(0.93, 0.98), newest_visit=(35, 300), earlier_visits=2),
    Story.SOUND: Standing(quality=(0.50, 0.66), newest_visit=(30, 320), earlier_visits=1),
    Story.ORDINARY: Standing(quality=(0.02, 0.08), newest_visit=(30, 320)),
    Story.WEAK: Standing(quality=(0.30, 0.50), newest_visit=(115, 330), critical=1),
    Story.GRAVE: Standing(quality=(0.30, 0.45), newest_visit=(115, 300), critical=2),
    Story.IN_DOUBT: Standing(quality=(0.45, 0.60), newest_visit=(28, 34), critical=1),
    Story.SEVEN_TALKS: Standing(
        quality=(0.90, 0.92), newest_visit=(90, 140), predeparture=5, returnee=2
    ),
    Story.FEW_TALKS: Standing(
        quality=(0.55, 0.75), newest_visit=(60, 250), predeparture=6, returnee=0
    ),
    Story.LONG_AGO: Standing(quality=(0.93, 0.95), newest_visit=(552, 552), earlier_visits=1),
    Story.THIN: Standing(quality=(0.60, 0.70), newest_visit=(60, 200), tested=False),
    Story.NEVER: Standing(quality=(0.50, 0.90)),
    Story.APPLICANT: Standing(quality=(0.50, 0.90)),
    Story.LAPSED: Standing(quality=(0.60, 0.80), newest_visit=(190, 330), earlier_visits=1),
    Story.SUSPENDED: Standing(quality=(0.35, 0.50), newest_visit=(120, 250), critical=1),
    Story.CANCELLED: Standing(quality=(0.30, 0.40), newest_visit=(240, 330), critical=2),
    Story.DELISTED: Standing(quality=(0.50, 0.60), newest_visit=(420, 500)),
    Story.BANNED: Standing(quality=(0.25, 0.35), newest_visit=(300, 380), critical=3),
}
HOW_MANY: Mapping[Story, int] = {
    Story.EXEMPLARY: 8, Story.SOUND: 10, Story.ORDINARY: 5, Story.FEW_TALKS: 4, Story.WEAK: 5,
    Story.GRAVE: 3, Story.IN_DOUBT: 3, Story.SEVEN_TALKS: 1, Story.LONG_AGO: 1, Story.THIN: 2,
    Story.NEVER: 8, Story.APPLICANT: 3, Story.LAPSED: 2, Story.SUSPENDED: 2, Story.CANCELLED: 1,
    Story.DELISTED: 1, Story.BANNED: 1,
}  # fmt: skip

# Failures a ministry meets most often. The gravest of the lists are left out of the invented tales.
CAPPED_AT_D = (
    "SOP-FEE-02", "SOP-DOC-01", "SOP-ADV-02", "SOP-SUB-04", "COV-FEE-05", "SOP-DOC-04",
    "SOP-GRV-04", "COV-MON-04",
)  # fmt: skip
CAPPED_AT_E = ("SOP-LIC-08", "SOP-DOC-05")


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """An agency's part in the country: its number from 1, its story, its rank among those alike."""

    number: int
    story: Story
    rank: int
    quality: float
    critical: tuple[str, ...]

    @property
    def standing(self) -> Standing:
        return STANDINGS[self.story]


def chance_of(*about: object) -> Random:
    """Chance that always falls the same way, and for one agency whatever is changed in another."""
    return Random("/".join([SEED, *map(str, about)]))


def cast() -> tuple[Part, ...]:
    """The parts of all agencies, in the order of their numbers."""
    stories = [story for story, count in HOW_MANY.items() for _ in range(count)]
    chance_of("cast").shuffle(stories)
    return tuple(
        _part(number, story, stories[: number - 1].count(story))
        for number, story in enumerate(stories, start=1)
    )


def _part(number: int, story: Story, rank: int) -> Part:
    standing = STANDINGS[story]
    chance = chance_of("part", number)
    critical = chance.sample(CAPPED_AT_D, standing.critical)
    if story in (Story.GRAVE, Story.BANNED) and rank == 0:
        critical[0] = chance.choice(CAPPED_AT_E)
    return Part(
        number=number,
        story=story,
        rank=rank,
        quality=chance.uniform(*standing.quality),
        critical=tuple(critical),
    )
