"""Changing one part of an agency's record: the rows of a list, each with its fields."""

from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.values import Permission
from recruitwatch.agencies import queries
from recruitwatch.agencies.actions import change_agency
from recruitwatch.agencies.forms import PARTS, Part, country_names, parse_part, rows_of
from recruitwatch.agencies.forms.parts import MOST_ROWS, Row, blank_row, typed_rows
from recruitwatch.agencies.pages.register import seen_version
from recruitwatch.agencies.values import StoredAgency
from recruitwatch.errors import NotFound
from recruitwatch.web.forms import Errors
from recruitwatch.web.languages import current
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.templating import render

EDIT = needs(Permission.REGISTER_EDIT)


class NumberedRow(msgspec.Struct, frozen=True):
    """`number` tells the fields of the row apart; a new row cannot be removed, only left empty."""

    number: int
    row: Row
    is_new: bool


class PartPage(msgspec.Struct, frozen=True, kw_only=True):
    agency: StoredAgency
    version: str
    part: Part
    rows: list[NumberedRow]
    count: int
    countries: list[str]
    errors: Errors = {}


def _part(name: str) -> Part:
    if name not in PARTS:
        raise NotFound
    return PARTS[name]


def _page(
    agency: StoredAgency, version: int, part: Part, rows: dict[int, Row], errors: Errors
) -> PartPage:
    """The rows, and an empty one to add to them."""
    has_country = any(field.kind == "country" for field in part.fields)
    numbered = [NumberedRow(number, row, False) for number, row in rows.items()]
    count = max(rows, default=-1) + 1
    if count < MOST_ROWS:
        numbered.append(NumberedRow(count, blank_row(part), True))
        count += 1
    return PartPage(
        agency=agency,
        version=str(version),
        part=part,
        rows=numbered,
        count=count,
        countries=list(country_names(current.get()).values()) if has_country else [],
        errors=errors,
    )


@get("/register/{agency_id:uuid}/edit/{part_name:str}", opt=EDIT)
async def show_part(
    request: WebRequest, session: Session, agency_id: FromPath[UUID], part_name: FromPath[str]
) -> Page:
    part, agency = _part(part_name), await queries.get_agency(session, agency_id)
    stored = rows_of(part, getattr(agency.record, part.name), current.get())
    page = _page(agency, agency.version, part, dict(enumerate(stored)), {})
    return render(request, "agencies/part.html", page)


@post("/register/{agency_id:uuid}/edit/{part_name:str}", opt=EDIT, status_code=200)
async def do_part(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    agency_id: FromPath[UUID],
    part_name: FromPath[str],
) -> Response[str] | Redirect:
    part, reader = _part(part_name), await read_form(request)
    agency = await queries.get_agency(session, agency_id)
    version = seen_version(reader)
    parsed = parse_part(part, reader, current.get())
    if isinstance(parsed, dict):
        page = _page(agency, version, part, typed_rows(part, reader), parsed)
        return render(request, "agencies/part.html", page, status=422)
    record = msgspec.structs.replace(agency.record, **{part.name: parsed})
    await change_agency(session, actor, now, agency_id=agency_id, version=version, agency=record)
    again = reader.form.get("then") == "add"
    return go_to(f"/register/{agency_id}" + (f"/edit/{part.name}" if again else ""))


HANDLERS = (show_part, do_part)
