"""keys: the escrow, what keys exist, and destroying those whose time is over. See also `recover`."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from uuid import UUID, uuid4

from recruitwatch.actor import SYSTEM
from recruitwatch.app import clock_in
from recruitwatch.cli import recover
from recruitwatch.cli.database import Database, database, tell, transaction
from recruitwatch.cli.failures import CommandFailed
from recruitwatch.complaints.queries.escrow import (
    EscrowUse,
    find_escrow_key,
    insert_escrow_key,
    list_escrow_uses,
    retire_escrow_key,
)
from recruitwatch.complaints.queries.periods import PeriodUse, list_period_uses
from recruitwatch.db.schema import check_ready
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.keys import RetentionKeys, read_key
from recruitwatch.keys.escrow import NewEscrow, make_escrow
from recruitwatch.keys.retention import ensure_ahead, has_ended, last_day
from recruitwatch.settings import Settings

FOR_WHOM = ("ministry", "ombudsperson", "auditor")
WORDS_A_LINE = 6
CLEAR = "\x1b[H\x1b[2J\x1b[3J"
"""Empties a terminal and what it would scroll back to."""

ESCROWS_SHOWN = 50


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    group = commands.add_parser("keys", help="the keys of complaints: escrow, list, expiry")
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VERB")
    escrow = verbs.add_parser("escrow", help="make the escrow; its three shares are shown once")
    escrow.add_argument(
        "--replace", action="store_true", help="retire the present one; its cases stay with it"
    )
    escrow.set_defaults(run=run_escrow)
    shown = verbs.add_parser("list", help="which keys there are, and until when")
    shown.add_argument("--all", action="store_true", help="one line for each retention key")
    shown.set_defaults(run=run_list)
    ended = verbs.add_parser(
        "destroy-ended", help="destroy the retention keys of periods that are over"
    )
    ended.set_defaults(run=run_destroy_ended)
    recover.add_command(verbs)


def run_escrow(settings: Settings, options: argparse.Namespace) -> int:
    """The public key is stored after all shares were shown: an escrow nobody can open is worse than
    none."""
    read_key(settings.keys)
    with database(settings) as place:
        asyncio.run(check_ready(place.app_url))
        present = asyncio.run(_present(settings, place, options.replace))
        made = make_escrow()
        try:
            _show(made.shares)
        except (KeyboardInterrupt, EOFError):
            raise CommandFailed(
                "Nothing was kept: destroy the shares that were shown, they open nothing."
            ) from None
        asyncio.run(_keep(place, made, present, clock_in(settings.zone)()))
    print("The escrow is made: two of the three shares open the cases filed from now on.")
    return 0


async def _present(settings: Settings, place: Database, replace: bool) -> UUID | None:
    async with transaction(place.app_url) as session:
        present = await find_escrow_key(session)
    if present is not None and not replace:
        raise CommandFailed(
            f"There is an escrow, made on {_day(settings, present.made_at)}. With --replace it is retired: "
            "cases already filed stay with its shares, later ones go to the new one."
        )
    return present.id if present is not None else None


def _show(shares: Sequence[str]) -> None:
    """One share after the other, each on a screen of its own where a person is there to turn over."""
    attended = sys.stdin.isatty()
    for number, (whom, share) in enumerate(zip(FOR_WHOM, shares, strict=True), 1):
        words = share.split()
        print(f"Share {number} of {len(shares)}, for the {whom}. Shown once: write it on paper.\n")
        for start in range(0, len(words), WORDS_A_LINE):
            line = enumerate(words[start : start + WORDS_A_LINE], start + 1)
            print("  " + "".join(f"{place:>2} {word:<10}" for place, word in line).rstrip())
        print(flush=True)
        if attended:
            input("Press Enter when it is written down and compared. ")
            print(CLEAR if sys.stdout.isatty() else "", end="", flush=True)


async def _keep(place: Database, made: NewEscrow, present: UUID | None, now: datetime) -> None:
    escrow_id = uuid4()
    async with transaction(place.app_url) as session:
        found = await find_escrow_key(session)
        unchanged = (found.id if found is not None else None) == present
        if unchanged and present is not None:
            unchanged = await retire_escrow_key(session, escrow_id=present, now=now)
        if not unchanged or not await insert_escrow_key(
            session, escrow_id=escrow_id, public_key=made.public, now=now
        ):
            raise CommandFailed(
                "Somebody else made an escrow meanwhile: destroy these shares, they open nothing."
            )
        await record(session, SYSTEM, Action.ESCROW_MADE, subject=("escrow", escrow_id), now=now)


def run_list(settings: Settings, options: argparse.Namespace) -> int:
    key = read_key(settings.keys)
    with database(settings, quiet=True) as place:
        asyncio.run(check_ready(place.app_url))
        escrows, uses = asyncio.run(_read(place))
    print(f"Installation key: fingerprint {key.fingerprint()}")
    _print_escrows(settings, escrows)
    periods = RetentionKeys(settings.keys).list_periods()
    periods.sort(key=lambda one: (_compartment(one), last_day(one)))
    _print_periods(periods, clock_in(settings.zone)().date(), each=options.all)
    for sentence in _about_missing(settings, uses):
        print(sentence)
    return 0


async def _read(place: Database) -> tuple[list[EscrowUse], list[PeriodUse]]:
    async with transaction(place.app_url) as session:
        return await list_escrow_uses(session, limit=ESCROWS_SHOWN), await list_period_uses(session)


def _print_escrows(settings: Settings, escrows: Sequence[EscrowUse]) -> None:
    if not any(one.retired_at is None for one in escrows):
        print("Escrow: none. No complaint can be taken: make one with `recruitwatch keys escrow`.")
    for one in escrows:
        made = f"Escrow made on {_day(settings, one.made_at)}"
        if one.retired_at is not None:
            made += f", retired on {_day(settings, one.retired_at)}"
        print(f"{made}. Cases that its shares open: {one.cases}.")


def _day(settings: Settings, at: datetime) -> date:
    return at.astimezone(settings.zone).date()


def _print_periods(periods: Sequence[str], today: date, *, each: bool) -> None:
    print(f"Retention keys: {len(periods)}")
    for compartment, group in groupby(periods, key=_compartment):
        own = [*group]
        print(
            f"  {compartment}: {len(own)}, the first ends on {last_day(own[0])}, "
            f"the last on {last_day(own[-1])}"
        )
        if each:
            for period in own:
                print(f"    {period} ends on {last_day(period)}")
    if ended := [period for period in periods if has_ended(period, today)]:
        print(f"Ended and not yet destroyed: {len(ended)}. Run `recruitwatch keys destroy-ended`.")


def _compartment(period: str) -> str:
    return period.partition("-")[0]


def run_destroy_ended(settings: Settings, _options: argparse.Namespace) -> int:
    """Expiry waits for nothing: the database is asked only afterwards, before new keys are made."""
    read_key(settings.keys)
    destroyed = RetentionKeys(settings.keys).destroy_ended(clock_in(settings.zone)().date())
    for period in destroyed:
        print(f"Destroyed: {period}, which ended on {last_day(period)}")
    if not destroyed:
        print("No retention key has ended.")
    sys.stdout.flush()
    with database(settings, quiet=True) as place:
        asyncio.run(check_ready(place.app_url))
        make_ahead(settings, place)
    return 0


def make_ahead(settings: Settings, place: Database) -> None:
    """Make the keys of coming months, but not while keys are missing that stored cases need: a new key
    under the name of the lost one would be in its way when it is found."""
    sentences = asyncio.run(say_what_is_missing(settings, place))
    for sentence in sentences:
        tell(sentence)
    if not sentences:
        ensure_ahead(RetentionKeys(settings.keys), clock_in(settings.zone)().date())


async def say_what_is_missing(settings: Settings, place: Database) -> list[str]:
    """What cannot be read because its retention key is not in the keys folder; nothing if all is."""
    async with transaction(place.app_url) as session:
        uses = await list_period_uses(session)
    return _about_missing(settings, uses)


def _about_missing(settings: Settings, uses: Sequence[PeriodUse]) -> list[str]:
    retention, today = RetentionKeys(settings.keys), clock_in(settings.zone)().date()
    missing = [
        use for use in uses if not has_ended(use.period, today) and not retention.has(use.period)
    ]
    if not missing:
        return []
    cases, drafts = sum(use.cases for use in missing), sum(use.drafts for use in missing)
    return [
        f"Retention keys are missing: {', '.join(use.period for use in missing)}.",
        f"What they seal cannot be read by anybody: {cases} (cases), {drafts} (drafts). "
        "Put the copied keys folder in place before cases are filed again.",
    ]
