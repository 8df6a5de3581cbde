"""An agency contests lines of its card; another officer decides them one by one; upheld ones give a new
revision. Source: part 4.9 of the method and decision 0022."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.db.files import store
from recruitwatch.errors import Message
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.scorecards import queries
from recruitwatch.scorecards.actions.computing import compute_cards
from recruitwatch.scorecards.actions.correcting import issue_corrected
from recruitwatch.scorecards.queries.contested_hands import find_lines_worked_on
from recruitwatch.scorecards.rules import compute
from recruitwatch.scorecards.rules.contesting import (
    COSTS_THE_SAME,
    RECORDS_THE_SAME,
    contest_faults,
    contestable_lines,
    correction_of,
    costs_less,
    decision_faults,
    may_decide,
    state_for_agency,
)
from recruitwatch.scorecards.rules.correcting import corrected_at_once
from recruitwatch.scorecards.rules.publishing import card_state, is_overtaken
from recruitwatch.scorecards.values.contests import (
    ContestPaper,
    ContestRefused,
    Correction,
    CorrectionKind,
    DecidedByIssuer,
    DecidedByVisitor,
    DecisionRefused,
    LineDecided,
    NewContest,
    NewLineDecision,
    NewPaper,
    PapersRefused,
)
from recruitwatch.scorecards.values.issued import IssuedCard
from recruitwatch.scorecards.values.publishing import DRAFT_DAYS
from recruitwatch.viewing.apart import copy_apart
from recruitwatch.viewing.kinds import ViewingCopy, require_kind
from recruitwatch.viewing.refusals import FileRefused


async def file_contest(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    files: Path,
    *,
    revision: int,
    new: NewContest,
) -> UUID:
    """Contest lines of a revision of the own agency's card, with documents; gives the contest's id. The
    card shows at once that these lines are contested.

    Raises NotPrepared, ContestRefused, PapersRefused for documents that are no photo or PDF, and
    LineContested where a colleague contested the line meanwhile. The first three before anything is
    written, so that a page can be shown again.
    """
    prepared = await queries.lock_prepared(session, actor.own_agency, revision)
    steps = [step.kind for step in prepared.steps]
    state = state_for_agency(
        card_state(steps, prepared.revision, prepared.newest_published),
        overtaken=is_overtaken(prepared),
    )
    known = await queries.list_contested_ids(session, prepared.card_id)
    if faults := contest_faults(new, prepared.card, state, known):
        raise ContestRefused(faults)
    copies = await _copies(new.papers)
    offered = contestable_lines(prepared.card)
    contest_id = uuid4()
    lines = [(one, line.points if (line := offered[one.line_id]) else None) for one in new.lines]
    await queries.insert_contest(
        session, actor, now, contest_id=contest_id, card_id=prepared.card_id, lines=lines
    )
    for paper, copy in copies:
        await _keep(session, now, files, contest_id, paper, copy)
    await record(
        session, actor, Action.CARD_CONTESTED, subject=("agency", actor.own_agency), now=now,
        details={"card": str(prepared.card_id), "revision": revision, "contest": str(contest_id),
                 "lines": [one.line_id for one in new.lines], "documents": len(new.papers)},
    )  # fmt: skip
    return contest_id


async def _copies(papers: Sequence[NewPaper]) -> list[tuple[NewPaper, ViewingCopy]]:
    """Each document with a copy that is safe to look at; all that cannot be opened are named at once."""
    copies, refused = [], []
    for paper in papers:
        try:
            kind = require_kind(paper.content)
            copies.append((paper, await copy_apart(paper.content, kind)))
        except FileRefused as problem:
            refused.append((paper.file_name, problem.reason))
    if refused:
        raise PapersRefused(tuple(refused))
    return copies


async def _keep(
    session: AsyncSession,
    now: datetime,
    files: Path,
    contest_id: UUID,
    paper: NewPaper,
    copy: ViewingCopy,
) -> None:
    """The document as it came, as evidence, and the copy that officers look at."""
    kept = ContestPaper(
        id=uuid4(),
        file_name=paper.file_name,
        media_type=copy.kind.media_type,
        sha256=await asyncio.to_thread(store, files, paper.content),
        copy_sha256=await asyncio.to_thread(store, files, copy.content),
        size=len(paper.content),
        added_at=now,
    )
    await queries.insert_contest_paper(session, contest_id, kept)


async def decide_line(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    contest_id: UUID,
    new: NewLineDecision,
    draft_days: int = DRAFT_DAYS,
) -> int | None:
    """Decide one contested line, with reasons. The last one of a contest issues the new revision if any
    line was upheld, and hands its draft to the agency; gives that revision.

    Raises ContestUnknown, DecidedByIssuer, DecidedByVisitor, LineDecided (a form sent twice decides
    once), and DecisionRefused where the correction puts nothing right.
    """
    contest = await queries.lock_contest(session, contest_id)
    if not may_decide(contest, actor.id):
        raise DecidedByIssuer
    if any(one.line_id == new.line_id and one.decision is not None for one in contest.lines):
        raise LineDecided
    issued = await queries.get_issued(session, contest.agency_id, contest.revision)
    interviews = issued.snapshot.interviews
    if await find_lines_worked_on(session, actor.id, [new.line_id], issued):
        raise DecidedByVisitor
    if faults := decision_faults(new, contest, issued.inputs, interviews, actor.id):
        raise DecisionRefused(faults)
    correction = correction_of(new, issued.inputs, interviews)
    if correction is not None:
        await _refuse_unless_right(session, now, issued, correction, new.line_id)
    await queries.insert_line_decision(
        session, actor, now, contest_id=contest_id, new=new, correction=correction
    )
    await record(
        session, actor, Action.CONTEST_DECIDED, subject=("agency", contest.agency_id), now=now,
        details={"contest": str(contest_id), "revision": contest.revision, "line": new.line_id,
                 "upheld": new.upheld, "reason": new.reason},
    )  # fmt: skip
    corrections = await _corrections_if_all_decided(session, contest_id)
    if not corrections:
        return None
    return await issue_corrected(
        session, actor, now, issued=issued, contest_id=contest_id, corrections=corrections,
        draft_days=draft_days,
    )  # fmt: skip


async def _refuse_unless_right(
    session: AsyncSession, now: datetime, issued: IssuedCard, correction: Correction, line_id: str
) -> None:
    """An upheld line must cost less: by its corrected answer, or by the records as they stand today."""
    before = issued.snapshot.card
    if correction.kind is CorrectionKind.RECORDS:
        [current], _ = await compute_cards(session, [issued.agency_id], now)
        if not costs_less(before, current.card, line_id):
            raise DecisionRefused((Message(RECORDS_THE_SAME),))
    elif not costs_less(before, compute(corrected_at_once(issued.inputs, [correction])), line_id):
        raise DecisionRefused((Message(COSTS_THE_SAME),))


async def _corrections_if_all_decided(session: AsyncSession, contest_id: UUID) -> list[Correction]:
    contest = await queries.get_contest(session, contest_id)
    decisions = [line.decision for line in contest.lines]
    if any(one is None for one in decisions):
        return []
    return [one.correction for one in decisions if one is not None and one.correction is not None]
