"""The parser and the one place where a known failure becomes a sentence and an exit code."""

import argparse
import errno
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType

from recruitwatch.checklists.values.stored import LibraryRefused
from recruitwatch.cli import (
    agencies,
    backup,
    contracts,
    generate,
    install,
    keys,
    match,
    score,
    scorecards,
    serve,
)
from recruitwatch.cli.failures import CommandFailed
from recruitwatch.contracts.rules.checking.signs import printable
from recruitwatch.db.embedded import EmbeddedPostgresError
from recruitwatch.db.schema import DatabaseUnfit
from recruitwatch.errors import RecruitwatchError
from recruitwatch.keys import KeyMissing
from recruitwatch.settings import SettingsError, read_settings
from recruitwatch.web.saying import say

EXPECTED = (CommandFailed, DatabaseUnfit, EmbeddedPostgresError, KeyMissing, SettingsError)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns its exit code; after one sentence on standard error 1, or the code
    that the command has for failures."""
    options = parser().parse_args(arguments)
    failed: int = getattr(options, "failed", 1)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        result: int = options.run(read_settings(_environment(options)), options)
        sys.stdout.flush()
        return result
    except EXPECTED as problem:
        return _say(str(problem), failed)
    except LibraryRefused as problem:
        return _say(f"The checklists cannot be loaded:\n{problem}", failed)
    except RecruitwatchError as problem:
        sentences = (problem.message, *getattr(problem, "reasons", ()))
        return _say(" ".join(map(say, sentences)), failed)
    except BrokenPipeError:
        _drop_output()
        return 1
    except OSError as problem:
        _drop_output()
        return _say(_about_file(problem), failed)
    except KeyboardInterrupt:
        return 130


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    """Whoever ends us by SIGTERM gets the same tidy end as Ctrl-C."""
    raise KeyboardInterrupt


def _drop_output() -> None:
    """What could not be written would be tried again at exit, with a trace."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _environment(options: argparse.Namespace) -> dict[str, str]:
    environment = dict(os.environ)
    if getattr(options, "data", None):
        environment["DATA"] = options.data
    if getattr(options, "port", None):
        environment["PORT"] = options.port
    return environment


def _say(sentence: str, code: int) -> int:
    # A sentence may quote a file of anybody, and no file steers the screen.
    lines = map(printable, f"recruitwatch: {sentence}".split("\n"))
    print("\n".join(lines), file=sys.stderr)
    return code


def _about_file(problem: OSError) -> str:
    place = problem.filename or "the output"
    if problem.errno == errno.ENOSPC:
        return f"The disk is full: {place} could not be written. Free some space and start again."
    if problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"This account may not use {place}: choose another folder or change its permissions."
    if problem.errno == errno.ENOENT:
        return f"There is no {place}."
    return f"{place}: {problem.strerror or problem}."


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="recruitwatch",
        description="Register, audit and score recruitment agencies.",
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in (
        install,
        serve,
        backup,
        keys,
        agencies,
        match,
        score,
        scorecards,
        contracts,
        generate,
    ):
        module.add_commands(commands)
    return top
