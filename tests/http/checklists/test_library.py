"""The public pages of the checklists: what a reader finds, in each language, and what is not there."""

from pathlib import Path

import pytest

from clients import XHTML, Browser, Page, text_of
from factories.checklists import LOADED_AT, make_library
from recruitwatch.actor import SYSTEM
from recruitwatch.bundled import folder
from recruitwatch.checklists.actions import load_library

LISTS = ("covenant", "destination", "predeparture", "returnee", "sop")
ENGLISH_ONLY = "These questions are in English: no reviewed translation exists yet."
PROVENANCE = {
    "covenant": "Do not quote an item as the text of the Covenant.",
    "sop": "Do not quote an item as the text of the SOP.",
    "returnee": "They quote no official interview form.",
}


def article(page: Page, item: str) -> str:
    """The words of one item."""
    return text_of(next(one for one in page.all("article") if one.get("id") == item))


async def test_library_shows_every_list_with_who_fills_it_in_and_where_it_comes_from(
    browser: Browser,
) -> None:
    page = await browser.get("/checklists")
    assert page.heading == "Checklists"
    for name, address in (
        ("Covenant conformity checklist", "covenant"),
        ("Government SOP inspection checklist", "sop"),
        ("Labour attache destination check", "destination"),
    ):
        assert page.links()[name] == f"/en/checklists/{address}"
    assert "Government inspector (two persons, one woman)" in page.text
    assert "Critical: " in page.text
    for sentence in PROVENANCE.values():
        assert sentence in page.text


@pytest.mark.parametrize("language", ["en", "bn", "ar"])
@pytest.mark.parametrize("name", LISTS)
async def test_every_list_can_be_read_in_every_language(
    browser: Browser, name: str, language: str
) -> None:
    page = await browser.get(f"/checklists/{name}", language=language)
    questions = [one for one in page.all("h3") if (one.get("id") or "").endswith("-question")]
    assert len(questions) == len(page.all("article")) > 10
    marks = {(one.get("lang"), one.get("dir")) for one in questions}
    assert marks == {(None, None) if language == "en" else ("en", "ltr")}
    assert "official" in page.text


async def test_pages_in_other_languages_say_that_questions_are_in_english(browser: Browser) -> None:
    for address in ("/checklists", "/checklists/sop"):
        assert ENGLISH_ONLY not in (await browser.get(address)).text
        for language in ("bn", "ar"):
            page = await browser.get(address, language=language)
            notices = [
                one for one in page.all("div") if "govuk-inset-text" in (one.get("class") or "")
            ]
            assert notices, address


async def test_an_item_is_shown_with_all_that_decides_how_it_is_judged(browser: Browser) -> None:
    page = await browser.get("/checklists/covenant/1")
    item = article(page, "COV-LAW-05")
    for words in (
        "Critical",
        "Did you find anyone recruited below the lawful age",
        "One confirmed case is a failure.",
        "Yes, no, or does not apply",
        "Counts as compliant No",
        "Document seen (copy or photo kept)",
        "Licence, legality and premises",
        "the agency can",
    ):
        assert words in item, words
    share = article(page, "COV-LAW-03")
    assert "How many were checked, and how many of them were in order" in share
    assert "Counts as compliant All that were checked" in share


async def test_sources_are_named_with_how_far_each_was_checked(browser: Browser) -> None:
    item = article(await browser.get("/checklists/covenant"), "COV-LAW-01")
    assert (
        "Covenant of Ethical Conduct and Good Practices for Overseas Employment Service Providers "
        "(2005) (We could not obtain its text and quote nothing from it.)"
    ) in item
    assert "place: OG21 (We read a part or a summary of it.)" in item
    assert "IOM IRIS Standard" in item
    assert "(We read its text.)" in item


async def test_contents_lead_to_every_section(browser: Browser) -> None:
    page = await browser.get("/checklists/sop")
    ids = {one.get("id") for one in page.tree.iter()}
    anchors = [url for url in page.links().values() if url.startswith("#section-")]
    assert len(anchors) == len([one for one in page.all("h2") if "section-" in one.get("id", "")])
    assert all(anchor.removeprefix("#") in ids for anchor in anchors)


async def test_an_item_leads_to_the_item_it_bears_out(browser: Browser) -> None:
    page = await browser.get("/checklists/returnee")
    leading = {
        text: url for text, url in page.links().items() if "#" in url and not url.startswith("#")
    }
    assert leading
    text, url = next(iter(leading.items()))
    target = await browser.get(url.partition("#")[0])
    assert text in article(target, url.partition("#")[2])


@pytest.mark.parametrize(
    "address",
    [
        "/checklists/nothing",
        "/checklists/covenant/2",
        "/checklists/covenant/0",
        "/checklists/covenant/99999999999999999999",
        "/checklists/covenant/one",
        "/checklists/nothing/1",
        "/checklists/covenant/1/compare/2",
        "/checklists/covenant/2/compare/1",
        "/checklists/nothing/1/compare/1",
    ],
)
async def test_what_does_not_exist_is_not_found(browser: Browser, address: str) -> None:
    page = await browser.get(address, status=404)
    assert page.heading == "Page not found"


async def test_a_missing_version_says_so(browser: Browser) -> None:
    page = await browser.get("/checklists/covenant/1/compare/2", status=404)
    assert "There is no such version of this checklist." in page.text


async def test_a_version_compared_with_itself_differs_in_nothing(browser: Browser) -> None:
    page = await browser.get("/checklists/covenant/1/compare/1")
    assert "Both are the same version, so nothing differs." in page.text


def second_covenant() -> bytes:
    """An invented second version: one question reworded, one taken out, one gate eased, one moved."""
    text = (folder("checklists") / "covenant/v1.yaml").read_text(encoding="utf-8")
    text = text.replace(
        '\nversion: 1\nsupersedes: null\nwhy: "First published version."',
        '\nversion: 2\nsupersedes: 1\nwhy: "Clearer words."',
        1,
    )
    start = text.index("      - id: COV-LAW-02")
    end = text.index("      - id: COV-LAW-03")
    after = text.index("      - id: COV-LAW-04")
    removed = text[:start] + text[end:]
    third = text[end:after]
    moved = removed.replace(third, "", 1)
    place = moved.index("      - id: COV-LAW-06")
    moved = moved[:place] + third + moved[place:]
    return moved.replace("turns down work where danger", "refuses work where danger", 1).encode()


async def test_a_new_version_is_compared_readably_and_the_old_page_points_to_it(
    browser: Browser, session, tmp_path: Path
) -> None:
    source = make_library(tmp_path, {"covenant/v2.yaml": second_covenant()})
    await load_library(session, SYSTEM, LOADED_AT, source=source)
    await session.commit()
    page = await browser.get("/checklists/covenant/1/compare/2")
    assert page.heading == "Version 1 and version 2"
    assert "Why version 2 was published: Clearer words." in page.text
    headings = [text_of(one) for one in page.all("h2")]
    assert headings == ["Questions taken out", "Changed questions", "Questions in another place"]
    old, new = page.all("del"), page.all("ins")
    assert "turns down work" in text_of(old[0])
    assert "refuses work" in text_of(new[0])
    assert "COV-LAW-02" in page.text
    assert "COV-LAW-03" in page.text

    assert (
        "This is an old version. New inspections use version 2."
        in (await browser.get("/checklists/covenant/1")).text
    )
    newest = await browser.get("/checklists/covenant")
    assert "old version" not in newest.text
    link = newest.links()["What changed from version 1 to version 2"]
    assert link == "/en/checklists/covenant/1/compare/2"


async def test_a_reviewed_translation_is_shown_and_an_unreviewed_one_is_not(
    browser: Browser, session, tmp_path: Path
) -> None:
    text = second_covenant().decode()
    translated = (
        "        translations:\n          bn:\n            text: {0}\n            guidance: {0}\n"
        "            reviewed: {1}\n"
    )
    for item, words, reviewed in (("01", "প্রশ্ন এক", "true"), ("05", "প্রশ্ন পাঁচ", "false")):
        at = text.index("        refs:", text.index(f"- id: COV-LAW-{item}"))
        text = text[:at] + translated.format(words, reviewed) + text[at:]
    source = make_library(tmp_path, {"covenant/v2.yaml": text.encode()})
    await load_library(session, SYSTEM, LOADED_AT, source=source)
    await session.commit()
    page = await browser.get("/checklists/covenant", language="bn")
    assert "প্রশ্ন এক" in article(page, "COV-LAW-01")
    assert "প্রশ্ন পাঁচ" not in page.text
    spoken = {one.get("id"): one.get("lang") for one in page.all("h3")}
    assert spoken["COV-LAW-01-question"] is None
    assert spoken["COV-LAW-05-question"] == "en"


async def test_the_document_is_given_to_machines_and_not_sent_twice(browser: Browser) -> None:
    answer = (await browser.get("/api/checklists/covenant/1")).response
    document = answer.json()
    assert (document["id"], document["version"]) == ("covenant", 1)
    assert document["sections"][0]["items"][0]["id"] == "COV-LAW-01"
    again = await browser.client.get(
        "/api/checklists/covenant/1", headers={"If-None-Match": answer.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    missing = (await browser.get("/api/checklists/covenant/2", status=404)).response
    assert missing.json()["error"]["code"] == "checklist.version-unknown"


async def test_pages_cost_few_queries(browser: Browser, queries) -> None:
    await browser.get("/checklists/sop")
    with queries(at_most=6):
        await browser.get("/checklists/sop")
    with queries(at_most=2):
        await browser.get("/checklists")


async def test_no_page_sets_a_cookie(browser: Browser) -> None:
    for address in ("/checklists", "/checklists/sop", "/checklists/sop/1/compare/1"):
        page = await browser.get(address)
        assert "set-cookie" not in page.response.headers
        assert not [one for one in page.tree.iter() if one.tag == f"{XHTML}form"]
