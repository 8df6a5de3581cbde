"""From served findings to the one notice that an agency reads and answers."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from recruitwatch.findings.rules import DECISIONS, disclosed, served_on, state_of
from recruitwatch.findings.values import Disclosure, Finding, FindingState, StepKind
from recruitwatch.portal.values import Notice, NoticeState, Reply

STATES = {
    FindingState.CONFIRMED: NoticeState.STANDS,
    FindingState.DISMISSED: NoticeState.DISMISSED,
    FindingState.REPLIED: NoticeState.REPLIED,
}


def notice_of(notice_id: UUID, findings: Iterable[tuple[Finding, Finding | None]]) -> Notice | None:
    """The notice with this reference, from findings and the ones in the documents that bear them out.

    Where few workers spoke, the agency holds the notice of the documents in their place, and several
    findings may carry it. Seen apart they would tell that somebody spoke, so they are one notice here:
    with the first last day of those undecided, and a reply goes to each. None where nothing with this
    reference was served. Source: domain notes 2.3 and 4.12, interview ethics.
    """
    told = [
        (finding, shown)
        for finding, paper in findings
        if (shown := _served(finding, paper)) is not None and shown.finding_id == notice_id
    ]
    if not told:
        return None
    undecided = [(finding, shown) for finding, shown in told if not is_decided(finding)]
    _, shown = min(undecided or told, key=lambda one: (one[1].served_on or date.max, one[0].id))
    return Notice(
        shown=shown,
        state=_state(notice_id, [finding for finding, _ in undecided or told]),
        undecided=tuple(finding.id for finding, _ in undecided),
        replies=_replies(finding for finding, _ in told),
    )


def is_decided(finding: Finding) -> bool:
    return any(step.kind in DECISIONS for step in finding.steps)


def _served(finding: Finding, paper: Finding | None) -> Disclosure | None:
    return disclosed(finding, paper) if served_on(finding.steps) is not None else None


def _state(notice_id: UUID, findings: list[Finding]) -> NoticeState:
    """That of the finding of the notice itself where it was served, else of the first."""
    own = next((one for one in findings if one.id == notice_id), findings[0])
    state = state_of(step.kind for step in own.steps)
    return STATES.get(state, NoticeState.WAITING)


def _replies(findings: Iterable[Finding]) -> tuple[Reply, ...]:
    """Each reply once, oldest first: one that went to several findings is written down for each."""
    steps = sorted(
        (step for one in findings for step in one.steps if step.kind is StepKind.REPLIED),
        key=lambda step: step.taken_at,
    )
    return tuple(dict.fromkeys(Reply(on_date=step.on_date, text=step.text) for step in steps))
