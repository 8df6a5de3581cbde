"""Tables of Platypus stories whose rows and cells say what they are, also over page breaks."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable, Table
from reportlab.platypus.tables import TableRenderCB

from recruitwatch.documents.structure import Element, Role

Command = tuple[str, tuple[int, int], tuple[int, int], *tuple[object, ...]]
_SIDES = {
    "LINEBEFORE": "LINEAFTER",
    "LINEAFTER": "LINEBEFORE",
    "LEFTPADDING": "RIGHTPADDING",
    "RIGHTPADDING": "LEFTPADDING",
}


class TableTags(TableRenderCB):  # type: ignore[misc]
    """Tells the structure tree what ReportLab is drawing. Parts of a table that goes over pages share it,
    and so stay one table; heads that are repeated on the next page are decoration there."""

    def __init__(
        self, *, head_rows: int = 1, head_columns: int = 0, rtl: bool = False, summary: str = ""
    ) -> None:
        self._head_rows, self._head_columns, self._rtl = head_rows, head_columns, rtl
        self._role = Role(summary=summary)
        self._element: Element | None = None
        self._outer: list[Element] = []
        self._repeats = False

    def startTable(self, table: Table) -> None:  # noqa: N802 - ReportLab's names, here and below
        canvas = table.canv
        known = self._element
        self._repeats = known is not None and known.tree is canvas
        if known is None or not self._repeats:
            known = self._element = canvas.current.add("Table", self._role)
        self._enter(table, known)

    def endTable(self, table: Table) -> None:  # noqa: N802
        self._leave(table)

    def startBG(self, table: Table) -> None:  # noqa: N802
        """Backgrounds are decoration, as all that is no content."""

    def endBG(self, table: Table) -> None:  # noqa: N802
        """See startBG."""

    def startLines(self, table: Table) -> None:  # noqa: N802
        """See startBG."""

    def endLines(self, table: Table) -> None:  # noqa: N802
        """See startBG."""

    def startRow(self, table: Table, row: int) -> None:  # noqa: N802
        self._row = row
        if self._is_repeated(row):
            table.canv.decorating += 1
            # A row beside the tree: what is said twice is not tagged twice.
            self._enter(table, Element("TR", None, Role(), table.canv))
        else:
            self._enter(table, table.canv.current.add("TR", Role()))

    def endRow(self, table: Table) -> None:  # noqa: N802
        if self._rtl:
            table.canv.current.children.reverse()
        self._leave(table)
        if self._is_repeated(self._row):
            table.canv.decorating -= 1

    def startCell(  # noqa: N802
        self, table: Table, row: int, column: int, value: object, style: object,
        position: tuple[float, float], size: tuple[float, float],
    ) -> None:  # fmt: skip
        if self._rtl:
            column = table._ncols - 1 - column
        if row < self._head_rows:
            cell = table.canv.current.add("TH", Role(scope="Column"))
        elif column < self._head_columns:
            cell = table.canv.current.add("TH", Role(scope="Row"))
        else:
            cell = table.canv.current.add("TD", Role())
        self._enter(table, cell)

    def endCell(self, table: Table) -> None:  # noqa: N802
        self._leave(table)

    def _is_repeated(self, row: int) -> bool:
        return self._repeats and row < self._head_rows

    def _enter(self, table: Table, element: Element) -> None:
        self._outer.append(table.canv.current)
        table.canv.current = element

    def _leave(self, table: Table) -> None:
        table.canv.current = self._outer.pop()


def table(
    rows: Sequence[Sequence[Flowable | Sequence[Flowable]]],
    widths: Sequence[float],
    style: Sequence[Command] = (),
    *,
    head_rows: int = 1,
    head_columns: int = 0,
    rtl: bool = False,
    summary: str = "",
    splits_rows: bool = False,
) -> Table:
    """A table for a story: heads repeat on each page, and rows stay whole unless they may split.

    With `rtl` the first column is the right one; columns and sides in `style` are still counted in the
    order of reading.
    """
    made = Table(
        [list(row)[::-1] if rtl else list(row) for row in rows],
        colWidths=list(widths)[::-1] if rtl else list(widths),
        style=[_turned(one) for one in style] if rtl else list(style),
        repeatRows=head_rows,
        splitInRow=int(splits_rows),
        renderCB=TableTags(
            head_rows=head_rows, head_columns=head_columns, rtl=rtl, summary=summary
        ),
    )
    made.hAlign = "RIGHT" if rtl else "LEFT"
    return made


def _turned(command: Command) -> Command:
    name, (first, top), (last, bottom), *rest = command
    return (_SIDES.get(name, name), (-1 - last, top), (-1 - first, bottom), *rest)
