"""Commands that end after the batch they are at, and go on there when they are given again."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager

STOPPED = 130


@contextmanager
def stoppable() -> Iterator[asyncio.Event]:
    """Ctrl-C and SIGTERM let the batch end that is under way."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    numbers = (signal.SIGINT, signal.SIGTERM)
    try:
        for number in numbers:
            loop.add_signal_handler(number, stop.set)
        yield stop
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)
