"""create_app: wires routers, errors, templates and the transaction. Nothing else."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, tzinfo
from typing import Any

from litestar import Litestar, Request, Response, Router, get
from litestar.datastructures import CacheControlHeader, State
from litestar.di import Provide
from litestar.enums import MediaType
from litestar.exceptions import HTTPException
from litestar.response import Redirect
from litestar.static_files import create_static_files_router
from litestar.types import ASGIApp
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from recruitwatch import features
from recruitwatch.accounts.guards import PUBLIC_READ, SignInNeeded, require_permission
from recruitwatch.actor import Actor
from recruitwatch.bundled import PACKAGE
from recruitwatch.complaints.values.clocks import Calendar
from recruitwatch.db.engine import OpenSession
from recruitwatch.db.health import reach
from recruitwatch.db.session import session_provider
from recruitwatch.errors import RecruitwatchError
from recruitwatch.keys import InstallationKey, RetentionKeys, Vault
from recruitwatch.settings import Settings
from recruitwatch.web import errors
from recruitwatch.web.compressing import COMPRESSED
from recruitwatch.web.languages import LanguageByPath
from recruitwatch.web.request import go_to
from recruitwatch.web.security import HeadAsGet, SecurityHeaders, csrf
from recruitwatch.web.templating import make_environment

FORM_LIMIT = 25 * 1024 * 1024

Lifespan = Callable[[Litestar], AbstractAsyncContextManager[None]]


def clock_in(zone: tzinfo) -> Callable[[], datetime]:
    """The present instant, in the ministry's zone: its `date()` is the ministry's today."""

    def now() -> datetime:
        return datetime.now(zone)

    return now


def create_app(
    settings: Settings,
    key: InstallationKey,
    open_session: OpenSession,
    *,
    clock: Callable[[], datetime] | None = None,
    lifespan: Sequence[Lifespan] = (),
) -> Litestar:
    """The application. `clock` is the only source of time for handlers; `lifespan` holds what runs
    beside it from start to stop."""
    return Litestar(
        route_handlers=[*features.ROUTERS, health, static_files()],
        guards=[require_permission],
        dependencies={
            "session": Provide(session_provider(open_session)),
            "actor": Provide(provide_actor, sync_to_thread=False),
            "now": Provide(provide_now, sync_to_thread=False),
        },
        exception_handlers=exception_handlers(),
        csrf_config=csrf(key.derive("csrf").hex(), https=settings.secure_cookies),
        state=State(
            {
                "settings": settings,
                "key": key,
                "vault": Vault(key, RetentionKeys(settings.keys)),
                "calendar": Calendar(weekend=frozenset(settings.weekend), holidays=frozenset()),
                "open_session": open_session,
                "clock": clock or clock_in(settings.zone),
                "templates": make_environment(settings.zone),
                "menu": features.MENU,
            }
        ),
        request_max_body_size=FORM_LIMIT,
        openapi_config=None,
        logging_config=None,
        lifespan=list(lifespan),
    )


def as_served(app: Litestar, *, https: bool) -> ASGIApp:
    """The application with its outer layers: security headers and the language in the path."""
    return SecurityHeaders(HeadAsGet(LanguageByPath(app)), https=https)


def static_files() -> Router:
    """Built files carry their hash in the name and may be kept for a year."""
    return create_static_files_router(
        path="/static",
        directories=[PACKAGE / "static"],
        cache_control=CacheControlHeader(max_age=31_536_000, immutable=True, public=True),
        opt=PUBLIC_READ,
        middleware=[COMPRESSED],
    )


def provide_actor(request: Request[Any, Any, Any]) -> Actor:
    actor: Actor = request.scope["state"]["actor"]
    return actor


def provide_now(request: Request[Any, Any, Any]) -> datetime:
    now: datetime = request.app.state.clock()
    return now


def exception_handlers() -> dict[int | type[Exception], Any]:
    return {
        SignInNeeded: on_sign_in_needed,
        RecruitwatchError: errors.on_expected,
        HTTPException: errors.on_http,
        DBAPIError: errors.on_database(features.CONSTRAINTS),
        PoolTimeout: errors.on_busy,
        ConnectionError: errors.on_busy,
        Exception: errors.on_unexpected,
    }


def on_sign_in_needed(
    request: Request[Any, Any, Any], problem: SignInNeeded
) -> Response[str] | Response[bytes] | Redirect:
    """A page leads to signing in; a machine is told 401."""
    if errors.wants_json(request):
        return errors.answer(request, 401, problem.code, problem.message)
    return go_to(problem.address)


@get("/healthz", opt=PUBLIC_READ, media_type=MediaType.TEXT)
async def alive() -> str:
    """The process answers."""
    return "ok"


@get("/readyz", opt=PUBLIC_READ, media_type=MediaType.TEXT)
async def ready(request: Request[Any, Any, Any]) -> str:
    """The process answers and reaches its database."""
    async with request.app.state.open_session() as session:
        await reach(session)
    return "ready"


health = Router("/", route_handlers=[alive, ready])

__all__ = ["as_served", "clock_in", "create_app"]
