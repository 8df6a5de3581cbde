"""Numbers that prove themselves, initials, and registered terms that become the same contract again."""

import html
import re
from datetime import UTC, datetime

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from factories.contracts import choice_of, library, make_contract
from factories.registered_contracts import example
from recruitwatch.contracts.pdf.html import html_of
from recruitwatch.contracts.rules.assembling import canonical, terms_hash
from recruitwatch.contracts.rules.papering import paper_of
from recruitwatch.contracts.rules.registering import (
    LETTERS,
    RANDOM_LETTERS,
    asked_again,
    check_address,
    contract_of,
    initials_of,
    number_of,
    numbered,
    read_number,
    state_of,
)
from recruitwatch.contracts.values.paper import plain
from recruitwatch.contracts.values.registered import ContractState

PICKS = st.lists(st.integers(0, 30), min_size=RANDOM_LETTERS, max_size=RANDOM_LETTERS)
NUMBERS = st.builds(number_of, st.integers(2000, 2199), PICKS)


@given(NUMBERS)
def test_a_number_is_read_as_people_write_it(number: str) -> None:
    assert read_number(number) == number
    assert read_number(number.lower().replace("-", " ")) == number
    assert read_number(f" {number.replace('-', '')} ") == number


@given(NUMBERS, st.integers(0, 14), st.sampled_from(LETTERS + "01"))
def test_one_wrong_letter_shows(number: str, at: int, letter: str) -> None:
    plain_number = number.replace("-", "")
    wrong = plain_number[:at] + letter + plain_number[at + 1 :]
    assert read_number(wrong) == (number if wrong == plain_number else None)


@given(NUMBERS, st.integers(0, 13))
def test_two_letters_that_changed_places_show(number: str, at: int) -> None:
    letters = list(number.replace("-", ""))
    letters[at], letters[at + 1] = letters[at + 1], letters[at]
    wrong = "".join(letters)
    assert read_number(wrong) == (number if wrong == number.replace("-", "") else None)


@pytest.mark.parametrize("text", ["", "2026", "x" * 200, "2026-AAAAA-AAAAA-", "٢٠٢٦-AAAAA-AAAAA-A"])
def test_anything_else_is_no_number(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Liza Dimaculangan", "L. D."),
        ("  maria  de la Cruz Santos ", "M. D. L. C."),
        ("রহিমা খাতুন", "র. খা."),
        ("فاطمة علي", "ف. ع."),
        ("7 (Ana)", "A."),
        ("", ""),
    ],
)
def test_initials_are_the_first_letters(name: str, initials: str) -> None:
    assert initials_of(name) == initials


def test_registered_terms_are_the_same_contract_again() -> None:
    made = make_contract(numbered(example(), "2026-22222-22222-2", 1))
    again = contract_of(made.terms, library(), "https://check.example/x")
    assert terms_hash(again.terms) == terms_hash(made.terms)
    assert canonical(again.terms) == canonical(made.terms)
    paper = paper_of(again, library(), registered=True)
    assert paper.foot.number == "2026-22222-22222-2"
    words = "".join(plain(row.texts[0]) for g in paper.groups for c in g.clauses for row in c.rows)
    assert "https://check.example/x" in words


def test_terms_that_are_asked_for_again_make_the_same_terms() -> None:
    made = make_contract(numbered(example(), "2026-22222-22222-2", 1))
    pack = library().pack("domestic-work", 1)
    settable = frozenset(pack.parameters) - {"terms_hash_short", "verify_url"}
    settable -= {"origin_country", "destination_country", "worker_language", "official_language"}
    standard = frozenset(one.id for one in pack.clauses if one.in_use)
    again = make_contract(asked_again(made.terms, settable, standard))
    assert terms_hash(again.terms) == terms_hash(made.terms)
    assert choice_of(again, "wage_amount").value == 5200


@pytest.mark.parametrize(("paid", "asked"), [(None, None), (0, None), (3000, 3000)])
def test_a_0_that_may_be_the_model_s_is_asked_again(paid: int | None, asked: int | None) -> None:
    made = make_contract(example(declared_worker_payment=paid))
    again = asked_again(made.terms, frozenset(made.terms.values), frozenset())
    assert again.values.get("declared_worker_payment") == asked
    assert again.values["sick_half_days"] == 0


def test_the_number_and_the_version_are_part_of_what_is_hashed() -> None:
    hashes = {
        terms_hash(make_contract(numbered(example(), number, version)).terms)
        for number, version in (("2026-A", 1), ("2026-A", 2), ("2026-B", 1))
    }
    assert len(hashes) == 3


def test_a_code_leads_to_one_version() -> None:
    address = check_address("https://m.example", "2026-22222-22222-2", "ab" * 32)
    assert address == "https://m.example/contracts/verify/2026-22222-22222-2?h=abababababababab"


@pytest.mark.parametrize(
    ("version", "newest", "cancelled", "state"),
    [
        (1, 1, False, ContractState.VALID),
        (2, 2, False, ContractState.VALID),
        (1, 2, False, ContractState.REPLACED),
        (2, 3, False, ContractState.REPLACED),
        (1, 1, True, ContractState.CANCELLED),
        (1, 2, True, ContractState.CANCELLED),
        (2, 2, True, ContractState.CANCELLED),
    ],
)
def test_only_the_newest_version_of_a_contract_that_goes_on_holds(
    version: int, newest: int, cancelled: bool, state: ContractState
) -> None:
    ended = datetime(2026, 11, 25, tzinfo=UTC) if cancelled else None
    assert state_of(version, newest=newest, cancelled_at=ended) is state


def test_the_html_of_a_registered_contract_ends_with_where_to_check_it() -> None:
    made = make_contract(numbered(example(), "2026-22222-22222-2", 1))
    code = terms_hash(made.terms)[:16]
    address = f"https://m.example/contracts/verify/2026-22222-22222-2?h={code}&x=<1>"
    paper = paper_of(contract_of(made.terms, library(), address), library(), registered=True)
    foot = html_of(paper).partition('<footer class="foot">')[2]
    shown = html.escape(address)
    assert f'<a href="{shown}"><bdi dir="ltr">{shown}</bdi></a>' in foot
    for mark in ("2026-22222-22222-2", "Version 1", "domestic-work/1", code):
        assert f"<bdi>{mark}</bdi>" in foot
    assert "Scan this code or open the address" in foot
    assert read_code(foot) == rows_of(address)
    draft = html_of(paper_of(made, library()))
    assert 'class="code"' not in draft
    assert "<a " not in draft


def read_code(page: str) -> list[str]:
    """The modules of a QR code, row by row, from the drawing in a page."""
    side = int(re.findall(r'viewBox="-4 -4 (\d+) \1"', page)[0]) - 8
    rows = [["."] * side for _ in range(side)]
    for x, y, wide in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", page):
        rows[int(y)][int(x) : int(x) + int(wide)] = "#" * int(wide)
    return ["".join(row) for row in rows]


def rows_of(address: str) -> list[str]:
    matrix = segno.make(address, micro=False, error="m").matrix
    return ["".join("#" if dark else "." for dark in row) for row in matrix]
