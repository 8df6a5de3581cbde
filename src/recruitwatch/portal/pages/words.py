"""The words of an agency's pages: lines, grounds, notices, states, in the reader's language where shown."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from recruitwatch.errors import N_
from recruitwatch.portal.values import NoticeState, OwnLine
from recruitwatch.scorecards.pages.public_words import EXPLANATIONS, LINES
from recruitwatch.scorecards.rules.contesting import contestable_lines
from recruitwatch.scorecards.values import Grade, Principle, wording
from recruitwatch.scorecards.values.contests import CAP, Ground
from recruitwatch.scorecards.values.public import PublicCap, PublicCard, PublicLine, PublicLineKind
from recruitwatch.scorecards.values.publishing import CardState

CARD_STATES: Mapping[CardState, tuple[str, str]] = {
    CardState.ISSUED: (N_("Not handed over"), "grey"),
    CardState.SERVED: (N_("Draft"), "blue"),
    CardState.VALID: (N_("Published"), "green"),
    CardState.REPLACED: (N_("Replaced"), "yellow"),
    CardState.RECALLED: (N_("Recalled"), "red"),
}
NOTICE_STATES: Mapping[NoticeState, tuple[str, str]] = {
    NoticeState.WAITING: (N_("You may reply"), "blue"),
    NoticeState.REPLIED: (N_("You have replied"), "purple"),
    NoticeState.STANDS: (N_("Decided: it stands"), "red"),
    NoticeState.DISMISSED: (N_("Decided: dismissed"), "grey"),
}
DECIDED = (N_("Decided"), "grey")
"""In lists: how it was decided is said on the page of the notice."""

GROUND_HINTS: Mapping[Ground, str] = {
    Ground.WRONG_FACT: N_("What was found or counted is not so."),
    Ground.WRONG_RULE: N_("The question asks for something that the law or the licence does not."),
    Ground.WRONG_WEIGHT: N_("It is so, but costs more points than the method says."),
    Ground.WRONG_ATTRIBUTION: N_("It belongs to another agency, an employer or somebody else."),
    Ground.ALREADY_FIXED: N_("It was so, and it was put right before the day of the card."),
}
GRADES: Mapping[str, str] = {grade.value: word for grade, word in wording.GRADES.items()}


class LineWords(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a card, or a limit on its grade (`points` is None), as the agency reads it."""

    id: str
    kind: str
    points: float | None
    question: str = ""
    item: str = ""
    principle: str = ""
    explanation: str = ""
    about_complaints: bool = False
    best: str = ""
    mark: OwnLine | None = None


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """A card in a list, or the newest one."""

    revision: int
    as_of: date
    grade: str
    grade_word: str
    score_shown: float | None
    state: str
    colour: str


def line_words(
    card: PublicCard, questions: Mapping[str, str], marks: Mapping[str, OwnLine]
) -> list[LineWords]:
    """Every line of the card, those of most points first."""
    ordered = sorted(card.lines, key=lambda line: (-line.points, line.id))
    return [_line(line, questions, marks.get(line.id)) for line in ordered]


def cap_words(card: PublicCard, marks: Mapping[str, OwnLine]) -> list[LineWords]:
    """What limits the grade of the card."""
    return [_cap(one, marks.get(f"{CAP}{one.gate}")) for one in card.caps]


def contested_words(
    card: PublicCard, questions: Mapping[str, str], line_ids: Sequence[str]
) -> dict[str, LineWords]:
    """These lines of the card by their ids, as a contest shows them."""
    known = {one.id: one for one in (*cap_words(card, {}), *line_words(card, questions, {}))}
    return {one: known[one] for one in line_ids if one in contestable_lines(card)}


def _line(line: PublicLine, questions: Mapping[str, str], mark: OwnLine | None) -> LineWords:
    scored = line.principle is not None and line.principle is not Principle.NOT_SCORED
    return LineWords(
        id=line.id,
        kind=LINES[line.kind],
        points=line.points,
        question=questions.get(line.item, ""),
        item=line.item,
        principle=wording.PRINCIPLES[line.principle] if line.principle and scored else "",
        explanation=EXPLANATIONS.get(line.kind, ""),
        about_complaints=line.kind is PublicLineKind.COMPLAINTS,
        mark=mark,
    )


def _cap(cap: PublicCap, mark: OwnLine | None) -> LineWords:
    return LineWords(
        id=f"{CAP}{cap.gate}",
        kind=wording.GATES[cap.gate],
        points=None,
        best="" if cap.cap is Grade.U else cap.cap.value,
        mark=mark,
    )
