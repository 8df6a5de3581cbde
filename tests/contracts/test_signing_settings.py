"""Where the ministry's certificate comes from, and what is told when it cannot be used."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from factories.contracts import library, make_contract
from factories.registered_contracts import example
from recruitwatch.contracts.actions.signing import CannotSign, signed_by_ministry
from recruitwatch.contracts.pdf.sheet import pdf_of
from recruitwatch.contracts.rules.assembling import canonical
from recruitwatch.contracts.rules.papering import paper_of
from recruitwatch.demo.contracts import CERTIFICATE_PASSPHRASE, with_test_certificate
from recruitwatch.settings import Settings, SettingsError, read_settings


@pytest.fixture
def demo(tmp_path: Path) -> Settings:
    settings = Settings(data=tmp_path, keys=tmp_path, ministry="Ministry of Testland")
    return with_test_certificate(settings, datetime.now(UTC))


@pytest.fixture(scope="module")
def paper() -> bytes:
    contract = make_contract(example())
    shown = paper_of(contract, library(), registered=True)
    return pdf_of(shown, terms=canonical(contract.terms))


def environ(demo: Settings, **more: str) -> dict[str, str]:
    return {"RECRUITWATCH_SIGNING_FILE": str(demo.signing_file), **more}


def test_a_contract_is_signed_by_the_certificate_that_is_set(
    demo: Settings, paper: bytes, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text(f"{CERTIFICATE_PASSPHRASE}\n")
    for more in (
        {"RECRUITWATCH_SIGNING_PASSPHRASE": CERTIFICATE_PASSPHRASE},
        {"RECRUITWATCH_SIGNING_PASSPHRASE_FILE": str(secret)},
    ):
        signed = signed_by_ministry(paper, read_settings(environ(demo, **more)))
        assert signed.startswith(paper)
        assert b"ETSI.CAdES.detached" in signed


def test_without_a_certificate_the_paper_stays_as_it_is(paper: bytes) -> None:
    assert signed_by_ministry(paper, read_settings({})) == paper


def test_a_wrong_passphrase_signs_nothing(demo: Settings, paper: bytes) -> None:
    with pytest.raises(CannotSign):
        signed_by_ministry(paper, read_settings(environ(demo)))


def test_a_file_that_is_not_there_is_told_at_the_start(demo: Settings) -> None:
    with pytest.raises(SettingsError, match="RECRUITWATCH_SIGNING_FILE"):
        read_settings({"RECRUITWATCH_SIGNING_FILE": "no/such.p12"})


def test_the_demonstration_makes_its_certificate_once(demo: Settings) -> None:
    assert demo.signing_file is not None
    made = demo.signing_file.read_bytes()
    assert demo.signing_file.stat().st_mode & 0o077 == 0
    bare = msgspec.structs.replace(demo, signing_file=None)
    with_test_certificate(bare, datetime.now(UTC))
    assert demo.signing_file.read_bytes() == made
