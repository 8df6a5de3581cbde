"""The front-end build: what is fetched, how heavy it is, and what templates may hold."""

import gzip
import importlib.util
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import html5lib
import msgspec
import pytest
from jinja2 import Environment

from recruitwatch.web import languages
from recruitwatch.web.navigation import Link
from recruitwatch.web.paging import paging
from recruitwatch.web.templating import Person, Site, make_environment

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
HEAVIEST_STYLE_SHEET = 16 * 1024


def load_build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


build = load_build()


@pytest.fixture(scope="module")
def vendor() -> Path:
    build.build_assets(ROOT)
    return ROOT / "src" / "recruitwatch" / "static" / "vendor"


# --- what is fetched and what it weighs ------------------------------------------------------


def test_the_lock_file_pins_everything_and_names_no_host() -> None:
    text = (ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]
    assert "//" not in text
    assert "resolved" not in text
    assert [name for name, entry in packages.items() if name and "integrity" not in entry] == []


def test_style_sheets_are_light_enough_for_a_slow_phone(vendor: Path) -> None:
    sheets = sorted(vendor.glob("app*.css"))
    assert len(sheets) == 2
    for sheet in sheets:
        assert len(gzip.compress(sheet.read_bytes())) <= HEAVIEST_STYLE_SHEET


def test_built_files_ask_nobody_else_for_anything(vendor: Path) -> None:
    for sheet in vendor.glob("app*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert "@import" not in text
        assert "@font-face" not in text
        assert "url(http" not in text
    for script in vendor.glob("*.js"):
        assert "sourceMappingURL" not in script.read_text(encoding="utf-8")


def test_the_manifest_leads_to_files_named_after_their_content(vendor: Path) -> None:
    manifest = json.loads((vendor / "manifest.json").read_text(encoding="utf-8"))
    wanted = {"app.css", "app.rtl.css", "govuk-frontend.min.js", "start.js", "favicon.svg"}
    assert wanted <= manifest.keys()
    for plain, hashed in manifest.items():
        assert re.fullmatch(rf"{Path(plain).stem}\.[0-9a-f]{{12}}{Path(plain).suffix}", hashed)
        assert (vendor / hashed).is_file()


def test_the_mirrored_sheet_is_mirrored(vendor: Path) -> None:
    manifest = json.loads((vendor / "manifest.json").read_text(encoding="utf-8"))
    plain, mirrored = (
        re.search(
            r"\.govuk-form-group--error\{([^}]*)\}",
            (vendor / manifest[name]).read_text(encoding="utf-8"),
        )
        for name in ("app.css", "app.rtl.css")
    )
    assert plain is not None
    assert mirrored is not None
    assert "border-left" in plain[1]
    assert "border-right" in mirrored[1]


def test_an_unchanged_front_end_is_not_built_again(vendor: Path) -> None:
    assert build.build_assets(ROOT) is False


# --- what templates may hold -----------------------------------------------------------------


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_hold_nothing_the_content_policy_forbids(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"<style\b", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"<script\b(?![^>]*\bsrc=)", text)
    assert "javascript:" not in text


EVERY_PART = """
{% extends 'layouts/staff.html' %}
{% from 'parts/forms.html' import button, checkboxes_field, csrf_field, date_field, error_summary,
   file_field, number_field, password_field, radios_field, save_bar, select_field, text_area,
   text_field with context %}
{% from 'parts/navigation.html' import back_link, breadcrumbs, pager with context %}
{% from 'parts/show.html' import details, empty, facts, grade_badge, inset, notice, scroll, tag,
   warning with context %}
{% from 'parts/bars.html' import bars with context %}
{% block title %}Every part{% endblock %}
{% block before %}{{ breadcrumbs([('Home', '/en/'), ('Here', none)]) }}{{ back_link('/en/') }}{% endblock %}
{% block errors %}{{ error_summary(page.errors) }}{% endblock %}
{% block content %}
<form method="post">{{ csrf_field() }}
{% set e = page.errors %}
{{ text_field('text', 'Text', '', e.get('text'), 'Hint') }}
{{ number_field('number', 'Number', 0, e.get('number'), 'Hint') }}
{{ text_area('area', 'Area', 'one\n  two', e.get('area'), 'Hint', maximum=90) }}
{{ radios_field('radio', 'Radio', [('a', 'A'), ('b', 'B', 'Hint')], 'b', e.get('radio'), 'Hint') }}
{{ checkboxes_field('check', 'Check', [('a', 'A'), ('b', 'B')], ['a'], e.get('check'), 'Hint') }}
{{ select_field('select', 'Select', [('a', 'A')], 'a', e.get('select'), 'Hint', empty='None') }}
{{ date_field('date', 'Date', none, e.get('date'), 'Hint') }}
{{ file_field('file', 'File', e.get('file'), 'Hint') }}
{{ password_field('secret', 'Secret', e.get('secret'), 'Hint') }}
{% call save_bar('Saved') %}{{ button('Save') }}{% endcall %}
</form>
{{ notice('Note') }}{{ warning('Careful') }}{{ inset('Aside') }}{{ empty('Nothing') }}
{{ tag('New', 'green') }}{{ grade_badge('B', 'Good') }}{{ facts([('<i>', '<b>')]) }}
{% call details('More') %}More{% endcall %}
{% call scroll('Wide') %}<table><tr><td>1</td></tr></table>{% endcall %}
{{ bars([('Fees', 64.5, '16/25')], 'Points', 'Points reached.') }}
{{ pager(page.paging) }}
{% endblock %}
"""
FIELDS = ("text", "number", "area", "radio", "check", "select", "date", "file", "secret")


class EveryPart(msgspec.Struct, frozen=True):
    errors: dict[str, str]
    paging: object


@contextmanager
def speaking(language: str) -> Iterator[None]:
    token = languages.current.set(language)
    try:
        yield
    finally:
        languages.current.reset(token)


@pytest.fixture
def environment(vendor: Path) -> Environment:
    return make_environment()


def page_in(language: str, environment: Environment, errors: dict[str, str]) -> str:
    with speaking(language):
        site = Site(
            name="recruitwatch",
            ministry="Ministry of Labour",
            language=language,
            direction=languages.direction(language),
            languages=languages.links("/audits"),
            demo=True,
            navigation=[Link("/a", "Agencies", True), Link("/b", "Audits", False)],
            agency_links=[],
            person=Person("Farida", "Dhaka", ["Inspector"]),
            csrf_token="token",
            address="/audits",
        )
        page = EveryPart(errors, paging("/audits", 2, 134))
        return environment.from_string(EVERY_PART).render(site=site, page=page)


@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_every_part_renders_well_formed_with_unique_ids(
    language: str, environment: Environment
) -> None:
    html = page_in(language, environment, dict.fromkeys(FIELDS, "Wrong"))
    html5lib.HTMLParser(strict=True).parse(html)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(set(ids)) == sorted(ids)
    assert html.count("<h1") == 1
    assert f'lang="{language}" dir="{languages.direction(language)}"' in html
    assert ("app.rtl." in html) is (languages.direction(language) == "rtl")


def test_each_error_is_said_at_its_field_and_linked_from_the_summary(
    environment: Environment,
) -> None:
    html = page_in("en", environment, {name: f"Wrong {name}" for name in FIELDS})
    assert "<title>Error: Every part" in html
    for name in FIELDS:
        assert f'<a href="#{name}">Wrong {name}</a>' in html
        assert re.search(rf'<(input|select|textarea)[^>]*\sid="{name}"', html)
        described = re.findall(r'aria-describedby="([^"]*)"', html)
        error = re.search(rf'<p id="({name}[a-z-]*-error)" class="govuk-error-message"', html)
        assert error is not None
        assert any(error[1] in ids.split() for ids in described)


def test_a_page_without_errors_says_so_nowhere(environment: Environment) -> None:
    html = page_in("en", environment, {})
    assert "<title>Every part" in html
    assert "error-summary" not in html
    assert "govuk-error-message" not in html


def test_what_people_typed_is_kept_and_harmless(environment: Environment) -> None:
    html = page_in("en", environment, {})
    assert ">one\n  two</textarea>" in html
    assert "&lt;i&gt;" in html
    assert "<bdi>&lt;b&gt;</bdi>" in html


def test_bars_start_at_the_reading_edge(environment: Environment) -> None:
    bar = re.compile(r'<rect class="rw-bars__bar" x="([\d.]+)%" [^>]*width="([\d.]+)%"')
    left_to_right = bar.search(page_in("en", environment, {}))
    right_to_left = bar.search(page_in("ar", environment, {}))
    assert left_to_right is not None
    assert right_to_left is not None
    assert left_to_right.groups() == ("0", "64.5")
    assert right_to_left.groups() == ("35.5", "64.5")


# --- translations ----------------------------------------------------------------------------

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
PUBLIC = "#: templates/public/start.html:3\n"
STAFF = "#: templates/audits/list.html:3\n"


def catalogues(root: Path, entries: str) -> Path:
    whole = PUBLIC + 'msgid "Back"\nmsgstr "Back there"\n'
    for language in ("bn", "ar"):
        folder = root / "src" / "recruitwatch" / "locale" / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        text = HEADER + (entries if language == "bn" else whole)
        (folder / "recruitwatch.po").write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("entries", "faults"),
    [
        (PUBLIC + 'msgid "Send"\nmsgstr ""\n', ["bn: no translation: 'Send'"]),
        (
            PUBLIC + '#, fuzzy\nmsgid "Send"\nmsgstr "পাঠান"\n',
            ["bn: the translation is marked fuzzy: 'Send'"],
        ),
        (
            PUBLIC + 'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "x"\nmsgstr[1] ""\n',
            ["bn: no translation: '%(n)s day'"],
        ),
        (
            "#. public: sent by SMS\n" + STAFF + 'msgid "Send"\nmsgstr ""\n',
            ["bn: no translation: 'Send'"],
        ),
        (STAFF + PUBLIC + 'msgid "Send"\nmsgstr ""\n', ["bn: no translation: 'Send'"]),
        (STAFF + 'msgid "Send"\nmsgstr ""\n', []),
        (PUBLIC + 'msgid "Send"\nmsgstr "পাঠান"\n', []),
    ],
)
def test_an_untranslated_public_sentence_is_named(
    tmp_path: Path, entries: str, faults: list[str]
) -> None:
    assert build.build_translations(catalogues(tmp_path, entries)) == faults


def test_a_placeholder_that_would_break_the_page_is_named(tmp_path: Path) -> None:
    entry = STAFF + '#, python-format\nmsgid "Page %(page)s"\nmsgstr "%(pagina)s"\n'
    (fault,) = build.build_translations(catalogues(tmp_path, entry))
    assert fault.startswith("bn: ")
    assert fault.endswith("'Page %(page)s'")


def test_a_declared_language_without_a_catalogue_is_named(tmp_path: Path) -> None:
    catalogues(tmp_path, PUBLIC + 'msgid "Send"\nmsgstr "পাঠান"\n')
    folder = tmp_path / "src" / "recruitwatch" / "locale" / "ar" / "LC_MESSAGES"
    (folder / "recruitwatch.po").unlink()
    assert build.build_translations(tmp_path) == ["ar: there is no catalogue recruitwatch.po"]


def test_compiled_catalogues_speak(tmp_path: Path) -> None:
    catalogues(tmp_path, PUBLIC + 'msgid "Send"\nmsgstr "পাঠান"\n')
    build.build_translations(tmp_path)
    folder = tmp_path / "src" / "recruitwatch" / "locale"
    assert languages.catalogue("bn", folder).gettext("Send") == "পাঠান"


def test_the_build_and_the_pages_declare_the_same_languages() -> None:
    assert set(build.DECLARED_LANGUAGES) == set(languages.LANGUAGES)
