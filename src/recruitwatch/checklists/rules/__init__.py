"""The decisions of the checklists feature: files, differences, answers, credit and gates.

Pure: callers pass bytes, dates and parameters. Import from here; the modules are split by verb.
"""

from recruitwatch.checklists.rules.answers import PROBLEM_TEXTS, check_answer
from recruitwatch.checklists.rules.credit import (
    METHOD,
    Parameters,
    applies,
    credit,
    is_failure,
    parameters_in_force,
    pooled_trips_gate,
    tally,
    trips_gate,
)
from recruitwatch.checklists.rules.difference import difference
from recruitwatch.checklists.rules.library import (
    check_library,
    check_lock,
    file_of,
    lock_line,
    newest,
    parse_checklist,
    parse_vocabulary,
    read_library,
    sha256_of,
)
from recruitwatch.checklists.rules.soundness import items_with_paths
from recruitwatch.checklists.rules.wording import option_label, title_in, wording

__all__ = [
    "METHOD",
    "PROBLEM_TEXTS",
    "Parameters",
    "applies",
    "check_answer",
    "check_library",
    "check_lock",
    "credit",
    "difference",
    "file_of",
    "is_failure",
    "items_with_paths",
    "lock_line",
    "newest",
    "option_label",
    "parameters_in_force",
    "parse_checklist",
    "parse_vocabulary",
    "pooled_trips_gate",
    "read_library",
    "sha256_of",
    "tally",
    "title_in",
    "trips_gate",
    "wording",
]
