"""Keys that are destroyed on time: one a period whoever makes it, and nothing opens once it is gone."""

import os
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitwatch.keys.boxes import DoesNotOpen
from recruitwatch.keys.retention import (
    COMPARTMENTS,
    MONTHS_AHEAD,
    RetentionKeys,
    day_period,
    ensure_ahead,
    has_ended,
    last_day,
    month_period,
    months_ahead,
)

TODAY = date(2026, 12, 9)
MONTHS = [month_period(TODAY, compartment) for compartment in COMPARTMENTS]

# Waits until its input is closed, so that all begin together, then seals in every period.
SEAL = """
import sys
from pathlib import Path
from recruitwatch.keys.retention import RetentionKeys
keys = RetentionKeys(Path(sys.argv[1]))
sys.stdin.read()
for period in sys.argv[2:]:
    print(period, keys.seal(period, "pepper:1", b"pepper").hex())
"""


def files(keys: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (keys / "retention").iterdir()}


@pytest.mark.parametrize("period", [*MONTHS, day_period(TODAY, "draft")])
def test_what_is_sealed_opens_in_another_process_too(period: str, tmp_path: Path) -> None:
    box = RetentionKeys(tmp_path).seal(period, "pepper:1", b"pepper")
    assert RetentionKeys(tmp_path).unseal(period, "pepper:1", box) == b"pepper"
    with pytest.raises(DoesNotOpen):
        RetentionKeys(tmp_path).unseal(period, "pepper:2", box)


def test_compartments_and_periods_do_not_open_each_other(tmp_path: Path) -> None:
    keys = RetentionKeys(tmp_path)
    periods = [*MONTHS, month_period(date(2027, 1, 1), "general"), day_period(TODAY, "draft")]
    boxes = {period: keys.seal(period, "pepper:1", period.encode()) for period in periods}
    for period in periods:
        for other, box in boxes.items():
            if other != period:
                with pytest.raises(DoesNotOpen):
                    keys.unseal(period, "pepper:1", box)


def test_reading_makes_no_key(tmp_path: Path) -> None:
    with pytest.raises(DoesNotOpen):
        RetentionKeys(tmp_path).unseal(MONTHS[0], "pepper:1", b"x" * 40)
    assert [*tmp_path.iterdir()] == []


def test_processes_that_make_the_same_keys_at_once_end_with_one_of_each(tmp_path: Path) -> None:
    periods = [*MONTHS, *(day_period(date(2026, 12, day), "draft") for day in range(1, 15))]
    makers = [
        subprocess.Popen(
            [sys.executable, "-c", SEAL, str(tmp_path), *periods],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(3)
    ]  # fmt: skip
    for maker in makers:
        assert maker.stdin is not None
        maker.stdin.close()
        maker.stdin = None
    lines = [line.split() for maker in makers for line in maker.communicate()[0].splitlines()]
    assert len(lines) == 3 * len(periods)
    for period, box in lines:
        opened = RetentionKeys(tmp_path).unseal(period, "pepper:1", bytes.fromhex(box))
        assert opened == b"pepper"
    assert sorted(files(tmp_path)) == sorted(f"{period}.key" for period in periods)


# Killed at the moment it would give the file its name: written and synced, but not there yet.
KILLED = """
import os, signal, sys
from pathlib import Path
from recruitwatch.keys.retention import RetentionKeys
def audit(event, arguments):
    if event == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(audit)
RetentionKeys(Path(sys.argv[1])).seal("general-2036-11", "pepper:1", b"pepper")
"""


@pytest.mark.parametrize(("event", "present"), [("os.link", False), ("os.remove", True)])
def test_a_key_is_whole_or_not_there_after_a_kill(
    event: str, present: bool, tmp_path: Path
) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), event], check=False)
    assert done.returncode == -9
    keys = RetentionKeys(tmp_path)
    assert keys.has("general-2036-11") == present
    box = keys.seal("general-2036-11", "pepper:1", b"pepper")
    assert keys.unseal("general-2036-11", "pepper:1", box) == b"pepper"
    assert keys.list_periods() == ["general-2036-11"]
    # What the killed process left behind opens nothing once the key is destroyed.
    keys.destroy_ended(date(2040, 1, 1))
    left = files(tmp_path)
    assert len(left) == 1
    for content in left.values():
        (tmp_path / "retention" / "general-2036-11.key").write_bytes(content)
        with pytest.raises(DoesNotOpen):
            keys.unseal("general-2036-11", "pepper:1", box)


@pytest.mark.parametrize("content", [b"", b"half of a key"])
def test_a_damaged_key_opens_nothing_and_seals_nothing(content: bytes, tmp_path: Path) -> None:
    keys = RetentionKeys(tmp_path)
    box = keys.seal(MONTHS[0], "pepper:1", b"pepper")
    (tmp_path / "retention" / f"{MONTHS[0]}.key").write_bytes(content)
    with pytest.raises(DoesNotOpen):
        keys.unseal(MONTHS[0], "pepper:1", box)
    with pytest.raises(DoesNotOpen):
        keys.seal(MONTHS[0], "pepper:1", b"pepper")


def test_keys_are_for_this_account_alone(tmp_path: Path) -> None:
    RetentionKeys(tmp_path / "keys").seal(MONTHS[0], "pepper:1", b"pepper")
    for folder in (tmp_path / "keys" / "retention",):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


@pytest.mark.parametrize("period", [MONTHS[0], day_period(TODAY, "draft")])
def test_a_destroyed_key_is_gone_for_whoever_used_it_before(period: str, tmp_path: Path) -> None:
    own, of_another_process = RetentionKeys(tmp_path), RetentionKeys(tmp_path)
    box = own.seal(period, "pepper:1", b"pepper")
    assert of_another_process.unseal(period, "pepper:1", box) == b"pepper"
    assert own.destroy_ended(date(2027, 1, 1)) == [period]
    for keys in (own, of_another_process, RetentionKeys(tmp_path)):
        with pytest.raises(DoesNotOpen):
            keys.unseal(period, "pepper:1", box)
    assert files(tmp_path) == {}
    # A key made later under the same name is another one.
    of_another_process.seal(period, "pepper:1", b"pepper")
    for keys in (own, of_another_process):
        with pytest.raises(DoesNotOpen):
            keys.unseal(period, "pepper:1", box)


def test_sealing_after_another_process_destroyed_the_key_makes_one_that_opens(
    tmp_path: Path,
) -> None:
    keys = RetentionKeys(tmp_path)
    keys.seal(MONTHS[0], "pepper:1", b"pepper")
    RetentionKeys(tmp_path).destroy_ended(date(2027, 1, 1))
    box = keys.seal(MONTHS[0], "pepper:1", b"pepper")
    assert RetentionKeys(tmp_path).unseal(MONTHS[0], "pepper:1", box) == b"pepper"


def test_destroying_overwrites_the_file(tmp_path: Path) -> None:
    keys = RetentionKeys(tmp_path)
    keys.make(iter(MONTHS[:1]))
    (before,) = files(tmp_path).values()
    os.link(tmp_path / "retention" / f"{MONTHS[0]}.key", tmp_path / "the same blocks")
    keys.destroy_ended(date(2027, 1, 1))
    after = (tmp_path / "the same blocks").read_bytes()
    assert len(after) == len(before)
    assert after != before


def test_destroying_twice_destroys_once_and_spares_the_rest(tmp_path: Path) -> None:
    keys = RetentionKeys(tmp_path)
    over = [month_period(date(2026, 11, 30), compartment) for compartment in COMPARTMENTS]
    over.append(day_period(date(2026, 12, 8), "draft"))
    kept = [*MONTHS, day_period(TODAY, "draft")]
    keys.make(iter([*over, *kept]))
    assert keys.destroy_ended(TODAY) == sorted(over)
    assert keys.destroy_ended(TODAY) == []
    assert keys.list_periods() == sorted(kept)


@pytest.mark.parametrize("name", ["notes", "general-2026-13", "draft-2026-02-30", "general", "x-1"])
def test_other_files_are_neither_listed_nor_destroyed(name: str, tmp_path: Path) -> None:
    keys = RetentionKeys(tmp_path)
    keys.make(iter(MONTHS))
    (tmp_path / "retention" / f"{name}.key").write_bytes(b"somebody's own")
    assert keys.list_periods() == sorted(MONTHS)
    assert name not in keys.destroy_ended(date(2099, 1, 1))
    assert files(tmp_path) == {f"{name}.key": b"somebody's own"}


@pytest.mark.parametrize("period", ["../general-2026-12", "general-2026-12/..", "", "general"])
def test_a_name_that_is_no_period_is_refused(period: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="names no day and no month"):
        RetentionKeys(tmp_path).seal(period, "pepper:1", b"pepper")
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    ("period", "last"),
    [
        ("general-2026-12", date(2026, 12, 31)),
        ("protected-2027-02", date(2027, 2, 28)),
        ("oversight-2028-02", date(2028, 2, 29)),
        ("oversight-2026-04", date(2026, 4, 30)),
        ("draft-2026-12-09", date(2026, 12, 9)),
        ("draft-2026-12-31", date(2026, 12, 31)),
        ("draft-2028-02-29", date(2028, 2, 29)),
    ],
)
def test_a_period_ends_with_its_last_day(period: str, last: date) -> None:
    assert last_day(period) == last
    assert not has_ended(period, last)
    assert has_ended(period, date.fromordinal(last.toordinal() + 1))


@given(
    day=st.dates(date(2020, 1, 1), date(2090, 1, 1)),
    today=st.dates(date(2020, 1, 1), date(2090, 1, 1)),
    compartment=st.sampled_from(COMPARTMENTS),
)
def test_nothing_ends_before_its_day(day: date, today: date, compartment: str) -> None:
    assert has_ended(day_period(day, compartment), today) == (day < today)
    assert has_ended(month_period(day, compartment), today) == (
        (day.year, day.month) < (today.year, today.month)
    )


def test_months_are_made_far_ahead_for_every_compartment(tmp_path: Path) -> None:
    keys = RetentionKeys(tmp_path)
    ensure_ahead(keys, TODAY)
    periods = keys.list_periods()
    assert len(periods) == MONTHS_AHEAD * len(COMPARTMENTS) == 378
    for compartment in COMPARTMENTS:
        own = [period for period in periods if period.startswith(compartment)]
        assert own[0] == f"{compartment}-2026-12"
        assert own[-1] == f"{compartment}-2037-05"
    before = files(tmp_path)
    ensure_ahead(keys, TODAY)
    assert files(tmp_path) == before
    ensure_ahead(keys, date(2027, 1, 1))
    assert before.items() < files(tmp_path).items()
    assert len(files(tmp_path)) == 381


@given(today=st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_no_month_is_left_out(today: date) -> None:
    own = [period for period in months_ahead(today) if period.startswith("general")]
    ends = [last_day(period) for period in own]
    assert own[0] == month_period(today, "general")
    assert all(
        date.fromordinal(end.toordinal() + 1).strftime("%Y-%m") == later.removeprefix("general-")
        for end, later in zip(ends, own[1:], strict=False)
    )
    assert len(own) == MONTHS_AHEAD
