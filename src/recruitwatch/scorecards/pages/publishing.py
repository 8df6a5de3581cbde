"""The steps of an issued card from draft to recall, and what the public will see of it."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec.structs import replace

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.values import Permission
from recruitwatch.agencies.pages.words import public_words
from recruitwatch.agencies.queries import get_agency, get_status
from recruitwatch.agencies.values import StoredAgency
from recruitwatch.findings.pages.days import typed_day
from recruitwatch.scorecards import queries
from recruitwatch.scorecards.actions import take_card_step
from recruitwatch.scorecards.actions.papers import place_of
from recruitwatch.scorecards.forms.publishing import parse_card_step
from recruitwatch.scorecards.pages import public
from recruitwatch.scorecards.pages.card import issued_page
from recruitwatch.scorecards.pages.public_words import words_of
from recruitwatch.scorecards.pages.steps import publishing_of
from recruitwatch.scorecards.queries.publishing_texts import get_public_questions
from recruitwatch.scorecards.rules.publishing import day_of_step
from recruitwatch.scorecards.rules.reasons import known_reason
from recruitwatch.scorecards.values.contests import ContestMark, MarkState
from recruitwatch.scorecards.values.publishing import (
    CardState,
    CardStepKind,
    NewCardStep,
    PreparedCard,
    PublishedCard,
)
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.templating import render


@post(
    "/agencies/{agency_id:uuid}/card/{revision:int}/steps",
    opt=needs(Permission.CARD_PUBLISH),
    status_code=200,
)
async def do_step(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    agency_id: FromPath[UUID],
    revision: FromPath[int],
) -> Response[str] | Redirect:
    """Serve the draft, record a reply, publish or recall."""
    await get_agency(session, agency_id)
    reader = await read_form(request)
    prepared = await queries.lock_prepared(session, agency_id, revision)
    step = parse_card_step(reader, prepared, now.date())
    if isinstance(step, NewCardStep):
        await take_card_step(
            session, actor, now, agency_id=agency_id, revision=revision, new=step,
            place=place_of(request.app.state.settings),
        )  # fmt: skip
        return go_to(f"/agencies/{agency_id}/card/{revision}", {"done": step.kind.value})
    page = await issued_page(session, actor, now, agency_id, revision)
    shown = replace(
        publishing_of(prepared, actor, now.date()),
        typed=dict(reader.form),
        days={
            name: typed_day(reader, name)
            for name in ("served_on", "replied_on")
            if f"{name}-day" in reader.form
        },
    )
    page = replace(page, publishing=shown, errors=step)
    return render(request, "scorecards/card.html", page, status=422)


@get(
    "/agencies/{agency_id:uuid}/card/{revision:int}/public",
    opt=needs(Permission.CARD_READ),
)
async def show_preview(
    request: WebRequest,
    session: Session,
    now: Now,
    agency_id: FromPath[UUID],
    revision: FromPath[int],
) -> Page:
    """The public page of a card as everybody sees it or will see it."""
    agency = await get_agency(session, agency_id)
    prepared = await queries.get_prepared(session, agency_id, revision)
    questions = await get_public_questions(session, prepared.card_id)
    trend = await queries.list_published(session, agency_id, limit=public.TREND + 1)
    marks = await queries.list_marks(session, prepared.card_id, now)
    page = public.CardPage(
        shown=as_published(prepared, agency, now.date(), marks),
        words=words_of(prepared.card, questions, marks),
        why=known_reason(prepared.reason, corrects=prepared.contest_id is not None),
        licence=public_words(await get_status(session, agency_id, now.date())),
        today=now.date(),
        replaced_on=None,
        questions=questions,
        trend=trend[: public.TREND],
        more=len(trend) > public.TREND,
        papers=[],
        grades=public.GRADES,
        states=public.STATE_TAGS,
    )
    return render(request, "scorecards/preview.html", page)


def as_published(
    prepared: PreparedCard, agency: StoredAgency, today: date, marks: Collection[ContestMark] = ()
) -> PublishedCard:
    """The card as if it were published and valid, today unless it was before."""
    published = day_of_step(prepared.steps, CardStepKind.PUBLISHED)
    return PublishedCard(
        card_id=prepared.card_id,
        agency_id=prepared.agency_id,
        agency_name=agency.record.legal_name,
        licence_no=agency.record.licence_no,
        revision=prepared.revision,
        state=CardState.VALID,
        card=prepared.card,
        sha256=prepared.sha256,
        issued_on=prepared.card.as_of,
        published_on=published or today,
        recalled_on=None,
        recall_reason="",
        replies=tuple(step.text for step in prepared.steps if step.kind is CardStepKind.REPLIED),
        reason=prepared.reason,
        newest_published=prepared.revision,
        corrects=prepared.contest_id is not None,
        contested=len(marks),
        pending=sum(one.state is MarkState.PENDING for one in marks),
    )
