"""The whole way of a judgement through the pages only: a card is issued, handed over and published, its
agency contests a line, another officer agrees, the corrected card is published, and somebody who holds
the printed ones follows their codes.

The codes are read from a picture of the page, as a telephone does.
"""

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Browser, Locator, Page, expect

from recruitwatch.demo.agencies import entry
from recruitwatch.demo.stories import Story, cast
from rules.viewing.samples import photo, saved
from screens import Site

SIGN_IN_NAME, FIRST, OWN = "card.reader", "Nerith Valsomar", "orchard-candle-signal-58"
WHY = "The inspector was shown this paper on the day of the visit. A photo of it is added."
BECAUSE = "The paper is from before the visit and answers the question."
PHOTO = saved(photo(), "JPEG")
ANSWERS = ", ".join(
    f"input[name=line][value^='item:{of}'][value$=':answer']" for of in ("COV", "SOP")
)
"""Lines about what the inspectors found themselves, and not about what workers said."""


def agency() -> str:
    """An agency of the invented country that was inspected and never had a card."""
    today = datetime.now(UTC).date()
    part = [one for one in cast() if one.story is Story.SOUND][-1]
    return entry(part, today).legal_name


class Desk:
    """A browser window for each person, and what is clicked there."""

    def __init__(self, chromium: Browser, site: Site) -> None:
        self._chromium, self._site = chromium, site
        self._windows: list[Page] = []

    def stranger(self) -> Page:
        context = self._chromium.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(15_000)
        self._windows.append(context.new_page())
        return self._windows[-1]

    def of(self, role: str) -> Page:
        page = self.stranger()
        self._site.sign_in(page, role)
        return page

    def close(self) -> None:
        for page in self._windows:
            page.context.close()


@pytest.fixture
def desk(site: Site, chromium: Browser) -> Iterator[Desk]:
    made = Desk(chromium, site)
    yield made
    made.close()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_a_judgement_is_published_contested_and_put_right(desk: Desk, site: Site) -> None:
    regulator, second = desk.of("Regulator"), desk.of("Second regulator")
    record = open_register(regulator, site)
    first_password = let_in(regulator)
    card = issue_and_publish(regulator, record)
    person = sign_in_for_the_agency(desk, site, first_password)
    stranger = desk.stranger()
    public = site.url(f"/cards/{record.rpartition('/')[2]}")
    stranger.goto(public)
    expect(stranger.get_by_text("Contested since")).to_have_count(0)

    line = contest_one_line(person)
    stranger.reload()
    expect(rows(stranger, line, "Contested since")).to_have_count(1)
    refuse_own_decision(regulator, site)
    uphold(second, site)
    person.reload()
    expect(person.locator(".govuk-tag", has_text="You were right")).to_be_visible()
    expect(person.get_by_text(BECAUSE)).to_be_visible()
    publish_the_corrected_card(regulator, card, line)

    stranger.goto(public)
    expect(
        stranger.get_by_text("This card corrects lines that the agency contested.")
    ).to_be_visible()
    expect(rows(stranger, line)).to_have_count(0)
    newest = paper_of(stranger)
    check_paper(stranger, newest, "valid")
    stranger.goto(f"{public}/1")
    expect(stranger.locator(".rw-standing__word").first).to_contain_text("Replaced on")
    check_paper(stranger, paper_of(stranger), "replaced")
    compare(stranger, newest, same=False)
    expect(stranger.get_by_text("The agency contested one line of this card.")).to_be_visible()


def open_register(page: Page, site: Site) -> str:
    name = agency()
    page.goto(site.url("/register"))
    page.fill("#q", name)
    page.press("#q", "Enter")
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    return page.url.partition("?")[0]


def let_in(page: Page) -> str:
    """The first password of a person of the agency, as it is shown once."""
    page.get_by_role("link", name="People who may sign in").click()
    page.fill("#full_name", FIRST)
    page.fill("#sign_in_name", SIGN_IN_NAME)
    press(page, "Add this person")
    return page.locator("bdi.rw-code").inner_text()


def issue_and_publish(page: Page, record: str) -> str:
    page.goto(record)
    page.get_by_role("link", name="Scorecard").click()
    press(page, "Issue this card")
    expect(page.get_by_text("Issued as revision 1")).to_be_visible()
    page.fill("#served_text", "By hand, receipt number 7.")
    press(page, "Record service")
    press(page, "Publish this card")
    expect(page.get_by_text("The card is published.")).to_be_visible()
    return page.url.partition("?")[0].removesuffix("/1")


def sign_in_for_the_agency(desk: Desk, site: Site, first_password: str) -> Page:
    page = desk.stranger()
    page.goto(site.url("/sign-in"))
    page.fill("#sign_in_name", SIGN_IN_NAME)
    page.fill("#password", first_password)
    press(page, "Sign in")
    page.fill("#old", first_password)
    page.fill("#new", OWN)
    page.fill("#again", OWN)
    press(page, "Save password")
    page.goto(site.url("/agency"))
    return page


def contest_one_line(page: Page) -> str:
    """The dearest of these lines, with a photo of a paper; gives the line's id."""
    page.get_by_role("button", name="Read the card and its reasons").click()
    for folded in page.locator("details:not([open]) > summary").all():
        folded.click()
    box = page.locator(ANSWERS).first
    line = box.get_attribute("value") or ""
    box.check()
    press(page, "Contest the chosen lines")
    page.check(f"[name='ground-{line}'][value=wrong_fact]")
    page.fill(f"[name='reason-{line}']", WHY)
    press(page, "Go on")
    page.set_input_files(
        "#documents", {"name": "paper.jpg", "mimeType": "image/jpeg", "buffer": PHOTO}
    )
    press(page, "Send the contest")
    expect(page.get_by_text("One line is not decided yet.")).to_be_visible()
    return line


def rows(page: Page, line: str, words: str = "") -> Locator:
    """The lines about this question, with these words."""
    return page.locator("table.rw-ledger tr", has_text=line.split(":")[1]).filter(has_text=words)


def refuse_own_decision(page: Page, site: Site) -> None:
    open_contest(page, site)
    expect(page.get_by_text("You issued, served or published this card.")).to_be_visible()
    expect(page.get_by_role("button", name="Decide line 1")).to_have_count(0)


def open_contest(page: Page, site: Site) -> None:
    page.goto(site.url("/contests"))
    page.get_by_role("link", name=agency()).click()
    expect(page.get_by_text(WHY)).to_be_visible()


def uphold(page: Page, site: Site) -> None:
    """What the paper shows is seen as a copy; the answer becomes the one that it proves."""
    open_contest(page, site)
    paper = page.get_by_role("link", name="paper.jpg").get_attribute("href") or ""
    copy = page.request.get(page.url.partition("/en/")[0] + paper)
    assert copy.headers["content-type"].startswith("image/")
    assert copy.body() != PHOTO
    page.get_by_role("button", name="Decide line 1").click()
    page.check("[name=verdict][value=upheld]")
    page.fill("#reason", BECAUSE)
    page.check("[name=how][value=answer]")
    if page.locator("#checked").count():
        page.fill("#answer", page.locator("#checked").input_value())
    else:
        page.check("[name=answer][value=yes]")
    page.select_option("#evidence", "2")
    press(page, "Decide this line")
    expect(page.get_by_text("Revision 2 puts right what was upheld.")).to_be_visible()


def publish_the_corrected_card(page: Page, card: str, line: str) -> None:
    page.goto(f"{card}/1")
    expect(rows(page, line, "the agency was right")).to_have_count(1)
    page.goto(f"{card}/2")
    expect(page.get_by_text("The agency got the draft in its own place.")).to_be_visible()
    press(page, "Publish this card")
    expect(page.get_by_text("The card is published.")).to_be_visible()


def paper_of(page: Page) -> bytes:
    """The English PDF that this page of a card offers."""
    link = page.locator("a[hreflang=en][href$='/paper.pdf']").get_attribute("href")
    answer = page.request.get(page.url.partition("/en/")[0] + (link or ""))
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


def code_on(paper: bytes) -> str:
    document = pypdfium2.PdfDocument(paper)
    found = [
        code.text
        for page in document
        for code in zxingcpp.read_barcodes(page.render(scale=3).to_pil().convert("L"))
    ]
    document.close()
    assert len(set(found)) == 1, found
    return found[0]


def check_paper(page: Page, paper: bytes, state: str) -> None:
    """Follow the code of the paper, see whether the card holds, and compare the paper itself."""
    said = {"valid": "Valid: this is the newest card", "replaced": "Replaced on"}[state]
    page.goto(code_on(paper))
    expect(page.locator(".rw-standing__word").first).to_contain_text(said)
    sums = page.locator("code.rw-sum").all_inner_texts()
    assert hashlib.sha256(paper).hexdigest() in [re.sub("[^0-9a-f]", "", one) for one in sums]
    compare(page, paper, same=True)


def compare(page: Page, paper: bytes, *, same: bool) -> None:
    page.set_input_files(
        "#file", {"name": "card.pdf", "mimeType": "application/pdf", "buffer": paper}
    )
    press(page, "Compare")
    said = "this is the paper of the card" if same else "It is not the same."
    expect(page.get_by_text(said)).to_be_visible()
