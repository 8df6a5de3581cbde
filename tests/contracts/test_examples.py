"""The worked inputs in docs/examples/contracts, and the command that makes contracts of them."""

from pathlib import Path

import pytest

from factories.contracts import EXAMPLES, library
from recruitwatch.cli import main
from recruitwatch.contracts.forms import read_input
from recruitwatch.contracts.forms.word import terms_in_docx
from recruitwatch.contracts.pdf.html import html_of
from recruitwatch.contracts.rules.assembling import assemble
from recruitwatch.contracts.rules.papering import paper_of
from recruitwatch.contracts.values.judged import InputRefused, LanguageUnknown
from recruitwatch.contracts.values.paper import plain
from recruitwatch.errors import Language

IDS = [one.stem for one in EXAMPLES]
HONG_KONG = next(one for one in EXAMPLES if one.stem == "philippines-hong-kong")


def render(file: Path, out: Path, *more: str) -> int:
    return main(["contract", "render", str(file), "--out", str(out), *more])


def test_there_is_one_input_for_each_of_eight_corridors() -> None:
    asked = [read_input(one.read_bytes(), one.name) for one in EXAMPLES]
    assert len({(one.origin, one.destination) for one in asked}) >= 8
    assert all(len(one.languages) == 2 for one in asked)
    assert all("languages: [" in one.read_text() for one in EXAMPLES)


@pytest.mark.parametrize("file", EXAMPLES, ids=IDS)
def test_an_example_makes_a_contract_without_blanks(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "contract.html"
    assert render(file, out, "--languages", "en") == 0
    said = out.read_text()
    assert "{{" not in said
    assert "Lines left blank" not in capsys.readouterr().err


@pytest.mark.parametrize("file", EXAMPLES, ids=IDS)
def test_an_example_is_drawn_as_pdf_and_word_file_in_the_languages_that_are_there(
    file: Path, tmp_path: Path
) -> None:
    asked = read_input(file.read_bytes(), file.name)
    known = library().pack(asked.pack, 1).languages
    languages = ",".join(one for one in asked.languages if one in known)
    for name, begins in (("contract.pdf", b"%PDF-1.7"), ("contract.DOCX", b"PK")):
        assert render(file, tmp_path / name, "--languages", languages) == 0
        assert (tmp_path / name).read_bytes().startswith(begins)
    terms = terms_in_docx((tmp_path / "contract.DOCX").read_bytes())
    assert (terms.origin, terms.destination) == (asked.origin, asked.destination)


@pytest.mark.parametrize("file", EXAMPLES, ids=IDS)
def test_an_example_stands_in_both_languages_or_the_missing_one_is_named(file: Path) -> None:
    asked = read_input(file.read_bytes(), file.name)
    pack = library().pack(asked.pack, 1)
    missing = [one for one in asked.languages if one not in pack.languages]
    if missing:
        with pytest.raises(LanguageUnknown) as problem:
            assemble(asked, library())
        assert problem.value.message.values["language"] == Language(missing[0])
        return
    sheet = paper_of(assemble(asked, library()), library())
    said = html_of(sheet)
    for group in sheet.groups:
        for clause in group.clauses:
            for row in clause.rows:
                assert all(plain(text).strip() for text in row.texts), row.number
    assert "{{" not in said
    for language in sheet.languages:
        assert f'lang="{language.code}"' in said


def test_the_report_names_the_rule_and_its_source(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert render(HONG_KONG, tmp_path / "c.html", "--languages", "en") == 0
    said = capsys.readouterr().out
    assert "Trial period: 0, by the law of Hong Kong SAR China (S28," in said
    assert "the law of Hong Kong SAR China says 5,100 HKD (S28b" in said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("origin: PH", "origin: FR", "no rules of the country of origin FR"),
        ("destination: HK", "destination: MARS", "no law of the destination MARS"),
        ('date: "2025-12-01"', 'date: "1990-12-01"', "Nobody gathered the law for 1 December 1990"),
        ("languages: [en]", "languages: [en, xx]", "in the language xx"),
        ("pack: domestic-work", "pack: mining", "no contract library mining"),
        ("values:", "values:\n  trial_days: 400", "trial_days: 400 is too high"),
        ("  job_title: housekeeper", "  job_title: dancer", "job_title: “dancer” is none of"),
        ("worker_is: woman", "worker_was: woman", "worker_was"),
        ("  wage_amount: 5200", "  wage_amount: -5", "wage_amount: -5 is too low"),
        ("values:", "values: *x", "aliases (*) are not allowed"),
        ("values:", "values: !!python/object:os.system", "tag"),
    ],
)
def test_a_bad_input_gets_a_clear_sentence_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    file, out = tmp_path / "input.yaml", tmp_path / "contract.html"
    text = HONG_KONG.read_text().replace("languages: [en, tl]", "languages: [en]")
    assert old in text
    file.write_text(text.replace(old, new))
    assert render(file, out) == 1
    error = capsys.readouterr().err
    assert said in error
    assert error.startswith("recruitwatch: ")
    assert "Traceback" not in error
    assert not out.exists()


def test_a_huge_file_is_refused_unread(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, out = tmp_path / "huge.yaml", tmp_path / "contract.html"
    with file.open("wb") as huge:
        huge.truncate(100_000_000)
    assert render(file, out) == 1
    assert "more than a contract can need" in capsys.readouterr().err
    assert not out.exists()


def test_what_is_no_file_is_refused_unread(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "contract.html"
    for place in (tmp_path / "gone.yaml", tmp_path, Path("/dev/null")):
        assert render(place, out) == 1
        assert f"There is no file {place}." in capsys.readouterr().err
    assert not out.exists()


def test_other_kinds_of_files_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert render(HONG_KONG, tmp_path / "contract.exe") == 1
    assert "must end in one of" in capsys.readouterr().err


def test_three_languages_are_too_many(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        render(HONG_KONG, tmp_path / "c.html", "--languages", "en,ar,bn")


def test_every_mistake_of_a_file_is_told_with_its_line() -> None:
    text = HONG_KONG.read_text().replace("origin: PH", "origin: Philippines").replace("worker_is: woman", "worker_is: robot")  # fmt: skip
    with pytest.raises(InputRefused) as problem:
        read_input(text.encode(), "input.yaml")
    assert {one.values["path"] for one in problem.value.reasons} == {"$.origin", "$.worker_is"}
