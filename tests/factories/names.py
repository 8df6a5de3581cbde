"""Invented agencies for the matcher, in memory."""

from collections.abc import Mapping

from recruitwatch.names.register import MemoryRegister
from recruitwatch.names.values import AgencyFacts, AgencyName, Judgement, Match, NameKind, Said

# A register has many names: words are weighed by how few of them use them.
CROWD = (
    "Green Teal Overseas", "New Loom Manpower", "Copper Gate International", "Mangrove Tigers Overseas",
    "Shapla Gulf Travels", "Trans Delta Manpower", "Bokul Eastern", "Tamarind Continental Group",
    "Bright Valley Employment", "Nargis Air International", "Sonatoli Enterprise", "Dhulikhel Job Point",
    "Phoenix Jute Recruiters", "Araliya Lanka Foreign Employment", "Gulmohar Recruiting", "Silver Hill Agency",
    "Four Herons Overseas", "Three Lanterns Placement", "Eastern Kite", "Melati Harapan Abadi",
    "Sampaguita Star Placement", "Yakmaya Human Resources", "Dolonchapa Travels", "Zentharis International",
    "Shirina Overseas", "Moonrise Overseas Recruiting", "Hossain Palki Enterprise", "Nelum Jobs Centre",
    "Yusuf Tarab International", "Wubet Agency",
)  # fmt: skip


def make_facts(
    name: str = "Padma Overseas Ltd",
    *others: str,
    key: str | None = None,
    number: str = "",
    row_key: bool = False,
    phones: tuple[str, ...] = (),
    address: str = "",
    city: str = "",
    kind: NameKind = NameKind.ALIAS,
    taught: bool = False,
) -> AgencyFacts:
    names = [AgencyName(name), *(AgencyName(other, kind, taught) for other in others)]
    return AgencyFacts(
        key=key or name,
        names=tuple(names),
        number=number,
        row_key=row_key,
        phones=phones,
        address=address,
        city=city,
    )


def make_register(*agencies: AgencyFacts | str) -> MemoryRegister:
    """These agencies among thirty others; a text is an agency's name and key."""
    facts = [make_facts(one) if isinstance(one, str) else one for one in agencies]
    known = {one.key for one in facts}
    return MemoryRegister([*facts, *(make_facts(name) for name in CROWD if name not in known)])


def match(
    said: str | Said, *agencies: AgencyFacts | str, judged: Mapping[str, Judgement] | None = None
) -> Match:
    query = Said(text=said) if isinstance(said, str) else said
    return make_register(*agencies).match(query, judged)


def features(found: Match, key: str) -> set[str]:
    """The reasons given for the agency."""
    return {reason.feature for one in found.candidates if one.key == key for reason in one.reasons}
