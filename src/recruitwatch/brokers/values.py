"""Brokers: what they are called, how they are reached, where they work, and for which agencies."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from recruitwatch.errors import N_, Conflict, NotFound, Rejected

LONGEST_NAME = 200
LONGEST_NUMBER = 60
LONGEST_SERVICE = 60
LONGEST_AREA = 200
LONGEST_REASON = 2000


class NumberKind(StrEnum):
    """A wallet is a number that money is sent to; the same digits may also be called."""

    PHONE = "phone"
    WALLET = "wallet"


NUMBER_KINDS = {NumberKind.PHONE: N_("Telephone"), NumberKind.WALLET: N_("Wallet for money")}


class Judgement(StrEnum):
    """A word on whether a broker works for an agency. A withdrawn one takes an earlier word back."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class TieEvidence(StrEnum):
    """What shows that a broker works for an agency. DECISION and CASES are said in a case, by an officer who
    reads it: which case it was, and how many there are, is never said."""

    DOCUMENT = "document"
    SAME_NUMBER = "same_number"
    ADMITTED = "admitted"
    FINDING = "finding"
    VISIT = "visit"
    DECISION = "decision"
    CASES = "cases"


FROM_CASES = frozenset({TieEvidence.DECISION, TieEvidence.CASES})


class Confidence(StrEnum):
    """How sure the officer is. A word on what is not so, or that is taken back, has none."""

    CERTAIN = "certain"
    LIKELY = "likely"


CONFIDENCE_NAMES = {Confidence.CERTAIN: N_("Certain"), Confidence.LIKELY: N_("Likely")}


EVIDENCE_NAMES = {
    TieEvidence.DOCUMENT: N_("A document"),
    TieEvidence.SAME_NUMBER: N_("The same number"),
    TieEvidence.ADMITTED: N_("One of them admits it"),
    TieEvidence.FINDING: N_("A finding"),
    TieEvidence.VISIT: N_("Seen on a visit"),
    TieEvidence.DECISION: N_("A decided case"),
    TieEvidence.CASES: N_("Several workers, each in her own case"),
}
EVIDENCE_SENTENCES = {
    TieEvidence.DOCUMENT: N_("A receipt, contract, visiting card or message bears both."),
    TieEvidence.SAME_NUMBER: N_("A number of the broker is one of the agency in the register."),
    TieEvidence.ADMITTED: N_("The agency or the broker says so."),
    TieEvidence.FINDING: N_("A finding about the agency says so, and it stands."),
    TieEvidence.VISIT: N_("An officer saw it, at the agency or on the spot."),
}


class BrokerReason(StrEnum):
    """Why a broker is offered for what a worker wrote; surest first."""

    PHONE = "phone"
    WALLET = "wallet"
    NAME = "name"
    SOUNDS_ALIKE = "sounds_alike"
    NAME_ALIKE = "name_alike"
    AREA = "area"


REASON_SENTENCES = {
    BrokerReason.PHONE: N_("The number she called or paid is a telephone of this broker."),
    BrokerReason.WALLET: N_("The number she called or paid is a wallet of this broker."),
    BrokerReason.NAME: N_("People call this broker by the name she gave."),
    BrokerReason.SOUNDS_ALIKE: N_("A name of this broker sounds like the one she gave."),
    BrokerReason.NAME_ALIKE: N_("A name of this broker is like the one she gave."),
    BrokerReason.AREA: N_("This broker works where she says."),
}


class NewNumber(msgspec.Struct, frozen=True, kw_only=True):
    kind: NumberKind
    value: str
    service: str = ""


class NewBroker(msgspec.Struct, frozen=True, kw_only=True):
    """What is known at first; more can be added."""

    name: str
    phone: str = ""
    area: str = ""
    wallet: str = ""
    service: str = ""


class NewTie(msgspec.Struct, frozen=True, kw_only=True):
    """`seen` is the word that stood when the officer looked; none where there was none."""

    broker_id: UUID
    agency_id: UUID
    judgement: Judgement
    evidence: tuple[TieEvidence, ...]
    confidence: Confidence | None = None
    reason: str
    seen: UUID | None = None


class Detail(msgspec.Struct, frozen=True, kw_only=True):
    """A name, number or area with the key by which it is removed."""

    id: UUID
    text: str
    kind: NumberKind | None = None
    service: str = ""


class DetailKind(StrEnum):
    NAME = "name"
    NUMBER = "number"
    AREA = "area"


class BrokerLine(msgspec.Struct, frozen=True, kw_only=True):
    """One person in a list, whatever the number of records."""

    id: UUID
    name: str
    other_names: tuple[str, ...]
    numbers: tuple[str, ...]
    areas: tuple[str, ...]


class BrokerFact(msgspec.Struct, frozen=True, kw_only=True):
    """One reason for a candidate, and what of her words it rests on."""

    reason: BrokerReason
    said: str


class BrokerCandidate(msgspec.Struct, frozen=True, kw_only=True):
    line: BrokerLine
    facts: tuple[BrokerFact, ...]


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """One word on a broker and an agency."""

    id: UUID
    broker_id: UUID
    agency_id: UUID
    agency_name: str
    licence_no: str
    judgement: Judgement
    evidence: tuple[TieEvidence, ...]
    confidence: Confidence | None
    reason: str
    judged_by: str
    judged_at: datetime


class AgencyTies(msgspec.Struct, frozen=True, kw_only=True):
    """What was said about a broker and one agency: the word that stands, and those before it."""

    standing: Tie
    earlier: tuple[Tie, ...]


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Another record that is this person, and who said so why."""

    merge_id: UUID
    broker_id: UUID
    name: str
    into_id: UUID
    reason: str
    judged_by: str
    judged_at: datetime


class Broker(msgspec.Struct, frozen=True, kw_only=True):
    """One person with all that is on record. When each was entered, and by whom, is in history only: it
    could tell which case it was learnt in."""

    id: UUID
    name: str
    names: tuple[Detail, ...]
    numbers: tuple[Detail, ...]
    areas: tuple[Detail, ...]
    ties: tuple[AgencyTies, ...]
    parts: tuple[Part, ...]
    look_again_on: date


class BrokerUnknown(NotFound):
    code = "broker.unknown"
    sentence = N_("There is no such broker.")


class SaidMeanwhile(Conflict):
    code = "broker.said-meanwhile"
    sentence = N_("Somebody has judged this meanwhile. Look at it again.")


class OnePersonAlready(Conflict):
    code = "broker.one-person"
    sentence = N_("These records are one person already.")


class OnRecordAlready(Conflict):
    code = "broker.on-record"
    sentence = N_("This stands on record already.")


class LastName(Conflict):
    code = "broker.last-name"
    sentence = N_("A record needs one name. Add the right one first.")


class StillTied(Conflict):
    code = "broker.tied"
    sentence = N_("First take back what ties this broker to an agency or to another record.")


class NoSameNumber(Rejected):
    code = "broker.no-same-number"
    sentence = N_("No number of this broker is one of the agency in the register.")


class NotCertain(Rejected):
    code = "broker.not-certain"
    sentence = N_("One thing alone is not certain, unless it was decided, found or admitted.")


class NotReadable(Rejected):
    code = "broker.number-unreadable"
    sentence = N_("Write the whole number, with at least seven digits.")
