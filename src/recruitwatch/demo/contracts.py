"""Three contracts of work that the invented ministry registered: valid, replaced and cancelled."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.agencies.values import AgencyRecord
from recruitwatch.contracts.actions import open_library
from recruitwatch.contracts.actions.registering import (
    cancel_contract,
    register_contract,
    replace_contract,
)
from recruitwatch.contracts.values.terms import ContractInput, Rate, TermValue, WorkerIs
from recruitwatch.documents.certifying import make_test_authority
from recruitwatch.keys import Vault
from recruitwatch.settings import Settings

CERTIFICATE, CERTIFICATE_PASSPHRASE = "demo-signing.p12", "invented"
# What is the same in all three. Every person, number and place is invented.
_COMMON: Mapping[str, TermValue] = {
    "employer_id_no": "INV-0000",
    "worker_home_address": "Tor Amara, house by the old bridge",
    "dest_agency_name": "Sample Household Services",
    "dest_agency_licence": "INV-70001",
    "household_adults": 2,
    "household_children": 1,
    "household_care_needs": "none",
    "job_title": "housekeeper",
    "task_list": ("cleaning", "cooking", "dishes", "laundry"),
    "rest_day_name": "friday",
    "insurer_name": "Sample Insurance",
    "insurance_policy_no": "INV-3310",
    "support_group_contact": "Sample union of domestic workers",
    "authority_name": "the ministry of labour",
    "return_place": "Port Miravel",
    "next_of_kin_name": "Ernald Vestergane",
    "next_of_kin_phone": "07455 010 400",
    "labour_office_name": "Labour office",
    "labour_office_phone": "07455 010 401",
    "embassy_phone": "07455 010 402",
    "police_phone": "999",
    "helpline_phone": "07455 010 403",
    "women_shelter_phone": "07455 010 404",
    "origin_ministry_phone": "07455 010 405",
}


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A contract of the demonstration, with what became of it."""

    origin: str
    destination: str
    languages: tuple[str, str]
    values: Mapping[str, TermValue]
    rates: Mapping[str, float] = {}
    later: Mapping[str, TermValue] = {}
    why: str = ""
    cancelled: str = ""


TOLD = (
    Told(
        origin="PH", destination="HK", languages=("en", "tl"),
        values={
            "worker_name": "Marisela Oredo", "worker_passport_no": "INV-P-101",
            "worker_birth_date": "1991-04-12", "employer_name": "Household of the first sample",
            "employer_address": "1 Sample Street", "workplace_address": "1 Sample Street",
            "wage_amount": 5300, "wage_currency": "HKD", "death_benefit": 200000,
        },
        rates={"HKD": 7.78},
    ),
    Told(
        origin="BD", destination="SA", languages=("ar", "bn"),
        values={
            "worker_name": "Rahela Sultana", "worker_passport_no": "INV-P-102",
            "worker_birth_date": "1993-08-30", "employer_name": "Household of the second sample",
            "employer_address": "2 Sample Street", "workplace_address": "2 Sample Street",
            "wage_amount": 1300, "wage_currency": "SAR", "death_benefit": 50000,
        },
        later={"wage_amount": 1500},
        why="Employer and worker agreed on more pay before she left.",
    ),
    Told(
        origin="NP", destination="AE", languages=("ar", "ne"),
        values={
            "worker_name": "Sunmaya Tharu", "worker_passport_no": "INV-P-103",
            "worker_birth_date": "1995-01-17", "employer_name": "Household of the third sample",
            "employer_address": "3 Sample Street", "workplace_address": "3 Sample Street",
            "wage_amount": 1500, "wage_currency": "AED", "death_benefit": 50000,
        },
        cancelled="The worker decided to stay at home.",
    ),
)  # fmt: skip


def with_test_certificate(settings: Settings, now: datetime) -> Settings:
    """Settings with a certificate of the invented ministry, made once, unless there is one already."""
    if settings.signing_file is not None:
        return settings
    place = settings.keys / CERTIFICATE
    if not place.exists():
        made = make_test_authority(settings.ministry, CERTIFICATE_PASSPHRASE, now)
        place.touch(mode=0o600)
        place.write_bytes(made)
    return msgspec.structs.replace(
        settings, signing_file=place, signing_passphrase=CERTIFICATE_PASSPHRASE
    )


class Ledger:
    """Registers what was told and does later what became of it."""

    def __init__(
        self, session: AsyncSession, regulator: Actor, vault: Vault, agency: AgencyRecord
    ) -> None:
        self._session, self._regulator, self._vault = session, regulator, vault
        self._agency = agency
        self._made: dict[int, tuple[UUID, ContractInput]] = {}

    async def register(self, number: int, at: datetime) -> None:
        told, signed_on = TOLD[number], _covered(at.date())
        asked = ContractInput(
            pack="domestic-work",
            origin=told.origin,
            destination=told.destination,
            signed_on=signed_on,
            languages=told.languages,
            worker_is=WorkerIs.WOMAN,
            values={
                **_COMMON,
                **told.values,
                "origin_agency_name": self._agency.legal_name,
                "origin_agency_licence": self._agency.licence_no,
                "start_date": (at.date() + timedelta(days=30)).isoformat(),
            },
            rates=tuple(
                Rate(of="USD", to=one, rate=rate, on=signed_on, source="Sample bank")
                for one, rate in told.rates.items()
            ),
        )
        made = await register_contract(
            self._session, self._regulator, at, self._vault, open_library(), asked=asked
        )
        self._made[number] = (made, asked)

    async def follow(self, number: int, at: datetime) -> None:
        """Replace or cancel it, where that was told."""
        told, (identity, asked) = TOLD[number], self._made[number]
        if told.later:
            changed = msgspec.structs.replace(asked, values={**asked.values, **told.later})
            await replace_contract(
                self._session, self._regulator, at, self._vault, open_library(),
                contract_id=identity, replaces=1, asked=changed, reason=told.why,
            )  # fmt: skip
        if told.cancelled:
            await cancel_contract(
                self._session, self._regulator, at, contract_id=identity, reason=told.cancelled
            )


def _covered(day: date) -> date:
    """The day of signing, or the last one for which law was gathered."""
    return min(day, open_library().newest_corridors.destinations.covers_to)
