"""Root steps down to an existing account and opens no folders; a plain user changes nothing."""

import os
import shutil
import subprocess
from pathlib import Path

import msgspec
import pytest

from db.embedded.conftest import NOBODY, NewUser, ends, python_for
from recruitwatch.db.embedded import cluster
from recruitwatch.db.embedded.binaries import find_binaries, reachable_binaries
from recruitwatch.db.embedded.places import server_account, settle

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root steps down")
as_nobody = pytest.mark.skipif(
    os.geteuid() != 0 or python_for(NOBODY) is None,
    reason="only root becomes nobody, and nobody needs a Python it can reach",
)


def owner_of(pid: int) -> int:
    asked = ["ps", "-o", "uid=", "-p", str(pid)]
    return int(subprocess.run(asked, capture_output=True, text=True, check=True).stdout)


@as_root
def test_root_runs_the_server_as_an_account_that_exists(new_user: NewUser) -> None:
    user = new_user()
    assert owner_of(user.server()) not in (0, 1)
    assert user.leave() == 0


@as_nobody
def test_a_plain_user_runs_the_server_in_place(roomy: Path, new_user: NewUser) -> None:
    user = new_user(account=NOBODY, tied=True)
    server = user.server()
    assert owner_of(server) == owner_of(user.program.pid)
    assert (roomy / "root" / "data").stat().st_uid == owner_of(server)
    user.kill()
    assert ends(server)
    again = new_user(account=NOBODY)
    assert again.server() != server
    assert again.leave() == 0


@as_nobody
def test_root_keeps_the_owner_of_a_database_made_by_a_plain_user(
    roomy: Path, new_user: NewUser
) -> None:
    user = new_user(account=NOBODY)
    user.server()
    assert user.leave() == 0
    with cluster(roomy / "root", profile="test") as used:
        pid = int((used.data / "postmaster.pid").read_text().split("\n", 1)[0])
        assert owner_of(pid) == used.data.stat().st_uid != 0
    again = new_user(account=NOBODY)
    again.server()
    assert again.leave() == 0


@as_root
def test_a_private_folder_is_left_private_and_the_data_go_elsewhere(roomy: Path) -> None:
    private = roomy / "private"
    private.mkdir(mode=0o700)
    ground = settle(private / "root", elsewhere=roomy / "elsewhere")
    assert ground.moved_from == private / "root"
    assert ground.root.parent == roomy / "elsewhere"
    assert private.stat().st_mode & 0o777 == 0o700
    assert settle(private / "root", elsewhere=roomy / "elsewhere") == ground


def test_an_open_folder_is_used_as_it_is(roomy: Path) -> None:
    ground = settle(roomy / "root")
    assert (ground.root, ground.moved_from) == (roomy / "root", None)


@as_root
def test_programs_in_a_private_folder_are_copied_and_run(roomy: Path) -> None:
    found = find_binaries()
    account = server_account(roomy)
    assert account is not None
    private = roomy / "private"
    private.mkdir(mode=0o700)
    package = found.folder.parent.parent
    for source in (package, package.with_name(package.name + ".libs")):
        if source.is_dir():
            ignore = shutil.ignore_patterns("include", "doc", "timezone")
            shutil.copytree(source, private / source.name, ignore=ignore)
    folder = private / found.folder.relative_to(package.parent)
    hidden = msgspec.structs.replace(found, folder=folder)
    usable = reachable_binaries(hidden, account, cache=roomy / "cache")
    said = subprocess.run(
        [usable.program("psql"), "--version"],
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"psql (PostgreSQL) {found.major}." in said.stdout
    assert reachable_binaries(hidden, account, cache=roomy / "cache") == usable
    assert private.stat().st_mode & 0o777 == 0o700
