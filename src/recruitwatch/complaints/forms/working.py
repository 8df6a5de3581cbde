"""What officers type while they work on a case: what the queue shows, messages, urgency, steps."""

from uuid import UUID

import msgspec

from recruitwatch.complaints.rules.urgency import rank
from recruitwatch.complaints.values.codes import Urgency
from recruitwatch.complaints.values.judging import NewUrgency
from recruitwatch.complaints.values.queue import QueueFilter, Which
from recruitwatch.complaints.values.states import State
from recruitwatch.errors import N_
from recruitwatch.web.forms import NOT_A_CHOICE, Errors, FormReader

LONGEST_MESSAGE = 5000
LONGEST_REASON = 2000
LONGEST_REFERENCE = 40

WRITE_SOMETHING = N_("Write something first.")
WHY_LOWER = N_("Say why it is less urgent now. Your name stands with the reason.")
WHY_SAFE = N_("Say how you know that she is safe. Your name stands with the reason.")
THE_SAME = N_("It is of this urgency already. Choose another one.")


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A step that was asked for, with where the officer saw the case."""

    before: State
    after: State


def plain_reference(typed: str) -> str:
    """A reference as it is kept, from one that was typed in small letters or with spaces around."""
    return typed.strip().upper()[:LONGEST_REFERENCE]


def parse_filter(which: str, urgency: str, state: str, reference: str) -> QueueFilter:
    """What an address asks for; words it does not know ask for nothing."""
    return QueueFilter(
        which=Which(which) if which in list(Which) else Which.OPEN,
        urgency=Urgency(urgency) if urgency in list(Urgency) else None,
        state=State(state) if state in list(State) else None,
        reference=plain_reference(reference),
    )


def parse_message(reader: FormReader) -> str | Errors:
    text = reader.text("text", longest=LONGEST_MESSAGE, required=True, missing=WRITE_SOMETHING)
    return reader.errors or text


def parse_urgency(reader: FormReader, present: Urgency) -> NewUrgency | Errors:
    """Raising needs no reason, lowering does."""
    chosen = reader.choice("urgency", Urgency)
    lowers = chosen is not None and rank(chosen) > rank(present)
    reason = reader.text("reason", longest=LONGEST_REASON, required=lowers, missing=WHY_LOWER)
    if chosen is present:
        reader.refuse("urgency", THE_SAME)
    if reader.errors or chosen is None:
        return reader.errors
    return NewUrgency(urgency=chosen, reason=reason)


def parse_step(reader: FormReader) -> Wanted | Errors:
    before, after = reader.choice("before", State), reader.choice("after", State)
    if before is None or after is None:
        return reader.errors
    return Wanted(before=before, after=after)


def parse_end_of_care(reader: FormReader) -> str | Errors:
    """Why the care for her safety ends."""
    reason = reader.text("why_safe", longest=LONGEST_REASON, required=True, missing=WHY_SAFE)
    return reader.errors or reason


def parse_person(reader: FormReader, name: str = "person_id") -> UUID | Errors:
    try:
        return UUID(reader.form.get(name, ""))
    except ValueError:
        reader.refuse(name, NOT_A_CHOICE)
        return reader.errors
