"""`recruitwatch …`: every command, its options, and one clear sentence when it cannot be done."""

from recruitwatch.cli.main import main

__all__ = ["main"]
