"""The register entries of the invented agencies, with what they tell the ministry each year."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from recruitwatch.agencies.values import (
    Address,
    AgencyRecord,
    Branch,
    Contact,
    ContactKind,
    Deployment,
    NameKind,
    NumberKind,
    Officer,
    OfficerRole,
    OtherName,
    Register,
    Sex,
    StatusClaim,
)
from recruitwatch.demo.names import (
    CITIES,
    AgencyName,
    agency_name,
    person_name,
    phone_number,
    street_address,
)
from recruitwatch.demo.stories import Part, Story, chance_of

# XA is one of the codes that ISO 3166 leaves to users: no country has it.
COUNTRY = "XA"
REGISTER = Register(
    id="miravelle",
    title="Register of recruitment agencies of Miravelle",
    country=COUNTRY,
    numbers=NumberKind.OFFICIAL,
)
NOTE = "Invented for the demonstration: no such agency exists."
APPLICATION = "licence application"
RETURN = "yearly return of the agency"

LINES_OF_WORK = (
    ("domestic_work", "cleaning"), ("construction",), ("domestic_work", "care"),
    ("hospitality", "cleaning"), ("agriculture",), ("seafaring",), ("construction", "manufacturing"),
    ("domestic_work",), ("care", "hospitality"), ("manufacturing", "agriculture"),
)  # fmt: skip
DESTINATIONS = {
    "domestic_work": ("SA", "KW", "AE", "JO", "HK"),
    "cleaning": ("QA", "AE", "KW"),
    "construction": ("QA", "SA", "MY"),
    "care": ("IT", "JP", "HK"),
    "hospitality": ("AE", "MV", "CY"),
    "agriculture": ("IT", "KR", "PT"),
    "seafaring": ("PA", "LR", "MT"),
    "manufacturing": ("MY", "KR", "PL"),
}
MOSTLY_WOMEN = frozenset({"domestic_work", "care", "cleaning"})


def licence_number(part: Part) -> str | None:
    """An applicant has none yet."""
    return None if part.story is Story.APPLICANT else f"MV-{100 + 7 * part.number:04d}"


def sectors_of(part: Part) -> tuple[str, ...]:
    return LINES_OF_WORK[part.number % len(LINES_OF_WORK)]


def entry(part: Part, today: date) -> AgencyRecord:
    """What the register holds when the agency is entered: everything but the yearly returns."""
    chance = chance_of("entry", part.number)
    sectors = sectors_of(part)
    name = agency_name(part.number, sectors)
    wanted = [country for sector in sectors for country in DESTINATIONS[sector]]
    city = chance.choice(CITIES)
    return AgencyRecord(
        register_id=REGISTER.id,
        legal_name=name.latin,
        country=COUNTRY,
        licence_no=licence_number(part),
        names=tuple(_other_names(name, part, chance)),
        addresses=(Address(address=street_address(chance), city=city, source=APPLICATION),),
        contacts=tuple(_contacts(name, chance)),
        branches=tuple(_branches(part, city, chance)),
        officers=tuple(_officers(today, chance)),
        sectors=sectors,
        destinations=tuple(chance.sample(sorted(set(wanted)), 3)),
        claims=tuple(_claims(part, today)),
        note=NOTE,
    )


def _other_names(name: AgencyName, part: Part, chance: Random) -> Iterator[OtherName]:
    if part.number % 3 != 0:
        yield OtherName(kind=NameKind.ALIAS, name=name.bengali, source=APPLICATION)
    if part.number % 3 != 1:
        yield OtherName(kind=NameKind.ALIAS, name=name.arabic, source=APPLICATION)
    if chance.random() < 0.3:
        yield OtherName(kind=NameKind.TRADING, name=f"{name.stem} Jobs", source="sign at the door")
    if chance.random() < 0.15:
        yield OtherName(kind=NameKind.FORMER, name=f"{name.stem} & Daughters", source=APPLICATION)


def _contacts(name: AgencyName, chance: Random) -> Iterator[Contact]:
    host = f"{name.stem.lower()}.example"
    yield Contact(kind=ContactKind.PHONE, value=phone_number(chance), source=APPLICATION)
    if chance.random() < 0.4:
        yield Contact(kind=ContactKind.PHONE, value=phone_number(chance), source="letterhead")
    yield Contact(kind=ContactKind.EMAIL, value=f"office@{host}", source=APPLICATION)
    if chance.random() < 0.6:
        yield Contact(kind=ContactKind.WEBSITE, value=f"www.{host}", source="letterhead")


def _branches(part: Part, city: str, chance: Random) -> Iterator[Branch]:
    others = [other for other in CITIES if other != city]
    for other in chance.sample(others, (0, 0, 1, 2)[part.number % 4]):
        yield Branch(
            name=f"{other} branch", address=street_address(chance), phone=phone_number(chance)
        )


def _officers(today: date, chance: Random) -> Iterator[Officer]:
    since = date(today.year - chance.randint(7, 15), chance.randint(1, 12), 1)
    yield Officer(name=person_name(chance), role=OfficerRole.OWNER, from_on=since)
    yield Officer(name=person_name(chance), role=OfficerRole.DIRECTOR, from_on=since)
    if chance.random() < 0.4:
        until = date(today.year - 2, chance.randint(1, 12), 28)
        yield Officer(
            name=person_name(chance), role=OfficerRole.MANAGER, from_on=since, until_on=until
        )
        yield Officer(
            name=person_name(chance),
            role=OfficerRole.MANAGER,
            from_on=until + timedelta(days=1),
        )


def _claims(part: Part, today: date) -> Iterator[StatusClaim]:
    if part.number % 4 == 0:
        yield StatusClaim(
            source="list of the trade association of Miravelle",
            word="member in good standing",
            stated_on=date(today.year - 6, 3, 1),
        )
    if part.number % 7 == 0:
        yield StatusClaim(
            source="old paper register",
            word="listed",
            stated_on=date(today.year - 7, 6, 30),
            valid_until=date(today.year - 5, 6, 29),
        )


def deployments(part: Part, record: AgencyRecord, today: date) -> tuple[Deployment, ...]:
    """Workers sent in each of the last four years, the running one up to now."""
    if part.story is Story.APPLICANT:
        return ()
    chance = chance_of("deployments", part.number)
    # The poorer an agency, the smaller: few workers sent say little in its favour.
    size = chance.choice((40, 60, 90) if part.quality < 0.3 else (120, 250, 400, 700, 1400))
    women = 0.75 if set(record.sectors) & MOSTLY_WOMEN else 0.12
    found = []
    for year in range(today.year - 3, today.year + 1):
        for share, destination in zip((0.55, 0.3, 0.15), record.destinations, strict=True):
            workers = round(size * share * chance.uniform(0.7, 1.3))
            of_women = round(workers * women)
            for sex, count in ((Sex.WOMEN, of_women), (Sex.MEN, workers - of_women)):
                if count:
                    found.append(
                        Deployment(
                            year=year,
                            sex=sex,
                            destination=destination,
                            workers=count,
                            source=RETURN,
                        )
                    )
    return tuple(found)
