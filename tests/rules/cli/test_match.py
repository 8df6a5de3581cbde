"""`recruitwatch match`: files in, figures and a file out, without a database."""

import csv
import json
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conftest import SHARED_DATA
from recruitwatch.cli.commands import run

REGISTER = """name,licence_no,status,valid_until,address,city,phone,email,website,country,source
Padma Overseas Ltd,RL-0042,valid,,14 Rahmat Tower,Dhaka,029550101,,https://www.boro-bari.example,BD,list
Green Teal Overseas,RL-0043,valid,,,Dhaka,,,,BD,list
Copper Gate International,RL-0044,valid,,,Sylhet,,,,BD,list
New Loom Manpower,,valid,,,Khulna,,,,BD,list
"""
ALIASES = """register,licence_no,alias,kind
test,RL-0043,সবুজ হাঁস,alias
other,RL-0042,Somebody Else,alias
"""
QUERIES = """query,register,expected_licence_no,kind
Padma Overseas,test,RL-0042,typed
licence RL 43,test,RL-0043,number
সবুজ হাঁস,test,RL-0043,alias
nobody like this,test,,negative
"""

Folder = Callable[..., Path]


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    """The command takes SIGTERM for itself; the test run wants it back."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    def make(**files: str) -> Path:
        texts = {"agencies_test": REGISTER, "agency_aliases": ALIASES, "queries": QUERIES, **files}
        for name, text in texts.items():
            (tmp_path / f"{name.replace('_', '-')}.csv").write_text(text, encoding="utf-8")
        return tmp_path

    return make


def command(folder: Path, *more: str) -> int:
    return run(
        ["match", "--registers", str(folder), "--queries", str(folder / "queries.csv"), *more]
    )


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_figures_of_each_kind(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(folder()) == 0
    lines = capsys.readouterr().out.splitlines()
    cells = {line.split()[0]: line.split()[1:] for line in lines if line.strip()}
    assert cells["typed"][:7] == ["1", "100.0", "%", "100.0", "%", "100.0", "%"]
    assert cells["negative"][:4] == ["1", "0.0", "%", "0"]


def test_the_figures_as_json(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(folder(), "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert report["matcher"] == "agency-match/1"
    assert [kind["kind"] for kind in report["kinds"]] == ["alias", "negative", "number", "typed"]
    total = report["total"]
    assert (total["with_agency"], total["top_1"], total["top_5"]) == (3, 3, 3)
    assert (total["linked_right"], total["linked_wrong"]) == (3, 0)
    assert (total["without_agency"], total["suggested_without"], total["certain_without"]) == (
        1,
        0,
        0,
    )


def test_a_row_for_each_candidate(folder: Folder) -> None:
    out = folder() / "out.csv"
    assert command(out.parent, "--out", str(out)) == 0
    written = rows(out)
    assert list(written[0]) == [
        "query", "register", "rank", "licence_no", "score", "outcome", "reasons",
    ]  # fmt: skip
    first = written[0]
    assert (first["query"], first["rank"], first["licence_no"]) == (
        "Padma Overseas",
        "1",
        "RL-0042",
    )
    assert first["outcome"] == "suggested"
    assert "These words are in the name: padma overseas" in first["reasons"]
    certain = next(row for row in written if row["query"] == "licence RL 43")
    assert (certain["licence_no"], certain["outcome"]) == ("RL-0043", "certain")
    ranks = [int(row["rank"]) for row in written if row["query"] == "Padma Overseas"]
    assert ranks == list(range(1, len(ranks) + 1))


def test_a_query_without_candidates_has_one_row(folder: Folder) -> None:
    place = folder(queries="query,register\nqxqxqx,test\n")
    assert command(place, "--out", str(place / "out.csv")) == 0
    assert rows(place / "out.csv") == [
        {"query": "qxqxqx", "register": "test", "rank": "", "licence_no": "", "score": "",
         "outcome": "unmatched", "reasons": ""}
    ]  # fmt: skip


def test_without_expected_numbers_the_outcomes_are_counted(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(folder(queries="query,register\nPadma,test\nqxqx,test\n")) == 0
    out = capsys.readouterr().out.split()
    assert out[out.index("suggested") + 1] == "1"
    assert out[out.index("unmatched") + 1] == "1"


def test_an_agency_without_a_number_is_a_candidate_without_one(folder: Folder) -> None:
    place = folder(queries="query,register\nNew Loom Manpower,test\n")
    assert command(place, "--out", str(place / "out.csv")) == 0
    first = rows(place / "out.csv")[0]
    assert (first["rank"], first["licence_no"], first["outcome"]) == ("1", "", "suggested")


def test_what_the_site_calls_the_agency_is_a_name_of_it(folder: Folder) -> None:
    place = folder(queries="query,register\nboro bari,test\n")
    assert command(place, "--out", str(place / "out.csv")) == 0
    assert rows(place / "out.csv")[0]["licence_no"] == "RL-0042"


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"queries": "query,register\nPadma,elsewhere\n"}, "names the register elsewhere"),
        ({"queries": "query,register\n,test\n"}, "row 2: query is empty"),
        ({"queries": "query,register\nPadma,\n"}, "row 2: register is empty"),
        ({"queries": "query,register\n"}, "has no queries"),
        ({"queries": "text,register\nPadma,test\n"}, "query"),
        ({"queries": ""}, "queries.csv"),
        (
            {"agencies_test": REGISTER + "Twice,RL-0042,,,,,,,,,\n"},
            "licence_no RL-0042 is there twice",
        ),
        ({"agencies_test": REGISTER + ",RL-9,,,,,,,,,\n"}, "row 6: name is empty"),
        ({"agencies_test": "licence_no\n1\n"}, "name"),
    ],
)
def test_a_bad_file_is_told_in_a_sentence_and_nothing_is_written(
    folder: Folder, capsys: pytest.CaptureFixture[str], files: dict[str, str], sentence: str
) -> None:
    place = folder(**files)
    assert command(place, "--out", str(place / "out.csv")) == 1
    said = capsys.readouterr()
    assert sentence in said.err
    assert said.out == ""
    assert "Traceback" not in said.err
    assert not (place / "out.csv").exists()


def test_files_that_are_not_there(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    place = folder()
    (place / "queries.csv").unlink()
    assert command(place) == 1
    assert "There is no file" in capsys.readouterr().err
    folder()
    assert (
        run(["match", "--registers", str(place / "no"), "--queries", str(place / "queries.csv")])
        == 1
    )
    assert "is no folder" in capsys.readouterr().err
    assert command(place, "--out", str(place / "no" / "out.csv")) == 1
    assert "There is no folder" in capsys.readouterr().err


@pytest.mark.skipif(
    not SHARED_DATA.exists(), reason="the real registers are not part of the project"
)
def test_the_targets_on_real_registers(capsys: pytest.CaptureFixture[str]) -> None:
    """The figures that issue 5 asks for, on the set that is at hand."""
    queries = SHARED_DATA / "matching-dev.csv"
    assert run(["match", "--registers", str(SHARED_DATA), "--queries", str(queries), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    total = report["total"]
    assert total["top_1"] >= 0.94 * total["with_agency"]
    assert total["top_5"] >= 0.98 * total["with_agency"]
    assert total["linked_right"] >= 0.75 * total["with_agency"]
    assert total["certain_without"] == 0
    assert total["suggested_without"] <= 0.10 * total["without_agency"]
    real = [kind for kind in report["kinds"] if kind["kind"].startswith("real-")]
    assert sum(k["top_1"] for k in real) >= 0.90 * sum(k["with_agency"] for k in real)


def test_the_cases_that_come_with_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["match", "--cases", "--out", str(tmp_path / "answers.csv")]) == 0
    told = capsys.readouterr().out
    assert "own script" in told
    assert "none: namesake" in told
    assert {row["register"] for row in rows(tmp_path / "answers.csv")} == {"invented"}


@pytest.mark.parametrize(
    "options",
    [[], ["--registers", "."], ["--queries", "q.csv"], ["--cases", "--registers", "."]],
)
def test_what_is_to_be_matched_must_be_said(
    options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["match", *options]) == 1
    assert "Give --registers and --queries, or --cases alone." in capsys.readouterr().err
