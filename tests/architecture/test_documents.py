"""The documents: every link leads somewhere, and every file, command and target they name exists."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from unicodedata import category

import pytest

from recruitwatch.db.privileges import PRIVILEGES

ROOT = Path(__file__).parents[2]
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
NAMES = [file.relative_to(ROOT).as_posix() for file in DOCUMENTS]
FOLDERS = ("src/", "docs/", "tests/", "migrations/", "templates/", "checklists/", "frontend/")
SRC = ROOT / "src" / "recruitwatch"
FEATURES = tuple(
    f"{folder.name}/" for folder in sorted(SRC.iterdir()) if (folder / "__init__.py").is_file()
)
FENCE = re.compile(r"^```.*?^```$", re.M | re.S)


class Found(NamedTuple):
    line: int
    text: str


def _matches(pattern: str, text: str) -> Iterator[Found]:
    for match in re.finditer(pattern, text):
        yield Found(text.count("\n", 0, match.start()) + 1, match[1])


def _without_code(text: str) -> str:
    return FENCE.sub(lambda block: "\n" * block[0].count("\n"), text)


def _anchors(text: str) -> set[str]:
    """The anchors that code hosts make of headings."""
    headings = re.findall(r"^#{1,6} +(.+)$", _without_code(text), re.M)
    return {
        "".join(
            c for c in heading.lower().replace(" ", "-") if c in "-_" or category(c)[0] in "LMN"
        )
        for heading in headings
    }


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str) -> None:
    file = ROOT / name
    text = _without_code(file.read_text(encoding="utf-8"))
    broken = []
    for found in _matches(r"\]\(([^)\s]+)\)", text):
        address, _, anchor = found.text.partition("#")
        if re.match(r"[a-z]+:", address):
            continue
        target = (file.parent / address).resolve() if address else file
        if not target.exists() or (
            anchor and anchor not in _anchors(target.read_text(encoding="utf-8"))
        ):
            broken.append(f"{name}:{found.line}: {found.text}")
    assert broken == []


@pytest.mark.parametrize("name", NAMES)
def test_named_files_and_rooms_exist(name: str) -> None:
    """Paths in backquotes that begin with a folder of ours; `*`, `<` and `…` mark patterns. A room is
    named by its feature: `audits/rules`, or `audits/rules.score` for something in it."""
    text = _without_code((ROOT / name).read_text(encoding="utf-8"))
    missing = [
        f"{name}:{found.line}: {found.text}"
        for found in _matches(r"`([^`\s]+/[^`\s]*)`", text)
        if found.text.startswith((*FOLDERS, *FEATURES))
        and not re.search(r"[*<…{]", found.text)
        and not (ROOT / found.text.split(":")[0]).exists()
        and not _is_room(found.text)
        and not _is_made_by_building(found.text)
    ]
    assert missing == []


def _is_room(text: str) -> bool:
    place = SRC / text.removesuffix(".py").split(".")[0]
    return place.is_dir() or place.with_suffix(".py").is_file()


def _is_made_by_building(path: str) -> bool:
    asked = subprocess.run(["git", "check-ignore", "-q", path], cwd=ROOT, check=False)
    return asked.returncode == 0


@pytest.mark.parametrize("name", NAMES)
def test_named_make_targets_exist(name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    text = (ROOT / name).read_text(encoding="utf-8")
    missing = [
        f"{name}:{found.line}: make {found.text}"
        for found in _matches(r"(?:`|^|\n)make ([a-z-]+)", text)
        if found.text not in targets
    ]
    assert missing == []


def test_every_decision_is_in_the_index() -> None:
    folder = ROOT / "docs" / "decisions"
    written = {file.name for file in folder.glob("[0-9]*.md")}
    listed = re.findall(r"\]\((\d{4}-[a-z0-9-]+\.md)\)", (folder / "README.md").read_text("utf-8"))
    assert sorted(listed) == sorted(written)


DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))


@pytest.mark.parametrize("file", DECISIONS, ids=lambda file: file.name)
def test_decision_has_its_parts(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert re.match(rf"# {file.name[:4]} \S", text)
    assert re.search(r"^Status: \w+", text, re.M)
    parts = re.findall(r"^## (\w+)", text, re.M)
    order = [
        part for part in parts if part in ("Context", "Decision", "Consequences", "Alternatives")
    ]
    assert order == ["Context", "Decision", "Consequences", "Alternatives"]


def test_data_model_names_every_table() -> None:
    text = (ROOT / "docs" / "data-model.md").read_text(encoding="utf-8")
    assert [table for table in PRIVILEGES if not re.search(rf"\b{table}\b", text)] == [
        "alembic_version"
    ]
