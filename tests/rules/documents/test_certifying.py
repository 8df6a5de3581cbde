"""Signed documents stay what they were, and somebody else's program finds the signature valid."""

import shutil
import subprocess
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import msgspec
import pytest

from factories.contracts import library, make_contract
from factories.registered_contracts import example
from recruitwatch.contracts.pdf.sheet import SIGNATURE, pdf_of
from recruitwatch.contracts.rules.assembling import canonical
from recruitwatch.contracts.rules.papering import paper_of
from recruitwatch.contracts.rules.registering import contract_of, numbered
from recruitwatch.documents.certifying import (
    Certificate,
    CertificateUnreadable,
    make_test_authority,
)
from rules.documents.verapdf import NO_JAVA, faults

PASSPHRASE = "only for tests"


@cache
def unsigned() -> bytes:
    asked = msgspec.structs.replace(
        numbered(example(), "2026-22222-22222-2", 1), languages=("en", "ar")
    )
    terms = make_contract(asked).terms
    contract = contract_of(terms, library(), "https://ministry.example/contracts/verify/x?h=y")
    return pdf_of(paper_of(contract, library(), registered=True), terms=canonical(terms))


@cache
def signed() -> bytes:
    made = make_test_authority("Ministry of Labour of Testland", PASSPHRASE, datetime.now(UTC))
    return Certificate(made, PASSPHRASE).sign(unsigned(), SIGNATURE)


def told_by_pdfsig(content: bytes, folder: Path) -> str:
    """What the signature checker of poppler says, which shares no code with the one who signs."""
    tool = shutil.which("pdfsig")
    if tool is None:
        pytest.skip("no pdfsig (poppler-utils) on this machine: the signature was not checked")
    file = folder / "signed.pdf"
    file.write_bytes(content)
    told = subprocess.run([tool, "-nocert", str(file)], capture_output=True, text=True, check=False)
    return told.stdout


@pytest.mark.skipif(NO_JAVA, reason="no Java on this machine: archive standards were not checked")
@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_a_signed_contract_keeps_its_standards(profile: str) -> None:
    assert faults(signed(), profile) == []


def test_the_signature_is_added_and_changes_nothing_before_it() -> None:
    assert signed().startswith(unsigned())
    assert b"ETSI.CAdES.detached" in signed()


def test_another_program_finds_the_signature_valid(tmp_path: Path) -> None:
    told = told_by_pdfsig(signed(), tmp_path)
    assert "Signature is Valid" in told
    assert "Total document signed" in told
    assert "Ministry of Labour of Testland" in told


def test_another_program_sees_a_change(tmp_path: Path) -> None:
    at = signed().index(b"/Author")
    changed = bytearray(signed())
    changed[at + 1 : at + 7] = b"Author"[::-1]
    told = told_by_pdfsig(bytes(changed), tmp_path)
    assert "Signature is Valid" not in told


def test_a_wrong_passphrase_and_a_wrong_file_are_refused() -> None:
    made = make_test_authority("X", PASSPHRASE, datetime.now(UTC))
    for content, passphrase in ((made, "other"), (b"no such file", PASSPHRASE)):
        with pytest.raises(CertificateUnreadable):
            Certificate(content, passphrase)
