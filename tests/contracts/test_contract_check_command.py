"""`recruitwatch contract check`: what it says, its exit codes, and what it refuses without writing."""

import json
from pathlib import Path

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.contract_checks import clean_terms, make_check, make_paper, with_values
from factories.contracts import ROOT
from recruitwatch.cli import main
from recruitwatch.contracts.rules.assembling import terms_hash
from recruitwatch.contracts.rules.checking.schemas import SCHEMAS, schema_of
from recruitwatch.contracts.rules.checking.signs import NOT_PRINTED, printable, printable_json
from recruitwatch.contracts.values.checking import CheckInput

EXAMPLES = ROOT / "docs" / "examples" / "contract-checks"
SIGNED = EXAMPLES / "signed.json"
AFTER = EXAMPLES / "after-arrival.json"
Said = pytest.CaptureFixture[str]


def run(*arguments: object) -> int:
    return main(["contract", "check", *map(str, arguments)])


def written(path: Path, value: object) -> Path:
    path.write_bytes(msgspec.json.encode(value))
    return path


def test_a_clean_contract_ends_with_nought(capsys: Said) -> None:
    assert run(SIGNED) == 0
    assert "0 findings" in capsys.readouterr().out


def test_a_worse_paper_ends_with_one_and_says_why(capsys: Said) -> None:
    assert run(AFTER, "--against", SIGNED) == 1
    said = capsys.readouterr().out
    assert "critical  CHK-V01  The basic wage was 1,500 SAR a month and is now 1,200 SAR" in said
    assert "serious   CHK-V17" in said
    assert "It would have to say: As before: 1,500 SAR." in said
    assert "Bears on checklist item DST-CON-01." in said


def test_terms_alone_can_be_compared(tmp_path: Path, capsys: Said) -> None:
    newer = msgspec.structs.replace(
        with_values(clean_terms(), wage_amount=1600), signed_on="2026-03-30"
    )
    file = written(tmp_path / "newer.json", newer)
    assert run(file, "--against", EXAMPLES / "terms.json", "--arrived", "2026-03-20") == 0
    assert "better    Basic wage: 1,500 SAR → 1,600 SAR" in capsys.readouterr().out


def test_the_report_as_json_fits_its_schema(capsys: Said) -> None:
    assert run(AFTER, "--against", SIGNED, "--json") == 1
    report = json.loads(capsys.readouterr().out)
    schema = json.loads(schema_of("contract-check-report"))
    jsonschema.Draft202012Validator(schema).validate(report)
    assert [one["rule"] for one in report["findings"]] == ["CHK-V01", "CHK-V17"]
    assert report["patterns"][0]["id"] == "PAT-01"


def bad(**changes: object) -> bytes:
    """The clean check with something else in the terms of its paper."""
    whole = json.loads(SIGNED.read_bytes())
    whole["papers"][0]["terms"].update(changes)
    return json.dumps(whole).encode()


def rate(worth: str) -> bytes:
    whole = json.loads(SIGNED.read_bytes())
    whole["rates"] = [{"of": "SAR", "to": "USD", "rate": 0.5, "on": "2026-03-01", "source": "Bank"}]
    return json.dumps(whole).replace('0.5, "on"', f'{worth}, "on"').encode()


def with_value(name: str, value: object) -> bytes:
    whole = json.loads(SIGNED.read_bytes())
    whole["papers"][0]["terms"]["values"][name] = value
    return json.dumps(whole).encode()


def beside(**known: object) -> bytes:
    """The clean check with something else beside its paper."""
    return json.dumps({**json.loads(SIGNED.read_bytes()), **known}).encode()


def noticed(**things: object) -> bytes:
    whole = json.loads(SIGNED.read_bytes())
    whole["papers"][0]["seen"].update(things)
    return json.dumps(whole).encode()


def twice(name: str, other: object) -> bytes:
    """The clean check with a value of its terms written once more."""
    whole = SIGNED.read_bytes().decode()
    return whole.replace(f'"{name}":', f'"{name}": {json.dumps(other)}, "{name}":', 1).encode()


def dollars(worth: float, *, of: str = "USD", to: str = "SAR") -> dict[str, object]:
    return {"of": of, "to": to, "rate": worth, "on": "2026-03-01", "source": "Bank"}


REFUSED: list[tuple[str, bytes, str]] = [
    ("no JSON", b"wage: 1500", "not JSON that can be read"),
    ("bytes", b"\xff\xfe\x00", "not JSON that can be read"),
    ("nested deeply", b'{"form":' + b"[" * 100_000, "not JSON that can be read"),
    ("no form", b"{}", "“form” must say what this is"),
    ("another form", b'{"form": "invoice/1"}', "The form “invoice/1” is not known"),
    ("no papers", b'{"form": "recruitwatch-check/1", "papers": []}', "does not fit the form"),
    ("an unknown field", b'{"form": "recruitwatch-check/1", "paper": []}', "unknown field `paper`"),
    ("unknown origin", bad(origin="ZZ"), "no rules of the country of origin ZZ"),
    ("unknown destination", bad(destination="XX"), "no law of the destination XX"),
    ("a day nobody covers", bad(date="1999-01-01"), "Nobody gathered the law for 1 January 1999"),
    ("no date", bad(date="soon"), "does not fit the form"),
    ("unknown language", bad(languages=["ar", "qqq"]), "“qqq” is not the code of a language"),
    ("unknown pack", bad(pack="piracy"), "no contract library piracy"),
    ("unknown version", bad(template_version=99), "in version 99"),
    ("unknown clause", bad(clauses=[{"id": "TREASURE", "variant": "all"}]), "no clause TREASURE"),
    ("unknown wording", bad(clauses=[{"id": "TRIAL", "variant": "odd"}]), "no wording “odd”"),
    ("unknown value", with_value("treasure", 1), "no value “treasure”"),
    ("text for a number", with_value("wage_amount", "much"), "must be a number"),
    ("a wage below nothing", with_value("wage_amount", -5), "must be a number"),
    ("text for yes or no", with_value("house_key_held", "yes"), "must be true or false"),
    ("no currency", with_value("wage_currency", "ZZZ"), "is not the code of a currency"),
    ("no birthday", with_value("worker_birth_date", "1997-02-30"), "must be a date"),
    ("hidden signs", with_value("employer_name", "A\u202eB"), "one line of text"),
    ("a list for text", with_value("employer_name", ["A"]), "one line of text"),
    ("text for a list", with_value("task_list", "cooking"), "must be a list"),
    ("a rate of nobody", rate("1e300"), "does not fit the form"),
    ("a rate of next to nothing", rate("1e-300"), "does not fit the form"),
    ("hidden signs in a list", with_value("task_list", ["cooking", "\x1b[2J"]), "one line of text"),
    ("a turned line in a list", with_value("task_list", ["\u202ekooc"]), "one line of text"),
    ("a forged line in a list", with_value("task_list", ["a\nCHK-V01 fake"]), "one line of text"),
    ("a blank nobody sees", with_value("employer_name", "A\u200bB"), "one line of text"),
    ("a mark of Arabic", with_value("employer_name", "A\u061cB"), "one line of text"),
    ("a joiner of words", with_value("employer_name", "A\u2060B"), "one line of text"),
    ("a mark of order", with_value("employer_name", "A\ufeffB"), "one line of text"),
    ("a soft hyphen", with_value("employer_name", "A\u00adB"), "one line of text"),
    ("hidden signs in a code", noticed(printed_code="\x1b[2J"), "“printed_code” must be one line"),
    ("hidden signs in a licence", noticed(licences=[{"number": "\x9b2J"}]), "“number” must be"),
    ("hidden signs in a source", beside(rates=[{**dollars(3.75), "source": "\x1b[2J"}]),
     "“source” must be one line"),
    ("hidden signs in a field", b'{"form": "recruitwatch-check/1", "\\u001b[2J": 1}', "u001b[2J"),
    ("a turned field", b'{"form": "recruitwatch-check/1", "\\u202ex": 1}', "u202ex"),
    ("a form with hidden signs", b'{"form": "\\u001b[2J"}', "u001b[2J"),
    ("two wages", twice("wage_amount", 1500), "“wage_amount” stands there twice"),
    ("two forms", twice("form", "x"), "“form” stands there twice"),
    ("a name of hidden signs twice", b'{"\\u001b": 1, "\\u001b": 2}', "u001b” stands there twice"),
    ("an endless number", b'{"form": ' + b"9" * 5000 + b"}", "not JSON that can be read"),
    ("another origin than its law", with_value("origin_country", "NP"), "“origin_country” is NP"),
    ("another country of work", with_value("destination_country", "KW"),
     "“destination_country” is KW, and the corridor of this paper has SA"),
    ("two rates of a day", beside(rates=[dollars(3.75), dollars(3.6)]), "different exchange rates"),
    ("a rate and another opposite", beside(rates=[dollars(3.75), dollars(0.3, of="SAR", to="USD")]),
     "different exchange rates"),
    ("an unknown room", with_value("room_type", "balcony"), "must be one of own_room"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "sentence"), [one[1:] for one in REFUSED], ids=[one[0] for one in REFUSED]
)
def test_bad_input_is_refused_by_name_and_nothing_is_written(
    raw: bytes, sentence: str, tmp_path: Path, capsys: Said
) -> None:
    file = tmp_path / "input.json"
    file.write_bytes(raw)
    assert run(file) == 2
    said = capsys.readouterr()
    assert sentence in said.err
    assert said.out == ""
    assert not NOT_PRINTED.search(said.err.replace("\n", ""))
    assert [one.name for one in tmp_path.iterdir()] == ["input.json"]


ACCEPTED: list[tuple[str, bytes]] = [
    ("a byte-order mark", b"\xef\xbb\xbf" + SIGNED.read_bytes()),
    ("joiners of Bangla and Persian", with_value("employer_name", "র\u200d্য می\u200cخواهم")),
    ("a rate and its opposite", beside(rates=[dollars(3.75), dollars(0.2667, of="SAR", to="USD")])),
    ("one rate twice", beside(rates=[dollars(3.75), dollars(3.75)])),
]


@pytest.mark.parametrize("raw", [one[1] for one in ACCEPTED], ids=[one[0] for one in ACCEPTED])
def test_what_is_no_mistake_is_checked(raw: bytes, tmp_path: Path) -> None:
    file = tmp_path / "input.json"
    file.write_bytes(raw)
    assert run(file) == 0


def test_a_name_of_a_file_does_not_steer_the_screen(tmp_path: Path, capsys: Said) -> None:
    assert run(tmp_path / "\x1b[2J\u202e.json") == 2
    assert "\\u001b[2J\\u202e.json" in capsys.readouterr().err


@given(text=st.text())
def test_no_steering_sign_is_ever_printed(text: str) -> None:
    assert not NOT_PRINTED.search(printable(text))
    body = json.dumps([text], ensure_ascii=False).encode("utf-8", "ignore")
    safe = printable_json(body)
    assert json.loads(safe) == json.loads(body)
    assert not NOT_PRINTED.search(safe.decode())


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path, capsys: Said) -> None:
    file = tmp_path / "huge.json"
    with file.open("wb") as opened:
        opened.truncate(100_000_000)
    assert run(file) == 2
    assert "more than papers of a worker can need" in capsys.readouterr().err


def test_a_missing_file_is_bad_input(tmp_path: Path, capsys: Said) -> None:
    assert run(tmp_path / "none.json") == 2
    assert run(SIGNED, "--against", tmp_path) == 2
    assert "There is no file" in capsys.readouterr().err


@pytest.mark.parametrize("name", SCHEMAS)
def test_published_schemas_are_those_of_the_program(name: str, capsys: Said) -> None:
    published = ROOT / "docs" / "schemas" / f"{name}.schema.json"
    assert published.read_bytes() == schema_of(name)
    jsonschema.Draft202012Validator.check_schema(json.loads(published.read_bytes()))


def test_the_examples_and_what_we_write_fit_the_schemas() -> None:
    check = jsonschema.Draft202012Validator(json.loads(schema_of("contract-check")))
    terms = jsonschema.Draft202012Validator(json.loads(schema_of("contract-terms")))
    for file in (SIGNED, AFTER):
        check.validate(json.loads(file.read_bytes()))
    terms.validate(json.loads((EXAMPLES / "terms.json").read_bytes()))
    check.validate(json.loads(msgspec.json.encode(make_check(make_paper(wage_amount=1)))))
    for paper in msgspec.json.decode(SIGNED.read_bytes(), type=CheckInput).papers:
        assert paper.terms.values["terms_hash_short"] == terms_hash(paper.terms)[:16]
    broken = json.loads(SIGNED.read_bytes())
    broken["papers"][0]["terms"]["origin"] = "BDx"
    assert not check.is_valid(broken)


def test_what_the_newer_paper_leaves_out_is_listed(tmp_path: Path, capsys: Said) -> None:
    newer = json.loads(AFTER.read_bytes())
    newer["papers"][0]["terms"]["values"]["room_size_m2"] = None
    assert run(written(tmp_path / "newer.json", newer), "--against", SIGNED) == 1
    assert "left out  " in capsys.readouterr().out


def test_days_that_contradict_the_steps_are_bad_input(tmp_path: Path, capsys: Said) -> None:
    newer = json.loads(AFTER.read_bytes())
    newer["papers"][0]["terms"]["date"] = "2026-02-01"
    assert run(written(tmp_path / "newer.json", newer), "--against", SIGNED) == 2
    assert "Steps and days contradict each other" in capsys.readouterr().err
