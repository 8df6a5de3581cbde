"""From served findings to the one notice that an agency reads and answers."""

from collections.abc import Collection, Iterable
from uuid import UUID

from recruitwatch.findings.rules import DECISIONS, disclosed, reply_until, served_on, state_of
from recruitwatch.findings.values import Finding, FindingState, StepKind
from recruitwatch.portal.values import Notice, NoticeState, Reply

STATES = {
    FindingState.CONFIRMED: NoticeState.STANDS,
    FindingState.DISMISSED: NoticeState.DISMISSED,
    FindingState.REPLIED: NoticeState.REPLIED,
}


def notice_of(
    notice_id: UUID,
    findings: Iterable[tuple[Finding, Finding | None]],
    own_people: Collection[UUID],
) -> Notice | None:
    """The notice with this reference, from findings and the ones in the documents that bear them out.

    Where few workers spoke, the agency holds the notice of the documents in their place, and several
    findings may carry it. Seen apart they would tell that somebody spoke, so they are one notice here:
    with the first last day of those undecided, and a reply goes to each. Of replies the agency reads only
    what its own people wrote. None where nothing with this reference was served. Source: domain notes 2.3
    and 4.12, interview ethics.
    """
    told = [
        (day, finding, shown)
        for finding, paper in findings
        if (day := served_on(finding.steps)) is not None
        and (shown := disclosed(finding, paper)) is not None
        and shown.finding_id == notice_id
    ]
    if not told:
        return None
    undecided = [one for one in told if not is_decided(one[1])]
    day, _, shown = min(undecided or told, key=lambda one: (one[0], one[1].id))
    return Notice(
        shown=shown,
        served_on=day,
        reply_until=reply_until(day),
        state=_state(notice_id, [finding for _, finding, _ in undecided or told]),
        undecided=tuple(finding.id for _, finding, _ in undecided),
        replies=_replies((finding for _, finding, _ in told), own_people),
    )


def is_decided(finding: Finding) -> bool:
    return any(step.kind in DECISIONS for step in finding.steps)


def _state(notice_id: UUID, findings: list[Finding]) -> NoticeState:
    """That of the finding of the notice itself where it was served, else of the first."""
    own = next((one for one in findings if one.id == notice_id), findings[0])
    state = state_of(step.kind for step in own.steps)
    return STATES.get(state, NoticeState.WAITING)


def _replies(findings: Iterable[Finding], own_people: Collection[UUID]) -> tuple[Reply, ...]:
    """Each reply once, oldest first: one that went to several findings is written down for each."""
    steps = sorted(
        (step for one in findings for step in one.steps if step.kind is StepKind.REPLIED),
        key=lambda step: step.taken_at,
    )
    replies = (
        Reply(on_date=step.on_date, text=step.text if step.taken_by in own_people else None)
        for step in steps
    )
    return tuple(dict.fromkeys(replies))
