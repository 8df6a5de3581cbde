"""Looking up codes of complaints, and what several codes together mean. Pure: callers pass bytes."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from recruitwatch.checklists.rules.reading import placed
from recruitwatch.checklists.rules.structure import fit
from recruitwatch.checklists.values import ComplaintCategory, Mistake, Severity
from recruitwatch.complaints.rules.urgency import rank
from recruitwatch.complaints.values.codes import (
    MOST_WORDS,
    CodeBook,
    CodeFault,
    CodeUnknown,
    Compartment,
    ComplaintCode,
    Escalator,
    ForcedLabourSign,
    TraffickingAct,
    TraffickingSigns,
)

MEANS = (
    ForcedLabourSign.DECEPTION,
    ForcedLabourSign.THREATS,
    ForcedLabourSign.DEBT_BONDAGE,
    ForcedLabourSign.ABUSE_OF_VULNERABILITY,
)
PURPOSES = (
    ForcedLabourSign.WAGES_WITHHELD,
    ForcedLabourSign.RESTRICTED_MOVEMENT,
    ForcedLabourSign.DOCUMENTS_KEPT,
    ForcedLabourSign.VIOLENCE,
    ForcedLabourSign.DEBT_BONDAGE,
    ForcedLabourSign.EXCESSIVE_OVERTIME,
)
FEWEST_PURPOSES = 2
READ_BY_FEW = frozenset(
    {Escalator.UNDER_18, Escalator.LOCKED_IN, Escalator.AFRAID_FOR_LIFE, Escalator.SELF_HARM}
)

_WORST_FIRST = (Severity.CRITICAL, Severity.MAJOR, Severity.MINOR, Severity.INFO)
_NARROWEST_FIRST = (Compartment.OVERSIGHT, Compartment.PROTECTED, Compartment.GENERAL)


def read_code_book(
    raw: bytes, file: str, categories: Mapping[int, Sequence[ComplaintCategory]]
) -> CodeBook | list[Mistake]:
    """A book of codes from its file, or everything that is wrong in it with file and line.

    `categories` are those of each version of the vocabulary. Source: a published version is never
    edited, so a mistake must stop it before it is used.
    """
    found = fit(raw, CodeBook, file)
    if isinstance(found, list):
        return found
    faults = list(book_faults(found.value, categories.get(found.value.vocabulary, ())))
    if found.value.vocabulary not in categories:
        message = f"vocabulary version {found.value.vocabulary} does not exist"
        faults = [CodeFault("$.vocabulary", message)]
    if not file.endswith(f"/v{found.value.version}.yaml"):
        faults.append(CodeFault("$.version", "the file is named after another version"))
    wrong = [Mistake(file=file, path=one.path, message=one.message) for one in faults]
    return placed(found.root, wrong) if wrong else found.value


def code_of(book: CodeBook, code: str) -> ComplaintCode:
    """The code as the book has it, retired or not; raises `CodeUnknown`.

    Source: a case keeps the codes it was given, so a retired code is still found.
    """
    for one in book.codes:
        if one.code == code:
            return one
    raise CodeUnknown(complaint_code=code)


def codes_offered(book: CodeBook) -> tuple[ComplaintCode, ...]:
    """The codes a person may choose: not the retired ones, nor those that only a rule raises.

    Source: codes are retired with a pointer, and trafficking is never a label one taps.
    """
    return tuple(one for one in book.codes if one.retired_for is None and not one.raised_by_rule)


def worst_category(
    codes: Iterable[ComplaintCode], categories: Iterable[ComplaintCategory]
) -> ComplaintCategory | None:
    """The category a case counts under: the most severe of its codes' categories.

    Critical before major before minor; of equal ones that of the code named first, so the primary
    code decides when it comes first. None while a case has no code. Source: the severities of the
    vocabulary of checklists; one complaint counts once, by the worst that it holds.
    """
    known = {one.code: one for one in categories}
    found = [known[one.category] for one in codes]
    return min(found, key=lambda one: _WORST_FIRST.index(one.severity), default=None)


def compartment_of(
    codes: Iterable[ComplaintCode], escalators: Iterable[Escalator] = ()
) -> Compartment:
    """The narrowest compartment any code or escalator asks for: oversight, then protected, then general.

    Source: complaints about officials bypass the ministry; violence, confinement, children,
    trafficking, forced tests and intimate pictures are read by few. A child, somebody who is locked
    in, fears for their life or speaks of self-harm is so whatever else they ticked. Without either
    it is general.
    """
    asked = {one.compartment for one in codes}
    if not READ_BY_FEW.isdisjoint(escalators):
        asked.add(Compartment.PROTECTED)
    return next((one for one in _NARROWEST_FIRST if one in asked), Compartment.GENERAL)


def trafficking_signs(
    codes: Iterable[ComplaintCode], acts: Collection[TraffickingAct] = ()
) -> TraffickingSigns:
    """An act, a means and at least two signs of the purpose: then a trained person looks (TIP-01).

    Acts: recruited, moved, passed on or held, told by a code or known otherwise (`acts`). Means:
    deception, threats, debt or abused vulnerability. Purpose: wages or papers kept, movement
    restricted, violence, debt bondage, excessive overtime. Debt may be both, as the definitions
    have it. It never labels the worker and never sends anything to the police. Source: the Palermo
    Protocol's three parts read with the ILO indicators; the project's reading, for review only.
    """
    given = tuple(codes)
    told = {one.act for one in given} | set(acts)
    signs = {sign for one in given for sign in one.forced_labour}
    found = tuple(one for one in TraffickingAct if one in told)
    means = tuple(one for one in MEANS if one in signs)
    purposes = tuple(one for one in PURPOSES if one in signs)
    for_review = bool(found and means and len(purposes) >= FEWEST_PURPOSES)
    return TraffickingSigns(acts=found, means=means, purposes=purposes, for_review=for_review)


def book_faults(book: CodeBook, categories: Iterable[ComplaintCategory]) -> tuple[CodeFault, ...]:
    """Everything wrong in a book that fits its form; none means that it can be used.

    Source: codes are unique for ever, each counts under a known category, a worker's sentence has
    at most twelve words, and a retired code points to one in use.
    """
    known = {one.code for one in categories}
    return (
        *_succession(book),
        *_twice([(f"$.families[{at}].code", one.code) for at, one in enumerate(book.families)]),
        *_twice([(f"$.codes[{at}].code", one.code) for at, one in enumerate(book.codes)]),
        *_twice([(f"$.codes[{at}].says", one.says) for at, one in enumerate(book.codes)]),
        *(
            fault
            for at, one in enumerate(book.codes)
            for fault in _faults(one, f"$.codes[{at}]", book, known)
        ),
    )


def _succession(book: CodeBook) -> Iterator[CodeFault]:
    if (book.supersedes or 0) != book.version - 1:
        yield CodeFault("$.supersedes", "must be the version before, or null in the first")


def _twice(places: Sequence[tuple[str, str]]) -> Iterator[CodeFault]:
    seen: set[str] = set()
    for path, word in places:
        if word in seen:
            yield CodeFault(path, f"given twice: {word}")
        seen.add(word)


def _faults(
    one: ComplaintCode, path: str, book: CodeBook, categories: Collection[str]
) -> Iterator[CodeFault]:
    if one.family != one.code[:3]:
        yield CodeFault(f"{path}.family", f"{one.code} does not begin with {one.family}")
    if one.family not in {family.code for family in book.families}:
        yield CodeFault(f"{path}.family", f"unknown family {one.family}")
    words = len(one.says.split())
    if words > MOST_WORDS:
        yield CodeFault(f"{path}.says", f"{words} words, at most {MOST_WORDS}")
    if one.category not in categories:
        yield CodeFault(f"{path}.category", f"unknown complaint category {one.category}")
    for at, raised in enumerate(one.raised):
        if rank(raised.urgency) >= rank(one.urgency):
            yield CodeFault(f"{path}.raised[{at}].urgency", "must be more urgent than the code")
    yield from _retirement(one, f"{path}.retired_for", book)


def _retirement(one: ComplaintCode, path: str, book: CodeBook) -> Iterator[CodeFault]:
    if one.retired_for is None:
        return
    if one.retired_for == one.code:
        yield CodeFault(path, f"{one.code} points to itself")
    elif not any(other.code == one.retired_for for other in book.codes):
        yield CodeFault(path, f"{one.code} points to {one.retired_for}, which does not exist")
    elif not any(o.code == one.retired_for and o.retired_for is None for o in book.codes):
        yield CodeFault(path, f"{one.code} points to {one.retired_for}, which is retired itself")


def codes_among(book: CodeBook, words: Iterable[str]) -> tuple[ComplaintCode, ...]:
    """The codes these words name, in their order; other words are left out.

    Source: what she ticked may have been printed from an older version of the book.
    """
    named = {one.code: one for one in book.codes}
    return tuple(named[word] for word in words if word in named)
