"""contract check: the papers of one worker against library, law and each other, without a database.

Exit code 0: nothing found; 1: findings; 2: the input cannot be checked.
"""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TextIO

import msgspec

from recruitwatch.cli.failures import CommandFailed
from recruitwatch.contracts.actions import open_library
from recruitwatch.contracts.rules.checking import check, joined, read_check
from recruitwatch.contracts.rules.checking.reading import MOST_BYTES
from recruitwatch.contracts.rules.checking.schemas import SCHEMAS, schema_of, written_out
from recruitwatch.contracts.rules.checking.signs import printable, printable_json
from recruitwatch.contracts.values.checking import (
    STEP_NAMES,
    CheckInput,
    CheckReport,
    Finding,
    Note,
    PaperChange,
    Way,
)
from recruitwatch.settings import Settings
from recruitwatch.web.saying import say

CLEAN, FOUND, BAD_INPUT = 0, 1, 2


def add_commands(inner: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """`contract check` and `contract schema`, beside the other commands for contracts."""
    check_command = inner.add_parser(
        "check",
        help="check a contract against library and law, and newer papers against older ones",
    )
    check_command.add_argument(
        "input", type=Path, metavar="FILE.json",
        help="our JSON of a contract, or of all papers of a worker (docs/contract-checks.md)",
    )  # fmt: skip
    check_command.add_argument(
        "--against", type=Path, metavar="OLDER.json", help="what was agreed before"
    )
    check_command.add_argument(
        "--arrived", type=date.fromisoformat, metavar="YYYY-MM-DD",
        help="day on which the worker arrived; a contract signed since then is a paper after arrival",
    )  # fmt: skip
    check_command.add_argument("--json", action="store_true", help="the report as JSON")
    check_command.set_defaults(run=run_check, failed=BAD_INPUT)
    schema = inner.add_parser("schema", help="print the JSON schema of what is checked or reported")
    schema.add_argument("name", choices=sorted(SCHEMAS))
    schema.set_defaults(run=run_schema)


def run_check(_settings: Settings, options: argparse.Namespace) -> int:
    given = _read(options.input, options.arrived)
    if options.against:
        given = joined(_read(options.against, None), given)
    report = check(given, open_library())
    if options.json:
        body = msgspec.json.encode(written_out(report, say))
        sys.stdout.buffer.write(printable_json(msgspec.json.format(body)) + b"\n")
    else:
        _print(report)
    return FOUND if report.findings else CLEAN


def run_schema(_settings: Settings, options: argparse.Namespace) -> int:
    sys.stdout.buffer.write(schema_of(options.name))
    return 0


def _read(file: Path, arrived_on: date | None) -> CheckInput:
    if not file.is_file():
        raise CommandFailed(f"There is no file {printable(str(file))}.")
    if file.stat().st_size > MOST_BYTES:
        raise CommandFailed(
            f"{printable(str(file))}: more than papers of a worker can need ({MOST_BYTES:,} bytes)"
        )
    return read_check(file.read_bytes(), arrived_on=arrived_on)


def _line(text: str, out: TextIO | None = None) -> None:
    """Papers come from anybody: what they say must not steer the screen."""
    print(printable(text), file=out)


def _print(report: CheckReport) -> None:
    for one in report.findings:
        _print_finding(one)
    for pattern in report.patterns:
        _line(f"pattern   {pattern.id}  {pattern.name}: {pattern.story}.")
    for better in report.improvements:
        _line(f"better    {_change(better)}")
    for other in report.changes:
        left_out = other.change.way is Way.LEFT_OUT
        _line(f"{'left out' if left_out else 'changed':<9} {_change(other)}")
    for note in report.information:
        _line(f"note      {note.rule}  {say(note.message)}{_sources(note)}")
    if report.unchecked:
        rules = ", ".join(dict.fromkeys(one.rule for one in report.unchecked))
        _line(f"not checked, because something is missing: {rules}", sys.stderr)
    _line(f"{len(report.findings)} findings, {len(report.improvements)} improvements.")


def _print_finding(one: Finding) -> None:
    place = say_step(one)
    _line(f"{one.severity:<9} {one.rule}  {say(one.message)}")
    _line(f"{'':<9} {place}{_sources(one)}")
    if one.expected is not None:
        _line(f"{'':<9} It would have to say: {say(one.expected)}")
    if one.items:
        _line(f"{'':<9} Bears on checklist item {', '.join(one.items)}.")


def say_step(one: Finding) -> str:
    """Which paper is meant, and beside which."""
    here = f"In {STEP_NAMES[one.paper.step]} of {one.paper.signed_on}"
    if one.against is None:
        return f"{here}."
    return f"{here}, beside {STEP_NAMES[one.against.step]} of {one.against.signed_on}."


def _sources(one: Finding | Note) -> str:
    named = "; ".join(f"{source.id}, {source.title}" for source in one.sources)
    return f" Source: {named}." if named else ""


def _change(one: PaperChange) -> str:
    return f"{one.change.label}: {say(one.change.old)} → {say(one.change.new)}"
