"""The installation key: made once, whole or not at all, and known by its fingerprint."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from recruitwatch.keys import InstallationKey, KeyMissing, make_key, open_vault, read_key

MAKE = """
import sys
from pathlib import Path
from recruitwatch.keys import make_key
sys.stdin.read()
print(make_key(Path(sys.argv[1])).secret.hex())
"""


def test_a_key_is_made_once(tmp_path: Path) -> None:
    key = make_key(tmp_path / "keys")
    assert make_key(tmp_path / "keys") == key == read_key(tmp_path / "keys")
    assert len(key.secret) == 32
    (file,) = (tmp_path / "keys").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_two_processes_that_make_it_at_once_have_one_key(tmp_path: Path) -> None:
    makers = [
        subprocess.Popen(
            [sys.executable, "-c", MAKE, str(tmp_path)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(3)
    ]  # fmt: skip
    for maker in makers:
        assert maker.stdin is not None
        maker.stdin.close()
        maker.stdin = None
    said = {maker.communicate()[0].strip() for maker in makers}
    assert said == {read_key(tmp_path).secret.hex()}


@pytest.mark.parametrize("content", [b"", b"c2hvcnQ=", b"not a key"])
def test_a_damaged_key_is_told_and_kept(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "installation.key").write_bytes(content)
    for read in (read_key, make_key, open_vault):
        with pytest.raises(KeyMissing):
            read(tmp_path)
    assert (tmp_path / "installation.key").read_bytes() == content


def test_a_missing_key_is_told_and_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(KeyMissing, match="is missing: restore it"):
        open_vault(tmp_path)
    assert [*tmp_path.iterdir()] == []


def test_the_fingerprint_tells_keys_apart_and_is_not_part_of_them() -> None:
    one, other = InstallationKey(b"k" * 32), InstallationKey(b"o" * 32)
    assert one.fingerprint() == InstallationKey(b"k" * 32).fingerprint()
    assert one.fingerprint() != other.fingerprint()
    assert one.fingerprint().replace(" ", "") not in one.secret.hex()
    assert len(one.fingerprint()) == 19
