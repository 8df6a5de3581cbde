"""Making contracts in tests: the published library, inputs, laws and paper."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from recruitwatch.contracts.actions import open_library
from recruitwatch.contracts.rules.assembling import assemble
from recruitwatch.contracts.values.judged import Choice, ContractLibrary
from recruitwatch.contracts.values.terms import Contract, ContractInput, TermValue, WorkerIs

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "docs" / "examples" / "contracts").glob("*.yaml"))


@lru_cache(maxsize=1)
def library() -> ContractLibrary:
    return open_library(ROOT / "templates" / "contracts")


def ask(
    corridor: str = "PH-HK",
    *,
    pack: str = "domestic-work",
    on: str = "2025-12-01",
    languages: tuple[str, ...] = ("en",),
    worker_is: WorkerIs = WorkerIs.WOMAN,
    without: tuple[str, ...] = (),
    also: tuple[str, ...] = (),
    **values: TermValue,
) -> ContractInput:
    """An input for a corridor such as PH-HK or MX-CA-SAWP."""
    origin, _, destination = corridor.partition("-")
    return ContractInput(
        pack=pack,
        origin=origin,
        destination=destination,
        signed_on=date.fromisoformat(on),
        languages=languages,
        worker_is=worker_is,
        values=values,
        without=without,
        also=also,
    )


def make_contract(asked: ContractInput) -> Contract:
    return assemble(asked, library())


def choice_of(contract: Contract, parameter: str) -> Choice:
    return next(one for one in contract.choices if one.parameter == parameter)
