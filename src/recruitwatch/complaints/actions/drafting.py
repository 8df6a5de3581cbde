"""What is told before it is sent: kept sealed for 14 days, under a token that only the page holds."""

from datetime import datetime
from uuid import UUID, uuid4

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.complaints.actions import codes
from recruitwatch.complaints.queries import drafts, files
from recruitwatch.complaints.queries.drafts import DraftRow
from recruitwatch.complaints.rules.visits import DRAFT_LASTS
from recruitwatch.complaints.values.filing import Draft, DraftGone, OpenDraft, Told
from recruitwatch.keys import Vault
from recruitwatch.keys.boxes import DoesNotOpen, derive, new_secret, seal, unseal, wrap
from recruitwatch.keys.retention import day_period

PERIOD = "draft"


def content_key(secret: bytes, pepper: bytes) -> bytes:
    """The key of a case: of no use without the pepper, which is sealed under a key that is destroyed."""
    return derive(secret, "complaint", pepper)


def owner_of(what: str, identity: UUID) -> str:
    return f"{what}/{identity}"


async def start_draft(
    session: AsyncSession,
    now: datetime,
    vault: Vault,
    *,
    language: str,
    told: Told | None = None,
    operator: Actor | None = None,
) -> str:
    """Begin; gives the token by which the draft goes on. Nothing of it can be read without the token."""
    token, case_id = codes.new_token(), uuid4()
    secret, pepper = new_secret(), new_secret()
    expires = now + DRAFT_LASTS
    period = day_period(expires.date(), PERIOD)
    key = vault.installation
    await drafts.insert_draft(
        session,
        token_hash=codes.token_hash(key, token),
        case_id=case_id,
        sealed=_sealed(content_key(secret, pepper), case_id, Draft(told=told or Told(), language=language)),
        secret_by_token=seal(codes.token_key(key, token), owner_of("draft.token", case_id), secret),
        pepper_sealed=vault.retention.seal(period, owner_of("pepper", case_id), pepper),
        period=period,
        operator_id=operator.person_id if operator else None,
        now=now,
        expires_at=expires,
    )  # fmt: skip
    return token


async def open_draft(
    session: AsyncSession, now: datetime, vault: Vault, *, token: str
) -> OpenDraft:
    """The draft of this token, for this transaction alone. Raises DraftGone."""
    row = await drafts.lock_draft(session, codes.token_hash(vault.installation, token), now)
    if row is None:
        raise DraftGone
    try:
        return opened(row, vault, codes.token_key(vault.installation, token))
    except DoesNotOpen:
        raise DraftGone from None


def opened(row: DraftRow, vault: Vault, by_token: bytes) -> OpenDraft:
    """The content of a draft. Of one that was sent only the code is left. Raises DoesNotOpen."""
    key, owner = by_token, owner_of("draft.receipt", row.case_id)
    if row.sent_at is None and row.secret_by_token and row.pepper_sealed:
        secret = unseal(by_token, owner_of("draft.token", row.case_id), row.secret_by_token)
        pepper = vault.retention.unseal(
            row.period, owner_of("pepper", row.case_id), row.pepper_sealed
        )
        key, owner = content_key(secret, pepper), owner_of("draft", row.case_id)
    draft = msgspec.json.decode(unseal(key, owner, row.sealed), type=Draft)
    return OpenDraft(
        token_hash=row.token_hash,
        case_id=row.case_id,
        draft=draft,
        key=key,
        sent=row.sent_at is not None,
        operator_id=row.operator_id,
        expires_at=row.expires_at,
    )


def _sealed(key: bytes, case_id: UUID, draft: Draft) -> bytes:
    return seal(key, owner_of("draft", case_id), msgspec.json.encode(draft))


async def save_draft(
    session: AsyncSession, now: datetime, *, draft: OpenDraft, told: Told
) -> OpenDraft:
    """Keep what was told so far. A draft that was sent stays as it is."""
    if draft.sent:
        return draft
    content = msgspec.structs.replace(draft.draft, told=told)
    sealed = _sealed(draft.key, draft.case_id, content)
    await drafts.set_draft(session, draft.token_hash, sealed=sealed, now=now)
    return msgspec.structs.replace(draft, draft=content)


async def give_code(session: AsyncSession, now: datetime, vault: Vault, *, token: str) -> OpenDraft:
    """The draft with its code: the same one every time. From now on the code opens the draft, too."""
    draft = await open_draft(session, now, vault, token=token)
    if draft.draft.code is not None:
        return draft
    code = codes.new_code()
    key = await codes.code_key(vault.installation, code)
    content = msgspec.structs.replace(draft.draft, code=code)
    row = await drafts.lock_draft(session, draft.token_hash, now)
    if row is None or row.secret_by_token is None:
        raise DraftGone
    by_token = codes.token_key(vault.installation, token)
    secret = unseal(by_token, owner_of("draft.token", row.case_id), row.secret_by_token)
    await drafts.set_draft_code(
        session,
        draft.token_hash,
        sealed=_sealed(draft.key, draft.case_id, content),
        code_hash=key.lookup,
        code_public=key.pair.public,
        secret_by_code=wrap(key.pair.public, owner_of("code", draft.case_id), secret),
        now=now,
    )
    return msgspec.structs.replace(draft, draft=content)


async def delete_draft(session: AsyncSession, *, draft: OpenDraft) -> None:
    """Forget what was told and its files; a case that was sent stays. The stored bytes of the files, which
    nobody can open any more, are swept up later."""
    await drafts.delete_draft(session, draft.token_hash)
    if not draft.sent:
        await files.delete_files(session, draft.case_id)


async def leave_draft(
    session: AsyncSession, now: datetime, vault: Vault, *, token: str, forget: bool = False
) -> None:
    """She leaves. Going back to her pages shows the code of what was sent no more; what has a code but was
    not sent is opened by the code alone. Without a code only `forget` deletes what she wrote: she may want
    to come back to it by the page. Where nothing is found there is nothing to do."""
    try:
        draft = await open_draft(session, now, vault, token=token)
    except DraftGone:
        return
    if forget or draft.sent:
        await delete_draft(session, draft=draft)
    elif draft.draft.code is not None:
        nobodys = codes.token_hash(vault.installation, codes.new_token())
        await drafts.lock_draft_away(session, draft.token_hash, token_hash=nobodys)
