"""Documents of audits for rule tests, on the published checklists."""

from datetime import date
from uuid import UUID

from factories.audits import FACTS, VISITED_ON
from recruitwatch.audits.values import (
    AuditDocument,
    DocumentAnswer,
    DocumentInterview,
    DocumentList,
)
from recruitwatch.bundled import folder
from recruitwatch.checklists.rules import parse_checklist
from recruitwatch.checklists.values import AnswerValue, Checklist, EvidenceLevel

OF = {
    "COV": "covenant",
    "SOP": "sop",
    "RTI": "returnee",
    "PDI": "predeparture",
    "DST": "destination",
}


def _read(name: str) -> Checklist:
    parsed = parse_checklist((folder("checklists") / name / "v1.yaml").read_bytes(), name)
    assert isinstance(parsed, Checklist)
    return parsed


LISTS = {name: _read(name) for name in OF.values()}


def written(
    item_id: str,
    value: AnswerValue | None,
    evidence: EvidenceLevel | None = None,
    *,
    note: str = "",
    na_reason: str = "",
) -> DocumentAnswer:
    return DocumentAnswer(
        checklist_id=OF[item_id[:3]],
        item_id=item_id,
        value=value,
        evidence=evidence,
        note=note,
        na_reason=na_reason,
    )


def make_talk(
    number: int,
    *answers: DocumentAnswer,
    held_on: date = VISITED_ON,
    checklist_id: str = "returnee",
    facts: dict[str, bool] | None = None,
) -> DocumentInterview:
    return DocumentInterview(
        checklist_id=checklist_id,
        interview_no=number,
        held_on=held_on,
        facts=facts or {},
        answers=answers,
    )


def make_document(
    *answers: DocumentAnswer,
    talks: list[DocumentInterview] | None = None,
    visited_on: date = VISITED_ON,
    facts: dict[str, bool] | None = None,
) -> AuditDocument:
    return AuditDocument(
        audit_id=UUID(int=1),
        revision=1,
        agency_id=UUID(int=2),
        register_id="testland",
        office_id=UUID(int=3),
        inspector_id=UUID(int=4),
        visited_on=visited_on,
        announced=True,
        unannounced_reason="",
        lists=tuple(
            DocumentList(checklist_id=name, version=1, sha256="0" * 64) for name in sorted(LISTS)
        ),
        facts=FACTS if facts is None else facts,
        answers=answers,
        interviews=tuple(talks or ()),
    )
