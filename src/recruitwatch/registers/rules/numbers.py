"""Whether the numbers of a list are licence numbers, and what a register is that nobody knows yet."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from recruitwatch.agencies.values import NumberKind, Register
from recruitwatch.errors import N_, Message
from recruitwatch.registers.values import Fault, Options, SourceRow

ROW_KEY = re.compile(r"[A-Z0-9]{2,}ROW-\d+")
REGISTER_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
APPROVING = frozenset({"approved", "active", "licensed", "listed", "registered", "valid"})

ASSUMED_OFFICIAL = N_("This register is new. Its numbers were taken to be licence numbers.")
ASSUMED_ROW_KEY = N_(
    "This register is new. Its numbers were taken to be keys of the list, not licence numbers."
)
NUMBER_MISSING = N_("No licence number: the agency is known by its name and address.")
EXPIRED = N_("Expired on %(date)s, but the source says “%(word)s”. Both are kept as written.")


def guess_numbers(rows: Sequence[SourceRow]) -> NumberKind:
    """Row keys if every number that is there looks like one (HKROW-0001), else licence numbers."""
    numbers = [row.number for row in rows if row.number]
    if numbers and all(ROW_KEY.fullmatch(number) for number in numbers):
        return NumberKind.ROW_KEY
    return NumberKind.OFFICIAL


def new_register(register_id: str, rows: Sequence[SourceRow], options: Options) -> Register:
    """A register that is not known: its country is the one most rows name."""
    countries = Counter(row.country for row in rows)
    return Register(
        id=register_id,
        title=options.title or register_id,
        country=min(countries, key=lambda code: (-countries[code], code)) if countries else "XK",
        numbers=options.numbers or guess_numbers(rows),
    )


def register_notices(register: Register, options: Options, *, known: bool) -> tuple[Fault, ...]:
    """What was assumed about a new register whose numbers nobody explained."""
    if known or options.numbers is not None:
        return ()
    official = register.numbers is NumberKind.OFFICIAL
    return (Fault(message=Message(ASSUMED_OFFICIAL if official else ASSUMED_ROW_KEY)),)


def row_notices(row: SourceRow, numbers: NumberKind, today: date) -> Iterator[Fault]:
    """What a person should look at although the row is in order: no licence number, or a licence
    that is over while the source still approves it. A source's word makes no licence."""
    if numbers is NumberKind.OFFICIAL and not row.number:
        yield Fault(message=Message(NUMBER_MISSING), row=row.row_no, column="licence_no")
    over = row.valid_until is not None and row.valid_until < today
    if over and row.status.casefold() in APPROVING:
        values = {"date": str(row.valid_until), "word": row.status}
        yield Fault(message=Message(EXPIRED, values), row=row.row_no, column="valid_until")
