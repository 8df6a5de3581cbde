"""Importing whole registers: rows as they were read, what is wrong with them, reports, and undoing."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from recruitwatch.agencies.values import AgencyRecord, NameKind, NumberKind, Register
from recruitwatch.errors import N_, Conflict, Message, NotFound, Rejected

COLUMNS = (
    "name", "licence_no", "status", "valid_until", "address", "city", "phone", "email", "website",
    "country", "source",
)  # fmt: skip
ALIAS_COLUMNS = ("register", "licence_no", "alias", "kind")
LONGEST: Mapping[str, int] = {
    "name": 300,
    "licence_no": 100,
    "status": 100,
    "valid_until": 10,
    "address": 500,
    "city": 100,
    "phone": 200,
    "email": 200,
    "website": 200,
    "country": 2,
    "source": 100,
    "register": 64,
    "alias": 300,
    "kind": 100,
}
MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 200_000
MOST_LISTED = 10_000
"""Errors, and notices, that one report lists; it always counts all of them."""


def _known(name: str, title: str, country: str, numbers: NumberKind) -> tuple[str, Register]:
    return name, Register(id=name, title=title, country=country, numbers=numbers)


# Whether a list's numbers are licence numbers cannot be seen in the list: P3MI-113 of the Indonesian
# one looks like a licence and is the code of a line in a complaint form.
KNOWN = dict(
    (
        _known(
            "bangladesh",
            N_("Bangladesh: recruiting agents (BMET)"),
            "BD",
            NumberKind.OFFICIAL,
        ),
        _known(
            "bangladesh-manning",
            N_("Bangladesh: seafarers' recruiting agents (Department of Shipping)"),
            "BD",
            NumberKind.OFFICIAL,
        ),
        _known(
            "hongkong", N_("Hong Kong: employment agencies (Labour Department)"), "HK",
            NumberKind.ROW_KEY,
        ),
        _known(
            "indonesia", N_("Indonesia: agencies of the complaint form (P3MI)"), "ID",
            NumberKind.ROW_KEY,
        ),
        _known(
            "jamaica", N_("Jamaica: agencies for work abroad (Ministry of Labour)"), "JM",
            NumberKind.ROW_KEY,
        ),
        _known(
            "malaysia", N_("Malaysia: private employment agencies (JTK)"), "MY",
            NumberKind.OFFICIAL,
        ),
        _known(
            "us-staffing", N_("United States: staffing firms named in wage claims"), "US",
            NumberKind.ROW_KEY,
        ),
    )
)  # fmt: skip


class File(StrEnum):
    REGISTER = "register"
    ALIASES = "aliases"


class Fault(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing to know about a file, a row (as a spreadsheet counts them) or a field of it."""

    message: Message
    file: File = File.REGISTER
    row: int | None = None
    column: str | None = None


class SourceRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row whose fields are all in order; texts are as the source wrote them."""

    row_no: int
    name: str
    number: str
    status: str
    valid_until: date | None
    address: str
    city: str
    phones: tuple[str, ...]
    emails: tuple[str, ...]
    websites: tuple[str, ...]
    country: str
    source: str


class Alias(msgspec.Struct, frozen=True, kw_only=True):
    row_no: int
    number: str
    name: str
    kind: NameKind


class ReadFile(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of a file. With `refused_whole` nothing of it can be used."""

    rows: tuple[SourceRow, ...] = ()
    rows_read: int = 0
    refused: int = 0
    errors: tuple[Fault, ...] = ()
    notices: tuple[Fault, ...] = ()
    refused_whole: bool = False


class ReadAliases(msgspec.Struct, frozen=True, kw_only=True):
    aliases: tuple[Alias, ...] = ()
    rows_read: int = 0
    of_other_registers: int = 0
    refused: int = 0
    errors: tuple[Fault, ...] = ()
    refused_whole: bool = False


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the person says about a register that is not known yet."""

    numbers: NumberKind | None = None
    title: str = ""


AS_FOUND = Options()
"""Nothing was said: what can be seen in the file decides."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What an import does to one agency; `before` is None if it creates it. `said` is the record
    that the row alone would make; None if the row is about another agency."""

    agency_id: UUID
    row_no: int
    before: AgencyRecord | None
    after: AgencyRecord
    said: AgencyRecord | None = None


LastSaid = Mapping[tuple[UUID, str], AgencyRecord]
"""What each source said of each agency when it was last imported, by agency and source."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What an import would do. Displaced agencies lose a row key that the file gives to another; `told` are
    the agencies (ids) that rows of the file are."""

    changes: tuple[Change, ...]
    displaced: tuple[Change, ...]
    unchanged: int
    aliases_attached: int
    notices: tuple[Fault, ...]
    told: frozenset[str] = frozenset()


class AliasCounts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every row of an aliases file: read = attached + of other registers + refused."""

    file_name: str
    read: int
    attached: int
    of_other_registers: int
    refused: int


class ImportReport(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an import did, or would do. rows_read = created + changed + unchanged + refused."""

    register: Register
    register_known: bool
    """False if the register is new and whether its numbers are licence numbers was guessed."""
    file_name: str
    sha256: str
    dry_run: bool
    refused_whole: bool
    rows_read: int
    created: int
    changed: int
    unchanged: int
    refused: int
    errors_total: int
    errors: tuple[Fault, ...]
    notices_total: int
    notices: tuple[Fault, ...]
    aliases: AliasCounts | None = None
    import_id: UUID | None = None


class ImportLine(msgspec.Struct, frozen=True, kw_only=True):
    """One import in the list."""

    id: UUID
    register_title: Message
    file_name: str
    rows_read: int
    created: int
    changed: int
    refused: int
    imported_by_name: str | None
    imported_at: datetime
    undone_at: datetime | None


class BriefReport(msgspec.Struct, frozen=True, kw_only=True):
    """A stored report without its lists, which are read a page at a time; `listed` is their length."""

    report: ImportReport
    listed: int


class Import(msgspec.Struct, frozen=True, kw_only=True):
    """An import; its report is a brief one."""

    id: UUID
    report: ImportReport
    listed: int
    imported_at: datetime
    undone_at: datetime | None


class Touch(msgspec.Struct, frozen=True, kw_only=True):
    """One import in the story of one agency: it created the agency, or changed it."""

    import_id: UUID
    file_name: str
    created: bool
    imported_by_name: str | None
    imported_at: datetime
    undone_by_name: str | None
    undone_at: datetime | None


class StoredChange(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did to one agency, as it is kept to undo it."""

    agency_id: UUID
    row_no: int
    before: AgencyRecord | None
    after: AgencyRecord


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """Files waiting for their import."""

    id: UUID
    file_name: str
    content: bytes
    aliases_name: str | None
    aliases_content: bytes | None


class NewUpload(msgspec.Struct, frozen=True, kw_only=True):
    """What a person sent by the form."""

    register_id: str
    options: Options
    file_name: str
    content: bytes
    aliases: tuple[str, bytes] | None


class CheckPayload(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a task of this feature needs to know: the upload, its register, and the options."""

    upload_id: UUID
    register_id: str
    options: Options = AS_FOUND


class UndoPayload(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    import_id: UUID


class RegisterNameBad(Rejected):
    code = "import.register-name"
    sentence = N_("Name the register with small letters, digits and hyphens, like nepal-2026.")


class NumbersDiffer(Rejected):
    code = "import.numbers-differ"
    sentence = N_("The register says otherwise about its numbers. Leave this question unanswered.")


class ImportUnknown(NotFound):
    code = "import.unknown"
    sentence = N_("There is no such import.")


class UploadGone(Conflict):
    code = "import.upload-gone"
    sentence = N_("The uploaded file is no longer kept. Upload it again.")


class FileRefused(Rejected):
    code = "import.file-refused"
    sentence = N_("Nothing of this file can be imported.")


class UndoneAlready(Conflict):
    code = "import.undone-already"
    sentence = N_("This import has been undone already.")


class UndoRefused(Rejected):
    code = "import.undo-refused"
    sentence = N_(
        "The import cannot be undone, since agencies were changed or used after it. Nothing was changed."
    )
