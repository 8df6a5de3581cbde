"""What the rules chose for a contract, what a check finds in it beforehand, and the form to register it."""

import asyncio
from collections.abc import Mapping
from uuid import UUID

import msgspec

from recruitwatch.contracts.forms import making as forms
from recruitwatch.contracts.pages.choosing import corridor
from recruitwatch.contracts.pages.drawing import FILES
from recruitwatch.contracts.rules.assembling import assemble, pack_of
from recruitwatch.contracts.rules.beforehand import look
from recruitwatch.contracts.rules.report import NO_VALUE, SHOWN, report_of
from recruitwatch.contracts.values.beforehand import Beforehand
from recruitwatch.contracts.values.corridors import Gravity
from recruitwatch.contracts.values.judged import ContractLibrary
from recruitwatch.contracts.values.registered import MadeByForm
from recruitwatch.contracts.values.terms import Contract, ContractInput, Terms
from recruitwatch.errors import N_, Message
from recruitwatch.web.forms import Errors

GRAVITY: Mapping[Gravity, tuple[str, str]] = {
    Gravity.CRITICAL: (N_("Critical"), "red"),
    Gravity.SERIOUS: (N_("Serious"), "orange"),
    Gravity.MODERATE: (N_("Moderate"), "yellow"),
    Gravity.MINOR: (N_("Minor"), "grey"),
}
# What an officer can do about a finding that never stands in the way.
ADVICE: Mapping[str, str] = {
    "CHK-S06": N_(
        "Register it as the worker told it. Help the worker to ask for the money back: the contract says"
        " within how many days. Look at the agency that took it."
    ),
    "CHK-S10": N_(
        "Ask who wants the test and by what law. A worker may not lose the job because of it."
    ),
}
_DOUBTFUL = {*SHOWN.values(), NO_VALUE}


class Replacing(msgspec.Struct, frozen=True, kw_only=True):
    """Which version of which contract a new one would replace."""

    contract_id: UUID
    version: int
    number: str


class ChosenPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules chose, and what can be done with it. The token came with the first form of the making,
    so that whatever is sent twice registers one contract. `made` is what it registered with other terms."""

    asked: str
    form_token: UUID
    contract: Contract
    corridor: str
    closings: tuple[Message, ...]
    chosen: tuple[Message, ...]
    doubtful: tuple[Message, ...]
    blanks: tuple[Message, ...]
    beforehand: Beforehand
    gravity: Mapping[Gravity, tuple[str, str]]
    advice: Mapping[str, str]
    files: tuple[str, ...]
    replacing: Replacing | None
    made: MadeByForm | None = None
    typed: Mapping[str, str] = {}
    errors: Errors = {}


async def chosen_page(
    asked: ContractInput,
    library: ContractLibrary,
    *,
    replacing: Replacing | None,
    before: Terms | None,
    form_token: UUID,
) -> ChosenPage:
    """`before` are the terms of the version that would be replaced."""

    def make() -> ChosenPage:
        contract = assemble(asked, library)
        parameters = pack_of(asked, library).parameters
        report = list(report_of(contract, library))
        closed = len(contract.law.closings)
        return ChosenPage(
            asked=forms.carry(asked),
            form_token=form_token,
            contract=contract,
            corridor=corridor(library, asked.origin, asked.destination),
            closings=tuple(report[:closed]),
            chosen=tuple(one for one in report[closed:] if one.key not in _DOUBTFUL),
            doubtful=tuple(one for one in report[closed:] if one.key in _DOUBTFUL),
            blanks=tuple(
                Message(parameters[one].label)
                for one in contract.blanks
                if one != "contract_number"
            ),
            beforehand=look(contract, library, rates=asked.rates, before=before),
            gravity=GRAVITY,
            advice=ADVICE,
            files=tuple(FILES),
            replacing=replacing,
        )

    return await asyncio.to_thread(make)
