"""What a check of contracts must show: planted faults found and no others, losses told, gains praised."""

from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.contract_checks import (
    after_arrival,
    checked,
    clean_terms,
    make_check,
    make_paper,
    rules_of,
    with_values,
    without_clauses,
)
from factories.contracts import ROOT, ask, library, make_contract
from recruitwatch.contracts.forms import read_input
from recruitwatch.contracts.rules.checking import check
from recruitwatch.contracts.rules.checking.normalising import plain_text
from recruitwatch.contracts.values.checking import (
    Attached,
    CheckedPaper,
    CheckInput,
    SignedBy,
    Step,
)
from recruitwatch.contracts.values.corridors import Gravity
from recruitwatch.contracts.values.terms import Rate
from recruitwatch.contracts.values.written import Better, ParameterType
from recruitwatch.web.saying import say


def test_a_clean_contract_gives_no_finding() -> None:
    report = checked(make_check())
    assert rules_of(report) == []
    assert report.patterns == ()


MADE = sorted((ROOT / "docs" / "examples" / "contracts").glob("*.yaml"))


@pytest.mark.parametrize("file", MADE, ids=[one.stem for one in MADE])
def test_a_contract_of_ours_of_any_kind_of_work_breaks_no_limit(file: Path) -> None:
    terms = make_contract(read_input(file.read_bytes(), file.name)).terms
    report = checked(CheckInput(papers=(CheckedPaper(step=Step.SIGNED, terms=terms),)))
    assert [one.rule for one in report.findings] == []


def test_twelve_planted_faults_give_exactly_these_rules() -> None:
    terms = without_clauses(clean_terms(), "WELFARE")
    seen = {
        "attached": (Attached.LOAN, Attached.LEAVING_PENALTY),
        "worker_signed": SignedBy.SOMEBODY_ELSE,
        "worker_reads": ("ne",),
    }
    bad = make_paper(
        terms=with_values(terms, worker_language="ne"),
        seen=seen,
        documents_held_by_worker=False,
        phone_kept_by_worker=False,
        declared_worker_payment=2000,
        embassy_phone=None,
        hours_normal_day=12,
        trial_days=180,
        sick_full_days=10,
    )
    assert rules_of(checked(make_check(bad))) == [
        "C02", "C06", "C07", "S01", "S02", "S03", "S04", "S06", "S07", "S08", "S11", "S14",
    ]  # fmt: skip


def test_a_lower_wage_after_arrival_is_critical() -> None:
    report = checked(after_arrival(wage_amount=1200))
    assert [(one.rule, one.severity) for one in report.findings] == [
        ("CHK-V01", Gravity.CRITICAL),
        ("CHK-V17", Gravity.SERIOUS),
    ]
    wage = report.findings[0]
    assert wage.items == ("DST-CON-01",)
    assert say(wage.message) == (
        "The basic wage was 1,500 SAR a month and is now 1,200 SAR: 20 per cent less."
    )
    assert [one.id for one in report.patterns] == ["PAT-01"]


def test_a_higher_wage_after_arrival_is_one_improvement_and_no_finding() -> None:
    report = checked(after_arrival(wage_amount=1600))
    assert report.findings == ()
    assert [
        (one.change.name, say(one.change.old), say(one.change.new)) for one in report.improvements
    ] == [("wage_amount", "1,500 SAR", "1,600 SAR")]


@pytest.mark.parametrize(
    ("on", "floor"), [("2025-12-01", "5,100 HKD"), ("2024-01-01", "4,870 HKD")]
)
def test_the_day_of_signing_decides_the_floor_and_its_source_is_named(on: str, floor: str) -> None:
    terms = make_contract(ask("PH-HK", on=on, wage_currency="HKD")).terms
    paper = CheckedPaper(step=Step.SIGNED, terms=with_values(terms, wage_amount=4800))
    report = check(CheckInput(papers=(paper,)), library())
    found = next(one for one in report.findings if one.rule == "CHK-C01")
    assert found.expected is not None
    assert say(found.expected) == f"At least {floor}."
    assert [one.id for one in found.sources] == ["S28b"]
    assert "Hong Kong wage notices" in found.sources[0].title


def test_figures_in_conflict_are_told_with_every_source_and_block_nothing() -> None:
    report = checked(make_check(make_paper(annual_leave_days=20)))
    assert rules_of(report) == []
    told = next(one for one in report.information if one.rule == "CHK-C05")
    assert {one.id for one in told.sources} == {"S29", "S33", "S34"}
    words = say(told.message)
    assert "15 days per year" in words
    assert "30 days per year" in words


def test_a_dollar_floor_counts_only_with_a_rate() -> None:
    terms = make_contract(ask("PH-KW", on="2026-03-01", wage_currency="KWD")).terms
    paper = CheckedPaper(step=Step.SIGNED, terms=with_values(terms, wage_amount=100))
    report = check(CheckInput(papers=(paper,)), library())
    assert "CHK-C01" not in {one.rule for one in report.findings}
    assert any(one.rule == "CHK-C01" and "500 USD" in say(one.message)
               for one in report.information)  # fmt: skip
    rate = Rate(of="KWD", to="USD", rate=3.25, on=date(2026, 3, 1), source="Central bank")
    report = check(CheckInput(papers=(paper,), rates=(rate,)), library())
    assert "CHK-C01" in {one.rule for one in report.findings}


def test_a_loss_is_told_once_and_beside_the_paper_where_it_is_gravest() -> None:
    papers = (
        make_paper(Step.OFFERED, wage_amount=1550),
        make_paper(Step.SIGNED),
        make_paper(Step.REGISTERED),
    )
    report = checked(make_check(*papers))
    assert [(one.rule, one.paper.step, one.severity) for one in report.findings] == [
        ("CHK-V01", Step.SIGNED, Gravity.SERIOUS)
    ]


def test_a_thin_second_paper_hides_nothing() -> None:
    thin = make_paper(Step.SIGNED, wage_amount=None)
    report = checked(
        make_check(make_paper(Step.OFFERED), thin, make_paper(Step.REGISTERED, wage_amount=1000))
    )
    lower = next(one for one in report.findings if one.rule == "CHK-V01")
    assert lower.against is not None
    assert lower.against.step is Step.OFFERED


_PARAMETERS = {
    name: one
    for clause in library().pack("domestic-work", 1).clauses
    if clause.in_use
    for name, one in clause.parameters.items()
}
_BETTER = sorted(
    name
    for name, one in _PARAMETERS.items()
    if one.better in (Better.HIGHER, Better.LOWER)
    and isinstance(clean_terms().values.get(name), int | float)
)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_raising_any_benefit_gives_no_new_finding(data: st.DataObject) -> None:
    names = data.draw(st.lists(st.sampled_from(_BETTER), min_size=1, max_size=5, unique=True))
    changed = {}
    for name in names:
        parameter, value = _PARAMETERS[name], clean_terms().values[name]
        assert isinstance(value, int | float)
        by = data.draw(st.integers(1, 20))
        higher = parameter.better is Better.HIGHER
        changed[name] = value + by if higher else max(0, value - by)
        if parameter.type is ParameterType.PERCENT and not higher:
            changed[name] = max(0, value - by)
    same_texts = {"texts": ()}
    older = make_paper()
    newer = make_paper(Step.AFTER_ARRIVAL, signed_on=date(2026, 3, 30), seen=same_texts, **changed)
    before = {one.rule for one in checked(make_check(older)).findings}
    after = checked(make_check(older, newer))
    assert {one.rule for one in after.findings} <= before
    really = {name for name in names if changed[name] != clean_terms().values[name]}
    assert {one.change.name for one in after.improvements} == really


@settings(max_examples=40, deadline=None)
@given(
    wage=st.integers(100, 5000),
    hours=st.integers(1, 16),
    leave=st.integers(0, 60),
    phone=st.booleans(),
    steps=st.lists(st.sampled_from(Step), min_size=2, max_size=4),
)
def test_the_same_contract_twice_gives_no_finding_beside_the_first(
    wage: int, hours: int, leave: int, phone: bool, steps: list[Step]
) -> None:
    values = {
        "wage_amount": wage,
        "hours_normal_day": hours,
        "annual_leave_days": leave,
        "phone_kept_by_worker": phone,
    }
    papers = tuple(make_paper(step, **values) for step in steps)
    report = checked(make_check(*papers))
    assert [one.rule for one in report.findings if one.stage == "V"] == []
    assert report.improvements == ()
    assert report.changes == ()


def test_the_order_of_papers_in_a_file_does_not_matter() -> None:
    given = after_arrival(wage_amount=1200)
    turned = msgspec.structs.replace(given, papers=given.papers[::-1])
    assert checked(turned) == checked(given)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("RL-0012", "rl 0012", True),
        ("নানি", "নানা", False),
        ("कमल", "कमला", False),
        ("Al\u200bOlaya", "al olaya", True),
    ],
)
def test_texts_are_compared_by_their_letters_with_their_signs(
    one: str, other: str, same: bool
) -> None:
    assert (plain_text(one) == plain_text(other)) is same
