"""Which language a request gets, and how addresses carry it."""

import pytest

from recruitwatch.web import languages


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("bn", "bn"),
        ("bn-BD,bn;q=0.9,en;q=0.5", "bn"),
        ("fr-FR,ar;q=0.8,en;q=0.7", "ar"),
        ("fr,de", "en"),
        ("en;q=0.3,ar;q=0.9", "ar"),
        ("ar;q=zero,bn;q=0.5", "bn"),
        ("*", "en"),
        (",,,;q=1", "en"),
    ],
)
def test_the_browser_gets_the_declared_language_it_likes_best(header: str, language: str) -> None:
    assert languages.wanted(header) == language


@pytest.mark.parametrize(
    ("path", "language", "rest"),
    [
        ("/bn/agencies", "bn", "/agencies"),
        ("/ar", "ar", "/"),
        ("/ar/", "ar", "/"),
        ("/agencies", None, "/agencies"),
        ("/bnx/agencies", None, "/bnx/agencies"),
        ("/", None, "/"),
    ],
)
def test_the_first_part_of_a_path_may_name_the_language(
    path: str, language: str | None, rest: str
) -> None:
    assert languages.split_path(path) == (language, rest)


def test_arabic_reads_from_right_to_left() -> None:
    assert [languages.direction(code) for code in languages.LANGUAGES] == ["ltr", "ltr", "rtl"]
