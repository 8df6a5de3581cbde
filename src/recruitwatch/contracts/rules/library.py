"""Reading the clause library from bytes, and checking its files against each other and the LOCK."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

import msgspec

from recruitwatch.checklists.rules import sha256_of
from recruitwatch.checklists.rules.library import check_lock
from recruitwatch.checklists.rules.reading import Node, line_at
from recruitwatch.checklists.rules.structure import fit
from recruitwatch.checklists.values import Mistake
from recruitwatch.contracts.rules.lawfulness import (
    unsound_checks,
    unsound_destinations,
    unsound_instruments,
    unsound_origins,
    unsound_wage_floors,
)
from recruitwatch.contracts.rules.soundness import Unsound, declared_twice, unsound_pack
from recruitwatch.contracts.rules.wording import (
    BASE_LANGUAGE,
    unsound_texts,
    unsound_words,
    unworded_boxes,
    unworded_pack,
)
from recruitwatch.contracts.values.corridors import (
    Checks,
    Corridors,
    Destinations,
    Instruments,
    Origins,
    Sources,
    WageFloors,
)
from recruitwatch.contracts.values.judged import ContractLibrary, OccupationPack
from recruitwatch.contracts.values.written import Clause, Pack, PackTexts, Words

_PATHS: tuple[tuple[str, type[msgspec.Struct]], ...] = (
    (r"sources/v(\d+)\.yaml", Sources),
    (r"instruments/v(\d+)\.yaml", Instruments),
    (r"checks/v(\d+)\.yaml", Checks),
    (r"corridors/v(\d+)/destinations\.yaml", Destinations),
    (r"corridors/v(\d+)/origins\.yaml", Origins),
    (r"corridors/v(\d+)/wage-floors\.yaml", WageFloors),
    (r"words/v(\d+)/texts\.[A-Za-z-]+\.yaml", Words),
    (r"[a-z-]+/v(\d+)/clauses\.yaml", Pack),
    (r"[a-z-]+/v(\d+)/texts\.[A-Za-z-]+\.yaml", PackTexts),
)

Kind = TypeVar("Kind", bound=msgspec.Struct)


class _Read(NamedTuple, Generic[Kind]):
    file: str
    root: Node
    value: Kind


class _Files:
    """Every file that fits its kind, with its tree so that a mistake can be given its line."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.mistakes: list[Mistake] = []
        self.read: list[_Read[msgspec.Struct]] = []
        for name, raw in sorted(files.items()):
            self._add(name, raw)

    def _add(self, name: str, raw: bytes) -> None:
        for pattern, kind in _PATHS:
            match = re.fullmatch(pattern, name)
            if match is None:
                continue
            found = fit(raw, kind, name)
            if isinstance(found, list):
                self.mistakes.extend(found)
                return
            self.read.append(_Read(name, found.root, found.value))
            if getattr(found.value, "version", None) != int(match[1]):
                self.wrong(
                    name, Unsound("$.version", f"the file lies in the folder of version {match[1]}")
                )
            return
        message = "not a file of the contract library"
        self.mistakes.append(Mistake(file=name, line=1, path="$", message=message))

    def of(self, kind: type[Kind]) -> Iterator[_Read[Kind]]:
        for one in self.read:
            if isinstance(one.value, kind):
                yield _Read(one.file, one.root, one.value)

    def wrong(self, file: str, *found: Unsound) -> None:
        root = next(one.root for one in self.read if one.file == file)
        self.mistakes.extend(
            Mistake(file=file, line=line_at(root, one.path), path=one.path, message=one.message)
            for one in found
        )

    def named(self, file: str, expected: str) -> None:
        if file != expected:
            self.wrong(file, Unsound("$", f"says that it is {expected}"))


def read_library(files: Mapping[str, bytes], lock_text: str) -> ContractLibrary | list[Mistake]:
    """The library, or every mistake in any file with its line. Files are keyed by their path in
    the folder of contract templates."""
    locked = check_lock(lock_text, files)
    read = _Files(files)
    if read.mistakes:
        return [*locked, *read.mistakes]
    sources = {one.value.version: one.value for one in read.of(Sources)}
    instruments = {one.value.version: one.value for one in read.of(Instruments)}
    packs = {(one.value.id, one.value.version): one.value for one in read.of(Pack)}
    texts = {
        (one.value.pack, one.value.version, one.value.language): one.value
        for one in read.of(PackTexts)
    }
    words = {(one.value.version, one.value.language): one.value for one in read.of(Words)}
    _check_packs(read, packs, instruments, sources, words)
    _check_texts(read, packs, texts, words)
    corridors = _corridors(read, sources, frozenset(name for name, _ in packs))
    _check_boxes(read, words)
    _check_law(read, instruments, sources, packs.values())
    if locked or read.mistakes:
        return [*locked, *read.mistakes]
    return ContractLibrary(
        sources=sources,
        instruments=instruments,
        corridors=corridors,
        checks={one.value.version: one.value for one in read.of(Checks)},
        words=words,
        packs={key: _whole(pack, packs, texts) for key, pack in packs.items()},
        sha256={name: sha256_of(raw) for name, raw in files.items()},
    )


def base_of(pack: Pack, packs: Mapping[tuple[str, int], Pack]) -> Pack | None:
    """The pack that a pack takes clauses from, when there is one."""
    return packs.get((pack.base.pack, pack.base.version)) if pack.base else None


def clauses_of(pack: Pack, base: Pack | None) -> tuple[Clause, ...]:
    """All clauses of a pack in the order in which they are printed."""
    known = {one.id: one for one in (*(base.clauses if base else ()), *pack.clauses)}
    return tuple(known[one] for one in pack.order)


def _check_packs(
    read: _Files,
    packs: Mapping[tuple[str, int], Pack],
    instruments: Mapping[int, Instruments],
    sources: Mapping[int, Sources],
    words: Mapping[tuple[int, str], Words],
) -> None:
    for one in read.of(Pack):
        pack, base = one.value, base_of(one.value, packs)
        read.named(one.file, f"{pack.id}/v{pack.version}/clauses.yaml")
        found = list(unsound_pack(pack, instruments.get(pack.instruments), base))
        read.wrong(one.file, *found)
        if not found:
            for clause, name in declared_twice(clauses_of(pack, base)):
                read.wrong(one.file, Unsound("$.clauses", f"{clause}: {name} is declared twice"))
        if pack.supersedes is not None and (pack.id, pack.supersedes) not in packs:
            read.wrong(one.file, Unsound("$.supersedes", "that version does not exist"))
        if pack.sources not in sources:
            message = f"sources version {pack.sources} does not exist"
            read.wrong(one.file, Unsound("$.sources", message))
        around = words.get((pack.words, BASE_LANGUAGE))
        if around is None:
            message = f"there are no English words of version {pack.words}"
            read.wrong(one.file, Unsound("$.words", message))
        else:
            read.wrong(one.file, *unworded_pack(pack, around))


def _check_texts(
    read: _Files,
    packs: Mapping[tuple[str, int], Pack],
    texts: Mapping[tuple[str, int, str], PackTexts],
    words: Mapping[tuple[int, str], Words],
) -> None:
    for one in read.of(PackTexts):
        text = one.value
        read.named(one.file, f"{text.pack}/v{text.version}/texts.{text.language}.yaml")
        pack = packs.get((text.pack, text.version))
        if pack is None:
            read.wrong(one.file, Unsound("$.pack", f"there is no pack {text.pack} of this version"))
            continue
        english = texts.get((text.pack, text.version, BASE_LANGUAGE))
        read.wrong(one.file, *unsound_texts(text, pack, english))
    for name, version in packs:
        if (name, version, BASE_LANGUAGE) not in texts:
            read.wrong(
                f"{name}/v{version}/clauses.yaml", Unsound("$", "the English texts are missing")
            )
    for around in read.of(Words):
        said = around.value
        read.named(around.file, f"words/v{said.version}/texts.{said.language}.yaml")
        read.wrong(around.file, *unsound_words(said, words.get((said.version, BASE_LANGUAGE))))


def _corridors(
    read: _Files, sources: Mapping[int, Sources], packs: frozenset[str]
) -> dict[int, Corridors]:
    origins = {one.value.version: one for one in read.of(Origins)}
    floors = {one.value.version: one for one in read.of(WageFloors)}
    written = {one.value.version for one in read.of(Destinations)}
    found: dict[int, Corridors] = {}
    for one in read.of(Destinations):
        version = one.value.version
        if version not in origins or version not in floors:
            message = "origins.yaml and wage-floors.yaml must lie beside it"
            read.wrong(one.file, Unsound("$", message))
            continue
        found[version] = Corridors(
            destinations=one.value,
            origins=origins[version].value,
            wage_floors=floors[version].value,
        )
        where = sources.get(one.value.sources)
        read.wrong(one.file, *unsound_destinations(found[version], where, packs))
        _check_follows(read, one.file, one.value.supersedes, written)
        if where is not None:
            read.wrong(origins[version].file, *unsound_origins(found[version], where, packs))
            read.wrong(floors[version].file, *unsound_wage_floors(found[version], where, packs))
    return found


def _check_follows(
    read: _Files, file: str, supersedes: int | None, versions: Collection[int]
) -> None:
    if supersedes is not None and supersedes not in versions:
        read.wrong(file, Unsound("$.supersedes", "that version does not exist"))


def _check_boxes(read: _Files, words: Mapping[tuple[int, str], Words]) -> None:
    english = [one for (_, language), one in words.items() if language == BASE_LANGUAGE]
    for one in read.of(Destinations):
        boxes = [box for place in one.value.destinations for box in place.attestation_boxes]
        read.wrong(one.file, *unworded_boxes(boxes, "$.destinations", english))
    for home in read.of(Origins):
        boxes = [box for place in home.value.origins for box in place.attestation_boxes]
        read.wrong(home.file, *unworded_boxes(boxes, "$.origins", english))


def _check_law(
    read: _Files,
    instruments: Mapping[int, Instruments],
    sources: Mapping[int, Sources],
    packs: Iterable[Pack],
) -> None:
    for one in read.of(Instruments):
        read.wrong(one.file, *unsound_instruments(one.value, sources.get(one.value.sources)))
    clauses = [clause for pack in packs for clause in pack.clauses]
    ids = frozenset(one.id for one in clauses)
    parameters = frozenset(name for one in clauses for name in one.parameters)
    versions = {one.value.version for one in read.of(Checks)}
    for checks in read.of(Checks):
        _check_follows(read, checks.file, checks.value.supersedes, versions)
        where = sources.get(checks.value.sources)
        read.wrong(checks.file, *unsound_checks(checks.value, where, ids, parameters))


def _whole(
    pack: Pack,
    packs: Mapping[tuple[str, int], Pack],
    texts: Mapping[tuple[str, int, str], PackTexts],
) -> OccupationPack:
    base = base_of(pack, packs)
    own = {key[2]: one for key, one in texts.items() if key[:2] == (pack.id, pack.version)}
    theirs = (
        {key[2]: one for key, one in texts.items() if key[:2] == (base.id, base.version)}
        if base
        else {}
    )
    # A language is there when every clause has words in it, also those taken from the base.
    languages = [one for one in sorted(own) if base is None or one in theirs]
    return OccupationPack(
        written=pack,
        clauses=clauses_of(pack, base),
        texts={
            one: {**(theirs[one].clauses if base else {}), **own[one].clauses} for one in languages
        },
        options={
            one: {**(theirs[one].options if base else {}), **own[one].options} for one in languages
        },
        titles={one: own[one].title for one in languages},
        drafts=frozenset(
            one for one in languages if own[one].draft or (base is not None and theirs[one].draft)
        ),
    )
