"""What officers type about brokers."""

from collections.abc import Collection
from uuid import UUID

import msgspec

from recruitwatch.brokers.rules import evidence_now, is_readable, may_be_certain
from recruitwatch.brokers.values import (
    FROM_CASES,
    LONGEST_AREA,
    LONGEST_NAME,
    LONGEST_NUMBER,
    LONGEST_REASON,
    LONGEST_SERVICE,
    Confidence,
    DetailKind,
    Judgement,
    NewBroker,
    NewNumber,
    NewTie,
    NotCertain,
    NotReadable,
    NumberKind,
    Tie,
    TieEvidence,
)
from recruitwatch.errors import N_
from recruitwatch.web.forms import Errors, FormReader

NAME = N_("Write the name, or what people call them.")
NUMBER = N_("Write the number.")
WHICH_KIND = N_("Say whether it is a telephone or a wallet.")
AREA = N_("Write the village, market or district.")
WHAT_SHOWS_IT = N_("A name alone is not enough. Say what shows that they belong together.")
HOW_SURE = N_("Say how sure you are.")
WHY = N_("Say why. Write nothing that points to a worker.")

OFFERED_EVIDENCE = tuple(one for one in TieEvidence if one not in FROM_CASES)


def parse_broker(reader: FormReader) -> NewBroker | Errors:
    name = reader.text("name", longest=LONGEST_NAME, required=True, missing=NAME)
    phone = _readable(reader, "phone", NumberKind.PHONE)
    wallet = _readable(reader, "wallet", NumberKind.WALLET)
    service = reader.text("service", longest=LONGEST_SERVICE)
    area = reader.text("area", longest=LONGEST_AREA)
    return reader.errors or NewBroker(
        name=name, phone=phone, area=area, wallet=wallet, service=service if wallet else ""
    )


def _readable(reader: FormReader, field: str, kind: NumberKind) -> str:
    value = reader.text(field, longest=LONGEST_NUMBER)
    if value and field not in reader.errors and not is_readable(NewNumber(kind=kind, value=value)):
        reader.refuse(field, NotReadable.sentence)
    return value


def parse_name(reader: FormReader) -> str | Errors:
    name = reader.text("name", longest=LONGEST_NAME, required=True, missing=NAME)
    return reader.errors or name


def parse_number(reader: FormReader) -> NewNumber | Errors:
    kind = reader.choice("kind", NumberKind, missing=WHICH_KIND)
    value = reader.text("value", longest=LONGEST_NUMBER, required=True, missing=NUMBER)
    service = reader.text("service", longest=LONGEST_SERVICE)
    if reader.errors or kind is None:
        return reader.errors
    new = NewNumber(kind=kind, value=value, service=service if kind is NumberKind.WALLET else "")
    if not is_readable(new):
        reader.refuse("value", NotReadable.sentence)
    return reader.errors or new


def parse_area(reader: FormReader) -> str | Errors:
    area = reader.text("area", longest=LONGEST_AREA, required=True, missing=AREA)
    return reader.errors or area


def parse_identity(reader: FormReader, field: str) -> UUID | None:
    """A hidden field; no page of ours sends anything else than an id or nothing."""
    try:
        return UUID(reader.form.get(field, ""))
    except ValueError:
        return None


def parse_detail(reader: FormReader) -> tuple[DetailKind, UUID] | None:
    detail_id = parse_identity(reader, "id")
    kind = reader.choice("kind", DetailKind)
    return None if kind is None or detail_id is None else (kind, detail_id)


def parse_tie_asked(reader: FormReader, broker_id: UUID) -> NewTie | None:
    """Which agency a word is about and what it says, as the hidden fields name it; still without evidence
    and reason."""
    agency_id = parse_identity(reader, "agency_id")
    judgement = reader.choice("judgement", Judgement)
    if agency_id is None or judgement is None:
        return None
    return NewTie(
        broker_id=broker_id, agency_id=agency_id, judgement=judgement, evidence=(), reason="",
        seen=parse_identity(reader, "seen"),
    )  # fmt: skip


def parse_tie(
    reader: FormReader,
    asked: NewTie,
    standing: Tie | None,
    *,
    proved: Collection[TieEvidence] = (),
) -> NewTie | Errors:
    """The word with its evidence and reason. What rests on cases is `proved` or kept; no box shows it."""
    if asked.judgement is not Judgement.CONFIRMED:
        reason = parse_reason(reader)
        return reader.errors or msgspec.structs.replace(asked, reason=reason)
    boxes = reader.choices("evidence", OFFERED_EVIDENCE)
    ticked = [one for one in OFFERED_EVIDENCE if one.value in boxes]
    evidence = evidence_now(standing, ticked, proved=proved)
    if not evidence:
        reader.refuse("evidence", WHAT_SHOWS_IT)
    sure = reader.choice("confidence", Confidence, missing=HOW_SURE)
    if evidence and sure is Confidence.CERTAIN and not may_be_certain(evidence):
        reader.refuse("confidence", NotCertain.sentence)
    reason = parse_reason(reader)
    return reader.errors or msgspec.structs.replace(
        asked, evidence=tuple(ticked), confidence=sure, reason=reason
    )


def parse_reason(reader: FormReader) -> str:
    return reader.text("reason", longest=LONGEST_REASON, required=True, missing=WHY)
