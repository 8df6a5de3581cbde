"""That anybody spoke with an inspector shows on no public card before five did, list by list."""

from datetime import date

import pytest

from recruitwatch.audits.values import ApprovedAudit, DocumentAnswer
from recruitwatch.scorecards.rules.compute import compute
from recruitwatch.scorecards.rules.gather import gather_card
from recruitwatch.scorecards.rules.preparing import prepare
from recruitwatch.scorecards.rules.profile import DEFAULT_0_1
from recruitwatch.scorecards.rules.rounds import needs_card, period_of
from recruitwatch.scorecards.rules.sheets import sheets_of
from recruitwatch.scorecards.values.evidence import AgencyEvidence
from recruitwatch.scorecards.values.issued import CurrentCard
from recruitwatch.scorecards.values.public import PublicBasis, PublicCard
from recruitwatch.scorecards.values.rounds import Newest
from rules.scorecards.test_gather import AGENCY, AS_OF, LIBRARY, YES, answer, audit, evidence, talk

SHEETS = sheets_of(LIBRARY, DEFAULT_0_1)
ASKED = {
    "predeparture": ("PDI-CNS-01", "PDI-CON-01"),
    "returnee": ("RTI-CNS-01",),
}
OFFICE = audit(answer("SOP-LIC-02", YES), visited_on=date(2026, 3, 1))


def talks(checklist: str, number: int, day: date = date(2026, 5, 1)) -> ApprovedAudit:
    """A visit of talks alone, on which everybody answered the same questions."""
    said: tuple[DocumentAnswer, ...] = tuple(
        answer(one, YES, None, checklist) for one in ASKED[checklist]
    )
    return audit(
        lists=(checklist,), visited_on=day,
        interviews=tuple(
            talk(n, *said, held_on=day, checklist=checklist) for n in range(1, number + 1)
        ),
    )  # fmt: skip


def current(records: AgencyEvidence) -> CurrentCard:
    given = gather_card(records, SHEETS)
    return CurrentCard(
        agency_id=AGENCY, evidence=records, inputs=given.inputs, card=compute(given.inputs),
        pooled=given.pooled, talks=given.talks,
    )  # fmt: skip


def shown(*audits: ApprovedAudit, before: PublicBasis | None = None) -> PublicCard:
    card, _ = prepare(current(evidence(*audits)), SHEETS, [before] if before else ())
    return card


def basis(*audits: ApprovedAudit) -> PublicBasis:
    return prepare(current(evidence(*audits)), SHEETS, ())[1]


@pytest.mark.parametrize("spoke", [1, 4])
def test_that_fewer_than_five_spoke_changes_no_letter_of_the_card(spoke: int) -> None:
    assert shown(OFFICE, talks("predeparture", spoke), before=basis(OFFICE)) == shown(OFFICE)


def test_one_worker_of_another_list_does_not_show_beside_five() -> None:
    known = (OFFICE, talks("predeparture", 6))
    before = shown(*known)
    assert any(one.startswith("PDI-") for one in before.withheld_items)
    for more in (talks("returnee", 1), talks("returnee", 4)):
        assert shown(*known, more, before=basis(*known)) == before
    at_once = shown(*known, talks("returnee", 4))
    assert not any(one.startswith("RTI-") for one in at_once.withheld_items)


def test_a_talk_of_a_list_that_was_never_used_makes_no_new_card() -> None:
    before = current(evidence(OFFICE))
    public, rests_on = prepare(before, SHEETS, ())
    newest = Newest(
        agency_id=AGENCY, revision=1, as_of=AS_OF, inputs_sha256="", inputs=before.inputs,
        public=public, recalled=False,
    )  # fmt: skip
    now = current(evidence(OFFICE, talks("predeparture", 1)))
    again, _ = prepare(now, SHEETS, [rests_on])
    assert not needs_card(now.inputs, again, newest, period_of(AS_OF), SHEETS.interview_items)


def test_five_who_were_asked_show_with_what_was_answered_by_too_few() -> None:
    card = shown(OFFICE, talks("predeparture", 5))
    assert "PDI-CON-01" not in card.withheld_items
    assert "PDI-CON-02" in card.withheld_items
    assert card.interviews == 5
