"""Reading the files from bytes, and checking them against each other and the LOCK."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping

from recruitwatch.checklists.rules.reading import line_at, placed, read_tree
from recruitwatch.checklists.rules.soundness import (
    Unsound,
    items_with_paths,
    unsound_checklist,
    unsound_vocabulary,
)
from recruitwatch.checklists.rules.structure import fit
from recruitwatch.checklists.values import (
    NOT_SCORED_PRINCIPLE,
    AnswerType,
    Checklist,
    Item,
    Library,
    Mistake,
    ParameterType,
    Reference,
    Vocabulary,
)

VOCABULARY_FOLDER = "vocabulary"
# Published here and kept unchanged by the LOCK like a checklist, but read by the complaints feature.
CODES_FOLDER = "complaint-codes"
LOCK = "LOCK"

_LOCK_LINE = re.compile(r"(?P<sha>[0-9a-f]{64})  (?P<path>\S+)\Z")
_PARAMETER_TYPE = {
    AnswerType.NUMBER: ParameterType.NUMBER,
    AnswerType.MONEY: ParameterType.MONEY,
}


def sha256_of(raw: bytes) -> str:
    """The identity of a published version: the SHA-256 of its file, byte for byte."""
    return hashlib.sha256(raw).hexdigest()


def file_of(name: str, version: int) -> str:
    """Where a version lies in the folder of checklists."""
    return f"{name}/v{version}.yaml"


def parse_checklist(raw: bytes, name: str) -> Checklist | list[Mistake]:
    """A checklist from its file, or everything that is wrong in it with file, line and path."""
    found = fit(raw, Checklist, name)
    if isinstance(found, list):
        return found
    wrong = [_mistake(name, one) for one in unsound_checklist(found.value, name)]
    return placed(found.root, wrong) if wrong else found.value


def parse_vocabulary(raw: bytes, name: str) -> Vocabulary | list[Mistake]:
    """The shared words from their file, or all that is wrong in it with file, line and path."""
    found = fit(raw, Vocabulary, name)
    if isinstance(found, list):
        return found
    wrong = [_mistake(name, one) for one in unsound_vocabulary(found.value, name)]
    return placed(found.root, wrong) if wrong else found.value


def check_library(
    vocabularies: Iterable[Vocabulary], checklists: Iterable[Checklist]
) -> list[Mistake]:
    """What is wrong between the files: unknown words and targets, shared ids, lost predecessors.

    The mistakes carry no line: `read_library` adds it, because only it has the files.
    """
    words = {one.version: one for one in vocabularies}
    lists = {(one.id, one.version): one for one in checklists}
    owners: dict[str, str] = {}
    found: list[Mistake] = []
    for version, vocabulary in words.items():
        if vocabulary.supersedes is not None and vocabulary.supersedes not in words:
            file = file_of(VOCABULARY_FOLDER, version)
            found.append(_mistake(file, Unsound("$.supersedes", "that version does not exist")))
    for (name, version), checklist in sorted(lists.items()):
        for path, item in items_with_paths(checklist):
            owner = owners.setdefault(item.id, name)
            if owner != name:
                message = f"item id {item.id} belongs to the checklist {owner}"
                found.append(_mistake(file_of(name, version), Unsound(f"{path}.id", message)))
    for (name, version), checklist in sorted(lists.items()):
        wrong = [
            *_predecessor(checklist, lists),
            *_words(checklist, words.get(checklist.vocabulary)),
            *_corroboration(checklist, owners),
        ]
        found.extend(_mistake(file_of(name, version), one) for one in wrong)
    return found


def check_lock(lock_text: str, files: Mapping[str, bytes]) -> list[Mistake]:
    """Whether every published file is unchanged and listed.

    The LOCK can also be checked by `sha256sum -c`.
    """
    found: list[Mistake] = []
    listed: set[str] = set()
    for number, line in enumerate(lock_text.splitlines(), start=1):
        match = _LOCK_LINE.fullmatch(line)
        if match is None:
            message = "must be a SHA-256, two spaces and a path"
            found.append(Mistake(file=LOCK, line=number, path="$", message=message))
            continue
        path = match["path"]
        if path in listed:
            message = "listed twice"
        elif path not in files:
            message = "the published file is missing"
        elif sha256_of(files[path]) != match["sha"]:
            message = "changed after publication: restore it and publish a new version instead"
        else:
            message = ""
        listed.add(path)
        if message:
            found.append(Mistake(file=LOCK, line=number, path=path, message=message))
    for path in sorted(set(files) - listed):
        message = "not in the LOCK: add its line when it is published"
        found.append(Mistake(file=path, line=1, path="$", message=message))
    return found


def lock_line(raw: bytes, path: str) -> str:
    """The line that publishes a file."""
    return f"{sha256_of(raw)}  {path}"


def read_library(files: Mapping[str, bytes], lock_text: str) -> Library | list[Mistake]:
    """The library, or every mistake in any file. The files are keyed by `<id>/v<n>.yaml`.

    Codes of complaints are only checked against the LOCK: they are no checklist.
    """
    found = check_lock(lock_text, files)
    files = {name: raw for name, raw in files.items() if not name.startswith(f"{CODES_FOLDER}/")}
    vocabularies: list[Vocabulary] = []
    checklists: list[Checklist] = []
    for name, raw in sorted(files.items()):
        if name.startswith(f"{VOCABULARY_FOLDER}/"):
            vocabulary = parse_vocabulary(raw, name)
            if isinstance(vocabulary, list):
                found.extend(vocabulary)
            else:
                vocabularies.append(vocabulary)
            continue
        checklist = parse_checklist(raw, name)
        if isinstance(checklist, list):
            found.extend(checklist)
        else:
            checklists.append(checklist)
    if found:
        return found
    between = check_library(vocabularies, checklists)
    if between:
        return [_with_line(one, files) for one in between]
    return Library(
        vocabularies={one.version: one for one in vocabularies},
        checklists={(one.id, one.version): one for one in checklists},
        sha256={name: sha256_of(raw) for name, raw in files.items()},
    )


def newest(library: Library) -> dict[str, Checklist]:
    """The newest version of each checklist."""
    return {one.id: one for _, one in sorted(library.checklists.items())}


def _predecessor(
    checklist: Checklist, lists: Mapping[tuple[str, int], Checklist]
) -> Iterator[Unsound]:
    if checklist.supersedes is None:
        return
    old = lists.get((checklist.id, checklist.supersedes))
    if old is None:
        yield Unsound("$.supersedes", "that version does not exist")
        return
    types = {item.id: item.answer.type for _, item in items_with_paths(old)}
    for path, item in items_with_paths(checklist):
        if types.get(item.id, item.answer.type) is not item.answer.type:
            message = f"{item.id} had the type {types[item.id]}: another question needs a new id"
            yield Unsound(f"{path}.answer.type", message)


def _words(checklist: Checklist, vocabulary: Vocabulary | None) -> Iterator[Unsound]:
    if vocabulary is None:
        yield Unsound("$.vocabulary", f"vocabulary version {checklist.vocabulary} does not exist")
        return
    principles = {one.code for one in vocabulary.principles} | {NOT_SCORED_PRINCIPLE}
    facts = {one.name for one in vocabulary.facts}
    codes = {one.code for one in vocabulary.evidence_codes}
    instruments = {one.code for one in vocabulary.instruments}
    categories = {one.code for one in vocabulary.complaint_categories} | {None}
    for path, item in items_with_paths(checklist):
        if item.principle not in principles:
            yield Unsound(f"{path}.principle", f"unknown principle {item.principle}")
        if item.applies_if not in facts:
            yield Unsound(f"{path}.applies_if", f"unknown fact {item.applies_if}")
        if item.complaint_category not in categories:
            message = f"unknown complaint category {item.complaint_category}"
            yield Unsound(f"{path}.complaint_category", message)
        for at, code in enumerate(item.evidence):
            if code not in codes:
                yield Unsound(f"{path}.evidence[{at}]", f"unknown evidence code {code}")
        for at, ref in enumerate(item.refs):
            if ref.instrument not in instruments:
                yield Unsound(f"{path}.refs[{at}].i", f"unknown instrument {ref.instrument}")
        yield from _parameter(item, path, vocabulary)


def _parameter(item: Item, path: str, vocabulary: Vocabulary) -> Iterator[Unsound]:
    value = item.answer.compliant.value if item.answer.compliant else None
    if not isinstance(value, Reference) or value.param is None:
        return
    types = {one.name: one.type for one in vocabulary.parameters}
    at = f"{path}.answer.compliant.value.param"
    if value.param not in types:
        yield Unsound(at, f"unknown parameter {value.param}")
    elif types[value.param] is not _PARAMETER_TYPE[item.answer.type]:
        yield Unsound(
            at, f"{value.param} is {types[value.param]}, the answer is {item.answer.type}"
        )


def _corroboration(checklist: Checklist, owners: Mapping[str, str]) -> Iterator[Unsound]:
    for path, item in items_with_paths(checklist):
        target = item.corroborates
        if target is None:
            continue
        if target not in owners:
            yield Unsound(f"{path}.corroborates", f"unknown item {target}")
        elif owners[target] == checklist.id:
            yield Unsound(f"{path}.corroborates", f"{target} is in the same checklist")


def _mistake(file: str, wrong: Unsound) -> Mistake:
    return Mistake(file=file, path=wrong.path, message=wrong.message)


def _with_line(mistake: Mistake, files: Mapping[str, bytes]) -> Mistake:
    root = read_tree(files[mistake.file], mistake.file).root
    line = 1 if root is None else line_at(root, mistake.path)
    return Mistake(file=mistake.file, line=line, path=mistake.path, message=mistake.message)
