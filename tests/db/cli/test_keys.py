"""The keys as an operator handles them: the escrow's shares, the list, expiry, and what is missing."""

import os
import pty
import re
import select
import signal
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from db.cli.conftest import PROGRAM, Installation, Ordinary, environment, refusal, run
from db.embedded.conftest import ask
from recruitwatch.cli.keys import CLEAR
from recruitwatch.db.embedded import cluster
from recruitwatch.keys import RetentionKeys, read_key
from recruitwatch.keys.escrow import WORDS, restore
from recruitwatch.keys.retention import COMPARTMENTS, MONTHS_AHEAD, day_period, month_period

TODAY = datetime.now(UTC).date()
LONG_AGO = "general-2020-01"
ESCROWS = "select id, public_key, retired_at from escrow_keys order by made_at"


class Place:
    """A migrated database with its keys folder, and commands on both."""

    def __init__(self, database: Ordinary, keys: Path) -> None:
        self.database, self.keys = database, keys
        self.settings = {
            "DATABASE_URL": database.app, "RECRUITWATCH_KEYS": keys, "DATA": keys.parent / "data"
        }  # fmt: skip
        self.owner = {**self.settings, "DATABASE_OWNER_URL": database.owner}

    def run(self, *arguments: object) -> str:
        return run(*arguments, **self.settings).out

    def escrows(self) -> list[tuple[object, ...]]:
        return [tuple(row) for row in self.database.ask(ESCROWS)]

    def store_case(self, period: str, escrow_id: object = None) -> None:
        self.database.ask(
            "insert into complaint_desks (id, kind, takes_public, opened_by, opened_at)"
            " values (gen_random_uuid(), 'oversight', true, gen_random_uuid(), now())"
            " on conflict do nothing"
        )
        self.database.ask(
            "insert into complaints (id, reference, card_mark, desk_id, compartment, channel, language, state,"
            " state_since, urgency, safety, filed_at, contact_due_at, decide_due_on, next_news_on,"
            " statement_sealed, code_hash, code_public, secret_by_code, secret_by_escrow,"
            " pepper_sealed, period, escrow_id)"
            " select $1::uuid, $1::uuid::text, $1::uuid::text, id, 'general', 'worker', 'en', 'received',"
            " now(), 'S4', false, now(), now(), current_date, current_date, 'x', $1::uuid::text::bytea, 'x', 'x', 'x', 'x',"
            " $2, $3 from complaint_desks",
            uuid4(), period, escrow_id,
        )  # fmt: skip

    def store_draft(self, period: str) -> None:
        self.database.ask(
            "insert into complaint_drafts (token_hash, case_id, sealed, pepper_sealed, period,"
            " saved_at, expires_at) values ($1::uuid::text::bytea, $1::uuid, 'x', 'x', $2, now(), now())",
            uuid4(), period,
        )  # fmt: skip


@pytest.fixture
def place(ordinary: Ordinary, keys: Path) -> Place:
    return Place(ordinary, keys)


def shares_in(out: str) -> list[str]:
    """The words of each share as a person copies them from the screen."""
    parts = re.split(r"Share \d of 3, for the \w+\..*\n", out)[1:]
    return [" ".join(re.findall(r"\d+ ([a-z]+)", part)) for part in parts]


def test_the_escrow_is_kept_as_three_shares_on_paper(place: Place) -> None:
    out = place.run("keys", "escrow")
    shares = shares_in(out)
    assert [len(share.split()) for share in shares] == [WORDS] * 3
    ((_, public, retired),) = place.escrows()
    assert retired is None
    for two in (shares[:2], shares[1:], shares[::2]):
        assert restore(two).public == public
    order = [out.index(f"for the {whom}.") for whom in ("ministry", "ombudsperson", "auditor")]
    assert order == sorted(order)
    assert "two of the three shares open the cases" in out
    recorded = place.database.ask("select action, subject_kind, details from history_entries")
    assert [tuple(row) for row in recorded] == [("escrow_made", "escrow", "{}")]


def test_no_word_of_a_share_is_written_anywhere(installation: Installation) -> None:
    said = run("keys", "escrow", DATA=installation.data)
    start = " ".join(shares_in(said.out)[0].split()[4:7])
    private = restore(shares_in(said.out)[:2]).private
    files = [file for file in installation.data.rglob("*") if file.is_file()]
    contents = [file.read_bytes() for file in files]
    assert len(contents) > 300
    for secret in (start.encode(), private, private.hex().encode()):
        assert not any(secret in content for content in contents)
    assert start.split()[0] not in said.err


def test_a_second_escrow_needs_to_be_wanted(place: Place) -> None:
    first = shares_in(place.run("keys", "escrow"))
    before = place.escrows()
    said = refusal("keys", "escrow", **place.settings)
    assert said.startswith(f"There is an escrow, made on {TODAY}. With --replace it is retired:")
    assert place.escrows() == before
    place.store_case("general-2099-01", before[0][0])
    second = shares_in(place.run("keys", "escrow", "--replace"))
    (old, new) = place.escrows()
    assert old[:2] == before[0][:2]
    assert old[2] is not None
    assert new[2] is None
    assert restore(second[:2]).public == new[1] != restore(first[:2]).public
    # A case that was filed before stays with the shares that are in other hands by now.
    assert place.database.ask("select escrow_id from complaints")[0][0] == old[0]
    assert f"retired on {TODAY}. Cases that its shares open: 1." in place.run("keys", "list")


def test_replacing_what_is_not_there_makes_the_first_one(place: Place) -> None:
    place.run("keys", "escrow", "--replace")
    assert len(place.escrows()) == 1


class Terminal:
    """A command at a terminal, with somebody who reads and presses keys."""

    def __init__(self, *arguments: object, **settings: object) -> None:
        self.seat, theirs = pty.openpty()
        self.program = subprocess.Popen(
            [PROGRAM, *map(str, arguments)], env=environment(**settings), stdin=theirs,
            stdout=theirs, stderr=theirs, start_new_session=True, close_fds=True,
        )  # fmt: skip
        os.close(theirs)
        self.unread = ""

    def read_until(self, sentence: str) -> str:
        while sentence not in self.unread:
            assert select.select([self.seat], [], [], 60)[0], self.unread
            self._read()
        said, _, self.unread = self.unread.partition(sentence)
        return said + sentence

    def read_rest(self) -> str:
        while True:
            assert select.select([self.seat], [], [], 60)[0], self.unread
            if not self._read():
                return self.unread

    def leave(self, how: bytes) -> None:
        """Press until it answers: what came before the program listened is lost, as with anybody's keys."""
        for _ in range(30):
            if how == b"\x03":
                self.program.send_signal(signal.SIGINT)
            else:
                self.press(how)
            if select.select([self.seat], [], [], 2)[0]:
                return

    def _read(self) -> bool:
        try:
            said = os.read(self.seat, 4096)
        except OSError:
            # What Linux answers once the other side is closed.
            return False
        self.unread += said.decode().replace("\r\n", "\n")
        return bool(said)

    def press(self, keys: bytes) -> None:
        os.write(self.seat, keys)

    def close(self) -> None:
        if self.program.poll() is None:
            self.program.kill()
        self.program.wait()
        os.close(self.seat)


@pytest.fixture
def terminal(place: Place) -> Iterator[Terminal]:
    made = Terminal("keys", "escrow", **place.settings)
    yield made
    made.close()


ENTER = "Press Enter when it is written down and compared. "


def test_at_a_terminal_each_share_has_a_screen_of_its_own(terminal: Terminal, place: Place) -> None:
    shares = []
    for whom in ("ministry", "ombudsperson", "auditor"):
        said = terminal.read_until(ENTER)
        assert re.findall(r"for the (\w+)\.", said) == [whom]
        shares += shares_in(said)
        # Nothing is kept while somebody could still walk away.
        assert place.escrows() == []
        terminal.press(b"\n")
        terminal.read_until(CLEAR)
    assert "The escrow is made" in terminal.read_rest()
    assert terminal.program.wait() == 0
    ((_, public, _),) = place.escrows()
    assert restore(shares[:2]).public == public


@pytest.mark.parametrize("left_with", [b"\x04", b"\x03"])
def test_whoever_leaves_before_the_last_share_leaves_no_escrow(
    left_with: bytes, terminal: Terminal, place: Place
) -> None:
    terminal.read_until(ENTER)
    terminal.press(b"\n")
    terminal.read_until(ENTER)
    terminal.leave(left_with)
    said = terminal.read_rest()
    assert "Nothing was kept: destroy the shares that were shown, they open nothing." in said
    assert "Traceback" not in said
    assert terminal.program.wait() == 1
    assert place.escrows() == []


def test_two_who_make_the_escrow_at_once_make_one(place: Place, terminal: Terminal) -> None:
    terminal.read_until(ENTER)
    place.run("keys", "escrow")
    for _ in range(3):
        terminal.press(b"\n")
    assert "Somebody else made an escrow meanwhile" in terminal.read_rest()
    assert terminal.program.wait() == 1
    assert len(place.escrows()) == 1


def test_a_share_that_cannot_be_shown_is_not_kept(place: Place) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [PROGRAM, "keys", "escrow"], env=environment(**place.settings),
            stdin=subprocess.DEVNULL, stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert place.escrows() == []


def test_a_new_installation_has_its_keys_for_ten_years(installation: Installation) -> None:
    said = run("keys", "list", "--all", DATA=installation.data).out
    assert f"Installation key: fingerprint {read_key(installation.keys).fingerprint()}\n" in said
    assert read_key(installation.keys).secret.hex() not in said
    assert "Escrow: none. No complaint can be taken" in said
    assert f"Retention keys: {MONTHS_AHEAD * len(COMPARTMENTS)}\n" in said
    for compartment in COMPARTMENTS:
        assert f"  {compartment}: {MONTHS_AHEAD}, the first ends on " in said
    lines = re.findall(r"^    (\S+) ends on (\d{4}-\d{2})-\d{2}$", said, re.M)
    assert [period for period, _ in lines] == sorted(period for period, _ in lines)
    assert {period.endswith(month) for period, month in lines} == {True}
    assert len(lines) == MONTHS_AHEAD * len(COMPARTMENTS)
    assert "missing" not in said


def test_ended_keys_are_destroyed_once_and_new_months_are_made(place: Place) -> None:
    keys = RetentionKeys(place.keys)
    yesterday = day_period(TODAY - timedelta(days=2), "draft")
    tomorrow = day_period(TODAY + timedelta(days=1), "draft")
    keys.make(iter([LONG_AGO, yesterday, tomorrow]))
    assert "Ended and not yet destroyed: 2." in place.run("keys", "list")
    assert place.run("keys", "destroy-ended") == (
        f"Destroyed: {yesterday}, which ended on {TODAY - timedelta(days=2)}\n"
        f"Destroyed: {LONG_AGO}, which ended on 2020-01-31\n"
    )
    assert place.run("keys", "destroy-ended") == "No retention key has ended.\n"
    assert {yesterday, LONG_AGO}.isdisjoint(keys.list_periods())
    assert tomorrow in keys.list_periods()
    assert {month_period(TODAY, compartment) for compartment in COMPARTMENTS} <= {
        *keys.list_periods()
    }
    assert "not yet destroyed" not in place.run("keys", "list")


def test_expiry_does_not_wait_for_the_database(place: Place) -> None:
    RetentionKeys(place.keys).make(iter([LONG_AGO]))
    nowhere = {**place.settings, "DATABASE_URL": "postgresql://a:b@127.0.0.1:1/x"}
    said = refusal("keys", "destroy-ended", **nowhere)
    assert said.startswith("The database cannot be used:")
    assert RetentionKeys(place.keys).list_periods() == []


def test_no_key_is_made_in_the_place_of_one_that_cases_need(place: Place) -> None:
    """A keys folder that was lost may be found: its keys must not meet others of their name."""
    needed = month_period(date(TODAY.year + 1, 2, 1), "protected")
    place.store_case(needed)
    place.store_case(LONG_AGO)
    place.store_draft(day_period(TODAY, "draft"))
    said = run("migrate", **place.owner).err
    assert f"Retention keys are missing: {day_period(TODAY, 'draft')}, {needed}.\n" in said
    assert "cannot be read by anybody: 1 (cases), 1 (drafts)." in said
    assert RetentionKeys(place.keys).list_periods() == []
    assert "Retention keys are missing: " in place.run("keys", "list")
    RetentionKeys(place.keys).make(iter([needed, day_period(TODAY, "draft")]))
    assert "missing" not in run("migrate", **place.owner).err
    assert len(RetentionKeys(place.keys).list_periods()) == MONTHS_AHEAD * len(COMPARTMENTS) + 1


@pytest.mark.parametrize("verb", ["escrow", "list", "destroy-ended"])
def test_without_the_installation_key_nothing_is_done(verb: str, roomy: Path) -> None:
    said = refusal("keys", verb, DATA=roomy / "data")
    assert said.startswith(f"The installation key {roomy}/data/keys/installation.key is missing:")
    assert not (roomy / "data").exists()


def test_the_escrow_of_an_embedded_database(installation: Installation) -> None:
    run("keys", "escrow", DATA=installation.data)
    with cluster(installation.postgres, tied=True) as server:
        assert ask(server.owner_url(), "select count(*) from escrow_keys") == [(1,)]
