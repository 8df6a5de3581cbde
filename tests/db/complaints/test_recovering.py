"""The lost-key drill: every officer's key is gone, and two of three shares bring the cases back."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncSession

from conftest import KEY, NOW
from factories.complaints import (
    TOLD,
    desk_with_officers,
    file_case,
    store_escrow,
    store_officer,
    vault_of,
)
from recruitwatch.accounts.actions.people import reset_password
from recruitwatch.actor import SYSTEM
from recruitwatch.complaints.actions.opening import open_case
from recruitwatch.complaints.actions.recovering import recover_keys
from recruitwatch.complaints.queries import desks
from recruitwatch.complaints.queries.cases import count_queue
from recruitwatch.complaints.values.cases import CaseUnknown
from recruitwatch.complaints.values.desks import NobodyToAdmit
from recruitwatch.complaints.values.queue import QueueFilter
from recruitwatch.keys import Vault
from recruitwatch.keys.escrow import SharesDoNotFit, make_escrow


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return vault_of(tmp_path, KEY)


async def test_two_shares_bring_back_what_all_officers_lost(
    session: AsyncSession, vault: Vault
) -> None:
    shares = (await store_escrow(session)).shares
    desk = await desk_with_officers(session, cleared=2)
    cases = [(await file_case(session, vault)).case_id for _ in range(3)]
    cases.append(
        (await file_case(session, vault, told=replace(TOLD, happened=("VIO-01",)))).case_id
    )
    for officer in desk.officers:
        await reset_password(session, SYSTEM, NOW, person_id=officer.actor.id)
        assert await count_queue(session, officer.actor, QueueFilter(), NOW) == 0
    newcomer = await store_officer(session, office_id=desk.office_id)
    await desks.set_desk_officer(
        session, desk_id=desk.desk_id, person_id=newcomer.actor.id, cleared=True,
        admitted_by=None, now=NOW,
    )  # fmt: skip
    recovered = await recover_keys(
        session, NOW, vault, shares=shares[1:], desk_id=desk.desk_id, person_id=newcomer.actor.id
    )
    assert (recovered.given, recovered.unopened) == (4, 0)
    for case_id in cases:
        opened = await open_case(
            session, newcomer.actor, NOW, vault, case_id=case_id, private_key=newcomer.pair.private
        )
        assert opened.told.happened_said == TOLD.happened_said
    again = await recover_keys(
        session, NOW, vault, shares=shares[:2], desk_id=desk.desk_id, person_id=newcomer.actor.id
    )
    assert again.given == 0


async def test_recovery_gives_no_protected_case_to_an_officer_who_is_not_cleared(
    session: AsyncSession, vault: Vault
) -> None:
    shares = (await store_escrow(session)).shares
    desk = await desk_with_officers(session, cleared=1, uncleared=1)
    uncleared = desk.officers[1]
    filed = await file_case(session, vault, told=replace(TOLD, happened=("VIO-01",)))
    recovered = await recover_keys(
        session, NOW, vault, shares=shares[:2], desk_id=desk.desk_id, person_id=uncleared.actor.id
    )
    assert recovered.given == 0
    with pytest.raises(CaseUnknown):
        await open_case(
            session, uncleared.actor, NOW, vault, case_id=filed.case_id,
            private_key=uncleared.pair.private,
        )  # fmt: skip


async def test_shares_of_another_escrow_and_strangers_are_refused(
    session: AsyncSession, vault: Vault
) -> None:
    shares = (await store_escrow(session)).shares
    desk = await desk_with_officers(session)
    with pytest.raises(SharesDoNotFit):
        await recover_keys(
            session, NOW, vault, shares=make_escrow().shares[:2], desk_id=desk.desk_id,
            person_id=desk.officers[0].actor.id,
        )  # fmt: skip
    stranger = await store_officer(session)
    with pytest.raises(NobodyToAdmit):
        await recover_keys(
            session,
            NOW,
            vault,
            shares=shares[:2],
            desk_id=desk.desk_id,
            person_id=stranger.actor.id,
        )
