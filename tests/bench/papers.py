"""Papers of cards in Bangla, tagged, drawn a second on one core, beside the same words put on two pages by
WeasyPrint and by typst, and 3,000 of them on two processes; and a ZIP made while it is sent, beside the
standard library's."""

import html
import io
import multiprocessing
import os
import time
import tracemalloc
import zipfile
from collections.abc import AsyncGenerator, Callable
from datetime import date
from functools import cache, partial
from uuid import UUID

import psutil
import pypdfium2
import typst
import weasyprint
from weasyprint.text.fonts import FontConfiguration

from bench.table import Line, percent, rate_line, tell
from recruitwatch.documents.typefaces import FOLDER
from recruitwatch.scorecards.pdf import render
from recruitwatch.scorecards.rules.public import public_basis, public_card
from recruitwatch.scorecards.values.papers import PaperFacts
from recruitwatch.scorecards.values.public import PublicCard
from recruitwatch.web.archive import zip_chunks
from recruitwatch.web.voices import Voice
from rules.scorecards.example import example

AGENCY = UUID(int=7)
PROCESSES, EARLY = 2, 500
ASKED = "কাজ শুরুর আগে প্রত্যেক কর্মী কি নিজের ভাষায় লেখা চুক্তি পেয়েছেন?"


async def measure(seconds: float, packed: int) -> list[Line]:
    tell("Drawing papers …")
    words = _words(draw(0))
    drawn = _rate(draw, seconds)
    size = len(draw(0)) / 1024
    what = "papers drawn in Bangla, tagged, two pages, one core"
    return [
        rate_line(what, drawn, "the same words by typst, tagged, no layout",
                  _rate(partial(_by_typst, words), seconds), more=f", {size:.0f} kB each"),
        rate_line("the same", drawn, "the same words by WeasyPrint, tagged, no layout",
                  _rate(partial(_by_weasyprint, words), seconds)),
        _many(packed),
        await _zip_line([draw(number) for number in range(20)], packed),
    ]  # fmt: skip


@cache
def _card() -> PublicCard:
    inputs = example()
    talks = [f"talk {number}" for number in range(8)]
    return public_card(AGENCY, inputs, {}, public_basis(inputs, (), talks, ()))


def draw(number: int) -> bytes:
    """Each paper is of another agency, so that nothing is remembered but what is the same on all."""
    card = _card()
    facts = PaperFacts(
        ministry="শ্রম মন্ত্রণালয়",
        agency_name=f"পদ্মা ওভারসিজ {number} লিমিটেড",
        licence_no=f"RL-{number:04}",
        register_title="রিক্রুটিং এজেন্সির নিবন্ধন",
        revision=1,
        issued_on=date(2026, 7, 1),
        published_on=date(2026, 7, 15),
        card_address=f"https://cards.example.org/cards/{UUID(int=number)}/1",
        verify_address=f"https://cards.example.org/verify/{UUID(int=number)}",
        sha256=f"{number:064x}",
        questions={line.item: ASKED for line in card.lines if line.item},
        replies=(f"আমরা, {number} নম্বর, চুক্তিগুলো সংশোধন করেছি এবং কর্মীদের প্রশিক্ষণ দিয়েছি।",),
    )
    return render(card, facts, Voice("bn"))


def _rate(made: Callable[[int], bytes], seconds: float) -> float:
    """A second of the processor, all threads together: other work on the machine changes nothing."""
    made(0)
    begun, count = time.process_time(), 0
    while time.process_time() - begun < seconds:
        count += 1
        made(count)
    return count / (time.process_time() - begun)


def _words(paper: bytes) -> list[list[str]]:
    document = pypdfium2.PdfDocument(paper)
    return [page.get_textpage().get_text_bounded().splitlines() for page in document]


def _by_typst(pages: list[list[str]], number: int) -> bytes:
    texts = [[line.replace("\\", "").replace('"', "") for line in lines] for lines in pages]
    source = "\n#pagebreak()\n".join(
        "\n\n".join(f'#"{line} {number}"' for line in lines) for lines in texts
    )
    head = (
        '#set document(title: "Card")\n#set page(paper: "a4", margin: 40pt)\n'
        "#set par(leading: 3pt, spacing: 3pt)\n"
        '#set text(font: ("Noto Sans Bengali", "Noto Sans"), size: 7pt, lang: "bn")\n'
    )
    return _compiler().compile((head + source).encode())  # type: ignore[no-any-return]


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(font_paths=[str(FOLDER)], ignore_system_fonts=True)


def _by_weasyprint(pages: list[list[str]], number: int) -> bytes:
    body = "".join(
        f"<section>{''.join(f'<p>{html.escape(line)} {number}</p>' for line in lines)}</section>"
        for lines in pages
    )
    page = f'<html lang="bn"><title>Card</title><body>{body}</body></html>'
    fonts, style = _weasyprint_style()
    made = weasyprint.HTML(string=page).write_pdf(
        stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1"
    )
    return bytes(made or b"")


@cache
def _weasyprint_style() -> tuple[FontConfiguration, weasyprint.CSS]:
    fonts = FontConfiguration()
    faces = "".join(
        f"@font-face {{ font-family: card; src: url({(FOLDER / file).as_uri()}); {range_of} }}"
        for file, range_of in (
            ("NotoSansBengali_400Regular.ttf", "unicode-range: U+980-9FF, U+964-965;"),
            ("NotoSans_400Regular.ttf", ""),
        )
    )
    sheet = (
        "@page { size: A4; margin: 40pt } section { break-after: page } "
        "body { font: 7pt/1.3 card } p { margin: 0 }"
    )
    return fonts, weasyprint.CSS(string=faces + sheet, font_config=fonts)


def _many(count: int) -> Line:
    """All papers of a country on two processes, and whether they go on growing."""
    tell(f"Drawing {count:,} papers on {PROCESSES} processes …")
    share = count // PROCESSES
    begun = time.perf_counter()
    # Fresh processes: a copy of this one would carry what the measurements before have loaded.
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        places = [range(at * share, (at + 1) * share) for at in range(PROCESSES)]
        found = pool.map(_draw_all, places)
    took = time.perf_counter() - begun
    early, late = (max(one[at] for one in found) / 2**20 for at in (0, 1))
    busy = sum(one[2] for one in found)
    return Line(
        f"{share * PROCESSES:,} such papers on {PROCESSES} processes",
        f"{took:.0f} s, {busy:.0f} s of processor",
        f"memory of the larger process after {EARLY} in all, and at the end",
        f"{early:.0f} MB, {late:.0f} MB",
    )


def _draw_all(numbers: range) -> tuple[int, int, float]:
    """Memory after the first hundreds and at the end, and seconds of the processor."""
    begun = time.process_time()
    own, early = psutil.Process(os.getpid()), 0
    for at, number in enumerate(numbers, start=1):
        draw(number)
        if at == EARLY // PROCESSES:
            early = own.memory_info().rss
    return early, own.memory_info().rss, time.process_time() - begun


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
