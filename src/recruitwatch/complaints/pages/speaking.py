"""What an operator says aloud: in the language of the page, and in the caller's where that is another."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date

import msgspec

from recruitwatch.complaints.pages import words
from recruitwatch.complaints.rules.said_amounts import read_amount
from recruitwatch.complaints.rules.said_dates import read_date
from recruitwatch.complaints.values.codes import Escalator
from recruitwatch.complaints.values.filing import Told, Wish
from recruitwatch.complaints.values.questions import ABOUT_AN_OFFICIAL
from recruitwatch.complaints.values.states import State
from recruitwatch.errors import N_, Message
from recruitwatch.web import formats
from recruitwatch.web.languages import current, gettext, path
from recruitwatch.web.saying import say

WHO_I_AM = N_("I am %(name)s. I write down complaints of workers.")
SCRIPT = (
    N_("Telling us costs nothing."),
    N_("You can stop at any time."),
    N_("What you say is sealed. Only officers on your case read it."),
    N_("The agency and your employer do not see it."),
    N_("You need no name and no papers."),
)
ARE_YOU_IN_DANGER = N_("Are you in danger now?")
DO_YOU_AGREE = N_("May I write down what you say?")

SAY_THE_CODE = N_("This is your code. Write it down. I say four digits at a time.")
SAY_IT_BACK = N_("Now say the last four digits to me.")

IT_IS_SENT = words.STATES[State.RECEIVED]
AFTER_SENDING = (
    N_("Keep your code. Nobody can find your case without it."),
    N_("Give it only to somebody you trust."),
)
WHERE_TO_LOOK = N_("Go to %(address)s and press “%(button)s”. Then type the code.")
WHAT_IS_THERE = (
    N_("There you see our answer, write to us and add photos."),
    N_("There you can also take it back."),
)
NEXT_NEWS = N_("Look there on %(day)s at the latest. You find news, even if nothing is new.")
CALL_IN_DANGER = N_("If you are in danger, call one of the help numbers.")

IN_DANGER = N_("You are in danger now.")
NOT_IN_DANGER = N_("You are not in danger now.")
AGREED = N_("You agree that I write this down.")
SAID: Mapping[str, str] = {
    "licence": N_("The agency's licence number, or a part of it:"),
    "phone": N_("The number you called or paid:"),
    "place": N_("Their office is here:"),
    "name": N_("The name on the paper:"),
    "broker": N_("Who took your money, or brought you to them:"),
    "journey": N_("When you travelled, and with whom:"),
    "employer": N_("Who you work for:"),
}
"""How the answers of the evidence ladder are read back, in its order."""
ABOUT_OFFICIAL = N_("It is about an official.")
NO_WAY_TO_REACH = N_("You gave no way to reach you. Only your code leads to our answer.")
NOBODY_LEFT_OUT = N_("You left out no office and no person.")
READ_AS = N_("We read this as %(reading)s.")
FROM_TO = N_("%(first)s to %(last)s")

# An address keeps its order inside a sentence that runs from right to left.
LEFT_TO_RIGHT, END = "\u2066", "\u2069"


class Line(msgspec.Struct, frozen=True):
    """A sentence to say; `theirs` is empty where the caller speaks the language of the page. What was
    `typed` is the caller's own, in whatever language."""

    here: str
    theirs: str = ""
    typed: bool = False


class Row(msgspec.Struct, frozen=True):
    """A sentence that leads in, and what the caller said, if it is that kind of sentence."""

    lead: Line
    lines: tuple[Line, ...] = ()


class NextTime(msgspec.Struct, frozen=True, kw_only=True):
    """Where and until when the caller looks for news."""

    address: str
    day: date


@contextmanager
def in_language(language: str) -> Iterator[None]:
    held = current.set(language)
    try:
        yield
    finally:
        current.reset(held)


def said_by(caller: str, make: Callable[[], str]) -> Line:
    """What `make` says, in both languages."""
    here = make()
    if caller == current.get():
        return Line(here)
    with in_language(caller):
        return Line(here, make())


def line(caller: str, key: str, **values: str) -> Line:
    return said_by(caller, lambda: say(Message(key, values)))


def own_digits(caller: str, groups: tuple[str, ...]) -> tuple[str, ...]:
    """The groups of a code as the caller's language writes them; nothing where that is the same."""
    with in_language(caller):
        own = tuple(formats.digits(group) for group in groups)
    return () if own == groups else own


def script(caller: str, name: str) -> tuple[Line, ...]:
    """What is said before anything is asked; the question about danger comes last."""
    rest = (line(caller, key) for key in (*SCRIPT, ARE_YOU_IN_DANGER))
    return (line(caller, WHO_I_AM, name=name), *rest)


def farewell(caller: str, next_time: NextTime) -> tuple[Line, ...]:
    """What is said once it is sent: what the code is for, and when there is news."""

    def where() -> str:
        address = f"{LEFT_TO_RIGHT}{next_time.address}{path('/help')}{END}"
        values = {"address": address, "button": gettext("I have a code")}
        return say(Message(WHERE_TO_LOOK, values))

    def when() -> str:
        return say(Message(NEXT_NEWS, {"day": formats.date(next_time.day)}))

    return (
        *(line(caller, key) for key in (IT_IS_SENT, *AFTER_SENDING)),
        said_by(caller, where),
        *(line(caller, key) for key in WHAT_IS_THERE),
        said_by(caller, when),
        line(caller, CALL_IN_DANGER),
    )


def read_back(
    caller: str, told: Told, *, offices: Mapping[str, str], today: date
) -> tuple[Row, ...]:
    """Everything that would be sent, to be read aloud. What was not told is left out."""
    happened = [words.HAPPENINGS[code] for code in told.happened if code in words.HAPPENINGS]
    wishes = [words.WISHES[Wish(one)] for one in told.wishes]
    now = [words.NOW[one] for one in map(Escalator, told.escalators) if one in words.NOW]
    told_of = (
        (N_("You want this:"), _lines(caller, wishes, told.wish_said)),
        (N_("This happened:"), _lines(caller, happened, told.happened_said)),
        (N_("This is true now:"), _lines(caller, now)),
        *((lead, _lines(caller, (), getattr(told, field))) for field, lead in SAID.items()),
        (N_("How much you paid:"), _paid(caller, told)),
        (N_("When you paid:"), _paid_when(caller, told, today)),
    )
    return (
        Row(line(caller, AGREED)),
        Row(line(caller, IN_DANGER if told.danger else NOT_IN_DANGER)),
        *(Row(line(caller, lead), lines) for lead, lines in told_of if lines),
        *_safety(caller, told, offices),
    )


def _safety(caller: str, told: Told, offices: Mapping[str, str]) -> Iterable[Row]:
    """Who must not see it and how to reach the caller are said also where nothing was told."""
    official = [ABOUT_OFFICIAL] if ABOUT_AN_OFFICIAL in told.happened else []
    names = [name for office, name in offices.items() if office in told.hide_offices]
    if official:
        yield Row(line(caller, ABOUT_OFFICIAL))
    hidden = _lines(caller, (), *names, told.hide_person)
    if hidden:
        yield Row(line(caller, N_("They must not see this:")), hidden)
    else:
        yield Row(line(caller, NOBODY_LEFT_OUT))
    if told.call_me:
        yield Row(line(caller, N_("We call you:")), _lines(caller, (), told.call_me))
    if told.reach or told.reach_how:
        lines = _lines(caller, (), told.reach, told.reach_how)
        yield Row(line(caller, N_("We can reach you like this:")), lines)
    else:
        yield Row(line(caller, NO_WAY_TO_REACH))


def _lines(caller: str, keys: Iterable[str], *typed: str) -> tuple[Line, ...]:
    """Ticked sentences in both languages, then own words as they were typed."""
    return (
        *(line(caller, key) for key in keys),
        *(Line(text, typed=True) for text in typed if text),
    )


def _paid(caller: str, told: Told) -> tuple[Line, ...]:
    read = read_amount(told.paid) if told.paid else None
    if read is None or read.amount is None:
        return _lines(caller, (), told.paid)
    amount, currency = read.amount, read.currency or ""

    def figures() -> str:
        whole = amount == amount.to_integral_value()
        return f"{formats.number(amount, 0 if whole else 2)} {currency}".strip()

    return (*_lines(caller, (), told.paid), _reading(caller, figures))


def _paid_when(caller: str, told: Told, today: date) -> tuple[Line, ...]:
    read = read_date(told.paid_when, today) if told.paid_when else None
    if read is None or read.earliest is None or read.latest is None:
        return _lines(caller, (), told.paid_when)
    earliest, latest = read.earliest, read.latest

    def days() -> str:
        first, last = formats.date(earliest), formats.date(latest)
        same = earliest == latest
        return first if same else say(Message(FROM_TO, {"first": first, "last": last}))

    return (*_lines(caller, (), told.paid_when), _reading(caller, days))


def _reading(caller: str, make: Callable[[], str]) -> Line:
    """What was understood of a sum or a day, so that the caller can mend it."""
    return said_by(caller, lambda: say(Message(READ_AS, {"reading": make()})))
