"""What the database itself refuses about contests, whatever the pages do."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from msgspec.structs import replace
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from db.scorecards.test_corrected_cards import LINE, Case
from factories import agencies as agencies_factory
from factories.accounts import NOW, store_agency_person, store_person
from factories.published_cards import store_published
from recruitwatch.accounts.values import Role
from recruitwatch.actor import Actor
from recruitwatch.db.constraints import error_for
from recruitwatch.scorecards import queries
from recruitwatch.scorecards.actions import issue_scorecard
from recruitwatch.scorecards.actions.contesting import decide_line, file_contest
from recruitwatch.scorecards.rules.contesting import NOT_NEWEST
from recruitwatch.scorecards.values.contests import (
    ContestRefused,
    DecidedByIssuer,
    DecidedByVisitor,
    Ground,
    LineContested,
    LineDecided,
    NewContest,
    NewContestLine,
    NewLineDecision,
)
from recruitwatch.scorecards.values.publishing import CardStepKind, NewCardStep, NotPrepared
from rules.scorecards.example import example

WORDS = NewContest(
    lines=(NewContestLine(line_id=LINE, ground=Ground.WRONG_FACT, reason="It hangs there."),)
)
STANDS = NewLineDecision(line_id=LINE, upheld=False, reason="It did not hang there.")


@pytest.fixture
async def case(session: AsyncSession, tmp_path: Path) -> Case:
    """A card that is issued and not yet handed over."""
    made = await Case(session, tmp_path).begin()
    await issue_scorecard(session, made.issuer, NOW, agency_id=made.agency_id)
    return made


async def take(case: Case, actor: Actor, kind: CardStepKind, text: str = "By letter") -> None:
    card_id = (await queries.get_prepared(case.session, case.agency_id, 1)).card_id
    day = (NOW + timedelta(days=20)).date() if kind is CardStepKind.PUBLISHED else NOW.date()
    new = NewCardStep(kind=kind, on_date=day, text=text)
    await queries.insert_card_step(case.session, actor, NOW, card_id=card_id, new=new)


async def contest(case: Case, person: Actor | None = None) -> UUID:
    return await file_contest(
        case.session, person or case.person, NOW, case.files, revision=1, new=WORDS
    )


@pytest.fixture
async def contested(case: Case) -> UUID:
    await take(case, case.issuer, CardStepKind.SERVED)
    return await contest(case)


async def refused(
    session: AsyncSession, contest_id: UUID, actor: Actor
) -> tuple[str | None, type[Exception] | None]:
    """What becomes of a decision written past every page and action, as SQL says it and as we do."""
    with pytest.raises(IntegrityError) as caught:
        async with session.begin_nested():
            await queries.insert_line_decision(
                session, actor, NOW, contest_id=contest_id, new=STANDS, correction=None
            )
    error = error_for(caught.value, queries.CONSTRAINTS)
    return str(caught.value.orig), type(error) if error else None


async def test_nobody_contests_before_the_agency_got_the_draft(case: Case) -> None:
    with pytest.raises(ContestRefused):
        await contest(case)
    card_id = (await queries.get_prepared(case.session, case.agency_id, 1)).card_id
    with pytest.raises(IntegrityError, match="has not got the draft"):
        await queries.insert_contest(
            case.session, case.person, NOW, contest_id=card_id, card_id=card_id, lines=()
        )


async def test_who_issued_or_served_or_published_decides_nothing(
    case: Case, session: AsyncSession
) -> None:
    server, publisher = [await store_person(session, Role.REGULATOR) for _ in range(2)]
    await take(case, server, CardStepKind.SERVED)
    contest_id = await contest(case)
    await take(case, publisher, CardStepKind.PUBLISHED)
    for actor in (case.issuer, server, publisher):
        with pytest.raises(DecidedByIssuer):
            await decide_line(session, actor, NOW, contest_id=contest_id, new=STANDS)
        said, error = await refused(session, contest_id, actor)
        assert "another officer decides" in (said or "")
        assert error is DecidedByIssuer
    assert await decide_line(session, case.decider, NOW, contest_id=contest_id, new=STANDS) is None


async def test_who_inspected_or_reviewed_decides_nothing_about_the_answer(
    case: Case, contested: UUID, session: AsyncSession
) -> None:
    """One person may be inspector and regulator: nobody judges in the own cause."""
    rows = await session.execute(text("select inspector_id, reviewer_id from audit_reviews"))
    hands = [one for row in rows for one in row]
    assert len(hands) == 2
    for person_id in hands:
        actor = replace(case.decider, person_id=person_id)
        with pytest.raises(DecidedByVisitor):
            await decide_line(session, actor, NOW, contest_id=contested, new=STANDS)
    assert await decide_line(session, case.decider, NOW, contest_id=contested, new=STANDS) is None


async def test_who_recorded_only_a_reply_may_decide(case: Case, contested: UUID) -> None:
    await take(case, case.decider, CardStepKind.REPLIED, "We do not agree.")
    await decide_line(case.session, case.decider, NOW, contest_id=contested, new=STANDS)


async def test_a_draft_that_a_newer_published_card_overtook_is_not_contested(
    case: Case, session: AsyncSession
) -> None:
    """It will never be published: a contest of it would wait for nothing."""
    await take(case, case.issuer, CardStepKind.SERVED)
    await store_published(
        session, case.issuer, case.agency_id, example(as_of=NOW.date()), revision=2
    )
    with pytest.raises(ContestRefused) as problem:
        await contest(case)
    assert [one.key for one in problem.value.reasons] == [NOT_NEWEST]


async def test_nobody_of_the_agency_decides(case: Case, contested: UUID) -> None:
    said, error = await refused(case.session, contested, case.person)
    assert "another officer decides" in (said or "")
    assert error is DecidedByIssuer


async def test_a_line_is_decided_once(case: Case, contested: UUID, session: AsyncSession) -> None:
    await decide_line(session, case.decider, NOW, contest_id=contested, new=STANDS)
    with pytest.raises(LineDecided):
        await decide_line(session, case.decider, NOW, contest_id=contested, new=STANDS)
    _, error = await refused(session, contested, case.decider)
    assert error is LineDecided


async def test_a_line_is_contested_once(case: Case, contested: UUID, session: AsyncSession) -> None:
    with pytest.raises(ContestRefused) as problem:
        await contest(case)
    assert [one.key for one in problem.value.reasons] == [LineContested.sentence]
    colleague = await store_agency_person(session, case.agency_id)
    with pytest.raises(ContestRefused):
        await contest(case, colleague)


async def test_another_agency_reaches_neither_the_card_nor_the_contest(
    case: Case, contested: UUID, session: AsyncSession
) -> None:
    other = await store_agency_person(session, await agencies_factory.store_agency(session))
    with pytest.raises(NotPrepared):
        await contest(case, other)
    found = await queries.list_contests(session, agency_id=other.own_agency, limit=9)
    assert found == []
    card_id = (await queries.get_prepared(session, case.agency_id, 1)).card_id
    with pytest.raises(IntegrityError, match="another agency"):
        await queries.insert_contest(
            session, other, NOW, contest_id=card_id, card_id=card_id, lines=()
        )


@pytest.mark.parametrize(
    "statement",
    [
        "update contested_lines set reason = 'Another.'",
        "delete from card_contests",
        "update line_decisions set upheld = true",
        "delete from contest_papers",
    ],
)
async def test_what_was_said_and_decided_stays(
    case: Case, contested: UUID, session: AsyncSession, statement: str
) -> None:
    await decide_line(session, case.decider, NOW, contest_id=contested, new=STANDS)
    with pytest.raises(DBAPIError):
        async with session.begin_nested():
            await session.execute(text(statement))


@pytest.mark.parametrize("side", ["agency", "ministry"])
async def test_nobody_is_of_both_sides(case: Case, session: AsyncSession, side: str) -> None:
    person = case.person if side == "agency" else case.issuer
    role = Role.REGULATOR if side == "agency" else Role.AGENCY
    with pytest.raises(IntegrityError, match="role of agencies"):
        async with session.begin_nested():
            await session.execute(
                text("insert into person_roles (person_id, role) values (:id, :role)"),
                {"id": person.id, "role": role.value},
            )
    with pytest.raises(IntegrityError, match="between an agency and the ministry"):
        async with session.begin_nested():
            await session.execute(
                text("update people set agency_id = :agency, office_id = null where id = :id"),
                {"id": person.id, "agency": await agencies_factory.store_agency(session)},
            )
