"""What is wrong in the texts of a pack or in the words around it: slots, rows, options, plurals."""

from collections.abc import Iterable, Iterator, Mapping

from babel import Locale, UnknownLocaleError

from recruitwatch.contracts.rules.conditions import ConditionWrong, names_in, parse_condition
from recruitwatch.contracts.rules.slots import (
    CodeInText,
    Slot,
    has_digits,
    pieces,
    slot_names,
    wordings,
)
from recruitwatch.contracts.rules.soundness import CHOICES, Unsound
from recruitwatch.contracts.values.written import (
    Clause,
    ClauseTexts,
    Pack,
    PackTexts,
    Parameter,
    Unit,
    Wording,
    Words,
)

BASE_LANGUAGE = "en"
NUMBER_SLOT = "n"
# What babel calls a language by another name, or needs to know more exactly.
LOCALES = {"en": "en_GB", "tl": "fil", "zh": "zh_Hant"}


def locale_of(language: str) -> Locale:
    """The locale whose people write a language; raises ValueError when nobody knows it."""
    try:
        return Locale.parse(LOCALES.get(language, language.replace("-", "_")))
    except UnknownLocaleError as unknown:
        raise ValueError(f"unknown language {language}") from unknown


def unsound_texts(texts: PackTexts, pack: Pack, english: PackTexts | None) -> Iterator[Unsound]:
    """What is wrong in the words of a pack: clauses, variants, rows and slots that are missing,
    unknown or different from the English ones, and anything that is no wording."""
    yield from _language(texts.language)
    if texts.language == BASE_LANGUAGE:
        english = texts
    elif english is None:
        yield Unsound("$.language", f"the English texts of {pack.id} cannot be read")
        return
    yield from _pure("$.title", texts.title, digits=True)
    known = {one.id: one for one in pack.clauses}
    for clause_id in texts.clauses:
        if clause_id not in known:
            yield Unsound(f"$.clauses.{clause_id}", f"{pack.id} has no clause {clause_id}")
    for clause_id, clause in known.items():
        path = f"$.clauses.{clause_id}"
        if clause_id not in texts.clauses:
            yield Unsound("$.clauses", f"missing translation of clause {clause_id}")
            continue
        yield from _clause(clause, texts.clauses[clause_id], english.clauses.get(clause_id), path)
    yield from _options(texts, pack)


def _language(language: str) -> Iterator[Unsound]:
    try:
        locale_of(language)
    except ValueError as wrong:
        yield Unsound("$.language", str(wrong))


def _clause(
    clause: Clause, texts: ClauseTexts, english: ClauseTexts | None, path: str
) -> Iterator[Unsound]:
    yield from _pure(f"{path}.title", texts.title, digits=False)
    keys = {one.key for one in clause.variants}
    for key in sorted(set(texts.rows) - keys):
        yield Unsound(f"{path}.rows.{key}", f"{clause.id} has no variant {key}")
    for key in sorted(keys - set(texts.rows)):
        yield Unsound(f"{path}.rows", f"missing translation of {clause.id}, variant {key}")
    for key in sorted(keys & set(texts.rows)):
        rows = texts.rows[key]
        theirs = english.rows.get(key, ()) if english else ()
        where = f"{clause.id}, variant {key}"
        if len(rows) != len(theirs):
            message = f"{where} has {len(rows)} rows, the English has {len(theirs)}"
            yield Unsound(f"{path}.rows.{key}", message)
        for at, row in enumerate(rows):
            other = theirs[at] if at < len(theirs) else None
            yield from _row(
                clause, row, other, f"{path}.rows.{key}[{at}]", f"{where}, row {at + 1}"
            )
    yield from _unused(clause, texts, path)


def _row(
    clause: Clause, row: Wording, english: Wording | None, path: str, where: str
) -> Iterator[Unsound]:
    wrong = list(_pure(path, row, digits=False))
    yield from wrong
    if wrong:
        return
    for text in wordings(row):
        for slot in pieces(text):
            if isinstance(slot, Slot):
                yield from _slot(clause.parameters.get(slot.name), slot, path, where)
    if english is None:
        return
    try:
        wanted = slot_names(wordings(english)[0])
    except CodeInText:
        return
    for text in wordings(row):
        if slot_names(text) != wanted:
            message = f"{where} has the slots {_listed(slot_names(text))}, the English has {_listed(wanted)}"
            yield Unsound(path, message)


def _slot(parameter: Parameter | None, slot: Slot, path: str, where: str) -> Iterator[Unsound]:
    if parameter is None:
        yield Unsound(path, f"{where}: undeclared slot {slot.name}")
    elif slot.with_unit and parameter.unit is None:
        yield Unsound(path, f"{where}: {slot.name} has no unit")


def _listed(names: list[str]) -> str:
    return ", ".join(names) or "none"


def _pure(path: str, wording: Wording, *, digits: bool) -> Iterator[Unsound]:
    for text in wordings(wording):
        try:
            if not digits and has_digits(text):
                yield Unsound(path, f"a number is typed into “{text[:50]}”: use a parameter")
        except CodeInText as wrong:
            yield Unsound(path, str(wrong))


def _unused(clause: Clause, texts: ClauseTexts, path: str) -> Iterator[Unsound]:
    used = {one.currency for one in clause.parameters.values()}
    try:
        for rows in texts.rows.values():
            used |= {name for row in rows for text in wordings(row) for name in slot_names(text)}
        for variant in clause.variants:
            if variant.when is not None:
                used |= names_in(parse_condition(variant.when))
    except (CodeInText, ConditionWrong):
        return
    for name in sorted(set(clause.parameters) - used):
        yield Unsound(path, f"{clause.id}: the parameter {name} is never used")


def _options(texts: PackTexts, pack: Pack) -> Iterator[Unsound]:
    wanted: dict[str, set[str]] = {}
    for clause in pack.clauses:
        for name, parameter in clause.parameters.items():
            if parameter.type in CHOICES:
                wanted[name] = set(parameter.options)
    for name in sorted(set(texts.options) - set(wanted)):
        yield Unsound(f"$.options.{name}", f"{name} is no parameter with options")
    for name, options in wanted.items():
        given = texts.options.get(name, {})
        for option in sorted(options - set(given)):
            yield Unsound("$.options", f"missing translation of option {option} of {name}")
        for option in sorted(set(given) - options):
            yield Unsound(f"$.options.{name}.{option}", f"{name} has no option {option}")
        for option, wording in given.items():
            yield from _pure(f"$.options.{name}.{option}", wording, digits=True)


def unsound_words(words: Words, english: Words | None) -> Iterator[Unsound]:
    """What is wrong in the words around the clauses: phrases, slots, units and their plural forms."""
    yield from _language(words.language)
    wanted = (english or words).phrases
    for key in sorted(set(wanted) - set(words.phrases)):
        yield Unsound("$.phrases", f"missing translation of {key}")
    for key, wording in words.phrases.items():
        path = f"$.phrases.{key}"
        if key not in wanted:
            yield Unsound(path, f"the English has no phrase {key}")
            continue
        try:
            slots = slot_names(wordings(wanted[key])[0])
            for text in wordings(wording):
                if slot_names(text) != slots:
                    yield Unsound(path, f"{key} must have the slots {_listed(slots)}")
        except CodeInText as wrong:
            yield Unsound(path, str(wrong))
    yield from _units(words.units, words.language)


def unworded_pack(pack: Pack, words: Words) -> Iterator[Unsound]:
    """Groups and main points of a pack that the words around the clauses cannot name."""
    for at, name in enumerate(pack.key_facts):
        if f"fact_{name}" not in words.phrases:
            yield Unsound(f"$.key_facts[{at}]", f"the words have no phrase fact_{name}")
    for at, clause in enumerate(pack.clauses):
        if f"group_{clause.group}" not in words.phrases:
            path = f"$.clauses[{at}].group"
            yield Unsound(path, f"{clause.id}: the words have no phrase group_{clause.group}")


def unworded_boxes(boxes: Iterable[str], path: str, english: Iterable[Words]) -> Iterator[Unsound]:
    """Boxes for stamps that some version of the words cannot name."""
    for words in english:
        for box in sorted(set(boxes)):
            if f"box_{box}" not in words.phrases:
                yield Unsound(path, f"words version {words.version} have no phrase box_{box}")


def _units(units: Mapping[Unit, Mapping[str, str]], language: str) -> Iterator[Unsound]:
    try:
        forms = {*locale_of(language).plural_form.tags, "other"}
    except ValueError:
        return
    for unit in Unit:
        given = units.get(unit, {})
        for form in sorted(forms - set(given)):
            yield Unsound(f"$.units.{unit}", f"missing plural form {form} of {unit}")
        for form, text in given.items():
            path = f"$.units.{unit}.{form}"
            try:
                if form not in forms:
                    yield Unsound(path, f"{language} has no plural form {form}")
                elif slot_names(text) != [NUMBER_SLOT]:
                    yield Unsound(path, f"must hold the slot {NUMBER_SLOT} once")
            except CodeInText as wrong:
                yield Unsound(path, str(wrong))
