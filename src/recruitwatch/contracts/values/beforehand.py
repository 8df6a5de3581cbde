"""What is known of a contract before it is registered: what stands in the way, what to look at, what gets
worse than in the version that it would replace."""

import msgspec

from recruitwatch.contracts.values.checking import Finding, Note
from recruitwatch.errors import N_, Message, Rejected


class Beforehand(msgspec.Struct, frozen=True, kw_only=True):
    """`obstacles` are reasons for which it is not registered. `unasked` is what the contract would say in the
    worker's name although nobody asked. `worse` are findings beside the version that it would replace;
    `needs_word` says that one of them is so grave that somebody has to say yes to it."""

    obstacles: tuple[Message, ...] = ()
    unasked: tuple[Message, ...] = ()
    findings: tuple[Finding, ...] = ()
    information: tuple[Note, ...] = ()
    worse: tuple[Finding, ...] = ()
    needs_word: bool = False


class NotLawful(Rejected):
    code = "contract.not-lawful"
    sentence = N_("This contract cannot be registered as it is. The reasons stand below.")


class WorseNotAccepted(Rejected):
    code = "contract.worse-not-accepted"
    sentence = N_(
        "The new version is worse for the worker. Say that it shall be registered all the same."
    )
