"""The public card of an issued one: what workers' talks and questions it must hold back is told apart
here, from the records the card rests on. Source: decision 0018."""

from __future__ import annotations

from collections.abc import Sequence

from recruitwatch.scorecards.rules.correcting import corrected_basis
from recruitwatch.scorecards.rules.profile import DEFAULT_0_1
from recruitwatch.scorecards.rules.public import public_basis, public_card
from recruitwatch.scorecards.rules.sheets import Sheets
from recruitwatch.scorecards.values import Profile
from recruitwatch.scorecards.values.issued import CurrentCard
from recruitwatch.scorecards.values.public import PublicBasis, PublicCard


def prepare(
    current: CurrentCard,
    sheets: Sheets,
    previous: Sequence[PublicBasis],
    profile: Profile = DEFAULT_0_1,
) -> tuple[PublicCard, PublicBasis]:
    """The public card of this card and what it rests on, given what those before it rest on, newest
    first."""
    items = sheets.interview_items
    right = [corrected_basis(one, current.evidence.corrections) for one in previous]
    basis = public_basis(current.inputs, items, current.talks, right, profile)
    shown = public_card(
        current.agency_id, current.inputs, items, basis, profile, known=current.card
    )
    return shown, basis
