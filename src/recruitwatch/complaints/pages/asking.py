"""Drawing the page of one question, with what was told so far."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TypeVar

import msgspec

from recruitwatch.complaints.actions.attaching import list_files
from recruitwatch.complaints.actions.nonces import new_nonce
from recruitwatch.complaints.forms.telling import FIELDS
from recruitwatch.complaints.pages import words
from recruitwatch.complaints.pages.frames import (
    NO_ERRORS,
    Errors,
    Field,
    Files,
    Frame,
    frame_of,
    in_groups,
    in_own_digits,
)
from recruitwatch.complaints.queries.desks import list_desk_offices
from recruitwatch.complaints.rules.questions import (
    LONG,
    SHORT,
    about_an_official,
    place_of,
)
from recruitwatch.complaints.rules.said_amounts import read_amount
from recruitwatch.complaints.rules.said_dates import read_date
from recruitwatch.complaints.rules.visits import DRAFT_LASTS
from recruitwatch.complaints.values.cases import CaseFile
from recruitwatch.complaints.values.desks import OfficeName
from recruitwatch.complaints.values.filing import OpenDraft, Told
from recruitwatch.complaints.values.questions import (
    HAPPENINGS,
    IN_DANGER_FIRST,
    Place,
    Question,
)
from recruitwatch.errors import N_, Message
from recruitwatch.web import formats
from recruitwatch.web.languages import gettext
from recruitwatch.web.request import Page, Session, WebRequest
from recruitwatch.web.saying import say
from recruitwatch.web.templating import render

S = TypeVar("S", bound=str)

READ_AS = N_("We read this as %(reading)s.")
FROM_TO = N_("%(first)s to %(last)s")
FILES_ADDED = N_("Files added: %(count)s")
ABOUT_OFFICIAL = N_("It is about an official.")
LONG_FIELDS = {"happened_said": 5, "reach_how": 2}


class Shown(msgspec.Struct, frozen=True):
    """The question of a page, to be translated."""

    question: Message
    hint: Message | None = None


class Pick(msgspec.Struct, frozen=True, kw_only=True):
    """A box to tick."""

    id: str
    name: str
    value: str
    sentence: str
    ticked: bool
    icon: str = ""


class QuestionPage(Files, frozen=True, kw_only=True):
    frame: Frame
    question: Question
    asked: Shown
    place: Place
    danger: bool
    may_finish: bool
    from_check: bool
    picks: tuple[Pick, ...] = ()
    fields: tuple[Field, ...] = ()
    files: tuple[CaseFile, ...] = ()
    errors: Errors = NO_ERRORS


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One question on the page of all answers: what she said, and what was read from it."""

    question: Message
    to: Question
    lines: tuple[str, ...]
    read: tuple[str, ...] = ()


class CheckPage(msgspec.Struct, frozen=True, kw_only=True):
    frame: Frame
    asked: Shown
    place: Place
    rows: tuple[Answer, ...]
    official: bool
    errors: Errors = NO_ERRORS


class CodePage(msgspec.Struct, frozen=True, kw_only=True):
    frame: Frame
    asked: Shown
    place: Place
    danger: bool
    groups: tuple[str, ...]
    own_groups: tuple[str, ...]
    days_kept: int = DRAFT_LASTS.days
    last: str = ""
    errors: Errors = NO_ERRORS


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """What a page of a draft is drawn from. `told` is what she typed, also where it could not be kept."""

    token: str
    draft: OpenDraft
    told: Told
    now: datetime
    errors: Errors = NO_ERRORS
    from_check: bool = False
    last: str = ""
    refused_with: int = 422

    @property
    def status(self) -> int:
        return self.refused_with if self.errors else 200


async def ask(request: WebRequest, session: Session, at: Question, asking: Asking) -> Page:
    """The page of this question."""
    frame = await frame_of(request, session, token=asking.token)
    if at is Question.CHECK:
        return await _check(request, session, frame, asking)
    if at is Question.CODE:
        return show_code(request, frame, asking)
    offices = await list_desk_offices(session) if at is Question.HIDE else []
    files = await _files(session, asking) if at is Question.PAPER else ()
    page = QuestionPage(
        frame=frame,
        question=at,
        asked=_shown(at, asking.told),
        place=place_of(asking.told, at),
        danger=asking.told.danger and at in SHORT,
        may_finish=at is not Question.WISHES,
        from_check=asking.from_check,
        picks=tuple(_picks(at, asking.told, offices)),
        fields=tuple(_fields(at, asking.told)),
        files=files,
        once=new_nonce(request.app.state.vault.installation, asking.now),
        errors=asking.errors,
    )
    template = "help/paper.html" if at is Question.PAPER else "help/step.html"
    return render(request, template, page, status=asking.status)


def show_code(request: WebRequest, frame: Frame, asking: Asking) -> Page:
    """The code of this draft, in the digits of this language, too."""
    groups = in_groups(asking.draft.draft.code or "")
    page = CodePage(
        frame=frame,
        asked=_shown(Question.CODE, asking.told),
        place=place_of(asking.told, Question.CODE),
        danger=asking.told.danger,
        groups=groups,
        own_groups=in_own_digits(groups),
        last=asking.last,
        errors=asking.errors,
    )
    return render(request, "help/code.html", page, status=asking.status)


async def _check(request: WebRequest, session: Session, frame: Frame, asking: Asking) -> Page:
    told = asking.told
    names = {str(one.id): one.name for one in await list_desk_offices(session)}
    files = await _files(session, asking)
    rows = [
        Answer(
            question=_shown(at, told).question,
            to=at,
            lines=tuple(_lines(at, told, names, len(files))),
            read=tuple(_read(at, told, asking.now.date())),
        )
        for at in LONG
        if at not in (Question.CHECK, Question.CODE)
    ]
    page = CheckPage(
        frame=frame,
        asked=_shown(Question.CHECK, told),
        place=place_of(told, Question.CHECK),
        rows=tuple(rows),
        official=about_an_official(told.happened),
        errors=asking.errors,
    )
    return render(request, "help/check.html", page, status=asking.status)


async def _files(session: Session, asking: Asking) -> tuple[CaseFile, ...]:
    draft = asking.draft
    return tuple(await list_files(session, case_id=draft.case_id, key=draft.key))


def _shown(at: Question, told: Told) -> Shown:
    in_danger = at is Question.HAPPENED and told.danger
    asked = words.IN_DANGER if in_danger else words.QUESTIONS[at]
    return Shown(Message(asked.question), Message(asked.hint) if asked.hint else None)


def _fields(at: Question, told: Told) -> Iterable[Field]:
    for name in FIELDS.get(at, ()):
        label = words.LABELS.get(name)
        yield Field(
            name=name,
            value=getattr(told, name),
            label=Message(label) if label else None,
            rows=LONG_FIELDS.get(name, 1),
        )


def _picks(at: Question, told: Told, offices: Iterable[OfficeName]) -> Iterable[Pick]:
    if at is Question.WISHES:
        return _boxes("wishes", words.WISHES, told.wishes, pictures=True)
    if at is Question.HAPPENED:
        first = IN_DANGER_FIRST if told.danger else ()
        sentences = {code: words.HAPPENINGS[code] for code in (*first, *HAPPENINGS)}
        return _boxes("happened", sentences, told.happened)
    if at is Question.NOW:
        return _boxes("escalators", words.NOW, told.escalators)
    if at is Question.HIDE:
        official = ("yes",) if about_an_official(told.happened) else ()
        names = {str(one.id): one.name for one in offices}
        return [
            *_boxes("official", {"yes": ABOUT_OFFICIAL}, official),
            *_boxes("hide_offices", names, told.hide_offices, translated=False),
        ]
    return ()


def _boxes(
    name: str,
    sentences: Mapping[S, str],
    ticked: tuple[str, ...],
    *,
    pictures: bool = False,
    translated: bool = True,
) -> list[Pick]:
    """The first box is where a link to an error of the whole group leads."""
    return [
        Pick(
            id=name if number == 0 else f"{name}-{number}",
            name=name,
            value=str(value),
            sentence=gettext(sentence) if translated else sentence,
            ticked=value in ticked,
            icon=str(value) if pictures else "",
        )
        for number, (value, sentence) in enumerate(sentences.items())
    ]


def _lines(at: Question, told: Told, offices: Mapping[str, str], files: int) -> Iterable[str]:
    """What she said on one page, in its order."""
    if at in (Question.WISHES, Question.HAPPENED, Question.NOW):
        yield from (one.sentence for one in _picks(at, told, ()) if one.ticked)
    if at is Question.PAPER and files:
        yield say(Message(FILES_ADDED, {"count": formats.digits(files)}))
    if at is Question.HIDE:
        if about_an_official(told.happened):
            yield gettext(ABOUT_OFFICIAL)
        yield from (name for office, name in offices.items() if office in told.hide_offices)
    yield from (text for name in FIELDS.get(at, ()) if (text := getattr(told, name)))


def _read(at: Question, told: Told, today: date) -> Iterable[str]:
    """What was understood of sums and dates, in figures, so that she can mend it."""
    if at is not Question.PAID:
        return
    amount = read_amount(told.paid) if told.paid else None
    if amount and amount.amount is not None:
        whole = amount.amount == amount.amount.to_integral_value()
        written = formats.number(amount.amount, 0 if whole else 2)
        yield _reading(f"{written} {amount.currency or ''}".strip())
    when = read_date(told.paid_when, today) if told.paid_when else None
    if when and when.earliest and when.latest:
        first, last = formats.date(when.earliest), formats.date(when.latest)
        same = when.earliest == when.latest
        yield _reading(first if same else say(Message(FROM_TO, {"first": first, "last": last})))


def _reading(text: str) -> str:
    return say(Message(READ_AS, {"reading": text}))
