"""After leaving, whoever takes the phone and goes back sees neither the code nor what was told.

Going back is a browser's doing: it sends the form of an earlier page again, as it was sent.
"""

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Page
from phones import Phone

TOLD = "They keep my passport in Dammam."


async def leave(phone: Phone, button: str = "Leave this page now") -> None:
    page = await phone.press(button, status=303, within="page")
    assert page.response.headers["location"] == "/en/calendar"


async def at_code(phone: Phone) -> str:
    await phone.load()
    await phone.press("No, start")
    await phone.press("Go on")
    await phone.press("Finish now", {"happened": ["DOC-01"], "happened_said": TOLD})
    await phone.press("Yes, get my code")
    return code_on(phone)


def code_on(phone: Phone) -> str:
    return phone.page.html.split('class="code"')[1].split("</p>")[0]


def digits_of(code: str) -> str:
    return "".join(c for c in code if c.isdecimal())


async def again(phone: Phone, page: Page, button: str, said: dict[str, object], status: int) -> str:
    """The same form once more, as going back sends it; gives what is shown."""
    phone.page = page
    return (await phone.press(button, said, status=status)).html


def shows_code(html: str, code: str) -> bool:
    digits = digits_of(code)
    return digits in digits_of(html.replace("<bdi>", "").replace("</bdi>", ""))


async def test_after_leaving_the_receipt_does_not_show_the_code_again(
    phone: Phone, session: AsyncSession
) -> None:
    code = await at_code(phone)
    before, said = phone.page, {"last": digits_of(code)[-4:]}
    await phone.press("Send", said)
    assert shows_code(await again(phone, before, "Send", said, 200), code)
    await leave(phone)
    html = await again(phone, before, "Send", said, 404)
    assert not shows_code(html, code)
    assert phone.page.heading == "This page is too old"
    assert await session.scalar(text("select count(*) from complaints")) == 1
    await phone.press("Open it", {"code": digits_of(code)})
    assert phone.page.heading == "Your case"


@pytest.mark.parametrize("ended", [False, True])
async def test_leaving_her_page_forgets_the_receipt_it_was_opened_from(
    phone: Phone, session: AsyncSession, ended: bool
) -> None:
    code = await at_code(phone)
    before, said = phone.page, {"last": digits_of(code)[-4:]}
    await phone.press("Send", said)
    await phone.press("Open my page")
    assert phone.page.heading == "Your case"
    if ended:
        await session.execute(text("delete from complaint_visits"))
        await session.commit()
    await leave(phone)
    assert not shows_code(await again(phone, before, "Send", said, 404), code)


async def test_leaving_from_a_page_that_is_too_old_forgets_the_receipt_too(
    phone: Phone, session: AsyncSession
) -> None:
    code = await at_code(phone)
    before, said = phone.page, {"last": digits_of(code)[-4:]}
    await phone.press("Send", said)
    await phone.press("Open my page")
    await session.execute(text("delete from complaint_visits"))
    await session.commit()
    await phone.press("Take it back", status=404)
    await leave(phone)
    assert not shows_code(await again(phone, before, "Send", said, 404), code)


async def test_answers_with_a_code_are_opened_by_the_code_alone_after_leaving(
    phone: Phone,
) -> None:
    await phone.load()
    await phone.press("No, start")
    await phone.press("Go on")
    telling = phone.page
    said: dict[str, object] = {"happened": ["DOC-01"], "happened_said": TOLD}
    await phone.press("Finish now", said)
    await phone.press("Yes, get my code")
    code = code_on(phone)
    await leave(phone)
    html = await again(phone, telling, "Finish now", said, 404)
    assert TOLD not in html
    await phone.press("Open it", {"code": digits_of(code)})
    assert phone.page.heading == "Is this right?"
    assert TOLD in phone.page.text
    await phone.press("Yes, get my code")
    await phone.press("Send", {"last": digits_of(code)[-4:]})
    assert phone.page.heading == "It is sent"


async def test_without_a_code_she_may_leave_and_delete_what_she_wrote(
    phone: Phone, session: AsyncSession
) -> None:
    await phone.load()
    await phone.press("No, start")
    await phone.press("Go on", {"wish_said": TOLD})
    page = phone.page
    await leave(phone)
    assert "Is any of this true now?" in await again(
        phone, page, "Go on", {"happened_said": TOLD}, 200
    )
    await leave(phone, "Leave and delete what I wrote")
    assert TOLD not in await again(phone, page, "Go on", {"happened_said": TOLD}, 404)
    assert await session.scalar(text("select count(*) from complaint_drafts")) == 0


@pytest.mark.parametrize("address", ["typed", "receipt"])
async def test_the_page_where_a_code_was_typed_opens_nothing_when_it_is_sent_again(
    phone: Phone, session: AsyncSession, address: str
) -> None:
    code = await at_code(phone)
    await phone.press("Send", {"last": digits_of(code)[-4:]})
    said: dict[str, object] = {}
    button = "Open my page"
    if address == "typed":
        await phone.load()
        await phone.press("I have a code")
        said, button = {"code": digits_of(code)}, "Open it"
    before = phone.page
    await phone.press(button, said)
    assert phone.page.heading == "Your case"
    await leave(phone)
    html = await again(phone, before, button, said, 422)
    assert phone.errors() == {"code": "Type your code again."}
    assert not shows_code(html, code)
    assert await session.scalar(text("select count(*) from complaint_visits")) == 0


async def test_a_code_that_was_typed_when_the_language_changed_is_not_shown_again(
    phone: Phone,
) -> None:
    code = digits_of(await at_code(phone))
    await phone.load()
    await phone.press("I have a code")
    before = phone.page
    assert code in (await phone.press("বাংলা", {"code": code})).html
    await leave_in_bangla(phone)
    assert code not in await again(phone, before, "বাংলা", {"code": code}, 422)


async def leave_in_bangla(phone: Phone) -> None:
    form = next(one for one in phone.page.all("form") if "leave" in (one.get("action") or ""))
    response = await phone.client.post(form.get("action") or "", data={})
    assert response.headers["location"] == "/bn/calendar"


@pytest.mark.parametrize("mark", ["", "x", "9999999999.aaaaaaaaaaaa.0123", "..", "é"])
async def test_a_code_without_a_page_of_ours_opens_nothing(phone: Phone, mark: str) -> None:
    code = digits_of(await at_code(phone))
    phone._seen(await phone.client.post("/en/help/code", data={"code": code, "n": mark}), 422)
    assert phone.errors() == {"code": "Type your code again."}
