"""A contract that somebody asks for in the browser: first the corridor, then the values, then the whole."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

import msgspec

from recruitwatch.contracts.rules.asking import CURRENCY, settable
from recruitwatch.contracts.rules.given import HIGHEST_NUMBER, LONGEST_TEXT
from recruitwatch.contracts.rules.soundness import NUMBERS
from recruitwatch.contracts.values.judged import (
    ContractLibrary,
    DayNotCovered,
    InputRefused,
    LanguageUnknown,
    OccupationPack,
    WorkNotCovered,
)
from recruitwatch.contracts.values.terms import (
    HIGHEST_RATE,
    LOWEST_RATE,
    ContractInput,
    Rate,
    TermValue,
    WorkerIs,
)
from recruitwatch.contracts.values.written import Parameter, ParameterType
from recruitwatch.errors import N_, Message, RecruitwatchError
from recruitwatch.web.forms import Errors, FormReader

TWICE = N_("Choose two different languages, or leave this empty.")
NOT_CARRIED = N_("The form was changed on its way. Begin again.")
NOT_A_RATE = N_(
    "Fill in the whole exchange rate: both currencies, the rate, the day and its source."
)
THREE_LETTERS = N_("Write the three letters of a currency, like SAR.")
# Which field a refusal of the whole is about.
_ABOUT: dict[type[RecruitwatchError], str] = {
    LanguageUnknown: "official",
    WorkNotCovered: "destination",
    DayNotCovered: "signed",
}
_ELSEWHERE = {"rates": ("rate_on", N_("Exchange rate"))}


def parse_start(reader: FormReader, library: ContractLibrary) -> ContractInput | Errors:
    """Kind of work, corridor, languages and day, or every error of the form."""
    corridors = library.newest_corridors
    pack = reader.one_of("pack", {name for name, _ in library.packs})
    origin = reader.one_of("origin", {one.code for one in corridors.origins.origins})
    places = {one.code for one in corridors.destinations.destinations}
    destination = reader.one_of("destination", places)
    signing = _signing(reader, library)
    if reader.errors or signing is None:
        return reader.errors
    return ContractInput(
        pack=pack,
        origin=origin,
        destination=destination,
        signed_on=signing.on,
        languages=signing.languages,
        worker_is=signing.worker_is,
    )


def signed_anew(
    reader: FormReader, asked: ContractInput, library: ContractLibrary
) -> ContractInput:
    """A contract of the same work and corridor with the day, the languages and the worker of a new
    version; as it was where these are wrong, which the reader keeps."""
    signing = _signing(reader, library)
    if signing is None:
        return asked
    return msgspec.structs.replace(
        asked, signed_on=signing.on, languages=signing.languages, worker_is=signing.worker_is
    )


def typed_signing(asked: ContractInput) -> dict[str, str]:
    """The fields of the day, the languages and the worker, filled in."""
    day, second = asked.signed_on, asked.languages[1:]
    return {
        "official": asked.languages[0], "second": second[0] if second else "",
        "signed-day": str(day.day), "signed-month": str(day.month), "signed-year": str(day.year),
        "worker": asked.worker_is.value,
    }  # fmt: skip


class _Signing(msgspec.Struct, frozen=True, kw_only=True):
    on: date
    languages: tuple[str, ...]
    worker_is: WorkerIs


def _signing(reader: FormReader, library: ContractLibrary) -> _Signing | None:
    """In which languages, when and for whom; None when any of it is wrong."""
    before = len(reader.errors)
    known = {language for one in library.packs.values() for language in one.languages}
    official = reader.one_of("official", known)
    second = reader.one_of("second", known | {""})
    if second and second == official:
        reader.refuse("second", TWICE)
    signed_on = reader.day("signed", required=True)
    worker = reader.choice("worker", WorkerIs)
    if len(reader.errors) > before or signed_on is None or worker is None:
        return None
    languages = (official, second) if second else (official,)
    return _Signing(on=signed_on, languages=languages, worker_is=worker)


def parse_values(
    reader: FormReader, asked: ContractInput, pack: OccupationPack
) -> ContractInput | Errors:
    """What was asked for with the values that were filled in, or every error of the form."""
    values = {
        name: found
        for name, one in settable(pack).items()
        if (found := _value(reader, name, one)) not in (None, ())
    }
    optional = {one.id for one in pack.clauses if not one.mandatory}
    without = reader.choices("without", optional)
    also = reader.choices("also", optional)
    rate = _rate(reader)
    if reader.errors:
        return reader.errors
    return msgspec.structs.replace(
        asked, values=values, without=without, also=also, rates=(rate,) if rate else ()
    )


def typed_currency(reader: FormReader, errors: Errors) -> dict[str, TermValue]:
    """The currency of a form with mistakes, unless it is one of them."""
    typed = reader.form.get(CURRENCY, "").strip()
    return {CURRENCY: typed} if typed and CURRENCY not in errors else {}


def carried(reader: FormReader) -> ContractInput:
    """What the page before put into the form. Raises InputRefused for anything else."""
    try:
        return msgspec.json.decode(reader.form.get("asked", ""), type=ContractInput)
    except msgspec.DecodeError:
        raise InputRefused((Message(NOT_CARRIED),)) from None


def form_token(reader: FormReader) -> UUID:
    """By what a form that is sent twice is known. Raises InputRefused where there is none."""
    try:
        return UUID(reader.form.get("form_token", ""))
    except ValueError:
        raise InputRefused((Message(NOT_CARRIED),)) from None


def carry(asked: ContractInput) -> str:
    return msgspec.json.encode(asked).decode()


def errors_by_field(
    problem: RecruitwatchError, pack: OccupationPack | None, titles: Mapping[str, str]
) -> Errors:
    """Every reason of a refusal at the field it is about, called by its label; kinds of work are called
    by their titles."""
    reasons: tuple[Message, ...] = getattr(problem, "reasons", ())
    if not isinstance(problem, InputRefused) or not reasons:
        return {_ABOUT.get(type(problem), ""): _titled(problem.message, titles)}
    found: Errors = {}
    for one in reasons:
        name = str(one.values.get("name", ""))
        parameter = pack.parameters.get(name) if pack else None
        field, known = _ELSEWHERE.get(name, ("", ""))
        label = Message(parameter.label if parameter else known) if parameter or known else name
        found.setdefault(
            name if parameter else field, Message(one.key, {**one.values, "name": label})
        )
    return found


def _titled(said: Message, titles: Mapping[str, str]) -> Message:
    title = titles.get(str(said.values.get("pack", "")))
    return Message(said.key, {**said.values, "pack": Message(title)}) if title else said


def typed_again(
    asked: ContractInput, pack: OccupationPack
) -> tuple[dict[str, str], dict[str, list[str]]]:
    """The texts and the ticked boxes of a form that is filled in with these values."""
    typed: dict[str, str] = {}
    ticked = {"without": list(asked.without), "also": list(asked.also)}
    for name, value in asked.values.items():
        parameter = pack.parameters.get(name)
        if isinstance(value, tuple):
            ticked[name] = list(value)
        elif isinstance(value, bool):
            typed[name] = "yes" if value else "no"
        elif parameter is not None and parameter.type is ParameterType.DATE and value:
            year, month, day = str(value).split("-")
            typed |= {f"{name}-year": year, f"{name}-month": month, f"{name}-day": day}
        elif value is not None:
            typed[name] = str(value)
    for rate in asked.rates[:1]:
        typed |= {
            "rate_of": rate.of, "rate_to": rate.to, "rate": str(rate.rate), "rate_source": rate.source,
            "rate_on-year": str(rate.on.year), "rate_on-month": str(rate.on.month),
            "rate_on-day": str(rate.on.day),
        }  # fmt: skip
    return typed, ticked


def _value(reader: FormReader, name: str, one: Parameter) -> TermValue:
    if one.type in NUMBERS:
        return _number(reader.amount(name, most=HIGHEST_NUMBER))
    if one.type is ParameterType.DATE:
        day = reader.day(name)
        return day.isoformat() if day else None
    if one.type is ParameterType.LIST:
        return reader.choices(name, one.options)
    raw = reader.form.get(name, "").strip()
    if not raw:
        return None
    if one.type is ParameterType.BOOL:
        return reader.one_of(name, {"yes", "no"}) == "yes"
    if one.type is ParameterType.ENUM:
        return reader.one_of(name, set(one.options))
    text = reader.text(name, longest=LONGEST_TEXT)
    return " ".join(text.split()) or None


def _number(amount: Decimal | None) -> int | float | None:
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _rate(reader: FormReader) -> Rate | None:
    """The one exchange rate, when any part of it is filled in."""
    of, to, source = (
        reader.text(name, longest=LONGEST_TEXT) for name in ("rate_of", "rate_to", "rate_source")
    )
    rate, on = reader.amount("rate", most=int(HIGHEST_RATE)), reader.day("rate_on")
    if not any((of, to, source, rate, on)):
        return None
    if not (of and to and source and rate and on and rate >= LOWEST_RATE):
        reader.refuse("rate", NOT_A_RATE)
        return None
    for name, code in (("rate_of", of), ("rate_to", to)):
        if len(code) != 3 or not code.isascii() or not code.isalpha():
            reader.refuse(name, THREE_LETTERS)
    return Rate(of=of.upper(), to=to.upper(), rate=float(rate), on=on, source=source)
