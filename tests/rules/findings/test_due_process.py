"""Who may decide a finding and when, and what the agency may see of it."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.findings import make_finding, make_step
from recruitwatch.findings.rules import (
    BEFORE_OPENED,
    BEFORE_SERVED,
    DATE_AHEAD,
    DECIDED,
    FEW_WORKERS,
    NOT_SERVED,
    REPLY_OPEN,
    SERVED_TWICE,
    disclosed,
    may_decide,
    may_reply,
    may_serve,
    reply_until,
    state_of,
)
from recruitwatch.findings.values import (
    DecidedByInspector,
    DecidedByReviewer,
    DecidedByWorker,
    FindingState,
    Step,
    StepKind,
    Workers,
)

S, R, C, D = StepKind.SERVED, StepKind.REPLIED, StepKind.CONFIRMED, StepKind.DISMISSED
DAY = date(2026, 6, 1)
OPENED = datetime(2026, 6, 1, 8, tzinfo=UTC)
INSPECTOR, WORKER, REVIEWER, OTHER = uuid4(), uuid4(), uuid4(), uuid4()
SAME_PERSON = DecidedByInspector.sentence
BARRED = {"found_by": INSPECTOR, "worked_by": (WORKER,), "reviewers": (REVIEWER,)}
JAMAICA, MANILA = ZoneInfo("America/Jamaica"), ZoneInfo("Asia/Manila")


def steps_of(*kinds: StepKind) -> tuple[Step, ...]:
    return tuple(make_step(kind, DAY) for kind in kinds)


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        ((), FindingState.OPEN),
        ((S,), FindingState.SERVED),
        ((S, R), FindingState.REPLIED),
        ((S, R, R), FindingState.REPLIED),
        ((S, C), FindingState.CONFIRMED),
        ((S, R, C), FindingState.CONFIRMED),
        ((S, R, D), FindingState.DISMISSED),
    ],
)
def test_the_state_follows_from_the_steps(kinds: tuple[StepKind, ...], state: FindingState) -> None:
    assert state_of(kinds) is state


@pytest.mark.parametrize(
    ("kinds", "actor", "days", "reasons"),
    [
        ((), OTHER, 100, [NOT_SERVED]),
        ((), INSPECTOR, 100, [SAME_PERSON, NOT_SERVED]),
        ((S,), OTHER, 0, [REPLY_OPEN]),
        ((S,), OTHER, 14, [REPLY_OPEN]),
        ((S,), OTHER, 15, []),
        ((S,), INSPECTOR, 15, [SAME_PERSON]),
        ((S,), INSPECTOR, 3, [SAME_PERSON, REPLY_OPEN]),
        ((S, R), WORKER, 0, [DecidedByWorker.sentence]),
        ((S, R), REVIEWER, 0, [DecidedByReviewer.sentence]),
        ((S, R), OTHER, 0, []),
        ((S, R), INSPECTOR, 0, [SAME_PERSON]),
        ((S, C), OTHER, 30, [DECIDED]),
        ((S, R, D), INSPECTOR, 30, [DECIDED]),
    ],
)
def test_when_a_finding_may_be_decided(
    kinds: tuple[StepKind, ...], actor: UUID, days: int, reasons: list[str]
) -> None:
    finding = make_finding(*steps_of(*kinds), **BARRED)
    found = may_decide(finding, actor_id=actor, on=DAY + timedelta(days=days))
    assert [reason.key for reason in found] == reasons


@given(
    kinds=st.lists(st.sampled_from([S, R]), max_size=4),
    days=st.integers(min_value=0, max_value=60),
    actor=st.sampled_from([INSPECTOR, WORKER, REVIEWER, OTHER]),
)
def test_no_decision_without_service_and_a_chance_to_reply(
    kinds: list[StepKind], days: int, actor: UUID
) -> None:
    on = DAY + timedelta(days=days)
    allowed = not may_decide(make_finding(*steps_of(*kinds), **BARRED), actor_id=actor, on=on)
    if allowed:
        assert actor == OTHER
        assert R in kinds or (S in kinds and days > 14)
    if S in kinds and R in kinds and actor == OTHER:
        assert allowed


@pytest.mark.parametrize(
    ("kinds", "on", "reasons"),
    [
        ((), DAY, []),
        ((), DAY - timedelta(days=1), [BEFORE_OPENED]),
        ((), DAY + timedelta(days=6), [DATE_AHEAD]),
        ((S,), DAY, [SERVED_TWICE]),
        ((S, R, C), DAY, [SERVED_TWICE]),
    ],
)
def test_when_service_may_be_recorded(
    kinds: tuple[StepKind, ...], on: date, reasons: list[str]
) -> None:
    now = datetime(2026, 6, 6, 9, tzinfo=UTC)
    finding = make_finding(*steps_of(*kinds), opened_at=datetime(2026, 6, 1, 23, tzinfo=UTC))
    found = may_serve(finding, on=on, now=now)
    assert [reason.key for reason in found] == reasons


@pytest.mark.parametrize(
    ("zone", "opened", "served", "reasons"),
    [
        # 23:30 in Kingston on the last day of May is already June in UTC.
        (JAMAICA, datetime(2026, 5, 31, 23, 30, tzinfo=JAMAICA), date(2026, 5, 31), []),
        (JAMAICA, datetime(2026, 6, 1, 19, 30, tzinfo=JAMAICA), date(2026, 6, 2), [DATE_AHEAD]),
        # 07:30 in Manila on the first of June is still May in UTC.
        (MANILA, datetime(2026, 6, 1, 7, 30, tzinfo=MANILA), date(2026, 6, 1), []),
        (MANILA, datetime(2026, 6, 1, 7, 30, tzinfo=MANILA), date(2026, 5, 31), [BEFORE_OPENED]),
    ],
)
def test_days_are_those_of_the_ministry(
    zone: ZoneInfo, opened: datetime, served: date, reasons: list[str]
) -> None:
    finding = make_finding(opened_at=opened.astimezone(UTC))
    now = (opened + timedelta(minutes=5)).astimezone(zone)
    assert [reason.key for reason in may_serve(finding, on=served, now=now)] == reasons


@pytest.mark.parametrize(
    ("asked", "borne_out_by", "reasons"),
    [(4, None, [FEW_WORKERS]), (5, None, []), (1, "SOP-CON-02", [])],
)
def test_the_word_of_few_workers_is_not_served(
    asked: int, borne_out_by: str | None, reasons: list[str]
) -> None:
    workers = Workers(failing=1, asked=asked)
    finding = make_finding(workers=workers, borne_out_by=borne_out_by, opened_at=OPENED)
    now = datetime(2026, 6, 6, 9, tzinfo=UTC)
    assert [reason.key for reason in may_serve(finding, on=DAY, now=now)] == reasons


@pytest.mark.parametrize(
    ("kinds", "on", "reasons"),
    [
        ((), DAY, [NOT_SERVED]),
        ((S,), DAY, []),
        ((S, R), DAY + timedelta(days=5), []),
        ((S,), DAY - timedelta(days=1), [BEFORE_SERVED]),
        ((S,), DAY + timedelta(days=6), [DATE_AHEAD]),
        ((S, D), DAY, [DECIDED]),
    ],
)
def test_when_a_reply_may_be_recorded(
    kinds: tuple[StepKind, ...], on: date, reasons: list[str]
) -> None:
    found = may_reply(steps_of(*kinds), on=on, today=DAY + timedelta(days=5))
    assert [reason.key for reason in found] == reasons


def test_what_was_found_in_the_office_is_shown_whole() -> None:
    finding = make_finding(make_step(S, DAY))
    shown = disclosed(finding, None)
    assert shown is not None
    assert (shown.answer, shown.evidence, shown.note) == (
        finding.answer, finding.evidence, finding.note,
    )  # fmt: skip
    assert (shown.served_on, shown.reply_until) == (DAY, date(2026, 6, 15))


@given(asked=st.integers(min_value=1, max_value=40), data=st.data())
def test_of_workers_only_counts_are_shown_and_none_of_fewer_than_five(
    asked: int, data: st.DataObject
) -> None:
    failing = data.draw(st.integers(min_value=1, max_value=asked))
    finding = make_finding(
        workers=Workers(failing=failing, asked=asked), note="Amina said so", statement="numbers"
    )
    shown = disclosed(finding, None)
    if asked < 5:
        assert shown is None
    else:
        assert shown is not None
        assert (shown.answer, shown.evidence, shown.note) == (None, None, "")
        assert shown.workers == finding.workers


def test_a_notice_for_few_workers_is_that_of_the_document_to_the_letter() -> None:
    workers = Workers(failing=2, asked=3)
    finding = make_finding(
        make_step(S, DAY), workers=workers, item_id="RTI-JOB-01", checklist_id="returnee",
        question="What did you do there?", statement="2 of 3 workers …", borne_out_by="SOP-CON-02",
    )  # fmt: skip
    paper = make_finding(make_step(S, DAY), item_id="SOP-CON-02", checklist_id="sop")
    shown = disclosed(finding, paper)
    assert shown == disclosed(paper, None)
    assert "RTI" not in repr(shown)
    assert str(finding.id) not in repr(shown)


def test_the_reply_is_in_time_until_the_end_of_the_fourteenth_day() -> None:
    assert reply_until(date(2026, 2, 20)) == date(2026, 3, 6)
