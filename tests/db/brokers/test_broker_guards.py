"""What the database refuses of records of brokers, whoever asks; and what erasing leaves."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from conftest import KEY, NOW
from factories.accounts import store_person
from factories.agencies import store_agency
from factories.brokers import store_broker, store_tie
from factories.complaints import vault_of
from factories.deciding import file_about, open_ministry
from recruitwatch.accounts.values import Role
from recruitwatch.actor import Actor
from recruitwatch.brokers import actions
from recruitwatch.brokers.queries.finding import (
    count_brokers,
    list_brokers,
    list_candidates,
    list_of_agency,
)
from recruitwatch.brokers.queries.people import get_person_id
from recruitwatch.brokers.queries.ties import list_confirmed
from recruitwatch.brokers.values import (
    BrokerUnknown,
    Confidence,
    Judgement,
    NotCertain,
    SaidMeanwhile,
    TieEvidence,
)
from recruitwatch.keys import Vault

TIE = """insert into broker_agencies
  (id, broker_id, agency_id, judgement, evidence, confidence, reason, supersedes, judged_by, judged_at)
  values (gen_random_uuid(), :broker, :agency, :judgement, :evidence, :confidence, :reason,
    :supersedes, :by, now())"""
MERGE = """insert into broker_merges
  (id, broker_id, into_id, reason, supersedes, judged_by, judged_at)
  values (gen_random_uuid(), :broker, :into, 'The same.', null, :by, now())"""


@pytest_asyncio.fixture
async def actor(session: AsyncSession) -> Actor:
    return await store_person(session, Role.REGULATOR)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return vault_of(tmp_path / "keys", KEY)


async def refused(session: AsyncSession, statement: str, **values: object) -> str:
    """The constraint that refuses a statement."""
    with pytest.raises(IntegrityError) as problem:
        async with session.begin_nested():
            await session.execute(text(statement), values)
    return str(getattr(problem.value.orig.__cause__, "constraint_name", ""))  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        (
            {"judgement": "guessed", "evidence": [], "confidence": ""},
            "ck_broker_agencies_judgement",
        ),
        ({"evidence": []}, "ck_broker_agencies_evidence"),
        ({"evidence": ["gossip"]}, "ck_broker_agencies_evidence"),
        ({"judgement": "rejected", "confidence": ""}, "ck_broker_agencies_evidence"),
        ({"confidence": ""}, "ck_broker_agencies_confidence"),
        ({"confidence": "certain"}, "ck_broker_agencies_confidence"),
        ({"confidence": "perhaps"}, "ck_broker_agencies_confidence"),
        (
            {"judgement": "rejected", "evidence": [], "confidence": "likely"},
            "ck_broker_agencies_confidence",
        ),
        (
            {"judgement": "withdrawn", "evidence": [], "confidence": ""},
            "ck_broker_agencies_withdrawn",
        ),
        ({"reason": ""}, "ck_broker_agencies_reason"),
        ({"broker": uuid4()}, "fk_broker_agencies_broker_id_brokers"),
        ({"by": uuid4()}, "fk_broker_agencies_judged_by_people"),
    ],
)
async def test_a_word_that_cannot_be_is_refused(
    session: AsyncSession, actor: Actor, changes: dict[str, object], constraint: str
) -> None:
    word = {
        "broker": await store_broker(session, actor), "agency": await store_agency(session),
        "judgement": "confirmed", "evidence": ["document"], "confidence": "likely",
        "reason": "A card.", "supersedes": None, "by": actor.id,
    }  # fmt: skip
    assert await refused(session, TIE, **{**word, **changes}) == constraint


async def test_a_chain_of_words_stays_on_one_broker_and_agency(
    session: AsyncSession, actor: Actor
) -> None:
    broker, agency = await store_broker(session, actor), await store_agency(session)
    first = await store_tie(session, actor, broker, agency)
    word = {
        "broker": broker, "agency": agency, "judgement": "rejected", "evidence": [],
        "confidence": "", "reason": "No.", "supersedes": None, "by": actor.id,
    }  # fmt: skip
    assert await refused(session, TIE, **word) == "uq_broker_agencies_first"
    other = {**word, "broker": await store_broker(session, actor), "supersedes": first}
    assert await refused(session, TIE, **other) == "tr_broker_agencies_follows"
    await session.execute(text(TIE), {**word, "supersedes": first})
    assert await refused(session, TIE, **{**word, "supersedes": first}) == (
        "uq_broker_agencies_supersedes"
    )


async def test_records_that_are_one_person_form_no_ring(
    session: AsyncSession, actor: Actor
) -> None:
    first, second, third = [await store_broker(session, actor) for _ in range(3)]
    await session.execute(text(MERGE), {"broker": first, "into": second, "by": actor.id})
    await session.execute(text(MERGE), {"broker": second, "into": third, "by": actor.id})
    assert await get_person_id(session, first) == third
    values = {"broker": third, "into": first, "by": actor.id}
    assert await refused(session, MERGE, **values) == "tr_broker_merges_ring"
    values = {"broker": third, "into": third, "by": actor.id}
    assert await refused(session, MERGE, **values) == "tr_broker_merges_ring"
    assert await count_brokers(session) == 1


@pytest.mark.parametrize("table", ["brokers", "broker_names", "broker_agencies", "broker_merges"])
@pytest.mark.parametrize(
    "write", ["update {} set {} = {}", "delete from {}", "truncate {} cascade"]
)
async def test_the_application_may_not_change_what_stands(
    session: AsyncSession, actor: Actor, table: str, write: str
) -> None:
    await store_tie(session, actor, await store_broker(session, actor), await store_agency(session))
    column = "name" if table in {"brokers", "broker_names"} else "reason"
    with pytest.raises(DBAPIError, match="permission denied"):
        async with session.begin_nested():
            await session.execute(text(write.format(table, column, column)))


async def test_nobody_calls_certain_what_one_thing_shows(
    session: AsyncSession, actor: Actor
) -> None:
    broker, agency = await store_broker(session, actor), await store_agency(session)
    with pytest.raises(NotCertain):
        await store_tie(session, actor, broker, agency, confidence=Confidence.CERTAIN)
    admitted = {"evidence": (TieEvidence.ADMITTED,), "confidence": Confidence.CERTAIN}
    await store_tie(session, actor, broker, agency, **admitted)
    assert [one.confidence for one in await list_confirmed(session, [broker])] == [
        Confidence.CERTAIN
    ]


async def test_a_word_answers_the_one_that_was_seen(session: AsyncSession, actor: Actor) -> None:
    broker, agency = await store_broker(session, actor), await store_agency(session)
    tie_id = await store_tie(session, actor, broker, agency)
    for seen in (None, uuid4()):
        with pytest.raises(SaidMeanwhile):
            await store_tie(session, actor, broker, agency, seen=seen)
    back = {"judgement": Judgement.WITHDRAWN, "evidence": (), "confidence": None}
    await store_tie(session, actor, broker, agency, seen=tie_id, **back)
    assert await list_confirmed(session, [broker]) == []


async def test_the_brokers_of_an_agency_are_read_together_and_each_person_once(
    session: AsyncSession,
    actor: Actor,
    queries,  # type: ignore[no-untyped-def]
) -> None:
    agency, other = await store_agency(session), await store_agency(session)
    first, second, third, part = [await store_broker(session, actor) for _ in range(4)]
    for broker in (first, second, part):
        said = await store_tie(session, actor, broker, agency)
    await store_tie(session, actor, first, other)
    back = {"judgement": Judgement.WITHDRAWN, "evidence": (), "confidence": None}
    await store_tie(session, actor, part, agency, seen=said, **back)
    await store_tie(session, actor, part, other)
    await actions.merge_brokers(
        session, actor, NOW, broker_id=part, into_id=third, reason="One telephone."
    )
    confirmed = await list_confirmed(session, [first, second, third])
    assert {one.broker_id for one in confirmed if one.agency_id == other} == {first, third}
    with queries(at_most=6):
        found = await list_of_agency(session, agency)
    assert {one.id for one in found} == {first, second}


async def test_erasing_a_broker_whom_a_case_names_looks_the_same_and_keeps_the_name_there(
    session: AsyncSession, actor: Actor, vault: Vault
) -> None:
    ministry = await open_ministry(session, vault)
    filed = await file_about(session, ministry, NOW)
    named = await store_broker(session, actor, name="Kamal", phone="01712345678", area="Savar")
    await session.execute(
        text(
            "insert into complaint_links (id, case_id, target, broker_id, judgement, basis,"
            " reason_sealed, judged_by, judged_at) values (gen_random_uuid(), :case, 'broker',"
            " :broker, 'confirmed', 'document', 'x', :by, now())"
        ),
        {"case": filed.case_id, "broker": named, "by": ministry.first.actor.id},
    )
    await actions.erase_broker(session, actor, NOW, broker_id=named)
    with pytest.raises(BrokerUnknown):
        await get_person_id(session, named)
    assert await list_brokers(session, limit=9) == []
    found = await list_candidates(session, numbers=["01712345678"], names=["Kamal"], limit=9)
    assert found == []
    for table in ("broker_names", "broker_phones", "broker_areas"):
        assert await session.scalar(text(f"select count(*) from {table}")) == 0
    assert await _name(session, named) == "Kamal"
    with pytest.raises(BrokerUnknown):
        await actions.erase_broker(session, actor, NOW, broker_id=named)


async def _name(session: AsyncSession, broker_id: UUID) -> str | None:
    name: str | None = await session.scalar(
        text("select name from brokers where id = :id"), {"id": broker_id}
    )
    return name
