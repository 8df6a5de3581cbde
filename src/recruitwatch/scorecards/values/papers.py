"""The paper of a published card: what is printed beside the card itself, and what is kept of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from uuid import UUID

from msgspec import Struct

from recruitwatch.errors import N_, NotFound
from recruitwatch.scorecards.values.contests import ContestMark
from recruitwatch.scorecards.values.publishing import PublishedLine


class PaperFacts(Struct, frozen=True, kw_only=True):
    """What the paper says beside the card. `questions` goes by item, `reason` is why this
    revision was issued, `corrects` whether it
    puts contested lines right; `trend`, `replies` and `marks` of contested lines are those
    of the day of publication, so that the paper is the same whenever it is drawn."""

    ministry: str
    agency_name: str
    licence_no: str | None
    register_title: str
    revision: int
    issued_on: date
    published_on: date
    card_address: str
    verify_address: str
    sha256: str
    questions: Mapping[str, str]
    reason: str = ""
    corrects: bool = False
    trend: tuple[PublishedLine, ...] = ()
    replies: tuple[str, ...] = ()
    marks: tuple[ContestMark, ...] = ()


class PaperPlace(Struct, frozen=True, kw_only=True):
    """Where papers are kept, who hands them out, and the address that readers know the site by."""

    files: Path
    ministry: str
    address: str


class CurrentPaper(Struct, frozen=True, kw_only=True):
    """A paper of the card that is valid now, of one agency."""

    agency_id: UUID
    licence_no: str | None
    revision: int
    language: str
    sha256: str


class NoPaper(NotFound):
    code = "scorecard.no-paper"
    sentence = N_("There is no paper of this card.")
