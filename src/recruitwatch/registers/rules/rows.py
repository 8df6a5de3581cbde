"""From the fields of a row to a row in order, or to everything that is wrong with it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from unicodedata import category

from recruitwatch.agencies.values import NameKind
from recruitwatch.errors import N_, Message
from recruitwatch.names.rules import normalise_number
from recruitwatch.registers.rules.files import Sheet, read_sheet
from recruitwatch.registers.values import (
    ALIAS_COLUMNS,
    COLUMNS,
    LONGEST,
    Alias,
    Fault,
    File,
    ReadAliases,
    ReadFile,
    SourceRow,
)

NAME_EMPTY = N_("The name is empty.")
ALIAS_EMPTY = N_("The alias is empty.")
TOO_LONG = N_("The field has %(found)s characters; at most %(longest)s are kept.")
CONTROL = N_("The field holds a sign that cannot be seen (%(code)s). Remove it.")
BAD_DATE = N_("This is not a date. Write year-month-day, like 2026-03-31.")
BAD_COUNTRY = N_("This is not a country. Write its two letters, like BD.")

COUNTRIES = frozenset(
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS "
    "BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE "
    "EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM "
    "HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC "
    "LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA "
    "NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW "
    "SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO "
    "TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW".split()
)
# Signs that turn the reading direction of what follows: a name with one can look like another name.
_TURNING = frozenset(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]))
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_KINDS = (
    (("registered", "legal", "official"), NameKind.LEGAL),
    (("trading", "trade", "brand", "business"), NameKind.TRADING),
    (("former", "old", "previous", "formerly"), NameKind.FORMER),
)


def read_register(content: bytes, register_id: str) -> ReadFile:
    """The rows of a register in the common layout. A row with an error is refused and told with
    every error it has; the others stand. What the source wrote is not corrected."""
    sheet = read_sheet(content, COLUMNS, File.REGISTER)
    if sheet.refused_whole:
        return ReadFile(errors=sheet.errors, refused_whole=True)
    rows: list[SourceRow] = []
    errors = list(sheet.errors)
    for number, fields in sheet.rows:
        fields = {**fields, "address": " ".join(fields["address"].split())}
        faults = list(_row_errors(number, fields))
        if faults:
            errors.extend(faults)
        else:
            rows.append(_row(number, fields, register_id))
    return ReadFile(
        rows=tuple(rows),
        rows_read=sheet.rows_read,
        refused=sheet.rows_read - len(rows),
        errors=in_order(errors),
        notices=sheet.notices,
    )


def in_order(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """By file, then row; what concerns a whole file comes first."""
    return tuple(sorted(faults, key=lambda fault: (fault.file != File.REGISTER, fault.row or 0)))


def _row_errors(number: int, fields: Mapping[str, str]) -> Iterator[Fault]:
    yield from _text_errors(number, fields, File.REGISTER)
    if not fields["name"]:
        yield Fault(message=Message(NAME_EMPTY), row=number, column="name")
    if fields["valid_until"] and read_date(fields["valid_until"]) is None:
        yield Fault(message=Message(BAD_DATE), row=number, column="valid_until")
    if fields["country"].upper() not in COUNTRIES:
        yield Fault(message=Message(BAD_COUNTRY), row=number, column="country")


def _text_errors(number: int, fields: Mapping[str, str], file: File) -> Iterator[Fault]:
    for column, text in fields.items():
        if column not in ("valid_until", "country") and len(text) > LONGEST[column]:
            values: dict[str, str | int] = {"found": len(text), "longest": LONGEST[column]}
            yield Fault(message=Message(TOO_LONG, values), file=file, row=number, column=column)
        unseen = next((c for c in text if category(c) == "Cc" or c in _TURNING), None)
        if unseen is not None:
            code = {"code": f"U+{ord(unseen):04X}"}
            yield Fault(message=Message(CONTROL, code), file=file, row=number, column=column)


def read_date(text: str) -> date | None:
    """A date as ISO 8601 writes it, from 1900 to 2200; None if it is not one."""
    if not _ISO_DATE.fullmatch(text):
        return None
    try:
        value = date.fromisoformat(text)
    except ValueError:
        return None
    return value if 1900 <= value.year <= 2200 else None


def _row(number: int, fields: Mapping[str, str], register_id: str) -> SourceRow:
    return SourceRow(
        row_no=number,
        name=fields["name"],
        number=fields["licence_no"] if normalise_number(fields["licence_no"]) else "",
        status=fields["status"],
        valid_until=read_date(fields["valid_until"]),
        address=fields["address"],
        city=fields["city"],
        phones=split(fields["phone"]),
        emails=split(fields["email"]),
        websites=split(fields["website"]),
        country=fields["country"].upper(),
        source=fields["source"] or register_id,
    )


def split(text: str) -> tuple[str, ...]:
    """Several telephone numbers or addresses in one field, each once: lists part them by commas or
    semicolons. A slash stays, since 9830881/82 is a short way to write two numbers."""
    parts = (part.strip() for part in re.split(r"[;,]", text))
    return tuple(dict.fromkeys(part for part in parts if part))


def read_aliases(content: bytes, register_id: str) -> ReadAliases:
    """The aliases of one register; rows of other registers are counted and passed over."""
    sheet: Sheet = read_sheet(content, ALIAS_COLUMNS, File.ALIASES)
    if sheet.refused_whole:
        return ReadAliases(errors=sheet.errors, refused_whole=True)
    aliases: list[Alias] = []
    errors = list(sheet.errors)
    others = 0
    for number, fields in sheet.rows:
        if fields["register"].lower() != register_id:
            others += 1
            continue
        faults = list(_alias_errors(number, fields))
        errors.extend(faults)
        if not faults:
            aliases.append(
                Alias(
                    row_no=number,
                    number=fields["licence_no"],
                    name=fields["alias"],
                    kind=name_kind(fields["kind"]),
                )
            )
    return ReadAliases(
        aliases=tuple(aliases),
        rows_read=sheet.rows_read,
        of_other_registers=others,
        refused=sheet.rows_read - others - len(aliases),
        errors=tuple(errors),
    )


def _alias_errors(number: int, fields: Mapping[str, str]) -> Iterator[Fault]:
    yield from _text_errors(number, fields, File.ALIASES)
    if not fields["alias"]:
        yield Fault(message=Message(ALIAS_EMPTY), file=File.ALIASES, row=number, column="alias")


def name_kind(words: str) -> NameKind:
    """What kind of name an aliases file means: by the first word of its description that is known,
    else an alias. "registered name in Chinese" is a legal name."""
    for word in re.findall(r"[a-z]+", words.lower()):
        for known, kind in _KINDS:
            if word in known:
                return kind
    return NameKind.ALIAS
