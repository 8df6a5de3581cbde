"""Registering a contract, replacing it by a new version, cancelling it, and opening its terms."""

import asyncio
import hashlib
import secrets
from datetime import date, datetime
from uuid import UUID, uuid4

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.contracts.pdf.sheet import pdf_of
from recruitwatch.contracts.queries import registered as queries
from recruitwatch.contracts.rules.assembling import assemble, canonical, terms_hash
from recruitwatch.contracts.rules.beforehand import look
from recruitwatch.contracts.rules.papering import paper_of
from recruitwatch.contracts.rules.registering import (
    LETTERS,
    RANDOM_LETTERS,
    check_address,
    contract_of,
    initials_of,
    number_of,
    numbered,
)
from recruitwatch.contracts.values.beforehand import NotLawful, WorseNotAccepted
from recruitwatch.contracts.values.judged import ContractLibrary
from recruitwatch.contracts.values.registered import (
    Form,
    FormUsed,
    MadeByForm,
    NewVersion,
    NotComplete,
    RegisteredContract,
    RegisteredMeanwhile,
    TermsGone,
)
from recruitwatch.contracts.values.terms import Contract, ContractInput, Terms
from recruitwatch.documents import lacking
from recruitwatch.documents.typefaces import missing_of
from recruitwatch.errors import N_, Message
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.keys import Vault
from recruitwatch.keys.boxes import DoesNotOpen
from recruitwatch.keys.retention import month_period

SUBJECT = "contract"
YEARS_KEPT = 10
_SOME_PLACE = "https://contracts.ministry.example"
EMPTY_LINE = N_("Not filled in: %(label)s")


async def register_contract(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    vault: Vault,
    library: ContractLibrary,
    *,
    asked: ContractInput,
    form_token: UUID | None = None,
) -> UUID:
    """Register a first version under a new number. Refuses what is not complete, not lawful or cannot be
    printed; then nothing is written. A form that was sent before leads to the contract that it made;
    with other terms than before it is refused."""
    form = _form(form_token, asked)
    if made := await _made_by(session, form):
        return made.contract_id
    contract_id = uuid4()
    picks = [secrets.randbelow(len(LETTERS)) for _ in range(RANDOM_LETTERS)]
    number = number_of(now.year, picks)
    terms = await _fit(numbered(asked, number, 1), library)
    await queries.insert_contract(session, contract_id=contract_id, number=number, now=now)
    new = await _keep(
        session, actor, now, vault, terms,
        contract_id=contract_id, version=1, reason="", form=form,
    )  # fmt: skip
    await record(
        session, actor, Action.CONTRACT_REGISTERED, subject=(SUBJECT, contract_id), now=now,
        details={"number": number, "sha256": new.sha256},
    )  # fmt: skip
    return contract_id


async def replace_contract(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    vault: Vault,
    library: ContractLibrary,
    *,
    contract_id: UUID,
    replaces: int,
    asked: ContractInput,
    reason: str,
    accepts_worse: bool = False,
    form_token: UUID | None = None,
) -> int:
    """Register a new version in place of version `replaces`, which must still be the newest. It is of the
    same worker, origin and destination; where it is much worse for her, somebody has to accept that."""
    form = _form(form_token, asked, contract_id, replaces)
    if made := await _made_by(session, form):
        return made.version
    known = await queries.get_contract(session, contract_id)
    known.check_not_cancelled()
    if known.newest.version != replaces:
        raise RegisteredMeanwhile
    version = replaces + 1
    before = await _unsealed(session, vault, contract_id, replaces)
    terms = await _fit(
        numbered(asked, known.number, version), library, before=before, accepts_worse=accepts_worse
    )
    new = await _keep(
        session, actor, now, vault, terms,
        contract_id=contract_id, version=version, reason=reason, form=form,
    )  # fmt: skip
    await record(
        session, actor, Action.CONTRACT_REPLACED, subject=(SUBJECT, contract_id), now=now,
        details={"number": known.number, "version": version, "sha256": new.sha256},
    )  # fmt: skip
    return version


def _form(
    token: UUID | None, asked: ContractInput, contract_id: UUID | None = None, replaces: int = 0
) -> Form | None:
    """A form with the sum of what it asks for, and in place of which version of which contract."""
    if token is None:
        return None
    plain = msgspec.json.encode((asked, contract_id, replaces), order="deterministic")
    return Form(token=token, sha256=hashlib.sha256(plain).hexdigest())


async def _made_by(session: AsyncSession, form: Form | None) -> MadeByForm | None:
    """What a form has made already, once nobody else is making something of it. Raises FormUsed where
    that was something else than it asks for now."""
    if form is None:
        return None
    await queries.lock_form(session, form.token)
    made = await queries.find_by_form(session, form.token)
    if made is not None and made.sha256 != form.sha256:
        raise FormUsed(made)
    return made


async def cancel_contract(
    session: AsyncSession, actor: Actor, now: datetime, *, contract_id: UUID, reason: str
) -> None:
    """End a contract for good. The same reason sent again changes nothing."""
    await queries.lock_end(session, contract_id)
    known = await queries.get_contract(session, contract_id)
    if known.cancelled_at is not None and known.cancel_reason == reason:
        return
    known.check_not_cancelled()
    await queries.insert_cancellation(
        session, contract_id, reason=reason, cancelled_by=actor.id, now=now
    )
    await record(
        session, actor, Action.CONTRACT_CANCELLED, subject=(SUBJECT, contract_id), now=now,
        details={"number": known.number},
    )  # fmt: skip


async def open_contract(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    vault: Vault,
    *,
    contract_id: UUID,
    version: int | None = None,
) -> tuple[RegisteredContract, Terms]:
    """A contract with the terms of one version, or of the newest; history keeps that they were read.
    Raises NoContract where there is no such version."""
    known = await queries.get_contract(session, contract_id)
    wanted = known.version(version).version
    terms = await _unsealed(session, vault, contract_id, wanted)
    await record(
        session, actor, Action.CONTRACT_OPENED, subject=(SUBJECT, contract_id), now=now,
        details={"number": known.number, "version": wanted},
    )  # fmt: skip
    return known, terms


async def _unsealed(session: AsyncSession, vault: Vault, contract_id: UUID, version: int) -> Terms:
    sealed = await queries.get_sealed_terms(session, contract_id, version)
    try:
        plain = vault.retention.unseal(
            sealed.sealed_until, _owner(contract_id, version), sealed.sealed_terms
        )
    except DoesNotOpen:
        raise TermsGone from None
    return msgspec.json.decode(plain, type=Terms)


async def _fit(
    asked: ContractInput,
    library: ContractLibrary,
    *,
    before: Terms | None = None,
    accepts_worse: bool = False,
) -> Terms:
    """Terms that are complete and lawful and can be put on paper; what is registered stays as it is."""

    def fit() -> Terms:
        contract = _complete(asked, library)
        known = look(contract, library, rates=asked.rates, before=before)
        if known.obstacles:
            raise NotLawful(known.obstacles)
        if known.needs_word and not accepts_worse:
            raise WorseNotAccepted(tuple(one.message for one in known.worse))
        _printable(contract.terms)
        _draw(contract.terms, library)
        return contract.terms

    return await asyncio.to_thread(fit)


def _complete(asked: ContractInput, library: ContractLibrary) -> Contract:
    contract = assemble(asked, library)
    if contract.blanks:
        labels = library.pack(contract.terms.pack, contract.terms.template_version).parameters
        raise NotComplete(
            tuple(
                Message(EMPTY_LINE, {"label": Message(labels[one].label)})
                for one in contract.blanks
            )
        )
    return contract


def _draw(terms: Terms, library: ContractLibrary) -> None:
    """The paper as it will be given out, with an address like that of its page. Raises what it cannot be
    drawn for."""
    number = str(terms.values["contract_number"])
    address = check_address(_SOME_PLACE, number, terms_hash(terms))
    paper = paper_of(contract_of(terms, library, address), library, registered=True)
    pdf_of(paper, terms=canonical(terms))


def _printable(terms: Terms) -> None:
    """A letter that no paper could show is refused by its name."""
    for value in terms.values.values():
        if isinstance(value, str) and (missing := lacking(value)):
            raise missing_of(min(missing))


async def _keep(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    vault: Vault,
    terms: Terms,
    *,
    contract_id: UUID,
    version: int,
    reason: str,
    form: Form | None,
) -> NewVersion:
    """Store a version, with the agency of origin when the register knows the licence that it names."""
    licence = str(terms.values.get("origin_agency_licence") or "")
    agency_id = await queries.find_agency_by_licence(session, licence) if licence else None
    plain = canonical(terms)
    until = month_period(date(now.year + YEARS_KEPT, now.month, 1), "general")
    new = NewVersion(
        contract_id=contract_id,
        version=version,
        terms=terms,
        sha256=hashlib.sha256(plain).hexdigest(),
        agency_id=agency_id,
        initials=initials_of(str(terms.values.get("worker_name") or "")),
        sealed_terms=vault.retention.seal(until, _owner(contract_id, version), plain),
        sealed_until=until,
        reason=reason,
        form=form,
    )
    await queries.insert_version(session, new, registered_by=actor.id, now=now)
    return new


def _owner(contract_id: UUID, version: int) -> str:
    return f"contract {contract_id} {version}"
