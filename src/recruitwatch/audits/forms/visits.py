"""The form of a visit: notice, day, lists and facts."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from recruitwatch.audits.rules.counting import facts_asked, is_interview_list
from recruitwatch.audits.values import Interview, ListChoice, NewAudit, VisitChange
from recruitwatch.checklists.values import Checklist
from recruitwatch.errors import N_
from recruitwatch.web.forms import NOT_A_CHOICE, Errors, FormReader

LONGEST_REASON = 1_000
EARLIEST = timedelta(days=2 * 365)
LATEST = timedelta(days=90)
MOST_INTERVIEWS = 999

NOTICE_MISSING = N_("Choose whether the agency was told before the visit.")
REASON_MISSING = N_("Say why the visit is not announced. The reason stays on record.")
REASON_STRANGE = N_("A reason is needed only when the visit is not announced.")
LISTS_MISSING = N_("Choose at least one checklist.")
FACT_MISSING = N_("Choose yes or no. It decides which questions you are asked.")
DAY_FAR = N_("The day of the visit is too far away to be right.")
DAY_AHEAD = N_("This day is still to come.")
RETURN_MISSING = N_("Say what is to be put right, so that the inspector can go on.")


class Notice(StrEnum):
    ANNOUNCED = "announced"
    UNANNOUNCED = "unannounced"


class FactWord(StrEnum):
    YES = "yes"
    NO = "no"


def parse_new_audit(
    reader: FormReader, offered: Mapping[str, Checklist], agency_id: UUID, today: date
) -> NewAudit | Errors:
    """`offered` are the newest versions, by list."""
    audit_id = parse_uuid(reader, "id")
    names = reader.choices("lists", offered)
    if not names:
        reader.refuse("lists", LISTS_MISSING)
    chosen = [offered[name] for name in names if name in offered]
    visit = parse_visit(reader, chosen, today)
    if isinstance(visit, dict) or audit_id is None:
        return reader.errors
    return NewAudit(
        id=audit_id,
        agency_id=agency_id,
        announced=visit.announced,
        unannounced_reason=visit.unannounced_reason,
        visited_on=visit.visited_on,
        lists=tuple(ListChoice(checklist_id=one.id, version=one.version) for one in chosen),
        facts=visit.facts,
    )


def parse_visit(
    reader: FormReader, lists: Sequence[Checklist], today: date
) -> VisitChange | Errors:
    """Facts are asked only where one of the lists needs them."""
    notice = reader.choice("notice", Notice, missing=NOTICE_MISSING)
    reason = reader.text("unannounced_reason", longest=LONGEST_REASON)
    if notice is Notice.UNANNOUNCED and not reason:
        reader.refuse("unannounced_reason", REASON_MISSING)
    if notice is Notice.ANNOUNCED and reason:
        reader.refuse("unannounced_reason", REASON_STRANGE)
    visited_on = reader.day("visited_on", required=True)
    if visited_on is not None and not today - EARLIEST <= visited_on <= today + LATEST:
        reader.refuse("visited_on", DAY_FAR)
    asked = facts_asked(one for one in lists if not is_interview_list(one))
    facts = {name: reader.choice(f"fact-{name}", FactWord, missing=FACT_MISSING) for name in asked}
    if reader.errors or visited_on is None:
        return reader.errors
    return VisitChange(
        announced=notice is Notice.ANNOUNCED,
        unannounced_reason=reason,
        visited_on=visited_on,
        facts={name: word is FactWord.YES for name, word in facts.items()},
    )


def parse_new_interview(
    reader: FormReader, offered: Collection[str], today: date
) -> Interview | Errors:
    """The number stands in the form, so that sending it twice does not add two."""
    checklist_id = reader.form.get("list", "")
    number: int | None = None
    if checklist_id in offered:
        name = f"number-{checklist_id}"
        number = reader.whole(name, least=1, most=MOST_INTERVIEWS, required=True)
    else:
        reader.refuse("list", NOT_A_CHOICE)
    held_on = parse_held_on(reader, today)
    if reader.errors or number is None or held_on is None:
        return reader.errors
    return Interview(checklist_id=checklist_id, interview_no=number, held_on=held_on, facts={})


def parse_held_on(reader: FormReader, today: date) -> date | None:
    held_on = reader.day("held_on", required=True)
    if held_on is not None and held_on > today:
        reader.refuse("held_on", DAY_AHEAD)
    if held_on is not None and held_on < today - EARLIEST:
        reader.refuse("held_on", DAY_FAR)
    return held_on


def parse_worker_facts(reader: FormReader, asked: Sequence[str]) -> dict[str, bool]:
    """A fact that was not settled is left open: its questions are then asked."""
    words = {name: reader.form.get(f"fact-{name}", "") for name in asked}
    return {name: word == FactWord.YES for name, word in words.items() if word in set(FactWord)}


def parse_return(reader: FormReader) -> str | Errors:
    reason = reader.text("reason", longest=LONGEST_REASON, required=True, missing=RETURN_MISSING)
    return reader.errors or reason


def parse_uuid(reader: FormReader, name: str) -> UUID | None:
    """A number that the page made and the form carries unseen."""
    try:
        return UUID(reader.form.get(name, ""))
    except ValueError:
        reader.refuse("", NOT_A_CHOICE)
        return None
