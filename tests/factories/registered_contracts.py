"""Registered contracts in tests: a whole example with other values, and a contract on record."""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from factories.contracts import EXAMPLES, library
from recruitwatch.actor import Actor
from recruitwatch.contracts.actions.registering import register_contract
from recruitwatch.contracts.forms import read_input
from recruitwatch.contracts.values.terms import ContractInput, TermValue
from recruitwatch.keys import Vault

WORKER = "Liza Dimaculangan"


def example(**values: TermValue) -> ContractInput:
    """The contract of Liza Dimaculangan, Philippines to Hong Kong, before it has a number."""
    file = next(one for one in EXAMPLES if one.stem == "philippines-hong-kong")
    asked = read_input(file.read_bytes(), file.name)
    kept = {name: one for name, one in asked.values.items() if name != "contract_number"}
    return msgspec.structs.replace(asked, values={**kept, **values})


async def store_contract(
    session: AsyncSession, actor: Actor, now: datetime, vault: Vault, **values: TermValue
) -> UUID:
    return await register_contract(session, actor, now, vault, library(), asked=example(**values))
