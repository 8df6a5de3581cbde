"""One question's form, laid onto what was told before. What is too long is refused and kept in the field."""

from collections.abc import Collection, Mapping

import msgspec

from recruitwatch.complaints.rules.questions import is_enough, with_official
from recruitwatch.complaints.values.codes import Escalator
from recruitwatch.complaints.values.filing import Told, Wish
from recruitwatch.complaints.values.questions import HAPPENINGS, OFFICIALS, Move, Question
from recruitwatch.errors import N_
from recruitwatch.web.forms import FormReader

SHORT, LONG = 300, 5000

# public: shown beside a field
SAY_WHAT_HAPPENED = N_("Choose a sentence, or write what happened.")
TOO_LONG = N_("This is too long. Write at most %(longest)s characters.")

FIELDS: Mapping[Question, tuple[str, ...]] = {
    Question.WISHES: ("wish_said",),
    Question.HAPPENED: ("happened_said",),
    Question.LICENCE: ("licence",),
    Question.PHONE: ("phone",),
    Question.PLACE: ("place",),
    Question.NAME: ("name",),
    Question.BROKER: ("broker",),
    Question.JOURNEY: ("journey",),
    Question.EMPLOYER: ("employer",),
    Question.PAID: ("paid", "paid_when"),
    Question.HIDE: ("hide_person",),
    Question.REACH: ("call_me", "reach", "reach_how"),
}
"""The fields for words on each page, named as in `Told`."""

LONGEST: Mapping[str, int] = {"happened_said": LONG}


def read_answer(
    form: FormReader, question: Question, told: Told, *, offices: Collection[str]
) -> Told:
    """What is told now. `form.errors` says what cannot be kept; the words are in it all the same, so that
    the page can show them again."""
    words = {name: _words(form, name) for name in FIELDS.get(question, ())}
    return msgspec.structs.replace(told, **words, **_ticks(form, question, told, offices))


def require_enough(form: FormReader, told: Told, move: Move) -> None:
    """Nobody passes the one needed question without a word, but anybody may go back from it."""
    if move in (Move.NEXT, Move.FINISH) and not is_enough(told):
        form.refuse("happened", SAY_WHAT_HAPPENED)


def read_move(form: FormReader) -> Move:
    """The button; Enter in a field sends none and means to go on."""
    try:
        return Move(form.form.get("go", ""))
    except ValueError:
        return Move.NEXT


def read_question(form: FormReader, name: str) -> Question | None:
    try:
        return Question(form.form.get(name, ""))
    except ValueError:
        return None


def _words(form: FormReader, name: str) -> str:
    longest = LONGEST.get(name, SHORT)
    text = form.text(name, longest=10**6)
    if len(text) > longest:
        form.refuse(name, TOO_LONG, longest=longest)
    return text


def _ticks(
    form: FormReader, question: Question, told: Told, offices: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """The boxes of this page. One that is not offered is left out, as if it was not there."""
    if question is Question.WISHES:
        return {"wishes": _among(form, "wishes", list(Wish))}
    if question is Question.HAPPENED:
        # A tick on the page about secrecy is kept: its sentence is not among those offered here.
        kept = tuple(
            code for code in told.happened if code not in HAPPENINGS and code.startswith(OFFICIALS)
        )
        return {"happened": _among(form, "happened", HAPPENINGS) + kept}
    if question is Question.NOW:
        return {"escalators": _among(form, "escalators", list(Escalator))}
    if question is Question.HIDE:
        return {
            "hide_offices": _among(form, "hide_offices", offices),
            "happened": with_official(told.happened, form.flag("official")),
        }
    return {}


def _among(form: FormReader, name: str, allowed: Collection[str]) -> tuple[str, ...]:
    ticked = form.lists.get(name, ())
    return tuple(str(value) for value in allowed if value in ticked)
