"""What anybody can recompute of published cards: the script of docs/ agrees with the method, on cards
made from random facts, and notices whatever was changed on one."""

import copy
import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from recruitwatch.scorecards.rules.public import public_basis, public_card
from recruitwatch.scorecards.values import (
    Answer,
    CardInputs,
    CaseSeverity,
    ComplaintInput,
    Duties,
    Evidence,
    FailureCap,
    GateFailure,
    ItemInput,
    LicenceState,
    Outcome,
    Principle,
    Ratio,
    Responsibility,
    Severity,
    Silence,
)
from recruitwatch.scorecards.values.public import PublicCard
from recruitwatch.web.downloads import canonical

SCRIPT = Path(__file__).parents[3] / "docs" / "recompute_cards.py"
PRINCIPLES = [one for one in Principle if one is not Principle.NOT_SCORED]
Entry = dict[str, Any]


def load_script() -> Any:
    spec = importlib.util.spec_from_file_location("recompute_cards", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


script = load_script()


def random_item(chance: Random, number: int, *, careful: bool) -> ItemInput:
    checked = chance.randint(0, 12)
    answers = [*Answer, Ratio(ok=chance.randint(0, checked), checked=checked)]
    levels = [None, *Evidence]
    if careful:
        answers = [*[Answer.YES] * 12, Answer.PARTIAL, Answer.NO, Answer.NA]
        levels = [*[Evidence.E2, Evidence.E3] * 4, Evidence.E1]
    return ItemInput(
        id=f"Q{number:02}",
        principle=chance.choice(PRINCIPLES),
        severity=chance.choice([*Severity]),
        answer=chance.choice(answers),
        evidence=chance.choice(levels),
        gender=chance.random() < 0.2,
    )


def random_complaint(chance: Random, number: int) -> ComplaintInput:
    return ComplaintInput(
        id=f"CASE{number:03}",
        severity=chance.choice([*CaseSeverity]),
        outcome=chance.choice([*Outcome]),
        age_months=float(chance.randint(0, 35)),
        workers=chance.randint(1, 9),
        responsibility=chance.choice([*Responsibility]),
    )


def random_duties(chance: Random, most: int) -> Duties:
    due = chance.randint(0, most)
    return Duties(on_time=chance.randint(0, due), due=due, open=chance.randint(0, 3))


def random_inputs(chance: Random) -> CardInputs:
    asked, careful = chance.randint(0, 20), chance.random() < 0.5
    failures = [
        GateFailure(item=f"F{number}", cap=chance.choice([*FailureCap]),
                    confirmed=chance.random() < 0.6,
                    closed_months_ago=chance.choice([None, None, 3.0, 14.0]))
        for number in range(chance.choice([0, 0, 0, 1, 3]))
    ]  # fmt: skip
    return CardInputs(
        as_of=date(2026, 12, 31),
        months_since_inspection=chance.choice([None, *map(float, range(0, 30, 2))]),
        interviews=asked,
        files=chance.choice([None, 12]),
        licence_state=chance.choice([None, *LicenceState, LicenceState.VALID, LicenceState.VALID]),
        items=tuple(
            random_item(chance, number, careful=careful) for number in range(chance.randint(0, 40))
        ),
        complaints=tuple(random_complaint(chance, n) for n in range(chance.randint(0, 16))),
        deployed=(chance.randint(0, 9000), chance.randint(0, 9000), chance.randint(0, 9000)),
        cases=random_duties(chance, 12),
        actions=random_duties(chance, 5),
        gate_failures=tuple(failures),
        award_overdue_days=tuple(chance.choice([(), (), (45,)])),
        overdue_major_actions=chance.choice([0, 0, 6]),
        silence=chance.choice([None, Silence(asked=asked, know=chance.randint(0, asked))]),
    )  # fmt: skip


def published(inputs: CardInputs, asked: set[str], chance: Random) -> PublicCard:
    """The card as it is frozen, with talks and complaints held back as decision 0018 says."""
    talks = {f"talk/{number}" for number in range(inputs.interviews)}
    basis = public_basis(inputs, asked, talks, ())
    return public_card(
        UUID(int=chance.getrandbits(128)), inputs, dict.fromkeys(asked, "talks"), basis
    )


def as_downloaded(card: PublicCard) -> Entry:
    """The card as a reader of the file meets it."""
    entry = {"agency_id": card.agency_id, "revision": 1, "state": "valid",
             "sha256": sha256(msgspec.json.encode(card, order="sorted")).hexdigest(), "card": card}  # fmt: skip
    found: Entry = json.loads(canonical(entry))
    return found


def random_entry(seed: int) -> Entry:
    chance = Random(seed)
    inputs = random_inputs(chance)
    asked = {one.id for one in inputs.items if chance.random() < 0.15}
    return as_downloaded(published(inputs, asked, chance))


@given(seed=st.integers(0, 10**9))
@settings(max_examples=300, deadline=None)
def test_cards_of_random_facts_agree_to_the_last_digit(seed: int) -> None:
    assert script.differences(random_entry(seed)) == []


@given(value=st.floats(allow_nan=False, allow_infinity=False) | st.floats(1e-9, 1e-3))
@example(value=1.5e-05)
@example(value=-1.5e-05)
@example(value=1e-05)
@example(value=1e16)
def test_numbers_are_hashed_as_they_were_frozen(value: float) -> None:
    assert script.frozen({"b": [value], "a": None}).encode() == msgspec.json.encode(
        {"b": [value], "a": None}, order="sorted"
    )


def test_random_facts_make_every_kind_of_card() -> None:
    """Otherwise the law above would say little."""
    cards = [random_entry(seed)["card"] for seed in range(400)]
    assert {card["grade"] for card in cards} == set("ABCDEU")
    assert {card["certainty"] for card in cards} == {"low", "medium", "high"}
    assert {cap["gate"] for card in cards for cap in card["caps"]} == {
        f"G{n}" for n in range(1, 10)
    }
    kinds = {line["kind"] for card in cards for line in card["lines"]}
    assert kinds == {"answer", "evidence", "recency", "complaints", "actions"}
    assert {card["complaints_of"] is None for card in cards} == {True, False}
    assert any(card["withheld_items"] for card in cards)


def heaviest(card: Entry) -> Entry:
    line: Entry = max(card["lines"], key=lambda one: one["points"])
    return line


def change(field: str, value: object) -> Callable[[Entry], None]:
    def apply(card: Entry) -> None:
        card[field] = value

    return apply


def add(field: str, value: float) -> Callable[[Entry], None]:
    def apply(card: Entry) -> None:
        card[field] += value

    return apply


CHANGES: dict[str, tuple[Callable[[Entry], None], str]] = {
    "score": (add("score", 1e-6), "score is"),
    "shown": (add("score_shown", 0.1), "score_shown is"),
    "audit": (add("audit", 0.5), "audit is"),
    "complaints": (add("complaints", -0.5), "score is"),
    "responsiveness": (add("responsiveness", 0.5), "score is"),
    "grade": (change("grade", "A"), "grade is A"),
    "certainty": (change("certainty", "high"), "certainty is high"),
    "range": (add("score_low", 30), "score_low is"),
    "range above": (change("score_high", 20.0), "score_high is"),
    "points of a line": (lambda card: heaviest(card).update(points=1.0), "the lines add up to"),
    "a line less": (lambda card: card["lines"].remove(heaviest(card)), "the lines add up to"),
    "a line twice": (lambda card: card["lines"].append(heaviest(card)), "a line is there twice"),
    "points moved": (
        lambda card: (
            heaviest(card).update(points=heaviest(card)["points"] - 0.5),
            card["lines"][0].update(points=card["lines"][0]["points"] + 0.5),
        ),
        "add up to",
    ),
    "sub-score": (lambda card: card["principles"][0].update(mid=99.0), "audit is"),
    "licence": (change("licence_state", "suspended"), "G1 must be active"),
    "interviews": (change("interviews", 3), "G8 must be active"),
    "inspection": (change("months_since_inspection", 30.0), "G9 must be active"),
    "a gate gone": (lambda card: card["caps"].clear(), "grade is"),
    "a gate of its own": (
        lambda card: card["caps"].append({"gate": "G7", "cap": "E"}),
        "G7 does not limit to E",
    ),
    "day": (change("as_of", "2020-01-01"), "is after the day"),
    "method": (change("profile", "default-9"), "its method is default-9"),
    "agency": (change("agency_id", str(UUID(int=3))), "another agency"),
    "note": (lambda card: card["notes"].append("faded"), "SHA-256"),
}  # fmt: skip


def busy_entry() -> Entry:
    """A card with a score, a limit, and interviews and complaints that count."""
    for seed in range(5000):
        entry = random_entry(seed)
        card = entry["card"]
        gates = {cap["gate"] for cap in card["caps"]}
        if (
            gates == {"G5"} and card["grade"] in "CD" and card["certainty"] != "high"
            and card["complaints_of"] and card["licence_state"] == "valid"
            and card["score"] > 70 and heaviest(card) is not card["lines"][0]
        ):  # fmt: skip
            return entry
    raise AssertionError("no such card")


BUSY = busy_entry()


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_is_changed_on_a_card_is_noticed(name: str) -> None:
    tamper, expected = CHANGES[name]
    entry = copy.deepcopy(BUSY)
    tamper(entry["card"])
    assert any(expected in one for one in script.differences(entry))
    entry["sha256"] = script.hash_of(entry["card"])
    left = [one for one in script.differences(entry) if "SHA-256" not in one]
    assert left or name == "note"


def test_while_no_complaint_counts_its_part_follows_from_the_workers_sent() -> None:
    entries = (random_entry(seed) for seed in range(1000))
    entry = next(one for one in entries if one["card"]["complaints_of"] is None)
    for changed in ([1, 1, 1], [90_000, 0, 0]):
        entry["card"]["deployed"] = changed
        assert any("complaints are" in one for one in script.differences(entry))


def write_file(folder: Path, entries: list[Entry]) -> Path:
    text = canonical(entries)
    whole = {"as_of": "2026-12-31", "cards": entries, "rows": len(entries),
             "sha256": sha256(text).hexdigest()}  # fmt: skip
    file = folder / "cards.json"
    file.write_bytes(canonical(whole))
    return file


def run(file: Path) -> tuple[int, str]:
    """As a reader runs it: without anything of this project on the path."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(SCRIPT), str(file)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stderr == ""
    return done.returncode, done.stdout


def test_a_file_of_a_hundred_cards_agrees(tmp_path: Path) -> None:
    code, said = run(write_file(tmp_path, [random_entry(seed) for seed in range(120)]))
    assert code == 0
    assert said.endswith("120 of 120 cards agree to the last digit.\n")


def test_the_one_that_differs_is_named(tmp_path: Path) -> None:
    entries = [random_entry(seed) for seed in range(5)]
    entries[3]["card"]["interviews"] += 1
    code, said = run(write_file(tmp_path, entries))
    assert code == 1
    assert f"agency {entries[3]['agency_id']}, revision 1: " in said
    assert said.endswith("4 of 5 cards agree to the last digit.\n")


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda text: text[:-40], "not a complete file"),
        (lambda text: text.replace(b'"rows":3', b'"rows":4'), "The number of its cards"),
        (lambda text: text.replace(b'"revision":1', b'"revision":2', 1), "its SHA-256 is another"),
        (lambda text: b"[1]", "not a complete file"),
    ],
    ids=["cut off", "counted wrong", "changed", "something else"],
)
def test_a_file_that_is_not_whole_is_refused(
    tmp_path: Path, spoil: Callable[[bytes], bytes], expected: str
) -> None:
    file = write_file(tmp_path, [random_entry(seed) for seed in range(3)])
    file.write_bytes(spoil(file.read_bytes()))
    code, said = run(file)
    assert code == 1
    assert expected in said


def test_what_is_no_card_is_said_to_be_none(tmp_path: Path) -> None:
    code, said = run(write_file(tmp_path, [random_entry(1), {"card": {}}]))
    assert code == 1
    assert "card 2: it is no card that can be recomputed" in said
    code, said = run(tmp_path / "missing.json")
    assert code == 2
    assert "cannot be read" in said
