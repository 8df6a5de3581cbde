"""The machine and the programs of a run, without names of hosts or people."""

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import psutil

from bench.ground import Ground


async def described(ground: Ground) -> list[str]:
    """A few lines for the head of the table."""
    async with ground.connection() as connection:
        postgres = await connection.fetchval("show server_version")
    parser = f"httptools {version('httptools')}" if find_spec("httptools") else "h11"
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    packages = ", ".join(
        f"{name} {version(name)}" for name in ("litestar", "sqlalchemy", "asyncpg", "uvloop")
    )
    return [
        f"{datetime.now(UTC):%d %B %Y}; {psutil.cpu_count()} cores ({_model()}), "
        f"{psutil.virtual_memory().total / 2**30:.0f} GB; {platform.system()}; "
        f"load before: {load}",
        f"Python {platform.python_version()}, PostgreSQL {postgres} (durable settings), "
        f"uvicorn {version('uvicorn')} ({parser}), {packages}",
    ]


def _model() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())
