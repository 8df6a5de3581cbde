"""Which step of a card may be taken when, and where it then stands."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitwatch.scorecards.rules.public import public_card
from recruitwatch.scorecards.rules.publishing import card_state, may_take, open_steps, publish_from
from recruitwatch.scorecards.values.public import PublicBasis
from recruitwatch.scorecards.values.publishing import (
    CardState,
    CardStep,
    CardStepKind,
    NewCardStep,
    PreparedCard,
)
from recruitwatch.settings import SettingsError, read_settings
from rules.scorecards.example import example

AGENCY = UUID(int=7)
CARD = public_card(AGENCY, example(), {}, PublicBasis())
ISSUED_ON = CARD.as_of
S, R, P, X = CardStepKind


def prepared(
    *taken: tuple[CardStepKind, int], newest: int | None = None, draft_days: int = 14
) -> PreparedCard:
    """A second revision with these steps, each so many days after it was issued."""
    at = datetime(2026, 6, 30, tzinfo=UTC)
    return PreparedCard(
        card_id=UUID(int=1),
        agency_id=AGENCY,
        revision=2,
        card=CARD,
        sha256="0" * 64,
        draft_days=draft_days,
        reason="News.",
        issued_at=at,
        steps=tuple(
            CardStep(kind=kind, on_date=after(days), text="", taken_by_name="A", taken_at=at)
            for kind, days in taken
        ),
        newest_published=newest,
    )


def after(days: int) -> date:
    return ISSUED_ON + timedelta(days=days)


def reasons(
    card: PreparedCard, kind: CardStepKind, today: int, *, on: int | None = None, text: str = "x"
) -> list[str]:
    new = NewCardStep(kind=kind, on_date=after(today if on is None else on), text=text)
    return [one.key for one in may_take(new, card, today=after(today))]


@pytest.mark.parametrize(
    ("taken", "newest", "state"),
    [
        ((), None, CardState.ISSUED),
        ((), 3, CardState.ISSUED),
        ((S,), None, CardState.SERVED),
        ((S, R, R), 1, CardState.SERVED),
        ((S, P), 2, CardState.VALID),
        ((S, P, R), 2, CardState.VALID),
        ((S, P), 3, CardState.REPLACED),
        ((S, P, X), 2, CardState.RECALLED),
        ((S, P, X), 3, CardState.RECALLED),
    ],
)
def test_where_a_card_stands(
    taken: tuple[CardStepKind, ...], newest: int | None, state: CardState
) -> None:
    assert card_state(taken, 2, newest) is state


@pytest.mark.parametrize(
    ("card", "today", "expected"),
    [
        (prepared(), 0, (S,)),
        (prepared((S, 0)), 13, (R,)),
        (prepared((S, 0)), 14, (R, P)),
        (prepared((S, 3)), 14, (R,)),
        (prepared((S, 0), draft_days=0), 0, (R, P)),
        (prepared((S, 0), (R, 2), (R, 3), newest=1), 20, (R, P)),
        (prepared((S, 0), newest=3), 20, (R,)),
        (prepared((S, 0), (P, 14), newest=2), 20, (R, X)),
        (prepared((S, 0), (P, 14), newest=3), 20, (R, X)),
        (prepared((S, 0), (P, 14), (X, 15), newest=2), 20, ()),
    ],
)
def test_what_may_be_done_next(
    card: PreparedCard, today: int, expected: tuple[CardStepKind, ...]
) -> None:
    assert open_steps(card, after(today)) == expected


@pytest.mark.parametrize(
    ("kind", "on", "said"),
    [
        (R, 21, "This day lies in the future."),
        (R, 4, "This day lies before the day on which the agency got the draft."),
        (R, -1, "This day lies before the day of the card."),
        (P, 19, "A card is published and recalled on the day it is recorded."),
        (R, 5, None),
        (P, 20, None),
    ],
)
def test_the_day_of_a_step(kind: CardStepKind, on: int, said: str | None) -> None:
    assert reasons(prepared((S, 5)), kind, 20, on=on) == ([said] if said else [])


@pytest.mark.parametrize(
    ("card", "kind", "said"),
    [
        (prepared(), S, "Write down how the agency got the draft."),
        (prepared((S, 0)), R, "Write down what the agency replied."),
        (prepared((S, 0)), P, None),
        (
            prepared((S, 0), (P, 14), newest=2),
            X,
            "Write down why the card is recalled. Everybody will read it.",
        ),
    ],
)
def test_which_steps_need_words(card: PreparedCard, kind: CardStepKind, said: str | None) -> None:
    assert reasons(card, kind, 20, text="") == ([said] if said else [])


@given(days=st.integers(0, 120), waited=st.integers(0, 200))
def test_nothing_is_published_before_the_days_of_the_draft_are_over(days: int, waited: int) -> None:
    card = prepared((S, 0), draft_days=days)
    first = publish_from(ISSUED_ON, days)
    assert (P in open_steps(card, after(waited))) == (after(waited) >= first)
    assert (first - ISSUED_ON).days == days


@given(st.lists(st.sampled_from(list(CardStepKind)), max_size=8), st.sampled_from([None, 1, 2, 3]))
def test_whatever_is_tried_the_steps_stand_in_their_order(
    tried: list[CardStepKind], newest: int | None
) -> None:
    taken: list[tuple[CardStepKind, int]] = []
    for day, kind in enumerate(tried):
        if not reasons(prepared(*taken, newest=newest, draft_days=2), kind, day):
            taken.append((kind, day))
    kinds = [kind for kind, _ in taken]
    assert all(kinds.count(kind) <= 1 for kind in (S, P, X))
    assert not kinds or kinds[0] is S
    assert X not in kinds or (P in kinds and kinds[-1] is X)
    assert P not in kinds or newest != 3
    days = dict(reversed(taken))
    assert P not in kinds or days[P] >= days[S] + 2


@pytest.mark.parametrize(("written", "days"), [(None, 14), ("", 14), ("0", 0), ("120", 120)])
def test_the_ministry_chooses_the_days_of_the_draft(written: str | None, days: int) -> None:
    environ = {} if written is None else {"RECRUITWATCH_DRAFT_DAYS": written}
    assert read_settings(environ).draft_days == days


@pytest.mark.parametrize("written", ["121", "-1", "two weeks", "1.5", "١٤"])
def test_other_days_of_the_draft_are_refused_by_name(written: str) -> None:
    with pytest.raises(SettingsError, match="RECRUITWATCH_DRAFT_DAYS"):
        read_settings({"RECRUITWATCH_DRAFT_DAYS": written})
