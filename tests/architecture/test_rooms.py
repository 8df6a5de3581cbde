"""The house in tests: imports stack one way, rooms are small, SQL and time stay where they belong."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SRC = ROOT / "src" / "recruitwatch"
MODULES = sorted(SRC.rglob("*.py"))
LONGEST_MODULE = 400
LONGEST_FUNCTION = 45
# Entries must be given a reason and a date here, and leave again.
TOO_LONG: dict[str, str] = {}
BANNED_NAMES = {
    "helpers",
    "helper",
    "utils",
    "common",
    "manager",
    "service",
    "misc",
    "data",
    "process",
    "handle",
}
ROOMS = {
    "values",
    "rules",
    "tables",
    "queries",
    "actions",
    "forms",
    "pdf",
    "pages",
    "api",
    "guards",
    "worker",
}
FEATURES = {
    "accounts",
    "agencies",
    "audits",
    "brokers",
    "checklists",
    "complaints",
    "contracts",
    "findings",
    "history",
    "jobs",
    "oversight",
    "portal",
    "reconciliation",
    "registers",
    "scorecards",
}


def name_of(module: Path) -> str:
    return str(module.relative_to(SRC))


def test_the_import_contract_holds() -> None:
    tool = Path(sys.executable).parent / "lint-imports"
    result = subprocess.run([str(tool)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_features_hold_only_the_named_rooms() -> None:
    strangers = [
        name_of(entry)
        for feature in FEATURES
        for entry in (SRC / feature).iterdir()
        if entry.stem not in ROOMS | {"__init__", "__pycache__"}
    ]
    assert strangers == []


def test_no_module_is_named_after_nothing() -> None:
    assert [name_of(m) for m in MODULES if m.stem in BANNED_NAMES] == []


def test_modules_stay_short() -> None:
    long = {name_of(m): len(m.read_text().splitlines()) for m in MODULES}
    assert {n: c for n, c in long.items() if c > LONGEST_MODULE and n not in TOO_LONG} == {}


def functions(module: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_functions_stay_short() -> None:
    long = [
        f"{name_of(m)}:{f.lineno} {f.name} ({f.end_lineno - f.lineno + 1} lines)"
        for m in MODULES
        for f in functions(m)
        if f.end_lineno and f.end_lineno - f.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_each_module_says_what_it_holds(module: Path) -> None:
    assert ast.get_docstring(ast.parse(module.read_text())) or not module.read_text().strip()


def room_of(module: Path) -> str:
    """`rules` for both rules.py and rules/anything.py."""
    parts = module.relative_to(SRC).parts
    return parts[1].removesuffix(".py") if len(parts) > 1 else parts[0]


def calls(module: Path, names: set[str]) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name in names:
                found.append(f"{name_of(module)}:{node.lineno} {name}()")
    return found


def imported_from_sqlalchemy(module: Path) -> set[str]:
    return {
        alias.asname or alias.name
        for node in ast.walk(ast.parse(module.read_text()))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy")
        for alias in node.names
    }


def test_sql_is_spoken_only_in_queries() -> None:
    allowed = {"queries", "tables", "db", "worker"}
    words = {"select", "insert", "update", "delete", "text"}
    speaking = [
        found
        for module in MODULES
        if room_of(module) not in allowed
        and module.relative_to(SRC).parts[0] not in {"db", "cli", "demo"}
        for found in calls(module, words & imported_from_sqlalchemy(module))
    ]
    assert speaking == []


def test_nobody_commits_but_the_session() -> None:
    allowed = {"db", "jobs", "cli", "demo"}
    committing = [
        found
        for module in MODULES
        if module.relative_to(SRC).parts[0] not in allowed
        for found in calls(module, {"commit", "rollback"})
    ]
    assert committing == []


def test_rules_and_values_know_no_clock_chance_or_files() -> None:
    impure = {
        "now",
        "utcnow",
        "today",
        "random",
        "randbelow",
        "uuid4",
        "open",
        "getenv",
        "read_text",
    }
    found = [
        call
        for module in MODULES
        if room_of(module) in {"rules", "values"}
        for call in calls(module, impure)
    ]
    assert found == []


def test_lists_are_ordered_and_bounded() -> None:
    loose = [
        f"{name_of(module)}:{function.lineno} {function.name}"
        for module in MODULES
        if room_of(module) == "queries"
        for function in functions(module)
        if function.name.startswith("list_") and "order_by" not in _reaches(module, function)
    ]
    assert loose == []


def _reaches(module: Path, function: ast.AsyncFunctionDef | ast.FunctionDef) -> str:
    """The function's source with that of the functions of its module it calls."""
    source = module.read_text()
    own = {f.name: f for f in functions(module)}
    text = ast.get_source_segment(source, function) or ""
    called = {n for n in own if re.search(rf"\b{n}\(", text) and n != function.name}
    return text + "".join(ast.get_source_segment(source, own[n]) or "" for n in called)


def test_no_paths_of_a_machine_and_no_registry_hosts() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    hosts = re.compile(
        "|".join(
            ["pypi" + r"\.org", "python" + "hosted", r"registry\.npm" + "js", r"deb\.deb" + "ian"]
        )
    )
    guilty = []
    for name in listed.stdout.decode().split("\0"):
        file = ROOT / name
        if (
            name
            and file.is_file()
            and file.suffix
            in {".py", ".toml", ".lock", ".json", ".md", ".yaml", ".sh", ".html", ""}
        ):
            text = file.read_text(errors="ignore")
            if hosts.search(text) or re.search(r"(^|[\s\"'=(])/(work|farm)/", text):
                guilty.append(name)
    assert guilty == []
