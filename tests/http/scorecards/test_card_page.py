"""The card as a regulator reads it, from records to reasons."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from clients import text_of
from conftest import NOW, SignIn
from factories import agencies as agencies_factory
from factories.accounts import store_person
from factories.checklists import store_library
from factories.published_cards import store_published
from recruitwatch.accounts.values import Role
from recruitwatch.scorecards.values import (
    CardInputs,
    CaseSeverity,
    ComplaintInput,
    LicenceState,
    Outcome,
)


async def test_an_agency_never_inspected_has_no_grade_and_says_so(
    sign_in: SignIn, session: AsyncSession
) -> None:
    await store_library(session)
    agency_id = await agencies_factory.store_agency(session)
    visitor = await sign_in(Role.REGULATOR)
    page = await visitor.get(f"/agencies/{agency_id}/card")
    assert "Not enough evidence" in page.text
    assert "No full inspection" in page.text
    assert "no points are missing" in page.text


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.REGULATOR, 200), (Role.REVIEWER, 200), (Role.INSPECTOR, 200), (Role.OVERSIGHT, 200),
     (Role.ADMINISTRATOR, 403), (Role.COMPLAINTS_OFFICER, 403), (Role.HOTLINE_OPERATOR, 403)],
)  # fmt: skip
async def test_who_may_read_a_card(
    sign_in: SignIn, session: AsyncSession, role: Role, status: int
) -> None:
    await store_library(session)
    agency_id = await agencies_factory.store_agency(session)
    visitor = await sign_in(role)
    await visitor.get(f"/agencies/{agency_id}/card", status=status)


async def test_a_stranger_is_led_to_signing_in(browser, session: AsyncSession) -> None:  # type: ignore[no-untyped-def]
    agency_id = await agencies_factory.store_agency(session)
    await session.commit()
    await browser.get(f"/agencies/{agency_id}/card", status=303)


async def facts_of(sign_in: SignIn, session: AsyncSession, inputs: CardInputs) -> dict[str, str]:
    """What stands beside the grade of an issued card of these inputs."""
    agency_id = await agencies_factory.store_agency(session)
    regulator = await store_person(session, Role.REGULATOR)
    await store_published(session, regulator, agency_id, inputs, served=False)
    page = await (await sign_in(Role.REGULATOR)).get(f"/agencies/{agency_id}/card/1")
    return {text_of(dt): text_of(dd) for dt, dd in zip(page.all("dt"), page.all("dd"), strict=True)}


@pytest.mark.parametrize(
    ("months", "words"),
    [(None, "No full inspection yet"), (0, "Less than a month ago"), (1, "1 month ago"),
     (37, "37 months ago")],
)  # fmt: skip
async def test_how_long_ago_the_last_full_inspection_was(
    sign_in: SignIn, session: AsyncSession, months: int | None, words: str
) -> None:
    inputs = CardInputs(as_of=NOW.date(), months_since_inspection=months)
    assert (await facts_of(sign_in, session, inputs))["Last full inspection"] == words


async def test_complaints_stand_beside_the_grade_with_how_many_were_sent(
    sign_in: SignIn, session: AsyncSession
) -> None:
    """The agency of the worked example: y = 8.5 and E = 0.6; K5, major, would add 4 points."""
    decided = (("K1", "major", "upheld", 4, 1), ("K2", "minor", "upheld", 15, 1),
               ("K3", "major", "settled", 2, 2), ("K4", "major", "not_upheld", 3, 1),
               ("K5", "major", "pending", None, 1))  # fmt: skip
    inputs = CardInputs(
        as_of=NOW.date(),
        licence_state=LicenceState.EXPIRED,
        complaints=tuple(
            ComplaintInput(
                id=name,
                severity=CaseSeverity(severity),
                outcome=Outcome(outcome),
                age_months=age,
                workers=workers,
            )
            for name, severity, outcome, age, workers in decided
        ),
        deployed=(400, 300, 200),
    )
    facts = await facts_of(sign_in, session, inputs)
    if_upheld = 100 * 2 ** -((8.5 + 4 + 3) / (0.6 + 0.5) / 6 / 2)
    assert facts["Complaints decided in three years, per 1,000 workers sent"] == (
        "4.4 (complaints: 4, workers sent in three years: 900)"
    )
    assert facts["Points of these complaints, per 1,000 workers sent"] == (
        "14.2 (points: 8.50, workers sent, later years counting more: 600)"
    )
    assert facts["Complaints pending"] == (
        f"1. If all were upheld, the part for complaints would be {if_upheld:.1f}."
    )
    assert facts["Limits on the grade"] == "G1 (E), G8 (C), G9 (U)"
    assert facts["Licence"] == "Expired"
