"""The page that the code on a registered contract leads to: is this paper valid? It lists nothing, and
needs both the number and the check code, so that nobody can look for contracts."""

from collections.abc import Mapping

import msgspec
from litestar import get
from litestar.params import FromPath, FromQuery

from recruitwatch.accounts.guards import PUBLIC_READ
from recruitwatch.contracts.pages.choosing import country_of
from recruitwatch.contracts.pages.registered import STATES
from recruitwatch.contracts.queries.registered import find_public
from recruitwatch.contracts.rules.registering import read_number
from recruitwatch.contracts.rules.verifying import read_short_hash, same_terms
from recruitwatch.contracts.values.registered import PublicContract
from recruitwatch.errors import N_, Message
from recruitwatch.web.forms import REQUIRED, Errors
from recruitwatch.web.request import Page, Session, WebRequest
from recruitwatch.web.templating import render

LONGEST = 100
MISTYPED = N_("This is no number of a contract. One letter may be wrong.")
NO_CODE = N_("The check code has 16 characters, only digits and the letters a to f.")
NO_SHA256 = N_("A SHA-256 has 64 characters, only digits and the letters a to f.")


class VerifyPage(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked, and the contract when number and code fit."""

    asked: bool
    number: str
    code: str
    found: PublicContract | None = None
    state: tuple[str, str] = ("", "")
    countries: Mapping[str, str] = {}
    sha256: str = ""
    same: bool | None = None
    errors: Errors = {}


@get("/contracts/verify", opt=PUBLIC_READ)
async def ask_verify(
    request: WebRequest, session: Session, number: FromQuery[str] = "", h: FromQuery[str] = ""
) -> Page:
    """Number and check code, as somebody types them from a paper."""
    if not number and not h:
        page = VerifyPage(asked=False, number="", code="")
        return render(request, "contract_register/verify.html", page)
    return await _answer(request, session, number, h, "")


@get("/contracts/verify/{number:str}", opt=PUBLIC_READ)
async def show_verify(
    request: WebRequest,
    session: Session,
    number: FromPath[str],
    h: FromQuery[str] = "",
    sha256: FromQuery[str] = "",
) -> Page:
    return await _answer(request, session, number, h, sha256)


async def _answer(
    request: WebRequest, session: Session, number: str, code: str, sha256: str
) -> Page:
    known, short = read_number(number[:LONGEST]), read_short_hash(code[:LONGEST])
    page = VerifyPage(
        asked=True,
        number=known or number[:LONGEST],
        code=short or code[:LONGEST],
        errors=_errors(number, known, code, short),
    )
    if known is None or short is None:
        return render(request, "contract_register/verify.html", page, status=404)
    found = await find_public(session, known, short)
    if found is None:
        return render(request, "contract_register/verify.html", page, status=404)
    wanted = "".join(sha256[: 2 * LONGEST].split()).lower()
    same = same_terms(found.sha256, wanted) if wanted else None
    wrong = wanted and same is None
    page = msgspec.structs.replace(
        page,
        found=found,
        state=STATES[found.state],
        countries={one: country_of(one) for one in (found.origin, found.destination)},
        sha256=wanted,
        same=same,
        errors={"sha256": Message(NO_SHA256)} if wrong else {},
    )
    return render(request, "contract_register/verify.html", page, status=422 if wrong else 200)


def _errors(number: str, known: str | None, code: str, short: str | None) -> Errors:
    errors: Errors = {}
    if known is None:
        errors["number"] = Message(MISTYPED if number.strip() else REQUIRED)
    if short is None:
        errors["h"] = Message(NO_CODE if code.strip() else REQUIRED)
    return errors


HANDLERS = (ask_verify, show_verify)
