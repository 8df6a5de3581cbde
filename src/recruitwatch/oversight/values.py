"""History in words: a sentence for each action, names for kinds of things and for what changed."""

from datetime import datetime
from uuid import UUID

import msgspec

from recruitwatch.errors import N_
from recruitwatch.history.values import Action

SENTENCES: dict[Action, str] = {
    Action.INSTALLED: N_("%(who)s set up this installation."),
    Action.CODE_ASKED: N_("%(who)s gave the right password and was asked for a code."),
    Action.SIGNED_IN: N_("%(who)s signed in."),
    Action.SIGN_IN_REFUSED: N_("%(who)s refused a sign-in."),
    Action.SIGNED_OUT: N_("%(who)s signed out."),
    Action.PASSWORD_CHANGED: N_("%(who)s chose a new password."),
    Action.PASSWORD_RESET: N_("%(who)s reset a password."),
    Action.KEY_MADE: N_("%(who)s got a key for reading complaints."),
    Action.KEY_DESTROYED: N_("%(who)s destroyed a person's key for reading complaints."),
    Action.KEY_UNREADABLE: N_("%(who)s gave the right password, but the own key did not open."),
    Action.SECOND_FACTOR_SET: N_("%(who)s set up a second factor."),
    Action.SECOND_FACTOR_REMOVED: N_("%(who)s removed a second factor."),
    Action.SECOND_FACTOR_RULE_SET: N_("%(who)s set whether a role needs a second factor."),
    Action.PERSON_CREATED: N_("%(who)s added a person."),
    Action.PERSON_CHANGED: N_("%(who)s changed a person."),
    Action.PERSON_DISABLED: N_("%(who)s disabled a person."),
    Action.PERSON_ENABLED: N_("%(who)s let a person sign in again."),
    Action.WORK_HANDED_OVER: N_("%(who)s handed open work over to another person."),
    Action.OFFICE_CREATED: N_("%(who)s added an office."),
    Action.OFFICE_CHANGED: N_("%(who)s changed an office."),
    Action.REGISTER_CREATED: N_("%(who)s began a register."),
    Action.AGENCY_REGISTERED: N_("%(who)s entered an agency in the register."),
    Action.AGENCY_CHANGED: N_("%(who)s changed the record of an agency."),
    Action.AGENCIES_IMPORTED: N_("%(who)s imported agencies from a file."),
    Action.IMPORT_UNDONE: N_("%(who)s took an import back."),
    Action.IMPORT_UPLOADED: N_("%(who)s uploaded a file to import."),
    Action.LICENCE_RECORDED: N_("%(who)s recorded a licence."),
    Action.LICENCE_DECIDED: N_("%(who)s decided about a licence."),
    Action.LICENCE_DECISION_CORRECTED: N_("%(who)s corrected a decision about a licence."),
    Action.DEPLOYMENTS_RECORDED: N_("%(who)s recorded how many workers an agency sent."),
    Action.CHECKLIST_LOADED: N_("%(who)s loaded a version of a checklist."),
    Action.PARAMETER_SET: N_("%(who)s set a figure of national law."),
    Action.AUDIT_STARTED: N_("%(who)s began an audit."),
    Action.AUDIT_CHANGED: N_("%(who)s changed the visit of an audit."),
    Action.AUDIT_ANSWERED: N_("%(who)s answered questions of an audit."),
    Action.AUDIT_SUBMITTED: N_("%(who)s submitted an audit."),
    Action.AUDIT_APPROVED: N_("%(who)s approved an audit."),
    Action.AUDIT_RETURNED: N_("%(who)s returned an audit to its inspector."),
    Action.AUDIT_ABANDONED: N_("%(who)s gave an audit up."),
    Action.INTERVIEW_RECORDED: N_("%(who)s recorded an interview of an audit."),
    Action.INTERVIEW_REMOVED: N_("%(who)s removed an interview of an audit."),
    Action.FINDING_OPENED: N_("%(who)s opened a finding."),
    Action.FINDING_SERVED: N_("%(who)s served the evidence of a finding."),
    Action.FINDING_REPLIED: N_("%(who)s recorded a reply to a finding."),
    Action.FINDING_CONFIRMED: N_("%(who)s confirmed a finding."),
    Action.FINDING_DISMISSED: N_("%(who)s dismissed a finding."),
    Action.SCORECARD_ISSUED: N_("%(who)s issued a scorecard."),
    Action.JOB_REQUESTED: N_("%(who)s started a long task."),
    Action.JOB_STOPPED: N_("%(who)s stopped a long task."),
    Action.DEMO_MADE: N_("%(who)s made the invented country of the demonstration."),
}
ACTION_NAMES: dict[Action, str] = {
    Action.INSTALLED: N_("Installation"),
    Action.CODE_ASKED: N_("Code asked for"),
    Action.SIGNED_IN: N_("Sign-in"),
    Action.SIGN_IN_REFUSED: N_("Refused sign-in"),
    Action.SIGNED_OUT: N_("Sign-out"),
    Action.PASSWORD_CHANGED: N_("New own password"),
    Action.PASSWORD_RESET: N_("Password reset"),
    Action.KEY_MADE: N_("Key made"),
    Action.KEY_DESTROYED: N_("Key destroyed"),
    Action.KEY_UNREADABLE: N_("Key not readable"),
    Action.SECOND_FACTOR_SET: N_("Second factor set up"),
    Action.SECOND_FACTOR_REMOVED: N_("Second factor removed"),
    Action.SECOND_FACTOR_RULE_SET: N_("Second factor for a role"),
    Action.PERSON_CREATED: N_("Person added"),
    Action.PERSON_CHANGED: N_("Person changed"),
    Action.PERSON_DISABLED: N_("Person disabled"),
    Action.PERSON_ENABLED: N_("Person enabled"),
    Action.WORK_HANDED_OVER: N_("Work handed over"),
    Action.OFFICE_CREATED: N_("Office added"),
    Action.OFFICE_CHANGED: N_("Office changed"),
    Action.REGISTER_CREATED: N_("Register begun"),
    Action.AGENCY_REGISTERED: N_("Agency entered"),
    Action.AGENCY_CHANGED: N_("Agency changed"),
    Action.AGENCIES_IMPORTED: N_("Agencies imported"),
    Action.IMPORT_UNDONE: N_("Import taken back"),
    Action.IMPORT_UPLOADED: N_("File uploaded"),
    Action.LICENCE_RECORDED: N_("Licence recorded"),
    Action.LICENCE_DECIDED: N_("Licence decided"),
    Action.LICENCE_DECISION_CORRECTED: N_("Licence decision corrected"),
    Action.DEPLOYMENTS_RECORDED: N_("Workers sent recorded"),
    Action.CHECKLIST_LOADED: N_("Checklist loaded"),
    Action.PARAMETER_SET: N_("National figure set"),
    Action.AUDIT_STARTED: N_("Audit begun"),
    Action.AUDIT_CHANGED: N_("Visit of an audit changed"),
    Action.AUDIT_ANSWERED: N_("Audit answered"),
    Action.AUDIT_SUBMITTED: N_("Audit submitted"),
    Action.AUDIT_APPROVED: N_("Audit approved"),
    Action.AUDIT_RETURNED: N_("Audit returned"),
    Action.AUDIT_ABANDONED: N_("Audit given up"),
    Action.INTERVIEW_RECORDED: N_("Interview recorded"),
    Action.INTERVIEW_REMOVED: N_("Interview removed"),
    Action.FINDING_OPENED: N_("Finding opened"),
    Action.FINDING_SERVED: N_("Evidence served"),
    Action.FINDING_REPLIED: N_("Reply recorded"),
    Action.FINDING_CONFIRMED: N_("Finding confirmed"),
    Action.FINDING_DISMISSED: N_("Finding dismissed"),
    Action.SCORECARD_ISSUED: N_("Scorecard issued"),
    Action.JOB_REQUESTED: N_("Long task started"),
    Action.JOB_STOPPED: N_("Long task stopped"),
    Action.DEMO_MADE: N_("Demonstration made"),
}
KIND_NAMES: dict[str, str] = {
    "agency": N_("Agency"),
    "audit": N_("Audit"),
    "checklist": N_("Checklist"),
    "demo": N_("Demonstration"),
    "finding": N_("Finding"),
    "import": N_("Import"),
    "job": N_("Long task"),
    "office": N_("Office"),
    "parameter": N_("National figure"),
    "person": N_("Person"),
    "register": N_("Register"),
    "role": N_("Role"),
    "upload": N_("Uploaded file"),
    "vocabulary": N_("Words of the checklists"),
}
FIELD_NAMES: dict[str, str] = {
    "agency_id": N_("Agency"),
    "agreed_by": N_("Agreed by"),
    "amount": N_("Amount"),
    "announced": N_("Announced"),
    "answered": N_("Answered"),
    "currency": N_("Currency"),
    "disabled": N_("Disabled"),
    "evidence": N_("Evidence"),
    "full_name": N_("Full name"),
    "inspector_id": N_("Inspector"),
    "interview": N_("Interview"),
    "item": N_("Question"),
    "kind": N_("Kind"),
    "licence_no": N_("Licence number"),
    "list": N_("Checklist"),
    "lists": N_("Checklists"),
    "na_reason_changed": N_("Reason changed"),
    "name": N_("Name"),
    "note_changed": N_("Note changed"),
    "office_id": N_("Office"),
    "on_date": N_("Date"),
    "reason": N_("Reason"),
    "revision": N_("Revision"),
    "roles": N_("Roles"),
    "second_factor": N_("Second factor"),
    "second_factor_required": N_("Second factor needed"),
    "severity": N_("Severity"),
    "sign_in_name": N_("Sign-in name"),
    "state": N_("State"),
    "taken_back": N_("Taken back"),
    "text": N_("Text"),
    "title": N_("Title"),
    "value": N_("Answer"),
    "version": N_("Version"),
    "visited_on": N_("Day of the visit"),
}


class HistoryFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which entries are wanted; None means all."""

    action: Action | None = None
    person_id: UUID | None = None
    kind: str | None = None
    subject_id: str | None = None


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was changed. `has_old` is False where an entry only says what is new."""

    field: str
    old: object
    new: object
    has_old: bool


class HistoryEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of history as it is stored."""

    seq: int
    at: datetime
    actor_id: UUID | None
    actor_name: str
    action: str
    subject_kind: str
    subject_id: str
    details: dict[str, object]
