"""Assembling a contract and turning it into paper: clauses, blanks, hash, words in each language."""

import hashlib
import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.contracts import ask, library, make_contract
from recruitwatch.contracts.pdf.html import html_of
from recruitwatch.contracts.rules.assembling import canonical, terms_hash
from recruitwatch.contracts.rules.papering import paper_of
from recruitwatch.contracts.values.paper import Paper, plain
from recruitwatch.contracts.values.terms import Terms, TermValue, WorkerIs


def paper(*, registered: bool = False, **asked: object) -> Paper:
    contract = make_contract(ask(**asked))  # type: ignore[arg-type]
    return paper_of(contract, library(), registered=registered)


def rows_of(sheet: Paper, clause: str) -> list[str]:
    return [
        plain(row.texts[0])
        for group in sheet.groups
        for one in group.clauses
        if one.id == clause
        for row in one.rows
    ]


def test_a_contract_has_every_mandatory_clause_in_order() -> None:
    contract = make_contract(ask())
    ids = [one.id for one in contract.terms.clauses]
    pack = library().pack("domestic-work", 1)
    assert ids == [one.id for one in pack.clauses if one.in_use]
    assert "CHANGEEMPLOYER" not in ids


def test_clauses_are_switched_on_and_left_out_as_asked() -> None:
    contract = make_contract(ask(without=("ASSOCIATION",), also=("CHANGEEMPLOYER",)))
    ids = [one.id for one in contract.terms.clauses]
    assert "ASSOCIATION" not in ids
    assert "CHANGEEMPLOYER" in ids


@pytest.mark.parametrize(
    ("values", "clause", "variant"),
    [
        ({}, "TRIAL", "no_trial"),
        ({"direct_hire": True}, "AGENCIES", "direct_hire"),
        ({"food_mode": "allowance"}, "FOOD", "allowance"),
        ({"sick_half_days": 15}, "SICKLEAVE", "full_and_half"),
    ],
)
def test_the_wording_follows_the_values(
    values: dict[str, TermValue], clause: str, variant: str
) -> None:
    contract = make_contract(ask(**values))
    assert {one.id: one.variant for one in contract.terms.clauses}[clause] == variant


def test_where_the_law_fixes_the_text_the_contract_says_so() -> None:
    for corridor, variant in (("BD-QA", "fixed_by_law"), ("BD-KW", "worker_favourable")):
        contract = make_contract(ask(corridor))
        assert {one.id: one.variant for one in contract.terms.clauses}["LANGUAGES"] == variant


def test_what_nobody_gave_is_a_line_to_fill_in() -> None:
    contract = make_contract(ask(employer_name="Chan Wing Yan"))
    assert "worker_name" in contract.blanks
    assert "employer_name" not in contract.blanks
    # Food is provided, so nobody has to fill in an allowance.
    assert "food_allowance" not in contract.blanks
    first = rows_of(paper(employer_name="Chan Wing Yan"), "PARTIES")
    assert first[1].startswith("The Employer is Chan Wing Yan, identity number …")


def test_values_are_written_with_their_units() -> None:
    sheet = paper(wage_amount=5200, trial_days=0)
    assert rows_of(sheet, "WAGE")[0] == "The basic wage is 5,200 Hong Kong dollars for each calendar month."  # fmt: skip
    assert "and not more than 48 hours a week" in rows_of(sheet, "HOURS")[0]
    assert "{{" not in html_of(sheet)


def test_a_value_that_looks_like_a_slot_or_a_tag_stays_text() -> None:
    sheet = paper(employer_name="{{ wage_amount }} <b>x</b>")
    assert "The Employer is {{ wage_amount }} <b>x</b>," in rows_of(sheet, "PARTIES")[1]
    assert "<b>x</b>" not in html_of(sheet)
    assert "&lt;b&gt;x&lt;/b&gt;" in html_of(sheet)


def test_the_hash_is_that_of_canonical_json() -> None:
    terms = make_contract(ask(worker_name="Zoë")).terms
    raw = canonical(terms)
    assert hashlib.sha256(raw).hexdigest() == terms_hash(terms)
    assert terms.values["terms_hash_short"] == terms_hash(terms)[:16]
    said = json.loads(raw)
    assert raw == json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()  # fmt: skip
    assert "terms_hash_short" not in said["values"]
    assert msgspec.json.decode(msgspec.json.encode(terms), type=Terms) == terms


@settings(deadline=None)
@given(st.integers(1, 10_000_000), st.integers(1, 10_000_000))
def test_another_wage_has_another_hash(one: int, other: int) -> None:
    terms = make_contract(ask()).terms

    def hashed(wage: int) -> str:
        return terms_hash(
            msgspec.structs.replace(terms, values={**terms.values, "wage_amount": wage})
        )

    assert (hashed(one) == hashed(other)) is (one == other)


def test_the_same_words_typed_in_two_ways_are_the_same_terms() -> None:
    composed = make_contract(ask(worker_name="Zo\u00eb  Cruz")).terms
    apart = make_contract(ask(worker_name="Zoe\u0308 Cruz")).terms
    assert terms_hash(composed) == terms_hash(apart)


def test_the_first_page_tells_the_main_points() -> None:
    facts = {one.name: plain(one.texts[0]) for one in paper(rest_day_name="sunday").key_facts}
    assert facts["rest_day_name"] == "Sunday"
    assert facts["wage_amount"] == "5,100 Hong Kong dollars"
    assert facts["documents_held_by_worker"] == "yes"


def test_the_paper_of_a_corridor_has_its_boxes() -> None:
    bangladesh = {one.name for one in paper(corridor="BD-SA", on="2026-03-01").attestations}
    moldova = {one.name for one in paper(corridor="MD-IT", pack="caregiver", on="2026-03-01").attestations}  # fmt: skip
    assert {"origin_bureau", "labour_wing"} <= bangladesh
    assert not {"origin_bureau", "labour_wing"} & moldova


def test_who_signs_depends_on_who_took_part() -> None:
    with_agencies = [one.name for one in paper().signatures]
    direct = [one.name for one in paper(direct_hire=True).signatures]
    assert with_agencies == ["worker", "witness", "reader", "employer", "origin_agency", "dest_agency"]  # fmt: skip
    assert direct == ["worker", "witness", "reader", "employer"]
    worker = paper().signatures[0]
    assert worker.thumbprint is not None


def test_the_paper_says_what_it_is_not() -> None:
    def notices(sheet: Paper) -> str:
        return " ".join(plain(one[0]) for one in sheet.notices)

    assert "not valid until registered" in notices(paper())
    assert "not valid until registered" not in notices(paper(registered=True))
    assert "only the official form counts" in notices(paper())
    assert "only the official form counts" not in notices(paper(corridor="PH-QA"))
    assert "No lawyer who grew up with this language has read it" in notices(paper())


def test_numbers_of_clauses_and_rows_run_on() -> None:
    sheet = paper()
    clauses = [one for group in sheet.groups for one in group.clauses]
    assert [one.number for one in clauses] == [str(n) for n in range(1, len(clauses) + 1)]
    for clause in clauses:
        assert [row.number for row in clause.rows] == [f"{clause.number}.{n}" for n in range(1, len(clause.rows) + 1)]  # fmt: skip


def test_a_man_is_not_written_about_as_a_woman() -> None:
    for worker in WorkerIs:
        assert rows_of(paper(worker_is=worker), "WAGE")


def test_farm_work_has_no_live_in_clauses_and_a_guarantee() -> None:
    sheet = paper(corridor="MX-CA-SAWP", pack="farm-work", on="2026-02-20", guarantee_kind="hours")
    said = html_of(sheet)
    assert "at least <bdi>240 hours</bdi> in every <bdi>6 weeks</bdi>" in said
    assert "home of the Employer" not in said
