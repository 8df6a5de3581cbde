"""What an agency writes: the lines it contests with reasons and documents, and its replies."""

from collections.abc import Sequence

from recruitwatch.errors import N_, Message
from recruitwatch.scorecards.rules.contesting import PAPERS_MANY, REASON_MISSING
from recruitwatch.scorecards.values.contests import (
    LONGEST_TEXT,
    MOST_PAPERS,
    Ground,
    NewContest,
    NewContestLine,
    NewPaper,
)
from recruitwatch.web.forms import Errors, FormReader

LONGEST_NAME = 150
GROUND_MISSING = N_("Say what is wrong with this line.")
REPLY_MISSING = N_("Write down what you want to say.")


def parse_contest(
    reader: FormReader, line_ids: Sequence[str], papers: Sequence[NewPaper]
) -> NewContest | Errors:
    """The lines with a ground and a reason for each. What is wrong stands at the field of its line."""
    lines = []
    for line_id in line_ids:
        ground = reader.choice(f"ground-{line_id}", Ground, missing=GROUND_MISSING)
        reason = reader.text(
            f"reason-{line_id}", longest=LONGEST_TEXT, required=True, missing=REASON_MISSING
        )
        if ground is not None:
            lines.append(NewContestLine(line_id=line_id, ground=ground, reason=reason))
    if len(papers) > MOST_PAPERS:
        reader.errors["documents"] = Message(PAPERS_MANY, {"most": MOST_PAPERS})
    return reader.errors or NewContest(lines=tuple(lines), papers=tuple(papers))


def parse_reply(reader: FormReader) -> str | Errors:
    """The reply to a card or to a notice."""
    text = reader.text("reply", longest=LONGEST_TEXT, required=True, missing=REPLY_MISSING)
    return reader.errors or text


def paper_name(typed: str) -> str:
    """The name of a file as its owner knows it, without folders and signs that nobody sees."""
    last = typed.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable()).strip()[-LONGEST_NAME:] or "document"
