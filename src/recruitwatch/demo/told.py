"""What workers of the invented country tell, in their own words and scripts. Nobody said any of this."""

from collections.abc import Mapping

import msgspec

from recruitwatch.complaints.values.judging import Stage

EN, BN, AR = "en", "bn", "ar"


class Theme(msgspec.Struct, frozen=True):
    """What is told of one code. `{paid}` and `{when}` are filled in; each text has its language."""

    texts: tuple[tuple[str, str], ...]
    wishes: tuple[str, ...]
    stage: Stage


BEFORE, WORK, BACK = Stage.BEFORE_DEPARTURE, Stage.AT_WORK, Stage.RETURN

THEMES: Mapping[str, Theme] = {
    "FEE-01": Theme((
        (EN, "They took {paid} for a job that is free. That was {when}."),
        (EN, "The man in the office said the visa is sold for {paid}. My brother paid it {when}."),
        (EN, "I paid {paid}. Later a friend told me the employer pays everything."),
        (BN, "চাকরিটা বিনা খরচে হওয়ার কথা ছিল। ওরা আমার কাছ থেকে ২ লাখ টাকা নিয়েছে।"),
        (BN, "অফিসের লোক বলেছে টাকা না দিলে ভিসা হবে না। আমি ঈদের আগে টাকা দিয়েছি।"),
        (AR, "قالوا لي إن العمل مجاني، ثم أخذوا مني مالاً كثيراً قبل العيد."),
    ), ("money_back",), BEFORE),
    "FEE-03": Theme((
        (EN, "I paid {paid} and got no paper for it."),
        (EN, "The receipt says half of what I gave them."),
        (BN, "টাকা দিয়েছি, কিন্তু কোনো রসিদ দেয়নি।"),
    ), ("money_back", "advice"), BEFORE),
    "FEE-04": Theme((
        (EN, "They lent me {paid} for the trip. Now I must pay back twice as much."),
        (EN, "My father gave the paper of our field. They said it comes back when I have paid."),
    ), ("money_back", "papers_back"), BEFORE),
    "FEE-06": Theme((
        (EN, "I did not go because my mother fell ill. They keep my {paid}."),
        (EN, "The flight never came. I asked for the money {when}. They say come next week."),
        (BN, "আমি যাইনি। টাকা ফেরত চেয়েছি, কিন্তু ওরা দেয় না।"),
        (AR, "لم أسافر، وهم لا يعيدون لي مالي."),
    ), ("money_back",), BEFORE),
    "DEP-01": Theme((
        (EN, "I paid {paid} {when}. They never sent me."),
        (EN, "Eleven of us paid. Nobody has left. The office is often closed."),
        (BN, "এক বছর আগে টাকা দিয়েছি। এখনো পাঠায়নি।"),
    ), ("money_back", "other_job"), BEFORE),
    "DEP-02": Theme((
        (EN, "They said I leave in two months. Now it is seven."),
        (AR, "وعدوني بالسفر بعد شهرين، وما زلت أنتظر."),
    ), ("advice",), BEFORE),
    "DEC-01": Theme((
        (EN, "They said I would cook for four people. It is a house of fifteen."),
        (EN, "They told me a shop in the city. It is a farm, far from any road."),
        (EN, "The pay is half of what the woman in the office said."),
        (BN, "বলেছিল দোকানের কাজ। এসে দেখি খেতের কাজ।"),
        (AR, "قالوا إن العمل في مطعم، لكنه عمل تنظيف في البيوت."),
    ), ("other_job", "go_home"), WORK),
    "CON-01": Theme((
        (EN, "At the airport they gave me another contract. The pay in it is lower."),
        (EN, "I signed for two years and 40 hours. Here they showed me a new paper, three years."),
        (BN, "এখানে আসার পর আরেকটা কাগজে সই করতে বলেছে। বেতন কম।"),
    ), ("wages", "advice"), WORK),
    "DOC-01": Theme((
        (EN, "The agency has my passport since {when}. I asked for it three times."),
        (EN, "They keep the passports of all of us in a drawer. I want mine."),
        (BN, "আমার পাসপোর্ট ওদের কাছে। চাইলে দেয় না।"),
        (AR, "جواز سفري عندهم ولا يعيدونه لي."),
    ), ("papers_back",), WORK),
    "WAG-01": Theme((
        (EN, "We agreed on 1200. They pay me 800 and say the rest is for food."),
        (AR, "يدفعون لي أقل مما اتفقنا عليه."),
    ), ("wages",), WORK),
    "WAG-02": Theme((
        (EN, "No pay for three months. I cannot send anything home."),
        (EN, "They pay nothing since {when}. The agency says ask the boss."),
        (BN, "তিন মাস ধরে বেতন দেয় না।"),
        (AR, "لم أستلم راتبي منذ ثلاثة أشهر."),
    ), ("wages",), WORK),
    "WRK-01": Theme((
        (EN, "I work from five in the morning until midnight. No free day."),
        (EN, "There is one day off in a month, and only if nobody is ill."),
        (BN, "ভোর থেকে রাত পর্যন্ত কাজ। কোনো ছুটি নেই।"),
    ), ("other_job", "advice"), WORK),
    "WRK-02": Theme((
        (EN, "Nine of us sleep in one room. There is no window."),
        (EN, "We get rice once a day. I am hungry at work."),
    ), ("other_job",), WORK),
    "WRK-03": Theme((
        (EN, "My hand is hurt from the machine. They do not take me to a doctor."),
        (EN, "I have had a fever for six days. They say work first."),
    ), ("be_safe",), WORK),
    "VIO-01": Theme((
        (EN, "The son of the house hits me."),
        (EN, "He beat me when I asked for my pay."),
        (BN, "বাড়ির লোক আমাকে মারে।"),
    ), ("be_safe", "go_home"), WORK),
    "VIO-03": Theme((
        (EN, "The driver touches me. I am afraid at night."),
        (EN, "A man of the agency asked for something bad. I said no."),
    ), ("be_safe",), WORK),
    "CNF-01": Theme((
        (EN, "They lock the door when they go out. I have no key."),
        (AR, "يقفلون عليّ الباب ولا أستطيع الخروج."),
    ), ("be_safe", "go_home"), WORK),
    "RET-01": Theme((
        (EN, "A man called and said I should be quiet, or my family will have trouble."),
    ), ("be_safe",), WORK),
    "RET-04": Theme((
        (EN, "The agency says I must take my complaint back before they give me a ticket."),
    ), ("go_home", "stop_agency"), BACK),
    "AST-01": Theme((
        (EN, "I called the agency twelve times. Nobody answers."),
        (EN, "They read my message and do not write back."),
        (BN, "এজেন্সিকে ফোন করলে কেউ ধরে না।"),
        (AR, "أتصل بالمكتب ولا أحد يجيب."),
    ), ("advice",), WORK),
    "AST-02": Theme((
        (EN, "My two years are over. They do not send the ticket home."),
        (BN, "চুক্তি শেষ, কিন্তু দেশে ফেরার টিকিট দেয় না।"),
    ), ("go_home",), BACK),
    "LIC-02": Theme((
        (EN, "A man in our village took me to the office. He kept {paid} for himself."),
        (EN, "The broker has no card. Everybody in the bazaar knows him."),
    ), ("stop_agency",), BEFORE),
    "LIC-04": Theme((
        (EN, "The poster says free visa and free ticket. It is not true."),
    ), ("stop_agency",), BEFORE),
    "DIS-05": Theme((
        (EN, "They asked for a letter from my husband. I am a widow."),
    ), ("stop_agency",), BEFORE),
    "DAT-01": Theme((
        (EN, "My photo and my number are on their page. Strangers call me."),
    ), ("stop_agency",), BEFORE),
    "OFF-01": Theme((
        (EN, "An officer at the counter said he knows a faster agency, and wrote down its name."),
        (EN, "The man with the stamp asked me to visit him at home. I did not go."),
    ), ("stop_agency",), BEFORE),
    "OFF-03": Theme((
        (EN, "At the district office they did not want to write down what I said."),
        (BN, "জেলা অফিসে অভিযোগ নিতে টাকা চেয়েছে।"),
    ), ("advice",), BEFORE),
    "OTH-01": Theme((
        (EN, "My bag with my clothes is still in their hostel. I want to fetch it."),
        (EN, "I only want to know if the course is needed. Whom can I ask?"),
        (AR, "أريد أن أعرف هل هذه الدورة لازمة للسفر."),
    ), ("advice",), BEFORE),
}  # fmt: skip

PAID = (
    "2 lakh", "one lakh twenty", "80 thousand", "1.5 lakh", "three lakh", "65,000", "about 90k",
    "2 lakh 40", "a lakh and a half", "50 thousand, then 30 thousand",
)  # fmt: skip
WHEN = (
    "before Eid", "last winter", "in Ramadan", "the week after the rains", "in March",
    "when the mangoes were ripe", "two years ago", "after the harvest", "last month",
)  # fmt: skip
BROKERS = (
    "Uncle Jorrick of the tea stall",
    "a man they call Teovald",
    "Belinde, near the bus stop",
)
EMPLOYERS = (
    "House of Madame Okerrin", "Tidewater Linen Works", "Farrowhal Farms", "Hotel Nine Lanterns",
    "the family Zelkova", "Pellimar Garments",
)  # fmt: skip
JOURNEYS = ("By bus to Port Miravel, then by plane at night.", "With six others, in a small van.")
REACH_HOW = (
    "Only messages. Fridays after prayer.", "My sister has this phone. She knows.",
    "Call after ten at night.", "Say you are from the shop.",
)  # fmt: skip
NOT_REACHED = "Do not call. I come back with the code."
