"""What officers and workers of the invented country write to each other, and how decisions read."""

from collections.abc import Mapping

from recruitwatch.complaints.values.states import Outcome

FROM_OFFICE = (
    "We read what you told us. A person works on it now.",
    "Do you still have the paper or a photo of it? You can add it here.",
    "We asked the agency for its books. This takes about two weeks. You need not do anything.",
    "Nothing new yet. Your case is not forgotten. We write again in two weeks.",
    "We looked at the list of payments. One more question: who took the money from you?",
)
FROM_WORKER = (
    "Thank you. I have a photo on my old phone. I look for it.",
    "It was the man at the desk by the window. He has a grey beard.",
    "My cousin paid there, too. She can tell you.",
    "Is there any news? I wait.",
    "They called me today and asked if I talked to you. I said no.",
)
FROM_WORKER_BN = ("ধন্যবাদ। আমি অপেক্ষা করছি।", "কোনো খবর আছে?")
FROM_WORKER_AR = ("شكراً. أنا أنتظر.", "هل من جديد؟")
WITHDRAWN_FREELY = (
    "They gave me the money back. I want to stop.",
    "I have a new job. I let it go.",
)
WITHDRAWN_PRESSED = (
    "They said they cancel my visa if I do not stop.",
    "The agency came to my brother. It is better to stop.",
)

LINK_REASONS = (
    "The licence number on her paper and the telephone number are both of this agency.",
    "The receipt carries the stamp of this agency.",
    "The manager said on the telephone that she was sent by them.",
)
NOT_THIS_ONE = "The name is alike, but this agency never sent anybody there."
NOBODY_REASON = "No paper, no name. Three ways of finding it were tried."
LOWER_REASON = "She was reached. She is out of the house and with her cousin."

REASONS: Mapping[Outcome, tuple[str, ...]] = {
    Outcome.SUBSTANTIATED: (
        "The agency's own cash book shows the payment. Two others say the same.",
        "The papers she sent and the bank's list agree. The agency could not explain it.",
    ),
    Outcome.PARTLY_SUBSTANTIATED: (
        "One of the two payments is proved. For the other there is only her word.",
        "The delay is proved, and lasted four weeks, not four months.",
    ),
    Outcome.NOT_SUBSTANTIATED: (
        "The bank's list shows that the sum was paid back before she wrote.",
        "Four others of the same group were asked apart. None had paid.",
    ),
    Outcome.INSUFFICIENT_EVIDENCE: (
        "There is her word and the agency's word. No paper was found on either side.",
    ),
    Outcome.WITHDRAWN_OWN_WISH: ("She was asked by telephone, alone. Nobody pressed her.",),
    Outcome.WITHDRAWN_PRESSURE: (
        "She withdrew two days after the agency called on her brother. This is kept as what it is.",
    ),
    Outcome.OUTSIDE_MANDATE: ("A dispute between neighbours about rent. No agency is part of it.",),
    Outcome.DUPLICATE_LINKED: ("The same payment and the same person as in an earlier case.",),
    Outcome.NO_CONTACT_SLEEPING: ("Five tries in six weeks at different hours. Nobody answered.",),
}
TOLD: Mapping[Outcome, str] = {
    Outcome.SUBSTANTIATED: "You were right. We found it in their books. It counts against the agency.",
    Outcome.PARTLY_SUBSTANTIATED: "A part of it we could prove. That part counts against the agency.",
    Outcome.NOT_SUBSTANTIATED: "We looked at the papers. They show something else. You did nothing wrong.",
    Outcome.INSUFFICIENT_EVIDENCE: "We could not prove it. That does not mean it did not happen.",
    Outcome.WITHDRAWN_OWN_WISH: "You asked us to stop, so we stop. You can come back with your code.",
    Outcome.WITHDRAWN_PRESSURE: "We stop working on it. We wrote down that you were pressed.",
    Outcome.OUTSIDE_MANDATE: "This is not for us. Legal aid can help. The number is on the help page.",
    Outcome.DUPLICATE_LINKED: "You told us this before. The first case goes on.",
    Outcome.NO_CONTACT_SLEEPING: "We could not reach you. The case sleeps. Write, and it wakes up.",
}

HELP_NUMBERS = (
    ("Miravelle Workers' Line", "+999 20 555 0101", "Day and night, free of charge"),
    ("Lantern House (shelter for women)", "+999 21 555 0202", "Day and night"),
    ("Legal aid of the bar of Sanquelle", "+999 22 555 0303", "Sunday to Thursday, 8 to 16"),
    ("Consular help of Miravelle", "+999 23 555 0404", "Every day, 7 to 22"),
)
