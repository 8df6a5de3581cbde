"""Neutral facts about one agency on one date: what a card is computed from.

Small structs that hold no other containers are `gc=False`: a round makes millions of them, which the
collector need not visit, as they cannot be part of a circle.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from recruitwatch.scorecards.values.words import (
    Answer,
    CaseSeverity,
    Evidence,
    FailureCap,
    LicenceState,
    Outcome,
    Principle,
    Responsibility,
    Severity,
)

# A count beyond a thousand million is a slip of the keyboard, and would overflow the arithmetic.
Count = Annotated[int, Meta(ge=0, le=1_000_000_000)]
# Duties are counted one by one in the ledger, so their number stays within what a page can list.
DutyCount = Annotated[int, Meta(ge=0, le=100_000)]
Workers = Annotated[int, Meta(ge=1, le=1_000_000_000)]
# Negative: the award falls due only in so many days.
Days = Annotated[int, Meta(ge=-1_000_000_000, le=1_000_000_000)]
# Whole months stay whole when they are read back, so that the same facts are the same text again.
Months = Annotated[int, Meta(ge=0, le=12_000)] | Annotated[float, Meta(ge=0, le=12_000)]
Name = Annotated[str, Meta(min_length=1)]


class Ratio(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    """So many in order, of so many checked (files, or workers who answered)."""

    ok: Count
    checked: Count

    def __post_init__(self) -> None:
        if self.ok > self.checked:
            raise ValueError("`ok` cannot be more than `checked`")


class ItemInput(Struct, frozen=True, gc=False, kw_only=True):
    """One checklist item as it stands today. `source` leads to the answer it came from."""

    id: Name
    principle: Principle
    severity: Severity
    answer: Answer | Ratio
    evidence: Evidence | None = None
    gender: bool = False
    source: str | None = None


class ComplaintInput(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    """One case. `age_months` counts from the decision and is empty while pending."""

    id: Name
    severity: CaseSeverity
    outcome: Outcome
    age_months: Months | None = None
    workers: Workers = 1
    responsibility: Responsibility = Responsibility.AGENCY
    source: str | None = None

    def __post_init__(self) -> None:
        if self.outcome is not Outcome.PENDING and self.age_months is None:
            raise ValueError("a decided complaint needs `age_months`")


class Duties(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    """Things with a time limit: met in time, fallen due or closed, still open and not yet due.

    `late` may name the late ones, so that their ledger lines lead to them.
    """

    on_time: DutyCount = 0
    due: DutyCount = 0
    open: DutyCount = 0
    late: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.on_time > self.due:
            raise ValueError("`on_time` cannot be more than `due`")
        if self.late and len(self.late) != self.due - self.on_time:
            raise ValueError("`late` must name every late one or none")


class GateFailure(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    """A finding on a critical item. Two entries of one `event` count once within a gate."""

    item: Name
    cap: FailureCap
    confirmed: bool = True
    closed_months_ago: Months | None = None
    event: str | None = None


class Silence(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    """Workers asked whether they know any complaint channel, and how many do."""

    asked: Count
    know: Count

    def __post_init__(self) -> None:
        if self.know > self.asked:
            raise ValueError("`know` cannot be more than `asked`")


def _refuse_twins(what: str, ids: Sequence[str]) -> None:
    if len(set(ids)) == len(ids):
        return
    twins = sorted(name for name, times in Counter(ids).items() if times > 1)
    if twins:
        raise ValueError(f"{what} given twice: {', '.join(twins)}")


class CardInputs(Struct, frozen=True, kw_only=True):
    """All facts one card is made of. `deployed` lists the latest twelve months first.

    An interim suspension is passed as a suspended licence; a partial one as a valid licence with
    its condition. `unset_parameters` names items left out because the ministry has not set their parameter;
    `deployment_missing` names the years whose figure was unknown and was taken as 0.
    """

    as_of: date
    profile: str = "default-0.1"
    months_since_inspection: Months | None = None
    interviews: Count = 0
    files: Count | None = None
    licence_valid: bool | None = None
    licence_state: LicenceState | None = None
    licence_conditions: tuple[str, ...] = ()
    items: tuple[ItemInput, ...] = ()
    complaints: tuple[ComplaintInput, ...] = ()
    deployed: tuple[Count, Count, Count] = (0, 0, 0)
    cases: Duties = Duties()
    actions: Duties = Duties()
    gate_failures: tuple[GateFailure, ...] = ()
    critical_complaints_12m: Count | None = None
    award_overdue_days: tuple[Days, ...] = ()
    overdue_major_actions: Count = 0
    silence: Silence | None = None
    unset_parameters: tuple[str, ...] = ()
    deployment_missing: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _refuse_twins("items", [item.id for item in self.items])
        _refuse_twins("complaints", [complaint.id for complaint in self.complaints])
