"""Who may do what, and what makes passwords, roles, codes and sign-ins acceptable."""

from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitwatch.accounts.rules import (
    SIGN_IN_IDLE,
    SIGN_IN_LASTS,
    TABLE,
    may,
    password_faults,
    role_faults,
    sign_in_ends,
    too_many_tries,
    totp_step,
)
from recruitwatch.accounts.values import ROLE_NAMES, ROLE_PURPOSES, Permission, Role
from recruitwatch.actor import SYSTEM, Actor

# One line a permission; the columns are Administrator, Inspector, Reviewer, Complaints officer,
# Regulator, Hotline operator, Oversight, Agency (written Y: A is taken).
WHO_MAY = """
                       A I R C G H O Y
  own_account          x x x x x x x x
  workplace            x x x x x x x .
  people_manage        x . . . . . . .
  history_read         . . . . . . x .
  register_read        . x x x x x x .
  register_edit        . x . . x . . .
  register_import      . . . . x . . .
  licence_decide       . . . . x . . .
  parameter_set        . . . . x . . .
  audit_read           . x x . x . x .
  audit_write          . x . . . . . .
  audit_review         . . x . . . . .
  finding_read         . x x . x . x .
  finding_serve        . . x . x . . .
  finding_decide       . . . . x . . .
  card_read            . x x . x . x .
  card_issue           . . . . x . . .
  card_publish         . . . . x . . .
  contest_read         . . x . x . x .
  contest_decide       . . . . x . . .
  agency_people_manage . . . . x . . .
  agency_place         . . . . . . . x
  job_read             . . . . x . . .
  complaint_read       . . . x . . x .
  complaint_take       . . . x . x . .
  broker_read          . . . x x . x .
  broker_keep          . . . x x . . .
  broker_erase         . . . . x . . .
  contract_check       . x x x x . . .
  contract_finding_open . x x . . . . .
  matching_quality     . . . x x . x .
  contract_make        . . . . x . . .
  desk_manage          . . . x x . x .
  help_numbers_set     . . . . x . . .
"""
COLUMNS = {
    "A": Role.ADMINISTRATOR,
    "I": Role.INSPECTOR,
    "R": Role.REVIEWER,
    "C": Role.COMPLAINTS_OFFICER,
    "G": Role.REGULATOR,
    "H": Role.HOTLINE_OPERATOR,
    "O": Role.OVERSIGHT,
    "Y": Role.AGENCY,
}


def expected() -> dict[tuple[Permission, Role], bool]:
    head, *lines = [line.split() for line in WHO_MAY.strip().splitlines()]
    return {
        (Permission(name), COLUMNS[letter]): mark == "x"
        for name, *marks in lines
        for letter, mark in zip(head, marks, strict=True)
    }


def person_with(*roles: Role) -> Actor:
    return Actor(person_id=None, name="", office_id=None, roles=frozenset(r.value for r in roles))


@pytest.mark.parametrize("permission", Permission)
def test_each_role_may_what_the_table_says(permission: Permission) -> None:
    table = expected()
    answers = {role: may(person_with(role), permission) for role in Role}
    assert answers == {role: table[permission, role] for role in Role}


def test_every_permission_is_in_the_table_and_somebody_has_it() -> None:
    assert set(TABLE) == set(Permission)
    assert all(TABLE.values())


@given(st.frozensets(st.sampled_from(Role)), st.sampled_from(Role), st.sampled_from(Permission))
def test_one_more_role_takes_nothing_away(
    roles: frozenset[Role], one: Role, permission: Permission
) -> None:
    assert may(person_with(*roles, one), permission) >= may(person_with(*roles), permission)


def test_nobody_may_without_a_role() -> None:
    assert not any(may(person_with(), p) or may(SYSTEM, p) for p in Permission)


def test_no_set_of_roles_both_manages_people_and_reads_cases() -> None:
    cases = {
        Permission.AUDIT_READ, Permission.FINDING_READ, Permission.REGISTER_READ,
        Permission.COMPLAINT_READ, Permission.COMPLAINT_TAKE, Permission.BROKER_READ,
    }  # fmt: skip
    for size in range(1, len(Role) + 1):
        for roles in combinations(Role, size):
            if not role_faults(roles) and may(person_with(*roles), Permission.PEOPLE_MANAGE):
                assert not any(may(person_with(*roles), case) for case in cases)


def test_oversight_changes_nothing_but_complaints() -> None:
    reads = {
        Permission.COMPLAINT_READ, Permission.DESK_MANAGE,
        Permission.OWN_ACCOUNT, Permission.HISTORY_READ, Permission.REGISTER_READ,
        Permission.AUDIT_READ, Permission.FINDING_READ, Permission.CARD_READ,
        Permission.WORKPLACE, Permission.CONTEST_READ, Permission.BROKER_READ,
        Permission.MATCHING_QUALITY,
    }  # fmt: skip
    assert {p for p in Permission if may(person_with(Role.OVERSIGHT), p)} == reads


def test_every_role_has_a_name_and_a_purpose() -> None:
    assert set(ROLE_NAMES) == set(ROLE_PURPOSES) == set(Role)


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        ((), "at least one role"),
        ((Role.ADMINISTRATOR, Role.OVERSIGHT), "no other role"),
        ((Role.ADMINISTRATOR,), None),
        ((Role.INSPECTOR, Role.REVIEWER), None),
        (tuple(set(Role) - {Role.ADMINISTRATOR, Role.AGENCY}), None),
        ((Role.AGENCY,), "on the page of the agency"),
        ((Role.INSPECTOR, Role.AGENCY), "on the page of the agency"),
    ],
)
def test_roles_that_may_stand_together(roles: tuple[Role, ...], words: str | None) -> None:
    faults = role_faults(roles)
    assert (words is None and not faults) or words in faults[0].key


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("elevenchars", "at least"),
        ("twelve chars", None),
        ("x" * 201, "at most"),
        ("abcdef" * 33 + "gh", None),
        ("aaaaabbbbbcccccdd", "too easy"),
        ("AaAaBbBbCcCcDdDd", "too easy"),
        ("ask Amina.K for it", "your name"),
        ("چهار کلمه ساده اینجا", None),
        ("চারটি সহজ শব্দ এখানে", None),
    ],
)
def test_what_is_wrong_with_a_password(password: str, words: str | None) -> None:
    said = " ".join(fault.key for fault in password_faults(password, "amina.k"))
    assert (words is None and not said) or (words is not None and words in said)


@given(st.text(min_size=12, max_size=200).filter(lambda t: len(set(t.casefold())) >= 6))
def test_no_kind_of_letter_is_asked_for(password: str) -> None:
    assert password_faults(password, "") == ()


@given(st.text(max_size=11))
def test_a_short_password_is_never_taken(password: str) -> None:
    assert password_faults(password, "")


@given(st.text(min_size=3, max_size=20), st.text(max_size=50), st.text(max_size=50))
def test_a_password_around_the_name_is_never_taken(name: str, before: str, after: str) -> None:
    assert password_faults(f"{before}{name}{after}", name)


@pytest.mark.parametrize(
    ("by_name", "in_total", "refused"),
    [
        (0, 0, False),
        (9, 999, False),
        (10, 10, True),
        (0, 1000, False),
        (1, 1000, True),
        (11, 2000, True),
    ],
)
def test_when_tries_end(by_name: int, in_total: int, refused: bool) -> None:
    assert too_many_tries(by_name, in_total) is refused


@pytest.mark.parametrize(
    ("second", "step"),
    [(0, 0), (29, 0), (30, 1), (59, 1), (1111111109, 37037036), (20000000000, 666666666)],
)
def test_the_step_of_a_code(second: int, step: int) -> None:
    """The times are those of RFC 6238, appendix B."""
    assert totp_step(datetime.fromtimestamp(second, UTC)) == step


START = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seen_after", "ends_after"),
    [
        (timedelta(0), timedelta(hours=2)),
        (timedelta(hours=5), timedelta(hours=7)),
        (timedelta(hours=10), timedelta(hours=12)),
        (timedelta(hours=11, minutes=59), timedelta(hours=12)),
    ],
)
def test_when_a_sign_in_ends(seen_after: timedelta, ends_after: timedelta) -> None:
    assert sign_in_ends(START, START + seen_after) == START + ends_after


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=3)))
def test_no_sign_in_outlasts_its_limits(seen_after: timedelta) -> None:
    ends = sign_in_ends(START, START + seen_after)
    assert ends <= START + SIGN_IN_LASTS
    assert ends <= START + seen_after + SIGN_IN_IDLE
