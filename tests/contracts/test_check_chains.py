"""Chains of papers: their order, losses that come back or grow, and that nothing of a change is lost."""

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.contract_checks import (
    ARRIVED,
    checked,
    clean_terms,
    make_check,
    make_paper,
    rules_of,
    with_values,
)
from recruitwatch.contracts.rules.assembling import terms_hash
from recruitwatch.contracts.rules.checking import joined, read_check
from recruitwatch.contracts.values.checking import (
    Attached,
    CheckedPaper,
    CheckInput,
    CheckRefused,
    CheckReport,
    Payer,
    Step,
    Way,
)
from recruitwatch.contracts.values.corridors import Gravity
from recruitwatch.contracts.values.terms import Rate, Terms, TermValue
from recruitwatch.web.saying import say

SIGNED = date(2026, 3, 1)
LATER = date(2026, 3, 10)
CHAIN = (Step.OFFERED, Step.SIGNED, Step.REGISTERED, Step.AFTER_ARRIVAL)
AFTER = ARRIVED + timedelta(days=10)


def told(report: CheckReport, rule: str) -> list[tuple[int, str]]:
    """In which papers a rule fired, and what it said."""
    found = [one for one in report.findings if one.rule == f"CHK-{rule}"]
    return [(one.paper.place, say(one.message)) for one in found]


def places(report: CheckReport, rule: str) -> list[int]:
    return sorted(place for place, _ in told(report, rule))


def changes(report: CheckReport) -> dict[str, Way]:
    return {one.change.name: one.change.way for one in report.changes}


def wages(*amounts: int | None) -> CheckInput:
    pairs = zip(CHAIN, amounts, strict=False)
    return make_check(*(make_paper(step, wage_amount=one) for step, one in pairs))


def of(terms: Terms, on: date, **values: object) -> Terms:
    return with_values(msgspec.structs.replace(terms, signed_on=on), **values)  # type: ignore[arg-type]


def handed_in(papers: Terms | CheckInput) -> CheckInput:
    return read_check(msgspec.json.encode(papers))


def against(older: Terms | CheckInput, newer: Terms | CheckInput) -> CheckReport:
    return checked(joined(handed_in(older), handed_in(newer)))


REGISTERED = make_check(make_paper(Step.REGISTERED))


@pytest.mark.parametrize("on", [SIGNED, LATER])
def test_terms_younger_than_a_registered_contract_come_after_it(on: date) -> None:
    report = against(REGISTERED, of(clean_terms(), on, wage_amount=1200))
    assert places(report, "V01") == [2]
    assert report.improvements == ()
    assert [one.step for one in report.papers] == [Step.REGISTERED] * 2


def test_terms_older_than_a_registered_contract_come_before_it() -> None:
    report = against(of(clean_terms(), SIGNED - timedelta(days=9), wage_amount=1600), REGISTERED)
    assert places(report, "V01") == [2]
    assert [one.step for one in report.papers] == [Step.SIGNED, Step.REGISTERED]


def test_older_terms_that_are_younger_than_what_was_registered_are_refused() -> None:
    """Somebody said that they came before, and the days say that they did not."""
    with pytest.raises(CheckRefused) as refused:
        against(of(clean_terms(), LATER, wage_amount=1600), REGISTERED)
    assert "10 March 2026" in say(refused.value.reasons[0])


def test_terms_younger_than_a_paper_after_arrival_come_after_it() -> None:
    paper = make_paper(Step.AFTER_ARRIVAL, signed_on=AFTER)
    younger = of(clean_terms(), AFTER + timedelta(days=3), wage_amount=1200)
    assert places(against(make_check(paper), younger), "V01") == [2]


def test_two_papers_of_one_step_stand_in_the_order_of_their_days() -> None:
    worse = make_paper(Step.REGISTERED, signed_on=LATER, wage_amount=1200)
    report = checked(make_check(worse, make_paper(Step.REGISTERED)))
    assert places(report, "V01") == [2]
    assert report.improvements == ()


@pytest.mark.parametrize("first", [Step.SIGNED, Step.REGISTERED])
def test_days_that_contradict_the_steps_are_refused_by_name(first: Step) -> None:
    papers = (make_paper(first, signed_on=AFTER), make_paper(Step.AFTER_ARRIVAL, signed_on=LATER))
    with pytest.raises(CheckRefused) as refused:
        checked(make_check(*papers))
    words = say(refused.value.reasons[0])
    assert "30 March 2026" in words
    assert "10 March 2026" in words


def test_nobody_signs_at_home_after_arrival() -> None:
    late = make_paper(signed_on=AFTER, wage_amount=1200)
    with pytest.raises(CheckRefused) as refused:
        checked(make_check(make_paper(), late, arrived_on=LATER))
    words = say(refused.value.reasons[0])
    assert "the contract signed at home of 30 March 2026" in words
    assert "the arrival of 10 March 2026" in words
    assert places(checked(make_check(make_paper(), late, arrived_on=AFTER)), "V01") == [2]


def test_an_advert_that_somebody_saw_later_still_comes_first() -> None:
    advert = make_paper(Step.ADVERTISED, signed_on=AFTER, wage_amount=1600)
    assert places(checked(make_check(advert, make_paper())), "V01") == [2]


def test_a_loss_that_came_back_is_told_again() -> None:
    assert places(checked(wages(1500, 1200, 1500, 1200)), "V01") == [2, 4]
    assert places(checked(wages(1500, 1200, 1250, 1200)), "V01") == [2, 4]
    assert places(checked(wages(1500, 1200, 1200, 1200)), "V01") == [2]
    assert places(checked(wages(1500, 1200, None, 1200)), "V01") == [2]


@pytest.mark.parametrize(
    ("name", "rule", "levels"),
    [
        ("wage_amount", "V01", (1500, 1200, 1400)),
        ("rest_daily_hours", "V08", (12, 9, 11)),
        ("room_type", "V13", ("own_room", "shared_children", "shared_woman")),
    ],
)
def test_a_loss_that_became_smaller_is_no_news(
    name: str, rule: str, levels: tuple[TermValue, ...]
) -> None:
    steps = (Step.ADVERTISED, Step.SIGNED, Step.AFTER_ARRIVAL)
    days = (SIGNED - timedelta(days=9), SIGNED, AFTER)
    papers = [make_paper(step, signed_on=day, **{name: level})
              for step, day, level in zip(steps, days, levels, strict=True)]  # fmt: skip
    report = checked(make_check(*papers))
    assert places(report, rule) == [2]
    assert places(report, "V17") == []
    larger = checked(make_check(papers[0], make_paper(**{name: levels[2]}),
                                make_paper(Step.AFTER_ARRIVAL, signed_on=AFTER,
                                           **{name: levels[1]})))  # fmt: skip
    assert places(larger, rule) == [2, 3]
    assert places(larger, "V17") == [3]


def test_a_longer_contract_that_became_shorter_again_is_told_once() -> None:
    papers = zip(CHAIN, (24, 36, 30), strict=False)
    report = checked(make_check(*(make_paper(step, duration_months=one) for step, one in papers)))
    assert places(report, "V07") == [2]


def test_a_rate_that_moved_makes_the_same_wage_no_loss() -> None:
    rates = [
        Rate(of="USD", to="SAR", rate=rate, on=on, source="bank")
        for rate, on in ((3.75, SIGNED), (3.76, AFTER))
    ]
    abroad = {"wage_amount": 400, "wage_currency": "USD"}

    def beside(*amounts: int) -> CheckReport:
        steps = zip((Step.SIGNED, Step.AFTER_ARRIVAL), (SIGNED, AFTER), amounts, strict=True)
        return checked(make_check(
            make_paper(Step.ADVERTISED, signed_on=SIGNED, **abroad),
            *(make_paper(step, signed_on=on, wage_amount=one) for step, on, one in steps),
            rates=tuple(rates),
        ))  # fmt: skip

    same = beside(1500, 1500)
    assert places(same, "V01") == places(same, "V17") == []
    assert places(beside(1500, 1499), "V01") == places(beside(1500, 1499), "V17") == [3]


def test_a_burden_and_rest_days_that_came_back_are_told_again() -> None:
    loans = ((), (Attached.LOAN,), (), (Attached.LOAN,))
    papers = [make_paper(step, seen={"attached": one})
              for step, one in zip(CHAIN, loans, strict=True)]  # fmt: skip
    assert places(checked(make_check(*papers)), "V12") == [2, 4]
    bought = [make_paper(step, seen={"rest_days_paid_out": one})
              for step, one in zip(CHAIN, (False, True, False, True), strict=True)]  # fmt: skip
    assert places(checked(make_check(*bought)), "V09") == [2, 4]


def test_a_loss_that_became_graver_is_told_again() -> None:
    moved = {"workplace_address": "2 Sea Road, Jeddah"}
    report = checked(make_check(
        make_paper(Step.OFFERED), make_paper(Step.SIGNED, **moved),
        make_paper(Step.REGISTERED, **moved, employer_id_no="77"),
    ))  # fmt: skip
    found = {one.paper.place: one.severity for one in report.findings if one.rule == "CHK-V06"}
    assert found == {2: Gravity.SERIOUS, 3: Gravity.CRITICAL}


def test_a_rule_tells_every_loss_of_a_paper() -> None:
    report = checked(make_check(
        make_paper(Step.OFFERED, rest_daily_hours=10),
        make_paper(Step.SIGNED, rest_daily_hours=12),
        make_paper(Step.REGISTERED, rest_daily_hours=11, hours_normal_day=9),
    ))  # fmt: skip
    ((place, words),) = told(report, "V08")
    assert place == 3
    assert "12 → 11" in words
    assert "8 → 9" in words


def test_losses_beside_different_papers_are_told_with_their_papers() -> None:
    report = checked(make_check(
        make_paper(Step.OFFERED, rest_daily_hours=12, hours_normal_day=8),
        make_paper(Step.SIGNED, rest_daily_hours=None, hours_normal_day=7),
        make_paper(Step.REGISTERED, rest_daily_hours=11, hours_normal_day=8),
    ))  # fmt: skip
    ((_, words),) = [one for one in told(report, "V08") if one[0] == 3]
    assert "12 → 11" in words
    assert "7 → 8" in words
    assert "(beside the contract signed at home of 1 March 2026)" in words


def test_the_greatest_loss_of_pay_is_told() -> None:
    ((_, words),) = told(checked(wages(1340, 1500, 1200)), "V01")
    assert "1,500 SAR" in words


def test_the_greatest_loss_of_a_value_is_told() -> None:
    report = checked(make_check(
        make_paper(Step.OFFERED, rest_daily_hours=10), make_paper(Step.SIGNED, rest_daily_hours=12),
        make_paper(Step.REGISTERED, rest_daily_hours=9),
    ))  # fmt: skip
    assert ["12 → 9" in words for _, words in told(report, "V08")] == [True]


def test_a_change_for_the_worse_that_its_rule_does_not_tell_stands_among_the_changes() -> None:
    report = checked(make_check(
        make_paper(), make_paper(Step.REGISTERED, duration_months=30, seen={"new_agreement": True}),
        make_paper(Step.AFTER_ARRIVAL, duration_months=36),
    ))  # fmt: skip
    assert places(report, "V07") == [3]
    assert [one.paper.place for one in report.changes] == [2]


def test_weekly_rest_that_is_less_is_not_called_bought_out() -> None:
    less = checked(make_check(make_paper(), make_paper(Step.REGISTERED, rest_weekly_hours=23)))
    assert "V09" in rules_of(less)
    assert "PAT-09" not in {one.id for one in less.patterns}
    bought = make_paper(Step.REGISTERED, rest_weekly_hours=23, seen={"rest_days_paid_out": True})
    both = checked(make_check(make_paper(), bought))
    assert "PAT-09" in {one.id for one in both.patterns}
    ((_, words),) = told(both, "V09")
    assert "24 → 23" in words
    assert "Rest days paid out in money" in words


def test_a_wage_cut_at_home_is_no_second_paper_on_arrival() -> None:
    def patterns(at_home: int, abroad: int) -> set[str]:
        report = checked(make_check(
            make_paper(Step.OFFERED), make_paper(wage_amount=at_home),
            make_paper(Step.AFTER_ARRIVAL, signed_on=AFTER, wage_amount=abroad, trial_days=40),
        ))  # fmt: skip
        assert {"V01", "V17"} <= {*rules_of(report)}
        return {one.id for one in report.patterns}

    assert "PAT-01" not in patterns(1200, 1200)
    assert "PAT-01" in patterns(1500, 1200)


SHORT = terms_hash(clean_terms())[:16]


def with_code(printed: str | None, *registered: CheckedPaper) -> CheckReport:
    newer = make_paper(Step.AFTER_ARRIVAL, signed_on=AFTER, seen={"printed_code": printed})
    return checked(make_check(*(registered or (make_paper(Step.REGISTERED),)), newer))


@pytest.mark.parametrize(
    "printed",
    [
        f"2026-ABCDE-FGHJK-M · النسخة 1 · domestic-work/1 · {SHORT}",
        f"2026-ABCDE-ABCDE-A {SHORT}",
        f"2026-ABCDE-ABCDE-A{SHORT}",
        f"{SHORT} 1",
        SHORT.upper(),
        SHORT.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
        " - ".join(SHORT),
    ],
)
def test_the_right_code_is_found_in_what_was_entered(printed: str) -> None:
    assert "V16" not in rules_of(with_code(printed))


def test_the_code_of_the_newest_registered_version_is_the_right_one() -> None:
    second = make_paper(Step.REGISTERED, signed_on=LATER, annual_leave_days=31)
    versions = (make_paper(Step.REGISTERED), second)
    right = terms_hash(second.terms)[:16]
    assert "V16" not in rules_of(with_code(right, *versions))
    assert "V16" in rules_of(with_code(SHORT, *versions))


def test_a_registered_paper_has_the_code_of_its_own_terms() -> None:
    def registered(printed: str | None, *, whole: bool = True) -> CheckReport:
        paper = make_paper(Step.REGISTERED, seen={"printed_code": printed})
        return checked(make_check(msgspec.structs.replace(paper, whole=whole)))

    assert "V16" not in rules_of(registered(SHORT))
    assert "V16" in rules_of(registered("0123 4567 89ab cdef"))
    for unknown in (registered(None), registered("0123 4567 89ab cdef", whole=False)):
        assert "V16" not in rules_of(unknown)
        assert "CHK-V16" in {one.rule for one in unknown.unchecked}


def again(
    seen: dict[str, object] | None = None,
    *,
    before: dict[str, object] | None = None,
    **values: object,
) -> CheckReport:
    """The clean contract, and a paper signed ten days after arrival."""
    newer = make_paper(Step.AFTER_ARRIVAL, signed_on=AFTER, seen=seen, **values)  # type: ignore[arg-type]
    return checked(make_check(make_paper(seen=before), newer))


def information(report: CheckReport) -> list[str]:
    return [say(one.message) for one in report.information if one.rule == "CHK-V17"]


def test_the_same_again_after_arrival_shows_no_difference() -> None:
    (words,) = information(again())
    assert words.endswith("No difference was found in what both papers say.")


@pytest.mark.parametrize(
    ("name", "was"),
    [("wage_amount", 1500), ("embassy_phone", "+966 11 000 0019"), ("room_size_m2", 7),
     ("season_clothing_allowance", 40), ("food_allowance", 300)],
)  # fmt: skip
def test_what_is_left_out_is_listed_and_not_called_the_same(name: str, was: object) -> None:
    older = make_paper(**{name: was})  # type: ignore[arg-type]
    newer = make_paper(Step.AFTER_ARRIVAL, signed_on=AFTER, **{name: None})  # type: ignore[arg-type]
    report = checked(make_check(older, newer))
    assert changes(report) == {name: Way.LEFT_OUT}
    assert "left out" in information(report)[0]


def test_what_stays_left_out_is_listed_once() -> None:
    thin = [make_paper(step, room_size_m2=None) for step in CHAIN[1:]]
    report = checked(make_check(make_paper(Step.OFFERED), *thin))
    assert [one.paper.place for one in report.changes] == [2]


def test_a_paper_of_which_some_values_were_typed_leaves_nothing_out() -> None:
    paper = make_paper(Step.AFTER_ARRIVAL, signed_on=AFTER)
    few = msgspec.structs.replace(paper.terms, values={"wage_amount": 1500}, clauses=())
    report = checked(make_check(
        make_paper(), msgspec.structs.replace(paper, terms=few, whole=False)
    ))  # fmt: skip
    assert report.changes == ()
    assert "what both papers say" in information(report)[0]


@pytest.mark.parametrize(
    ("before", "seen", "name"),
    [
        ({}, {"attached": (Attached.CONSENT_TO_HOLD,)}, "consent_to_hold_papers"),
        ({}, {"attached": (Attached.PREGNANCY_GROUND,)}, "pregnancy_ground"),
        ({"return_paid_by": Payer.AGENCY}, {"return_paid_by": Payer.WORKER}, "return_paid_by"),
    ],
)
def test_new_harm_beside_the_terms_is_worse(
    before: dict[str, object], seen: dict[str, object], name: str
) -> None:
    report = again(seen, before=before)
    assert "V17" in rules_of(report)
    assert information(report) == []
    assert changes(report) == {name: Way.WORSE}


def test_a_paper_that_repeats_the_one_before_it_is_told_as_information() -> None:
    report = checked(make_check(
        make_paper(Step.SIGNED), make_paper(Step.REGISTERED, wage_amount=1200),
        make_paper(Step.AFTER_ARRIVAL, signed_on=AFTER, wage_amount=1200),
    ))  # fmt: skip
    assert places(report, "V01") == [2]
    assert "V17" not in rules_of(report)


def test_a_thin_paper_between_hides_no_change() -> None:
    report = checked(make_check(
        make_paper(Step.SIGNED), make_paper(Step.REGISTERED, room_lock_by_worker=None),
        make_paper(Step.AFTER_ARRIVAL, signed_on=AFTER, room_lock_by_worker=False),
    ))  # fmt: skip
    assert [(one.paper.place, one.against.place, one.change.way) for one in report.changes] == [
        (2, 1, Way.LEFT_OUT), (3, 1, Way.WORSE),
    ]  # fmt: skip
    assert "V17" in rules_of(report)


def test_a_typed_paper_keeps_the_whole_contract_from_no_judgement() -> None:
    typed = make_paper(Step.AFTER_ARRIVAL, signed_on=AFTER, seen={"texts": ()})
    few = {"hours_normal_day": 12, "documents_held_by_worker": False}
    terms = msgspec.structs.replace(typed.terms, values=few, clauses=())
    report = checked(make_check(
        make_paper(phone_kept_by_worker=False, trial_days=91),
        msgspec.structs.replace(typed, terms=terms, whole=False),
    ))  # fmt: skip
    judged = {(one.rule, one.paper.place) for one in report.findings if one.stage != "V"}
    assert judged == {
        ("CHK-S04", 1), ("CHK-C07", 1), ("CHK-C02", 2), ("CHK-S03", 2),
    }  # fmt: skip
    assert {one.paper.place for one in report.unchecked if one.rule.startswith("CHK-C")} <= {1}


_UP = ("annual_leave_days", "sick_full_days", "rest_daily_hours", "rest_night_hours", "baggage_kg",
       "notice_days_employer", "room_size_m2", "death_benefit", "wage_amount")  # fmt: skip
_DOWN = ("trial_days", "hours_normal_day", "household_children", "mediation_days")
_LEVELS = st.lists(st.integers(0, 3), min_size=4, max_size=4)


@settings(max_examples=60, deadline=None)
@given(
    levels=st.dictionaries(st.sampled_from(_UP + _DOWN), _LEVELS, min_size=1, max_size=4),
    gaps=st.lists(st.integers(0, 9), min_size=4, max_size=4),
    turned=st.booleans(),
)
def test_every_loss_is_told_as_a_loss_and_every_gain_as_a_gain(
    levels: dict[str, list[int]], gaps: list[int], turned: bool
) -> None:
    """Each value rises and falls by a known way; whatever fell from one paper to the next is told in
    that paper, and nothing that rose is."""
    papers = []
    for at, step in enumerate(CHAIN):
        values: dict[str, object] = {}
        for name, level in levels.items():
            base = 40 if name in _DOWN else 1000
            values[name] = base - level[at] if name in _DOWN else base + level[at]
        day = SIGNED + timedelta(days=sum(gaps[: at + 1]))
        papers.append(make_paper(step, signed_on=day, **values))  # type: ignore[arg-type]
    report = checked(make_check(*(papers[::-1] if turned else papers)))
    worse = {
        (one.paper.place, one.change.name) for one in report.changes if one.change.way is Way.WORSE
    }
    better = {(one.paper.place, one.change.name) for one in report.improvements}
    fired = {(one.paper.place, one.rule) for one in report.findings if one.stage == "V"}
    for name, level in levels.items():
        for at in range(1, len(CHAIN)):
            place = at + 1
            is_told = (place, name) in worse or any((place, rule) in fired for rule in _RULES[name])
            if level[at] < level[at - 1]:
                assert is_told
            assert ((place, name) in better) == (level[at] > level[at - 1])
            if level[at] >= max(level[:at]):
                assert (place, name) not in worse
    for place, rule in fired - {(4, "CHK-V17")}:
        names = [name for name in levels if rule in _RULES[name]]
        assert any(levels[name][place - 1] < max(levels[name][: place - 1]) for name in names)


_RULES: dict[str, tuple[str, ...]] = {
    "annual_leave_days": ("CHK-V10",), "sick_full_days": ("CHK-V10",),
    "rest_daily_hours": ("CHK-V08",), "rest_night_hours": ("CHK-V08",),
    "hours_normal_day": ("CHK-V08",), "notice_days_employer": ("CHK-V11",),
    "trial_days": ("CHK-V11",), "household_children": ("CHK-V18",), "wage_amount": ("CHK-V01",),
    "baggage_kg": (), "room_size_m2": (), "death_benefit": (), "mediation_days": (),
}  # fmt: skip
