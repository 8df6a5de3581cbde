"""What is known of a contract before it is registered: what stands in the way, what to look at, what gets
worse than in the version that it would replace."""

import msgspec

from recruitwatch.contracts.values.checking import Finding, Note
from recruitwatch.contracts.values.corridors import Gravity
from recruitwatch.errors import N_, Message, Rejected


class Worse(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a new version takes from the worker, or by which the worker may be somebody else. What
    no rule names has no severity: nobody weighed it."""

    message: Message
    severity: Gravity | None = None
    rule: str = ""
    expected: Message | None = None


class Beforehand(msgspec.Struct, frozen=True, kw_only=True):
    """`obstacles` are reasons for which it is not registered. `unasked` is what the contract would say in the
    worker's name although nobody asked. `worse` is told beside the version that it would replace: somebody
    has to say yes to it."""

    obstacles: tuple[Message, ...] = ()
    unasked: tuple[Message, ...] = ()
    findings: tuple[Finding, ...] = ()
    information: tuple[Note, ...] = ()
    worse: tuple[Worse, ...] = ()

    @property
    def needs_word(self) -> bool:
        return bool(self.worse)


class NotLawful(Rejected):
    code = "contract.not-lawful"
    sentence = N_("This contract cannot be registered as it is. The reasons stand below.")


class WorseNotAccepted(Rejected):
    code = "contract.worse-not-accepted"
    sentence = N_(
        "The new version is worse for the worker or not the same. Say that it shall be registered all the"
        " same."
    )
