"""Checking a contract in the browser: what people see, who may, and what is refused."""

import io
import json
import zipfile
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser, Page
from factories.contract_checks import clean_terms, with_values
from factories.contracts import ROOT
from recruitwatch.accounts.values import Role
from recruitwatch.contracts.values.terms import Terms
from recruitwatch.contracts.values.word import TERMS_ELEMENT, TERMS_NAMESPACE

EXAMPLES = ROOT / "docs" / "examples" / "contract-checks"
SIGNED = (EXAMPLES / "signed.json").read_bytes()
AFTER = (EXAMPLES / "after-arrival.json").read_bytes()
SignIn = Callable[[Role], Awaitable[Browser]]
MAY = (Role.INSPECTOR, Role.REVIEWER, Role.REGULATOR, Role.COMPLAINTS_OFFICER)


async def send(
    browser: Browser, file: bytes, older: bytes = b"", *, status: int = 200, **more: Any
) -> Page:
    files = {"file": ("contract", file), "older": ("older", older)}
    return await browser.post("/contracts/check", more, files=files, status=status)


def docx(terms: Terms, *more: tuple[str, bytes]) -> bytes:
    """A Word file as small as one can be, with our terms in it."""
    body = msgspec.json.encode(terms).decode().replace("&", "&amp;").replace("<", "&lt;")
    part = f'<{TERMS_ELEMENT} xmlns="{TERMS_NAMESPACE}">{body}</{TERMS_ELEMENT}>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", "<document/>")
        package.writestr("customXml/item1.xml", part)
        for name, content in more:
            package.writestr(name, content)
    return out.getvalue()


async def test_what_the_newer_paper_leaves_out_or_makes_worse_is_marked(sign_in: SignIn) -> None:
    newer = json.loads(AFTER)
    values = newer["papers"][0]["terms"]["values"]
    values["room_size_m2"], values["room_lock_by_worker"] = None, False
    page = await send(await sign_in(Role.INSPECTOR), json.dumps(newer).encode(), SIGNED)
    assert "The newer paper leaves this out." in page.text
    assert "This is worse for the worker." in page.text


async def test_a_worse_paper_is_shown_with_rule_source_and_what_it_would_have_to_say(
    sign_in: SignIn,
) -> None:
    page = await send(await sign_in(Role.INSPECTOR), AFTER, SIGNED)
    assert page.heading == "What the check found"
    assert "CHK-V01" in page.text
    assert "The basic wage was 1,500 SAR a month and is now 1,200 SAR" in page.text
    assert "It would have to say: As before: 1,500 SAR." in page.text
    assert "C189:11, Domestic Workers Convention" in page.text
    assert "DST-CON-01" in page.text
    assert "Second paper on arrival" in page.text
    assert "allegations until an officer confirms them" in page.text


async def test_a_clean_contract_and_a_better_one_give_no_finding(sign_in: SignIn) -> None:
    browser = await sign_in(Role.REGULATOR)
    assert "Nothing was found" in (await send(browser, SIGNED)).text
    raised = msgspec.json.encode(with_values(clean_terms(), wage_amount=1600))
    better = await send(browser, raised, SIGNED)
    assert "Better for the worker" in better.text
    assert "1,500 SAR → 1,600 SAR" in better.text


async def test_terms_in_a_word_file_are_checked(sign_in: SignIn) -> None:
    bad = docx(with_values(clean_terms(), phone_kept_by_worker=False))
    assert "CHK-S04" in (await send(await sign_in(Role.REVIEWER), bad)).text


def bomb() -> bytes:
    return docx(clean_terms(), ("word/media/image1.png", b"\0" * 40_000_000))


REFUSED: list[tuple[str, bytes, str]] = [
    ("a zip bomb", bomb(), "packed in a way that no contract needs"),
    ("a Word file of others", docx(clean_terms())[:200], "no Word file"),
    ("no JSON", b"hello", "not JSON that can be read"),
    ("an unknown corridor", SIGNED.replace(b'"BD"', b'"ZZ"'), "country of origin ZZ"),
    ("a day nobody covers", SIGNED.replace(b"2026-03-01", b"1999-03-01"), "1 March 1999"),
    ("an unknown language", SIGNED.replace(b'"bn"', b'"qqq"'), "not the code of a language"),
    ("code for a browser", b'{"form": "<script>alert(1)</script>"}', "is not known"),
]


@pytest.mark.parametrize(
    ("raw", "sentence"), [one[1:] for one in REFUSED], ids=[one[0] for one in REFUSED]
)
async def test_bad_files_are_refused_with_the_reason(
    raw: bytes, sentence: str, sign_in: SignIn
) -> None:
    page = await send(await sign_in(Role.INSPECTOR), raw, status=422)
    assert sentence in page.text
    assert "file" in page.errors()
    assert "<script>alert" not in page.html


async def test_no_file_and_a_large_file_are_errors_of_the_field(sign_in: SignIn) -> None:
    browser = await sign_in(Role.INSPECTOR)
    assert (await send(browser, b"", status=422)).errors() == {"file": "Choose a file."}
    large = await send(browser, b" " * 2_000_001, status=422)
    assert large.errors() == {"file": "The file is larger than 2 MB."}
    await send(browser, b" " * 5_000_000, status=413)


TYPED = {
    "step": "after_arrival",
    "pack": "domestic-work",
    "origin": "BD",
    "destination": "SA",
    "worker": "woman",
    "signed-day": "30", "signed-month": "3", "signed-year": "2026",
    "arrived-day": "20", "arrived-month": "3", "arrived-year": "2026",
    "wage_amount": "1,200", "wage_currency": "SAR", "wage_period": "month",
    "hours_normal_day": "12",
    "documents_held_by_worker": "no",
    "attached": ["loan"],
}  # fmt: skip


async def test_values_typed_in_are_checked_and_nothing_else_is_called_missing(
    sign_in: SignIn,
) -> None:
    browser = await sign_in(Role.COMPLAINTS_OFFICER)
    form = await browser.get("/contracts/check/typed")
    assert form.heading == "Type in a contract to check"
    older = {"older": ("older", SIGNED)}
    page = await browser.post("/contracts/check/typed", TYPED, files=older, status=200)
    found = {word for word in page.text.split() if word.startswith("CHK-")}
    assert {"CHK-V01", "CHK-V17", "CHK-C02", "CHK-S03", "CHK-S07"} <= found
    tags = [one.text for one in page.all("strong") if "govuk-tag" in (one.get("class") or "")]
    assert not {"CHK-S01", "CHK-S02", "CHK-V15"} & {(one or "").strip() for one in tags}


async def test_what_was_typed_wrongly_is_told_all_at_once_and_stays(sign_in: SignIn) -> None:
    browser = await sign_in(Role.INSPECTOR)
    wrong = {**TYPED, "pack": "piracy", "wage_amount": "much", "signed-day": "31",
             "signed-month": "2", "room_type": "balcony"}  # fmt: skip
    page = await browser.post("/contracts/check/typed", wrong, status=422)
    assert page.errors().keys() == {"pack", "wage_amount", "signed", "room_type"}
    assert page.form("/contracts/check/typed")["wage_currency"] == "SAR"


# what was typed, the field with the error, a part of the error
MISTYPED: list[tuple[str, dict[str, str], str, str]] = [
    ("no currency", {"wage_currency": ""}, "wage_currency", "Write the currency of the wage"),
    ("a currency of nobody", {"wage_currency": "riyal"}, "wage_currency", "three letters"),
    ("a day without law", {"signed-year": "1999"}, "signed", "30 March 1999"),
]


@pytest.mark.parametrize(("typed", "field", "sentence"), [one[1:] for one in MISTYPED],
                         ids=[one[0] for one in MISTYPED])  # fmt: skip
async def test_what_cannot_be_checked_is_told_at_its_field(
    typed: dict[str, str], field: str, sentence: str, sign_in: SignIn
) -> None:
    browser = await sign_in(Role.INSPECTOR)
    older = {"older": ("older", SIGNED)}
    page = await browser.post("/contracts/check/typed", {**TYPED, **typed}, files=older, status=422)
    errors = page.errors()
    assert errors.keys() == {field}
    assert sentence in errors[field]


async def test_a_bad_older_file_is_an_error_of_its_own_field(sign_in: SignIn) -> None:
    browser = await sign_in(Role.INSPECTOR)
    older = {"older": ("older", b"hello")}
    page = await browser.post("/contracts/check/typed", TYPED, files=older, status=422)
    assert page.errors().keys() == {"older"}


async def test_small_letters_of_a_currency_are_understood(sign_in: SignIn) -> None:
    browser = await sign_in(Role.INSPECTOR)
    older = {"older": ("older", SIGNED)}
    typed = {**TYPED, "wage_currency": "sar"}
    page = await browser.post("/contracts/check/typed", typed, files=older, status=200)
    assert "CHK-V01" in page.text


@pytest.mark.parametrize("role", Role)
async def test_only_people_who_look_at_contracts_may(role: Role, sign_in: SignIn) -> None:
    browser = await sign_in(role)
    for address in ("/contracts/check", "/contracts/check/typed"):
        await browser.get(address, status=200 if role in MAY else 403)
        if role not in MAY:
            await browser.post(address, {}, status=403)


async def test_a_stranger_must_sign_in(browser: Browser) -> None:
    page = await browser.client.get("/en/contracts/check")
    assert page.status_code in (302, 303)


async def test_nothing_is_stored(sign_in: SignIn, session: AsyncSession) -> None:
    browser = await sign_in(Role.INSPECTOR)
    before = (await session.execute(text("select count(*) from history_entries"))).scalar_one()
    await send(browser, AFTER, SIGNED)
    assert (
        await session.execute(text("select count(*) from history_entries"))
    ).scalar_one() == before
