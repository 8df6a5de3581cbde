"""Which findings of an agency the faults of a checked contract make: one for each checklist item. Source:
recruitwatch's domain notes 4.12, contract findings."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

import msgspec

from recruitwatch.checklists.values import (
    Checklist,
    EvidenceLevel,
    Item,
    Subject,
)
from recruitwatch.contracts.values.checking import CheckInput, CheckReport, Finding
from recruitwatch.contracts.values.confirming import BrokenRule, NewCheck
from recruitwatch.contracts.values.corridors import Gravity
from recruitwatch.errors import Message, Value
from recruitwatch.findings.values import NewFinding, SourceKind


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """An item with its list."""

    checklist: Checklist
    item: Item


def places_of(checklists: Iterable[Checklist]) -> dict[str, Place]:
    """Where each item stands that a finding can bear on. What fails at a foreign partner is the partner's,
    so an item of its list leads to the item of the agency that it bears out, where it names one."""
    items = {
        item.id: Place(checklist=checklist, item=item)
        for checklist in checklists
        for section in checklist.sections
        for item in section.items
    }
    found: dict[str, Place] = {}
    for item_id, place in items.items():
        of_agency = items.get(place.item.corroborates or "")
        is_partners = place.checklist.subject is not Subject.AGENCY
        found[item_id] = of_agency if is_partners and of_agency is not None else place
    return found


def new_check(
    given: CheckInput,
    report: CheckReport,
    places: Mapping[str, Place],
    *,
    agency_id: UUID,
    rules: Collection[str],
) -> NewCheck:
    """What is kept of a check: the chosen rules that bear on a checklist item, and the papers' hash."""
    newest = max(given.papers, key=lambda one: one.terms.signed_on).terms
    number = newest.values.get("contract_number")
    chosen: dict[str, BrokenRule] = {}
    for one in report.findings:
        place = places.get(one.items[0]) if one.items else None
        if one.rule in rules and place is not None and one.rule not in chosen:
            chosen[one.rule] = BrokenRule(
                rule=one.rule, item_id=place.item.id, severity=one.severity
            )
    return NewCheck(
        agency_id=agency_id,
        contract_number=number if isinstance(number, str) else "",
        papers_sha256=hashlib.sha256(msgspec.json.encode(given.papers, order="sorted")).hexdigest(),
        signed_on=newest.signed_on,
        rules=tuple(chosen.values()),
    )


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """Who opens findings of a check, for which office and when."""

    check_id: UUID
    found_by: UUID
    office_id: UUID
    on: date


def findings_of_check(
    kept: NewCheck,
    report: CheckReport,
    places: Mapping[str, Place],
    opening: Opening,
    in_english: Callable[[Value], str],
) -> list[NewFinding]:
    """One finding for each checklist item, at evidence level E2; what was found is what the rules say, in
    English like other data of findings. It trips the gate of its item only when a rule is critical."""
    item_of = {one.rule: one.item_id for one in kept.rules}
    said: dict[str, list[Finding]] = {}
    for one in report.findings:
        if one.rule in item_of:
            said.setdefault(item_of[one.rule], []).append(one)
    return [
        _finding(
            places[item_id],
            " ".join(f"{one.rule}: {in_english(_kept(one))}" for one in broken),
            kept,
            opening,
            grave=any(one.severity is Gravity.CRITICAL for one in broken),
        )
        for item_id, broken in said.items()
    ]


# What they say names the employer, where the worker lives, or who is ill in a home.
_PERSONAL = frozenset({"CHK-V05", "CHK-V06", "CHK-V18"})
_LEFT_OUT = "…"


def _kept(broken: Finding) -> Message:
    """What a rule says, without what belongs to people and stays in the papers."""
    values = broken.message.values
    if broken.rule in _PERSONAL:
        values = dict.fromkeys(values, _LEFT_OUT)
    return Message(broken.message.key, values)


def _finding(
    place: Place, statement: str, kept: NewCheck, opening: Opening, *, grave: bool
) -> NewFinding:
    item = place.item
    of_agency = place.checklist.subject is Subject.AGENCY
    gate = item.gate if of_agency else None
    number = f" {kept.contract_number}" if kept.contract_number else ""
    return NewFinding(
        agency_id=kept.agency_id,
        source_kind=SourceKind.CONTRACT,
        source_id=opening.check_id,
        checklist_id=place.checklist.id,
        checklist_version=place.checklist.version,
        item_id=item.id,
        principle=item.principle,
        severity=item.severity,
        gate=gate,
        question=item.text,
        statement=f"Contract{number} of {kept.signed_on.isoformat()}. {statement}",
        trips_gate=gate is not None and grave,
        office_id=opening.office_id,
        found_by=opening.found_by,
        found_on=opening.on,
        evidence=EvidenceLevel.E2,
    )
