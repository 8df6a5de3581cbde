"""The whole check: the newest contract against library and law, every paper against all before it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from recruitwatch.contracts.rules.checking.chain import (
    GRAVEST_FIRST,
    Moved,
    Told,
    moved,
    new_losses,
    told_together,
    worse_since,
)
from recruitwatch.contracts.rules.checking.changes import REST_PAID_OUT, RETURN_PAID_BY, Pair
from recruitwatch.contracts.rules.checking.limits import limits
from recruitwatch.contracts.rules.checking.pay import pattern_of_agency, wages
from recruitwatch.contracts.rules.checking.paydays import paid
from recruitwatch.contracts.rules.checking.reading import Subject, subjects_of
from recruitwatch.contracts.rules.checking.standard import signed_in_time, standard
from recruitwatch.contracts.rules.checking.versions import (
    code_on_paper,
    signed_after_arrival,
    versions,
)
from recruitwatch.contracts.values.checking import (
    CONTRACTS,
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
    Step,
    Unchecked,
    Way,
)
from recruitwatch.contracts.values.corridors import EVERY_CLAUSE, CheckRule, Checks, Gravity
from recruitwatch.contracts.values.judged import ContractLibrary, OccupationPack

# What every contract has to state.
EVERY_CONTRACT = ("C189:7",)
# What rules tell that is no value of a contract.
_BESIDE_TERMS = {"CHK-V14": (RETURN_PAID_BY,)}
# What must be among the losses of a rule before a pattern is named after it.
_TURNED_INTO_MONEY = {"PAT-09": ("CHK-V09", REST_PAID_OUT)}

# All of their rules must fire in one paper: a wage that was cut at home is no second contract.
_IN_ONE_PAPER = frozenset({"PAT-01"})


def check(given: CheckInput, library: ContractLibrary, *, today: date | None = None) -> CheckReport:
    """What all rules say of the papers of one worker. S and C rules judge the newest contract, V rules
    each paper beside every earlier one. `today` is given where the findings of the agency are those
    that are known now. Refuses what cannot be read, by name."""
    subjects = subjects_of(given, library)
    checks = library.newest_checks
    rules = {one.id: one for one in checks.rules}

    def gravity(fault: Fault) -> Gravity:
        return fault.severity or rules[fault.rule].severity

    beside = [*_beside(subjects)]
    new = new_losses(beside, gravity, subjects)
    told = told_together(new, gravity)
    changes = [*moved(subjects)]
    own = [*_of_contracts(subjects), *_of_the_last(subjects[-1], today),
           *_codes(subjects), *_after_arrival(subjects, new, changes)]  # fmt: skip
    names = {one.place: _name(one) for one in subjects}
    titles = _Titles(library, checks)
    findings = _findings([*own, *told], rules, names, titles)
    said = [*own, *beside]
    hidden = {(one.subject.place, name) for one in told for name in _told_by(one, rules)}
    improvements, others = _changes(changes, names, hidden)
    return CheckReport(
        checks_version=checks.version,
        papers=tuple(names.values()),
        findings=findings,
        information=tuple(_notes(said, Information, names, titles)),
        improvements=improvements,
        changes=others,
        patterns=tuple(_patterns(checks, [*own, *told], titles)),
        unchecked=tuple(_notes(said, Unchecked, names, titles)),
    )


def _name(subject: Subject) -> PaperName:
    terms = subject.paper.terms
    return PaperName(place=subject.place, step=subject.paper.step, signed_on=terms.signed_on)


def _of_contracts(subjects: Sequence[Subject]) -> Iterator[Told]:
    """S and C: the newest whole contract, and what is wrong with the values of a younger one of which
    only some were entered."""
    contracts = [one for one in subjects if one.paper.step in CONTRACTS]
    if not contracts:
        return
    newest = contracts[-1]
    judged = next((one for one in reversed(contracts) if one.paper.whole), newest)
    for said in (*standard(judged), *limits(judged)):
        yield Told(said=said, subject=judged)
    for said in (*standard(newest), *limits(newest)) if newest is not judged else ():
        if not isinstance(said, Unchecked):
            yield Told(said=said, subject=newest)
    signed = [one for one in contracts if one.paper.step is Step.SIGNED]
    if signed and signed[-1].place not in (judged.place, newest.place):
        for said in signed_in_time(signed[-1]):
            yield Told(said=said, subject=signed[-1])
    for agreed, said in paid(contracts):
        yield Told(said=said, subject=agreed)


def _of_the_last(last: Subject, today: date | None) -> Iterator[Told]:
    on = today or last.given.looked_on or last.paper.terms.signed_on
    for said in pattern_of_agency(last.given.agency_findings, on):
        yield Told(said=said, subject=last)


def _beside(subjects: Sequence[Subject]) -> Iterator[Told]:
    """Every paper beside each earlier one, the first of them first."""
    for place, newer in enumerate(subjects):
        for older in subjects[:place]:
            pair = Pair(older=older, newer=newer)
            for said in (*wages(pair), *versions(pair)):
                yield Told(said=said, subject=newer, against=older)


def _codes(subjects: Sequence[Subject]) -> Iterator[Told]:
    for place, newer in enumerate(subjects):
        for said, older in code_on_paper(newer, subjects[:place]):
            yield Told(said=said, subject=newer, against=older)


def _after_arrival(
    subjects: Sequence[Subject], new: Sequence[Told], changes: Sequence[Moved]
) -> Iterator[Told]:
    """Papers signed after arrival. What papers before them said already is no news of theirs."""
    worse = worse_since(subjects)
    wrong_codes = {one.subject.place for one in _codes(subjects) if isinstance(one.said, Fault)}
    for at, newer in enumerate(subjects[1:], start=1):
        here, before = newer.place, subjects[:at]
        fired = [one.against for one in new if one.subject.place == here]
        broken = [one.pair.older for one in worse if one.pair.newer.place == here]
        places = {one.place for one in (*fired, *broken) if one is not None}
        against = next((one for one in reversed(before) if one.place in places), before[-1])
        for said in signed_after_arrival(
            newer,
            fired=bool(fired) or here in wrong_codes,
            worse=bool(broken),
            changed=any(one.pair.newer.place == here for one in changes),
        ):
            yield Told(said=said, subject=newer, against=against)


def _told_by(told: Told, rules: dict[str, CheckRule]) -> Iterable[str]:
    """The names of what a fault tells, so that it is not told once more as a change."""
    if not isinstance(told.said, Fault):
        return ()
    if told.said.losses:
        return [one.of for one in told.said.losses]
    return _BESIDE_TERMS.get(told.said.rule, rules[told.said.rule].parameters)


def _findings(
    told: Iterable[Told],
    rules: dict[str, CheckRule],
    names: dict[int, PaperName],
    titles: "_Titles",
) -> tuple[Finding, ...]:
    """The gravest first, each once."""
    found: dict[tuple[str, int, str], Finding] = {}
    for one in told:
        if isinstance(one.said, Fault):
            words = f"{one.said.message.key} {one.said.message.values}"
            finding = _finding(one, one.said, rules[one.said.rule], names, titles)
            found.setdefault((finding.rule, one.subject.place, words), finding)
    return tuple(
        sorted(
            found.values(), key=lambda one: (GRAVEST_FIRST[one.severity], one.rule, one.paper.place)
        )
    )


def _finding(
    told: Told, fault: Fault, rule: CheckRule, names: dict[int, PaperName], titles: "_Titles"
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
    told: Iterable[Told],
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
    changes: Iterable[Moved], names: dict[int, PaperName], told: set[tuple[int, str]]
) -> tuple[tuple[PaperChange, ...], tuple[PaperChange, ...]]:
    """Improvements, and changes that no finding of the paper tells."""
    better: list[PaperChange] = []
    others: list[PaperChange] = []
    for one in changes:
        newer, older = names[one.pair.newer.place], names[one.pair.older.place]
        change = PaperChange(paper=newer, against=older, change=one.change)
        if one.change.way is Way.BETTER:
            better.append(change)
        elif (newer.place, one.change.name) not in told:
            others.append(change)
    return tuple(better), tuple(others)


def _in_one_paper(rules: Iterable[str], told: Sequence[Told]) -> bool:
    fired: dict[int, set[str]] = defaultdict(set)
    for one in told:
        if isinstance(one.said, Fault):
            fired[one.subject.place].add(one.said.rule)
    return any(each.issuperset(rules) for each in fired.values())


def _patterns(checks: Checks, told: Sequence[Told], titles: "_Titles") -> Iterator[PatternSeen]:
    faults = [one.said for one in told if isinstance(one.said, Fault)]
    fired = {one.rule for one in faults}
    lost = {(one.rule, loss.of) for one in faults for loss in one.losses}
    for one in checks.patterns:
        if not fired.issuperset(one.rules):
            continue
        if one.id in _IN_ONE_PAPER and not _in_one_paper(one.rules, told):
            continue
        if one.id in _TURNED_INTO_MONEY and _TURNED_INTO_MONEY[one.id] not in lost:
            continue
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
