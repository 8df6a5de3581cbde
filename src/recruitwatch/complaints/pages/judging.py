"""What a case is about: its codes, with what follows from them said before anything is saved."""

from collections.abc import Sequence
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from recruitwatch.accounts.guards import own_key
from recruitwatch.complaints.actions.working import classify_case
from recruitwatch.complaints.forms.judging import parse_classification
from recruitwatch.complaints.pages import staff_words as words
from recruitwatch.complaints.pages.case import open_here
from recruitwatch.complaints.pages.narrative import book_words, escalator_words
from recruitwatch.complaints.pages.queue import READ
from recruitwatch.complaints.pages.showing import has_signs
from recruitwatch.complaints.queries.cases import get_head
from recruitwatch.complaints.queries.codes import get_code_book
from recruitwatch.complaints.rules.codes import codes_among, codes_offered, compartment_of
from recruitwatch.complaints.rules.urgency import raised, urgency_of
from recruitwatch.complaints.values.cases import CaseUnknown, OpenedCase
from recruitwatch.complaints.values.codes import (
    Compartment,
    ComplaintCode,
    Condition,
    Escalator,
    UrgencyReading,
)
from recruitwatch.complaints.values.judging import NewClassification, Stage
from recruitwatch.errors import N_
from recruitwatch.web.forms import Errors, FormReader
from recruitwatch.web.languages import gettext
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.saying import say
from recruitwatch.web.templating import render

RISES = N_("The case becomes more urgent: %(urgency)s.")
OTHER_READERS = N_("The case gets other readers, and does not come back. %(who)s")

Choices = list[tuple[str, str]]


class Family(msgspec.Struct, frozen=True, kw_only=True):
    """Sentences under one heading. `chosen` says whether one of them is ticked."""

    code: str
    title: str
    codes: list[tuple[str, str]]
    chosen: bool


class AboutPage(msgspec.Struct, frozen=True, kw_only=True):
    """`sure` is set once it was said what follows; it stands for these answers and no others."""

    case_id: UUID
    reference: str
    families: list[Family]
    codes: tuple[str, ...]
    mains: Choices
    main: str
    stages: Choices
    stage: str
    escalators: Choices
    ticked: tuple[str, ...]
    conditions: Choices
    holding: tuple[str, ...]
    reasons: list[str]
    signs: bool
    provenance: str
    follows: list[str] = []
    sure: str = ""
    errors: Errors = {}


class Typed(msgspec.Struct, frozen=True, kw_only=True):
    """What the form shows: as typed, as set before, or as she ticked it."""

    codes: tuple[str, ...]
    main: str
    stage: str
    escalators: tuple[str, ...]
    conditions: tuple[str, ...] = ()


@get("/cases/{case_id:uuid}/about", opt=READ)
async def show_about(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    case_id: FromPath[UUID],
) -> Page:
    opened = await open_here(request, session, actor, now, case_id, goes_on=True)
    return render(request, "complaints/about.html", _page(opened, _before(opened)))


@post("/cases/{case_id:uuid}/about", opt=READ, status_code=200)
async def do_classify(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    case_id: FromPath[UUID],
) -> Response[str] | Redirect:
    reader = await read_form(request)
    opened = await open_here(request, session, actor, now, case_id, goes_on=True)
    new = parse_classification(reader, [one.code for one in codes_offered(get_code_book())])
    page = _page(opened, _typed(reader))
    if not isinstance(new, NewClassification):
        shown = msgspec.structs.replace(page, errors=reader.errors)
        return render(request, "complaints/about.html", shown, status=422)
    follows = _follows(opened, new)
    if follows and reader.form.get("sure") != _stamp(new):
        shown = msgspec.structs.replace(page, follows=follows, sure=_stamp(new))
        return render(request, "complaints/about.html", shown)
    await classify_case(
        session, actor, now, request.app.state.vault,
        case_id=case_id, private_key=own_key(request), new=new, danger=opened.told.danger,
        calendar=request.app.state.calendar,
    )  # fmt: skip
    try:
        await get_head(session, actor, case_id)
    except CaseUnknown:
        return go_to("/cases", {"done": "moved_on"})
    return go_to(f"/cases/{case_id}", {"done": "classified"})


def _stamp(new: NewClassification) -> str:
    return " ".join(
        (new.main_code, *sorted(new.codes), *sorted(new.escalators), *sorted(new.conditions))
    )


def _follows(opened: OpenedCase, new: NewClassification) -> list[str]:
    """What saving does besides: a higher urgency, other readers. Nothing is ever lowered by it."""
    codes = codes_among(get_code_book(), new.codes)
    reading = _reading(opened, codes, new.escalators, new.conditions)
    found = []
    if raised(opened.head.urgency, reading.urgency) is not opened.head.urgency:
        found.append(gettext(RISES) % {"urgency": gettext(words.URGENCY[reading.urgency])})
    after = compartment_of(codes, [Escalator(one) for one in new.escalators])
    order = tuple(Compartment)
    if order.index(after) > order.index(opened.head.compartment):
        who = gettext(words.COMPARTMENTS[after].sentence)
        found.append(gettext(OTHER_READERS) % {"who": who})
    return found


def _reading(
    opened: OpenedCase,
    codes: Sequence[ComplaintCode],
    escalators: Sequence[str],
    conditions: Sequence[str],
) -> UrgencyReading:
    ticked, holding = map(Escalator, escalators), map(Condition, conditions)
    return urgency_of(codes, list(ticked), opened.told.danger, list(holding))


def _before(opened: OpenedCase) -> Typed:
    known = opened.classification
    if known is not None:
        return Typed(
            codes=known.codes, main=known.main_code, stage=known.stage,
            escalators=known.escalators, conditions=known.conditions,
        )  # fmt: skip
    offered = {one.code for one in codes_offered(get_code_book())}
    codes = tuple(one for one in opened.told.happened if one in offered)
    main = codes[0] if len(codes) == 1 else ""
    return Typed(codes=codes, main=main, stage="", escalators=opened.told.escalators)


def _typed(reader: FormReader) -> Typed:
    return Typed(
        codes=tuple(reader.lists.get("codes", ())),
        main=reader.form.get("main_code", ""),
        stage=reader.form.get("stage", ""),
        escalators=tuple(reader.lists.get("escalators", ())),
        conditions=tuple(reader.lists.get("conditions", ())),
    )


def _page(opened: OpenedCase, typed: Typed) -> AboutPage:
    book = get_code_book()
    offered = codes_offered(book)
    return AboutPage(
        case_id=opened.head.id,
        reference=opened.head.reference,
        families=[
            family
            for one in book.families
            if (family := _family(one.code, gettext(one.title), offered, typed)).codes
        ],
        codes=typed.codes,
        mains=[(one.code, f"{one.code} {book_words(one.code)}") for one in offered],
        main=typed.main,
        stages=[(one.value, gettext(words.STAGES[one])) for one in Stage],
        stage=typed.stage,
        escalators=[(one.value, escalator_words(one.value)) for one in Escalator],
        ticked=typed.escalators,
        conditions=[(one.value, gettext(said)) for one, said in words.CONDITIONS.items()],
        holding=typed.conditions,
        reasons=_reasons(opened),
        signs=has_signs(opened.classification),
        provenance=book.provenance,
    )


def _family(code: str, title: str, offered: Sequence[ComplaintCode], typed: Typed) -> Family:
    own = [(one.code, gettext(one.says)) for one in offered if one.family == code]
    chosen = any(one in typed.codes for one, _ in own)
    return Family(code=code, title=title, codes=own, chosen=chosen)


def _reasons(opened: OpenedCase) -> list[str]:
    """Why the case is as urgent as what was set makes it."""
    known = opened.classification
    if known is None:
        return []
    codes = codes_among(get_code_book(known.book_version), known.codes)
    return [say(one) for one in _reading(opened, codes, known.escalators, known.conditions).reasons]


HANDLERS = (show_about, do_classify)
