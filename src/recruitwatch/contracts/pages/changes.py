"""Versions of the contract templates, of the law of corridors and of the check rules that are on file,
and what changed between two of them."""

import asyncio
from collections.abc import Iterable, Iterator
from itertools import groupby

import msgspec
from litestar import get
from litestar.params import FromPath

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.values import Permission
from recruitwatch.contracts.actions import open_library
from recruitwatch.contracts.rules.changes import said_changes, said_in_one
from recruitwatch.contracts.rules.checkchanges import said_check_changes
from recruitwatch.contracts.rules.lawchanges import lawbook_of, said_law_changes
from recruitwatch.contracts.rules.naming import phrase
from recruitwatch.contracts.values.changed import SaidLawChange
from recruitwatch.contracts.values.corridors import Checks, Destinations
from recruitwatch.contracts.values.judged import ContractLibrary
from recruitwatch.errors import N_, Language, Message, Value
from recruitwatch.web import languages
from recruitwatch.web.request import Page, WebRequest
from recruitwatch.web.saying import say
from recruitwatch.web.templating import render

CHECK_RULES = N_("Check rules")
MAY = needs(Permission.CONTRACT_MAKE)


class PackLine(msgspec.Struct, frozen=True, kw_only=True):
    pack: str
    version: int
    title: str
    why: str
    languages: tuple[str, ...]
    supersedes: int | None


class VersionOnFile(msgspec.Struct, frozen=True, kw_only=True):
    """A version of the law of corridors or of the check rules."""

    version: int
    why: str
    supersedes: int | None


class ChangeLine(msgspec.Struct, frozen=True, kw_only=True):
    clause: str
    what: str
    old: Value | None
    new: Value | None


class PacksPage(msgspec.Struct, frozen=True, kw_only=True):
    packs: tuple[PackLine, ...]
    corridors: tuple[VersionOnFile, ...]
    checks: tuple[VersionOnFile, ...]


class ChangesPage(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    old: int
    new: int
    why: str
    changes: tuple[ChangeLine, ...]


class LawLine(msgspec.Struct, frozen=True, kw_only=True):
    what: str
    old: Value | None
    new: Value | None


class LawEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One figure, or the papers of one country, with everything that reads differently of it."""

    about: str
    which: Value
    lines: tuple[LawLine, ...]


class LawChangesPage(msgspec.Struct, frozen=True, kw_only=True):
    """Changes of law under the country or the corridor that they are of."""

    old: int
    new: int
    why: str
    places: tuple[tuple[str, tuple[LawEntry, ...]], ...]


@get("/contracts/templates", opt=MAY)
async def list_packs(request: WebRequest) -> Page:
    library = await asyncio.to_thread(open_library)
    packs = tuple(
        PackLine(
            pack=name,
            version=version,
            title=say(Message(one.written.title)),
            why=one.written.why,
            languages=tuple(say(Language(code)) for code in one.languages),
            supersedes=one.written.supersedes,
        )
        for (name, version), one in sorted(library.packs.items(), reverse=True)
    )
    page = PacksPage(
        packs=packs,
        corridors=_on_file(one.destinations for one in library.corridors.values()),
        checks=_on_file(library.checks.values()),
    )
    return render(request, "contract_register/templates.html", page)


def _on_file(versions: Iterable[Destinations | Checks]) -> tuple[VersionOnFile, ...]:
    newest_first = sorted(versions, key=lambda one: -one.version)
    return tuple(
        VersionOnFile(version=one.version, why=one.why, supersedes=one.supersedes)
        for one in newest_first
    )


@get("/contracts/templates/{pack:str}/{old:int}/{new:int}", opt=MAY)
async def show_changes(
    request: WebRequest, pack: FromPath[str], old: FromPath[int], new: FromPath[int]
) -> Page:
    library = await asyncio.to_thread(open_library)
    before, after = library.pack(pack, old), library.pack(pack, new)
    named = {one.group for pack in (before, after) for one in pack.clauses}
    groups = {one: phrase(library, after.written.words, f"group_{one}") or one for one in named}
    page = ChangesPage(
        title=say(Message(after.written.title)),
        old=old,
        new=new,
        why=after.written.why,
        changes=tuple(
            ChangeLine(clause=one.clause, what=said_in_one(one, say), old=one.old, new=one.new)
            for one in said_changes(before, after, languages.current.get(), groups)
        ),
    )
    return render(request, "contract_register/changes.html", page)


@get("/contracts/templates/corridors/{old:int}/{new:int}", opt=MAY)
async def show_law_changes(request: WebRequest, old: FromPath[int], new: FromPath[int]) -> Page:
    library = await asyncio.to_thread(open_library)
    page = law_changes_page(library, old, new)
    return render(request, "contract_register/law_changes.html", page)


def law_changes_page(library: ContractLibrary, old: int, new: int) -> LawChangesPage:
    """Everything that reads differently, in the language of the request."""
    before, after = library.corridors_of(old), library.corridors_of(new)
    changes = said_law_changes(lawbook_of(library, before), lawbook_of(library, after))
    return LawChangesPage(
        old=old,
        new=new,
        why=after.destinations.why,
        places=tuple(
            (say(place), tuple(_entries(of_place)))
            for place, of_place in groupby(changes, key=lambda one: one.place)
        ),
    )


def _entries(changes: Iterable[SaidLawChange]) -> Iterator[LawEntry]:
    for (about, which), lines in groupby(changes, key=lambda one: (one.about, one.which)):
        yield LawEntry(
            about=say(about),
            which=which or "",
            lines=tuple(LawLine(what=say(one.what), old=one.old, new=one.new) for one in lines),
        )


@get("/contracts/templates/checks/{old:int}/{new:int}", opt=MAY)
async def show_check_changes(request: WebRequest, old: FromPath[int], new: FromPath[int]) -> Page:
    library = await asyncio.to_thread(open_library)
    before, after = library.checks_of(old), library.checks_of(new)
    page = ChangesPage(
        title=languages.gettext(CHECK_RULES),
        old=old,
        new=new,
        why=after.why,
        changes=tuple(
            ChangeLine(clause=one.rule, what=say(one.what), old=one.old, new=one.new)
            for one in said_check_changes(before, after)
        ),
    )
    return render(request, "contract_register/changes.html", page)


HANDLERS = (list_packs, show_changes, show_law_changes, show_check_changes)
