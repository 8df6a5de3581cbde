"""agencies import: a register's list from a CSV file."""

import argparse
import asyncio
import sys
from datetime import datetime
from pathlib import Path

import msgspec
from tqdm import tqdm

from recruitwatch.actor import SYSTEM
from recruitwatch.agencies.values import NumberKind
from recruitwatch.app import clock_in
from recruitwatch.cli.database import Database, database, transaction
from recruitwatch.cli.failures import CommandFailed
from recruitwatch.db.schema import check_ready
from recruitwatch.registers.actions.importing import import_file
from recruitwatch.registers.values import Fault, ImportReport, Options
from recruitwatch.settings import Settings
from recruitwatch.web.saying import say

SHOWN = 50
NUMBERS = {"official": NumberKind.OFFICIAL, "row-key": NumberKind.ROW_KEY, None: None}


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    group = commands.add_parser("agencies", help="the register of agencies")
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VERB")
    load = verbs.add_parser("import", help="take in a list of agencies; repeating changes nothing")
    load.add_argument("file", type=Path, metavar="FILE.csv")
    load.add_argument("--register", required=True, help="name of the register, like bangladesh")
    load.add_argument(
        "--aliases", type=Path, help="further names: register, licence_no, alias, kind"
    )
    load.add_argument("--numbers", choices=("official", "row-key"), help="what licence_no holds")
    load.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
    load.add_argument("--json", action="store_true", help="the report as JSON")
    load.set_defaults(run=run_import)


def run_import(settings: Settings, options: argparse.Namespace) -> int:
    """0 when every row went in or was there already, 1 when rows were refused and are told."""
    content = options.file.read_bytes()
    aliases = (options.aliases.name, options.aliases.read_bytes()) if options.aliases else None
    with database(settings, quiet=True) as place:
        asyncio.run(check_ready(place.app_url))
        report = asyncio.run(_import(place, options, clock_in(settings.zone)(), content, aliases))
    if options.json:
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(report)) + b"\n")
    else:
        print_report(report)
    if not report.errors_total:
        return 0
    if report.import_id is None and not options.dry_run:
        raise CommandFailed(f"{options.file} was not imported: nothing was changed.")
    raise CommandFailed(f"{options.file}: errors: {report.errors_total}, see the report.")


async def _import(
    place: Database,
    options: argparse.Namespace,
    now: datetime,
    content: bytes,
    aliases: tuple[str, bytes] | None,
) -> ImportReport:
    with tqdm(desc=options.file.name, unit=" rows", file=sys.stderr, disable=None) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        async with transaction(place.app_url) as session:
            return await import_file(
                session,
                SYSTEM,
                now,
                register_id=options.register,
                file_name=options.file.name,
                content=content,
                aliases=aliases,
                dry_run=options.dry_run,
                progress=progress,
                options=Options(numbers=NUMBERS[options.numbers]),
            )


def print_report(report: ImportReport) -> None:
    """The report in words; errors by row and column."""
    done = "would be" if report.dry_run else "were"
    print(f"{report.file_name}, register {report.register.id}: {report.rows_read} rows read.")
    print(
        f"{report.created} {done} created, {report.changed} {done} changed, "
        f"{report.unchanged} are unchanged, {report.refused} {done} refused."
    )
    if report.aliases is not None:
        print(
            f"{report.aliases.file_name}: {report.aliases.read} rows read, "
            f"{report.aliases.attached} names attached, {report.aliases.refused} refused, "
            f"{report.aliases.of_other_registers} of other registers."
        )
    _print_faults("Errors", report.errors_total, report.errors)
    _print_faults("To know", report.notices_total, report.notices)
    if report.import_id is not None:
        print(f"Import {report.import_id}")


def _print_faults(title: str, total: int, faults: tuple[Fault, ...]) -> None:
    if not total:
        return
    print(f"{title} ({total}):")
    for fault in faults[:SHOWN]:
        place = [fault.file.value] if fault.file.value != "register" else []
        place += [f"row {fault.row}"] if fault.row else []
        place += [f"column {fault.column}"] if fault.column else []
        print(f"  {', '.join(place) + ': ' if place else ''}{say(fault.message)}")
    if total > SHOWN:
        print(f"  … and {total - SHOWN} more; --json lists them.")
