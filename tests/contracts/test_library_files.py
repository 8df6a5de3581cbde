"""The contract library: the published files are sound and unchanged, and every mistake is refused by
the name of its file and of what is wrong."""

from pathlib import Path

import pytest

from recruitwatch.checklists.rules.library import lock_line
from recruitwatch.checklists.values import Mistake
from recruitwatch.contracts.actions import open_library
from recruitwatch.contracts.rules.library import read_library
from recruitwatch.contracts.values.corridors import How
from recruitwatch.contracts.values.judged import (
    ContractLibrary,
    LanguageUnknown,
    PackUnknown,
    TemplatesRefused,
)
from recruitwatch.errors import Language
from recruitwatch.web.saying import say

FOLDER = Path(__file__).resolve().parents[2] / "templates" / "contracts"
DOMESTIC = "domestic-work/v1/clauses.yaml"
ENGLISH = "domestic-work/v1/texts.en.yaml"
DESTINATIONS = "corridors/v1/destinations.yaml"
ORIGINS = "corridors/v1/origins.yaml"
FLOORS = "corridors/v1/wage-floors.yaml"
CHECKS = "checks/v1.yaml"
WORDS = "words/v1/texts.en.yaml"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    found = {
        path.relative_to(FOLDER).as_posix(): path.read_bytes()
        for path in sorted(FOLDER.rglob("*.yaml"))
    }
    # Other languages only make reading slower: the refusals are about the English files.
    return {name: raw for name, raw in found.items() if "/texts." not in name or ".en." in name}


@pytest.fixture(scope="module")
def library() -> ContractLibrary:
    return open_library(FOLDER)


def lock_of(files: dict[str, bytes]) -> str:
    return "".join(lock_line(raw, name) + "\n" for name, raw in files.items())


def mistakes_of(files: dict[str, bytes]) -> list[Mistake]:
    found = read_library(files, lock_of(files))
    assert isinstance(found, list), "the files were taken"
    return found


def test_the_library_holds_what_was_gathered(library: ContractLibrary) -> None:
    corridors = library.corridors[1]
    clauses = library.pack("domestic-work", 1).clauses
    assert len(clauses) == 45
    assert sum(one.mandatory for one in clauses) == 40
    assert sum(one.gender_responsive for one in clauses) == 24
    assert len(corridors.destinations.destinations) == 18
    assert len(corridors.origins.origins) == 10
    for checks in library.checks.values():
        assert len(checks.rules) == 47
        assert len(checks.patterns) == 12


def test_every_check_rule_names_a_checklist_item(library: ContractLibrary) -> None:
    rules = library.checks[max(library.checks)].rules
    assert [one.id for one in rules if not one.items] == []


def test_care_and_farm_work_have_their_own_clauses(library: ContractLibrary) -> None:
    home = {one.id for one in library.pack("domestic-work", 1).clauses}
    care = {one.id for one in library.pack("caregiver", 1).clauses}
    farm = {one.id for one in library.pack("farm-work", 1).clauses}
    assert care - home == {"CAREPERSON", "REPLACEMENT", "CARESAFETY", "CAREENDS"}
    assert farm - home == {"GUARANTEE", "TRANSPORT"}
    assert "live_in" not in library.pack("farm-work", 1).parameters


def test_every_figure_says_how_it_is_known(library: ContractLibrary) -> None:
    corridors = library.corridors[1]
    facts = [one for place in corridors.destinations.destinations for one in place.facts]
    assert all(one.unit for one in facts)
    assert all(one.source for one in facts if one.how is How.SEEN)
    # Where pages disagree both readings stand there, each with its source.
    kuwait = next(one for one in corridors.destinations.destinations if one.code == "KW")
    wages = {one.value: one.how for one in kuwait.facts if one.about == "wage_month_min"}
    assert wages == {60: How.SEEN, 75: How.CONFLICT}


def test_what_is_not_there_is_refused_by_name(library: ContractLibrary) -> None:
    with pytest.raises(PackUnknown):
        library.pack("mining", 1)
    with pytest.raises(LanguageUnknown) as problem:
        library.words_of(library.pack("domestic-work", 1), "xx")
    assert problem.value.message.values["language"] == Language("xx")
    assert "English" in say(problem.value.message)


CASES: list[tuple[str, str, str, str, str]] = [
    ("a slot nobody declared", ENGLISH, "for each {{ wage_period }}", "for each {{ wage_perod }}", "WAGE, variant all, row 1: undeclared slot wage_perod"),
    ("a parameter nobody uses", ENGLISH, "every {{ wage_review_months: unit }}", "every year", "WAGE: the parameter wage_review_months is never used"),
    ("a clause without words", ENGLISH, "  WELFARE:", "  WELFAIR:", "missing translation of clause WELFARE"),
    ("an option without words", ENGLISH, "    cook: cook\n", "", "missing translation of option cook of job_title"),
    ("a variant without words", ENGLISH, "      no_trial:", "      no_tryal:", "missing translation of TRIAL, variant no_trial"),
    ("a number typed in", ENGLISH, "within three days", "within 3 days", "a number is typed into"),
    ("code in a text", ENGLISH, "Pay is due from that day.", "Pay {% if x %} is due.", "holds code or a broken slot"),
    ("a call in a slot", ENGLISH, "{{ job_title }}", "{{ job_title.__class__ }}", "holds code or a broken slot"),
    ("a filter in a slot", ENGLISH, "{{ task_list }}", "{{ task_list | join }}", "holds code or a broken slot"),
    ("a tag in a text", ENGLISH, "Pay is due from that day.", "<b>Pay</b> is due.", "holds code or a broken slot"),
    ("an unknown instrument", DOMESTIC, '"C189:7(a)"', '"C999:7(a)"', "PARTIES: unknown instrument C999"),
    ("a protective answer that is no", DOMESTIC, "label: The worker keeps the telephone, type: bool, better: \"yes\", default: true", "label: The worker keeps the telephone, type: bool, better: \"yes\", default: false", "PHONE.phone_kept_by_worker: a protective answer cannot be no by default"),
    ("variants that leave a gap", DOMESTIC, "when: trial_days == 0", "when: trial_days == 1", "TRIAL: 0 variants fit trial_days = 0"),
    ("a condition that is code", DOMESTIC, "when: not direct_hire", "when: __import__", "AGENCIES: variant with_agency"),
    ("an unknown field", DOMESTIC, "    mandatory: true\n    gender_responsive: false\n    purpose: Names real", "    mandatry: true\n    gender_responsive: false\n    purpose: Names real", "mandatry"),
    ("a default out of range", DOMESTIC, "default: 21, min: 18", "default: 17, min: 18", "PARTIES.min_age_years: the default is outside min and max"),
    ("a main point nobody can name", WORDS, "  fact_job_title: Job\n", "", "the words have no phrase fact_job_title"),
    ("a box nobody can name", WORDS, "  box_notary: Notary\n", "", "words version 1 have no phrase box_notary"),
    ("a plural that is missing", WORDS, 'day: {one: "{{ n }} day", other: "{{ n }} days"}', 'day: {one: "{{ n }} day"}', "missing plural form other of day"),
    ("an unknown source", DESTINATIONS, "unit: years, start: '2023-10-01', year: 2023, source: S31", "unit: years, start: '2023-10-01', year: 2023, source: S999", "SA, min_age_years: unknown source S999"),
    ("a seen fact without source", DESTINATIONS, "year: 2017, source: S45, how: seen", "year: 2017, source: null, how: seen", "was seen, so it needs its source"),
    ("an unknown pack", DESTINATIONS, "packs: [farm-work], note: Highest", "packs: [mine-work], note: Highest", "US-H2A, wage_month_min: unknown pack mine-work"),
    ("two sure wages on one day", DESTINATIONS, "start: '2022-10-01', end: '2023-09-29'", "start: '2022-10-01', end: '2023-10-29'", "HK, wage_month_min: two facts that were seen are in force on the same days"),
    ("a fact that ends before it starts", FLOORS, "start: '2006-01-01', end: '2025-10-21'", "start: '2026-01-01', end: '2025-10-21'", "PH to ANY ends before it starts"),
    ("a floor of an unknown origin", FLOORS, "{origin: ET, destination: SA", "{origin: XX, destination: SA", "unknown origin XX"),
    ("a floor in an unknown place", FLOORS, "{origin: ET, destination: SA", "{origin: ET, destination: MARS", "unknown destination MARS"),
    ("an origin's rule with unknown source", ORIGINS, "year: 2013, source: S15, how: seen", "year: 2013, source: S998, how: seen", "BD, rule 1: unknown source S998"),
    ("a check rule for an unknown clause", CHECKS, "clause: DOCUMENTS,", "clause: PAPERS,", "CHK-S03: unknown clause PAPERS"),
    ("a check rule for an unknown value", CHECKS, "parameters: [house_key_held]", "parameters: [house_kee_held]", "CHK-S05: unknown parameter house_kee_held"),
    ("a pattern of an unknown rule", CHECKS, "rules: [CHK-V17, CHK-V01], seen: S13", "rules: [CHK-V17, CHK-V99], seen: S13", "PAT-01: unknown rule CHK-V99"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "said"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])  # fmt: skip
def test_a_mistake_is_refused_by_name(
    files: dict[str, bytes], file: str, old: str, new: str, said: str
) -> None:
    text = files[file].decode()
    assert old in text, f"{file} does not hold {old}"
    found = mistakes_of({**files, file: text.replace(old, new).encode()})
    assert any(said in one.message or said in one.path for one in found), "\n".join(map(str, found))
    assert all(one.line >= 1 for one in found)


def test_a_translation_must_say_everything_the_english_says(files: dict[str, bytes]) -> None:
    text = files[ENGLISH].decode().replace("language: en", "language: ro", 1)
    text = text.replace("every {{ home_ticket_months: unit }}", "often")
    name = "domestic-work/v1/texts.ro.yaml"
    found = mistakes_of({**files, name: text.encode()})
    assert {one.file for one in found} == {name}
    assert "ANNUALLEAVE, variant all, row 3 has the slots none" in found[0].message


def test_a_published_file_cannot_be_edited(files: dict[str, bytes]) -> None:
    lock = lock_of(files)
    changed = {**files, FLOORS: files[FLOORS] + b"# changed\n"}
    found = read_library(changed, lock)
    assert isinstance(found, list)
    assert "changed after publication" in found[0].message
    assert found[0].path == FLOORS


def test_a_file_that_does_not_belong_here_is_refused(files: dict[str, bytes]) -> None:
    found = mistakes_of({**files, "notes/v1.yaml": b"version: 1\n"})
    assert str(found[0]).startswith("notes/v1.yaml")


def test_a_broken_folder_refuses_everything(tmp_path: Path) -> None:
    folder = tmp_path / "contracts"
    folder.mkdir()
    (folder / "LOCK").write_text("")
    (folder / "strange.yaml").write_text("a: 1\n")
    with pytest.raises(TemplatesRefused) as problem:
        open_library(folder)
    assert "strange.yaml" in str(problem.value)
