"""Published checklists for machines: devices that work offline, and other ministries."""

import msgspec
from litestar import Response, Router, get
from litestar.enums import MediaType
from litestar.params import FromPath

from recruitwatch.accounts.guards import PUBLIC_READ
from recruitwatch.checklists import queries
from recruitwatch.web.request import Session, WebRequest

# A published version never changes, but a copy must not outlive a mistaken address for long.
KEEP = "public, max-age=3600"


@get("/api/checklists/{checklist_id:str}/{version:int}", opt=PUBLIC_READ)
async def give_version(
    request: WebRequest, session: Session, checklist_id: FromPath[str], version: FromPath[int]
) -> Response[bytes]:
    """The document; its ETag is the SHA-256 of the published file."""
    published = await queries.get_published(session, checklist_id, version)
    headers = {"ETag": f'"{published.sha256}"', "Cache-Control": KEEP}
    if published.sha256 in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, media_type=MediaType.JSON, headers=headers)
    checklist = await queries.get_version(session, checklist_id, version)
    body = msgspec.json.encode(checklist)
    return Response(body, media_type=MediaType.JSON, headers=headers)


checklists_api = Router("/", route_handlers=[give_version])
