"""Giving the keys of many cases to one officer, but of those that the worker hid from them by name."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.complaints.actions.drafting import content_key, owner_of
from recruitwatch.complaints.queries import filing
from recruitwatch.complaints.queries.holding import SealedCase
from recruitwatch.complaints.rules.routing import named_people
from recruitwatch.complaints.values.desks import StaffName
from recruitwatch.complaints.values.filing import DeskHolder, Told
from recruitwatch.keys import Vault
from recruitwatch.keys.boxes import DoesNotOpen, unseal, unwrap, wrap


class Given(msgspec.Struct, frozen=True):
    """How many cases were given, and how many did not open."""

    cases: int
    unopened: int


async def give_cases(
    session: AsyncSession,
    now: datetime,
    vault: Vault,
    new: DeskHolder,
    batch: Sequence[SealedCase],
    *,
    private_key: bytes,
    wrapped_as: str,
    given_by: UUID | None,
) -> Given:
    """Wrap these cases for another holder, but those that are hidden from the holder.

    She may have named somebody who came, or got that name, after she had filed: each case is asked for the
    name, and hidden where it fits.
    """
    boxes: list[tuple[UUID, bytes]] = []
    hidden: list[tuple[UUID, UUID]] = []
    for one in batch:
        try:
            secret = unwrap(private_key, owner_of(wrapped_as, one.id), one.wrapped)
            pepper = vault.retention.unseal(
                one.period, owner_of("pepper", one.id), one.pepper_sealed
            )
            meant = hidden_by_name(one.id, content_key(secret, pepper), one.statement_sealed, [new])
        except DoesNotOpen:
            continue
        if meant:
            hidden.append((one.id, new.person_id))
        else:
            boxes.append((one.id, wrap(new.public_key, owner_of("case_keys", one.id), secret)))
    await filing.insert_hidden_people(session, hidden)
    await filing.insert_keys_of(session, new.key_id, boxes, given_by=given_by, now=now)
    return Given(len(boxes), len(batch) - len(boxes) - len(hidden))


def hidden_by_name(
    case_id: UUID, key: bytes, statement: bytes, holders: Sequence[DeskHolder]
) -> frozenset[UUID]:
    """Whom of these the name may mean that she hid this case from. Raises DoesNotOpen."""
    told = msgspec.json.decode(unseal(key, owner_of("statement", case_id), statement), type=Told)
    if not told.hide_person:
        return frozenset()
    staff = [StaffName(person_id=one.person_id, full_name=one.full_name) for one in holders]
    return named_people(staff, told.hide_person)
