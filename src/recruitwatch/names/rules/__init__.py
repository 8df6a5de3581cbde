"""What makes two names the same: spellings, sounds, words and numbers, and the ranker built on them.

Pure: everything is a function of values. The matcher's public explanation is in docs/matching.md.
"""

from recruitwatch.names.rules.spelling import (
    identity_key,
    normalise,
    normalise_number,
    number_digits,
)

__all__ = ["identity_key", "normalise", "normalise_number", "number_digits"]
