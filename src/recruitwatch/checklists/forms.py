"""The form that sets a figure of national law."""

from decimal import Decimal

import msgspec
from babel.numbers import get_currency_precision, is_currency

from recruitwatch.checklists.values import Parameter, ParameterType
from recruitwatch.errors import N_
from recruitwatch.web.forms import REQUIRED, Errors, FormReader

REASON_MISSING = N_("Say why: name the law, the circular or the mistake that is put right.")
AMOUNT_UNWANTED = N_("Leave the figure empty when you take it back, or do not tick the box.")
CURRENCY_MISSING = N_("Write the currency in three letters, such as BDT.")
CURRENCY_UNKNOWN = N_("There is no such currency. Write three letters, such as BDT.")
TOO_FINE = N_("Write at most %(places)s digits after the decimal point.")
MOST_PLACES = 3
MOST_REASON = 1000


class ParameterForm(msgspec.Struct, frozen=True, kw_only=True):
    """Money in minor units; no amount takes the figure back."""

    amount: Decimal | None
    currency: str | None
    reason: str


def parse_parameter(reader: FormReader, parameter: Parameter) -> ParameterForm | Errors:
    reason = reader.text("reason", longest=MOST_REASON, required=True, missing=REASON_MISSING)
    amount = reader.amount("amount")
    currency = None
    if reader.flag("take_back"):
        if reader.form.get("amount", "").strip():
            reader.refuse("amount", AMOUNT_UNWANTED)
        return reader.errors or ParameterForm(amount=None, currency=None, reason=reason)
    if amount is None:
        reader.refuse("amount", REQUIRED)
    places = MOST_PLACES
    if parameter.type is ParameterType.MONEY:
        currency = _currency(reader)
        places = get_currency_precision(currency) if currency else MOST_PLACES
    if amount is not None and amount != round(amount, places):
        reader.refuse("amount", TOO_FINE, places=places)
    if reader.errors or amount is None:
        return reader.errors
    minor = amount.scaleb(places) if parameter.type is ParameterType.MONEY else amount
    return ParameterForm(amount=minor, currency=currency, reason=reason)


def _currency(reader: FormReader) -> str | None:
    code = reader.text("currency", longest=3, required=True, missing=CURRENCY_MISSING).upper()
    if code and not is_currency(code):
        reader.refuse("currency", CURRENCY_UNKNOWN)
    return code if is_currency(code) else None
