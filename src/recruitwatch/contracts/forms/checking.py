"""A contract to check as somebody handed it in: a file of ours, JSON or DOCX, or values typed in."""

from enum import StrEnum

import msgspec

from recruitwatch.contracts.forms.word import terms_in_docx
from recruitwatch.contracts.rules.checking import joined, read_check
from recruitwatch.contracts.rules.checking.normalising import PERIODS
from recruitwatch.contracts.rules.checking.reading import subjects_of
from recruitwatch.contracts.rules.given import ENGLISH
from recruitwatch.contracts.values.checking import (
    Attached,
    CheckedPaper,
    CheckInput,
    Seen,
    SignedBy,
    Step,
)
from recruitwatch.contracts.values.judged import ContractLibrary, DayNotCovered, WorkNotCovered
from recruitwatch.contracts.values.terms import Terms, TermValue, WorkerIs
from recruitwatch.errors import N_
from recruitwatch.web.forms import Errors, FormReader

MOST_UPLOAD_BYTES = 2_000_000
FILE_MISSING = N_("Choose a file.")
FILE_LARGE = N_("The file is larger than %(most)s MB.")
NOT_OURS = N_("Choose one of the choices.")
NO_CURRENCY = N_("Write the three letters of a currency, such as SAR.")
CURRENCY_MISSING = N_("Write the currency of the wage, such as SAR.")
RULE_MISSING = N_("Choose what becomes a finding.")
WORKER_NOT_ASKED = N_("Ask the worker first. The agency will be told what was found.")
_ZIP = b"PK\x03\x04"


class Kind(StrEnum):
    NUMBER = "number"
    TEXT = "text"
    DAY = "day"
    YES_NO = "yes_no"
    CHOICE = "choice"


class TypedField(msgspec.Struct, frozen=True, kw_only=True):
    """A value that can be typed in. `options` are its choices with their words."""

    name: str
    label: str
    kind: Kind = Kind.NUMBER
    options: tuple[tuple[str, str], ...] = ()


_PERIOD_WORDS = (
    N_("A calendar month"),
    N_("A Hijri month"),
    N_("Two weeks"),
    N_("A week"),
    N_("A day"),
    N_("An hour"),
)
PAY = (
    TypedField(name="wage_amount", label=N_("Basic wage")),
    TypedField(name="wage_currency", label=N_("Currency of the wage"), kind=Kind.TEXT),
    TypedField(
        name="wage_period",
        label=N_("The wage is for"),
        kind=Kind.CHOICE,
        options=tuple(zip(PERIODS, _PERIOD_WORDS, strict=True)),
    ),
    TypedField(name="payment_grace_days", label=N_("Longest delay of the wage, in days")),
    TypedField(
        name="deduction_cap_percent", label=N_("Highest deduction from the wage, in per cent")
    ),
    TypedField(name="declared_worker_payment", label=N_("What the worker paid to get the job")),
)
TIME = (
    TypedField(name="hours_normal_day", label=N_("Working hours in a day, without breaks")),
    TypedField(name="hours_normal_week", label=N_("Working hours in a week")),
    TypedField(name="meal_break_minutes", label=N_("Meal break, in minutes")),
    TypedField(name="rest_daily_hours", label=N_("Rest in every day, in hours")),
    TypedField(name="rest_night_hours", label=N_("Rest at night without a break, in hours")),
    TypedField(name="rest_weekly_hours", label=N_("Weekly rest, in hours")),
    TypedField(
        name="restday_protected_per_month",
        label=N_("Rest days a month that money cannot replace"),
    ),
    TypedField(name="annual_leave_days", label=N_("Paid leave in a year, in days")),
    TypedField(name="sick_full_days", label=N_("Sick leave at full pay in a year, in days")),
    TypedField(name="trial_days", label=N_("Trial period, in days")),
    TypedField(name="duration_months", label=N_("Length of the contract, in months")),
    TypedField(name="notice_days_employer", label=N_("Notice by the employer, in days")),
)
PEOPLE = (
    TypedField(name="job_title", label=N_("Job"), kind=Kind.TEXT),
    TypedField(name="employer_id_no", label=N_("Identity number of the employer"), kind=Kind.TEXT),
    TypedField(name="workplace_address", label=N_("Place of work"), kind=Kind.TEXT),
    TypedField(name="household_adults", label=N_("Adults in the home")),
    TypedField(name="household_children", label=N_("Children in the home")),
    TypedField(name="worker_birth_date", label=N_("Birth of the worker"), kind=Kind.DAY),
    TypedField(name="start_date", label=N_("Start of the work"), kind=Kind.DAY),
    TypedField(
        name="room_type",
        label=N_("Room"),
        kind=Kind.CHOICE,
        options=(
            ("own_room", N_("A room of her or his own")),
            ("shared_woman", N_("Shared with another worker")),
            ("shared_children", N_("Shared with children of the home")),
        ),
    ),
    TypedField(
        name="food_mode",
        label=N_("Food"),
        kind=Kind.CHOICE,
        options=(("provided", N_("Food is given")), ("allowance", N_("Money for food"))),
    ),
    TypedField(name="food_allowance", label=N_("Money for food a month")),
    TypedField(
        name="documents_held_by_worker",
        label=N_("Does the worker keep passport and papers?"),
        kind=Kind.YES_NO,
    ),
    TypedField(
        name="phone_kept_by_worker",
        label=N_("Does the worker keep the telephone?"),
        kind=Kind.YES_NO,
    ),
    TypedField(
        name="house_key_held",
        label=N_("Does the worker have a key of the front door?"),
        kind=Kind.YES_NO,
    ),
)
TYPED = PAY + TIME + PEOPLE


def parse_files(reader: FormReader, files: dict[str, bytes]) -> CheckInput | Errors:
    """The file to check with an older one, or what is wrong with the form. Raises `Rejected` for a file
    that is none of ours."""
    newer, older = _sent(reader, files, "file"), _sent(reader, files, "older")
    if newer is None:
        reader.refuse("file", FILE_MISSING)
    arrived = reader.day("arrived")
    if reader.errors or newer is None:
        return reader.errors
    given = read_check(newer, arrived_on=arrived)
    return joined(read_check(older), given) if older is not None else given


def _sent(reader: FormReader, files: dict[str, bytes], name: str) -> bytes | None:
    """Our JSON; of a Word file, the terms that we put into it. A browser sends an empty file for none."""
    content = files.get(name) or None
    if content is None:
        return None
    if len(content) > MOST_UPLOAD_BYTES:
        reader.refuse(name, FILE_LARGE, most=MOST_UPLOAD_BYTES // 1_000_000)
        return None
    if content.startswith(_ZIP):
        return msgspec.json.encode(terms_in_docx(content))
    return content


def parse_typed(
    reader: FormReader, files: dict[str, bytes], library: ContractLibrary
) -> CheckInput | Errors:
    """The values of a paper as somebody typed them, or every error of the form."""
    packs = dict(sorted(library.packs))
    pack = reader.one_of("pack", tuple(packs), missing=NOT_OURS)
    corridors = library.newest_corridors
    origin = reader.one_of(
        "origin", tuple(one.code for one in corridors.origins.origins), missing=NOT_OURS
    )
    places = tuple(one.code for one in corridors.destinations.destinations)
    destination = reader.one_of("destination", places, missing=NOT_OURS)
    step = reader.choice("step", Step)
    signed_on = reader.day("signed", required=True)
    departs, arrived = reader.day("departs"), reader.day("arrived")
    values: dict[str, TermValue] = {
        one.name: found for one in TYPED if (found := _typed(reader, one)) is not None
    }
    seen = _seen(reader)
    _with_currency(reader, values)
    older = _sent(reader, files, "older")
    if reader.errors or step is None or signed_on is None:
        return reader.errors
    known = library.pack(pack, packs[pack]).parameters
    terms = Terms(
        pack=pack,
        template_version=packs[pack],
        origin=origin,
        destination=destination,
        signed_on=signed_on,
        languages=("en",),
        worker_is=WorkerIs.WOMAN if reader.form.get("worker") == "woman" else WorkerIs.NOT_SAID,
        clauses=(),
        values={name: one for name, one in values.items() if name in known},
    )
    paper = CheckedPaper(step=step, terms=terms, seen=seen, whole=False)
    given = CheckInput(papers=(paper,), departs_on=departs, arrived_on=arrived)
    try:
        subjects_of(given, library)
    except DayNotCovered as problem:
        return {"signed": problem.message}
    except WorkNotCovered as problem:
        return {"pack": problem.message}
    return joined(read_check(older), given) if older is not None else given


def _with_currency(reader: FormReader, values: dict[str, TermValue]) -> None:
    """A wage without its currency can be compared with nothing, and that would look like no fault."""
    currency = values.get("wage_currency")
    if isinstance(currency, str):
        values["wage_currency"] = currency = currency.upper()
        if currency not in ENGLISH.currencies:
            reader.refuse("wage_currency", NO_CURRENCY)
    elif "wage_amount" in values:
        reader.refuse("wage_currency", CURRENCY_MISSING)


def _typed(reader: FormReader, field: TypedField) -> TermValue:
    raw = reader.form.get(field.name, "").strip()
    if field.kind is Kind.NUMBER:
        number = reader.amount(field.name, most=10**9)
        if number is None:
            return None
        return int(number) if number == number.to_integral_value() else float(number)
    if field.kind is Kind.DAY:
        day = reader.day(field.name)
        return day.isoformat() if day else None
    if field.kind is Kind.TEXT:
        return reader.text(field.name, longest=300).replace("\n", " ") or None
    if not raw:
        return None
    known = ("yes", "no") if field.kind is Kind.YES_NO else tuple(one for one, _ in field.options)
    chosen = reader.one_of(field.name, known, missing=NOT_OURS)
    return chosen == "yes" if field.kind is Kind.YES_NO else chosen


def _seen(reader: FormReader) -> Seen:
    attached = reader.choices("attached", [one.value for one in Attached])
    looked = reader.flag("looked") or bool(attached)
    signed = reader.choice("worker_signed", SignedBy) if reader.form.get("worker_signed") else None
    witness = {"yes": True, "no": False}.get(reader.form.get("witness", ""))
    return Seen(
        attached=tuple(Attached(one) for one in attached if one in set(Attached))
        if looked
        else None,
        worker_signed=signed,
        independent_witness=witness,
    )
