"""Names and numbers in any script have one spelling for comparing."""

from unicodedata import category, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitwatch.names.rules import identity_key, normalise, normalise_number, number_digits


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("  Padma   OVERSEAS, Ltd. ", "padma overseas ltd"),
        ("José Peña", "jose pena"),
        ("Łódź Ørsted Đại Æon", "lodz orsted dai aeon"),
        ("STRASSE Straße", "strasse strasse"),
        ("İstanbul ISTANBUL ısı", "istanbul istanbul isi"),
        ("A.B.C. Overseas", "abc overseas"),
        ("Al-Noor & Sons (Pvt.)", "al noor sons pvt"),
        ("O’Neil O'Neil", "oneil oneil"),
        ("ＡＢＣ　株式会社", "abc 株式会社"),
        ("搵妹易有限公司", "搵妹易有限公司"),
        ("ｶﾀｶﾅ", "カタカナ"),
        ("পদ্মা ওভারসিজ", "পদ্মা ওভারসিজ"),
        ("য়", "য়"),
        ("শ্রী\u200c ক্\u200dষ", "শ্রী ক্ষ"),
        ("हिन्दी क़लम", "हिन्दी क़लम"),
        ("สำนักงาน", "สํานักงาน"),
        ("النّور", "النور"),
        ("أحمد إحسان آل", "احمد احسان ال"),
        ("شـركة", "شركه"),
        ("کمپنی", "كمپني"),
        ("می\u200cشود", "ميشود"),
        ("৪২ ٤٢ ４２", "42 42 42"),
        ("Й ё", "й ё"),
        ("...", ""),
    ],
)
def test_one_spelling(typed: str, key: str) -> None:
    assert normalise(typed) == normalize("NFKC", key)


@pytest.mark.parametrize(
    ("one", "other"),
    [("পদ্মা", "পদমা"), ("কমল", "কামাল"), ("हिन्दी", "हन्द"), ("มา", "ม"), ("padma", "padme")],
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("RL-0042", "RL0042"),
        ("rl 0042", "RL0042"),
        ("RL/০০৪২", "RL0042"),
        ("No. RL-42", "RL42"),
        ("no: 42", "42"),
        ("# 42", "42"),
        ("Number 42", "42"),
        ("NO42", "NO42"),
        ("No. none", "NONONE"),
        ("817C", "817C"),
        ("٤٢/٢٠٢٥", "422025"),
        (" – ", ""),
    ],
)
def test_one_spelling_of_a_number(typed: str, key: str) -> None:
    assert normalise_number(typed) == key


def test_leading_words_and_zeros_tell_numbers_apart() -> None:
    assert len({normalise_number(n) for n in ("RL 12", "SL 12", "12", "012")}) == 4


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    key = normalise(text)
    assert normalise(key) == key


@given(st.text())
def test_a_key_holds_only_letters_digits_and_single_blanks(text: str) -> None:
    key = normalise(text)
    assert key == " ".join(key.split())
    assert all(c == " " or category(c)[0] in "LNM" for c in key)


@given(st.text(st.characters(min_codepoint=0x0900, max_codepoint=0x0DFF, categories=["Mc", "Mn"])))
def test_vowel_signs_of_indic_scripts_are_never_lost(signs: str) -> None:
    text = normalize("NFKC", "ক" + signs)
    assert [c for c in normalise(text) if category(c)[0] == "M"] == [
        c for c in text if category(c)[0] == "M"
    ]


@given(st.text())
def test_capitals_make_no_difference(text: str) -> None:
    assert normalise(text.casefold()) == normalise(text)


@given(st.text())
def test_normalising_a_number_twice_changes_nothing(text: str) -> None:
    key = normalise_number(text)
    assert normalise_number(key) == key
    assert all(category(c)[0] in "LN" for c in key)


@given(st.text(min_size=1), st.text(), st.text())
def test_spelling_does_not_change_identity(number: str, name: str, address: str) -> None:
    key = identity_key("official", number, name, address)
    assert key == identity_key(
        "official", normalise_number(number), normalise(name), normalise(address)
    )
    assert identity_key("row_key", number, name, address).startswith("na:")


@pytest.mark.parametrize(
    ("typed", "digits"),
    [("RL-0010", "10"), ("০০১০", "10"), ("No. 12/2020", "122020"), ("000", "0"), ("RL", "")],
)
def test_the_digits_of_a_number_are_alike_with_and_without_zeros(typed: str, digits: str) -> None:
    assert number_digits(typed) == digits
