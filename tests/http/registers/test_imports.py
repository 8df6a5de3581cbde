"""Importing a register in the browser: upload, check, import, undo."""

import asyncio
import re

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser, Page, text_of
from factories.accounts import NOW
from factories.agencies import store_agency
from factories.registers import make_csv, read_data, store_import
from recruitwatch.accounts.values import Role
from recruitwatch.agencies.tables import agencies, agency_names, registers
from recruitwatch.features import CONSTRAINTS
from recruitwatch.history.queries import list_entries
from recruitwatch.jobs.tables import job_runs
from recruitwatch.jobs.worker import Workshop, perform
from recruitwatch.registers.actions.tasks import JOBS
from recruitwatch.registers.tables import import_uploads
from recruitwatch.registers.values import MOST_BYTES


@pytest.fixture
def work(connection, session, slot):  # type: ignore[no-untyped-def]
    """`await work(page)` does the task whose page an answer leads to, as the worker would."""

    async def do(page: Page) -> Page:
        address = page.response.headers["location"]
        found = re.search(r"/jobs/([0-9a-f-]{36})", address)
        assert found, address
        run_id = await session.scalar(select(job_runs.c.id).where(job_runs.c.id == found[1]))
        workshop = Workshop(
            open_session=slot.open_session,
            kinds=JOBS,
            clock=lambda: NOW,
            stop=asyncio.Event(),
            constraints=CONSTRAINTS,
        )
        assert await perform(run_id, workshop) is None
        return page

    return do


async def _count(session: AsyncSession, table: object) -> int:
    return await session.scalar(select(func.count()).select_from(table)) or 0


def _form(**typed: str) -> dict[str, str]:
    return {"register": "", "new_register": "testland", "title": "", "numbers": "", **typed}


async def _upload(
    browser: Browser,
    content: bytes,
    aliases: bytes | None = None,
    *,
    status: int = 303,
    **typed: str,
) -> Page:
    await browser.get("/imports/new")
    files = {"file": ("register.csv", content, "text/csv")}
    if aliases is not None:
        files["aliases"] = ("names.csv", aliases, "text/csv")
    return await browser.post("/imports/new", _form(**typed), files=files, status=status)


async def _follow(browser: Browser, page: Page) -> Page:
    """To the task's page and, since the task is done, on to its result."""
    return await browser.follow(await browser.follow(page, status=303))


async def _imported(
    browser: Browser, work, content: bytes, aliases: bytes | None = None, **typed: str
) -> Page:
    check = await _follow(browser, await work(await _upload(browser, content, aliases, **typed)))
    address = _address_of_form(check, "/import")
    return await _follow(browser, await work(await browser.post(address)))


def _address_of_form(page: Page, ends: str) -> str:
    actions = [form.get("action") or "" for form in page.all("form")]
    return next(action for action in actions if action.endswith(ends))


async def test_the_upload_page_says_what_it_takes_beside_the_files(sign_in) -> None:
    regulator = await sign_in(Role.REGULATOR)
    page = await regulator.get("/imports/new")
    assert page.heading == "Import a register"
    assert "CSV, UTF-8, at most 20 MB and 200,000 rows." in page.text
    assert "Hong Kong: employment agencies" in page.text


async def test_a_file_is_checked_then_imported_then_undone(
    sign_in, session: AsyncSession, work
) -> None:
    regulator = await sign_in(Role.REGULATOR)
    sent = await _upload(regulator, read_data("testland.csv"), read_data("testland-aliases.csv"))
    waiting = await regulator.follow(sent)
    assert waiting.heading == "Check of the file register.csv"
    assert "Waiting" in waiting.text
    assert 'http-equiv="refresh"' in waiting.html

    check = await _follow(regulator, await work(sent))
    assert check.heading == "Check of register.csv"
    assert "Nothing has been changed yet" in check.text
    assert "Rows read 7" in check.text
    assert "New agencies 7" in check.text
    assert "Names attached 2" in check.text
    assert "No accepted row of the register has the number 0999." in check.text
    assert "Expired on 2025-01-31, but the source says “approved”." in check.text
    assert await _count(session, agencies) == 0
    assert await _count(session, registers) == 0

    going = await regulator.post(_address_of_form(check, "/import"))
    result = await _follow(regulator, await work(going))
    assert result.heading == "Import of register.csv"
    assert await _count(session, agencies) == 7
    assert await _count(session, import_uploads) == 0

    confirm = await regulator.get(result.links()["Undo this import"])
    assert confirm.heading == "Undo the import of register.csv?"
    undone = await _follow(
        regulator, await work(await regulator.post(_address_of_form(confirm, "/undo")))
    )
    assert "This import was undone on 30 June 2026 09:00 UTC." in undone.text
    assert "Undo this import" not in undone.links()
    assert await _count(session, agencies) == 0
    assert await _count(session, agency_names) == 0

    actions = {entry.action for entry in await list_entries(session, limit=50)}
    assert {"import_uploaded", "register_created", "agencies_imported", "import_undone"} <= actions


async def test_names_of_every_script_are_shown_as_the_source_wrote_them(
    sign_in, session: AsyncSession, work
) -> None:
    regulator = await sign_in(Role.REGULATOR)
    await _imported(regulator, work, read_data("testland.csv"), read_data("testland-aliases.csv"))
    names = set(await session.scalars(select(agency_names.c.name)))
    assert {
        "সূর্যোদয় ওভারসিজ",
        "金龍僱傭中心有限公司",
        "金龙雇佣中心",
        "PT BINTANG TIMUR1",
        '=HYPERLINK("http://bad.example","Click")',
    } <= names


async def test_errors_are_listed_by_row_and_column_and_the_rest_goes_in(
    sign_in, session: AsyncSession, work
) -> None:
    regulator = await sign_in(Role.REGULATOR)
    content = make_csv(
        {"licence_no": "1", "name": "Right Ltd."},
        {"licence_no": "2", "name": "", "valid_until": "31.12.2026", "country": "Nepal"},
        {"licence_no": "1", "name": "Twin Ltd."},
    )
    result = await _imported(regulator, work, content)
    told = [text_of(cell) for cell in result.all("td")]
    assert "Rows refused 2" in result.text
    assert "Errors: 4. Notices: 1." in result.text
    assert "Row 3name" in told
    assert "Error The name is empty." in told
    assert "Error This is not a date. Write year-month-day, like 2026-03-31." in told
    assert "Error This is not a country. Write its two letters, like BD." in told
    assert (
        "Error The same agency as in row 2: same licence number, or same name and address." in told
    )
    assert await _count(session, agencies) == 1


async def test_long_lists_of_errors_are_paged(sign_in, work) -> None:
    regulator = await sign_in(Role.REGULATOR)
    rows = [{"licence_no": str(n), "name": ""} for n in range(60)]
    content = make_csv({"licence_no": "right"}, *rows)
    check = await _follow(regulator, await work(await _upload(regulator, content)))
    assert "Page 1 of 2" in check.text
    second = await regulator.get(check.links()["Next page"])
    assert "Page 2 of 2" in second.text


async def test_a_file_that_is_no_text_cannot_be_imported(
    sign_in, session: AsyncSession, work
) -> None:
    regulator = await sign_in(Role.REGULATOR)
    content = make_csv({"name": "Café"}).decode().encode("latin-1")
    check = await _follow(regulator, await work(await _upload(regulator, content)))
    assert "Nothing of this file can be imported." in check.text
    assert "The file is not UTF-8 text (at byte" in check.text
    assert "Import now" not in check.text


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"new_register": ""}, "register", "Choose a register"),
        ({"register": "malaysia"}, "new_register", "not both"),
        ({"new_register": "Nepal 2026"}, "new_register", "small letters"),
        ({"new_register": "malaysia"}, "new_register", "already a register"),
        ({"register": "atlantis", "new_register": ""}, "register", "Choose a register"),
        ({"numbers": "perhaps"}, "numbers", "Choose one of the answers"),
    ],
)
async def test_mistakes_of_the_form_stand_beside_their_fields(
    sign_in, session: AsyncSession, typed: dict[str, str], field: str, words: str
) -> None:
    regulator = await sign_in(Role.REGULATOR)
    page = await _upload(regulator, make_csv({}), status=422, **typed)
    assert words in page.errors()[field]
    assert await _count(session, import_uploads) == 0


async def test_a_missing_and_an_empty_file_are_told_and_what_was_typed_stays(sign_in) -> None:
    regulator = await sign_in(Role.REGULATOR)
    await regulator.get("/imports/new")
    page = await regulator.post("/imports/new", _form(title="A list"), status=422)
    assert page.errors()["file"] == "Choose a file."
    assert page.form("/imports/new")["title"] == "A list"
    page = await _upload(regulator, b"", status=422)
    assert page.errors()["file"] == "The file is empty."


async def test_a_file_that_is_too_large_is_refused_before_any_work(
    sign_in, session: AsyncSession
) -> None:
    regulator = await sign_in(Role.REGULATOR)
    page = await _upload(regulator, b"x" * (MOST_BYTES + 1), status=422)
    assert "larger than 20 MB" in page.errors()["file"]
    page = await _upload(regulator, b"x" * (2 * MOST_BYTES + 2 * 1024 * 1024), status=413)
    assert "What you sent is too large. Nothing was changed." in page.text
    assert await _count(session, job_runs) == 0


async def test_a_stopped_check_says_that_nothing_was_changed(sign_in, work) -> None:
    regulator = await sign_in(Role.REGULATOR)
    sent = await _upload(regulator, make_csv({}))
    waiting = await regulator.follow(sent)
    stopped = await regulator.follow(await regulator.post(_address_of_form(waiting, "/stop")))
    assert "The task was stopped. Nothing was changed." in stopped.text
    await work(sent)
    again = await regulator.follow(sent)
    assert "The task was stopped. Nothing was changed." in again.text


async def test_a_refused_undo_names_the_agencies_changed_since(
    sign_in, session: AsyncSession, work
) -> None:
    regulator = await sign_in(Role.REGULATOR)
    result = await _imported(regulator, work, make_csv({"name": "Changed Since Ltd."}))
    await session.execute(update(agencies).values(note="Seen."))
    await session.commit()
    confirm = await regulator.get(result.links()["Undo this import"])
    sent = await regulator.post(_address_of_form(confirm, "/undo"))
    await work(sent)
    failed = await regulator.follow(sent)
    assert "Failed" in failed.text
    assert "Changed Since Ltd. was changed after the import." in failed.text
    assert await _count(session, agencies) == 1


async def test_an_upload_that_is_gone_cannot_be_imported(
    sign_in, session: AsyncSession, work
) -> None:
    regulator = await sign_in(Role.REGULATOR)
    check = await _follow(regulator, await work(await _upload(regulator, make_csv({}))))
    address = _address_of_form(check, "/import")
    await session.execute(text("delete from import_uploads"))
    await session.commit()
    page = await regulator.post(address, status=409)
    assert "The uploaded file is no longer kept. Upload it again." in page.text


async def test_a_title_may_hold_any_sign(sign_in, session: AsyncSession, work) -> None:
    regulator = await sign_in(Role.REGULATOR)
    sent = await _upload(regulator, make_csv({}), title="100% <b>checked</b>")
    check = await _follow(regulator, await work(sent))
    assert "100% <b>checked</b>" in check.text


async def test_imports_are_listed(sign_in, work, queries) -> None:
    regulator = await sign_in(Role.REGULATOR)
    empty = await regulator.get("/imports")
    assert "Nothing has been imported yet." in empty.text
    await _imported(regulator, work, make_csv({"licence_no": "1"}))
    there = {"register": "testland", "new_register": ""}
    for number in "23":
        content = make_csv({"licence_no": number})
        sent = await _upload(regulator, content, **there)
        check = await _follow(regulator, await work(sent))
        await work(await regulator.post(_address_of_form(check, "/import")))
    with queries(at_most=4):
        page = await regulator.get("/imports")
    assert page.heading == "Imports of registers"
    assert page.text.count("register.csv") == 3
    tasks = await regulator.get("/jobs")
    assert "Import of the file register.csv" in tasks.text
    assert "Finished" in tasks.text


@pytest.mark.parametrize("language", ["en", "bn", "ar"])
async def test_pages_read_in_every_language(sign_in, work, language: str) -> None:
    regulator = await sign_in(Role.REGULATOR)
    result = await _imported(regulator, work, read_data("testland.csv"))
    address = result.response.request.url.path.removeprefix("/en")
    for path in ("/imports", "/imports/new", address, f"{address}/undo", "/jobs"):
        await regulator.get(path, language=language)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (None, 303),
        (Role.REGULATOR, 200),
        (Role.INSPECTOR, 403),
        (Role.REVIEWER, 403),
        (Role.OVERSIGHT, 403),
        (Role.ADMINISTRATOR, 403),
        (Role.COMPLAINTS_OFFICER, 403),
        (Role.HOTLINE_OPERATOR, 403),
    ],
)
async def test_only_regulators_import(
    sign_in, browser: Browser, role: Role | None, status: int
) -> None:
    visitor = await sign_in(role) if role else browser
    for path in ("/imports", "/imports/new", "/jobs"):
        await visitor.get(path, status=status)


async def _entry(browser: Browser, session: AsyncSession) -> Page:
    agency_id = await session.scalar(select(agencies.c.id))
    return await browser.get(f"/register/{agency_id}")


async def test_an_agency_tells_which_imports_wrote_its_entry_and_which_was_undone(
    sign_in, session: AsyncSession, work
) -> None:
    regulator = await sign_in(Role.REGULATOR)
    await _imported(regulator, work, make_csv({"phone": "111"}))
    again = {"register": "testland", "new_register": ""}
    changed = await _imported(regulator, work, make_csv({"phone": "222"}), **again)
    confirm = await regulator.get(changed.links()["Undo this import"])
    await work(await regulator.post(_address_of_form(confirm, "/undo")))
    page = await _entry(regulator, session)
    told = page.text.partition("Where this entry comes from")[2]
    assert told.index("Changed by an import") < told.index("Undone")
    assert told.index("Undone") < told.index("Created by an import")
    assert "30 June 2026" in told
    address = changed.response.request.url.path
    assert page.links()["register.csv"].startswith("/en/imports/")
    assert address in [link.get("href") for link in page.all("a")]


async def test_an_agency_entered_by_hand_says_so_and_its_imports_are_for_those_who_import(
    sign_in, session: AsyncSession, work
) -> None:
    inspector = await sign_in(Role.INSPECTOR)
    by_hand = await store_agency(session)
    await session.commit()
    page = await inspector.get(f"/register/{by_hand}")
    assert "It was entered by hand" in page.text


async def test_only_the_newest_imports_of_an_agency_are_told(
    sign_in, actor_of, session: AsyncSession
) -> None:
    regulator = await sign_in(Role.REGULATOR)
    actor = await actor_of(Role.REGULATOR)
    for number in range(21):
        await store_import(session, actor, make_csv({"phone": f"1{number}"}))
    await session.commit()
    page = await _entry(regulator, session)
    assert page.text.count("Changed by an import") == 20
    assert "Created by an import" not in page.text
    assert "Only the newest 20 imports are shown." in page.text
