"""Papers of cards drawn a second on one core, beside the same words put on the pages by ReportLab alone; and
a ZIP of them made while it is sent, beside the standard library's."""

import io
import time
import tracemalloc
import zipfile
from collections.abc import AsyncGenerator, Callable
from datetime import date
from uuid import UUID

import pypdfium2
from reportlab.pdfgen.canvas import Canvas

from bench.table import Line, percent, rate_line, tell
from recruitwatch.scorecards.pdf import render
from recruitwatch.scorecards.pdf.lettering import REGULAR
from recruitwatch.scorecards.rules.public import public_basis, public_card
from recruitwatch.scorecards.values.papers import PaperFacts
from recruitwatch.web.archive import zip_chunks
from rules.scorecards.example import example

AGENCY = UUID(int=7)


async def measure(seconds: float, packed: int) -> list[Line]:
    tell("Drawing papers …")
    inputs = example()
    talks = [f"talk {number}" for number in range(8)]
    card = public_card(AGENCY, inputs, (), public_basis(inputs, (), talks, ()))
    asked = "Did every worker get a contract in her own language before she paid or signed?"

    def draw(number: int) -> bytes:
        return render(card, _facts(number, {line.item: asked for line in card.lines if line.item}))

    words = _words(draw(0))
    drawn = _rate(draw, seconds)
    bare = _rate(lambda _: _bare(words), seconds)
    size = len(draw(0)) / 1024
    return [
        rate_line("papers drawn, two pages, one core", drawn, "the same words by ReportLab alone",
                  bare, more=f", {size:.0f} kB each"),
        await _zip_line([draw(number) for number in range(20)], packed),
    ]  # fmt: skip


def _facts(number: int, questions: dict[str, str]) -> PaperFacts:
    """Each paper is of another agency, so that nothing is remembered but what is the same on all."""
    return PaperFacts(
        ministry="Ministry of Labour",
        agency_name=f"Padma Overseas {number} Ltd",
        licence_no=f"RL-{number:04}",
        register_title="Register of recruiting agencies",
        revision=1,
        issued_on=date(2026, 7, 1),
        published_on=date(2026, 7, 15),
        card_address=f"https://cards.example.org/cards/{UUID(int=number)}/1",
        verify_address=f"https://cards.example.org/verify/{UUID(int=number)}",
        sha256=f"{number:064x}",
        questions=questions,
        replies=(f"We, number {number}, have mended the contracts and trained our staff.",),
    )


def _rate(draw: Callable[[int], bytes], seconds: float) -> float:
    draw(0)
    begun, count = time.perf_counter(), 0
    while time.perf_counter() - begun < seconds:
        count += 1
        draw(count)
    return count / (time.perf_counter() - begun)


def _words(paper: bytes) -> list[list[str]]:
    document = pypdfium2.PdfDocument(paper)
    return [page.get_textpage().get_text_bounded().splitlines() for page in document]


def _bare(pages: list[list[str]]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, pageCompression=1, initialFontName=REGULAR)
    canvas._preamble = "1 0 0 1 0 0 cm"
    for lines in pages:
        canvas.setFont(REGULAR, 8)
        for number, line in enumerate(lines):
            canvas.drawString(40, 800 - 8 * number, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


async def _zip_line(papers: list[bytes], packed: int) -> Line:
    async def each() -> AsyncGenerator[tuple[str, bytes], None]:
        for number in range(packed):
            yield f"rl-{number}-{UUID(int=number)}-revision-1.pdf", papers[number % len(papers)]

    begun, sent = time.perf_counter(), 0
    async for chunk in zip_chunks(each()):
        sent += len(chunk)
    ours = time.perf_counter() - begun
    tracemalloc.start()
    async for _ in zip_chunks(each()):
        pass
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    theirs = _standard(papers, packed)
    return Line(
        f"a ZIP of {packed:,} papers, {sent / 2**20:,.0f} MB, at most {most / 2**20:.1f} MB in memory",
        f"{ours:.2f} s", "zipfile, stored, to nowhere", f"{theirs:.2f} s", percent(theirs, ours),
    )  # fmt: skip


class _Nowhere(io.RawIOBase):
    def writable(self) -> bool:
        return True

    def write(self, content: object) -> int:
        return len(memoryview(content))  # type: ignore[arg-type]


def _standard(papers: list[bytes], packed: int) -> float:
    begun = time.perf_counter()
    with zipfile.ZipFile(_Nowhere(), "w") as archive:
        for number in range(packed):
            archive.writestr(
                f"rl-{number}-{UUID(int=number)}-revision-1.pdf", papers[number % len(papers)]
            )
    return time.perf_counter() - begun
