"""Contracts as files: which kinds there are, and how one is sent to a browser."""

import base64
import hashlib
from collections.abc import Callable, Mapping

from litestar import Response

from recruitwatch.contracts.pdf.html import html_of
from recruitwatch.contracts.pdf.look import STYLE
from recruitwatch.contracts.rules.assembling import canonical
from recruitwatch.contracts.values.paper import Paper
from recruitwatch.contracts.values.terms import Terms
from recruitwatch.web.security import SHOWN_ALONE

PREVIEW_KIND = "preview"
_HTML = "text/html; charset=utf-8"
# The page is a file of its own with its style inside: this style, known by its sum, and nothing else.
_SUM = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
PREVIEW_POLICY = f"{SHOWN_ALONE}; style-src 'sha256-{_SUM}'"
Draw = Callable[[Paper, bytes], bytes]
FILES: Mapping[str, tuple[str, Draw]] = {
    "html": (_HTML, lambda paper, _: html_of(paper).encode()),
}

# An editable file has no registered terms, so there is none of a registered contract.
REGISTERED: Mapping[str, tuple[str, Draw]] = {kind: FILES[kind] for kind in ("html",)}


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
