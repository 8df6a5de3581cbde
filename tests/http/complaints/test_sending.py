"""Send, and coming back with the code."""

import re

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from clients import XHTML, Browser, text_of
from conftest import Slot
from factories.complaints import DeskMade
from phones import Phone
from recruitwatch.complaints.pages import words
from recruitwatch.complaints.values.states import State

PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc"
    b"\xf8\xcf\xc0\xf0\x1f\0\5\0\1\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82"
)
BANGLA = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")


def code_on(phone: Phone) -> str:
    """The sixteen digits shown first on the page."""
    shown = next(one for one in phone.page.all("p") if one.get("class") == "code")
    digits = re.sub(r"\D", "", text_of(shown))
    assert len(digits) == 16
    assert [len(text_of(group)) for group in shown.iter(f"{XHTML}bdi")] == [4] * 4
    return digits


async def at_code(phone: Phone, said: str = "They keep my passport in Dammam.") -> str:
    await phone.load()
    await phone.press("No, start")
    await phone.press("Go on", {"wishes": ["papers_back"]})
    await phone.press("Finish now", {"happened": ["DOC-01"], "happened_said": said})
    await phone.press("Yes, get my code")
    return code_on(phone)


async def sent(phone: Phone) -> str:
    code = await at_code(phone)
    await phone.press("Send", {"last": code[-4:]})
    assert phone.page.heading == "It is sent"
    return code


async def entered(phone: Phone, code: str) -> None:
    await phone.load()
    await phone.press("I have a code")
    await phone.press("Open it", {"code": code})
    assert phone.page.heading == "Your case"


async def count_cases(session: AsyncSession) -> int:
    return await session.scalar(text("select count(*) from complaints")) or 0


async def test_a_filing_is_sent_once_the_last_four_digits_are_typed(
    phone: Phone, session: AsyncSession
) -> None:
    code = await at_code(phone)
    assert "Write it down or remember it. Nobody can find your case without it." in phone.page.text
    assert await count_cases(session) == 0
    page = await phone.press("Send", {"last": code[-4:]})
    assert page.heading == "It is sent"
    assert code_on(phone) == code
    assert "Look again on 14 July 2026 at the latest." in page.text
    assert await count_cases(session) == 1


@pytest.mark.parametrize("typed", ["", "123", "abcd", "0" * 40])
async def test_wrong_digits_send_nothing_and_keep_the_page(
    phone: Phone, session: AsyncSession, typed: str
) -> None:
    code = await at_code(phone)
    await phone.press("Send", {"last": typed}, status=422)
    assert phone.errors() == {"last": "These are not the last four digits. Look at the code again."}
    assert code_on(phone) == code
    assert await count_cases(session) == 0
    await phone.press("Send", {"last": code[-4:].translate(BANGLA)})
    assert phone.page.heading == "It is sent"


async def test_pressing_send_again_shows_the_same_code_and_makes_no_second_case(
    phone: Phone, session: AsyncSession
) -> None:
    code = await at_code(phone)
    page = phone.page
    for _ in range(3):
        phone.page = page
        await phone.press("Send", {"last": code[-4:]})
        assert code_on(phone) == code
    assert await count_cases(session) == 1


async def test_an_old_page_of_what_was_sent_changes_nothing(phone: Phone) -> None:
    code = await at_code(phone)
    page = phone.page
    await phone.press("Send", {"last": code[-4:]})
    phone.page = page
    await phone.press("Back", status=409)
    assert "This was sent already." in phone.page.text


async def test_the_code_is_shown_in_the_digits_of_the_language_too(phone: Phone) -> None:
    await at_code(phone)
    page = await phone.press("العربية")
    code = code_on(phone)
    own = next(one for one in page.all("p") if one.get("class") == "code own")
    arabic = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
    assert text_of(own).translate(arabic).replace(" ", "") == code


async def test_the_receipt_prints_a_slip_that_names_nobody(phone: Phone) -> None:
    code = await sent(phone)
    slip = next(one for one in phone.page.all("div") if one.get("class") == "slip")
    assert text_of(slip).replace(" ", "").startswith(code)
    assert text_of(slip).endswith("Look again on 14 July 2026 at the latest.")


async def test_the_receipt_is_shown_in_another_language_without_sending_again(
    phone: Phone, session: AsyncSession
) -> None:
    code = await sent(phone)
    await phone.press("বাংলা")
    assert phone.page.all("html")[0].get("lang") == "bn"
    assert code_on(phone) == code
    assert await count_cases(session) == 1


async def test_with_the_code_in_any_digits_she_sees_where_it_stands(phone: Phone) -> None:
    code = await sent(phone)
    await entered(phone, f"{code[:4]} {code[4:8]}-{code[8:]}".translate(BANGLA))
    assert "We have it. An officer will read it soon." in phone.page.text
    assert "You hear from us on 14 July 2026 at the latest." in phone.page.text
    assert "Nobody has opened it yet." in phone.page.text


async def test_the_receipt_leads_to_her_page(phone: Phone) -> None:
    await sent(phone)
    await phone.press("Open my page")
    assert phone.page.heading == "Your case"


@pytest.mark.parametrize("typed", ["1234", "1234 5678 9012 3456", "hello", "१२३४ ५६७८ ९०१२ ३४५६"])
async def test_a_wrong_code_is_told_and_kept_in_the_field(phone: Phone, typed: str) -> None:
    await phone.load("/help")
    await phone.press("I have a code")
    await phone.press("Open it", {"code": typed}, status=422)
    assert phone.errors() == {"code": "We do not find this code. Look at each digit."}
    assert typed in phone.page.html


async def test_what_was_not_sent_goes_on_where_it_was(phone: Phone) -> None:
    code = await at_code(phone, "They took my phone.")
    await phone.load()
    await phone.press("I have a code")
    await phone.press("Open it", {"code": code})
    assert phone.page.heading == "Is this right?"
    assert "They took my phone." in phone.page.text
    await phone.press("Yes, get my code")
    assert code_on(phone) == code


async def test_all_answers_can_be_deleted_before_they_are_sent(phone: Phone) -> None:
    code = await at_code(phone)
    await phone.press("See or change my answers")
    await phone.press("Delete all my answers")
    await phone.press("No, keep them")
    assert phone.page.heading == "Is this right?"
    await phone.press("Delete all my answers")
    page = phone.page
    await phone.press("Yes, delete all")
    assert phone.page.heading == "All your answers are deleted"
    phone.page = page
    await phone.press("Yes, delete all")
    assert phone.page.heading == "All your answers are deleted"
    await phone.load()
    await phone.press("I have a code")
    await phone.press("Open it", {"code": code}, status=422)


async def test_she_writes_and_reads_her_messages(phone: Phone) -> None:
    await entered(phone, await sent(phone))
    assert "There is no message yet." in phone.page.text
    await phone.press("Send this message", status=422)
    assert phone.errors() == {"text": "Write something first."}
    await phone.press("Send this message", {"text": "x" * 5001}, status=422)
    assert phone.errors() == {"text": "This is too long. Write at most 5,000 characters."}
    await phone.press("Send this message", {"text": "কোন খবর আছে?"})
    assert "You, 30 June 2026কোন খবর আছে?" in phone.page.text
    assert "Your message is here." in phone.page.text


async def test_a_message_on_a_page_that_was_open_too_long_is_kept(
    phone: Phone, session: AsyncSession
) -> None:
    code = await sent(phone)
    await entered(phone, code)
    await session.execute(text("delete from complaint_visits"))
    await session.commit()
    await phone.press("Send this message", {"text": "He comes tonight."}, status=422)
    assert "What you wrote is kept." in phone.errors()["code"]
    await phone.press("Open it", {"code": code})
    await phone.press("Send this message")
    assert "He comes tonight." in phone.page.text


async def test_a_reason_on_a_page_that_was_open_too_long_is_kept(
    phone: Phone, session: AsyncSession
) -> None:
    code = await sent(phone)
    await entered(phone, code)
    await phone.press("Take it back")
    await session.execute(text("delete from complaint_visits"))
    await session.commit()
    await phone.press(
        "Somebody pushed me, paid me or scared me", {"reason": "He has my child."}, status=422
    )
    assert "What you wrote is kept." in phone.errors()["code"]
    await phone.press("Open it", {"code": code})
    assert phone.page.heading == "Why do you want to take it back?"
    await phone.press("Somebody pushed me, paid me or scared me")
    assert "He has my child." in phone.page.text


async def test_a_message_sent_twice_by_a_bad_line_is_one_and_a_changed_one_is_another(
    phone: Phone,
) -> None:
    await entered(phone, await sent(phone))
    page = phone.page
    for said, times in (("Is there news?", 1), ("Is there news?", 1), ("I wait.", 1)):
        phone.page = page
        await phone.press("Send this message", {"text": said})
        assert phone.page.text.count(said) == times
    assert phone.page.text.count("You, 30 June 2026") == 2
    await phone.press("Send this message", {"text": "I wait."})
    assert phone.page.text.count("I wait.") == 2


async def test_a_file_sent_twice_by_a_bad_line_is_one(phone: Phone) -> None:
    await entered(phone, await sent(phone))
    page = phone.page
    for _ in range(2):
        phone.page = page
        await phone.press("Add this file", file=("a.png", PNG, "image/png"))
        assert "1 file is here." in phone.page.text
    await phone.press("Add this file", file=("a.png", PNG, "image/png"))
    assert "2 files are here." in phone.page.text


async def test_a_full_case_says_that_no_more_files_can_be_added(phone: Phone) -> None:
    await entered(phone, await sent(phone))
    for _ in range(4):
        await phone.press("Add this file", file=("a.png", PNG, "image/png"))
    page = phone.page
    await phone.press("Add this file", file=("a.png", PNG, "image/png"))
    phone.page = page
    jpeg = PNG + b"another"
    await phone.press("Add this file", status=422, file=("b.png", jpeg, "image/png"))
    assert "Five files are here. More cannot be added." in phone.page.text
    assert "remove one first" not in phone.page.text


async def test_in_danger_after_sending_the_numbers_come_first_and_it_is_urgent_at_once(
    phone: Phone, session: AsyncSession
) -> None:
    await entered(phone, await sent(phone))
    page = phone.page
    for _ in range(2):
        phone.page = page
        await phone.press("I am in danger now")
        assert phone.focusable()[1:4] == [
            "Police 999", "Women's help line +880 1713 000000", "Embassy 16135",
        ]  # fmt: skip
        assert "We know now that you are in danger." in phone.page.text
        assert phone.page.text.count("I am in danger now.") == 1
    row = (await session.execute(text("select urgency, safety from complaints"))).one()
    assert tuple(row) == ("S1", True)


async def test_what_she_is_writing_stays_when_the_language_changes(phone: Phone) -> None:
    await entered(phone, await sent(phone))
    await phone.press("বাংলা", {"text": "He comes back at six."})
    assert phone.page.all("html")[0].get("lang") == "bn"
    assert "He comes back at six." in phone.page.html


async def test_the_digits_typed_stay_when_the_language_changes(phone: Phone) -> None:
    code = await at_code(phone)
    await phone.press("বাংলা", {"last": code[-4:]})
    typed = next(one for one in phone.page.all("input") if one.get("id") == "last")
    assert typed.get("value") == code[-4:]


async def test_she_sees_what_was_opened_and_may_look_at_all_of_it(
    phone: Phone, desk: DeskMade, session: AsyncSession
) -> None:
    code = await sent(phone)
    parts = ["case"] * 22 + ["copy", "original"]
    for part in parts:
        await session.execute(
            text(
                "insert into complaint_openings (case_id, person_id, role, part, at)"
                " select id, :person, 'complaints_officer', :part, filed_at from complaints"
            ),
            {"person": desk.officers[0].actor.id, "part": part},
        )
    await session.commit()
    await entered(phone, code)
    said = "Complaints officer, 30 June 2026: "
    assert said + "a photo or paper, and took it along" in phone.page.text
    assert phone.page.text.count(said) == 20
    await phone.press("Show older ones")
    assert phone.page.text.count(said) == 24
    assert "Show older ones" not in phone.page.text


async def test_a_day_that_is_over_is_not_promised(phone: Phone, session: AsyncSession) -> None:
    code = await sent(phone)
    await session.execute(text("update complaints set next_news_on = '2026-06-29'"))
    await session.commit()
    await entered(phone, code)
    assert "You should have heard from us on 29 June 2026. We are late." in phone.page.text
    assert "at the latest" not in phone.page.text


async def test_before_sending_the_history_tells_nothing(
    phone: Phone, session: AsyncSession
) -> None:
    await phone.load()
    await phone.press("No, start")
    await phone.press("Go on")
    await phone.press("Go on", {"happened": ["DOC-01"]})
    await phone.press("Go on")
    await phone.press("Add this file", file=("a.png", PNG, "image/png"))
    await phone.press("Take file 1 away")
    told = text("select count(*) from history_entries where subject_kind = 'complaint'")
    assert await session.scalar(told) == 0


@pytest.mark.parametrize("why", ["I want this myself", "Somebody pushed me, paid me or scared me"])
async def test_she_takes_it_back_and_an_officer_still_looks(phone: Phone, why: str) -> None:
    await entered(phone, await sent(phone))
    await phone.press("Take it back")
    assert phone.page.heading == "Why do you want to take it back?"
    await phone.press("Back, I do not take it back")
    assert phone.page.heading == "Your case"
    await phone.press("Take it back")
    await phone.press(why, {"reason": "They gave my father money."})
    assert "You took it back. An officer still looks if you are safe." in phone.page.text
    assert "They gave my father money." in phone.page.text
    assert "Do you want to take it back?" not in phone.page.text


async def test_leaving_ends_the_visit(phone: Phone) -> None:
    await entered(phone, await sent(phone))
    page = phone.page
    await phone.press("Leave this page now", status=303, within="page")
    phone.page = page
    await phone.press("Take it back", status=404)
    assert "Type your code again." in phone.page.text


async def test_the_way_out_works_when_the_database_does_not(phone: Phone, slot: Slot) -> None:
    await entered(phone, await sent(phone))

    def refuse() -> AsyncSession:
        raise ConnectionRefusedError

    slot.open_session = refuse
    page = await phone.press("Leave this page now", status=303, within="page")
    assert page.response.headers["location"] == "/en/calendar"


@pytest.mark.parametrize("problem", [ConnectionRefusedError, ZeroDivisionError])
async def test_a_page_that_fails_has_the_help_numbers_and_ends_the_visit_on_leaving(
    phone: Phone, slot: Slot, session: AsyncSession, problem: type[Exception]
) -> None:
    await entered(phone, await sent(phone))
    page, works = phone.page, slot.open_session

    def refuse() -> AsyncSession:
        raise problem

    slot.open_session = refuse
    status = 503 if problem is ConnectionRefusedError else 500
    await phone.press("Send this message", {"text": "Hello?"}, status=status)
    assert phone.focusable()[:2] == ["Leave this page now", "Police 999"]
    assert "Nothing of yours is lost" not in phone.page.text
    slot.open_session = works
    failed = phone.page
    for _ in range(2):
        phone.page = page
        await phone.press("Send this message", {"text": "Hello?"})
    assert phone.page.text.count("Hello?") == 1
    phone.page = failed
    await phone.press("Leave this page now", status=303, within="page")
    assert await session.scalar(text("select count(*) from complaint_visits")) == 0


async def test_a_file_is_added_to_the_case(phone: Phone) -> None:
    await entered(phone, await sent(phone))
    await phone.press("Add this file", status=422)
    assert phone.errors() == {"file": "Choose a file first."}
    await phone.press("Add this file", status=422, file=("a.pdf", b"not one", "application/pdf"))
    assert phone.errors() == {"file": "This file is not a photo or a PDF."}
    await phone.press("Add this file", file=("a.png", PNG, "image/png"))
    assert "1 file is here." in phone.page.text


async def test_her_page_is_shown_in_another_language(phone: Phone) -> None:
    await entered(phone, await sent(phone))
    await phone.press("العربية")
    assert phone.page.all("html")[0].get("dir") == "rtl"


async def test_when_nobody_can_take_it_nothing_is_lost(
    browser: Browser, session: AsyncSession
) -> None:
    phone = Phone(browser)
    code = await at_code(phone)
    await phone.press("Send", {"last": code[-4:]}, status=503)
    assert "We cannot take this now. It is not lost." in phone.page.text
    assert code_on(phone) == code
    await phone.press("See or change my answers")
    assert "They keep my passport in Dammam." in phone.page.text


async def test_hidden_from_everybody_leads_back_to_whom_it_is_hidden_from(
    phone: Phone, desk: DeskMade, session: AsyncSession
) -> None:
    await phone.load()
    await phone.press("No, start")
    await phone.press("Go on")
    await phone.press("Go on", {"happened": ["DOC-01"]})
    while phone.page.heading != "Who must not see this?":
        await phone.press("Go on")
    await phone.press("Finish now", {"hide_offices": [str(desk.office_id)]})
    await phone.press("Yes, get my code")
    code = code_on(phone)
    await phone.press("Send", {"last": code[-4:]}, status=422)
    assert phone.page.heading == "Who must not see this?"
    assert phone.errors() == {
        "hide_person": "Nobody is left who could read this. Hide it from fewer offices or people."
    }
    assert await count_cases(session) == 0


def test_every_state_has_a_sentence_of_at_most_twenty_plain_words() -> None:
    assert set(words.STATES) == set(State)
    sentences = [*words.STATES.values(), words.WITHDRAWN]
    assert [one for one in sentences if len(one.split()) > words.MOST_WORDS_OF_A_STATE] == []


def test_no_sentence_uses_a_word_of_offices() -> None:
    sentences = [*words.STATES.values(), *words.HAPPENINGS.values(), *words.NOW.values()]
    sentences += [f"{one.question} {one.hint}" for one in words.QUESTIONS.values()]
    banned = re.compile(r"allegation|grievance|substitution|please|pursuant|complainant", re.I)
    assert [one for one in sentences if banned.search(one)] == []
