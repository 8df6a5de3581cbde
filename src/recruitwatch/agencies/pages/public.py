"""Pages for everyone: what this is, searching the register, one agency. No account, no cookie."""

from datetime import date, datetime
from uuid import UUID

import msgspec
from litestar import get
from litestar.params import FromQuery

from recruitwatch.accounts.guards import PUBLIC_READ
from recruitwatch.agencies import queries
from recruitwatch.agencies.forms import country_names
from recruitwatch.agencies.forms.parts import CONTACT_KINDS, NAME_KINDS, SEXES
from recruitwatch.agencies.pages.words import FACTS, StatusWords, public_words, sector_names
from recruitwatch.agencies.rules import known_and_unknown
from recruitwatch.agencies.values import AgencyHits, PublicAgency
from recruitwatch.names.rules import normalise_number
from recruitwatch.web.forms import Errors, FormReader
from recruitwatch.web.languages import current
from recruitwatch.web.paging import SIZE, Paging, offset, paging
from recruitwatch.web.request import Page, Session, WebRequest
from recruitwatch.web.templating import render


class FirstPage(msgspec.Struct, frozen=True, kw_only=True):
    signed_in: bool
    agencies: int


class SearchPage(msgspec.Struct, frozen=True, kw_only=True):
    query: str
    found: AgencyHits
    paging: Paging


class ProfilePage(msgspec.Struct, frozen=True, kw_only=True):
    """One agency on one day; the page itself is that of scorecards, which adds the grade."""

    agency: PublicAgency
    status: StatusWords
    other_number: str | None
    known: list[str]
    not_known: list[str]
    on: str
    is_past: bool
    changed_on: date
    sectors: list[str]
    countries: dict[str, str]
    name_kinds: dict[str, str]
    contact_kinds: dict[str, str]
    sexes: dict[str, str]
    errors: Errors = {}


def cleaned(text: str) -> str:
    """What was typed into an address, without what no person types; searches are cut off."""
    return FormReader({"text": text[: queries.LONGEST_QUERY]}).text("text", longest=len(text))


@get("/", opt=PUBLIC_READ)
async def show_first(request: WebRequest, session: Session) -> Page:
    signed_in = request.scope.get("state", {}).get("actor") is not None
    page = FirstPage(signed_in=signed_in, agencies=await queries.count_agencies(session))
    return render(request, "public/first.html", page)


@get("/agencies", opt=PUBLIC_READ)
async def search_agencies(
    request: WebRequest, session: Session, q: FromQuery[str] = "", page: FromQuery[int] = 1
) -> Page:
    query = cleaned(q)
    found = await queries.search_or_list(session, query, limit=SIZE, offset=offset(page))
    shown = SearchPage(
        query=query, found=found, paging=paging("/agencies", page, found.total, q=query)
    )
    return render(request, "public/search.html", shown)


async def make_profile(session: Session, agency_id: UUID, now: datetime, on: str) -> ProfilePage:
    """The profile on the day asked for; on today if that is no date, and it says so."""
    reader = FormReader({"on": on})
    today = now.date()
    day = reader.day("on") or today
    agency = await queries.get_public_agency(session, agency_id, day)
    knowledge = known_and_unknown(agency)
    return ProfilePage(
        agency=agency,
        status=public_words(agency.status),
        other_number=_other_number(agency),
        known=[FACTS[fact][0] for fact in knowledge.known],
        not_known=[FACTS[fact][1] for fact in knowledge.not_known],
        on=cleaned(on) if reader.errors else day.isoformat(),
        is_past=day != today,
        changed_on=agency.updated_at.astimezone(now.tzinfo).date(),
        sectors=sector_names(agency.sectors),
        countries=_countries(agency),
        name_kinds=dict(NAME_KINDS),
        contact_kinds=dict(CONTACT_KINDS),
        sexes=dict(SEXES),
        errors=reader.errors,
    )


def _other_number(agency: PublicAgency) -> str | None:
    """The register's number, where it says something that the licence does not."""
    same = normalise_number(agency.status.licence_no or "")
    number = agency.licence_no
    return number if number and normalise_number(number) != same else None


def _countries(agency: PublicAgency) -> dict[str, str]:
    """The names of the countries that the page speaks of."""
    names = country_names(current.get())
    codes = {agency.country, *agency.destinations, *(d.destination for d in agency.deployments)}
    return {code: names.get(code, code) for code in codes}


HANDLERS = (show_first, search_agencies)
