"""The own account: password and second factor."""

from datetime import datetime

import msgspec
import segno
from litestar import Response, get, post
from litestar.response import Redirect
from markupsafe import Markup

from recruitwatch.accounts.actions.own_account import (
    change_password,
    confirm_second_factor,
    prove_password,
)
from recruitwatch.accounts.actions.secrets import offer_totp, offered_totp, totp_address
from recruitwatch.accounts.forms import PasswordChange, parse_code, parse_password
from recruitwatch.accounts.guards import COOKIE, Step, needs, own_key
from recruitwatch.accounts.queries import find_person_key, get_sign_in_name
from recruitwatch.accounts.rules import needs_key
from recruitwatch.accounts.values import Permission, SignedIn, SignInOutcome
from recruitwatch.errors import N_, Message
from recruitwatch.web.forms import Errors
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.templating import render

OLD_WRONG = N_("This is not your present password.")
TOO_MANY = N_("Too many tries. Wait 15 minutes, then try again.")
FAULTS = {SignInOutcome.REFUSED: OLD_WRONG, SignInOutcome.TOO_MANY: TOO_MANY}
CODE_WRONG = N_("This code does not fit. Check the clock of your phone and try the next code.")
OWN = needs(Permission.OWN_ACCOUNT)
OWN_PASSWORD = needs(Permission.OWN_ACCOUNT, unfinished={Step.PASSWORD})
OWN_SECOND_FACTOR = needs(Permission.OWN_ACCOUNT, unfinished={Step.SECOND_FACTOR})


class AccountPage(msgspec.Struct, frozen=True, kw_only=True):
    """`key_made_at` is None without a key; `key_open` says whether this sign-in can use it."""

    has_second_factor: bool
    second_factor_required: bool
    reads_complaints: bool
    key_made_at: datetime | None
    key_open: bool


class PasswordPage(msgspec.Struct, frozen=True, kw_only=True):
    first: bool
    errors: Errors = {}


class SecondFactorPage(msgspec.Struct, frozen=True, kw_only=True):
    required: bool
    secret: str | None = None
    box: str = ""
    picture: str = ""
    errors: Errors = {}


def _signed_in(request: WebRequest) -> SignedIn:
    signed_in: SignedIn = request.scope["state"]["signed_in"]
    return signed_in


@get("/account", opt=OWN)
async def show_account(request: WebRequest, session: Session) -> Page:
    signed_in = _signed_in(request)
    own = await find_person_key(session, signed_in.person_id)
    page = AccountPage(
        has_second_factor=signed_in.has_second_factor,
        second_factor_required=signed_in.second_factor_required,
        reads_complaints=needs_key(signed_in.roles),
        key_made_at=own.made_at if own else None,
        key_open=own_key(request) is not None,
    )
    return render(request, "accounts/account.html", page)


@get("/account/password", opt=OWN_PASSWORD)
async def show_password(request: WebRequest) -> Page:
    page = PasswordPage(first=_signed_in(request).must_change_password)
    return render(request, "accounts/password.html", page)


@post("/account/password", opt=OWN_PASSWORD, status_code=200)
async def do_password(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now
) -> Response[str] | Redirect:
    signed_in, reader = _signed_in(request), await read_form(request)
    parsed = parse_password(reader, await get_sign_in_name(session, actor.id))
    if isinstance(parsed, PasswordChange):
        key = request.app.state.key
        outcome = await change_password(
            session,
            actor,
            now,
            key,
            signed_in=signed_in,
            token=request.cookies[COOKIE],
            old=parsed.old,
            new=parsed.new,
        )
        if outcome is SignInOutcome.SIGNED_IN:
            return go_to("/home")
        parsed = {"old": Message(FAULTS[outcome])}
    page = PasswordPage(first=signed_in.must_change_password, errors=parsed)
    return render(request, "accounts/password.html", page, status=422)


@get("/account/second-factor", opt=OWN_SECOND_FACTOR)
async def show_second_factor(request: WebRequest) -> Page:
    page = SecondFactorPage(required=_signed_in(request).second_factor_required)
    return render(request, "accounts/second_factor.html", page)


@post("/account/second-factor", opt=OWN_SECOND_FACTOR, status_code=200)
async def do_begin_second_factor(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now
) -> Page:
    """A key is offered to somebody who knows the password: an open browser alone is not enough."""
    reader = await read_form(request)
    outcome = await prove_password(
        session, actor, now, request.app.state.key, password=reader.form.get("password", "")[:200]
    )
    if outcome is not SignInOutcome.SIGNED_IN:
        page = SecondFactorPage(
            required=_signed_in(request).second_factor_required,
            errors={"password": Message(FAULTS[outcome])},
        )
        return render(request, "accounts/second_factor.html", page, status=422)
    secret, box = offer_totp(request.app.state.key, str(actor.id))
    name = await get_sign_in_name(session, actor.id)
    return _secret_page(request, name, secret, box, {})


def _secret_page(
    request: WebRequest, sign_in_name: str, secret: str, box: str, errors: Errors
) -> Page:
    code = segno.make(totp_address(secret, sign_in_name), micro=False)
    picture = Markup(code.svg_inline(scale=5, border=2, dark="#0b0c0c", light="#fff"))
    page = SecondFactorPage(
        required=_signed_in(request).second_factor_required,
        secret=" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        box=box,
        picture=picture,
        errors=errors,
    )
    status = 422 if errors else 200
    return render(request, "accounts/second_factor.html", page, status=status)


@post("/account/second-factor/confirm", opt=OWN_SECOND_FACTOR, status_code=200)
async def do_confirm_second_factor(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now
) -> Response[str] | Redirect:
    reader = await read_form(request)
    code = parse_code(reader)
    key, box = request.app.state.key, reader.form.get("box", "")
    secret = offered_totp(key, str(actor.id), box)
    if secret is None:
        return go_to("/account/second-factor")
    if await confirm_second_factor(
        session, actor, now, key, signed_in=_signed_in(request), secret=secret, code=code
    ):
        return go_to("/account")
    name = await get_sign_in_name(session, actor.id)
    return _secret_page(request, name, secret, box, {"code": Message(CODE_WRONG)})


HANDLERS = (
    show_account,
    show_password,
    do_password,
    show_second_factor,
    do_begin_second_factor,
    do_confirm_second_factor,
)
