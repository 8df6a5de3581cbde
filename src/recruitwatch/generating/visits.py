"""Audits: some hundred visits with everything that follows from their answers, judged once by the rules,
and given to agencies with a date, an id and an agency of their own.

What is judged does not depend on the day: dates that are asked for lie well before or after all visits.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

import msgspec
from msgspec.structs import replace

from recruitwatch.audits.rules.counting import facts_asked, is_interview_list
from recruitwatch.audits.rules.freezing import canonical, sha256_of
from recruitwatch.audits.rules.judging import result_of, written
from recruitwatch.audits.rules.opening import findings_of
from recruitwatch.audits.values import (
    AuditDocument,
    DocumentAnswer,
    DocumentInterview,
    DocumentList,
)
from recruitwatch.audits.values.results import AuditResult
from recruitwatch.checklists.values import Checklist, EvidenceLevel
from recruitwatch.demo.answers import Hand, Recorded, sore_points, talk_answers, visit_answers
from recruitwatch.demo.documents import Library
from recruitwatch.findings.values import NewFinding
from recruitwatch.generating.plan import REGISTER_ID, YEARS, Plan, Times, new_id

Row = tuple[object, ...]
VISITS = 240
TALKING = 0.4
"""The share of visits with talks."""
MOST_TALKS = 12
INTERVIEWS = "predeparture"
NOBODY = UUID(int=0)
LEVELS = tuple(EvidenceLevel)
HANDED_IN, APPROVED = timedelta(days=3), timedelta(days=5)


class Pattern(msgspec.Struct, frozen=True, kw_only=True):
    """One visit as it comes out anywhere on any day."""

    document: AuditDocument
    result: AuditResult
    findings: tuple[NewFinding, ...]


class Rows(msgspec.Struct, frozen=True, kw_only=True):
    """What one approved audit puts into each table."""

    audit: Row
    lists: list[Row]
    submission: Row
    review: Row
    result: Row
    findings: list[Row]


class Visitors(msgspec.Struct, frozen=True, kw_only=True):
    """Who inspects and who approves."""

    inspector_id: UUID
    office_id: UUID
    reviewer_id: UUID


def patterns(plan: Plan, times: Times, library: Library) -> list[Pattern]:
    """Some hundred visits, from the worst agency to the best."""
    lists = _lists(plan, library.checklists)
    return [_pattern(plan, times, library, lists, number) for number in range(VISITS)]


def _lists(plan: Plan, checklists: Mapping[str, Checklist]) -> tuple[str, ...]:
    """The inspection list, and the covenant's where more answers are wanted than it has questions."""
    first = checklists["sop"]
    enough = sum(len(section.items) for section in first.sections) >= plan.answers
    return ("sop",) if enough else ("sop", "covenant")


def _pattern(
    plan: Plan, times: Times, library: Library, lists: Sequence[str], number: int
) -> Pattern:
    chance = plan.chance("visit", number)
    talks = chance.randint(1, MOST_TALKS) if chance.random() < TALKING else 0
    document = _document(plan, times, library, (*lists, INTERVIEWS) if talks else lists, number)
    document = replace(document, interviews=tuple(_talks(chance, document, library, talks)))
    figures = dict.fromkeys(library.checklists, library.parameters)
    return Pattern(
        document=document,
        result=result_of(document, library.checklists, figures),
        findings=findings_of(NOBODY, document, library.checklists, figures),
    )


def _hand(times: Times, library: Library, number: int, chance: Random) -> Hand:
    day = times.first.date() - timedelta(days=90)
    return Hand(
        quality=0.55 + 0.44 * number / VISITS,
        critical=("SOP-FEE-02",) if chance.random() < 0.04 else (),
        tested=chance.random() < 0.9,
        visited_on=day,
        licence_until=times.now.date() + timedelta(days=365 * YEARS),
        parameters=library.parameters,
    )


def _document(
    plan: Plan, times: Times, library: Library, lists: Sequence[str], number: int
) -> AuditDocument:
    chance = plan.chance("document", number)
    own = [library.checklists[name] for name in lists]
    facts = {
        name: chance.random() < 0.7
        for name in facts_asked(one for one in own if not is_interview_list(one))
    }
    hand = _hand(times, library, number, chance)
    answers = [
        _answer(one.id, given)
        for one in own
        if not is_interview_list(one)
        for given in visit_answers(one, facts, hand, chance)
    ]
    left = sorted(chance.sample(range(len(answers)), min(plan.answers, len(answers))))
    return AuditDocument(
        audit_id=NOBODY,
        revision=1,
        agency_id=NOBODY,
        register_id=REGISTER_ID,
        office_id=NOBODY,
        inspector_id=NOBODY,
        visited_on=hand.visited_on,
        announced=True,
        unannounced_reason="",
        lists=tuple(
            DocumentList(checklist_id=one.id, version=one.version, sha256=library.hashes[one.id])
            for one in own
        ),
        facts=facts,
        answers=tuple(answers[place] for place in left),
        interviews=(),
    )


def _talks(
    chance: Random, document: AuditDocument, library: Library, count: int
) -> Iterator[DocumentInterview]:
    checklist = library.checklists[INTERVIEWS]
    hand = Hand(
        quality=chance.uniform(0.5, 1), critical=(), tested=True, visited_on=document.visited_on,
        licence_until=document.visited_on, parameters=library.parameters,
    )  # fmt: skip
    sore = sore_points(checklist, hand, chance)
    for number in range(1, count + 1):
        facts = {name: chance.random() < 0.7 for name in facts_asked((checklist,))}
        yield DocumentInterview(
            checklist_id=checklist.id,
            interview_no=number,
            held_on=document.visited_on,
            facts=facts,
            answers=tuple(
                _answer(checklist.id, one)
                for one in talk_answers(checklist, facts, hand, sore, chance)
            ),
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


def visits_of(plan: Plan, times: Times, number: int) -> Iterator[tuple[int, datetime]]:
    """The visits of an agency: which pattern, and when. The audits are spread evenly over the agencies
    and the years; the quality of an agency changes little."""
    chance = plan.chance("visits", number)
    count = plan.share(plan.audits, number)
    middle = chance.randrange(VISITS)
    whole = (times.now - times.first).days - 10
    for place in range(count):
        share = (place + chance.random()) / count
        pattern = min(VISITS - 1, max(0, middle + chance.randint(-15, 15)))
        yield pattern, times.first + timedelta(days=int(share * whole))


def rows_of(
    pattern: Pattern, agency_id: UUID, visited_at: datetime, visitors: Visitors, chance: Random
) -> Rows:
    """The rows of one approved audit, as handing in and approving write them; of its findings those that
    a card looks at."""
    day, submission_id = visited_at.date(), new_id(chance)
    document = replace(
        pattern.document,
        audit_id=new_id(chance),
        agency_id=agency_id,
        office_id=visitors.office_id,
        inspector_id=visitors.inspector_id,
        visited_on=day,
        interviews=tuple(replace(one, held_on=day) for one in pattern.document.interviews),
    )
    days = tuple(replace(one, held_on=day) for one in pattern.result.days)
    handed_in, approved = visited_at + HANDED_IN, visited_at + APPROVED
    text, inspector = canonical(document), visitors.inspector_id
    audit = (document.audit_id, agency_id, "approved", True, "", day,
             msgspec.json.encode(document.facts).decode(), inspector, visitors.office_id, 1,
             visited_at, approved)  # fmt: skip
    return Rows(
        audit=audit,
        lists=[(document.audit_id, one.checklist_id, one.version) for one in document.lists],
        submission=(submission_id, document.audit_id, agency_id, 1, text, sha256_of(text),
                    inspector, handed_in),
        review=(submission_id, "approved", "", inspector, visitors.reviewer_id, approved),
        result=(submission_id, agency_id, day, approved,
                written(replace(pattern.result, days=days))),
        findings=[
            _finding(one, new_id(chance), submission_id, document, visitors, approved)
            for one in pattern.findings
            if one.trips_gate
        ],
    )  # fmt: skip


def _finding(
    one: NewFinding,
    finding_id: UUID,
    submission_id: UUID,
    document: AuditDocument,
    visitors: Visitors,
    opened_at: datetime,
) -> Row:
    inspector, reviewer = visitors.inspector_id, visitors.reviewer_id
    return (
        finding_id, document.agency_id, one.source_kind.value, submission_id, one.checklist_id,
        one.checklist_version, one.item_id, one.principle, one.severity.value,
        one.gate.value if one.gate else None, one.question, one.statement,
        None if one.answer is None else msgspec.json.encode(one.answer).decode(),
        None if one.evidence is None else LEVELS.index(one.evidence), one.note,
        one.workers.failing if one.workers else None, one.workers.asked if one.workers else None,
        one.borne_out_by, one.trips_gate, document.office_id, inspector,
        sorted([inspector, reviewer]), [reviewer], document.visited_on, opened_at,
    )  # fmt: skip
