"""What people choose from on the pages of contracts: in their language and in the order of its names."""

from collections.abc import Mapping

from recruitwatch.contracts.rules.asking import places_of
from recruitwatch.contracts.rules.naming import FROM_TO
from recruitwatch.contracts.values.judged import ContractLibrary
from recruitwatch.errors import Language, Message, Value
from recruitwatch.names.rules import normalise
from recruitwatch.web.formats import country
from recruitwatch.web.saying import say

Choices = list[tuple[str, str]]


def titles_of(library: ContractLibrary) -> dict[str, str]:
    """The English title of each kind of work, as its newest version has it."""
    return {name: pack.written.title for (name, _), pack in sorted(library.packs.items())}


def kinds_of_work(library: ContractLibrary) -> Choices:
    return _in_order({name: Message(title) for name, title in titles_of(library).items()})


def origins_and_destinations(library: ContractLibrary) -> tuple[Choices, Choices]:
    origins, destinations = places_of(library)
    return _in_order(origins), _in_order(destinations)


def paper_languages(library: ContractLibrary) -> Choices:
    known = {language for pack in library.packs.values() for language in pack.languages}
    return _in_order({one: Language(one) for one in known})


def _in_order(values: Mapping[str, Value]) -> Choices:
    said = [(code, say(one)) for code, one in values.items()]
    return sorted(said, key=lambda pair: (normalise(pair[1]), pair[0]))


def corridor(library: ContractLibrary, origin: str, destination: str) -> str:
    origins, destinations = places_of(library)
    said = {"origin": origins[origin], "destination": destinations[destination]}
    return say(Message(FROM_TO, said))


def country_of(code: str) -> str:
    """The country of an origin or a destination such as `CA-SAWP`."""
    return country(code[:2])
