"""scorecards issue: the cards of a period, for one agency or for all."""

import argparse
import asyncio
import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import NoReturn
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession
from tqdm import tqdm

from recruitwatch.accounts.queries import find_person, get_person
from recruitwatch.accounts.rules import may
from recruitwatch.accounts.values import Permission
from recruitwatch.actor import Actor
from recruitwatch.agencies.queries import get_agency
from recruitwatch.app import clock_in
from recruitwatch.cli.database import Database, database, sessions, tell
from recruitwatch.cli.failures import CommandFailed
from recruitwatch.cli.serve import tidy_memory
from recruitwatch.cli.stopping import STOPPED, stoppable
from recruitwatch.db.engine import OpenSession
from recruitwatch.db.schema import check_ready
from recruitwatch.scorecards.actions.issuing_all import BATCH, issue_batch
from recruitwatch.scorecards.queries.issuing_all import count_agencies, list_agencies_after
from recruitwatch.scorecards.rules.rounds import card_day, parse_period
from recruitwatch.scorecards.values.rounds import Period, Round
from recruitwatch.settings import Settings

LANES = 2


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What every batch of a round has in common."""

    actor: Actor
    now: datetime
    period: Period
    draft_days: int
    reason: str


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    group = commands.add_parser("scorecards", help="the scorecards of agencies")
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VERB")
    issue = verbs.add_parser(
        "issue", help="issue the cards of a period; repeating goes on where it was"
    )
    issue.add_argument("--period", required=True, help="a quarter, like 2026-Q4")
    which = issue.add_mutually_exclusive_group(required=True)
    which.add_argument("--agency", type=UUID, metavar="ID", help="one agency")
    which.add_argument("--all", action="store_true", help="every agency of the register")
    issue.add_argument(
        "--as", dest="sign_in_name", required=True, metavar="SIGN_IN_NAME",
        help="the regulator in whose name the cards are issued",
    )  # fmt: skip
    issue.add_argument("--reason", default="", help="why, for agencies that have a card already")
    issue.set_defaults(run=run_issue)


def run_issue(settings: Settings, options: argparse.Namespace) -> int:
    """0 when all agencies had their turn, 130 when it was stopped before."""
    period, now = parse_period(options.period), clock_in(settings.zone)()
    day = card_day(period, now.date())
    with database(settings, quiet=True) as place:
        asyncio.run(check_ready(place.app_url))
        if day < period.last:
            tell(f"{period.name} is not over: the cards are of today, {day.isoformat()}.")
        with without_collecting():
            return asyncio.run(_issue(place, options, period, now, settings.draft_days))


async def _issue(
    place: Database, options: argparse.Namespace, period: Period, now: datetime, draft_days: int
) -> int:
    async with sessions(place.app_url) as open_session:
        async with open_session() as session, session.begin():
            actor = await _regulator(session, options.sign_in_name)
            if options.agency is not None:
                await get_agency(session, options.agency)
            total = 1 if options.agency is not None else await count_agencies(session)
        order = Order(
            actor=actor, now=now, period=period, draft_days=draft_days,
            reason=options.reason.strip(),
        )  # fmt: skip
        with stoppable() as stop:
            if options.agency is not None:
                outcome, done = await _issue_for(open_session, order, [options.agency]), total
            else:
                outcome, done = await issue_all(open_session, order, total, stop)
    _print(outcome, period)
    if done < total and stop.is_set():
        tell(f"Stopped after {done} of {total} agencies. The same command goes on where it was.")
        return STOPPED
    return 0


async def _regulator(session: AsyncSession, sign_in_name: str) -> Actor:
    """History names a person for every card, who must be allowed to issue one."""
    person_id = await find_person(session, sign_in_name.strip().lower())
    if person_id is None:
        raise CommandFailed(f"Nobody signs in as {sign_in_name!r}.")
    person = await get_person(session, person_id)
    actor = Actor(
        person_id=person.id,
        name=person.full_name,
        office_id=person.office_id,
        office_name=person.office_name,
        roles=frozenset(role.value for role in person.roles),
    )
    if person.disabled_at is not None or not may(actor, Permission.CARD_ISSUE):
        raise CommandFailed(f"{person.full_name} may not issue scorecards: name a regulator.")
    return actor


async def issue_all(
    open_session: OpenSession, order: Order, total: int, stop: asyncio.Event
) -> tuple[Round, int]:
    """What came of it, and for how many agencies. While one batch is computed here, the database reads or
    writes another: each has a session of its own."""
    outcome, done, last = Round(), 0, None
    turn = asyncio.Lock()

    async def lane(bar: "tqdm[NoReturn]") -> None:
        nonlocal outcome, done, last
        while not stop.is_set():
            async with turn, open_session() as session, session.begin():
                found = await list_agencies_after(session, last, limit=BATCH)
                if not found:
                    return
                last = found[-1][0]
            issued = await _issue_for(open_session, order, [one for one, _ in found])
            outcome += issued
            done += len(found)
            bar.update(len(found))

    with tqdm(total=total, unit=" agencies", file=sys.stderr, disable=None) as bar:
        lanes = [asyncio.create_task(lane(bar)) for _ in range(LANES)]
        try:
            await asyncio.gather(*lanes)
        finally:
            for one in lanes:
                one.cancel()
            await asyncio.gather(*lanes, return_exceptions=True)
    return outcome, done


@contextmanager
def without_collecting() -> Iterator[None]:
    """A round makes millions of values that refer to nothing but one another's parts and go with their
    batch. Looking for circles among them took a sixth of its time."""
    tidy_memory()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


async def _issue_for(open_session: OpenSession, order: Order, ids: Sequence[UUID]) -> Round:
    async with open_session() as session, session.begin():
        return await issue_batch(
            session, order.actor, order.now, period=order.period, agency_ids=ids,
            draft_days=order.draft_days, reason=order.reason,
        )  # fmt: skip


def _print(outcome: Round, period: Period) -> None:
    print(
        f"{period.name}: cards issued: {outcome.issued}, agencies unchanged: {outcome.unchanged}."
    )
    if outcome.newer:
        print(f"Agencies that have a card of a later day: {outcome.newer}.")
    if outcome.meanwhile:
        print(f"Cards that somebody else issued in the meantime: {outcome.meanwhile}.")
    for letter, count in sorted(outcome.grades.items()):
        print(f"  {letter} {count}")
