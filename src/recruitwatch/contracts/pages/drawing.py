"""Contracts as files: which kinds there are, and how one is sent to a browser."""

import base64
import hashlib
from collections.abc import Callable, Mapping

from litestar import MediaType, Response

from recruitwatch.contracts.pdf.html import html_of
from recruitwatch.contracts.pdf.look import STYLE
from recruitwatch.contracts.pdf.sheet import pdf_of
from recruitwatch.contracts.pdf.word import docx_of
from recruitwatch.contracts.rules.assembling import canonical
from recruitwatch.contracts.values.paper import Paper
from recruitwatch.contracts.values.terms import Terms

PREVIEW_KIND = "preview"
PDF_KIND = "pdf"
_HTML = MediaType.HTML
_PDF = "application/pdf"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# The page is a file of its own with its style inside: this style, known by its sum, and nothing else.
_SUM = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
PREVIEW_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_SUM}'; form-action 'none'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
Draw = Callable[[Paper, bytes], bytes]
FILES: Mapping[str, tuple[str, Draw]] = {
    "pdf": (_PDF, lambda paper, _: pdf_of(paper)),
    "docx": (_DOCX, docx_of),
    "html": (_HTML, lambda paper, _: html_of(paper).encode()),
}

# A file that can be edited proves nothing, so there is none of a registered contract. The PDF holds the
# terms as they were hashed.
REGISTERED: Mapping[str, tuple[str, Draw]] = {
    "pdf": (_PDF, lambda paper, terms: pdf_of(paper, terms=terms)),
    "html": FILES["html"],
}


def preview(paper: Paper) -> Response[bytes]:
    """The paper to look at, in a page without any power."""
    headers = {"Content-Security-Policy": PREVIEW_POLICY}
    return Response(html_of(paper).encode(), media_type=_HTML, headers=headers)


def file_answer(
    kind: str,
    paper: Paper,
    terms: Terms,
    *,
    name: str,
    kinds: Mapping[str, tuple[str, Draw]] = FILES,
) -> Response[bytes]:
    media_type, draw = kinds[kind]
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return Response(draw(paper, canonical(terms)), media_type=media_type, headers=headers)
