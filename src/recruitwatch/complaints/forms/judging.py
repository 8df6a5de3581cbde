"""What officers judge: what a case is about, whom, and how it ends."""

from collections.abc import Collection
from uuid import UUID

import msgspec

from recruitwatch.agencies.rules.taught import LONGEST_NAME
from recruitwatch.complaints.forms.working import LONGEST_REFERENCE, plain_reference
from recruitwatch.complaints.rules.states import LATER_OUTCOMES
from recruitwatch.complaints.values.cases import OtherCaseUnknown
from recruitwatch.complaints.values.codes import Condition, Escalator
from recruitwatch.complaints.values.judging import (
    Basis,
    Judgement,
    NewClassification,
    NewDecision,
    NewLink,
    Stage,
    Target,
)
from recruitwatch.complaints.values.learning import WHICH_NAME
from recruitwatch.complaints.values.states import Outcome, Responsibility
from recruitwatch.errors import N_
from recruitwatch.web.forms import Errors, FormReader

LONGEST_REASON = 2000
LONGEST_REASONS = 5000
MOST_WORKERS = 100_000

ONE_CODE = N_("Choose at least one sentence.")
MAIN_IS_ONE = N_("The main one must be among those you chose.")
WHICH_MAIN = N_("You chose several. Say which is the main one.")
WHICH_STAGE = N_("Say when it happened on the way.")
WHY = N_("Say why. Colleagues read it, and the one you judge never does.")
WHAT_BASIS = N_("A name alone is not enough. Say what shows that this is the one.")
WHICH_OUTCOME = N_("Choose how it ends.")
LATER = N_("This outcome cannot be recorded yet.")
WHO_ANSWERS = N_("Choose who answers for it.")
WHICH_OTHER = OtherCaseUnknown.sentence
WHY_DECIDED = N_("Write your reasons. A decision without reasons does not stand.")
WHAT_SHE_IS_TOLD = N_("Write what she is told.")


def parse_classification(
    reader: FormReader, offered: Collection[str]
) -> NewClassification | Errors:
    """One code or more, the main one among them. A single code is the main one by itself."""
    codes = reader.choices("codes", offered)
    if not codes:
        reader.refuse("codes", ONE_CODE)
    main = reader.form.get("main_code", "") or (codes[0] if len(codes) == 1 else "")
    if codes and not main:
        reader.refuse("main_code", WHICH_MAIN)
    elif codes and main not in codes:
        reader.refuse("main_code", MAIN_IS_ONE)
    stage = reader.choice("stage", Stage, missing=WHICH_STAGE)
    escalators = reader.choices("escalators", list(Escalator))
    conditions = reader.choices("conditions", list(Condition))
    if reader.errors or stage is None:
        return reader.errors
    return NewClassification(
        codes=codes, main_code=main, stage=stage, escalators=escalators, conditions=conditions
    )


def parse_target(reader: FormReader) -> NewLink | None:
    """Whom a judgement is about and what it says, as the address or the hidden fields name it; None for
    what no page of ours leads to. Basis and reason are still empty."""
    try:
        target = Target(reader.form.get("target", ""))
        judgement = Judgement(reader.form.get("judgement", ""))
        identity = _identity(reader.form.get("id", ""))
        supersedes = _identity(reader.form.get("supersedes", ""))
    except ValueError:
        return None
    if (identity is None) != (target is Target.NONE):
        return None
    if target is Target.NONE and judgement is Judgement.REJECTED:
        return None
    if (supersedes is not None) != (judgement is Judgement.WITHDRAWN):
        return None
    return NewLink(
        target=target, judgement=judgement, basis=Basis.NONE, reason="", supersedes=supersedes,
        agency_id=identity if target is Target.AGENCY else None,
        broker_id=identity if target is Target.BROKER else None,
    )  # fmt: skip


def _identity(text: str) -> UUID | None:
    return UUID(text) if text else None


def parse_link(reader: FormReader, asked: NewLink) -> NewLink | Errors:
    """The judgement with its basis and reason. A yes needs a basis, since a name alone is not enough."""
    needs_basis = asked.judgement is Judgement.CONFIRMED and asked.target is not Target.NONE
    basis = reader.choice("basis", Basis, missing=WHAT_BASIS) if needs_basis else Basis.NONE
    if needs_basis and basis is Basis.NONE:
        reader.refuse("basis", WHAT_BASIS)
    reason = reader.text("reason", longest=LONGEST_REASON, required=True, missing=WHY)
    also = _also(reader) if needs_basis and asked.agency_id is not None else ""
    if reader.errors or basis is None:
        return reader.errors
    return msgspec.structs.replace(asked, basis=basis, reason=reason, also=also)


def _also(reader: FormReader) -> str:
    """The name that workers use, where the officer ticked that it shall be kept."""
    if not reader.flag("teach"):
        return ""
    typed = reader.text("also", longest=LONGEST_NAME, required=True, missing=WHICH_NAME)
    return " ".join(typed.split())


def parse_decision(reader: FormReader) -> NewDecision | Errors:
    """How a case ends, with reasons for colleagues and plain words for her."""
    outcome = reader.choice("outcome", Outcome, missing=WHICH_OUTCOME)
    if outcome in LATER_OUTCOMES:
        reader.refuse("outcome", LATER)
    told_before = outcome is Outcome.DUPLICATE_LINKED
    other = reader.text(
        "other_reference", longest=LONGEST_REFERENCE, required=told_before, missing=WHICH_OTHER
    )
    answers = reader.choice("responsibility", Responsibility, missing=WHO_ANSWERS)
    workers = reader.whole("workers", least=1, most=MOST_WORKERS, required=True)
    reasons = reader.text("reasons", longest=LONGEST_REASONS, required=True, missing=WHY_DECIDED)
    told = reader.text("told", longest=LONGEST_REASONS, required=True, missing=WHAT_SHE_IS_TOLD)
    if reader.errors or outcome is None or answers is None or workers is None:
        return reader.errors
    return NewDecision(
        outcome=outcome, responsibility=answers, workers=workers, reasons=reasons, told=told,
        other_reference=plain_reference(other) if told_before else "",
    )  # fmt: skip
