"""The card as a regulator reads it, from records to reasons."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from conftest import SignIn
from factories import agencies as agencies_factory
from factories.checklists import store_library
from recruitwatch.accounts.values import Role


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
