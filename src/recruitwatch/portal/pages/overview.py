"""The first page of an agency's people: their agency, the newest card, contests and findings."""

from datetime import date

import msgspec
from litestar import get

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.values import Permission
from recruitwatch.agencies.pages.words import StatusWords, status_words
from recruitwatch.agencies.queries import get_agency, get_status
from recruitwatch.findings.rules import reply_until
from recruitwatch.portal import queries
from recruitwatch.portal.pages.notices import NoticeWords, notice_words
from recruitwatch.portal.pages.own import Handed, get_handed, list_choices
from recruitwatch.portal.pages.words import CARD_STATES, GRADES, Choice
from recruitwatch.portal.values import NoticeLine
from recruitwatch.scorecards import queries as cards_queries
from recruitwatch.scorecards.values.contests import ContestSummary
from recruitwatch.scorecards.values.publishing import CardState
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest
from recruitwatch.web.templating import render

SHOWN = 5
"""Entries of each list on the first page; the rest stand on a page of their own."""
MOST_WAITING = 30
"""Contests and notices that are looked at for what waits: those with the first last days."""


class Waits(msgspec.Struct, frozen=True, kw_only=True):
    """Something that waits until a day: a draft to read and a notice to answer for the agency, a contest
    for the ministry. `words` are the question of a notice, `lines` the undecided ones of a contest."""

    kind: str
    day: date
    address: str
    words: str = ""
    lines: int = 0


class AgencyPage(msgspec.Struct, frozen=True, kw_only=True):
    """`newest` is the card handed over last; `earlier` are the ones before it."""

    name: str
    licence_no: str | None
    licence: StatusWords
    licence_known: bool
    waits: list[Waits]
    newest: Handed | None
    state: tuple[str, str]
    grade_word: str
    earlier: list[Choice]
    more_cards: bool
    contests: list[ContestSummary]
    more_contests: bool
    notices: list[NoticeWords]
    more_notices: bool


@get("/agency", opt=needs(Permission.AGENCY_PLACE))
async def show_place(request: WebRequest, session: Session, actor: SignedInActor, now: Now) -> Page:
    own = actor.own_agency
    agency = await get_agency(session, own)
    status = await get_status(session, own, now.date())
    cards = await list_choices(session, own, limit=SHOWN + 1)
    newest = await get_handed(session, actor, cards[0].revision) if cards else None
    contests = await cards_queries.list_contests(session, agency_id=own, limit=SHOWN + 1)
    waiting = await cards_queries.list_contests(
        session, agency_id=own, is_open=True, limit=MOST_WAITING
    )
    notices = await queries.list_notices(session, own, limit=MOST_WAITING)
    page = AgencyPage(
        name=agency.record.legal_name,
        licence_no=agency.record.licence_no,
        licence=status_words(status),
        licence_known=status.state is not None,
        waits=_waits(newest, waiting, notices),
        newest=newest,
        state=CARD_STATES[newest.state] if newest else ("", ""),
        grade_word=GRADES[newest.prepared.card.grade.value] if newest else "",
        earlier=cards[1:SHOWN],
        more_cards=len(cards) > SHOWN,
        contests=contests[:SHOWN],
        more_contests=len(contests) > SHOWN,
        notices=[notice_words(one) for one in notices[:SHOWN]],
        more_notices=len(notices) > SHOWN,
    )
    return render(request, "portal/agency.html", page)


def _waits(
    newest: Handed | None, contests: list[ContestSummary], notices: list[NoticeLine]
) -> list[Waits]:
    """What waits, the first last day on top. A notice that was answered waits for the ministry, and has
    no day by which it decides."""
    waits = [
        Waits(
            kind="notice",
            day=reply_until(one.served_on),
            address=f"/agency/findings/{one.id}",
            words=one.question,
        )
        for one in notices
        if not one.decided and not one.replied
    ]
    waits += [
        Waits(
            kind="contest",
            day=one.due_on,
            address=f"/agency/contests/{one.id}",
            lines=one.lines - one.decided,
        )
        for one in contests
    ]
    if newest and newest.state is CardState.SERVED:
        address = f"/agency/cards/{newest.prepared.revision}"
        waits.append(Waits(kind="draft", day=newest.first_day, address=address))
    return sorted(waits, key=lambda one: (one.day, one.address))


HANDLERS = (show_place,)
