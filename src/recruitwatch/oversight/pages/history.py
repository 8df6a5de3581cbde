"""The history: all of it with filters, and what was done to one thing."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from urllib.parse import quote
from uuid import UUID

import msgspec
from litestar import get
from litestar.params import FromPath, FromQuery

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.values import ROLE_NAMES, Permission, Role
from recruitwatch.checklists.values import AnswerValue, EvidenceLevel
from recruitwatch.errors import NotFound
from recruitwatch.findings.pages.words import answer_words, evidence_words
from recruitwatch.history.values import Action
from recruitwatch.oversight.forms import parse_filter
from recruitwatch.oversight.queries import count_history, list_everyone, list_history, list_names
from recruitwatch.oversight.rules import changes, ids_in
from recruitwatch.oversight.values import (
    ACTION_NAMES,
    FIELD_NAMES,
    KIND_NAMES,
    SENTENCES,
    Change,
    HistoryEntry,
    HistoryFilter,
)
from recruitwatch.web.formats import listing
from recruitwatch.web.languages import gettext, path
from recruitwatch.web.paging import SIZE, Paging, offset, paging
from recruitwatch.web.request import Page, Session, SignedInActor, WebRequest
from recruitwatch.web.templating import render

READ = needs(Permission.HISTORY_READ)
# First strong isolate and its end: a name keeps its own direction inside a sentence of another script.
ISOLATED = "\u2068{}\u2069"
NOTHING = "–"

Choices = list[tuple[str, str]]


class ChangeLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the table of old and new values."""

    field: str
    old: str
    new: str


class EntryLine(msgspec.Struct, frozen=True, kw_only=True):
    """One entry in words."""

    seq: int
    at: datetime
    sentence: str
    kind: str
    subject: str
    subject_url: str
    changes: list[ChangeLine]
    has_old: bool


class HistoryPage(msgspec.Struct, frozen=True, kw_only=True):
    entries: list[EntryLine]
    paging: Paging
    actions: Choices
    kinds: Choices
    people: Choices
    action: str
    kind: str
    person: str


class SubjectPage(msgspec.Struct, frozen=True, kw_only=True):
    kind: str
    subject: str
    entries: list[EntryLine]
    paging: Paging


@get("/history", opt=READ)
async def show_history(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    action: FromQuery[str] = "",
    person: FromQuery[str] = "",
    kind: FromQuery[str] = "",
    page: FromQuery[int] = 1,
) -> Page:
    chosen = {"action": action, "person": person, "kind": kind}
    wanted = parse_filter(chosen)
    found = await list_history(session, actor, wanted, limit=SIZE, offset=offset(page))
    names = await list_names(session, _ids(found))
    content = HistoryPage(
        entries=[_line(entry, names) for entry in found],
        paging=paging("/history", page, await count_history(session, actor, wanted), **chosen),
        actions=_sorted((one.value, gettext(ACTION_NAMES[one])) for one in Action),
        kinds=_sorted((one, gettext(name)) for one, name in KIND_NAMES.items()),
        people=await list_everyone(session),
        action=wanted.action.value if wanted.action else "",
        kind=wanted.kind or "",
        person=str(wanted.person_id or ""),
    )
    return render(request, "oversight/history.html", content)


@get("/history/{kind:str}/{rest:path}", opt=READ)
async def show_subject(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    kind: FromPath[str],
    rest: FromPath[str],
    page: FromQuery[int] = 1,
) -> Page:
    # Identifiers may hold a slash, like that of a checklist's version; the rest begins with one.
    subject_id = rest.removeprefix("/")
    wanted = HistoryFilter(kind=kind, subject_id=subject_id)
    total = await count_history(session, actor, wanted)
    if not total:
        raise NotFound
    found = await list_history(session, actor, wanted, limit=SIZE, offset=offset(page))
    names = await list_names(session, _ids(found) | set(ids_in(subject_id)))
    content = SubjectPage(
        kind=_kind(kind),
        subject=_subject(kind, subject_id, names),
        entries=[_line(entry, names) for entry in found],
        paging=paging(_address(kind, subject_id), page, total),
    )
    return render(request, "oversight/subject.html", content)


def _sorted(choices: Iterable[tuple[str, str]]) -> Choices:
    return sorted(choices, key=lambda choice: choice[1])


def _ids(found: list[HistoryEntry]) -> set[UUID]:
    return {one for entry in found for one in (*ids_in(entry.subject_id), *ids_in(entry.details))}


def _line(entry: HistoryEntry, names: Mapping[str, str]) -> EntryLine:
    found = changes(entry.details)
    return EntryLine(
        seq=entry.seq,
        at=entry.at,
        sentence=_sentence(entry),
        kind=_kind(entry.subject_kind),
        subject=_subject(entry.subject_kind, entry.subject_id, names),
        subject_url=path(_address(entry.subject_kind, entry.subject_id)),
        changes=[_change(change, names) for change in found],
        has_old=any(change.has_old for change in found),
    )


def _sentence(entry: HistoryEntry) -> str:
    who = ISOLATED.format(entry.actor_name)
    return gettext(SENTENCES[Action(entry.action)]) % {"who": who}


def _address(kind: str, subject_id: str) -> str:
    return f"/history/{quote(kind, safe='')}/{quote(subject_id)}"


def _kind(kind: str) -> str:
    return gettext(KIND_NAMES[kind]) if kind in KIND_NAMES else kind


def _subject(kind: str, subject_id: str, names: Mapping[str, str]) -> str:
    if kind == "role" and subject_id in set(Role):
        return gettext(ROLE_NAMES[Role(subject_id)])
    if any(ids_in(subject_id)):
        return names.get(subject_id) or subject_id[:8]
    return subject_id


def _change(change: Change, names: Mapping[str, str]) -> ChangeLine:
    return ChangeLine(
        field=_field(change.field),
        old=_shown(change.field, change.old, names) if change.has_old else NOTHING,
        new=_shown(change.field, change.new, names),
    )


def _field(name: str) -> str:
    """The name of a field in words; one that has none yet is shown as the software calls it."""
    known = FIELD_NAMES.get(name)
    return gettext(known) if known else name.replace("_", " ").capitalize()


def _shown(field: str, value: object, names: Mapping[str, str]) -> str:
    """A stored value as a person reads it."""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if field == "value" and isinstance(value, Mapping):
        return answer_words(msgspec.convert(value, AnswerValue))
    if isinstance(value, Mapping):
        parts = [
            f"{_field(str(key))}: {_shown(str(key), part, names)}" for key, part in value.items()
        ]
        return " · ".join(parts) or NOTHING
    if isinstance(value, list):
        return listing([_shown(field, part, names) for part in value]) or NOTHING
    if value is None or value == "":
        return NOTHING
    text = str(value)
    if field == "evidence" and text in set(EvidenceLevel):
        return evidence_words(EvidenceLevel(text))
    if field == "roles" and text in set(Role):
        return gettext(ROLE_NAMES[Role(text)])
    return names.get(text, text)


HANDLERS = (show_history, show_subject)
