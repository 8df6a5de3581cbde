"""Forms of a licence and of a decision about one."""

from recruitwatch.agencies.forms.agency import NUMBER_UNREADABLE
from recruitwatch.agencies.rules import LARGEST, media_type
from recruitwatch.agencies.values import Document, LicenceState, NewDecision, NewLicence
from recruitwatch.errors import N_
from recruitwatch.names.rules import normalise_number
from recruitwatch.web.forms import NOT_A_CHOICE, Errors, FormReader

ENDS_EARLY = N_("The last day lies before the first day.")
GROUND_MISSING = N_("Write the ground: the law or rule, and why. Everyone can read it.")
STATE_MISSING = N_("Choose what was decided.")
TOO_LARGE = N_("The document is larger than 5 megabytes.")
NOT_A_DOCUMENT = N_("The document must be a PDF, PNG or JPEG file.")
Upload = tuple[str, bytes]
"""The name and the content of an uploaded file."""


def parse_licence(reader: FormReader) -> NewLicence | Errors:
    number = reader.text("licence_no", longest=100)
    if number and not normalise_number(number):
        reader.refuse("licence_no", NUMBER_UNREADABLE)
    valid_from = reader.day("valid_from", required=True)
    valid_until = reader.day("valid_until")
    if valid_from and valid_until and valid_until < valid_from:
        reader.refuse("valid_until", ENDS_EARLY)
    if reader.errors:
        return reader.errors
    return NewLicence(licence_no=number or None, valid_from=valid_from, valid_until=valid_until)


def parse_decision(reader: FormReader, upload: Upload | None) -> NewDecision | Errors:
    """A decision; whether it may follow the earlier ones is for the rules to say."""
    state = reader.choice("state", LicenceState, missing=STATE_MISSING)
    if state is LicenceState.EXPIRED:
        reader.refuse("state", NOT_A_CHOICE)
    effective_on = reader.day("effective_on", required=True)
    until_on = reader.day("until_on")
    if effective_on and until_on and until_on < effective_on:
        reader.refuse("until_on", ENDS_EARLY)
    ground = reader.text("ground", longest=2000, required=True, missing=GROUND_MISSING)
    document_no = reader.text("document_no", longest=100)
    document = _document(reader, upload)
    if reader.errors or state is None or effective_on is None:
        return reader.errors
    return NewDecision(
        state=state,
        effective_on=effective_on,
        until_on=until_on,
        ground=ground,
        document_no=document_no,
        document=document,
    )


def _document(reader: FormReader, upload: Upload | None) -> Document | None:
    if upload is None:
        return None
    name, content = upload
    kind = media_type(content)
    if len(content) > LARGEST:
        reader.refuse("document", TOO_LARGE)
    elif kind is None:
        reader.refuse("document", NOT_A_DOCUMENT)
    plain = "".join(c for c in name if c.isprintable() and c not in '/\\"')
    return Document(name=plain[-100:] or "document", type=kind or "", content=content)
