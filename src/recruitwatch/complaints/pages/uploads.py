"""A form with one file, read so that whoever sent too much gets an answer with her page still in it."""

import re

import msgspec
from litestar.datastructures import UploadFile
from litestar.exceptions.http_exceptions import RequestEntityTooLarge

from recruitwatch.complaints.values.cases import TooManyFiles
from recruitwatch.errors import Message
from recruitwatch.viewing.refusals import SENTENCES, FileRefused, Reason
from recruitwatch.web.forms import FormReader
from recruitwatch.web.request import WebRequest

TOO_HEAVY: Message = SENTENCES[Reason.TOO_HEAVY]
_ENOUGH = 4096
_HIDDEN = re.compile(rb'name="(t|v|at|from)"\r\n(?:[^\r\n]+\r\n)*\r\n([\w.-]{0,200})\r\n')


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """The fields, and the file if one was chosen. `too_heavy` files were not read at all."""

    form: FormReader
    content: bytes | None = None
    too_heavy: bool = False


async def read_upload(request: WebRequest) -> Upload:
    """The form. One that announces too much is refused by its length, before the file is read.

    The hidden fields stand first in the form, so that the first bytes are enough to show her page again:
    a browser shows the answer only once it has sent everything, and nothing must be lost by that.
    """
    try:
        form = await request.form()
    except RequestEntityTooLarge:
        return Upload(form=await _first_fields(request), too_heavy=True)
    single = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    lists = {name: [value] for name, value in single.items()}
    file = form.get("file")
    content = await file.read() if isinstance(file, UploadFile) and file.filename else None
    return Upload(form=FormReader(single, lists), content=content)


async def _first_fields(request: WebRequest) -> FormReader:
    announced = request.headers.get("content-length", "")
    if not announced.isdecimal() or "expect" in request.headers:
        raise RequestEntityTooLarge
    body = b""
    while len(body) < _ENOUGH:
        part = await request.receive()
        if part["type"] != "http.request" or not part["body"]:
            break
        body += part["body"]
    found = {
        name.decode(): value.decode("ascii", "replace") for name, value in _HIDDEN.findall(body)
    }
    if not found:
        raise RequestEntityTooLarge
    return FormReader(found, {name: [value] for name, value in found.items()})


def file_refusal(problem: FileRefused | TooManyFiles) -> Message:
    """The one sentence that says why this file was not added."""
    return problem.reasons[0] if isinstance(problem, FileRefused) else problem.message
