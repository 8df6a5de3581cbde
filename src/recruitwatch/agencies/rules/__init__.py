"""What the register decides and calculates: pure, tested without a database."""

from recruitwatch.agencies.rules.records import as_stored, changes, normalise_contact, record_key

__all__ = ["as_stored", "changes", "normalise_contact", "record_key"]
