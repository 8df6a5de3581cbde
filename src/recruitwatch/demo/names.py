"""Invented names: of agencies in three scripts, of cities and streets, of people. None is real."""

from random import Random

import msgspec

STEMS = (
    ("Velmora", "ভেলমোরা", "فيلمورا"),
    ("Sundrelle", "সানড্রেল", "سندريل"),
    ("Karivane", "কারিভেন", "كاريفان"),
    ("Oltessa", "অলটেসা", "أولتيسا"),
    ("Brimadi", "ব্রিমাদি", "بريمادي"),
    ("Tarquessa", "টারকেসা", "تاركيسا"),
    ("Noorvali", "নূরভালি", "نورفالي"),
    ("Zephrin", "জেফরিন", "زفرين"),
    ("Malqira", "মালকিরা", "ملقيرا"),
    ("Ishtaven", "ইশতাভেন", "إشتافن"),
    ("Corvessa", "কর্ভেসা", "كورفيسا"),
    ("Dalmarine", "ডালমারিন", "دلمارين"),
    ("Fenquora", "ফেনকোরা", "فنكورا"),
    ("Galvendi", "গালভেন্ডি", "غالفندي"),
    ("Harvenna", "হার্ভেনা", "هارفينا"),
    ("Jessamar", "জেসামার", "جسامار"),
    ("Lumivar", "লুমিভার", "لوميفار"),
    ("Mavrienne", "মাভ্রিয়েন", "مافريان"),
    ("Nerisola", "নেরিসোলা", "نريسولا"),
    ("Ovandar", "ওভান্দার", "أوفاندار"),
    ("Pelluna", "পেলুনা", "بلونا"),
    ("Quorimar", "কোরিমার", "كوريمار"),
    ("Rashvena", "রাশভেনা", "رشفينا"),
    ("Selvaquin", "সেলভাকুইন", "سلفاكوين"),
    ("Thalorie", "থ্যালোরি", "ثالوري"),
    ("Ursavane", "উরসাভেন", "أورسافان"),
    ("Vintharo", "ভিনথারো", "فنثارو"),
    ("Wyndaleth", "উইন্ডালেথ", "ونداليث"),
    ("Xandrivo", "জ্যান্দ্রিভো", "زاندريفو"),
    ("Yasmiral", "ইয়াসমিরাল", "ياسميرال"),
    ("Zorabelle", "জোরাবেল", "زورابيل"),
    ("Amarquil", "আমারকুইল", "أماركيل"),
    ("Belquessa", "বেলকেসা", "بلكيسا"),
    ("Cindravar", "সিন্দ্রাভার", "سندرافار"),
    ("Dorvessi", "ডোরভেসি", "دورفيسي"),
    ("Elmirode", "এলমিরোড", "إلميرود"),
    ("Farovelle", "ফারোভেল", "فاروفيل"),
    ("Ghazmira", "গাজমিরা", "غزميرا"),
    ("Hestriva", "হেস্ট্রিভা", "هستريفا"),
    ("Ivorandi", "আইভোরান্দি", "إيفوراندي"),
    ("Jaldoren", "জালডোরেন", "جلدورن"),
    ("Kelvashi", "কেলভাশি", "كلفاشي"),
    ("Lorquina", "লোরকিনা", "لوركينا"),
    ("Mirabanto", "মিরাবান্তো", "ميرابانتو"),
    ("Nalvessa", "নালভেসা", "نلفيسا"),
    ("Ombradel", "অমব্রাডেল", "أمبرادل"),
    ("Pashvarin", "পাশভারিন", "بشفارين"),
    ("Quillomar", "কুইলোমার", "كويلومار"),
    ("Rivendash", "রিভেন্দাশ", "ريفنداش"),
    ("Sarvelune", "সারভেলুন", "سارفلون"),
    ("Tamorind", "টামোরিন্ড", "تاموريند"),
    ("Ulvarine", "উলভারিন", "أولفارين"),
    ("Vashtoria", "ভাশতোরিয়া", "فشتوريا"),
    ("Wirandelle", "উইরান্ডেল", "ويرانديل"),
    ("Xelmoria", "জেলমোরিয়া", "زلموريا"),
    ("Yorvantis", "ইয়োরভান্টিস", "يورفانتيس"),
    ("Zamquelle", "জামকেল", "زمكيل"),
    ("Azurvane", "আজুরভেন", "أزورفان"),
    ("Birlomar", "বিরলোমার", "بيرلومار"),
    # Almost the first one's name, so that a search shows two agencies that are easily confused.
    ("Velmorra", "ভেলমোর্রা", "فيلمورّا"),
)

KINDS = (
    ("{} Overseas Ltd", "{} ওভারসিজ লিমিটেড", "شركة {} للتوظيف الخارجي"),
    ("{} Recruitment Services", "{} রিক্রুটমেন্ট সার্ভিসেস", "مكتب {} للاستقدام"),
    ("{} Manpower Co.", "{} ম্যানপাওয়ার কোম্পানি", "شركة {} للقوى العاملة"),
    ("{} Employment Agency", "{} এমপ্লয়মেন্ট এজেন্সি", "وكالة {} للتوظيف"),
)
CARE = ("{} Care Placement", "{} কেয়ার প্লেসমেন্ট", "مكتب {} لتوظيف مقدمي الرعاية")
CREW = ("{} Crew Management", "{} ক্রু ম্যানেজমেন্ট", "شركة {} لإدارة الأطقم البحرية")

CITIES = ("Port Miravel", "Sanquelle", "Tor Amara", "Oru Bazar", "Tamarine Cove", "Nadir Hills")
STREETS = (
    "Lanternfish Street", "Quay of the Three Herons", "Saffron Stair", "Old Ropewalk",
    "Almond Court Road", "Seventh Tide Lane", "Copperbell Avenue", "Weavers' Terrace",
)  # fmt: skip
FIRST_NAMES = (
    "Orlen", "Tavira", "Kasimo", "Belinde", "Rafqen", "Suvarni", "Jorrick", "Amelka", "Dorvan",
    "Nashira", "Teovald", "Imreth", "Pashmina", "Corwell", "Leyndra", "Haskim",
)  # fmt: skip
LAST_NAMES = (
    "Dravane", "Sulmari", "Okerrin", "Valtishe", "Brundaal", "Kesmiri", "Farrowhal", "Ondrique",
    "Tamvesh", "Halloren", "Quistwell", "Narvendi", "Zelkova", "Umberlain", "Roshvane", "Pellimar",
)  # fmt: skip


class AgencyName(msgspec.Struct, frozen=True, kw_only=True):
    """One agency's name in three scripts, and its first word."""

    stem: str
    latin: str
    bengali: str
    arabic: str


def agency_name(number: int, sectors: tuple[str, ...]) -> AgencyName:
    """The name of agency `number`, counted from 1. Crews and carers show in it."""
    stem, bengali, arabic = STEMS[number - 1]
    if "seafaring" in sectors:
        kind = CREW
    elif "care" in sectors:
        kind = CARE
    else:
        kind = KINDS[number % len(KINDS)]
    return AgencyName(
        stem=stem,
        latin=kind[0].format(stem),
        bengali=kind[1].format(bengali),
        arabic=kind[2].format(arabic),
    )


def person_name(chance: Random) -> str:
    return f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"


def street_address(chance: Random) -> str:
    return f"{chance.randint(1, 180)} {chance.choice(STREETS)}"


def phone_number(chance: Random) -> str:
    """In a numbering plan that does not exist: no country has the code 999."""
    return f"+999 {chance.randint(20, 29)} 555 {chance.randint(0, 9999):04d}"
