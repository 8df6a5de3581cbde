"""What every answer has in common, whichever page it is."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from clients import Browser
from recruitwatch.app import clock_in
from recruitwatch.settings import SettingsError, read_settings
from recruitwatch.web.formats import datetime as shown


@pytest.mark.parametrize("path", ["/", "/healthz", "/agencies", "/nothing-here"])
async def test_head_is_get_without_the_body(browser: Browser, path: str) -> None:
    whole = await browser.client.get(f"/en{path}")
    head = await browser.client.head(f"/en{path}")
    assert head.status_code == whole.status_code
    assert head.content == b""
    assert head.headers["content-length"] == whole.headers["content-length"]


def test_today_is_the_ministrys_today() -> None:
    assert clock_in(ZoneInfo("Asia/Manila"))().utcoffset() == ZoneInfo("Asia/Manila").utcoffset(
        datetime.now(UTC)
    )


@pytest.mark.parametrize(
    ("zone", "written"),
    [("UTC", "1 March 2026 23:30 UTC"), ("Asia/Dhaka", "2 March 2026 05:30 UTC+6"),
     ("Asia/Kathmandu", "2 March 2026 05:15 UTC+5:45"), ("America/Jamaica", "1 March 2026 18:30 UTC-5")],
)  # fmt: skip
def test_instants_are_shown_in_the_ministrys_zone(zone: str, written: str) -> None:
    assert shown(datetime(2026, 3, 1, 23, 30, tzinfo=UTC), ZoneInfo(zone)) == written


def test_an_unknown_zone_is_refused_by_name() -> None:
    with pytest.raises(SettingsError, match="Asia/Nowhere"):
        read_settings({"RECRUITWATCH_TIME_ZONE": "Asia/Nowhere"})


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("", "http://127.0.0.1:8000"),
        ("https://cards.example.org", "https://cards.example.org"),
        ("https://example.org/cards/", "https://example.org/cards"),
    ],
)
def test_the_address_on_papers_is_the_one_that_was_set(written: str, address: str) -> None:
    assert read_settings({"RECRUITWATCH_ADDRESS": written}).public_address == address


@pytest.mark.parametrize(
    "written", ["cards.example.org", "ftp://example.org", "https://", "https://a b"]
)
def test_an_address_that_no_reader_can_follow_is_refused(written: str) -> None:
    with pytest.raises(SettingsError, match="RECRUITWATCH_ADDRESS"):
        read_settings({"RECRUITWATCH_ADDRESS": written})
