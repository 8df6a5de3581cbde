"""Headers that every answer carries, and the cookie that forms need against forgery."""

from litestar.config.csrf import CSRFConfig
from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.middleware import DefineMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
SHOWN_ALONE = "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'"
"""A file that somebody sent is no page of ours: it loads nothing, runs nothing and stands in no frame."""
SHOWN_IN_FRAMES = (
    "default-src 'none'; style-src 'self'; font-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors *"
)
"""A page without script or form that other sites may show in a frame of theirs."""
HSTS = "max-age=31536000; includeSubDomains"
ASKED_FOR_HEAD = "asked_for_head"
"""In the state of a request whose body nobody sees: a page that notes its readers notes none."""


class SecurityHeaders:
    """Outer layer: adds the headers, and forbids keeping a copy unless the answer says it may."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self.app = app
        self.headers = {**HEADERS, "Strict-Transport-Security": HSTS} if https else HEADERS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableScopeHeaders.from_message(message)
                framed = headers.get("Content-Security-Policy") == SHOWN_IN_FRAMES
                for name, value in self.headers.items():
                    # The old header knows no word for "everybody".
                    if not (framed and name == "X-Frame-Options"):
                        headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
                headers.setdefault("Vary", "Accept-Language, Cookie")
            await send(message)

        await self.app(scope, receive, send_with_headers)


class _ForOtherSites:
    """Around routes whose answers any site may read, errors too: they are public and know no cookie."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_to_all(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableScopeHeaders.from_message(message)
                headers["Access-Control-Allow-Origin"] = "*"
                headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            await send(message)

        await self.app(scope, receive, send_to_all)


FOR_OTHER_SITES = DefineMiddleware(_ForOtherSites)
"""For the routers of public protocols alone."""


class HeadAsGet:
    """Outer layer: HEAD is answered like GET, without the body, as monitors and link checkers expect."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return
        scope["method"] = "GET"
        scope.setdefault("state", {})[ASKED_FOR_HEAD] = True

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        await self.app(scope, receive, send_head)


def csrf(secret: str, *, https: bool) -> CSRFConfig:
    """Litestar's double-submit cookie; the token reaches forms by the page, so scripts need not read it."""
    return CSRFConfig(
        secret=secret,
        cookie_name="rw_form",
        cookie_secure=https,
        cookie_httponly=True,
        cookie_samesite="lax",
    )
