#!/usr/bin/env python3
"""Check a file downloaded from recruitwatch: is it complete, and as it was sent?

    python3 verify_download.py register-2026-06-30.csv [more files]

Needs Python 3.9 or later and nothing else. Ends with 0 if every file is complete and unchanged, with 1
if one is not, with 2 if one cannot be read. docs/downloads.md says what is counted and hashed.
"""

import csv
import hashlib
import io
import json
import re
import sys

AGAIN = "Download it again."
CSV_END = re.compile(rb"#sha256,([0-9a-f]{64})\r\n")


class Faulty(Exception):
    """Why the file cannot be relied on, as a sentence."""


def check(data: bytes) -> str:
    """What is in a file that is complete and unchanged; raises Faulty for any other."""
    if not data.strip():
        raise Faulty(f"The file is empty. {AGAIN}")
    if not data.lstrip().startswith(b"{"):
        rows, claimed, said, found = read_csv(data)
    else:
        try:
            whole = json.loads(data)
        except ValueError:
            whole = None
        if isinstance(whole, dict) and any(isinstance(v, list) for v in whole.values()):
            rows, claimed, said, found = read_json(whole)
        else:
            rows, claimed, said, found = read_json_lines(data)
    if said != found:
        raise Faulty(
            f"The file was changed after it was sent: its SHA-256 is {found}, and it says {said}. "
            "A spreadsheet that opened and saved it does that, too. " + AGAIN
        )
    if rows != claimed:
        raise Faulty(f"The file holds {rows} rows and says {claimed}. {AGAIN}")
    return f"complete and unchanged: {rows} rows, SHA-256 {found}"


def read_csv(data):
    """Rows found, rows claimed, hash claimed, hash found."""
    cut = data.rfind(b"\n#sha256,") + 1
    end = CSV_END.fullmatch(data[cut:])
    if not cut or end is None:
        raise Faulty(f"The file is not complete: no line #sha256 with 64 signs ends it. {AGAIN}")
    csv.field_size_limit(2**31 - 1)
    try:
        rows = list(csv.reader(io.StringIO(data[:cut].decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error) as problem:
        raise Faulty(f"The file is not readable CSV in UTF-8: {problem}. {AGAIN}") from problem
    if len(rows) < 2 or len(rows[-1]) != 2 or rows[-1][0] != "#rows":
        raise Faulty(f"The file is not complete: no line #rows stands before #sha256. {AGAIN}")
    return (
        len(rows) - 2,
        number(rows[-1][1]),
        end[1].decode(),
        hashlib.sha256(data[:cut]).hexdigest(),
    )


def read_json(whole):
    """The same of one object: its only list is what is counted and hashed."""
    if "rows" not in whole or "sha256" not in whole:
        raise Faulty(f"The file does not say how many rows it holds and their SHA-256. {AGAIN}")
    lists = [value for value in whole.values() if isinstance(value, list)]
    if len(lists) != 1:
        raise Faulty(f"The file holds {len(lists)} lists where one is expected. {AGAIN}")
    text = json.dumps(lists[0], ensure_ascii=False, separators=(",", ":"))
    found = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return len(lists[0]), number(whole["rows"]), str(whole["sha256"]), found


def read_json_lines(data):
    """The same of one object a line."""
    cut = data.rfind(b"\n", 0, len(data) - 1) + 1
    try:
        end = json.loads(data[cut:])
    except ValueError:
        end = None
    if not isinstance(end, dict) or set(end) != {"rows", "sha256"} or not data.endswith(b"\n"):
        raise Faulty(f"The file is not complete: its end with rows and sha256 is missing. {AGAIN}")
    found = hashlib.sha256(data[:cut]).hexdigest()
    return data[:cut].count(b"\n"), number(end["rows"]), str(end["sha256"]), found


def number(claimed):
    """The count that the file claims; -1 if it is none."""
    return int(claimed) if re.fullmatch("[0-9]{1,12}", str(claimed)) else -1


def main(names):
    if not names or names[0] in ("-h", "--help"):
        print(__doc__)
        return 0 if names else 2
    worst = 0
    for name in names:
        try:
            with open(name, "rb") as file:
                verdict = check(file.read())
        except OSError as problem:
            worst, verdict = 2, f"cannot be read: {problem.strerror}"
        except Faulty as problem:
            worst, verdict = max(worst, 1), f"DO NOT RELY ON IT. {problem}"
        print(f"{name}: {verdict}")
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
