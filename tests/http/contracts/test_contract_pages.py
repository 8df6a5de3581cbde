"""Regulators make a contract in the browser, register, replace and cancel it; everybody checks a paper."""

import hashlib
import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from io import BytesIO
from uuid import UUID, uuid4

import pikepdf
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser, Page, text_of
from conftest import SignIn
from factories.registered_contracts import example
from recruitwatch.accounts.values import Role
from recruitwatch.actor import Actor
from recruitwatch.contracts.forms.making import carry
from recruitwatch.contracts.queries.registered import get_contract

ActorOf = Callable[..., Awaitable[Actor]]
START = {
    "pack": "domestic-work", "origin": "PH", "destination": "HK", "official": "en", "second": "ar",
    "signed-day": "1", "signed-month": "12", "signed-year": "2025", "worker": "woman",
    "form_token": "6f0d3c1e-5f0a-4f0e-9c55-1d5d0c2d8f11",
}  # fmt: skip
RATE = {
    "rate_of": "USD", "rate": "7.78", "rate_to": "HKD", "rate_on-day": "1", "rate_on-month": "12",
    "rate_on-year": "2025", "rate_source": "Sample bank",
}  # fmt: skip
OWN_RATE = {**RATE, "rate_on-day": "1", "rate_on-month": "6", "rate_on-year": "2026"}
NAMES = ("Liza", "Dimaculangan", "Chan Wing Yan", "P0003310B", "5,200")


@pytest.fixture
async def regulator(sign_in: SignIn) -> Browser:
    return await sign_in(Role.REGULATOR)


async def register(browser: Browser, **values: object) -> Page:
    return await browser.follow(await browser.post("/contracts/new/register", form(**values)))


def form(**values: object) -> dict[str, str]:
    """What the page of what was chosen sends."""
    return {"asked": carry(example(**values)), "form_token": str(uuid4())}  # type: ignore[arg-type]


def place_of(page: Page) -> str:
    return str(page.response.url).split("?")[0].replace("http://recruitwatch.test/en", "")


async def number_and_code(session: AsyncSession, page: Page) -> tuple[str, str]:
    known = await get_contract(session, UUID(place_of(page).rsplit("/", 1)[1]))
    return known.number, known.newest.sha256[:16]


async def test_only_regulators_make_and_read_contracts(sign_in: SignIn, browser: Browser) -> None:
    place = place_of(await register(await sign_in(Role.REGULATOR)))
    addresses = ("/contracts", "/contracts/new", place, f"{place}/cancel", f"{place}/1/html")
    for role in set(Role) - {Role.REGULATOR, Role.AGENCY}:
        person = await sign_in(role)
        for address in addresses:
            page = await person.get(address, status=403)
            assert "Liza" not in page.text
    for address in addresses:
        await browser.get(address, status=303)


async def test_from_the_corridor_to_a_registered_contract(regulator: Browser) -> None:
    page = await regulator.post("/contracts/new", START, status=200)
    assert page.heading == "Fill in the contract"
    assert "the law of Hong Kong SAR China says 5,100 HKD" in page.text
    typed = {**page.form("/values"), "wage_amount": "4000", "wage_currency": "HKD"}
    page = await regulator.post("/contracts/new/values", typed, status=200)
    assert "Basic wage: 5,100 HKD, by the law of Hong Kong SAR China" in page.text
    assert "4,000 HKD was given, and the rule is better for the worker" in page.text
    assert "It never blocks" in page.text
    assert "cannot be registered" in page.text
    again = await regulator.post("/contracts/new/change", page.form("/change"), status=200)
    assert again.form("/values")["wage_amount"] == "4000"
    draft = page.form("/file")
    for kind in ("preview", "html"):
        answer = await regulator.client.post("/en/contracts/new/file", data={**draft, "kind": kind})
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert "default-src 'none'" in answer.headers["content-security-policy"] or kind == "html"
        assert "5,100" in answer.text
    for kind, begins in (("pdf", b"%PDF-"), ("docx", b"PK")):
        answer = await regulator.client.post("/en/contracts/new/file", data={**draft, "kind": kind})
        assert answer.content.startswith(begins)
    await regulator.post("/contracts/new/file", {**draft, "kind": "exe"}, status=404)


async def test_the_paper_holds_its_terms_and_its_address(
    session: AsyncSession, regulator: Browser
) -> None:
    shown = await register(regulator)
    number, code = await number_and_code(session, shown)
    answer = await regulator.client.get(f"/en{place_of(shown)}/1/pdf")
    with pikepdf.open(BytesIO(answer.content)) as file:
        terms = file.attachments["terms.json"].get_file().read_bytes()
    sha256 = hashlib.sha256(terms).hexdigest()
    assert sha256[:16] == code
    html = (await regulator.client.get(f"/en{place_of(shown)}/1/html")).text
    assert f"/contracts/verify/{number}?h={code}" in html
    assert (await regulator.client.get(f"/en{place_of(shown)}/1/docx")).status_code == 404


async def test_nothing_is_registered_that_cannot_be_printed(
    session: AsyncSession, regulator: Browser
) -> None:
    given = form(worker_name="Liza \U00012000")
    page = await regulator.post("/contracts/new/register", given, status=422)
    assert "U+12000" in page.text
    assert await session.scalar(text("select count(*) from registered_contracts")) == 0


async def test_an_arabic_reader_is_asked_in_arabic(regulator: Browser) -> None:
    page = await regulator.post("/contracts/new", START, status=200, language="ar")
    assert "ساعات العمل" in page.text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"origin": "XX"}, "origin"),
        ({"destination": "XX"}, "destination"),
        ({"pack": "space-work"}, "pack"),
        ({"official": "xx"}, "official"),
        ({"second": "en"}, "second"),
        ({"signed-year": "1950"}, "signed"),
        ({"signed-day": "32"}, "signed"),
        ({"worker": ""}, "worker"),
        ({"pack": "farm-work"}, "destination"),
    ],
)
async def test_a_wrong_beginning_is_refused_at_its_field(
    regulator: Browser, typed: dict[str, str], field: str
) -> None:
    page = await regulator.post("/contracts/new", {**START, **typed}, status=422)
    assert list(page.errors()) == [field]


async def test_wrong_values_are_refused_at_their_fields(
    session: AsyncSession, regulator: Browser
) -> None:
    page = await regulator.post("/contracts/new", START, status=200)
    wrong = {
        "wage_amount": "much", "wage_currency": "QQQ", "hours_normal_day": "90",
        "start_date-day": "1", "room_type": "tent", "rate": "2",
    }  # fmt: skip
    typed = {**page.form("/values"), **wrong}
    page = await regulator.post("/contracts/new/values", typed, status=422)
    assert set(page.errors()) == {"wage_amount", "start_date", "room_type", "rate"}
    assert page.form("/values")["wage_currency"] == "QQQ"
    page = await regulator.post(
        "/contracts/new/values",
        {**typed, "wage_amount": "1", "start_date-day": "", "room_type": "", "rate": ""},
        status=422,
    )
    assert set(page.errors()) == {"wage_currency", "hours_normal_day"}
    old = {**page.form("/values"), **RATE, "rate_on-year": "2024", "wage_currency": "HKD",
           "hours_normal_day": "8"}  # fmt: skip
    page = await regulator.post("/contracts/new/values", old, status=422)
    assert list(page.errors()) == ["rate_on"]
    page = await regulator.post("/contracts/new/values", {**form(), "asked": "{}"}, status=422)
    await regulator.post("/contracts/new/register", {"asked": "{"}, status=422)
    await regulator.post("/contracts/new/register", form(worker_name=None), status=422)
    await regulator.post("/contracts/new/register", {"asked": carry(example())}, status=422)
    assert await session.scalar(text("select count(*) from registered_contracts")) == 0


async def test_a_contract_is_replaced_and_cancelled(
    session: AsyncSession, regulator: Browser, browser: Browser
) -> None:
    shown = await register(regulator)
    assert "The contract is registered." in shown.text
    assert "Liza Dimaculangan" in shown.text
    place = place_of(shown)
    number, old = await number_and_code(session, shown)
    checked = f"/contracts/verify/{number}?h={old}"
    assert "registered and valid" in (await browser.get(checked)).text
    page = await regulator.get(f"{place}/replace")
    assert page.form("/values")["wage_amount"] == "5200"
    typed = {**page.form("/values"), **OWN_RATE, "wage_amount": "5500", **_ticked(page)}
    page = await regulator.post("/contracts/new/values", typed, status=200)
    chosen = page.form("/register")
    await regulator.post("/contracts/new/register", chosen, status=422)
    chosen["reason"] = "More pay."
    shown = await regulator.follow(await regulator.post("/contracts/new/register", chosen))
    assert "5,500" in shown.text
    again = await regulator.follow(await regulator.post("/contracts/new/register", chosen))
    assert place_of(again) == place
    chosen["form_token"] = str(uuid4())
    await regulator.post("/contracts/new/register", chosen, status=409)
    assert "5,200" in (await regulator.get(f"{place}?version=1")).text
    _, new = await number_and_code(session, shown)
    assert "There is a newer version" in (await browser.get(checked)).text
    assert "registered and valid" in (await browser.get(checked.replace(old, new))).text
    await regulator.post(f"{place}/cancel", {"reason": ""}, status=422)
    await regulator.follow(await regulator.post(f"{place}/cancel", {"reason": "She did not go."}))
    page = await browser.get(checked.replace(old, new))
    assert "This contract is cancelled" in page.text
    assert "She did not go" not in page.text
    listed = await regulator.get(f"/contracts?q={number[:8].lower()}")
    assert number in listed.text
    assert "Cancelled" in listed.text
    assert "No contract of this number" in (await regulator.get("/contracts?q=1999")).text


def _ticked(page: Page) -> dict[str, list[str]]:
    """The ticked boxes, of which the form of a test keeps only the last."""
    found: dict[str, list[str]] = {}
    for field in page.all("input"):
        if field.get("type") == "checkbox" and field.get("checked") is not None:
            found.setdefault(field.get("name") or "", []).append(field.get("value") or "")
    return found


async def test_the_public_page_shows_no_name_and_answers_nothing_else(
    session: AsyncSession, regulator: Browser, browser: Browser
) -> None:
    shown = await register(regulator)
    number, code = await number_and_code(session, shown)
    for language in ("en", "bn", "ar"):
        page = await browser.get(f"/contracts/verify/{number}?h={code}", language=language)
        assert "L. D." in page.text
        assert not [word for word in NAMES if word in page.html]
        assert "set-cookie" not in page.response.headers
    typed = f"number={number.lower().replace('-', '+')}&h={code.upper()}"
    assert "registered and valid" in (await browser.get(f"/contracts/verify?{typed}")).text
    other = number[:-1] + ("2" if number[-1] != "2" else "3")
    for address in (
        f"/contracts/verify/{number}?h={'0' * 16}",
        f"/contracts/verify/{number}",
        f"/contracts/verify/{other}?h={code}",
        f"/contracts/verify/anything?h={code}",
        f"/contracts/verify?number={number}",
    ):
        page = await browser.get(address, status=404)
        assert "L. D." not in page.text
    page = await browser.get("/contracts/verify")
    assert number not in page.html


async def test_a_whole_sum_is_compared(
    session: AsyncSession, regulator: Browser, browser: Browser
) -> None:
    shown = await register(regulator)
    number, code = await number_and_code(session, shown)
    sha256 = re.search(r"[0-9a-f]{64}", shown.text)
    assert sha256
    address = f"/contracts/verify/{number}?h={code}&sha256="
    assert "It is the same" in (await browser.get(address + sha256[0])).text
    assert "It is not the same" in (await browser.get(address + "0" * 64)).text
    page = await browser.get(address + "abc", status=422)
    assert list(page.errors()) == ["sha256"]


async def test_templates_on_file_are_listed(regulator: Browser) -> None:
    page = await regulator.get("/contracts/templates")
    assert "This is the first version." in page.text
    page = await regulator.get("/contracts/templates/domestic-work/1/1")
    assert "Nothing reads differently." in page.text
    await regulator.get("/contracts/templates/domestic-work/1/9", status=404)
    for place in ("corridors", "checks"):
        page = await regulator.get(f"/contracts/templates/{place}/1/1")
        assert "Nothing reads differently." in page.text
        await regulator.get(f"/contracts/templates/{place}/1/9", status=404)
    page = await regulator.get("/contracts/templates/checks/1/2")
    assert "CHK-S13" in page.text


def register_again(place: str, **values: object) -> dict[str, str]:
    identity = place.rsplit("/", 1)[1]
    return {**form(**values), "replaces": f"{identity} 1", "reason": "Both sides agreed."}


async def test_the_page_of_what_was_chosen_tells_what_a_check_finds(
    session: AsyncSession, regulator: Browser
) -> None:
    page = await regulator.post("/contracts/new", START, status=200)
    typed = {**page.form("/values"), **_birthday("2014"), "declared_worker_payment": "3000"}
    page = await regulator.post("/contracts/new/values", typed, status=200)
    assert "It cannot be registered like this" in page.text
    assert "The worker is 11 years old" in page.text
    assert "500 USD is a sure figure of law" in page.text
    assert "Register it as the worker told it" in page.text
    assert "could not be checked" not in page.text
    given = form(worker_birth_date="2014-05-01")
    page = await regulator.post("/contracts/new/register", given, status=422)
    assert "The worker is 11 years old" in page.text
    assert await session.scalar(text("select count(*) from registered_contracts")) == 0


def _birthday(year: str) -> dict[str, str]:
    return {
        "worker_birth_date-day": "1", "worker_birth_date-month": "5", "worker_birth_date-year": year,
        "start_date-day": "1", "start_date-month": "1", "start_date-year": "2026",
    }  # fmt: skip


async def test_what_a_worker_paid_is_registered_as_she_told_it(regulator: Browser) -> None:
    shown = await register(regulator, declared_worker_payment=3000)
    paper = (await regulator.client.get(f"/en{place_of(shown)}/1/html")).text
    assert "3,000 Hong Kong dollars" in paper


async def test_a_worse_version_needs_a_word_and_another_worker_is_refused(
    regulator: Browser,
) -> None:
    place = place_of(await register(regulator))
    worse = register_again(place, wage_amount=5150)
    page = await regulator.post("/contracts/new/register", worse, status=422)
    assert list(page.errors()) == ["accepts_worse"]
    assert "The basic wage was" in page.text
    assert page.form("/register")["form_token"] == worse["form_token"]
    other = register_again(place, worker_passport_no="X1", worker_name="Maria Santos")
    page = await regulator.post(
        "/contracts/new/register", {**other, "accepts_worse": "yes"}, status=422
    )
    assert "Passport number of the worker: the registered contract says P0003310B" in page.text
    accepted = {**worse, "accepts_worse": "yes"}
    shown = await regulator.follow(await regulator.post("/contracts/new/register", accepted))
    assert "5,150" in shown.text


async def test_what_no_rule_names_is_told_in_the_same_list_and_needs_a_word(
    regulator: Browser,
) -> None:
    place = place_of(await register(regulator, declared_worker_payment=3000))
    page = await regulator.get(f"{place}/replace")
    typed = {**page.form("/values"), **OWN_RATE, **_ticked(page)}
    typed |= {"declared_worker_payment": "0", "death_benefit": "1", "worker_passport_no": "X1"}
    page = await regulator.post("/contracts/new/values", typed, status=200)
    for told in ("3,000 HKD → 0 HKD", "200,000 → 1", "P0003310B → X1"):
        assert told in page.text
    chosen = {**page.form("/register"), "reason": "As the worker asked."}
    page = await regulator.post("/contracts/new/register", chosen, status=422)
    assert list(page.errors()) == ["accepts_worse"]
    chosen["accepts_worse"] = "yes"
    shown = await regulator.follow(await regulator.post("/contracts/new/register", chosen))
    assert place_of(shown) == place


async def test_a_0_is_not_filled_in_again_in_the_worker_s_name(regulator: Browser) -> None:
    place = place_of(await register(regulator))
    page = await regulator.get(f"{place}/replace")
    assert page.form("/values")["declared_worker_payment"] == ""
    typed = {**page.form("/values"), **OWN_RATE, **_ticked(page)}
    page = await regulator.post("/contracts/new/values", typed, status=200)
    assert "Nobody wrote what the worker paid" in page.text


async def test_a_contract_that_fits_on_no_page_is_not_registered(
    session: AsyncSession, regulator: Browser
) -> None:
    texts = ("worker_name", "employer_name", "employer_address", "worker_home_address",
             "origin_agency_name", "dest_agency_name", "workplace_address", "return_place",
             "next_of_kin_name", "insurer_name", "authority_name", "labour_office_name",
             "support_group_contact", "embassy_phone", "police_phone", "helpline_phone")  # fmt: skip
    given = form(**dict.fromkeys(texts, "W" * 400))
    page = await regulator.post("/contracts/new/register", given, status=422)
    assert "too long to be printed" in page.text
    assert await session.scalar(text("select count(*) from registered_contracts")) == 0


@pytest.mark.parametrize("version", ["0", "-1", "2", "99999999999", "9" * 30, "x"])
async def test_a_version_that_never_was_is_not_found(regulator: Browser, version: str) -> None:
    place = place_of(await register(regulator))
    identity = place.rsplit("/", 1)[1]
    for kind in ("pdf", "preview"):
        await regulator.get(f"{place}/{version}/{kind}", status=404)
    if version != "x":
        await regulator.get(f"{place}?version={version}", status=404)
    page = await regulator.post("/contracts/new", START, status=200)
    typed = {**page.form("/values"), "replaces": f"{identity} {version}"}
    await regulator.post("/contracts/new/values", typed, status=404)
    sent = {**form(), "replaces": f"{identity} {version}", "reason": "More pay."}
    await regulator.post("/contracts/new/register", sent, status=404)


async def count(session: AsyncSession, table: str) -> int:
    return int(await session.scalar(text(f"select count(*) from {table}")) or 0)


async def test_a_form_with_other_terms_than_it_registered_is_refused(
    session: AsyncSession, regulator: Browser
) -> None:
    given = form()
    shown = await regulator.follow(await regulator.post("/contracts/new/register", given))
    number, _ = await number_and_code(session, shown)
    again = await regulator.follow(await regulator.post("/contracts/new/register", given))
    assert place_of(again) == place_of(shown)
    other = {**given, "asked": form(worker_name="Ana Cruz", worker_passport_no="P1")["asked"]}
    page = await regulator.post("/contracts/new/register", other, status=409)
    said = f"This form was registered already, as contract {number}."
    assert page.errors() == {"": said}
    assert page.links()[f"Contract {number}"].endswith(place_of(shown))
    assert "Begin again" in page.links()
    assert await count(session, "contract_versions") == 1


async def test_a_form_that_replaced_one_contract_replaces_no_other(
    session: AsyncSession, regulator: Browser
) -> None:
    first, second = [place_of(await register(regulator)) for _ in "12"]
    given = register_again(first, wage_amount=5400)
    shown = await regulator.follow(await regulator.post("/contracts/new/register", given))
    assert place_of(shown) == first
    moved = {**given, "replaces": register_again(second)["replaces"]}
    page = await regulator.post("/contracts/new/register", moved, status=409)
    number, _ = await number_and_code(session, shown)
    assert number in page.errors()[""]
    alone = {name: one for name, one in given.items() if name != "replaces"}
    await regulator.post("/contracts/new/register", alone, status=409)
    assert await count(session, "contract_versions") == 3


async def test_reload_and_change_values_lead_to_one_contract(
    session: AsyncSession, regulator: Browser
) -> None:
    page = await regulator.get("/contracts/new")
    token = page.form("/new")["form_token"]
    start = {**START, "form_token": token}
    again = await regulator.post("/contracts/new", {**start, "pack": ""}, status=422)
    assert again.form("/new")["form_token"] == token
    page = await regulator.post("/contracts/new", start, status=200)
    assert page.form("/values")["form_token"] == token
    changed = await regulator.post(
        "/contracts/new/change", {**form(), "form_token": token}, status=200
    )
    typed = {**changed.form("/values"), **_ticked(changed)}
    wrong = {**typed, "wage_amount": "much"}
    refused = await regulator.post("/contracts/new/values", wrong, status=422)
    assert refused.form("/values")["form_token"] == token
    pages = [await regulator.post("/contracts/new/values", typed, status=200) for _ in "12"]
    made = [
        await regulator.follow(
            await regulator.post("/contracts/new/register", one.form("/register"))
        )
        for one in pages
    ]
    assert place_of(made[0]) == place_of(made[1])
    back = await regulator.post("/contracts/new/change", pages[0].form("/change"), status=200)
    typed = {**back.form("/values"), **_ticked(back), "wage_amount": "5500"}
    page = await regulator.post("/contracts/new/values", typed, status=200)
    await regulator.post("/contracts/new/register", page.form("/register"), status=409)
    assert await count(session, "registered_contracts") == 1


async def test_a_new_version_has_its_own_day_languages_and_worker(
    session: AsyncSession, regulator: Browser, now: datetime
) -> None:
    place = place_of(await register(regulator))
    page = await regulator.get(f"{place}/replace")
    typed = {**page.form("/values"), **_ticked(page)}
    proposed = {name: typed[name] for name in START if name in typed and name != "form_token"}
    today = {"signed-day": f"{now.day}", "signed-month": f"{now.month}",
             "signed-year": f"{now.year}"}  # fmt: skip
    assert proposed == {"official": "en", "second": "tl", "worker": "woman", **today}
    wrong = {**typed, "second": "en", "signed-day": "32", "worker": "", "wage_amount": "much"}
    page = await regulator.post("/contracts/new/values", wrong, status=422)
    assert set(page.errors()) == {"second", "signed", "worker", "wage_amount"}
    assert page.form("/values")["signed-day"] == "32"
    unsaid = {**typed, "signed-year": "1990"}
    page = await regulator.post("/contracts/new/values", unsaid, status=422)
    assert list(page.errors()) == ["signed"]
    own = {"second": "ar", "signed-day": "2", "worker": "not_said", **OWN_RATE}
    page = await regulator.post("/contracts/new/values", {**typed, **own}, status=200)
    back = await regulator.post("/contracts/new/change", page.form("/change"), status=200)
    assert own.items() <= back.form("/values").items()
    chosen = {
        **page.form("/register"),
        "reason": "The worker reads Arabic.",
        "accepts_worse": "yes",
    }
    shown = await regulator.follow(await regulator.post("/contracts/new/register", chosen))
    known = await get_contract(session, UUID(place.rsplit("/", 1)[1]))
    assert known.newest.signed_on == now.date().replace(day=2)
    assert "The new version is registered." in shown.text


async def test_units_are_those_of_the_currency_that_was_asked_for(regulator: Browser) -> None:
    usd = form(wage_amount=700, wage_currency="USD")
    page = await regulator.post("/contracts/new/change", usd, status=200)
    assert units(page) == {"USD"}
    typed = {**page.form("/values"), **_ticked(page)}
    page = await regulator.post(
        "/contracts/new/values", {**typed, "wage_amount": "much"}, status=422
    )
    assert units(page) == {"USD"}
    page = await regulator.post(
        "/contracts/new/values", {**typed, "wage_currency": "QQQ"}, status=422
    )
    assert units(page) == {"HKD"}


def units(page: Page) -> set[str]:
    """The currencies that stand behind the fields of amounts."""
    suffixes = [
        text_of(one) for one in page.all("div") if "govuk-input__suffix" in (one.get("class") or "")
    ]
    return {one for one in suffixes if re.fullmatch("[A-Z]{3}", one)}


async def test_cancelling_twice_is_cancelling_and_nothing_follows(
    session: AsyncSession, regulator: Browser
) -> None:
    place = place_of(await register(regulator))
    for _ in "12":
        sent = await regulator.post(f"{place}/cancel", {"reason": "She did not go."})
        assert "The contract is cancelled." in (await regulator.follow(sent)).text
    page = await regulator.post(f"{place}/cancel", {"reason": "For another reason."}, status=409)
    assert "This contract is cancelled." in page.text
    for form_of in ("replace", "cancel"):
        page = await regulator.get(f"{place}/{form_of}", status=409)
        assert "This contract is cancelled." in page.text
        assert "Liza" not in page.text
    assert await count(session, "contract_cancellations") == 1
