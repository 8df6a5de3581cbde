"""Numbers that stand in one page and are used up with it: what a browser sends again opens nothing again."""

import hmac
import secrets
from datetime import datetime
from uuid import UUID, uuid4, uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.complaints.queries import drafts
from recruitwatch.complaints.rules.visits import NONCE_LASTS
from recruitwatch.keys import InstallationKey, Vault

_PURPOSE = "complaint-nonce"


def new_nonce(key: InstallationKey, now: datetime) -> str:
    """Good for a day, and only with our mark: a used one need not be remembered for longer than that."""
    words = f"{int((now + NONCE_LASTS).timestamp())}.{secrets.token_urlsafe(9)}"
    return f"{words}.{_mark(key, words)}"


def _mark(key: InstallationKey, words: str) -> str:
    return key.hash(_PURPOSE, words).hex()[:24]


async def use_nonce(session: AsyncSession, now: datetime, vault: Vault, *, nonce: str) -> bool:
    """Whether this is the first use of a number that is ours and not too old."""
    words, _, mark = nonce.rpartition(".")
    key = vault.installation
    if not hmac.compare_digest(mark.encode(), _mark(key, words).encode()):
        return False
    expires_at = datetime.fromtimestamp(int(words.partition(".")[0]), now.tzinfo)
    if expires_at <= now:
        return False
    return await drafts.insert_nonce(session, key.hash("complaint-nonce-used", words), expires_at)


def identity_of(case_id: UUID, nonce: str, content: bytes) -> UUID:
    """The same for the same content out of the same page, so that it is kept once however often it is sent.
    Nobody can try out contents by it: the page's number is stored nowhere."""
    return uuid5(case_id, f"{nonce}/{content.hex()}") if nonce else uuid4()
