"""A day of a form as it was typed, to be shown again when the form is refused."""

import msgspec

from recruitwatch.web.forms import FormReader


class TypedDay(msgspec.Struct, frozen=True, kw_only=True):
    day: str
    month: str
    year: str


def typed_day(reader: FormReader, name: str) -> TypedDay:
    day, month, year = (reader.form.get(f"{name}-{part}", "") for part in ("day", "month", "year"))
    return TypedDay(day=day, month=month, year=year)
