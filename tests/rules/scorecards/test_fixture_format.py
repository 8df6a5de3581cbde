"""The fixture file: what is read, what is refused and how it is said, what comes back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from recruitwatch.scorecards.forms import FixtureError, parse_fixture, score_file
from rules.scorecards.example import WORKED_EXAMPLE

OUTPUT_KEYS = [
    "A",
    "A_low",
    "A_high",
    "C",
    "C_low",
    "C_high",
    "R",
    "R_low",
    "R_high",
    "S",
    "S_low",
    "S_high",
    "band",
    "caps",
    "grade",
    "certainty",
    "ledger",
    "ledger_total",
]


def fixture(**changes: object) -> bytes:
    return json.dumps({"as_of": "2025-06-30", **changes}).encode()


def test_one_fixture_gives_one_object_with_exactly_the_agreed_keys() -> None:
    output = json.loads(score_file(WORKED_EXAMPLE))
    assert list(output) == OUTPUT_KEYS
    assert set(output["ledger"][0]) == {"id", "kind", "source", "points"}


def test_an_array_gives_an_array_in_the_same_order() -> None:
    one = json.loads(WORKED_EXAMPLE)
    raw = json.dumps([one, {**one, "licence_valid": False}]).encode()
    assert [card["grade"] for card in json.loads(score_file(raw))] == ["B", "E"]
    assert json.loads(score_file(b" [] ")) == []


def test_what_is_absent_is_unknown() -> None:
    output = json.loads(score_file(fixture()))
    assert output["S"] is None
    assert output["ledger"] == []
    assert output["caps"] == [{"gate": "G8", "cap": "C"}, {"gate": "G9", "cap": "U"}]


def test_every_optional_key_is_understood() -> None:
    raw = fixture(
        licence_state="suspended",
        gate_failures=[
            {"item": "a", "cap": "E", "confirmed": True, "closed_months_ago": 13},
            {"item": "b", "cap": "D", "confirmed": True, "closed_months_ago": None},
        ],
        critical_complaints_12m=3,
        award_overdue_days=[31],
        overdue_major_actions=5,
        silence={"asked": 8, "know": 1},
        complaints=[
            {
                "id": "K",
                "severity": "minor",
                "outcome": "partly_upheld",
                "age_months": 1,
                "workers": 1,
                "responsibility": "employer_told",
            }
        ],
    )
    output = json.loads(score_file(raw))
    assert [cap["gate"] + cap["cap"] for cap in output["caps"]] == [
        "G1E",
        "G2C",
        "G3D",
        "G5D",
        "G6D",
        "G7C",
        "G8C",
        "G9U",
    ]
    assert output["C"] == pytest.approx(100 * 2 ** (-(3.75 / 0.5 / 6) / 2))


GOOD = ["a", "P01", "major", "yes", 2]
CASE = {"id": "K", "severity": "major", "outcome": "upheld", "age_months": 1}


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "$: not readable as JSON"),
        (b"[", "$: not readable as JSON"),
        (b"\xff", "$: not readable as JSON"),
        (b"[" * 100_000, "$: not readable as JSON"),
        (b"3", "$: Expected `object`"),
        (b"[3]", "$[0]: Expected `object`"),
        (b"{}", "$: Object missing required field `as_of`"),
        (fixture(as_of="30/06/2025"), "$.as_of: "),
        (fixture(profile="none-9"), "unknown profile 'none-9'"),
        (fixture(colour="red"), "unknown field `colour`"),
        (fixture(licence_valid="yes"), "$.licence_valid: "),
        (fixture(licence_state="lost"), "$.licence_state: "),
        (fixture(interviews=-1), "$.interviews: "),
        (fixture(deployed=[1, 2]), "$.deployed: "),
        (fixture(deployed=[1, 2, 3.5]), "$.deployed[2]: "),
        (fixture(cases={"on_time": 2, "due": 1}), "$.cases: `on_time` cannot be more"),
        (fixture(silence={"asked": 2, "know": 3}), "$.silence: `know` cannot be more"),
        (fixture(items=[GOOD, ["b", "P13", "major", "yes", 2]]), "$.items[1][1]: "),
        (fixture(items=[GOOD, ["b", "P01", "huge", "yes", 2]]), "$.items[1][2]: "),
        (fixture(items=[GOOD, ["b", "P01", "major", "perhaps", 2]]), "$.items[1][3]: "),
        (fixture(items=[GOOD, ["b", "P01", "major", {"ok": 3, "checked": 2}]]), "$.items[1][3]: "),
        (fixture(items=[GOOD, ["b", "P01", "major", "yes", 4]]), "$.items[1][4]: "),
        (fixture(items=[GOOD, ["b", "P01", "major", "yes", 2, 1]]), "$.items[1]: "),
        (fixture(items=[GOOD, GOOD]), "items given twice: a"),
        (fixture(complaints=[CASE, CASE]), "complaints given twice: K"),
        (fixture(complaints=[{**CASE, "age_months": None}]), "$.complaints[0]: a decided"),
        (fixture(complaints=[CASE, {**CASE, "severity": "info"}]), "$.complaints[1].severity: "),
        (fixture(complaints=[CASE, {**CASE, "workers": 0}]), "$.complaints[1].workers: "),
        (fixture(gate_failures=[{"item": "a", "cap": "C"}]), "$.gate_failures[0].cap: "),
        (fixture(award_overdue_days=[1, "2"]), "$.award_overdue_days[1]: "),
    ],
)
def test_refused_with_the_place_named(raw: bytes, said: str) -> None:
    with pytest.raises(FixtureError) as refusal:
        parse_fixture(raw)
    assert said in str(refusal.value)


def test_place_within_an_array_names_the_fixture() -> None:
    raw = b"[" + fixture() + b"," + fixture(items=[GOOD, ["b", "P01", "x", "yes"]]) + b"]"
    with pytest.raises(FixtureError) as refusal:
        parse_fixture(raw)
    assert str(refusal.value).startswith("$[1].items[1][2]: ")


def test_the_hand_calculation_of_the_manual_comes_out_as_printed() -> None:
    manual = Path(__file__).parents[3].joinpath("docs", "scoring.md").read_text()
    printed = manual.split("```json")[1].split("```")[0]
    output = json.loads(score_file(printed.encode()))
    assert f"**{output['S']:.3f}**" in manual
    assert f"**{output['C']:.3f}**" in manual
    for line in output["ledger"]:
        assert f"{round(line['points'], 3):g}" in manual
