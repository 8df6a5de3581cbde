"""What history knows: every action a person or the system can take."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec


class Action(StrEnum):
    """One word an action; history is read by them."""

    INSTALLED = "installed"
    CODE_ASKED = "code_asked"
    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGNED_OUT = "signed_out"
    PASSWORD_CHANGED = "password_changed"
    PASSWORD_RESET = "password_reset"
    KEY_MADE = "key_made"
    KEY_DESTROYED = "key_destroyed"
    KEY_UNREADABLE = "key_unreadable"
    SECOND_FACTOR_SET = "second_factor_set"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    SECOND_FACTOR_RULE_SET = "second_factor_rule_set"
    PERSON_CREATED = "person_created"
    PERSON_CHANGED = "person_changed"
    PERSON_DISABLED = "person_disabled"
    PERSON_ENABLED = "person_enabled"
    WORK_HANDED_OVER = "work_handed_over"
    OFFICE_CREATED = "office_created"
    OFFICE_CHANGED = "office_changed"
    REGISTER_CREATED = "register_created"
    AGENCY_REGISTERED = "agency_registered"
    AGENCY_CHANGED = "agency_changed"
    AGENCIES_IMPORTED = "agencies_imported"
    IMPORT_UNDONE = "import_undone"
    IMPORT_UPLOADED = "import_uploaded"
    LICENCE_RECORDED = "licence_recorded"
    LICENCE_DECIDED = "licence_decided"
    LICENCE_DECISION_CORRECTED = "licence_decision_corrected"
    DEPLOYMENTS_RECORDED = "deployments_recorded"
    CHECKLIST_LOADED = "checklist_loaded"
    PARAMETER_SET = "parameter_set"
    AUDIT_STARTED = "audit_started"
    AUDIT_CHANGED = "audit_changed"
    AUDIT_ANSWERED = "audit_answered"
    AUDIT_SUBMITTED = "audit_submitted"
    AUDIT_APPROVED = "audit_approved"
    AUDIT_RETURNED = "audit_returned"
    AUDIT_ABANDONED = "audit_abandoned"
    INTERVIEW_RECORDED = "interview_recorded"
    INTERVIEW_REMOVED = "interview_removed"
    FINDING_OPENED = "finding_opened"
    FINDING_SERVED = "finding_served"
    FINDING_REPLIED = "finding_replied"
    FINDING_CONFIRMED = "finding_confirmed"
    FINDING_DISMISSED = "finding_dismissed"
    COMPLAINT_FILED = "complaint_filed"
    COMPLAINT_OPENED = "complaint_opened"
    COMPLAINT_MOVED = "complaint_moved"
    COMPLAINT_ASSIGNED = "complaint_assigned"
    COMPLAINT_CLASSIFIED = "complaint_classified"
    COMPLAINT_LINKED = "complaint_linked"
    COMPLAINT_URGENCY_SET = "complaint_urgency_set"
    COMPLAINT_MESSAGE_WRITTEN = "complaint_message_written"
    COMPLAINT_CONTACTED = "complaint_contacted"
    COMPLAINT_DECISION_PROPOSED = "complaint_decision_proposed"
    COMPLAINT_SECONDED = "complaint_seconded"
    COMPLAINT_WITHDRAWN = "complaint_withdrawn"
    COMPLAINT_FILE_ADDED = "complaint_file_added"
    COMPLAINT_ERASED = "complaint_erased"
    CASE_KEYS_GIVEN = "case_keys_given"
    CASE_KEYS_RECOVERED = "case_keys_recovered"
    DESK_OPENED = "desk_opened"
    DESK_CONFIRMED = "desk_confirmed"
    DESK_CHANGED = "desk_changed"
    DESK_OFFICER_ADMITTED = "desk_officer_admitted"
    DESK_OFFICER_LEFT = "desk_officer_left"
    BROKER_ENTERED = "broker_entered"
    BROKER_CHANGED = "broker_changed"
    BROKER_TIED = "broker_tied"
    BROKERS_MERGED = "brokers_merged"
    BROKERS_PARTED = "brokers_parted"
    BROKER_KEPT = "broker_kept"
    BROKER_ERASED = "broker_erased"
    HELP_NUMBERS_SET = "help_numbers_set"
    SCORECARD_ISSUED = "scorecard_issued"
    CARD_CHECKED = "card_checked"
    CARD_SERVED = "card_served"
    CARD_REPLIED = "card_replied"
    CARD_PUBLISHED = "card_published"
    CARD_RECALLED = "card_recalled"
    CARD_CONTESTED = "card_contested"
    CONTEST_DECIDED = "contest_decided"
    ESCROW_MADE = "escrow_made"
    JOB_REQUESTED = "job_requested"
    JOB_STOPPED = "job_stopped"
    DEMO_MADE = "demo_made"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of history."""

    seq: int
    at: datetime
    actor_name: str
    action: str
    subject_kind: str
    subject_id: str
    details: dict[str, object]
    actor_id: UUID | None
