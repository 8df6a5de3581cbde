"""The whole check: the newest contract against library and law, every paper against all before it."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

import msgspec

from recruitwatch.contracts.rules.checking.changes import Pair, changes_of
from recruitwatch.contracts.rules.checking.limits import limits
from recruitwatch.contracts.rules.checking.pay import pattern_of_agency, wages
from recruitwatch.contracts.rules.checking.paydays import paid
from recruitwatch.contracts.rules.checking.reading import Subject, subjects_of
from recruitwatch.contracts.rules.checking.standard import standard
from recruitwatch.contracts.rules.checking.versions import signed_after_arrival, versions
from recruitwatch.contracts.values.checking import (
    CONTRACTS,
    Change,
    CheckInput,
    CheckReport,
    Fault,
    Finding,
    Information,
    NamedSource,
    Note,
    PaperChange,
    PaperName,
    PatternSeen,
    Said,
    Unchecked,
    Way,
)
from recruitwatch.contracts.values.corridors import EVERY_CLAUSE, CheckRule, Checks, Gravity
from recruitwatch.contracts.values.judged import ContractLibrary, OccupationPack
from recruitwatch.contracts.values.written import Better

# What every contract has to state.
EVERY_CONTRACT = ("C189:7",)
GRAVEST_FIRST = {one: place for place, one in enumerate(Gravity)}


class _Told(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule says, of which paper and beside which."""

    said: Said
    subject: Subject
    against: Subject | None = None


def check(given: CheckInput, library: ContractLibrary, *, today: date | None = None) -> CheckReport:
    """What all rules say of the papers of one worker. S and C rules judge the newest contract, V rules
    each paper beside every earlier one. `today` is given where the findings of the agency are those
    that are known now. Refuses what cannot be read, by name."""
    subjects = subjects_of(given, library)
    checks = library.newest_checks
    told = [*_told(subjects, today)]
    names = {one.place: _name(one) for one in subjects}
    rules = {one.id: one for one in checks.rules}
    titles = _Titles(library, checks)
    findings = _findings(told, rules, names, titles)
    fired = {one.rule for one in findings}
    improvements, changes = _changes(subjects, names, fired, checks)
    return CheckReport(
        checks_version=checks.version,
        papers=tuple(names.values()),
        findings=findings,
        information=tuple(_notes(told, Information, names, titles)),
        improvements=improvements,
        changes=changes,
        patterns=tuple(_patterns(checks, fired, titles)),
        unchecked=tuple(_notes(told, Unchecked, names, titles)),
    )


def _name(subject: Subject) -> PaperName:
    terms = subject.paper.terms
    return PaperName(place=subject.place, step=subject.paper.step, signed_on=terms.signed_on)


def _told(subjects: tuple[Subject, ...], today: date | None) -> Iterator[_Told]:
    contracts = [one for one in subjects if one.paper.step in CONTRACTS]
    if contracts:
        newest = contracts[-1]
        for said in (*standard(newest), *limits(newest)):
            yield _Told(said=said, subject=newest)
        for agreed, said in paid(contracts):
            yield _Told(said=said, subject=agreed)
    for place, newer in enumerate(subjects):
        yield from _beside(newer, subjects[:place])
    last = subjects[-1]
    on = today or last.given.looked_on or last.paper.terms.signed_on
    for said in pattern_of_agency(last.given.agency_findings, on):
        yield _Told(said=said, subject=last)


def _beside(newer: Subject, before: tuple[Subject, ...]) -> Iterator[_Told]:
    fired = worse = False
    for older in before:
        pair = Pair(older=older, newer=newer)
        for said in (*wages(pair), *versions(pair)):
            fired = fired or isinstance(said, Fault)
            yield _Told(said=said, subject=newer, against=older)
        worse = worse or any(_breaks_word(one, newer) for one in changes_of(pair))
    if before:
        pair = Pair(older=before[-1], newer=newer)
        for said in signed_after_arrival(pair, fired, worse):
            yield _Told(said=said, subject=newer, against=before[-1])


def _breaks_word(change: Change, newer: Subject) -> bool:
    """Worse, or not the same where it has to stay the same."""
    same = newer.pack.parameters[change.name].better is Better.SAME
    return change.way is Way.WORSE or (change.way is Way.OTHER and same)


def _findings(
    told: Iterable[_Told],
    rules: dict[str, CheckRule],
    names: dict[int, PaperName],
    titles: "_Titles",
) -> tuple[Finding, ...]:
    """One finding for a rule, a paper and what it says, the gravest first. Of several earlier papers
    the first is named beside which it is gravest, and a loss that a later paper only repeats is told
    once."""
    best: dict[tuple[str, int, str], Finding] = {}
    known: set[tuple[str, str]] = set()
    for one in told:
        if not isinstance(one.said, Fault):
            continue
        words = f"{one.said.message.key} {one.said.message.values}"
        if one.against is not None and (one.said.rule, words) in known:
            continue
        known.add((one.said.rule, words))
        finding = _finding(one, one.said, rules[one.said.rule], names, titles)
        key = (finding.rule, one.subject.place, words if one.against is None else "")
        former = best.get(key)
        if former is None or GRAVEST_FIRST[finding.severity] < GRAVEST_FIRST[former.severity]:
            best[key] = finding
    return tuple(
        sorted(
            best.values(), key=lambda one: (GRAVEST_FIRST[one.severity], one.rule, one.paper.place)
        )
    )


def _finding(
    told: _Told, fault: Fault, rule: CheckRule, names: dict[int, PaperName], titles: "_Titles"
) -> Finding:
    return Finding(
        rule=rule.id,
        stage=rule.stage,
        severity=fault.severity or rule.severity,
        clause=rule.clause,
        items=rule.items if fault.item is None else (fault.item,),
        paper=names[told.subject.place],
        against=names[told.against.place] if told.against else None,
        message=fault.message,
        expected=fault.expected,
        sources=tuple(titles.behind(fault, rule, told.subject.pack)),
    )


def _notes(
    told: Iterable[_Told],
    kind: type[Information] | type[Unchecked],
    names: dict[int, PaperName],
    titles: "_Titles",
) -> Iterator[Note]:
    """Each once, in the order of the rules. What fired for a paper is not also called unchecked."""
    told = list(told)
    fired = {(one.said.rule, one.subject.place) for one in told if isinstance(one.said, Fault)}
    found: dict[tuple[str, int, str], Note] = {}
    for one in told:
        place, said = one.subject.place, one.said
        if not isinstance(said, kind):
            continue
        if isinstance(said, Unchecked) and (said.rule, place) in fired:
            continue
        sources = said.sources if isinstance(said, Information) else ()
        note = Note(
            rule=said.rule,
            paper=names[place],
            message=said.message,
            sources=tuple(titles.of(one) for one in sources),
        )
        found.setdefault((said.rule, place, said.message.key + str(said.message.values)), note)
    yield from sorted(found.values(), key=lambda one: (one.rule, one.paper.place))


def _changes(
    subjects: tuple[Subject, ...],
    names: dict[int, PaperName],
    fired: set[str],
    checks: Checks,
) -> tuple[tuple[PaperChange, ...], tuple[PaperChange, ...]]:
    """Improvements, and changes that no fired rule names, each beside the paper just before."""
    ruled = {name for one in checks.rules if one.id in fired for name in one.parameters}
    better: list[PaperChange] = []
    others: list[PaperChange] = []
    for older, newer in pairwise(subjects):
        for change in changes_of(Pair(older=older, newer=newer)):
            told = PaperChange(paper=names[newer.place], against=names[older.place], change=change)
            if change.way is Way.BETTER:
                better.append(told)
            elif change.name not in ruled:
                others.append(told)
    return tuple(better), tuple(others)


def _patterns(checks: Checks, fired: set[str], titles: "_Titles") -> Iterator[PatternSeen]:
    for one in checks.patterns:
        if fired.issuperset(one.rules):
            yield PatternSeen(
                id=one.id,
                name=one.name,
                story=one.story,
                rules=one.rules,
                source=titles.of(one.seen) if one.seen else None,
            )


class _Titles:
    """What sources and the texts behind clauses are called."""

    def __init__(self, library: ContractLibrary, checks: Checks) -> None:
        self.sources = library.sources[checks.sources].sources
        self.instruments = library.instruments

    def of(self, source: str) -> NamedSource:
        return NamedSource(id=source, title=self.sources[source].title)

    def behind(self, fault: Fault, rule: CheckRule, pack: OccupationPack) -> Iterator[NamedSource]:
        """Where the law was read; for other rules, the texts that the clause refers to."""
        for source in fault.sources:
            yield self.of(source)
        refs = {one.id: one.refs for one in pack.clauses}
        refs[EVERY_CLAUSE] = EVERY_CONTRACT
        instruments = self.instruments[pack.written.instruments].instruments
        for ref in () if fault.sources else refs.get(rule.clause, ()):
            yield NamedSource(id=ref, title=instruments[ref.partition(":")[0]].title)
