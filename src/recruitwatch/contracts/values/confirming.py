"""Faults of a checked contract on their way to findings of an agency."""

from datetime import date
from uuid import UUID

import msgspec

from recruitwatch.contracts.values.corridors import Gravity
from recruitwatch.errors import N_, Conflict, Rejected


class CheckedTwice(Conflict):
    code = "contract.checked-twice"
    sentence = N_("Findings were opened from these papers before.")


class NothingToOpen(Rejected):
    code = "contract.nothing-to-open"
    sentence = N_("No finding was opened.")


class BrokenRule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule of the check with the checklist item it bears on."""

    rule: str
    item_id: str
    severity: Gravity


class NewCheck(msgspec.Struct, frozen=True, kw_only=True):
    """A check to keep: of which papers, by hash and number, and which rules they broke."""

    agency_id: UUID
    contract_number: str
    papers_sha256: str
    signed_on: date
    rules: tuple[BrokenRule, ...]
