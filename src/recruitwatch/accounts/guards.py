"""The check on every route: public, or a permission that the signed-in person must have.

The guard reads the sign-in in a short transaction of its own, before the request's transaction begins:
guards run before dependencies. What it finds is the request's actor.
"""

from collections.abc import Collection
from enum import StrEnum
from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from recruitwatch.accounts import queries
from recruitwatch.accounts.actions.own_keys import unseal_for_sign_in
from recruitwatch.accounts.actions.secrets import token_hash
from recruitwatch.accounts.rules import SEEN_EVERY, may, sign_in_ends
from recruitwatch.accounts.values import Permission, SignedIn
from recruitwatch.actor import Actor
from recruitwatch.errors import N_, NotAllowed

COOKIE = "rw_sign_in"

PUBLIC: dict[str, Any] = {"public": True}
"""Route option: anybody may come here."""

PUBLIC_READ: dict[str, Any] = {"public": True, "exclude_from_csrf": True}
"""Route option: anybody may read this, no form is on it and so no cookie is set."""

PUBLIC_QUESTION: dict[str, Any] = PUBLIC_READ
"""Route option: anybody may ask by a sent form what anybody may read. Nothing is changed and no cookie is
looked at, so there is nothing that another site could forge; programs that ask have no token."""


class Step(StrEnum):
    """What a sign-in may still lack, by the address where it is done; in this order."""

    CODE = "/sign-in/code"
    PASSWORD = "/account/password"
    SECOND_FACTOR = "/account/second-factor"


def needs(permission: Permission, *, unfinished: Collection[Step] = ()) -> dict[str, Any]:
    """Route option: the signed-in person must have this permission. `unfinished` lets in a person
    who stands at one of these steps. Who owes a code must reach nothing else: with the password
    alone one could otherwise replace the password or the second factor."""
    return {"permission": permission, "unfinished": frozenset(unfinished)}


class SignInNeeded(NotAllowed):
    """Nobody is signed in, or the sign-in is not complete; `address` is where to go first."""

    code = "sign-in-needed"
    sentence = N_("Sign in first.")

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address


async def require_permission(
    connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
) -> None:
    """Refuse unless the route is public or the person may. A route that names neither answers
    nobody; besides, that is the framework's own answer to OPTIONS, which no page needs."""
    signed_in = await _signed_in(connection)
    if signed_in is not None:
        state = connection.scope.setdefault("state", {})
        state["signed_in"] = signed_in
        state["actor"] = actor_of(signed_in)
    if handler.opt.get("public"):
        return
    if "permission" not in handler.opt:
        raise NotAllowed
    permission = handler.opt["permission"]
    if signed_in is None:
        raise SignInNeeded("/sign-in")
    step = unfinished_step(signed_in)
    if step is not None and step not in handler.opt["unfinished"]:
        raise SignInNeeded(step.value)
    if not may(actor_of(signed_in), permission):
        raise NotAllowed


def actor_of(signed_in: SignedIn) -> Actor:
    return Actor(
        person_id=signed_in.person_id,
        name=signed_in.full_name,
        office_id=signed_in.office_id,
        office_name=signed_in.office_name,
        roles=frozenset(role.value for role in signed_in.roles),
        second_factor=signed_in.second_factor_at is not None,
        agency_id=signed_in.agency_id,
    )


def unfinished_step(signed_in: SignedIn) -> Step | None:
    """What must happen before anything else: a code, a new password, a second factor."""
    if signed_in.has_second_factor and signed_in.second_factor_at is None:
        return Step.CODE
    if signed_in.must_change_password:
        return Step.PASSWORD
    if signed_in.second_factor_required and not signed_in.has_second_factor:
        return Step.SECOND_FACTOR
    return None


def own_key(request: ASGIConnection[Any, Any, Any, Any]) -> bytes | None:
    """The private key of the signed-in person; None if there is none, it does not open, or the
    sign-in is not complete. Never to be logged, stored or shown."""
    signed_in: SignedIn | None = request.scope.get("state", {}).get("signed_in")
    token = request.cookies.get(COOKIE)
    if signed_in is None or not token or unfinished_step(signed_in) is not None:
        return None
    if signed_in.key_sealed is None:
        return None
    key = request.app.state.key
    return unseal_for_sign_in(key, signed_in.person_id, token, signed_in.key_sealed)


async def _signed_in(connection: ASGIConnection[Any, Any, Any, Any]) -> SignedIn | None:
    token = connection.cookies.get(COOKIE)
    if not token:
        return None
    state = connection.app.state
    now = state.clock()
    async with state.open_session() as session, session.begin():
        found = await queries.find_sign_in(session, token_hash(token), now)
        if found is not None and now - found.last_seen_at > SEEN_EVERY:
            started = await queries.get_sign_in_start(session, found.token_hash)
            await queries.set_seen(
                session, found.token_hash, now=now, expires_at=sign_in_ends(started, now)
            )
    return found
