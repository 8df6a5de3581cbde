"""One section of a list on one page: questions to answer, or to read for those who may not write."""

from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.values import Permission
from recruitwatch.actor import Actor
from recruitwatch.audits import queries
from recruitwatch.audits.actions.drafting import save_answers
from recruitwatch.audits.forms.answering import parse_answers
from recruitwatch.audits.pages.item_forms import ItemForm, section_forms, summary
from recruitwatch.audits.rules.counting import is_interview_list, items_of
from recruitwatch.audits.rules.rights import may_write, write_refusal
from recruitwatch.audits.values import Answer, Audit, SectionUnknown
from recruitwatch.checklists.pages.words import Text, in_english, title
from recruitwatch.checklists.queries import get_parameters, get_vocabulary
from recruitwatch.checklists.rules import Parameters, applies
from recruitwatch.checklists.values import AnswerType, Checklist, EvidenceLevel, Section, Vocabulary
from recruitwatch.findings.pages.words import evidence_words
from recruitwatch.web import languages
from recruitwatch.web.forms import FormReader
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.templating import render

READ = needs(Permission.AUDIT_READ)
WRITE = needs(Permission.AUDIT_WRITE)


class SectionPage(msgspec.Struct, frozen=True, kw_only=True):
    audit_id: UUID
    agency_name: str
    checklist_id: str
    version: int
    list_title: Text
    title: Text
    code: str
    number: int
    sections: int
    provenance: Text
    may_write: bool
    asked: tuple[ItemForm, ...]
    left_out: tuple[ItemForm, ...]
    answered: int
    levels: list[tuple[str, str]]
    previous: str | None
    following: str | None
    saved: bool
    errors: dict[str, str] = {}


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A section of an audit with all that is needed to show it."""

    audit: Audit
    checklist: Checklist
    vocabulary: Vocabulary
    section: Section
    stored: dict[str, Answer]


@get("/audits/{audit_id:uuid}/lists/{checklist_id:str}/{code:str}", opt=READ)
async def show_section(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    audit_id: FromPath[UUID],
    checklist_id: FromPath[str],
    code: FromPath[str],
    saved: FromQuery[bool] = False,
) -> Page:
    place = await _place(session, audit_id, checklist_id, code)
    return render(request, "audits/section.html", _page(place, actor, saved=saved))


@post("/audits/{audit_id:uuid}/lists/{checklist_id:str}/{code:str}", opt=WRITE, status_code=200)
async def do_save_section(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    audit_id: FromPath[UUID],
    checklist_id: FromPath[str],
    code: FromPath[str],
) -> Response[str] | Redirect:
    place = await _place(session, audit_id, checklist_id, code)
    refusal = write_refusal(place.audit, actor.person_id)
    if refusal is not None:
        raise refusal
    reader = await read_form(request)
    changes = parse_answers(
        reader,
        [item for item in place.section.items if applies(item, place.audit.facts)],
        place.stored,
        checklist_id=checklist_id,
        parameters=await limits(session, place.checklist, place.vocabulary),
    )
    if reader.errors:
        page = _page(place, actor, reader=reader)
        return render(request, "audits/section.html", page, status=422)
    await save_answers(
        session, actor, now, audit_id=audit_id, checklist_id=checklist_id, changes=changes
    )
    return _onward(place, reader)


def _onward(place: Place, reader: FormReader) -> Redirect:
    here = f"/audits/{place.audit.id}/lists/{place.checklist.id}"
    if reader.form.get("then") != "next":
        return go_to(f"{here}/{place.section.code}", {"saved": "true"})
    _, following = _neighbours(place)
    if following is None:
        return go_to(f"/audits/{place.audit.id}", {"done": "saved"})
    return go_to(f"{here}/{following}", {"saved": "true"})


async def limits(
    session: Session, checklist: Checklist, vocabulary: Vocabulary
) -> Parameters | None:
    """The figures that amounts are compared with; not read where no amount is asked."""
    if any(item.answer.type is AnswerType.MONEY for item in items_of(checklist)):
        return await get_parameters(session, vocabulary=vocabulary)
    return None


async def _place(session: Session, audit_id: UUID, checklist_id: str, code: str) -> Place:
    audit = await queries.get_audit(session, audit_id)
    checklist = await queries.get_checklist_of(session, audit, checklist_id)
    section = next((one for one in checklist.sections if one.code == code), None)
    if section is None or is_interview_list(checklist):
        raise SectionUnknown
    answers = await queries.list_answers(
        session, audit_id, checklist_id=checklist_id, interview_no=0
    )
    return Place(
        audit=audit,
        checklist=checklist,
        vocabulary=await get_vocabulary(session, checklist.vocabulary),
        section=section,
        stored={answer.item_id: answer for answer in answers},
    )


def _neighbours(place: Place) -> tuple[str | None, str | None]:
    codes = [section.code for section in place.checklist.sections]
    here = codes.index(place.section.code)
    following = codes[here + 1] if here + 1 < len(codes) else None
    return (codes[here - 1] if here else None), following


def _page(
    place: Place, actor: Actor, *, reader: FormReader | None = None, saved: bool = False
) -> SectionPage:
    language = languages.current.get()
    checklist, section = place.checklist, place.section
    forms = section_forms(
        checklist, section, place.vocabulary, place.audit.facts, place.stored, language, reader
    )
    previous, following = _neighbours(place)
    return SectionPage(
        audit_id=place.audit.id,
        agency_name=place.audit.agency_name,
        checklist_id=checklist.id,
        version=checklist.version,
        list_title=title(checklist.title, checklist.translations, language),
        title=title(section.title, section.translations, language),
        code=section.code,
        number=[one.code for one in checklist.sections].index(section.code) + 1,
        sections=len(checklist.sections),
        provenance=in_english(checklist.provenance),
        may_write=may_write(place.audit, actor.person_id),
        asked=tuple(form for form in forms if form.asked),
        left_out=tuple(form for form in forms if not form.asked),
        answered=sum(form.had for form in forms if form.asked),
        levels=level_choices(),
        previous=previous,
        following=following,
        saved=saved,
        errors=summary(reader.errors) if reader else {},
    )


def level_choices() -> list[tuple[str, str]]:
    return [(level.value, evidence_words(level)) for level in EvidenceLevel]


HANDLERS = (show_section, do_save_section)
