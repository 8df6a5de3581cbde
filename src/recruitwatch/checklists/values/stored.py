"""What is stored of checklists: published versions, what a loading did, figures a ministry set."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from recruitwatch.checklists.values.judged import Mistake
from recruitwatch.checklists.values.recorded import ParameterValue
from recruitwatch.checklists.values.written import Unit
from recruitwatch.errors import N_, Message, NotFound, Rejected

MISTAKE = N_("%(file)s, line %(line)s, %(path)s: %(message)s")


class PublishedVersion(msgspec.Struct, frozen=True, kw_only=True):
    """A version that audits can name. `newest` is true for the one new audits use."""

    checklist_id: str
    version: int
    vocabulary: int
    title: str
    unit: Unit
    sha256: str
    supersedes: int | None
    loaded_at: datetime
    newest: bool


class LoadReport(msgspec.Struct, frozen=True, kw_only=True):
    """The files, such as `covenant/v1.yaml`, that were new and those that were there already."""

    loaded: tuple[str, ...]
    unchanged: tuple[str, ...]


class ParameterSetting(msgspec.Struct, frozen=True, kw_only=True):
    """One time a figure of national law was set. Without a value it was taken back."""

    id: int
    name: str
    value: ParameterValue | None
    reason: str
    set_at: datetime
    set_by_name: str | None


class VersionUnknown(NotFound):
    code = "checklist.version-unknown"
    sentence = N_("There is no such version of this checklist.")


class ChecklistUnknown(VersionUnknown):
    code = "checklist.unknown"
    sentence = N_("There is no such checklist.")


class VocabularyUnknown(NotFound):
    code = "checklist.vocabulary-unknown"
    sentence = N_("The vocabulary of the checklists has not been loaded.")


class ParameterUnknown(NotFound):
    code = "checklist.parameter-unknown"
    sentence = N_("There is no such figure of national law.")


class ParameterRefused(Rejected):
    code = "checklist.parameter-refused"
    sentence = N_("This figure cannot be set so.")


class LibraryRefused(Rejected):
    """The files of the checklists cannot be loaded; nothing was stored."""

    code = "checklist.library-refused"
    sentence = N_("The checklists were not loaded, because their files have mistakes.")

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__(tuple(Message(MISTAKE, msgspec.structs.asdict(one)) for one in mistakes))

    def __str__(self) -> str:
        return "\n".join(str(one) for one in self.mistakes)
