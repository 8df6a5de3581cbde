"""The order of a worker's papers. It decides whether a change is a loss or a gain, so it is never guessed:
papers whose steps and days say different orders are refused."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import msgspec

from recruitwatch.contracts.rules.checking.merging import all_findings, all_payments
from recruitwatch.contracts.values.checking import (
    DATED,
    STEP_NAMES,
    CheckedPaper,
    CheckInput,
    CheckRefused,
    Step,
    TermsAlone,
)
from recruitwatch.errors import N_, Day, Language, Message

CONTRADICTION = N_(
    "Steps and days contradict each other: %(paper)s of %(day)s would come before %(next)s of"
    " %(next_day)s. Correct a day or a step. A contract that replaces a registered one counts as"
    " registered."
)
ARRIVAL = N_("the arrival")
TWICE = N_("%(place)s: the text in %(language)s is given twice.")


def joined(older: CheckInput, newer: CheckInput) -> CheckInput:
    """Two files as one chain: the papers of the older one come first, the rest is taken together, and
    what stands in both files counts once. Terms that say no step take theirs from the papers before
    them."""
    arrived_on = newer.arrived_on or older.arrived_on
    stated = [one for one in older.papers + newer.papers if not isinstance(one, TermsAlone)]
    before = [_placed(one, [], arrived_on) for one in older.papers]
    after = [_placed(one, [each for each in stated if _day(each) <= _day(one)], arrived_on)
             for one in newer.papers]  # fmt: skip
    return CheckInput(
        papers=(*before, *after),
        departs_on=newer.departs_on or older.departs_on,
        arrived_on=arrived_on,
        looked_on=newer.looked_on or older.looked_on,
        rates=newer.rates + older.rates,
        payments=all_payments(older.payments, newer.payments),
        agency_findings=all_findings(older.agency_findings, newer.agency_findings),
    )


def _day(paper: CheckedPaper) -> date:
    return paper.terms.signed_on


def _placed(
    paper: CheckedPaper, before: list[CheckedPaper], arrived_on: date | None
) -> CheckedPaper:
    """Terms that are younger than a registered contract are its newest version, and no contract that
    was signed before it."""
    if not isinstance(paper, TermsAlone):
        return paper
    step = max((one.step for one in before if one.step in DATED), key=DATED.index,
               default=Step.SIGNED)  # fmt: skip
    if arrived_on is not None and _day(paper) >= arrived_on:
        step = Step.AFTER_ARRIVAL
    return msgspec.structs.replace(paper, step=step)


def in_order_of(given: CheckInput) -> list[CheckedPaper]:
    """The papers in the order of the worker's way and, at one step, of their days; at one step of one
    day as they were handed in. Refuses contracts whose days say another order."""
    in_order = sorted(given.papers, key=lambda one: (list(Step).index(one.step), _day(one)))
    dated = [one for one in in_order if one.step in DATED]
    wrong = [
        Message(CONTRADICTION, {
            "paper": Message(STEP_NAMES[one.step]), "day": Day(_day(one)),
            "next": Message(STEP_NAMES[after.step]), "next_day": Day(_day(after)),
        })
        for one, after in pairwise(dated)
        if _day(after) < _day(one)
    ]  # fmt: skip
    wrong += _at_home_after_arrival(given)
    if wrong:
        raise CheckRefused(tuple(wrong))
    return in_order


def _at_home_after_arrival(given: CheckInput) -> Iterator[Message]:
    """Nobody signs at home on a day after arrival abroad."""
    for one in given.papers:
        if one.step is Step.SIGNED and given.arrived_on and _day(one) > given.arrived_on:
            yield Message(CONTRADICTION, {
                "paper": Message(STEP_NAMES[one.step]), "day": Day(_day(one)),
                "next": Message(ARRIVAL), "next_day": Day(given.arrived_on),
            })  # fmt: skip


def texts_given_twice(paper: CheckedPaper, place: str) -> Iterator[Message]:
    """With two texts in one language nobody could say which of them is on the paper."""
    printed = [one.language for one in paper.seen.texts]
    for language in dict.fromkeys(one for one in printed if printed.count(one) > 1):
        yield Message(TWICE, {"place": place, "language": Language(language)})
