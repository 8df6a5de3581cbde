"""A register in memory: the agencies filed under their keys, as PostgreSQL does it for many more."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from recruitwatch.names.dictionary import load_dictionary
from recruitwatch.names.rules.agencies import read_agency, read_said
from recruitwatch.names.rules.keys import agency_keys, best_candidates, chosen_keys, query_keys
from recruitwatch.names.rules.ranking import rank
from recruitwatch.names.values import (
    AgencyFacts,
    Commonness,
    Dictionary,
    Judgement,
    Match,
    ReadAgency,
    ReadQuery,
    Said,
)


class MemoryRegister:
    """Agencies of one register, read once and found by key."""

    def __init__(
        self, agencies: Iterable[AgencyFacts], dictionary: Dictionary | None = None
    ) -> None:
        self._dictionary = dictionary or load_dictionary()
        self._agencies: dict[str, ReadAgency] = {}
        self._filed: dict[str, list[str]] = defaultdict(list)
        counts: Counter[str] = Counter()
        for facts in agencies:
            agency = read_agency(facts, self._dictionary)
            self._agencies[facts.key] = agency
            for key in agency_keys(agency):
                self._filed[key].append(facts.key)
                counts[key] += 1
        self._commonness = Commonness(len(self._agencies), counts)

    def candidates(self, query: ReadQuery) -> list[ReadAgency]:
        """The agencies that share the rarest keys with the query, at most sixty."""
        counts, total = self._commonness.counts, self._commonness.total
        chosen = chosen_keys(query_keys(query), counts, total)
        found: dict[str, set[str]] = defaultdict(set)
        for key in chosen:
            for agency in self._filed.get(key, ()):
                found[agency].add(key)
        return [self._agencies[key] for key in best_candidates(found, chosen)]

    def match(self, said: Said, judged: Mapping[str, Judgement] | None = None) -> Match:
        """The candidates for what was said, best first, each with its outcome and reasons."""
        query = read_said(said, self._dictionary)
        return rank(query, self.candidates(query), self._commonness, judged or {})
