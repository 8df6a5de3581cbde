"""The container set-up: valid by the published schema, and as careful as its documents say."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from check_jsonschema import main as check_schema
from click.testing import CliRunner

ROOT = Path(__file__).parents[2]
COMPOSE = ROOT / "compose.yaml"
SETUP: dict[str, Any] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = SETUP["services"]
OURS = ("application", "migrate", "worker")


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)
    else:
        yield str(value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (COMPOSE.read_text(encoding="utf-8"), 0),
        ("services: {application: {image: x, restarts: always}}", 1),
    ],
    ids=["ours", "with a mistake"],
)
def test_compose_file_fits_the_published_schema(tmp_path: Path, text: str, code: int) -> None:
    file = tmp_path / "compose.yaml"
    file.write_text(text, encoding="utf-8")
    answer = CliRunner().invoke(
        check_schema, ["--builtin-schema", "vendor.compose-spec", str(file)]
    )
    assert answer.exit_code == code, answer.output


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_runs_with_few_rights(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["restart"] == ("no" if name == "migrate" else "unless-stopped")


@pytest.mark.parametrize("kind", ["configs", "secrets"])
def test_configs_and_secrets_are_files(kind: str) -> None:
    """Compose cannot place inline ones in a container whose root file system is read-only."""
    assert {tuple(source) for source in SETUP[kind].values()} == {("file",)}


def test_config_files_are_in_the_repository() -> None:
    missing = [
        one["file"] for one in SETUP["configs"].values() if not (ROOT / one["file"]).is_file()
    ]
    assert missing == []


def test_secrets_are_never_committed() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "/var/" in ignored
    assert all(one["file"].startswith("var/") for one in SETUP["secrets"].values())


def test_no_password_is_written_in_the_file() -> None:
    written = [
        one for one in _strings(SERVICES) if re.search(r"postgresql://\w+:(?!\$\$\(cat )", one)
    ]
    assert written == []


def test_only_the_migration_knows_the_owner() -> None:
    knowing = {name for name in OURS if "owner_password" in SERVICES[name]["secrets"]}
    assert knowing == {"migrate"}
    assert not any("superuser_password" in SERVICES[name]["secrets"] for name in OURS)


def test_database_and_application_cannot_be_reached_from_outside() -> None:
    assert {name for name in SERVICES if "ports" in SERVICES[name]} == {"proxy"}
    assert SETUP["networks"]["storage"]["internal"] is True
    assert SETUP["networks"]["pages"]["internal"] is True
    assert "storage" not in SERVICES["proxy"]["networks"]


def test_database_is_made_with_letters_that_can_be_searched() -> None:
    arguments = SERVICES["database"]["environment"]["POSTGRES_INITDB_ARGS"].split()
    assert {"--locale-provider=builtin", "--locale=C.UTF-8", "--encoding=UTF8"} <= set(arguments)


def test_application_is_ready_only_with_its_database() -> None:
    assert any("/readyz" in word for word in SERVICES["application"]["healthcheck"]["test"])
    assert SERVICES["application"]["environment"]["RECRUITWATCH_NO_WORKER"] == "yes"
    assert SERVICES["worker"]["command"] == ["worker"]


def test_proxy_writes_no_access_log_and_no_address_of_a_failed_page() -> None:
    text = (ROOT / SETUP["configs"]["proxy"]["file"]).read_text(encoding="utf-8")
    blocks = re.findall(r"^\s*log\b[^\n]*\{([^}]*)\}", text, re.M)
    assert len(re.findall(r"^\s*log\b", text, re.M)) == len(blocks) == 1
    assert blocks[0].split() == ["exclude", "http.log.error", "http.handlers.reverse_proxy"]


@pytest.mark.parametrize("name", OURS)
def test_start_command_hands_on_passwords_and_arguments(name: str, tmp_path: Path) -> None:
    """The shell line itself is run, with a program in recruitwatch's place that shows what it got."""
    for secret in SERVICES[name]["secrets"]:
        (tmp_path / secret).write_text(f"{secret}-0f\n", encoding="ascii")
    program = tmp_path / "recruitwatch"
    program.write_text('#!/bin/sh\necho "$@"\necho "$DATABASE_URL"\necho "$DATABASE_OWNER_URL"\n')
    program.chmod(0o755)
    shell, flag, line, zero = SERVICES[name]["entrypoint"]
    line = line.replace("$$", "$").replace("/run/secrets/", f"{tmp_path}/")
    answer = subprocess.run(
        [shell, flag, line, zero, "backup", "a folder"],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    owner = "postgresql://recruitwatch_owner:owner_password-0f@database/recruitwatch"
    assert answer == [
        "backup a folder",
        "postgresql://recruitwatch_app:app_password-0f@database/recruitwatch",
        owner if name == "migrate" else "",
    ]
