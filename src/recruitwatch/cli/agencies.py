"""agencies import: a register's list from a CSV file."""

import argparse
import asyncio
import sys
from pathlib import Path

import msgspec
from tqdm import tqdm

from recruitwatch.actor import SYSTEM
from recruitwatch.app import utc_now
from recruitwatch.cli.database import Database, database, transaction
from recruitwatch.db.schema import check_ready
from recruitwatch.registers.actions import import_file
from recruitwatch.registers.values import ImportReport
from recruitwatch.settings import Settings
from recruitwatch.web.languages import say


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    group = commands.add_parser("agencies", help="the register of agencies")
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VERB")
    load = verbs.add_parser("import", help="take in a list of agencies; repeating changes nothing")
    load.add_argument("file", type=Path, metavar="FILE.csv")
    load.add_argument("--register", required=True, help="name of the register, like bangladesh")
    load.add_argument("--aliases", type=Path, help="further names: register, licence_no, alias, kind")
    load.add_argument("--numbers", choices=("official", "row-key"), help="what licence_no holds")
    load.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
    load.add_argument("--json", action="store_true", help="the report as JSON")
    load.set_defaults(run=run_import)


def run_import(settings: Settings, options: argparse.Namespace) -> int:
    with database(settings, quiet=True) as place:
        asyncio.run(check_ready(place.app_url))
        report = asyncio.run(_import(place, options))
    if options.json:
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n")
    else:
        print_report(report)
    return 0 if not report.errors else 1
