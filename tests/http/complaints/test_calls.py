"""An operator writes down what a caller says, reads it back and hands over the code."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from clients import XHTML, Browser, Page, text_of
from conftest import Clock, SignIn
from factories.complaints import DeskMade, desk_with_officers, store_escrow
from recruitwatch.accounts.values import Role
from recruitwatch.complaints.actions.drafting import open_draft
from recruitwatch.complaints.actions.opening import open_case
from recruitwatch.complaints.pages.words import HAPPENINGS
from recruitwatch.complaints.queries.desks import set_help_numbers
from recruitwatch.complaints.tables import complaint_drafts, complaints
from recruitwatch.complaints.values.cases import OpenedCase
from recruitwatch.complaints.values.desks import HelpNumber
from recruitwatch.complaints.values.filing import DraftGone, Told
from recruitwatch.history.queries import list_entries
from recruitwatch.history.values import Action
from recruitwatch.keys import Vault

SAID: dict[str, Any] = {
    "danger": "no",
    "caller_consents": "yes",
    "wishes": ["money_back"],
    "wish_said": "An excuse",
    "happened": ["FEE-01", "DOC-01"],
    "happened_said": "They took my money.\nThen they laughed.",
    "escalators": ["under_18"],
    "licence": "RL 123",
    "phone": "০১৭১৩-৪৫৬৭৮৯",
    "place": "Behind the market",
    "name": "Golden Way",
    "broker": "Uncle Karim",
    "journey": "Before Eid, with Rina",
    "employer": "A house in Riyadh",
    "paid": "২ লাখ টাকা",
    "paid_when": "3 May 2026",
    "hide_person": "Mr Nobody",
    "call_me": "Asha",
    "reach": "My sister",
    "reach_how": "At night, say nothing of this",
}
ENOUGH = {"danger": "no", "caller_consents": "yes", "happened": ["DOC-01"]}
STEPS = ("start", "told", "change", "read", "send", "delete")


@pytest.fixture
async def taking(session: AsyncSession) -> DeskMade:
    """A desk that takes cases, and one number of help."""
    await store_escrow(session)
    made = await desk_with_officers(session)
    number = HelpNumber(
        id=made.desk_id, position=0, name="Women's line", number="16135", hours="Always"
    )
    await set_help_numbers(session, [number])
    await session.commit()
    return made


@pytest.fixture
async def operator(taking: DeskMade, sign_in: SignIn) -> Browser:
    return await sign_in(Role.HOTLINE_OPERATOR)


async def start(browser: Browser, caller: str = "en") -> Page:
    page = await browser.get(f"/calls?caller={caller}")
    return await browser.post("/calls/start", page.form("/calls/start"), status=200)


async def tell(browser: Browser, page: Page, said: dict[str, Any], *, status: int = 200) -> Page:
    form = {"t": page.form("/calls/told")["t"], **said}
    return await browser.post("/calls/told", form, status=status)


async def agree(browser: Browser, page: Page) -> Page:
    return await browser.post(
        "/calls/read", {**page.form("/calls/read"), "agreed": "yes"}, status=200
    )


async def at_code(browser: Browser, said: dict[str, Any] | None = None) -> Page:
    page = await tell(browser, await start(browser), said or ENOUGH)
    return await agree(browser, page)


def code_on(page: Page) -> str:
    shown = next(one for one in page.all("p") if "rw-code" in (one.get("class") or ""))
    return text_of(shown).replace(" ", "")


async def send(browser: Browser, page: Page, last: str, *, status: int = 200) -> Page:
    form = {**page.form("/calls/send"), "last": last}
    return await browser.post("/calls/send", form, status=status)


async def count(session: AsyncSession) -> tuple[int, int]:
    """Cases, and drafts."""
    found = []
    for table in (complaints, complaint_drafts):
        found.append(await session.scalar(select(func.count()).select_from(table)) or 0)
    return found[0], found[1]


async def told_of(session: AsyncSession, application: Any, page: Page, clock: Clock) -> Told:
    """What the draft of this page's form holds."""
    token = next(one.get("value") for one in page.all("input") if one.get("name") == "t")
    vault = application[0].state.vault
    return (await open_draft(session, clock.at, vault, token=token or "")).draft.told


async def opened_by(
    session: AsyncSession, desk: DeskMade, vault: Vault, clock: Clock
) -> OpenedCase:
    case_id = (await session.execute(select(complaints.c.id))).scalar_one()
    officer = desk.officers[0]
    return await open_case(
        session, officer.actor, clock.at, vault, case_id=case_id, private_key=officer.pair.private
    )


async def test_a_whole_call_is_filed_as_it_was_told(
    session: AsyncSession, operator: Browser, taking: DeskMade, application: Any, clock: Clock
) -> None:
    page = await operator.get("/home")
    page = await operator.get(page.links()["Take a call"])
    assert f"I am {operator.actor.name}." in page.text
    assert "You can stop at any time." in page.text
    assert "Women's line: 16135" in page.text
    page = await operator.post("/calls/start", page.form("/calls/start"), status=200)
    page = await tell(operator, page, SAID)
    assert page.heading == "Read this back"
    for words in (
        "You are not in danger now.", "I want my money back", "I had to pay too much.",
        "I am younger than 18.", "We read this as 200,000 BDT.", "We read this as 3 May 2026.",
        *(str(one).replace("\n", " ") for name, one in SAID.items()
          if isinstance(one, str) and name not in ("danger", "caller_consents")),
    ):  # fmt: skip
        assert words in page.text, words
    page = await agree(operator, page)
    assert page.heading == "Give the code"
    code = code_on(page)
    assert len(code) == 16
    assert await count(session) == (0, 1)
    page = await send(operator, page, code[-4:])
    assert page.heading == "It is sent"
    assert code_on(page) == code
    assert "Next news on 14 July 2026 at the latest." in page.text
    assert "recruitwatch.test/en/help" in page.text
    assert page.links()["Next call"] == "/en/calls"
    case = await opened_by(session, taking, application[0].state.vault, clock)
    assert case.head.channel == "operator"
    lists = {name: tuple(one) for name, one in SAID.items() if isinstance(one, list)}
    expected = {**SAID, **lists, "danger": False, "caller_consents": True, "read_back": True}
    assert case.told == Told(**expected)


async def test_history_names_the_operator_and_nothing_of_what_was_said(
    session: AsyncSession, operator: Browser
) -> None:
    page = await at_code(operator, SAID)
    await send(operator, page, code_on(page)[-4:])
    entries = await list_entries(session, action=Action.COMPLAINT_FILED, limit=50)
    assert [one.actor_id for one in entries] == [operator.actor.id]
    everything = str(await list_entries(session, limit=200))
    assert not [
        one
        for one in ("Golden Way", "Asha", "FEE-01", page.form("/calls/send")["t"])
        if one in everything
    ]


async def test_without_consent_nothing_is_kept_and_everything_typed_stays(
    session: AsyncSession, operator: Browser, application: Any, clock: Clock
) -> None:
    page = await start(operator)
    said = {**SAID, "caller_consents": ""}
    page = await tell(operator, page, said, status=422)
    assert page.errors()["caller_consents"].startswith("Nothing is saved")
    kept = page.form("/calls/told")
    for name in ("phone", "happened_said", "reach_how", "paid", "danger"):
        assert kept[name].strip() == SAID[name]
    assert ticked(page) >= {"FEE-01", "DOC-01", "under_18", "money_back"}
    assert await told_of(session, application, page, clock) == Told()
    page = await operator.post("/calls/read", {"t": kept["t"], "agreed": "yes"}, status=422)
    assert page.heading == "What the caller says"


async def test_consent_that_is_taken_back_empties_what_was_kept(
    session: AsyncSession, operator: Browser, application: Any, clock: Clock
) -> None:
    page = await tell(operator, await start(operator), SAID)
    assert (await told_of(session, application, page, clock)).licence == "RL 123"
    form = {"t": page.form("/calls/read")["t"]}
    page = await operator.post("/calls/change", form, status=200)
    page = await tell(operator, page, {**SAID, "caller_consents": ""}, status=422)
    assert await told_of(session, application, page, clock) == Told()


def ticked(page: Page) -> set[str]:
    return {
        one.get("value") or ""
        for one in page.all("input")
        if one.get("type") in ("checkbox", "radio") and one.get("checked") is not None
    }


async def test_all_errors_come_at_once_in_the_order_of_the_page(
    session: AsyncSession, operator: Browser, application: Any, clock: Clock
) -> None:
    said = {"place": "x" * 301, "reach": "y" * 301, "wishes": ["wages", "no such wish"]}
    page = await tell(operator, await start(operator), said, status=422)
    errors = page.errors()
    assert list(errors) == ["danger", "caller_consents", "happened", "place", "reach"]
    assert errors["danger"].startswith("Ask whether the caller is in danger")
    assert errors["happened"] == "Choose a sentence, or write what happened."
    assert errors["reach"] == "This is too long. Write at most 300 characters."
    ids = {one.get("id") for one in page.tree.iter()}
    assert set(errors) <= ids
    assert page.form("/calls/told")["place"] == "x" * 301
    assert ticked(page) == {"wages"}
    assert await told_of(session, application, page, clock) == Told()


async def test_nothing_is_sent_before_it_was_read_back(
    session: AsyncSession, operator: Browser
) -> None:
    page = await tell(operator, await start(operator), ENOUGH)
    form = page.form("/calls/read")
    page = await operator.post("/calls/read", form, status=422)
    assert page.errors()["agreed"].startswith("Read it all aloud.")
    page = await operator.post("/calls/send", {"t": form["t"], "last": "1234"}, status=422)
    assert page.heading == "Read this back"
    assert await count(session) == (0, 1)


async def test_what_was_changed_since_must_be_read_again(
    session: AsyncSession, operator: Browser
) -> None:
    page = await tell(operator, await start(operator), ENOUGH)
    old = page.form("/calls/read")
    form = await operator.post("/calls/change", {"t": old["t"]}, status=200)
    assert ticked(form) == {"no", "yes", "DOC-01"}
    page = await tell(operator, form, {**ENOUGH, "licence": "RL 9"})
    assert "RL 9" in page.text
    again = await operator.post("/calls/read", {**old, "agreed": "yes"}, status=422)
    assert again.errors() == {"agreed": "What you read aloud was changed since. Read this aloud."}
    page = await agree(operator, page)
    code = code_on(page)
    form = await operator.post("/calls/change", page.form("/calls/send"), status=200)
    await tell(operator, form, ENOUGH)
    page = await send(operator, page, code[-4:], status=422)
    assert page.heading == "Read this back"
    assert await count(session) == (0, 1)
    assert code_on(await agree(operator, page)) == code


async def test_wrong_last_digits_send_nothing(session: AsyncSession, operator: Browser) -> None:
    page = await at_code(operator)
    code = code_on(page)
    wrong = str((int(code[-4:]) + 1) % 10000).zfill(4)
    for typed in (wrong, "", "abcd", "1" * 500):
        page = await send(operator, page, typed, status=422)
        assert page.errors() == {
            "last": "These are not the last four digits. Say the code again, slowly."
        }
        assert code_on(page) == code
    assert await count(session) == (0, 1)
    bangla = code[-4:].translate(str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯"))
    await send(operator, page, bangla)
    assert (await count(session))[0] == 1


async def test_send_pressed_twice_shows_the_same_code_for_a_day_and_makes_one_case(
    session: AsyncSession, operator: Browser, clock: Clock
) -> None:
    page = await at_code(operator)
    code = code_on(page)
    for _ in range(3):
        again = await send(operator, page, code[-4:])
        assert code_on(again) == code
    assert (await count(session))[0] == 1
    clock.at += timedelta(days=1, minutes=1)
    other = await operator.client.post(
        "/en/calls/send",
        data={**page.form("/calls/send"), "_csrf_token": operator.client.cookies["rw_form"]},
    )
    assert code not in other.text.replace(" ", "")
    assert (await count(session))[0] == 1


async def test_after_send_no_way_leads_back(session: AsyncSession, operator: Browser) -> None:
    page = await at_code(operator, SAID)
    token, code = page.form("/calls/send")["t"], code_on(page)
    end = await send(operator, page, code[-4:])
    assert token not in end.html
    assert end.response.headers["cache-control"] == "no-store"
    assert "Golden Way" not in end.text
    for step in ("told", "change", "read", "delete"):
        page = await operator.post(f"/calls/{step}", {"t": token, **SAID}, status=409)
        assert "This was sent already." in page.text
        assert "Golden Way" not in page.html
    assert (await count(session))[0] == 1
    for address in ("/cases", "/complaints"):
        response = await operator.client.get(f"/en{address}")
        assert response.status_code in (403, 404), address


@pytest.mark.parametrize("step", STEPS)
async def test_loading_an_address_that_takes_forms_leads_to_the_start(
    operator: Browser, step: str
) -> None:
    page = await operator.get(f"/calls/{step}", status=303)
    assert page.response.headers["location"] == "/en/calls"


@pytest.mark.parametrize("step", ["told", "change", "read", "send"])
async def test_a_token_that_is_not_of_this_operator_opens_nothing(
    session: AsyncSession, operator: Browser, sign_in: SignIn, step: str
) -> None:
    token = (await tell(operator, await start(operator), SAID)).form("/calls/read")["t"]
    other = await sign_in(Role.HOTLINE_OPERATOR)
    for wrong in (token, "", "no-such-token"):
        page = await other.post(f"/calls/{step}", {"t": wrong, **ENOUGH, "last": "1"}, status=404)
        assert "Golden Way" not in page.html
    await other.post("/calls/delete", {"t": token}, status=200)
    assert await count(session) == (0, 1)


async def test_a_call_that_broke_off_is_deleted(
    session: AsyncSession, operator: Browser, application: Any, clock: Clock
) -> None:
    page = await tell(operator, await start(operator), SAID)
    form = page.form("/calls/delete")
    for _ in range(2):
        page = await operator.post("/calls/delete", form, status=200)
        assert page.heading == "It is deleted"
    assert await count(session) == (0, 0)
    with pytest.raises(DraftGone):
        await open_draft(session, clock.at, application[0].state.vault, token=form["t"])


async def test_where_no_desk_takes_it_the_code_stays_and_send_can_be_pressed_again(
    session: AsyncSession, sign_in: SignIn
) -> None:
    operator = await sign_in(Role.HOTLINE_OPERATOR)
    page = await at_code(operator)
    code = code_on(page)
    page = await send(operator, page, code[-4:], status=503)
    assert "It is not lost." in page.errors()["last"]
    await store_escrow(session)
    await desk_with_officers(session)
    await session.commit()
    assert (await send(operator, page, code[-4:])).heading == "It is sent"


async def test_the_operators_own_office_can_be_left_out(
    session: AsyncSession, taking: DeskMade, sign_in: SignIn, application: Any, clock: Clock
) -> None:
    officer = taking.officers[0]
    other = await desk_with_officers(session)
    await session.commit()
    browser = await sign_in(Role.COMPLAINTS_OFFICER, person=officer.actor)
    said = {**ENOUGH, "hide_offices": [str(taking.office_id)]}
    page = await at_code(browser, said)
    assert (await send(browser, page, code_on(page)[-4:])).heading == "It is sent"
    case = await opened_by(session, other, application[0].state.vault, clock)
    assert case.told.hide_offices == (str(taking.office_id),)


async def test_about_an_official_the_box_and_the_sentence_both_stay(
    session: AsyncSession, operator: Browser, application: Any, clock: Clock
) -> None:
    page = await tell(operator, await start(operator), {**ENOUGH, "official": "yes"})
    assert "It is about an official." in page.text
    told = await told_of(session, application, page, clock)
    assert told.happened == ("DOC-01", "OFF-01")
    page = await operator.post("/calls/change", page.form("/calls/read"), status=200)
    assert ticked(page) >= {"DOC-01", "yes"}
    page = await tell(operator, page, {**ENOUGH, "happened": ["OFF-03"]})
    assert (await told_of(session, application, page, clock)).happened == ("OFF-03",)


@pytest.mark.parametrize(
    "role", [r for r in Role if r not in (Role.HOTLINE_OPERATOR, Role.COMPLAINTS_OFFICER)]
)
async def test_other_roles_take_no_calls(
    session: AsyncSession, sign_in: SignIn, role: Role
) -> None:
    browser = await sign_in(role)
    home = "/agency" if role is Role.AGENCY else "/home"
    assert "Take a call" not in (await browser.get(home)).links()
    await browser.get("/calls", status=403)
    for step in STEPS:
        await browser.post(f"/calls/{step}", {"t": "x"}, status=403)
    assert await count(session) == (0, 0)


async def test_a_sentence_about_an_official_leads_to_oversight_alone(
    session: AsyncSession, operator: Browser, application: Any, clock: Clock
) -> None:
    oversight = await desk_with_officers(session, oversight=True)
    await session.commit()
    page = await at_code(operator, {**ENOUGH, "happened": ["OFF-03"]})
    assert (await send(operator, page, code_on(page)[-4:])).heading == "It is sent"
    case = await opened_by(session, oversight, application[0].state.vault, clock)
    assert case.told.happened == ("OFF-03",)


async def test_who_is_not_signed_in_is_sent_to_sign_in(browser: Browser) -> None:
    assert (
        (await browser.get("/calls", status=303))
        .response.headers["location"]
        .startswith("/en/sign-in")
    )


async def test_a_form_from_elsewhere_is_refused(session: AsyncSession, operator: Browser) -> None:
    response = await operator.client.post("/en/calls/start", data={"caller": "en"})
    assert response.status_code == 403
    assert await count(session) == (0, 0)


async def test_sentences_to_say_stand_in_both_languages(operator: Browser) -> None:
    page = await operator.get("/calls?caller=ar")
    arabic = [one for one in page.all("p") if one.get("lang") == "ar"]
    assert len(arabic) == 7
    assert {one.get("dir") for one in arabic} == {"rtl"}
    assert "You can stop at any time." in page.text
    page = await start(operator, "bn")
    assert [one for one in page.all("span") if one.get("lang") == "bn"]
    page = await tell(operator, page, ENOUGH)
    page = await agree(operator, page)
    code = code_on(page)
    assert code.isascii()
    apart = [text_of(one) for one in page.all("bdi") if one.get("dir") is None]
    for digits in ("0123456789", "০১২৩৪৫৬৭৮৯"):
        written = code.translate(str.maketrans("0123456789", digits))
        assert [written[at : at + 4] for at in (0, 4, 8, 12)] == [
            one for one in apart if set(one) <= set(digits)
        ]
    bangla = code.translate(str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯"))
    assert bangla in page.text.replace(" ", "")
    page = await send(operator, page, code[-4:])
    assert "১৪ জুলাই" in page.text
    assert "14 July 2026" in page.text
    same = await operator.get("/calls?caller=zz")
    assert not [one for one in same.all("p") if one.get("lang")]


async def test_the_draft_keeps_the_callers_language(
    session: AsyncSession, operator: Browser
) -> None:
    page = await tell(operator, await start(operator, "bn"), ENOUGH)
    page = await agree(operator, page)
    await send(operator, page, code_on(page)[-4:])
    assert (await session.execute(select(complaints.c.language))).scalar_one() == "bn"


def focusable(page: Page) -> list[str]:
    """What the Tab key reaches within the page's own part, in order."""
    tags = {f"{XHTML}{tag}" for tag in ("a", "button", "input", "textarea", "select")}
    return [
        one.get("name") or text_of(one)
        for one in page.all("main")[0].iter()
        if one.tag in tags and one.get("type") != "hidden" and one.get("disabled") is None
    ]


async def test_the_keyboard_goes_from_top_to_bottom(operator: Browser, taking: DeskMade) -> None:
    page = await start(operator)
    order = list(dict.fromkeys(focusable(page)))
    assert order == [
        "danger", "caller_consents", "wishes", "wish_said", "happened", "happened_said",
        "escalators", "licence", "phone", "place", "name", "broker", "journey", "employer",
        "paid", "paid_when", "official", "hide_offices", "hide_person", "call_me", "reach",
        "reach_how", "Go on: read it back", "The call broke off: delete this",
    ]  # fmt: skip
    assert not [one for one in page.tree.iter() if one.get("tabindex") not in (None, "-1")]
    offered = [one.get("value") for one in page.all("input") if one.get("name") == "happened"]
    assert sorted(map(str, offered)) == sorted(HAPPENINGS)
    page = await tell(operator, page, ENOUGH)
    assert focusable(page) == [
        "agreed", "Go on: give the code", "Change something", "The call broke off: delete this",
    ]  # fmt: skip
    page = await agree(operator, page)
    assert focusable(page) == [
        "last", "Send", "Change something", "The call broke off: delete this",
    ]  # fmt: skip


async def test_enter_in_a_field_presses_no_button(operator: Browser) -> None:
    """A browser presses the first button of a form; where that is disabled it does nothing."""
    pages = [await start(operator)]
    pages.append(await tell(operator, pages[0], ENOUGH))
    pages.append(await agree(operator, pages[1]))
    for page in pages:
        forms = [one for one in page.all("form") if "/calls/" in (one.get("action") or "")]
        assert len(forms) == 2
        for form in forms:
            first = next(form.iter(f"{XHTML}button"))
            assert first.get("disabled") is not None


async def test_no_token_stands_in_an_address(operator: Browser) -> None:
    page = await at_code(operator)
    token = page.form("/calls/send")["t"]
    addresses = [
        one.get(name) or ""
        for one in page.tree.iter()
        for name in ("href", "action", "formaction", "src")
    ]
    assert not [one for one in addresses if token in one]
