"""Assembling a contract: the clauses it has, a value for each, and the hash of its terms."""

import hashlib
import unicodedata
from collections.abc import Mapping

import msgspec

from recruitwatch.contracts.rules.choosing import Money, choose, currency_of
from recruitwatch.contracts.rules.conditions import Plain, holds, parse_condition
from recruitwatch.contracts.rules.corridor import law_of
from recruitwatch.contracts.rules.given import wrong_values
from recruitwatch.contracts.rules.slots import slot_names, worded
from recruitwatch.contracts.rules.soundness import NUMBERS
from recruitwatch.contracts.rules.wording import BASE_LANGUAGE
from recruitwatch.contracts.values.judged import (
    Choice,
    ContractLibrary,
    CorridorLaw,
    InputRefused,
    OccupationPack,
    PackUnknown,
)
from recruitwatch.contracts.values.terms import (
    NOT_HASHED,
    SHORT_HASH,
    Contract,
    ContractInput,
    TermClause,
    Terms,
    TermValue,
)
from recruitwatch.contracts.values.written import Clause, Parameter

_WORKER_FAVOURABLE = "worker_favourable"
_FIXED_BY_LAW = "fixed_by_law"
_HOURS = "hours_normal_week"
# Beyond it a number of JSON is not the same one for every reader.
_EXACT = 2**53


def assemble(asked: ContractInput, library: ContractLibrary) -> Contract:
    """The contract that was asked for, with the better-of rule behind each number. Refuses unknown
    places, languages, clauses and values by name."""
    pack = pack_of(asked, library)
    for language in asked.languages:
        library.words_of(pack, language)
    corridors = library.newest_corridors
    law = law_of(
        corridors,
        origin=asked.origin,
        destination=asked.destination,
        pack=pack.id,
        on=asked.signed_on,
        woman=asked.worker_is == "woman",
    )
    wrong = tuple(wrong_values(asked, pack, _currency(asked, law)))
    if wrong:
        raise InputRefused(wrong)
    clauses = _clauses(asked, pack)
    values, choices = _values(asked, law, clauses)
    terms = Terms(
        pack=pack.id,
        template_version=pack.version,
        corridors_version=corridors.version,
        origin=asked.origin,
        destination=asked.destination,
        signed_on=asked.signed_on,
        languages=asked.languages,
        worker_is=asked.worker_is,
        clauses=tuple(TermClause(id=one.id, variant=variant_of(one, values)) for one in clauses),
        values=values,
    )
    terms = with_hash(terms)
    return Contract(terms=terms, law=law, choices=choices, blanks=blanks_of(terms, pack))


def pack_of(asked: ContractInput, library: ContractLibrary) -> OccupationPack:
    """The pack that was asked for, in its newest version when none was named."""
    versions = [version for name, version in library.packs if name == asked.pack]
    if asked.template_version is not None:
        return library.pack(asked.pack, asked.template_version)
    if not versions:
        raise PackUnknown(pack=asked.pack, version="—")
    return library.pack(asked.pack, max(versions))


def _clauses(asked: ContractInput, pack: OccupationPack) -> tuple[Clause, ...]:
    return tuple(
        one
        for one in pack.clauses
        if (one.in_use or one.id in asked.also) and one.id not in asked.without
    )


def _values(
    asked: ContractInput, law: CorridorLaw, clauses: tuple[Clause, ...]
) -> tuple[dict[str, TermValue], tuple[Choice, ...]]:
    parameters = {name: one for clause in clauses for name, one in clause.parameters.items()}
    values = {**_following(asked, law), **_given(asked)}
    money = _money(values, parameters, asked, law)
    if money.currency is not None:
        values.setdefault("wage_currency", money.currency)
    found: dict[str, TermValue] = {}
    choices: list[Choice] = []
    for name, parameter in sorted(parameters.items()):
        value = values.get(name)
        if parameter.type in NUMBERS:
            number = value if isinstance(value, int | float) else None
            choice = choose(name, parameter, law, given=number, money=money)
            choices.append(choice)
            value = choice.value
        elif value is None:
            value = parameter.default
        found[name] = settled(value)
    return found, tuple(choices)


def _currency(asked: ContractInput, law: CorridorLaw) -> str | None:
    """What the contract counts in: what was asked for, else the currency of the law on wages."""
    given = asked.values.get("wage_currency")
    return given if isinstance(given, str) and given else currency_of(law)


def _following(asked: ContractInput, law: CorridorLaw) -> dict[str, TermValue]:
    """Values that follow from the corridor and the languages; the last two may be given otherwise."""
    return {
        "origin_country": law.origin.code,
        "destination_country": law.destination.country,
        "official_language": asked.languages[0],
        "worker_language": asked.languages[-1],
        "governing_law": law.destination.country,
        "prevailing_mode": (
            _FIXED_BY_LAW if law.destination.text_fixed_by_law else _WORKER_FAVOURABLE
        ),
        "contract_version": "1",
    }


def _given(asked: ContractInput) -> dict[str, TermValue]:
    return {name: value for name, value in asked.values.items() if value is not None}


def _money(
    values: Mapping[str, TermValue],
    parameters: Mapping[str, Parameter],
    asked: ContractInput,
    law: CorridorLaw,
) -> Money:
    def text(name: str) -> str | None:
        given = values.get(name)
        default = parameters[name].default if name in parameters else None
        found = given if given is not None else default
        return found if isinstance(found, str) else None

    money = Money(
        currency=_currency(asked, law), period=text("wage_period") or "month", rates=asked.rates
    )
    if _HOURS not in parameters:
        return money
    # The hours that the contract will have, for they decide what a wage by the hour is worth a month.
    given = values.get(_HOURS)
    hours = given if isinstance(given, int | float) else None
    chosen = choose(_HOURS, parameters[_HOURS], law, given=hours, money=money).value
    return money if chosen is None else msgspec.structs.replace(money, hours_in_a_week=chosen)


def settled(value: TermValue) -> TermValue:
    """Texts in one normal form and whole numbers as such, so that the same terms hash the same."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", " ".join(value.split()))
    if isinstance(value, tuple):
        return tuple(unicodedata.normalize("NFC", " ".join(one.split())) for one in value)
    if isinstance(value, float) and value.is_integer() and abs(value) <= _EXACT:
        return int(value)
    return value


def variant_of(clause: Clause, values: Mapping[str, TermValue]) -> str:
    """The one wording of a clause that fits the values."""
    plain: dict[str, Plain] = {
        name: one for name, one in values.items() if isinstance(one, bool | int | float | str)
    }
    for one in clause.variants:
        if one.when is None or holds(parse_condition(one.when), plain):
            return one.key
    raise AssertionError(f"no variant of {clause.id} fits: the library was not checked")


def named_in(terms: Terms, pack: OccupationPack) -> frozenset[str]:
    """The values that the wording of the contract names."""
    texts = pack.texts[BASE_LANGUAGE]
    return frozenset(
        name
        for clause in terms.clauses
        for row in texts[clause.id].rows[clause.variant]
        for name in slot_names(worded(row, feminine=False))
    )


def blanks_of(terms: Terms, pack: OccupationPack) -> tuple[str, ...]:
    """Required values that nobody gave, among those that the printed wording names."""
    named = named_in(terms, pack)
    return tuple(
        sorted(
            name
            for name, parameter in pack.parameters.items()
            if name in named - NOT_HASHED and parameter.required and terms.values.get(name) is None
        )
    )


def canonical(terms: Terms) -> bytes:
    """The terms as canonical JSON (sorted keys, no spaces, UTF-8, values as they are settled), without
    what carries the hash. Whoever wrote the terms, and as 1500 or 1500.0, equal terms hash alike."""
    values = {name: settled(one) for name, one in terms.values.items() if name not in NOT_HASHED}
    return msgspec.json.encode(msgspec.structs.replace(terms, values=values), order="sorted")


def terms_hash(terms: Terms) -> str:
    """SHA-256 of the canonical terms: it changes with any value, clause or language."""
    return hashlib.sha256(canonical(terms)).hexdigest()


def with_hash(terms: Terms) -> Terms:
    """The terms with the first characters of their hash, as they are printed."""
    if "terms_hash_short" not in terms.values:
        return terms
    short = terms_hash(terms)[:SHORT_HASH]
    return msgspec.structs.replace(terms, values={**terms.values, "terms_hash_short": short})
