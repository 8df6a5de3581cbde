"""Versions of the contract templates that are on file, and what changed between two of them."""

import asyncio

import msgspec
from litestar import get
from litestar.params import FromPath

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.values import Permission
from recruitwatch.contracts.actions import open_library
from recruitwatch.contracts.rules.changes import said_changes, said_in_one
from recruitwatch.web import languages
from recruitwatch.web.request import Page, WebRequest
from recruitwatch.web.templating import render

MAY = needs(Permission.CONTRACT_MAKE)


class PackLine(msgspec.Struct, frozen=True, kw_only=True):
    pack: str
    version: int
    title: str
    why: str
    languages: tuple[str, ...]
    supersedes: int | None


class ChangeLine(msgspec.Struct, frozen=True, kw_only=True):
    clause: str
    what: str
    old: str | None
    new: str | None


class PacksPage(msgspec.Struct, frozen=True, kw_only=True):
    packs: tuple[PackLine, ...]


class ChangesPage(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    old: int
    new: int
    why: str
    changes: tuple[ChangeLine, ...]


@get("/contracts/templates", opt=MAY)
async def list_packs(request: WebRequest) -> Page:
    library = await asyncio.to_thread(open_library)
    packs = tuple(
        PackLine(
            pack=name,
            version=version,
            title=one.written.title,
            why=one.written.why,
            languages=one.languages,
            supersedes=one.written.supersedes,
        )
        for (name, version), one in sorted(library.packs.items(), reverse=True)
    )
    return render(request, "contract_register/templates.html", PacksPage(packs=packs))


@get("/contracts/templates/{pack:str}/{old:int}/{new:int}", opt=MAY)
async def show_changes(
    request: WebRequest, pack: FromPath[str], old: FromPath[int], new: FromPath[int]
) -> Page:
    library = await asyncio.to_thread(open_library)
    before, after = library.pack(pack, old), library.pack(pack, new)
    page = ChangesPage(
        title=after.written.title,
        old=old,
        new=new,
        why=after.written.why,
        changes=tuple(
            ChangeLine(
                clause=one.clause, what=said_in_one(one, languages.say), old=one.old, new=one.new
            )
            for one in said_changes(before, after, languages.current.get())
        ),
    )
    return render(request, "contract_register/changes.html", page)


HANDLERS = (list_packs, show_changes)
