"""`python -m bench`: everything but the first run. `--quick` takes a fifth of the time, `first-run`
measures `make demo` in a fresh clone and nothing else, `filing` complaints, `papers` papers, `search` the
search of 100,000 names and `register` a whole register of invented records alone."""

import argparse
import signal
import sys
from pathlib import Path

import uvloop

from bench import cards, filing, papers, register, searching, serving, starting, submitting
from bench.country import NOW, REGISTER, grow_names, make_country
from bench.ground import install, running, temporary_folder
from bench.machine import described
from bench.memory import postgres_memory
from bench.table import Line, tell, written
from recruitwatch.agencies.queries import insert_register
from recruitwatch.generating.plan import Plan

AGENCIES, NAMES = 3_000, 100_000


async def with_database(data: Path, *, quick: bool) -> tuple[list[str], list[Line], int]:
    """What needs a PostgreSQL that runs: head, lines, and its memory with nobody connected."""
    seconds, count = (0.5, 30) if quick else (2.0, 200)
    with running(data) as ground:
        alone = postgres_memory(data)
        head = await described(ground)
        tell(f"Making {AGENCIES:,} agencies with licences and audits …")
        country = await make_country(ground, AGENCIES)
        lines, busy = await serving.measure(ground, country, seconds)
        lines += await searching.measure(ground, count)
        lines += await submitting.measure(ground, country, count // 2)
        lines += await filing.measure(ground, 5 * count)
        lines += await cards.measure(ground, country)
        lines += await papers.measure(seconds, AGENCIES)
        tell(f"Growing to {NAMES:,} names …")
        await grow_names(ground, NAMES)
        lines += await searching.measure(ground, count)
        lines.append(await serving.list_latency(ground, seconds))
        lines.append(Line("memory of `serve` after the load above", str(busy)))
    return head, lines, alone


async def only_searching(data: Path, count: int) -> list[Line]:
    with running(data) as ground:
        async with ground.sessions() as open_session, open_session() as session, session.begin():
            await insert_register(session, REGISTER, NOW)
        await grow_names(ground, NAMES)
        return await searching.measure(ground, count)


async def only_filing(data: Path) -> list[Line]:
    with running(data) as ground:
        return await filing.measure(ground, 1_000)


async def only_register(data: Path, chosen: argparse.Namespace) -> list[Line]:
    plan = Plan(
        agencies=chosen.agencies, audits=chosen.audits, answers=60, complaints=chosen.complaints,
        seed=1,
    )  # fmt: skip
    with running(data) as ground:
        return await register.measure(ground, plan)


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    targets = ["first-run", "filing", "papers", "search", "register"]
    options.add_argument("target", nargs="?", choices=targets)
    options.add_argument("--quick", action="store_true")
    for name, usual in (("agencies", 3_000), ("audits", 100_000), ("complaints", 1_000_000)):
        options.add_argument(f"--{name}", type=int, default=usual, help="of `register`")
    options.add_argument("--data", type=Path, help="a filled installation to measure `register` on")
    chosen = options.parse_args()
    # Told to stop, leave every block in order: each stops the server that it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if chosen.target == "first-run":
        print(written(starting.first_run()))
        return
    if chosen.target == "papers":
        seconds, packed = (2.0, AGENCIES // 5) if chosen.quick else (10.0, AGENCIES)
        print(written(uvloop.run(papers.measure(seconds, packed))))
        return
    if chosen.target == "register" and chosen.data is not None:
        print(written(uvloop.run(only_register(chosen.data, chosen))))
        return
    with temporary_folder() as data:
        install(data)
        if chosen.target == "register":
            print(written(uvloop.run(only_register(data, chosen))))
            return
        if chosen.target == "filing":
            print(written(uvloop.run(only_filing(data))))
            return
        if chosen.target == "search":
            print(written(uvloop.run(only_searching(data, 30 if chosen.quick else 200))))
            return
        head, lines, alone = uvloop.run(with_database(data, quick=chosen.quick))
        lines += starting.measure(data, alone)
    print("\n".join(head), end="\n\n")
    print(written(lines))


if __name__ == "__main__":
    main()
