"""A later version of the law of corridors and of the check rules, beside the first: what a regulator is
told of it, in the command and in the browser."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from factories.contracts import library
from factories.later_law import edited, library_folder, lock
from recruitwatch.cli import main
from recruitwatch.contracts.actions import open_library
from recruitwatch.contracts.pages.changes import law_changes_page
from recruitwatch.contracts.rules.checkchanges import said_check_changes
from recruitwatch.contracts.rules.lawchanges import lawbook_of, said_law_changes
from recruitwatch.contracts.rules.lawdifference import figures_of, law_difference
from recruitwatch.contracts.rules.lawlabels import FIGURES
from recruitwatch.contracts.values.changed import Thing, Turn
from recruitwatch.contracts.values.corridors import Corridors, How
from recruitwatch.contracts.values.judged import ContractLibrary, TemplatesRefused
from recruitwatch.errors import Value
from recruitwatch.web.saying import say
from recruitwatch.web.templating import make_environment


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return library_folder(tmp_path_factory.mktemp("later") / "contracts")


@pytest.fixture(scope="module")
def later(place: Path) -> ContractLibrary:
    return open_library(place)


def said(old: Corridors, new: Corridors, later: ContractLibrary) -> list[tuple[str | None, ...]]:
    return [
        (
            say(one.place),
            say(one.about),
            say(one.what),
            None if one.old is None else say(one.old),
            None if one.new is None else say(one.new),
        )
        for one in said_law_changes(lawbook_of(later, old), lawbook_of(later, new))
    ]


def test_a_regulator_reads_every_change_in_the_order_of_countries(later: ContractLibrary) -> None:
    told = said(later.corridors_of(1), later.corridors_of(2), later)
    assert [one[:3] for one in told] == [
        ("All corridors", "Days for which law was gathered", "Last day"),
        ("Hong Kong SAR China", "Contracts and papers", "Official languages"),
        ("Hong Kong SAR China", "Contracts and papers", "The law says which text counts"),
        ("Hong Kong SAR China", "Contracts and papers", "Only the official form is accepted"),
        ("Hong Kong SAR China", "Contracts and papers", "Boxes for stamps"),
        ("Hong Kong SAR China", "Signed copies, at least", "Figure"),
        ("Hong Kong SAR China", "Signed copies, at least", "Source"),
        ("Hong Kong SAR China", "Food allowance, at least", "Figure"),
        ("Hong Kong SAR China", "Food allowance, at least", "How sure it is"),
        ("Hong Kong SAR China", "Monthly wage, at least", "Ended: it has a last day"),
        ("Hong Kong SAR China", "Monthly wage, at least", "New figure in place of one that ended"),
        ("India → United Arab Emirates", "Monthly wage, at least", "Figure left out"),
        ("Kuwait", "Contracts and papers", "How hours are counted"),
        ("Nepal → Saudi Arabia", "Closed or restricted", "Open again after its last day"),
        ("Philippines", "Contracts and papers", "Boxes for stamps"),
        ("Philippines", "Rule in words", "Rule left out"),
        ("Philippines → Kuwait", "Closed or restricted", "Closed or restricted now"),
        ("Philippines → Qatar", "Monthly wage, at least", "Figure"),
    ]
    sides = {one[:3]: one[3:] for one in told}
    wage = "Hong Kong SAR China", "Monthly wage, at least"
    assert sides[*wage, "Ended: it has a last day"] == (None, "29 September 2026")
    old, new = sides[*wage, "New figure in place of one that ended"]
    assert old == "5,100 HKD · from 30 September 2025 · to 29 September 2026"
    assert new is not None
    assert new.startswith("5,250 HKD · from 30 September 2026 · ")
    assert "read at its source · S28b, Hong Kong wage notices" in new
    boxes = sides["Philippines", "Contracts and papers", "Boxes for stamps"]
    assert boxes[1] == "Migrant workers' office · Labour ministry of the home country"


def test_the_same_law_read_backwards_says_the_opposite(later: ContractLibrary) -> None:
    told = said(later.corridors_of(2), later.corridors_of(1), later)
    found = {one[:3]: one[3:] for one in told}
    qatar = found["Philippines → Qatar", "Monthly wage, at least", "Figure"]
    assert qatar == ("1,825", "1,460")
    kuwait = "Philippines → Kuwait", "Closed or restricted", "No longer named as closed"
    assert kuwait in found
    hong_kong = "Hong Kong SAR China", "Monthly wage, at least"
    assert found[*hong_kong, "Last day"] == ("29 September 2026", None)
    assert (*hong_kong, "Figure left out") in found


def test_nothing_changed_whatever_the_order_in_the_files() -> None:
    first = library().corridors_of(1)
    turned = msgspec.structs.replace(
        first,
        destinations=msgspec.structs.replace(
            first.destinations,
            destinations=tuple(
                msgspec.structs.replace(one, facts=one.facts[::-1])
                for one in reversed(first.destinations.destinations)
            ),
        ),
        wage_floors=msgspec.structs.replace(
            first.wage_floors, wage_floors=first.wage_floors.wage_floors[::-1]
        ),
    )
    assert law_difference(first, turned) == ()


WAGE: dict[str, dict[str, object]] = {
    "value": {"amount": 501},
    "unit": {"currency": "QQQ"},
    "currency": {"currency": "QQQ"},
    "packs": {"packs": ("caregiver",)},
    "start": {"start": date(2025, 11, 1)},
    "end": {"end": date(2026, 12, 31)},
    "how": {"how": How.GENERAL},
    "source": {"source": "S01"},
    "other_sources": {"other_sources": ("S01",)},
    "year": {"year": 1999},
    "note": {"note": "Other."},
}


@pytest.mark.parametrize("field", WAGE)
def test_no_part_of_a_figure_changes_in_silence(field: str) -> None:
    """Whatever of a wage that an origin asks for reads differently is told under its own name."""
    first = library().corridors_of(1)
    floors = list(first.wage_floors.wage_floors)
    floors[1] = msgspec.structs.replace(floors[1], **WAGE[field])
    second = msgspec.structs.replace(
        first, wage_floors=msgspec.structs.replace(first.wage_floors, wage_floors=tuple(floors))
    )
    told = law_difference(first, second)
    assert {(one.origin, one.destination, one.thing) for one in told} == {
        ("PH", None, Thing.FIGURE)
    }
    assert field in {one.field for one in told}
    assert {one.turn for one in told} <= {Turn.CHANGED, Turn.ENDED}


def test_each_published_figure_has_a_name() -> None:
    assert {one.about for one in figures_of(library().newest_corridors)} <= set(FIGURES)


def _said(value: Value | None) -> str | None:
    return None if value is None else say(value)


def test_changed_check_rules_are_told(later: ContractLibrary) -> None:
    told = said_check_changes(later.checks_of(2), later.checks_of(3))
    assert [(one.rule, say(one.what), _said(one.old), _said(one.new)) for one in told] == [
        ("CHK-S04", "Severity", "critical", "serious"),
        ("CHK-S05", "Checklist items", "SOP-CON-03", "SOP-CON-07"),
    ]
    first = later.checks_of(1)
    fewer = msgspec.structs.replace(first, rules=first.rules[1:], patterns=first.patterns[1:])
    went = said_check_changes(first, fewer)
    assert [say(one.what) for one in went] == ["Check rule left out", "Pattern left out"]
    came = said_check_changes(fewer, first)
    assert [say(one.what) for one in came] == ["New check rule", "New pattern"]


def test_the_command_tells_law_and_check_rules(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = library_folder(tmp_path / "before", later=False)
    assert main(["contract", "changes", str(before), str(place)]) == 0
    out = capsys.readouterr().out
    assert "law of corridors, version 1 to 2:" in out
    assert (
        "  Philippines → Qatar. Monthly wage, at least (1,825 QAR). Figure\n    - 1,460\n    + 1,825\n"
    ) in out
    assert "check rules, version 2 to 3:\n  CHK-S04. Severity\n    - critical\n" in out


def test_the_page_shows_each_country_with_its_changes(later: ContractLibrary) -> None:
    template = make_environment().get_template("contract_register/law_changes.html")
    page = law_changes_page(later, 1, 2)
    html = "".join(template.blocks["content"](template.new_context({"page": page})))
    assert "The wage of Hong Kong rises on 30 September 2026." in html
    assert html.count("<h2") == len(page.places) == 8
    assert "<bdi>1,825</bdi>" in html


def test_a_version_that_replaces_nothing_known_is_refused(tmp_path: Path) -> None:
    place = library_folder(tmp_path / "contracts")
    file = place / "corridors" / "v2" / "destinations.yaml"
    file.write_text(edited(file.read_text(encoding="utf-8"), (("supersedes: 1", "supersedes: 7"),)))
    lock(place)
    with pytest.raises(TemplatesRefused) as refused:
        open_library(place)
    assert "that version does not exist" in str(refused.value)
