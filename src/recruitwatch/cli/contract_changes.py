"""contract changes: what a new library of contract templates says differently, without a database."""

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from recruitwatch.cli.failures import CommandFailed
from recruitwatch.contracts.actions import open_library
from recruitwatch.contracts.rules.changes import said_changes, said_in_one
from recruitwatch.contracts.rules.checkchanges import said_check_changes
from recruitwatch.contracts.rules.lawchanges import lawbook_of, said_law_changes
from recruitwatch.contracts.rules.wording import BASE_LANGUAGE
from recruitwatch.contracts.values.judged import ContractLibrary, OccupationPack
from recruitwatch.errors import Value
from recruitwatch.settings import Settings
from recruitwatch.web.saying import say


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    changes = commands.add_parser("changes", help="what changed between two folders of templates")
    changes.add_argument("old", type=Path, help="folder like templates/contracts, as it was")
    changes.add_argument("new", type=Path, help="the folder as it is now")
    changes.add_argument("--language", default=BASE_LANGUAGE, help="compare this wording (en)")
    changes.set_defaults(run=run_changes)


def run_changes(_settings: Settings, options: argparse.Namespace) -> int:
    old, new = _open(options.old), _open(options.new)
    spoken = {one for pack in (*old.packs.values(), *new.packs.values()) for one in pack.languages}
    if options.language not in spoken:
        known = ", ".join(sorted(spoken))
        raise CommandFailed(f"{options.language}: no template speaks this language ({known})")
    _tell_packs(_newest(old), _newest(new), options.language)
    _tell_law(old, new)
    _tell_checks(old, new)
    return 0


def _tell_packs(
    old: dict[str, OccupationPack], new: dict[str, OccupationPack], language: str
) -> None:
    for name in sorted(old.keys() - new.keys()):
        print(f"{name}: there is no such template any more.")
    for name in sorted(new.keys() - old.keys()):
        print(f"{name}: a new template.")
    for name in sorted(old.keys() & new.keys()):
        _tell(name, old[name].version, new[name].version, _lines(old[name], new[name], language))


def _tell_law(old: ContractLibrary, new: ContractLibrary) -> None:
    before, after = old.newest_corridors, new.newest_corridors
    said = said_law_changes(lawbook_of(old, before), lawbook_of(new, after))
    lines = (
        line
        for one in said
        for line in _change(
            f"{say(one.place)}. {say(one.about)}"
            f"{f' ({say(one.which)})' if one.which else ''}. {say(one.what)}",
            one.old,
            one.new,
        )
    )
    _tell("law of corridors", before.version, after.version, lines)


def _tell_checks(old: ContractLibrary, new: ContractLibrary) -> None:
    before, after = old.newest_checks, new.newest_checks
    lines = (
        line
        for one in said_check_changes(before, after)
        for line in _change(f"{one.rule}. {say(one.what)}", one.old, one.new)
    )
    _tell("check rules", before.version, after.version, lines)


def _tell(name: str, old: int, new: int, lines: Iterable[str]) -> None:
    print(f"{name}, version {old} to {new}:")
    print("\n".join(list(lines) or ["  Nothing reads differently."]))


def _open(place: Path) -> ContractLibrary:
    if not (place / "LOCK").is_file():
        raise CommandFailed(f"{place}: no folder of contract templates (it has no LOCK)")
    return open_library(place)


def _newest(library: ContractLibrary) -> dict[str, OccupationPack]:
    return {name: one for (name, _), one in sorted(library.packs.items())}


def _lines(old: OccupationPack, new: OccupationPack, language: str) -> Iterator[str]:
    for one in said_changes(old, new, language):
        yield from _change(f"{one.clause}. {said_in_one(one, say)}", one.old, one.new)


def _change(what: str, old: Value | None, new: Value | None) -> Iterator[str]:
    yield f"  {what}"
    if old is not None:
        yield f"    - {say(old)}"
    if new is not None:
        yield f"    + {say(new)}"
