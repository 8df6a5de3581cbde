"""What an inspector or interviewer records: one answer to one item, and figures of national law."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

NO_CURRENCY = "XXX"  # ISO 4217: no currency involved. Only ever used with the amount zero.
CurrencyCode = Annotated[str, Meta(pattern=r"^[A-Z]{3}\Z")]


class Word(StrEnum):
    YES = "yes"
    PARTIAL = "partial"
    NO = "no"
    NA = "na"


class _Recorded(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"
):
    """Sent by a device or stored with an audit: the tag `kind` says which sort of answer it is."""


class WordAnswer(_Recorded, frozen=True, kw_only=True, tag="word"):
    """Yes, partial, no. `na` may answer an item of any type, with a reason."""

    word: Word


class NumberAnswer(_Recorded, frozen=True, kw_only=True, tag="number"):
    number: Decimal


class MoneyAnswer(_Recorded, frozen=True, kw_only=True, tag="money"):
    amount_minor: int
    currency: CurrencyCode


class DateAnswer(_Recorded, frozen=True, kw_only=True, tag="date"):
    on: date


class ChoiceAnswer(_Recorded, frozen=True, kw_only=True, tag="choice"):
    option: str


class RatioAnswer(_Recorded, frozen=True, kw_only=True, tag="ratio"):
    """`ok` of `checked`. Nothing checked counts as not checked."""

    ok: int
    checked: int


AnswerValue = WordAnswer | NumberAnswer | MoneyAnswer | DateAnswer | ChoiceAnswer | RatioAnswer


class Money(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    amount_minor: int
    currency: CurrencyCode


ParameterValue = Decimal | Money
