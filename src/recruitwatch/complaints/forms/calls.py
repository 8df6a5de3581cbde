"""One call on one form: what the caller said, and whether it may be written down at all."""

from collections.abc import Collection

import msgspec

from recruitwatch.complaints.forms.telling import SAY_WHAT_HAPPENED, read_answer
from recruitwatch.complaints.rules.questions import is_enough
from recruitwatch.complaints.values.filing import Told
from recruitwatch.complaints.values.questions import Question
from recruitwatch.errors import N_
from recruitwatch.web.forms import FormReader
from recruitwatch.web.languages import LANGUAGES, current

ASK_ABOUT_DANGER = N_("Ask whether the caller is in danger now, and choose an answer.")
ASK_FOR_CONSENT = N_(
    "Nothing is saved: the caller must agree first. Ask, and tick this if the answer is yes."
)
SAY_IT_WAS_READ = N_("Read it all aloud. Tick this when the caller agrees with it.")


def read_caller(form: FormReader) -> str:
    """The caller's language; without a known one that of the page."""
    wanted = form.form.get("caller", "")
    return wanted if wanted in LANGUAGES else current.get()


def read_danger(form: FormReader) -> str:
    """`yes`, `no`, or nothing where it was not asked."""
    answer = form.form.get("danger", "")
    return answer if answer in ("yes", "no") else ""


def read_call(form: FormReader, *, offices: Collection[str]) -> Told:
    """Everything typed, also what cannot be kept: `form.errors` says why, in the order of the page."""
    told = Told(danger=read_danger(form) == "yes", caller_consents=form.flag("caller_consents"))
    if not read_danger(form):
        form.refuse("danger", ASK_ABOUT_DANGER)
    if not told.caller_consents:
        form.refuse("caller_consents", ASK_FOR_CONSENT)
    for question in Question:
        before = told
        told = read_answer(form, question, told, offices=offices)
        if question is Question.HAPPENED and not is_enough(told):
            form.refuse("happened", SAY_WHAT_HAPPENED)
        if question is Question.HIDE and not form.flag("official"):
            # A sentence about an official stays ticked: both boxes stand on this one page.
            told = msgspec.structs.replace(told, happened=before.happened)
    return told


def require_reading(form: FormReader) -> None:
    if not form.flag("agreed"):
        form.refuse("agreed", SAY_IT_WAS_READ)
