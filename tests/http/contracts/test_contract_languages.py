"""Pages of contracts in Bangla and Arabic: no label, choice, country or pattern is in English."""

import re
from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import Element

import msgspec
import pytest

from clients import XHTML, Browser, Page
from conftest import SignIn
from factories.contract_checks import (
    clean_terms,
    make_check,
    make_paper,
    with_values,
    without_clauses,
)
from factories.contracts import ROOT, library
from recruitwatch.accounts.values import Role
from recruitwatch.contracts.values.checking import Attached, PrintedText, SignedBy, Step
from recruitwatch.web.languages import catalogue, locale

EXAMPLES = ROOT / "docs" / "examples" / "contract-checks"
OWN_LETTERS = {"ar": re.compile("[\u0621-\u064a]"), "bn": re.compile("[\u0985-\u09b9]")}
# Codes such as SAR, CHK-V01 and H-2A are capitals; an English word has small letters.
ENGLISH_WORD = re.compile(r"[A-Za-z]*[a-z]{2,}[A-Za-z]*")
NAMES = {"Word"}
NOT_READ = {f"{XHTML}{tag}" for tag in ("script", "style", "textarea", "code")}
START = {
    "pack": "domestic-work", "origin": "BD", "destination": "KW", "official": "ar", "second": "bn",
    "signed-day": "1", "signed-month": "12", "signed-year": "2025", "worker": "woman",
"form_token": "6f0d3c1e-5f0a-4f0e-9c55-1d5d0c2d8f11",
}  # fmt: skip
TYPED = {
    "step": "after_arrival", "pack": "domestic-work", "origin": "BD", "destination": "SA",
    "worker": "woman", "signed-day": "30", "signed-month": "3", "signed-year": "2026",
    "arrived-day": "20", "arrived-month": "3", "arrived-year": "2026", "wage_amount": "1200",
    "wage_currency": "SAR", "wage_period": "week", "hours_normal_day": "12",
    "annual_leave_days": "10", "room_type": "shared_children", "food_mode": "allowance",
    "documents_held_by_worker": "no", "attached": ["loan"],
}  # fmt: skip
# What somebody wrote on a paper stays as it was written.
PEOPLE = {
    "job_title": "cook", "workplace_address": "12 / 4", "household_care_needs": "2 + 1",
    "employer_name": "فيصل",
}  # fmt: skip

pytestmark = pytest.mark.parametrize("language", ["ar", "bn"])


def read_aloud(node: Element, tongue: str = "") -> Iterator[str]:
    """The texts of a part of a page that are not marked as English."""
    tongue = node.get("lang") or tongue
    if node.tag in NOT_READ:
        return
    if tongue != "en" and node.text:
        yield node.text
    for child in node:
        yield from read_aloud(child, tongue)
        if tongue != "en" and child.tail:
            yield child.tail


def english_words(page: Page) -> list[str]:
    said = " ".join(read_aloud(page.all("main")[0]))
    return [one for one in ENGLISH_WORD.findall(said) if one not in NAMES]


def labels(page: Page) -> list[str]:
    found = [
        one for tag in ("label", "legend") for one in page.all("main")[0].iter(f"{XHTML}{tag}")
    ]
    return [" ".join("".join(one.itertext()).split()) for one in found]


def choices(page: Page, name: str) -> dict[str, str]:
    [select] = [one for one in page.all("select") if one.get("name") == name]
    return {
        one.get("value") or "": (one.text or "").strip()
        for one in select.iter(f"{XHTML}option")
        if one.get("value")
    }


def in_own_language(page: Page, language: str) -> None:
    assert english_words(page) == []
    strange = [one for one in labels(page) if not OWN_LETTERS[language].search(one)]
    assert strange == []


async def open_form(browser: Browser, language: str, address: str) -> Page:
    page = await browser.get(address, language=language)
    names, words = locale(language).territories, catalogue(language)
    assert choices(page, "origin") == {
        one.code: names[one.code] for one in library().newest_corridors.origins.origins
    }
    for one in library().newest_corridors.destinations.destinations:
        said = names[one.code] if one.code == one.country else words.ugettext(one.name)
        assert choices(page, "destination")[one.code] == said
    titles = {name: words.ugettext(one.written.title) for (name, _), one in library().packs.items()}
    assert choices(page, "pack") == titles
    return page


async def test_making_a_contract(sign_in: SignIn, language: str) -> None:
    browser = await sign_in(Role.REGULATOR)
    page = await open_form(browser, language, "/contracts/new")
    assert english_words(page) == []
    page = await browser.post("/contracts/new", START, language=language, status=200)
    in_own_language(page, language)
    typed = {
        **page.form("/values"), "wage_amount": "50", "wage_currency": "KWD", "trial_days": "120",
        "rest_weekly_hours": "30",
    }  # fmt: skip
    page = await browser.post("/contracts/new/values", typed, language=language, status=200)
    assert english_words(page) == []
    assert "KWD" in page.text


async def test_a_closed_corridor_is_told_with_its_english_note(
    sign_in: SignIn, language: str
) -> None:
    browser = await sign_in(Role.REGULATOR)
    closed = {**START, "origin": "NP", "destination": "AE", "signed-day": "10", "signed-month": "2",
              "signed-year": "2026"}  # fmt: skip
    page = await browser.post("/contracts/new", closed, language=language, status=200)
    page = await browser.post(
        "/contracts/new/values", page.form("/values"), language=language, status=200
    )
    marked = [one for one in page.all("bdi") if one.get("lang") == "en"]
    assert {one.get("dir") for one in marked} == {"ltr"}
    assert any("Domestic work in the Gulf" in (one.text or "") for one in marked)
    assert english_words(page) == []


@pytest.mark.parametrize("pack", ["caregiver", "farm-work"])
async def test_other_kinds_of_work(sign_in: SignIn, language: str, pack: str) -> None:
    browser = await sign_in(Role.REGULATOR)
    places = {"caregiver": ("PH", "TW"), "farm-work": ("MX", "US-H2A")}
    origin, destination = places[pack]
    start = {**START, "pack": pack, "origin": origin, "destination": destination}
    page = await browser.post("/contracts/new", start, language=language, status=200)
    in_own_language(page, language)


async def test_a_mistake_is_told_with_the_name_of_its_field(sign_in: SignIn, language: str) -> None:
    browser = await sign_in(Role.REGULATOR)
    page = await browser.post("/contracts/new", START, language=language, status=200)
    wrong = {**page.form("/values"), "trial_days": "9000", "hours_normal_day": "0"}
    page = await browser.post("/contracts/new/values", wrong, language=language, status=422)
    assert {"trial_days", "hours_normal_day"} <= page.errors().keys()
    assert english_words(page) == []
    nowhere = {**START, "pack": "farm-work"}
    page = await browser.post("/contracts/new", nowhere, language=language, status=422)
    assert catalogue(language).ugettext("Seasonal farm work") in page.errors()["destination"]
    assert english_words(page) == []


async def test_a_contract_typed_in(sign_in: SignIn, language: str) -> None:
    browser = await sign_in(Role.INSPECTOR)
    page = await open_form(browser, language, "/contracts/check/typed")
    in_own_language(page, language)
    older = {"older": ("older", (EXAMPLES / "signed.json").read_bytes())}
    page = await browser.post(
        "/contracts/check/typed", TYPED, files=older, language=language, status=200
    )
    assert "CHK-V13" in page.text
    assert english_words(page) == []


async def checked(browser: Browser, language: str, file: bytes, older: bytes = b"") -> Page:
    files = {"file": ("contract", file), "older": ("older", older)}
    return await browser.post("/contracts/check", {}, files=files, language=language, status=200)


async def test_the_examples(sign_in: SignIn, language: str) -> None:
    browser = await sign_in(Role.INSPECTOR)
    after, signed = (
        (EXAMPLES / f"{name}.json").read_bytes() for name in ("after-arrival", "signed")
    )
    page = await checked(browser, language, after, signed)
    assert catalogue(language).ugettext("Second paper on arrival") in page.text
    assert "C189:11, Domestic Workers Convention" in page.text
    assert english_words(page) == []


async def test_a_bad_contract_with_every_kind_of_value(sign_in: SignIn, language: str) -> None:
    """Clauses that are gone, stamps, languages, licences, changed choices, yes and no, days, figures."""
    texts = (
        PrintedText(language="ar", values={"wage_amount": 1500.5, "cctv_in_home": True}),
        PrintedText(language="bn", values={"wage_amount": 1400, "cctv_in_home": False}),
    )
    old = make_paper(terms=with_values(clean_terms(), **PEOPLE))
    worse = with_values(
        without_clauses(clean_terms(), "VIOLENCE", "ROOM"), **PEOPLE | {
            "wage_amount": 900, "wage_period": "fortnight", "wage_currency": "USD", "trial_days": 120,
            "hours_normal_day": 12.5, "annual_leave_days": 8, "employer_name": "",
            "phone_kept_by_worker": False, "food_mode": "allowance", "job_title": "driver",
            "task_list": ("cleaning", "cooking"), "start_date": "2026-05-01",
            "worker_birth_date": "2012-01-01", "declared_worker_payment": 500,
            "worker_language": "ne", "rest_day_name": "monday", "free_internet": False,
        },
    )  # fmt: skip
    newer = make_paper(
        Step.AFTER_ARRIVAL, worse, signed_on=date(2026, 3, 30),
        seen={
            "texts": texts, "stamps": (), "attached": tuple(Attached), "worker_reads": ("ne",),
            "worker_signed": SignedBy.SOMEBODY_ELSE, "independent_witness": False, "licences": (),
        },
    )  # fmt: skip
    browser = await sign_in(Role.INSPECTOR)
    page = await checked(browser, language, msgspec.json.encode(make_check(old, newer)))
    for rule in ("S01", "S02", "S11", "S12", "S13", "V03", "V04", "V13", "V15", "C12", "C10"):
        assert f"CHK-{rule}" in page.text, rule
    assert english_words(page) == []
