"""What people type about agencies and licences."""

from recruitwatch.agencies.forms.agency import parse_basics, parse_new_agency, parse_sectors
from recruitwatch.agencies.forms.countries import country_code, country_names
from recruitwatch.agencies.forms.licence import parse_decision, parse_licence
from recruitwatch.agencies.forms.parts import PARTS, Field, FieldKind, Part, parse_part, rows_of

__all__ = [
    "PARTS",
    "Field",
    "FieldKind",
    "Part",
    "country_code",
    "country_names",
    "parse_basics",
    "parse_decision",
    "parse_licence",
    "parse_new_agency",
    "parse_part",
    "parse_sectors",
    "rows_of",
]
