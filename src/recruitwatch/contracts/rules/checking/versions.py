"""Rules V between two papers of one worker, but for pay: job, place, time, papers and clauses. A rule
fires only on what both papers say; what is better for the worker never fires."""

import re
from collections.abc import Callable, Iterator
from itertools import groupby

from recruitwatch.contracts.rules.assembling import terms_hash
from recruitwatch.contracts.rules.checking.changes import Pair, changes_of
from recruitwatch.contracts.rules.checking.normalising import number, plain_text, shown, text
from recruitwatch.contracts.rules.naming import NAMED, clause_title, place
from recruitwatch.contracts.values.checking import (
    ATTACHED_WORDS,
    CONTRACTS,
    Attached,
    Change,
    Fault,
    Information,
    Payer,
    Said,
    Step,
    Unchecked,
    Way,
)
from recruitwatch.contracts.values.corridors import Gravity
from recruitwatch.contracts.values.terms import SHORT_HASH
from recruitwatch.errors import N_, SEMICOLON, Message, Value, listed

V04 = N_("The job was “%(old)s” and is now “%(new)s”.")
V05 = N_("The employer is another one: the identity number was %(old)s and is now %(new)s.")
V06 = N_("The place of work was “%(old)s” and is now “%(new)s”.")
V07 = N_(
    "The contract lasted %(old)s months and now lasts %(new)s, without a new signed agreement."
)
WORSE = N_("This became worse for the worker: %(changes)s.")
V09_MONEY = N_("Rest days are now paid out in money.")
V12 = N_("Only the newer paper has this: %(papers)s.")
V14 = N_("The employer paid the journey home before, and now the worker would pay it.")
V15 = N_("These clauses were there before and are gone: %(clauses)s.")
V16 = N_("The check code on the paper is %(printed)s. The registered terms have %(registered)s.")
V17 = N_(
    "This was signed %(days)s days after arrival, and it does not say the same as the paper before it."
)
V17_SAME = N_("This was signed %(days)s days after arrival. Nothing in it is worse for the worker.")
V18 = N_("There is more work in the household than was agreed: %(changes)s.")
CHANGED = N_("%(label)s: %(old)s → %(new)s")
AS_BEFORE = N_("As before: %(old)s.")
AS_IN_OLDER = N_("Nothing worse than in the earlier paper.")
NOT_LOOKED = N_("Nobody said what else is attached to one of the papers.")
NO_ARRIVAL = N_("The day of arrival is not known.")
NO_CODE = N_("Nobody entered the check code that is on the paper.")

_AFTER_ARRIVAL_DAYS = 60
_BURDENS = frozenset(
    {
        Attached.LOAN,
        Attached.WAGE_DEDUCTION,
        Attached.LEAVING_PENALTY,
        Attached.WAIVER,
        Attached.UNDERTAKING,
    }
)
_DOMESTIC = "domestic-work"


def versions(pair: Pair) -> Iterator[Said]:
    """What rules CHK-V04 to CHK-V16 and CHK-V18 say of a newer paper beside an older one."""
    changes = {one.name: one for one in changes_of(pair)}
    for rule in RULES:
        yield from rule(pair, changes)


def _before(value: Value) -> Message:
    return Message(AS_BEFORE, {"old": value})


def _v04(pair: Pair, changes: dict[str, Change]) -> Iterator[Said]:
    """Another job; gravest when it becomes domestic work. Source: the clause DUTIES."""
    found = changes.get("job_title")
    if found is None:
        return
    jobs = pair.newer.pack.parameters["job_title"].options
    to_a_home = pair.newer.pack.id == _DOMESTIC and (
        pair.older.pack.id != _DOMESTIC
        or (
            text(pair.older.paper, "job_title") not in jobs
            and text(pair.newer.paper, "job_title") in jobs
        )
    )
    yield Fault(
        rule="CHK-V04",
        message=Message(V04, {"old": found.old, "new": found.new}),
        expected=_before(found.old),
        severity=Gravity.CRITICAL if to_a_home else None,
    )


def _v05(_pair: Pair, changes: dict[str, Change]) -> Iterator[Said]:
    """Another employer, by identity number. Source: the clause PARTIES."""
    found = changes.get("employer_id_no")
    if found is not None:
        message = Message(V05, {"old": found.old, "new": found.new})
        yield Fault(rule="CHK-V05", message=message, expected=_before(found.old))


def _v06(pair: Pair, changes: dict[str, Change]) -> Iterator[Said]:
    """Another place of work; gravest with another employer or in another country. Source: the clause
    PLACE."""
    found = changes.get("workplace_address")
    old, new = pair.older.law.destination, pair.newer.law.destination
    abroad = old.country != new.country
    if found is None and not abroad:
        return
    before, after = (found.old, found.new) if found else (place(old), place(new))
    yield Fault(
        rule="CHK-V06",
        message=Message(V06, {"old": before, "new": after}),
        expected=_before(before),
        severity=Gravity.CRITICAL if abroad or "employer_id_no" in changes else None,
    )


def _v07(pair: Pair, _changes: dict[str, Change]) -> Iterator[Said]:
    """Longer without a new signed agreement. Source: the clause TERM."""
    old = number(pair.older.paper, "duration_months")
    new = number(pair.newer.paper, "duration_months")
    if old is None or new is None or new <= old or pair.newer.paper.seen.new_agreement:
        return
    message = Message(V07, {"old": shown(old), "new": shown(new)})
    yield Fault(rule="CHK-V07", message=message, expected=_before(shown(old)))


def _worse(rule: str, *names: str) -> "Rule":
    def check(_pair: Pair, changes: dict[str, Change]) -> Iterator[Said]:
        found = [changes[one] for one in names if one in changes]
        yield from _told(rule, WORSE, [one for one in found if one.way is Way.WORSE])

    return check


def _told(rule: str, sentence: str, worse: list[Change]) -> Iterator[Said]:
    if worse:
        old = listed(
            (Message(NAMED, {"label": Message(one.label), "value": one.old}) for one in worse),
            SEMICOLON,
        )
        yield Fault(
            rule=rule,
            message=Message(sentence, {"changes": _listed(worse)}),
            expected=_before(old),
        )


def _listed(changes: list[Change]) -> Value:
    return listed(
        (
            Message(CHANGED, {"label": Message(one.label), "old": one.old, "new": one.new})
            for one in changes
        ),
        SEMICOLON,
    )


def _v09(pair: Pair, changes: dict[str, Change]) -> Iterator[Said]:
    """Less weekly rest, or rest turned into money. Source: ILO C189, article 10(2)."""
    names = ("rest_weekly_hours", "restday_protected_per_month")
    found = [one for name in names if (one := changes.get(name)) and one.way is Way.WORSE]
    yield from _told("CHK-V09", WORSE, found)
    bought = pair.newer.paper.seen.rest_days_paid_out
    if not found and bought and not pair.older.paper.seen.rest_days_paid_out:
        yield Fault(rule="CHK-V09", message=Message(V09_MONEY), expected=Message(AS_IN_OLDER))


def _v12(pair: Pair, _changes: dict[str, Change]) -> Iterator[Said]:
    """A burden that only the newer paper has. Source: the clause DEDUCTIONS; ILO C95, article 8."""
    before, now = pair.older.paper.seen.attached, pair.newer.paper.seen.attached
    if before is None or now is None:
        yield Unchecked(rule="CHK-V12", message=Message(NOT_LOOKED))
        return
    new = [ATTACHED_WORDS[one] for one in now if one in _BURDENS and one not in before]
    if new:
        message = Message(V12, {"papers": listed((Message(one) for one in new), SEMICOLON)})
        yield Fault(rule="CHK-V12", message=message, expected=Message(AS_IN_OLDER))


def _v13(pair: Pair, changes: dict[str, Change]) -> Iterator[Said]:
    """Room, food, telephone or papers became worse. Money for food is as good as food when it is what
    the law of the country of work asks for. Source: the clauses ROOM, FOOD, PHONE, DOCUMENTS."""
    names = ("room_type", "phone_kept_by_worker", "documents_held_by_worker")
    found = [changes[one] for one in names if one in changes]
    food = changes.get("food_mode")
    if food is not None and not _enough_for_food(pair):
        found.append(food)
    yield from _told("CHK-V13", WORSE, [one for one in found if one.way is Way.WORSE])


def _enough_for_food(pair: Pair) -> bool:
    money = number(pair.newer.paper, "food_allowance")
    currency = text(pair.newer.paper, "wage_currency")
    bounds = [
        one.value
        for one in pair.newer.law.bounds.get("food_allowance_min", ())
        if one.counts and one.currency == currency and one.value is not None
    ]
    return money is not None and bool(bounds) and money >= max(bounds)


def _v14(pair: Pair, _changes: dict[str, Change]) -> Iterator[Said]:
    """The journey home moved from the employer to the worker. Source: the clause REPATRIATION."""
    payers = (pair.older.paper.seen.return_paid_by, pair.newer.paper.seen.return_paid_by)
    if payers == (Payer.EMPLOYER, Payer.WORKER):
        yield Fault(rule="CHK-V14", message=Message(V14), expected=Message(AS_IN_OLDER))


def _v15(pair: Pair, _changes: dict[str, Change]) -> Iterator[Said]:
    """A mandatory clause is gone. Source: the clause library."""
    papers = (pair.older.paper, pair.newer.paper)
    if not all(one.step in CONTRACTS and one.whole for one in papers):
        return
    before = {one.id for one in pair.older.paper.terms.clauses}
    now = {one.id for one in pair.newer.paper.terms.clauses}
    gone = [one.id for one in pair.newer.pack.clauses if one.mandatory and one.id in before - now]
    if gone:
        message = Message(
            V15, {"clauses": listed(clause_title(pair.newer.pack, one) for one in gone)}
        )
        yield Fault(rule="CHK-V15", message=message, expected=Message(AS_IN_OLDER))


def _v16(pair: Pair, _changes: dict[str, Change]) -> Iterator[Said]:
    """The printed check code is not that of the registered terms. Source: the clause ONECONTRACT."""
    if pair.older.paper.step is not Step.REGISTERED:
        return
    printed = pair.newer.paper.seen.printed_code
    if printed is None:
        yield Unchecked(rule="CHK-V16", message=Message(NO_CODE))
        return
    registered = terms_hash(pair.older.paper.terms)
    if not any(registered.startswith(one) for one in _codes_in(printed)):
        said = {"printed": plain_text(printed)[:64], "registered": registered[:SHORT_HASH]}
        yield Fault(
            rule="CHK-V16", message=Message(V16, said), expected=_before(registered[:SHORT_HASH])
        )


def _codes_in(printed: str) -> Iterator[str]:
    """What can be a check code, in groups or not, in words around it or in the address of a QR code."""
    words = re.split(r"[\W_]+", printed.casefold())
    for is_code, run in groupby(words, key=lambda one: re.fullmatch("[0-9a-f]+", one) is not None):
        code = "".join(run)
        if is_code and len(code) >= SHORT_HASH:
            yield code


def _v18(pair: Pair, changes: dict[str, Change]) -> Iterator[Said]:
    """More people or new care needs. Source: the clause PLACE."""
    names = ("household_adults", "household_children")
    found = [changes[one] for one in names if one in changes and changes[one].way is Way.WORSE]
    care = changes.get("household_care_needs")
    before, now = (
        text(one.paper, "household_care_needs") or "" for one in (pair.older, pair.newer)
    )
    if care is not None and plain_text(now) not in _NO_CARE and _new_words(before, now):
        found.append(care)
    yield from _told("CHK-V18", V18, found)


def _new_words(before: str, now: str) -> bool:
    """Whether a text says more than before, and not only less of the same."""
    old, new = (set(re.findall(r"\w+", one.casefold())) for one in (before, now))
    return not new <= old


_NO_CARE = frozenset({"none", "no", "nobody", "0"})


def signed_after_arrival(pair: Pair, fired: bool, worse: bool) -> Iterator[Said]:
    """CHK-V17: a paper signed within 60 days after arrival that does not say the same as the one before
    it; graver when another V rule fires. Source: the clause ONECONTRACT."""
    paper = pair.newer.paper
    if paper.step is not Step.AFTER_ARRIVAL:
        return
    arrived = pair.newer.given.arrived_on
    if arrived is None:
        yield Unchecked(rule="CHK-V17", message=Message(NO_ARRIVAL))
        return
    days = (paper.terms.signed_on - arrived).days
    if not 0 <= days <= _AFTER_ARRIVAL_DAYS:
        return
    if fired or worse:
        yield Fault(
            rule="CHK-V17",
            message=Message(V17, {"days": days}),
            expected=Message(AS_IN_OLDER),
            severity=Gravity.SERIOUS if fired else None,
        )
    else:
        yield Information(rule="CHK-V17", message=Message(V17_SAME, {"days": days}))


Rule = Callable[[Pair, dict[str, Change]], Iterator[Said]]
RULES: tuple[Rule, ...] = (
    _v04,
    _v05,
    _v06,
    _v07,
    _worse(
        "CHK-V08", "hours_normal_day", "hours_normal_week", "rest_daily_hours", "rest_night_hours"
    ),
    _v09,
    _worse("CHK-V10", "annual_leave_days", "sick_full_days"),
    _worse("CHK-V11", "trial_days", "notice_days_employer"),
    _v12,
    _v13,
    _v14,
    _v15,
    _v16,
    _v18,
)
