"""The JSON schemas of what is checked and of what is reported, made from the structs themselves, and
the report as it is written out: with sentences in place of keys."""

import json
from collections.abc import Callable, Mapping

import msgspec

from recruitwatch.contracts.rules.naming import by_code
from recruitwatch.contracts.values.checking import (
    CheckInput,
    CheckReport,
    Finding,
    NamedSource,
    Note,
    PaperChange,
    PaperName,
    PatternSeen,
    Way,
)
from recruitwatch.contracts.values.corridors import Gravity, Stage
from recruitwatch.contracts.values.terms import Terms
from recruitwatch.errors import Value

DIALECT = "https://json-schema.org/draft/2020-12/schema"
REPORT_FORM = "recruitwatch-check-report/1"


class WrittenFinding(msgspec.Struct, frozen=True, kw_only=True):
    rule: str
    stage: Stage
    severity: Gravity
    clause: str
    checklist_items: tuple[str, ...]
    paper: PaperName
    against: PaperName | None
    text: str
    expected: str | None
    sources: tuple[NamedSource, ...]


class WrittenNote(msgspec.Struct, frozen=True, kw_only=True):
    rule: str
    paper: PaperName
    text: str
    sources: tuple[NamedSource, ...]


class WrittenChange(msgspec.Struct, frozen=True, kw_only=True):
    paper: PaperName
    against: PaperName
    name: str
    label: str
    old: str
    new: str
    way: Way


class WrittenReport(msgspec.Struct, frozen=True, kw_only=True):
    """What `recruitwatch contract check --json` prints. Findings are allegations until an officer
    confirms them; the gravest come first."""

    form: str = REPORT_FORM
    checks_version: int
    papers: tuple[PaperName, ...]
    findings: tuple[WrittenFinding, ...]
    information: tuple[WrittenNote, ...]
    improvements: tuple[WrittenChange, ...]
    changes: tuple[WrittenChange, ...]
    patterns: tuple[PatternSeen, ...]
    unchecked: tuple[WrittenNote, ...]


SCHEMAS: Mapping[str, type[msgspec.Struct]] = {
    "contract-terms": Terms,
    "contract-check": CheckInput,
    "contract-check-report": WrittenReport,
}


def schema_of(name: str) -> bytes:
    """The published schema of one form, as the file in docs/schemas holds it."""
    schema = msgspec.json.schema(SCHEMAS[name])
    whole = {"$schema": DIALECT, "title": name, **schema}
    text = json.dumps(whole, indent=2, ensure_ascii=False, sort_keys=False)
    # JSON Schema speaks the regular expressions of ECMAScript, in which \Z is no end of a text.
    return (text.replace("\\\\Z", "$") + "\n").encode()


def written_out(report: CheckReport, say: Callable[[Value], str]) -> WrittenReport:
    """The report with its sentences in the language of `say`."""
    return WrittenReport(
        checks_version=report.checks_version,
        papers=report.papers,
        findings=tuple(_finding(one, say) for one in report.findings),
        information=tuple(_note(one, say) for one in report.information),
        improvements=tuple(_change(one, say) for one in report.improvements),
        changes=tuple(_change(one, say) for one in report.changes),
        patterns=report.patterns,
        unchecked=tuple(_note(one, say) for one in report.unchecked),
    )


def _finding(one: Finding, say: Callable[[Value], str]) -> WrittenFinding:
    return WrittenFinding(
        rule=one.rule,
        stage=one.stage,
        severity=one.severity,
        clause=one.clause,
        checklist_items=one.items,
        paper=one.paper,
        against=one.against,
        text=say(one.message),
        expected=say(one.expected) if one.expected else None,
        sources=one.sources,
    )


def _note(one: Note, say: Callable[[Value], str]) -> WrittenNote:
    return WrittenNote(rule=one.rule, paper=one.paper, text=say(one.message), sources=one.sources)


def _change(one: PaperChange, say: Callable[[Value], str]) -> WrittenChange:
    """Choices stay the codes that the terms have, so that programs know them again."""
    said = one.change
    return WrittenChange(
        paper=one.paper,
        against=one.against,
        name=said.name,
        label=said.label,
        old=say(by_code(said.old)),
        new=say(by_code(said.new)),
        way=said.way,
    )
