"""Rules V between two papers of one worker, but for pay: job, place, time, papers and clauses. A rule
fires only on what both papers say; what is better for the worker never fires."""

from collections.abc import Callable, Iterator, Sequence
from unicodedata import decimal

from recruitwatch.contracts.rules.assembling import terms_hash
from recruitwatch.contracts.rules.checking.changes import (
    REST_PAID_OUT,
    REST_PAID_OUT_LABEL,
    Pair,
    appeared,
    changes_of,
)
from recruitwatch.contracts.rules.checking.losses import (
    AS_IN_OLDER,
    before,
    lost,
    lost_under,
)
from recruitwatch.contracts.rules.checking.normalising import number, plain_text, shown, text
from recruitwatch.contracts.rules.checking.reading import Subject
from recruitwatch.contracts.rules.checking.words import adds_care, is_domestic, is_other_work
from recruitwatch.contracts.rules.naming import NAMED, NOTHING, clause_title, place
from recruitwatch.contracts.values.checking import (
    ATTACHED_WORDS,
    CONTRACTS,
    Attached,
    Change,
    Fault,
    Information,
    Loss,
    Payer,
    Said,
    Step,
    TermsAlone,
    Unchecked,
    Way,
)
from recruitwatch.contracts.values.corridors import Gravity
from recruitwatch.contracts.values.terms import SHORT_HASH
from recruitwatch.errors import N_, Message

V04 = N_("The job was “%(old)s” and is now “%(new)s”.")
V05 = N_("The employer is another one: the identity number was %(old)s and is now %(new)s.")
V06 = N_("The place of work was “%(old)s” and is now “%(new)s”.")
V07 = N_(
    "The contract lasted %(old)s months and now lasts %(new)s, without a new signed agreement."
)
V14 = N_("The employer paid the journey home before, and now the worker would pay it.")
V16 = N_("The check code on the paper is %(printed)s. The registered terms have %(registered)s.")
V17 = N_(
    "This was signed %(days)s days after arrival, and it does not say the same as an earlier paper."
)
V17_SAME = N_(
    "This was signed %(days)s days after arrival. No difference was found in what both papers say."
)
V17_CHANGED = N_(
    "This was signed %(days)s days after arrival. In what both papers say, nothing was found that is"
    " worse for the worker. What changed or was left out is listed."
)
NOT_LOOKED = N_("Nobody said what else is attached to one of the papers.")
NO_ARRIVAL = N_("The day of arrival is not known.")
BEFORE_ARRIVAL = N_("The paper has a day before the day of arrival.")
NO_CODE = N_("Nobody entered the check code that is on the paper.")
NOT_REGISTERED = N_("The whole registered terms are not among the papers.")
AFTER_ARRIVAL = N_("A paper signed after arrival")
NOT_KNOWN = N_("not known")
NO_PAYER = N_("Nobody said for one of the papers who pays the journey home.")

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
_CARE = "household_care_needs"


def versions(pair: Pair) -> Iterator[Said]:
    """What rules CHK-V04 to CHK-V15 and CHK-V18 say of a newer paper beside an older one."""
    changes = {one.name: one for one in changes_of(pair)}
    for rule in RULES:
        yield from rule(pair, changes)


def _v04(pair: Pair, changes: dict[str, Change]) -> Iterator[Said]:
    """Another job; gravest when it becomes domestic work. Source: the clause DUTIES."""
    found = changes.get("job_title")
    if found is None:
        return
    old, new = (text(one.paper, "job_title") or "" for one in (pair.older, pair.newer))
    to_a_home = pair.newer.pack.id == _DOMESTIC and (
        pair.older.pack.id != _DOMESTIC
        or (is_other_work(old, pair.older.pack) and is_domestic(new, pair.newer.pack))
    )
    yield Fault(
        rule="CHK-V04",
        message=Message(V04, {"old": found.old, "new": found.new}),
        expected=before(found.old),
        severity=Gravity.CRITICAL if to_a_home else None,
    )


def _v05(_pair: Pair, changes: dict[str, Change]) -> Iterator[Said]:
    """Another employer, by identity number. Source: the clause PARTIES."""
    found = changes.get("employer_id_no")
    if found is not None:
        message = Message(V05, {"old": found.old, "new": found.new})
        yield Fault(rule="CHK-V05", message=message, expected=before(found.old))


def _v06(pair: Pair, changes: dict[str, Change]) -> Iterator[Said]:
    """Another place of work; gravest with another employer or in another country. Source: the clause
    PLACE."""
    found = changes.get("workplace_address")
    old, new = pair.older.law.destination, pair.newer.law.destination
    abroad = old.country != new.country
    if found is None and not abroad:
        return
    was, now = (found.old, found.new) if found else (place(old), place(new))
    yield Fault(
        rule="CHK-V06",
        message=Message(V06, {"old": was, "new": now}),
        expected=before(was),
        severity=Gravity.CRITICAL if abroad or "employer_id_no" in changes else None,
    )


def _v07(pair: Pair, _changes: dict[str, Change]) -> Iterator[Said]:
    """Longer without a new signed agreement. Source: the clause TERM."""
    old = number(pair.older.paper, "duration_months")
    new = number(pair.newer.paper, "duration_months")
    if old is None or new is None or new <= old or pair.newer.paper.seen.new_agreement:
        return
    message = Message(V07, {"old": shown(old), "new": shown(new)})
    yield Fault(rule="CHK-V07", message=message, expected=before(shown(old)), size=new - old)


def _worse(rule: str, *names: str) -> "Rule":
    def check(_pair: Pair, changes: dict[str, Change]) -> Iterator[Said]:
        yield from _under(rule, _worse_ones(changes, names))

    return check


def _worse_ones(changes: dict[str, Change], names: Sequence[str]) -> list[Loss]:
    found = [changes[one] for one in names if one in changes]
    return [lost(one) for one in found if one.way is Way.WORSE]


def _under(rule: str, losses: list[Loss]) -> Iterator[Said]:
    if losses:
        yield lost_under(rule, losses)


def _v09(pair: Pair, changes: dict[str, Change]) -> Iterator[Said]:
    """Less weekly rest, or rest turned into money. Source: ILO C189, article 10(2)."""
    found = _worse_ones(changes, ("rest_weekly_hours", "restday_protected_per_month"))
    was, now = (one.paper.seen.rest_days_paid_out for one in (pair.older, pair.newer))
    if was is False and now is True:
        found.append(lost(appeared(REST_PAID_OUT, REST_PAID_OUT_LABEL)))
    elif (was is None and now is not False) or (was is False and now is None):
        yield _not_known("CHK-V09", REST_PAID_OUT_LABEL)
    yield from _under("CHK-V09", found)


def _not_known(rule: str, label: str) -> Unchecked:
    said = {"label": Message(label), "value": Message(NOT_KNOWN)}
    return Unchecked(rule=rule, message=Message(NAMED, said))


def _v12(pair: Pair, _changes: dict[str, Change]) -> Iterator[Said]:
    """A burden that only the newer paper has. Source: the clause DEDUCTIONS; ILO C95, article 8."""
    was, now = pair.older.paper.seen.attached, pair.newer.paper.seen.attached
    if was is None or now is None:
        yield Unchecked(rule="CHK-V12", message=Message(NOT_LOOKED))
        return
    new = [one for one in dict.fromkeys(now) if one in _BURDENS and one not in was]
    losses = [Loss(of=one.value, said=Message(ATTACHED_WORDS[one])) for one in new]
    yield from _under("CHK-V12", losses)


def _v13(pair: Pair, changes: dict[str, Change]) -> Iterator[Said]:
    """Room, food, telephone or papers became worse. Money for food is as good as food when it is what
    the law of the country of work asks for. Source: the clauses ROOM, FOOD, PHONE, DOCUMENTS."""
    names = ["room_type", "phone_kept_by_worker", "documents_held_by_worker"]
    if not _enough_for_food(pair):
        names.append("food_mode")
    yield from _under("CHK-V13", _worse_ones(changes, names))


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
    if None in payers:
        yield Unchecked(rule="CHK-V14", message=Message(NO_PAYER))
    elif payers == (Payer.EMPLOYER, Payer.WORKER):
        yield Fault(rule="CHK-V14", message=Message(V14), expected=Message(AS_IN_OLDER))


def _v15(pair: Pair, _changes: dict[str, Change]) -> Iterator[Said]:
    """A mandatory clause is gone. Source: the clause library."""
    papers = (pair.older.paper, pair.newer.paper)
    if not all(one.step in CONTRACTS and one.whole for one in papers):
        return
    was = {one.id for one in pair.older.paper.terms.clauses}
    now = {one.id for one in pair.newer.paper.terms.clauses}
    gone = [one.id for one in pair.newer.pack.clauses if one.mandatory and one.id in was - now]
    losses = [Loss(of=one, said=clause_title(pair.newer.pack, one)) for one in gone]
    yield from _under("CHK-V15", losses)


def _v18(pair: Pair, changes: dict[str, Change]) -> Iterator[Said]:
    """More people or new care needs. Source: the clause PLACE."""
    found = _worse_ones(changes, ("household_adults", "household_children"))
    older = pair.older.paper
    was, now = (text(one.paper, _CARE) for one in (pair.older, pair.newer))
    if was is None and older.whole and older.step in CONTRACTS and _CARE in older.terms.values:
        was = ""
    parameter = pair.newer.pack.parameters.get(_CARE)
    if was is not None and now is not None and parameter is not None and adds_care(was, now):
        old, new = was or NOTHING, now
        change = Change(name=_CARE, label=parameter.label, old=old, new=new, way=Way.WORSE)
        found.append(lost(change))
    yield from _under("CHK-V18", found)


def code_on_paper(
    newer: Subject, earlier: Sequence[Subject]
) -> Iterator[tuple[Said, Subject | None]]:
    """CHK-V16: the printed check code is that of the newest registered terms, with the paper that has
    them; a registered paper has its own. Source: the clause ONECONTRACT."""
    known = [one for one in (*earlier, newer) if one.paper.step is Step.REGISTERED]
    printed = newer.paper.seen.printed_code
    if printed is None:
        if known:
            yield Unchecked(rule="CHK-V16", message=Message(NO_CODE)), None
    elif not known or not known[-1].paper.whole:
        yield Unchecked(rule="CHK-V16", message=Message(NOT_REGISTERED)), None
    else:
        newest = known[-1]
        code = terms_hash(newest.paper.terms)[:SHORT_HASH]
        if code not in plain_text(_with_our_digits(printed)):
            said = {"printed": printed.strip()[:80], "registered": code}
            fault = Fault(rule="CHK-V16", message=Message(V16, said), expected=before(code))
            yield fault, None if newest is newer else newest


def _with_our_digits(value: str) -> str:
    """A code typed on an Arabic or Bangla keyboard is the same code."""
    return "".join(str(decimal(one, -1)) if one.isdecimal() else one for one in value)


def signed_after_arrival(newer: Subject, fired: bool, worse: bool, changed: bool) -> Iterator[Said]:
    """CHK-V17: a paper signed within 60 days after arrival that is worse than an earlier one, or not
    the same where it has to be; graver when another V rule fires. Source: the clause ONECONTRACT."""
    paper, arrived = newer.paper, newer.given.arrived_on
    after = paper.step is Step.AFTER_ARRIVAL
    if arrived is None:
        if after or isinstance(paper, TermsAlone):
            yield Unchecked(rule="CHK-V17", message=Message(NO_ARRIVAL))
        return
    days = (paper.terms.signed_on - arrived).days
    if not after:
        if paper.step is Step.REGISTERED and 0 <= days <= _AFTER_ARRIVAL_DAYS:
            yield _not_known("CHK-V17", AFTER_ARRIVAL)
        return
    if days < 0:
        yield Unchecked(rule="CHK-V17", message=Message(BEFORE_ARRIVAL))
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
        sentence = V17_CHANGED if changed else V17_SAME
        yield Information(rule="CHK-V17", message=Message(sentence, {"days": days}))


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
    _v18,
)
