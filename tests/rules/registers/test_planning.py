"""Which agency a row means, what is refused as a repeat, and what is worth a notice."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid4

import msgspec
import pytest

from factories.accounts import NOW
from factories.registers import TODAY, make_row
from recruitwatch.agencies.rules import record_key
from recruitwatch.agencies.values import (
    Address,
    AgencyRecord,
    NameKind,
    NumberKind,
    Register,
    StoredAgency,
)
from recruitwatch.registers.rules import numbers, planning
from recruitwatch.registers.rules.merging import as_record
from recruitwatch.registers.rules.planning import aliases_by_number, plan_import, without_repeats
from recruitwatch.registers.values import AS_FOUND, Alias, LastSaid, Options, Plan, SourceRow

OFFICIAL = Register(id="testland", title="Testland", country="BD", numbers=NumberKind.OFFICIAL)
ROW_KEYS = msgspec.structs.replace(OFFICIAL, numbers=NumberKind.ROW_KEY)


def stored(register: Register, *entries: AgencyRecord) -> Mapping[str, StoredAgency]:
    return {
        record_key(register.numbers, entry): StoredAgency(
            id=uuid4(), record=entry, version=1, created_at=NOW, updated_at=NOW
        )
        for entry in entries
    }


def plan(
    register: Register,
    rows: list[SourceRow],
    existing: Mapping[str, StoredAgency],
    last: LastSaid | None = None,
) -> Plan:
    return plan_import(register, rows, {}, existing, last or {}, uuid4)


def only(existing: Mapping[str, StoredAgency]) -> UUID:
    (one,) = existing.values()
    return one.id


def test_an_empty_register_gets_every_row_and_again_none() -> None:
    rows = [make_row(row_no=n, number=str(n)) for n in range(2, 5)]
    first = plan(OFFICIAL, rows, {})
    assert [change.before for change in first.changes] == [None] * 3
    existing = stored(OFFICIAL, *(change.after for change in first.changes))
    again = plan(OFFICIAL, rows, existing)
    assert (again.changes, again.unchanged) == ((), 3)


def test_the_licence_number_decides_whatever_name_and_address_say() -> None:
    existing = stored(OFFICIAL, as_record(OFFICIAL, make_row()))
    found = plan(OFFICIAL, [make_row(name="Renamed Ltd.", address="Elsewhere 1")], existing)
    assert [change.agency_id for change in found.changes] == [only(existing)]
    assert [notice.message.key for notice in found.notices] == [planning.NAME_ADDED]


def test_without_a_number_name_and_address_decide() -> None:
    existing = stored(OFFICIAL, as_record(OFFICIAL, make_row(number="")))
    same = plan(OFFICIAL, [make_row(number="", name="SUNRISE OVERSEAS LTD")], existing)
    other = plan(OFFICIAL, [make_row(number="", address="Elsewhere 1")], existing)
    assert [change.agency_id for change in same.changes] == [only(existing)]
    assert [change.before for change in other.changes] == [None]


def test_an_address_corrected_by_hand_makes_no_second_agency() -> None:
    row = make_row(number="")
    corrected = msgspec.structs.replace(
        as_record(OFFICIAL, row),
        addresses=(Address(address="By hand 1"), *as_record(OFFICIAL, row).addresses),
    )
    existing = stored(OFFICIAL, corrected)
    assert plan(OFFICIAL, [row], existing).unchanged == 1


def test_an_address_added_by_hand_to_a_list_without_addresses_makes_no_second_agency() -> None:
    row = make_row(number="", address="", city="")
    added = msgspec.structs.replace(
        as_record(OFFICIAL, row), addresses=(Address(address="By hand 1"),)
    )
    assert plan(OFFICIAL, [row], stored(OFFICIAL, added)).unchanged == 1


def test_a_name_corrected_by_hand_is_found_by_the_row_key_of_the_same_edition_only() -> None:
    row = make_row()
    corrected = msgspec.structs.replace(
        as_record(ROW_KEYS, row), legal_name="Sunrise Corrected", addresses=()
    )
    existing = stored(ROW_KEYS, corrected)
    same = plan(ROW_KEYS, [row], existing)
    assert [change.agency_id for change in same.changes] == [only(existing)]
    later = plan(ROW_KEYS, [make_row(source="test-list-2026")], existing)
    assert [change.before for change in later.changes] == [None]


@pytest.mark.parametrize("number", ["0101", ""])
@pytest.mark.parametrize(
    "corrected",
    [
        {"licence_no": "0999"},
        {"legal_name": "Sunrise Corrected"},
        {"addresses": (Address(address="By hand 1", source="test-list-2025"),)},
        {"licence_no": "0999", "legal_name": "Sunrise Corrected", "addresses": (), "contacts": ()},
    ],
)
def test_the_same_row_again_says_nothing_new_whatever_staff_corrected_meanwhile(
    number: str, corrected: dict[str, object]
) -> None:
    row = make_row(number=number)
    heard = as_record(OFFICIAL, row)
    existing = stored(OFFICIAL, msgspec.structs.replace(heard, **corrected))
    again = plan(OFFICIAL, [row], existing, {(only(existing), row.source): heard})
    assert (again.changes, again.unchanged) == ((), 1)


def test_a_row_key_that_a_new_edition_gives_to_another_leaves_the_first() -> None:
    existing = stored(ROW_KEYS, as_record(ROW_KEYS, make_row()))
    newcomer = make_row(name="Newcomer Ltd.", source="test-list-2026")
    found = plan(ROW_KEYS, [newcomer], existing)
    assert [(c.agency_id, c.after.source_key) for c in found.displaced] == [(only(existing), None)]
    assert found.changes[0].after.source_key == "0101"


def test_keys_that_change_places_displace_nobody() -> None:
    a, b = make_row(name="A Ltd.", number="1"), make_row(row_no=3, name="B Ltd.", number="2")
    existing = stored(ROW_KEYS, as_record(ROW_KEYS, a), as_record(ROW_KEYS, b))
    swapped = [
        msgspec.structs.replace(a, number="2", source="test-list-2026"),
        msgspec.structs.replace(b, number="1", source="test-list-2026"),
    ]
    found = plan(ROW_KEYS, swapped, existing)
    assert found.displaced == ()
    assert sorted(str(change.after.source_key) for change in found.changes) == ["1", "2"]


@pytest.mark.parametrize(
    ("register", "second", "key"),
    [
        (OFFICIAL, {"name": "Other", "number": "No. 0101"}, planning.SAME_AGENCY),
        (OFFICIAL, {"number": "0102"}, None),
        (ROW_KEYS, {"number": "0102"}, planning.SAME_AGENCY),
        (ROW_KEYS, {"name": "Other"}, planning.SAME_KEY),
        (ROW_KEYS, {"name": "Other", "number": "0102"}, None),
    ],
)
def test_the_same_agency_twice_in_a_file_is_told_with_both_rows(
    register: Register, second: dict[str, object], key: str | None
) -> None:
    kept, faults = without_repeats(register, [make_row(), make_row(row_no=9, **second)])
    assert len(kept) == (2 if key is None else 1)
    found = [(fault.row, fault.message.key, fault.message.values) for fault in faults]
    assert found == ([] if key is None else [(9, key, {"first": 2})])


def test_rows_without_number_do_not_count_as_the_same_number() -> None:
    rows = [make_row(number=""), make_row(row_no=3, number="", name="Other")]
    assert without_repeats(ROW_KEYS, rows)[1] == ()


def test_aliases_join_rows_by_their_number_and_strangers_are_refused() -> None:
    def alias(number: str) -> Alias:
        return Alias(row_no=5, number=number, name="金龍", kind=NameKind.LEGAL)

    rows = [make_row(), make_row(row_no=3, number="", name="No number")]
    found, faults = aliases_by_number(rows, [alias("0101"), alias("0999"), alias("")])
    assert {number: len(of) for number, of in found.items()} == {"0101": 1}
    assert [fault.message.values for fault in faults] == [{"number": "0999"}, {"number": ""}]
    assert plan_import(OFFICIAL, rows, found, {}, {}, uuid4).aliases_attached == 1


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        (["HKROW-0001", "HKROW-0002", ""], NumberKind.ROW_KEY),
        (["HKROW-0001", "0101"], NumberKind.OFFICIAL),
        (["P3MI-113"], NumberKind.OFFICIAL),
        (["", ""], NumberKind.OFFICIAL),
    ],
)
def test_numbers_of_an_unknown_list_are_guessed_from_their_form(
    written: list[str], kind: NumberKind
) -> None:
    assert numbers.guess_numbers([make_row(number=number) for number in written]) is kind


def test_what_a_person_says_about_a_new_register_is_not_guessed() -> None:
    options = Options(numbers=NumberKind.ROW_KEY, title="A list")
    made = numbers.new_register("list", [make_row(), make_row(country="LK")], options)
    assert (made.title, made.country, made.numbers) == ("A list", "BD", NumberKind.ROW_KEY)
    assert numbers.register_notices(made, options, known=False) == ()


@pytest.mark.parametrize(
    ("register", "known", "keys"),
    [
        (OFFICIAL, True, []),
        (OFFICIAL, False, [numbers.ASSUMED_OFFICIAL]),
        (ROW_KEYS, False, [numbers.ASSUMED_ROW_KEY]),
    ],
)
def test_a_guess_is_told(register: Register, known: bool, keys: list[str]) -> None:
    notices = numbers.register_notices(register, AS_FOUND, known=known)
    assert [notice.message.key for notice in notices] == keys


@pytest.mark.parametrize(
    ("row", "kind", "keys"),
    [
        ({"number": ""}, NumberKind.OFFICIAL, [numbers.NUMBER_MISSING]),
        ({"number": ""}, NumberKind.ROW_KEY, []),
        ({"valid_until": date(2026, 6, 29), "status": "approved"}, NumberKind.OFFICIAL, [numbers.EXPIRED]),
        ({"valid_until": date(2026, 6, 29), "status": "Valid"}, NumberKind.OFFICIAL, [numbers.EXPIRED]),
        ({"valid_until": date(2026, 6, 30), "status": "approved"}, NumberKind.OFFICIAL, []),
        ({"valid_until": date(2026, 6, 29), "status": "expired"}, NumberKind.OFFICIAL, []),
        ({"valid_until": None, "status": "approved"}, NumberKind.OFFICIAL, []),
    ],
)  # fmt: skip
def test_rows_that_a_person_should_look_at(
    row: dict[str, object], kind: NumberKind, keys: list[str]
) -> None:
    notices = numbers.row_notices(make_row(**row), kind, TODAY)
    assert [notice.message.key for notice in notices] == keys
