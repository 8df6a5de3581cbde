"""How well agencies are found, by language and script, as officers' judgements show."""

from datetime import date

import msgspec
from babel import Locale, UnknownLocaleError
from litestar import get

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.values import Permission
from recruitwatch.complaints.queries.quality import list_counted
from recruitwatch.complaints.rules.learning import FEWEST_CASES, MIXED, NUMBERS, quality_rows
from recruitwatch.complaints.values.learning import Fit, QualityRow
from recruitwatch.errors import N_
from recruitwatch.names.values import MATCHER
from recruitwatch.web.languages import current, gettext
from recruitwatch.web.request import Now, Page, Session, WebRequest
from recruitwatch.web.templating import render

FITS = {
    Fit.FIRST: N_("First"),
    Fit.AMONG_FIVE: N_("Second to fifth"),
    Fit.WRONG: N_("Only others"),
    Fit.NOTHING: N_("Nothing"),
}
SCRIPTS = {
    "LATIN": N_("Latin letters"),
    "ARABIC": N_("Arabic letters"),
    "BENGALI": N_("Bengali letters"),
    "DEVANAGARI": N_("Devanagari letters"),
    "TAMIL": N_("Tamil letters"),
    "SINHALA": N_("Sinhala letters"),
    "ETHIOPIC": N_("Ethiopic letters"),
    "MYANMAR": N_("Burmese letters"),
    "KHMER": N_("Khmer letters"),
    "THAI": N_("Thai letters"),
    "CJK": N_("Chinese characters"),
    MIXED: N_("Several scripts"),
    NUMBERS: N_("Numbers only"),
}
OTHER_SCRIPT = N_("Another script")
ALL_OTHERS = N_("All others together")


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A row in words; None: withheld."""

    language: str
    script: str
    cases: int
    counts: list[int | None]
    shares: list[int | None]


class QualityPage(msgspec.Struct, frozen=True, kw_only=True):
    until: date
    matcher: str
    fewest: int
    fits: list[str]
    lines: list[Line]


@get("/matching/quality", opt=needs(Permission.MATCHING_QUALITY))
async def show_quality(request: WebRequest, session: Session, now: Now) -> Page:
    """Whole months only: from day to day a number that grows would tell of one case."""
    begins = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    rows = quality_rows(await list_counted(session, before=begins))
    page = QualityPage(
        until=begins.date(),
        matcher=MATCHER,
        fewest=FEWEST_CASES,
        fits=[gettext(FITS[fit]) for fit in Fit],
        lines=[_line(row) for row in rows],
    )
    return render(request, "complaints/quality.html", page)


def _line(row: QualityRow) -> Line:
    return Line(
        language=_language(row.language) if row.language else gettext(ALL_OTHERS),
        script=gettext(SCRIPTS.get(row.script, OTHER_SCRIPT)) if row.script else "",
        cases=row.cases,
        counts=[row.counts[fit] for fit in Fit],
        shares=[row.precision, row.recall, row.recall_of_five],
    )


def _language(code: str) -> str:
    """Its name in the language of the page; its code where that is not known."""
    try:
        name = Locale.parse(current.get()).languages.get(code)
    except (UnknownLocaleError, ValueError):
        return code
    return name or code
