"""What people of the invented country write down: notes, reasons, replies. All invented."""

FAULT_NOTES = (
    "Seen in the files that were drawn by lot; copies are kept.",
    "The desk officer showed us the ledger and could not explain the gap.",
    "Two of the three staff we asked said the same.",
    "The form exists, but the last entry is five months old.",
    "Photographed with the consent of the manager.",
    "The manager promised to put it right within the month.",
    "Papers were found in an unlocked drawer at the front desk.",
    "The list was made on the morning of our visit.",
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
    "The agency says that the papers exist and sends copies.",
    "The agency accepts the finding and describes what it has changed.",
    "The agency says that a former employee was responsible.",
    "The agency asks for more time and gives no reasons.",
)
CONFIRMED_TEXTS = (
    "The evidence stands. The reply does not answer it.",
    "The agency does not dispute what was found.",
    "The copies that were sent are dated after the visit.",
)
UNANSWERED_TEXTS = ("No reply came within the time allowed. The evidence stands.",)
DISMISSED_TEXTS = (
    "The papers that were sent show that the requirement was met on the day of the visit.",
    "The worker's file had been put in the wrong folder; it is complete.",
)
RETURN_REASON = (
    "Three answers on money rest on one statement only. Please say which files were opened, "
    "and check the sum that is named in the note."
)
ADDED_NOTE = "Files 3, 8, 11 and 17 were opened; the sums were checked against the bank statement."
