"""Send: a draft becomes a case, exactly once, and its key is wrapped for those who may read it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import SYSTEM, Actor
from recruitwatch.complaints.actions import codes
from recruitwatch.complaints.actions.drafting import content_key, opened, owner_of
from recruitwatch.complaints.queries import desks, drafts, escrow, filing
from recruitwatch.complaints.queries.codes import get_code_book
from recruitwatch.complaints.queries.drafts import DraftRow
from recruitwatch.complaints.queries.filing import SealedCase
from recruitwatch.complaints.rules.clocks import contact_due, decide_due, next_news
from recruitwatch.complaints.rules.codes import codes_among, compartment_of
from recruitwatch.complaints.rules.retaining import LONGEST_KEPT
from recruitwatch.complaints.rules.routing import named_people, route
from recruitwatch.complaints.rules.urgency import urgency_of
from recruitwatch.complaints.rules.visits import RECEIPT_LASTS, last_digits_fit
from recruitwatch.complaints.values.clocks import Calendar
from recruitwatch.complaints.values.codes import Compartment, Escalator, Urgency
from recruitwatch.complaints.values.filing import (
    Draft,
    DraftGone,
    HiddenFromAll,
    NewCase,
    NobodyThere,
    Receipt,
    Route,
    SendOutcome,
    Told,
)
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.keys import Vault
from recruitwatch.keys.boxes import DoesNotOpen, seal, unseal, wrap
from recruitwatch.keys.retention import month_period


class Sent(msgspec.Struct, frozen=True):
    """What Send answers; a receipt only where a case exists."""

    outcome: SendOutcome
    receipt: Receipt | None = None


async def send(
    session: AsyncSession,
    now: datetime,
    vault: Vault,
    *,
    token: str,
    last_digits: str,
    calendar: Calendar,
    operator: Actor | None = None,
) -> Sent:
    """File what was told. Repeating it gives the same receipt and makes no second case.

    Raises DraftGone, NobodyThere where no desk can take the case, and HiddenFromAll where
    none is left after those she hid it from: the draft stays.
    """
    by_token = codes.token_key(vault.installation, token)
    row = await drafts.lock_draft(session, codes.token_hash(vault.installation, token), now)
    if row is None or row.operator_id != (operator.id if operator else None):
        raise DraftGone
    try:
        draft = opened(row, vault, by_token)
    except DoesNotOpen:
        raise DraftGone from None
    if draft.draft.code is None:
        raise DraftGone
    if draft.sent:
        return Sent(
            SendOutcome.SENT, Receipt(code=draft.draft.code, next_news_on=next_news(now).date())
        )
    told = draft.draft.told
    if not (told.happened or told.happened_said):
        return Sent(SendOutcome.NOTHING_TOLD)
    if not last_digits_fit(last_digits, draft.draft.code):
        return Sent(SendOutcome.WRONG_DIGITS)
    case = await _file(session, now, vault, row, draft.draft, by_token, calendar, operator)
    receipt = msgspec.json.encode(Draft(code=draft.draft.code, language=draft.draft.language))
    await drafts.set_draft_sent(
        session,
        row.token_hash,
        receipt=seal(by_token, owner_of("draft.receipt", row.case_id), receipt),
        now=now,
        until=now + RECEIPT_LASTS,
    )
    return Sent(SendOutcome.SENT, Receipt(code=draft.draft.code, next_news_on=case.next_news_on))


async def _file(
    session: AsyncSession,
    now: datetime,
    vault: Vault,
    row: DraftRow,
    draft: Draft,
    by_token: bytes,
    calendar: Calendar,
    operator: Actor | None,
) -> NewCase:
    chosen = await _route(session, draft.told)
    case = _new_case(row.case_id, draft, chosen, now, calendar, operator)
    secret, sealed = await _sealed(session, vault, row, draft, by_token, case)
    await filing.insert_case(session, case, sealed)
    await filing.insert_exclusions(session, case.id, chosen)
    owner = owner_of("case_keys", case.id)
    wrapped = [(one.key_id, wrap(one.public_key, owner, secret)) for one in chosen.holders]
    await filing.insert_case_keys(session, case.id, wrapped, given_by=None, now=now)
    await record(
        session, operator or SYSTEM, Action.COMPLAINT_FILED, subject=("complaint", case.id),
        now=now, details={"urgency": case.urgency.value, "channel": case.channel},
    )  # fmt: skip
    return case


async def _route(session: AsyncSession, told: Told) -> Route:
    """The desk and holders. Whoever she hid the case from is left out before any key is wrapped."""
    await desks.share_desks(session)
    holders = await desks.list_holders(session, lock=True)
    hidden: Collection[UUID] = ()
    if told.hide_person:
        hidden = named_people(await desks.list_staff_names(session), told.hide_person)
    escalators = [Escalator(one) for one in told.escalators]
    compartment = compartment_of(codes_among(get_code_book(), told.happened), escalators)
    offices = [UUID(one) for one in told.hide_offices]
    chosen = route(holders, compartment=compartment, hidden_offices=offices, hidden_people=hidden)
    if chosen is not None:
        return chosen
    without = route(holders, compartment=compartment, hidden_offices=(), hidden_people=())
    raise NobodyThere if without is None else HiddenFromAll


def _new_case(
    case_id: UUID,
    draft: Draft,
    chosen: Route,
    now: datetime,
    calendar: Calendar,
    operator: Actor | None,
) -> NewCase:
    told = draft.told
    escalators = [Escalator(one) for one in told.escalators]
    ticked = codes_among(get_code_book(), told.happened)
    urgency = urgency_of(ticked, escalators, told.danger).urgency
    return NewCase(
        id=case_id,
        reference=codes.new_reference(),
        card_mark=codes.new_card_mark(),
        desk_id=chosen.desk_id,
        compartment=chosen.compartment,
        channel="worker" if operator is None else "operator",
        language=draft.language,
        urgency=urgency,
        safety=urgency in (Urgency.S1, Urgency.S2) or chosen.compartment is Compartment.PROTECTED,
        filed_at=now,
        contact_due_at=contact_due(now, urgency, calendar),
        decide_due_on=decide_due(now).date(),
        next_news_on=next_news(now).date(),
    )


async def _sealed(
    session: AsyncSession,
    vault: Vault,
    row: DraftRow,
    draft: Draft,
    by_token: bytes,
    case: NewCase,
) -> tuple[bytes, SealedCase]:
    """The secret to wrap, and everything of the case that is sealed."""
    present = await escrow.find_escrow_key(session)
    if present is None:
        raise NobodyThere
    if not (
        row.secret_by_token
        and row.pepper_sealed
        and row.code_hash
        and row.code_public
        and row.secret_by_code
    ):
        raise DraftGone
    secret = unseal(by_token, owner_of("draft.token", row.case_id), row.secret_by_token)
    owner = owner_of("pepper", row.case_id)
    pepper = vault.retention.unseal(row.period, owner, row.pepper_sealed)
    period = month_period((case.filed_at + LONGEST_KEPT).date(), case.compartment.value)
    statement = msgspec.json.encode(draft.told)
    key = content_key(secret, pepper)
    return secret, SealedCase(
        statement_sealed=seal(key, owner_of("statement", case.id), statement),
        code_hash=row.code_hash,
        code_public=row.code_public,
        secret_by_code=row.secret_by_code,
        escrow_id=present.id,
        secret_by_escrow=wrap(present.public_key, owner_of("escrow", case.id), secret),
        pepper_sealed=vault.retention.seal(period, owner, pepper),
        period=period,
    )
