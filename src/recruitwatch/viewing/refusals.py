"""Why a file cannot be shown, in words for the worker who sent it."""

from collections.abc import Mapping
from enum import StrEnum

from recruitwatch.errors import N_, Message, Rejected
from recruitwatch.viewing.limits import LARGEST_FILE, MOST_PAGES, MOST_PIXELS


class Reason(StrEnum):
    """The code by which the process that looks at a file says why it refuses."""

    EMPTY = "empty"
    NOT_KNOWN = "not-known"
    PHONE_FORMAT = "phone-format"
    TOO_HEAVY = "too-heavy"
    TOO_LARGE = "too-large"
    TOO_MANY_PAGES = "too-many-pages"
    LOCKED = "locked"
    DAMAGED = "damaged"
    NOT_OPENED = "not-opened"


SENTENCES: Mapping[Reason, Message] = {
    Reason.EMPTY: Message(N_("This file is empty.")),
    Reason.NOT_KNOWN: Message(N_("This file is not a photo or a PDF.")),
    Reason.PHONE_FORMAT: Message(
        N_("We cannot open this kind of photo. Take a screenshot of it and send that.")
    ),
    Reason.TOO_HEAVY: Message(
        N_("This file is too big. It can have %(megabytes)s MB at most."),
        {"megabytes": LARGEST_FILE // (1024 * 1024)},
    ),
    Reason.TOO_LARGE: Message(
        N_("This photo is too large. It can have %(megapixels)s million dots at most."),
        {"megapixels": MOST_PIXELS // 1_000_000},
    ),
    Reason.TOO_MANY_PAGES: Message(
        N_("This PDF has more than %(pages)s pages. Send it in smaller parts."),
        {"pages": MOST_PAGES},
    ),
    Reason.LOCKED: Message(N_("This PDF is locked with a password.")),
    Reason.DAMAGED: Message(N_("This file is damaged.")),
    Reason.NOT_OPENED: Message(
        N_("We could not open this file. Try again, or send a photo of it.")
    ),
}


class FileRefused(Rejected):
    """No copy of this file can be made; `reason` says why to machines, `reasons` to people."""

    code = "file-refused"
    sentence = N_("This file cannot be added.")

    def __init__(self, reason: Reason) -> None:
        super().__init__((SENTENCES[reason],))
        self.reason = reason
