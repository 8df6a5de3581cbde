"""Rules S: a contract against the clause library. Is anything missing, blank or harmful?"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from recruitwatch.contracts.rules.assembling import blanks_of
from recruitwatch.contracts.rules.checking.changes import is_blank
from recruitwatch.contracts.rules.checking.normalising import number, plain_text, shown, text
from recruitwatch.contracts.rules.checking.reading import Subject, label_of
from recruitwatch.contracts.rules.naming import NAMED, NOTHING, clause_title, place, term
from recruitwatch.contracts.rules.soundness import NUMBERS
from recruitwatch.contracts.values.checking import (
    Attached,
    Fault,
    Licence,
    Said,
    SignedBy,
    Step,
    Unchecked,
)
from recruitwatch.contracts.values.terms import TermValue
from recruitwatch.contracts.values.written import ParameterType
from recruitwatch.errors import (
    N_,
    SEMICOLON,
    WITH_NOTE,
    Day,
    Language,
    Message,
    Value,
    listed,
)

S01 = N_("These clauses must be in every contract and are not in this one: %(clauses)s.")
S01_EXPECTED = N_("Every one of these clauses in full.")
S02 = N_("These values must be filled in and are blank: %(values)s.")
S02_EXPECTED = N_("A value for each of them.")
S03 = N_("The worker would not keep passport and papers.")
S03_CONSENT = N_(
    "A paper lets somebody else hold the worker's passport. Consent of this kind does not count."
)
S03_EXPECTED = N_("The worker keeps passport and papers, and no paper says otherwise.")
S04 = N_("The worker would not keep the telephone.")
S04_EXPECTED = N_("The worker keeps the telephone.")
S05 = N_("The worker would have no key of the front door.")
S05_EXPECTED = N_("The worker has a key of the front door.")
S06 = N_("The contract says that the worker paid %(value)s to get the job.")
S06_EXPECTED = N_("The worker pays nothing; what was paid is given back.")
S07 = N_("A loan or an agreement to deduct from the wage is attached.")
S07_EXPECTED = N_("No loan and no deduction from the wage to pay for recruitment.")
S08 = N_("The worker would have to pay a penalty for leaving early.")
S08_EXPECTED = N_("No penalty for ending the contract.")
S09 = N_("The worker would give up rights or claims.")
S09_EXPECTED = N_("No paper by which the worker gives up rights or claims.")
S10 = N_("Pregnancy is a ground for dismissal, or a pregnancy test is asked for.")
S10_EXPECTED = N_("No dismissal because of pregnancy, and no pregnancy test.")
S11 = N_(
    "There is no full text in a language that the worker reads or had read aloud: the texts are in"
    " %(languages)s."
)
S11_EXPECTED = N_("A full text in %(languages)s, or a reading aloud in it.")
S12 = N_("The texts do not say the same: %(differences)s.")
S12_EXPECTED = N_("The same number and the same yes or no in every language.")
TERMS = N_("the terms")
S13_UNKNOWN = N_("The licence %(licence)s is not in the register.")
S13_DAY = N_("The licence %(licence)s was not valid on the day of signing, %(day)s.")
S13_PLACE = N_("The licence %(licence)s does not cover %(destination)s.")
S13_EXPECTED = N_("A licence that is valid on the day of signing and covers this destination.")
S14_NOBODY = N_("The worker did not sign.")
S14_AGENT = N_("Somebody else signed in the worker's place.")
S14_WITNESS = N_("There was no independent witness to the worker's signature.")
S14_EXPECTED = N_("The worker's own signature or thumbprint before an independent witness.")
S15 = N_("It was signed %(days)s days before departure; the contract asks for %(least)s.")
S15_AFTER = N_(
    "It was signed %(days)s days after departure; the contract asks for %(least)s days before."
)
S15_EXPECTED = N_("Signing at least %(least)s days before departure.")
NOT_WHOLE = N_("Only some values of this paper were entered.")
NOT_LOOKED = N_("Nobody said what else is attached to this paper.")
NO_VALUE = N_("The paper gives no value for “%(name)s”.")
NO_LANGUAGE = N_("Nobody said which language the worker reads.")
NO_TEXTS = N_("Nobody entered what the texts of each language print.")
NO_TEXT = N_("Nobody entered what the text in %(languages)s prints.")
NO_LICENCES = N_("Nobody looked up the licences of the agencies.")
NO_SIGNATURE = N_("Nobody said how this paper was signed.")
NO_DEPARTURE = N_("The day of departure is not known.")

_LEAST_DAYS = 7
_AFTER_SIGNING = frozenset({Step.REGISTERED, Step.AFTER_ARRIVAL})
# Whose licence it is decides which item of the rule a wrong one bears on.
_LICENCES = {"origin_agency_licence": "SOP-LIC-09", "dest_agency_licence": "COV-PAR-01"}


def standard(subject: Subject) -> Iterator[Said]:
    """What rules CHK-S01 to CHK-S15 say of a contract."""
    for rule in RULES:
        yield from rule(subject)


def _s01(subject: Subject) -> Iterator[Said]:
    """Every mandatory clause is there. Source: the clause library; ILO C189, article 7."""
    if not subject.paper.whole:
        yield Unchecked(rule="CHK-S01", message=Message(NOT_WHOLE))
        return
    there = {one.id for one in subject.paper.terms.clauses}
    missing = [one.id for one in subject.pack.clauses if one.mandatory and one.id not in there]
    if missing:
        message = Message(
            S01, {"clauses": listed(clause_title(subject.pack, one) for one in missing)}
        )
        yield Fault(rule="CHK-S01", message=message, expected=Message(S01_EXPECTED))


def _s02(subject: Subject) -> Iterator[Said]:
    """No required value is blank. Source: the clause library."""
    if not subject.paper.whole:
        yield Unchecked(rule="CHK-S02", message=Message(NOT_WHOLE))
        return
    parameters = subject.pack.parameters
    values = subject.paper.terms.values
    empty = {name for name, one in values.items() if isinstance(one, str) and is_blank(one)}
    blank = [*blanks_of(subject.paper.terms, subject.pack)]
    there = {one.id for one in subject.paper.terms.clauses}
    for clause in subject.pack.clauses:
        for name in clause.parameters.keys() & empty if clause.id in there else ():
            if parameters[name].required:
                blank.append(name)
    if blank:
        labels = listed(Message(parameters[name].label) for name in sorted(set(blank)))
        message = Message(S02, {"values": labels})
        yield Fault(rule="CHK-S02", message=message, expected=Message(S02_EXPECTED))


def _s03(subject: Subject) -> Iterator[Said]:
    """The worker keeps her papers, and consent to hold them does not count. Source: ILO C189,
    article 9(c)."""
    held = subject.paper.terms.values.get("documents_held_by_worker")
    expected = Message(S03_EXPECTED)
    if held is False:
        yield Fault(rule="CHK-S03", message=Message(S03), expected=expected)
    elif Attached.CONSENT_TO_HOLD in (subject.paper.seen.attached or ()):
        yield Fault(rule="CHK-S03", message=Message(S03_CONSENT), expected=expected)
    elif held is None:
        yield _no_value("CHK-S03", subject, "documents_held_by_worker")
    elif subject.paper.seen.attached is None:
        yield Unchecked(rule="CHK-S03", message=Message(NOT_LOOKED))


def _no_value(rule: str, subject: Subject, name: str) -> Unchecked:
    return Unchecked(rule=rule, message=Message(NO_VALUE, {"name": label_of(subject, name)}))


def _must_be_yes(rule: str, name: str, sentence: str, expected: str) -> "Rule":
    def check(subject: Subject) -> Iterator[Said]:
        value = subject.paper.terms.values.get(name)
        if value is False:
            yield Fault(rule=rule, message=Message(sentence), expected=Message(expected))
        elif value is None:
            yield _no_value(rule, subject, name)

    return check


def _s06(subject: Subject) -> Iterator[Said]:
    """The worker paid nothing to get the job. Source: ILO C181, article 7."""
    paid = number(subject.paper, "declared_worker_payment")
    if paid is None:
        yield _no_value("CHK-S06", subject, "declared_worker_payment")
    elif paid > 0:
        value = shown(paid, text(subject.paper, "wage_currency"))
        message = Message(S06, {"value": value})
        yield Fault(rule="CHK-S06", message=message, expected=Message(S06_EXPECTED))


def _must_not_be_attached(
    rule: str, kinds: frozenset[Attached], sentence: str, expected: str
) -> "Rule":
    def check(subject: Subject) -> Iterator[Said]:
        attached = subject.paper.seen.attached
        if attached is None:
            yield Unchecked(rule=rule, message=Message(NOT_LOOKED))
        elif kinds & set(attached):
            yield Fault(rule=rule, message=Message(sentence), expected=Message(expected))

    return check


def _s10(subject: Subject) -> Iterator[Said]:
    """Pregnancy is no ground for dismissal and nothing to test for. Source: ILO C183, articles 8, 9."""
    attached = subject.paper.seen.attached
    tests = subject.paper.terms.values.get("tests_required")
    asked = isinstance(tests, tuple) and "pregnancy" in tests
    if asked or Attached.PREGNANCY_GROUND in (attached or ()):
        yield Fault(rule="CHK-S10", message=Message(S10), expected=Message(S10_EXPECTED))
    elif attached is None:
        yield Unchecked(rule="CHK-S10", message=Message(NOT_LOOKED))


def _s11(subject: Subject) -> Iterator[Said]:
    """A full text in a language the worker reads, or one read aloud to her, who may read none. Source:
    ILO R201, paragraph 6; CMW General Comment 1."""
    seen, terms = subject.paper.seen, subject.paper.terms
    said = text(subject.paper, "worker_language")
    reads = seen.worker_reads if seen.worker_reads is not None else ((said,) if said else None)
    if reads is None:
        yield Unchecked(rule="CHK-S11", message=Message(NO_LANGUAGE))
    elif not ({*terms.languages, *seen.read_aloud_in} & {*reads}
              or {*terms.languages} & {*seen.read_aloud_in}):  # fmt: skip
        languages = listed(Language(one) for one in terms.languages)
        wanted = listed(Language(one) for one in reads or (said or NOTHING,))
        yield Fault(
            rule="CHK-S11",
            message=Message(S11, {"languages": languages}),
            expected=Message(S11_EXPECTED, {"languages": wanted}),
        )


def _s12(subject: Subject) -> Iterator[Said]:
    """Each number and each yes or no is equal in all texts and in the terms. Source: ILO C189,
    article 7."""
    texts, terms = subject.paper.seen.texts, subject.paper.terms
    if len({*terms.languages, *(one.language for one in texts)}) < 2:
        return
    if not texts:
        yield Unchecked(rule="CHK-S12", message=Message(NO_TEXTS))
        return
    names = sorted({name for one in texts for name in one.values})
    differences = [found for name in names if (found := _difference(subject, name)) is not None]
    missing = {*terms.languages} - {one.language for one in texts}
    if differences:
        message = Message(S12, {"differences": listed(differences)})
        yield Fault(rule="CHK-S12", message=message, expected=Message(S12_EXPECTED))
    elif missing:
        languages = listed(Language(one) for one in sorted(missing))
        yield Unchecked(rule="CHK-S12", message=Message(NO_TEXT, {"languages": languages}))


def _difference(subject: Subject, name: str) -> Value | None:
    """What each text prints of a value, and the terms, where they are not the same. What one text
    leaves out and another prints is not the same."""
    parameter, agreed = subject.pack.parameters[name], subject.paper.terms.values.get(name)
    if parameter.type not in NUMBERS | {ParameterType.BOOL}:
        return None
    printed = {one.language: one.values.get(name) for one in subject.paper.seen.texts}
    values = {*printed.values()} | ({agreed} if agreed is not None else set())
    if len(values) == 1:
        return None
    said: list[tuple[Value, TermValue]] = [(Language(one), each) for one, each in printed.items()]
    if agreed is not None:
        said.append((Message(TERMS), agreed))
    each = [
        Message(NAMED, {"label": label, "value": term(subject.pack, name, value)})
        for label, value in said
    ]
    return Message(WITH_NOTE, {"value": Message(parameter.label), "note": listed(each, SEMICOLON)})


def _s13(subject: Subject) -> Iterator[Said]:
    """Each agency's licence was valid on the day of signing and covers the destination. A foreign
    agency's licence is for the agency at home to look at before they work together, so it bears on
    that item. Source: ILO C181; the licence conditions of each country."""
    licences = subject.paper.seen.licences
    if subject.paper.terms.values.get("direct_hire") is True:
        return
    if licences is None:
        yield Unchecked(rule="CHK-S13", message=Message(NO_LICENCES))
        return
    for name, item in _LICENCES.items():
        named = text(subject.paper, name)
        if named is None:
            yield _no_value("CHK-S13", subject, name)
        elif wrong := _wrong_licence(named, licences, subject):
            yield Fault(rule="CHK-S13", message=wrong, expected=Message(S13_EXPECTED), item=item)


def _wrong_licence(named: str, licences: Sequence[Licence], subject: Subject) -> Message | None:
    """What is wrong with a licence; nothing where one of its entries holds, as after a renewal."""
    entries = [one for one in licences if plain_text(one.number) == plain_text(named)]
    if not entries:
        return Message(S13_UNKNOWN, {"licence": named})
    terms = subject.paper.terms
    on_the_day = [one for one in entries if _is_valid(one, terms.signed_on)]
    if not on_the_day:
        return Message(S13_DAY, {"licence": named, "day": Day(terms.signed_on)})
    places = {terms.destination, subject.law.destination.country}
    if not any(not one.destinations or places & {*one.destinations} for one in on_the_day):
        destination = place(subject.law.destination)
        return Message(S13_PLACE, {"licence": named, "destination": destination})
    return None


def _is_valid(licence: Licence, day: date) -> bool:
    first, last = licence.valid_from, licence.valid_to
    return (first is None or first <= day) and (last is None or day <= last)


def _s14(subject: Subject) -> Iterator[Said]:
    """The worker signed in person, before an independent witness. Source: the clause SIGNING."""
    seen = subject.paper.seen
    faults = {SignedBy.NOBODY: S14_NOBODY, SignedBy.SOMEBODY_ELSE: S14_AGENT}
    sentence = faults.get(seen.worker_signed) if seen.worker_signed else None
    if sentence is None and seen.independent_witness is False:
        sentence = S14_WITNESS
    if sentence is not None:
        yield Fault(rule="CHK-S14", message=Message(sentence), expected=Message(S14_EXPECTED))
    elif seen.worker_signed is None or seen.independent_witness is None:
        yield Unchecked(rule="CHK-S14", message=Message(NO_SIGNATURE))


def signed_in_time(subject: Subject) -> Iterator[Said]:
    """CHK-S15: signed early enough before departure. A contract may be registered after it, and a paper
    signed after arrival never can be early enough, so with a contract signed at home that one is
    judged. Source: the clause SIGNING."""
    departs, step = subject.given.departs_on, subject.paper.step
    signed_at_home = any(one.step is Step.SIGNED for one in subject.given.papers)
    if signed_at_home and step in _AFTER_SIGNING:
        return
    if departs is None:
        yield Unchecked(rule="CHK-S15", message=Message(NO_DEPARTURE))
        return
    asked = number(subject.paper, "days_before_departure")
    least = _LEAST_DAYS if asked is None else int(asked)
    days = (departs - subject.paper.terms.signed_on).days
    if 0 <= days < least or (days < 0 and step is Step.SIGNED):
        said: dict[str, Value] = {"days": abs(days), "least": least}
        yield Fault(
            rule="CHK-S15",
            message=Message(S15 if days >= 0 else S15_AFTER, said),
            expected=Message(S15_EXPECTED, {"least": least}),
        )


Rule = Callable[[Subject], Iterator[Said]]
RULES: tuple[Rule, ...] = (
    _s01,
    _s02,
    _s03,
    _must_be_yes("CHK-S04", "phone_kept_by_worker", S04, S04_EXPECTED),
    _must_be_yes("CHK-S05", "house_key_held", S05, S05_EXPECTED),
    _s06,
    _must_not_be_attached(
        "CHK-S07", frozenset({Attached.LOAN, Attached.WAGE_DEDUCTION}), S07, S07_EXPECTED
    ),
    _must_not_be_attached("CHK-S08", frozenset({Attached.LEAVING_PENALTY}), S08, S08_EXPECTED),
    _must_not_be_attached("CHK-S09", frozenset({Attached.WAIVER}), S09, S09_EXPECTED),
    _s10,
    _s11,
    _s12,
    _s13,
    _s14,
    signed_in_time,
)
