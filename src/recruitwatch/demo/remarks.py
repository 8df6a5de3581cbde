"""What people of the invented country write down: notes, reasons, replies. All invented."""

FAULT_NOTES = (
    "Seen in files drawn by lot from the last six months.",
    "Two members of staff were asked apart and said the same.",
    "Photographed with the consent of the manager.",
    "The director was shown this and signed the note of the visit.",
    "Copies are kept with the papers of this audit.",
    "Both inspectors saw it.",
    "The manager could not explain it and promised an answer in writing.",
    "Found again in a second sample that we drew.",
)
UNCHECKED_NOTES = (
    "The records were at the accountant's on the day of the visit.",
    "The person in charge was away; to be seen next time.",
    "No time was left after the interviews.",
)
WHY_NOT_APPLICABLE = (
    "There was no such case in the period.",
    "The agency does not do this kind of work.",
)
SURPRISE_REASONS = (
    "Surprise visit of the yearly plan.",
    "A neighbour told the help desk about people waiting at night.",
    "The last visit left questions open.",
)
SERVED_TEXTS = (
    "Handed over at the office against a signature.",
    "Sent by registered letter; the receipt came back signed.",
    "Given to the director at a meeting in the ministry, with a copy of the record.",
)
REPLY_TEXTS = (
    "The agency says that this was put right on the day after the visit, and sends papers.",
    "The agency accepts the finding and describes what it has changed.",
    "The agency says that a former employee was responsible.",
    "The agency does not agree and asks for a second visit.",
)
CONFIRMED_TEXTS = (
    "The evidence stands. The reply does not answer it.",
    "What was changed after the visit does not undo what was found on that day.",
    "The reply brings no evidence of its own.",
)
UNANSWERED_TEXTS = ("No reply came within the time allowed. The evidence stands.",)
DISMISSED_TEXTS = (
    "The papers that came with the reply show that this was in order on the day of the visit.",
    "The evidence rests on one statement, and the reply puts it in doubt.",
)
RETURN_REASON = (
    "Three answers on money rest on one statement only. Please say which files were opened, "
    "and check the sum that is named in the note."
)
ADDED_NOTE = "Files 3, 8, 11 and 17 were opened; the sums were checked against the bank statement."
CARD_REASONS = (
    "The agency was inspected again.",
    "New findings were decided since the last card.",
    "The yearly card: more than half a year had passed.",
)
CARD_REPLY_TEXTS = (
    "We accept the card and have set a date for each point.",
    "We do not agree with the points lost for contracts. The files were complete a week later.",
    "Our new manager took office after the visit. We ask for another one soon.",
    "We thank the ministry. Workers now get a card with the numbers to call.",
)
RECALL_TEXT = "The number of workers sent was entered for another agency. A corrected card follows."
CONTEST_TEXTS = (
    "This was in order on the day of the visit. The paper was in another folder; a photo is added.",
    "We put this right in the week after the visit and told the inspector so.",
)
LINE_UPHELD_TEXT = "The paper is from before the visit and answers the question."
LINE_STANDS_TEXT = "What was put right afterwards counts at the next visit, not at this one."
