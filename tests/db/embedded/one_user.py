"""A program of its own that uses a server until its input is closed, for tests of many users."""

import sys
from pathlib import Path

from recruitwatch.db.embedded import EmbeddedPostgresError, cluster

root, profile, tied = sys.argv[1:]
try:
    with cluster(
        Path(root), profile="test" if profile == "test" else "normal", tied=tied == "tied"
    ) as used:
        print((used.data / "postmaster.pid").read_text().split("\n", 1)[0], flush=True)
        sys.stdin.read()
except EmbeddedPostgresError as failure:
    print(failure, flush=True)
    sys.exit(1)
