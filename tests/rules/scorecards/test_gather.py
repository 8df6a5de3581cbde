"""From an agency's records to the inputs of its card."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4

import msgspec

from recruitwatch.audits.values import (
    ApprovedAudit,
    AuditDocument,
    DocumentAnswer,
    DocumentInterview,
    DocumentList,
)
from recruitwatch.checklists.rules import parse_checklist
from recruitwatch.checklists.values import (
    AnswerValue,
    Checklist,
    DateAnswer,
    EvidenceLevel,
    NumberAnswer,
    RatioAnswer,
    Word,
    WordAnswer,
)
from recruitwatch.scorecards.rules import compute
from recruitwatch.scorecards.rules.gather import gather
from recruitwatch.scorecards.values import Answer, CardInputs, Evidence, Grade, Ratio, Silence
from recruitwatch.scorecards.values.evidence import AgencyEvidence, Library, OpenFinding

ROOT = Path(__file__).parent.parent.parent.parent
AGENCY = UUID(int=1)
AS_OF = date(2026, 6, 30)


def read(name: str) -> Checklist:
    parsed = parse_checklist(
        (ROOT / "checklists" / name / "v1.yaml").read_bytes(), f"{name}/v1.yaml"
    )
    assert isinstance(parsed, Checklist)
    return parsed


CHECKLISTS = {name: read(name) for name in ("sop", "covenant", "predeparture", "returnee")}
LIBRARY = Library(
    checklists={(name, 1): one for name, one in CHECKLISTS.items()},
    parameters={"required_bond": None, "lawful_worker_cost": None,
                "required_training_hours": None, "required_training_days": None},
)  # fmt: skip


def answer(
    item_id: str, value: AnswerValue, level: str | None = "E2", checklist: str = "sop"
) -> DocumentAnswer:
    evidence = EvidenceLevel(level) if level else None
    return DocumentAnswer(
        checklist_id=checklist,
        item_id=item_id,
        value=value,
        evidence=evidence,
        note="",
        na_reason="",
    )


def talk(
    number: int, *answers: DocumentAnswer, held_on: date = date(2026, 4, 1)
) -> DocumentInterview:
    return DocumentInterview(
        checklist_id="predeparture", interview_no=number, held_on=held_on, facts={}, answers=answers
    )


def audit(
    *answers: DocumentAnswer,
    lists: tuple[str, ...] = ("sop",),
    visited_on: date = date(2026, 4, 1),
    facts: dict[str, bool] | None = None,
    interviews: tuple[DocumentInterview, ...] = (),
) -> ApprovedAudit:
    document = AuditDocument(
        audit_id=uuid4(),
        revision=1,
        agency_id=AGENCY,
        register_id="miravelle",
        office_id=uuid4(),
        inspector_id=uuid4(),
        visited_on=visited_on,
        announced=True,
        unannounced_reason="",
        lists=tuple(DocumentList(checklist_id=one, version=1, sha256="0" * 64) for one in lists),
        facts=facts or {},
        answers=answers,
        interviews=interviews,
    )
    approved_at = datetime(visited_on.year, visited_on.month, visited_on.day, 12, tzinfo=UTC)
    return ApprovedAudit(
        audit_id=document.audit_id, submission_id=uuid4(), agency_id=AGENCY, sha256="",
        document=document, approved_at=approved_at,
    )  # fmt: skip


def inputs_of(*audits: ApprovedAudit, **more: object) -> CardInputs:
    return gather(AgencyEvidence(agency_id=AGENCY, as_of=AS_OF, audits=audits, **more), LIBRARY)  # type: ignore[arg-type]


def item(inputs: CardInputs, item_id: str):  # type: ignore[no-untyped-def]
    return next(one for one in inputs.items if one.id == item_id)


YES, NO, PARTIAL = (WordAnswer(word=word) for word in (Word.YES, Word.NO, Word.PARTIAL))


def test_no_audit_gives_no_items_and_a_withheld_grade() -> None:
    inputs = inputs_of()
    assert inputs.items == ()
    assert inputs.months_since_inspection is None
    card = compute(inputs)
    assert (card.grade, card.score, card.ledger) == (Grade.U, None, ())


def test_a_question_after_something_bad_is_in_order_when_the_answer_is_no() -> None:
    inputs = inputs_of(audit(answer("SOP-FEE-05", NO), answer("SOP-LIC-08", YES)))
    assert item(inputs, "SOP-FEE-05").answer is Answer.YES
    assert item(inputs, "SOP-LIC-08").answer is Answer.NO


def test_each_kind_of_answer_becomes_what_the_method_knows() -> None:
    inputs = inputs_of(
        audit(
            answer("SOP-LIC-01", DateAnswer(on=date(2026, 4, 1))),
            answer("SOP-MON-05", NumberAnswer(number=Decimal(2)), "E3"),
            answer("SOP-FEE-01", RatioAnswer(ok=7, checked=10), None),
        )
    )
    assert item(inputs, "SOP-LIC-01").answer is Answer.YES, "valid on the day of the visit"
    assert item(inputs, "SOP-MON-05").answer is Answer.NO
    assert item(inputs, "SOP-MON-05").evidence is Evidence.E3
    assert item(inputs, "SOP-FEE-01").answer == Ratio(ok=7, checked=10)
    assert item(inputs, "SOP-FEE-01").evidence is None


def test_an_item_that_the_facts_rule_out_does_not_apply() -> None:
    asked = inputs_of(audit(facts={"places_women": True}))
    ruled_out = inputs_of(audit(facts={"places_women": False}))
    conditional = [
        one.id for section in CHECKLISTS["sop"].sections for one in section.items
        if one.applies_if == "places_women"
    ]  # fmt: skip
    assert conditional
    for item_id in conditional:
        assert item(asked, item_id).answer is Answer.NOT_CHECKED
        assert item(ruled_out, item_id).answer is Answer.NA


def test_a_figure_the_ministry_has_not_set_is_said_and_not_scored() -> None:
    inputs = inputs_of(audit(answer("SOP-PDT-03", NumberAnswer(number=Decimal(10)))))
    assert "SOP-PDT-03" in inputs.unset_parameters
    assert all(one.id != "SOP-PDT-03" for one in inputs.items)


def test_the_latest_answer_counts_and_leads_to_its_submission() -> None:
    old = audit(answer("SOP-FEE-01", RatioAnswer(ok=1, checked=10)), visited_on=date(2025, 3, 1))
    new = audit(answer("SOP-FEE-01", RatioAnswer(ok=9, checked=10)), visited_on=date(2026, 3, 1))
    for order in ((old, new), (new, old)):
        inputs = inputs_of(*order)
        assert item(inputs, "SOP-FEE-01").answer == Ratio(ok=9, checked=10)
        assert item(inputs, "SOP-FEE-01").source == f"{new.submission_id}/sop/SOP-FEE-01"


def test_what_a_later_visit_left_open_keeps_its_earlier_answer() -> None:
    old = audit(answer("SOP-FEE-01", RatioAnswer(ok=1, checked=10)), visited_on=date(2025, 3, 1))
    new = audit(answer("SOP-FEE-05", NO), visited_on=date(2026, 3, 1))
    assert item(inputs_of(old, new), "SOP-FEE-01").answer == Ratio(ok=1, checked=10)


def test_an_audit_of_exactly_24_months_ago_is_out() -> None:
    inside = inputs_of(audit(answer("SOP-FEE-05", NO), visited_on=date(2024, 7, 1)))
    outside = inputs_of(audit(answer("SOP-FEE-05", NO), visited_on=date(2024, 6, 30)))
    assert item(inside, "SOP-FEE-05").answer is Answer.YES
    assert outside.items == ()


def test_an_audit_approved_after_the_day_of_the_card_is_not_seen() -> None:
    later = msgspec.structs.replace(
        audit(answer("SOP-FEE-05", NO)), approved_at=datetime(2026, 7, 1, tzinfo=UTC)
    )
    assert inputs_of(later).items == ()


def test_interviews_pool_all_workers_and_a_partial_answer_is_not_compliant() -> None:
    talks = tuple(
        talk(
            number,
            answer("PDI-CON-01", value, None, "predeparture"),
            answer("PDI-RSP-02", NumberAnswer(number=Decimal(named)), None, "predeparture"),
        )
        for number, (value, named) in enumerate(
            [(YES, 2), (YES, 0), (NO, 0), (PARTIAL, 0), (YES, 0), (YES, 1), (NO, 0), (YES, 0)], 1
        )
    )
    inputs = inputs_of(audit(lists=("sop", "predeparture"), interviews=talks))
    assert item(inputs, "PDI-CON-01").answer == Ratio(ok=5, checked=8)
    assert item(inputs, "PDI-CON-01").evidence is Evidence.E3
    assert inputs.interviews == 8
    assert inputs.silence == Silence(asked=8, know=2)


def test_fewer_than_five_workers_bear_out_little() -> None:
    talks = tuple(talk(n, answer("PDI-CON-01", YES, None, "predeparture")) for n in range(1, 5))
    inputs = inputs_of(audit(lists=("sop", "predeparture"), interviews=talks))
    assert item(inputs, "PDI-CON-01").evidence is Evidence.E1


def test_a_talk_that_was_refused_is_no_interview() -> None:
    refused = talk(1, answer("PDI-CNS-01", NO, None, "predeparture"))
    assert inputs_of(audit(lists=("predeparture",), interviews=(refused,))).interviews == 0


def test_a_full_inspection_needs_four_fifths_of_the_weight() -> None:
    everything = [
        answer(one.id, NO if one.answer.compliant and one.answer.compliant.value == "no" else YES)
        for section in CHECKLISTS["sop"].sections
        for one in section.items
        if one.answer.type.value in ("yes_no_partial_na", "yes_no_na")
    ]
    ratios = [
        answer(one.id, RatioAnswer(ok=10, checked=10))
        for section in CHECKLISTS["sop"].sections
        for one in section.items
        if one.answer.type.value == "ratio"
    ]
    assert inputs_of(audit(*everything)).months_since_inspection is None
    assert inputs_of(audit(*everything, *ratios)).months_since_inspection == 2


def test_one_failing_item_seen_twice_is_one_event() -> None:
    twice = tuple(
        OpenFinding(id=uuid4(), item_id="SOP-FEE-01", cap="D", confirmed=True) for _ in range(2)
    )
    card = compute(inputs_of(audit(answer("SOP-FEE-05", NO)), findings=twice))
    assert card.grade is Grade.D


def test_a_finding_that_waits_for_its_decision_caps_nothing() -> None:
    waiting = (OpenFinding(id=uuid4(), item_id="SOP-LIC-08", cap="E", confirmed=False),)
    card = compute(inputs_of(audit(answer("SOP-FEE-05", NO)), findings=waiting))
    assert all(cap.gate.value not in ("G2", "G3", "G4") for cap in card.caps)
    assert "under_urgent_review" in [note.code.value for note in card.notes]
