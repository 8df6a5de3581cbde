"""Where templates, migrations and checklists are: the wheel's copy, or the repository's folders."""

from pathlib import Path

PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """The folder `templates`, `migrations` or `checklists`; raises FileNotFoundError if neither is there."""
    for candidate in (PACKAGE / "_bundled" / name, PACKAGE.parent.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"The folder {name!r} is missing from this installation.")
