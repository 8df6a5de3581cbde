"""What an agency writes: the lines it contests with reasons and documents, and its replies."""

from collections.abc import Sequence

from recruitwatch.errors import N_
from recruitwatch.scorecards.rules.contesting import PAPERS_MANY, REASON_MISSING
from recruitwatch.scorecards.values.contests import (
    LONGEST_TEXT,
    MOST_PAPERS,
    Ground,
    NewContestLine,
    NewPaper,
)
from recruitwatch.viewing.kinds import require_kind
from recruitwatch.viewing.refusals import SENTENCES, FileRefused, Reason
from recruitwatch.web.forms import Errors, FormReader
from recruitwatch.web.saying import say

LONGEST_NAME = 150
GROUND_MISSING = N_("Say what is wrong with this line.")
PAPERS_REFUSED = N_("These documents cannot be added. %(list)s")
REPLY_MISSING = N_("Write down what you want to say.")


def parse_lines(reader: FormReader, line_ids: Sequence[str]) -> tuple[NewContestLine, ...] | Errors:
    """The lines with a ground and a reason for each. What is wrong stands at the field of its line."""
    lines = []
    for line_id in line_ids:
        ground = reader.choice(f"ground-{line_id}", Ground, missing=GROUND_MISSING)
        reason = reader.text(
            f"reason-{line_id}", longest=LONGEST_TEXT, required=True, missing=REASON_MISSING
        )
        if ground is not None:
            lines.append(NewContestLine(line_id=line_id, ground=ground, reason=reason))
    return reader.errors or tuple(lines)


def check_papers(reader: FormReader, papers: Sequence[NewPaper]) -> None:
    """Refuse too many documents, and those that are no photo or PDF at first sight."""
    if len(papers) > MOST_PAPERS:
        reader.refuse("documents", PAPERS_MANY, most=MOST_PAPERS)
    refused = []
    for paper in papers:
        try:
            require_kind(paper.content)
        except FileRefused as problem:
            refused.append((paper.file_name, problem.reason))
    refuse_papers(reader, refused)


def refuse_papers(reader: FormReader, refused: Sequence[tuple[str, Reason]]) -> None:
    """One sentence names every document and says what is wrong with it."""
    if refused:
        said = [f"\u2068{name}\u2069: {say(SENTENCES[reason])}" for name, reason in refused]
        reader.refuse("documents", PAPERS_REFUSED, list=" ".join(said))


def parse_reply(reader: FormReader) -> str | Errors:
    """The reply to a card or to a notice."""
    text = reader.text("reply", longest=LONGEST_TEXT, required=True, missing=REPLY_MISSING)
    return reader.errors or text


def paper_name(typed: str) -> str:
    """The name of a file as its owner knows it, without folders and signs that nobody sees."""
    last = typed.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable()).strip()[-LONGEST_NAME:] or "document"
