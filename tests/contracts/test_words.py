"""The contract in other languages: numbers as people there write them, and forms for a woman."""

from datetime import date

import pytest

from factories.contracts import ask, library, make_contract
from recruitwatch.contracts.rules.difference import difference
from recruitwatch.contracts.rules.papering import paper_of
from recruitwatch.contracts.rules.setting import locale_for, set_date, set_money
from recruitwatch.contracts.rules.slots import wordings
from recruitwatch.contracts.values.judged import OccupationPack
from recruitwatch.contracts.values.paper import plain
from recruitwatch.contracts.values.terms import WorkerIs
from recruitwatch.contracts.values.written import Gendered

# Languages whose words for a worker differ by gender.
GENDERED = {"ar", "ne", "am", "es", "ro", "hi", "ru"}


@pytest.mark.parametrize(
    ("amount", "currency", "language", "country", "said"),
    [
        (1450, "SAR", "en", "KE", "1,450 Saudi riyals"),
        (18.5, "CAD", "en", "CA", "18.50 Canadian dollars"),
        (1150, "EUR", "en", "IT", "1,150 euros"),
        (145000, "INR", "en", "IN", "1,45,000 Indian rupees"),
        (1450, "SAR", "ar", "SA", "١٬٤٥٠ (1,450) ريال سعودي"),
        (1450, "AED", "ar", "AE", "1,450 درهم إماراتي"),
        (1450, "SAR", "bn", "BD", "১,৪৫০ (1,450) সৌদি রিয়াল"),
        (145000, "BDT", "bn", "BD", "১,৪৫,০০০ (145,000) বাংলাদেশী টাকা"),
        (1450.25, "EUR", "ro", "MD", "1.450,25 euro"),
        (60, "KWD", "ar", "KW", "٦٠ (60) دينار كويتي"),
        (1450, "AED", "ne", "NP", "१,४५० (1,450) संयुक्त अरब एमिराट्स डिर्हाम"),
    ],
)
def test_money_is_written_as_people_there_write_it(
    amount: float, currency: str, language: str, country: str, said: str
) -> None:
    assert set_money(amount, currency, locale_for(language, country)) == said


@pytest.mark.parametrize(
    ("language", "country", "said"),
    [
        ("en", "KE", "1 March 2026"),
        ("ar", "SA", "١ مارس ٢٠٢٦"),
        ("ar", "JO", "١ آذار ٢٠٢٦"),
        ("bn", "BD", "১ মার্চ, ২০২৬"),
        ("es", "MX", "1 de marzo de 2026"),
        ("tl", "PH", "Marso 1, 2026"),
    ],
)
def test_days_are_written_as_people_there_write_them(
    language: str, country: str, said: str
) -> None:
    assert set_date(date(2026, 3, 1), locale_for(language, country)) == said


def rows(worker_is: WorkerIs) -> dict[str, str]:
    asked = ask("BD-SA", on="2026-03-01", languages=("ar", "bn"), worker_is=worker_is)
    sheet = paper_of(make_contract(asked), library())
    return {
        row.number: plain(row.texts[0])
        for group in sheet.groups
        for clause in group.clauses
        for row in clause.rows
    }


def test_a_woman_is_addressed_as_a_woman_and_nobody_else_is() -> None:
    woman, man, unsaid = (rows(one) for one in (WorkerIs.WOMAN, WorkerIs.MAN, WorkerIs.NOT_SAID))
    assert "العاملة" in woman["1.1"]
    assert "العاملة" not in man["1.1"]
    # The terms say who the worker is, so their check code differs, and nothing else does.
    assert [one for one in man if man[one] != unsaid[one]] == ["33.1"]
    assert not any("العاملة" in one for one in man.values())


def test_plurals_follow_the_language() -> None:
    contract = make_contract(ask("BD-SA", on="2026-03-01", languages=("ar", "bn")))
    sheet = paper_of(contract, library())
    facts = {one.name: one for one in sheet.key_facts}
    assert plain(facts["hours_normal_day"].texts[0]) == "٨ (8) ساعات"
    assert plain(facts["duration_months"].texts[0]) == "٢٤ (24) شهرًا"
    assert plain(facts["hours_normal_day"].texts[1]) == "৮ (8) ঘণ্টা"


@pytest.mark.parametrize(
    ("language", "months", "said"),
    [
        ("es", 1, "1 mes"),
        ("es", 24, "24 meses"),
        ("ro", 12, "12 luni"),
        ("ro", 24, "24 de luni"),
        ("tl", 12, "12 buwan"),
        ("tl", 24, "24 na buwan"),
    ],
)
def test_a_number_is_joined_to_its_unit_as_it_is_spoken(
    language: str, months: int, said: str
) -> None:
    spoken = ("ar", language)
    asked = ask("BD-SA", on="2026-03-01", languages=spoken, duration_months=months)
    facts = {one.name: one for one in paper_of(make_contract(asked), library()).key_facts}
    assert plain(facts["duration_months"].texts[1]) == said


@pytest.mark.parametrize("pack", sorted(library().packs.values(), key=lambda one: one.id), ids=lambda one: one.id)  # fmt: skip
def test_gendered_languages_have_forms_for_a_woman(pack: OccupationPack) -> None:
    for language in GENDERED & set(pack.languages):
        said = [row for one in pack.texts[language].values() for part in one.rows.values() for row in part]  # fmt: skip
        gendered = [one for one in said if isinstance(one, Gendered)]
        assert len(gendered) > len(said) / 5, f"{pack.id}, {language}"
        assert all(len(set(wordings(one))) == 2 for one in gendered)


def test_a_pack_is_the_same_as_itself() -> None:
    pack = library().pack("domestic-work", 1)
    same = difference(pack, pack)
    assert (same.added, same.removed, same.moved, same.changes) == ((), (), (), ())


def test_what_changed_between_two_packs_can_be_read() -> None:
    home, care = library().pack("domestic-work", 1), library().pack("caregiver", 1)
    found = difference(home, care)
    assert set(found.added) == {"CAREPERSON", "REPLACEMENT", "CARESAFETY", "CAREENDS"}
    assert found.removed == ()
    said = {(one.clause, one.what): (one.old, one.new) for one in found.changes}
    assert said["PLACE", "all.1"] == (
        "The Worker works only at {{ workplace_address }}, the home of the Employer.",
        "The Worker works only at {{ workplace_address }}, the home of the person cared for.",
    )
    assert said["NIGHTREST", "night_care_mode"] == (None, "Care at night")
    assert said["PLACE", "household_care_needs"] == ("People who need special care", None)
