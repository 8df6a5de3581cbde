"""What two files tell together: what stands in both counts once, and nothing is lost."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.contract_checks import checked, make_check, make_paper, rules_of
from recruitwatch.contracts.rules.checking import joined
from recruitwatch.contracts.rules.checking.merging import all_findings, all_payments
from recruitwatch.contracts.values.checking import AgencyFinding, CheckInput, Payment, Step
from recruitwatch.contracts.values.corridors import Gravity
from recruitwatch.web.saying import say

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


def payment(amount: float, due: date = MAY, currency: str = "SAR") -> Payment:
    return Payment(due_on=due, amount=amount, currency=currency, paid_on=due)


def found(finding_id: str | None = None, on: date = MAY, rule: str = "CHK-V01") -> AgencyFinding:
    return AgencyFinding(rule=rule, severity=Gravity.SERIOUS, confirmed_on=on, id=finding_id)


def both(**known: object) -> CheckInput:
    """The same beside the older and the newer paper."""
    older = make_check(make_paper(), looked_on=JUNE, **known)
    newer = make_check(make_paper(Step.REGISTERED), looked_on=JUNE, **known)
    return joined(older, newer)


def test_a_short_payment_in_both_files_stays_short() -> None:
    report = checked(both(payments=(payment(750),)))
    said = [say(one.message) for one in report.findings if one.rule == "CHK-V19"]
    assert len(said) == 1
    assert "Paid was 750 SAR" in said[0]


def test_two_findings_in_both_files_are_no_pattern_of_four() -> None:
    assert "V20" not in rules_of(checked(both(agency_findings=(found(), found("b")))))
    assert "V20" in rules_of(checked(both(agency_findings=(found(), found("b"), found("c")))))


# what one file has, what the other has, how many there are together
FINDINGS: list[tuple[list[str | None], list[str | None], int]] = [
    (["a"], ["a"], 1),
    (["a"], ["b"], 2),
    (["a"], [None], 1),
    ([None], ["a", "b"], 2),
    ([None, None, None], ["a", "b"], 3),
    ([None, None], [None], 2),
    (["a", "a"], [], 1),
    (["a", None], ["a", "b"], 2),
    ([], [], 0),
]


@pytest.mark.parametrize(("first", "second", "count"), FINDINGS)
def test_findings_are_known_again(
    first: list[str | None], second: list[str | None], count: int
) -> None:
    together = all_findings([found(one) for one in first], [found(one) for one in second])
    assert len(together) == count


def test_findings_of_other_days_and_rules_are_others() -> None:
    assert len(all_findings([found()], [found(on=JUNE), found(rule="CHK-V05")])) == 3
    assert len(all_findings([found("a")], [found("a", rule="CHK-V05")])) == 2


def test_a_finding_with_one_id_is_one_whatever_its_day_and_gravity() -> None:
    graver = AgencyFinding(rule="CHK-V01", severity=Gravity.CRITICAL, confirmed_on=JUNE, id="a")
    assert all_findings([graver], [found("a"), found("a", JUNE)])[0].confirmed_on == JUNE
    assert len(all_findings([found("a"), graver], [found("a", JUNE), found(None)])) == 1
    once = make_check(agency_findings=(found("a"), found("a", JUNE), graver), looked_on=JUNE)
    assert "V20" not in rules_of(checked(once))


PAYMENTS = st.lists(
    st.builds(
        payment,
        st.sampled_from([700.0, 750.0]),
        st.sampled_from([MAY, JUNE]),
        st.sampled_from(["SAR", "USD"]),
    ),
    max_size=6,
)


@settings(max_examples=80, deadline=None)
@given(first=PAYMENTS, second=PAYMENTS)
def test_each_payment_counts_as_often_as_in_the_file_that_has_it_most(
    first: list[Payment], second: list[Payment]
) -> None:
    together = list(all_payments(first, second))
    for one in (*first, *second):
        assert together.count(one) == max(first.count(one), second.count(one))
    assert list(all_payments(first, first)) == first
