"""serve, worker and demo: what runs until it is stopped."""

import argparse
import asyncio
import contextlib
import errno
import gc
import os
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
import structlog
import uvicorn
from structlog.tracebacks import ExceptionDictTransformer

from recruitwatch.accounts.queries import count_people
from recruitwatch.agencies.queries import list_registers
from recruitwatch.app import as_served, clock_in, create_app
from recruitwatch.cli.database import (
    Database,
    database,
    keep_running,
    sessions,
    tell,
    transaction,
)
from recruitwatch.cli.failures import CommandFailed
from recruitwatch.cli.install import bring_up_to_date
from recruitwatch.cli.keys import make_ahead
from recruitwatch.contracts.actions.signing import CannotSign, ministry_certificate
from recruitwatch.db.engine import LONG_TASK_SECONDS, make_engine, session_opener
from recruitwatch.db.schema import check_ready
from recruitwatch.demo.contracts import with_test_certificate
from recruitwatch.demo.country import SIGN_INS, case_code, make_country
from recruitwatch.features import CONSTRAINTS, JOB_KINDS, daily_tasks
from recruitwatch.history.queries import count_entries
from recruitwatch.history.values import Action
from recruitwatch.jobs.worker import Workshop, run_worker
from recruitwatch.keys import InstallationKey, make_key, open_vault, read_key
from recruitwatch.names.dictionary import load_dictionary
from recruitwatch.settings import Settings


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    serve = commands.add_parser(
        "serve", help="answer requests, and do long tasks unless told not to"
    )
    serve.add_argument("--port", help="instead of PORT")
    serve.set_defaults(run=run_serve)
    worker = commands.add_parser("worker", help="only do long tasks")
    worker.set_defaults(run=run_only_worker)
    demo = commands.add_parser("demo", help="serve an invented country on a database of its own")
    demo.add_argument("--port", help="instead of PORT")
    demo.add_argument("--data", help="instead of DATA")
    demo.set_defaults(run=run_demo)


def run_serve(settings: Settings, _options: argparse.Namespace) -> int:
    key = read_key(settings.keys)
    _check_signing(settings)
    with listening(settings) as door, database(settings) as place:
        asyncio.run(check_ready(place.app_url))
        make_ahead(settings, place)
        if asyncio.run(_is_invented(place)):
            settings = msgspec.structs.replace(settings, demo=True)
        print(f"recruitwatch answers at http://{settings.host}:{settings.port}", flush=True)
        _serve(settings, key, place, door)
    return 0


def run_only_worker(settings: Settings, _options: argparse.Namespace) -> int:
    read_key(settings.keys)
    with database(settings) as place:
        asyncio.run(check_ready(place.app_url))
        tell("The worker waits for tasks.")
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_work_until_stopped(settings, place))
    return 0


def run_demo(settings: Settings, _options: argparse.Namespace) -> int:
    settings = msgspec.structs.replace(
        settings,
        demo=True,
        ministry=settings.ministry or "Ministry of Labour, Republic of Miravelle",
    )
    if settings.database_url is not None:
        raise CommandFailed("The demo keeps a database of its own: unset DATABASE_URL.")
    with listening(settings) as door:
        key = make_key(settings.keys)
        settings = with_test_certificate(settings, clock_in(settings.zone)())
        with database(settings) as place:
            bring_up_to_date(place)
            make_ahead(settings, place)
            asyncio.run(_fill(settings, place))
            _print_sign_ins(settings)
            _serve(settings, key, place, door)
    return 0


def _check_signing(settings: Settings) -> None:
    """A wrong passphrase is told at the start, not to the first who downloads a contract."""
    try:
        ministry_certificate(settings)
    except CannotSign:
        raise CommandFailed(
            f"{settings.signing_file}: no PKCS#12 file, or the passphrase is another one."
        ) from None


async def _is_invented(place: Database) -> bool:
    """Whether the demo made this database: its pages must say so, whatever command serves them."""
    async with transaction(place.app_url) as session:
        return await count_entries(session, action=Action.DEMO_MADE) > 0


async def _fill(settings: Settings, place: Database) -> None:
    """Make the invented country, but never among real people and agencies: its passwords are known."""
    async with transaction(place.app_url) as session:
        invented = await count_entries(session, action=Action.DEMO_MADE) > 0
        if not invented and (await count_people(session) or await list_registers(session)):
            raise CommandFailed(
                f"{settings.data} holds a real installation: choose another folder with DATA=."
            )
    async with sessions(place.app_url) as open_session:
        now, vault = clock_in(settings.zone)(), open_vault(settings.keys)
        if await make_country(open_session, settings, vault, now, tell):
            tell("The invented country is ready.")


def _print_sign_ins(settings: Settings) -> None:
    address = f"http://{settings.host}:{settings.port}"
    print(f"\nrecruitwatch (invented data) answers at {address}\n")
    width = max(len(entry.role) for entry in SIGN_INS)
    for entry in SIGN_INS:
        print(f"  {entry.role:<{width}}  name: {entry.sign_in_name:<14} password: {entry.password}")
    if code := case_code(settings):
        digits = " ".join(code[start : start + 4] for start in range(0, len(code), 4))
        print(f"\n  Workers need no name: {address}/help (code of a case: {digits})")
    print("\nStop with Ctrl-C.", flush=True)


def listening(settings: Settings) -> socket.socket:
    """The open port, taken before anything slow begins; raises CommandFailed if it is busy."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((settings.host, settings.port))
        door.listen(1024)
    except OSError as problem:
        door.close()
        mend = (
            "set HOST to an address of this machine"
            if problem.errno == errno.EADDRNOTAVAIL or isinstance(problem, socket.gaierror)
            else "stop what uses it, or choose another with PORT="
        )
        raise CommandFailed(
            f"Port {settings.port} on {settings.host} cannot be used ({problem.strerror}): {mend}."
        ) from problem
    return door


def _serve(settings: Settings, key: InstallationKey, place: Database, door: socket.socket) -> None:
    configure_logging()
    engine = make_engine(place.app_url)

    @asynccontextmanager
    async def living(_app: object) -> AsyncIterator[None]:
        stop = asyncio.Event()
        # The first search would wait for the word tables.
        tables = asyncio.create_task(asyncio.to_thread(load_dictionary))
        beside = [asyncio.create_task(keep_running(place, stop)), tables]
        if settings.run_worker:
            beside.append(asyncio.create_task(work(settings, place, stop)))
        tidy_memory()
        yield
        stop.set()
        await asyncio.gather(*beside)
        await engine.dispose()

    app = create_app(settings, key, session_opener(engine), lifespan=[living])
    config = uvicorn.Config(
        as_served(app, https=settings.secure_cookies),
        log_config=None,
        access_log=False,
        server_header=False,
        loop="uvloop" if os.name == "posix" else "asyncio",
        timeout_graceful_shutdown=10,
    )
    server = uvicorn.Server(config)
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[door])
    if not server.started:
        raise CommandFailed("The application did not start: its log says why.")


async def work(settings: Settings, place: Database, stop: asyncio.Event) -> None:
    """Do long tasks until told to stop."""
    engine = make_engine(place.app_url, connections=4, seconds=LONG_TASK_SECONDS)
    workshop = Workshop(
        open_session=session_opener(engine),
        kinds=JOB_KINDS,
        clock=clock_in(settings.zone),
        stop=stop,
        constraints=CONSTRAINTS,
        daily=daily_tasks(open_vault(settings.keys), settings),
    )
    try:
        await run_worker(engine, workshop)
    finally:
        await engine.dispose()


async def _work_until_stopped(settings: Settings, place: Database) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await asyncio.gather(keep_running(place, stop), work(settings, place, stop))


def tidy_memory() -> None:
    """What start-up made stays: leaving it out of collections shortens the longest pauses."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def configure_logging() -> None:
    """One JSON line an event on standard error. No addresses, names or answers are logged: traces come
    without the values of variables, which could hold a password or what a worker wrote."""
    traces = ExceptionDictTransformer(show_locals=False)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(traces),
            structlog.processors.JSONRenderer(),
        ]
    )
