"""What a source may change in a record, and what it may not."""

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.registers import make_row
from recruitwatch.agencies.values import (
    Address,
    AgencyRecord,
    Contact,
    ContactKind,
    NameKind,
    NumberKind,
    OtherName,
    Register,
    StatusClaim,
)
from recruitwatch.registers.rules.merging import as_record, merge
from recruitwatch.registers.values import Alias, SourceRow

OFFICIAL = Register(id="testland", title="Testland", country="BD", numbers=NumberKind.OFFICIAL)
ROW_KEYS = msgspec.structs.replace(OFFICIAL, numbers=NumberKind.ROW_KEY)
SOURCE = "test-list-2025"


def said(register: Register = OFFICIAL, *aliases: Alias, **overrides: object) -> AgencyRecord:
    return as_record(register, make_row(**overrides), aliases)


def test_a_licence_number_is_one_only_where_the_register_says_so() -> None:
    assert (said().licence_no, said().source_key) == ("0101", None)
    assert (said(ROW_KEYS).licence_no, said(ROW_KEYS).source_key) == (None, "0101")


@pytest.mark.parametrize("word", ["listed", "approved", "valid", "pending", "suspended", ""])
def test_a_status_is_kept_as_the_word_of_its_source(word: str) -> None:
    record = said(status=word, valid_until=date(2025, 1, 31))
    claim = StatusClaim(source=SOURCE, word=word, valid_until=date(2025, 1, 31))
    assert record.claims == (claim,)


def test_aliases_become_names_once() -> None:
    aliases = [
        Alias(row_no=n, number="0101", name=name, kind=NameKind.LEGAL)
        for n, name in enumerate(["金龍", "金龍", "Sunrise Overseas Ltd."])
    ]
    assert said(OFFICIAL, *aliases).names == (
        OtherName(kind=NameKind.LEGAL, name="金龍", source=SOURCE),
    )


def test_what_staff_wrote_stays_and_the_sources_own_parts_become_what_it_says() -> None:
    by_hand = Contact(kind=ContactKind.PHONE, value="999")
    old = msgspec.structs.replace(
        said(),
        legal_name="Sunrise Overseas Limited",
        contacts=(*said().contacts, by_hand),
        addresses=(Address(address="By hand 1"), *said().addresses),
        note="Seen in March.",
        sectors=("cleaning",),
    )
    new = merge(old, said(address="14 Lake Road", phones=("111", "222")), SOURCE)
    assert new.legal_name == "Sunrise Overseas Limited"
    assert new.names == (
        OtherName(kind=NameKind.ALIAS, name="Sunrise Overseas Ltd.", source=SOURCE),
    )
    assert new.addresses == (
        Address(address="By hand 1"),
        Address(address="14 Lake Road", city="Dhaka", source=SOURCE),
    )
    assert [contact.value for contact in new.contacts] == ["111", "222", "999"]
    assert (new.note, new.sectors) == ("Seen in March.", ("cleaning",))


def test_another_edition_adds_its_claim_and_repeats_nothing_that_is_known() -> None:
    later = said(source="test-list-2026", status="suspended")
    new = merge(said(), later, "test-list-2026")
    assert [(claim.source, claim.word) for claim in new.claims] == [
        (SOURCE, "listed"), ("test-list-2026", "suspended"),
    ]  # fmt: skip
    assert new.addresses == said().addresses
    assert new.contacts == said().contacts


def test_a_name_is_never_taken_away() -> None:
    alias = Alias(row_no=2, number="0101", name="金龍", kind=NameKind.LEGAL)
    assert merge(said(OFFICIAL, alias), said(), SOURCE).names == said(OFFICIAL, alias).names


def test_what_the_source_no_longer_says_of_a_contact_goes() -> None:
    assert merge(said(), said(phones=()), SOURCE).contacts == ()


def test_a_new_row_key_replaces_the_old_one() -> None:
    assert merge(said(ROW_KEYS), said(ROW_KEYS, number="7"), SOURCE).source_key == "7"


def test_a_part_of_the_source_that_staff_changed_stays_when_the_source_says_something_new() -> None:
    left = said(phones=("111", "112"))
    by_hand = msgspec.structs.replace(left.contacts[0], value="999")
    edited = msgspec.structs.replace(left, contacts=(by_hand, left.contacts[1]))
    again = merge(edited, left, SOURCE, left)
    assert again == edited
    later = said(phones=("222",))
    new = merge(edited, later, SOURCE, left)
    assert [contact.value for contact in new.contacts] == ["999", "222"]
    newest = merge(new, said(phones=("333",)), SOURCE, later)
    assert [contact.value for contact in newest.contacts] == ["999", "333"]


def test_a_name_that_staff_took_away_comes_not_back() -> None:
    left = said(OFFICIAL, Alias(row_no=2, number="0101", name="Wrong", kind=NameKind.ALIAS))
    cleaned = msgspec.structs.replace(left, names=())
    assert merge(cleaned, left, SOURCE, left).names == ()


words = st.sampled_from(["", "A", "B", "C", "ক"])
names = st.sampled_from(["A", "B", "C", "ক"])
sources = st.sampled_from(["", "old", "new"])
parts = st.lists
records = st.builds(
    AgencyRecord,
    register_id=st.just("testland"),
    legal_name=names,
    country=st.just("BD"),
    licence_no=st.sampled_from([None, "1"]),
    source_key=st.sampled_from([None, "1", "2"]),
    names=parts(
        st.builds(OtherName, kind=st.sampled_from(NameKind), name=names, source=sources),
        max_size=4,
    ).map(tuple),
    addresses=parts(st.builds(Address, address=names, city=words, source=sources), max_size=4).map(
        tuple
    ),
    contacts=parts(
        st.builds(Contact, kind=st.sampled_from(ContactKind), value=names, source=sources),
        max_size=5,
    ).map(tuple),
    claims=parts(st.builds(StatusClaim, source=sources, word=words), max_size=3).map(tuple),
    note=words,
)
rows = st.builds(
    SourceRow,
    row_no=st.just(2),
    name=names,
    number=st.sampled_from(["", "1"]),
    status=words,
    valid_until=st.sampled_from([None, date(2026, 1, 1)]),
    address=words,
    city=words,
    phones=st.lists(names, unique=True, max_size=3).map(tuple),
    emails=st.lists(names, unique=True, max_size=2).map(tuple),
    websites=st.just(()),
    country=st.just("BD"),
    source=st.sampled_from(["old", "new"]),
)
aliases = st.lists(
    st.builds(
        Alias, row_no=st.just(2), number=st.just("1"), name=names, kind=st.sampled_from(NameKind)
    ),
    max_size=3,
)


@given(
    st.none() | records,
    rows,
    aliases,
    st.sampled_from([OFFICIAL, ROW_KEYS]),
    st.none() | rows,
)
def test_merging_the_same_row_again_changes_nothing(
    existing: AgencyRecord | None,
    row: SourceRow,
    more: list[Alias],
    register: Register,
    before: SourceRow | None,
) -> None:
    record = as_record(register, row, more)
    last = (
        as_record(register, msgspec.structs.replace(before, source=row.source)) if before else None
    )
    once = merge(existing, record, row.source, last)
    assert merge(once, record, row.source, last) == once
    # The next import knows what this one's source said.
    assert merge(once, record, row.source, record) == once


@given(records, rows)
def test_nothing_of_another_source_is_lost_or_moved(existing: AgencyRecord, row: SourceRow) -> None:
    merged = merge(existing, as_record(OFFICIAL, row), row.source)
    for field in ("addresses", "contacts", "claims"):
        kept = [part for part in getattr(merged, field) if part.source != row.source]
        assert kept == [part for part in getattr(existing, field) if part.source != row.source]
    assert merged.names[: len(existing.names)] == existing.names
    assert (merged.legal_name, merged.note) == (existing.legal_name, existing.note)
