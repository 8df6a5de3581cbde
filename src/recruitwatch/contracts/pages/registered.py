"""Registered contracts, for regulators: the list, one contract with its terms and papers, cancelling."""

import asyncio
from collections.abc import Iterable, Mapping
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.values import Permission
from recruitwatch.contracts.actions import open_library
from recruitwatch.contracts.actions.registering import cancel_contract, open_contract
from recruitwatch.contracts.actions.signing import signed_by_ministry
from recruitwatch.contracts.pages.choosing import country_of
from recruitwatch.contracts.pages.drawing import (
    PDF_KIND,
    PREVIEW_KIND,
    REGISTERED,
    file_answer,
    preview,
)
from recruitwatch.contracts.queries import registered as queries
from recruitwatch.contracts.rules.papering import paper_of
from recruitwatch.contracts.rules.registering import (
    check_address,
    contract_of,
    read_number,
    state_of,
)
from recruitwatch.contracts.values.paper import Paper, plain
from recruitwatch.contracts.values.registered import (
    LONGEST_REASON,
    ContractLine,
    ContractState,
    RegisteredContract,
    VersionLine,
)
from recruitwatch.contracts.values.terms import Terms
from recruitwatch.errors import N_, NotFound
from recruitwatch.web import languages
from recruitwatch.web.forms import Errors
from recruitwatch.web.paging import SIZE, Paging, offset, paging
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.templating import render

MAY = needs(Permission.CONTRACT_MAKE)
LONGEST_SEARCH = 40
STATES: Mapping[ContractState, tuple[str, str]] = {
    ContractState.VALID: (N_("Valid"), "green"),
    ContractState.REPLACED: (N_("Replaced"), "yellow"),
    ContractState.CANCELLED: (N_("Cancelled"), "red"),
}
DONE = {
    "registered": N_("The contract is registered."),
    "replaced": N_("The new version is registered. The one before it is replaced."),
    "cancelled": N_("The contract is cancelled."),
}


class ListPage(msgspec.Struct, frozen=True, kw_only=True):
    lines: list[ContractLine]
    countries: Mapping[str, str]
    states: Mapping[ContractState, tuple[str, str]]
    wanted: str
    paging: Paging


class ContractPage(msgspec.Struct, frozen=True, kw_only=True):
    contract: RegisteredContract
    shown: VersionLine
    state: tuple[str, str]
    address: str
    countries: Mapping[str, str]
    files: tuple[str, ...]
    done: str
    licence: str
    facts: list[tuple[str, str]]
    """Main points, in the reader's language where the template speaks it, else in that of the paper."""
    states: Mapping[int, tuple[str, str]]


class CancelPage(msgspec.Struct, frozen=True, kw_only=True):
    contract: RegisteredContract
    typed: Mapping[str, str] = {}
    errors: Errors = {}


@get("/contracts", opt=MAY)
async def list_registered(
    request: WebRequest, session: Session, q: FromQuery[str] = "", page: FromQuery[int] = 1
) -> Page:
    wanted = q.strip().upper()[:LONGEST_SEARCH]
    wanted = read_number(wanted) or wanted
    total = await queries.count_contracts(session, wanted=wanted)
    lines = await queries.list_contracts(session, limit=SIZE, offset=offset(page), wanted=wanted)
    shown = ListPage(
        lines=lines,
        countries=_countries(code for one in lines for code in (one.origin, one.destination)),
        states=STATES,
        wanted=wanted,
        paging=paging("/contracts", page, total, q=wanted),
    )
    return render(request, "contract_register/list.html", shown)


@get("/contracts/{contract_id:uuid}", opt=MAY)
async def show_contract(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    contract_id: FromPath[UUID],
    version: FromQuery[int | None] = None,
    done: FromQuery[str] = "",
) -> Page:
    known, terms = await open_contract(
        session, actor, now, request.app.state.vault, contract_id=contract_id, version=version
    )
    shown = known.version(version)
    said = await asyncio.to_thread(_in_own_words, terms)
    paper = await asyncio.to_thread(_paper, request, known, shown, said)
    states = {one.version: STATES[_state(known, one.version)] for one in known.versions}
    page = ContractPage(
        contract=known,
        shown=shown,
        state=states[shown.version],
        address=_address(request, known, shown),
        countries=_countries((shown.origin, shown.destination)),
        files=tuple(REGISTERED),
        done=DONE.get(done, ""),
        licence=str(terms.values.get("origin_agency_licence") or ""),
        facts=[(plain(one.labels[0]), plain(one.texts[0])) for one in paper.key_facts],
        states=states,
    )
    return render(request, "contract_register/show.html", page)


@get("/contracts/{contract_id:uuid}/{version:int}/{kind:str}", opt=MAY)
async def give_paper(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    contract_id: FromPath[UUID],
    version: FromPath[int],
    kind: FromPath[str],
) -> Response[bytes]:
    """The paper of a version as a file, or to look at."""
    if kind != PREVIEW_KIND and kind not in REGISTERED:
        raise NotFound
    known, terms = await open_contract(
        session, actor, now, request.app.state.vault, contract_id=contract_id, version=version
    )
    shown = known.version(version)

    def draw() -> Response[bytes]:
        paper = _paper(request, known, shown, terms)
        if kind == PREVIEW_KIND:
            return preview(paper)
        name = f"contract-{known.number}-{version}"
        answer = file_answer(kind, paper, terms, name=name, kinds=REGISTERED)
        if kind == PDF_KIND:
            answer.content = signed_by_ministry(answer.content, request.app.state.settings)
        return answer

    return await asyncio.to_thread(draw)


@get("/contracts/{contract_id:uuid}/cancel", opt=MAY)
async def show_cancel(request: WebRequest, session: Session, contract_id: FromPath[UUID]) -> Page:
    known = await queries.get_contract(session, contract_id)
    known.check_not_cancelled()
    return render(request, "contract_register/cancel.html", CancelPage(contract=known))


@post("/contracts/{contract_id:uuid}/cancel", opt=MAY, status_code=200)
async def do_cancel(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    contract_id: FromPath[UUID],
) -> Response[str] | Response[None]:
    reader = await read_form(request)
    reason = reader.text("reason", longest=LONGEST_REASON, required=True)
    if reader.errors:
        known = await queries.get_contract(session, contract_id)
        page = CancelPage(contract=known, typed=reader.form, errors=reader.errors)
        return render(request, "contract_register/cancel.html", page, status=422)
    await cancel_contract(session, actor, now, contract_id=contract_id, reason=reason)
    return go_to(f"/contracts/{contract_id}", {"done": "cancelled"})


def _state(known: RegisteredContract, version: int) -> ContractState:
    return state_of(version, newest=known.newest.version, cancelled_at=known.cancelled_at)


def _in_own_words(terms: Terms) -> Terms:
    """The terms in the reader's language, to be read on a page and never hashed."""
    pack = open_library().pack(terms.pack, terms.template_version)
    own = languages.current.get()
    return msgspec.structs.replace(terms, languages=(own,)) if own in pack.languages else terms


def _paper(
    request: WebRequest, known: RegisteredContract, shown: VersionLine, terms: Terms
) -> Paper:
    library = open_library()
    contract = contract_of(terms, library, _address(request, known, shown))
    return paper_of(contract, library, registered=True)


def _address(request: WebRequest, known: RegisteredContract, shown: VersionLine) -> str:
    place = request.app.state.settings.public_address
    return check_address(place, known.number, shown.sha256)


def _countries(codes: Iterable[str]) -> dict[str, str]:
    return {code: country_of(code) for code in codes}


HANDLERS = (list_registered, show_contract, give_paper, show_cancel, do_cancel)
