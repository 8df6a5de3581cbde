"""The first page after signing in: what waits for this person."""

import msgspec
from litestar import Response, get
from litestar.response import Redirect

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.queries import count_people
from recruitwatch.accounts.rules import may
from recruitwatch.accounts.values import Permission
from recruitwatch.actor import Actor
from recruitwatch.agencies.queries import count_agencies
from recruitwatch.audits.queries import count_open_drafts, count_waiting_reviews
from recruitwatch.errors import N_
from recruitwatch.findings.queries import count_waiting_findings
from recruitwatch.oversight.queries import count_history
from recruitwatch.oversight.values import HistoryFilter
from recruitwatch.scorecards.queries import count_contests
from recruitwatch.web.languages import gettext, path
from recruitwatch.web.request import Session, SignedInActor, WebRequest, go_to
from recruitwatch.web.templating import render

P = Permission
DRAFTS = N_("Audits to finish")
DRAFTS_HINT = N_("Begun by you and not yet submitted, or returned to you.")
REVIEWS = N_("Audits to review")
REVIEWS_HINT = N_("Submitted and waiting for a review.")
FINDINGS = N_("Findings without a decision")
FINDINGS_HINT = N_("Evidence to serve, replies to read, decisions to take.")
CONTESTS = N_("Contested scorecards")
CONTESTS_HINT = N_("Lines that agencies contest, to be decided within 30 days.")
AGENCIES = N_("Agencies in the register")
AGENCIES_HINT = N_("Look an agency up, or see what is known of it.")
PEOPLE = N_("People")
PEOPLE_HINT = N_("Accounts of this authority, also those that are disabled.")
HISTORY = N_("Entries in the history")
HISTORY_HINT = N_("Who did what, and when.")


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """One pile of work: how much of it there is, and where."""

    name: str
    hint: str
    count: int
    url: str


class HomePage(msgspec.Struct, frozen=True, kw_only=True):
    waiting: list[Waiting]


def _pile(name: str, hint: str, count: int, address: str) -> Waiting:
    return Waiting(name=gettext(name), hint=gettext(hint), count=count, url=path(address))


@get("/home", opt=needs(P.OWN_ACCOUNT))
async def show_home(
    request: WebRequest, session: Session, actor: SignedInActor
) -> Response[str] | Redirect:
    """Where a sign-in leads. People of agencies have a place of their own, and nothing else."""
    if may(actor, P.AGENCY_PLACE):
        return go_to("/agency")
    waiting = [*await _work(session, actor), *await _overview(session, actor)]
    return render(request, "oversight/home.html", HomePage(waiting=waiting))


async def _work(session: Session, actor: Actor) -> list[Waiting]:
    """What this person has to do; a count that the person may not see is not even asked for."""
    piles = []
    if may(actor, P.AUDIT_WRITE):
        count = await count_open_drafts(session, actor.id)
        piles.append(_pile(DRAFTS, DRAFTS_HINT, count, "/audits"))
    if may(actor, P.AUDIT_REVIEW):
        count = await count_waiting_reviews(session)
        piles.append(_pile(REVIEWS, REVIEWS_HINT, count, "/reviews"))
    if may(actor, P.FINDING_SERVE) or may(actor, P.FINDING_DECIDE):
        count = await count_waiting_findings(session)
        piles.append(_pile(FINDINGS, FINDINGS_HINT, count, "/findings"))
    if may(actor, P.CONTEST_DECIDE):
        count = await count_contests(session, is_open=True)
        piles.append(_pile(CONTESTS, CONTESTS_HINT, count, "/contests"))
    return piles


async def _overview(session: Session, actor: Actor) -> list[Waiting]:
    """Where this person looks things up."""
    piles = []
    if may(actor, P.REGISTER_READ):
        count = await count_agencies(session)
        piles.append(_pile(AGENCIES, AGENCIES_HINT, count, "/register"))
    if may(actor, P.PEOPLE_MANAGE):
        piles.append(_pile(PEOPLE, PEOPLE_HINT, await count_people(session), "/people"))
    if may(actor, P.HISTORY_READ):
        count = await count_history(session, actor, HistoryFilter())
        piles.append(_pile(HISTORY, HISTORY_HINT, count, "/history"))
    return piles


HANDLERS = (show_home,)
