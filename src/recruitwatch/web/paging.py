"""Lists are bounded: a page of a list and the links around it."""

from urllib.parse import urlencode

import msgspec

from recruitwatch.web.languages import path

SIZE = 50
LAST_PAGE = 2000


class Paging(msgspec.Struct, frozen=True, kw_only=True):
    """Where a reader is in a list."""

    page: int
    pages: int
    total: int
    first: int
    last: int
    previous_url: str | None
    next_url: str | None


def offset(page: int) -> int:
    """Rows before this page. Pages outside 1 to 2000 count as the nearest."""
    return (min(max(page, 1), LAST_PAGE) - 1) * SIZE


def paging(address: str, page: int, total: int, **query: str) -> Paging:
    """Paging of a list at `address` whose other query values are kept in the links."""
    pages = max(1, -(-total // SIZE))
    page = min(max(page, 1), LAST_PAGE)

    def url(number: int) -> str:
        values = {key: value for key, value in query.items() if value}
        return f"{path(address)}?{urlencode({**values, 'page': number})}"

    return Paging(
        page=page,
        pages=pages,
        total=total,
        first=min(total, offset(page) + 1),
        last=min(total, offset(page) + SIZE),
        previous_url=url(page - 1) if page > 1 else None,
        next_url=url(page + 1) if page < pages else None,
    )
