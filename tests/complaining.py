"""A complaint in a browser: filing it without script, linking and deciding it, finding it on the card."""

import re

from playwright.sync_api import Browser, Page, expect

from screens import Site

SENTENCE = "They took two lakh taka and kept my passport."
REASON = "The number on her card is that of the register, and so is the telephone number."
TOLD = "They must give your passport back. We told you what you can do now."


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def go_on(page: Page, value: str = "next") -> None:
    page.locator(f"main button[name=go][value={value}]").click()
    page.wait_for_load_state()


def code_on(page: Page) -> str:
    page.locator(".code").first.wait_for()
    shown = "".join(page.locator(".code bdi").all_inner_texts())
    digits = re.sub(r"\D", "", shown)[:16]
    assert len(digits) == 16
    return digits


def file_by_buttons(page: Page, site: Site, language: str, **said: str) -> str:
    """Tell, get the code, send; gives the code. Only the values of buttons are used, not their words."""
    page.goto(site.url("/help", language))
    assert not scrolls_sideways_without_script(page)
    page.locator("button[name=danger][value=no]").click()
    page.wait_for_load_state()
    page.locator("input[value=papers_back]").check()
    go_on(page)
    page.locator("input[value='DOC-01']").check()
    page.locator("#happened_said").fill(said.pop("happened_said", SENTENCE))
    while said:
        go_on(page)
        assert not scrolls_sideways_without_script(page)
        for name in [one for one in said if page.locator(f"#{one}").count()]:
            page.locator(f"#{name}").fill(said.pop(name))
    go_on(page, "finish")
    page.locator("main button[value=next]").first.click()
    code = code_on(page)
    page.fill("#last", code[-4:])
    page.locator("main button.main").click()
    assert code_on(page) == code
    return code


def scrolls_sideways_without_script(page: Page) -> bool:
    """Chromium measures the whole page for a picture: wider than the screen means sideways scrolling."""
    box = page.locator("main").bounding_box()
    return box is not None and box["x"] + box["width"] > page.viewport_size["width"] + 1  # type: ignore[index]


def follow_to_the_card(site: Site, chromium: Browser, sentence: str, agency: str) -> None:
    """An officer finds the case, links it to the agency by her number, decides; the regulator looks."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    page = context.new_page()
    site.sign_in(page, "Complaints officer")
    address = find_case(page, site, sentence)
    press(page, "I take it")
    press(page, "I have spoken to her")
    classify(page, address)
    move(page, address, "triage", "screen", "linking")
    link(page, address, agency)
    move(page, address, "assigned", "plan", "investigate", "decide")
    decide(page, address)
    context.close()
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    site.sign_in(page, "Regulator")
    page.goto(site.url("/register"))
    page.fill("#q", agency)
    press(page, "Search")
    page.get_by_role("link", name=agency, exact=True).first.click()
    page.get_by_role("link", name="Scorecard").click()
    decided = page.locator(".govuk-summary-list__row", has_text="Decided").first
    expect(decided).to_contain_text(re.compile("[1-9]"))
    line = page.locator(".rw-ledger", has_text="A decided complaint")
    gate = page.locator("#gates + ul > li", has_text="G5")
    expect(line.or_(gate).first).to_contain_text(re.compile("upheld"))
    assert sentence not in page.content()
    context.close()


def find_case(page: Page, site: Site, sentence: str) -> str:
    """The address of the newest case that nobody has taken and in which this was said."""
    page.goto(site.url("/cases?urgency=S2&stands=received"))
    links = page.locator("main a[href*='/cases/']")
    for address in dict.fromkeys(one.get_attribute("href") or "" for one in links.all()):
        if re.search(r"/cases/[0-9a-f-]{36}$", address):
            page.goto(f"{site.address}{address}")
            if sentence in page.content():
                return page.url
    raise AssertionError("the case is not in the queue")


def move(page: Page, address: str, *states: str) -> None:
    for state in states:
        page.goto(address)
        page.locator(f"form[action$='/move']:has(input[name=after][value={state}]) button").click()
        expect(page.locator(".govuk-error-summary")).to_have_count(0)


def classify(page: Page, address: str) -> None:
    page.goto(f"{address}/about")
    box = page.locator("input[value='DOC-01']").first
    if not box.is_visible():
        page.locator("details", has=box).locator("summary").click()
    box.check()
    page.locator("input[name=stage]").first.check()
    press(page, "Save")
    page.wait_for_url(re.compile(re.escape(address)))


def link(page: Page, address: str, agency: str) -> None:
    page.goto(f"{address}/whom")
    offered = page.locator(".rw-records > li", has_text=agency).first
    expect(offered).to_contain_text(
        re.compile("The licence number has the same digits|a part of the licence number")
    )
    offered.get_by_role("button", name="This is the one").click()
    press(page, "Keep this judgement")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    page.check("[name=basis][value=two_facts]")
    page.fill("#reason", REASON)
    press(page, "Keep this judgement")
    expect(page.locator(".govuk-error-summary")).to_have_count(0)


def decide(page: Page, address: str) -> None:
    page.goto(f"{address}/decision")
    page.check("[name=outcome][value=substantiated]")
    page.check("[name=responsibility][value=agency]")
    page.fill("#workers", "1")
    page.fill("#reasons", REASON)
    page.fill("#told", TOLD)
    press(page, "Decide")
    page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}(#.*|\?.*|/decision.*)?$"))
    page.goto(f"{address}/decision")
    press(page, "Close the case")
    expect(page.locator(".govuk-tag", has_text="Closed").first).to_be_visible()
