"""From an agency's records to the inputs of its card."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4

import msgspec
import pytest

from recruitwatch.audits.rules.judging import judged, read_result, written
from recruitwatch.audits.values import (
    ApprovedAudit,
    AuditDocument,
    DocumentAnswer,
    DocumentInterview,
    DocumentList,
)
from recruitwatch.audits.values.results import JudgedAudit
from recruitwatch.checklists.rules import parse_checklist, parse_vocabulary
from recruitwatch.checklists.rules.figures import figures_of
from recruitwatch.checklists.values import (
    AnswerValue,
    Checklist,
    DateAnswer,
    EvidenceLevel,
    NumberAnswer,
    ParameterSetting,
    RatioAnswer,
    Vocabulary,
    Word,
    WordAnswer,
)
from recruitwatch.scorecards.rules import compute
from recruitwatch.scorecards.rules.gather import gather, gather_card
from recruitwatch.scorecards.rules.profile import DEFAULT_0_1
from recruitwatch.scorecards.rules.sheets import sheets_of
from recruitwatch.scorecards.values import Answer, CardInputs, Evidence, Grade, Ratio, Silence
from recruitwatch.scorecards.values.evidence import (
    AgencyEvidence,
    ContractFailure,
    Library,
    OpenFinding,
)

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
VOCABULARY = parse_vocabulary(
    (ROOT / "checklists" / "vocabulary" / "v1.yaml").read_bytes(), "vocabulary/v1.yaml"
)
assert isinstance(VOCABULARY, Vocabulary)
LIBRARY = Library(
    checklists={(name, 1): one for name, one in CHECKLISTS.items()}, vocabularies={1: VOCABULARY}
)


def answer(
    item_id: str, value: AnswerValue | None, level: str | None = "E2", checklist: str = "sop"
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
    number: int,
    *answers: DocumentAnswer,
    held_on: date = date(2026, 4, 1),
    facts: dict[str, bool] | None = None,
    checklist: str = "predeparture",
) -> DocumentInterview:
    return DocumentInterview(
        checklist_id=checklist,
        interview_no=number,
        held_on=held_on,
        facts=facts or {},
        answers=answers,
    )


def audit(
    *answers: DocumentAnswer,
    lists: tuple[str, ...] = ("sop",),
    visited_on: date = date(2026, 4, 1),
    facts: dict[str, bool] | None = None,
    interviews: tuple[DocumentInterview, ...] = (),
    approved_at: datetime | None = None,
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
    approved_at = approved_at or datetime.combine(visited_on, time(12), tzinfo=UTC)
    return ApprovedAudit(
        submission_id=uuid4(), agency_id=AGENCY, document=document, approved_at=approved_at
    )


UNTIL = datetime(2026, 6, 30, 12, tzinfo=UTC)


def kept(one: ApprovedAudit, library: Library) -> JudgedAudit:
    """The audit as it is read back after its results were kept when it was approved."""
    lists = {
        used.checklist_id: library.checklists[used.checklist_id, used.version]
        for used in one.document.lists
    }
    assert isinstance(VOCABULARY, Vocabulary)
    in_force = figures_of(VOCABULARY, library.settings).at(one.approved_at)
    found = judged(one, lists, dict.fromkeys(lists, in_force))
    return msgspec.structs.replace(found, result=read_result(written(found.result)))


def evidence(*audits: ApprovedAudit, library: Library = LIBRARY, **more: object) -> AgencyEvidence:
    return AgencyEvidence(
        agency_id=AGENCY, as_of=AS_OF, until=UNTIL,
        audits=tuple(kept(one, library) for one in audits), **more,  # type: ignore[arg-type]
    )  # fmt: skip


def inputs_of(*audits: ApprovedAudit, library: Library = LIBRARY, **more: object) -> CardInputs:
    return gather(evidence(*audits, library=library, **more), library)


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


def test_of_two_visits_on_one_day_the_one_approved_later_counts() -> None:
    day = datetime(2026, 3, 1, tzinfo=UTC)
    first = audit(answer("SOP-FEE-05", NO), visited_on=day.date(), approved_at=day)
    second = audit(
        answer("SOP-FEE-05", YES), visited_on=day.date(), approved_at=day + timedelta(hours=1)
    )
    for order in ((first, second), (second, first)):
        assert item(inputs_of(*order), "SOP-FEE-05").answer is Answer.NO


def test_a_visit_of_a_day_to_come_is_not_seen() -> None:
    ahead = audit(answer("SOP-FEE-05", NO), visited_on=date(2026, 7, 1), approved_at=UNTIL)
    assert inputs_of(ahead).items == ()


def test_what_a_later_visit_left_open_keeps_its_earlier_answer() -> None:
    old = audit(answer("SOP-FEE-01", RatioAnswer(ok=1, checked=10)), visited_on=date(2025, 3, 1))
    new = audit(answer("SOP-FEE-05", NO), visited_on=date(2026, 3, 1))
    assert item(inputs_of(old, new), "SOP-FEE-01").answer == Ratio(ok=1, checked=10)


def test_an_audit_of_exactly_24_months_ago_is_out() -> None:
    inside = inputs_of(audit(answer("SOP-FEE-05", NO), visited_on=date(2024, 7, 1)))
    outside = inputs_of(audit(answer("SOP-FEE-05", NO), visited_on=date(2024, 6, 30)))
    assert item(inside, "SOP-FEE-05").answer is Answer.YES
    assert outside.items == ()


@pytest.mark.parametrize(("after", "seen"), [(0, True), (1, False)])
def test_what_was_approved_after_the_instant_of_the_card_is_not_seen(
    after: int, seen: bool
) -> None:
    approved_at = UNTIL + timedelta(seconds=after)
    inputs = inputs_of(audit(answer("SOP-FEE-05", NO), approved_at=approved_at))
    assert bool(inputs.items) is seen


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


def conditional(checklist: str, fact: str) -> str:
    return next(
        one.id
        for section in CHECKLISTS[checklist].sections
        for one in section.items
        if one.applies_if == fact and one.severity.value != "info"
    )


CONSENT = answer("PDI-CNS-01", YES, None, "predeparture")
OTHER = answer("PDI-CON-01", YES, None, "predeparture")
ONLY_DOMESTIC = next(
    one
    for section in CHECKLISTS["predeparture"].sections
    for one in section.items
    if one.applies_if != "always"
)


@pytest.mark.parametrize(
    ("workers", "expected"),
    [
        ([False, False], Answer.NA),
        ([False, True], Answer.NOT_CHECKED),
        ([], Answer.NOT_CHECKED),
        ([None], Answer.NOT_CHECKED),
    ],
)
def test_a_question_that_applies_to_no_worker_does_not_apply(
    workers: list[bool | None], expected: Answer
) -> None:
    """None: the worker refused to talk, so nobody knows what applies to her."""
    talks = tuple(
        talk(number, CONSENT, OTHER, facts={ONLY_DOMESTIC.applies_if: fact})
        if fact is not None
        else talk(
            number,
            answer("PDI-CNS-01", NO, None, "predeparture"),
            facts={ONLY_DOMESTIC.applies_if: False},
        )
        for number, fact in enumerate(workers, 1)
    )
    inputs = inputs_of(audit(lists=("predeparture",), interviews=talks))
    assert item(inputs, ONLY_DOMESTIC.id).answer is expected


def test_a_later_count_of_nothing_leaves_the_earlier_answer() -> None:
    old = audit(answer("SOP-FEE-01", RatioAnswer(ok=1, checked=10)), visited_on=date(2025, 3, 1))
    for value in (RatioAnswer(ok=0, checked=0), None):
        new = audit(answer("SOP-FEE-01", value), visited_on=date(2026, 3, 1))
        assert item(inputs_of(old, new), "SOP-FEE-01").answer == Ratio(ok=1, checked=10)


def test_the_newest_visit_decides_what_applies() -> None:
    item_id = conditional("sop", "places_women")
    earlier, later = date(2025, 3, 1), date(2026, 3, 1)
    no, yes = {"places_women": False}, {"places_women": True}
    opened = inputs_of(audit(facts=no, visited_on=earlier), audit(facts=yes, visited_on=later))
    assert item(opened, item_id).answer is Answer.NOT_CHECKED
    answered = audit(answer(item_id, YES), facts=yes, visited_on=earlier)
    closed = inputs_of(answered, audit(facts=no, visited_on=later))
    assert item(closed, item_id).answer is Answer.NA
    other_list = audit(lists=("covenant",), facts=no, visited_on=later)
    assert item(inputs_of(answered, other_list), item_id).answer is not Answer.NA


def library_of(*settings: tuple[str, datetime, int | None]) -> Library:
    made = tuple(
        ParameterSetting(
            id=number,
            name=name,
            value=None if value is None else Decimal(value),
            reason="",
            set_at=set_at,
            set_by_name=None,
        )
        for number, (name, set_at, value) in enumerate(settings, 1)
    )
    return msgspec.structs.replace(LIBRARY, settings=made)


HOURS = "required_training_hours"
APPROVED = datetime(2026, 4, 1, 12, tzinfo=UTC)
BEFORE, AFTER = APPROVED - timedelta(days=1), APPROVED + timedelta(days=1)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ([(HOURS, BEFORE, 10)], Answer.YES),
        ([(HOURS, BEFORE, 11)], Answer.NO),
        ([(HOURS, BEFORE, 10), (HOURS, AFTER, 40)], Answer.YES),
        ([(HOURS, BEFORE, 40), (HOURS, AFTER, 10)], Answer.NO),
        ([(HOURS, APPROVED, 10)], Answer.YES),
        ([(HOURS, AFTER, 10)], None),
        ([(HOURS, BEFORE, 10), (HOURS, BEFORE, None)], None),
        ([(HOURS, BEFORE, 10), (HOURS, AFTER, None)], Answer.YES),
    ],
)
def test_answers_are_judged_by_the_figures_of_the_day_they_were_approved(
    settings: list[tuple[str, datetime, int | None]], expected: Answer | None
) -> None:
    visit = audit(answer("SOP-PDT-03", NumberAnswer(number=Decimal(10))))
    inputs = inputs_of(visit, library=library_of(*settings))
    found = {one.id: one.answer for one in inputs.items}
    assert found.get("SOP-PDT-03") is expected
    assert ("SOP-PDT-03" in inputs.unset_parameters) is (expected is None)


@pytest.mark.parametrize(("set_at", "is_asked"), [(AFTER, True), (UNTIL + timedelta(1), False)])
def test_an_unanswered_question_goes_by_the_figures_of_the_card(
    set_at: datetime, is_asked: bool
) -> None:
    inputs = inputs_of(audit(), library=library_of((HOURS, set_at, 10)))
    found = {one.id: one.answer for one in inputs.items}
    assert found.get("SOP-PDT-03") is (Answer.NOT_CHECKED if is_asked else None)
    assert ("SOP-PDT-03" in inputs.unset_parameters) is not is_asked


def everything(checked: int = 10) -> list[DocumentAnswer]:
    """Enough of the list for a full inspection."""
    answers = []
    for section in CHECKLISTS["sop"].sections:
        for one in section.items:
            kind, rule = one.answer.type.value, one.answer.compliant
            if kind in ("yes_no_partial_na", "yes_no_na"):
                answers.append(answer(one.id, NO if rule and rule.value == "no" else YES))
            elif kind == "ratio":
                answers.append(answer(one.id, RatioAnswer(ok=checked, checked=checked)))
    return answers


def test_an_old_inspection_is_still_the_last_one() -> None:
    card = compute(inputs_of(audit(*everything(), visited_on=date(2023, 5, 30))))
    assert card.months_since_inspection == 37
    assert (card.grade, card.score, card.ledger) == (Grade.U, None, ())
    assert next(note.code.value for note in card.notes) == "nothing_scored"


def test_files_are_the_largest_count_of_the_newest_full_inspection() -> None:
    old = audit(*everything(checked=40), visited_on=date(2025, 3, 1))
    small = audit(answer("SOP-FEE-01", RatioAnswer(ok=90, checked=90)), visited_on=date(2026, 5, 1))
    assert inputs_of(old, audit(*everything(checked=12)), small).files == 12
    assert inputs_of(small).files is None


def test_the_interviews_of_a_card_lead_to_their_submissions() -> None:
    visits = [
        audit(
            lists=("predeparture",),
            visited_on=day,
            interviews=tuple(talk(number, CONSENT, OTHER) for number in range(1, 4)),
        )
        for day in (date(2026, 3, 1), date(2026, 3, 20))
    ]
    found = gather_card(evidence(*visits), sheets_of(LIBRARY, DEFAULT_0_1))
    pool = found.pooled["PDI-CON-01"]
    assert (pool.answers, pool.asked, pool.few) == (Ratio(ok=6, checked=6), 6, False)
    assert set(pool.sources) == {str(visit.submission_id) for visit in visits}
    assert item(inputs_of(*visits), "PDI-CON-01").source == "interviews/PDI-CON-01"
    assert found.talks == {
        f"{visit.submission_id}/predeparture/{number}" for visit in visits for number in (1, 2, 3)
    }


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ([], None),
        ([("required_training_days", BEFORE, 3)], Ratio(ok=2, checked=2)),
        ([("required_training_days", BEFORE, 4)], Ratio(ok=0, checked=2)),
        ([("required_training_days", AFTER, 3)], None),
        ([("required_training_days", BEFORE, 3), ("required_training_days", AFTER, 9)],
         Ratio(ok=2, checked=2)),
    ],
)  # fmt: skip
def test_workers_answers_keep_the_law_of_their_day_too(
    settings: list[tuple[str, datetime, int | None]], expected: Ratio | None
) -> None:
    days = answer("PDI-TRN-01", NumberAnswer(number=Decimal(3)), None, "predeparture")
    talks = tuple(talk(number, CONSENT, days) for number in (1, 2))
    visit = audit(lists=("predeparture",), interviews=talks)
    inputs = inputs_of(visit, library=library_of(*settings))
    assert {one.id: one.answer for one in inputs.items}.get("PDI-TRN-01") == expected
    assert ("PDI-TRN-01" in inputs.unset_parameters) is (expected is None)


def test_of_two_settings_made_at_one_instant_the_later_number_holds() -> None:
    made = library_of((HOURS, BEFORE, 10), (HOURS, BEFORE, 20)).settings
    assert isinstance(VOCABULARY, Vocabulary)
    for order in (made, made[::-1]):
        assert figures_of(VOCABULARY, order).at(BEFORE)[HOURS] == 20
        assert figures_of(VOCABULARY, order).at(BEFORE - timedelta(1))[HOURS] is None


def contract_failure(item_id: str, on: date) -> ContractFailure:
    return ContractFailure(finding_id=AGENCY, item_id=item_id, found_on=on)


def test_a_confirmed_finding_in_a_contract_says_no_from_its_day_until_a_visit_sees_otherwise() -> (
    None
):
    """Its answer counts at E2 and leads to the finding; a later visit, an old finding and a list that
    nobody inspected by change that."""
    visit = audit(answer("SOP-CON-02", RatioAnswer(ok=9, checked=9)), visited_on=date(2026, 3, 1))

    def seen(on: date) -> tuple[object, object, object]:
        inputs = inputs_of(visit, contracts=(contract_failure("SOP-CON-02", on),))
        found = item(inputs, "SOP-CON-02")
        return found.answer, found.evidence, found.source

    after = seen(date(2026, 3, 2))
    assert after[0] == "no"
    assert after[1] is not None
    assert after[1].name == "E2"  # type: ignore[attr-defined]
    assert after[2] == f"finding/{AGENCY}/SOP-CON-02"
    assert seen(date(2026, 3, 1)) == after
    assert seen(date(2026, 2, 28))[0] == Ratio(ok=9, checked=9)
    alone = inputs_of(contracts=(contract_failure("SOP-CON-02", date(2026, 3, 2)),))
    assert alone.items == ()
