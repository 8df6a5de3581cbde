"""A contested card from the first line contested to the corrected card, as each side sees it."""

from datetime import timedelta
from math import fsum
from urllib.parse import quote
from uuid import UUID

import httpx
import msgspec
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser, Page, text_of
from conftest import NOW, Clock, SignIn
from factories import agencies as agencies_factory
from factories.accounts import store_agency_person, store_person
from factories.audited import FAILED, PARTLY, SAID_BY_SIX_OF_EIGHT, SHORT, WEAK, approved
from factories.licences import new as new_decision
from recruitwatch.accounts.values import Role
from recruitwatch.agencies.actions import correct_decision
from recruitwatch.agencies.tables import licence_decisions
from recruitwatch.agencies.values import LicenceState
from recruitwatch.findings.actions import decide_finding, record_reply, serve_evidence
from recruitwatch.findings.tables import findings
from recruitwatch.findings.values import NewDecision, NewStep
from recruitwatch.findings.values import StepKind as FindingStep
from recruitwatch.history.tables import entries
from recruitwatch.scorecards.actions import issue_scorecard, take_card_step
from recruitwatch.scorecards.actions.contesting import file_contest
from recruitwatch.scorecards.queries import get_prepared
from recruitwatch.scorecards.tables import issued_scorecards
from recruitwatch.scorecards.values.contests import Ground, NewContest, NewContestLine, NewPaper
from recruitwatch.scorecards.values.papers import PaperPlace
from recruitwatch.scorecards.values.public import PublicCard
from recruitwatch.scorecards.values.publishing import CardStepKind, NewCardStep
from recruitwatch.settings import Settings
from rules.viewing.samples import pdf

TODAY = NOW.date()
WRONG = "The receipts of all ten workers are in the folder of Ms Karim."
PARTLY_LINE, FAILED_LINE, WEAK_LINE, SHORT_LINE, SAID_LINE = (
    f"item:{PARTLY}:answer", f"item:{FAILED}:answer", f"item:{WEAK}:evidence",
    f"item:{SHORT}:answer", f"item:{SAID_BY_SIX_OF_EIGHT}:answer",
)  # fmt: skip


class Case:
    """A card on its way: its agency, who issued it, and how to go on with it."""

    def __init__(
        self, session: AsyncSession, settings: Settings, agency_id: UUID, issuer: Browser
    ) -> None:
        self.session, self.settings = session, settings
        self.agency_id, self.issuer = agency_id, issuer
        self.place = PaperPlace(
            files=settings.files, ministry=settings.ministry, address="https://cards.test"
        )

    async def contest(self, *line_ids: str, revision: int = 1, papers: int = 0) -> UUID:
        person = await store_agency_person(self.session, self.agency_id)
        contest_id = await file_contest(
            self.session, person, NOW, self.settings.files, revision=revision,
            new=NewContest(
                lines=tuple(
                    NewContestLine(line_id=one, ground=Ground.WRONG_FACT, reason=WRONG)
                    for one in line_ids
                ),
                papers=tuple(
                    NewPaper(file_name="receipts.pdf", content=pdf(pages=1)) for _ in range(papers)
                ),
            ),
        )  # fmt: skip
        await self.session.commit()
        return contest_id

    async def card(self, revision: int) -> PublicCard:
        return (await get_prepared(self.session, self.agency_id, revision)).card

    async def publish(self, revision: int) -> Page:
        address = f"/agencies/{self.agency_id}/card/{revision}/steps"
        return await self.issuer.follow(await self.issuer.post(address, {"kind": "published"}))


@pytest.fixture
async def case(session: AsyncSession, sign_in: SignIn, settings: Settings) -> Case:
    """A card that was served and published: everything in order but for five items."""
    agency_id, _ = await approved(session)
    issuer = await sign_in(Role.REGULATOR)
    case = Case(session, settings, agency_id, issuer)
    await issue_scorecard(session, issuer.actor, NOW, agency_id=agency_id, draft_days=0)
    for kind, text in ((CardStepKind.SERVED, "By hand."), (CardStepKind.PUBLISHED, "")):
        await take_card_step(
            session, issuer.actor, NOW, agency_id=agency_id, revision=1, place=case.place,
            new=NewCardStep(kind=kind, on_date=TODAY, text=text),
        )  # fmt: skip
    await session.commit()
    return case


UPHELD = {"verdict": "upheld", "reason": "The receipts are there.", "how": "answer"}
STANDS = {"verdict": "stands", "reason": "Three files have no receipt."}


async def decide(
    officer: Browser, contest_id: UUID, line_id: str, form: dict[str, str], status: int = 303
) -> Page:
    page = await officer.post(f"/contests/{contest_id}/lines/{line_id}", form, status=status)
    return await officer.follow(page) if status == 303 else page


def line(page: Page, item: str) -> str:
    """The words of the line of this question."""
    [row] = [text_of(row) for row in page.all("tr") if item in text_of(row)]
    return row


def points(card: PublicCard) -> dict[str, float]:
    return {one.id: one.points for one in card.lines}


async def test_from_a_contest_to_the_corrected_card(
    case: Case, sign_in: SignIn, browser: Browser, session: AsyncSession
) -> None:
    before = await case.card(1)
    newest = f"/cards/{case.agency_id}"
    assert "contested" not in (await browser.get(newest)).text.replace("can contest", "")

    contest_id = await case.contest(PARTLY_LINE, SHORT_LINE, papers=1)
    page = await browser.get(newest)
    assert "The agency contested 2 lines of this card. 2 are not decided yet." in page.text
    assert "Contested since 30 June 2026, not decided yet" in line(page, PARTLY)
    assert "Contested since 30 June 2026, not decided yet" in line(page, SHORT)
    assert "ontested" not in line(page, FAILED)
    assert WRONG not in page.html

    officer = await sign_in(Role.REGULATOR)
    page = await officer.get("/contests")
    assert "Due by 30 July 2026" in page.text
    [found] = contest_ids(page)
    assert found == str(contest_id)
    page = await officer.get(f"/contests/{contest_id}")
    assert WRONG in page.text
    assert "2 lines wait for a decision." in page.text
    await follows_to_the_answer(officer, page)

    page = await decide(
        officer, contest_id, PARTLY_LINE, {**UPHELD, "answer": "yes", "evidence": "2"}
    )
    assert "Decided: the agency was right." in page.text
    assert "The corrected card is made when the last line is decided." in page.text
    page = await browser.get(newest)
    assert "Decided on 30 June 2026: the agency was right" in line(page, PARTLY)
    page = await decide(officer, contest_id, SHORT_LINE, STANDS)
    assert "Revision 2 puts right what was upheld." in page.text

    after = await case.card(2)
    assert (after.as_of, after.profile) == (before.as_of, before.profile)
    assert points(before).keys() - points(after).keys() == {PARTLY_LINE}
    assert fsum(points(after).values()) == pytest.approx(100 - (after.score or 0), abs=1e-9)
    # A yes for a partly touches its own line, and what follows from it: the score and its principle.
    same = {
        "score",
        "score_shown",
        "score_low",
        "score_high",
        "audit",
        "principles",
        "lines",
        "gender",
    }
    assert {
        name for name in before.__struct_fields__ if getattr(before, name) != getattr(after, name)
    } <= same
    assert {one: points(before)[one] for one in points(after)} == pytest.approx(points(after))
    assert (after.score or 0) - (before.score or 0) == pytest.approx(points(before)[PARTLY_LINE])

    page = await case.issuer.get(f"/agencies/{case.agency_id}/card/2")
    assert "The agency got the draft in its own place." in page.text
    assert "This card corrects lines that the agency contested." in page.text
    page = await case.publish(2)
    assert "The card is published." in page.text
    page = await browser.get(newest)
    assert "This card corrects lines that the agency contested." in page.text
    assert PARTLY not in page.text
    old = await browser.get(f"{newest}/1")
    assert "Replaced on 30 June 2026 by a newer card." in old.text
    assert "Decided on 30 June 2026: the line stands" in line(old, SHORT)
    done = await session.scalars(
        select(entries.c.action)
        .where(entries.c.subject_id == str(case.agency_id))
        .order_by(entries.c.seq)
    )
    assert [one for one in done if "contest" in one] == [
        "card_contested", "contest_decided", "contest_decided"
    ]  # fmt: skip


async def follows_to_the_answer(officer: Browser, page: Page) -> None:
    """From a contested line to the answer of the audit it came from."""
    [link, *_] = [href for words, href in page.links().items() if PARTLY in words]
    address, _, anchor = link.partition("#")
    shown = await officer.get(address.removeprefix("/en"))
    assert any(one.get("id") == anchor for one in shown.tree.iter())


async def test_who_had_a_hand_in_the_card_decides_nothing(case: Case, sign_in: SignIn) -> None:
    contest_id = await case.contest(PARTLY_LINE)
    page = await case.issuer.get(f"/contests/{contest_id}")
    said = "You issued, served or published this card. Somebody else decides about it."
    assert said in page.text
    assert "Decide line 1" not in page.text
    page = await case.issuer.get(f"/contests/{contest_id}/lines/{PARTLY_LINE}")
    assert said in page.text
    assert not [form for form in page.all("form") if "/lines/" in (form.get("action") or "")]
    await decide(case.issuer, contest_id, PARTLY_LINE, STANDS, status=403)
    page = await (await sign_in(Role.REGULATOR)).get(f"/contests/{contest_id}")
    assert "Decide line 1" in page.text


async def test_who_confirmed_a_finding_decides_nothing_about_the_limit_it_sets(
    session: AsyncSession, sign_in: SignIn, settings: Settings
) -> None:
    agency_id, _ = await approved(session)
    finding_id = await session.scalar(select(findings.c.id).where(findings.c.item_id == FAILED))
    assert finding_id is not None
    server, confirmer = await store_person(session, Role.REVIEWER), await sign_in(Role.REGULATOR)
    step = NewStep(on_date=TODAY, text="By hand")
    await serve_evidence(session, server, NOW, finding_id=finding_id, step=step)
    await record_reply(session, server, NOW, finding_id=finding_id, step=step)
    await decide_finding(
        session, confirmer.actor, NOW, finding_id=finding_id,
        decision=NewDecision(kind=FindingStep.CONFIRMED, text="The receipts bear it out."),
    )  # fmt: skip
    issuer = await sign_in(Role.REGULATOR)
    case = Case(session, settings, agency_id, issuer)
    await issue_scorecard(session, issuer.actor, NOW, agency_id=agency_id)
    await take_card_step(
        session, issuer.actor, NOW, agency_id=agency_id, revision=1, place=case.place,
        new=NewCardStep(kind=CardStepKind.SERVED, on_date=TODAY, text="By hand."),
    )  # fmt: skip
    contest_id = await case.contest("cap:G3", PARTLY_LINE)

    said = "You inspected, reviewed or decided what this line comes from."
    page = await confirmer.get(f"/contests/{contest_id}")
    assert page.text.count(said) == 1
    assert len([words for words in page.links() if words.startswith("Decide line")]) == 1
    assert said in (await confirmer.get(f"/contests/{contest_id}/lines/cap:G3")).text
    await decide(confirmer, contest_id, "cap:G3", STANDS, status=403)
    await decide(await sign_in(Role.REGULATOR), contest_id, "cap:G3", STANDS)


@pytest.mark.parametrize(
    ("role", "reads"),
    [
        (Role.REVIEWER, True),
        (Role.OVERSIGHT, True),
        (Role.INSPECTOR, False),
        (Role.COMPLAINTS_OFFICER, False),
        (Role.ADMINISTRATOR, False),
        (Role.HOTLINE_OPERATOR, False),
    ],
)
async def test_who_reads_contests_and_who_decides(
    case: Case, sign_in: SignIn, role: Role, reads: bool
) -> None:
    contest_id = await case.contest(PARTLY_LINE)
    visitor = await sign_in(role)
    for address in ("", f"/{contest_id}", f"/{contest_id}/lines/{PARTLY_LINE}"):
        await visitor.get(f"/contests{address}", status=200 if reads else 403)
    await decide(visitor, contest_id, PARTLY_LINE, STANDS, status=403)


async def test_nobody_of_the_agency_or_of_nowhere_reads_what_officers_read(
    case: Case, sign_in: SignIn, browser: Browser, session: AsyncSession
) -> None:
    contest_id = await case.contest(PARTLY_LINE, papers=1)
    own = await sign_in(person=await store_agency_person(session, case.agency_id))
    for address in ("", f"/{contest_id}", f"/{contest_id}/lines/{PARTLY_LINE}"):
        await own.get(f"/contests{address}", status=403)
        await browser.get(f"/contests{address}", status=303)
    await own.get(f"/agencies/{case.agency_id}/people", status=403)
    await own.get(f"/agencies/{case.agency_id}/card", status=403)


async def test_oversight_reads_who_contested_and_who_decided_what(
    case: Case, sign_in: SignIn
) -> None:
    contest_id = await case.contest(PARTLY_LINE)
    officer = await sign_in(Role.REGULATOR)
    await decide(officer, contest_id, PARTLY_LINE, STANDS)
    page = await (await sign_in(Role.OVERSIGHT)).get("/history")
    assert f"{officer.actor.name} decided about a contested line of a scorecard." in plain(page)
    assert "contested lines of a scorecard for the agency." in page.text
    told = [[text_of(cell) for cell in row] for row in page.all("tr")]
    assert ["Line of the card", PARTLY_LINE] in told
    assert ["The agency was right", "No"] in told


def plain(page: Page) -> str:
    """Without the marks around names."""
    return page.text.replace("\u2068", "").replace("\u2069", "")


async def test_a_form_sent_twice_decides_once(
    case: Case, sign_in: SignIn, session: AsyncSession
) -> None:
    """The first words count, whoever sends the second ones."""
    contest_id = await case.contest(PARTLY_LINE)
    officer, other = await sign_in(Role.REGULATOR), await sign_in(Role.REGULATOR)
    upheld = {**UPHELD, "answer": "yes", "evidence": "2"}
    assert "Revision 2" in (await decide(officer, contest_id, PARTLY_LINE, upheld)).text
    for browser, form in ((officer, upheld), (other, STANDS)):
        page = await decide(browser, contest_id, PARTLY_LINE, form)
        assert "This line was decided already. Nothing was changed." in page.text
        assert STANDS["reason"] not in page.text
    revisions = select(issued_scorecards.c.revision).where(
        issued_scorecards.c.agency_id == case.agency_id
    )
    assert sorted(await session.scalars(revisions)) == [1, 2]


FAULTS = [
    ({}, {"verdict": "Say whether the agency is right.",
          "reason": "Write down the reasons. The agency reads them."}),
    ({"verdict": "upheld", "reason": "So."}, {"how": "Say how the line is put right."}),
    ({**UPHELD}, {"answer": "Give the right answer.", "evidence": "Say how well the right answer is proved."}),
    ({**UPHELD, "answer": "na", "evidence": "2"}, {"answer": "Give the right answer."}),
    ({**UPHELD, "answer": "partial", "evidence": "2"},
     {"how": "With this correction the line costs as much as before. Nothing is put right."}),
    ({**UPHELD, "how": "records"},
     {"how": "The records still say the same. Correct them where they are kept first, then decide."}),
    ({"verdict": "stands", "reason": "x" * 4001}, {"reason": "Write at most 4,000 characters."}),
]  # fmt: skip


@pytest.mark.parametrize(("form", "errors"), FAULTS)
async def test_a_decision_that_does_not_hold_stands_beside_its_field(
    case: Case, sign_in: SignIn, form: dict[str, str], errors: dict[str, str]
) -> None:
    contest_id = await case.contest(PARTLY_LINE)
    officer = await sign_in(Role.REGULATOR)
    page = await decide(officer, contest_id, PARTLY_LINE, form, status=422)
    assert page.errors() == errors
    page = await officer.get(f"/contests/{contest_id}")
    assert "One line waits for a decision." in page.text


async def test_a_count_is_corrected_by_a_count(case: Case, sign_in: SignIn) -> None:
    contest_id = await case.contest(SHORT_LINE)
    officer = await sign_in(Role.REGULATOR)
    page = await officer.get(f"/contests/{contest_id}/lines/{SHORT_LINE}")
    assert "7 of 10 in order" in page.text
    form = {**page.form(quote(SHORT_LINE)), **UPHELD, "answer": "11"}
    page = await decide(officer, contest_id, SHORT_LINE, form, status=422)
    assert page.errors() == {"answer": "No more can be in order than were checked."}
    page = await decide(officer, contest_id, SHORT_LINE, {**form, "answer": "9"})
    assert "Revision 2" in page.text
    cost = points(await case.card(1))[SHORT_LINE]
    assert points(await case.card(2))[SHORT_LINE] == pytest.approx(cost / 3), (
        "one of ten, not three"
    )


async def test_better_proof_of_the_same_answer(case: Case, sign_in: SignIn) -> None:
    contest_id = await case.contest(WEAK_LINE)
    officer = await sign_in(Role.REGULATOR)
    form = {**UPHELD, "answer": "yes", "evidence": "2"}
    page = await decide(officer, contest_id, WEAK_LINE, form)
    assert "Revision 2" in page.text
    assert WEAK_LINE not in points(await case.card(2))


async def test_what_workers_said_is_only_left_out(case: Case, sign_in: SignIn) -> None:
    contest_id = await case.contest(SAID_LINE)
    officer = await sign_in(Role.REGULATOR)
    page = await officer.get(f"/contests/{contest_id}/lines/{SAID_LINE}")
    assert "It is left out or it stands. It is not rewritten." in page.text
    offered = [one.get("value") for one in page.all("input") if one.get("name") == "how"]
    assert offered == ["left_out", "records"]
    [link] = [href for words, href in page.links().items() if SAID_LINE in words]
    assert link == f"/en/agencies/{case.agency_id}/card/1/interviews#{SAID_BY_SIX_OF_EIGHT}"
    form = {**UPHELD, "answer": "8", "checked": "8", "evidence": "3"}
    page = await decide(officer, contest_id, SAID_LINE, form, status=422)
    assert page.errors() == {"how": "Say how the line is put right."}
    await decide(officer, contest_id, SAID_LINE, {**UPHELD, "how": "left_out"})
    after = await case.card(2)
    assert SAID_LINE not in points(after)
    assert SAID_BY_SIX_OF_EIGHT in after.withheld_items


async def test_a_record_is_corrected_first_and_the_card_of_today_has_its_draft_days(
    session: AsyncSession, sign_in: SignIn, settings: Settings, clock: Clock
) -> None:
    agency_id, _ = await approved(session)
    officer = await store_person(session, Role.REGULATOR)
    await agencies_factory.store_licence(
        session,
        officer,
        agency_id,
        new_decision(LicenceState.VALID, "2024-01-01"),
        new_decision(LicenceState.SUSPENDED, "2026-06-01"),
    )
    issuer = await sign_in(Role.REGULATOR)
    case = Case(session, settings, agency_id, issuer)
    await issue_scorecard(session, issuer.actor, NOW, agency_id=agency_id)
    await take_card_step(
        session, issuer.actor, NOW, agency_id=agency_id, revision=1, place=case.place,
        new=NewCardStep(kind=CardStepKind.SERVED, on_date=TODAY, text="By hand."),
    )  # fmt: skip
    contest_id = await case.contest("cap:G1")
    decider = await sign_in(Role.REGULATOR)
    page = await decider.get(f"/contests/{contest_id}/lines/cap:G1")
    assert "The licence is expired, suspended or cancelled." in page.text
    form = {
        **page.form(quote("cap:G1")),
        "verdict": "upheld",
        "reason": "The licence was never suspended.",
    }
    assert "how" in (await decide(decider, contest_id, "cap:G1", form, status=422)).errors()

    wrong = await session.scalar(
        select(licence_decisions.c.id).where(licence_decisions.c.state == "suspended")
    )
    assert wrong is not None
    await correct_decision(
        session, officer, NOW, decision_id=wrong, folder=settings.files,
        decision=new_decision(LicenceState.VALID, "2026-06-01"),
    )  # fmt: skip
    await session.commit()
    page = await decide(decider, contest_id, "cap:G1", form)
    assert "Revision 2 puts right what was upheld." in page.text
    prepared = await get_prepared(session, agency_id, 2)
    assert (prepared.draft_days, prepared.card.as_of) == (14, TODAY)
    assert "G1" not in [one.gate.value for one in prepared.card.caps]
    page = await issuer.get(f"/agencies/{agency_id}/card/2")
    assert "It may be published from 14 July 2026 on." in page.text


async def test_decided_contests_stand_on_their_own_tab_and_late_ones_are_marked(
    case: Case, sign_in: SignIn, clock: Clock
) -> None:
    first, second = await case.contest(PARTLY_LINE), await case.contest(SHORT_LINE)
    officer = await sign_in(Role.REGULATOR)
    await decide(officer, first, PARTLY_LINE, STANDS)
    assert contest_ids(await officer.get("/contests")) == [str(second)]
    page = await officer.get("/contests?stands=decided")
    assert contest_ids(page) == [str(first)]
    assert "The agency was right: 0 of 1" in page.text
    home = await officer.get("/home")
    assert "/en/contests" in home.links().values()
    clock.at = NOW + timedelta(minutes=30)
    late = await officer.get(f"/contests/{first}")
    assert "All lines stand. The card stays as it is." in late.text


def contest_ids(page: Page) -> list[str]:
    return [
        href.rpartition("/")[2] for href in page.links().values()
        if href.startswith("/en/contests/")
    ]  # fmt: skip


async def test_documents_are_shown_as_copies(
    case: Case, sign_in: SignIn, settings: Settings
) -> None:
    contest_id = await case.contest(PARTLY_LINE, papers=1)
    officer = await sign_in(Role.REVIEWER)
    page = await officer.get(f"/contests/{contest_id}")
    link = page.links()["receipts.pdf"].removeprefix("/en")
    response = await officer.client.get(f"/en{link}")
    assert response.content.startswith(b"%PDF-")
    assert response.content != pdf(pages=1)
    assert response.headers["content-disposition"].startswith("attachment; filename=")
    assert "sandbox" in response.headers["content-security-policy"]
    other = f"/contests/{UUID(int=1)}/{link.partition('/papers/')[2]}"
    await officer.get(other, status=404)


async def test_every_public_face_tells_of_a_contest_within_the_minute(
    case: Case, browser: Browser
) -> None:
    api = f"/api/cards/{case.agency_id}"
    first = await browser.client.get(api)
    tag = {"If-None-Match": first.headers["etag"]}
    assert (await browser.client.get(api, headers=tag)).status_code == 304
    card_id = first.json()["card_id"]
    await case.contest(PARTLY_LINE, "complaints", "cap:G9" if has_cap(first, "G9") else SHORT_LINE)
    again = await browser.client.get(api, headers=tag)
    assert again.status_code == 200
    assert [
        (one["line_id"], one["state"], one["filed_on"], one["decided_on"])
        for one in again.json()["contested"]
    ] == [
        ("complaints", "pending", "2026-06-30", None),
        (PARTLY_LINE, "pending", "2026-06-30", None),
        (SHORT_LINE, "pending", "2026-06-30", None),
    ]
    assert WRONG not in again.text
    assert {"reason", "filed_by"}.isdisjoint(again.json()["contested"][0])
    said = "The agency contested 3 lines of this card. 3 are not decided yet."
    for address in (
        f"/verify/{card_id}",
        f"/agencies/{case.agency_id}",
        f"/cards/{case.agency_id}/1",
    ):
        page = await browser.get(address)
        assert said in page.text, address
        assert "no-store" in page.response.headers["cache-control"]
    page = await browser.get(f"/cards/{case.agency_id}/all")
    assert "3 lines contested, not decided yet: 3" in page.text


def has_cap(answer: httpx.Response, gate: str) -> bool:
    return gate in [one["gate"] for one in answer.json()["card"]["caps"]]


async def test_a_folded_line_unfolds_when_it_is_contested(case: Case, browser: Browser) -> None:
    smallest = min((await case.card(1)).lines, key=lambda one: one.points)
    assert smallest.points < 0.5
    await case.contest(smallest.id)
    page = await browser.get(f"/cards/{case.agency_id}")
    [table, *_] = [one for one in page.all("table") if "rw-ledger" in (one.get("class") or "")]
    assert "Contested since" in text_of(table)


async def test_the_card_of_staff_marks_contested_lines(case: Case, sign_in: SignIn) -> None:
    contest_id = await case.contest(PARTLY_LINE, "complaints")
    page = await case.issuer.get(f"/agencies/{case.agency_id}/card/1")
    assert "Contested since 30 June 2026, not decided yet" in line(page, PARTLY)
    assert f"/en/contests/{contest_id}" in page.links().values()
    inspector = await (await sign_in(Role.INSPECTOR)).get(f"/agencies/{case.agency_id}/card/1")
    assert "Contested since" in line(inspector, PARTLY)
    assert f"/en/contests/{contest_id}" not in inspector.links().values()


async def test_the_reason_of_a_round_is_read_in_the_readers_language(
    session: AsyncSession, case: Case, browser: Browser
) -> None:
    """Nobody wrote it, so it is no quotation."""
    page = await browser.get(f"/cards/{case.agency_id}", language="ar")
    assert "Issued for the period" not in page.text


async def test_the_corrected_data_say_what_they_are(
    case: Case, sign_in: SignIn, browser: Browser
) -> None:
    contest_id = await case.contest(WEAK_LINE)
    officer = await sign_in(Role.REGULATOR)
    await decide(officer, contest_id, WEAK_LINE, {**UPHELD, "how": "left_out"})
    await case.publish(2)
    answer = (await browser.client.get(f"/api/cards/{case.agency_id}")).json()
    assert (answer["revision"], answer["corrects"], answer["contested"]) == (2, True, [])
    page = await browser.get(f"/verify/{answer['card_id']}")
    assert "This card corrects lines that the agency contested." in page.text
    assert sorted(answer) == sorted(msgspec.json.decode(msgspec.json.encode(answer)))
