"""History in words: a sentence for each action, old beside new, and never a secret."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitwatch.history.values import Action
from recruitwatch.oversight.rules import changes, ids_in, is_secret, without_secrets
from recruitwatch.oversight.values import ACTION_NAMES, KIND_NAMES, SENTENCES, Change

ONE = "5d2f6d0e-5a45-4f55-9d1b-0f4a3c8c1b11"
TWO = "0b1e7f56-9c3e-4f6d-8f57-7a1c2f7f4d22"


@pytest.mark.parametrize("action", Action)
def test_every_action_has_a_sentence_of_its_own(action: Action) -> None:
    assert SENTENCES[action].startswith("%(who)s ")
    assert SENTENCES[action].endswith(".")
    assert list(SENTENCES.values()).count(SENTENCES[action]) == 1
    assert list(ACTION_NAMES.values()).count(ACTION_NAMES[action]) == 1


def test_every_kind_of_subject_has_a_name() -> None:
    source = Path(__file__).parents[3] / "src" / "recruitwatch"
    written = "".join(file.read_text(encoding="utf-8") for file in source.rglob("*.py"))
    recorded = set(re.findall(r'subject ?= ?\("(\w+)"', written))
    assert {"person", "vocabulary"} <= recorded
    assert recorded <= set(KIND_NAMES)


def change(field: str, old: object, new: object, *, has_old: bool = True) -> Change:
    return Change(field=field, old=old, new=new, has_old=has_old)


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        ({}, ()),
        ({"old": {"a": 1, "b": 2}, "new": {"a": 1, "b": 3}}, (change("b", 2, 3),)),
        ({"old": {"a": 1}, "new": {}}, (change("a", 1, None),)),
        ({"old": {"state": "draft"}}, (change("state", "draft", None),)),
        ({"new": {"name": "x"}}, (change("name", None, "x", has_old=False),)),
        ({"old": "40", "new": "45"}, (change("value", "40", "45"),)),
        ({"old": None, "new": {"amount_minor": 5}}, (change("amount_minor", None, 5),)),
        (
            {"changes": {"name": {"old": "x", "new": "y"}}, "version": 2},
            (change("name", "x", "y"), change("version", None, 2, has_old=False)),
        ),
        ({"reason": "late"}, (change("reason", None, "late", has_old=False),)),
    ],
)
def test_old_and_new_of_an_entry(details: dict[str, object], expected: tuple[Change, ...]) -> None:
    assert changes(details) == expected


@pytest.mark.parametrize(
    "details",
    [
        {"password": "hush"},
        {"new": {"totp_sealed": "hush"}},
        {"old": {"first_password": "hush"}, "new": {"first_password": "hush2"}},
        {"changes": {"secret": {"old": "hush", "new": "hush2"}}},
        {"changes": {"person": {"old": {"token": "hush"}, "new": {}}}},
        {"new": {"people": [{"name": "x", "password_hash": "hush"}]}},
    ],
)
def test_a_secret_that_got_in_is_not_shown(details: dict[str, object]) -> None:
    assert "hush" not in str(changes(details))


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["a", "old", "new", "changes", "password"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["a", "old", "new", "changes", "secret"]), json, max_size=4))
def test_any_details_can_be_read(details: dict[str, object]) -> None:
    for one in changes(details):
        assert not is_secret(one.field)


@given(json)
def test_taking_secrets_out_leaves_the_rest(value: object) -> None:
    assert "'password'" not in str(without_secrets(value))
    if "'password'" not in str(value):
        assert without_secrets(value) == value


def test_identifiers_are_found_however_deep() -> None:
    value = {"a": ONE, "b": [{"c": TWO}, "no"], "d": "x" * 36}
    assert [str(found) for found in ids_in(value)] == [ONE, TWO]
