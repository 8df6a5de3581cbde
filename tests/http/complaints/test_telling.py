"""A worker tells what happened, question by question, without script or cookie."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser, text_of
from factories.complaints import desk_with_officers
from phones import Phone
from recruitwatch.complaints.pages import words
from recruitwatch.viewing.limits import LARGEST_FILE

NUMBER = "Women's help line +880 1713 000000"
PAGES = [
    "What do you want to happen?",
    "What happened?",
    "Is any of this true now?",
    "Do you have a photo of any paper?",
    "Do you know the agency's licence number?",
    "What number did you call or pay?",
    "Where is their office?",
    "Whose name is on the paper?",
    "Who took your money, or brought you to them?",
    "When did you travel, and with whom?",
    "Who do you work for?",
    "How much did you pay, and when?",
    "Who must not see this?",
    "How can we reach you safely?",
    "Is this right?",
    "This is your code",
]


async def begin(phone: Phone) -> None:
    await phone.load()
    await phone.press("No, start")


async def at_happened(phone: Phone) -> None:
    await begin(phone)
    await phone.press("Go on")


def photo() -> bytes:
    held = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(held, "JPEG")
    return held.getvalue()


async def test_the_questions_come_one_by_one_and_back_again(phone: Phone) -> None:
    await begin(phone)
    seen = [phone.page.heading]
    for number in range(2, len(PAGES) + 1):
        button = "Yes, get my code" if number == len(PAGES) else "Go on"
        said = {"happened": ["FEE-01"]} if phone.page.heading == "What happened?" else {}
        page = await phone.press(button, said)
        assert f"{number} of 16" in page.text
        seen.append(page.heading)
    assert seen == PAGES
    for title in reversed(PAGES[:-1]):
        assert (await phone.press("Back")).heading == title
    assert (await phone.press("Back")).heading == "Are you in danger now?"
    assert (await phone.press("No, start")).heading == PAGES[0]
    await phone.press("Go on")
    assert phone.picked() == {"FEE-01"}


async def test_only_what_happened_must_be_told(phone: Phone) -> None:
    await at_happened(phone)
    page = await phone.press("Go on", status=422)
    assert page.heading == "What happened?"
    assert phone.errors() == {"happened": "Choose a sentence, or write what happened."}
    assert text_of(page.all("title")[0]).startswith("Error:")
    assert (await phone.press("Back")).heading == "What do you want to happen?"
    await phone.press("Go on")
    assert (
        await phone.press("Finish now", {"happened_said": "ওরা টাকা নিয়েছে"})
    ).heading == "Is this right?"
    assert "ওরা টাকা নিয়েছে" in phone.page.text


async def test_an_answer_that_is_too_long_is_refused_and_kept_in_the_field(phone: Phone) -> None:
    await at_happened(phone)
    await phone.press("Go on", {"happened": ["DOC-01"]})
    while phone.page.heading != "Where is their office?":
        await phone.press("Go on")
    await phone.press("Go on", {"place": "x" * 301}, status=422)
    assert phone.errors() == {"place": "This is too long. Write at most 300 characters."}
    assert "x" * 301 in phone.page.html
    await phone.press("Go on", {"place": "x" * 300})
    assert phone.page.heading == "Whose name is on the paper?"


async def test_who_changes_an_answer_comes_back_to_all_of_them(phone: Phone) -> None:
    await at_happened(phone)
    await phone.press("Finish now", {"happened": ["WAG-02"], "happened_said": "Six months"})
    page = await phone.press("Change: What number did you call or pay?")
    assert page.heading == "What number did you call or pay?"
    page = await phone.press("Go on", {"phone": "০১৭১৩-৪৫৬৭৮৯"})
    assert page.heading == "Is this right?"
    assert "০১৭১৩-৪৫৬৭৮৯" in page.text
    assert "They do not pay me." in page.text
    assert "Six months" in page.text


async def test_sums_and_times_are_kept_as_said_and_shown_in_figures(phone: Phone) -> None:
    await at_happened(phone)
    await phone.press("Finish now", {"happened": ["FEE-01"]})
    await phone.press("Change: How much did you pay, and when?")
    page = await phone.press("Go on", {"paid": "২ লাখ টাকা", "paid_when": "3 May 2026"})
    assert "২ লাখ টাকা" in page.text
    assert "We read this as 200,000 BDT." in page.text
    assert "We read this as 3 May 2026." in page.text
    await phone.press("Change: How much did you pay, and when?")
    page = await phone.press("Go on", {"paid": "a lot", "paid_when": "I do not remember"})
    assert "a lot" in page.text
    assert "We read this" not in page.text


async def test_a_language_is_changed_on_any_page_and_nothing_typed_is_lost(phone: Phone) -> None:
    await at_happened(phone)
    page = await phone.press("العربية", {"happened": ["CNF-01"], "happened_said": "help"})
    assert page.all("html")[0].get("dir") == "rtl"
    assert phone.picked() == {"CNF-01"}
    assert "help" in page.html
    await phone.press("English")
    assert phone.page.heading == "What happened?"
    assert phone.picked() == {"CNF-01"}


async def test_in_danger_the_numbers_come_first_and_three_pages_are_enough(phone: Phone) -> None:
    await phone.load()
    page = await phone.press("Yes, I am in danger")
    assert page.heading == "What is happening?"
    assert "1 of 3" in page.text
    assert phone.focusable()[1:4] == [
        "Police 999", "Women's help line +880 1713 000000", "Embassy 16135",
    ]  # fmt: skip
    await phone.press("Go on", {"happened": ["VIO-01"]})
    assert phone.page.heading == "How can we reach you safely?"
    await phone.press("Go on", {"reach": "at night"})
    assert phone.page.heading == "This is your code"
    await phone.press("See or change my answers")
    assert "at night" in phone.page.text


async def test_about_an_official_it_says_who_sees_it(phone: Phone) -> None:
    await at_happened(phone)
    await phone.press("Finish now", {"happened": ["FEE-01"]})
    assert "Only officers who work on such cases" in phone.page.text
    await phone.press("Change: Who must not see this?")
    await phone.press("Go on", {"official": "yes", "hide_person": "Mr Karim"})
    assert "Only people who check officials" in phone.page.text
    assert "It is about an official." in phone.page.text
    assert "Mr Karim" in phone.page.text
    await phone.press("Change: Who must not see this?")
    assert phone.picked() == {"yes"}
    await phone.press("Go on", {"official": ""})
    assert "Only officers who work on such cases" in phone.page.text


async def test_an_office_can_be_left_out(phone: Phone, session: AsyncSession) -> None:
    desk = await desk_with_officers(session)
    await session.commit()
    await at_happened(phone)
    await phone.press("Finish now", {"happened": ["FEE-01"]})
    await phone.press("Change: Who must not see this?")
    await phone.press("Go on", {"hide_offices": [str(desk.office_id), "not-an-office"]})
    await phone.press("Change: Who must not see this?")
    assert phone.picked() == {str(desk.office_id)}


async def at_paper(phone: Phone) -> None:
    await at_happened(phone)
    await phone.press("Go on", {"happened": ["DOC-01"]})
    await phone.press("Go on")
    assert phone.page.heading == "Do you have a photo of any paper?"


async def test_photos_are_added_and_taken_away(phone: Phone) -> None:
    await at_paper(phone)
    assert "At most 10 MB. At most 5 files." in phone.page.text
    await phone.press("Add this file", file=("a.jpg", photo(), "image/jpeg"))
    assert "File 1" in phone.page.text
    await phone.press("Go on", file=("b.jpg", photo(), "image/jpeg"))
    await phone.press("Back")
    assert "File 2" in phone.page.text
    await phone.press("Take file 1 away")
    assert "File 1" in phone.page.text
    assert "File 2" not in phone.page.text
    await phone.press("Finish now")
    assert "Files added: 1" in phone.page.text


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "This file is empty."), (b"MZ this is a program", "This file is not a photo or a PDF.")],
)
async def test_other_files_are_refused_beside_the_field(
    phone: Phone, content: bytes, said: str
) -> None:
    await at_paper(phone)
    await phone.press("Add this file", file=("x.jpg", content, "image/jpeg"), status=422)
    assert phone.errors() == {"file": said}
    assert (await phone.press("Go on")).heading == "Do you know the agency's licence number?"


async def test_a_file_too_big_is_refused_by_its_length_and_the_page_goes_on(phone: Phone) -> None:
    await at_paper(phone)
    huge = ("x.jpg", b"\xff\xd8\xff" + bytes(LARGEST_FILE + 100_000), "image/jpeg")
    await phone.press("Add this file", file=huge, status=422)
    assert phone.errors() == {"file": "This file is too big. It can have 10 MB at most."}
    assert (await phone.press("Go on")).heading == "Do you know the agency's licence number?"


async def test_a_sixth_file_is_refused(phone: Phone) -> None:
    await at_paper(phone)
    for _ in range(5):
        await phone.press("Add this file", file=("a.jpg", photo(), "image/jpeg"))
    await phone.press("Add this file", file=("a.jpg", photo(), "image/jpeg"), status=422)
    assert phone.errors() == {"file": "You can add five files. To add another, remove one first."}


async def test_the_way_out_and_the_numbers_come_first_on_every_page(phone: Phone) -> None:
    await phone.load()
    assert phone.focusable()[:4] == [
        "Leave this page now", "Police 999", "Women's help line +880 1713 000000", "Embassy 16135",
    ]  # fmt: skip
    await phone.press("No, start")
    first = [
        "Leave this page now",
        "Police 999",
        "Women's help line +880 1713 000000",
        "More numbers",
    ]
    for _ in range(15):
        assert phone.focusable()[:4] == first, phone.page.heading
        asked = phone.page.heading
        said = {"happened": ["FEE-01"]} if asked == "What happened?" else {}
        await phone.press("Yes, get my code" if asked == "Is this right?" else "Go on", said)
    assert phone.page.heading == "This is your code"
    assert phone.focusable()[:4] == first
    assert {one.get("href") for one in phone.page.all("a")} >= {"tel:999", "tel:+8801713000000"}


async def test_leaving_shows_a_calendar_and_forgets_the_cache(phone: Phone) -> None:
    await begin(phone)
    page = await phone.press("Leave this page now", status=303, within="page")
    assert page.response.headers["location"] == "/en/calendar"
    assert page.response.headers["clear-site-data"] == '"cache"'
    await phone.load("/calendar")
    assert phone.page.heading == "June 2026"
    assert phone.focusable() == ["বাংলা", "العربية"]


@pytest.mark.parametrize(
    ("language", "heading", "first"),
    [("en", "June 2026", "Monday"), ("bn", "জুন ২০২৬", "রবিবার"), ("ar", "يونيو ٢٠٢٦", "السبت")],
)
async def test_the_calendar_is_that_of_the_language(
    browser: Browser, language: str, heading: str, first: str
) -> None:
    page = await Phone(browser, language).load("/calendar")
    assert page.heading == heading
    assert page.all("th")[0].get("abbr") == first


@pytest.mark.parametrize(
    "address",
    [
        "case",
        "code",
        "danger",
        "delete",
        "file",
        "leave",
        "message",
        "paper",
        "send",
        "start",
        "step",
        "withdraw",
    ],
)
async def test_loading_an_address_that_takes_forms_leads_to_the_first_page(
    browser: Browser, address: str
) -> None:
    page = await Phone(browser).load(f"/help/{address}", status=303)
    assert page.response.headers["location"] == "/en/help"


@pytest.mark.parametrize(
    "address", ["step", "paper", "send", "case", "message", "file", "withdraw"]
)
async def test_a_form_without_its_token_gets_a_plain_page(browser: Browser, address: str) -> None:
    phone = Phone(browser)
    phone._seen(
        await browser.client.post(f"/en/help/{address}", data={"t": "x", "v": "x"}),
        404 if address != "message" else 422,
    )
    assert phone.focusable()[0] == "Leave this page now"


async def test_an_unknown_address_under_help_has_the_frame_and_the_numbers(phone: Phone) -> None:
    await phone.load()
    await phone.load("/help/nothing", status=404)
    assert phone.focusable()[:3] == ["Leave this page now", "Police 999", NUMBER]
    assert "First page" in phone.focusable()


@pytest.mark.parametrize(
    "address", ["start", "step", "paper", "send", "case", "file", "danger", "withdraw"]
)
async def test_a_page_that_is_too_old_has_the_numbers_and_the_field_for_the_code(
    phone: Phone, address: str
) -> None:
    await phone.load()
    phone._seen(
        await phone.client.post(f"/en/help/{address}", data={"t": "gone", "v": "gone"}), 404
    )
    assert phone.page.heading == "This page is too old"
    assert text_of(phone.page.all("title")[0]) == "Your page"
    assert phone.focusable()[:3] == ["Leave this page now", "Police 999", NUMBER]
    assert [box.get("name") for box in phone.page.all("input") if box.get("type") == "text"] == [
        "code"
    ]


async def test_every_question_has_at_most_twelve_words(phone: Phone) -> None:
    questions = [one.question for one in words.QUESTIONS.values()]
    questions += [words.IN_DANGER.question, *words.LABELS.values(), *words.WISHES.values()]
    questions += [*words.HAPPENINGS.values(), *words.NOW.values()]
    await at_happened(phone)
    for _ in range(14):
        for tag in ("h1", "h2", "label", "legend"):
            questions += [text_of(one) for one in phone.page.all(tag)]
        asked = phone.page.heading
        said = {"happened": ["FEE-01"]} if asked == "What happened?" else {}
        await phone.press("Yes, get my code" if asked == "Is this right?" else "Go on", said)
    assert [one for one in questions if len(one.split()) > words.MOST_WORDS_OF_A_QUESTION] == []
