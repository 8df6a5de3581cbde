"""generate: an empty register filled with invented records, for measuring."""

import argparse
import asyncio
import sys

from tqdm import tqdm

from recruitwatch.app import clock_in
from recruitwatch.cli.database import database, sessions, tell
from recruitwatch.cli.failures import CommandFailed
from recruitwatch.cli.stopping import STOPPED, stoppable
from recruitwatch.db.engine import OpenSession
from recruitwatch.db.schema import check_ready
from recruitwatch.generating import queries
from recruitwatch.generating.filling import REGULATOR, Ground, count_made, fill_batch, found
from recruitwatch.generating.plan import Plan, Times
from recruitwatch.settings import Settings

MOST = 10_000_000


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    generate = commands.add_parser(
        "generate",
        help="fill an empty register with invented records, for measuring; repeating goes on",
    )
    for name, usual, what in (
        ("agencies", 3_000, "agencies"),
        ("audits", 100_000, "approved audits over ten years, spread over all agencies"),
        ("answers", 60, "answers of each audit"),
        ("complaints", 1_000_000, "complaints over ten years, nearly all decided"),
        ("seed", 1, "another number gives other records"),
    ):
        generate.add_argument(f"--{name}", type=int, default=usual, metavar="N", help=what)
    generate.set_defaults(run=run_generate)


def run_generate(settings: Settings, options: argparse.Namespace) -> int:
    """0 when the register is full, 130 when it was stopped before."""
    plan = _plan(options)
    with database(settings, quiet=True) as place:
        asyncio.run(check_ready(place.app_url))
        return asyncio.run(_generate(place.owner(), plan, Times(now=clock_in(settings.zone)())))


def _plan(options: argparse.Namespace) -> Plan:
    plan = Plan(
        agencies=options.agencies, audits=options.audits, answers=options.answers,
        complaints=options.complaints, seed=options.seed,
    )  # fmt: skip
    if not (1 <= plan.agencies <= MOST and 1 <= plan.answers <= MOST):
        raise CommandFailed("Name at least one agency and one answer.")
    if not (0 <= plan.audits <= MOST and 0 <= plan.complaints <= MOST):
        raise CommandFailed(f"Name at most {MOST} audits and complaints, and none below nought.")
    return plan


async def _generate(owner_url: str, plan: Plan, times: Times) -> int:
    async with sessions(owner_url) as open_session:
        async with open_session() as session, session.begin():
            done = await count_made(session, plan)
            ground = await found(session, times, plan)
        done = await _fill(open_session, ground, done)
        if done < plan.agencies:
            tell(f"Stopped after {done} of {plan.agencies} agencies. The same command goes on.")
            return STOPPED
        async with open_session() as session, session.begin():
            await queries.tidy(session)
    print(f"{plan.register.title}.")
    print(f"Cards are issued in the name of {REGULATOR}, who has no password that anybody knows.")
    return 0


async def _fill(open_session: OpenSession, ground: Ground, done: int) -> int:
    total = ground.plan.agencies
    with (
        stoppable() as stop,
        tqdm(total=total, initial=done, unit=" agencies", file=sys.stderr, disable=None) as bar,
    ):
        while done < total and not stop.is_set():
            async with open_session() as session, session.begin():
                made = await fill_batch(session, ground, done)
            done += made
            bar.update(made)
    return done
