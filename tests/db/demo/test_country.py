"""The invented country: made once and whole, marked as invented, with something of everything."""

from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from conftest import KEY, NOW, WORKER, _super, clone
from factories.checklists import store_library
from recruitwatch.accounts.actions.own_keys import unseal_for_sign_in
from recruitwatch.accounts.actions.secrets import token_hash
from recruitwatch.accounts.actions.sign_in import sign_in
from recruitwatch.accounts.queries import find_sign_in, list_agency_people, list_people
from recruitwatch.accounts.values import Role, SignInOutcome
from recruitwatch.actor import Actor
from recruitwatch.agencies.queries import list_licences_of, load_register_records
from recruitwatch.agencies.rules import status_on
from recruitwatch.agencies.values import LicenceState, StoredAgency
from recruitwatch.audits.queries import count_audits, count_open_drafts, count_waiting_reviews
from recruitwatch.audits.values import AuditFilter, AuditState
from recruitwatch.brokers.queries.finding import list_brokers
from recruitwatch.brokers.queries.ties import list_confirmed
from recruitwatch.brokers.values import Confidence
from recruitwatch.complaints.actions.attaching import list_files
from recruitwatch.complaints.actions.following import (
    enter_code,
    get_own_case,
    open_visit,
    prove_code,
)
from recruitwatch.complaints.actions.offering import find_candidates
from recruitwatch.complaints.actions.opening import open_case
from recruitwatch.complaints.queries.cases import list_queue
from recruitwatch.complaints.queries.escrow import find_escrow_by_public_key
from recruitwatch.complaints.rules.states import ENTERABLE, LATER_OUTCOMES
from recruitwatch.complaints.values.cases import CaseHead, Entry
from recruitwatch.complaints.values.codes import Compartment, Urgency
from recruitwatch.complaints.values.queue import QueueFilter, Which
from recruitwatch.complaints.values.states import Outcome, State
from recruitwatch.contracts.queries.registered import get_contract, list_contracts
from recruitwatch.contracts.values.registered import ContractState
from recruitwatch.db.embedded import Cluster
from recruitwatch.db.engine import OpenSession, make_engine, session_opener
from recruitwatch.demo.country import SIGN_INS, case_code, make_country
from recruitwatch.findings.queries import count_findings
from recruitwatch.findings.values import FindingFilter, FindingState
from recruitwatch.history.queries import count_entries, list_entries
from recruitwatch.history.values import Action
from recruitwatch.keys import RetentionKeys, Vault
from recruitwatch.keys.escrow import restore
from recruitwatch.keys.retention import has_ended
from recruitwatch.scorecards.actions import compute_cards
from recruitwatch.scorecards.queries import (
    each_published,
    get_contest,
    list_contests,
    list_published,
    list_states,
)
from recruitwatch.scorecards.rules.contesting import may_decide
from recruitwatch.scorecards.values import Card, Gate, Grade, LineKind
from recruitwatch.scorecards.values.publishing import CardState
from recruitwatch.settings import Settings

pytestmark = pytest.mark.committed


@pytest_asyncio.fixture(scope="module")
async def empty(postgres: Cluster, database: str) -> AsyncIterator[OpenSession]:
    """A database with the checklists and nothing else, for all tests of this file."""
    name = f"rw_{WORKER}_country"
    await clone(postgres, name)
    engine = make_engine(postgres.app_url(name))
    opener = session_opener(engine)
    async with opener() as session, session.begin():
        await store_library(session)
    yield opener
    await engine.dispose()
    await _super(postgres, f"drop database if exists {name} with (force)")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    data = tmp_path_factory.mktemp("country")
    return Settings(data=data, keys=data / "keys", demo=True)


def vault_in(settings: Settings) -> Vault:
    return Vault(KEY, RetentionKeys(settings.keys))


@pytest_asyncio.fixture(scope="module")
async def country(empty: OpenSession, settings: Settings) -> OpenSession:
    """Made once: it takes seconds."""
    assert await make_country(empty, settings, vault_in(settings), NOW, lambda _: None)
    return empty


@pytest_asyncio.fixture
async def reading(country: OpenSession) -> AsyncIterator[AsyncSession]:
    async with country() as session:
        yield session
        await session.rollback()


@pytest_asyncio.fixture
async def agencies(reading: AsyncSession) -> dict[UUID, StoredAgency]:
    found = await load_register_records(reading, "miravelle")
    return {stored.id: stored for stored in found.values()}


@pytest_asyncio.fixture
async def cards(reading: AsyncSession, agencies: dict[UUID, StoredAgency]) -> list[Card]:
    found, _ = await compute_cards(reading, sorted(agencies), NOW)
    return [one.card for one in found]


async def test_a_second_start_leaves_the_country_as_it_is(
    country: OpenSession, settings: Settings
) -> None:
    async with country() as session:
        before = await count_entries(session)
    said: list[str] = []
    assert not await make_country(country, settings, vault_in(settings), NOW, said.append)
    async with country() as session:
        assert await count_entries(session) == before
    assert said == []


async def test_a_start_cut_short_leaves_nothing_behind(
    postgres: Cluster, fresh_database: str, tmp_path: Path
) -> None:
    class PowerCut(Exception):
        pass

    def say(sentence: str) -> None:
        if str(NOW.year - 3) in sentence:
            raise PowerCut

    engine = make_engine(postgres.app_url(fresh_database))
    opener = session_opener(engine)
    async with opener() as session, session.begin():
        await store_library(session)
        before = await count_entries(session)
    settings = Settings(data=tmp_path, keys=tmp_path / "keys", demo=True)
    with pytest.raises(PowerCut):
        await make_country(opener, settings, vault_in(settings), NOW, say)
    async with opener() as session:
        assert await count_entries(session) == before
        assert await load_register_records(session, "miravelle") == {}
    await engine.dispose()


async def test_every_agency_says_that_it_is_invented(agencies: dict[UUID, StoredAgency]) -> None:
    assert len(agencies) == 60
    assert [one for one in agencies.values() if "Invented" not in one.record.note] == []


async def test_the_register_is_full(agencies: dict[UUID, StoredAgency]) -> None:
    records = [one.record for one in agencies.values()]
    years = {one.year for record in records for one in record.deployments}
    letters = "".join(name.name for record in records for name in record.names)
    assert years == {NOW.year - back for back in range(4)}
    assert any("\u0980" <= letter <= "\u09ff" for letter in letters)
    assert any("\u0600" <= letter <= "\u06ff" for letter in letters)
    assert any(record.branches for record in records)
    assert all(record.officers and record.sectors for record in records)
    assert any(record.claims for record in records)


@pytest.mark.parametrize("entry", SIGN_INS, ids=lambda entry: entry.role)
async def test_everybody_can_sign_in(reading: AsyncSession, entry) -> None:  # type: ignore[no-untyped-def]
    result = await sign_in(
        reading, NOW, KEY, sign_in_name=entry.sign_in_name, password=entry.password
    )
    assert result.outcome is SignInOutcome.SIGNED_IN


async def test_each_role_has_its_person_and_some_have_more(reading: AsyncSession) -> None:
    people = await list_people(reading, limit=50)
    held = Counter(role for person in people for role in person.roles)
    more = {Role.INSPECTOR: 2, Role.COMPLAINTS_OFFICER: 4, Role.REGULATOR: 2}
    assert held == {role: more.get(role, 1) for role in Role if role is not Role.AGENCY}
    assert not any(person.must_change_password for person in people)


async def test_licences_stand_in_every_state(
    reading: AsyncSession, agencies: dict[UUID, StoredAgency]
) -> None:
    licences = await list_licences_of(reading, sorted(agencies))
    states = {status_on(licences[agency_id], NOW.date()).state for agency_id in agencies}
    assert states == set(LicenceState)


async def test_there_is_work_for_everybody(reading: AsyncSession) -> None:
    people = {person.sign_in_name: person.id for person in await list_people(reading, limit=50)}
    assert await count_open_drafts(reading, people["inspector"]) > 0
    assert await count_open_drafts(reading, people["inspector2"]) > 0
    assert await count_waiting_reviews(reading) > 1
    for state in AuditState:
        assert await count_audits(reading, AuditFilter(state=state)) > 0, state
    for finding in FindingState:
        assert await count_findings(reading, FindingFilter(state=finding)) > 0, finding


async def test_every_grade_is_there_and_for_different_reasons(cards: list[Card]) -> None:
    grades = Counter(card.grade for card in cards)
    assert set(grades) == set(Grade)
    assert max(grades.values()) <= len(cards) // 2
    caps = {cap.gate for card in cards for cap in card.caps}
    assert caps >= {Gate.G1, Gate.G2, Gate.G3, Gate.G4, Gate.G5, Gate.G8, Gate.G9}


async def test_the_cases_a_ministry_asks_about_are_there(cards: list[Card]) -> None:
    def has(gate: Gate, card: Card) -> bool:
        return any(cap.gate is gate for cap in card.caps)

    assert any(has(Gate.G3, card) and card.band in (Grade.A, Grade.B) for card in cards)
    assert any(card.interviews == 7 and has(Gate.G8, card) for card in cards)
    assert any(card.months_since_inspection == 18 for card in cards)
    assert any(card.months_since_inspection is None for card in cards)
    assert any(card.licence_valid is False and card.score is not None for card in cards)


class Officers:
    """Everybody of the staff, signed in as people sign in."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def sign_in(self, sign_in_name: str) -> tuple[Actor, bytes]:
        entry = next(one for one in SIGN_INS if one.sign_in_name == sign_in_name)
        began = await sign_in(
            self._session, NOW, KEY, sign_in_name=sign_in_name, password=entry.password
        )
        assert began.token is not None
        found = await find_sign_in(self._session, token_hash(began.token), NOW)
        assert found is not None
        assert found.key_sealed is not None
        private = unseal_for_sign_in(KEY, found.person_id, began.token, found.key_sealed)
        assert private is not None
        actor = Actor(
            person_id=found.person_id,
            name=found.full_name,
            office_id=found.office_id,
            roles=frozenset(role.value for role in found.roles),
        )
        return actor, private

    async def queue(self, sign_in_name: str, **wish: object) -> list[CaseHead]:
        actor, _ = await self.sign_in(sign_in_name)
        wanted = QueueFilter(**wish)  # type: ignore[arg-type]
        return await list_queue(self._session, actor, wanted, NOW, limit=500)


@pytest.fixture
def officers(reading: AsyncSession) -> Officers:
    return Officers(reading)


DESK_SIGN_INS = ("complaints", "complaints2", "complaints3", "regional", "oversight")


async def test_a_complaint_stands_in_every_state(officers: Officers) -> None:
    states: Counter[State] = Counter()
    seen = set()
    for which in (Which.OPEN, Which.CLOSED):
        for name in DESK_SIGN_INS:
            heads = await officers.queue(name, which=which)
            states.update(head.state for head in heads if head.id not in seen)
            seen |= {head.id for head in heads}
    assert set(states) == ENTERABLE
    assert 120 <= states.total() <= 160
    assert states[State.CLOSED] > states.total() / 2


async def test_somebody_is_in_danger_now_and_some_wait_too_long(officers: Officers) -> None:
    first, *_ = await officers.queue("complaints")
    assert first.urgency is Urgency.S1
    assert first.contacted_at is None
    waiting = [
        head
        for head in await officers.queue("complaints", urgency=Urgency.S1)
        if head.contacted_at is None and head.contact_due_at > NOW
    ]
    assert [head.state for head in waiting] == [State.RECEIVED]
    assert len(await officers.queue("complaints", which=Which.OVERDUE)) >= 5


async def test_each_desk_holds_only_what_it_may_read(officers: Officers) -> None:
    def kinds(heads: list[CaseHead]) -> set[Compartment]:
        return {head.compartment for head in heads}

    cleared, uncleared, also, regional, oversight = [
        await officers.queue(name) for name in DESK_SIGN_INS
    ]
    assert kinds(cleared) == kinds(also) == {Compartment.GENERAL, Compartment.PROTECTED}
    assert {head.id for head in cleared} <= {head.id for head in also}
    assert kinds(uncleared) == kinds(regional) == {Compartment.GENERAL}
    assert kinds(oversight) == {Compartment.OVERSIGHT}
    assert len(regional) == 2
    hidden_from_the_first = {head.id for head in uncleared} - {head.id for head in cleared}
    assert len(hidden_from_the_first) == 1


async def test_every_outcome_that_can_be_reached_was(
    reading: AsyncSession, officers: Officers, settings: Settings
) -> None:
    """Money and referrals cannot be recorded yet; malice needs oversight at the same desk."""
    actor, private = await officers.sign_in("complaints")
    outcomes = set()
    for head in await officers.queue("complaints", which=Which.CLOSED):
        opened = await open_case(
            reading, actor, NOW, vault_in(settings), case_id=head.id, private_key=private
        )
        assert opened.told.happened_said
        assert opened.decision is not None
        assert opened.decision.stands
        assert opened.decision.reasons
        assert opened.decision.told
        outcomes.add(opened.decision.outcome)
    assert outcomes == set(Outcome) - LATER_OUTCOMES - {Outcome.MALICIOUS}


async def test_an_outcome_and_a_lowering_wait_for_a_second_officer(
    reading: AsyncSession, officers: Officers, settings: Settings
) -> None:
    actor, private = await officers.sign_in("complaints2")
    opened = [
        await open_case(
            reading, actor, NOW, vault_in(settings), case_id=head.id, private_key=private
        )
        for head in await officers.queue("complaints2")
    ]
    waiting = [one.decision for one in opened if one.decision is not None]
    assert [one.outcome for one in waiting if not one.stands] == [Outcome.WITHDRAWN_PRESSURE]
    assert len([one for one in opened if one.lowering is not None]) == 1
    assert len([one for one in opened if one.head.withdrawn_pressed]) == 2
    assert {one.head.language for one in opened} == {"en", "bn", "ar"}


async def test_those_whose_agency_is_sought_have_candidates(
    reading: AsyncSession, officers: Officers, settings: Settings
) -> None:
    actor, private = await officers.sign_in("complaints2")
    for head in await officers.queue("complaints2", state=State.LINKING):
        opened = await open_case(
            reading, actor, NOW, vault_in(settings), case_id=head.id, private_key=private
        )
        assert await find_candidates(reading, told=opened.told, links=opened.links), opened.told


async def test_the_printed_code_leads_to_a_case_with_messages_from_both_sides(
    country: OpenSession, reading: AsyncSession, settings: Settings
) -> None:
    code, vault = case_code(settings), vault_in(settings)
    assert code is not None
    key = await prove_code(country, NOW, vault, typed=code)
    assert key is not None
    entered = await enter_code(reading, NOW, vault, key=key)
    assert entered.entry is Entry.CASE
    assert entered.token is not None
    visit = await open_visit(reading, NOW, vault, token=entered.token)
    own = await get_own_case(reading, visit=visit)
    assert own.closed_at is None
    assert {message.from_worker for message in own.messages} == {True, False}
    assert own.openings
    assert len(await list_files(reading, case_id=visit.case_id, key=visit.key)) == 1


async def test_two_shares_of_the_escrow_open_its_cases(
    country: OpenSession, reading: AsyncSession, settings: Settings
) -> None:
    shares = (settings.keys / "demo-escrow-shares.txt").read_text().splitlines()
    assert len(shares) == 3
    pair = restore(shares[:2])
    assert await find_escrow_by_public_key(reading, pair.public) is not None


async def test_nothing_is_left_that_is_over(country: OpenSession, settings: Settings) -> None:
    periods = RetentionKeys(settings.keys).list_periods()
    assert [period for period in periods if has_ended(period, NOW.date())] == []


async def test_complaints_count_on_some_cards_and_leave_others_alone(cards: list[Card]) -> None:
    upheld = Counter(line.kind for card in cards for line in card.ledger)
    assert upheld[LineKind.COMPLAINT] > 40
    critical = [card for card in cards if any(cap.gate is Gate.G5 for cap in card.caps)]
    assert 1 <= len(critical) <= 4
    assert any(card.band in (Grade.A, Grade.B) for card in critical)


async def test_history_runs_from_the_past_to_now(reading: AsyncSession) -> None:
    total = await count_entries(reading)
    entries = [
        entry
        for entry in await list_entries(reading, limit=total)
        if entry.action != Action.CHECKLIST_LOADED
    ]
    times = [entry.at for entry in reversed(entries)]
    assert times == sorted(times)
    assert times[-1] == NOW
    assert entries[0].action == Action.DEMO_MADE


async def test_cards_stand_at_every_point_of_their_way(
    reading: AsyncSession, agencies: dict[UUID, StoredAgency]
) -> None:
    valid = [one async for one in each_published(reading)]
    assert len(valid) == 24
    assert len({one.card.grade for one in valid}) > 2
    assert any(one.replies for one in valid)
    trends = [await list_published(reading, one.agency_id, limit=9) for one in valid]
    assert sorted(len(lines) for lines in trends) == [1] * 18 + [2] * 5 + [3]
    stands = [await list_states(reading, agency_id, [1, 2, 3]) for agency_id in agencies]
    assert Counter(state for each in stands for state in each.values()) == {
        CardState.VALID: 24,
        CardState.REPLACED: 7,
        CardState.RECALLED: 1,
        CardState.SERVED: 2,
    }


async def test_one_agency_waits_for_a_decision_and_two_cards_were_put_right(
    reading: AsyncSession, settings: Settings
) -> None:
    [waiting] = await list_contests(reading, is_open=True, limit=9)
    decided = await list_contests(reading, is_open=False, limit=9)
    assert waiting.due_on > NOW.date()
    assert [one.upheld for one in decided] == [1, 1]
    assert decided[0].lines == 2
    entry = next(one for one in SIGN_INS if one.role == "Agency")
    people = await list_agency_people(reading, waiting.agency_id, limit=9)
    assert [one.sign_in_name for one in people] == [entry.sign_in_name]
    assert decided[1].agency_id == waiting.agency_id
    contest = await get_contest(reading, waiting.id)
    assert len(contest.papers) == 1
    regulators = {
        one.sign_in_name: one.id
        for one in await list_people(reading, limit=50)
        if Role.REGULATOR in one.roles
    }
    assert not may_decide(contest, regulators["regulator"])
    assert may_decide(contest, regulators["regulator2"])
    newest = [one async for one in each_published(reading)]
    assert [one.agency_id for one in newest if one.corrects] == [decided[0].agency_id]
    assert [one.agency_id for one in newest if one.pending] == [waiting.agency_id]


async def test_three_brokers_are_on_record(reading: AsyncSession) -> None:
    lines = await list_brokers(reading, limit=10)
    assert [one.name for one in lines] == ["Jorrick", "Madam Belinde", "Teovald"]
    ties = await list_confirmed(reading, [one.id for one in lines])
    assert Counter(one.confidence for one in ties) == {
        Confidence.CERTAIN: 1, Confidence.LIKELY: 1,
    }  # fmt: skip
    named = await reading.scalar(
        text("select count(distinct broker_id) from complaint_links where target = 'broker'")
    )
    assert 0 < named <= 3


async def test_three_contracts_are_on_record(reading: AsyncSession) -> None:
    lines = await list_contracts(reading, limit=10)
    states = Counter(one.state for one in lines)
    assert states == {ContractState.VALID: 2, ContractState.CANCELLED: 1}
    assert sorted(one.version for one in lines) == [1, 1, 2]
    known = [await get_contract(reading, one.id) for one in lines]
    assert all(one.newest.agency_id for one in known)
