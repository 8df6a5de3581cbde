"""A visit's whole record: what the inspector would have typed, as one document of form `audit/1`."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from random import Random
from uuid import UUID

import msgspec

from recruitwatch.actor import Actor
from recruitwatch.agencies.values import AgencyRecord, Sex
from recruitwatch.audits.rules.opening import failing_items
from recruitwatch.audits.values import (
    AuditDocument,
    DocumentAnswer,
    DocumentInterview,
    DocumentList,
)
from recruitwatch.checklists.rules import Parameters, is_failure
from recruitwatch.checklists.values import Checklist, Item, Severity, Unit
from recruitwatch.demo.agencies import REGISTER, sectors_of
from recruitwatch.demo.answers import (
    Hand,
    Recorded,
    refusal,
    sore_points,
    talk_answers,
    visit_answers,
)
from recruitwatch.demo.visits import Visit


class Library(msgspec.Struct, frozen=True, kw_only=True):
    """The checklists in use with the hashes of their files, and the figures of national law."""

    checklists: Mapping[str, Checklist]
    hashes: Mapping[str, str]
    parameters: Parameters


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """The agency that is visited, as the register knows it."""

    agency_id: UUID
    record: AgencyRecord
    licence_until: date


def facts_of(visit: Visit, record: AgencyRecord) -> dict[str, bool]:
    """The facts that decide which questions are asked, as far as the register knows them."""
    chance = visit.chance
    return {
        "has_branch_offices": bool(record.branches),
        "places_women": any(one.sex is Sex.WOMEN for one in record.deployments),
        "places_domestic_workers": "domestic_work" in sectors_of(visit.part),
        "operates_accommodation": chance.random() < 0.5,
        "digital_recruitment": chance.random() < 0.7,
        "had_deaths_or_injuries": chance.random() < 0.15,
    }


def document_of_visit(
    visit: Visit, place: Place, inspector: Actor, library: Library, *, revision: int = 1
) -> AuditDocument:
    """The document that the inspector's device hands in."""
    facts = facts_of(visit, place.record)
    chance = visit.chance
    hand = Hand(
        quality=visit.quality,
        critical=visit.critical,
        tested=visit.part.standing.tested,
        visited_on=visit.visited_on,
        licence_until=place.licence_until,
        parameters=library.parameters,
    )
    document = AuditDocument(
        audit_id=visit.id,
        revision=revision,
        agency_id=place.agency_id,
        register_id=REGISTER.id,
        office_id=_office(inspector),
        inspector_id=inspector.id,
        visited_on=visit.visited_on,
        announced=not visit.surprise,
        unannounced_reason=visit.surprise,
        lists=tuple(
            DocumentList(checklist_id=name, version=checklist.version, sha256=library.hashes[name])
            for name in visit.lists
            for checklist in (library.checklists[name],)
        ),
        facts=facts,
        answers=tuple(
            _answer(name, one)
            for name in visit.lists
            if library.checklists[name].unit is Unit.ONE_PER_INSPECTION
            for one in visit_answers(library.checklists[name], facts, hand, chance)
        ),
        interviews=(),
    )
    talks = tuple(_interviews(visit, document, hand, library, chance))
    return msgspec.structs.replace(document, interviews=talks)


def _office(inspector: Actor) -> UUID:
    if inspector.office_id is None:
        raise LookupError("an inspector belongs to an office")
    return inspector.office_id


def _interviews(
    visit: Visit, document: AuditDocument, hand: Hand, library: Library, chance: Random
) -> Iterator[DocumentInterview]:
    parameters = dict.fromkeys(library.checklists, library.parameters)
    failed = failing_items(document, library.checklists, parameters)
    for name, count in (("predeparture", visit.predeparture), ("returnee", visit.returnee)):
        checklist = library.checklists[name]
        borne_out = {item.id for item in critical_items(checklist) if item.corroborates in failed}
        sore = set(sore_points(checklist, hand, chance)) - borne_out
        for number in range(1, count + 1):
            facts = {
                "worker_is_woman": document.facts["places_women"] and chance.random() < 0.7,
                "operates_accommodation": document.facts["operates_accommodation"],
            }
            answers = list(talk_answers(checklist, facts, hand, sore, chance))
            sore -= _failing(checklist, answers, hand)
            yield _talk(visit, name, number, facts, answers)
        if name == "predeparture":
            for number in range(count + 1, count + 1 + visit.refusals):
                yield _talk(visit, name, number, {}, [refusal(checklist)])


def critical_items(checklist: Checklist) -> Iterator[Item]:
    for section in checklist.sections:
        yield from (item for item in section.items if item.severity is Severity.CRITICAL)


def _failing(checklist: Checklist, answers: Sequence[Recorded], hand: Hand) -> set[str]:
    """Critical items that one worker answered badly. A second one, or a paper that bears it out,
    would trip a gate, and gates are for the stories alone."""
    given = {one.item_id: one.value for one in answers}
    return {
        item.id
        for item in critical_items(checklist)
        if is_failure(item, given.get(item.id), today=hand.visited_on, parameters=hand.parameters)
    }


def _talk(
    visit: Visit, name: str, number: int, facts: dict[str, bool], answers: Sequence[Recorded]
) -> DocumentInterview:
    return DocumentInterview(
        checklist_id=name,
        interview_no=number,
        held_on=visit.visited_on,
        facts=facts,
        answers=tuple(_answer(name, one) for one in answers),
    )


def _answer(checklist_id: str, one: Recorded) -> DocumentAnswer:
    return DocumentAnswer(
        checklist_id=checklist_id,
        item_id=one.item_id,
        value=one.value,
        evidence=one.evidence,
        note=one.note,
        na_reason=one.na_reason,
    )
