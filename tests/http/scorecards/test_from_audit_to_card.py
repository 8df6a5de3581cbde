"""The main line whole: an agency audited with both lists and eight interviews, reviewed, one critical
finding served and confirmed, and the card that the method predicts, to the decimal.

What is expected is worked out here from the published files and the method's text, by another way
than the product's: plain sums over the lists.
"""

from collections import defaultdict
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clients import XHTML, Browser, Page, text_of
from conftest import SignIn
from factories import agencies as agencies_factory
from factories import audits as audits_factory
from factories.accounts import store_person
from factories.audited import FAILED, PARTLY, SHORT, WEAK, approved, audited, items_of
from recruitwatch.accounts.values import Role
from recruitwatch.agencies.values import Deployment, Sex
from recruitwatch.audits.actions.reviewing import approve_audit
from recruitwatch.findings.actions import decide_finding, record_reply, serve_evidence
from recruitwatch.findings.tables import findings
from recruitwatch.findings.values import NewDecision, NewStep, StepKind
from recruitwatch.scorecards.actions import compute_cards, issue_scorecard
from recruitwatch.scorecards.queries import find_last_bases, get_prepared

ROOT = Path(__file__).parent.parent.parent.parent
NOW = audits_factory.NOW
WEIGHTS = {"critical": 8, "major": 4, "minor": 1, "info": 0}
PRINCIPLES = {"P01": 8, "P02": 16, "P03": 8, "P04": 14, "P05": 10, "P06": 12, "P07": 8, "P08": 8, "P09": 6, "P10": 5, "P11": 3, "P12": 2}  # fmt: skip


def expected_audit_score() -> float:
    """A of the method's part 4.2, from the files."""
    earned: dict[str, float] = defaultdict(float)
    weight: dict[str, float] = defaultdict(float)
    for name in ("sop", "covenant", "predeparture"):
        for item in items_of(name):
            rule, principle = item["answer"].get("compliant"), item["principle"]
            by_fact = audits_factory.FACTS.get(item["applies_if"], True)
            unset = rule and isinstance(rule["value"], dict) and rule["value"].get("param") in (
                "required_bond", "required_training_hours", "required_training_days")  # fmt: skip
            if principle == "NA" or not rule or not by_fact or unset:
                continue
            w = WEIGHTS[item["severity"]]
            credit = {FAILED: 0.0, PARTLY: 0.5, SHORT: 0.7}.get(item["id"], 1.0)
            if item["id"] == "PDI-TRN-03":
                credit = 6 / 8
            quality = 0.8 if item["id"] == WEAK else 1.0
            earned[principle] += w * credit * quality
            weight[principle] += w
    used = [p for p in weight if weight[p]]
    total = sum(PRINCIPLES[p] for p in used)
    return sum(PRINCIPLES[p] * 100 * earned[p] / weight[p] for p in used) / total


async def test_the_card_is_what_the_method_predicts(sign_in: SignIn, session: AsyncSession) -> None:
    sent = tuple(
        Deployment(year=year, sex=Sex.WOMEN, destination="SA", workers=workers)
        for year, workers in ((2025, 400), (2024, 300), (2023, 200))
    )
    agency_id = await agencies_factory.store_agency(session, deployments=sent)
    inspector = await store_person(session, Role.INSPECTOR)
    reviewer = await store_person(session, Role.REVIEWER)
    submission_id = await audited(session, agency_id, inspector)
    await approve_audit(session, reviewer, NOW, submission_id=submission_id)

    [before], _ = await compute_cards(session, [agency_id], NOW)
    a = expected_audit_score()
    c = 100 * 2 ** -((0.5 * 6.0 / (0.6 + 0.5)) / 6.0 / 2)
    s = 0.6 * a + 0.25 * c + 0.15 * 70
    assert before.card.audit.mid == pytest.approx(a, abs=1e-9)
    assert before.card.complaints.mid == pytest.approx(85.4248, abs=1e-4)
    assert before.card.score == pytest.approx(s, abs=1e-9)
    assert before.card.ledger_total == pytest.approx(100 - s, abs=1e-9)
    assert before.card.caps == ()
    assert before.card.grade.value == "A", "85 points or more"
    assert "under_urgent_review" in [note.code.value for note in before.card.notes]

    finding_id = await session.scalar(select(findings.c.id).where(findings.c.item_id == FAILED))
    assert finding_id is not None
    decider = await store_person(session, Role.REGULATOR)
    given = NewStep(on_date=NOW.date(), text="By hand")
    await serve_evidence(session, reviewer, NOW, finding_id=finding_id, step=given)
    await record_reply(session, reviewer, NOW, finding_id=finding_id, step=given)
    await decide_finding(
        session, decider, NOW, finding_id=finding_id,
        decision=NewDecision(kind=StepKind.CONFIRMED, text="The receipts bear it out."),
    )  # fmt: skip

    [after], _ = await compute_cards(session, [agency_id], NOW)
    assert after.card.score == pytest.approx(s, abs=1e-9), "a cap takes no points"
    assert [(cap.gate.value, cap.cap.value) for cap in after.card.caps] == [("G3", "D")]
    assert after.card.grade.value == "D"

    visitor = await sign_in(Role.REGULATOR)
    page = await visitor.get(f"/agencies/{agency_id}/card")
    assert "A critical failure is confirmed and not yet put right." in page.text
    assert f"{s:.1f}" in page.text
    link = next(href for words, href in page.links().items() if words == FAILED)
    assert link == f"/en/reviews/{submission_id}#{FAILED}"
    review = await visitor.get(link.removeprefix("/en"))
    assert any(e.get("id") == FAILED for e in review.tree.iter())


async def lead_somewhere(visitor: Browser, page: Page) -> set[str]:
    """Follows a link of every ledger line; gives the kinds of places they lead to."""
    lines = [row for row in page.all("tr") if (row.get("id") or "").startswith("line-")]
    assert lines
    kinds = set()
    for row in lines:
        [link] = [a.get("href") for a in row.iter(f"{XHTML}a")]
        address, _, anchor = link.partition("#")
        shown = await visitor.get(address.removeprefix("/en")) if address else page
        assert any(e.get("id") == anchor for e in shown.tree.iter()), link
        kinds.add(next((one for one in ("interviews", "reviews") if one in address), "facts"))
    return kinds


async def test_every_line_of_the_ledger_leads_to_what_it_rests_on(
    sign_in: SignIn, session: AsyncSession
) -> None:
    agency_id, submission_id = await approved(session)
    visitor = await sign_in(Role.REGULATOR)
    page = await visitor.get(f"/agencies/{agency_id}/card")
    assert await lead_somewhere(visitor, page) == {"facts", "interviews", "reviews"}
    talks = await visitor.get(f"/agencies/{agency_id}/card/interviews")
    assert "PDI-FEE-03" not in talks.text, "recorded only: never judged"
    row = next(row for row in talks.all("li") if row.get("id") == "PDI-TRN-03")
    said = [text_of(line) for line in row.iter(f"{XHTML}p")]
    assert said[1:4] == ["In order, of all answers: 6 of 8", "Asked: 8", "Evidence: E3"]
    assert [a.get("href") for a in row.iter(f"{XHTML}a")] == [f"/en/reviews/{submission_id}"]


async def test_figures_stand_beside_the_grade(sign_in: SignIn, session: AsyncSession) -> None:
    agency_id, _ = await approved(session)
    visitor = await sign_in(Role.REGULATOR)
    page = await visitor.get(f"/agencies/{agency_id}/card")
    facts = {
        text_of(dt): text_of(dd) for dt, dd in zip(page.all("dt"), page.all("dd"), strict=True)
    }
    assert facts["Files checked at the last full inspection"] == "10"
    assert facts["Last full inspection"] == "Less than a month ago"
    assert facts["Workers interviewed in 24 months"] == "8"
    assert facts["Licence"] == "No decision recorded"
    assert facts["Limits on the grade"] == "None"
    per_thousand = facts["Complaints decided in three years, per 1,000 workers sent"]
    assert per_thousand == "0.0 (complaints: 0, workers sent in three years: 400)"
    assert facts["Complaints pending"] == "None"


async def test_an_issued_card_shows_what_it_showed_when_it_was_issued(
    sign_in: SignIn, session: AsyncSession
) -> None:
    agency_id, _ = await approved(session)
    visitor = await sign_in(Role.REGULATOR)
    today = await visitor.get(f"/agencies/{agency_id}/card")
    issued = await visitor.follow(await visitor.post(f"/agencies/{agency_id}/card/issue"))
    assert await lead_somewhere(visitor, issued) == {"facts", "interviews", "reviews"}
    await approved_again(session, agency_id)
    later = await visitor.get(f"/agencies/{agency_id}/card/1")
    rows = [[text_of(row) for row in page.all("tr")] for page in (today, issued, later)]
    assert rows[0] == rows[1] == rows[2]
    talks = await visitor.get(f"/agencies/{agency_id}/card/1/interviews")
    row = next(row for row in talks.all("li") if row.get("id") == "PDI-TRN-03")
    said = [text_of(line) for line in row.iter(f"{XHTML}p")]
    assert said[1] == "In order, of all answers: 6 of 8", "not the 16 of today"


async def approved_again(session: AsyncSession, agency_id: UUID) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    reviewer = await store_person(session, Role.REVIEWER)
    submission_id = await audited(session, agency_id, inspector)
    await approve_audit(session, reviewer, NOW, submission_id=submission_id)


async def test_the_public_card_counts_the_talks_that_many_had(
    session: AsyncSession,
) -> None:
    agency_id, submission_id = await approved(session)
    issuer = await store_person(session, Role.REGULATOR)
    await issue_scorecard(session, issuer, NOW, agency_id=agency_id)
    basis = (await find_last_bases(session, [agency_id]))[agency_id][0].interviews
    assert basis.talks == tuple(f"{submission_id}/predeparture/{one}" for one in range(1, 9))
    assert (basis.count, basis.of) == (8, NOW.date())
    [whole], _ = await compute_cards(session, [agency_id], NOW)
    card = (await get_prepared(session, agency_id, 1)).card
    assert card.interviews == 8
    assert card.score == pytest.approx(whole.card.score, abs=1e-9), "all were asked by many"
    assert "PDI-TRN-03" not in card.withheld_items
