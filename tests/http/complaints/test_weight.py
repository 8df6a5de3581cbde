"""What the worker's pages weigh on the line, as a browser that takes gzip gets them."""

import gzip

import httpx
import pytest

from clients import text_of
from phones import Phone

FIRST_PAGE, STEP, WHOLE_FILING = 14 * 1024, 20 * 1024, 120 * 1024
LANGUAGES = ["en", "bn", "ar"]
PICTURES = 2048


async def on_the_line(phone: Phone, address: str) -> int:
    """Bytes of a body as they travel."""
    total = 0
    accept = {"Accept-Encoding": "gzip"}
    async with phone.client.stream("GET", address, headers=accept) as response:
        assert response.headers["content-encoding"] == "gzip", address
        async for part in response.aiter_raw():
            total += len(part)
    return total


def style_sheet(phone: Phone) -> str:
    (link,) = [one for one in phone.page.all("link") if one.get("rel") == "stylesheet"]
    return link.get("href") or ""


def weight(response: httpx.Response) -> int:
    """The body in gzip, as it came: httpx counts what it received before unpacking."""
    assert response.headers["content-encoding"] == "gzip"
    return response.num_bytes_downloaded


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_first_page_fits_the_first_window_of_a_connection(
    phone: Phone, language: str
) -> None:
    phone.language = language
    await phone.load()
    sheet = await on_the_line(phone, style_sheet(phone))
    assert sheet <= 3 * 1024
    assert await on_the_line(phone, f"/{language}/help") + sheet <= FIRST_PAGE


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_whole_filing_is_light(phone: Phone, language: str) -> None:
    """Every question, the check, the code, the receipt; the style sheet comes once."""
    phone.language = language
    steps = [weight((await phone.load()).response)]
    total = await on_the_line(phone, style_sheet(phone))
    await press_named(phone, "danger", "no")
    steps.append(weight(phone.page.response))
    for _ in range(15):
        happened = any(box.get("name") == "happened" for box in phone.page.all("input"))
        said = {"happened": ["FEE-01"], "happened_said": "টাকা " * 60} if happened else {}
        await press_named(phone, "go", "next", said)
        steps.append(weight(phone.page.response))
    code = next(text_of(one) for one in phone.page.all("p") if one.get("class") == "code")
    await phone.press("", {"last": code.replace(" ", "")[-4:]})
    steps.append(weight(phone.page.response))
    assert len(steps) == 18
    assert max(steps) <= STEP
    assert total + sum(steps) <= WHOLE_FILING


async def press_named(
    phone: Phone, name: str, value: str, said: dict[str, object] | None = None
) -> None:
    """The button of this name and value, whatever its words in this language."""
    for one in phone.page.all("button"):
        if (one.get("name"), one.get("value")) == (name, value):
            await phone.press(one.get("aria-label") or text_of(one), said)
            return
    raise AssertionError(f"no button {name}={value}")


async def test_the_pictures_weigh_next_to_nothing(phone: Phone) -> None:
    await phone.load()
    await phone.press("No, start")
    html = phone.page.html
    drawn = [part.split("</svg>")[0] for part in html.split("<svg")[1:]]
    assert len(drawn) == 8
    assert len(gzip.compress("".join(drawn).encode())) <= PICTURES


async def test_pages_with_a_cookie_behind_them_are_not_compressed(phone: Phone) -> None:
    response = await phone.client.get("/en/sign-in", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in response.headers


async def test_who_takes_no_gzip_gets_the_page_plain(phone: Phone) -> None:
    response = await phone.client.get("/en/help", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in response.headers
    assert "<h1>" in response.text
