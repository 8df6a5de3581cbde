"""Setting up twice, running on an ordinary PostgreSQL, stopping, and two servers on one database."""

import os
import re
import signal
import time
from pathlib import Path

import httpx
import pytest

from db.cli.conftest import (
    Installation,
    NewDatabase,
    NewServing,
    Ordinary,
    none_left,
    processes_of,
    refusal,
    run,
)
from db.cli.test_backup import sign_in, tables_of
from db.embedded.conftest import ends
from recruitwatch.accounts.rules import TRIES_PER_NAME

RIGHTS = (
    "select grantee, table_name, string_agg(privilege_type, ',' order by privilege_type) as rights"
    " from information_schema.role_table_grants where table_schema = 'public'"
    " group by 1, 2 order by 1, 2"
)


def test_setting_up_or_migrating_again_changes_nothing(installation: Installation) -> None:
    before = tables_of(installation.postgres)
    key = (installation.keys / "installation.key").read_bytes()
    again = run("init", "--name", "Somebody Else", DATA=installation.data)
    assert "There is an administrator already: nothing else was changed." in again.out
    assert "password" not in again.out
    assert run("migrate", DATA=installation.data).out == ""
    assert tables_of(installation.postgres) == before
    assert (installation.keys / "installation.key").read_bytes() == key


def test_an_ordinary_postgresql_with_two_roles(
    new_database: NewDatabase, serving: NewServing, roomy: Path
) -> None:
    place = new_database()
    app = {"DATABASE_URL": place.app, "DATA": roomy / "data", "RECRUITWATCH_KEYS": roomy / "keys"}
    both = {**app, "DATABASE_OWNER_URL": place.owner}
    said = run("init", "--sign-in-name", "Minister", **both)
    assert "Sign in as: minister\n" in said.out
    password = said.out.strip().rpartition(": ")[2]
    rights = place.ask(RIGHTS)
    run("migrate", **both)
    assert place.ask(RIGHTS) == rights
    server = serving(**app).wait_ready()
    with httpx.Client(base_url=server.address) as visitor:
        assert sign_in(visitor, "minister", password) == "/en/home"
    assert server.stop() == 0
    # The owner's address was not needed to serve, and no database was made beside.
    assert not (roomy / "data" / "postgres").exists()


@pytest.mark.parametrize("command", ["serve", "worker"])
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_stopping_leaves_no_process_behind(
    command: str, sign: signal.Signals, installation: Installation, serving: NewServing
) -> None:
    server = serving(command, DATA=installation.data)
    if command == "serve":
        server.wait_ready()
    else:
        server.wait_for("The worker waits for tasks.")
    postmaster = installation.postmaster()
    assert postmaster is not None
    assert server.stop(sign) == 0
    # We stopped the database ourselves, in order, before we ended: the keeper was not needed.
    assert not (installation.postgres / "data" / "postmaster.pid").exists()
    assert none_left(installation.data)
    assert "Traceback" not in server.said()


@pytest.mark.parametrize("seconds", [0.1, 0.4, 1.0, 1.4, 1.8])
def test_ctrl_c_at_any_moment_of_the_start_is_no_fault(
    seconds: float, installation: Installation, serving: NewServing
) -> None:
    server = serving(DATA=installation.data)
    time.sleep(seconds)
    server.stop(signal.SIGINT)
    assert "Traceback" not in server.said()
    assert none_left(installation.data)


def test_a_killed_server_leaves_no_process_behind(
    installation: Installation, serving: NewServing
) -> None:
    server = serving(DATA=installation.data).wait_ready()
    assert processes_of(installation.data)
    server.kill()
    assert none_left(installation.data)


def test_a_killed_database_comes_back_under_the_running_server(
    installation: Installation, serving: NewServing
) -> None:
    server = serving(DATA=installation.data).wait_ready()
    killed = installation.postmaster()
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    assert ends(killed)
    server.wait_for("The database ended unexpectedly: it is started again.")
    server.wait_ready()
    assert installation.postmaster() not in (None, killed)
    with httpx.Client(base_url=server.address) as visitor:
        assert sign_in(visitor, "administrator", installation.password) == "/en/home"
    assert server.stop() == 0
    assert none_left(installation.data)


def test_two_servers_share_the_limit_on_wrong_passwords(
    ordinary: Ordinary, keys: Path, serving: NewServing, roomy: Path
) -> None:
    settings = {"DATABASE_URL": ordinary.app, "DATA": roomy / "data", "RECRUITWATCH_KEYS": keys}
    said = run("init", DATABASE_OWNER_URL=ordinary.owner, **settings)
    password = said.out.strip().rpartition(": ")[2]
    servers = [serving(**settings) for _ in range(2)]
    with (
        httpx.Client(base_url=servers[0].wait_ready().address) as one,
        httpx.Client(base_url=servers[1].wait_ready().address) as other,
    ):
        for number in range(TRIES_PER_NAME):
            assert sign_in((one, other)[number % 2], "administrator", "a guess") == ""
        for visitor in (one, other):
            assert sign_in(visitor, "administrator", password) == ""
    counted = ordinary.ask("select count(*) from sign_in_attempts")[0][0]
    assert counted == TRIES_PER_NAME


def test_two_servers_cannot_take_one_port(installation: Installation, serving: NewServing) -> None:
    server = serving(DATA=installation.data).wait_ready()
    said = refusal("serve", DATA=installation.data, PORT=server.port)
    assert said.startswith(f"Port {server.port} on 127.0.0.1 cannot be used")
    assert httpx.get(f"{server.address}/readyz").status_code == 200


def test_the_server_answers_while_another_command_runs_and_leaves(
    installation: Installation, serving: NewServing, roomy: Path
) -> None:
    server = serving(DATA=installation.data).wait_ready()
    run("backup", roomy / "backups", DATA=installation.data)
    assert httpx.get(f"{server.address}/readyz").status_code == 200
    assert server.stop() == 0


def test_whatever_serves_the_invented_country_says_so(serving: NewServing, roomy: Path) -> None:
    serving("demo", DATA=roomy / "demo").wait_ready().stop()
    plain = serving("serve", DATA=roomy / "demo").wait_ready()
    page = httpx.get(f"http://127.0.0.1:{plain.port}/en/agencies")
    assert "Demonstration" in page.text


def test_a_person_locked_out_gets_a_new_first_password(installation: Installation) -> None:
    said = run("reset-password", "Administrator", DATA=installation.data)
    assert re.search(r"First password .*: \S+-\S+", said.out)
    assert (
        refusal("reset-password", "nobody", DATA=installation.data)
        == "Nobody signs in as 'nobody'."
    )
