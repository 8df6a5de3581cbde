"""Making the Republic of Miravelle, a country that does not exist: its ministry, its sixty agencies,
six years of licences and three of inspections, all written by the actions that people use."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import SYSTEM, Actor
from recruitwatch.agencies.actions import (
    change_agency,
    create_register,
    decide_licence,
    record_licence,
    register_agency,
)
from recruitwatch.agencies.queries import list_registers
from recruitwatch.agencies.values import AgencyRecord, NewDecision
from recruitwatch.checklists.actions import set_parameter
from recruitwatch.checklists.queries import get_parameters, get_version, list_published
from recruitwatch.complaints.actions.retaining import forget_drafts
from recruitwatch.complaints.values.clocks import Calendar
from recruitwatch.db.engine import OpenSession
from recruitwatch.demo.agencies import REGISTER, deployments, entry
from recruitwatch.demo.answers import CURRENCY
from recruitwatch.demo.brokers import enter_brokers, take_ties_back, tie_brokers
from recruitwatch.demo.cards import CardOffice
from recruitwatch.demo.casework import Casework, Ground
from recruitwatch.demo.complaining import complaints
from recruitwatch.demo.contracts import TOLD, Ledger
from recruitwatch.demo.desks import Desks, open_desks, open_regional_desk
from recruitwatch.demo.documents import Library, Place
from recruitwatch.demo.inspecting import Fieldwork
from recruitwatch.demo.licences import LicenceTale, licence_end, licence_tales
from recruitwatch.demo.people import SIGN_INS, SignIn, Staff, appoint
from recruitwatch.demo.stories import Part, cast, chance_of
from recruitwatch.demo.timeline import Timeline, office_hours
from recruitwatch.demo.visits import visits_of
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.keys import Vault
from recruitwatch.scorecards.actions.papers import place_of
from recruitwatch.scorecards.values.papers import PaperPlace
from recruitwatch.settings import Settings

__all__ = ["SIGN_INS", "SignIn", "case_code", "make_country"]

FOUNDED = timedelta(days=7 * 365)
RETURNS_ARE_IN = timedelta(days=25)
DESKS_OPEN = timedelta(days=31 * 30)
CONTRACTS_REGISTERED, CONTRACTS_FOLLOWED = timedelta(days=24), timedelta(days=9)
BROKERS_TIED, TIE_TAKEN_BACK = timedelta(days=40), timedelta(days=12)
JudgeBrokers = Callable[[AsyncSession, Actor, datetime, Mapping[int, UUID]], Awaitable[None]]
REGIONAL_DESK_OPENS = timedelta(days=26 * 30)
SHARES_FILE = "demo-escrow-shares.txt"
CODE_FILE = "demo-case-code.txt"
NO_DOCUMENTS = Path()
"""Where documents of decisions would go. The invented decisions have numbers and no papers."""

# Figures of Miravelle's law, in whole units, with the circular that set them.
FIGURES = (
    ("required_bond", Decimal(50_000_00), CURRENCY, "Circular 3 on security deposits"),
    ("required_training_hours", Decimal(30), None, "Circular 9 on training before departure"),
    ("required_training_days", Decimal(5), None, "Circular 9 on training before departure"),
)


async def make_country(
    open_session: OpenSession,
    settings: Settings,
    vault: Vault,
    now: datetime,
    say: Callable[[str], None],
) -> bool:
    """Make the country in one transaction, so that a start that was cut short leaves nothing behind
    and the next one begins again. False, and nothing is touched, if the country is there already.

    The shares of its escrow and the code of one of its cases are known to nobody afterwards: they are
    written beside the data, as no real installation may do.
    """
    async with open_session() as session, session.begin():
        if any(one.id == REGISTER.id for one in await list_registers(session)):
            return False
        say("Making an invented country. This takes some seconds, once.")
        calendar = Calendar(weekend=frozenset(settings.weekend))
        ground = Ground(vault=vault, files=settings.sealed_files, calendar=calendar)
        founding = Founding(session, ground, place_of(settings), now)
        await founding.run(say)
        _write(settings.keys / SHARES_FILE, *founding.shares)
        _write(settings.data / CODE_FILE, founding.code)
    vault.retention.destroy_ended(now.date())
    return True


def case_code(settings: Settings) -> str | None:
    """The code of a case of this country, by which the worker's side can be tried."""
    place = settings.data / CODE_FILE
    return place.read_text(encoding="utf-8").strip() if place.exists() else None


def _write(place: Path, *lines: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.touch(mode=0o600)
    place.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


class Founding:
    """The making of the country in one session."""

    def __init__(
        self, session: AsyncSession, ground: Ground, place: PaperPlace, now: datetime
    ) -> None:
        self._session = session
        self._ground = ground
        self._place = place
        self._now = now
        self._timeline = Timeline(now)
        self._parts = cast()
        self._agencies: dict[int, UUID] = {}
        self.code = ""
        self.shares: tuple[str, ...] = ()

    async def run(self, say: Callable[[str], None]) -> None:
        begun = office_hours(self._now.date() - FOUNDED, self._now, chance_of("founded"))
        staff = await appoint(self._session, begun)
        await create_register(self._session, staff.regulator, begun, register=REGISTER)
        for name, amount, currency, reason in FIGURES:
            await set_parameter(
                self._session, staff.regulator, begun,
                name=name, amount=amount, currency=currency, reason=reason,
            )  # fmt: skip
        fieldwork = Fieldwork(self._session, staff, await self._library(), self._timeline)
        for part in self._parts:
            self._plan_agency(part, staff, fieldwork)
        casework = self._plan_complaints(staff)
        office = CardOffice(
            self._session, staff, self._timeline, self._agencies, self._place, self._now
        )
        office.plan(self._parts)
        self._plan_contracts(staff)
        await self._timeline.run(say)
        await forget_drafts(self._session, self._now)
        self.code = casework.code
        details = {"agencies": len(self._parts)}
        await record(
            self._session, SYSTEM, Action.DEMO_MADE, subject=("register", REGISTER.id),
            now=self._now, details=details,
        )  # fmt: skip

    def _plan_contracts(self, staff: Staff) -> None:
        agency = entry(self._parts[0], self._now.date())
        ledger = Ledger(self._session, staff.regulator, self._ground.vault, agency)
        for number in range(len(TOLD)):
            chance = chance_of("contract", number)
            for ago, step in (
                (CONTRACTS_REGISTERED, ledger.register), (CONTRACTS_FOLLOWED, ledger.follow),
            ):  # fmt: skip
                day = (self._now - ago + timedelta(days=number)).date()
                self._timeline.add(office_hours(day, self._now, chance), partial(step, number))

    def _plan_complaints(self, staff: Staff) -> Casework:
        """Desks open before the first complaint; everything else follows from them."""
        casework = Casework(self._session, self._ground, staff, self._timeline, self._agencies)
        chance = chance_of("desks")

        async def opening(at: datetime) -> None:
            desks = await open_desks(self._session, at, self._ground.vault, staff)
            self.shares = desks.shares
            await enter_brokers(self._session, staff.complaints[0], at)
            for judge, ago in ((tie_brokers, BROKERS_TIED), (take_ties_back, TIE_TAKEN_BACK)):
                when = office_hours((self._now - ago).date(), self._now, chance)
                self._timeline.add(when, partial(self._judge_brokers, judge, staff))
            later = office_hours((self._now - REGIONAL_DESK_OPENS).date(), self._now, chance)
            self._timeline.add(later, partial(self._open_regional, desks))
            for tale in complaints(self._parts, self._now.date()):
                casework.plan(tale, desks, self._now)

        first = office_hours((self._now - DESKS_OPEN).date(), self._now, chance)
        self._timeline.add(first, opening)
        return casework

    async def _judge_brokers(self, judge: JudgeBrokers, staff: Staff, at: datetime) -> None:
        await judge(self._session, staff.regulator, at, self._agencies)

    async def _open_regional(self, desks: Desks, at: datetime) -> None:
        await open_regional_desk(self._session, at, desks)

    async def _library(self) -> Library:
        newest = [one for one in await list_published(self._session) if one.newest]
        return Library(
            checklists={
                one.checklist_id: await get_version(self._session, one.checklist_id, one.version)
                for one in newest
            },
            hashes={one.checklist_id: one.sha256 for one in newest},
            parameters=await get_parameters(self._session),
        )

    def _plan_agency(self, part: Part, staff: Staff, fieldwork: Fieldwork) -> None:
        """The agency applies; everything else follows once it is in the register."""
        tales = licence_tales(part, self._now.date())
        day = tales[0].entered_on - timedelta(days=3)
        at = office_hours(day, self._now, chance_of("registered", part.number))
        self._timeline.add(at, partial(self._register, part, tales, staff, fieldwork))

    async def _register(
        self,
        part: Part,
        tales: Sequence[LicenceTale],
        staff: Staff,
        fieldwork: Fieldwork,
        at: datetime,
    ) -> None:
        today = self._now.date()
        agency = entry(part, today)
        agency_id = await register_agency(self._session, staff.regulator, at, agency=agency)
        self._agencies[part.number] = agency_id
        for tale in tales:
            self._plan_licence(agency_id, part, tale, staff)
        full = msgspec.structs.replace(agency, deployments=deployments(part, agency, today))
        if full != agency:
            returned = office_hours(
                (self._now - RETURNS_ARE_IN).date(), self._now, chance_of("return", part.number)
            )
            self._timeline.add(returned, partial(self._take_returns, agency_id, full, staff))
        for visit in visits_of(part, today):
            until = licence_end(tales, visit.visited_on)
            place = Place(agency_id=agency_id, record=full, licence_until=until)
            fieldwork.plan(visit, place, self._now)

    async def _take_returns(
        self, agency_id: UUID, full: AgencyRecord, staff: Staff, at: datetime
    ) -> None:
        await change_agency(
            self._session, staff.regulator, at, agency_id=agency_id, version=1, agency=full
        )

    def _plan_licence(self, agency_id: UUID, part: Part, tale: LicenceTale, staff: Staff) -> None:
        chance = chance_of("licence office", part.number, tale.entered_on)
        at = office_hours(tale.entered_on, self._now, chance)

        async def enter(when: datetime) -> None:
            licence_id = await record_licence(
                self._session, staff.regulator, when, agency_id=agency_id, licence=tale.licence
            )
            for decision in tale.decisions:
                day = office_hours(decision.effective_on, self._now, chance)
                decide = partial(self._decide, licence_id, decision, staff)
                self._timeline.add(max(day, when), decide)

        self._timeline.add(at, enter)

    async def _decide(
        self, licence_id: UUID, decision: NewDecision, staff: Staff, at: datetime
    ) -> None:
        await decide_licence(
            self._session, staff.regulator, at,
            licence_id=licence_id, decision=decision, folder=NO_DOCUMENTS,
        )  # fmt: skip
