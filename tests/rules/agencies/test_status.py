"""What a licence's decisions mean on a date, and which may follow which."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.licences import day, make_decision, make_licence, new
from recruitwatch.agencies.rules import decision_faults, status_on
from recruitwatch.agencies.rules import status as sentences
from recruitwatch.agencies.values import Licence, LicenceState

S = LicenceState
VALID = make_decision(S.VALID, "2024-01-01")
ORDINARY = make_licence(make_decision(S.APPLIED, "2023-11-01"), VALID)
SUSPENDED = make_licence(VALID, make_decision(S.SUSPENDED, "2025-03-01", "2025-05-31"))
CANCELLED = make_licence(VALID, make_decision(S.CANCELLED, "2025-03-01"))
BANNED = make_licence(VALID, make_decision(S.BANNED, "2025-03-01", "2025-12-31"))
SHORT = make_licence(make_decision(S.VALID, "2024-01-01", "2024-06-30"))
CORRECTED = make_licence(
    VALID,
    make_decision(S.CANCELLED, "2025-03-01", superseded=True),
    make_decision(S.SUSPENDED, "2025-03-01", "2025-04-30", order=1),
)
SAME_DAY = make_licence(VALID, make_decision(S.SUSPENDED, "2024-01-01", order=1))


@pytest.mark.parametrize(
    ("licence", "on", "state", "since", "until"),
    [
        (ORDINARY, "2023-10-31", None, None, None),
        (ORDINARY, "2024-01-01", S.VALID, "2024-01-01", "2026-12-31"),
        (ORDINARY, "2026-12-31", S.VALID, "2024-01-01", "2026-12-31"),
        (ORDINARY, "2027-01-01", S.EXPIRED, "2027-01-01", None),
        (SUSPENDED, "2025-02-28", S.VALID, "2024-01-01", "2026-12-31"),
        (SUSPENDED, "2025-03-01", S.SUSPENDED, "2025-03-01", "2025-05-31"),
        (SUSPENDED, "2025-05-31", S.SUSPENDED, "2025-03-01", "2025-05-31"),
        (SUSPENDED, "2025-06-01", S.VALID, "2025-06-01", "2026-12-31"),
        (CANCELLED, "2025-03-01", S.CANCELLED, "2025-03-01", None),
        (CANCELLED, "2030-01-01", S.CANCELLED, "2025-03-01", None),
        (BANNED, "2025-12-31", S.BANNED, "2025-03-01", "2025-12-31"),
        (BANNED, "2026-01-01", S.VALID, "2026-01-01", "2026-12-31"),
        (BANNED, "2027-01-01", S.EXPIRED, "2027-01-01", None),
        (SHORT, "2024-07-01", S.EXPIRED, "2024-07-01", None),
        (CORRECTED, "2025-04-01", S.SUSPENDED, "2025-03-01", "2025-04-30"),
        (CORRECTED, "2025-05-01", S.VALID, "2025-05-01", "2026-12-31"),
        (SAME_DAY, "2024-01-01", S.SUSPENDED, "2024-01-01", None),
    ],
)
def test_the_status_on_a_day(
    licence: Licence, on: str, state: S | None, since: str | None, until: str | None
) -> None:
    status = status_on([licence], day(on))
    assert (status.state, status.as_of) == (state, day(on))
    assert status.since == (day(since) if since else None)
    assert status.until == (day(until) if until else None)


def test_only_a_decision_has_a_reason() -> None:
    given, over = (status_on([SHORT], day(one)) for one in ("2024-02-01", "2024-08-01"))
    assert (given.state, over.state) == (S.VALID, S.EXPIRED)
    assert given.ground
    assert over.ground == ""


FIRST = make_licence(VALID, valid_until="2025-06-30", licence_no="old", licence_id=UUID(int=1))
SECOND = make_licence(
    make_decision(S.VALID, "2025-09-01"),
    valid_from="2025-09-01",
    licence_no="new",
    licence_id=UUID(int=2),
)


@pytest.mark.parametrize(
    ("on", "number", "state"),
    [
        ("2025-06-30", "old", S.VALID),
        ("2025-07-01", "old", S.EXPIRED),
        ("2025-08-31", "old", S.EXPIRED),
        ("2025-09-01", "new", S.VALID),
        ("2028-01-01", "new", S.EXPIRED),
    ],
)
def test_of_several_licences_the_one_of_the_day_speaks(on: str, number: str, state: S) -> None:
    for licences in ([FIRST, SECOND], [SECOND, FIRST]):
        status = status_on(licences, day(on))
        assert (status.licence_no, status.state) == (number, state)


def test_a_licence_without_a_decision_leaves_the_word_to_the_one_before() -> None:
    undecided = make_licence(valid_from="2025-07-01", licence_id=UUID(int=3))
    assert status_on([FIRST, undecided], day("2025-08-01")).state is S.EXPIRED
    assert status_on([undecided], day("2025-08-01")).state is None
    assert status_on([], day("2025-08-01")).state is None


OUT = (S.BANNED, S.DELISTED)


@pytest.mark.parametrize("state", OUT)
def test_who_is_banned_or_delisted_under_an_old_licence_is_so_under_a_newer_one(state: S) -> None:
    out = make_decision(state, "2025-08-01", "2025-12-31")
    old = make_licence(VALID, out, valid_until="2025-06-30", licence_no="old")
    assert status_on([old, SECOND], day("2025-12-31")).state is state
    assert status_on([old, SECOND], day("2025-12-31")).licence_no == "old"
    after = status_on([old, SECOND], day("2026-01-01"))
    assert (after.state, after.licence_no) == (S.VALID, "new")


def test_a_ban_recorded_before_its_licence_begins_holds_too() -> None:
    later = make_licence(
        make_decision(S.BANNED, "2025-01-01"), valid_from="2027-01-01", licence_id=UUID(int=9)
    )
    assert status_on([ORDINARY, later], day("2025-06-01")).state is S.BANNED


def test_what_was_decided_otherwise_about_an_old_licence_is_past() -> None:
    for state in (S.SUSPENDED, S.CANCELLED):
        old = make_licence(VALID, make_decision(state, "2025-03-01"), valid_until="2025-06-30")
        assert status_on([old, SECOND], day("2025-10-01")).state is S.VALID


def test_the_ground_of_the_decision_that_holds_is_given() -> None:
    assert status_on([CANCELLED], day("2025-04-01")).ground == "because cancelled"


DAYS = st.dates(date(2024, 1, 1), date(2027, 1, 1))


@st.composite
def decisions(draw):  # type: ignore[no-untyped-def]
    state = draw(st.sampled_from([s for s in S if s is not S.EXPIRED]))
    start = draw(DAYS)
    length = draw(st.none() | st.integers(0, 400))
    until = None if length is None else (start + timedelta(days=length)).isoformat()
    return make_decision(
        state,
        start.isoformat(),
        until,
        order=draw(st.integers(0, 9)),
        superseded=draw(st.booleans()),
    )


LICENCES = st.lists(decisions(), max_size=6).map(lambda made: make_licence(*made))


@st.composite
def several(draw):  # type: ignore[no-untyped-def]
    """Licences one after the other, each with its decisions."""
    starts = sorted(draw(st.lists(DAYS, min_size=1, max_size=4, unique=True)))
    return [
        make_licence(
            *draw(st.lists(decisions(), max_size=4)),
            valid_from=start.isoformat(),
            valid_until=(start + timedelta(days=draw(st.integers(0, 300)))).isoformat(),
            licence_id=UUID(int=place),
        )
        for place, start in enumerate(starts, 1)
    ]


@given(several(), DAYS)
def test_a_ban_or_delisting_in_force_under_any_licence_is_what_is_shown(licences, on) -> None:  # type: ignore[no-untyped-def]
    alone = {status_on([licence], on).state for licence in licences}
    shown = status_on(licences, on).state
    if S.BANNED in alone:
        assert shown is S.BANNED
    elif S.DELISTED in alone:
        assert shown is S.DELISTED
    else:
        assert shown not in OUT


@given(LICENCES, DAYS, st.randoms())
def test_the_order_in_which_decisions_are_listed_does_not_matter(licence, on, random) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(licence.decisions)
    random.shuffle(shuffled)
    assert status_on([make_licence(*shuffled)], on) == status_on([licence], on)


@given(LICENCES, DAYS, decisions())
def test_a_decision_changes_nothing_before_its_day(licence, on, later) -> None:  # type: ignore[no-untyped-def]
    longer = make_licence(*licence.decisions, later)
    if later.effective_on > on:
        assert status_on([longer], on) == status_on([licence], on)


@given(LICENCES, DAYS)
def test_what_is_superseded_might_as_well_not_be_there(licence, on) -> None:  # type: ignore[no-untyped-def]
    kept = make_licence(*(d for d in licence.decisions if not d.superseded))
    assert status_on([kept], on) == status_on([licence], on)


@given(LICENCES, DAYS)
def test_a_status_holds_on_its_day(licence, on) -> None:  # type: ignore[no-untyped-def]
    status = status_on([licence], on)
    if status.state is not None:
        assert status.since is not None
        assert status.since <= on
        assert status.until is None or status.until >= on


@pytest.mark.parametrize(
    ("licence", "decision", "fault"),
    [
        (make_licence(), new(S.APPLIED, "2023-12-01"), None),
        (make_licence(), new(S.VALID, "2024-01-01"), None),
        (make_licence(), new(S.VALID, "2023-12-31"), sentences.BEFORE_LICENCE),
        (make_licence(), new(S.SUSPENDED, "2024-02-01"), sentences.NOT_VALID),
        (make_licence(), new(S.CANCELLED, "2024-02-01"), None),
        (ORDINARY, new(S.EXPIRED, "2024-02-01"), sentences.NOT_DECIDED),
        (ORDINARY, new(S.SUSPENDED, "2024-02-01", "2024-03-01"), None),
        (ORDINARY, new(S.SUSPENDED, "2024-02-01", "2024-01-31"), sentences.ENDS_EARLY),
        (ORDINARY, new(S.CANCELLED, "2024-02-01", "2024-03-01"), sentences.NO_END),
        (ORDINARY, new(S.APPLIED, "2024-02-01"), sentences.APPLIED_LATE),
        (ORDINARY, new(S.VALID, "2027-01-01"), sentences.AFTER_LICENCE),
        (SHORT, new(S.VALID, "2024-08-01"), sentences.EXPIRED),
        (SHORT, new(S.SUSPENDED, "2024-08-01"), sentences.NOT_VALID),
        (SUSPENDED, new(S.VALID, "2025-04-01"), None),
        (SUSPENDED, new(S.SUSPENDED, "2025-05-01", "2025-09-30"), None),
        (CANCELLED, new(S.VALID, "2025-04-01"), sentences.CANCELLED),
        (CANCELLED, new(S.SUSPENDED, "2025-04-01"), sentences.CANCELLED),
        (CANCELLED, new(S.BANNED, "2025-04-01"), None),
        (BANNED, new(S.VALID, "2025-04-01"), sentences.BANNED),
        (BANNED, new(S.VALID, "2026-01-01"), None),
    ],
)
def test_which_decision_may_follow(licence: Licence, decision, fault: str | None) -> None:  # type: ignore[no-untyped-def]
    found = [message.key for message in decision_faults([licence], licence, decision)]
    assert (found == []) if fault is None else (fault in found)


def test_a_ban_on_one_licence_keeps_another_from_becoming_valid() -> None:
    other = make_licence(valid_from="2027-01-01", valid_until=None, licence_id=UUID(int=5))
    ban = make_licence(VALID, make_decision(S.BANNED, "2025-03-01"))
    faults = decision_faults([ban, other], other, new(S.VALID, "2027-01-01"))
    assert [message.key for message in faults] == [sentences.BANNED]
    assert decision_faults([BANNED, other], other, new(S.VALID, "2027-01-01")) == ()


def test_a_delisting_under_one_licence_keeps_another_from_becoming_valid() -> None:
    other = make_licence(valid_from="2027-01-01", valid_until=None, licence_id=UUID(int=5))
    out = make_licence(VALID, make_decision(S.DELISTED, "2025-03-01"))
    faults = decision_faults([out, other], other, new(S.VALID, "2027-01-01"))
    assert [message.key for message in faults] == [sentences.DELISTED]


def test_every_fault_is_named_at_once() -> None:
    found = decision_faults([CANCELLED], CANCELLED, new(S.VALID, "2028-01-01", "2027-01-01"))
    assert {message.key for message in found} == {
        sentences.ENDS_EARLY,
        sentences.AFTER_LICENCE,
        sentences.CANCELLED,
    }
