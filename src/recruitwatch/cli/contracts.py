"""contract render: a standard contract from a file of values, without a database. `contract check` has
a module of its own."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec

from recruitwatch.checklists.rules.reading import MOST_BYTES
from recruitwatch.cli import contract_changes, contract_check
from recruitwatch.cli.failures import CommandFailed
from recruitwatch.contracts.actions import open_library
from recruitwatch.contracts.forms import read_input
from recruitwatch.contracts.pdf.html import html_of
from recruitwatch.contracts.pdf.sheet import pdf_of
from recruitwatch.contracts.pdf.word import docx_of
from recruitwatch.contracts.rules.assembling import assemble, canonical
from recruitwatch.contracts.rules.papering import paper_of
from recruitwatch.contracts.rules.report import report_of
from recruitwatch.contracts.values.paper import Paper
from recruitwatch.contracts.values.terms import ContractInput
from recruitwatch.settings import Settings
from recruitwatch.web.saying import say

# How each kind of file is drawn from the paper and the canonical terms of a contract.
DRAWN: dict[str, Callable[[Paper, bytes], bytes]] = {
    ".docx": docx_of,
    ".html": lambda paper, _: html_of(paper).encode(),
    ".pdf": lambda paper, _: pdf_of(paper),
}


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    contract = commands.add_parser("contract", help="make and check standard contracts")
    inner = contract.add_subparsers(required=True, metavar="COMMAND")
    render = inner.add_parser("render", help="make the contract that a file of values asks for")
    render.add_argument("input", type=Path, help="values in YAML (docs/contracts.md)")
    render.add_argument(
        "--languages",
        type=_languages,
        help="official language and the worker's, such as ar,bn, in place of those in the file",
    )
    render.add_argument(
        "--out", type=Path, required=True, help="where to write: FILE.pdf, FILE.docx or FILE.html"
    )
    render.set_defaults(run=run_render)
    contract_check.add_commands(inner)
    contract_changes.add_commands(inner)


def _languages(text: str) -> tuple[str, ...]:
    found = tuple(one.strip() for one in text.split(","))
    if not all(found) or len(found) > 2 or len(set(found)) < len(found):
        raise argparse.ArgumentTypeError("one language or two different ones, such as en,ar")
    return found


def run_render(_settings: Settings, options: argparse.Namespace) -> int:
    draw = DRAWN.get(options.out.suffix.lower())
    if draw is None:
        known = ", ".join(sorted(DRAWN))
        raise CommandFailed(f"{options.out}: the name must end in one of {known}")
    asked = read_input(_read(options.input), options.input.name)
    if options.languages:
        asked = msgspec.structs.replace(asked, languages=options.languages)
    library = open_library()
    contract = assemble(asked, library)
    drawn = draw(paper_of(contract, library), canonical(contract.terms))
    options.out.write_bytes(drawn)
    for message in report_of(contract, library):
        print(say(message))
    _tell_blanks(asked, contract.blanks)
    print(f"Written to {options.out}.")
    return 0


def _read(file: Path) -> bytes:
    if not file.is_file():
        raise CommandFailed(f"There is no file {file}.")
    if file.stat().st_size > MOST_BYTES:
        raise CommandFailed(f"{file}: more than a contract can need ({MOST_BYTES:,} bytes)")
    return file.read_bytes()


def _tell_blanks(asked: ContractInput, blanks: tuple[str, ...]) -> None:
    if blanks and asked.values:
        print(f"Lines left blank: {', '.join(blanks)}.", file=sys.stderr)
