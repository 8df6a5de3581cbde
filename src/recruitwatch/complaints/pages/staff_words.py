"""The sentences an officer reads: urgency, states and their steps, clocks, outcomes, bases."""

from collections.abc import Mapping

import msgspec

from recruitwatch.complaints.values.clocks import ClockState, Limit
from recruitwatch.complaints.values.codes import Compartment, Condition, Urgency
from recruitwatch.complaints.values.judging import Basis, Judgement, Stage, Target
from recruitwatch.complaints.values.states import Outcome, Responsibility, State
from recruitwatch.errors import N_


class Named(msgspec.Struct, frozen=True):
    """A short name, and a sentence that says what it means."""

    name: str
    sentence: str


URGENCY: Mapping[Urgency, str] = {
    Urgency.S1: N_("Danger now"),
    Urgency.S2: N_("Within a day"),
    Urgency.S3: N_("Within three working days"),
    Urgency.S4: N_("Within a week"),
}
URGENCY_MEANS: Mapping[Urgency, str] = {
    Urgency.S1: N_("Speak to her within one hour, at night and on holidays too."),
    Urgency.S2: N_("Something grave happened or is about to. Speak to her within 24 hours."),
    Urgency.S3: N_("A serious loss. Speak to her within three working days."),
    Urgency.S4: N_("Everything else. Speak to her within seven days."),
}
URGENCY_COLOURS: Mapping[Urgency, str] = {
    Urgency.S1: "red",
    Urgency.S2: "orange",
    Urgency.S3: "blue",
    Urgency.S4: "grey",
}

STATES: Mapping[State, str] = {
    State.RECEIVED: N_("Received"),
    State.TRIAGE: N_("First look"),
    State.SCREEN: N_("What can be done"),
    State.DUPLICATE: N_("Told before"),
    State.NOT_A_COMPLAINT: N_("Not a complaint"),
    State.PARTLY_OUTSIDE: N_("Partly for others"),
    State.REFERRED_OUT: N_("Handed to others"),
    State.LINKING: N_("Looking for the agency"),
    State.UNLINKED_PATTERN: N_("Agency not known yet"),
    State.ASSIGNED: N_("With an officer"),
    State.REASSIGN: N_("Changing officers"),
    State.PLAN: N_("Planning"),
    State.CONSENT_NOTICE: N_("Asking her leave"),
    State.HOLD: N_("Waiting for her"),
    State.NOTICED: N_("Agency was asked"),
    State.REPLY_IN: N_("Agency answered"),
    State.REPLY_LATE: N_("No answer in time"),
    State.INSPECT_ONLY: N_("Inspection only"),
    State.INVESTIGATE: N_("Finding facts"),
    State.CONCILIATE: N_("Talking with both sides"),
    State.SETTLED: N_("Both sides agreed"),
    State.DECIDE: N_("To be decided"),
    State.REMEDY: N_("Making good"),
    State.PAID: N_("Paid"),
    State.PART_PAID: N_("Paid in part"),
    State.DEFAULT: N_("Not paid in time"),
    State.ENFORCE: N_("Forcing payment"),
    State.APPEAL: N_("Asked again"),
    State.CLOSED: N_("Closed"),
    State.REOPENED: N_("Opened again"),
}
STEPS: Mapping[State, Named] = {
    State.TRIAGE: Named(
        N_("Begin"), N_("You read the case and look how urgent it is. She is told so.")
    ),
    State.SCREEN: Named(
        N_("She is safe enough to go on"), N_("Next you look at which parts you can do something.")
    ),
    State.DUPLICATE: Named(
        N_("She told us this before"), N_("The first case goes on. An outcome is still needed.")
    ),
    State.NOT_A_COMPLAINT: Named(
        N_("It is not a complaint"), N_("A question, for example. An outcome is still needed.")
    ),
    State.PARTLY_OUTSIDE: Named(
        N_("A part is for others"), N_("Write to her who can do that part. The rest goes on here.")
    ),
    State.LINKING: Named(N_("Look for the agency"), N_("Next you say whom the case is about.")),
    State.UNLINKED_PATTERN: Named(
        N_("The agency is not known yet"), N_("The case stays open and is looked at again.")
    ),
    State.ASSIGNED: Named(
        N_("Start work with one officer"),
        N_("This needs a judgement on whom the case is about, even if it is nobody known."),
    ),
    State.REASSIGN: Named(
        N_("Another officer should take it"), N_("Give it to a colleague, then start again.")
    ),
    State.PLAN: Named(N_("Plan the work"), N_("What to look at, and how she stays safe.")),
    State.INSPECT_ONLY: Named(
        N_("Only inspect, name nobody"), N_("An ordinary inspection that does not point to her.")
    ),
    State.INVESTIGATE: Named(N_("Find the facts"), N_("Papers, payments, other workers.")),
    State.DECIDE: Named(
        N_("It can be decided"), N_("Enough is known. Next you decide and give reasons.")
    ),
    State.REOPENED: Named(
        N_("Open it again"), N_("A new fact, or something happened to her since.")
    ),
}

LIMITS: Mapping[Limit, str] = {
    Limit.CONTACT: N_("Somebody must speak to her by %(when)s"),
    Limit.STATE: N_("The next step is due by %(when)s"),
    Limit.DECISION: N_("The decision is due by %(when)s"),
    Limit.NEWS: N_("She must hear from us by %(when)s"),
}
CLOCKS: Mapping[ClockState, str] = {
    ClockState.FRESH: N_("In time"),
    ClockState.NUDGE: N_("Half of the time is gone"),
    ClockState.SUPERVISOR: N_("Nearly over: tell the supervisor"),
    ClockState.OVERDUE: N_("Overdue: tell the head of the unit"),
    ClockState.OVERSIGHT: N_("Long overdue: tell oversight"),
}
CLOCK_COLOURS: Mapping[ClockState, str] = {
    ClockState.FRESH: "green",
    ClockState.NUDGE: "yellow",
    ClockState.SUPERVISOR: "orange",
    ClockState.OVERDUE: "red",
    ClockState.OVERSIGHT: "red",
}

COMPARTMENTS: Mapping[Compartment, Named] = {
    Compartment.GENERAL: Named(N_("General"), N_("The officers of this desk read it.")),
    Compartment.PROTECTED: Named(
        N_("Protected"), N_("Only officers who are cleared for protected cases read it.")
    ),
    Compartment.OVERSIGHT: Named(
        N_("About an official"), N_("Only oversight reads it. No desk of an office does.")
    ),
}

STAGES: Mapping[Stage, str] = {
    Stage.BEFORE_DEPARTURE: N_("Before she left"),
    Stage.TRANSIT: N_("On the way"),
    Stage.AT_WORK: N_("At work"),
    Stage.RETURN: N_("On the way home, or after"),
    Stage.UNKNOWN: N_("Not known"),
}

CONDITIONS: Mapping[Condition, str] = {
    Condition.UNPAID_TWO_MONTHS: N_("Wages of two months or more are unpaid."),
    Condition.LIVING_THERE: N_("She lives where it happened."),
}

BASES: Mapping[Basis, Named] = {
    Basis.DOCUMENT: Named(
        N_("A document was seen"), N_("A contract, receipt, ticket, card or message that names it.")
    ),
    Basis.TWO_FACTS: Named(
        N_("Two independent facts"), N_("For example its number and its office. Two names are one.")
    ),
    Basis.ADMITTED: Named(N_("It said so itself"), N_("The agency or broker admits it.")),
    Basis.NONE: Named(N_("No basis"), N_("Enough to say no, never enough to say yes.")),
}
JUDGEMENTS: Mapping[Judgement, str] = {
    Judgement.CONFIRMED: N_("This is the one"),
    Judgement.REJECTED: N_("Not this one"),
    Judgement.WITHDRAWN: N_("Taken back"),
}
TARGETS: Mapping[Target, str] = {
    Target.AGENCY: N_("Agency"),
    Target.BROKER: N_("Broker"),
    Target.NONE: N_("Nobody known"),
}

OUTCOMES: Mapping[Outcome, Named] = {
    Outcome.SUBSTANTIATED: Named(
        N_("It happened as she said"), N_("The facts bear her out. It counts on the agency's card.")
    ),
    Outcome.PARTLY_SUBSTANTIATED: Named(
        N_("A part of it happened"), N_("The facts bear out a part. That part counts on the card.")
    ),
    Outcome.NOT_SUBSTANTIATED: Named(
        N_("It did not happen so"), N_("There is evidence against it. It counts against nobody.")
    ),
    Outcome.INSUFFICIENT_EVIDENCE: Named(
        N_("We cannot tell"), N_("Too little is known. This never means that she said a lie.")
    ),
    Outcome.SETTLED_CONFIRMED: Named(
        N_("Both sides agreed, and she was paid"), N_("She confirmed it herself.")
    ),
    Outcome.WITHDRAWN_OWN_WISH: Named(
        N_("She took it back herself"), N_("You asked her, and nobody pushed her.")
    ),
    Outcome.WITHDRAWN_PRESSURE: Named(
        N_("She was pushed to take it back"),
        N_("This counts against the agency. A second person must agree."),
    ),
    Outcome.REFERRED_ACCEPTED: Named(
        N_("Another office took it over"), N_("It accepted, and she agreed.")
    ),
    Outcome.OUTSIDE_MANDATE: Named(
        N_("Not for this ministry"), N_("You told her who can help. It counts against nobody.")
    ),
    Outcome.DUPLICATE_LINKED: Named(
        N_("Told before"), N_("Another case about the same goes on. It counts once.")
    ),
    Outcome.NO_CONTACT_SLEEPING: Named(
        N_("She cannot be reached"), N_("The case sleeps. It wakes as soon as she writes.")
    ),
    Outcome.MALICIOUS: Named(
        N_("Made up to harm somebody"),
        N_("Only with proof. Two others must agree, one of them from oversight."),
    ),
}
RESPONSIBILITIES: Mapping[Responsibility, Named] = {
    Responsibility.AGENCY: Named(
        N_("The agency"), N_("Its staff, its sub-agents and its partners abroad count as itself.")
    ),
    Responsibility.EMPLOYER: Named(N_("The employer"), N_("The agency did not know of it.")),
    Responsibility.EMPLOYER_TOLD: Named(
        N_("The employer, and the agency was told"), N_("It was told and did nothing.")
    ),
}

CHANNELS: Mapping[str, str] = {
    "worker": N_("She filed it herself."),
    "operator": N_("An operator wrote it down for her."),
}
PARTS: Mapping[str, str] = {
    "case": N_("Read the case"),
    "copy": N_("Looked at a file"),
    "original": N_("Kept an original file"),
}
KINDS: Mapping[str, str] = {
    "gif": N_("Picture"),
    "jpeg": N_("Picture"),
    "pdf": N_("PDF"),
    "png": N_("Picture"),
    "webp": N_("Picture"),
}
