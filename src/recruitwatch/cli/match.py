"""match: find the agencies that queries mean, without a database."""

import argparse
import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from time import perf_counter

import msgspec
from tqdm import tqdm

from recruitwatch.cli.failures import CommandFailed
from recruitwatch.cli.match_files import Query, read_queries, read_registers
from recruitwatch.names.dictionary import TableFault
from recruitwatch.names.register import MemoryRegister
from recruitwatch.names.rules.measuring import Figures, Labelled, all_figures
from recruitwatch.names.rules.reasons import in_words
from recruitwatch.names.values import Match, Outcome, Said
from recruitwatch.settings import Settings

CASES = Path(str(files("recruitwatch.names"))) / "cases"
HEADER = ("query", "register", "rank", "licence_no", "score", "outcome", "reasons")
Answer = tuple[Query, Match, float]


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    match = commands.add_parser(
        "match", help="find the agencies that queries mean (docs/matching.md)"
    )
    match.add_argument(
        "--registers", type=Path, metavar="DIR",
        help="folder of agencies-REGISTER.csv and agency-aliases.csv",
    )  # fmt: skip
    match.add_argument(
        "--queries", type=Path, metavar="FILE.csv",
        help="columns query, register; with expected_licence_no and kind the answers are counted",
    )  # fmt: skip
    match.add_argument(
        "--cases", action="store_true",
        help="run the cases that come with recruitwatch instead (docs/matching-words.md)",
    )  # fmt: skip
    match.add_argument("--out", type=Path, metavar="FILE.csv", help="one row for each candidate")
    match.add_argument("--json", action="store_true", help="the figures as JSON")
    match.set_defaults(run=run_match)


def run_match(_settings: Settings, options: argparse.Namespace) -> int:
    if options.out and not options.out.absolute().parent.is_dir():
        raise CommandFailed(f"There is no folder {options.out.parent} for the file of answers.")
    folder, file = _asked(options)
    queries = read_queries(file)
    try:
        answers = list(_answers(folder, queries))
    except TableFault as fault:
        raise CommandFailed(str(fault)) from fault
    if options.out:
        _write(options.out, answers)
    labelled = [
        Labelled(query.kind, query.expected, match, seconds)
        for query, match, seconds in answers
        if query.labelled
    ]
    each, total = all_figures(labelled)
    if options.json:
        report = {"matcher": answers[0][1].matcher, "kinds": each, "total": total}
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(report)) + b"\n")
    elif labelled:
        _print(each, total)
    else:
        _print_outcomes(answers)
    return 0


def _asked(options: argparse.Namespace) -> tuple[Path, Path]:
    """The folder of registers and the file of queries."""
    given = options.registers, options.queries
    if options.cases and given == (None, None):
        return CASES, CASES / "cases.csv"
    if options.cases or None in given:
        raise CommandFailed("Give --registers and --queries, or --cases alone.")
    return given


def _answers(folder: Path, queries: Sequence[Query]) -> Iterator[Answer]:
    agencies = read_registers(folder, queries)
    bar = tqdm(total=len(queries), unit=" queries", file=sys.stderr, disable=None)
    with bar:
        bar.set_description("reading registers")
        registers = {name: MemoryRegister(facts) for name, facts in agencies.items()}
        bar.set_description("matching")
        for query in queries:
            start = perf_counter()
            match = registers[query.register].match(Said(text=query.text))
            yield query, match, perf_counter() - start
            bar.update()


def _write(path: Path, answers: Iterable[Answer]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for query, match, _ in answers:
            writer.writerows(_rows(query, match))


def _rows(query: Query, match: Match) -> Iterator[tuple[str | int | float, ...]]:
    if not match.candidates:
        yield query.text, query.register, "", "", "", Outcome.UNMATCHED, ""
    for place, one in enumerate(match.candidates, start=1):
        reasons = "; ".join(map(in_words, one.reasons))
        number = "" if one.key.startswith("row ") else one.key
        yield query.text, query.register, place, number, one.score, one.outcome, reasons


def _print_outcomes(answers: Sequence[Answer]) -> None:
    for outcome in Outcome:
        count = sum(match.outcome is outcome for _, match, _ in answers)
        print(f"{outcome:<10} {count:>6}")
    mean = 1000 * sum(seconds for _, _, seconds in answers) / len(answers)
    print(f"{mean:.1f} ms a query")


def _print(each: Sequence[Figures], total: Figures) -> None:
    """The kinds with an agency, then those without; a kind can be in both."""
    width = max(len(one.kind) for one in (*each, total)) + 2
    columns = ("queries", "top 1", "top 5", "right", "wrong", "ms")
    print("Queries with an agency (right, wrong: the first candidate is certain or suggested)")
    print(f"{'kind':<{width}}" + "".join(f"{name:>9}" for name in columns))
    for one in (*each, total):
        if one.with_agency:
            shares = (one.top_1, one.top_5, one.linked_right)
            cells = [
                f"{one.with_agency:>9}",
                *(f"{_percent(n, one.with_agency):>9}" for n in shares),
            ]
            print(
                f"{one.kind:<{width}}"
                + "".join(cells)
                + f"{one.linked_wrong:>9}{one.milliseconds:>9.1f}"
            )
    print()
    print("Queries without an agency")
    print(
        f"{'kind':<{width}}"
        + "".join(f"{name:>11}" for name in ("queries", "suggested", "certain", "ms"))
    )
    for one in (*each, total):
        if one.without_agency:
            print(
                f"{one.kind:<{width}}{one.without_agency:>11}"
                f"{_percent(one.suggested_without, one.without_agency):>11}"
                f"{one.certain_without:>11}{one.milliseconds:>11.1f}"
            )


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %"
