"""The public card of an issued one: what workers' talks and questions it must hold back is told apart
here, from the records the card rests on. Source: decision 0018."""

from __future__ import annotations

from collections.abc import Iterator

from recruitwatch.scorecards.rules.gather import seen_audits
from recruitwatch.scorecards.rules.inputs import is_within
from recruitwatch.scorecards.rules.interviews import is_held
from recruitwatch.scorecards.rules.profile import DEFAULT_0_1
from recruitwatch.scorecards.rules.public import public_basis, public_card
from recruitwatch.scorecards.rules.sheets import sheets_of
from recruitwatch.scorecards.values import Profile
from recruitwatch.scorecards.values.evidence import AgencyEvidence, Library
from recruitwatch.scorecards.values.issued import CurrentCard
from recruitwatch.scorecards.values.public import PublicBasis, PublicCard


def prepare(
    current: CurrentCard, library: Library, previous: PublicBasis, profile: Profile = DEFAULT_0_1
) -> tuple[PublicCard, PublicBasis]:
    """The public card of this card and what it rests on, given what the last one rested on."""
    items = interview_items(library, profile)
    talks = frozenset(talk_names(current.evidence, profile))
    basis = public_basis(current.inputs, items, talks, previous, profile)
    return public_card(current.agency_id, current.inputs, items, basis, profile), basis


def interview_items(library: Library, profile: Profile = DEFAULT_0_1) -> frozenset[str]:
    """Every question that is put to workers one by one. Those that nobody answered are among them:
    that a question was put at all, or to whom it applies, tells of few people as well."""
    return frozenset(
        question.item.id
        for sheet in sheets_of(library, profile).values()
        if sheet.interview
        for question in sheet.questions
    )


def talk_names(evidence: AgencyEvidence, profile: Profile = DEFAULT_0_1) -> Iterator[str]:
    """A name for each talk of the window. A worker who refused said nothing and hides nobody."""
    for audit in seen_audits(evidence):
        for talk in audit.document.interviews:
            if is_held(talk) and is_within(
                talk.held_on, evidence.as_of, profile.records.window_months
            ):
                yield f"{audit.submission_id}/{talk.checklist_id}/{talk.interview_no}"
