"""The form that starts a round: a period of the list, and why agencies get another card."""

from collections.abc import Sequence

import msgspec

from recruitwatch.scorecards.values.rounds import Period
from recruitwatch.web.forms import NOT_A_CHOICE, Errors, FormReader

REASON_LONGEST = 500


class NewRound(msgspec.Struct, frozen=True, kw_only=True):
    period: Period
    reason: str


def parse_round(reader: FormReader, periods: Sequence[Period]) -> NewRound | Errors:
    wanted = reader.form.get("period", "")
    period = next((one for one in periods if one.name == wanted), None)
    if period is None:
        reader.refuse("period", NOT_A_CHOICE)
    reason = reader.text("reason", longest=REASON_LONGEST)
    if period is None or reader.errors:
        return reader.errors
    return NewRound(period=period, reason=reason)
