"""The ministry's certificate, if it has one: where it stands, and signing registered contracts by it."""

from recruitwatch.contracts.pdf.sheet import SIGNATURE
from recruitwatch.documents.certifying import Certificate, CertificateUnreadable
from recruitwatch.errors import N_, Unavailable
from recruitwatch.settings import Settings


class CannotSign(Unavailable):
    code = "contract.cannot-sign"
    sentence = N_("The certificate of the ministry cannot be used. Tell whoever runs this site.")


def signed_by_ministry(content: bytes, settings: Settings) -> bytes:
    """The paper with the ministry's signature; as it is where the ministry has no certificate."""
    certificate = ministry_certificate(settings)
    return certificate.sign(content, SIGNATURE) if certificate else content


def ministry_certificate(settings: Settings) -> Certificate | None:
    """Raises CannotSign when the file or its passphrase is wrong."""
    if settings.signing_file is None:
        return None
    try:
        return Certificate(settings.signing_file.read_bytes(), _passphrase(settings))
    except (CertificateUnreadable, OSError) as problem:
        raise CannotSign from problem


def _passphrase(settings: Settings) -> str:
    if settings.signing_passphrase_file is None:
        return settings.signing_passphrase
    return settings.signing_passphrase_file.read_text(encoding="utf-8").rstrip("\r\n")
