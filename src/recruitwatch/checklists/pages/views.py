"""Checklists as their pages show them: every code turned into words of the reader's language."""

from datetime import datetime

import msgspec

from recruitwatch.checklists.pages.words import (
    CHECKED,
    COLOURS,
    GATES,
    ORIGINAL,
    SEVERITIES,
    SUBJECTS,
    UNITS,
    Text,
    answer_words,
    compliant_words,
    in_english,
    reviewed,
    title,
)
from recruitwatch.checklists.values import (
    ALWAYS,
    Checklist,
    Item,
    PublishedVersion,
    Section,
    Severity,
    Vocabulary,
)
from recruitwatch.web.languages import gettext


class Count(msgspec.Struct, frozen=True):
    """How many items have a severity."""

    word: str
    colour: str
    items: int


class Source(msgspec.Struct, frozen=True, kw_only=True):
    title: Text
    article: str | None
    checked: str


class ItemView(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    text: Text
    guidance: Text
    severity: str
    colour: str
    principle: Text | None
    answer: str
    compliant: str
    evidence: tuple[Text, ...]
    condition: Text | None
    gate: str | None
    gender: bool
    category: Text | None
    corroborates: str | None
    clause: str | None
    sources: tuple[Source, ...]


class SectionView(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    title: Text
    items: tuple[ItemView, ...]


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What is said about a list before its questions."""

    id: str
    version: int
    title: Text
    purpose: Text
    filled_by: Text
    mode: Text
    subject: str
    unit: str
    provenance: Text
    items: int
    women: int
    severities: tuple[Count, ...]


class VersionLink(msgspec.Struct, frozen=True, kw_only=True):
    version: int
    loaded_at: datetime
    newest: bool
    supersedes: int | None


def about(checklist: Checklist, language: str) -> About:
    items = [item for section in checklist.sections for item in section.items]
    counts = [
        Count(gettext(word), COLOURS[severity], sum(one.severity is severity for one in items))
        for severity, word in SEVERITIES.items()
    ]
    return About(
        id=checklist.id,
        version=checklist.version,
        title=title(checklist.title, checklist.translations, language),
        purpose=in_english(checklist.purpose),
        filled_by=in_english(_sentence(checklist.filled_by)),
        mode=in_english(_sentence(checklist.mode)),
        subject=gettext(SUBJECTS[checklist.subject]),
        unit=gettext(UNITS[checklist.unit]),
        provenance=in_english(checklist.provenance),
        items=len(items),
        women=sum(one.gender for one in items),
        severities=tuple(one for one in counts if one.items),
    )


def sections(
    checklist: Checklist, vocabulary: Vocabulary, language: str
) -> tuple[SectionView, ...]:
    return tuple(_section(one, vocabulary, language) for one in checklist.sections)


def not_translated(checklist: Checklist, language: str) -> tuple[int, int]:
    """How many items have no reviewed translation, and how many there are."""
    items = [item for section in checklist.sections for item in section.items]
    if language == ORIGINAL:
        return 0, len(items)
    return sum(reviewed(one, language) is None for one in items), len(items)


def version_links(published: list[PublishedVersion]) -> tuple[VersionLink, ...]:
    return tuple(
        VersionLink(
            version=one.version,
            loaded_at=one.loaded_at,
            newest=one.newest,
            supersedes=one.supersedes,
        )
        for one in published
    )


def _section(section: Section, vocabulary: Vocabulary, language: str) -> SectionView:
    return SectionView(
        code=section.code,
        title=title(section.title, section.translations, language),
        items=tuple(_item(one, vocabulary, language) for one in section.items),
    )


def _item(item: Item, vocabulary: Vocabulary, language: str) -> ItemView:
    facts = {one.name: one.meaning for one in vocabulary.facts}
    principles = {one.code: one.title for one in vocabulary.principles}
    evidence = {one.code: one.meaning for one in vocabulary.evidence_codes}
    categories = {one.code: one.title for one in vocabulary.complaint_categories}
    found = reviewed(item, language)
    written = language if found else ORIGINAL
    condition = None if item.applies_if == ALWAYS else in_english(facts[item.applies_if])
    category = item.complaint_category
    scored = item.principle in principles and item.severity is not Severity.INFO
    return ItemView(
        id=item.id,
        text=Text(found.text if found else item.text, written),
        guidance=Text(found.guidance if found else item.guidance, written),
        severity=gettext(SEVERITIES[item.severity]),
        colour=COLOURS[item.severity],
        principle=in_english(principles[item.principle]) if scored else None,
        answer=answer_words(item, language),
        compliant=compliant_words(item, language),
        evidence=tuple(in_english(evidence[code]) for code in item.evidence),
        condition=condition,
        gate=gettext(GATES[item.gate]) if item.gate else None,
        gender=item.gender,
        category=in_english(categories[category]) if category else None,
        corroborates=item.corroborates,
        clause=item.clause,
        sources=_sources(item, vocabulary),
    )


def _sources(item: Item, vocabulary: Vocabulary) -> tuple[Source, ...]:
    instruments = {one.code: one for one in vocabulary.instruments}
    return tuple(
        Source(
            title=in_english(instruments[ref.instrument].title),
            article=ref.article,
            checked=gettext(CHECKED[instruments[ref.instrument].checked]),
        )
        for ref in item.refs
    )


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
