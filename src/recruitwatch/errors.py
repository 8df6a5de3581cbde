"""The five meanings of failure. No HTTP here: `web.errors` alone maps a meaning to a status."""

from collections.abc import Mapping

import msgspec


class Message(msgspec.Struct, frozen=True):
    """A sentence for a person: an English gettext key and the values it names with `%(name)s`."""

    key: str
    values: Mapping[str, str | int] = {}


def N_(key: str) -> str:  # noqa: N802 - the name gettext's extractors know
    """Mark an English sentence for translation where it is written; it is translated when shown."""
    return key


class RecruitwatchError(Exception):
    """A failure with a stable code for machines and a sentence for people."""

    code = "error"
    sentence = N_("Something went wrong.")

    def __init__(self, **values: str | int) -> None:
        super().__init__(self.code)
        self.message = Message(self.sentence, values)


class NotFound(RecruitwatchError):
    code = "not-found"
    sentence = N_("There is nothing at this address.")


class NotAllowed(RecruitwatchError):
    code = "not-allowed"
    sentence = N_("You may not do this.")


class Conflict(RecruitwatchError):
    code = "conflict"
    sentence = N_("Somebody changed this in the meantime. Look again, then repeat your change.")


class Rejected(RecruitwatchError):
    """What was asked breaks a rule; `reasons` name each broken rule."""

    code = "rejected"
    sentence = N_("This cannot be done as asked.")

    def __init__(self, reasons: tuple[Message, ...] = (), **values: str | int) -> None:
        super().__init__(**values)
        self.reasons = reasons


class Unavailable(RecruitwatchError):
    code = "unavailable"
    sentence = N_("The service is not available just now. Nothing was changed. Please try again.")
