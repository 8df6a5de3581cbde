"""From a question to the matcher's words, and from its candidates to those of the protocol."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from recruitwatch.agencies.rules.hits import nearest, proposed
from recruitwatch.agencies.values import AgencyHit, PublicAgency, Register
from recruitwatch.names.rules import normalise
from recruitwatch.names.values import Match, Outcome, Ranked, Said
from recruitwatch.reconciliation.values import (
    Candidate,
    Cell,
    Feature,
    Kind,
    Question,
    Suggestion,
    Told,
)
from recruitwatch.scorecards.values.publishing import PublishedCard


def said(question: Question) -> Said:
    """The question as if a person had said it: the name, and what was asked for apart."""
    return Said(
        text=question.text,
        numbers=question.numbers,
        phones=question.phones,
        place=", ".join(question.places),
    )


def registers_meant(question: Question, known: Sequence[Register]) -> tuple[str, ...] | None:
    """The registers that the question is limited to, by id; None: it is not.

    A register is named by its id or its title, a country by its code or its name. Where nothing here is
    meant, no agency is: one of another country would be a wrong one.
    """
    if not question.registers and not question.countries:
        return None
    words = {normalise(word) for word in question.registers}
    return tuple(
        register.id
        for register in known
        if (not words or words & {normalise(register.id), normalise(register.title)})
        and (not question.countries or register.country in question.countries)
    )


def identifier(words: str) -> UUID | None:
    """The agency whose identifier, or the address of whose page, these words are."""
    last = words.strip().rstrip("/").rpartition("/")[2]
    try:
        found = UUID(last)
    except ValueError:
        return None
    return found if str(found) == last.lower() else None


def shown(match: Match) -> tuple[Ranked, ...]:
    """What the search box shows as well: what is proposed, or else what comes nearest."""
    return proposed(match) or nearest(match)


def candidate(one: Ranked, line: AgencyHit, beside: Sequence[Ranked], kind: Kind) -> Candidate:
    """A candidate with all its points. It is a match only if it is certain, and no other one is too."""
    certain = [other for other in beside if other.outcome is Outcome.CERTAIN]
    return Candidate(
        id=str(line.id),
        name=line.legal_name,
        description=description(line),
        type=(kind,),
        score=round(100 * one.score, 2),
        match=one.outcome is Outcome.CERTAIN and len(certain) == 1,
        features=tuple(Feature(id=part.feature, value=part.points) for part in one.parts),
    )


def itself(line: AgencyHit, kind: Kind) -> Candidate:
    """The agency that was asked for by its own identifier."""
    return Candidate(
        id=str(line.id),
        name=line.legal_name,
        description=description(line),
        type=(kind,),
        score=100.0,
        match=True,
        features=(Feature(id="identifier", value=1.0),),
    )


def suggestion(line: AgencyHit, kind: Kind) -> Suggestion:
    """A line of the register to choose from."""
    return Suggestion(
        id=str(line.id),
        name=line.legal_name,
        description=description(line),
        notable=(kind,),
    )


def description(line: AgencyHit) -> str:
    """What tells namesakes apart: number, town and register."""
    return " · ".join(filter(None, (line.licence_no, line.city, line.register_title)))


def cells(
    agency: PublicAgency, card: PublishedCard | None, wanted: Sequence[Told], address: str
) -> dict[str, tuple[Cell, ...]]:
    """What is asked of an agency; nothing where nothing is known."""
    known = {**_of_register(agency, address), **(_of_card(card) if card else {})}
    return {told.value: known.get(told, ()) for told in wanted}


def _of_register(agency: PublicAgency, address: str) -> Mapping[Told, tuple[Cell, ...]]:
    status = agency.status
    until = status.until.isoformat() if status.until else ""
    return {
        Told.LICENCE_NO: _text(status.licence_no or agency.licence_no),
        Told.STATUS: _text(status.state.value if status.state else None),
        Told.LICENCE_UNTIL: _day(until),
        Told.REGISTER: _text(agency.register.title),
        Told.COUNTRY: _text(agency.country),
        Told.CITY: _text(next((place.city for place in agency.addresses), None)),
        Told.PAGE: _text(f"{address}/agencies/{agency.id}"),
    }


def _of_card(card: PublishedCard) -> Mapping[Told, tuple[Cell, ...]]:
    return {
        Told.GRADE: _text(card.card.grade.value),
        Told.GRADE_AS_OF: _day(card.card.as_of.isoformat()),
        Told.GRADE_CONTESTED: ({"int": card.pending},),
    }


def _text(value: str | None) -> tuple[Cell, ...]:
    return ({"str": value},) if value else ()


def _day(day: str) -> tuple[Cell, ...]:
    """The protocol knows no days, only instants: midnight stands for the day."""
    return ({"date": f"{day}T00:00:00Z"},) if day else ()
