"""`recruitwatch …`: every command, its options, and one clear sentence when it cannot be done."""

import signal
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    # Importing takes a second, and Ctrl-C during it should end us, not print where it found us.
    ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if ours:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from recruitwatch.cli import commands

    if ours:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return commands.run(arguments)


__all__ = ["main"]
