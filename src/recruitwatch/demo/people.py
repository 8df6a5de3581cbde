"""The staff of the invented ministry: who signs in with which password, and their offices."""

from collections.abc import Mapping
from datetime import datetime

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.actions.people import create_office, create_person
from recruitwatch.accounts.values import NewPerson, Role
from recruitwatch.actor import SYSTEM, Actor


class SignIn(msgspec.Struct, frozen=True, kw_only=True):
    """How to sign in, to be printed when the demonstration starts."""

    role: str
    sign_in_name: str
    password: str


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One person of the ministry."""

    sign_in: SignIn
    full_name: str
    office: str
    held: Role


INSPECTORATE = "Inspectorate, Port Miravel"
LICENSING = "Licensing Department, Port Miravel"
HELP_DESK = "Workers' Help Desk, Sanquelle"
SECRETARIAT = "Secretariat of the Ministry, Port Miravel"
REGIONAL_OFFICE = "Regional Labour Office, Tor Amara"


def _member(
    role: str, sign_in_name: str, password: str, full_name: str, office: str, held: Role
) -> Member:
    return Member(
        sign_in=SignIn(role=role, sign_in_name=sign_in_name, password=password),
        full_name=full_name,
        office=office,
        held=held,
    )


STAFF = (
    _member("Administrator", "admin", "lantern-orchid-harbour-12", "Ilvane Corrodale",
            SECRETARIAT, Role.ADMINISTRATOR),
    _member("Inspector", "inspector", "copper-monsoon-paddle-23", "Tavira Kesmiri",
            INSPECTORATE, Role.INSPECTOR),
    _member("Second inspector", "inspector2", "maple-canyon-ribbon-34", "Orlen Halloren",
            INSPECTORATE, Role.INSPECTOR),
    _member("Reviewer", "reviewer", "silver-anchor-meadow-45", "Nashira Ondrique",
            INSPECTORATE, Role.REVIEWER),
    _member("Complaints officer", "complaints", "jasmine-tunnel-globe-56", "Dorvan Sulmari",
            HELP_DESK, Role.COMPLAINTS_OFFICER),
    _member("Second complaints officer", "complaints2", "basil-comet-ferry-91", "Suvarni Quistwell",
            HELP_DESK, Role.COMPLAINTS_OFFICER),
    _member("Third complaints officer", "complaints3", "willow-ember-saddle-37", "Perrin Altomare",
            HELP_DESK, Role.COMPLAINTS_OFFICER),
    _member("Regional complaints officer", "regional", "heron-pepper-valley-14", "Imreth Valtishe",
            REGIONAL_OFFICE, Role.COMPLAINTS_OFFICER),
    _member("Regulator", "regulator", "walnut-river-thunder-67", "Leyndra Umberlain",
            LICENSING, Role.REGULATOR),
    _member("Second regulator", "regulator2", "cobalt-maple-drizzle-41", "Brennic Oldenthar",
            LICENSING, Role.REGULATOR),
    _member("Hotline operator", "hotline", "pigeon-velvet-coral-78", "Jorrick Tamvesh",
            HELP_DESK, Role.HOTLINE_OPERATOR),
    _member("Oversight", "oversight", "quartz-summer-bridge-89", "Amelka Brundaal",
            SECRETARIAT, Role.OVERSIGHT),
)  # fmt: skip

AGENCY = _member("Agency", "agency", "saffron-lagoon-trumpet-29", "Felindra Marouvel",
                 "", Role.AGENCY)  # fmt: skip
"""Whoever tries an agency's place: a person of the agency that contests its cards, of no office."""

SIGN_INS: tuple[SignIn, ...] = tuple(member.sign_in for member in (*STAFF, AGENCY))


class Staff(msgspec.Struct, frozen=True, kw_only=True):
    """Those of the staff who act in the story."""

    inspectors: tuple[Actor, Actor]
    reviewer: Actor
    regulator: Actor
    second_regulator: Actor
    """Decides what agencies contest, having made no card."""
    operator: Actor
    complaints: tuple[Actor, Actor, Actor]
    """Of the head office's desk: the second is not cleared for protected cases, the others are, so that
    one of them can agree with the other."""
    regional: Actor
    oversight: Actor


async def appoint(session: AsyncSession, now: datetime) -> Staff:
    """Open the offices and enter the staff."""
    offices = {
        name: await create_office(session, SYSTEM, now, name=name)
        for name in dict.fromkeys(member.office for member in STAFF)
    }
    actors: dict[str, Actor] = {}
    for member in STAFF:
        new = NewPerson(
            sign_in_name=member.sign_in.sign_in_name,
            full_name=member.full_name,
            office_id=offices[member.office],
            roles=frozenset({member.held}),
        )
        person_id, _ = await create_person(
            session, SYSTEM, now, new=new, password=member.sign_in.password
        )
        actors[new.sign_in_name] = Actor(
            person_id=person_id,
            name=member.full_name,
            office_id=new.office_id,
            office_name=member.office,
            roles=frozenset({member.held.value}),
        )
    return _acting(actors)


def _acting(actors: Mapping[str, Actor]) -> Staff:
    return Staff(
        inspectors=(actors["inspector"], actors["inspector2"]),
        reviewer=actors["reviewer"],
        regulator=actors["regulator"],
        second_regulator=actors["regulator2"],
        operator=actors["hotline"],
        complaints=(actors["complaints"], actors["complaints2"], actors["complaints3"]),
        regional=actors["regional"],
        oversight=actors["oversight"],
    )


def password_of(sign_in_name: str) -> str:
    """Everybody's password is known here: it is printed at the start."""
    return next(one.password for one in SIGN_INS if one.sign_in_name == sign_in_name)
