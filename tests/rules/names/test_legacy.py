"""Texts typed with fonts of before Unicode: told apart, read, and nothing else taken for them."""

import pytest

from recruitwatch.names.dictionary import load_dictionary
from recruitwatch.names.rules.legacy import decode_legacy


@pytest.mark.parametrize(
    ("typed", "shown", "font"),
    [
        ("wnRjeb IfvimxR", "হিজলবন ওভারসীজ", "bijoy"),
        ("KvRj‡iLv Uªv‡fjm", "কাজলরেখা ট্রাভেলস", "bijoy"),
        ("WvûK g¨vbcvIqvi", "ডাহুক ম্যানপাওয়ার", "bijoy"),
        ("†gmvm© bxjv¤^ix wiµzwUs G‡RwÝ", "মেসার্স নীলাম্বরী রিক্রুটিং এজেন্সি", "bijoy"),
        ("nfn'kft] Dofgkfj/", "लालुपाते म्यानपावर", "preeti"),
        ("lxdwf/f ODKnf]od]G6", "हिमधारा इम्प्लोयमेन्ट", "preeti"),
        ("Rofªyfk' cf]e/l;h", "च्याङथापु ओभरसिज", "preeti"),
        ("gjflaxkj Xykscy", "हरसिंगार ग्लोबल", "kruti-dev"),
        ("lksupkQk bUVjus'kuy", "सोनचाफा इन्टरनेशनल", "kruti-dev"),
    ],
)
def test_what_the_old_font_showed(typed: str, shown: str, font: str) -> None:
    assert decode_legacy(typed, load_dictionary()) == (shown, font)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hijolbon Overseas",
        "Zqxwv Kjhgf",
        "M/S Jolpipi",
        "RL-9108",
        "01000-110104",
        "I paid four lakh to the man; he left.",
        "হিজলবন ওভারসীজ",
        "PT Srigading Tirta Abadi",
        "Lale Bahçesi",
        "暖楣僱傭",
    ],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert decode_legacy(text, load_dictionary()) == (text, "")
