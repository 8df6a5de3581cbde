"""SQL of complaints, by what it is for."""

from recruitwatch.complaints.values.cases import (
    CaseMoved,
    FiledStands,
    JudgedMeanwhile,
    MayNotHold,
    NotLinked,
    NotTakenBack,
    NotYourOwn,
    SecondNeeded,
    StepRefused,
    Undecided,
)
from recruitwatch.complaints.values.desks import DeskOpenAlready
from recruitwatch.db.constraints import Constraints

CONSTRAINTS: Constraints = {
    "tr_complaint_steps_stale": CaseMoved,
    "tr_complaint_steps_allowed": StepRefused,
    "tr_complaint_steps_unlinked": NotLinked,
    "tr_complaint_steps_undecided": Undecided,
    "tr_complaints_by_steps": StepRefused,
    "tr_complaints_urgency": SecondNeeded,
    "tr_complaint_decisions_stand": Undecided,
    "tr_complaint_decisions_withdrawn": NotTakenBack,
    "tr_complaints_filed": FiledStands,
    "tr_complaints_readers": FiledStands,
    "tr_case_keys_holder": MayNotHold,
    "tr_seconds_another": NotYourOwn,
    "pk_complaint_decision_seconds": NotYourOwn,
    "pk_complaint_urgency_seconds": JudgedMeanwhile,
    "uq_complaint_links_supersedes": JudgedMeanwhile,
    "uq_complaint_desks_office_id": DeskOpenAlready,
    "uq_complaint_desks_oversight": DeskOpenAlready,
}
