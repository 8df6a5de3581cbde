"""Rules V on pay: the wage of two papers, what was really paid, and the pattern of one agency."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import msgspec

from recruitwatch.contracts.rules.checking.changes import Pair
from recruitwatch.contracts.rules.checking.limits import wage_floor
from recruitwatch.contracts.rules.checking.normalising import (
    HIJRI_MONTH,
    Monthly,
    converted_shown,
    in_currency,
    is_less,
    is_same,
    money_shown,
    number,
    text,
    total_of,
    wage_of,
)
from recruitwatch.contracts.rules.checking.reading import Subject
from recruitwatch.contracts.rules.choosing import WEEKS_IN_A_MONTH
from recruitwatch.contracts.rules.naming import NOTHING, figure, option
from recruitwatch.contracts.values.checking import (
    AgencyFinding,
    Fault,
    Information,
    Payment,
    Said,
    Unchecked,
)
from recruitwatch.contracts.values.corridors import Gravity
from recruitwatch.errors import N_, Day, Message, Value

V01 = N_("The basic wage was %(old)s a month and is now %(new)s: %(percent)s per cent less.")
V01_RATE = N_(
    "The wage was %(old)s and is now %(new)s. Without an exchange rate nobody can compare them."
)
V02 = N_("The total pay stays %(total)s, but the basic wage in it falls from %(old)s to %(new)s.")
V03 = N_("The wage was in %(old)s and is now in %(new)s.")
V19_SHORT = N_("The wage due on %(due)s was %(owed)s. Paid was %(paid)s.")
V19_LATE = N_("The wage due on %(due)s was paid %(days)s days late.")
V19_EXPECTED = N_("%(owed)s, at most %(grace)s days after the day it is due.")
V20 = N_(
    "Officers confirmed %(count)s serious changes of contracts by this agency between %(start)s and"
    " %(end)s."
)
V20_EXPECTED = N_("Fewer than %(least)s in 12 months.")
PER = N_("%(currency)s per %(period)s")
AS_BEFORE = N_("As before: %(old)s.")
NO_PAYMENTS = N_("No pay slips and no data of the wage channel were given.")
NO_WAGE = N_("The paper gives no wage with a currency, so payments cannot be compared with it.")
NO_FINDINGS = N_("No confirmed findings of the agency were given.")
NO_DAY = N_("Nobody said up to which day wages were looked at, so unpaid ones cannot be judged.")

_TENTH = Decimal("0.1")
_MUCH_LESS = Decimal("0.10")
_GRACE_DAYS = 3
_VERY_LATE_DAYS = 30
# Paydays this far apart at most are those of a week or of two; a weekend may move one of them.
_WEEK, _FORTNIGHT, _MONTH = 10, 20, 30
_DAYS = {"week": _WEEK, "fortnight": _FORTNIGHT}
_PATTERN = 3
# Periods that no pack offers and that papers from elsewhere have.
_PERIODS = {"hijri_month": N_("Hijri month"), "day": N_("day")}
_GRAVE = frozenset({Gravity.CRITICAL, Gravity.SERIOUS})


def wages(pair: Pair) -> Iterator[Said]:
    """What rules CHK-V01 to CHK-V03 say of the wage of a newer paper."""
    old, new = wage_of(pair.older.paper), wage_of(pair.newer.paper)
    if old is not None and new is not None:
        compared = in_currency(
            old, new.currency, pair.newer.given.rates, pair.newer.paper.terms.signed_on
        )
        if compared is None:
            said = {"old": money_shown(old), "new": money_shown(new)}
            yield Information(rule="CHK-V01", message=Message(V01_RATE, said))
        else:
            yield from _v01(pair, old, compared, new)
            yield from _v02(pair, compared, new)
    yield from _v03(pair)


def _v01(pair: Pair, old: Monthly, compared: Monthly, new: Monthly) -> Iterator[Said]:
    """A lower wage; gravest by a tenth or more, or below the floor of the day. Source: the clause
    WAGE."""
    if not is_less(new, compared):
        return
    share = (compared.amount - new.amount) / compared.amount
    floor = wage_floor(pair.newer, new.currency)
    below = floor is not None and is_less(new, floor[0])
    before = converted_shown(old, compared)
    percent = figure((share * 100).quantize(_TENTH))
    yield Fault(
        rule="CHK-V01",
        message=Message(V01, {"old": before, "new": money_shown(new), "percent": percent}),
        expected=Message(AS_BEFORE, {"old": before}),
        severity=Gravity.CRITICAL if share >= _MUCH_LESS or below else None,
    )


def _v02(pair: Pair, compared: Monthly, new: Monthly) -> Iterator[Said]:
    """The same total with a lower basic wage in it. Source: the clause WAGE."""
    before, now = total_of(pair.older.paper), total_of(pair.newer.paper)
    if before is None or now is None or not is_less(new, compared):
        return
    on = pair.newer.paper.terms.signed_on
    total = in_currency(before, now.currency, pair.newer.given.rates, on)
    if total is not None and is_same(now, total):
        said = {"total": money_shown(now), "old": money_shown(compared), "new": money_shown(new)}
        yield Fault(
            rule="CHK-V02",
            message=Message(V02, said),
            expected=Message(AS_BEFORE, {"old": money_shown(compared)}),
        )


def _v03(pair: Pair) -> Iterator[Said]:
    """Another currency or another period of the wage. Source: the clause WAGE."""
    names = ("wage_currency", "wage_period")
    old = [text(pair.older.paper, one) for one in names]
    new = [text(pair.newer.paper, one) for one in names]
    if any(a is not None and b is not None and a != b for a, b in zip(old, new, strict=True)):
        before, now = _counted_in(pair.older, *old), _counted_in(pair.newer, *new)
        yield Fault(
            rule="CHK-V03",
            message=Message(V03, {"old": before, "new": now}),
            expected=Message(AS_BEFORE, {"old": before}),
        )


def _counted_in(subject: Subject, currency: str | None, period: str | None) -> Value:
    if period is None:
        return currency or NOTHING
    words = _PERIODS.get(period)
    said = Message(words) if words else option(subject.pack, "wage_period", period)
    return Message(PER, {"currency": currency or NOTHING, "period": said})


def paid(subject: Subject) -> Iterator[Said]:
    """CHK-V19: what was paid is not less than the contract says and not later than it allows; gravest
    after 30 days. Source: the clause PAYMENT; ILO C95, article 12."""
    payments = subject.given.payments
    wage = wage_of(subject.paper)
    if not payments:
        yield Unchecked(rule="CHK-V19", message=Message(NO_PAYMENTS))
        return
    if wage is None or wage.currency is None:
        yield Unchecked(rule="CHK-V19", message=Message(NO_WAGE))
        return
    by_day: dict[date, list[Payment]] = {}
    for one in payments:
        by_day.setdefault(one.due_on, []).append(one)
    each = _each_payday(subject, wage, sorted(by_day))
    for due in sorted(by_day):
        yield from _paid(subject, each, due, by_day[due])


def _each_payday(subject: Subject, wage: Monthly, paydays: Sequence[date]) -> Monthly:
    """What falls due on one payday. Being paid each week is no loss beside being paid each month, so the
    paydays themselves tell; where there is one alone, the period of the wage does."""
    period = text(subject.paper, "wage_period") or "month"
    gaps = sorted((later - one).days for one, later in pairwise(paydays))
    days = gaps[len(gaps) // 2] if gaps else _DAYS.get(period, _MONTH)
    if days <= _WEEK:
        months = 1 / WEEKS_IN_A_MONTH
    elif days <= _FORTNIGHT:
        months = 2 / WEEKS_IN_A_MONTH
    elif period == "hijri_month":
        months = 1 / HIJRI_MONTH
    else:
        return wage
    return msgspec.structs.replace(wage, amount=wage.amount * months, slack=wage.slack * months)


def _paid(
    subject: Subject, wage: Monthly, due: date, payments: Sequence[Payment]
) -> Iterator[Said]:
    asked = number(subject.paper, "payment_grace_days")
    grace = _GRACE_DAYS if asked is None else int(asked)
    arrived = [one for one in payments if one.paid_on is not None]
    total = _total(subject, wage, due, arrived)
    if total is None:
        yield Information(
            rule="CHK-V19",
            message=Message(V01_RATE, {"old": money_shown(wage), "new": payments[0].currency}),
        )
        return
    short = is_less(total, wage)
    last = max((one.paid_on for one in arrived if one.paid_on), default=None)
    until = subject.given.looked_on if short else last
    if short and until is None:
        until = last or due
        yield Unchecked(rule="CHK-V19", message=Message(NO_DAY))
    days = (until - due).days if until else 0
    if days <= grace and not (short and arrived):
        return
    said: dict[str, Value] = {"due": Day(due), "owed": money_shown(wage)}
    message = (
        Message(V19_SHORT, {**said, "paid": money_shown(total)})
        if short
        else Message(V19_LATE, {**said, "days": days})
    )
    yield Fault(
        rule="CHK-V19",
        message=message,
        expected=Message(V19_EXPECTED, {**said, "grace": grace}),
        severity=Gravity.CRITICAL if days > _VERY_LATE_DAYS else None,
    )


def _total(
    subject: Subject, wage: Monthly, due: date, payments: Sequence[Payment]
) -> Monthly | None:
    amount = Decimal(0)
    for one in payments:
        money = Monthly(amount=Decimal(str(one.amount)), currency=one.currency)
        found = in_currency(money, wage.currency, subject.given.rates, due)
        if found is None:
            return None
        amount += found.amount
    return Monthly(amount=amount, currency=wage.currency)


def pattern_of_agency(findings: Sequence[AgencyFinding], on: date | None) -> Iterator[Said]:
    """CHK-V20: three or more confirmed V findings of one agency, serious or worse, in the 12 months up
    to a day. Source: the clause AGENCIES."""
    if not findings or on is None:
        yield Unchecked(rule="CHK-V20", message=Message(NO_FINDINGS))
        return
    start = year_before(on)
    count = sum(
        one.rule.startswith("CHK-V")
        and one.rule != "CHK-V20"
        and one.severity in _GRAVE
        and start <= one.confirmed_on <= on
        for one in findings
    )
    if count >= _PATTERN:
        said: dict[str, Value] = {"count": count, "start": Day(start), "end": Day(on)}
        yield Fault(
            rule="CHK-V20",
            message=Message(V20, said),
            expected=Message(V20_EXPECTED, {"least": _PATTERN}),
        )


def year_before(day: date) -> date:
    """The first day of the twelve months that end on a day."""
    try:
        return day.replace(year=day.year - 1) + timedelta(days=1)
    except ValueError:
        return date(day.year - 1, 3, 1)
