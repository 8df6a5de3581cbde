"""The plain words of public cards, as English sentences to translate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from recruitwatch.errors import N_
from recruitwatch.scorecards.rules import PROFILES
from recruitwatch.scorecards.values import Grade, LineKind, NoteCode, Principle, wording
from recruitwatch.scorecards.values.contests import CAP, ContestMark, MarkState
from recruitwatch.scorecards.values.public import PublicCard, PublicLine, PublicLineKind
from recruitwatch.scorecards.values.publishing import CardState

STATES: Mapping[CardState, tuple[str, str]] = {
    CardState.VALID: (N_("Valid"), "green"),
    CardState.REPLACED: (N_("Replaced"), "yellow"),
    CardState.RECALLED: (N_("Recalled"), "red"),
}

LINES: Mapping[PublicLineKind, str] = {
    PublicLineKind.ANSWER: N_("Not met, or met only in part"),
    PublicLineKind.EVIDENCE: N_("Met, but the proof is weak"),
    PublicLineKind.RECENCY: wording.LINES[LineKind.RECENCY],
    PublicLineKind.COMPLAINTS: N_("Complaints of workers, all together"),
    PublicLineKind.ACTIONS: N_("Faults put right in time, or not"),
}

EXPLANATIONS: Mapping[PublicLineKind, str] = {
    PublicLineKind.EVIDENCE: N_(
        "The answer is good, but nobody has tested it or confirmed it from outside. "
        "So it does not count in full."
    ),
    PublicLineKind.RECENCY: wording.EXPLANATIONS[LineKind.RECENCY],
    PublicLineKind.ACTIONS: wording.EXPLANATIONS[LineKind.ACTION_PRIOR],
}

FOLDED_BELOW = 0.5
"""Lines of fewer points fold away unless they are contested, so that the ones that matter are read."""

MARKS: Mapping[MarkState, tuple[str, str]] = {
    MarkState.PENDING: (N_("Contested since %(day)s, not decided yet"), "yellow"),
    MarkState.UPHELD: (N_("Contested. Decided on %(day)s: the agency was right"), "blue"),
    MarkState.NOT_UPHELD: (N_("Contested. Decided on %(day)s: the line stands"), "grey"),
}


class MarkWords(msgspec.Struct, frozen=True, kw_only=True):
    """That a line is contested, or was: never by whom or in whose words."""

    sentence: str
    day: date
    colour: str


class PartWords(msgspec.Struct, frozen=True, kw_only=True):
    """One of the three parts: its share of the whole, its points if there are any."""

    name: str
    share: float
    points: float | None


class CapWords(msgspec.Struct, frozen=True, kw_only=True):
    """A limit on the grade; `best` is empty where the grade is withheld."""

    sentence: str
    best: str
    severe: bool
    mark: MarkWords | None


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why points are missing, in words. The one about complaints is explained by its day."""

    kind: str
    points: float
    question: str
    item: str
    principle: str
    explanation: str
    about_complaints: bool
    mark: MarkWords | None


class PublicWords(msgspec.Struct, frozen=True, kw_only=True):
    """A public card in English sentences, to be translated in the template."""

    grade: str
    certainty: str
    licence: str | None
    withheld: bool
    """No grade from points: too little was checked. The points are not shown as a result either."""
    parts: list[PartWords]
    subjects: list[tuple[str, float]]
    unchecked: list[str]
    caps: list[CapWords]
    notes: list[str]
    large: list[Reason]
    small: list[Reason]


def mark_words(marks: Iterable[ContestMark]) -> dict[str, MarkWords]:
    """The marks of a card's lines and limits, by the line's id."""
    found = {}
    for mark in marks:
        sentence, colour = MARKS[mark.state]
        day = mark.decided_on or mark.filed_on
        found[mark.line_id] = MarkWords(sentence=sentence, day=day, colour=colour)
    return found


def words_of(
    card: PublicCard, questions: Mapping[str, str], contested: Iterable[ContestMark] = ()
) -> PublicWords:
    marks = mark_words(contested)
    reasons = [
        _reason(line, questions, marks.get(line.id))
        for line in sorted(card.lines, key=lambda line: (-line.points, line.id))
    ]
    return PublicWords(
        grade=wording.GRADES[card.grade],
        certainty=wording.CERTAINTIES[card.certainty],
        licence=wording.LICENCES[card.licence_state] if card.licence_state else None,
        withheld=card.grade is Grade.U or any(one.cap is Grade.U for one in card.caps),
        parts=_parts(card),
        subjects=[
            (wording.PRINCIPLES[one.principle], one.mid)
            for one in card.principles
            if one.mid is not None
        ],
        unchecked=[wording.PRINCIPLES[one.principle] for one in card.principles if one.mid is None],
        caps=[
            CapWords(
                sentence=wording.GATES[one.gate],
                best="" if one.cap is Grade.U else one.cap.value,
                severe=one.cap in (Grade.D, Grade.E),
                mark=marks.get(f"{CAP}{one.gate}"),
            )
            for one in card.caps
        ],
        notes=[wording.NOTES[NoteCode(code)] for code in card.notes],
        large=[one for one in reasons if not _folds(one)],
        small=[one for one in reasons if _folds(one)],
    )


def _folds(reason: Reason) -> bool:
    return abs(reason.points) < FOLDED_BELOW and reason.mark is None


def _parts(card: PublicCard) -> list[PartWords]:
    shares = PROFILES[card.profile].parts
    return [
        PartWords(name=N_("Audits"), share=shares.audit, points=card.audit),
        PartWords(
            name=N_("Outcomes of complaints"), share=shares.complaints, points=card.complaints
        ),
        PartWords(
            name=N_("Acting in time"), share=shares.responsiveness, points=card.responsiveness
        ),
    ]


def _reason(line: PublicLine, questions: Mapping[str, str], mark: MarkWords | None) -> Reason:
    scored = line.principle is not None and line.principle is not Principle.NOT_SCORED
    return Reason(
        kind=LINES[line.kind],
        points=line.points,
        question=questions.get(line.item, ""),
        item=line.item,
        principle=wording.PRINCIPLES[line.principle] if line.principle and scored else "",
        explanation=EXPLANATIONS.get(line.kind, ""),
        about_complaints=line.kind is PublicLineKind.COMPLAINTS,
        mark=mark,
    )
