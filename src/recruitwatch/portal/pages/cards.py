"""A card that the agency was handed, with every line to choose from, and the reply that stands beside it."""

from collections.abc import Mapping, Sequence

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.values import Permission
from recruitwatch.actor import Actor
from recruitwatch.errors import N_, Message
from recruitwatch.portal import queries
from recruitwatch.portal.forms import parse_reply
from recruitwatch.portal.pages.own import Handed, get_handed, list_choices
from recruitwatch.portal.pages.words import (
    CARD_STATES,
    Choice,
    LineWords,
    cap_words,
    line_words,
)
from recruitwatch.scorecards.actions import take_card_step
from recruitwatch.scorecards.actions.papers import place_of
from recruitwatch.scorecards.pages.public_words import FOLDED_BELOW, PublicWords, words_of
from recruitwatch.scorecards.queries.papers import list_papers
from recruitwatch.scorecards.queries.publishing_texts import get_public_questions
from recruitwatch.scorecards.rules.contesting import state_refusal
from recruitwatch.scorecards.rules.reasons import known_reason
from recruitwatch.scorecards.values import wording
from recruitwatch.scorecards.values.contests import LONGEST_TEXT
from recruitwatch.scorecards.values.publishing import CardState, CardStepKind, NewCardStep
from recruitwatch.web.forms import Errors
from recruitwatch.web.paging import SIZE, Paging, offset, paging
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.templating import render

PLACE = needs(Permission.AGENCY_PLACE)
DONE: Mapping[str, str] = {
    "replied": N_("Your reply stands beside the card. Everybody who reads the card reads it."),
}


class CardsPage(msgspec.Struct, frozen=True, kw_only=True):
    """Every card that the agency was handed."""

    cards: list[Choice]
    paging: Paging


class CardPage(msgspec.Struct, frozen=True, kw_only=True):
    """A card as the agency reads it. `why`: the reason of this revision where a program gave it.
    `refusal`: why no line of it can be contested (any more)."""

    handed: Handed
    state: tuple[str, str]
    words: PublicWords
    why: Message | None
    caps: list[LineWords]
    large: list[LineWords]
    small: list[LineWords]
    grounds: Mapping[str, str]
    refusal: Message | None
    has_paper: bool
    may_reply: bool
    longest: int
    chosen: Sequence[str] = ()
    typed: str = ""
    done: Message | None = None
    errors: Errors = {}


async def card_page(session: Session, actor: Actor, revision: int) -> CardPage:
    """The page of a card without anything chosen, typed or done."""
    handed = await get_handed(session, actor, revision)
    card, card_id = handed.prepared.card, handed.prepared.card_id
    questions = await get_public_questions(session, card_id)
    marks = await queries.list_own_lines(session, actor.own_agency, card_id)
    lines = line_words(card, questions, marks)
    small = [one for one in lines if _folds(one)]
    return CardPage(
        handed=handed,
        state=CARD_STATES[handed.state],
        words=words_of(card, questions),
        why=known_reason(handed.prepared.reason, corrects=handed.prepared.contest_id is not None),
        caps=cap_words(card, marks),
        large=[one for one in lines if not _folds(one)],
        small=small,
        grounds={ground.value: words for ground, words in wording.GROUNDS.items()},
        refusal=state_refusal(handed.state),
        has_paper=handed.published_on is not None and bool(await list_papers(session, card_id)),
        may_reply=handed.state is not CardState.RECALLED,
        longest=LONGEST_TEXT,
    )


def _folds(line: LineWords) -> bool:
    """Small lines fold away, but none that is contested."""
    return line.mark is None and abs(line.points or 0) < FOLDED_BELOW


@get("/agency/cards", opt=PLACE)
async def list_own_cards(
    request: WebRequest, session: Session, actor: SignedInActor, page: FromQuery[int] = 1
) -> Page:
    own = actor.own_agency
    total = await queries.count_own_cards(session, own)
    view = CardsPage(
        cards=await list_choices(session, own, limit=SIZE, offset=offset(page)),
        paging=paging("/agency/cards", page, total),
    )
    return render(request, "portal/cards.html", view)


@get("/agency/cards/{revision:int}", opt=PLACE)
async def show_own_card(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    revision: FromPath[int],
    done: FromQuery[str] = "",
) -> Page:
    page = await card_page(session, actor, revision)
    sentence = DONE.get(done)
    page = msgspec.structs.replace(page, done=Message(sentence) if sentence else None)
    return render(request, "portal/card.html", page)


@post("/agency/cards/{revision:int}/reply", opt=PLACE, status_code=200)
async def do_reply(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    revision: FromPath[int],
) -> Response[str] | Redirect:
    """What the agency says to the card. It cannot be taken back, and may be said at any time."""
    reader = await read_form(request)
    text = parse_reply(reader)
    page = await card_page(session, actor, revision)
    if not isinstance(text, str):
        typed = reader.form.get("reply", "")
        again = msgspec.structs.replace(page, typed=typed, errors=text)
        return render(request, "portal/card.html", again, status=422)
    await take_card_step(
        session, actor, now, agency_id=actor.own_agency, revision=revision,
        new=NewCardStep(kind=CardStepKind.REPLIED, on_date=now.date(), text=text),
        place=place_of(request.app.state.settings),
    )  # fmt: skip
    return go_to(f"/agency/cards/{revision}", {"done": "replied"})


HANDLERS = (list_own_cards, show_own_card, do_reply)
