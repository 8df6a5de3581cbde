"""The public register as files: what the public pages show of every agency, and nothing else.

The names of columns are for programs and are not translated; docs/downloads.md describes them.
"""

from collections.abc import AsyncGenerator, Callable, Iterable, Mapping
from contextlib import aclosing
from datetime import UTC, date

import msgspec
from litestar import get
from litestar.params import FromQuery
from litestar.types import ASGIApp

from recruitwatch.accounts.guards import PUBLIC_READ
from recruitwatch.agencies import queries
from recruitwatch.agencies.rules import known_and_unknown
from recruitwatch.agencies.values import (
    AgencyAnswer,
    ContactKind,
    Deployment,
    PublicAgency,
    StatusClaim,
)
from recruitwatch.db.engine import OpenSession
from recruitwatch.db.snapshot import read_snapshot
from recruitwatch.web.downloads import (
    Cell,
    file_name,
    streamed_csv,
    streamed_json,
    streamed_json_lines,
)
from recruitwatch.web.request import Now, WebRequest


@get("/download/register.csv", opt=PUBLIC_READ)
async def register_as_csv(request: WebRequest, now: Now, register: FromQuery[str] = "") -> ASGIApp:
    day, open_session = now.date(), request.app.state.open_session
    rows = _rows(_agencies(open_session, day, register or None))
    return streamed_csv(tuple(COLUMNS), rows, name=_name(register, day, "csv"))


@get("/download/register.json", opt=PUBLIC_READ)
async def register_as_json(request: WebRequest, now: Now, register: FromQuery[str] = "") -> ASGIApp:
    """Each agency is what `/api/agencies/<id>` answers."""
    day, open_session = now.date(), request.app.state.open_session
    answers = _answers(_agencies(open_session, day, register or None))
    head = {"as_of": day, "register": register or None}
    return streamed_json(head, answers, of="agencies", name=_name(register, day, "json"))


@get("/download/register.jsonl", opt=PUBLIC_READ)
async def register_as_json_lines(
    request: WebRequest, now: Now, register: FromQuery[str] = ""
) -> ASGIApp:
    """The same, one agency a line."""
    day, open_session = now.date(), request.app.state.open_session
    answers = _answers(_agencies(open_session, day, register or None))
    return streamed_json_lines(answers, name=_name(register, day, "jsonl"))


def _name(register_id: str, day: date, ending: str) -> str:
    """Only a register's id reaches a header: an unknown one is refused before, whatever is in it."""
    return file_name(f"register-{register_id}" if register_id else "register", day, ending)


async def _agencies(
    open_session: OpenSession, day: date, register_id: str | None
) -> AsyncGenerator[PublicAgency, None]:
    async with read_snapshot(open_session) as session:
        found = queries.each_public_agency(session, day, register_id=register_id)
        async with aclosing(found):
            async for agency in found:
                yield agency


async def _answers(
    found: AsyncGenerator[PublicAgency, None],
) -> AsyncGenerator[AgencyAnswer, None]:
    async with aclosing(found):
        async for agency in found:
            knowledge = known_and_unknown(agency)
            yield AgencyAnswer(
                **msgspec.structs.asdict(agency),
                known=knowledge.known,
                not_known=knowledge.not_known,
            )


async def _rows(
    found: AsyncGenerator[PublicAgency, None],
) -> AsyncGenerator[list[Cell], None]:
    async with aclosing(found):
        async for agency in found:
            yield [cell(agency) for cell in COLUMNS.values()]


def _listed(values: Iterable[str]) -> str:
    """Several values in one cell, so that they can be told apart again."""
    return " | ".join(v.replace("\\", "\\\\").replace("|", "\\|") for v in values)


def _contacts(kind: ContactKind) -> Callable[[PublicAgency], Cell]:
    return lambda a: _listed(c.value for c in a.contacts if c.kind is kind)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _deployment(sent: Deployment) -> str:
    return f"{sent.year} {sent.destination} {sent.sex.value} {sent.workers}"


def _by_year(agency: PublicAgency) -> str:
    years: dict[int, int] = {}
    for sent in agency.deployments:
        years[sent.year] = years.get(sent.year, 0) + sent.workers
    return _listed(f"{year}: {workers}" for year, workers in sorted(years.items()))


def _claim(claim: StatusClaim) -> str:
    stated = f", stated {claim.stated_on.isoformat()}" if claim.stated_on else ""
    until = f", until {claim.valid_until.isoformat()}" if claim.valid_until else ""
    return f"{claim.source}: {claim.word}{stated}{until}"


def _sources(agency: PublicAgency) -> str:
    parts = (agency.names, agency.addresses, agency.contacts, agency.deployments, agency.claims)
    return _listed(sorted({part.source for of_kind in parts for part in of_kind} - {""}))


COLUMNS: Mapping[str, Callable[[PublicAgency], Cell]] = {
    "id": lambda a: str(a.id),
    "register": lambda a: a.register.id,
    "licence_no": lambda a: a.licence_no,
    "legal_name": lambda a: a.legal_name,
    "other_names": lambda a: _listed(f"{n.kind.value}: {n.name}" for n in a.names),
    "country": lambda a: a.country,
    "city": lambda a: a.addresses[0].city if a.addresses else "",
    "addresses": lambda a: _listed(
        ", ".join(filter(None, (p.address, p.city))) for p in a.addresses
    ),
    "phones": _contacts(ContactKind.PHONE),
    "emails": _contacts(ContactKind.EMAIL),
    "websites": _contacts(ContactKind.WEBSITE),
    "branches": lambda a: _listed(
        ", ".join(filter(None, (b.name, b.address, b.phone))) for b in a.branches
    ),
    "licence_as_of": lambda a: _day(a.status.as_of),
    "licence_state": lambda a: a.status.state.value if a.status.state else "",
    "licence_since": lambda a: _day(a.status.since),
    "licence_until": lambda a: _day(a.status.until),
    "licence_ground": lambda a: a.status.ground,
    "licence_state_no": lambda a: a.status.licence_no,
    "sectors": lambda a: _listed(a.sectors),
    "destinations": lambda a: _listed(a.destinations),
    "workers_by_year": _by_year,
    "deployments": lambda a: _listed(map(_deployment, a.deployments)),
    "source_claims": lambda a: _listed(map(_claim, a.claims)),
    "sources": _sources,
    "updated_at": lambda a: a.updated_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
}

HANDLERS = (register_as_csv, register_as_json, register_as_json_lines)
