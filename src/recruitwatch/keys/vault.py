"""The secrets of this process: the installation key and the keys that are destroyed on time."""

from pathlib import Path

import msgspec

from recruitwatch.keys.installation import InstallationKey, read_key
from recruitwatch.keys.retention import RetentionKeys


class Vault(msgspec.Struct, frozen=True):
    """Both kinds of keys that live beside the database, never in it."""

    installation: InstallationKey
    retention: RetentionKeys


def open_vault(folder: Path) -> Vault:
    """The keys in this folder. Raises KeyMissing in one sentence."""
    return Vault(read_key(folder), RetentionKeys(folder))
