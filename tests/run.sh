#!/bin/sh
# All checks and tests. A machine without a browser is told loudly what was left out; in CI that fails.
set -eu
cd "$(dirname "$0")/.."
bin=.venv/bin

$bin/ruff format --check -q src tests migrations hatch_build.py
$bin/ruff check -q src tests migrations hatch_build.py
$bin/mypy
$bin/lint-imports

browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
$bin/pytest -q -n "${TEST_WORKERS:-2}" --ignore=tests/browser "$@"

# Browser tests keep an event loop of their own running, so they get a process of their own.
if [ -n "$browser" ]; then
  RECRUITWATCH_BROWSER="$browser" $bin/pytest -q tests/browser "$@"
  exit 0
fi
cat <<'TEXT'

*****************************************************************************
*  LEFT OUT: every test in tests/browser, because no chromium was found.    *
*  Offline use, keyboard, accessibility and right-to-left were NOT tested.  *
*  Install chromium (Debian: apt-get install chromium) and run again.       *
*****************************************************************************
TEXT
if [ -n "${CI:-}" ]; then
  echo "In CI this is a failure."
  exit 1
fi
