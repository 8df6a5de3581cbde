"""What a check says of terms before they are registered, as far as it can be decided without papers.

What breaks the law of the corridor by a sure figure is not registered. What the worker says she paid never
stands in the way: refusing it would teach people to write 0.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from recruitwatch.contracts.rules.assembling import named_in
from recruitwatch.contracts.rules.checking import check
from recruitwatch.contracts.rules.checking.limits import NO_RATE, age_on
from recruitwatch.contracts.rules.choosing import DECLARED
from recruitwatch.contracts.rules.naming import counted, figure, unit_of
from recruitwatch.contracts.rules.replacing import kept, losses
from recruitwatch.contracts.values.beforehand import Beforehand
from recruitwatch.contracts.values.checking import (
    CheckedPaper,
    CheckInput,
    CheckRefused,
    Finding,
    Step,
)
from recruitwatch.contracts.values.corridors import Stage
from recruitwatch.contracts.values.judged import ContractLibrary, OccupationPack, Whose
from recruitwatch.contracts.values.terms import Contract, Rate, Terms
from recruitwatch.errors import N_, Day, Message

NEEDS_RATE = N_(
    "%(label)s: %(value)s is a sure figure of law, and it cannot be compared with %(currency)s without an"
    " exchange rate. Give the rate, its day and who published it."
)
TOO_YOUNG = N_(
    "The worker is %(value)s years old on the day the work starts, and the contract itself asks for at least"
    " %(bound)s."
)
UNASKED = N_(
    "Nobody wrote what the worker paid to get the job, so the contract says: %(value)s. Ask the worker, and"
    " write what was paid; a wrong 0 would cost the worker the refund."
)
STARTS_EARLY = N_("%(name)s: this is more than a year before %(day)s, the day of signing.")
_YEAR = timedelta(days=365)
# Protections that no figure decides: without them a worker cannot leave or call for help.
_NEVER_WITHOUT = frozenset({"CHK-S03", "CHK-S04"})
# Empty lines are told by themselves.
_TOLD = frozenset({"CHK-S01", "CHK-S02"})


def look(
    contract: Contract,
    library: ContractLibrary,
    *,
    rates: tuple[Rate, ...] = (),
    before: Terms | None = None,
) -> Beforehand:
    """What stands in the way of registering a contract, and what else a check finds in it. `before` are the
    terms of the version that it would replace (docs/contracts.md)."""
    terms = contract.terms
    # Among papers the younger one counts as the new one. An older day is refused, and hides nothing.
    beside = before if before is not None and before.signed_on <= terms.signed_on else None
    papers = [CheckedPaper(step=Step.REGISTERED, terms=one) for one in (beside, terms) if one]
    try:
        report = check(CheckInput(papers=tuple(papers), rates=rates), library)
    except CheckRefused as problem:
        return Beforehand(obstacles=problem.reasons)
    pack = library.pack(terms.pack, terms.template_version)
    blocking = [one for one in report.findings if _blocks(one)]
    obstacles = [
        *(kept(before, terms, pack) if before else _starts_early(terms, pack)),
        *(one.message for one in blocking),
        *_unmatched(contract, pack),
    ]
    if not any(one.rule == "CHK-C10" for one in blocking):
        obstacles.extend(_too_young(terms))
    return Beforehand(
        obstacles=tuple(obstacles),
        unasked=tuple(
            Message(UNASKED, {"value": counted(figure(one.value), one.currency)})
            for one in contract.choices
            if one.parameter in DECLARED and one.whose is Whose.MODEL and one.value is not None
        ),
        findings=tuple(
            one
            for one in report.findings
            if one.stage is Stage.STANDARD and not _blocks(one) and one.rule not in _TOLD
        ),
        information=tuple(one for one in report.information if one.message.key != NO_RATE),
        worse=tuple(losses(before, terms, report, library, rates)) if before else (),
    )


def _blocks(finding: Finding) -> bool:
    """Rules C speak of sure figures alone."""
    return finding.stage is Stage.CORRIDOR or finding.rule in _NEVER_WITHOUT


def _unmatched(contract: Contract, pack: OccupationPack) -> Iterator[Message]:
    """Sure figures of printed amounts that only an exchange rate makes comparable."""
    printed = named_in(contract.terms, pack)
    for choice in contract.choices:
        if choice.parameter not in printed or choice.currency is None:
            continue
        for bound in choice.unmatched:
            if bound.value is not None:
                value = counted(figure(bound.value), unit_of(bound))
                said = {"label": Message(choice.label), "value": value, "currency": choice.currency}
                yield Message(NEEDS_RATE, said)


def _starts_early(terms: Terms, pack: OccupationPack) -> Iterator[Message]:
    """A first contract about work that began long ago. A new version may be of work that goes on."""
    starts = terms.values.get("start_date")
    if isinstance(starts, str) and date.fromisoformat(starts) < terms.signed_on - _YEAR:
        label = Message(pack.parameters["start_date"].label)
        yield Message(STARTS_EARLY, {"name": label, "day": Day(terms.signed_on)})


def _too_young(terms: Terms) -> Iterator[Message]:
    """A worker who is younger than the contract says: whatever is known of the law, one of both is wrong."""
    born, least = terms.values.get("worker_birth_date"), terms.values.get("min_age_years")
    if not isinstance(born, str) or not isinstance(least, int):
        return
    starts = terms.values.get("start_date")
    day = date.fromisoformat(starts) if isinstance(starts, str) else terms.signed_on
    age = age_on(date.fromisoformat(born), day)
    if age < least:
        yield Message(TOO_YOUNG, {"value": age, "bound": least})
