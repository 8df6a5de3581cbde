"""Handing in: one canonical document is frozen, once, whether a page or a device sends it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.audits import queries
from recruitwatch.audits.actions.drafting import start_audit
from recruitwatch.audits.rules.counting import faults
from recruitwatch.audits.rules.freezing import (
    answers_in,
    canonical,
    document_of,
    interviews_in,
    sha256_of,
)
from recruitwatch.audits.rules.recalling import answer_changes
from recruitwatch.audits.rules.rights import write_refusal
from recruitwatch.audits.values import (
    Audit,
    AuditDocument,
    AuditFaulty,
    AuditState,
    Changes,
    ListChoice,
    ListRefused,
    NewAudit,
    NotYourAudit,
    Receipt,
    Submission,
    SubmissionDiffers,
    UsedList,
    VisitChange,
)
from recruitwatch.errors import N_, Message
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action

FAULT = N_("%(list)s, question %(item)s: %(sentence)s")
HASH_DIFFERS = N_("The checklist %(list)s is not the published one.")
LIST_MISSING = N_("The checklist %(list)s is used but not named among the lists.")


async def submit_audit(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    audit_id: UUID,
    submission_id: UUID,
    sha256: str,
) -> Receipt:
    """Freeze the audit as the inspector saw it: `sha256` is of the document that was checked.

    The same submission again gives the same receipt; with other content it is refused.
    """
    audit = await queries.lock_audit(session, audit_id)
    known = await queries.find_submission(session, submission_id)
    if known is not None:
        return _known(known, audit_id, sha256)
    _refuse_unless_own(audit, actor)
    used = await queries.get_used_lists(session, audit)
    answers = await queries.list_answers(session, audit_id)
    interviews = await queries.list_interviews(session, audit_id)
    document = document_of(audit, used, answers, interviews)
    if sha256_of(canonical(document)) != sha256:
        raise SubmissionDiffers
    return await _freeze(session, actor, now, submission_id, document, used)


async def receive_submission(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    submission_id: UUID,
    document: AuditDocument,
) -> Receipt:
    """Take a whole audit from a device, started here or there. Sending it again changes nothing.

    The document replaces what the pages hold of this audit, so that a returned audit can be
    continued on either.
    """
    if document.inspector_id != actor.person_id:
        raise NotYourAudit
    await start_audit(session, actor, now, new=_as_new(document))
    audit = await queries.lock_audit(session, document.audit_id)
    used = await queries.get_used_lists(session, _with_lists(audit, document))
    _refuse_lists(document, used)
    normal = _normal(audit, document, used)
    sha256 = sha256_of(canonical(normal))
    known = await queries.find_submission(session, submission_id)
    if known is not None:
        return _known(known, audit.id, sha256)
    _refuse_unless_own(audit, actor)
    if document.revision != audit.revision or document.agency_id != audit.agency_id:
        raise SubmissionDiffers
    await _replace(session, actor, now, normal)
    return await _freeze(session, actor, now, submission_id, normal, used)


def _refuse_unless_own(audit: Audit, actor: Actor) -> None:
    refusal = write_refusal(audit, actor.person_id)
    if refusal is not None:
        raise refusal


def _known(known: Submission, audit_id: UUID, sha256: str) -> Receipt:
    if (known.audit_id, known.sha256) != (audit_id, sha256):
        raise SubmissionDiffers
    return Receipt(
        submission_id=known.id,
        audit_id=known.audit_id,
        revision=known.revision,
        sha256=known.sha256,
        submitted_at=known.submitted_at,
        already=True,
    )


async def _freeze(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    submission_id: UUID,
    document: AuditDocument,
    used: Sequence[UsedList],
) -> Receipt:
    checklists = {one.checklist.id: one.checklist for one in used}
    wrong = faults(document, checklists, now.date())
    if wrong:
        raise AuditFaulty(
            tuple(
                Message(
                    FAULT, {"list": one.checklist_id, "item": one.item_id, "sentence": sentence}
                )
                if one.item_id
                else Message(sentence)
                for one in wrong
                for sentence in one.sentences
            )
        )
    text = canonical(document)
    sha256 = sha256_of(text)
    await queries.insert_submission(
        session, actor, submission_id, document, text=text, sha256=sha256, now=now
    )
    await queries.set_state(session, document.audit_id, AuditState.SUBMITTED, now)
    await record(
        session, actor, Action.AUDIT_SUBMITTED, subject=("audit", document.audit_id), now=now,
        details={"submission_id": str(submission_id), "revision": document.revision,
                 "sha256": sha256},
    )  # fmt: skip
    return Receipt(
        submission_id=submission_id,
        audit_id=document.audit_id,
        revision=document.revision,
        sha256=sha256,
        submitted_at=now,
        already=False,
    )


def _as_new(document: AuditDocument) -> NewAudit:
    return NewAudit(
        id=document.audit_id,
        agency_id=document.agency_id,
        announced=document.announced,
        unannounced_reason=document.unannounced_reason,
        visited_on=document.visited_on,
        lists=tuple(
            ListChoice(checklist_id=one.checklist_id, version=one.version) for one in document.lists
        ),
        facts=document.facts,
    )


def _with_lists(audit: Audit, document: AuditDocument) -> Audit:
    """The audit as the document describes the visit."""
    new = _as_new(document)
    return msgspec.structs.replace(
        audit,
        announced=new.announced,
        unannounced_reason=new.unannounced_reason,
        visited_on=new.visited_on,
        lists=new.lists,
        facts=dict(new.facts),
    )


def _refuse_lists(document: AuditDocument, used: Sequence[UsedList]) -> None:
    hashes = {one.checklist.id: one.sha256 for one in used}
    answering = {one.checklist_id for one in document.answers}
    answering.update(one.checklist_id for one in document.interviews)
    missing = sorted(answering - set(hashes))
    reasons = [Message(LIST_MISSING, {"list": name}) for name in missing]
    reasons.extend(
        Message(HASH_DIFFERS, {"list": one.checklist_id})
        for one in document.lists
        if hashes[one.checklist_id] != one.sha256
    )
    if reasons:
        raise ListRefused(tuple(reasons))


def _normal(audit: Audit, document: AuditDocument, used: Sequence[UsedList]) -> AuditDocument:
    """The document as the server would have written it: same order, only what counts. The revision
    stays the device's, so that an old document sent again is known for what it is."""
    shown = _with_lists(audit, document)
    normal = document_of(shown, used, answers_in(document), interviews_in(document))
    return msgspec.structs.replace(normal, revision=document.revision)


async def _replace(
    session: AsyncSession, actor: Actor, now: datetime, document: AuditDocument
) -> None:
    audit_id, new = document.audit_id, _as_new(document)
    await _record_overwritten(session, actor, now, document)
    await queries.delete_answers(session, audit_id)
    await queries.delete_interview(session, audit_id, None, None)
    await queries.delete_lists(session, audit_id)
    await queries.insert_lists(session, audit_id, new.lists)
    for interview in interviews_in(document):
        await queries.insert_interview(session, audit_id, interview, now)
    await queries.set_answers(session, actor, audit_id, answers_in(document), now)
    await queries.set_visit(
        session,
        audit_id,
        VisitChange(
            announced=new.announced,
            unannounced_reason=new.unannounced_reason,
            visited_on=new.visited_on,
            facts=new.facts,
        ),
        now,
    )


async def _record_overwritten(
    session: AsyncSession, actor: Actor, now: datetime, document: AuditDocument
) -> None:
    """Answers of the visit that a device changes or takes back. What it adds is in its document."""
    stored = await queries.list_answers(session, document.audit_id, interview_no=0)
    sent = {(one.checklist_id, one.item_id): one for one in answers_in(document)
            if one.interview_no == 0}  # fmt: skip
    for name in dict.fromkeys(one.checklist_id for one in stored):
        before = [one for one in stored if one.checklist_id == name]
        new = {one.item_id: sent.get((name, one.item_id)) for one in before}
        changes = Changes(
            answers=tuple(one for one in new.values() if one is not None),
            cleared=tuple(item for item, one in new.items() if one is None),
        )
        changed = answer_changes(before, changes)
        if changed:
            await record(
                session, actor, Action.AUDIT_ANSWERED, subject=("audit", document.audit_id),
                now=now, details={"list": name, "changes": changed},
            )  # fmt: skip
