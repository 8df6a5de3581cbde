"""What is asked over HTTP: hello, one agency, a list of fifty. Ours and its ceiling take turns, so that
whatever else the machine does meets both."""

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import NoReturn

from litestar.testing import RequestFactory

from bench.country import NOW, Country
from bench.ground import Ground, Served, bare, product, serving
from bench.load import Load, load
from bench.memory import Memory, memory_of
from bench.table import Line, quantile, rate_line, tell
from recruitwatch.agencies.pages.public import SearchPage, make_profile
from recruitwatch.agencies.queries import count_agencies, search_or_list
from recruitwatch.app import create_app
from recruitwatch.keys import InstallationKey
from recruitwatch.settings import Settings
from recruitwatch.web.paging import SIZE, offset, paging
from recruitwatch.web.templating import site_of

ROUNDS = 3
KEY = InstallationKey(b"k" * 32)
JSON, PAGE, LIST = "/api/agencies/{}", "/en/agencies/{}", "/en/agencies?page={}"


async def measure(ground: Ground, country: Country, seconds: float) -> tuple[list[Line], Memory]:
    """The lines, and the memory of the server that was asked all this."""
    tell("Requests over loopback …")
    with ExitStack() as stack:
        ours = stack.enter_context(serving(*product(ground.data)))
        hello = stack.enter_context(serving(*bare("hello", "/")))
        some = [str(agency_id) for agency_id in country.agencies[:200]]
        raw = stack.enter_context(serving(*bare("agency", f"/{some[0]}", ground.dsn)))
        lines = [
            await _against(
                "hello: /healthz through the whole stack", ours, ["/healthz"],
                "bare Litestar, hello as JSON", hello, ["/"], seconds,
            ),
            await _against(
                "read an agency as JSON", ours, [JSON.format(one) for one in some],
                "bare ASGI, one query by asyncpg", raw, [f"/{one}" for one in some], seconds,
            ),
        ]  # fmt: skip
        lines += await _page(ground, country, ours, raw, some, seconds)
        lines.append(await _list(ground, ours, seconds))
        return lines, memory_of(ours.pid, ground.data)


async def _against(
    what: str, ours: Served, paths: Sequence[str],
    ceiling: str, other: Served, other_paths: Sequence[str], seconds: float,
) -> Line:  # fmt: skip
    got, limit = [], []
    for _ in range(ROUNDS):
        limit.append(await load(other.port, other_paths, seconds))
        got.append(await load(ours.port, paths, seconds))
    return rate_line(what, _rate(got), ceiling, _rate(limit), more=f", p95 {_p95(got)} ms")


def _rate(loads: Sequence[Load]) -> float:
    return median(one.rate for one in loads)


def _p95(loads: Sequence[Load]) -> str:
    """At sixteen requests at once, so it is mostly waiting for one's turn."""
    return quantile([one for each in loads for one in each.seconds], 95)


async def _page(
    ground: Ground, country: Country, ours: Served, raw: Served, some: Sequence[str], seconds: float
) -> list[Line]:
    paths = [PAGE.format(one) for one in some]
    async with ground.sessions() as open_session, open_session() as session:
        pages = [await make_profile(session, one, NOW, "") for one in country.agencies[:50]]
    line = await _against(
        "page of an agency", ours, paths,
        "bare ASGI, one query by asyncpg", raw, [f"/{one}" for one in some], seconds,
    )  # fmt: skip
    got = await load(ours.port, paths, seconds)
    alone = _drawn("agencies/profile.html", pages, paths[0], seconds)
    same = rate_line("the same", got.rate, "Jinja alone, the same struct, no HTTP, no SQL", alone)
    return [line, same]


async def _list(ground: Ground, ours: Served, seconds: float) -> Line:
    async with ground.sessions() as open_session, open_session() as session:
        last = min(60, await count_agencies(session) // SIZE)
        pages = []
        for number in range(1, last + 1):
            found = await search_or_list(session, "", limit=SIZE, offset=offset(number))
            links = paging("/agencies", number, found.total, q="")
            pages.append(SearchPage(query="", hits=found.hits, paging=links))
    paths = [LIST.format(number) for number in range(1, last + 1)]
    got, alone = [], []
    for _ in range(ROUNDS):
        alone.append(_drawn("public/search.html", pages, paths[0], seconds))
        got.append(await load(ours.port, paths, seconds))
    return rate_line(
        "page of a list, 50 agencies", _rate(got), "Jinja alone, the same struct, no HTTP, no SQL",
        median(alone), more=f", p95 {_p95(got)} ms",
    )  # fmt: skip


def _drawn(template: str, pages: Sequence[object], address: str, seconds: float) -> float:
    """Pages drawn a second on one core by the product's own environment."""
    app = create_app(Settings(data=Path("unused"), keys=Path("unused")), KEY, _no_session)
    request = RequestFactory(app=app).get(address.removeprefix("/en"))
    draw, site = app.state.templates.get_template(template).render, site_of(request)
    return _per_second([lambda page=page: draw(site=site, page=page) for page in pages], seconds)


def _no_session() -> NoReturn:
    raise LookupError("drawing a page needs no database")


def _per_second(work: Sequence[Callable[[], object]], seconds: float) -> float:
    for one in work[:5]:
        one()
    count, begun = 0, time.perf_counter()
    while (taken := time.perf_counter() - begun) < seconds:
        work[count % len(work)]()
        count += 1
    return count / taken


async def list_latency(ground: Ground, seconds: float) -> Line:
    """What a single reader waits for a page of a list, any page, with nobody else asking."""
    with serving(*product(ground.data)) as ours:
        await load(ours.port, [LIST.format(1)], 0.5)
        times = [await _wait(ours.port, LIST.format(number)) for number in _some_pages(seconds)]
    return Line("page of a list, one reader, at 100,000 names",
                f"p50 {quantile(times, 50)}, p95 {quantile(times, 95)} ms",
                "goal, not measured: p95 under 200 ms")  # fmt: skip


def _some_pages(seconds: float) -> range:
    return range(1, 1200, 1200 // max(20, int(50 * seconds)))


async def _wait(port: int, path: str) -> float:
    begun = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nhost: bench\r\nconnection: close\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    if not answer.startswith(b"HTTP/1.1 200"):
        raise SystemExit(f"{path} was answered with {answer[:40]!r}")
    return time.perf_counter() - begun
