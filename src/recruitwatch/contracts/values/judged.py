"""What the rules say of a library: sound or not, which value is best and why, what changed."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

import msgspec

from recruitwatch.checklists.values import Mistake
from recruitwatch.contracts.values.corridors import (
    Checks,
    Closing,
    Confidence,
    Corridors,
    Destination,
    How,
    Instruments,
    Origin,
    Sources,
)
from recruitwatch.contracts.values.written import (
    Clause,
    ClauseTexts,
    Pack,
    Parameter,
    Wording,
    Words,
)
from recruitwatch.errors import N_, Language, Message, NotFound, Rejected, listed

MISTAKE = N_("%(file)s, line %(line)s, %(path)s: %(message)s")


class TemplatesRefused(Rejected):
    """The files of the contract library cannot be used; nothing was done."""

    code = "contract.templates-refused"
    sentence = N_("The contract library cannot be used, because its files have mistakes.")

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__(tuple(Message(MISTAKE, msgspec.structs.asdict(one)) for one in mistakes))

    def __str__(self) -> str:
        return "\n".join(str(one) for one in self.mistakes)


class PackUnknown(NotFound):
    code = "contract.pack-unknown"
    sentence = N_("There is no contract library %(pack)s in version %(version)s.")


class CorridorsUnknown(NotFound):
    code = "contract.corridors-unknown"
    sentence = N_("There is no law of corridors in version %(version)s.")


class ChecksUnknown(NotFound):
    code = "contract.checks-unknown"
    sentence = N_("There are no check rules in version %(version)s.")


class LanguageUnknown(NotFound):
    code = "contract.language-unknown"
    sentence = N_("There is no text of %(pack)s in the language %(language)s. There is: %(known)s.")


class OriginUnknown(NotFound):
    code = "contract.origin-unknown"
    sentence = N_("There are no rules of the country of origin %(origin)s. There are: %(known)s.")


class DestinationUnknown(NotFound):
    code = "contract.destination-unknown"
    sentence = N_("There is no law of the destination %(destination)s. There is: %(known)s.")


class WorkNotCovered(NotFound):
    code = "contract.work-not-covered"
    sentence = N_("There is no law of %(destination)s for %(pack)s.")


class DayNotCovered(Rejected):
    code = "contract.day-not-covered"
    sentence = N_(
        "Nobody gathered the law for %(day)s. The days that are covered go from %(start)s to %(end)s."
    )


class InputRefused(Rejected):
    """What was asked for cannot be made a contract; the reasons name every mistake."""

    code = "contract.input-refused"
    sentence = N_("The contract was not made.")


class OccupationPack(msgspec.Struct, frozen=True, kw_only=True):
    """A pack as it is used: all its clauses in order, with those of its base, and their words."""

    written: Pack
    clauses: tuple[Clause, ...]
    texts: Mapping[str, Mapping[str, ClauseTexts]]
    options: Mapping[str, Mapping[str, Mapping[str, Wording]]]
    titles: Mapping[str, Wording]
    drafts: frozenset[str]

    @property
    def id(self) -> str:
        return self.written.id

    @property
    def version(self) -> int:
        return self.written.version

    @property
    def languages(self) -> tuple[str, ...]:
        """Every language in which all clauses have words."""
        return tuple(sorted(self.texts))

    @property
    def parameters(self) -> dict[str, Parameter]:
        """Every value the clauses leave open, by name."""
        return {name: one for clause in self.clauses for name, one in clause.parameters.items()}

    def clause(self, clause_id: str) -> Clause:
        return next(one for one in self.clauses if one.id == clause_id)


class ContractLibrary(msgspec.Struct, frozen=True, kw_only=True):
    """Every published version that was read together and found sound.

    `sha256` is keyed by file path.
    """

    sources: Mapping[int, Sources]
    instruments: Mapping[int, Instruments]
    corridors: Mapping[int, Corridors]
    checks: Mapping[int, Checks]
    words: Mapping[tuple[int, str], Words]
    packs: Mapping[tuple[str, int], OccupationPack]
    sha256: Mapping[str, str]

    @property
    def newest_corridors(self) -> Corridors:
        return self.corridors[max(self.corridors)]

    @property
    def newest_checks(self) -> Checks:
        return self.checks[max(self.checks)]

    def corridors_of(self, version: int) -> Corridors:
        """The law as one version of its files tells it, whatever was published since."""
        found = self.corridors.get(version)
        if found is None:
            raise CorridorsUnknown(version=version)
        return found

    def checks_of(self, version: int) -> Checks:
        found = self.checks.get(version)
        if found is None:
            raise ChecksUnknown(version=version)
        return found

    def pack(self, name: str, version: int) -> OccupationPack:
        found = self.packs.get((name, version))
        if found is None:
            raise PackUnknown(pack=name, version=version)
        return found

    def words_of(self, pack: OccupationPack, language: str) -> Words:
        found = self.words.get((pack.written.words, language))
        if found is None or language not in pack.texts:
            known = [one for one in pack.languages if (pack.written.words, one) in self.words]
            raise LanguageUnknown(
                pack=pack.id,
                language=Language(language),
                known=listed(Language(one) for one in known),
            )
        return found


class Whose(StrEnum):
    """Whose figure a value is: whose rule won, or who gave it."""

    DESTINATION = "destination"
    ORIGIN = "origin"
    ORIGIN_EVERYWHERE = "origin_everywhere"
    GIVEN = "given"
    MODEL = "model"
    NOBODY = "nobody"


class Bound(msgspec.Struct, frozen=True, kw_only=True):
    """One figure that bears on a value on a given day.

    `counts` is false for what may never block: figures that are marked general or conflict, pages
    that name no figure, and money that cannot be compared. `compared` is the figure in the currency
    and period of the contract, where it is another one.
    """

    whose: Whose
    value: int | float | None
    unit: str
    currency: str | None = None
    source: str | None
    other_sources: tuple[str, ...] = ()
    how: How
    confidence: Confidence | None = None
    start: date | None = None
    end: date | None = None
    counts: bool
    compared: int | float | None = None
    note: str | None = None


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """The value a contract takes for a parameter, and what stood behind it.

    `value` is null where neither a person, nor the model, nor a rule gives one. `given` is what was
    asked for, where a rule was better. `bounds` holds every figure that counted, the best for the
    worker first; `doubtful` those that never block and are only shown; `unmatched` sure ones in a currency
    for which there is no exchange rate; `for_women` those that would count if the worker is a woman.
    """

    parameter: str
    label: str
    value: int | float | None
    currency: str | None = None
    whose: Whose
    source: str | None
    given: int | float | None = None
    model: int | float | None = None
    bounds: tuple[Bound, ...] = ()
    doubtful: tuple[Bound, ...] = ()
    unmatched: tuple[Bound, ...] = ()
    for_women: tuple[Bound, ...] = ()


class CorridorLaw(msgspec.Struct, frozen=True, kw_only=True):
    """What bears on contracts of one corridor, one kind of work and one day. `bounds` is keyed by
    what a figure is about, such as `wage_month_min`; `for_women` holds those that bear on women alone, where
    the worker is not known to be one."""

    origin: Origin
    destination: Destination
    pack: str
    on: date
    woman: bool
    bounds: Mapping[str, tuple[Bound, ...]]
    for_women: Mapping[str, tuple[Bound, ...]]
    closings: tuple[Closing, ...]


class TextChange(msgspec.Struct, frozen=True, kw_only=True):
    """Something that reads differently in a new version. Nothing on one side: added or removed."""

    clause: str
    what: str
    old: str | None
    new: str | None


class TemplateDifference(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader of the old version must learn about the new one."""

    pack: str
    old_version: int
    new_version: int
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    changes: tuple[TextChange, ...] = ()
