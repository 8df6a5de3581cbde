"""The process apart: one file comes in by standard input, a copy or a reason goes out. Then it ends."""

import sys

from recruitwatch.viewing.confining import confine
from recruitwatch.viewing.copying import make_copy
from recruitwatch.viewing.kinds import FileKind
from recruitwatch.viewing.limits import LARGEST_FILE
from recruitwatch.viewing.refusals import FileRefused


def main() -> None:
    kind = FileKind(sys.argv[1])
    confine()
    answer(kind)


def answer(kind: FileKind) -> None:
    """Read the file, say what became of it."""
    # Said before the file is looked at: without it, the fault is the installation's, not the file's.
    sys.stdout.buffer.write(b"ready\n")
    sys.stdout.buffer.flush()
    content = sys.stdin.buffer.read(LARGEST_FILE + 1)
    try:
        copy = make_copy(content, kind)
    except FileRefused as refusal:
        sys.stdout.buffer.write(f"refused {refusal.reason}\n".encode())
    else:
        sys.stdout.buffer.write(f"copied {copy.pages}\n".encode() + copy.content)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
