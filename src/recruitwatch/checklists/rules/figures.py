"""The figures of national law as they stood at any instant, from the whole history of settings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from recruitwatch.checklists.rules.credit import Parameters, parameters_in_force
from recruitwatch.checklists.values import ParameterSetting, ParameterValue, Vocabulary


class Figures(Struct, frozen=True):
    """`states` has one entry more than `instants`: the first holds before anything was set."""

    instants: tuple[datetime, ...]
    states: tuple[Parameters, ...]

    def at(self, instant: datetime) -> Parameters:
        return self.states[bisect_right(self.instants, instant)]


def figures_of(vocabulary: Vocabulary, settings: Iterable[ParameterSetting]) -> Figures:
    """Every state the figures of a vocabulary ever had (part 4.12, parameters).

    At an instant the setting of the highest number made by then holds, as when findings are opened.
    """
    newest: dict[str, int] = {}
    values: dict[str, ParameterValue | None] = {}
    states: dict[datetime, Parameters] = {}
    for one in sorted(settings, key=lambda one: (one.set_at, one.id)):
        if one.id > newest.get(one.name, 0):
            newest[one.name], values[one.name] = one.id, one.value
        states[one.set_at] = parameters_in_force(vocabulary, values)
    return Figures(tuple(states), (parameters_in_force(vocabulary, {}), *states.values()))
