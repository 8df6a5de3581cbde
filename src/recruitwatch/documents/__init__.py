"""Documents in the script of whoever reads them: set text, tags and typefaces on ReportLab's canvas.

Knows no feature. Text is set as Unicode asks (directions, scripts, line breaks), shaped by HarfBuzz, and
can be read out again as it was. Each document is PDF/UA-1 and PDF/A-2a, or A-3a where files are embedded,
and has the same bytes whenever it is made.
"""

from recruitwatch.documents.about import About, Attachment, Relation
from recruitwatch.documents.bidi import isolated, turns, without_marks
from recruitwatch.documents.canvas import Canvas
from recruitwatch.documents.codes import code_svg, draw_code
from recruitwatch.documents.drawing import draw_layout, draw_line, offset
from recruitwatch.documents.itemising import lacking
from recruitwatch.documents.layout import Layout, Line, lay_out, leading_of, narrowest
from recruitwatch.documents.paragraph import Paragraph, write
from recruitwatch.documents.signs import Sign, draw_sign, sign_svg
from recruitwatch.documents.story import Code, Margins, SignatureField, build, build_numbered, group
from recruitwatch.documents.structure import Role
from recruitwatch.documents.tables import TableTags, table
from recruitwatch.documents.text import INK, Align, Hand, Span, Style, Text
from recruitwatch.documents.typefaces import MissingGlyph, NoTypefaces, runs_to_the_left
from recruitwatch.documents.voice import Voice

__all__ = [
    "INK",
    "About",
    "Align",
    "Attachment",
    "Canvas",
    "Code",
    "Hand",
    "Layout",
    "Line",
    "Margins",
    "MissingGlyph",
    "NoTypefaces",
    "Paragraph",
    "Relation",
    "Role",
    "Sign",
    "SignatureField",
    "Span",
    "Style",
    "TableTags",
    "Text",
    "Voice",
    "build",
    "build_numbered",
    "code_svg",
    "draw_code",
    "draw_layout",
    "draw_line",
    "draw_sign",
    "group",
    "isolated",
    "lacking",
    "lay_out",
    "leading_of",
    "narrowest",
    "offset",
    "runs_to_the_left",
    "sign_svg",
    "table",
    "turns",
    "without_marks",
    "write",
]
