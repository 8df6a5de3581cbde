"""Who gets a case: nobody she hid it from, nobody uncleared for violence, oversight for officials."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitwatch.complaints.rules.routing import may_confirm, named_people, route
from recruitwatch.complaints.values.codes import Compartment
from recruitwatch.complaints.values.desks import Desk, StaffName
from recruitwatch.complaints.values.filing import DeskHolder, Route

OFFICES = [UUID(int=n) for n in range(1, 4)]
PEOPLE = [UUID(int=n) for n in range(11, 19)]
OVERSIGHT = UUID(int=99)


def holder(
    person: int,
    *,
    desk: int = 1,
    cleared: bool = True,
    public: bool = True,
    office: int | None = None,
    confirmed: bool = True,
) -> DeskHolder:
    """An officer of the office desk of that number, or of oversight (0)."""
    desk_id = UUID(int=1000 - desk) if desk else OVERSIGHT
    return DeskHolder(
        desk_id=desk_id,
        oversight=desk == 0,
        takes_public=public and desk != 0,
        confirmed=confirmed,
        person_id=UUID(int=100 + person),
        office_id=UUID(int=desk if office is None else office),
        full_name=f"Person {person}",
        cleared=cleared,
        key_id=UUID(int=500 + person),
        public_key=b"",
    )


def routed(holders: list[DeskHolder], **given_: object) -> Route | None:
    asked: dict[str, object] = {
        "compartment": Compartment.GENERAL, "hidden_offices": (), "hidden_people": (), **given_,
    }  # fmt: skip
    return route(holders, **asked)  # type: ignore[arg-type]


def people(chosen: Route | None) -> list[int]:
    return [] if chosen is None else [one.person_id.int - 100 for one in chosen.holders]


@st.composite
def desks(draw: st.DrawFn) -> list[DeskHolder]:
    """Officers as the query gives them: by desk, oversight among them."""
    found: list[DeskHolder] = []
    for desk in draw(st.permutations([0, 1, 2, 3])):
        public = draw(st.booleans())
        for _ in range(draw(st.integers(0, 3))):
            office = draw(st.integers(1, 3)) if desk == 0 else desk
            found.append(
                holder(
                    len(found), desk=desk, cleared=draw(st.booleans()), public=public, office=office
                )
            )
    return found


hidden_offices = st.sets(st.sampled_from(OFFICES))
hidden_people = st.sets(st.sampled_from([UUID(int=100 + n) for n in range(12)]))
compartments = st.sampled_from(list(Compartment))


@given(desks(), hidden_offices, hidden_people, compartments)
def test_nobody_holds_what_is_hidden_from_them(
    holders: list[DeskHolder], offices: set[UUID], hidden: set[UUID], compartment: Compartment
) -> None:
    chosen = routed(holders, compartment=compartment, hidden_offices=offices, hidden_people=hidden)
    if chosen is None:
        return
    assert chosen.holders
    assert chosen.hidden_offices == tuple(sorted(offices))
    assert chosen.hidden_people == tuple(sorted(hidden))
    for one in chosen.holders:
        assert one.desk_id == chosen.desk_id
        assert one.office_id not in offices
        assert one.person_id not in hidden
        assert one.cleared or compartment is not Compartment.PROTECTED
        assert one.oversight or compartment is not Compartment.OVERSIGHT
        assert one.oversight or one.takes_public


@given(desks(), hidden_offices, hidden_people, compartments)
def test_a_case_is_refused_only_where_nobody_may_take_it(
    holders: list[DeskHolder], offices: set[UUID], hidden: set[UUID], compartment: Compartment
) -> None:
    chosen = routed(holders, compartment=compartment, hidden_offices=offices, hidden_people=hidden)
    able = [
        one
        for one in holders
        if one.office_id not in offices
        and one.person_id not in hidden
        and (one.cleared or compartment is not Compartment.PROTECTED)
        and (one.oversight or (one.takes_public and compartment is not Compartment.OVERSIGHT))
    ]
    assert (chosen is None) == (not able)


@given(desks(), hidden_offices, hidden_people, compartments)
def test_everybody_of_the_desk_who_may_read_it_holds_it(
    holders: list[DeskHolder], offices: set[UUID], hidden: set[UUID], compartment: Compartment
) -> None:
    chosen = routed(holders, compartment=compartment, hidden_offices=offices, hidden_people=hidden)
    if chosen is not None:
        assert set(chosen.holders) == {
            one
            for one in holders
            if one.desk_id == chosen.desk_id
            and one.office_id not in offices
            and one.person_id not in hidden
            and (one.cleared or compartment is not Compartment.PROTECTED)
        }


@given(desks(), hidden_offices, hidden_people, st.sampled_from([1, 2, 3]))
def test_a_case_stays_at_its_desk_while_somebody_there_may_read_it(
    holders: list[DeskHolder], offices: set[UUID], hidden: set[UUID], desk: int
) -> None:
    desk_id = UUID(int=1000 - desk)
    chosen = routed(
        holders,
        compartment=Compartment.PROTECTED,
        hidden_offices=offices,
        hidden_people=hidden,
        desk_id=desk_id,
    )
    stays = any(
        one.desk_id == desk_id
        and one.cleared
        and one.office_id not in offices
        and one.person_id not in hidden
        for one in holders
    )
    if chosen is not None:
        assert chosen.desk_id == (desk_id if stays else OVERSIGHT)
    else:
        assert not stays


@pytest.mark.parametrize(
    ("holders", "asked", "expected"),
    [
        pytest.param(
            [holder(1, desk=2), holder(2, desk=1)], {}, [1], id="first opened, first asked"
        ),
        pytest.param(
            [holder(1, desk=1, public=False), holder(2, desk=2)],
            {},
            [2],
            id="not open to the public",
        ),
        pytest.param(
            [holder(1), holder(2, desk=2), holder(3, desk=0)],
            {"hidden_offices": [UUID(int=1)]},
            [2],
            id="an office she hides it from",
        ),
        pytest.param(
            [holder(1), holder(2), holder(3, desk=0)],
            {"hidden_people": [UUID(int=101)]},
            [2],
            id="a person she hides it from",
        ),
        pytest.param(
            [holder(1), holder(2, desk=0, office=7)],
            {"hidden_offices": [UUID(int=1)]},
            [2],
            id="oversight where no other office is left",
        ),
        pytest.param(
            [holder(1), holder(2, desk=0, office=1)],
            {"hidden_offices": [UUID(int=1)]},
            [],
            id="oversight sits in the hidden office, too",
        ),
        pytest.param(
            [holder(1, cleared=False), holder(2, cleared=True)],
            {"compartment": Compartment.PROTECTED},
            [2],
            id="violence is for the cleared",
        ),
        pytest.param(
            [holder(1, cleared=False), holder(2, desk=2)],
            {"compartment": Compartment.PROTECTED},
            [2],
            id="violence goes where somebody is cleared",
        ),
        pytest.param(
            [holder(1), holder(2, desk=0)],
            {"compartment": Compartment.OVERSIGHT},
            [2],
            id="officials are for oversight",
        ),
        pytest.param(
            [holder(1)], {"compartment": Compartment.OVERSIGHT}, [], id="and for nobody else"
        ),
        pytest.param(
            [holder(1, confirmed=False), holder(2, desk=2)], {}, [2], id="a desk nobody confirmed"
        ),
        pytest.param(
            [holder(1, desk=0, confirmed=False)],
            {"compartment": Compartment.OVERSIGHT},
            [],
            id="an oversight nobody confirmed",
        ),
    ],
)
def test_where_cases_go(
    holders: list[DeskHolder], asked: dict[str, object], expected: list[int]
) -> None:
    assert people(routed(holders, **asked)) == expected


def new_desk(*, oversight: bool = False) -> Desk:
    return Desk(
        id=OVERSIGHT if oversight else UUID(int=999),
        oversight=oversight,
        office_id=None if oversight else UUID(int=1),
        office_name="",
        takes_public=True,
        opened_by=UUID(int=101),
        opened_at=datetime(2026, 6, 30, tzinfo=UTC),
        confirmed_at=None,
    )


@pytest.mark.parametrize(
    ("person", "regulator", "office", "oversight"),
    [
        pytest.param(101, True, False, False, id="who opened it"),
        pytest.param(102, True, False, True, id="who sits there, though a regulator"),
        pytest.param(103, False, True, False, id="an officer of another desk"),
        pytest.param(104, False, False, False, id="an officer of a desk nobody confirmed"),
        pytest.param(105, False, False, False, id="anybody else"),
        pytest.param(105, True, True, True, id="a regulator"),
    ],
)
def test_who_confirms_a_new_desk(
    person: int, regulator: bool, office: bool, oversight: bool
) -> None:
    holders = [
        holder(2, desk=1, confirmed=False),
        holder(3, desk=2),
        holder(4, desk=3, confirmed=False),
    ]
    who = UUID(int=person)
    assert may_confirm(new_desk(), holders, who, regulator=regulator) is office
    above = new_desk(oversight=True)
    assert may_confirm(above, holders, who, regulator=regulator) is oversight


STAFF = [
    StaffName(person_id=PEOPLE[0], full_name="Abdur Rahim Khan"),
    StaffName(person_id=PEOPLE[1], full_name="Nasrin Akter"),
    StaffName(person_id=PEOPLE[2], full_name="Md. Karim Uddin"),
    StaffName(person_id=PEOPLE[3], full_name="রহিমা বেগম"),
    StaffName(person_id=PEOPLE[4], full_name="سلمى الخوري"),
    StaffName(person_id=PEOPLE[5], full_name="Tareq Chowdhury"),
]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Rahim", {0, 3}),
        ("RAHIM sir", {0, 3}),
        ("the officer, khan.", {0}),
        ("nasrin", {1}),
        ("Mr Karim", {2}),
        ("রহিমা", {0, 3}),
        ("سلمى", {4}),
        ("Rahim and Nasrin", {0, 1, 3}),
        ("the tall man at the counter", set()),
        ("an officer of the ministry, I do not know the name", set()),
        ("কেউ না", set()),
        ("চৌধুরী", {5}),
        ("", set()),
        ("Rohim", {0, 3}),
        ("Raheem", {0, 3}),
        ("Nasreen", {1}),
        ("Kareem", {2}),
        ("রহিম", {0, 3}),
        ("নাসরিন", {1}),
        ("كريم", {2}),
    ],
)
def test_whom_her_words_may_mean(said: str, meant: set[int]) -> None:
    assert named_people(STAFF, said) == {PEOPLE[place] for place in meant}


@given(st.text(max_size=60), st.text(max_size=60))
def test_more_words_never_mean_fewer_people(said: str, more: str) -> None:
    assert named_people(STAFF, said) <= named_people(STAFF, f"{said} {more}")


@given(st.sampled_from(STAFF), st.sampled_from(["{}", "not {} !", "“{}”", "  {}  "]))
def test_a_full_name_means_its_owner(one: StaffName, around: str) -> None:
    assert one.person_id in named_people(STAFF, around.format(one.full_name))
    upper = msgspec.structs.replace(one, full_name=one.full_name.upper())
    assert one.person_id in named_people([upper], one.full_name)
