"""Compliant answers in words, for every way a published item is compared."""

import pytest

from clients import Browser, text_of


@pytest.mark.parametrize(
    ("name", "item", "words"),
    [
        ("covenant", "COV-LAW-01", "Yes"),
        ("covenant", "COV-LAW-05", "No"),
        ("covenant", "COV-LAW-03", "All that were checked"),
        ("covenant", "COV-INF-03", "3 or more"),
        ("destination", "DST-FPA-01", "The day of the answer or later"),
        ("destination", "DST-EMP-04", "Exactly 0"),
        ("predeparture", "PDI-FEE-01", "At most what the ministry sets for “Most a worker may"),
        ("predeparture", "PDI-FEE-03", "Recorded only: no answer counts as a failure"),
        ("predeparture", "PDI-DOC-01", "Worker; Agency with receipt for visa"),
        ("predeparture", "PDI-TRN-01", "At least what the ministry sets for “Days of training"),
        ("returnee", "RTI-PAY-01", "0 or less"),
        ("returnee", "RTI-PAY-03", "No money at all"),
        ("sop", "SOP-CON-06", "0 or more"),
    ],
)
async def test_compliant_answer_reads_as_a_sentence(
    browser: Browser, name: str, item: str, words: str
) -> None:
    page = await browser.get(f"/checklists/{name}")
    article = next(one for one in page.all("article") if one.get("id") == item)
    assert f"Counts as compliant {words}" in text_of(article)
