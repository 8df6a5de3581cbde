"""The sentences a worker reads: questions of at most 12 words, states of at most 20, all plain."""

from collections.abc import Mapping

import msgspec

from recruitwatch.complaints.values.codes import Escalator
from recruitwatch.complaints.values.filing import Wish
from recruitwatch.complaints.values.questions import Question
from recruitwatch.complaints.values.states import State
from recruitwatch.errors import N_

MOST_WORDS_OF_A_QUESTION = 12
MOST_WORDS_OF_A_STATE = 20


class Asked(msgspec.Struct, frozen=True):
    """A question, and a line under it where one helps."""

    question: str
    hint: str = ""


QUESTIONS: Mapping[Question, Asked] = {
    Question.WISHES: Asked(
        N_("What do you want to happen?"), N_("Choose one or more. You can change this later.")
    ),
    Question.HAPPENED: Asked(
        N_("What happened?"), N_("Choose one or more, or write it. Only this page is needed.")
    ),
    Question.NOW: Asked(N_("Is any of this true now?"), N_("If none of it is true, go on.")),
    Question.PAPER: Asked(
        N_("Do you have a photo of any paper?"),
        N_("A visa, contract, ticket, medical paper, card or message. You do not need one."),
    ),
    Question.LICENCE: Asked(
        N_("Do you know the agency's licence number?"), N_("Any part of it helps.")
    ),
    Question.PHONE: Asked(
        N_("What number did you call or pay?"), N_("A phone number or a mobile money number.")
    ),
    Question.PLACE: Asked(
        N_("Where is their office?"), N_("The floor, the building, the market, what is next to it.")
    ),
    Question.NAME: Asked(
        N_("Whose name is on the paper?"), N_("Write it as you say it, in any letters.")
    ),
    Question.BROKER: Asked(
        N_("Who took your money, or brought you to them?"),
        N_("A name, a nickname or a village."),
    ),
    Question.JOURNEY: Asked(
        N_("When did you travel, and with whom?"), N_("A month or a feast is enough.")
    ),
    Question.EMPLOYER: Asked(N_("Who do you work for?"), N_("The employer, or the office abroad.")),
    Question.PAID: Asked(
        N_("How much did you pay, and when?"),
        N_("Write it as you say it: “2 lakh”, “before Eid”, “I do not remember”."),
    ),
    Question.HIDE: Asked(
        N_("Who must not see this?"),
        N_("They cannot find it, open it or count it. We leave out everybody whose name fits."),
    ),
    Question.REACH: Asked(
        N_("How can we reach you safely?"),
        N_("All of this can stay empty. Nobody calls you if you do not want it."),
    ),
    Question.CHECK: Asked(N_("Is this right?")),
    Question.CODE: Asked(N_("This is your code")),
}
IN_DANGER = Asked(N_("What is happening?"), N_("Choose one or more, or write it."))

LABELS: Mapping[str, str] = {
    "wish_said": N_("Something else, in your own words"),
    "happened_said": N_("In your own words"),
    "paid": N_("How much?"),
    "paid_when": N_("When?"),
    "hide_person": N_("A person who must not see this"),
    "call_me": N_("What shall we call you?"),
    "reach": N_("A phone number, or another way"),
    "reach_how": N_("When is it safe, and what should we not say?"),
}

WISHES: Mapping[Wish, str] = {
    Wish.BE_SAFE: N_("I want to be safe"),
    Wish.GO_HOME: N_("I want to go home"),
    Wish.PAPERS_BACK: N_("I want my papers back"),
    Wish.MONEY_BACK: N_("I want my money back"),
    Wish.WAGES: N_("I want my wages"),
    Wish.OTHER_JOB: N_("I want another job"),
    Wish.STOP_AGENCY: N_("They must not do this to others"),
    Wish.ADVICE: N_("I want to know what I can do"),
}

HAPPENINGS: Mapping[str, str] = {
    "FEE-01": N_("I had to pay too much."),
    "FEE-06": N_("I did not go, and they keep my money."),
    "DEP-01": N_("I paid, but they never sent me."),
    "DEC-01": N_("The job or the pay is not what they said."),
    "CON-01": N_("They gave me a different contract."),
    "DOC-01": N_("They keep my passport."),
    "WAG-02": N_("They do not pay me."),
    "WRK-01": N_("I work too many hours, or have no day off."),
    "WRK-03": N_("I am sick or hurt, and get no care."),
    "VIO-01": N_("Somebody beat or hurt me."),
    "VIO-02": N_("Somebody forced me to have sex."),
    "VIO-03": N_("Somebody touched me, or asked for sex."),
    "CNF-01": N_("I am locked in."),
    "RET-01": N_("They threatened me because I spoke up."),
    "AST-01": N_("Nobody answers me or helps me."),
    "OFF-03": N_("An official sent me away, or wanted money."),
    "OTH-01": N_("Something else."),
}

NOW: Mapping[Escalator, str] = {
    Escalator.LOCKED_IN: N_("I am locked in."),
    Escalator.BLEEDING_OR_ILL: N_("I am bleeding or very ill."),
    Escalator.AFRAID_FOR_LIFE: N_("I am afraid for my life."),
    Escalator.UNDER_18: N_("I am younger than 18."),
    Escalator.PREGNANT_OR_WITH_CHILD: N_("I am pregnant, or have a child with me."),
    Escalator.FLIGHT_WITHIN_72H: N_("I fly within three days."),
    Escalator.LIVING_WITH_ACCUSED: N_("I live with the one who did it."),
}

STATES: Mapping[State, str] = {
    State.RECEIVED: N_("We have it. An officer will read it soon."),
    State.TRIAGE: N_("An officer reads it now and looks how urgent it is."),
    State.SCREEN: N_("An officer looks at what we can do for you."),
    State.DUPLICATE: N_("You told us this before. We work on the first one. This stays here, too."),
    State.NOT_A_COMPLAINT: N_(
        "An officer thinks this is a question. Read the messages and answer them."
    ),
    State.PARTLY_OUTSIDE: N_("We can do a part of this. Read in the messages who can do the rest."),
    State.REFERRED_OUT: N_(
        "Another office works on this, as you agreed. The messages say which one."
    ),
    State.LINKING: N_("We look for the agency that did this."),
    State.UNLINKED_PATTERN: N_("We do not know the agency yet. We keep this and go on looking."),
    State.ASSIGNED: N_("One officer has your case now and will work on it."),
    State.REASSIGN: N_("Another officer will take over your case. Nothing is lost."),
    State.PLAN: N_("The officer plans what to do next, and how to keep you safe."),
    State.CONSENT_NOTICE: N_(
        "We ask you first: may the agency hear of this? Answer in the messages."
    ),
    State.HOLD: N_("We wait, because you asked us to. Write when we should go on."),
    State.NOTICED: N_("The agency was asked to answer, as you agreed."),
    State.REPLY_IN: N_("The agency has answered. An officer reads the answer."),
    State.REPLY_LATE: N_("The agency has not answered in time. We go on without its answer."),
    State.INSPECT_ONLY: N_("We look at the agency without telling it about you."),
    State.INVESTIGATE: N_("We look for proof of what happened."),
    State.CONCILIATE: N_("We talk with both sides. You never have to meet them."),
    State.SETTLED: N_("Both sides agreed. Nothing is finished before you get what was agreed."),
    State.DECIDE: N_("An officer decides now, and gives you the reasons."),
    State.REMEDY: N_("It was decided that you get something. We watch that you get it."),
    State.PAID: N_("They say that you were paid. Tell us if this is not true."),
    State.PART_PAID: N_("You were paid a part. We go on until you have the rest."),
    State.DEFAULT: N_("They did not pay in time. We look at how to make them pay."),
    State.ENFORCE: N_("We make them pay, or give you what was decided."),
    State.APPEAL: N_("Somebody asked for a new decision. Another person looks at it."),
    State.CLOSED: N_("We have finished. The reasons stand below. You can still write to us."),
    State.REOPENED: N_("We work on your case again."),
}
WITHDRAWN = N_("You asked us to stop. An officer looks at it and closes it.")

# public: shown on the page of a case
OPENED: Mapping[str, str] = {
    "case": N_("your answers and messages"),
    "copy": N_("a photo or paper"),
    "original": N_("a photo or paper, and took it along"),
}
