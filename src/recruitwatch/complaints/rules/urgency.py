"""How urgent a case is, why, and who may call it less urgent. A machine only ever raises."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from recruitwatch.complaints.values.codes import (
    ComplaintCode,
    Condition,
    Escalator,
    Urgency,
    UrgencyReading,
)
from recruitwatch.errors import N_, Message

DANGER_NOW = N_("The worker is in danger now.")
OF_CODE = N_("What happened (%(complaint_code)s) is of urgency %(urgency)s.")
NOTHING_URGENT = N_("Nothing told so far makes the case more urgent.")

CONDITION_REASONS: Mapping[Condition, str] = {
    Condition.UNPAID_TWO_MONTHS: N_(
        "Wages of two months or more are unpaid, so %(complaint_code)s is of urgency %(urgency)s."
    ),
    Condition.LIVING_THERE: N_(
        "The worker lives there, so %(complaint_code)s is of urgency %(urgency)s."
    ),
}
AT_ONCE_REASONS: Mapping[Escalator, str] = {
    Escalator.AFRAID_FOR_LIFE: N_("The worker fears for their life."),
    Escalator.LOCKED_IN: N_("The worker is locked in."),
    Escalator.BLEEDING_OR_ILL: N_("The worker is bleeding or ill."),
    Escalator.SELF_HARM: N_("The worker speaks of self-harm."),
    Escalator.UNDER_18: N_("The worker is under 18."),
    Escalator.FLIGHT_WITHIN_72H: N_("A flight leaves within 72 hours."),
    Escalator.PASSPORT_HELD_AND_WANTS_TO_LEAVE: N_(
        "The passport is kept and the worker wants to leave."
    ),
}
ONE_CLASS_REASONS: Mapping[Escalator, str] = {
    Escalator.LIVING_WITH_ACCUSED: N_("The worker still lives with the person complained of."),
    Escalator.PREGNANT_OR_WITH_CHILD: N_("The worker is pregnant or has a child with them."),
    Escalator.SEVERAL_PEOPLE: N_(
        "Three people or more complained of the same agency within 30 days."
    ),
}

_MOST_FIRST = tuple(Urgency)


def rank(urgency: Urgency) -> int:
    """1 for S1, the most urgent, to 4 for S4: for ordering only. Source: the four contact classes."""
    return _MOST_FIRST.index(urgency) + 1


def most_urgent(urgencies: Iterable[Urgency]) -> Urgency:
    """The most urgent of several, S4 of none.

    Source: a case is as urgent as the worst thing in it; ordinary cases still have a clock.
    """
    return min(urgencies, key=rank, default=Urgency.S4)


def raised(old: Urgency, new: Urgency) -> Urgency:
    """The more urgent of the two: what a later reading does to a case.

    Source: severity is never lowered automatically.
    """
    return most_urgent((old, new))


def seconds_needed(old: Urgency, new: Urgency) -> int:
    """How many other officers must agree before `old` becomes `new`: one to leave S1, else none.

    Source: a class is lowered by a named officer with a reason, and from S1 by two officers.
    """
    return 1 if old is Urgency.S1 and new is not Urgency.S1 else 0


def urgency_of(
    codes: Iterable[ComplaintCode],
    escalators: Collection[Escalator],
    danger_now: bool,
    conditions: Collection[Condition] = (),
) -> UrgencyReading:
    """How urgent a case is by what was told, with every reason, the gravest first.

    Danger now and the gravest escalators make it S1. Otherwise it is the most urgent of its codes,
    one class higher for each of: living with the person complained of, pregnant or with a child,
    several people of one agency. Living with that person also fulfils "living there". Without a
    code it starts at S4. Source: ministry default; the reading only ever adds urgency.
    """
    given = tuple(codes)
    held = set(conditions)
    if Escalator.LIVING_WITH_ACCUSED in escalators:
        held.add(Condition.LIVING_THERE)
    start = most_urgent(_reached(one, held)[0] for one in given)
    at_once = [one for one in AT_ONCE_REASONS if one in escalators]
    steps = [one for one in ONE_CLASS_REASONS if one in escalators]
    urgency = Urgency.S1 if danger_now or at_once else _higher(start, len(steps))
    reasons = (
        *((Message(DANGER_NOW),) if danger_now else ()),
        *(Message(AT_ONCE_REASONS[one]) for one in at_once),
        *_code_reasons(given, held, start),
        *(Message(ONE_CLASS_REASONS[one]) for one in steps),
    )
    return UrgencyReading(urgency=urgency, reasons=reasons or (Message(NOTHING_URGENT),))


def _reached(
    code: ComplaintCode, conditions: Collection[Condition]
) -> tuple[Urgency, Condition | None]:
    """The urgency of a code under what is known, and the condition that raised it."""
    met = [(one.urgency, one.when) for one in code.raised if one.when in conditions]
    start: tuple[Urgency, Condition | None] = (code.urgency, None)
    return min([start, *met], key=lambda one: rank(one[0]))


def _code_reasons(
    codes: Iterable[ComplaintCode], conditions: Collection[Condition], start: Urgency
) -> Iterator[Message]:
    for one in codes:
        urgency, condition = _reached(one, conditions)
        if urgency is start:
            key = OF_CODE if condition is None else CONDITION_REASONS[condition]
            yield Message(key, {"complaint_code": one.code, "urgency": urgency.value})


def _higher(urgency: Urgency, classes: int) -> Urgency:
    return _MOST_FIRST[max(0, rank(urgency) - 1 - classes)]
