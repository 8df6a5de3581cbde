"""People find an agency by what they know of it, in any script."""

from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from factories.agencies import make_record, store_agency
from recruitwatch.agencies import queries as agencies
from recruitwatch.agencies.values import Address, Contact, ContactKind, NameKind, OtherName
from recruitwatch.names.values import Outcome


def _aliases(*names: str) -> tuple[OtherName, ...]:
    return tuple(OtherName(kind=NameKind.ALIAS, name=name) for name in names)


async def _store_some(session: AsyncSession) -> dict[str, UUID]:
    records = {
        "padma": make_record(
            legal_name="Padma Overseas Ltd", licence_no="RL-0042", names=_aliases("পদ্মা ওভারসিজ")
        ),
        "meghna": make_record(
            legal_name="মেঘনা ট্রাভেলস",
            licence_no="RL-0421",
            addresses=(Address(address="1 Mill Lane", city="Sylhet"),),
        ),
        "noor": make_record(legal_name="شركة النور للتوظيف", names=_aliases("Al-Noor Manpower")),
        "easy": make_record(
            legal_name="Easy Maid Ltd",
            names=(OtherName(kind=NameKind.LEGAL, name="香港搵妹易有限公司"),),
        ),
        "jose": make_record(legal_name="José Peña Recruitment"),
    }
    return {key: await store_agency(session, record) for key, record in records.items()}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("padma", "padma"),
        ("PADMA  overseas", "padma"),
        ("rl 42", "padma"),
        ("42", "padma"),
        ("SL-0042", None),
        ("agency 42", None),
        ("RL0042", "padma"),
        ("rl-004", "padma"),
        ("No. RL 0421", "meghna"),
        ("পদ্মা", "padma"),
        ("মেঘনা", "meghna"),
        ("ট্রাভেলস", "meghna"),
        ("النور", "noor"),
        ("شركة النّور", "noor"),
        ("al noor", "noor"),
        ("alnoor manpower", "noor"),
        ("香港", "easy"),
        ("妹易", "easy"),
        ("搵妹", "easy"),
        ("jose pena", "jose"),
        ("jose penna recruitmant", "jose"),
        ("padme oversea", "padma"),
        ("overseas", "padma"),
        ("zzzzzz", None),
        ("...", None),
        ("", None),
    ],
)
async def test_an_agency_is_found(session: AsyncSession, typed: str, expected: str | None) -> None:
    ids = await _store_some(session)
    found = await agencies.search(session, typed, limit=10)
    first = found.hits[0].id if found.hits else None
    assert first == (ids[expected] if expected else None)


async def test_a_hit_says_which_other_name_fits(session: AsyncSession) -> None:
    ids = await _store_some(session)
    hit = (await agencies.search(session, "搵妹", limit=10)).hits[0]
    assert (hit.id, hit.legal_name) == (ids["easy"], "Easy Maid Ltd")
    assert hit.matched_name == "香港搵妹易有限公司"
    own = (await agencies.search(session, "easy", limit=10)).hits[0]
    assert own.matched_name is None


async def test_the_exact_number_stands_before_those_that_begin_with_it(
    session: AsyncSession,
) -> None:
    for number in ("RL-420", "RL-42", "RL-4200"):
        await store_agency(session, make_record(licence_no=number))
    found = await agencies.search(session, "rl 42", limit=10)
    assert [hit.licence_no for hit in found.hits] == ["RL-42"]
    begins = await agencies.search(session, "rl-4", limit=10)
    assert {hit.licence_no for hit in begins.hits} == {"RL-42", "RL-420", "RL-4200"}
    assert (begins.total, begins.begins) == (3, True)


@pytest.mark.parametrize("typed", ["RL-0010", "RL 10", "rl0010", "10", "০০১০", "No. RL 10"])
async def test_what_the_paper_says_finds_the_number_of_the_register(
    session: AsyncSession, typed: str
) -> None:
    wanted = await store_agency(session, make_record(licence_no="0010"))
    for number in ("0100", "RL-101", "SL-1000"):
        await store_agency(session, make_record(licence_no=number))
    found = await agencies.search(session, typed, limit=10)
    assert found.hits[0].id == wanted


async def test_the_number_as_it_is_written_stands_before_its_digits(session: AsyncSession) -> None:
    for number in ("0010", "RL-010", "RL-10"):
        await store_agency(session, make_record(licence_no=number))
    found = await agencies.search(session, "RL-10", limit=10)
    assert [hit.licence_no for hit in found.hits] == ["RL-10"]
    named = await store_agency(session, make_record(legal_name="RL 77"))
    await store_agency(session, make_record(licence_no="0077"))
    found = await agencies.search(session, "rl 77", limit=10)
    assert (found.hits[0].id, found.total) == (named, 2)


async def test_hits_come_in_pages_without_loss_or_repetition(session: AsyncSession) -> None:
    for n in range(25):
        await store_agency(session, make_record(legal_name=f"Delta Agency {n:02}"))
    pages = [await agencies.search(session, "delta", limit=10, offset=o) for o in (0, 10, 20)]
    names = [hit.legal_name for page in pages for hit in page.hits]
    assert names == [f"Delta Agency {n:02}" for n in range(25)]
    assert [page.total for page in pages] == [25] * 3


async def test_enough_beginnings_leave_out_names_that_are_only_alike(session: AsyncSession) -> None:
    for n in range(10):
        await store_agency(session, make_record(legal_name=f"Delta {n}"))
    await store_agency(session, make_record(legal_name="Great Delta"))
    assert (await agencies.search(session, "delta", limit=50)).total == 10


@pytest.mark.parametrize("typed", ["delta", "padma", "zzzz"])
async def test_searching_takes_few_statements(session: AsyncSession, queries, typed: str) -> None:  # type: ignore[no-untyped-def]
    await _store_some(session)
    for n in range(10):
        await store_agency(session, make_record(legal_name=f"Delta {n}"))
    with queries(at_most=7):
        await agencies.search(session, typed, limit=50)


async def test_the_order_of_words_does_not_matter(session: AsyncSession) -> None:
    ids = await _store_some(session)
    found = await agencies.search(session, "overseas padma", limit=10)
    assert [hit.id for hit in found.hits][:1] == [ids["padma"]]


async def test_the_list_is_ordered_by_name_and_can_be_one_register(session: AsyncSession) -> None:
    ids = await _store_some(session)
    hits = await agencies.list_agencies(session, limit=10)
    assert [hit.legal_name for hit in hits][:3] == [
        "Easy Maid Ltd",
        "José Peña Recruitment",
        "Padma Overseas Ltd",
    ]
    assert {hit.id: hit.city for hit in hits}[ids["meghna"]] == "Sylhet"
    assert await agencies.count_agencies(session) == 5
    assert await agencies.list_agencies(session, register_id="other", limit=10) == []
    assert await agencies.count_agencies(session, register_id="other") == 0


@pytest.mark.parametrize(
    ("name", "number", "phones", "similar"),
    [
        ("padma overseas  LTD.", None, [], True),
        ("Podma Oversees", None, [], True),
        ("পদ্মা ওভারসিজ", None, [], True),
        ("Other", "rl 0042", [], True),
        ("Other", None, ["880 2955 0101"], True),
        ("Other", "RL-1", ["123"], False),
        ("Other", None, [""], False),
    ],
)
async def test_an_agency_that_may_be_the_same_is_shown(
    session: AsyncSession, name: str, number: str | None, phones: list[str], similar: bool
) -> None:
    contact = Contact(kind=ContactKind.PHONE, value="+880 2 955-0101")
    await store_agency(
        session,
        make_record(legal_name="Padma Overseas Ltd", licence_no="RL-0042", contacts=(contact,)),
    )
    await store_agency(session, make_record(legal_name="Quite another", licence_no=None))
    new = make_record(
        legal_name=name,
        licence_no=number,
        contacts=tuple(Contact(kind=ContactKind.PHONE, value=phone) for phone in phones),
    )
    hits = await agencies.list_same(session, new)
    assert [hit.legal_name for hit in hits] == (["Padma Overseas Ltd"] if similar else [])
    assert all(hit.reasons for hit in hits)


async def test_what_is_suggested_says_why_and_is_never_a_flood(session: AsyncSession) -> None:
    await _store_some(session)
    for n in range(20):
        await store_agency(session, make_record(legal_name=f"Padma Overseas {n}"))
    found = await agencies.search(session, "the Podma Oversees people, I paid 5000", limit=50)
    assert 0 < len(found.hits) <= 5
    assert all(hit.reasons for hit in found.hits)
    certain = await agencies.search(session, "licence RL 42", limit=50)
    assert [hit.licence_no for hit in certain.hits] == ["RL-0042"]
    assert certain.outcome is Outcome.CERTAIN
    assert [reason.feature for reason in certain.hits[0].reasons] == ["licence-number"]
