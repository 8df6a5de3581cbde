"""score: the card of fixtures in a file, without a database."""

import argparse
import sys
from pathlib import Path

from recruitwatch.cli.failures import CommandFailed
from recruitwatch.scorecards.forms import FixtureError, score_file
from recruitwatch.settings import Settings


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    score = commands.add_parser("score", help="compute the scorecards of fixtures in a JSON file")
    score.add_argument("file", type=Path, help="one fixture or an array of them (docs/scoring.md)")
    score.set_defaults(run=run_score)


def run_score(_settings: Settings, options: argparse.Namespace) -> int:
    try:
        answer = score_file(options.file.read_bytes())
    except FixtureError as problem:
        raise CommandFailed(f"{options.file}: {problem}") from problem
    sys.stdout.write(answer.decode() + "\n")
    return 0
