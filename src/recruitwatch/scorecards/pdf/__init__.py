"""Draws the paper of a published card: two A4 pages in one language, the same bytes every time."""

from recruitwatch.scorecards.pdf.paper import render

__all__ = ["render"]
