"""What the two roles may do, and what the application must never be able to do."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from db.embedded.conftest import ask
from recruitwatch.db.embedded import Cluster, EmbeddedPostgresError, cluster

INSUFFICIENT_PRIVILEGE = "42501"


def refusal_code(url: str, statement: str) -> str:
    with pytest.raises(DBAPIError) as caught:
        ask(url, statement)
    return str(caught.value.driver_exception.sqlstate)


@pytest.fixture(scope="module")
def shared(roomy_for_all: Path) -> Iterator[Cluster]:
    # A space, a comma, a colon, a percent sign and a letter outside ASCII: all must be quoted.
    with cluster(roomy_for_all / "the, ro:ot %41 é", profile="test") as used:
        ask(used.owner_url(), "create table public.secret (x int)", "create table public.open ()")
        ask(used.owner_url(), "grant select on public.open to recruitwatch_app")
        yield used


def test_each_address_connects_as_its_role(shared: Cluster) -> None:
    who = "select current_user::text, current_database()::text"
    assert ask(shared.app_url(), who) == [("recruitwatch_app", "recruitwatch")]
    assert ask(shared.owner_url(), who) == [("recruitwatch_owner", "recruitwatch")]
    assert ask(shared.superuser_url(), who) == [("postgres", "postgres")]


def test_the_server_answers_on_this_machine_by_port_too(shared: Cluster) -> None:
    url = make_url(shared.app_url()).set(host="127.0.0.1", port=shared.port, query={})
    listens = "select inet_server_addr()::text, current_setting('listen_addresses')"
    assert ask(url.render_as_string(hide_password=False), listens) == [
        ("127.0.0.1/32", "127.0.0.1")
    ]


def test_a_wrong_password_is_refused(shared: Cluster) -> None:
    url = make_url(shared.app_url()).set(password="guess")
    with pytest.raises(DBAPIError, match="password authentication failed"):
        ask(url.render_as_string(hide_password=False), "select 1")


@pytest.mark.parametrize(
    "forbidden",
    [
        "create table public.mine ()",
        "create schema mine",
        "create temp table mine ()",
        "create extension citext",
        "create database mine",
        "create role mine",
        "select * from public.secret",
        "drop table public.open",
        "alter table public.open owner to recruitwatch_app",
        "set role recruitwatch_owner",
        "set session authorization postgres",
        "alter role recruitwatch_app superuser",
        "alter database recruitwatch set timezone = 'Asia/Dhaka'",
        "select rolpassword from pg_authid",
        "select pg_read_file('PG_VERSION')",
        "copy (select 1) to program 'true'",
    ],
)
def test_the_application_may_not(shared: Cluster, forbidden: str) -> None:
    assert refusal_code(shared.app_url(), forbidden) == INSUFFICIENT_PRIVILEGE


@pytest.mark.parametrize("database", ["postgres", "template1"])
def test_neither_role_enters_another_database(shared: Cluster, database: str) -> None:
    for url in (shared.app_url(database), shared.owner_url(database)):
        with pytest.raises(DBAPIError, match="permission denied for database"):
            ask(url, "select 1")


def test_the_application_reads_what_it_was_granted(shared: Cluster) -> None:
    assert ask(shared.app_url(), "select count(*) from public.open") == [(0,)]


@pytest.mark.parametrize(
    "forbidden",
    ["create database more", "create role more", "alter role recruitwatch_owner superuser"],
)
def test_the_owner_is_no_superuser(shared: Cluster, forbidden: str) -> None:
    assert refusal_code(shared.owner_url(), forbidden) == INSUFFICIENT_PRIVILEGE


@pytest.mark.parametrize("letters", ["ক", "ش", "क", "ශ", "ខ"])
def test_names_in_every_script_have_trigrams(shared: Cluster, letters: str) -> None:
    rows = ask(shared.app_url(), f"select cardinality(show_trgm('{letters}')) > 0")
    assert rows == [(True,)]


def test_extensions_are_there_for_the_application(shared: Cluster) -> None:
    rows = ask(
        shared.app_url(),
        "select unaccent('é'), int4range(1, 2) && int4range(1, 3),"
        " (select count(*) from pg_opclass where opcname = 'gist_uuid_ops')",
    )
    assert rows == [("e", True, 1)]


def test_migrations_may_ask_for_the_extensions_again(shared: Cluster) -> None:
    again = "create extension if not exists pg_trgm"
    assert ask(shared.owner_url(), again, "select 1") == [(1,)]


def test_passwords_are_for_us_alone_and_are_not_printed(shared: Cluster) -> None:
    files = list(shared.data.parent.glob("*.password"))
    assert len(files) == 3
    for file in files:
        assert file.stat().st_mode & 0o077 == 0
        assert file.stat().st_uid == os.geteuid()
        assert file.read_text() not in repr(shared)


def test_the_backup_program_is_the_servers_own(shared: Cluster) -> None:
    address = shared.owner_url().replace("+asyncpg", "")
    command = [shared.tools("pg_dump"), "--schema-only", f"--dbname={address}"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "CREATE TABLE public.secret" in said


def test_a_program_that_is_not_there_is_named(shared: Cluster) -> None:
    with pytest.raises(EmbeddedPostgresError, match="The program pg_magic is not among"):
        shared.tools("pg_magic")
