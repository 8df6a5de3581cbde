"""Flowables that hold others: beside each other, and below each other inside a frame."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from recruitwatch.documents import Role


class Beside(Flowable):  # type: ignore[misc]
    """Flowables in columns, in the order of reading; the first is at the right with `rtl`. They stay
    together. `shares` are parts of the width; with `alike` all become as high as the highest."""

    def __init__(
        self,
        columns: Sequence[Flowable],
        *,
        shares: Sequence[float] = (),
        gap: float = 12.0,
        rtl: bool = False,
        alike: bool = False,
        before: float = 0.0,
        after: float = 0.0,
        keep_with_next: bool = False,
    ) -> None:
        super().__init__()
        self._columns, self._gap, self._rtl, self._alike = tuple(columns), gap, rtl, alike
        self._shares = tuple(shares) or (1.0,) * len(self._columns)
        self._before, self._after = before, after
        self.keepWithNext = keep_with_next

    def getSpaceBefore(self) -> float:  # noqa: N802 - ReportLab's names, here and below
        return self._before

    def getSpaceAfter(self) -> float:  # noqa: N802
        return self._after

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        spare = width - self._gap * (len(self._columns) - 1)
        self._widths = [spare * one / sum(self._shares) for one in self._shares]
        sizes = [
            one.wrap(mine, height) for one, mine in zip(self._columns, self._widths, strict=True)
        ]
        self._heights = [high for _, high in sizes]
        self.width, self.height = width, max(self._heights)
        if self._alike:
            for one in self._columns:
                if isinstance(one, Framed):
                    one.stretch(self.height)
            self._heights = [self.height] * len(self._columns)
        return width, self.height

    def draw(self) -> None:
        x = self.width if self._rtl else 0.0
        for one, width, height in zip(self._columns, self._widths, self._heights, strict=True):
            left = x - width if self._rtl else x
            one.drawOn(self.canv, left, self.height - height)
            x += (-1 if self._rtl else 1) * (width + self._gap)


class Framed(Flowable):  # type: ignore[misc]
    """Flowables below each other as one element `tag`, inside a frame or on a tint; they stay together."""

    def __init__(
        self,
        parts: Sequence[Flowable],
        *,
        tag: str = "",
        border: int | None = None,
        dashed: bool = False,
        tint: int | None = None,
        padding: float = 6.0,
        least: float = 0.0,
        before: float = 0.0,
        after: float = 0.0,
    ) -> None:
        super().__init__()
        self._parts, self._tag, self._padding, self._least = tuple(parts), tag, padding, least
        self._border, self._dashed, self._tint = border, dashed, tint
        self._before, self._after = before, after

    def getSpaceBefore(self) -> float:  # noqa: N802
        return self._before

    def getSpaceAfter(self) -> float:  # noqa: N802
        return self._after

    def stretch(self, height: float) -> None:
        """Makes the frame higher than its parts need."""
        self.height = height

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        inside = width - 2 * self._padding
        self._heights = [one.wrap(inside, height)[1] for one in self._parts]
        between = sum(
            one.getSpaceAfter() + following.getSpaceBefore()
            for one, following in pairwise(self._parts)
        )
        self.width = width
        self.height = max(self._least, sum(self._heights) + between + 2 * self._padding)
        return width, self.height

    def draw(self) -> None:
        self.draw_frame()
        if not self._tag:
            self.draw_parts()
            return
        with self.canv.tagged(self._tag, Role()):
            self.draw_parts()

    def draw_frame(self) -> None:
        canvas = self.canv
        if self._tint is not None:
            canvas.colour(self._tint)
            canvas.write(f"0 0 {self.width:.2f} {self.height:.2f} re f")
        if self._border is not None:
            canvas.saveState()
            canvas.setStrokeColor(HexColor(self._border))
            canvas.setLineWidth(0.7)
            if self._dashed:
                canvas.setDash(3, 2.5)
            canvas.rect(0, 0, self.width, self.height)
            canvas.restoreState()

    def draw_parts(self) -> None:
        top = self.height - self._padding
        for number, (one, height) in enumerate(zip(self._parts, self._heights, strict=True)):
            if number:
                top -= self._parts[number - 1].getSpaceAfter() + one.getSpaceBefore()
            one.drawOn(self.canv, self._padding, top - height)
            top -= height


class Strip(Flowable):  # type: ignore[misc]
    """Empty room, with a line to write on at its foot or a dashed frame around it."""

    def __init__(
        self, height: float, *, width: float = 0.0, framed: bool = False, before: float = 0.0
    ) -> None:
        super().__init__()
        self._asked, self._high, self._framed, self._before = width, height, framed, before

    def getSpaceBefore(self) -> float:  # noqa: N802
        return self._before

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = self._asked or width, self._high
        return self.width, self.height

    def draw(self) -> None:
        canvas = self.canv
        canvas.saveState()
        canvas.setStrokeColor(HexColor(0x505A5F))
        canvas.setLineWidth(0.6)
        if self._framed:
            canvas.setDash(2, 2)
            canvas.rect(0, 0, self.width, self.height)
        else:
            canvas.line(0, 0, self.width, 0)
        canvas.restoreState()
