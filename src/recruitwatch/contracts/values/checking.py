"""What a check of contracts reads and what it says: papers of one worker in their order, and findings.

The structs that people and programs write are published as JSON schemas in docs/schemas.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from recruitwatch.contracts.values.corridors import Gravity, RuleId, Stage
from recruitwatch.contracts.values.terms import Rate, Terms, TermValue
from recruitwatch.contracts.values.written import (
    Code,
    CurrencyCode,
    Language,
    Line,
    Slug,
    VersionNumber,
    Written,
)
from recruitwatch.errors import N_, Message, Rejected, Value

CHECK_FORM: Literal["recruitwatch-check/1"] = "recruitwatch-check/1"

Amount = Annotated[float, Meta(ge=0, le=1_000_000_000)]


class CheckRefused(Rejected):
    """What was handed in cannot be checked; the reasons name every mistake."""

    code = "contract.check-refused"
    sentence = N_("This could not be checked. Nothing was kept.")


class Step(StrEnum):
    """Where in the worker's way a paper stands. Each is compared with every one before it."""

    ADVERTISED = "advertised"
    OFFERED = "offered"
    SIGNED = "signed"
    REGISTERED = "registered"
    AFTER_ARRIVAL = "after_arrival"
    PRACTICE = "practice"


STEP_NAMES = {
    Step.ADVERTISED: N_("the advert"),
    Step.OFFERED: N_("the offer"),
    Step.SIGNED: N_("the contract signed at home"),
    Step.REGISTERED: N_("the registered contract"),
    Step.AFTER_ARRIVAL: N_("the paper signed after arrival"),
    Step.PRACTICE: N_("what really happens"),
}
CONTRACTS = frozenset({Step.OFFERED, Step.SIGNED, Step.REGISTERED, Step.AFTER_ARRIVAL})
"""Steps whose papers are whole contracts, with clauses."""
AGREED = frozenset({Step.SIGNED, Step.REGISTERED})
"""Steps at which both sides and the ministry agreed."""
DATED = (Step.SIGNED, Step.REGISTERED, Step.AFTER_ARRIVAL)
"""Steps that follow each other in time. An advert or an offer has the day on which somebody saw it."""


class Attached(StrEnum):
    """What harms a worker beside a contract or in it."""

    CONSENT_TO_HOLD = "consent_to_hold_papers"
    LOAN = "loan"
    WAGE_DEDUCTION = "wage_deduction"
    LEAVING_PENALTY = "leaving_penalty"
    WAIVER = "waiver"
    UNDERTAKING = "undertaking"
    PREGNANCY_GROUND = "pregnancy_ground"


ATTACHED_WORDS = {
    Attached.CONSENT_TO_HOLD: N_("A consent that somebody else holds the passport"),
    Attached.LOAN: N_("A loan"),
    Attached.WAGE_DEDUCTION: N_("An agreement to deduct from the wage"),
    Attached.LEAVING_PENALTY: N_("A penalty for leaving early"),
    Attached.WAIVER: N_("A paper by which the worker gives up rights"),
    Attached.UNDERTAKING: N_("Another undertaking by the worker"),
    Attached.PREGNANCY_GROUND: N_("Pregnancy as a ground for dismissal, or a pregnancy test"),
}


class SignedBy(StrEnum):
    """How the worker's side of a paper was signed."""

    SIGNATURE = "signature"
    THUMBPRINT = "thumbprint"
    SOMEBODY_ELSE = "somebody_else"
    NOBODY = "nobody"


class Payer(StrEnum):
    EMPLOYER = "employer"
    AGENCY = "agency"
    WORKER = "worker"


PAYER_WORDS = {
    Payer.EMPLOYER: N_("The employer"),
    Payer.AGENCY: N_("The agency"),
    Payer.WORKER: N_("The worker"),
}


class Licence(Written, frozen=True, kw_only=True):
    """A licence as the register has it. Without destinations it is good for all of them."""

    number: Line
    valid_from: date | None = None
    valid_to: date | None = None
    destinations: Annotated[tuple[Code, ...], Meta(max_length=300)] = ()


class PrintedText(Written, frozen=True, kw_only=True):
    """Numbers and yes-or-no values as the text in one language prints them."""

    language: Language
    values: dict[Slug, TermValue]


class Seen(Written, frozen=True, kw_only=True):
    """What somebody saw on a paper and beside it. What is left out, nobody looked for.

    `hours_with_breaks`, `leave_in_working_days` and `leave_every_months` say how this paper counts;
    all is made daily hours without breaks and calendar days a year before anything is compared.
    `allowances` are amounts a month beside the basic wage. `printed_code` is the check code on the
    paper or in its QR code.
    """

    attached: Annotated[tuple[Attached, ...], Meta(max_length=20)] | None = None
    worker_reads: Annotated[tuple[Language, ...], Meta(max_length=20)] | None = None
    read_aloud_in: Annotated[tuple[Language, ...], Meta(max_length=20)] = ()
    texts: Annotated[tuple[PrintedText, ...], Meta(max_length=4)] = ()
    worker_signed: SignedBy | None = None
    independent_witness: bool | None = None
    stamps: Annotated[tuple[Slug, ...], Meta(max_length=20)] | None = None
    licences: Annotated[tuple[Licence, ...], Meta(max_length=20)] | None = None
    allowances: dict[Slug, Amount] | None = None
    return_paid_by: Payer | None = None
    rest_days_paid_out: bool | None = None
    new_agreement: bool = False
    printed_code: Line | None = None
    hours_with_breaks: bool = False
    leave_in_working_days: bool = False
    leave_every_months: Annotated[int, Meta(ge=1, le=60)] = 12


class CheckedPaper(Written, frozen=True, kw_only=True):
    """One paper of the chain: our JSON of its terms, and what was seen beside them. A paper of which
    only some values were entered is not `whole`: nothing is said to be missing from it."""

    step: Step
    terms: Terms
    seen: Seen = Seen()
    whole: bool = True


class TermsAlone(CheckedPaper, frozen=True, kw_only=True):
    """Terms of a contract handed in alone. Nobody said where in the worker's way they stand, so the
    other papers and the days decide that."""


class Payment(Written, frozen=True, kw_only=True):
    """A wage that fell due. Without `paid_on` it has not been paid."""

    due_on: date
    amount: Amount
    currency: CurrencyCode
    paid_on: date | None = None


class AgencyFinding(Written, frozen=True, kw_only=True):
    """A finding of this agency that an officer confirmed, in any worker's contract. By its `id` it is
    known again in another file."""

    rule: RuleId
    severity: Gravity
    confirmed_on: date
    id: Line | None = None


class CheckInput(Written, frozen=True, kw_only=True):
    """The papers of one worker, and what is known beside them.

    `looked_on` is the day up to which wages and findings were looked at.
    """

    form: Literal["recruitwatch-check/1"] = CHECK_FORM
    papers: Annotated[tuple[CheckedPaper, ...], Meta(min_length=1, max_length=20)]
    departs_on: date | None = None
    arrived_on: date | None = None
    looked_on: date | None = None
    rates: Annotated[tuple[Rate, ...], Meta(max_length=40)] = ()
    payments: Annotated[tuple[Payment, ...], Meta(max_length=400)] = ()
    agency_findings: Annotated[tuple[AgencyFinding, ...], Meta(max_length=1000)] = ()


class Loss(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that the worker loses under a rule that names several. `of` is the name of the value,
    the clause or the paper; `size` how much of it is lost, where that can be counted."""

    of: str
    said: Value
    before: Value | None = None
    size: Decimal = Decimal(0)


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that is broken. Without `severity` it is as grave as the rule says. `expected` is what the
    paper would have to say, `sources` where the law was read, `item` the one checklist item it bears on
    where the rule names several. `losses` are what the message lists; `size` is how much is lost where
    there is one thing that can be counted."""

    rule: str
    message: Message
    expected: Message | None = None
    severity: Gravity | None = None
    sources: tuple[str, ...] = ()
    item: str | None = None
    losses: tuple[Loss, ...] = ()
    size: Decimal = Decimal(0)


class Information(msgspec.Struct, frozen=True, kw_only=True):
    """What an officer should know and what never blocks."""

    rule: str
    message: Message
    sources: tuple[str, ...] = ()


class Unchecked(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that could not be checked, and what is missing for it."""

    rule: str
    message: Message


Said = Fault | Information | Unchecked


class Way(StrEnum):
    """What a change means for the worker. What was left out may be a slip or a trick: nobody can tell
    from the papers."""

    BETTER = "better"
    WORSE = "worse"
    OTHER = "other"
    LEFT_OUT = "left_out"


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A value that is not what it was in an earlier paper. `by` is how far a number moved."""

    name: str
    label: str
    old: Value
    new: Value
    way: Way
    by: Decimal = Decimal(0)


class PaperName(msgspec.Struct, frozen=True, kw_only=True):
    """Which paper is meant: `place` counts from one in the order of the chain."""

    place: int
    step: Step
    signed_on: date


class NamedSource(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    title: str


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A broken rule in a paper. It is an allegation until an officer confirms it."""

    rule: str
    stage: Stage
    severity: Gravity
    clause: str
    items: tuple[str, ...]
    paper: PaperName
    against: PaperName | None
    message: Message
    expected: Message | None
    sources: tuple[NamedSource, ...]


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """An information or an unchecked rule with its paper and the titles of its sources."""

    rule: str
    paper: PaperName
    message: Message
    sources: tuple[NamedSource, ...] = ()


class PaperChange(msgspec.Struct, frozen=True, kw_only=True):
    paper: PaperName
    against: PaperName
    change: Change


class PatternSeen(msgspec.Struct, frozen=True, kw_only=True):
    """A known way of exchanging contracts, all of whose rules fired."""

    id: str
    name: str
    story: str
    rules: tuple[str, ...]
    source: NamedSource | None


class CheckReport(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a check found, the gravest first. `changes` are those that no rule names, and that
    an officer judges; improvements are never findings."""

    checks_version: VersionNumber
    papers: tuple[PaperName, ...]
    findings: tuple[Finding, ...]
    information: tuple[Note, ...]
    improvements: tuple[PaperChange, ...]
    changes: tuple[PaperChange, ...]
    patterns: tuple[PatternSeen, ...]
    unchecked: tuple[Note, ...]
