"""The public card of an issued one: what workers' talks and questions it must hold back is told apart
here, from the records the card rests on. Source: decision 0018."""

from __future__ import annotations

from recruitwatch.scorecards.rules.correcting import corrected_basis
from recruitwatch.scorecards.rules.profile import DEFAULT_0_1
from recruitwatch.scorecards.rules.public import public_basis, public_card
from recruitwatch.scorecards.rules.sheets import Sheets
from recruitwatch.scorecards.values import Profile
from recruitwatch.scorecards.values.issued import CurrentCard
from recruitwatch.scorecards.values.public import PublicBasis, PublicCard


def prepare(
    current: CurrentCard, sheets: Sheets, previous: PublicBasis, profile: Profile = DEFAULT_0_1
) -> tuple[PublicCard, PublicBasis]:
    """The public card of this card and what it rests on, given what the last one rested on."""
    items = sheets.interview_items
    previous = corrected_basis(previous, current.evidence.corrections)
    basis = public_basis(current.inputs, items, current.talks, previous, profile)
    shown = public_card(
        current.agency_id, current.inputs, items, basis, profile, known=current.card
    )
    return shown, basis
