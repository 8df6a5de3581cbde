"""Starting, sharing, stopping and being killed, with real programs and real servers."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from db.embedded.conftest import NewUser, ask, ends, is_running
from recruitwatch.db.embedded import Cluster, cluster, postmaster

KEEP = ("create table if not exists kept (x int)", "insert into kept values (1)")


def server_of(used: Cluster) -> int:
    pid = postmaster.live_pid(used.data)
    assert pid is not None
    return pid


def test_data_and_address_outlive_a_restart_with_full_durability(roomy: Path) -> None:
    told: list[str] = []
    with cluster(roomy / "root", say=told.append) as first:
        ask(first.owner_url(), *KEEP)
        first_server = server_of(first)
    assert not is_running(first_server)
    with cluster(roomy / "root", say=told.append) as second:
        assert ask(second.owner_url(), "select count(*) from kept") == [(1,)]
        assert ask(
            second.app_url(),
            "select current_setting('fsync'), current_setting('synchronous_commit'),"
            " current_setting('full_page_writes'), current_setting('data_checksums'),"
            " current_setting('jit'), current_setting('shared_buffers')",
        ) == [("on", "on", "on", "on", "off", "128MB")]
        assert second.app_url() == first.app_url()
    assert [line.split(" in ")[0] for line in told] == [
        "Made a new database",
        "Starting the database.",
        "Starting the database.",
    ]


def test_a_second_program_shares_the_server_and_the_last_stops_it(
    root: Path, new_user: NewUser
) -> None:
    first = new_user(root)
    server = first.server()
    second = new_user(root)
    assert second.server() == server
    assert first.leave() == 0
    assert is_running(server)
    assert second.leave() == 0
    assert not is_running(server)


def test_four_programs_at_once_on_an_empty_folder_share_one_server(new_user: NewUser) -> None:
    users = [new_user() for _ in range(4)]
    servers = {user.server() for user in users}
    assert len(servers) == 1
    assert [user.leave() for user in users] == [0, 0, 0, 0]
    assert not is_running(servers.pop())


def test_a_killed_server_is_started_again_and_its_users_can_still_leave(
    roomy: Path, new_user: NewUser
) -> None:
    user = new_user(profile="normal")
    server = user.server()
    with cluster(roomy / "root") as used:
        ask(used.owner_url(), *KEEP)
        os.kill(server, signal.SIGKILL)
        assert ends(server)
        with cluster(roomy / "root") as again:
            assert server_of(again) != server
            assert ask(again.owner_url(), "select count(*) from kept") == [(1,)]
    assert user.leave() == 0
    assert postmaster.live_pid(roomy / "root" / "data") is None


def test_leaving_after_the_server_was_killed_does_not_hang(root: Path, new_user: NewUser) -> None:
    # The user is the server's parent and has not reaped it: a zombie that answers kill(pid, 0).
    user = new_user(root)
    server = user.server()
    os.kill(server, signal.SIGKILL)
    assert ends(server)
    assert user.leave() == 0


def test_a_free_server_outlives_a_killed_program_and_serves_the_next(
    root: Path, new_user: NewUser
) -> None:
    killed = new_user(root)
    server = killed.server()
    killed.kill()
    assert is_running(server)
    with cluster(root, profile="test") as used:
        assert server_of(used) == server
    assert ends(server)


def test_a_tied_server_ends_only_when_its_last_program_is_killed(
    root: Path, new_user: NewUser
) -> None:
    first, second = new_user(root, tied=True), new_user(root, tied=True)
    server = first.server()
    assert second.server() == server
    first.kill()
    assert is_running(server)
    second.kill()
    assert ends(server)


def test_a_tied_program_outlives_the_one_that_started_the_server(
    root: Path, new_user: NewUser
) -> None:
    starter = new_user(root, tied=False)
    server = starter.server()
    tied = new_user(root, tied=True)
    assert tied.server() == server
    assert starter.leave() == 0
    assert is_running(server)
    tied.kill()
    assert ends(server)


def test_a_tied_program_can_come_back_at_once_after_it_was_killed(
    root: Path, new_user: NewUser
) -> None:
    for _ in range(3):
        user = new_user(root, tied=True)
        server = user.server()
        user.kill()
    last = new_user(root, tied=True)
    latest = last.server()
    assert is_running(latest)
    assert last.leave() == 0
    assert ends(server)
    assert ends(latest)


@pytest.mark.parametrize("tied", [True, False])
def test_data_is_whole_after_program_and_server_were_both_killed(
    roomy: Path, new_user: NewUser, tied: bool
) -> None:
    user = new_user(profile="normal", tied=tied)
    server = user.server()
    with cluster(roomy / "root") as used:
        ask(used.owner_url(), *KEEP)
        os.kill(server, signal.SIGKILL)
        user.kill()
    assert ends(server)
    with cluster(roomy / "root") as again:
        assert ask(again.owner_url(), "select count(*) from kept") == [(1,)]


def test_a_stale_pid_that_now_belongs_to_a_stranger_is_no_obstacle(root: Path) -> None:
    with cluster(root, profile="test") as used:
        text = (used.data / "postmaster.pid").read_text()
    stranger = f"{os.getpid()}\n" + text.split("\n", 1)[1]
    (used.data / "postmaster.pid").write_text(stranger)
    with cluster(root, profile="test") as again:
        assert ask(again.app_url(), "select 1") == [(1,)]
    assert is_running(os.getpid())


def test_a_set_up_that_was_cut_short_is_done_again(roomy: Path) -> None:
    half = roomy / "root" / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    with cluster(roomy / "root", profile="test") as used:
        assert ask(used.app_url(), "select 1") == [(1,)]
    assert not half.exists()


def test_a_lost_password_of_the_application_is_made_anew(root: Path) -> None:
    with cluster(root, profile="test") as used:
        before = used.app_url()
    (root / "recruitwatch_app.password").unlink()
    with cluster(root, profile="test") as again:
        assert again.app_url() != before
        assert ask(again.app_url(), "select 1") == [(1,)]


def test_a_very_long_path_still_gets_a_socket(roomy: Path) -> None:
    with cluster(roomy / ("long" * 30), profile="test") as used:
        assert ask(used.app_url(), "select 1") == [(1,)]
        short = used.socket_folder
    assert len(str(short)) < 80
    assert not short.exists()


def test_a_caller_inside_an_event_loop_can_start_the_server(root: Path) -> None:
    async def inside() -> int:
        with cluster(root, profile="test") as used:
            return used.port

    assert asyncio.run(inside()) > 0
