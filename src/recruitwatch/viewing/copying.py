"""From a file that anybody may have made to a copy that is safe to look at. Pure work of the processor.

It opens hostile bytes: only the confined process of `viewing.__main__` and the tests call it.
"""

from recruitwatch.viewing.flat import flat_pdf
from recruitwatch.viewing.kinds import FileKind, ViewingCopy
from recruitwatch.viewing.limits import LARGEST_COPY, LARGEST_FILE
from recruitwatch.viewing.pictures import jpeg_of, picture_of
from recruitwatch.viewing.refusals import FileRefused, Reason
from recruitwatch.viewing.sheets import sheets_of


def make_copy(content: bytes, kind: FileKind) -> ViewingCopy:
    """What can be seen in the file, drawn anew; nothing of the file itself is carried over."""
    if len(content) > LARGEST_FILE:
        raise FileRefused(Reason.TOO_HEAVY)
    if kind is FileKind.PDF:
        sheets = sheets_of(content)
        return ViewingCopy(content=flat_pdf(sheets), kind=kind.kind_of_copy, pages=len(sheets))
    jpeg, _ = jpeg_of(picture_of(content, kind), at_most=LARGEST_COPY)
    return ViewingCopy(content=jpeg, kind=kind.kind_of_copy, pages=1)
