"""A real browser against a real server on the invented country, made once for the run."""

import asyncio
import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from sqlalchemy.ext.asyncio import create_async_engine

from conftest import KEY, WORKER, clone, drop
from recruitwatch.actor import SYSTEM
from recruitwatch.app import as_served, clock_in, create_app
from recruitwatch.checklists.actions import load_library
from recruitwatch.db.embedded import Cluster
from recruitwatch.db.engine import make_engine, session_opener
from recruitwatch.demo.country import make_country
from recruitwatch.features import CONSTRAINTS, JOB_KINDS
from recruitwatch.jobs.worker import Workshop, run_worker
from recruitwatch.keys import RetentionKeys, Vault
from recruitwatch.settings import Settings
from screens import Site

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All browser tests share one server, and so one worker."""
    here = str(Path(__file__).parent)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


async def _fill(server: Cluster, name: str, settings: Settings) -> None:
    await clone(server, name)
    engine = create_async_engine(server.app_url(name))
    open_session = session_opener(engine)
    async with open_session() as session, session.begin():
        await load_library(session, SYSTEM, datetime.now(UTC))
    vault = Vault(KEY, RetentionKeys(settings.keys))
    await make_country(open_session, settings, vault, datetime.now(UTC), lambda _sentence: None)
    await engine.dispose()


async def _serve(
    server: Cluster, name: str, settings: Settings, door: socket.socket, stop: threading.Event
) -> None:
    """The application with its worker, until told to stop; everything it opened is closed again."""
    engine = make_engine(server.app_url(name))
    open_session = session_opener(engine)
    over = asyncio.Event()
    workshop = Workshop(
        open_session=open_session,
        kinds=JOB_KINDS,
        clock=clock_in(UTC),
        stop=over,
        constraints=CONSTRAINTS,
    )
    app = as_served(create_app(settings, KEY, open_session), https=False)
    config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=2)
    running = uvicorn.Server(config)
    worker = asyncio.create_task(run_worker(engine, workshop))
    serving = asyncio.create_task(running.serve(sockets=[door]))
    await asyncio.to_thread(stop.wait)
    running.should_exit = True
    over.set()
    await asyncio.gather(serving, worker)
    await engine.dispose()


@pytest.fixture(scope="session")
def site(
    postgres: Cluster, database: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    name = f"rw_browser_{WORKER}_{os.getpid()}"
    data = tmp_path_factory.mktemp("browser")
    door = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{door.getsockname()[1]}"
    # A draft without days, so that one test can go the whole way of a card; codes lead back here.
    settings = Settings(
        data=data,
        keys=data / "keys",
        demo=True,
        ministry="Ministry of Labour",
        address=address,
        draft_days=0,
    )
    asyncio.run(_fill(postgres, name, settings))
    stop = threading.Event()
    thread = threading.Thread(
        target=lambda: asyncio.run(_serve(postgres, name, settings, door, stop)), daemon=True
    )
    thread.start()
    for _ in range(200):
        try:
            if httpx.get(f"{address}/readyz").status_code == 200:
                break
        except httpx.TransportError:
            time.sleep(0.05)
    yield Site(address)
    stop.set()
    thread.join(15)
    asyncio.run(drop(postgres, name))


@pytest.fixture(scope="session")
def chromium(site: Site) -> Iterator[Browser]:  # the site first: Playwright's loop runs on
    found = os.environ.get("RECRUITWATCH_BROWSER") or shutil.which("chromium")
    assert found, "no chromium on this machine: `make test` says so and leaves these tests out"
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    yield context
    context.close()


@pytest.fixture
def desk(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()
