"""Everything that pages say from the files of the clause library is gathered, and is in every catalogue."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from factories.contracts import library
from recruitwatch.contracts.values.corridors import Fact
from recruitwatch.web.gathering import contract_library
from recruitwatch.web.languages import DEFAULT, LANGUAGES, catalogue


def spoken() -> Iterator[str]:
    """Titles, labels, patterns, schemes and units as the rules hand them on."""
    for pack in library().packs.values():
        yield pack.written.title
        yield from (one.label for one in pack.parameters.values())
    for checks in library().checks.values():
        for pattern in checks.patterns:
            yield from (pattern.name, pattern.story)
    for corridors in library().corridors.values():
        for place in corridors.destinations.destinations:
            yield from () if place.code == place.country else (place.name,)
            yield from units(place.facts)
        for origin in corridors.origins.origins:
            yield from units(origin.facts)


def units(facts: tuple[Fact, ...]) -> Iterator[str]:
    yield from (one.unit for one in facts if one.unit != one.currency)


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != DEFAULT])
def test_everything_said_from_the_library_is_in_the_catalogue(language: str) -> None:
    known = catalogue(language)
    assert {one for one in spoken() if known.ugettext(one) == one} == set()


ODD = """
title: "Work at 100 % of the wage"
clauses:
  - id: ODD
    parameters:
      share: {label: "50% s of it, or %(all)s", type: percent}
      lines: {label: "First line\\nSecond \\"line\\"", type: text}
"""
LABELS = ["50% s of it, or %(all)s", 'First line\nSecond "line"', "Work at 100 % of the wage"]


def test_percent_signs_and_line_ends_survive_on_their_way_to_translators() -> None:
    found = [one[2] for one in contract_library(BytesIO(ODD.encode()), {}, (), {})]
    assert found == LABELS
    sheet, written = Catalog(locale="ar"), BytesIO()
    for one in found:
        sheet.add(one)
    write_po(written, sheet)
    written.seek(0)
    assert {one.id for one in read_po(written) if one.id} == set(LABELS)


def test_only_schemes_among_places_are_gathered() -> None:
    places = """
destinations:
  - {code: SA, country: SA, name: Saudi Arabia, facts: [{unit: SAR, currency: SAR}]}
  - {code: US-X, country: US, name: A scheme, facts: [{unit: days}]}
origins:
  - {code: BD, name: Bangladesh}
"""
    found = [one[2] for one in contract_library(BytesIO(places.encode()), {}, (), {})]
    assert found == ["A scheme", "days"]
