"""Signing a document by the certificate of an office (PAdES, baseline B). Knows no feature and keeps no key.

The signature is added behind the file and goes into a field that was made with it, so tags, archive standard
and everything else stay as they were.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter

_YEARS = timedelta(days=3650)


class CertificateUnreadable(Exception):
    """No PKCS#12 file with key and certificate, or another passphrase."""


class _Untouched(IncrementalPdfFileWriter):
    """Writes behind a file and leaves its metadata as it is: the library's own way of writing it says
    something that PDF/A-3a forbids."""

    def _update_meta(self) -> None:
        pass


class Certificate:
    """A key with its certificate and those above it, ready to sign."""

    def __init__(self, content: bytes, passphrase: str) -> None:
        try:
            self._signer = signers.SimpleSigner.load_pkcs12_data(
                content, other_certs=[], passphrase=passphrase.encode() or None
            )
        except ValueError as problem:
            raise CertificateUnreadable from problem

    def sign(self, content: bytes, field: str) -> bytes:
        """The same document with a signature in this field, which must be there and empty."""
        out = BytesIO()
        signers.sign_pdf(
            _Untouched(BytesIO(content)),
            signers.PdfSignatureMetadata(
                field_name=field, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256"
            ),
            signer=self._signer,
            existing_fields_only=True,
            output=out,
        )
        return out.getvalue()


def make_test_authority(name: str, passphrase: str, now: datetime) -> bytes:
    """A PKCS#12 file of an office that nobody knows: an authority made on the spot, and a certificate
    that it gave. For demonstrations and tests; it proves nothing to anybody."""
    above, own = generate_private_key(SECP256R1()), generate_private_key(SECP256R1())
    issuer = _named(f"{name}, test authority")
    authority = _certificate(issuer, issuer, above, above, now, authority=True)
    certificate = _certificate(_named(name), issuer, own, above, now, authority=False)
    return serialize_key_and_certificates(
        name.encode(), own, certificate, [authority], BestAvailableEncryption(passphrase.encode())
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: EllipticCurvePrivateKey,
    by: EllipticCurvePrivateKey,
    now: datetime,
    *,
    authority: bool,
) -> x509.Certificate:
    usage = x509.KeyUsage(
        digital_signature=not authority, content_commitment=not authority, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=authority, crl_sign=authority,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    begins = now.astimezone(UTC) - timedelta(days=1)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + _YEARS)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(by, SHA256())
    )
