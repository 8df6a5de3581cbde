"""A command that cannot be done."""


class CommandFailed(Exception):
    """The message is one sentence for the person who typed the command."""
