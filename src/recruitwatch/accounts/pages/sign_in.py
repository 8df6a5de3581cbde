"""Signing in, giving the one-time code, signing out."""

import msgspec
from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.response import Redirect

from recruitwatch.accounts.actions.secrets import token_hash
from recruitwatch.accounts.actions.sign_in import SignInResult, give_code, sign_in, sign_out
from recruitwatch.accounts.forms import parse_code
from recruitwatch.accounts.guards import COOKIE, PUBLIC, Step, needs
from recruitwatch.accounts.values import Permission, SignedIn, SignInOutcome
from recruitwatch.errors import N_, Message
from recruitwatch.web.forms import Errors
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.templating import render

REFUSED = N_("The name or the password is not right. In the password, capital letters count.")
TOO_MANY = N_("Too many tries. Wait 15 minutes, then try again.")
CODE_REFUSED = N_("This code is not right or was used before. Wait for the next one.")
FAULTS = {SignInOutcome.REFUSED: REFUSED, SignInOutcome.TOO_MANY: TOO_MANY}


class SignInPage(msgspec.Struct, frozen=True, kw_only=True):
    sign_in_name: str = ""
    errors: Errors = {}


class CodePage(msgspec.Struct, frozen=True, kw_only=True):
    errors: Errors = {}


@get("/sign-in", opt=PUBLIC)
async def show_sign_in(request: WebRequest) -> Page:
    return render(request, "accounts/sign_in.html", SignInPage())


@post("/sign-in", opt=PUBLIC, status_code=200)
async def do_sign_in(request: WebRequest, session: Session, now: Now) -> Response[str] | Redirect:
    reader = await read_form(request)
    name = reader.text("sign_in_name", longest=100, required=True)
    password = reader.form.get("password", "")
    if not password:
        reader.text("password", longest=200, required=True)
    if reader.errors:
        page = SignInPage(sign_in_name=name, errors=reader.errors)
        return render(request, "accounts/sign_in.html", page, status=422)
    key = request.app.state.key
    result = await sign_in(session, now, key, sign_in_name=name, password=password[:200])
    if result.token is None:
        errors = {"sign_in_name": Message(FAULTS[result.outcome])}
        status = 429 if result.outcome is SignInOutcome.TOO_MANY else 422
        page = SignInPage(sign_in_name=name, errors=errors)
        return render(request, "accounts/sign_in.html", page, status=status)
    return _with_cookie(request, result)


def _with_cookie(request: WebRequest, result: SignInResult) -> Redirect:
    needs_code = result.outcome is SignInOutcome.CODE_NEEDED
    answer = go_to("/sign-in/code" if needs_code else "/home")
    answer.set_cookie(
        Cookie(
            key=COOKIE,
            value=result.token,
            path="/",
            httponly=True,
            samesite="lax",
            secure=request.app.state.settings.secure_cookies,
        )
    )
    return answer


@get("/sign-in/code", opt=needs(Permission.OWN_ACCOUNT, unfinished={Step.CODE}))
async def show_code(request: WebRequest) -> Page:
    return render(request, "accounts/code.html", CodePage())


@post("/sign-in/code", opt=needs(Permission.OWN_ACCOUNT, unfinished={Step.CODE}), status_code=200)
async def do_code(request: WebRequest, session: Session, now: Now) -> Response[str] | Redirect:
    reader = await read_form(request)
    code = parse_code(reader)
    signed_in: SignedIn = request.scope["state"]["signed_in"]
    outcome = await give_code(session, now, request.app.state.key, signed_in=signed_in, code=code)
    if outcome is SignInOutcome.SIGNED_IN:
        return go_to("/home")
    too_many = outcome is SignInOutcome.TOO_MANY
    errors = {"code": Message(TOO_MANY if too_many else CODE_REFUSED)}
    status = 429 if too_many else 422
    return render(request, "accounts/code.html", CodePage(errors=errors), status=status)


@post("/sign-out", opt=needs(Permission.OWN_ACCOUNT, unfinished=tuple(Step)), status_code=303)
async def do_sign_out(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now
) -> Redirect:
    await sign_out(session, actor, now, token_hash=token_hash(request.cookies[COOKIE]))
    answer = go_to("/")
    answer.delete_cookie(COOKIE, path="/")
    return answer


HANDLERS = (show_sign_in, do_sign_in, show_code, do_code, do_sign_out)
