"""Keys and boxes: the installation key, sealed boxes, keys that are destroyed on time, the escrow."""

from recruitwatch.keys.installation import InstallationKey, KeyMissing, make_key, read_key
from recruitwatch.keys.retention import RetentionKeys
from recruitwatch.keys.vault import Vault, open_vault

__all__ = [
    "InstallationKey",
    "KeyMissing",
    "RetentionKeys",
    "Vault",
    "make_key",
    "open_vault",
    "read_key",
]
