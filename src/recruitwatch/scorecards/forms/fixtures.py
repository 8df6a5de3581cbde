"""Scoring fixtures: one agency's facts as a JSON file, and the card as JSON in return."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from msgspec import DecodeError, Raw, Struct, ValidationError, json

from recruitwatch.scorecards.rules import PROFILES, compute
from recruitwatch.scorecards.values import (
    Answer,
    Card,
    CardInputs,
    ComplaintInput,
    Count,
    Days,
    Duties,
    Evidence,
    GateFailure,
    ItemInput,
    LicenceState,
    Months,
    Name,
    Principle,
    Ratio,
    Severity,
    Silence,
)

CardOutput: TypeAlias = dict[
    str, float | str | list[dict[str, str]] | list[dict[str, str | float]] | None
]


class FixtureError(ValueError):
    """The file is not a fixture; the message says where and why."""


class FixtureItem(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """An item as a short array: id, principle, severity, answer, evidence level."""

    id: Name
    principle: Principle
    severity: Severity
    answer: Answer | Ratio
    evidence: Evidence | None = None


class Fixture(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The fixture format. `expect` is for whoever compares, and `id`, `name` and `note` are for
    whoever reads the file: none of them changes a figure.

    Only `as_of` must be there. What is absent is unknown or none: no inspection, no
    interviews, nothing deployed.
    """

    as_of: date
    profile: str = "default-0.1"
    months_since_inspection: Months | None = None
    interviews: Count = 0
    licence_valid: bool | None = None
    licence_state: LicenceState | None = None
    items: tuple[FixtureItem, ...] = ()
    complaints: tuple[ComplaintInput, ...] = ()
    deployed: tuple[Count, Count, Count] = (0, 0, 0)
    cases: Duties = Duties()
    actions: Duties = Duties()
    gate_failures: tuple[GateFailure, ...] = ()
    critical_complaints_12m: Count | None = None
    award_overdue_days: tuple[Days, ...] = ()
    overdue_major_actions: Count = 0
    silence: Silence | None = None
    expect: Raw = Raw(b"null")
    id: Raw = Raw(b"null")
    name: Raw = Raw(b"null")
    note: Raw = Raw(b"null")

    def __post_init__(self) -> None:
        if self.profile not in PROFILES:
            raise ValueError(f"unknown profile {self.profile!r}; known: {', '.join(PROFILES)}")
        self.inputs()

    def inputs(self) -> CardInputs:
        return CardInputs(
            as_of=self.as_of,
            profile=self.profile,
            months_since_inspection=self.months_since_inspection,
            interviews=self.interviews,
            licence_valid=self.licence_valid,
            licence_state=self.licence_state,
            items=tuple(_item(each) for each in self.items),
            complaints=self.complaints,
            deployed=self.deployed,
            cases=self.cases,
            actions=self.actions,
            gate_failures=self.gate_failures,
            critical_complaints_12m=self.critical_complaints_12m,
            award_overdue_days=self.award_overdue_days,
            overdue_major_actions=self.overdue_major_actions,
            silence=self.silence,
        )


class _Elements(Struct, frozen=True):
    """The lists of a fixture with their elements unread, to find which one is at fault."""

    items: list[Raw] = []
    complaints: list[Raw] = []
    gate_failures: list[Raw] = []
    award_overdue_days: list[Raw] = []


def _item(item: FixtureItem) -> ItemInput:
    return ItemInput(
        id=item.id,
        principle=item.principle,
        severity=item.severity,
        answer=item.answer,
        evidence=item.evidence,
    )


def parse_fixture(raw: bytes) -> list[CardInputs]:
    """One fixture or an array of them. Anything unclear is refused with its place named."""
    return [fixture.inputs() for fixture in _fixtures(raw)]


def _fixtures(raw: bytes) -> list[Fixture]:
    if not _is_array(raw):
        return [_decode(raw, "$")]
    try:
        elements = json.decode(raw, type=list[Raw])
    except (DecodeError, RecursionError) as error:
        raise FixtureError(f"$: not readable as JSON: {error}") from error
    return [_decode(bytes(each), f"$[{index}]") for index, each in enumerate(elements)]


def _is_array(raw: bytes) -> bool:
    return raw.lstrip().startswith(b"[")


def _decode(raw: bytes, place: str) -> Fixture:
    try:
        return json.decode(raw, type=Fixture)
    except ValidationError as error:
        raise FixtureError(_explain(raw, place, str(error))) from error
    except (DecodeError, RecursionError) as error:
        raise FixtureError(f"{place}: not readable as JSON: {error}") from error


def _explain(raw: bytes, place: str, message: str) -> str:
    what, _, where = message.partition(" - at `$")
    path = where.rstrip("`")
    if not path and "`array` of at most length" in what:
        # Only an item can be too long, and msgspec leaves out the place of that mistake.
        path = ".items[...]"
    if "[...]" in path:
        path = path.replace("[...]", f"[{_faulty_index(raw, path)}]", 1)
    return f"{place}{path}: {what}"


def _faulty_index(raw: bytes, path: str) -> int:
    """msgspec does not say which element of a list failed, so the list is read one by one."""
    elements = json.decode(raw, type=_Elements)
    if path.startswith(".items"):
        return _first_refused(elements.items, FixtureItem)
    if path.startswith(".complaints"):
        return _first_refused(elements.complaints, ComplaintInput)
    if path.startswith(".gate_failures"):
        return _first_refused(elements.gate_failures, GateFailure)
    return _first_refused(elements.award_overdue_days, Days)


def _first_refused(elements: list[Raw], kind: object) -> int:
    for index, each in enumerate(elements):
        try:
            json.decode(each, type=kind)
        except ValidationError:
            return index
    raise AssertionError("the whole list was refused, so one element must be")


def card_as_fixture_output(card: Card) -> CardOutput:
    """The card in the words of the fixture: parts before the fade, null where not defined."""
    audit, complaints, response = card.audit, card.complaints, card.responsiveness
    lines: list[dict[str, str | float]] = [
        {"id": line.id, "kind": str(line.kind), "source": line.source, "points": line.points}
        for line in card.ledger
    ]
    return {
        "A": audit.mid,
        "A_low": audit.low,
        "A_high": audit.high,
        "C": complaints.mid,
        "C_low": complaints.low,
        "C_high": complaints.high,
        "R": response.mid,
        "R_low": response.low,
        "R_high": response.high,
        "S": card.score,
        "S_low": card.score_low,
        "S_high": card.score_high,
        "band": card.band,
        "caps": [{"gate": str(cap.gate), "cap": str(cap.cap)} for cap in card.caps],
        "grade": card.grade,
        "certainty": card.certainty,
        "ledger": lines,
        "ledger_total": card.ledger_total,
    }


def score_file(raw: bytes) -> bytes:
    """Read one fixture or an array of them, score, and give back one object or an array."""
    cards = [compute(inputs, PROFILES[inputs.profile]) for inputs in parse_fixture(raw)]
    outputs = [card_as_fixture_output(card) for card in cards]
    answer = json.encode(outputs if _is_array(raw) else outputs[0])
    return json.format(answer, indent=2) + b"\n"
