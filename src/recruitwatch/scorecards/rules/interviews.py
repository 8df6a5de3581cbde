"""What workers said in the talks of approved visits, pooled question by question (parts 4.2, 4.3)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from recruitwatch.audits.values.results import Heard, JudgedAudit, TalkDay
from recruitwatch.scorecards.rules.inputs import is_within
from recruitwatch.scorecards.values import Evidence, PooledAnswer, Profile, Ratio, Silence


def recent_days(
    audits: Iterable[JudgedAudit], as_of: date, profile: Profile
) -> Iterator[tuple[str, TalkDay]]:
    """The days of talks within the window, each with the submission it comes from (part 4.2)."""
    for audit in audits:
        for day in audit.result.days:
            if is_within(day.held_on, as_of, profile.records.window_months):
                yield str(audit.submission_id), day


def pool_interviews(
    days: Iterable[tuple[str, TalkDay]],
    profile: Profile,
    left_out: Collection[tuple[str, str]] = (),
) -> dict[str, PooledAnswer]:
    """Interviews of 24 months pooled into compliant of answered, item by item.

    A worker counts as compliant or not: a partial answer is not (4.2). Fewer than 5 respondents to
    the item: E1 at most. `asked` counts the workers to whom the question applies, answered or not.
    `left_out` are questions and visits that no longer count since the agency contested them (4.9).
    """
    groups: dict[str, list[tuple[str, Heard]]] = {}
    for source, day in days:
        for item, heard in day.said.items():
            if (item, source) not in left_out:
                groups.setdefault(item, []).append((source, heard))
    return {item: _pool(item, groups[item], profile) for item in sorted(groups)}


def _pool(item: str, group: Sequence[tuple[str, Heard]], profile: Profile) -> PooledAnswer:
    """What is said in private and confirmed by others is E3; nothing said bears out nothing."""
    whole = less = nothing = unset = 0
    sources = set()
    for source, heard in group:
        whole += heard.whole
        less += heard.less
        nothing += heard.nothing
        unset += heard.unset
        if heard.whole or heard.less:
            sources.add(source)
    given = whole + less
    few = given < profile.records.interview_min_respondents
    level = Evidence.E1 if few else Evidence.E3
    return PooledAnswer(
        item=item,
        answers=Ratio(ok=whole, checked=given),
        asked=given + nothing + unset,
        not_scored=unset > 0,
        evidence=level if given else Evidence.E0,
        few=few,
        sources=tuple(sorted(sources)),
    )


def silence_of(days: Iterable[TalkDay]) -> Silence | None:
    """How many workers were asked whom they could call, and how many could name anybody (4.3)."""
    asked = know = 0
    for day in days:
        asked += day.asked
        know += day.know
    return Silence(asked=asked, know=know) if asked else None


def talk_names(days: Iterable[tuple[str, TalkDay]]) -> frozenset[str]:
    """A name for each talk. A worker who refused said nothing and hides nobody."""
    return frozenset(f"{source}/{name}" for source, day in days for name in day.talks)
