"""Forms of scorecards: fixtures of the method, and the steps from draft to recall."""

from recruitwatch.scorecards.forms.fixtures import (
    FixtureError,
    card_as_fixture_output,
    parse_fixture,
    score_file,
)

__all__ = ["FixtureError", "card_as_fixture_output", "parse_fixture", "score_file"]
