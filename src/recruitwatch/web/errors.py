"""The only table from a meaning of failure to a status, and the only choice of HTML or JSON."""

import secrets

import msgspec
import structlog
from litestar import Response
from litestar.enums import MediaType
from litestar.exceptions import HTTPException
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from recruitwatch.db.constraints import Constraints, error_for
from recruitwatch.errors import (
    N_,
    Conflict,
    Message,
    NotAllowed,
    NotFound,
    RecruitwatchError,
    Rejected,
    Unavailable,
)
from recruitwatch.web.saying import say
from recruitwatch.web.templating import WebRequest, render

log = structlog.get_logger()

STATUS: dict[type[RecruitwatchError], int] = {
    NotFound: 404,
    NotAllowed: 403,
    Conflict: 409,
    Rejected: 422,
    Unavailable: 503,
}
UNEXPECTED = N_("Something went wrong on our side. Nothing was changed. Please try again.")
UNREADABLE = N_("We could not read what your browser sent. Nothing was changed.")
METHOD = N_("This address does not take this kind of request.")
TOO_LARGE = N_("What you sent is too large. Nothing was changed.")
FORGED = N_("This page was open too long. Go back, load it again and repeat your last step.")


class ErrorPage(msgspec.Struct, frozen=True, kw_only=True):
    """A failure as a person sees it. `frame` is what a worker's page has around it, where one is known."""

    status: int
    title: Message
    reasons: tuple[Message, ...]
    reference: str | None
    frame: object = None


def status_of(problem: RecruitwatchError) -> int:
    """The status of the nearest meaning."""
    return next((STATUS[kind] for kind in type(problem).__mro__ if kind in STATUS), 500)


def answer(
    request: WebRequest,
    status: int,
    code: str,
    title: Message,
    *,
    reasons: tuple[Message, ...] = (),
    reference: str | None = None,
) -> Response[str] | Response[bytes]:
    """The failure as a page, or as JSON where a machine asked."""
    if wants_json(request):
        body = {
            "error": {
                "code": code,
                "message": say(title),
                "details": [say(reason) for reason in reasons] + ([reference] if reference else []),
            }
        }
        return Response(msgspec.json.encode(body), status_code=status, media_type=MediaType.JSON)
    frame = request.scope["state"].get("help_frame") or request.app.state.get("help_frame")
    page = ErrorPage(status=status, title=title, reasons=reasons, reference=reference, frame=frame)
    return render(request, "errors/error.html", page, status=status)


def wants_json(request: WebRequest) -> bool:
    """Machine addresses answer machines; a page answers JSON only if that is all that is accepted."""
    if request.scope["path"].startswith(("/api/", "/healthz", "/readyz")):
        return True
    accept = request.headers.get("accept", "")
    return "application/json" in accept and "text/html" not in accept


def on_expected(request: WebRequest, problem: RecruitwatchError) -> Response[str] | Response[bytes]:
    reasons = problem.reasons if isinstance(problem, Rejected) else ()
    return answer(request, status_of(problem), problem.code, problem.message, reasons=reasons)


def on_http(request: WebRequest, problem: HTTPException) -> Response[str] | Response[bytes]:
    """What the framework itself refuses: unknown address, wrong method, unreadable body, CSRF."""
    if problem.status_code == 404:
        return on_expected(request, NotFound())
    if problem.status_code >= 500:
        return on_unexpected(request, problem)
    title = {403: FORGED, 405: METHOD, 413: TOO_LARGE}.get(problem.status_code, UNREADABLE)
    return answer(request, problem.status_code, "bad-request", Message(title))


def on_database(known: Constraints):  # type: ignore[no-untyped-def]
    """A refusal by a declared constraint is the feature's own error; any other is unexpected."""

    def handle(request: WebRequest, problem: DBAPIError) -> Response[str] | Response[bytes]:
        expected = error_for(problem, known)
        if expected is not None:
            return on_expected(request, expected)
        if isinstance(problem, OperationalError) or problem.connection_invalidated:
            log.error("database_unavailable", problem=str(problem.orig))
            return on_expected(request, Unavailable())
        return on_unexpected(request, problem)

    return handle


def on_busy(
    request: WebRequest, problem: PoolTimeout | ConnectionError
) -> Response[str] | Response[bytes]:
    log.error("database_unavailable", problem=str(problem))
    return on_expected(request, Unavailable())


def on_unexpected(request: WebRequest, problem: Exception) -> Response[str] | Response[bytes]:
    """A fault of ours: the person gets a reference, the log the same one with the trace."""
    reference = secrets.token_hex(4)
    log.error(
        "unexpected",
        reference=reference,
        path=request.scope["path"],
        exc_info=(type(problem), problem, problem.__traceback__),
    )
    return answer(request, 500, "unexpected", Message(UNEXPECTED), reference=reference)
