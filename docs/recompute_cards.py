#!/usr/bin/env python3
"""Recompute published cards from a file downloaded from recruitwatch, and name those that differ.

    python3 recompute_cards.py cards-2026-12-31.json [more files]

Needs Python 3.9 or later and nothing else: no database, nothing of recruitwatch, no network. Ends with
0 if every card agrees, with 1 if one does not, with 2 if a file cannot be read.
docs/recompute.md says what can be recomputed and what cannot, and docs/scoring.md is the method.
"""

import hashlib
import json
import math
import sys
from decimal import ROUND_HALF_UP, Decimal

METHOD = "default-0.1"
WEIGHTS = {
    "P01": 8, "P02": 16, "P03": 8, "P04": 14, "P05": 10, "P06": 12,
    "P07": 8, "P08": 8, "P09": 6, "P10": 5, "P11": 3, "P12": 2,
}  # fmt: skip
BANDS = (("A", "85.0"), ("B", "70.0"), ("C", "55.0"), ("D", "40.0"))
ORDER = "ABCDE"
CAPS = {
    "G1": "E", "G2": "CE", "G3": "CD", "G4": "E", "G5": "CD", "G6": "D", "G7": "C", "G8": "C", "G9": "U",
}  # fmt: skip
NO_LICENCE = ("expired", "suspended", "cancelled")
INTERVIEWS = 8
OLD_MONTHS = 24
CLOSE = 1e-9
"""Sums of many parts may differ in the sixteenth digit; everything else must be equal."""


class Unreadable(Exception):
    """Why a file cannot be checked, as a sentence."""


def fade(value, months):
    """Above 60, a mark shrinks evenly to 60 from the 12th to the 24th month after an inspection."""
    if value is None or months is None or value <= 60.0 or months <= 12:
        return value
    if months >= 24:
        return 60.0
    return 60.0 + (1 - (months - 12) / (24 - 12)) * (value - 60.0)


def mean(pairs):
    total = math.fsum(weight for weight, _ in pairs)
    return math.fsum(weight * value for weight, value in pairs) / total if pairs else None


def audit(principles, which):
    """A before the fade: the mean of the principles by their weights."""
    return mean([(WEIGHTS[p["principle"]], p[which]) for p in principles if p[which] is not None])


def together(audit_part, complaints, responsiveness):
    if audit_part is None:
        return None
    return 0.60 * audit_part + 0.25 * complaints + 0.15 * responsiveness


def rounded(score):
    """Half-up to one decimal; noise beyond the ninth decimal is cut off first."""
    return Decimal(repr(round(score, 9))).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def band(score):
    return next((letter for letter, floor in BANDS if rounded(score) >= Decimal(floor)), "E")


def final_grade(score, caps):
    """The worse of the band and every cap. U hides the points and a C cap, never a D or E cap."""
    letters = [cap["cap"] for cap in caps]
    if "U" in letters or score is None:
        hard = [letter for letter in letters if letter in "DE"]
        return max(hard, key=ORDER.index) if hard else "U"
    return max([band(score), *letters], key=ORDER.index)


def certainty(low, high):
    if low is None or high is None:
        return "low"
    apart = ORDER.index(band(low)) - ORDER.index(band(high))
    return {0: "high", 1: "medium"}.get(apart, "low")


def complaints_of_none(deployed, silent):
    """C without a decided case: the benchmark alone, drawn by 500 workers. Silence caps it at 70.7."""
    first, second, third = deployed
    exposure = math.fsum((1.0 * first, 0.5 * second, 0.25 * third)) / 1000
    found = 100.0 * 2.0 ** -(0.5 * 6.0 / (exposure + 0.5) / 6.0 / 2.0)
    return min(found, 100.0 * 2.0**-0.5) if silent else found


class Card:
    """One published card and what was found different on it."""

    def __init__(self, card):
        self.card = card
        self.faults = []

    def equal(self, what, found):
        """The card must say exactly this."""
        if self.card[what] != found:
            self.faults.append(f"{what} is {self.card[what]} and comes out as {found}")

    def close(self, what, said, found):
        if abs(said - found) > CLOSE:
            self.faults.append(f"{what} {said:.10f}, which come out as {found:.10f}")

    def must(self, holds, sentence):
        if not holds:
            self.faults.append(sentence)

    def check(self):
        for one in (
            self.check_score, self.check_grade, self.check_range, self.check_gates,
            self.check_lines, self.check_parts, self.check_complaints, self.check_days,
        ):  # fmt: skip
            one()
        return self.faults

    def mid(self):
        """A before the fade. Never inspected: there is none."""
        inspected = self.card["months_since_inspection"] is not None
        return audit(self.card["principles"], "mid") if inspected else None

    def check_score(self):
        card = self.card
        self.equal("audit", fade(self.mid(), card["months_since_inspection"]))
        score = together(card["audit"], card["complaints"], card["responsiveness"])
        self.equal("score", score)
        self.equal("score_shown", None if score is None else float(rounded(score)))

    def check_grade(self):
        self.equal("grade", final_grade(self.card["score"], self.card["caps"]))
        self.equal("certainty", certainty(self.card["score_low"], self.card["score_high"]))

    def check_range(self):
        """The range encloses the score. Its share of A is on the card; what the complaints and the
        cases add is not, but cannot lead away from the score."""
        card, months = self.card, self.card["months_since_inspection"]
        rest = 0.25 * card["complaints"] + 0.15 * card["responsiveness"]
        for which, least, most in (("low", 0.0, rest), ("high", rest, 40.0)):
            said = card[f"score_{which}"]
            part = fade(audit(card["principles"], which), months)
            if said is None or part is None:
                holds = said is part
            else:
                holds = least - CLOSE <= said - 0.60 * part <= most + CLOSE
            self.must(holds, f"score_{which} is {said} and does not fit the sub-scores")

    def check_gates(self):
        """Licence, interviews and the age of the inspection are on the card, so their gates must be."""
        card = self.card
        gates = [cap["gate"] for cap in card["caps"]]
        months = card["months_since_inspection"]
        self.must(len(set(gates)) == len(gates), "a gate is named twice")
        for cap in card["caps"]:
            known = cap["cap"] in CAPS.get(cap["gate"], "")
            self.must(known, f"{cap['gate']} does not limit to {cap['cap']}")
        self.must(not {"G3", "G4"} <= set(gates), "G3 and G4 stand together")
        for gate, active in (
            ("G1", card["licence_state"] in NO_LICENCE), ("G8", card["interviews"] < INTERVIEWS)
        ):  # fmt: skip
            self.must((gate in gates) is active, f"{gate} must {'' if active else 'not '}be active")
        if months is None or months >= OLD_MONTHS:
            self.must("G9" in gates, "G9 must be active: no inspection, or an old one")

    def points(self, *kinds, principle=None):
        return math.fsum(
            line["points"] for line in self.card["lines"]
            if line["kind"] in kinds and principle in (None, line["principle"])
        )  # fmt: skip

    def check_lines(self):
        card = self.card
        names = [line["id"] for line in card["lines"]]
        self.must(len(set(names)) == len(names), "a line is there twice")
        for line in card["lines"]:
            self.must(line["points"] > 0, f"the line {line['id']} has no points")
            if line["kind"] in ("answer", "evidence"):
                same = line["id"] == f"item:{line['item']}:{line['kind']}"
                self.must(same, f"the line {line['id']} is of another question")
                withheld = line["item"] in card["withheld_items"]
                self.must(not withheld, f"{line['item']} is withheld and has a line")
        if card["score"] is None:
            self.must(not names, "there are lines without a score")
        else:
            total = math.fsum(line["points"] for line in card["lines"])
            self.close("the lines add up to", total, 100 - card["score"])

    def check_parts(self):
        """Each part of the lines is what its part of the score lost, principle by principle."""
        card, mid = self.card, self.mid()
        if card["score"] is None or mid is None:
            return
        scored = [p for p in card["principles"] if p["mid"] is not None]
        weights = sum(WEIGHTS[p["principle"]] for p in scored)
        for one in scored:
            name = one["principle"]
            lost = 0.60 * WEIGHTS[name] / weights * (100 - one["mid"])
            found = self.points("answer", "evidence", principle=name)
            self.close(f"the lines of {name} add up to", found, lost)
        self.close(
            "the lines of age add up to", self.points("recency"), 0.60 * (mid - card["audit"])
        )
        self.close(
            "the lines of complaints and actions add up to", self.points("complaints", "actions"),
            0.25 * (100 - card["complaints"]) + 0.15 * (100 - card["responsiveness"]),
        )  # fmt: skip
        self.must(-CLOSE <= self.points("actions") <= 6 + CLOSE, "actions cost more than 6 points")

    def check_complaints(self):
        """While no case counts, C follows from the workers sent and R from the actions alone."""
        card = self.card
        silent = "silence_rule" in card["notes"]
        most = complaints_of_none(card["deployed"], silent)
        self.must(card["complaints"] <= most + CLOSE, f"complaints cannot be above {most}")
        if card["complaints_of"] is not None:
            return
        self.close("complaints are", card["complaints"], most)
        if card["score"] is not None:
            actions = 1 - self.points("actions") / 6
            self.close(
                "responsiveness is", card["responsiveness"], 100 * (0.6 * 0.7 + 0.4 * actions)
            )

    def check_days(self):
        for what in ("complaints_of", "interviews_of"):
            day = self.card[what]
            self.must(
                day is None or day <= self.card["as_of"], f"{what} is after the day of the card"
            )
        if self.card["interviews_of"] is None:
            self.must(self.card["interviews"] == 0, "interviews count, and no day of them is given")


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def frozen(value):
    """The card in the one way in which it was hashed: names sorted, no blanks, the shortest decimals."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{frozen(key)}:{frozen(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(frozen, value)) + "]"
    return number(value) if isinstance(value, float) else json.dumps(value, ensure_ascii=False)


def number(value):
    """1.5e-7 and 0.000015, where Python writes 1.5e-07 and 1.5e-05."""
    text = repr(value)
    if "e" not in text:
        return text
    digits, exponent = text.split("e")
    if int(exponent) != -5:
        return f"{digits}e{int(exponent)}"
    sign = "-" if digits[0] == "-" else ""
    return f"{sign}0.0000{digits.lstrip('-').replace('.', '')}"


def hash_of(card):
    return hashlib.sha256(frozen(card).encode("utf-8", "surrogatepass")).hexdigest()


def differences(entry):
    """What is different on one card of the file; nothing if it agrees to the last digit."""
    card = entry["card"]
    if card["profile"] != METHOD:
        return [f"its method is {card['profile']}, which this script does not know"]
    found = Card(card).check()
    if entry["agency_id"] != card["agency_id"]:
        found.append("it is the card of another agency")
    if hash_of(card) != entry["sha256"]:
        found.append("its SHA-256 is another: the card was changed after it was frozen")
    return found


def read_cards(data):
    """The entries of a file that is complete; raises Unreadable for any other."""
    try:
        whole = json.loads(data)
        cards, rows, said = whole["cards"], whole["rows"], whole["sha256"]
    except (ValueError, KeyError, TypeError):
        raise Unreadable("It is not a complete file of cards in JSON. Download it again.") from None
    if not isinstance(cards, list) or len(cards) != rows:
        raise Unreadable("The number of its cards is not what it says. Download it again.")
    if hashlib.sha256(compact(cards)).hexdigest() != said:
        raise Unreadable("It was changed after it was sent: its SHA-256 is another.")
    return cards


def report(name):
    """Check one file and say what came out; gives the exit code."""
    try:
        with open(name, "rb") as file:
            entries = read_cards(file.read())
    except OSError as problem:
        print(f"{name}: cannot be read: {problem.strerror}")
        return 2
    except Unreadable as problem:
        print(f"{name}: DO NOT RELY ON IT. {problem}")
        return 1
    differing = 0
    for place, entry in enumerate(entries, 1):
        try:
            found, who = (
                differences(entry),
                f"agency {entry['agency_id']}, revision {entry['revision']}",
            )
        except (KeyError, TypeError, ValueError, ArithmeticError) as problem:
            found, who = [f"it is no card that can be recomputed ({problem!r})"], f"card {place}"
        if found:
            differing += 1
            print(f"{name}: {who}: {'; '.join(found)}.")
    print(f"{name}: {len(entries) - differing} of {len(entries)} cards agree to the last digit.")
    return 1 if differing else 0


def main(names):
    if not names or names[0] in ("-h", "--help"):
        print(__doc__)
        return 0 if names else 2
    return max(report(name) for name in names)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
