"""Records, deployments, documents and what is known: the register's smaller rules."""

from datetime import date
from uuid import UUID

import msgspec
import pytest

from factories.agencies import NOW, REGISTER, full_record, make_record
from recruitwatch.agencies.rules import (
    as_stored,
    changes,
    deployed_in_windows,
    known_and_unknown,
    media_type,
    normalise_contact,
    public_view,
    record_key,
)
from recruitwatch.agencies.values import (
    Address,
    AgencyRecord,
    Contact,
    ContactKind,
    Deployment,
    Fact,
    LicenceState,
    LicenceStatus,
    NumberKind,
    PublicAgency,
    Sex,
    StoredAgency,
)

NOTHING = LicenceStatus(
    as_of=date(2026, 6, 30), state=None, since=None, until=None, ground="", licence_no=None
)


@pytest.mark.parametrize(
    ("numbers", "licence_no", "expected"),
    [
        (NumberKind.OFFICIAL, "RL-42", "no:RL42"),
        (NumberKind.OFFICIAL, None, "na:padma ltd|1 lake road"),
        (NumberKind.OFFICIAL, " - ", "na:padma ltd|1 lake road"),
        (NumberKind.ROW_KEY, "HKROW-1", "na:padma ltd|1 lake road"),
    ],
)
def test_what_identifies_an_agency(
    numbers: NumberKind, licence_no: str | None, expected: str
) -> None:
    record = make_record(
        legal_name="Padma Ltd.", licence_no=licence_no, addresses=(Address(address="1, Lake Road"),)
    )
    assert record_key(numbers, record) == expected


def test_without_number_and_address_the_name_alone_identifies() -> None:
    assert record_key(NumberKind.OFFICIAL, make_record(legal_name="Padma")) == "na:padma|"


def test_sectors_destinations_and_deployments_have_one_order() -> None:
    one = Deployment(year=2025, sex=Sex.MEN, destination="QA", workers=1)
    two = Deployment(year=2024, sex=Sex.WOMEN, destination="QA", workers=2)
    mixed = make_record(
        legal_name="A", sectors=("b", "a", "b"), destinations=("SA", "QA"), deployments=(one, two)
    )
    assert as_stored(mixed) == make_record(
        legal_name="A", sectors=("a", "b"), destinations=("QA", "SA"), deployments=(two, one)
    )
    assert as_stored(as_stored(mixed)) == as_stored(mixed)


def test_changes_name_only_what_differs() -> None:
    old = full_record()
    new = msgspec.structs.replace(old, note="Closed.", sectors=())
    assert changes(old, old) == {}
    assert changes(old, new) == {
        "note": {"old": "Moved in 2024.", "new": "Closed."},
        "sectors": {"old": ("construction", "domestic_work"), "new": ()},
    }


@pytest.mark.parametrize(
    ("kind", "typed", "key"),
    [
        (ContactKind.PHONE, "+880 2 955-0101", "88029550101"),
        (ContactKind.PHONE, "০২-৯৫৫", "02955"),
        (ContactKind.PHONE, "n/a", ""),
        (ContactKind.EMAIL, " Office@Padma.example ", "office@padma.example"),
        (ContactKind.WEBSITE, "https://www.Padma.example/", "padma.example"),
        (ContactKind.WEBSITE, "http://padma.example/a/", "padma.example/a"),
    ],
)
def test_a_contact_has_one_key(kind: ContactKind, typed: str, key: str) -> None:
    assert normalise_contact(kind, typed) == key


def _sent(*figures: tuple[int, int]) -> list[Deployment]:
    return [
        Deployment(year=year, sex=Sex.UNKNOWN, destination="QA", workers=workers)
        for year, workers in figures
    ]


@pytest.mark.parametrize(
    ("as_of", "windows", "missing"),
    [
        ("2026-06-30", (25, 24, 23), ()),
        ("2026-07-01", (25, 24, 23), ()),
        ("2025-12-31", (24, 23, 22), ()),
        ("2026-01-01", (25, 24, 23), ()),
        ("2024-01-31", (23, 22, 0), (2021,)),
    ],
)
def test_windows_take_the_last_three_complete_years(
    as_of: str, windows: tuple[int, int, int], missing: tuple[int, ...]
) -> None:
    sent = _sent((2025, 20), (2025, 5), (2024, 24), (2023, 23), (2022, 22))
    sent[1] = msgspec.structs.replace(sent[1], destination="SA")
    total = deployed_in_windows(sent, date.fromisoformat(as_of))
    assert (total.windows, total.missing) == (windows, missing)


def test_a_figure_of_nought_is_not_a_missing_year() -> None:
    total = deployed_in_windows(_sent((2025, 0)), date(2026, 1, 1))
    assert total.missing == (2024, 2023)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"%PDF-1.7 ...", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n...", "image/png"),
        (b"\xff\xd8\xff\xe0...", "image/jpeg"),
        (b"<script>", None),
        (b" %PDF-1.7", None),
        (b"", None),
    ],
)
def test_a_document_is_known_by_its_content(content: bytes, expected: str | None) -> None:
    assert media_type(content) == expected


def _public(record: AgencyRecord, status: LicenceStatus = NOTHING) -> PublicAgency:
    stored = StoredAgency(id=UUID(int=1), record=record, version=1, created_at=NOW, updated_at=NOW)
    return public_view(stored, REGISTER, status)


def test_everyone_sees_neither_officers_nor_the_note() -> None:
    seen = msgspec.json.encode(_public(full_record())).decode()
    assert "Padma Overseas" in seen
    assert "Secret Owner" not in seen
    assert "Moved in 2024" not in seen


def test_of_a_bare_entry_nothing_is_known() -> None:
    knowledge = known_and_unknown(_public(make_record()))
    assert knowledge.known == ()
    assert set(knowledge.not_known) == set(Fact) - {Fact.LICENCE_END}


def test_each_fact_is_in_one_of_the_two_lists() -> None:
    valid = msgspec.structs.replace(NOTHING, state=LicenceState.VALID, licence_no="RL-1")
    knowledge = known_and_unknown(_public(full_record(), valid))
    assert set(knowledge.known) == set(Fact) - {Fact.LICENCE_END}
    assert knowledge.not_known == (Fact.LICENCE_END,)


def test_a_website_alone_is_no_way_to_reach_an_agency() -> None:
    site = Contact(kind=ContactKind.WEBSITE, value="padma.example")
    knowledge = known_and_unknown(_public(make_record(contacts=(site,))))
    assert Fact.CONTACT in knowledge.not_known
