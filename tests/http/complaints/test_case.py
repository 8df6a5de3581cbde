"""One case as an officer works on it: what is shown, what is noted, what is refused."""

from datetime import timedelta
from io import BytesIO
from uuid import UUID

import msgspec
import pytest
from PIL import Image
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from conftest import NOW, Clock, SignIn
from factories.complaints import TOLD
from officers import Office, of, open_office
from recruitwatch.complaints.actions.attaching import attach
from recruitwatch.complaints.actions.drafting import owner_of
from recruitwatch.complaints.actions.opening import file_facts, get_case_key
from recruitwatch.complaints.queries.files import list_files
from recruitwatch.complaints.queries.work import set_withdrawn
from recruitwatch.history.queries import list_entries
from recruitwatch.history.values import Action
from recruitwatch.keys.boxes import seal
from recruitwatch.settings import Settings

PLANTED = "the yellow house behind the mosque"


@pytest.fixture
async def office(session: AsyncSession, sign_in: SignIn, settings: Settings) -> Office:
    return await open_office(session, sign_in, settings, cleared=2, uncleared=1)


def picture() -> bytes:
    content = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(content, "JPEG")
    return content.getvalue()


async def openings(session: AsyncSession) -> int:
    return await session.scalar(text("select count(*) from complaint_openings")) or 0


async def urgency_of(session: AsyncSession, case_id: UUID) -> str:
    statement = text("select urgency from complaints where id = :id")
    return str(await session.scalar(statement, {"id": case_id}))


async def state_of(session: AsyncSession, case_id: UUID) -> str:
    statement = text("select state from complaints where id = :id")
    return str(await session.scalar(statement, {"id": case_id}))


async def test_what_she_said_stands_as_she_said_it_with_what_was_understood(
    office: Office,
) -> None:
    filed = await office.file(paid="2 lakh taka", paid_when="March 2026", place=PLANTED)
    page = await (await office.browser()).get(of(filed.case_id))
    for words in (TOLD.happened_said, "2 lakh taka", "March 2026", PLANTED, "RL 123"):
        assert words in page.text
    assert "understood as 200,000 BDT" in page.text
    assert "understood as 1 March 2026 to 31 March 2026" in page.text
    assert "I want my money back" in page.text


async def test_a_sum_that_cannot_be_read_is_left_as_said(office: Office) -> None:
    filed = await office.file(paid="2 or 3 lakh, I think")
    page = await (await office.browser()).get(of(filed.case_id))
    assert "2 or 3 lakh, I think" in page.text
    assert "understood as" not in page.text


async def test_a_case_of_violence_is_folded_with_a_warning(office: Office) -> None:
    filed = await office.file(happened=("VIO-02",), happened_said="He forced me.")
    page = await (await office.browser()).get(of(filed.case_id))
    folded = [one for one in page.all("details") if "He forced me." in "".join(one.itertext())]
    assert len(folded) == 1
    assert folded[0].get("open") is None
    assert "hard to read" in page.text
    assert not page.all("img")


async def test_how_to_reach_her_comes_first(office: Office) -> None:
    filed = await office.file(
        danger=True, call_me="Amina", reach="01812 000000", reach_how="Say you are my cousin."
    )
    page = await (await office.browser()).get(of(filed.case_id))
    assert "She says that she is in danger now." in page.text
    assert page.text.index("Say you are my cousin.") < page.text.index("What she said ")


async def test_each_opening_is_noted_and_head_is_none(
    office: Office, session: AsyncSession, clock: Clock
) -> None:
    filed = await office.file()
    browser = await office.browser()
    address = f"/en{of(filed.case_id)}"
    head = await browser.client.head(address)
    assert (head.status_code, head.content, await openings(session)) == (200, b"", 0)
    await browser.get(of(filed.case_id))
    await browser.get(of(filed.case_id))
    assert await openings(session) == 2
    await browser.get(of(filed.case_id, "/about"))
    await browser.get(of(filed.case_id, "/whom"))
    assert await openings(session) == 2
    await browser.follow(await browser.post(of(filed.case_id, "/take")))
    assert await openings(session) == 2
    clock.at = NOW + timedelta(minutes=31)
    await browser.get(of(filed.case_id, "/whom"))
    assert await openings(session) == 3
    page = await browser.get(of(filed.case_id))
    assert "Read the case (Complaints officer)" in page.text


async def test_history_has_a_line_for_the_opening_and_no_word_of_hers(
    office: Office, session: AsyncSession
) -> None:
    filed = await office.file(place=PLANTED)
    browser = await office.browser()
    await browser.get(of(filed.case_id))
    await browser.post(of(filed.case_id, "/message"), {"text": f"Is it {PLANTED}?"})
    await browser.post(
        of(filed.case_id, "/urgency"), {"urgency": "S4", "reason": f"She left {PLANTED}."}
    )
    entries = await list_entries(session, subject=("complaint", filed.case_id), limit=50)
    done = {Action.COMPLAINT_OPENED, Action.COMPLAINT_MESSAGE_WRITTEN, Action.COMPLAINT_URGENCY_SET}
    assert {entry.action for entry in entries} >= {one.value for one in done}
    dumped = await session.scalar(text("select string_agg(h::text, ' ') from history_entries h"))
    assert "yellow" not in str(dumped)


async def test_a_message_is_kept_for_her_and_an_empty_one_refused(office: Office) -> None:
    filed = await office.file()
    browser = await office.browser()
    refused = await browser.post(of(filed.case_id, "/message"), {"text": "  "}, status=422)
    assert refused.errors() == {"text": "Write something first."}
    sent = await browser.post(of(filed.case_id, "/message"), {"text": "Are you safe?"})
    page = await browser.follow(sent)
    assert "Are you safe?" in page.text
    assert office.desk.officers[0].actor.name in page.text


async def test_a_long_correspondence_comes_in_pages(office: Office, clock: Clock) -> None:
    filed = await office.file()
    browser = await office.browser()
    for number in range(51):
        clock.at = NOW + timedelta(seconds=number)
        await browser.post(of(filed.case_id, "/message"), {"text": f"Message no. {number}."})
    page = await browser.get(of(filed.case_id))
    assert "Message no. 0." not in page.text
    earlier = await browser.get(page.links()["Earlier messages"])
    assert "Message no. 0." in earlier.text
    assert "Message no. 1." not in earlier.text
    await browser.get(of(filed.case_id, "/earlier/steps"))
    await browser.get(of(filed.case_id, "/earlier/openings"))
    await browser.get(of(filed.case_id, "/earlier/anything"), status=404)


async def test_an_officer_takes_a_case_and_gives_it_to_one_who_holds_it(
    office: Office, session: AsyncSession
) -> None:
    filed = await office.file(happened=("VIO-02",))
    browser = await office.browser()
    await browser.post(of(filed.case_id, "/take"))
    page = await browser.get(of(filed.case_id))
    assert "You do." in page.text
    second, uncleared = office.desk.officers[1].actor, office.desk.officers[2].actor
    assert second.name in page.html
    assert uncleared.name not in page.html
    refused = await browser.post(
        of(filed.case_id, "/give"), {"person_id": str(uncleared.id)}, status=403
    )
    assert "may not hold the key" in refused.text
    nobody = await browser.post(of(filed.case_id, "/give"), {"person_id": ""}, status=422)
    assert "person_id" in nobody.errors()
    await browser.post(of(filed.case_id, "/give"), {"person_id": str(second.id)})
    assigned = await session.scalar(text("select assigned_to from complaints"))
    assert assigned == second.id


async def test_steps_follow_the_table_and_only_from_where_the_case_stands(
    office: Office, session: AsyncSession
) -> None:
    filed = await office.file()
    browser = await office.browser()
    page = await browser.get(of(filed.case_id))
    assert "Begin" in page.text
    step = {"before": "received", "after": "triage"}
    await browser.post(of(filed.case_id, "/move"), step)
    stale = await browser.post(of(filed.case_id, "/move"), step, status=409)
    assert "Somebody moved this case meanwhile." in stale.text
    for after in ("decide", "closed", "remedy", "noticed"):
        step = {"before": "triage", "after": after}
        await browser.post(of(filed.case_id, "/move"), step, status=409)
    await browser.post(of(filed.case_id, "/move"), {"after": "anything"}, status=422)
    assert await state_of(session, filed.case_id) == "triage"


async def test_raising_counts_at_once(office: Office, session: AsyncSession) -> None:
    filed = await office.file()
    browser = await office.browser()
    answer = await browser.post(of(filed.case_id, "/urgency"), {"urgency": "S1", "reason": ""})
    assert "more urgent now" in (await browser.follow(answer)).text
    assert await urgency_of(session, filed.case_id) == "S1"


async def test_lowering_needs_a_reason_and_keeps_what_was_typed(
    office: Office, session: AsyncSession
) -> None:
    filed = await office.file()
    browser = await office.browser()
    page = await browser.post(of(filed.case_id, "/urgency"), {"urgency": "S4"}, status=422)
    assert page.errors() == {
        "reason": "Say why it is less urgent now. Your name stands with the reason."
    }
    chosen = [one.get("value") for one in page.all("input") if one.get("checked") is not None]
    assert chosen == ["S4"]
    assert await urgency_of(session, filed.case_id) == "S3"
    same = await browser.post(
        of(filed.case_id, "/urgency"), {"urgency": "S3", "reason": "x"}, status=422
    )
    assert "urgency" in same.errors()


async def test_from_danger_now_one_officer_cannot_lower_and_two_can(
    office: Office, session: AsyncSession
) -> None:
    filed = await office.file(danger=True)
    address = of(filed.case_id, "/urgency")
    first, second = await office.browser(0), await office.browser(1)
    lower = {"urgency": "S3", "reason": "She is at her sister's."}
    page = await first.follow(await first.post(address, lower))
    assert "once a second officer agrees" in page.text
    assert "You asked for it yourself." in page.text
    assert await urgency_of(session, filed.case_id) == "S1"
    refused = await first.post(address + "/agree", status=403)
    assert "Nobody agrees to their own decision." in refused.text
    assert await urgency_of(session, filed.case_id) == "S1"
    assert "She is at her sister's." in (await second.get(of(filed.case_id))).text
    await second.post(address + "/agree")
    assert await urgency_of(session, filed.case_id) == "S3"
    await second.post(address + "/agree", status=409)


async def test_care_for_her_safety_opens_and_ends(office: Office, session: AsyncSession) -> None:
    filed = await office.file()
    browser = await office.browser()
    await browser.post(of(filed.case_id, "/safety"), {"safety": "yes"})
    assert "End the care" in (await browser.get(of(filed.case_id))).text
    refused = await browser.post(
        of(filed.case_id, "/safety"), {"safety": "no", "why_safe": " "}, status=422
    )
    assert refused.errors() == {
        "why_safe": "Say how you know that she is safe. Your name stands with the reason."
    }
    assert "End the care" in (await browser.get(of(filed.case_id))).text
    why = "She is at her mother's house and told me so."
    await browser.post(of(filed.case_id, "/safety"), {"safety": "no", "why_safe": why})
    page = await (await office.browser(1)).get(of(filed.case_id))
    assert "Open the care" in page.text
    assert why in page.text
    assert office.desk.officers[0].actor.name in page.text
    stored = await session.scalar(text("select reason_sealed from complaint_safety_ends"))
    assert why.encode() not in stored


async def test_a_file_is_shown_as_a_copy_and_its_original_only_kept(
    office: Office, session: AsyncSession, settings: Settings
) -> None:
    filed = await office.file()
    officer = office.desk.officers[0]
    opened = await get_case_key(
        session, officer.actor, office.vault, case_id=filed.case_id,
        private_key=officer.pair.private,
    )  # fmt: skip
    content = picture()
    await attach(
        session, NOW, settings.sealed_files, case_id=filed.case_id, key=opened.key, content=content
    )
    await session.commit()
    browser = await office.browser()
    links = (await browser.get(of(filed.case_id))).links()
    before = await openings(session)
    copy = await browser.client.get(links["Look at file 1"])
    assert copy.headers["content-type"].startswith("image/")
    assert copy.headers["content-disposition"].startswith("inline")
    assert "sandbox" in copy.headers["content-security-policy"]
    original = await browser.client.get(links["Keep the original of file 1"])
    assert original.content == content
    assert original.headers["content-disposition"].startswith("attachment")
    assert await openings(session) == before + 2
    await browser.client.head(links["Look at file 1"])
    assert await openings(session) == before + 2
    stranger = await office.browser(2)
    hidden = await office.file(happened=("VIO-02",))
    name = links["Look at file 1"].replace(str(filed.case_id), str(hidden.case_id))
    assert (await stranger.client.get(name)).status_code == 404
    assert (await browser.client.get(name)).status_code == 404


@pytest.mark.parametrize("harm", ["other bytes", "gone", "another content"])
async def test_a_file_that_is_not_what_she_sent_is_no_evidence(
    office: Office, session: AsyncSession, settings: Settings, harm: str
) -> None:
    filed = await office.file()
    officer = office.desk.officers[0]
    key = (
        await get_case_key(
            session, officer.actor, office.vault, case_id=filed.case_id,
            private_key=officer.pair.private,
        )
    ).key  # fmt: skip
    await attach(
        session, NOW, settings.sealed_files, case_id=filed.case_id, key=key, content=picture()
    )
    [row] = await list_files(session, filed.case_id)
    place = settings.sealed_files / row.original[:2] / row.original
    if harm == "other bytes":
        place.write_bytes(b"somebody wrote over it")
    elif harm == "gone":
        place.unlink()
    else:
        facts = msgspec.structs.replace(file_facts(row, key), original_sha256="0" * 64)
        sealed = seal(key, owner_of("file", row.id), msgspec.json.encode(facts))
        await session.execute(text("update complaint_files set facts_sealed = :it"), {"it": sealed})
    await session.commit()
    browser = await office.browser()
    before = await openings(session)
    refused = await browser.get(of(filed.case_id, f"/files/{row.id}/original"), status=409)
    assert "This file is not what she sent any more." in refused.text
    assert await openings(session) == before


@pytest.mark.parametrize(
    ("pressed", "sentence"),
    [(True, "says that somebody pushed her"), (False, "Ask if she is safe, and if anybody pushed")],
)
async def test_who_takes_it_back_is_asked_whether_she_is_safe(
    office: Office, session: AsyncSession, pressed: bool, sentence: str
) -> None:
    filed = await office.file()
    await set_withdrawn(session, filed.case_id, NOW, pressed=pressed)
    await session.commit()
    page = await (await office.browser()).get(of(filed.case_id))
    assert sentence in page.text
