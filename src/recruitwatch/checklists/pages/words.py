"""Checklists in sentences: answers, limits, gates and sources as the reader's language says them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from recruitwatch.checklists.rules import option_label
from recruitwatch.checklists.values import (
    NO_CURRENCY,
    AnswerRule,
    AnswerType,
    Checked,
    Gate,
    Item,
    ItemTranslation,
    Money,
    Operator,
    ParameterValue,
    Reference,
    Severity,
    Subject,
    TitleTranslation,
    Unit,
)
from recruitwatch.errors import N_
from recruitwatch.web import formats
from recruitwatch.web.languages import direction, gettext

ORIGINAL = "en"

SEVERITIES: Mapping[Severity, str] = {
    Severity.CRITICAL: N_("Critical"),
    Severity.MAJOR: N_("Major"),
    Severity.MINOR: N_("Minor"),
    Severity.INFO: N_("Information"),
}
COLOURS: Mapping[Severity, str] = {
    Severity.CRITICAL: "red",
    Severity.MAJOR: "orange",
    Severity.MINOR: "blue",
    Severity.INFO: "grey",
}
GATES: Mapping[Gate, str] = {
    Gate.CAP_D: N_("While a confirmed failure is open, the agency can hold grade D at best."),
    Gate.CAP_E: N_("While a confirmed failure is open, the agency can only hold grade E."),
}
CHECKED: Mapping[Checked, str] = {
    Checked.SEEN: N_("We read its text."),
    Checked.PART_SEEN: N_("We read a part or a summary of it."),
    Checked.KNOWN: N_("We know it in general; a lawyer must still check the article numbers."),
    Checked.TEXT_NOT_SEEN: N_("We could not obtain its text and quote nothing from it."),
}
SUBJECTS: Mapping[Subject, str] = {
    Subject.AGENCY: N_("A recruitment agency"),
    Subject.PARTNER: N_("A foreign partner of an agency"),
}
UNITS: Mapping[Unit, str] = {
    Unit.ONE_PER_INSPECTION: N_("Once in each inspection"),
    Unit.ONE_PER_WORKER: N_("Once for each worker"),
    Unit.ONE_PER_PARTNER: N_("Once for each foreign partner"),
}
ANSWERS: Mapping[AnswerType, str] = {
    AnswerType.YES_NO_PARTIAL_NA: N_("Yes, partly, no, or does not apply"),
    AnswerType.YES_NO_NA: N_("Yes, no, or does not apply"),
    AnswerType.RATIO: N_("How many were checked, and how many of them were in order"),
    AnswerType.NUMBER: N_("A number"),
    AnswerType.MONEY: N_("An amount of money with its currency"),
    AnswerType.DATE: N_("A date"),
    AnswerType.CHOICE: N_("One of these: %(options)s"),
}
PARAMETERS: Mapping[str, str] = {
    "required_bond": N_("Security deposit or bank guarantee of the agency"),
    "lawful_worker_cost": N_("Most a worker may lawfully pay"),
    "required_training_hours": N_("Hours of training before departure"),
    "required_training_days": N_("Days of training before departure"),
    "sample_files_min": N_("Fewest worker files to open in an inspection"),
    "sample_files_share": N_("Share of worker files to open, from 0 to 1"),
    "sample_files_max": N_("Most worker files to open in an inspection"),
    "interviews_min": N_("Fewest interviews behind a full rating"),
    "interviews_publish_min": N_("Fewest people in published interview results"),
}
YES, NO = N_("Yes"), N_("No")
EXACTLY = N_("Exactly %(limit)s")
AT_LEAST = N_("%(limit)s or more")
AT_MOST = N_("%(limit)s or less")
NOTHING = N_("No money at all")
EVERY = N_("All that were checked")
SHARE = N_("At least %(share)s of those checked")
FROM_DAY = N_("%(day)s or later")
UNTIL_DAY = N_("%(day)s or earlier")
ANSWER_DAY = N_("the day of the answer")
EXACTLY_SET = N_("Exactly what the ministry sets for “%(name)s”")
AT_LEAST_SET = N_("At least what the ministry sets for “%(name)s”")
AT_MOST_SET = N_("At most what the ministry sets for “%(name)s”")
RECORDED = N_("Recorded only: no answer counts as a failure")
FROM_TO = N_("A number from %(least)s to %(most)s")
FROM = N_("A number, at least %(least)s")
TO = N_("A number, at most %(most)s")
WHOLE = N_("whole numbers only")
NEGATIVE = N_("it may be below zero")
ANY_CURRENCY = N_("0 in any currency")

_SET = {Operator.EQ: EXACTLY_SET, Operator.GTE: AT_LEAST_SET, Operator.LTE: AT_MOST_SET}
_COMPARED = {Operator.EQ: EXACTLY, Operator.GTE: AT_LEAST, Operator.LTE: AT_MOST}


class Text(NamedTuple):
    """Words with the language they are written in, since a list may be translated in part only."""

    words: str
    language: str

    @property
    def direction(self) -> str:
        return direction(self.language)


def in_english(words: str) -> Text:
    """What checklists say in English only."""
    return Text(words, ORIGINAL)


def title(titled: str, translations: Mapping[str, TitleTranslation], language: str) -> Text:
    """The title in the reader's language if a speaker has checked it, else in English."""
    found = translations.get(language)
    if found is None or not found.reviewed:
        return in_english(titled)
    return Text(found.title, language)


def reviewed(item: Item, language: str) -> ItemTranslation | None:
    """The translation of an item, if a speaker has checked it."""
    found = item.translations.get(language)
    return found if found is not None and found.reviewed else None


def parameter_name(name: str) -> str:
    """A figure of national law in words; one that a later vocabulary adds, by its plain name."""
    known = PARAMETERS.get(name)
    return gettext(known) if known else name.replace("_", " ").capitalize()


def figure(value: ParameterValue) -> str:
    if not isinstance(value, Money):
        return formats.number(value)
    if value.currency == NO_CURRENCY:
        return gettext(ANY_CURRENCY)
    return formats.money(value.amount_minor, value.currency)


def answer_words(item: Item, language: str) -> str:
    """What may be answered."""
    rule = item.answer
    if rule.type is AnswerType.CHOICE:
        options = "; ".join(_option(item, one, language) for one in rule.options)
        return gettext(ANSWERS[rule.type]) % {"options": options}
    parts = [_range(rule) if rule.type is AnswerType.NUMBER else gettext(ANSWERS[rule.type])]
    if rule.whole:
        parts.append(gettext(WHOLE))
    if rule.negative:
        parts.append(gettext(NEGATIVE))
    return "; ".join(parts)


def compliant_words(item: Item, language: str) -> str:
    """Which answer counts as compliant."""
    rule = item.answer
    if rule.compliant is None:
        return gettext(RECORDED)
    operator, value = rule.compliant.op, rule.compliant.value
    if isinstance(value, Reference):
        return _reference(operator, value)
    if rule.type in (AnswerType.YES_NO_PARTIAL_NA, AnswerType.YES_NO_NA):
        return gettext(YES if value == "yes" else NO)
    if isinstance(value, str | tuple):
        if rule.type is AnswerType.DATE:
            return gettext(FROM_DAY if operator is Operator.GTE else UNTIL_DAY) % {"day": value}
        options = (value,) if isinstance(value, str) else value
        return "; ".join(_option(item, one, language) for one in options)
    if rule.type is AnswerType.RATIO:
        return gettext(EVERY) if value >= 1 else gettext(SHARE) % {"share": formats.percent(value)}
    if value == 0 and operator is Operator.LTE and not (rule.negative or (rule.min or 0) < 0):
        if rule.type is AnswerType.MONEY:
            return gettext(NOTHING)
        operator = Operator.EQ
    return gettext(_COMPARED[operator]) % {"limit": formats.number(value)}


def _reference(operator: Operator, value: Reference) -> str:
    if value.param is None:
        words = FROM_DAY if operator is Operator.GTE else UNTIL_DAY
        text = gettext(words) % {"day": gettext(ANSWER_DAY)}
        return text[:1].upper() + text[1:]
    return gettext(_SET[operator]) % {"name": parameter_name(value.param)}


def _range(rule: AnswerRule) -> str:
    bounds = {
        "least": "" if rule.min is None else formats.number(Decimal(str(rule.min))),
        "most": "" if rule.max is None else formats.number(Decimal(str(rule.max))),
    }
    if rule.min is not None and rule.max is not None:
        return gettext(FROM_TO) % bounds
    if rule.min is not None:
        return gettext(FROM) % bounds
    return gettext(TO if rule.max is not None else ANSWERS[AnswerType.NUMBER]) % bounds


def _option(item: Item, option: str, language: str) -> str:
    return option_label(item, option, language if reviewed(item, language) else ORIGINAL)
