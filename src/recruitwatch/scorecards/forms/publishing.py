"""The forms of a card's steps. What is wrong stands at the field of the step it belongs to."""

from datetime import date

from recruitwatch.scorecards.rules.publishing import DAY_FAULTS, may_take
from recruitwatch.scorecards.values.publishing import CardStepKind, NewCardStep, PreparedCard
from recruitwatch.web.forms import Errors, FormReader

LONGEST = 4_000


def parse_reason(reader: FormReader) -> str | Errors:
    """Why a revision is issued; whether one is needed is a matter of the action."""
    reason = reader.text("reason", longest=LONGEST)
    return reader.errors or reason


def parse_card_step(
    reader: FormReader, prepared: PreparedCard, today: date
) -> NewCardStep | Errors:
    """The step that was sent. Publishing and recalling are of today and ask for no day."""
    kind = reader.choice("kind", CardStepKind)
    if kind is None:
        return reader.errors
    on_date: date | None = today
    if kind in (CardStepKind.SERVED, CardStepKind.REPLIED):
        on_date = reader.day(f"{kind.value}_on", required=True)
    text = "" if kind is CardStepKind.PUBLISHED else _text(reader, kind)
    if on_date is None or reader.errors:
        return reader.errors
    new = NewCardStep(kind=kind, on_date=on_date, text=text)
    for reason in may_take(new, prepared, today=today):
        field = f"{kind.value}_on" if reason.key in DAY_FAULTS else f"{kind.value}_text"
        asked = reason.key in DAY_FAULTS or not text
        reader.errors.setdefault(field if asked else "", reason)
    return reader.errors or new


def _text(reader: FormReader, kind: CardStepKind) -> str:
    return reader.text(f"{kind.value}_text", longest=LONGEST)
