"""Each of the 47 rules: an input on which it fires, and one close to it on which it does not."""

from collections.abc import Callable
from datetime import date, timedelta

import msgspec
import pytest

from factories.contract_checks import (
    ARRIVED,
    after_arrival,
    checked,
    clean_seen,
    clean_terms,
    make_check,
    make_paper,
    rules_of,
    with_values,
    without_clauses,
)
from factories.contracts import ROOT, library, make_contract
from recruitwatch.contracts.forms import read_input
from recruitwatch.contracts.rules.assembling import terms_hash
from recruitwatch.contracts.values.checking import (
    AgencyFinding,
    Attached,
    CheckedPaper,
    CheckInput,
    CheckRefused,
    Licence,
    Payer,
    Payment,
    PrintedText,
    SignedBy,
    Step,
)
from recruitwatch.contracts.values.corridors import Closing, Gravity, How
from recruitwatch.contracts.values.judged import ContractLibrary
from recruitwatch.contracts.values.terms import Rate, TermValue
from recruitwatch.web.saying import say

Made = Callable[[], CheckInput]
SIGNED = date(2026, 3, 1)


def one(**values: TermValue) -> Made:
    """The clean contract with other values."""
    return lambda: make_check(make_paper(**values))


def seen(**things: object) -> Made:
    """The clean contract with other things seen beside it."""
    return lambda: make_check(make_paper(seen=things))


def two(**values: TermValue) -> Made:
    """The clean contract, and what was registered."""
    return lambda: make_check(make_paper(), make_paper(Step.REGISTERED, **values))


def two_seen(older: dict[str, object], newer: dict[str, object]) -> Made:
    return lambda: make_check(make_paper(seen=older), make_paper(Step.REGISTERED, seen=newer))


def between(older: dict[str, TermValue], newer: dict[str, TermValue], **known: object) -> Made:
    return lambda: make_check(make_paper(**older), make_paper(Step.REGISTERED, **newer), **known)


def gone(clause: str) -> Made:
    return lambda: make_check(make_paper(terms=without_clauses(clean_terms(), clause)))


def printed(bangla: int) -> Made:
    texts = (
        PrintedText(language="ar", values={"wage_amount": 1500}),
        PrintedText(language="bn", values={"wage_amount": bangla}),
    )
    return seen(texts=texts)


def printed_both(wage: int) -> Made:
    return texts({"wage_amount": wage}, {"wage_amount": wage})


def texts(arabic: dict[str, TermValue], bangla: dict[str, TermValue]) -> Made:
    return seen(texts=(PrintedText(language="ar", values=arabic),
                       PrintedText(language="bn", values=bangla)))  # fmt: skip


def care(before: str | None, now: str | None) -> Made:
    return between({"household_care_needs": before}, {"household_care_needs": now})


def job(before: str, now: str) -> Made:
    return between({"job_title": before}, {"job_title": now})


def signed_days_after_departure(step: Step) -> Made:
    return lambda: make_check(make_paper(step, signed_on=ARRIVED))


def licences(**changes: object) -> Made:
    first, second = clean_seen().licences or ()
    return seen(licences=(msgspec.structs.replace(first, **changes), second))


def leaving(days: int) -> Made:
    return lambda: make_check(departs_on=SIGNED + timedelta(days=days))


def corridor(origin: str, destination: str, on: date = SIGNED, **values: TermValue) -> Made:
    terms = msgspec.structs.replace(
        clean_terms(), origin=origin, destination=destination, signed_on=on
    )
    return lambda: make_check(make_paper(terms=with_values(terms, **values)))


def dropped(clause: str) -> Made:
    return lambda: make_check(
        make_paper(), make_paper(Step.REGISTERED, terms=without_clauses(clean_terms(), clause))
    )


def totals(older: tuple[int, int], newer: tuple[int, int]) -> Made:
    def paper(step: Step, pay: tuple[int, int]) -> object:
        allowances = {"food": float(pay[1])} if pay[1] else {}
        return make_paper(step, seen={"allowances": allowances}, wage_amount=pay[0])

    return lambda: make_check(paper(Step.SIGNED, older), paper(Step.REGISTERED, newer))  # type: ignore[arg-type]


def code(printed_code: str | None) -> Made:
    def made() -> CheckInput:
        code = printed_code or terms_hash(clean_terms())[:16]
        return make_check(
            make_paper(Step.REGISTERED),
            make_paper(Step.AFTER_ARRIVAL, signed_on=SIGNED, seen={"printed_code": code}),
        )

    return made


def signed_after(days: int, **values: TermValue) -> Made:
    newer = ARRIVED + timedelta(days=days)
    return lambda: make_check(
        make_paper(), make_paper(Step.AFTER_ARRIVAL, signed_on=newer, **values)
    )


def paid(amount: float, days_late: int | None, looked: int = 5, currency: str = "SAR") -> Made:
    due = date(2026, 5, 1)
    on = None if days_late is None else due + timedelta(days=days_late)
    payment = Payment(due_on=due, amount=amount, currency=currency, paid_on=on)
    return lambda: make_check(payments=(payment,), looked_on=due + timedelta(days=looked))


def payslips(amount: float, every: int, **values: TermValue) -> Made:
    """Three wages, paid in full on the day, so many days apart."""
    days = [date(2026, 5, 1) + timedelta(days=every * at) for at in range(3)]
    slips = tuple(Payment(due_on=day, amount=amount, currency="SAR", paid_on=day) for day in days)
    return lambda: make_check(make_paper(**values), payments=slips, looked_on=days[-1])


def payslip(amount: float, **values: TermValue) -> Made:
    day = date(2026, 5, 1)
    slip = Payment(due_on=day, amount=amount, currency="SAR", paid_on=day)
    looked_on = day + timedelta(days=5)
    return lambda: make_check(make_paper(**values), payments=(slip,), looked_on=looked_on)


def farm(older: dict[str, TermValue], newer: dict[str, TermValue]) -> Made:
    file = ROOT / "docs" / "examples" / "contracts" / "mexico-canada.yaml"

    def made() -> CheckInput:
        terms = make_contract(read_input(file.read_bytes(), file.name)).terms
        return CheckInput(
            papers=(
                CheckedPaper(step=Step.SIGNED, terms=with_values(terms, **older)),
                CheckedPaper(step=Step.REGISTERED, terms=with_values(terms, **newer)),
            )
        )

    return made


def found_before(*severities: Gravity, rule: str = "CHK-V01", months: int = 1) -> Made:
    on = date(2026, 3, 1) - timedelta(days=30 * months)
    known = tuple(AgencyFinding(rule=rule, severity=each, confirmed_on=on) for each in severities)
    return lambda: make_check(agency_findings=known)


RATE = Rate(of="USD", to="SAR", rate=3.75, on=SIGNED, source="Central bank")
GRAVE = (Gravity.SERIOUS, Gravity.CRITICAL, Gravity.SERIOUS)

TABLE: dict[str, tuple[Made, Made]] = {
    "S01": (gone("WELFARE"), gone("HOLIDAYS")),
    "S02": (one(embassy_phone=None), one(insurance_policy_no=None)),
    "S03": (one(documents_held_by_worker=False), seen(attached=(Attached.UNDERTAKING,))),
    "S04": (one(phone_kept_by_worker=False), one(phone_kept_by_worker=True)),
    "S05": (one(house_key_held=False), one(house_key_held=True)),
    "S06": (one(declared_worker_payment=1), one(declared_worker_payment=0)),
    "S07": (seen(attached=(Attached.WAGE_DEDUCTION,)), seen(attached=(Attached.WAIVER,))),
    "S08": (seen(attached=(Attached.LEAVING_PENALTY,)), seen(attached=())),
    "S09": (seen(attached=(Attached.WAIVER,)), seen(attached=(Attached.LOAN,))),
    "S10": (one(tests_required=("pregnancy",)), one(tests_required=("tuberculosis",))),
    "S11": (seen(worker_reads=("ne",)), seen(worker_reads=("ne",), read_aloud_in=("ne",))),
    "S12": (printed(1400), printed(1500)),
    "S13": (licences(valid_to=date(2026, 2, 28)), licences(valid_to=date(2026, 3, 1))),
    "S14": (seen(worker_signed=SignedBy.SOMEBODY_ELSE), seen(worker_signed=SignedBy.THUMBPRINT)),
    "S15": (leaving(6), leaving(7)),
    "C01": (one(wage_amount=799), one(wage_amount=800)),
    "C02": (one(hours_normal_day=10.5), one(hours_normal_day=10)),
    "C03": (one(rest_weekly_hours=23), one(rest_weekly_hours=24)),
    "C04": (one(rest_night_hours=7), one(rest_night_hours=8)),
    "C05": (
        corridor("NP", "AE", annual_leave_days=29),
        corridor("NP", "AE", annual_leave_days=30),
    ),
    "C06": (one(sick_full_days=29), one(sick_full_days=30)),
    "C07": (one(trial_days=91), one(trial_days=90)),
    "C08": (
        corridor("PH", "HK", payment_grace_days=8),
        corridor("PH", "HK", payment_grace_days=7),
    ),
    "C09": (one(deduction_cap_percent=51), one(deduction_cap_percent=50)),
    "C10": (one(worker_birth_date="2001-03-21"), one(worker_birth_date="2001-03-20")),
    "C12": (one(copies_count=2), one(copies_count=3)),
    "V01": (two(wage_amount=1499), two(wage_amount=1500)),
    "V02": (totals((1500, 0), (1200, 300)), totals((1500, 0), (1500, 300))),
    "V03": (two(wage_period="week"), two(wage_period="month")),
    "V04": (two(job_title="cook"), two(job_title="housekeeper")),
    "V05": (two(employer_id_no="2000000018"), two(employer_id_no="10-0000 0018")),
    "V06": (two(workplace_address="2 Sea Road, Jeddah"),
            two(workplace_address="14, palm street; Al Olaya, RIYADH")),
    "V07": (two(duration_months=25), two(duration_months=24)),
    "V08": (two(rest_daily_hours=11), two(rest_daily_hours=13)),
    "V09": (two_seen({}, {"rest_days_paid_out": True}), two(rest_weekly_hours=25)),
    "V10": (two(annual_leave_days=29), two(annual_leave_days=31)),
    "V11": (two(notice_days_employer=29), two(trial_days=29)),
    "V12": (two_seen({}, {"attached": (Attached.LOAN,)}),
            two_seen({"attached": (Attached.LOAN,)}, {"attached": (Attached.LOAN,)})),
    "V13": (two(room_type="shared_children"), between({"room_type": "shared_woman"}, {})),
    "V14": (two_seen({}, {"return_paid_by": Payer.WORKER}),
            two_seen({}, {"return_paid_by": Payer.EMPLOYER})),
    "V15": (dropped("WELFARE"), dropped("HOLIDAYS")),
    "V16": (code("0123 4567 89ab cdef"), code(None)),
    "V17": (signed_after(60, employer_name="Somebody Else"), signed_after(61, wage_amount=1200)),
    "V18": (two(household_children=4), two(household_children=2)),
    "V19": (paid(1500, 4), paid(1500, 3)),
    "V20": (found_before(*GRAVE), found_before(*GRAVE[:2])),
}  # fmt: skip


def test_the_table_has_every_rule() -> None:
    ids = {rule.id.removeprefix("CHK-") for rule in library().checks[max(library().checks)].rules}
    assert len(ids) == 47
    assert ids == TABLE.keys() | {"C11"}


@pytest.mark.parametrize("rule", TABLE)
def test_it_fires(rule: str) -> None:
    report = checked(TABLE[rule][0]())
    assert rule in rules_of(report)
    found = next(each for each in report.findings if each.rule == f"CHK-{rule}")
    assert found.sources
    assert found.expected is not None
    for message in (found.message, found.expected):
        assert "%(" not in say(message)


@pytest.mark.parametrize(("wrong", "item"), [(0, "SOP-LIC-09"), (1, "COV-PAR-01")])
def test_a_wrong_licence_bears_on_the_item_of_whose_it_is(wrong: int, item: str) -> None:
    both = list(clean_seen().licences or ())
    both[wrong] = msgspec.structs.replace(both[wrong], valid_to=date(2026, 2, 28))
    found = checked(seen(licences=tuple(both))()).findings
    assert [(one.rule, one.items) for one in found] == [("CHK-S13", (item,))]
    rules = library().checks[max(library().checks)].rules
    assert item in next(one for one in rules if one.id == "CHK-S13").items


def test_another_period_is_told_although_more_is_paid() -> None:
    report = checked(two(wage_period="week", wage_amount=400)())
    assert [(one.rule, one.severity) for one in report.findings] == [("CHK-V03", Gravity.MODERATE)]


@pytest.mark.parametrize("rule", TABLE)
def test_it_stays_silent(rule: str) -> None:
    assert rule not in rules_of(checked(TABLE[rule][1]()))


def closed(how: How) -> ContractLibrary:
    """The library with Bangladesh closing domestic work in Saudi Arabia for March 2026."""
    known = library()
    newest = max(known.corridors)
    corridors = known.corridors[newest]
    closing = Closing(
        destination="SA", packs=("domestic-work",), start=date(2026, 3, 1), end=date(2026, 3, 31),
        source="S17", how=how, note="Closed for a month.",
    )  # fmt: skip
    origins = tuple(
        msgspec.structs.replace(each, closings=(closing,)) if each.code == "BD" else each
        for each in corridors.origins.origins
    )
    changed = msgspec.structs.replace(
        corridors, origins=msgspec.structs.replace(corridors.origins, origins=origins)
    )
    return msgspec.structs.replace(known, corridors={**known.corridors, newest: changed})


def test_c11_fires_only_while_a_destination_is_surely_closed() -> None:
    assert "C11" in rules_of(checked(make_check(), closed(How.SEEN)))
    later = make_check(make_paper(signed_on=date(2026, 4, 1)), arrived_on=None)
    assert "C11" not in rules_of(checked(later, closed(How.SEEN)))
    doubtful = checked(make_check(), closed(How.CONFLICT))
    assert "C11" not in rules_of(doubtful)
    assert any(note.rule == "CHK-C11" for note in doubtful.information)


_SHORT = terms_hash(clean_terms())[:16]

# what is handed in, the rule, whether it fires
FURTHER: list[tuple[str, Made, str, bool]] = [
    ("a consent to hold papers", seen(attached=(Attached.CONSENT_TO_HOLD,)), "S03", True),
    ("a licence nobody knows", seen(licences=(Licence(number="X-1"),)), "S13", True),
    ("a licence for another country", licences(destinations=("HK",)), "S13", True),
    ("hired without an agency", one(direct_hire=True, origin_agency_licence="X-1"), "S13", False),
    ("no independent witness", seen(independent_witness=False), "S14", True),
    ("a missing stamp", seen(stamps=("origin_bureau",)), "C12", True),
    ("breaks count in Kuwait", corridor("BD", "KW", hours_normal_day=11.5), "C02", True),
    ("breaks within the limit", corridor("BD", "KW", hours_normal_day=11), "C02", False),
    ("a paper that counts breaks",
     lambda: make_check(make_paper(seen={"hours_with_breaks": True}, hours_normal_day=11)),
     "C02", False),
    ("leave in working days",
     lambda: make_check(make_paper(
         terms=msgspec.structs.replace(clean_terms(), origin="NP", destination="AE"),
         seen={"leave_in_working_days": True}, annual_leave_days=26)), "C05", False),
    ("leave for two years",
     lambda: make_check(make_paper(
         terms=msgspec.structs.replace(clean_terms(), origin="NP", destination="AE"),
         seen={"leave_every_months": 24}, annual_leave_days=30)), "C05", True),
    ("the same wage by the week", two(wage_period="week", wage_amount=346.15), "V01", False),
    ("the same wage by the day", two(wage_period="day", wage_amount=57.69), "V01", False),
    ("a calendar month becomes a week", two(wage_period="week", wage_amount=340), "V01", True),
    ("a Hijri month is shorter", between({"wage_period": "hijri_month"}, {}), "V01", True),
    ("dollars at the rate", between({"wage_amount": 400, "wage_currency": "USD"}, {},
                                    rates=(RATE,)), "V01", False),
    ("riyals at a poor rate", between({"wage_amount": 450, "wage_currency": "USD"}, {},
                                      rates=(RATE,)), "V01", True),
    ("no rate to compare by", between({"wage_amount": 450, "wage_currency": "USD"}, {}), "V01",
     False),
    ("longer with a new agreement",
     lambda: make_check(make_paper(), make_paper(
         Step.REGISTERED, seen={"new_agreement": True}, duration_months=30)), "V07", False),
    ("food turned into money", two(food_mode="allowance", food_allowance=100), "V13", True),
    ("food as the law pays it",
     lambda: make_check(*(make_paper(
         step, terms=msgspec.structs.replace(clean_terms(), origin="PH", destination="QA"),
         wage_currency="QAR", food_mode=mode, food_allowance=300)
         for step, mode in ((Step.SIGNED, "provided"), (Step.REGISTERED, "allowance")))),
     "V13", False),
    ("new care needs", two(household_care_needs="a grandfather in bed"), "V18", True),
    ("a short payment", paid(1400, 0), "V19", True),
    ("paid in dollars at the rate",
     lambda: make_check(payments=(Payment(due_on=SIGNED, amount=400, currency="USD",
                                          paid_on=SIGNED),), rates=(RATE,)), "V19", False),
    ("a monthly wage paid each week", payslips(346.15, 7), "V19", False),
    ("too little each week", payslips(300, 7), "V19", True),
    ("a monthly wage paid every two weeks", payslips(692.31, 14), "V19", False),
    ("too little every two weeks", payslips(600, 14), "V19", True),
    ("a weekly wage", payslip(350, wage_period="week", wage_amount=350), "V19", False),
    ("a weekly wage cut", payslip(349, wage_period="week", wage_amount=350), "V19", True),
    ("a weekly wage for a month", payslips(350, 30, wage_period="week", wage_amount=350), "V19",
     True),
    ("a fortnight's wage", payslip(700, wage_period="fortnight", wage_amount=700), "V19", False),
    ("a Hijri month's wage", payslips(1500, 29, wage_period="hijri_month"), "V19", False),
    ("a Hijri month's wage cut", payslips(1490, 29, wage_period="hijri_month"), "V19", True),
    ("an hourly wage paid each week",
     payslips(384, 7, wage_period="hour", wage_amount=8, hours_normal_week=48), "V19", False),
    ("a floor of the Indonesian memorandum", corridor("ID", "MY", wage_amount=1400,
                                                      wage_currency="MYR"), "C01", True),
    ("which binds nobody else", corridor("BD", "MY", wage_amount=1400, wage_currency="MYR"),
     "C01", False),
    ("the code as the QR code has it",
     code(f"https://m.example/contracts/verify/2026-ABCDE-FGHJK-M?h={_SHORT}"), "V16", False),
    ("a QR code of other terms",
     code("https://m.example/contracts/verify/2026-ABCDE-FGHJK-M?h=0123456789abcdef"), "V16", True),
    ("the code with the words before it", code(f"Check code: {_SHORT[:8]} {_SHORT[8:]}"), "V16",
     False),
    ("one sign of the code is none", code(f"{_SHORT[:7]}x{_SHORT[7:]}"), "V16", True),
    ("a floor of 2025", corridor("BD", "QA", date(2025, 3, 1), wage_amount=900,
                                 wage_currency="QAR"), "C01", True),
    ("that nobody saw before", corridor("BD", "QA", date(2018, 3, 1), wage_amount=900,
                                        wage_currency="QAR"), "C01", False),
    ("a room of one's own on a farm becomes a shared one",
     farm({"room_type": "own_room"}, {"room_type": "shared_same_sex"}), "V13", True),
    ("a shared room on a farm becomes one's own",
     farm({"room_type": "shared_same_sex"}, {"room_type": "own_room"}), "V13", False),
    ("meals on a farm become a kitchen",
     farm({"food_mode": "provided"}, {"food_mode": "kitchen"}), "V13", True),
    ("a kitchen on a farm becomes meals",
     farm({"food_mode": "kitchen"}, {"food_mode": "provided"}), "V13", False),
    ("fewer care needs",
     between({"household_care_needs": "a grandfather in bed and a baby"},
             {"household_care_needs": "a baby"}), "V18", False),
    ("other care needs",
     between({"household_care_needs": "a baby"},
             {"household_care_needs": "a baby and a grandfather"}), "V18", True),
    ("no care needs any more", care("one old man", "No care needs"), "V18", False),
    ("nobody, in Arabic", care("one old man", "لا أحد"), "V18", False),
    ("nobody, in Bangla", care("one old man", "কারো যত্নের প্রয়োজন নেই"), "V18", False),
    ("nobody, in Nepali", care("one old man", "हेरचाह चाहिने कोही छैन"), "V18", False),
    ("nobody, in Romanian", care("one old man", "Nimeni"), "V18", False),
    ("a dash", care("one old man", "—"), "V18", False),
    ("an emptied line", care("one old man", " "), "V18", False),
    ("nothing said in another way", care("none", "N/A"), "V18", False),
    ("said in another way", care("a baby", "one baby of six months"), "V18", False),
    ("in other words", care("one old man", "grandfather of 80 years"), "V18", False),
    ("somebody more, in Arabic", care("طفل", "طفل ورجل مسن"), "V18", True),
    ("an article more", care("baby", "the baby"), "V18", False),
    ("and nobody else", care("a baby", "a baby, nobody else"), "V18", False),
    ("care where there was none", care("No care needs", "one old man in bed"), "V18", True),
    ("care where nobody was named, in Arabic", care("لا يوجد", "رجل مسن"), "V18", True),
    ("care on an empty line", care(None, "one old man in bed"), "V18", True),
    ("no children and one grandmother",
     care("No small children, one grandmother in a wheelchair", "One grandmother in a wheelchair"),
     "V18", False),
    ("a grandmother who cannot walk, in Bangla", care("দাদি, হাঁটতে পারেন না", "দাদি"), "V18", False),
    ("the same in one sentence", care("দাদি হাঁটতে পারেন না", "দাদি"), "V18", False),
    ("somebody after nobody", care("none", "No children, one bedridden grandmother"), "V18", True),
    ("somebody after nobody, in words", care("none", "no children and one old man"), "V18", True),
    ("somebody in another sentence", care("none", "No children. One old man"), "V18", True),
    ("nobody twice", care("none", "No children, no old people"), "V18", False),
    ("nobody and nobody", care("No children and no old people", "one old man"), "V18", True),
    ("a list of nobody", care("none", "no children and old people"), "V18", False),
    ("nobody with needs", care("none", "Nobody with special needs"), "V18", False),
    ("a no in the middle", care("none", "there are no care needs"), "V18", False),
    ("not needed", care("not needed", "one old man"), "V18", True),
    ("nobody, in Bangla, and then somebody", care("কারো যত্নের প্রয়োজন নেই", "দাদি"), "V18", True),
    ("nobody, in Nepali, and then somebody", care("हेरचाह चाहिने कोही छैन", "हजुरआमा"), "V18", True),
    ("the same job in another language", job("housekeeper", "عاملة منزلية"), "V04", False),
    ("another job in another language", job("nanny", "عاملة منزلية"), "V04", True),
    ("both texts print less than the terms", printed_both(1400), "S12", True),
    ("a protection printed in one language only",
     texts({"wage_amount": 1500, "documents_held_by_worker": True}, {"wage_amount": 1500}), "S12",
     True),
    ("an empty line in one language",
     texts({"wage_amount": 1500}, {"wage_amount": None}), "S12", True),
    ("whole numbers and their decimals", texts({"wage_amount": 1500.0}, {"wage_amount": 1500}),
     "S12", False),
    ("one text and the terms",
     seen(texts=(PrintedText(language="bn", values={"wage_amount": 1400}),)), "S12", True),
    ("read aloud to somebody who cannot read", seen(worker_reads=(), read_aloud_in=("bn",)), "S11",
     False),
    ("read aloud in a language of no text", seen(worker_reads=(), read_aloud_in=("ne",)), "S11",
     True),
    ("signed at home after departure", signed_days_after_departure(Step.SIGNED), "S15", True),
    ("registered after departure", signed_days_after_departure(Step.REGISTERED), "S15", False),
    ("signed after arrival", signed_days_after_departure(Step.AFTER_ARRIVAL), "S15", False),
    ("30 days of leave for 26 working days", lambda: make_check(
        make_paper(seen={"leave_in_working_days": True}, annual_leave_days=26),
        make_paper(Step.REGISTERED, annual_leave_days=30)), "V10", False),
    ("29 days of leave for 26 working days", lambda: make_check(
        make_paper(seen={"leave_in_working_days": True}, annual_leave_days=26),
        make_paper(Step.REGISTERED, annual_leave_days=29)), "V10", True),
    ("findings of long ago", found_before(*GRAVE, months=13), "V20", False),
    ("findings of other rules", found_before(*GRAVE, rule="CHK-C01"), "V20", False),
    ("findings that are not grave", found_before(*[Gravity.MODERATE] * 3), "V20", False),
]  # fmt: skip


@pytest.mark.parametrize(("made", "rule", "fires"), [each[1:] for each in FURTHER],
                         ids=[each[0] for each in FURTHER])  # fmt: skip
def test_further_cases(made: Made, rule: str, fires: bool) -> None:
    assert (rule in rules_of(checked(made()))) is fires


SEVERITY: list[tuple[str, Made, str, Gravity]] = [
    ("a little less", two(wage_amount=1351), "V01", Gravity.SERIOUS),
    ("a tenth less", two(wage_amount=1350), "V01", Gravity.CRITICAL),
    ("below the floor", between({"wage_amount": 805}, {"wage_amount": 790}), "V01",
     Gravity.CRITICAL),
    ("another job in the home", two(job_title="cook"), "V04", Gravity.SERIOUS),
    ("a shop becomes a home", between({"job_title": "shop assistant"}, {}), "V04",
     Gravity.CRITICAL),
    ("the same job in other words", job("Domestic worker", "housekeeper"), "V04", Gravity.SERIOUS),
    ("a job that says little", job("worker", "housekeeper"), "V04", Gravity.SERIOUS),
    ("a hotel's housekeeper", job("hotel housekeeper", "housekeeper"), "V04", Gravity.SERIOUS),
    ("a cashier becomes a housemaid", job("Cashier", "House-maid, housemaid"), "V04",
     Gravity.CRITICAL),
    ("in Arabic", job("بائعة في متجر", "عاملة منزلية"), "V04", Gravity.CRITICAL),
    ("in Bangla", job("দোকানের বিক্রয়কর্মী", "গৃহকর্মী"), "V04", Gravity.CRITICAL),
    ("a home becomes a shop", job("housekeeper", "shop assistant"), "V04", Gravity.SERIOUS),
    ("another home", two(workplace_address="Jeddah"), "V06", Gravity.SERIOUS),
    ("another home and employer", two(workplace_address="Jeddah", employer_id_no="2"), "V06",
     Gravity.CRITICAL),
    ("another paper", signed_after(10, employer_name="Somebody Else"), "V17", Gravity.MODERATE),
    ("another and worse paper", signed_after(10, wage_amount=1499), "V17", Gravity.SERIOUS),
    ("late", paid(1500, 30), "V19", Gravity.SERIOUS),
    ("very late", paid(1500, 31), "V19", Gravity.CRITICAL),
    ("never paid", paid(1500, None, looked=31), "V19", Gravity.CRITICAL),
    ("short for long", paid(1400, 0, looked=31), "V19", Gravity.CRITICAL),
    ("the pattern of an agency", found_before(*GRAVE), "V20", Gravity.CRITICAL),
]  # fmt: skip


@pytest.mark.parametrize(("made", "rule", "severity"), [each[1:] for each in SEVERITY],
                         ids=[each[0] for each in SEVERITY])  # fmt: skip
def test_how_grave_it_is(made: Made, rule: str, severity: Gravity) -> None:
    report = checked(made())
    assert {each.severity for each in report.findings if each.rule == f"CHK-{rule}"} == {severity}


def test_another_country_is_gravest() -> None:
    kuwait = msgspec.structs.replace(clean_terms(), destination="KW")
    report = checked(make_check(make_paper(), make_paper(Step.REGISTERED, terms=kuwait)))
    assert [each.severity for each in report.findings if each.rule == "CHK-V06"] == [
        Gravity.CRITICAL
    ]


def test_a_text_in_one_language_twice_is_refused() -> None:
    printed_twice = tuple(PrintedText(language="ar", values={"wage_amount": one}) for one in (1, 2))
    with pytest.raises(CheckRefused) as refused:
        checked(seen(texts=printed_twice)())
    assert "in Arabic is given twice" in say(refused.value.reasons[0])


UNCHECKED: list[tuple[str, Made, str]] = [
    ("no licence of the agency at home", one(origin_agency_licence=""), "S13"),
    ("no licence of the agency abroad", one(dest_agency_licence=None), "S13"),
    ("nobody said who pays the journey home", two_seen({"return_paid_by": None}, {}), "V14"),
    ("one text of two", seen(texts=(PrintedText(language="bn", values={}),)), "S12"),
    ("a paper after arrival before arrival", signed_after(-3), "V17"),
    (
        "too young only on the day of signing, with no day of the start",
        one(worker_birth_date="2001-03-05", start_date=None),
        "C10",
    ),
]


@pytest.mark.parametrize(("made", "rule"), [each[1:] for each in UNCHECKED],
                         ids=[each[0] for each in UNCHECKED])  # fmt: skip
def test_what_nobody_said_is_listed_as_unchecked(made: Made, rule: str) -> None:
    report = checked(made())
    assert rule not in rules_of(report)
    assert f"CHK-{rule}" in {each.rule for each in report.unchecked}


# the day of birth, and whether the worker is too young whenever the work starts within a year
BORN = [("2001-03-01", False), ("2001-03-05", False), ("2002-03-01", False), ("2002-03-02", True)]


@pytest.mark.parametrize(("born", "fires"), BORN)
def test_without_a_day_of_the_start_a_worker_has_a_year_to_grow_older(
    born: str, fires: bool
) -> None:
    report = checked(one(worker_birth_date=born, start_date=None)())
    assert ("C10" in rules_of(report)) is fires


def test_wrong_licences_of_both_agencies_are_both_told() -> None:
    found = checked(seen(licences=())()).findings
    assert [each.items for each in found] == [("SOP-LIC-09",), ("COV-PAR-01",)]


# the faults of a pattern, and its id
PATTERNS: list[tuple[str, Made]] = [
    ("PAT-01", signed_after(5, wage_amount=1000)),
    ("PAT-02", lambda: make_check(make_paper(), make_paper(
        Step.REGISTERED, seen={"texts": (
            PrintedText(language="ar", values={"wage_amount": 1000}),
            PrintedText(language="bn", values={"wage_amount": 1500}))}, wage_amount=1000))),
    ("PAT-03", two(job_title="nanny", employer_id_no="77")),
    ("PAT-04", two(workplace_address="Jeddah", employer_id_no="77")),
    ("PAT-05", totals((1500, 0), (1000, 500))),
    ("PAT-06", between({"wage_amount": 450, "wage_currency": "USD"}, {}, rates=(RATE,))),
    ("PAT-07", two_seen({}, {"attached": (Attached.LOAN,)})),
    ("PAT-08", seen(attached=(Attached.CONSENT_TO_HOLD,))),
    ("PAT-09", two_seen({}, {"rest_days_paid_out": True})),
    ("PAT-10", lambda: make_check(make_paper(
        terms=without_clauses(clean_terms(), "MATERNITY"), rest_night_hours=6))),
    ("PAT-11", seen(worker_reads=("ne",), worker_signed=SignedBy.NOBODY)),
    ("PAT-12", printed(1400)),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "made"), PATTERNS)
def test_known_patterns_are_named(pattern: str, made: Made) -> None:
    assert pattern in {each.id for each in checked(made()).patterns}


def test_nothing_known_names_no_pattern_and_says_what_could_not_be_checked() -> None:
    bare = msgspec.structs.replace(make_paper(), seen=type(clean_seen())())
    report = checked(CheckInput(papers=(bare,)))
    assert report.findings == ()
    assert report.patterns == ()
    open_rules = {each.rule.removeprefix("CHK-") for each in report.unchecked}
    assert {"S07", "S08", "S09", "S13", "S14", "S15", "V19", "V20"} <= open_rules
    assert rules_of(checked(after_arrival())) == []
