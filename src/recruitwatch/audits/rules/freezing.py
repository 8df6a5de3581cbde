"""The one canonical document of a submission, form `audit/1`, and its hash.

Sorted keys, UTF-8, no blanks: the same content gives the same bytes on every machine.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from recruitwatch.audits.rules.counting import facts_asked, is_interview_list, kept_answers
from recruitwatch.audits.values import (
    Answer,
    Audit,
    AuditDocument,
    DocumentAnswer,
    DocumentInterview,
    DocumentList,
    Interview,
    UsedList,
)

_DECODER = msgspec.json.Decoder(AuditDocument)


def canonical(document: AuditDocument) -> str:
    """The document as it is stored and hashed."""
    return msgspec.json.encode(document, order="sorted").decode()


def sha256_of(text: str) -> str:
    """SHA-256 of the document's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_document(text: str) -> AuditDocument:
    """A stored document. Raises msgspec's ValidationError for what is not of form `audit/1`."""
    return _DECODER.decode(text)


def document_of(
    audit: Audit,
    used: Sequence[UsedList],
    answers: Sequence[Answer],
    interviews: Sequence[Interview],
) -> AuditDocument:
    """What would be frozen now: the answers that count, interviews apart from them, every list with
    version and hash. Facts that decide nothing are left out."""
    visit = [one for one in used if not is_interview_list(one.checklist)]
    facts = _settled(audit.facts, facts_asked(one.checklist for one in visit))
    kept = [answer for one in visit for answer in kept_answers(one.checklist, None, facts, answers)]
    return AuditDocument(
        audit_id=audit.id,
        revision=audit.revision,
        agency_id=audit.agency_id,
        register_id=audit.register_id,
        office_id=audit.office_id,
        inspector_id=audit.inspector_id,
        visited_on=audit.visited_on,
        announced=audit.announced,
        unannounced_reason=audit.unannounced_reason,
        lists=tuple(
            DocumentList(
                checklist_id=one.checklist.id, version=one.checklist.version, sha256=one.sha256
            )
            for one in used
        ),
        facts=facts,
        answers=_written(kept),
        interviews=tuple(_interviews(used, answers, interviews)),
    )


def _interviews(
    used: Sequence[UsedList], answers: Sequence[Answer], interviews: Sequence[Interview]
) -> Iterable[DocumentInterview]:
    by_id = {one.checklist.id: one.checklist for one in used}
    for interview in sorted(interviews, key=lambda one: (one.checklist_id, one.interview_no)):
        checklist = by_id[interview.checklist_id]
        facts = _settled(interview.facts, facts_asked((checklist,)))
        yield DocumentInterview(
            checklist_id=checklist.id,
            interview_no=interview.interview_no,
            held_on=interview.held_on,
            facts=facts,
            answers=_written(kept_answers(checklist, interview, facts, answers)),
        )


def _settled(facts: Mapping[str, bool], asked: Iterable[str]) -> dict[str, bool]:
    return {name: facts[name] for name in asked if name in facts}


def _written(answers: Iterable[Answer]) -> tuple[DocumentAnswer, ...]:
    return tuple(
        DocumentAnswer(
            checklist_id=answer.checklist_id,
            item_id=answer.item_id,
            value=answer.value,
            evidence=answer.evidence,
            note=answer.note,
            na_reason=answer.na_reason,
        )
        for answer in answers
    )


def answers_in(document: AuditDocument) -> tuple[Answer, ...]:
    """The answers of a document as they are kept while an audit is open."""
    numbered = [(0, answer) for answer in document.answers]
    for interview in document.interviews:
        numbered.extend((interview.interview_no, answer) for answer in interview.answers)
    return tuple(
        Answer(
            checklist_id=answer.checklist_id,
            item_id=answer.item_id,
            value=answer.value,
            evidence=answer.evidence,
            note=answer.note,
            na_reason=answer.na_reason,
            interview_no=number,
        )
        for number, answer in numbered
    )


def interviews_in(document: AuditDocument) -> tuple[Interview, ...]:
    """The interviews of a document without their answers."""
    return tuple(
        Interview(
            checklist_id=one.checklist_id,
            interview_no=one.interview_no,
            held_on=one.held_on,
            facts=one.facts,
        )
        for one in document.interviews
    )
