"""Rows as the frozen structs that features read."""

from typing import TypeVar

import msgspec
from sqlalchemy import RowMapping

Kind = TypeVar("Kind", bound=msgspec.Struct)


def as_struct(row: RowMapping, kind: type[Kind]) -> Kind:
    """A row with JSON in it as a struct. Column names are more than plain strings, hence `str`."""
    return msgspec.convert({str(name): value for name, value in row.items()}, kind)
