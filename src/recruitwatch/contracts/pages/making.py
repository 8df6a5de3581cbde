"""Making a contract in the browser, page by page: corridor, values, what the rules chose, papers. Nothing
is written before somebody presses Register."""

import asyncio
from collections.abc import Mapping
from uuid import UUID, uuid4

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.values import Permission
from recruitwatch.contracts.actions import open_library
from recruitwatch.contracts.actions.registering import (
    open_contract,
    register_contract,
    replace_contract,
)
from recruitwatch.contracts.forms import making as forms
from recruitwatch.contracts.pages.choosing import (
    Choices,
    corridor,
    kinds_of_work,
    origins_and_destinations,
    paper_languages,
    titles_of,
)
from recruitwatch.contracts.pages.chosen import Replacing, chosen_page
from recruitwatch.contracts.pages.drawing import FILES, PREVIEW_KIND, file_answer, preview
from recruitwatch.contracts.queries import registered as queries
from recruitwatch.contracts.rules.asking import (
    AskedGroup,
    Optional,
    asked_groups,
    day_of_new_version,
    optional_clauses,
    settable,
)
from recruitwatch.contracts.rules.assembling import assemble, pack_of
from recruitwatch.contracts.rules.papering import paper_of
from recruitwatch.contracts.rules.registering import asked_again
from recruitwatch.contracts.values.beforehand import NotLawful, WorseNotAccepted
from recruitwatch.contracts.values.judged import ContractLibrary
from recruitwatch.contracts.values.paper import DoesNotFit
from recruitwatch.contracts.values.registered import LONGEST_REASON, FormUsed, NotComplete
from recruitwatch.contracts.values.terms import ContractInput, Terms, WorkerIs
from recruitwatch.documents import MissingGlyph
from recruitwatch.errors import N_, NotFound, Rejected
from recruitwatch.web import languages
from recruitwatch.web.forms import Errors, FormReader
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.templating import render

MAY = needs(Permission.CONTRACT_MAKE)
WORKERS = {
    WorkerIs.WOMAN: N_("A woman"),
    WorkerIs.MAN: N_("A man"),
    WorkerIs.NOT_SAID: N_("Not said"),
}


class StartPage(msgspec.Struct, frozen=True, kw_only=True):
    form_token: UUID
    packs: Choices
    origins: Choices
    destinations: Choices
    languages: Choices
    workers: Mapping[WorkerIs, str]
    typed: Mapping[str, str] = {}
    errors: Errors = {}


class ValuesPage(msgspec.Struct, frozen=True, kw_only=True):
    asked: str
    form_token: UUID
    corridor: str
    languages: Choices
    workers: Mapping[WorkerIs, str]
    groups: tuple[AskedGroup, ...]
    optional: Optional
    typed: Mapping[str, str]
    ticked: Mapping[str, list[str]]
    replacing: Replacing | None
    errors: Errors = {}


@get("/contracts/new", opt=MAY)
async def show_start(request: WebRequest) -> Page:
    return render(request, "contract_register/start.html", await _start_page(uuid4()))


@post("/contracts/new", opt=MAY, status_code=200)
async def take_start(request: WebRequest) -> Page:
    reader, library = await read_form(request), await asyncio.to_thread(open_library)
    form_token, asked = forms.form_token(reader), forms.parse_start(reader, library)
    if isinstance(asked, ContractInput):
        try:
            values = await _values_page(asked, library, form_token, None)
            return render(request, "contract_register/values.html", values)
        except (Rejected, NotFound) as problem:
            asked = forms.errors_by_field(problem, None, titles_of(library))
    page = msgspec.structs.replace(await _start_page(form_token), typed=reader.form, errors=asked)
    return render(request, "contract_register/start.html", page, status=422)


@post("/contracts/new/change", opt=MAY, status_code=200)
async def change_values(request: WebRequest, session: Session) -> Page:
    """The form again with what was filled in."""
    reader, library = await read_form(request), await asyncio.to_thread(open_library)
    asked, form_token = forms.carried(reader), forms.form_token(reader)
    page = await _values_page(asked, library, form_token, await _replacing(session, reader))
    return render(request, "contract_register/values.html", page)


@get("/contracts/{contract_id:uuid}/replace", opt=MAY)
async def show_replace(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    contract_id: FromPath[UUID],
) -> Page:
    """The form filled in with the terms of the newest version, to be signed today."""
    library = await asyncio.to_thread(open_library)
    known, terms = await open_contract(
        session, actor, now, request.app.state.vault, contract_id=contract_id
    )
    known.check_not_cancelled()
    pack = library.pack(terms.pack, terms.template_version)
    standard = frozenset(one.id for one in pack.clauses if one.in_use)
    asked = msgspec.structs.replace(
        asked_again(terms, frozenset(settable(pack)), standard),
        signed_on=day_of_new_version(terms.signed_on, now.date(), library),
    )
    replacing = Replacing(contract_id=known.id, version=known.newest.version, number=known.number)
    page = await _values_page(asked, library, uuid4(), replacing)
    return render(request, "contract_register/values.html", page)


@post("/contracts/new/values", opt=MAY, status_code=200)
async def take_values(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now
) -> Page:
    reader, library = await read_form(request), await asyncio.to_thread(open_library)
    start, replacing = forms.carried(reader), await _replacing(session, reader)
    pack, form_token = pack_of(start, library), forms.form_token(reader)
    signed = start if replacing is None else forms.signed_anew(reader, start, library)
    asked = forms.parse_values(reader, signed, pack)
    if isinstance(asked, ContractInput):
        try:
            before = await _before(request, session, actor, now, replacing)
            page = await chosen_page(
                asked, library, replacing=replacing, before=before, form_token=form_token
            )
            return render(request, "contract_register/chosen.html", page)
        except (Rejected, NotFound) as problem:
            asked = forms.errors_by_field(problem, pack, titles_of(library))
    start = msgspec.structs.replace(start, values=forms.typed_currency(reader, asked))
    values = msgspec.structs.replace(
        await _values_page(start, library, form_token, replacing),
        typed=reader.form,
        ticked=reader.lists,
        errors=asked,
    )
    return render(request, "contract_register/values.html", values, status=422)


@post("/contracts/new/file", opt=MAY, status_code=200)
async def give_draft(request: WebRequest) -> Response[bytes]:
    """The draft as a file, or to look at."""
    reader = await read_form(request)
    asked, kind = forms.carried(reader), reader.form.get("kind", "")
    if kind != PREVIEW_KIND and kind not in FILES:
        raise NotFound

    def draw() -> Response[bytes]:
        library = open_library()
        contract = assemble(asked, library)
        paper = paper_of(contract, library)
        if kind == PREVIEW_KIND:
            return preview(paper)
        return file_answer(kind, paper, contract.terms, name="contract-draft")

    return await asyncio.to_thread(draw)


@post("/contracts/new/register", opt=MAY, status_code=200)
async def register(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now
) -> Response[str] | Response[None]:
    reader, library = await read_form(request), await asyncio.to_thread(open_library)
    asked, replacing = forms.carried(reader), await _replacing(session, reader)
    form_token, vault = forms.form_token(reader), request.app.state.vault
    reason = reader.text("reason", longest=LONGEST_REASON, required=replacing is not None)
    errors, made = reader.errors, None
    if not errors:
        try:
            if replacing is None:
                contract_id = await register_contract(
                    session, actor, now, vault, library, asked=asked, form_token=form_token
                )
                return go_to(f"/contracts/{contract_id}", {"done": "registered"})
            await replace_contract(
                session, actor, now, vault, library, contract_id=replacing.contract_id,
                replaces=replacing.version, asked=asked, reason=reason,
                accepts_worse=reader.flag("accepts_worse"), form_token=form_token,
            )  # fmt: skip
            return go_to(f"/contracts/{replacing.contract_id}", {"done": "replaced"})
        except (NotComplete, NotLawful, DoesNotFit, MissingGlyph) as problem:
            errors = {"": problem.message}
        except WorseNotAccepted as problem:
            errors = {"accepts_worse": problem.message}
        except FormUsed as problem:
            errors, made = {"": problem.message}, problem.made
    before = await _before(request, session, actor, now, replacing)
    page = msgspec.structs.replace(
        await chosen_page(
            asked, library, replacing=replacing, before=before, form_token=form_token
        ),
        typed=reader.form,
        errors=errors,
        made=made,
    )
    return render(request, "contract_register/chosen.html", page, status=409 if made else 422)


async def _before(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    replacing: Replacing | None,
) -> Terms | None:
    """The terms that a new version would replace; history keeps that they were read."""
    if replacing is None:
        return None
    _, terms = await open_contract(
        session, actor, now, request.app.state.vault,
        contract_id=replacing.contract_id, version=replacing.version,
    )  # fmt: skip
    return terms


async def _replacing(session: Session, reader: FormReader) -> Replacing | None:
    """What stands in the hidden fields of a new version; none for a new contract."""
    raw = reader.form.get("replaces", "")
    if not raw:
        return None
    identity, _, version = raw.partition(" ")
    try:
        contract_id, wanted = UUID(identity), int(version)
    except ValueError:
        raise NotFound from None
    known = await queries.get_contract(session, contract_id)
    return Replacing(
        contract_id=known.id, version=known.version(wanted).version, number=known.number
    )


async def _start_page(form_token: UUID) -> StartPage:
    library = await asyncio.to_thread(open_library)
    origins, destinations = origins_and_destinations(library)
    return StartPage(
        form_token=form_token,
        packs=kinds_of_work(library),
        origins=origins,
        destinations=destinations,
        languages=paper_languages(library),
        workers=WORKERS,
    )


async def _values_page(
    asked: ContractInput, library: ContractLibrary, form_token: UUID, replacing: Replacing | None
) -> ValuesPage:
    def make() -> ValuesPage:
        language = languages.current.get()
        pack = pack_of(asked, library)
        for one in asked.languages:
            library.words_of(pack, one)
        typed, ticked = forms.typed_again(asked, pack)
        bare = msgspec.structs.replace(asked, values={}, without=(), also=(), rates=())
        return ValuesPage(
            asked=forms.carry(bare),
            form_token=form_token,
            corridor=corridor(library, asked.origin, asked.destination),
            groups=asked_groups(asked, library, language),
            optional=optional_clauses(pack, language),
            languages=paper_languages(library),
            workers=WORKERS,
            typed=forms.typed_signing(asked) | typed,
            ticked=ticked,
            replacing=replacing,
        )

    return await asyncio.to_thread(make)


HANDLERS = (
    show_start,
    take_start,
    change_values,
    show_replace,
    take_values,
    give_draft,
    register,
)
