"""Draws the paper of a published card: two A4 pages in English, the same bytes every time.

Its words are in English alone and are not in the catalogues: papers in other scripts need a layer of
text that this typeface does not give.
"""

from recruitwatch.scorecards.pdf.paper import render

__all__ = ["render"]
