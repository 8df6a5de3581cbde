"""The checklists for everyone to read: the lists, a version with its questions, two versions compared."""

import msgspec
from litestar import get
from litestar.params import FromPath

from recruitwatch.accounts.guards import PUBLIC_READ
from recruitwatch.checklists import queries
from recruitwatch.checklists.pages.comparison import Comparison, compared
from recruitwatch.checklists.pages.views import (
    About,
    SectionView,
    VersionLink,
    about,
    not_translated,
    sections,
    version_links,
)
from recruitwatch.checklists.rules import items_with_paths
from recruitwatch.checklists.values import Checklist
from recruitwatch.web import languages
from recruitwatch.web.request import Page, Session, WebRequest
from recruitwatch.web.templating import render


class LibraryPage(msgspec.Struct, frozen=True, kw_only=True):
    lists: tuple[About, ...]
    in_english: bool


class ChecklistPage(msgspec.Struct, frozen=True, kw_only=True):
    about: About
    sections: tuple[SectionView, ...]
    places: dict[str, str]
    untranslated: int
    total: int
    newest: int
    versions: tuple[VersionLink, ...]
    sha256: str


class ComparePage(msgspec.Struct, frozen=True, kw_only=True):
    about: About
    old: int
    new: int
    same: bool
    why: str
    comparison: Comparison


@get("/checklists", opt=PUBLIC_READ)
async def show_library(request: WebRequest, session: Session) -> Page:
    language = languages.current.get()
    lists = await queries.list_newest(session)
    page = LibraryPage(
        lists=tuple(about(one, language) for one in lists),
        in_english=any(not_translated(one, language)[0] for one in lists),
    )
    return render(request, "checklists/library.html", page)


@get("/checklists/{checklist_id:str}", opt=PUBLIC_READ)
async def show_newest(request: WebRequest, session: Session, checklist_id: FromPath[str]) -> Page:
    version = await queries.get_newest_version(session, checklist_id)
    return await _version_page(request, session, checklist_id, version)


@get("/checklists/{checklist_id:str}/{version:int}", opt=PUBLIC_READ)
async def show_version(
    request: WebRequest, session: Session, checklist_id: FromPath[str], version: FromPath[int]
) -> Page:
    return await _version_page(request, session, checklist_id, version)


@get("/checklists/{checklist_id:str}/{old:int}/compare/{new:int}", opt=PUBLIC_READ)
async def show_difference(
    request: WebRequest,
    session: Session,
    checklist_id: FromPath[str],
    old: FromPath[int],
    new: FromPath[int],
) -> Page:
    language = languages.current.get()
    before = await queries.get_version(session, checklist_id, old)
    after = await queries.get_version(session, checklist_id, new)
    page = ComparePage(
        about=about(after, language),
        old=old,
        new=new,
        same=old == new,
        why=after.why,
        comparison=compared(before, after, language),
    )
    return render(request, "checklists/compare.html", page)


async def _version_page(
    request: WebRequest, session: Session, checklist_id: str, version: int
) -> Page:
    language = languages.current.get()
    versions = await queries.list_versions(session, checklist_id)
    checklist = await queries.get_version(session, checklist_id, version)
    vocabulary = await queries.get_vocabulary(session, checklist.vocabulary)
    untranslated, total = not_translated(checklist, language)
    page = ChecklistPage(
        about=about(checklist, language),
        sections=sections(checklist, vocabulary, language),
        places=_places(await queries.list_newest(session), checklist),
        untranslated=untranslated,
        total=total,
        newest=versions[0].version,
        versions=version_links(versions),
        sha256=next(one.sha256 for one in versions if one.version == version),
    )
    return render(request, "checklists/checklist.html", page)


def _places(lists: list[Checklist], shown: Checklist) -> dict[str, str]:
    """The address of every item that an item of the shown list bears out."""
    wanted = {item.corroborates for _, item in items_with_paths(shown)}
    return {
        item.id: languages.path(f"/checklists/{one.id}") + f"#{item.id}"
        for one in lists
        for _, item in items_with_paths(one)
        if item.id in wanted
    }


HANDLERS = (show_library, show_newest, show_version, show_difference)
