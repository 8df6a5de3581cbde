"""The order of the questions: what comes next, what came before, how far she is."""

from recruitwatch.complaints.values.filing import Told
from recruitwatch.complaints.values.questions import ABOUT_AN_OFFICIAL, OFFICIALS, Place, Question

LONG: tuple[Question, ...] = tuple(one for one in Question if one is not Question.START)
SHORT: tuple[Question, ...] = (Question.HAPPENED, Question.REACH, Question.CODE)
"""The way of somebody in danger: what is happening, how to reach her, send."""


def way(told: Told, at: Question) -> tuple[Question, ...]:
    """The questions in their order. Somebody in danger who asks for one of the others goes on from it
    on the long way.

    Source: complaint research 5.2 (one question a page) and 5.7 (the evidence ladder and its order).
    """
    return SHORT if told.danger and at in SHORT else LONG


def next_question(told: Told, at: Question) -> Question:
    """The page after this one; after the last it is the last again.

    Source: as `way`.
    """
    steps = way(told, at)
    return steps[min(steps.index(at) + 1, len(steps) - 1)]


def question_before(told: Told, at: Question) -> Question:
    """The page before this one; before the first question it is the start.

    Source: as `way`.
    """
    steps = way(told, at)
    found = steps.index(at)
    return steps[found - 1] if found else Question.START


def last_look(told: Told) -> Question:
    """Where `Finish now` leads: to all answers, and in danger straight to the code.

    Source: whoever is in danger must be able to send at once.
    """
    return Question.CODE if told.danger else Question.CHECK


def place_of(told: Told, at: Question) -> Place:
    """How far she is, as `3 of 16`.

    Source: complaint research 5.2, progress in words.
    """
    steps = way(told, at)
    return Place(steps.index(at) + 1, len(steps))


def is_enough(told: Told) -> bool:
    """Whether this can be sent: what happened is the only thing that must be told.

    Source: the workers' capability of this system; registration and papers never gate a complaint.
    """
    return bool(told.happened or told.happened_said.strip())


def about_an_official(happened: tuple[str, ...]) -> bool:
    """Whether one of these codes is about an official, so that the case goes to oversight.

    Source: complaints about officials bypass the ministry's own desks.
    """
    return any(code.startswith(OFFICIALS) for code in happened)


def with_official(happened: tuple[str, ...], wanted: bool) -> tuple[str, ...]:
    """The codes with one about an official, or with none. One she ticked by its own sentence stays.

    Source: as `about_an_official`.
    """
    if wanted:
        return happened if about_an_official(happened) else (*happened, ABOUT_AN_OFFICIAL)
    return tuple(code for code in happened if not code.startswith(OFFICIALS))
