"""What a chain of papers says together: a loss is told where it came, and again when it came back or
became graver; one finding of a rule in a paper tells all of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

import msgspec

from recruitwatch.contracts.rules.checking.changes import (
    REST_PAID_OUT,
    RETURN_PAID_BY,
    Pair,
    changes_of,
    given_by,
    left_out,
)
from recruitwatch.contracts.rules.checking.losses import lost_under
from recruitwatch.contracts.rules.checking.normalising import as_written, period_of
from recruitwatch.contracts.rules.checking.reading import Subject
from recruitwatch.contracts.values.checking import (
    CONTRACTS,
    STEP_NAMES,
    Attached,
    Change,
    CheckedPaper,
    Fault,
    Loss,
    Said,
    Way,
)
from recruitwatch.contracts.values.corridors import Gravity
from recruitwatch.contracts.values.written import Better
from recruitwatch.errors import N_, Day, Message

# What a rate of exchange alone can make worse.
_OF_WAGES = frozenset({("CHK-V01", ""), ("", "wage_amount")})
GRAVEST_FIRST = {one: place for place, one in enumerate(Gravity)}
BESIDE = N_("%(change)s (beside %(paper)s of %(day)s)")

GravityOf = Callable[[Fault], Gravity]


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule says, of which paper and beside which."""

    said: Said
    subject: Subject
    against: Subject | None = None


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """A change between a paper and an earlier one."""

    change: Change
    pair: Pair


class _Worse(msgspec.Struct, frozen=True, kw_only=True):
    """That a paper is worse than an earlier one in one thing."""

    newer: int
    older: int
    what: tuple[str, str]
    words: str
    gravity: int
    size: Decimal = Decimal(0)

    def holds(self, other: "_Worse") -> bool:
        """Whether this loss is at least as grave and as large. What cannot be counted is the same loss
        when it has the same words."""
        if self.gravity > other.gravity:
            return False
        return self.words == other.words or (other.size > 0 and self.size >= other.size)


def new_losses(told: Iterable[Told], gravity: GravityOf, subjects: Sequence[Subject]) -> list[Told]:
    """The faults beside earlier papers that say something new, each with those losses alone that do."""
    known = [(one, one.said, one.against) for one in told]
    faults = [
        (one, fault, older.place)
        for one, fault, older in known
        if isinstance(fault, Fault) and older is not None
    ]
    parts = [
        _Worse(
            newer=one.subject.place,
            older=older,
            what=(fault.rule, of),
            words=words,
            gravity=GRAVEST_FIRST[gravity(fault)],
            size=size,
        )
        for one, fault, older in faults
        for of, words, size in _parts(fault)
    ]
    new = set(_news(parts, subjects))
    found: list[Told] = []
    for one, fault, older in faults:
        news = {
            each.what[1] for each in new
            if (each.newer, each.older, each.what[0]) == (one.subject.place, older, fault.rule)
        }  # fmt: skip
        losses = [each for each in fault.losses if each.of in news]
        if losses and len(losses) < len(fault.losses):
            found.append(msgspec.structs.replace(one, said=lost_under(fault.rule, losses)))
        elif news:
            found.append(one)
    return found


def _parts(fault: Fault) -> list[tuple[str, str, Decimal]]:
    if fault.losses:
        return [(one.of, str(one.said), one.size) for one in fault.losses]
    return [("", f"{fault.message.key} {fault.message.values}", fault.size)]


def _news(parts: Sequence[_Worse], subjects: Sequence[Subject]) -> Iterator[_Worse]:
    """What no paper between carried already, as grave and as large, without its being put right since:
    a paper beside which this one is worse is where it was better last."""
    carried: dict[tuple[int, int, tuple[str, str]], _Worse] = {}
    worse_than: dict[tuple[int, tuple[str, str]], set[int]] = defaultdict(set)
    for one in parts:
        carried[one.newer, one.older, one.what] = one
        worse_than[one.newer, one.what].add(one.older)
    papers = {one.place: one.paper for one in subjects}
    for one in parts:
        between = range(max(worse_than[one.newer, one.what]) + 1, one.newer)
        before = [carried.get((place, one.older, one.what)) for place in between]
        if any(each is not None and each.holds(one) for each in before):
            continue
        if one.what in _OF_WAGES and any(
            _same_wage(papers[place], papers[one.newer]) for place in between
        ):
            continue
        yield one


def _same_wage(older: CheckedPaper, newer: CheckedPaper) -> bool:
    """Whether two papers state the same wage, so that only a rate of exchange can make the newer one
    worse beside a third."""
    old, new = as_written(older), as_written(newer)
    if old is None or new is None or old.amount != new.amount:
        return False
    currencies = {one.currency for one in (old, new)} - {None}
    return len(currencies) < 2 and period_of(older, newer) == period_of(newer, older)


def told_together(told: Sequence[Told], gravity: GravityOf) -> list[Told]:
    """One fault for a rule and a paper: the gravest with most lost, the first of several, or one with
    all losses."""
    groups: dict[tuple[str, int], list[Told]] = defaultdict(list)
    for one in told:
        groups[one.said.rule, one.subject.place].append(one)
    return [_together(group, gravity) for group in groups.values()]


def _together(group: list[Told], gravity: GravityOf) -> Told:
    def grave(one: Told) -> tuple[int, Decimal]:
        if not isinstance(one.said, Fault):
            return len(Gravity), Decimal(0)
        return GRAVEST_FIRST[gravity(one.said)], -one.said.size

    gravest: dict[str, tuple[Loss, int]] = {}
    for place, one in enumerate(group):
        for loss in one.said.losses if isinstance(one.said, Fault) else ():
            if loss.of not in gravest or loss.size > gravest[loss.of][0].size:
                gravest[loss.of] = (loss, place)
    if not gravest:
        return min(group, key=grave)
    places = [place for _, place in gravest.values()]
    main = max(range(len(group)), key=places.count)
    losses = [
        loss if place == main else _with_paper(loss, group[place].against)
        for loss, place in gravest.values()
    ]
    rule = group[main].said.rule
    return msgspec.structs.replace(group[main], said=lost_under(rule, losses))


def _with_paper(loss: Loss, older: Subject | None) -> Loss:
    if older is None:
        return loss
    paper = Message(STEP_NAMES[older.paper.step])
    said = {"change": loss.said, "paper": paper, "day": Day(older.paper.terms.signed_on)}
    return msgspec.structs.replace(loss, said=Message(BESIDE, said))


def moved(subjects: Sequence[Subject]) -> Iterator[Moved]:
    """Each value that is not what it was in the last paper before that says something of it, and each
    that a whole contract is the first to leave out."""
    for place, newer in enumerate(subjects):
        settled: set[str] = set()
        covered: set[str] = set()
        for older in reversed(subjects[:place]):
            pair = Pair(older=older, newer=newer)
            for change in (*changes_of(pair), *left_out(pair)):
                known = covered if change.way is Way.LEFT_OUT else settled
                if change.name not in known:
                    yield Moved(change=change, pair=pair)
            settled |= given_by(older) | _looked_at(older)
            covered |= given_by(older)
            if older.paper.whole and older.paper.step in CONTRACTS:
                covered |= older.pack.parameters.keys()


def _looked_at(subject: Subject) -> set[str]:
    """What somebody looked for beside the terms."""
    seen = subject.paper.seen
    looked = set() if seen.attached is None else {one.value for one in Attached}
    if seen.rest_days_paid_out is not None:
        looked.add(REST_PAID_OUT)
    if seen.return_paid_by is not None:
        looked.add(RETURN_PAID_BY)
    return looked


def worse_since(subjects: Sequence[Subject]) -> list[Moved]:
    """Where a paper is worse than an earlier one, or not the same where it has to stay the same, and no
    paper between says so already."""
    found = [
        Moved(change=change, pair=pair)
        for place, newer in enumerate(subjects)
        for pair in [Pair(older=older, newer=newer) for older in subjects[:place]]
        for change in changes_of(pair)
        if _breaks_word(change, newer)
    ]
    parts = {
        _Worse(
            newer=one.pair.newer.place,
            older=one.pair.older.place,
            what=("", one.change.name),
            words=f"{one.change.old} {one.change.new}",
            gravity=0,
            size=one.change.by,
        ): one
        for one in found
    }
    return [parts[one] for one in _news([*parts], subjects)]


def _breaks_word(change: Change, newer: Subject) -> bool:
    parameter = newer.pack.parameters.get(change.name)
    same = parameter is not None and parameter.better is Better.SAME
    return change.way is Way.WORSE or (change.way is Way.OTHER and same)
