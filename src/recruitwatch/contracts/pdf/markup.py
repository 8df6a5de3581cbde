"""WordprocessingML in small pieces: runs, paragraphs, cells, rows and tables, in either direction."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from msgspec import Struct

from recruitwatch.contracts.values.paper import PaperLanguage, Text
from recruitwatch.documents.typefaces import script_of_language

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
# Typefaces that come with Word; elsewhere the nearest one is taken.
_LATIN = "Arial"
_TYPEFACES = {
    "Arab": "Arial", "Hebr": "Arial", "Ethi": "Ebrima", "Khmr": "Leelawadee UI",
    "Thai": "Leelawadee UI", "Laoo": "Leelawadee UI", "Mymr": "Myanmar Text",
    **dict.fromkeys(("Beng", "Deva", "Taml", "Telu", "Mlym", "Sinh"), "Nirmala UI"),
}  # fmt: skip
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LEFT_TO_RIGHT_MARK = "\u200e"
_TO_THE_LEFT = frozenset(("R", "AL", "AN"))


class Look(Struct, frozen=True, kw_only=True):
    """Of a paragraph. Sizes and distances in points; `ruled` draws a line to write on below it."""

    size: float = 10.0
    bold: bool = False
    colour: str = "0B0C0C"
    heading: int = 0
    keep: bool = False
    before: float = 0.0
    after: float = 0.0
    ruled: bool = False
    centred: bool = False
    new_page: bool = False


class Cell(Struct, frozen=True, kw_only=True):
    """`width` in twentieths of a point; `border` is a style of border, empty where the table's own counts."""

    content: str
    width: int
    tint: str = ""
    border: str = ""


def run(words: str, language: PaperLanguage, look: Look, *, rtl: bool) -> str:
    script = script_of_language(language.code)
    face = _TYPEFACES.get(script, _LATIN)
    latin = face if script == "Ethi" else _LATIN
    half = round(look.size * 2)
    return (
        f'<w:r><w:rPr><w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:cs="{face}"/>'
        + ("<w:b/><w:bCs/>" if look.bold else '<w:b w:val="0"/><w:bCs w:val="0"/>')
        + f'<w:color w:val="{look.colour}"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
        + ("<w:rtl/>" if rtl else "")
        + f'<w:lang w:val="{language.code}" w:bidi="{language.code}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(_UNFIT.sub("", words))}</w:t></w:r>'
    )


def runs(text: Text, language: PaperLanguage, look: Look) -> str:
    """A text. In lines that run to the left, a value without letters of theirs is a run of its own that
    runs to the right, between marks: numbers of telephones would be turned around without."""
    return "".join(
        run(f"{_LEFT_TO_RIGHT_MARK}{one.text}{_LEFT_TO_RIGHT_MARK}", language, look, rtl=False)
        if language.right_to_left and one.value and one.text and not _turns(one.text)
        else run(one.text, language, look, rtl=language.right_to_left)
        for one in text
    )


def _turns(text: str) -> bool:
    return any(unicodedata.bidirectional(one) in _TO_THE_LEFT for one in text)


def paragraph(text: Text, language: PaperLanguage, look: Look) -> str:
    return around(runs(text, language, look), look, rtl=language.right_to_left)


def around(content: str, look: Look, *, rtl: bool) -> str:
    """A paragraph around runs. Its start is at the right where it is `rtl`."""
    return (
        "<w:p><w:pPr>"
        + (f'<w:pStyle w:val="Heading{look.heading}"/>' if look.heading else "")
        + ("<w:keepNext/>" if look.keep or look.heading else "<w:keepNext w:val=\"0\"/>")
        + ("<w:pageBreakBefore/>" if look.new_page else "")
        + ('<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="505A5F"/></w:pBdr>'
           if look.ruled else "")
        + ("<w:bidi/>" if rtl else "")
        + f'<w:spacing w:before="{look.before * 20:.0f}" w:after="{look.after * 20:.0f}"'
        + ' w:line="240" w:lineRule="auto"/>'
        + ('<w:jc w:val="center"/>' if look.centred else "")
        # The mark at the end of a paragraph has a size too, and an empty one has no other.
        + f'<w:rPr><w:sz w:val="{look.size * 2:.0f}"/><w:szCs w:val="{look.size * 2:.0f}"/></w:rPr>'
        + f"</w:pPr>{content}</w:p>"
    )  # fmt: skip


def field(code: str, language: PaperLanguage, look: Look) -> str:
    """A number that the word processor keeps right, such as that of the page."""
    shown = run("1", language, look, rtl=False)
    return f'<w:fldSimple w:instr=" {code} ">{shown}</w:fldSimple>'


def row(cells: Iterable[Cell], *, head: bool = False, height: float = 0.0) -> str:
    """A row that stays on one page, and repeats on each where it is the `head`."""
    return (
        "<w:tr><w:trPr><w:cantSplit/>"
        + (f'<w:trHeight w:val="{height * 20:.0f}" w:hRule="atLeast"/>' if height else "")
        + ("<w:tblHeader/>" if head else "")
        + f"</w:trPr>{''.join(map(_cell, cells))}</w:tr>"
    )


def _cell(cell: Cell) -> str:
    sides = "".join(
        f'<w:{side} w:val="{cell.border}" w:sz="6" w:space="0" w:color="505A5F"/>'
        for side in ("top", "left", "bottom", "right")
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{cell.width}" w:type="dxa"/>'
        + (f"<w:tcBorders>{sides}</w:tcBorders>" if cell.border else "")
        + (f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.tint}"/>' if cell.tint else "")
        + f"</w:tcPr>{cell.content}</w:tc>"
    )


def table(
    rows: Iterable[str], widths: Sequence[int], *, rtl: bool, border: str = "single",
    says: str = "", padding: int = 80,
) -> str:  # fmt: skip
    """A table whose first column is at the right where it is `rtl`. `says` is for who cannot see it.
    In the middle, tables of one width have the same edges, whatever room their cells leave."""
    sides = "".join(
        f'<w:{side} w:val="{border}" w:sz="4" w:space="0" w:color="B1B4B6"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(
        f'<w:{side} w:w="{wide}" w:type="dxa"/>'
        for side, wide in (("top", 40), ("left", padding), ("bottom", 50), ("right", padding))
    )
    columns = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    return (
        "<w:tbl><w:tblPr>"
        + ("<w:bidiVisual/>" if rtl else "")
        + f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        + '<w:jc w:val="center"/>'
        + f"<w:tblBorders>{sides}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        + (f"<w:tblDescription w:val={_quoted(says)}/>" if says else "")
        + f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _quoted(text: str) -> str:
    return '"' + escape(_UNFIT.sub("", text), {'"': "&quot;"}) + '"'


def watermark(words: str) -> str:
    """Pale letters across the page, behind its text, in the way that Word makes them itself."""
    return (
        "<w:r><w:rPr><w:noProof/></w:rPr><w:pict>"
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
        ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas>'
        '<v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/>'
        '<v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
        '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/>'
        '<v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/>'
        '<v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="custom"'
        ' o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
        '<v:textpath on="t" fitshape="t"/></v:shapetype>'
        '<v:shape id="PowerPlusWaterMarkObject1" o:spid="_x0000_s2049" type="#_x0000_t136"'
        ' style="position:absolute;margin-left:0;margin-top:0;width:480pt;height:60pt;rotation:315;'
        "z-index:-251658752;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        'mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#d8d8d8"'
        f' stroked="f"><v:fill opacity=".5"/><v:textpath style="font-family:&quot;{_LATIN}&quot;;'
        f'font-size:1pt" string={_quoted(words)}/></v:shape></w:pict></w:r>'
    )
