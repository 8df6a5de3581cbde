"""The Reconciliation Service API 0.2 (docs/reconciliation.md): lists are matched with the public register.

It reads and keeps nothing: no query is stored or logged, and no cookie is looked at.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
from litestar import Response, Router, get, post
from litestar.enums import MediaType
from litestar.params import FromQuery

from recruitwatch.accounts.guards import PUBLIC_QUESTION, PUBLIC_READ
from recruitwatch.agencies.queries import LONGEST_QUERY
from recruitwatch.errors import N_, Message, Unavailable
from recruitwatch.names.rules import normalise
from recruitwatch.names.values import MATCHER
from recruitwatch.reconciliation import forms, queries
from recruitwatch.reconciliation.rules import suggestion
from recruitwatch.reconciliation.values import (
    AGENCY,
    AGENCY_NAME,
    ASKED_NAMES,
    MOST_QUERIES,
    SCHEMA,
    TOLD_NAMES,
    VERSION,
    Extended,
    Kind,
    Proposals,
    Refusal,
    SuggestedProperties,
    Suggestions,
    Told,
)
from recruitwatch.web.errors import answer
from recruitwatch.web.languages import gettext
from recruitwatch.web.request import Now, Session, WebRequest, read_form
from recruitwatch.web.security import FOR_OTHER_SITES

PATH = "/api/reconcile"
LONGEST_BODY = 256 * 1024
PREVIEW_WIDTH, PREVIEW_HEIGHT = 400, 300
MOST_SKIPPED = 500
MOST_PROPOSED = 100
NAME = N_("Recruitment agencies registered by the labour authority")
NOTHING_SENT = N_("Send JSON in the form field “queries” or “extend”.")
AT_ONCE = 2
# Fifty queries keep a connection for seconds. Whoever waits here has none yet, so that the pages of workers
# are answered however many lists are matched. Each that waits keeps its list in memory: not too many may.
turns = asyncio.Semaphore(AT_ONCE)
MOST_WAITING = 20
places = asyncio.Semaphore(AT_ONCE + MOST_WAITING)
Answer = Response[str] | Response[bytes]


class ViewTemplate(msgspec.Struct, frozen=True, kw_only=True):
    url: str


class PreviewTemplate(msgspec.Struct, frozen=True, kw_only=True):
    url: str
    width: int = PREVIEW_WIDTH
    height: int = PREVIEW_HEIGHT


class ServicePlace(msgspec.Struct, frozen=True, kw_only=True):
    service_url: str
    service_path: str


class SuggestPlaces(msgspec.Struct, frozen=True, kw_only=True):
    entity: ServicePlace
    property: ServicePlace


class ExtendPlaces(msgspec.Struct, frozen=True, kw_only=True):
    propose_properties: ServicePlace
    property_settings: tuple[str, ...] = ()


class Manifest(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What the service is and can do, with the specification's field names."""

    versions: tuple[str, ...] = (VERSION,)
    name: str
    identifier_space: str
    schema_space: str = SCHEMA
    service_version: str = MATCHER
    default_types: tuple[Kind, ...]
    batch_size: int = MOST_QUERIES
    view: ViewTemplate
    preview: PreviewTemplate
    suggest: SuggestPlaces
    extend: ExtendPlaces


@get(PATH, opt=PUBLIC_READ)
async def reconcile_by_link(request: WebRequest, session: Session, now: Now) -> Answer:
    """The manifest; or the candidates of `queries`, or the facts asked by `extend`."""
    sent = request.query_params
    return await _reconcile(request, session, now, sent.get("queries"), sent.get("extend"))


@post(PATH, opt=PUBLIC_QUESTION, status_code=200, request_max_body_size=LONGEST_BODY)
async def reconcile(request: WebRequest, session: Session, now: Now) -> Answer:
    """The same for long lists."""
    form = (await read_form(request)).form
    asked, wanted = form.get("queries"), form.get("extend")
    if asked is None and wanted is None:
        return _refuse(request, Refusal(Message(NOTHING_SENT)))
    return await _reconcile(request, session, now, asked, wanted)


@get(f"{PATH}/suggest/entity", opt=PUBLIC_READ)
async def suggest_agencies(
    request: WebRequest, session: Session, prefix: FromQuery[str] = "", cursor: FromQuery[int] = 0
) -> Answer:
    """Agencies whose name or number begins so; `cursor` skips as many."""
    skipped = min(max(cursor, 0), MOST_SKIPPED)
    found = await queries.find_suggestions(session, prefix[:LONGEST_QUERY], skipped)
    kind = _agency()
    return _answer(request, Suggestions(result=tuple(suggestion(one, kind) for one in found)))


@get(f"{PATH}/suggest/property", opt=PUBLIC_READ)
async def suggest_properties(
    request: WebRequest, prefix: FromQuery[str] = "", cursor: FromQuery[int] = 0
) -> Answer:
    """What can be told of an agency besides its name."""
    kinds = tuple(Kind(id=asked.value, name=gettext(name)) for asked, name in ASKED_NAMES.items())
    words = normalise(prefix)
    found = [one for one in kinds if words in normalise(one.name) or one.id.startswith(prefix)]
    return _answer(request, SuggestedProperties(result=tuple(found[max(cursor, 0) :])))


@get(f"{PATH}/properties", opt=PUBLIC_READ)
async def propose_properties(request: WebRequest, limit: FromQuery[int] = MOST_PROPOSED) -> Answer:
    """What can be asked of agencies."""
    given = request.query_params.get("type", AGENCY)
    refusal = forms.check_type(given)
    if refusal:
        return _refuse(request, refusal)
    kinds = tuple(map(_told, Told))[: max(limit, 0)]
    return _answer(request, Proposals(type=given, properties=kinds))


async def _reconcile(
    request: WebRequest, session: Session, now: Now, asked: str | None, wanted: str | None
) -> Answer:
    if asked is not None:
        questions = forms.read_queries(asked)
        if isinstance(questions, Refusal):
            return _refuse(request, questions)
        async with _turn():
            found = await queries.find_candidates(session, questions, _agency())
        return _answer(request, found)
    if wanted is not None:
        extension = forms.read_extension(wanted)
        if isinstance(extension, Refusal):
            return _refuse(request, extension)
        rows = await queries.load_rows(session, extension, now.date(), _address(request))
        meta = tuple(map(_told, extension.properties))
        return _answer(request, Extended(meta=meta, rows=rows))
    return _answer(request, _manifest(request))


@asynccontextmanager
async def _turn() -> AsyncIterator[None]:
    """Raises Unavailable where too many wait already."""
    if places.locked():
        raise Unavailable
    async with places, turns:
        yield


def _manifest(request: WebRequest) -> Manifest:
    address = _address(request)
    ministry = request.app.state.settings.ministry
    return Manifest(
        name=" – ".join(filter(None, (gettext(NAME), ministry))),
        identifier_space=f"{address}/agencies/",
        default_types=(_agency(),),
        view=ViewTemplate(url=f"{address}/agencies/{{{{id}}}}"),
        preview=PreviewTemplate(url=f"{address}/reconcile/preview/{{{{id}}}}"),
        suggest=SuggestPlaces(
            entity=ServicePlace(service_url=address, service_path=f"{PATH}/suggest/entity"),
            property=ServicePlace(service_url=address, service_path=f"{PATH}/suggest/property"),
        ),
        extend=ExtendPlaces(
            propose_properties=ServicePlace(service_url=address, service_path=f"{PATH}/properties")
        ),
    )


def _address(request: WebRequest) -> str:
    """From the settings, never from the request: a stranger must not choose where others are led."""
    address: str = request.app.state.settings.public_address
    return address


def _agency() -> Kind:
    return Kind(id=AGENCY, name=gettext(AGENCY_NAME))


def _told(told: Told) -> Kind:
    return Kind(id=told.value, name=gettext(TOLD_NAMES[told]))


def _answer(request: WebRequest, content: object) -> Answer:
    """JSON; or a call of the function that an older client names, with the JSON as its argument."""
    body = msgspec.json.encode(content)
    callback = request.query_params.get("callback")
    # Pages of ours may load scripts of the site: markup smuggled into one must not find any here.
    if callback is None or request.headers.get("sec-fetch-site") == "same-origin":
        return Response(body, media_type=MediaType.JSON)
    refusal = forms.check_callback(callback)
    if refusal:
        return _refuse(request, refusal)
    # Old browsers end a line of script at these two; the comment keeps the first bytes ours.
    text = body.decode().replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    script = f"/**/{callback}({text});"
    return Response(script, media_type="text/javascript; charset=utf-8")


def _refuse(request: WebRequest, refusal: Refusal) -> Answer:
    return answer(request, refusal.status, "reconciliation.refused", refusal.message)


reconciliation_api = Router(
    "/",
    route_handlers=[
        reconcile_by_link,
        reconcile,
        suggest_agencies,
        suggest_properties,
        propose_properties,
    ],
    middleware=[FOR_OTHER_SITES],
)
