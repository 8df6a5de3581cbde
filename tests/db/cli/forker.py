"""Runs commands in processes of their own without paying each time for importing everything.

Reads one request a line: arguments, environment, and where output goes; answers with exit codes.
"""

import json
import os
import sys

from recruitwatch.cli import commands, main


def become(arguments: list[str], environment: dict[str, str], out: str, err: str) -> None:
    """What the installed program does, in this process."""
    os.chdir("/")
    os.environ.clear()
    os.environ.update(environment)
    for number, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.stdin = os.fdopen(0)
    sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w", buffering=1)
    sys.exit(main(arguments))


assert commands  # Imported once, before the first command.

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        become(**json.loads(line))
    _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), flush=True)
