"""Finding sentences for translators in published files. Used by `make translations` alone."""

from collections.abc import Collection, Iterator, Mapping
from typing import IO

import yaml


def complaint_codes(
    fileobj: IO[bytes],
    keywords: Mapping[str, object],
    comment_tags: Collection[str],
    options: Mapping[str, object],
) -> Iterator[tuple[int, str, str, list[str]]]:
    """The headings and sentences of a book of complaint codes, as Babel's extractors give them."""
    del keywords, comment_tags, options  # Babel names them; a book of codes needs none
    book = yaml.safe_load(fileobj)
    for family in book["families"]:
        yield 1, "gettext", family["title"], []
    for code in book["codes"]:
        yield 1, "gettext", code["says"], []
