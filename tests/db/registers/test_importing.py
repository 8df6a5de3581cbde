"""Importing and undoing in the database: nothing lost, nothing half done, staff's work kept."""

from uuid import UUID

import msgspec
import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from factories.accounts import NOW, store_person
from factories.agencies import store_register
from factories.registers import make_csv, read_data, store_import
from recruitwatch.accounts.values import Role
from recruitwatch.actor import Actor
from recruitwatch.agencies.actions import change_agency, register_agency
from recruitwatch.agencies.queries import load_register_records
from recruitwatch.agencies.tables import agencies, licences, registers
from recruitwatch.agencies.values import (
    AgencyRecord,
    Contact,
    ContactKind,
    NumberKind,
    StoredAgency,
)
from recruitwatch.db.engine import session_opener
from recruitwatch.errors import Message
from recruitwatch.history.queries import list_entries
from recruitwatch.history.tables import entries
from recruitwatch.jobs.values import JobStopped
from recruitwatch.registers.actions.importing import import_file
from recruitwatch.registers.actions.undoing import CHANGED_SINCE, USED_SINCE, undo_import
from recruitwatch.registers.queries import get_import, list_imports
from recruitwatch.registers.tables import import_changes, imports
from recruitwatch.registers.values import (
    ImportReport,
    NumbersDiffer,
    Options,
    RegisterNameBad,
    UndoneAlready,
    UndoRefused,
)


@pytest.fixture
async def actor(actor_of) -> Actor:  # type: ignore[no-untyped-def]
    made: Actor = await actor_of(Role.REGULATOR)
    return made


async def records(session: AsyncSession) -> dict[str, AgencyRecord]:
    """Every agency of the test register by its legal name."""
    found = await load_register_records(session, "testland")
    return {stored.record.legal_name: stored.record for stored in found.values()}


async def one(session: AsyncSession) -> StoredAgency:
    (stored,) = (await load_register_records(session, "testland")).values()
    return stored


async def count(session: AsyncSession, table: object) -> int:
    return await session.scalar(select(func.count()).select_from(table)) or 0


async def edit(session: AsyncSession, actor: Actor, stored: StoredAgency, **new: object) -> None:
    """What a person changes in a form."""
    record = msgspec.structs.replace(stored.record, **new)
    await change_agency(
        session, actor, NOW, agency_id=stored.id, version=stored.version, agency=record
    )


def import_id(report: ImportReport) -> UUID:
    assert report.import_id is not None
    return report.import_id


def sums(report: ImportReport) -> tuple[int, int, int, int]:
    assert report.rows_read == (report.created + report.changed + report.unchanged + report.refused)
    return report.created, report.changed, report.unchanged, report.refused


async def test_a_register_goes_in_as_its_source_says_and_makes_no_licence(
    session: AsyncSession, actor: Actor
) -> None:
    report = await store_import(
        session, actor, read_data("testland.csv"), aliases=read_data("testland-aliases.csv")
    )
    assert sums(report) == (7, 0, 0, 0)
    found = await records(session)
    assert found["সূর্যোদয় ওভারসিজ"].claims[0].word == "approved"
    assert found["Quiet Harbour Staffing"].claims[0].word == ""
    assert [n.name for n in found["金龍僱傭中心有限公司"].names] == ["金龙雇佣中心"]
    assert found["Agency without a number"].licence_no is None
    assert await count(session, licences) == 0


async def test_importing_again_changes_nothing(session: AsyncSession, actor: Actor) -> None:
    content, aliases = read_data("testland.csv"), read_data("testland-aliases.csv")
    await store_import(session, actor, content, aliases=aliases)
    before = await load_register_records(session, "testland")
    report = await store_import(session, actor, content, aliases=aliases)
    assert sums(report) == (0, 0, 7, 0)
    assert report.aliases is not None
    assert (report.aliases.attached, report.aliases.refused) == (2, 1)
    assert await load_register_records(session, "testland") == before


async def test_a_dry_run_tells_the_same_and_writes_nothing_at_all(
    session: AsyncSession, actor: Actor
) -> None:
    content = read_data("testland.csv")
    written = await count(session, entries)
    dry = await store_import(session, actor, content, dry_run=True)
    for table in (agencies, registers, imports, import_changes):
        assert await count(session, table) == 0
    assert await count(session, entries) == written
    real = await store_import(session, actor, content)
    assert dry == msgspec.structs.replace(real, dry_run=True, import_id=None)


async def test_what_staff_wrote_by_hand_outlives_an_import(
    session: AsyncSession, actor: Actor
) -> None:
    await store_import(session, actor, make_csv({"phone": "111"}))
    stored = await one(session)
    by_hand = Contact(kind=ContactKind.PHONE, value="999")
    await edit(
        session, actor, stored,
        legal_name="Sunrise Corrected", note="Seen.",
        contacts=(*stored.record.contacts, by_hand),
    )  # fmt: skip
    report = await store_import(session, actor, make_csv({"phone": "222"}))
    assert sums(report) == (0, 1, 0, 0)
    record = (await one(session)).record
    assert (record.legal_name, record.note) == ("Sunrise Corrected", "Seen.")
    assert record.names == ()
    assert [contact.value for contact in record.contacts] == ["222", "999"]


async def test_what_staff_changed_in_an_imported_part_outlives_every_later_import(
    session: AsyncSession, actor: Actor
) -> None:
    await store_import(session, actor, make_csv({"phone": "111, 112"}))
    stored = await one(session)
    corrected = msgspec.structs.replace(stored.record.contacts[0], value="999")
    await edit(
        session, actor, stored, licence_no="0777",
        contacts=(corrected, stored.record.contacts[1]),
    )  # fmt: skip
    again = await store_import(session, actor, make_csv({"phone": "111, 112"}))
    assert sums(again) == (0, 0, 1, 0)
    for phones, expected in (("222", ["999", "222"]), ("333", ["999", "333"])):
        report = await store_import(session, actor, make_csv({"phone": phones}))
        assert sums(report) == (0, 1, 0, 0)
        record = (await one(session)).record
        assert [contact.value for contact in record.contacts] == expected
    assert record.licence_no == "0777"


async def test_refused_rows_are_kept_out_and_counted(session: AsyncSession, actor: Actor) -> None:
    content = make_csv({"licence_no": "1"}, {"licence_no": "2", "name": ""}, {"licence_no": "1"})
    report = await store_import(session, actor, content)
    assert sums(report) == (1, 0, 0, 2)
    assert [(fault.row, fault.column) for fault in report.errors] == [(3, "name"), (4, "name")]


async def test_a_file_without_any_right_row_leaves_no_trace(
    session: AsyncSession, actor: Actor
) -> None:
    report = await store_import(session, actor, make_csv({"name": ""}))
    assert report.refused_whole
    assert sums(report) == (0, 0, 0, 1)
    assert await count(session, registers) == 0
    nothing = await store_import(session, actor, make_csv())
    assert nothing.refused_whole
    assert [fault.row for fault in nothing.errors] == [None]


async def test_an_aliases_file_that_cannot_be_read_stops_the_import(
    session: AsyncSession, actor: Actor
) -> None:
    report = await store_import(session, actor, make_csv({}), aliases=b"alias\nx\n")
    assert report.refused_whole
    assert await count(session, agencies) == 0


async def test_row_keys_may_change_places_between_editions(
    session: AsyncSession, actor: Actor
) -> None:
    def edition(source: str, **keys: str) -> bytes:
        rows = [{"name": name, "licence_no": key, "source": source} for name, key in keys.items()]
        return make_csv(*rows)

    first = edition("2025", Ash="XYROW-1", Beech="XYROW-2", Cedar="XYROW-3")
    await store_import(session, actor, first)
    before = await records(session)
    second = edition("2026", Ash="XYROW-2", Beech="XYROW-1", Doum="XYROW-3")
    report = await store_import(session, actor, second)
    assert sums(report) == (1, 2, 0, 0)
    found = await records(session)
    keys = {name: record.source_key for name, record in found.items()}
    assert keys == {"Ash": "XYROW-2", "Beech": "XYROW-1", "Cedar": None, "Doum": "XYROW-3"}
    assert {record.licence_no for record in found.values()} == {None}

    await undo_import(session, actor, NOW, import_id=import_id(report))
    assert await records(session) == before


async def test_undoing_sets_changed_agencies_back_exactly_and_removes_new_ones(
    session: AsyncSession, actor: Actor
) -> None:
    await store_import(session, actor, make_csv({"phone": "111"}))
    before = await records(session)
    content = make_csv(
        {"phone": "222", "status": "suspended"}, {"licence_no": "0102", "name": "New"}
    )
    report = await store_import(session, actor, content)
    assert sums(report) == (1, 1, 0, 0)
    await undo_import(session, actor, NOW, import_id=import_id(report))
    assert await records(session) == before
    assert (await get_import(session, import_id(report))).undone_at == NOW
    with pytest.raises(UndoneAlready):
        await undo_import(session, actor, NOW, import_id=import_id(report))
    latest = (await list_entries(session, limit=1))[0]
    assert (latest.action, latest.details) == (
        "import_undone",
        {"removed": 1, "set_back": 1, "register_removed": False},
    )


async def test_undoing_is_refused_naming_what_changed_since_and_changes_nothing(
    session: AsyncSession, actor: Actor
) -> None:
    content = make_csv({"name": "Still"}, {"licence_no": "2", "name": "Changed"})
    report = await store_import(session, actor, content)
    found = await load_register_records(session, "testland")
    changed = next(s for s in found.values() if s.record.legal_name == "Changed")
    await edit(session, actor, changed, note="Seen.")
    with pytest.raises(UndoRefused) as refusal:
        await undo_import(session, actor, NOW, import_id=import_id(report))
    assert refusal.value.reasons == (Message(CHANGED_SINCE, {"name": "Changed"}),)
    assert set(await records(session)) == {"Still", "Changed"}


async def test_undoing_is_refused_where_a_licence_was_recorded_since(
    session: AsyncSession, actor: Actor
) -> None:
    report = await store_import(session, actor, make_csv({"name": "Licensed"}))
    stored = await one(session)
    await session.execute(
        licences.insert().values(
            id=import_id(report), agency_id=stored.id, register_id="testland",
            valid=func.daterange(None, None), recorded_by=actor.id, recorded_at=NOW,
        )
    )  # fmt: skip
    with pytest.raises(UndoRefused) as refusal:
        await undo_import(session, actor, NOW, import_id=import_id(report))
    assert refusal.value.reasons == (Message(USED_SINCE, {"name": "Licensed"}),)


async def test_a_later_import_that_changed_an_agency_must_be_undone_first(
    session: AsyncSession, actor: Actor
) -> None:
    first = await store_import(session, actor, make_csv({"phone": "111"}))
    second = await store_import(session, actor, make_csv({"phone": "222"}))
    with pytest.raises(UndoRefused):
        await undo_import(session, actor, NOW, import_id=import_id(first))
    await undo_import(session, actor, NOW, import_id=import_id(second))
    record = (await one(session)).record
    assert [contact.value for contact in record.contacts] == ["111"]


async def test_imports_are_undone_one_after_the_other_the_last_first(
    session: AsyncSession, actor: Actor
) -> None:
    first = await store_import(session, actor, make_csv({"phone": "111"}))
    left = await records(session)
    second = await store_import(session, actor, make_csv({"phone": "222"}))
    third = await store_import(
        session, actor, make_csv({"phone": "333"}, {"licence_no": "0102", "name": "New"})
    )
    await undo_import(session, actor, NOW, import_id=import_id(third))
    await undo_import(session, actor, NOW, import_id=import_id(second))
    assert await records(session) == left
    await undo_import(session, actor, NOW, import_id=import_id(first))
    for table in (agencies, registers):
        assert await count(session, table) == 0
    assert await count(session, imports) == 3


async def test_what_staff_put_back_by_hand_is_as_the_import_left_it(
    session: AsyncSession, actor: Actor
) -> None:
    report = await store_import(session, actor, make_csv({"phone": "111"}))
    await edit(session, actor, await one(session), note="Seen.")
    await edit(session, actor, await one(session), note="")
    await undo_import(session, actor, NOW, import_id=import_id(report))
    assert await count(session, agencies) == 0


async def test_a_later_import_stands_in_the_way_even_if_staff_put_back_what_it_changed(
    session: AsyncSession, actor: Actor
) -> None:
    first = await store_import(session, actor, make_csv({"phone": "111"}))
    left = (await one(session)).record
    await store_import(session, actor, make_csv({"phone": "222"}))
    await edit(session, actor, await one(session), contacts=left.contacts)
    assert (await one(session)).record == left
    with pytest.raises(UndoRefused):
        await undo_import(session, actor, NOW, import_id=import_id(first))


@pytest.mark.parametrize("used_by", ["agency", "import"])
async def test_a_register_that_an_import_made_stays_while_something_else_uses_it(
    session: AsyncSession, actor: Actor, used_by: str
) -> None:
    first = await store_import(session, actor, make_csv({}))
    if used_by == "agency":
        by_hand = AgencyRecord(register_id="testland", legal_name="By hand", country="BD")
        await register_agency(session, actor, NOW, agency=by_hand)
    else:
        second = await store_import(session, actor, make_csv({}))
        assert sums(second) == (0, 0, 1, 0)
    await undo_import(session, actor, NOW, import_id=import_id(first))
    assert await count(session, registers) == 1


async def test_undoing_leaves_a_register_that_was_there_before(
    session: AsyncSession, actor: Actor
) -> None:
    await store_register(session)
    report = await store_import(session, actor, make_csv({}))
    await undo_import(session, actor, NOW, import_id=import_id(report))
    assert await count(session, registers) == 1


async def test_the_list_of_imports_still_names_a_register_that_is_gone(
    session: AsyncSession, actor: Actor
) -> None:
    report = await store_import(session, actor, make_csv({}))
    await undo_import(session, actor, NOW, import_id=import_id(report))
    (line,) = await list_imports(session, limit=10)
    assert line.register_title == Message(report.register.title)
    again = await store_import(session, actor, make_csv({}))
    assert sums(again) == (1, 0, 0, 0)


async def test_an_agency_entered_by_hand_is_found_by_its_number(
    session: AsyncSession, actor: Actor
) -> None:
    first = await store_import(session, actor, make_csv({"licence_no": "1", "name": "First"}))
    await register_agency(
        session, actor, NOW,
        agency=AgencyRecord(
            register_id=first.register.id, legal_name="By hand", country="BD", licence_no="RL-77"
        ),
    )  # fmt: skip
    content = make_csv({"licence_no": "rl 77", "name": "BY HAND LTD"})
    report = await store_import(session, actor, content)
    assert sums(report) == (0, 1, 0, 0)
    found = await records(session)
    assert [name.name for name in found["By hand"].names] == ["BY HAND LTD"]
    assert found["By hand"].licence_no == "RL-77"


async def test_an_unknown_list_of_row_keys_is_seen_and_the_report_says_so(
    session: AsyncSession, actor: Actor
) -> None:
    report = await store_import(session, actor, make_csv({"licence_no": "NPROW-0001"}))
    assert report.register.numbers is NumberKind.ROW_KEY
    assert not report.register_known
    record = (await one(session)).record
    assert (record.licence_no, record.source_key) == (None, "NPROW-0001")


async def test_what_is_known_about_a_register_is_not_changed_by_an_import(
    session: AsyncSession, actor: Actor
) -> None:
    official = Options(numbers=NumberKind.OFFICIAL)
    with pytest.raises(NumbersDiffer):
        await store_import(session, actor, make_csv({}), register_id="indonesia", options=official)
    with pytest.raises(RegisterNameBad):
        await store_import(session, actor, make_csv({}), register_id="Not a name")


@pytest.mark.committed
async def test_stopping_between_batches_keeps_nothing(fresh_engine: AsyncEngine) -> None:
    open_session = session_opener(fresh_engine)
    async with open_session() as session, session.begin():
        actor = await store_person(session, Role.REGULATOR)
    rows = [{"licence_no": str(n), "name": f"Agency {n}"} for n in range(1100)]
    seen: list[tuple[int, int]] = []

    async def progress(done: int, total: int) -> None:
        seen.append((done, total))
        if done == 1000:
            raise JobStopped

    async def attempt() -> None:
        async with open_session() as session, session.begin():
            await import_file(
                session, actor, NOW, register_id="testland", file_name="r.csv",
                content=make_csv(*rows), aliases=None, dry_run=False, progress=progress,
            )  # fmt: skip

    with pytest.raises(JobStopped):
        await attempt()
    assert seen == [(0, 1100), (500, 1100), (1000, 1100)]
    async with open_session() as session, session.begin():
        for table in (agencies, registers, imports, import_changes):
            assert await count(session, table) == 0


async def test_a_new_row_that_may_be_there_already_is_told(session: AsyncSession, actor_of) -> None:  # type: ignore[no-untyped-def]
    actor = await actor_of(Role.REGULATOR)
    first = make_csv(
        {"name": "Zentharis Manpower", "licence_no": "0101"},
        {"name": "Dolonchapa Travels", "licence_no": "0102"},
    )
    before = await store_import(session, actor, first)
    assert [fault for fault in before.notices if fault.row] == []
    again = make_csv(
        {"name": "Zentharis Manpower", "licence_no": "0101"},
        # Another number, the name misspelt: perhaps the same agency with a new licence.
        {"name": "Dolonchampa Travel", "licence_no": "0202"},
        # Like one that the file has in a row of its own.
        {"name": "Zenthoris Man Power", "licence_no": "0303"},
    )
    report = await store_import(session, actor, again)
    assert report.created == 2
    told = [(fault.row, fault.message.values) for fault in report.notices if fault.row]
    assert told == [(3, {"name": "Dolonchampa Travel", "other": "Dolonchapa Travels"})]
