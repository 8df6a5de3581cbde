"""The audit pages one by one: mistakes, folded questions, interviews, lists, counts of statements."""

import re

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from conftest import SignIn
from factories.accounts import store_person
from factories.agencies import store_agency
from factories.audits import FACTS, make_answer, store_audit, store_interview, store_submission
from factories.checklists import store_library
from recruitwatch.accounts.values import Role
from recruitwatch.audits import queries as audits
from recruitwatch.audits.values import AuditFilter
from recruitwatch.checklists.values import Word


async def test_a_start_form_names_every_mistake_and_keeps_what_was_typed(
    session: AsyncSession, sign_in: SignIn
) -> None:
    await store_library(session)
    agency_id = await store_agency(session)
    browser = await sign_in(Role.INSPECTOR)
    page = await browser.get(f"/audits/new?agency={agency_id}")
    form = {
        **page.form("/audits/new"),
        "notice": "unannounced",
        "visited_on-day": "31",
        "visited_on-month": "6",
        "lists": ["covenant"],
    }
    page = await browser.post("/audits/new", form, status=422)
    errors = page.errors()
    assert "Say why the visit is not announced" in errors["unannounced_reason"]
    assert "real date" in errors["visited_on"]
    assert "fact-places_women" in errors
    assert "fact-has_branch_offices" not in errors  # only the other list needs it
    again = page.form("/audits/new")
    assert (again["id"], again["visited_on-day"]) == (form["id"], "31")
    assert (again["notice"], again["lists"]) == ("unannounced", "covenant")
    assert await audits.count_audits(session, AuditFilter()) == 0


async def test_without_an_agency_the_way_leads_to_the_register(sign_in: SignIn) -> None:
    browser = await sign_in(Role.INSPECTOR)
    page = await browser.get("/audits/new")
    assert page.links()["Go to the register"] == "/en/register"


async def test_mistakes_on_a_section_keep_everything_typed_and_save_nothing(
    session: AsyncSession, sign_in: SignIn
) -> None:
    browser = await sign_in(Role.INSPECTOR)
    audit_id = await store_audit(session, browser.actor)
    address = f"/audits/{audit_id}/lists/covenant/LAW"
    form = (await browser.get(address)).form(address)
    form |= {
        "COV-LAW-01": "yes", "COV-LAW-01-evidence": "E1", "COV-LAW-01-note": "A good policy",
        "COV-LAW-02": "na", "COV-LAW-03": "5",
    }  # fmt: skip
    page = await browser.post(address, form, status=422)
    assert page.errors() == {
        "COV-LAW-02-reason": "COV-LAW-02: Say why the question does not apply.",
        "COV-LAW-03-checked": "COV-LAW-03: Give both numbers: in order, and checked.",
    }
    kept = page.form(address)
    for name in ("COV-LAW-01", "COV-LAW-01-evidence", "COV-LAW-02", "COV-LAW-03"):
        assert kept[name] == form[name]
    assert kept["COV-LAW-01-note"].strip() == "A good policy"
    assert await audits.list_answers(session, audit_id) == []
    page = await browser.follow(
        await browser.post(
            address,
            {**form, "COV-LAW-02-reason": "One-person firm", "COV-LAW-03-checked": "8"},
        )
    )
    assert "3 of 7 answered" in page.text


async def test_save_and_next_leads_through_all_sections(
    session: AsyncSession, sign_in: SignIn
) -> None:
    browser = await sign_in(Role.INSPECTOR)
    audit_id = await store_audit(session, browser.actor, lists=("destination",))
    page, seen = await browser.get(f"/audits/{audit_id}/lists/destination/FPA"), []
    while "section" in page.text and "Save and" in page.text:
        address = page.response.url.path.removeprefix("/en")
        seen.append(address.rsplit("/", 1)[1])
        form = {**page.form(address), "then": "next"}
        page = await browser.follow(await browser.post(address, form))
    assert seen == ["FPA", "EMP", "CON", "LIV", "END"]
    assert "That was the last section" in page.text


async def test_questions_that_the_facts_leave_out_are_folded_and_take_no_answer(
    session: AsyncSession, sign_in: SignIn
) -> None:
    browser = await sign_in(Role.INSPECTOR)
    audit_id = await store_audit(session, browser.actor, facts={**FACTS, "places_women": False})
    address = f"/audits/{audit_id}/lists/covenant/EQW"
    page = await browser.get(address)
    assert "not apply here" in page.text
    folded = "COV-EQW-04"
    assert folded in page.text
    assert f"{folded}-here" not in page.form(address)
    forged = {f"{folded}-here": "yes", folded: "no"}
    await browser.post(address, {**page.form(address), **forged})
    assert await audits.list_answers(session, audit_id) == []


async def test_the_source_of_the_questions_is_said_on_every_page_of_them(
    session: AsyncSession, sign_in: SignIn
) -> None:
    browser = await sign_in(Role.INSPECTOR)
    audit_id = await store_audit(session, browser.actor, lists=("covenant", "sop", "returnee"))
    await store_interview(session, browser.actor, audit_id, 1)
    for end, words in (
        ("lists/covenant/LAW", "could not be obtained"),
        ("lists/sop/LIC", "could not be obtained"),
        ("interviews/returnee/1", "quote no official interview form"),
    ):
        assert words in (await browser.get(f"/audits/{audit_id}/{end}")).text


async def test_a_worker_is_a_number_and_no_page_asks_for_more(
    session: AsyncSession, sign_in: SignIn
) -> None:
    browser = await sign_in(Role.INSPECTOR)
    audit_id = await store_audit(session, browser.actor, lists=("predeparture", "returnee"))
    page = await browser.get(f"/audits/{audit_id}/interviews")
    assert not {"name", "phone", "contact"} & set(page.form("/interviews"))
    missing = {**page.form("/interviews"), "held_on-year": "2027"}
    page = await browser.post(f"/audits/{audit_id}/interviews", missing, status=422)
    assert set(page.errors()) == {"list", "held_on"}
    form = {**page.form("/interviews"), "list": "predeparture", "held_on-year": "2026"}
    sent = await browser.post(f"/audits/{audit_id}/interviews", form)
    await browser.post(f"/audits/{audit_id}/interviews", form, status=409)
    page = await browser.follow(sent)
    here = page.response.url.path.removeprefix("/en")
    assert "PDI-FEE-01" not in page.html
    page = await browser.post(here, page.form(here), status=422)
    assert "Ask for consent first" in page.errors()["PDI-CNS-01"]
    agreed = {**page.form(here), "PDI-CNS-01": "yes", "fact-worker_is_woman": "no"}
    page = await browser.follow(await browser.post(here, {**agreed, "then": "stay"}))
    assert "PDI-FEE-01-here" in page.form(here)
    await browser.follow(await browser.post(f"{here}/remove"))
    await browser.get(here, status=404)


async def test_others_read_and_do_not_write(session: AsyncSession, sign_in: SignIn) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    audit_id = await store_audit(
        session, inspector, lists=("covenant", "returnee"),
        answers=[make_answer("COV-LAW-01", Word.NO, note="Read me")],
    )  # fmt: skip
    await store_interview(
        session, inspector, audit_id, 1, make_answer("RTI-CNS-01", interview_no=1)
    )
    other = await sign_in(Role.INSPECTOR)
    page = await other.get(f"/audits/{audit_id}/lists/covenant/LAW")
    assert "Read me" in page.text
    assert "Save" not in page.text
    for end in ("lists/covenant/LAW", "interviews/returnee/1", "visit", "abandon", "submit"):
        page = await other.post(
            f"/audits/{audit_id}/{end}", {}, status=403 if end != "submit" else 409
        )
    await other.get(f"/audits/{audit_id}/submit", status=403)
    await other.get(f"/audits/{audit_id}/interviews/returnee/1")


async def test_what_is_wrong_blocks_and_what_is_missing_is_named(
    session: AsyncSession, sign_in: SignIn
) -> None:
    browser = await sign_in(Role.INSPECTOR)
    wrong = make_answer("COV-LAW-02", Word.NA, evidence=None)
    audit_id = await store_audit(session, browser.actor, answers=[wrong, make_answer("COV-LAW-01")])
    page = await browser.get(f"/audits/{audit_id}/submit")
    assert "Put this right first" in page.text
    assert "Say why the question does not apply." in page.text
    with pytest.raises(AssertionError, match="no form"):
        page.form("/submit")
    assert "COV-FEE-01" in page.text


async def test_a_closed_audit_is_refused_in_words(session: AsyncSession, sign_in: SignIn) -> None:
    browser = await sign_in(Role.INSPECTOR)
    audit_id = await store_audit(session, browser.actor)
    await store_submission(session, browser.actor, audit_id)
    address = f"/audits/{audit_id}/lists/covenant/LAW"
    page = await browser.post(address, {}, status=409)
    assert "This audit was handed in." in page.text
    assert "Waiting for review" in (await browser.get(f"/audits/{audit_id}")).text


async def test_an_audit_can_be_put_right_and_given_up(
    session: AsyncSession, sign_in: SignIn
) -> None:
    browser = await sign_in(Role.INSPECTOR)
    audit_id = await store_audit(session, browser.actor)
    form = (await browser.get(f"/audits/{audit_id}/visit")).form("/visit")
    page = await browser.post(
        f"/audits/{audit_id}/visit", {**form, "visited_on-year": "2001"}, status=422
    )
    assert "too far away" in page.errors()["visited_on"]
    page = await browser.follow(
        await browser.post(f"/audits/{audit_id}/visit", {**form, "visited_on-day": "21"})
    )
    assert "21 June 2026" in page.text
    await browser.post(f"/audits/{audit_id}/abandon")
    assert "Abandoned" in (await browser.get(f"/audits/{audit_id}")).text


async def test_an_inspector_sees_their_own_audits_first(
    session: AsyncSession, sign_in: SignIn
) -> None:
    other = await store_person(session, Role.INSPECTOR)
    browser = await sign_in(Role.INSPECTOR)
    agency_id = await store_agency(session, legal_name="Meghna Recruiting")
    await store_audit(session, browser.actor, agency_id=agency_id)
    theirs = await store_agency(session, legal_name="Jamuna Manpower")
    await store_audit(session, other, agency_id=theirs)
    page = await browser.get("/audits")
    assert ("Meghna" in page.text, "Jamuna" in page.text) == (True, False)
    page = await browser.get("/audits?of=all&stands=draft")
    assert ("Meghna" in page.text, "Jamuna" in page.text) == (True, True)
    page = await browser.get(f"/audits?agency={theirs}")
    assert ("Meghna" in page.text, "Jamuna" in page.text) == (False, True)
    page = await browser.get("/audits?stands=nonsense&page=99999")
    assert "No audits here" in page.text


async def test_pages_need_few_statements_however_much_they_show(
    session: AsyncSession, sign_in: SignIn, queries
) -> None:  # type: ignore[no-untyped-def]
    browser = await sign_in(Role.INSPECTOR, Role.REVIEWER)
    inspector = await store_person(session, Role.INSPECTOR)
    lists = ("covenant", "sop", "predeparture", "returnee")
    audit_id = await store_audit(session, browser.actor, lists=lists)
    for number in range(1, 9):
        await store_interview(
            session, browser.actor, audit_id, number,
            make_answer("RTI-CNS-01", interview_no=number),
        )  # fmt: skip
    for _ in range(8):
        receipt = await store_submission(session, inspector, await store_audit(session, inspector))
    # Each page also reads who is signed in, and each list its version.
    for address, most in (
        ("/audits?of=all", 3),
        ("/reviews", 3),
        (f"/audits/{audit_id}", 11),
        (f"/audits/{audit_id}/lists/covenant/LAW", 5),
        (f"/audits/{audit_id}/interviews", 8),
        (f"/audits/{audit_id}/interviews/returnee/3", 6),
        (f"/audits/{audit_id}/submit", 9),
        (f"/reviews/{receipt.submission_id}", 8),
    ):
        await browser.get(address)
        with queries(at_most=most):
            await browser.get(address)


READ = {Role.INSPECTOR, Role.REVIEWER, Role.REGULATOR, Role.OVERSIGHT}
WRITE, REVIEW = {Role.INSPECTOR}, {Role.REVIEWER}


@pytest.mark.parametrize("role", list(Role))
async def test_who_may_do_what(session: AsyncSession, sign_in: SignIn, role: Role) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    audit_id = await store_audit(session, inspector, lists=("covenant", "returnee"))
    await store_interview(session, inspector, audit_id, 1)
    draft = await store_audit(session, inspector)
    receipt = await store_submission(session, inspector, audit_id)
    browser = await sign_in(role)
    reads = [
        "",
        "/lists/covenant/LAW",
        "/interviews",
        "/interviews/returnee/1",
        f"/receipts/{receipt.submission_id}",
    ]
    for end in reads:
        await browser.get(f"/audits/{audit_id}{end}", status=200 if role in READ else 403)
    await browser.get("/audits", status=200 if role in READ else 403)
    await browser.get("/audits/new", status=200 if role in WRITE else 403)
    await browser.post("/audits/new", {}, status=422 if role in WRITE else 403)
    for end in ("/lists/covenant/LAW", "/visit", "/abandon", "/submit"):
        # Another person's draft: refused to inspectors too, whatever was typed.
        expected = 409 if end == "/submit" and role in WRITE else 403
        await browser.post(f"/audits/{draft}{end}", {}, status=expected)
    review = f"/reviews/{receipt.submission_id}"
    await browser.get("/reviews", status=200 if role in REVIEW else 403)
    await browser.get(review, status=200 if role in READ else 403)
    await browser.post(f"{review}/return", {}, status=422 if role in REVIEW else 403)
    await browser.post(f"{review}/approve", {}, status=303 if role in REVIEW else 403)


@pytest.mark.parametrize(
    ("language", "letters"), [("bn", "[\u0980-\u09ff]"), ("ar", "[\u0600-\u06ff]")]
)
async def test_every_page_stands_in_every_language(
    session: AsyncSession, sign_in: SignIn, language: str, letters: str
) -> None:
    browser = await sign_in(Role.INSPECTOR)
    audit_id = await store_audit(session, browser.actor, lists=("covenant", "returnee"))
    await store_interview(
        session, browser.actor, audit_id, 1, make_answer("RTI-CNS-01", interview_no=1)
    )
    for end in (
        "",
        "/lists/covenant/LAW",
        "/interviews",
        "/interviews/returnee/1",
        "/submit",
        "/visit",
    ):
        page = await browser.get(f"/audits/{audit_id}{end}", language=language)
        main = page.html.partition("<main")[2].partition("</main>")[0]
        assert len(re.findall(letters, main)) > 50, end


async def test_unknown_places_are_not_found(session: AsyncSession, sign_in: SignIn) -> None:
    browser = await sign_in(Role.INSPECTOR)
    audit_id = await store_audit(session, browser.actor)
    for end in (
        "/lists/covenant/XXX", "/lists/sop/LIC", "/interviews/returnee/1",
        "/receipts/00000000-0000-0000-0000-000000000000",
    ):  # fmt: skip
        await browser.get(f"/audits/{audit_id}{end}", status=404)
    await browser.get("/audits/00000000-0000-0000-0000-000000000000", status=404)
