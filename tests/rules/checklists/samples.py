"""Small values that the tests of checklist rules start from. No I/O."""

from typing import Any

import msgspec

from recruitwatch.checklists.values import Checklist, Item

COMPLIANT: dict[str, dict[str, Any]] = {
    "yes_no_partial_na": {"op": "eq", "value": "yes"},
    "yes_no_na": {"op": "eq", "value": "yes"},
    "ratio": {"op": "gte", "value": 1.0},
    "number": {"op": "gte", "value": 3},
    "money": {"op": "lte", "value": 0},
    "date": {"op": "gte", "value": {"today": True}},
    "choice": {"op": "in", "value": ["worker", "other"]},
}


def item_of(kind: str = "yes_no_partial_na", **over: Any) -> Item:
    answer: dict[str, Any] = {"type": kind, "compliant": COMPLIANT[kind]}
    if kind == "choice":
        answer["options"] = ["worker", "agency", "other"]
    answer |= over.pop("answer", {})
    severity = over.get("severity", "major")
    fields = {
        "id": "COV-LAW-01",
        "principle": "P01",
        "text": "Is it so?",
        "guidance": "Look.",
        "answer": answer,
        "severity": severity,
        "gate": "cap_D" if severity == "critical" else None,
        "evidence": ["D"],
        "applies_if": "always",
        "gender": False,
        "complaint_category": None,
        "corroborates": None,
        "refs": [],
    }
    return msgspec.convert(fields | over, Item)


def checklist_of(*sections: tuple[str, list[Item]], **over: Any) -> Checklist:
    fields = {
        "id": "covenant",
        "version": 1,
        "supersedes": None,
        "why": "First.",
        "vocabulary": 1,
        "title": "Covenant",
        "purpose": "To test.",
        "filled_by": "inspector",
        "subject": "agency",
        "mode": "announced",
        "unit": "one_per_inspection",
        "provenance": "Ours.",
        "sections": [
            {"code": code, "title": f"Section {code}", "items": msgspec.to_builtins(items)}
            for code, items in sections
        ],
    }
    return msgspec.convert(fields | over, Checklist)
