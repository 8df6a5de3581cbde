"""Rules V on pay: the wage of two papers, and the pattern of one agency."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from recruitwatch.contracts.rules.checking.changes import Pair
from recruitwatch.contracts.rules.checking.limits import wage_floor
from recruitwatch.contracts.rules.checking.merging import all_findings
from recruitwatch.contracts.rules.checking.normalising import (
    Monthly,
    TwoWages,
    as_written,
    converted_shown,
    in_currency,
    is_less,
    is_same,
    money_shown,
    text,
    total_of,
    two_wages,
    wage_of,
)
from recruitwatch.contracts.rules.checking.reading import Subject
from recruitwatch.contracts.rules.naming import NOTHING, figure, option
from recruitwatch.contracts.values.checking import (
    AgencyFinding,
    CheckedPaper,
    Fault,
    Information,
    Said,
    Unchecked,
)
from recruitwatch.contracts.values.corridors import Gravity
from recruitwatch.contracts.values.judged import OccupationPack
from recruitwatch.errors import N_, Day, Message, Value

V01 = N_("The basic wage was %(old)s a month and is now %(new)s: %(percent)s per cent less.")
V01_PERIOD = N_("The basic wage was %(old)s and is now %(new)s: %(percent)s per cent less.")
V01_RATE = N_(
    "The wage was %(old)s and is now %(new)s. Without an exchange rate of the day of signing or the 31"
    " days before it nobody can compare them."
)
NO_HOURS = N_(
    "One wage is by the hour or the day and the other is not, and neither paper gives the hours of a day"
    " and a week, so nobody can compare them."
)
V02 = N_("The total pay stays %(total)s, but the basic wage in it falls from %(old)s to %(new)s.")
V03 = N_("The wage was in %(old)s and is now in %(new)s.")
V20 = N_(
    "Officers confirmed %(count)s serious changes of contracts by this agency between %(start)s and"
    " %(end)s."
)
V20_EXPECTED = N_("Fewer than %(least)s in 12 months.")
PER = N_("%(currency)s per %(period)s")
AS_BEFORE = N_("As before: %(old)s.")
NO_FINDINGS = N_("No confirmed findings of the agency were given.")

_TENTH = Decimal("0.1")
_MUCH_LESS = Decimal("0.10")
_PATTERN = 3
# Periods that no pack offers and that papers from elsewhere have.
_PERIODS = {"hijri_month": N_("Hijri month"), "day": N_("day")}
_GRAVE = frozenset({Gravity.CRITICAL, Gravity.SERIOUS})


def wages(pair: Pair) -> Iterator[Said]:
    """What rules CHK-V01 to CHK-V03 say of the wage of a newer paper."""
    older, newer = pair.older.paper, pair.newer.paper
    both = two_wages(older, newer)
    if both is not None:
        compared = _now(pair, both.old, both.new)
        if compared is None:
            said = {"old": money_shown(both.old), "new": money_shown(both.new)}
            yield Information(rule="CHK-V01", message=Message(V01_RATE, said))
        else:
            yield from _v01(pair, both, compared)
            yield from _v02(pair)
    elif _both_name_a_wage(older, newer):
        yield Unchecked(rule="CHK-V01", message=Message(NO_HOURS))
    yield from _v03(pair)


def _both_name_a_wage(older: CheckedPaper, newer: CheckedPaper) -> bool:
    return as_written(older) is not None and as_written(newer) is not None


def _now(pair: Pair, old: Monthly, new: Monthly) -> Monthly | None:
    """The older money in the currency of the newer paper."""
    on = pair.newer.paper.terms.signed_on
    return in_currency(old, new.currency, pair.newer.given.rates, on)


def _v01(pair: Pair, both: TwoWages, compared: Monthly) -> Iterator[Said]:
    """A lower wage; gravest by a tenth or more, or below the floor of the day. Source: the clause
    WAGE."""
    if not is_less(both.new, compared):
        return
    share = (compared.amount - both.new.amount) / compared.amount
    before, now = converted_shown(both.old, compared), money_shown(both.new)
    sentence = V01
    if both.period != "month":
        sentence = V01_PERIOD
        period = period_said(pair.newer.pack, both.period)
        before, now = (Message(PER, {"currency": one, "period": period}) for one in (before, now))
    percent = figure((share * 100).quantize(_TENTH))
    yield Fault(
        rule="CHK-V01",
        message=Message(sentence, {"old": before, "new": now, "percent": percent}),
        expected=Message(AS_BEFORE, {"old": before}),
        severity=Gravity.CRITICAL if share >= _MUCH_LESS or _below_floor(pair) else None,
        size=share,
    )


def _below_floor(pair: Pair) -> bool:
    wage = wage_of(pair.newer.paper, pair.older.paper)
    if wage is None:
        return False
    floor = wage_floor(pair.newer, wage.currency)
    return floor is not None and is_less(wage, floor[0])


def _v02(pair: Pair) -> Iterator[Said]:
    """The same total of a month with a lower basic wage in it. Source: the clause WAGE."""
    older, newer = pair.older.paper, pair.newer.paper
    old, new = wage_of(older, newer), wage_of(newer, older)
    before, now = total_of(older, newer), total_of(newer, older)
    if old is None or new is None or before is None or now is None:
        return
    compared, total = _now(pair, old, new), _now(pair, before, now)
    if compared is None or total is None or not is_less(new, compared):
        return
    if is_same(now, total):
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
    said = {"currency": currency or NOTHING, "period": period_said(subject.pack, period)}
    return Message(PER, said)


def period_said(pack: OccupationPack, period: str) -> Value:
    """A period of wages in the words of the pack, or in ours for one that it does not offer."""
    words = _PERIODS.get(period)
    return Message(words) if words else option(pack, "wage_period", period)


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
        for one in all_findings(findings, ())
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
        # A leap day, or the first year that there is.
        return date(max(day.year - 1, 1), 3, 1)
