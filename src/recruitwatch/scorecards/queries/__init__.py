"""SQL of scorecards: the records a card rests on, issued snapshots, and published cards."""

from recruitwatch.db.constraints import Constraints
from recruitwatch.scorecards.queries.contests import (
    count_contests,
    get_basis,
    get_contest,
    get_contest_paper,
    insert_contest,
    insert_contest_paper,
    insert_line_decision,
    list_contested_ids,
    list_contests,
    list_corrections,
    list_marks,
    lock_contest,
)
from recruitwatch.scorecards.queries.evidence import (
    collect_evidence,
    get_library,
    get_whole_evidence,
)
from recruitwatch.scorecards.queries.issued import (
    get_issued,
    insert_card,
    list_issued,
    lock_newest_issued,
)
from recruitwatch.scorecards.queries.issuing_all import find_last_bases, find_newest
from recruitwatch.scorecards.queries.publishing import (
    count_published,
    each_published,
    find_paper,
    get_prepared,
    get_published,
    get_published_by_card,
    insert_card_step,
    insert_paper,
    list_published,
    list_states,
    load_valid,
    lock_prepared,
)
from recruitwatch.scorecards.values.contests import DecidedByIssuer, LineContested, LineDecided
from recruitwatch.scorecards.values.issued import IssuedMeanwhile
from recruitwatch.scorecards.values.publishing import (
    NewerPublished,
    NotPublished,
    NotServed,
    RecallUnexplained,
    StepTaken,
    TooEarly,
)

CONSTRAINTS: Constraints = {
    "uq_issued_scorecards_revision": IssuedMeanwhile,
    "uq_card_steps_once": StepTaken,
    "ck_card_steps_reason": RecallUnexplained,
    "tr_card_steps_not_served": NotServed,
    "tr_card_steps_too_early": TooEarly,
    "tr_card_steps_not_published": NotPublished,
    "tr_card_steps_older": NewerPublished,
    "uq_contested_lines_once": LineContested,
    "pk_line_decisions": LineDecided,
    "tr_line_decisions_decider": DecidedByIssuer,
    "tr_card_contests_not_served": NotServed,
}

__all__ = [
    "CONSTRAINTS",
    "collect_evidence",
    "count_contests",
    "count_published",
    "each_published",
    "find_last_bases",
    "find_newest",
    "find_paper",
    "get_basis",
    "get_contest",
    "get_contest_paper",
    "get_issued",
    "get_library",
    "get_prepared",
    "get_published",
    "get_published_by_card",
    "get_whole_evidence",
    "insert_card",
    "insert_card_step",
    "insert_contest",
    "insert_contest_paper",
    "insert_line_decision",
    "insert_paper",
    "list_contested_ids",
    "list_contests",
    "list_corrections",
    "list_issued",
    "list_marks",
    "list_published",
    "list_states",
    "load_valid",
    "lock_contest",
    "lock_newest_issued",
    "lock_prepared",
]
