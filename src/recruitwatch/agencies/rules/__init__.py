"""What the register decides and calculates: pure, tested without a database."""

from recruitwatch.agencies.rules.deployed import deployed_in_windows
from recruitwatch.agencies.rules.knowledge import known_and_unknown, public_view
from recruitwatch.agencies.rules.papers import LARGEST, media_type
from recruitwatch.agencies.rules.records import as_stored, changes, normalise_contact, record_key
from recruitwatch.agencies.rules.status import decision_faults, in_order, status_on

__all__ = [
    "LARGEST",
    "as_stored",
    "changes",
    "decision_faults",
    "deployed_in_windows",
    "in_order",
    "known_and_unknown",
    "media_type",
    "normalise_contact",
    "public_view",
    "record_key",
    "status_on",
]
