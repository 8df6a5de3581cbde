"""A regulator records a licence, decides about it, corrects a decision and keeps its document."""

from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from factories.agencies import make_record, store_agency, store_licence
from factories.licences import day, new
from recruitwatch.accounts.values import Role
from recruitwatch.agencies.queries import get_status, list_licences
from recruitwatch.agencies.values import LicenceState

S = LicenceState
PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 100


def _day(name: str, iso: str) -> dict[str, str]:
    year, month, number = iso.split("-")
    return {f"{name}-year": year, f"{name}-month": month, f"{name}-day": number}


VALID = {"state": "valid", "ground": "Act 48, section 9", **_day("effective_on", "2026-01-01")}


async def test_a_licence_is_recorded_and_becomes_valid(session: AsyncSession, sign_in) -> None:  # type: ignore[no-untyped-def]
    agency_id = await store_agency(session, make_record(licence_no="RL-9"))
    regulator = await sign_in(Role.REGULATOR)
    address = f"/register/{agency_id}/licences/new"
    form = (await regulator.get(address)).form("new")
    assert form["licence_no"] == "RL-9"
    typed = {**form, **_day("valid_from", "2026-01-01"), **_day("valid_until", "2026-12-31")}
    next_page = await regulator.post(address, typed)
    decide = next_page.response.headers["location"]
    page = await regulator.follow(next_page)
    assert page.heading == "Decide about a licence"
    done = await regulator.follow(await regulator.post(decide.removeprefix("/en"), VALID))
    assert "Act 48, section 9" in done.text
    status = await get_status(session, agency_id, day("2026-06-30"))
    assert (status.state, status.licence_no) == (S.VALID, "RL-9")
    public = await regulator.get(f"/agencies/{agency_id}")
    assert "The agency has a valid licence." in public.text


async def _decided(session: AsyncSession, regulator) -> tuple[UUID, UUID, UUID]:  # type: ignore[no-untyped-def]
    """Agency, licence and its one decision."""
    agency_id = await store_agency(session)
    licence_id = await store_licence(
        session, regulator.actor, agency_id, new(S.VALID, "2024-01-01")
    )
    await session.commit()
    (licence,) = await list_licences(session, agency_id)
    return agency_id, licence_id, licence.decisions[0].id


async def test_a_licence_in_the_same_period_is_refused(session: AsyncSession, sign_in) -> None:  # type: ignore[no-untyped-def]
    regulator = await sign_in(Role.REGULATOR)
    agency_id, _, _ = await _decided(session, regulator)
    typed = {"licence_no": "RL-2", **_day("valid_from", "2026-12-31")}
    page = await regulator.post(f"/register/{agency_id}/licences/new", typed, status=409)
    assert "already has a licence in this period" in page.text
    assert len(await list_licences(session, agency_id)) == 1


async def test_every_mistake_of_a_licence_is_shown_at_once(session: AsyncSession, sign_in) -> None:  # type: ignore[no-untyped-def]
    regulator = await sign_in(Role.REGULATOR)
    agency_id = await store_agency(session)
    await session.commit()
    address = f"/register/{agency_id}/licences/new"
    typed = {"licence_no": "--", **_day("valid_from", "2026-02-30")}
    page = await regulator.post(address, typed, status=422)
    assert set(page.errors()) == {"licence_no", "valid_from"}
    assert page.form("new")["valid_from-day"] == "30"
    backwards = {**_day("valid_from", "2026-02-02"), **_day("valid_until", "2026-02-01")}
    page = await regulator.post(address, backwards, status=422)
    assert set(page.errors()) == {"valid_until"}


async def test_every_mistake_of_a_decision_is_shown_at_once(session: AsyncSession, sign_in) -> None:  # type: ignore[no-untyped-def]
    regulator = await sign_in(Role.REGULATOR)
    _, licence_id, _ = await _decided(session, regulator)
    files = {"document": ("page.html", b"<script>", "application/pdf")}
    page = await regulator.post(
        f"/register/licences/{licence_id}/decide", {"state": "expired"}, files=files, status=422
    )
    assert set(page.errors()) == {"state", "effective_on", "ground", "document"}


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"state": "valid", **_day("effective_on", "2027-02-01")}, "effective_on", "licence ends before"),
        ({"state": "applied", **_day("effective_on", "2025-02-01")}, "state", "decided already"),
        (
            {"state": "cancelled", **_day("effective_on", "2025-02-01"), **_day("until_on", "2025-03-01")},
            "until_on",
            "no end",
        ),
    ],
)  # fmt: skip
async def test_a_decision_that_cannot_follow_is_refused_beside_its_field(
    session: AsyncSession,
    sign_in,
    typed: dict[str, str],
    field: str,
    words: str,  # type: ignore[no-untyped-def]
) -> None:
    regulator = await sign_in(Role.REGULATOR)
    agency_id, licence_id, _ = await _decided(session, regulator)
    page = await regulator.post(
        f"/register/licences/{licence_id}/decide", {**typed, "ground": "Act 1"}, status=422
    )
    assert words in page.errors()[field]
    assert page.form("decide")["ground"] == "Act 1"
    (licence,) = await list_licences(session, agency_id)
    assert len(licence.decisions) == 1


async def test_a_decision_is_corrected_and_both_stay_on_record(
    session: AsyncSession, sign_in
) -> None:  # type: ignore[no-untyped-def]
    regulator = await sign_in(Role.REGULATOR)
    agency_id, _, decision_id = await _decided(session, regulator)
    address = f"/register/decisions/{decision_id}/correct"
    form = (await regulator.get(address)).form("correct")
    assert (form["state"], form["effective_on-year"]) == ("valid", "2024")
    await regulator.post(address, {**form, **_day("effective_on", "2024-02-01")})
    page = await regulator.get(f"/register/{agency_id}")
    assert "Corrected" in page.text
    assert (await get_status(session, agency_id, day("2024-01-15"))).state is None
    again = await regulator.post(address, form, status=409)
    assert "corrected already" in again.text


async def test_a_correction_must_make_sense_too(session: AsyncSession, sign_in) -> None:  # type: ignore[no-untyped-def]
    regulator = await sign_in(Role.REGULATOR)
    _, _, decision_id = await _decided(session, regulator)
    address = f"/register/decisions/{decision_id}/correct"
    typed = {"state": "suspended", "ground": "Act 1", **_day("effective_on", "2024-02-01")}
    page = await regulator.post(address, typed, status=422)
    assert "Only a valid licence can be suspended" in page.errors()["state"]


async def test_a_document_is_given_back_as_a_download(session: AsyncSession, sign_in) -> None:  # type: ignore[no-untyped-def]
    regulator, oversight = await sign_in(Role.REGULATOR), await sign_in(Role.OVERSIGHT)
    agency_id, licence_id, decision_id = await _decided(session, regulator)
    typed = {"state": "suspended", "ground": "Act 1", **_day("effective_on", "2025-02-01")}
    files = {"document": ("../আদেশ.png", PNG, "text/html")}
    await regulator.post(f"/register/licences/{licence_id}/decide", typed, files=files)
    page = await oversight.get(f"/register/{agency_id}")
    address = next(url for words, url in page.links().items() if words.startswith("Download"))
    answer = await oversight.client.get(address)
    assert answer.content == PNG
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''..%E0")
    await oversight.get(f"/register/decisions/{decision_id}/document", status=404)


async def test_a_document_that_is_too_large_is_refused(session: AsyncSession, sign_in) -> None:  # type: ignore[no-untyped-def]
    regulator = await sign_in(Role.REGULATOR)
    _, licence_id, _ = await _decided(session, regulator)
    files = {"document": ("a.png", PNG + b"x" * 5 * 1024 * 1024, "image/png")}
    typed = {"state": "suspended", "ground": "Act 1", **_day("effective_on", "2025-02-01")}
    page = await regulator.post(
        f"/register/licences/{licence_id}/decide", typed, files=files, status=422
    )
    assert "larger than 5 megabytes" in page.errors()["document"]


async def test_the_same_licence_unknown(sign_in) -> None:  # type: ignore[no-untyped-def]
    regulator = await sign_in(Role.REGULATOR)
    unknown = UUID(int=7)
    for address in (
        f"/register/{unknown}",
        f"/register/licences/{unknown}/decide",
        f"/register/decisions/{unknown}/correct",
        f"/register/decisions/{unknown}/document",
    ):
        await regulator.get(address, status=404)
