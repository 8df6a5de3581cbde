"""What a process gives up, for good, before it looks at a hostile file. Linux only.

Afterwards it can calculate, read what it was given and answer: it opens no file and no connection,
starts nothing, and writes nothing to disk. Elsewhere only the limit of time that the parent keeps holds.
"""

import ctypes
import platform
import struct
import sys

from recruitwatch.viewing.limits import MOST_CPU_SECONDS, MOST_MEMORY

if sys.platform == "linux":
    import resource

_SET_DUMPABLE = 4
_SET_SECCOMP = 22
_SET_NO_NEW_PRIVILEGES = 38
_FILTER = 2

# The calls of Linux on x86-64 that memory, the two pipes and the end of the process need: linux/unistd.h.
_X86_64 = 0xC000003E
_ALLOWED = {
    "read": 0,
    "write": 1,
    "close": 3,
    "fstat": 5,
    "lseek": 8,
    "mmap": 9,
    "mprotect": 10,
    "munmap": 11,
    "brk": 12,
    "rt_sigaction": 13,
    "rt_sigprocmask": 14,
    "rt_sigreturn": 15,
    "ioctl": 16,
    "sched_yield": 24,
    "mremap": 25,
    "madvise": 28,
    "getpid": 39,
    "exit": 60,
    "gettimeofday": 96,
    "getrusage": 98,
    "sysinfo": 99,
    "sigaltstack": 131,
    "gettid": 186,
    "futex": 202,
    "restart_syscall": 219,
    "clock_gettime": 228,
    "exit_group": 231,
    "getrandom": 318,
}
# Instructions of the kernel's packet filter: linux/bpf_common.h; answers: linux/seccomp.h.
_LOAD, _IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _NOT_PERMITTED = 0x7FFF0000, 0x00050001
_CALL_AT, _MACHINE_AT = 0, 4


def confine() -> None:
    """Give up everything but calculating. Every module must be loaded by now."""
    if sys.platform == "linux":
        lower_limits()
        _filter_calls()


def lower_limits() -> None:
    """What holds on every Linux, also where the kernel or the machine knows no filter of calls."""
    if sys.platform != "linux":
        return
    # With no descriptor left to give, nothing more can be opened: no file, no socket, no pipe.
    _lower(resource.RLIMIT_NOFILE, 0)
    _lower(resource.RLIMIT_NPROC, 0)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_CPU, MOST_CPU_SECONDS)
    _lower(resource.RLIMIT_AS, MOST_MEMORY)


def _lower(limit: int, value: int) -> None:
    if sys.platform == "linux":
        _, hard = resource.getrlimit(limit)
        lowered = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (lowered, lowered))


def _filter_calls() -> None:
    prctl = ctypes.CDLL(None).prctl
    prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    prctl(_SET_DUMPABLE, 0, 0, 0, 0)
    prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    if platform.machine() != "x86_64" or sys.maxsize < 2**32:
        return
    steps = _filter_steps()
    code = ctypes.create_string_buffer(b"".join(steps))
    program = ctypes.create_string_buffer(struct.pack("HP", len(steps), ctypes.addressof(code)))
    prctl(_SET_SECCOMP, _FILTER, ctypes.addressof(program), 0, 0)


def _filter_steps() -> list[bytes]:
    """Allow the calls named above on this machine; every other call fails as not permitted."""
    calls = sorted(_ALLOWED.values())
    tests = [_step(_IF_EQUAL, call, if_true=len(calls) - place) for place, call in enumerate(calls)]
    return [
        _step(_LOAD, _MACHINE_AT),
        _step(_IF_EQUAL, _X86_64, if_true=1),
        _step(_RETURN, _NOT_PERMITTED),
        _step(_LOAD, _CALL_AT),
        *tests,
        _step(_RETURN, _NOT_PERMITTED),
        _step(_RETURN, _ALLOW),
    ]


def _step(code: int, value: int, *, if_true: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_true, 0, value)
