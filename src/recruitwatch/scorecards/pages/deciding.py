"""Deciding one contested line: what it rests on, what the agency says, and the form."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec.structs import replace

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.rules import may
from recruitwatch.accounts.values import Permission
from recruitwatch.actor import Actor
from recruitwatch.checklists.values import EvidenceLevel
from recruitwatch.errors import N_
from recruitwatch.findings.pages.words import EVIDENCE
from recruitwatch.scorecards.actions.contesting import decide_line
from recruitwatch.scorecards.forms.deciding import GivenAnswer, Verdict, parse_line_decision
from recruitwatch.scorecards.pages.contested_line import (
    ANSWERS,
    WAYS,
    LineWords,
    limit_of,
    lines_of,
)
from recruitwatch.scorecards.pages.contesting import decides, is_barred, read_contest
from recruitwatch.scorecards.queries.contested_hands import find_lines_worked_on
from recruitwatch.scorecards.rules.contesting import (
    DECISION_FIELDS,
    is_pooled,
    item_of,
    possible_ways,
)
from recruitwatch.scorecards.values import Answer, Evidence, ItemInput, Ratio
from recruitwatch.scorecards.values.contests import (
    Contest,
    ContestUnknown,
    CorrectionKind,
    DecisionRefused,
    LineDecided,
    NewLineDecision,
)
from recruitwatch.web.forms import Errors
from recruitwatch.web.languages import gettext
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.templating import render

Choices = Sequence[tuple[str, ...]]
VERDICTS: Mapping[Verdict, tuple[str, str]] = {
    Verdict.UPHELD: (N_("The agency is right"), N_("The line is wrong and is put right.")),
    Verdict.STANDS: (N_("The line stands"), N_("The card stays as it is.")),
}
HINTS: Mapping[CorrectionKind, str] = {
    CorrectionKind.ANSWER: N_("Give the right answer below."),
    CorrectionKind.LEFT_OUT: N_("The question then counts as not checked."),
    CorrectionKind.RECORDS: N_(
        "Correct the record first and decide then. The new card is the card of today."
    ),
}


class DecidePage(msgspec.Struct, frozen=True, kw_only=True):
    """The form of one line. `ways` are those by which it could be put right."""

    contest: Contest
    line: LineWords
    limit: str
    may_decide: bool
    is_barred: bool
    was_there: bool
    verdicts: Choices
    ways: Choices
    answers: Choices
    levels: Choices
    is_counted: bool
    is_pooled: bool
    is_answer: bool
    draft_days: int
    may_read_audits: bool
    form: Mapping[str, str]
    errors: Errors = {}


def _page(
    request: WebRequest, actor: Actor, contest: Contest, line: LineWords, item: ItemInput | None,
    *, ways: Sequence[CorrectionKind], pooled: bool, was_there: bool,
) -> DecidePage:  # fmt: skip
    counted = item is not None and isinstance(item.answer, Ratio)
    return DecidePage(
        contest=contest,
        line=line,
        limit=limit_of(line.line_id),
        may_decide=decides(actor, contest) and line.decision is None and not was_there,
        is_barred=is_barred(actor, contest) and line.decision is None,
        was_there=decides(actor, contest) and line.decision is None and was_there,
        verdicts=[
            (one.value, gettext(name), gettext(hint)) for one, (name, hint) in VERDICTS.items()
        ],
        ways=[(one.value, gettext(WAYS[one]), gettext(HINTS[one])) for one in ways],
        answers=[(one.value, gettext(ANSWERS[Answer(one.value)])) for one in GivenAnswer],
        levels=[(str(one.value), gettext(EVIDENCE[EvidenceLevel(one.name)])) for one in Evidence],
        is_counted=counted,
        is_pooled=pooled,
        is_answer=CorrectionKind.ANSWER in ways,
        draft_days=request.app.state.settings.draft_days,
        may_read_audits=may(actor, Permission.AUDIT_READ),
        form=_as_it_is(item, ways),
    )


def _as_it_is(item: ItemInput | None, ways: Sequence[CorrectionKind]) -> dict[str, str]:
    """What stands in the form at first: the one way where there is no other, and the proof there is."""
    form = {"how": ways[0].value if len(ways) == 1 else ""}
    if item is not None and item.evidence is not None:
        form["evidence"] = str(item.evidence.value)
    if item is not None and isinstance(item.answer, Ratio):
        form["checked"] = str(item.answer.checked)
    return form


async def _read(
    request: WebRequest, session: Session, actor: Actor, contest_id: UUID, line_id: str
) -> tuple[DecidePage, ItemInput | None, tuple[CorrectionKind, ...]]:
    contest, prepared, issued = await read_contest(session, contest_id)
    found = [one for one in lines_of(contest, prepared.card, issued) if one.line_id == line_id]
    if not found:
        raise ContestUnknown
    item, talks = item_of(line_id, issued.inputs), issued.snapshot.interviews
    ways = possible_ways(line_id, issued.inputs, talks)
    pooled = item is not None and is_pooled(item, talks)
    own = await find_lines_worked_on(session, actor.id, [line_id], issued)
    page = _page(
        request, actor, contest, found[0], item, ways=ways, pooled=pooled, was_there=line_id in own
    )
    return page, item, ways


@get("/contests/{contest_id:uuid}/lines/{line_id:str}", opt=needs(Permission.CONTEST_READ))
async def show_line(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    contest_id: FromPath[UUID],
    line_id: FromPath[str],
) -> Page:
    page, _, _ = await _read(request, session, actor, contest_id, line_id)
    return render(request, "scorecards/contested_line.html", page)


@post(
    "/contests/{contest_id:uuid}/lines/{line_id:str}",
    opt=needs(Permission.CONTEST_DECIDE),
    status_code=200,
)
async def do_decide_line(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    contest_id: FromPath[UUID],
    line_id: FromPath[str],
) -> Response[str] | Redirect:
    """Decide the line. The last one of a contest issues the corrected revision with it."""
    page, item, ways = await _read(request, session, actor, contest_id, line_id)
    reader = await read_form(request)
    errors = parse_line_decision(reader, line_id, item, ways)
    if isinstance(errors, NewLineDecision):
        try:
            await decide_line(
                session, actor, now, contest_id=contest_id, new=errors, draft_days=page.draft_days
            )
        except DecisionRefused as refused:
            errors = {DECISION_FIELDS[one.key]: one for one in refused.reasons}
        except LineDecided:
            return go_to(f"/contests/{contest_id}", {"done": "already"})
        else:
            verdict = Verdict.UPHELD if errors.upheld else Verdict.STANDS
            return go_to(f"/contests/{contest_id}", {"done": verdict.value})
    page = replace(page, form=dict(reader.form), errors=errors)
    return render(request, "scorecards/contested_line.html", page, status=422)


HANDLERS = (show_line, do_decide_line)
