"""Where the server's files are and which account owns them."""

import hashlib
import os
import pwd
import stat
from pathlib import Path

import msgspec

from recruitwatch.db.embedded.failures import NoAccount, SocketTaken, plainly

ACCOUNTS = ("postgres", "nobody")
ELSEWHERE = Path("/var/lib/recruitwatch")
SHORT = Path("/tmp")
LOCKS = ("entry", "users", "watched", "keeper")
# sun_path holds 104 bytes on macOS and 108 on Linux; "/.s.PGSQL.65535" and a NUL take 17.
LONGEST_SOCKET_FOLDER = 87


class Account(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    uid: int
    gid: int


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """The root folder of one embedded server, with everything that lies in it."""

    root: Path
    account: Account | None
    moved_from: Path | None
    socket_folder: Path

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def locks(self) -> Path:
        return self.root / "locks"

    @property
    def log(self) -> Path:
        return self.root / "log"

    def own(self, path: Path) -> None:
        """Hands the path to the server's account; as an ordinary user it is ours already."""
        if self.account is not None:
            os.chown(path, self.account.uid, self.account.gid, follow_symlinks=False)


def settle(root: Path, elsewhere: Path = ELSEWHERE) -> Ground:
    """Creates the folders. As root, moves elsewhere what the server's account cannot reach."""
    asked = root.resolve()
    with plainly(asked):
        _make(asked, shared=os.geteuid() == 0)
        account = server_account(asked / "data")
        kept = asked
        if account is not None and not is_reachable(asked, account):
            kept = elsewhere / _tag(asked)
            _make(kept, shared=True)
            account = server_account(kept / "data")
        _make_locks(kept)
    return Ground(
        root=kept,
        account=account,
        moved_from=None if kept == asked else asked,
        socket_folder=_socket_folder(kept),
    )


def server_account(data: Path) -> Account | None:
    """PostgreSQL refuses to run as root: the account it runs as, None for whoever we are."""
    if os.geteuid() != 0:
        return None
    if data.exists() and (owner := data.stat()).st_uid != 0:
        # A database made earlier stays with its owner.
        return Account(name=f"#{owner.st_uid}", uid=owner.st_uid, gid=owner.st_gid)
    for name in ACCOUNTS:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name=name, uid=found.pw_uid, gid=found.pw_gid)
    raise NoAccount(names=" / ".join(ACCOUNTS))


def is_reachable(path: Path, account: Account) -> bool:
    """Whether the account may enter every folder above the path and the path itself."""
    return all(_may_enter(step.stat(), account) for step in (path, *path.parents))


def _may_enter(found: os.stat_result, account: Account) -> bool:
    if found.st_uid == account.uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == account.gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)


def _make(folder: Path, *, shared: bool) -> None:
    """The modes are set by hand, because the umask of the caller may be strict or lax."""
    missing = [step for step in (folder, *folder.parents) if not step.exists()]
    for step in reversed(missing):
        step.mkdir(exist_ok=True)
        if shared:
            step.chmod(0o711)
        elif step == folder:
            step.chmod(0o700)


def hand_over(descriptor: int, folder: Path) -> None:
    """What root makes in a plain user's folder is the user's, who could not go on otherwise."""
    if os.geteuid() == 0:
        owner = folder.stat()
        os.fchown(descriptor, owner.st_uid, owner.st_gid)


def _make_locks(root: Path) -> None:
    folder = root / "locks"
    folder.mkdir(exist_ok=True, mode=0o700)
    _hand_over_path(folder, root)
    for name in LOCKS:
        _hand_over_path(folder / name, root)


def _hand_over_path(path: Path, folder: Path) -> None:
    kind = os.O_DIRECTORY if path.is_dir() else os.O_CREAT
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | kind, 0o600)
    try:
        hand_over(descriptor, folder)
    finally:
        os.close(descriptor)


def _tag(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:10]


def _socket_folder(root: Path) -> Path:
    inside = root / "socket"
    # A comma separates hosts in a database address, so it cannot be part of one.
    if len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER and "," not in str(inside):
        return inside
    return SHORT / f"rw-{_tag(root)}-{os.geteuid()}"


def make_socket_folder(ground: Ground) -> None:
    """Call with the entry held, because the last user to leave removes a folder outside."""
    folder = ground.socket_folder
    owner = ground.account.uid if ground.account is not None else os.geteuid()
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        # Anybody may have made a folder of that name in the shared temporary folder.
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (owner, os.geteuid()):
            raise SocketTaken(folder=str(folder)) from None
    folder.chmod(0o700)
    ground.own(folder)


def remove_socket_folder(ground: Ground) -> None:
    """Leaves nothing of ours behind in the shared temporary folder."""
    if ground.socket_folder.parent == SHORT and ground.socket_folder.is_dir():
        for path in ground.socket_folder.glob(".s.PGSQL.*"):
            path.unlink(missing_ok=True)
        ground.socket_folder.rmdir()
