"""Who may read, change and decide: each address for each kind of person."""

from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser
from factories.agencies import full_record, store_agency, store_licence
from factories.licences import new
from recruitwatch.accounts.values import Role
from recruitwatch.agencies import queries as agencies
from recruitwatch.agencies.values import LicenceState

R = Role
READERS = set(Role) - {R.ADMINISTRATOR, R.AGENCY}
EDITORS = {R.INSPECTOR, R.REGULATOR}
DECIDERS = {R.REGULATOR}
ADDRESSES = {
    "/register": READERS,
    "/register/{agency}": READERS,
    "/register/new": EDITORS,
    "/register/{agency}/edit": EDITORS,
    "/register/{agency}/edit/sectors": EDITORS,
    "/register/{agency}/edit/officers": EDITORS,
    "/register/{agency}/edit/deployments": EDITORS,
    "/register/{agency}/licences/new": DECIDERS,
    "/register/licences/{licence}/decide": DECIDERS,
    "/register/decisions/{decision}/correct": DECIDERS,
}
POSTS = {
    "/register/new": EDITORS,
    "/register/{agency}/edit": EDITORS,
    "/register/{agency}/edit/sectors": EDITORS,
    "/register/{agency}/edit/names": EDITORS,
    "/register/{agency}/licences/new": DECIDERS,
    "/register/licences/{licence}/decide": DECIDERS,
    "/register/decisions/{decision}/correct": DECIDERS,
}


async def _ids(session: AsyncSession, actor_of) -> dict[str, UUID]:  # type: ignore[no-untyped-def]
    agency = await store_agency(session, full_record())
    licence = await store_licence(
        session, await actor_of(R.REGULATOR), agency, new(LicenceState.VALID, "2024-01-01")
    )
    (stored,) = await agencies.list_licences(session, agency)
    await session.commit()
    return {"agency": agency, "licence": licence, "decision": stored.decisions[0].id}


@pytest.mark.parametrize("role", list(Role))
async def test_who_may_open_which_page(
    session: AsyncSession, actor_of, sign_in, role: Role
) -> None:  # type: ignore[no-untyped-def]
    ids = await _ids(session, actor_of)
    person = await sign_in(role)
    for address, allowed in ADDRESSES.items():
        await person.get(address.format(**ids), status=200 if role in allowed else 403)


@pytest.mark.parametrize("role", list(Role))
async def test_who_may_send_which_form(
    session: AsyncSession, actor_of, sign_in, role: Role
) -> None:  # type: ignore[no-untyped-def]
    """An empty form is refused with what is missing only where the person may send it."""
    ids = await _ids(session, actor_of)
    person = await sign_in(role)
    for address, allowed in POSTS.items():
        page = await person.post(
            address.format(**ids), {"rows": "x"}, status=_expected(address, role in allowed)
        )
        assert (page.heading == "Not allowed") == (role not in allowed)


def _expected(address: str, allowed: bool) -> int:
    if not allowed:
        return 403
    return 409 if address.endswith("sectors") else 422


async def test_a_stranger_is_led_to_signing_in(
    session: AsyncSession,
    actor_of,
    browser: Browser,  # type: ignore[no-untyped-def]
) -> None:
    ids = await _ids(session, actor_of)
    for address in [*ADDRESSES, "/register/decisions/{decision}/document"]:
        page = await browser.get(address.format(**ids), status=303)
        assert page.response.headers["location"] == "/en/sign-in"
    for address in POSTS:
        page = await browser.post(address.format(**ids), {}, status=303)
        assert page.response.headers["location"] == "/en/sign-in"


@pytest.mark.parametrize(
    ("role", "seen", "unseen"),
    [
        (R.OVERSIGHT, [], ["Change", "Record a new licence", "Correct this decision"]),
        (R.INSPECTOR, ["Change the figures"], ["Record a new licence", "Correct this decision"]),
        (R.REGULATOR, ["Change the figures", "Record a new licence", "Correct this decision"], []),
    ],
)  # fmt: skip
async def test_a_person_sees_only_the_links_that_lead_somewhere(
    session: AsyncSession,
    actor_of,
    sign_in,
    role: Role,
    seen: list[str],
    unseen: list[str],  # type: ignore[no-untyped-def]
) -> None:
    ids = await _ids(session, actor_of)
    links = (await (await sign_in(role)).get(f"/register/{ids['agency']}")).links()
    assert [words for words in seen if words not in links] == []
    assert [words for words in links if words.startswith(tuple(unseen or ["\0"]))] == []
