"""Staff keep the register: entering an agency and changing it part by part."""

from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from factories.agencies import REGISTER, full_record, make_record, store_agency, store_register
from recruitwatch.accounts.values import Role
from recruitwatch.agencies.queries import get_agency
from recruitwatch.agencies.values import (
    Address,
    Contact,
    ContactKind,
    Deployment,
    NameKind,
    OtherName,
    Sex,
)
from recruitwatch.history.queries import list_entries

NEW = {"register_id": REGISTER.id, "legal_name": "Meghna Overseas", "licence_no": "RL-77"}


def _id(address: str) -> UUID:
    return UUID(address.rpartition("/")[2])


async def test_an_agency_is_registered(session: AsyncSession, sign_in) -> None:  # type: ignore[no-untyped-def]
    await store_register(session)
    inspector = await sign_in(Role.INSPECTOR)
    typed = {**NEW, "address": "1 Mill Lane", "city": "Sylhet", "phone": "০১৭১ 222"}
    page = await inspector.follow(await inspector.post("/register/new", typed))
    assert page.heading == "Meghna Overseas"
    record = (await get_agency(session, _id(str(page.response.url)))).record
    assert record == make_record(
        legal_name="Meghna Overseas",
        licence_no="RL-77",
        addresses=(Address(address="1 Mill Lane", city="Sylhet"),),
        contacts=(Contact(kind=ContactKind.PHONE, value="০১৭১ 222"),),
    )
    public = await inspector.get("/agencies?q=meghna")
    assert "Meghna Overseas" in public.text


async def test_every_mistake_is_shown_at_once_and_nothing_typed_is_lost(
    session: AsyncSession, sign_in
) -> None:  # type: ignore[no-untyped-def]
    await store_register(session)
    inspector = await sign_in(Role.INSPECTOR)
    typed = {"register_id": "none", "legal_name": "...", "licence_no": "--", "city": "x" * 101}
    page = await inspector.post("/register/new", typed, status=422)
    assert set(page.errors()) == {"register_id", "legal_name", "licence_no", "city"}
    assert page.form("/register/new")["city"] == "x" * 101


@pytest.mark.parametrize(
    "typed",
    [
        {"legal_name": "PADMA overseas, LTD", "licence_no": ""},
        {"legal_name": "Other", "licence_no": "rl 0042"},
        {"legal_name": "Other", "licence_no": "", "phone": "880-29550101"},
    ],
)
async def test_an_agency_that_may_be_there_already_is_shown_first(
    session: AsyncSession,
    sign_in,
    typed: dict[str, str],  # type: ignore[no-untyped-def]
) -> None:
    existing = await store_agency(session, full_record())
    inspector = await sign_in(Role.INSPECTOR)
    page = await inspector.post("/register/new", {**NEW, **typed}, status=422)
    assert "Is it one of these?" in page.text
    assert page.links()["Padma Overseas Ltd"] == f"/en/register/{existing}"
    form = page.form("/register/new")
    assert form["is_new"] == "yes"
    if typed["licence_no"]:
        refused = await inspector.post("/register/new", form, status=409)
        assert "already has an agency with this licence number" in refused.text
    else:
        await inspector.post("/register/new", form)


async def test_the_list_can_be_searched_and_narrowed(
    session: AsyncSession, sign_in, queries
) -> None:  # type: ignore[no-untyped-def]
    await store_agency(session, full_record())
    await store_agency(session, make_record(legal_name="Meghna"))
    oversight = await sign_in(Role.OVERSIGHT)
    with queries(at_most=5):
        everything = await oversight.get("/register")
    assert {"Padma Overseas Ltd", "Meghna"} <= set(everything.links())
    found = await oversight.get("/register?q=megh&register=testland")
    assert "Meghna" in found.links()
    assert "Padma Overseas Ltd" not in found.links()
    assert "No agency fits" in (await oversight.get("/register?q=megh&register=other")).text


async def test_the_entry_shows_everything_to_staff(session: AsyncSession, sign_in, queries) -> None:  # type: ignore[no-untyped-def]
    agency_id = await store_agency(session, full_record())
    oversight = await sign_in(Role.OVERSIGHT)
    with queries(at_most=5):
        page = await oversight.get(f"/register/{agency_id}")
    for shown in (
        "Secret Owner",
        "Owner, since 1 January 2020",
        "Moved in 2024.",
        "No licence is recorded.",
    ):
        assert shown in page.text


async def test_name_number_and_note_are_changed(session: AsyncSession, sign_in) -> None:  # type: ignore[no-untyped-def]
    agency_id = await store_agency(session, full_record())
    inspector = await sign_in(Role.INSPECTOR)
    form = (await inspector.get(f"/register/{agency_id}/edit")).form("/edit")
    assert form["legal_name"] == "Padma Overseas Ltd"
    await inspector.post(
        f"/register/{agency_id}/edit", {**form, "legal_name": "Padma  Two", "note": ""}
    )
    stored = await get_agency(session, agency_id)
    assert stored.record == full_record(legal_name="Padma Two", note="")
    (entry,) = await list_entries(session, subject=("agency", agency_id), limit=5)
    assert entry.actor_id == inspector.actor.id
    changes = entry.details["changes"]
    assert changes["legal_name"] == {"old": "Padma Overseas Ltd", "new": "Padma Two"}  # type: ignore[index]


async def test_two_people_changing_the_same_agency_do_not_overwrite_each_other(
    session: AsyncSession, sign_in
) -> None:  # type: ignore[no-untyped-def]
    agency_id = await store_agency(session, full_record())
    one, other = await sign_in(Role.INSPECTOR), await sign_in(Role.REGULATOR)
    address = f"/register/{agency_id}/edit"
    form = (await one.get(address)).form("/edit")
    theirs = (await other.get(address)).form("/edit")
    await other.post(address, {**theirs, "note": "theirs"})
    page = await one.post(address, {**form, "note": "mine"}, status=409)
    assert "Somebody changed this agency" in page.text
    assert (await get_agency(session, agency_id)).record.note == "theirs"


async def test_kinds_of_work_are_ticked(session: AsyncSession, sign_in) -> None:  # type: ignore[no-untyped-def]
    agency_id = await store_agency(session, make_record(sectors=("construction", "Pearl diving")))
    inspector = await sign_in(Role.INSPECTOR)
    address = f"/register/{agency_id}/edit/sectors"
    page = await inspector.get(address)
    assert "Pearl diving" in page.text
    form = {"version": "1", "sectors": ["Pearl diving", "fishing"]}
    await inspector.post(address, form)
    assert (await get_agency(session, agency_id)).record.sectors == ("Pearl diving", "fishing")
    refused = await inspector.post(address, {"version": "2", "sectors": ["spying"]}, status=422)
    assert "sectors" in refused.errors()


PARTS = ("names", "addresses", "contacts", "branches", "officers", "destinations", "deployments")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", ["en", "bn", "ar"])
async def test_saving_a_part_as_it_stands_changes_nothing(
    session: AsyncSession,
    sign_in,
    part: str,
    language: str,  # type: ignore[no-untyped-def]
) -> None:
    agency_id = await store_agency(session, full_record())
    inspector = await sign_in(Role.INSPECTOR)
    address = f"/register/{agency_id}/edit/{part}"
    form = (await inspector.get(address, language=language)).form(part)
    await inspector.post(address, form, language=language)
    stored = await get_agency(session, agency_id)
    assert (stored.record, stored.version) == (full_record(), 1)


async def test_a_name_is_added_and_another_removed(session: AsyncSession, sign_in) -> None:  # type: ignore[no-untyped-def]
    agency_id = await store_agency(session, full_record())
    inspector = await sign_in(Role.INSPECTOR)
    address = f"/register/{agency_id}/edit/names"
    form = (await inspector.get(address)).form("names")
    typed = {
        **form, "remove-0": "yes", "name-2": "帕德玛", "kind-2": "alias", "source-2": "sign",
        "then": "add",
    }  # fmt: skip
    page = await inspector.post(address, typed)
    assert page.response.headers["location"].endswith("/edit/names")
    assert (await get_agency(session, agency_id)).record.names == (
        OtherName(kind=NameKind.ALIAS, name="পদ্মা ওভারসিজ"),
        OtherName(kind=NameKind.ALIAS, name="帕德玛", source="sign"),
    )
    assert "Padma Overseas Ltd" in (await inspector.get("/agencies?q=帕德")).text


async def test_figures_are_typed_with_names_of_countries_and_any_digits(
    session: AsyncSession, sign_in
) -> None:  # type: ignore[no-untyped-def]
    agency_id = await store_agency(session)
    inspector = await sign_in(Role.INSPECTOR)
    address = f"/register/{agency_id}/edit/deployments"
    typed = {
        "version": "1", "rows": "2",
        "year-0": "২০২৫", "sex-0": "women", "destination-0": "saudi arabia", "workers-0": "1,200",
        "year-1": "2025", "sex-1": "men", "destination-1": "qa", "workers-1": "0",
    }  # fmt: skip
    await inspector.post(address, typed)
    assert (await get_agency(session, agency_id)).record.deployments == (
        Deployment(year=2025, sex=Sex.MEN, destination="QA", workers=0),
        Deployment(year=2025, sex=Sex.WOMEN, destination="SA", workers=1200),
    )
    (entry,) = await list_entries(session, subject=("agency", agency_id), limit=5)
    assert entry.action == "deployments_recorded"


@pytest.mark.parametrize(
    ("part", "typed", "wrong"),
    [
        ("names", {"source-0": "x", "name-1": "...", "kind-1": "other"}, {"name-0", "kind-0", "name-1", "kind-1"}),
        ("addresses", {"city-0": "x"}, {"address-0"}),
        ("contacts", {"kind-0": "phone", "value-0": "none"}, {"value-0"}),
        ("branches", {"phone-0": "1"}, {"name-0"}),
        ("destinations", {"country-0": "Atlantis"}, {"country-0"}),
        (
            "officers",
            {
                "name-0": "A", "role-0": "owner", "from_on-0-day": "1", "from_on-0-month": "2",
                "from_on-0-year": "2025", "until_on-0-day": "1", "until_on-0-month": "1",
                "until_on-0-year": "2025", "name-1": "B", "role-1": "owner", "from_on-1-day": "31",
                "from_on-1-month": "2", "from_on-1-year": "2025",
            },
            {"until_on-0", "from_on-1"},
        ),
        (
            "deployments",
            {
                "year-0": "1800", "sex-0": "men", "destination-0": "QA", "workers-0": "-1",
                "year-1": "2025", "sex-1": "men", "destination-1": "QA", "workers-1": "1",
                "year-2": "2025", "sex-2": "men", "destination-2": "Qatar", "workers-2": "2",
            },
            {"year-0", "workers-0", "year-2"},
        ),
    ],
)  # fmt: skip
async def test_every_mistake_in_every_row_is_shown_at_once(
    session: AsyncSession,
    sign_in,
    part: str,
    typed: dict[str, str],
    wrong: set[str],  # type: ignore[no-untyped-def]
) -> None:
    agency_id = await store_agency(session)
    inspector = await sign_in(Role.INSPECTOR)
    address = f"/register/{agency_id}/edit/{part}"
    page = await inspector.post(address, {"version": "1", "rows": "3", **typed}, status=422)
    assert set(page.errors()) == wrong
    again = page.form(part)
    assert {name: again.get(name) for name in typed if not name.startswith(("kind", "role"))} == {
        name: value for name, value in typed.items() if not name.startswith(("kind", "role"))
    }


async def test_an_unknown_part_is_not_found(session: AsyncSession, sign_in) -> None:  # type: ignore[no-untyped-def]
    agency_id = await store_agency(session)
    inspector = await sign_in(Role.INSPECTOR)
    await inspector.get(f"/register/{agency_id}/edit/secrets", status=404)
