"""What a worker told, question by question and in her own words, with what was understood beside it."""

from collections.abc import Iterator
from datetime import date

import msgspec

from recruitwatch.complaints.pages.words import HAPPENINGS, LABELS, NOW, QUESTIONS, WISHES
from recruitwatch.complaints.queries.codes import get_code_book
from recruitwatch.complaints.rules.said_amounts import read_amount
from recruitwatch.complaints.rules.said_dates import read_date
from recruitwatch.complaints.rules.urgency import AT_ONCE_REASONS, ONE_CLASS_REASONS
from recruitwatch.complaints.values.codes import Escalator
from recruitwatch.complaints.values.filing import Told, Wish
from recruitwatch.complaints.values.questions import Question
from recruitwatch.errors import N_
from recruitwatch.web import formats
from recruitwatch.web.languages import gettext

UNDERSTOOD = N_("understood as %(what)s")
FROM_TO = N_("%(first)s to %(last)s")
UNTIL = N_("until %(day)s")
SINCE = N_("from %(day)s on")
FORGOTTEN = N_("she does not remember")

TEXTS: dict[Question, tuple[str, ...]] = {
    Question.LICENCE: ("licence",),
    Question.PHONE: ("phone",),
    Question.PLACE: ("place",),
    Question.NAME: ("name",),
    Question.BROKER: ("broker",),
    Question.JOURNEY: ("journey",),
    Question.EMPLOYER: ("employer",),
    Question.PAID: ("paid", "paid_when"),
}
"""Questions that are answered in words alone, with the fields of each."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One answer. `ticked` sentences are ours, `said` is hers; `understood` never replaces it."""

    label: str = ""
    ticked: str = ""
    said: str = ""
    understood: str = ""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    question: str
    answers: tuple[Answer, ...]


def wishes_of(told: Told) -> Asked:
    """What she wants to happen."""
    return Asked(
        question=gettext(QUESTIONS[Question.WISHES].question), answers=tuple(_wishes(told))
    )


def narrative_of(told: Told, filed_on: date) -> list[Asked]:
    """The questions that she answered, but for her wishes and how to reach her."""
    found = [
        (Question.HAPPENED, tuple(_happened(told))),
        (Question.NOW, tuple(_now(told))),
        *((question, tuple(_texts(told, question, filed_on))) for question in TEXTS),
    ]
    return [
        Asked(question=gettext(QUESTIONS[question].question), answers=answers)
        for question, answers in found
        if answers
    ]


def escalator_words(escalator: str) -> str:
    known = Escalator(escalator)
    return gettext({**AT_ONCE_REASONS, **ONE_CLASS_REASONS}[known])


def tapped_words(code: str) -> str:
    """The sentence that she tapped, in the reader's language."""
    return gettext(HAPPENINGS[code]) if code in HAPPENINGS else book_words(code)


def book_words(code: str) -> str:
    """What the published book says of a code: it says more than the sentence that is tapped."""
    return next((one.says for one in get_code_book().codes if one.code == code), code)


def _wishes(told: Told) -> Iterator[Answer]:
    for wish in told.wishes:
        yield Answer(ticked=gettext(WISHES[Wish(wish)]))
    if told.wish_said:
        yield Answer(said=told.wish_said)


def _happened(told: Told) -> Iterator[Answer]:
    for code in told.happened:
        yield Answer(ticked=tapped_words(code))
    if told.happened_said:
        yield Answer(said=told.happened_said)


def _now(told: Told) -> Iterator[Answer]:
    for one in told.escalators:
        known = NOW.get(Escalator(one))
        yield Answer(ticked=gettext(known) if known else escalator_words(one))


def _texts(told: Told, question: Question, filed_on: date) -> Iterator[Answer]:
    for name in TEXTS[question]:
        said: str = getattr(told, name)
        if said:
            label = gettext(LABELS[name]) if name in LABELS else ""
            yield Answer(label=label, said=said, understood=_understood(name, said, filed_on))


def _understood(name: str, said: str, filed_on: date) -> str:
    if name == "paid":
        what = _sum(said)
    elif name in ("paid_when", "journey"):
        what = _days(said, filed_on)
    else:
        return ""
    return gettext(UNDERSTOOD) % {"what": what} if what else ""


def _sum(said: str) -> str:
    read = read_amount(said)
    if read.amount is None:
        return ""
    return f"{formats.number(read.amount)} {read.currency or ''}".strip()


def _days(said: str, filed_on: date) -> str:
    read = read_date(said, filed_on)
    first, last = read.earliest, read.latest
    if first and last and first == last:
        return formats.date(first)
    if first and last:
        return gettext(FROM_TO) % {"first": formats.date(first), "last": formats.date(last)}
    if last:
        return gettext(UNTIL) % {"day": formats.date(last)}
    if first:
        return gettext(SINCE) % {"day": formats.date(first)}
    return gettext(FORGOTTEN) if read.forgotten else ""
