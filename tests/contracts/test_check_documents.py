"""The page on checks tells of every rule and pattern, with the items and severities of the library."""

import re

from factories.contracts import ROOT, library


def test_every_rule_and_pattern_is_told_with_its_items() -> None:
    page = (ROOT / "docs" / "contract-checks.md").read_text(encoding="utf-8")
    rows = {match[1]: match[0] for match in re.finditer(r"^\| (CHK-\w+) \|.*$", page, re.M)}
    checks = library().checks[max(library().checks)]
    assert rows.keys() == {rule.id for rule in checks.rules}
    for rule in checks.rules:
        assert f"| {rule.severity.value}" in rows[rule.id]
        assert all(item in rows[rule.id] for item in rule.items)
    for pattern in checks.patterns:
        assert f"| {pattern.id} {pattern.name}" in page
