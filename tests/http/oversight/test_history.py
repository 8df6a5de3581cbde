"""History as oversight reads it: in words, filtered, by subject, and without secrets."""

from datetime import datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser, Page, text_of
from conftest import SignIn
from factories.accounts import store_office, store_person
from factories.audits import NOW, make_answer, store_audit
from recruitwatch.accounts.actions.people import change_person, rename_office, reset_password
from recruitwatch.accounts.values import PersonChange, Role
from recruitwatch.actor import Actor
from recruitwatch.audits.actions.drafting import save_answers
from recruitwatch.audits.values import Changes
from recruitwatch.checklists.values import Word
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action


def lines(page: Page) -> list[str]:
    """Every entry of the page as text, without the marks around names."""
    events = next(ol for ol in page.all("ol") if ol.get("class") == "rw-events")
    return [text_of(li).replace("\u2068", "").replace("\u2069", "") for li in events]


def values(page: Page) -> list[list[str]]:
    """The cells of all tables of values, row by row."""
    return [[text_of(cell) for cell in row] for row in page.all("tr")]


@pytest.fixture
async def oversight(sign_in: SignIn) -> Browser:
    return await sign_in(Role.OVERSIGHT)


@pytest.fixture
async def admin(session: AsyncSession) -> Actor:
    return await store_person(session, Role.ADMINISTRATOR)


async def test_a_change_of_a_person_is_told_with_names_and_both_values(
    oversight: Browser, session: AsyncSession, admin: Actor, now: datetime
) -> None:
    person = await store_person(session, Role.INSPECTOR)
    office = await store_office(session, "Sylhet")
    change = PersonChange(
        full_name="Amina Khatun", office_id=office,
        roles=frozenset({Role.REVIEWER, Role.REGULATOR}), version=1,
    )  # fmt: skip
    await change_person(session, admin, now, person_id=person.id, change=change)
    await session.commit()
    page = await oversight.get("/history")
    assert lines(page)[0].startswith(f"30 June 2026 09:00 UTC {admin.name} changed a person.")
    assert "Person: Amina Khatun" in lines(page)[0]
    rows = values(page)
    assert ["Roles"] in rows
    assert ["Inspector", "Regulator and Reviewer"] in rows
    assert [person.name, "Amina Khatun"] in rows
    assert any(row[-1] == "Sylhet" for row in rows)
    assert str(office) not in page.html


async def test_newest_first_and_filters_narrow(
    oversight: Browser, session: AsyncSession, admin: Actor, now: datetime
) -> None:
    office = await store_office(session, "Dhaka")
    person = await store_person(session, Role.INSPECTOR)
    await rename_office(session, admin, now, office_id=office, name="Dhaka North")
    await reset_password(session, admin, now, person_id=person.id)
    await record(session, person, Action.SIGNED_OUT, subject=("person", person.id), now=now)
    await session.commit()
    said = lines(await oversight.get("/history"))
    assert ["signed out" in said[0], "reset a password" in said[1], "office" in said[2]] == [
        True
    ] * 3

    for query, expected in (
        ({"action": "office_changed"}, ["changed an office"]),
        ({"kind": "person"}, ["signed out", "reset a password"]),
        ({"person": str(admin.id)}, ["reset a password", "changed an office"]),
        ({"person": str(admin.id), "kind": "office"}, ["changed an office"]),
    ):
        page = await oversight.get("/history", params=query)
        assert [words in line for words, line in zip(expected, lines(page), strict=True)]
        chosen = {s.get("name"): o.get("value") for s in page.all("select") for o in s.iter()
                  if o.get("selected") is not None}  # fmt: skip
        assert query.items() <= chosen.items()


async def test_a_filter_that_fits_nothing_says_so(oversight: Browser) -> None:
    page = await oversight.get("/history", params={"action": "demo_made"})
    assert "No entry fits" in page.text


async def test_nonsense_in_a_filter_counts_as_all(
    oversight: Browser, session: AsyncSession, admin: Actor, now: datetime
) -> None:
    await record(session, admin, Action.SIGNED_OUT, subject=("person", admin.id), now=now)
    await session.commit()
    page = await oversight.get("/history", params={"action": "x", "person": "y", "kind": "z"})
    assert len(lines(page)) == 1


async def test_the_history_of_one_subject(
    oversight: Browser, session: AsyncSession, admin: Actor, now: datetime
) -> None:
    one, two = await store_office(session, "Dhaka"), await store_office(session, "Sylhet")
    await rename_office(session, admin, now, office_id=one, name="Dhaka North")
    await rename_office(session, admin, now, office_id=two, name="Sylhet South")
    await session.commit()
    listed = await oversight.get("/history")
    page = await oversight.get(listed.links()["Dhaka North"])
    assert page.heading == "Dhaka North"
    assert len(lines(page)) == 1
    assert ["Dhaka", "Dhaka North"] in values(page)
    assert "Sylhet" not in page.text


@pytest.mark.parametrize(
    "path", ["/history/office/nothing", "/history/person/00000000-0000-4000-8000-000000000000"]
)
async def test_a_subject_without_history_is_not_found(oversight: Browser, path: str) -> None:
    await oversight.get(path, status=404)


async def test_every_action_can_be_shown(
    oversight: Browser, session: AsyncSession, admin: Actor, now: datetime
) -> None:
    for action in Action:
        await record(
            session, admin, action, subject=("thing", "a/b c"), now=now,
            details={"old": {"x": [1, {"y": None}]}, "new": {"x": True}, "z": "<b>"},
        )  # fmt: skip
    await session.commit()
    page = await oversight.get("/history")
    assert len(lines(page)) == min(len(Action), 50)
    assert "<b>" in text_of(page.tree)


@pytest.mark.parametrize("identity", ["sop/1", "land-of-tests", "a b", "50%", "ক", "x?y=1#z"])
async def test_a_subject_of_any_name_can_be_followed(
    oversight: Browser, session: AsyncSession, admin: Actor, now: datetime, identity: str
) -> None:
    await record(session, admin, Action.CHECKLIST_LOADED, subject=("checklist", identity), now=now)
    await session.commit()
    listed = await oversight.get("/history")
    page = await oversight.get(listed.links()[identity])
    assert page.heading == identity
    assert len(lines(page)) == 1


async def test_a_secret_that_got_into_details_is_not_shown(
    oversight: Browser, session: AsyncSession, admin: Actor, now: datetime
) -> None:
    await record(
        session, admin, Action.PASSWORD_RESET, subject=("person", admin.id), now=now,
        details={"new": {"password": "hush-hush", "totp_sealed": "hush-hush"}},
    )  # fmt: skip
    await session.commit()
    assert "hush-hush" not in (await oversight.get("/history")).html


async def test_a_long_history_has_pages_that_keep_the_filter(
    oversight: Browser, session: AsyncSession, admin: Actor, now: datetime
) -> None:
    for _ in range(51):
        await record(session, admin, Action.SIGNED_IN, subject=("person", admin.id), now=now)
    await session.commit()
    page = await oversight.get("/history", params={"action": "signed_in"})
    assert len(lines(page)) == 50
    rest = await oversight.get(page.links()["Next page"])
    assert len(lines(rest)) == 1
    assert "action=signed_in" in page.links()["Next page"]


async def test_history_is_read_by_few_statements(
    oversight: Browser,
    session: AsyncSession,
    admin: Actor,
    now: datetime,
    queries,  # type: ignore[no-untyped-def]
) -> None:
    for _ in range(30):
        person = await store_person(session, Role.INSPECTOR)
        await reset_password(session, admin, now, person_id=person.id)
    await session.commit()
    with queries(at_most=5):
        await oversight.get("/history")


@pytest.mark.parametrize("path", ["/history", "/history/office/x"])
@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OVERSIGHT}))
async def test_only_oversight_reads_history(sign_in: SignIn, path: str, role: Role) -> None:
    await (await sign_in(role)).get(path, status=403)


async def test_a_changed_answer_is_told_in_words_old_and_new(
    oversight: Browser, session: AsyncSession
) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    answer = make_answer("COV-LAW-01", Word.NO, note="Secret ledger")
    audit_id = await store_audit(session, inspector, answers=[answer])
    changed = make_answer("COV-LAW-01", Word.YES, note="Another ledger")
    await save_answers(
        session, inspector, NOW, audit_id=audit_id, checklist_id="covenant",
        changes=Changes(answers=(changed,)),
    )  # fmt: skip
    await session.commit()
    page = await oversight.get(f"/history/audit/{audit_id}")
    assert ["Answer: No", "Answer: Yes · Note changed: Yes"] in values(page)
    assert "E2: tested by a sample" in page.text
    assert "ledger" not in page.text
