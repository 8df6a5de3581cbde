"""PDF files: each page is drawn as a picture. No script runs, no form is filled, nothing is opened."""

import math

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from recruitwatch.viewing.flat import Sheet
from recruitwatch.viewing.limits import LARGEST_COPY, LONGEST_SIDE, MOST_PAGES
from recruitwatch.viewing.pictures import bare, jpeg_of
from recruitwatch.viewing.refusals import FileRefused, Reason

_LOCKED = {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}
# What the PDF around its pictures takes, with room to spare.
_FRAME = 1024


def sheets_of(content: bytes) -> list[Sheet]:
    """The pages as pictures, in order. What a page does not use of its share, later pages may use."""
    document = _opened(content)
    try:
        pages = len(document)
        if pages > MOST_PAGES:
            raise FileRefused(Reason.TOO_MANY_PAGES)
        left = LARGEST_COPY - _FRAME * (pages + 1)
        sheets = []
        for place in range(pages):
            jpeg, (width, height) = jpeg_of(
                _drawn(document, place), at_most=left // (pages - place)
            )
            left -= len(jpeg)
            sheets.append(Sheet(jpeg=jpeg, width=width, height=height))
        return sheets
    finally:
        document.close()


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as problem:
        locked = problem.err_code in _LOCKED
        raise FileRefused(Reason.LOCKED if locked else Reason.DAMAGED) from None


def _drawn(document: pypdfium2.PdfDocument, place: int) -> Image.Image:
    try:
        page = document[place]
    except pypdfium2.PdfiumError:
        raise FileRefused(Reason.DAMAGED) from None
    try:
        longest, shortest = max(page.get_size()), min(page.get_size())
        if not (shortest > 0 and math.isfinite(longest)):
            raise FileRefused(Reason.DAMAGED)
        bitmap = page.render(scale=LONGEST_SIDE / longest, may_draw_forms=False, rev_byteorder=True)
        image = bare(bitmap.to_pil())
        bitmap.close()
    finally:
        page.close()
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return image
