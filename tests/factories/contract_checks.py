"""Papers of invented workers to check: a clean contract, its versions, and what was seen beside it."""

from datetime import date
from functools import lru_cache

import msgspec

from factories.contracts import ROOT, library, make_contract
from recruitwatch.contracts.forms import read_input
from recruitwatch.contracts.rules.checking import check
from recruitwatch.contracts.values.checking import (
    CheckedPaper,
    CheckInput,
    CheckReport,
    Licence,
    Payer,
    PrintedText,
    Seen,
    SignedBy,
    Step,
)
from recruitwatch.contracts.values.judged import ContractLibrary
from recruitwatch.contracts.values.terms import Terms, TermValue

SIGNED_ON = date(2026, 3, 1)
_PRINTED = ("wage_amount", "documents_held_by_worker")
ARRIVED = date(2026, 3, 20)
DEPARTS = date(2026, 3, 19)


@lru_cache(maxsize=1)
def clean_terms() -> Terms:
    """A worker from Bangladesh keeps house in Riyadh for 1,500 riyals; nothing is wrong with it."""
    file = ROOT / "docs" / "examples" / "contracts" / "bangladesh-saudi-arabia.yaml"
    asked = read_input(file.read_bytes(), file.name)
    values = {**asked.values, "wage_amount": 1500, "wage_currency": "SAR", "annual_leave_days": 30}
    asked = msgspec.structs.replace(asked, languages=("ar",), values=values)
    terms = msgspec.structs.replace(make_contract(asked).terms, languages=("ar", "bn"))
    return with_values(
        terms, worker_language="bn", verify_url="https://contracts.example/check/184"
    )


def with_values(terms: Terms, **values: TermValue) -> Terms:
    return msgspec.structs.replace(terms, values={**terms.values, **values})


def without_clauses(terms: Terms, *gone: str) -> Terms:
    kept = tuple(one for one in terms.clauses if one.id not in gone)
    return msgspec.structs.replace(terms, clauses=kept)


@lru_cache(maxsize=1)
def clean_seen() -> Seen:
    printed = {"wage_amount": 1500, "documents_held_by_worker": True}
    return Seen(
        attached=(),
        worker_reads=("bn",),
        texts=tuple(PrintedText(language=one, values=printed) for one in ("ar", "bn")),
        worker_signed=SignedBy.SIGNATURE,
        independent_witness=True,
        stamps=("origin_bureau", "labour_wing", "destination_platform", "origin_mission"),
        licences=(
            Licence(
                number="RL-9914", valid_from=date(2024, 1, 1), valid_to=date(2027, 1, 1),
                destinations=("SA", "KW"),
            ),
            Licence(number="SA 77120"),
        ),
        allowances={},
        return_paid_by=Payer.EMPLOYER,
        rest_days_paid_out=False,
    )  # fmt: skip


def make_paper(
    step: Step = Step.SIGNED,
    terms: Terms | None = None,
    *,
    signed_on: date | None = None,
    seen: dict[str, object] | None = None,
    **values: TermValue,
) -> CheckedPaper:
    """The clean contract with other values and other things seen. Its texts print what it says."""
    said = terms or clean_terms()
    # Its destination may be a scheme of a country, such as CA-SAWP.
    corridor = {"origin_country": said.origin, "destination_country": said.destination[:2]}
    said = with_values(said, **{**corridor, **values})
    if signed_on is not None:
        said = msgspec.structs.replace(said, signed_on=signed_on)
    printed = {name: said.values[name] for name in _PRINTED}
    texts = tuple(PrintedText(language=one, values=printed) for one in ("ar", "bn"))
    looked = {"texts": texts, **(seen or {})}
    return CheckedPaper(step=step, terms=said, seen=msgspec.structs.replace(clean_seen(), **looked))


def make_check(*papers: CheckedPaper, **known: object) -> CheckInput:
    given = CheckInput(papers=papers or (make_paper(),), departs_on=DEPARTS, arrived_on=ARRIVED)
    return msgspec.structs.replace(given, **known)


def after_arrival(**values: TermValue) -> CheckInput:
    """The clean contract, and the same signed again ten days after arrival with other values."""
    newer = make_paper(Step.AFTER_ARRIVAL, signed_on=date(2026, 3, 30), **values)
    return make_check(make_paper(), newer)


def checked(given: CheckInput, using: ContractLibrary | None = None) -> CheckReport:
    return check(given, using or library())


def rules_of(report: CheckReport) -> list[str]:
    """The ids without their prefix, each once and in order."""
    return sorted({one.rule.removeprefix("CHK-") for one in report.findings})
