"""What a new version of a registered contract may not change, and what the worker would lose by it.

A loss is told whether or not a rule of the checks names it: nobody may take something away unseen.
"""

from collections.abc import Iterator

from recruitwatch.contracts.rules.checking.losses import CHANGED, V15
from recruitwatch.contracts.rules.checking.normalising import (
    Monthly,
    in_currency,
    is_less,
    money_shown,
    number,
    plain_text,
    text,
)
from recruitwatch.contracts.rules.choosing import DECLARED
from recruitwatch.contracts.rules.naming import NOTHING, clause_title, term
from recruitwatch.contracts.values.beforehand import Worse
from recruitwatch.contracts.values.checking import CheckedPaper, CheckReport, Step, Way
from recruitwatch.contracts.values.corridors import Stage
from recruitwatch.contracts.values.judged import ContractLibrary, OccupationPack
from recruitwatch.contracts.values.terms import Rate, Terms, WorkerIs
from recruitwatch.contracts.values.written import Better, ParameterType
from recruitwatch.errors import N_, Country, Day, Language, Message, Value, listed

KEPT = N_(
    "%(label)s: the registered contract says %(old)s, and this one says %(new)s. A new version keeps it. For"
    " another worker or another country, cancel the contract and register one of its own."
)
SIGNED_BEFORE = N_(
    "The new version is signed on %(new)s, before the version that it replaces (%(old)s). Correct the day of"
    " signing."
)
LANGUAGES = N_("Languages")
WORKER_IS = N_("The worker is")
WORKERS = {
    WorkerIs.WOMAN: N_("A woman"),
    WorkerIs.MAN: N_("A man"),
    WorkerIs.NOT_SAID: N_("Not said"),
}
_PERSON = ("worker_passport_no", "worker_name", "worker_birth_date")
# A passport is renewed, a name is married or mistyped: one of them alone makes nobody another person.
_ANOTHER_WORKER = 2
_LOST = frozenset({Way.WORSE, Way.LEFT_OUT})


def kept(before: Terms, terms: Terms, pack: OccupationPack) -> Iterator[Message]:
    """What a version has to keep and does not: the worker, where she comes from, where she works, and that
    it is the younger one (docs/contracts.md)."""
    changed = _person(before, terms)
    if len(changed) >= _ANOTHER_WORKER:
        for name in changed:
            yield _said(KEPT, name, before, terms, pack)
    for name, old, new in (
        ("origin_country", before.origin, terms.origin),
        ("destination_country", before.destination, terms.destination),
    ):
        if old != new:
            label = Message(pack.parameters[name].label)
            said = {"old": Country(old[:2]), "new": Country(new[:2])}
            yield Message(KEPT, {"label": label, **said})
    if terms.signed_on < before.signed_on:
        days = {"old": Day(before.signed_on), "new": Day(terms.signed_on)}
        yield Message(SIGNED_BEFORE, days)


def losses(
    before: Terms,
    terms: Terms,
    report: CheckReport,
    library: ContractLibrary,
    rates: tuple[Rate, ...] = (),
) -> Iterator[Worse]:
    """What is worse in a new version than in the one before, what it leaves out, and what is not the same
    of the worker. What the rules V name comes first (docs/contracts.md)."""
    for one in report.findings:
        if one.stage is Stage.VERSIONS:
            yield Worse(
                message=one.message, severity=one.severity, rule=one.rule, expected=one.expected
            )
    for change in (one.change for one in report.changes):
        if change.way in _LOST and change.name not in DECLARED:
            yield Worse(message=_change(Message(change.label), change.old, change.new))
    pack = library.pack(terms.pack, terms.template_version)
    yield from _less_money(before, terms, pack, rates)
    yield from _clauses(before, terms, library, pack)
    if set(before.languages) - set(terms.languages):
        both = (listed(Language(each) for each in one.languages) for one in (before, terms))
        yield Worse(message=_change(Message(LANGUAGES), *both))
    yield from _not_the_same(before, terms, pack)


def _person(before: Terms, terms: Terms) -> list[str]:
    """What is not the same of what tells one person from another."""

    def plain(one: Terms, name: str) -> str:
        return plain_text(str(one.values.get(name) or ""))

    return [name for name in _PERSON if plain(before, name) != plain(terms, name)]


def _not_the_same(before: Terms, terms: Terms, pack: OccupationPack) -> Iterator[Worse]:
    changed = _person(before, terms)
    if len(changed) < _ANOTHER_WORKER:
        for name in changed:
            yield Worse(message=_said(CHANGED, name, before, terms, pack))
    if before.worker_is != terms.worker_is:
        both = (Message(WORKERS[WorkerIs(one.worker_is)]) for one in (before, terms))
        yield Worse(message=_change(Message(WORKER_IS), *both))


def _less_money(
    before: Terms, terms: Terms, pack: OccupationPack, rates: tuple[Rate, ...]
) -> Iterator[Worse]:
    """What a worker declared to have paid and what is less of it now, in any currency: it is the money that
    the worker can ask back. Of other money, what became less with another currency, or what nobody can
    compare without a rate; the wage has rules of its own."""
    older, newer = (CheckedPaper(step=Step.REGISTERED, terms=one) for one in (before, terms))
    was_in, is_in = text(older, "wage_currency"), text(newer, "wage_currency")
    for name, one in pack.parameters.items():
        old, new = number(older, name), number(newer, name)
        promised = one.better is Better.HIGHER and was_in != is_in and new is not None
        if one.type is not ParameterType.MONEY or name == "wage_amount" or not old:
            continue
        if name not in DECLARED and not promised:
            continue
        was = Monthly(amount=old, currency=was_in)
        now = Monthly(amount=new, currency=is_in) if new is not None else None
        same = in_currency(was, is_in, rates, terms.signed_on)
        if now is None or same is None or is_less(now, same):
            shown = money_shown(now) if now else NOTHING
            yield Worse(message=_change(Message(one.label), money_shown(was), shown))


def _clauses(
    before: Terms, terms: Terms, library: ContractLibrary, pack: OccupationPack
) -> Iterator[Worse]:
    """Clauses that are gone; of mandatory ones rule V15 speaks."""
    mandatory = {one.id for one in pack.clauses if one.mandatory}
    there = {one.id for one in terms.clauses}
    gone = [one.id for one in before.clauses if one.id not in there | mandatory]
    if gone:
        old_pack = library.pack(before.pack, before.template_version)
        titles = listed(clause_title(old_pack, one) for one in gone)
        yield Worse(message=Message(V15, {"clauses": titles}))


def _said(key: str, name: str, before: Terms, terms: Terms, pack: OccupationPack) -> Message:
    old, new = (term(pack, name, one.values.get(name)) for one in (before, terms))
    return Message(key, {"label": Message(pack.parameters[name].label), "old": old, "new": new})


def _change(label: Value, old: Value, new: Value) -> Message:
    return Message(CHANGED, {"label": label, "old": old, "new": new})
