"""The worked example of the standard and its eight variants, figure by figure."""

from __future__ import annotations

import json

import pytest

from recruitwatch.scorecards.forms import card_as_fixture_output, parse_fixture
from recruitwatch.scorecards.rules import compute
from recruitwatch.scorecards.values import Card, LineKind, Principle
from rules.scorecards.example import EXPECTED, HERE, WORKED_EXAMPLE, example

VARIANTS = json.loads((HERE / "variants.json").read_text())["variants"]


@pytest.fixture(scope="module")
def card() -> Card:
    return compute(example())


def test_every_expected_figure_to_a_millionth(card: Card) -> None:
    output = card_as_fixture_output(card)
    for key, wanted in EXPECTED.items():
        if isinstance(wanted, str):
            assert output[key] == wanted
        else:
            assert output[key] == pytest.approx(wanted, abs=1e-6), key


def test_shown_with_one_decimal_and_its_band(card: Card) -> None:
    assert card.score_shown == 72.4
    assert (card.band, card.grade, card.certainty) == ("B", "B", "medium")
    assert card.caps == ()


@pytest.mark.parametrize(
    ("principle", "points"),
    [("P02", 77.6471), ("P04", 72), ("P05", 100), ("P06", 75), ("P09", 70), ("P10", 88)],
)
def test_sub_scores(card: Card, principle: str, points: float) -> None:
    scores = {each.principle: each.mid for each in card.audit.principles}
    assert scores[Principle(principle)] == pytest.approx(points, abs=5e-5)


def test_parts_and_ranges(card: Card) -> None:
    audit, complaints, response = card.audit, card.complaints, card.responsiveness
    assert (audit.low, audit.high) == pytest.approx((69.0118, 87.4230), abs=5e-5)
    assert (complaints.low, complaints.high) == pytest.approx((36.5905, 76.7408), abs=5e-5)
    assert (response.low, response.high) == pytest.approx((65.8667, 76.5333), abs=5e-5)


def test_complaints_behind_the_part(card: Card) -> None:
    part = card.complaints
    assert part.points == pytest.approx(8.5)
    assert part.exposure == pytest.approx(0.6)
    assert part.rate == pytest.approx(10.454545, abs=1e-6)
    assert (part.rate_low, part.rate_high) == pytest.approx((4.5832, 17.4055), abs=5e-5)
    assert (part.decided, part.pending) == (4, 1)


def test_coverage(card: Card) -> None:
    assert card.coverage.checked_share == pytest.approx(0.9841, abs=5e-5)
    assert card.coverage.verified_share == pytest.approx(0.7143, abs=5e-5)


def losses(card: Card) -> dict[str, float]:
    return {line.id: line.points for line in card.ledger}


def test_ledger_has_exactly_these_lines(card: Card) -> None:
    wanted = {
        "item:F2:answer": 1.7927,
        "item:F3:evidence": 0.7171,
        "item:F4:answer": 0.8964,
        "item:C2:evidence": 1.0667,
        "item:C3:answer": 2.6667,
        "item:W1:evidence": 2.8571,
        "item:M1:answer": 1.7143,
        "item:G2:answer": 0.4762,
        "item:G2:evidence": 0.0952,
        "complaint:K1": 3.9418,
        "complaint:K2": 0.4927,
        "complaint:K3": 3.9418,
        "benchmark": 2.9564,
        "case:late:1": 1.125,
        "case:prior": 1.35,
        "action:late:1": 0.6667,
        "action:prior": 0.8,
    }
    assert losses(card) == pytest.approx(wanted, abs=1e-4)


@pytest.mark.parametrize(
    ("item", "most"),
    [
        ("F1", 7.1709),
        ("F2", 3.5854),
        ("F4", 0.8964),
        ("C1", 5.3333),
        ("C3", 2.6667),
        ("D1", 9.5238),
        ("W2", 5.7143),
        ("M1", 5.7143),
        ("G1", 3.8095),
        ("G2", 0.9524),
    ],
)
def test_most_an_item_can_cost(item: str, most: float) -> None:
    fixture = json.loads(WORKED_EXAMPLE)
    fixture["items"] = [[*row[:3], "no", 2] if row[0] == item else row for row in fixture["items"]]
    (inputs,) = parse_fixture(json.dumps(fixture).encode())
    assert losses(compute(inputs))[f"item:{item}:answer"] == pytest.approx(most, abs=5e-5)


def variant(case: dict[str, object]) -> dict[str, object]:
    fixture = json.loads(WORKED_EXAMPLE)
    changed = {row[0]: row for row in case.get("items", [])}
    fixture["items"] = [changed.get(row[0], row) for row in fixture["items"]]
    fixture.update(case.get("change", {}))
    return fixture


@pytest.mark.parametrize("case", VARIANTS, ids=[case["name"] for case in VARIANTS])
def test_variants(case: dict[str, object]) -> None:
    (inputs,) = parse_fixture(json.dumps(variant(case)).encode())
    output = card_as_fixture_output(compute(inputs))
    output["caps"] = [[cap["gate"], cap["cap"]] for cap in output["caps"]]
    assert output["ledger_total"] == pytest.approx(100 - output["S"], abs=1e-9)
    for key, wanted in case["expect"].items():
        figure = isinstance(wanted, float)
        assert output[key] == (pytest.approx(wanted, abs=5e-5) if figure else wanted), key


def test_variant_sub_score_and_fade() -> None:
    (failing,) = parse_fixture(json.dumps(variant(VARIANTS[1])).encode())
    scores = {each.principle: each.mid for each in compute(failing).audit.principles}
    assert scores[Principle.P02] == pytest.approx(30.5882, abs=5e-5)
    assert compute(example(months_since_inspection=18)).audit.mid_faded == pytest.approx(
        69.7647, abs=5e-5
    )


def test_silence_has_a_line_of_its_own() -> None:
    (inputs,) = parse_fixture(json.dumps(variant(VARIANTS[5])).encode())
    lines = {line.kind: line.points for line in compute(inputs).ledger}
    assert lines[LineKind.SILENCE] == pytest.approx(0.25 * (85.4248 - 70.7107), abs=5e-5)
    assert lines[LineKind.BENCHMARK] == pytest.approx(0.25 * (100 - 85.4248), abs=5e-5)
