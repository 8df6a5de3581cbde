"""Registers, aliases and queries of `recruitwatch match`, read from CSV files."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from recruitwatch.agencies.values import NumberKind
from recruitwatch.cli.failures import CommandFailed
from recruitwatch.names.rules.agencies import web_name
from recruitwatch.names.values import AgencyFacts, AgencyName, NameKind
from recruitwatch.registers.rules.files import read_sheet
from recruitwatch.registers.rules.numbers import ROW_KEY
from recruitwatch.registers.values import ALIAS_COLUMNS, KNOWN, Fault, File
from recruitwatch.web.saying import say

NEEDED = ("name", "licence_no")
HELPFUL = ("address", "city", "phone", "website")
QUERY_COLUMNS = ("query", "register")
LABEL_COLUMNS = ("expected_licence_no", "kind")
ALIASES = "agency-aliases.csv"
MOST_FAULTS = 10
Rows = tuple[tuple[int, Mapping[str, str]], ...]


class Query(Struct, frozen=True, kw_only=True):
    """A row of the queries. `labelled`: the file says which agency is meant."""

    row: int
    text: str
    register: str
    expected: str = ""
    kind: str = ""
    labelled: bool = False


def read_queries(path: Path) -> list[Query]:
    """All queries, or one sentence about what is wrong with the file."""
    rows, columns = _rows(path, QUERY_COLUMNS, LABEL_COLUMNS)
    labelled = "expected_licence_no" in columns
    queries: list[Query] = []
    for number, row in rows:
        if not row["query"] or not row["register"]:
            missing = "query" if not row["query"] else "register"
            raise CommandFailed(f"{path}: row {number}: {missing} is empty.")
        queries.append(
            Query(
                row=number,
                text=row["query"],
                register=row["register"],
                expected=row.get("expected_licence_no", ""),
                kind=row.get("kind", "") or "all",
                labelled=labelled,
            )
        )
    if not queries:
        raise CommandFailed(f"{path} has no queries.")
    return queries


def read_registers(folder: Path, queries: Iterable[Query]) -> dict[str, list[AgencyFacts]]:
    """The registers that the queries name."""
    if not folder.is_dir():
        raise CommandFailed(f"{folder} is no folder.")
    first = {query.register: query.row for query in reversed(list(queries))}
    for register, row in sorted(first.items()):
        if not _file(folder, register).is_file():
            known = ", ".join(sorted(_registers(folder))) or "none"
            raise CommandFailed(
                f"The queries' row {row} names the register {register}, and there is no "
                f"{_file(folder, register)}. Registers there: {known}."
            )
    aliases = _aliases(folder / ALIASES)
    return {name: _agencies(folder, name, aliases.get(name, {})) for name in sorted(first)}


def _file(folder: Path, register: str) -> Path:
    return folder / f"agencies-{register}.csv"


def _registers(folder: Path) -> list[str]:
    return [path.stem.removeprefix("agencies-") for path in folder.glob("agencies-*.csv")]


def _agencies(
    folder: Path, register: str, aliases: Mapping[str, Sequence[str]]
) -> list[AgencyFacts]:
    path = _file(folder, register)
    rows, _ = _rows(path, NEEDED, HELPFUL)
    numbers = [row["licence_no"] for _, row in rows if row["licence_no"]]
    known = KNOWN.get(register)
    is_row_key = (
        known.numbers is NumberKind.ROW_KEY
        if known
        else bool(numbers) and all(ROW_KEY.fullmatch(number) for number in numbers)
    )
    agencies: dict[str, AgencyFacts] = {}
    for number, row in rows:
        if not row["name"]:
            raise CommandFailed(f"{path}: row {number}: name is empty.")
        key = row["licence_no"] or f"row {number}"
        if key in agencies:
            raise CommandFailed(f"{path}: row {number}: licence_no {key} is there twice.")
        agencies[key] = _facts(key, row, aliases.get(key, ()), is_row_key)
    return list(agencies.values())


def _facts(
    key: str, row: Mapping[str, str], aliases: Sequence[str], is_row_key: bool
) -> AgencyFacts:
    names = [AgencyName(row["name"]), *(AgencyName(alias, NameKind.ALIAS) for alias in aliases)]
    web = web_name(row.get("website", ""))
    return AgencyFacts(
        key=key,
        names=tuple(names if web is None else [*names, web]),
        number=row["licence_no"],
        row_key=is_row_key,
        phones=(row["phone"],) if row.get("phone") else (),
        address=row.get("address", ""),
        city=row.get("city", ""),
    )


def _aliases(path: Path) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    if path.is_file():
        for _, row in _rows(path, ALIAS_COLUMNS[:3], ())[0]:
            if row["alias"]:
                found[row["register"]][row["licence_no"]].append(row["alias"])
    return found


def _rows(path: Path, needed: Sequence[str], helpful: Sequence[str]) -> tuple[Rows, set[str]]:
    if not path.is_file():
        raise CommandFailed(f"There is no file {path}.")
    content = path.read_bytes()
    header = content.split(b"\n", 1)[0].decode("utf-8-sig", "replace").lower()
    there = {name.strip().strip('"') for name in header.split(",")}
    columns = (*needed, *(name for name in helpful if name in there))
    sheet = read_sheet(content, columns, File.REGISTER)
    if sheet.errors:
        told = [_sentence(fault) for fault in sheet.errors[:MOST_FAULTS]]
        more = len(sheet.errors) - len(told)
        raise CommandFailed("\n".join([f"{path}:", *told, *([f"and {more} more"] if more else [])]))
    return sheet.rows, set(columns)


def _sentence(fault: Fault) -> str:
    where = ", ".join(
        part for part in (f"row {fault.row}" if fault.row else "", fault.column or "") if part
    )
    return f"  {where}: {say(fault.message)}" if where else f"  {say(fault.message)}"
