"""contract changes: what a new library of contract templates says differently, without a database."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from recruitwatch.cli.failures import CommandFailed
from recruitwatch.contracts.actions import open_library
from recruitwatch.contracts.rules.changes import said_changes, said_in_one
from recruitwatch.contracts.rules.wording import BASE_LANGUAGE
from recruitwatch.contracts.values.judged import ContractLibrary, OccupationPack
from recruitwatch.settings import Settings
from recruitwatch.web.languages import say


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    changes = commands.add_parser("changes", help="what changed between two folders of templates")
    changes.add_argument("old", type=Path, help="folder like templates/contracts, as it was")
    changes.add_argument("new", type=Path, help="the folder as it is now")
    changes.add_argument("--language", default=BASE_LANGUAGE, help="compare this wording (en)")
    changes.set_defaults(run=run_changes)


def run_changes(_settings: Settings, options: argparse.Namespace) -> int:
    old, new = _newest(_open(options.old)), _newest(_open(options.new))
    for name in sorted(old.keys() - new.keys()):
        print(f"{name}: there is no such template any more.")
    for name in sorted(new.keys() - old.keys()):
        print(f"{name}: a new template.")
    for name in sorted(old.keys() & new.keys()):
        print(f"{name}, version {old[name].version} to {new[name].version}:")
        lines = list(_lines(old[name], new[name], options.language))
        print("\n".join(lines or ["  Nothing reads differently."]))
    return 0


def _open(place: Path) -> ContractLibrary:
    if not (place / "LOCK").is_file():
        raise CommandFailed(f"{place}: no folder of contract templates (it has no LOCK)")
    return open_library(place)


def _newest(library: ContractLibrary) -> dict[str, OccupationPack]:
    return {name: one for (name, _), one in sorted(library.packs.items())}


def _lines(old: OccupationPack, new: OccupationPack, language: str) -> Iterator[str]:
    for one in said_changes(old, new, language):
        yield f"  {one.clause}. {said_in_one(one, say)}"
        if one.old is not None:
            yield f"    - {one.old}"
        if one.new is not None:
            yield f"    + {one.new}"
