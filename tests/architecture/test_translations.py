"""Every sentence a person can read has a translation in each declared language."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from recruitwatch.web.languages import DEFAULT, LANGUAGES

ROOT = Path(__file__).parent.parent.parent
LOCALES = ROOT / "src" / "recruitwatch" / "locale"
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\(\w+\)s")

Key = str | tuple[str, ...]


@cache
def sentences() -> frozenset[Key]:
    with (LOCALES / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(
        ROOT, methods, options, KEYWORDS,
        directory_filter=lambda folder: Path(folder).name not in {".venv", "var", "node_modules", ".git"},
    )  # fmt: skip
    return frozenset(
        tuple(key) if isinstance(key, list | tuple) else key for _, _, key, _, _ in found
    )


@cache
def catalogue(language: str) -> Catalog:
    with (LOCALES / language / "LC_MESSAGES" / "recruitwatch.po").open("rb") as file:
        return read_po(file, locale=language)


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != DEFAULT])
def test_nothing_is_untranslated(language: str) -> None:
    known = catalogue(language)
    missing = []
    for key in sentences():
        message = known.get(key[0] if isinstance(key, tuple) else key)
        texts = (
            message.string
            if message and isinstance(message.string, tuple | list)
            else (message and message.string,)
        )
        if message is None or message.fuzzy or not all(texts):
            missing.append(key)
    assert missing == []


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != DEFAULT])
def test_no_translation_loses_or_invents_a_value(language: str) -> None:
    wrong = []
    for message in catalogue(language):
        if not message.id or isinstance(message.id, tuple):
            continue
        if sorted(PLACEHOLDER.findall(message.id)) != sorted(PLACEHOLDER.findall(message.string)):
            wrong.append(message.id)
    assert wrong == []
