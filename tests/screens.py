"""What a browser test looks at: the running site, accessibility faults, width."""

import re
from pathlib import Path

from playwright.sync_api import Page

from recruitwatch.demo.country import SIGN_INS

ROOT = Path(__file__).parent.parent
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


class Site:
    """The running server and how to sign in to it."""

    def __init__(self, address: str) -> None:
        self.address = address

    def url(self, path: str, language: str = "en") -> str:
        return f"{self.address}/{language}{path}"

    def sign_in(self, page: Page, role: str) -> None:
        """As the invented person of this role, through the form."""
        entry = next(one for one in SIGN_INS if role.lower() in one.role.lower())
        page.goto(self.url("/sign-in"))
        page.fill("#sign_in_name", entry.sign_in_name)
        page.fill("#password", entry.password)
        page.click("main button[type=submit]")
        page.wait_for_url(re.compile("/(home|agency)$"))


def serious_faults(page: Page) -> list[str]:
    """What axe calls serious or critical on the page as it stands."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{fault['id']}: {node['target']} {node['failureSummary'].splitlines()[-1].strip()}"
        for fault in result["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"][:3]
    ]


def scrolls_sideways(page: Page) -> bool:
    """Whether the page itself (not a table in a frame of its own) is wider than the screen."""
    wide: bool = page.evaluate(
        "document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth + 1"
    )
    return wide
