"""The one screen of a call: all questions at once, each with the sentence to ask it by."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import msgspec

from recruitwatch.complaints.forms.telling import FIELDS, LONGEST
from recruitwatch.complaints.forms.telling import SHORT as LONGEST_FIELD
from recruitwatch.complaints.pages import words
from recruitwatch.complaints.pages.speaking import ABOUT_OFFICIAL, Line, line
from recruitwatch.complaints.values.desks import OfficeName
from recruitwatch.complaints.values.filing import Told
from recruitwatch.complaints.values.questions import ABOUT_AN_OFFICIAL, HAPPENINGS, Question
from recruitwatch.errors import N_, Message
from recruitwatch.web.languages import gettext

S = TypeVar("S", bound=str)

ASKED: tuple[Question, ...] = tuple(
    one
    for one in Question
    if one not in (Question.START, Question.PAPER, Question.CHECK, Question.CODE)
)
"""As a worker is asked, in the same order. Papers cannot be shown on the telephone."""
FAMILIES: Sequence[tuple[str, tuple[str, ...]]] = (
    (N_("Money and promises"), ("FEE", "DEP", "DEC", "CON")),
    (N_("Work and papers"), ("DOC", "WAG", "WRK")),
    (N_("Violence and threats"), ("VIO", "CNF", "RET")),
    (N_("Help, officials, something else"), ()),
)
"""Headings over the sentences of what happened; the last one takes what no other names."""
ROWS = {"happened_said": 6}


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """A box to tick. The first of a question has its name as id: an error leads there."""

    id: str
    name: str
    value: str
    sentence: str
    ticked: bool


class Group(msgspec.Struct, frozen=True, kw_only=True):
    boxes: tuple[Box, ...]
    heading: Message | None = None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A field for words. Without a label the question itself is its label."""

    name: str
    value: str
    longest: int
    label: Message | None = None
    rows: int = 1


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One question: boxes, fields, or both. `name` is not that of a field, but where its boxes can be
    refused."""

    name: str
    question: Line
    hint: Message | None
    groups: tuple[Group, ...]
    entries: tuple[Entry, ...]


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """The questions in their order; those of the evidence ladder are one field each."""

    before: tuple[Part, ...]
    ladder: tuple[Part, ...]
    after: tuple[Part, ...]


def form_parts(caller: str, told: Told, offices: Sequence[OfficeName]) -> Parts:
    parts = [
        Part(
            name="happened" if question is Question.HAPPENED else f"ask-{question.value}",
            question=line(caller, words.QUESTIONS[question].question),
            hint=_hint(question),
            groups=_groups(question, told, offices),
            entries=tuple(_entries(question, told)),
        )
        for question in ASKED
    ]
    first, last = ASKED.index(Question.LICENCE), ASKED.index(Question.EMPLOYER) + 1
    return Parts(
        before=tuple(parts[:first]), ladder=tuple(parts[first:last]), after=tuple(parts[last:])
    )


def _hint(question: Question) -> Message | None:
    # These two speak of a page of their own, which a call has not.
    if question in (Question.HAPPENED, Question.NOW):
        return None
    hint = words.QUESTIONS[question].hint
    return Message(hint) if hint else None


def _entries(question: Question, told: Told) -> Iterable[Entry]:
    for name in FIELDS.get(question, ()):
        label = words.LABELS.get(name)
        yield Entry(
            name=name,
            value=getattr(told, name),
            longest=LONGEST.get(name, LONGEST_FIELD),
            label=Message(label) if label else None,
            rows=ROWS.get(name, 1),
        )


def _groups(question: Question, told: Told, offices: Sequence[OfficeName]) -> tuple[Group, ...]:
    if question is Question.WISHES:
        return _halves(_boxes("wishes", _say(words.WISHES), told.wishes))
    if question is Question.HAPPENED:
        return tuple(_happenings(told))
    if question is Question.NOW:
        return _halves(_boxes("escalators", _say(words.NOW), told.escalators))
    if question is Question.HIDE:
        official = ("yes",) if ABOUT_AN_OFFICIAL in told.happened else ()
        names = {str(one.id): one.name for one in offices}
        boxes = (
            *_boxes("official", {"yes": gettext(ABOUT_OFFICIAL)}, official),
            *_boxes("hide_offices", names, told.hide_offices),
        )
        return _halves(boxes)
    return ()


def _halves(boxes: tuple[Box, ...]) -> tuple[Group, ...]:
    """Two columns, to be read one after the other."""
    middle = (len(boxes) + 1) // 2
    return tuple(Group(boxes=half) for half in (boxes[:middle], boxes[middle:]) if half)


def _happenings(told: Told) -> Iterable[Group]:
    named = {family for _, families in FAMILIES for family in families}
    first = True
    for heading, families in FAMILIES:
        codes = [
            code
            for code in HAPPENINGS
            if (code[:3] in families if families else code[:3] not in named)
        ]
        sentences = {code: gettext(words.HAPPENINGS[code]) for code in codes}
        prefix = "happened" if first else f"happened-{codes[0]}"
        boxes = _boxes("happened", sentences, told.happened, prefix=prefix)
        yield Group(boxes=boxes, heading=Message(heading))
        first = False


def _say(sentences: Mapping[S, str]) -> dict[str, str]:
    return {str(value): gettext(sentence) for value, sentence in sentences.items()}


def _boxes(
    name: str, sentences: Mapping[str, str], ticked: tuple[str, ...], *, prefix: str = ""
) -> tuple[Box, ...]:
    start = prefix or name
    return tuple(
        Box(
            id=start if number == 0 else f"{start}-{number}",
            name=name,
            value=value,
            sentence=sentence,
            ticked=value in ticked,
        )
        for number, (value, sentence) in enumerate(sentences.items())
    )
