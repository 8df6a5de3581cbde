"""The staff's menu: which entry a person sees is decided by what they may do."""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from recruitwatch.actor import Actor
from recruitwatch.web.languages import gettext, path


class Link(msgspec.Struct, frozen=True):
    url: str
    text: str
    current: bool


class Entry(msgspec.Struct, frozen=True):
    """One entry of the menu: where it leads, its English words, and who sees it."""

    address: str
    text: str
    seen_by: Callable[[Actor], bool]


class Menu(msgspec.Struct, frozen=True):
    """The entries of all features and the words for roles, given by `features`."""

    entries: Sequence[Entry] = ()
    agency_entries: Sequence[Entry] = ()
    """What other features offer for one agency; `ID` in the address stands for the agency's id."""
    roles: Mapping[str, str] = {}

    def links(self, actor: Actor, address: str) -> list[Link]:
        """What this person sees of the menu. Of entries within each other the inner one is the current."""
        seen = [entry for entry in self.entries if entry.seen_by(actor)]
        around = [entry.address for entry in seen if _within(address, entry.address)]
        here = max(around, key=len, default=None)
        return [
            Link(path(entry.address), gettext(entry.text), entry.address == here) for entry in seen
        ]

    def agency_links(self, actor: Actor) -> list[tuple[str, str]]:
        """Address with `ID` in it, and the words, for what this person may do with an agency."""
        return [
            (path(entry.address), gettext(entry.text))
            for entry in self.agency_entries
            if entry.seen_by(actor)
        ]

    def role_names(self, actor: Actor) -> list[str]:
        """The person's roles in words of the reader's language."""
        return [gettext(self.roles[role]) for role in sorted(actor.roles) if role in self.roles]


def _within(address: str, entry: str) -> bool:
    return address == entry or address.startswith(entry.rstrip("/") + "/")
