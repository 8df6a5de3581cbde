#!/bin/sh
# Gathers every sentence into the catalogues of the declared languages and compiles them.
set -eu
cd "$(dirname "$0")/../../.."
locale=src/recruitwatch/locale
sheet=$(mktemp)
trap 'rm -f "$sheet"' EXIT
.venv/bin/pybabel -q extract -F $locale/babel.cfg -k N_ -k _ -k gettext -k ngettext:1,2 --add-location=file \
  --sort-by-file --no-wrap --project=recruitwatch --copyright-holder="the recruitwatch maintainers" -o "$sheet" .
for language in bn ar; do
  if [ -f $locale/$language/LC_MESSAGES/recruitwatch.po ]; then
    .venv/bin/pybabel -q update -i "$sheet" -d $locale -D recruitwatch -l $language \
      --no-fuzzy-matching --no-wrap --ignore-obsolete --ignore-pot-creation-date
  else
    .venv/bin/pybabel -q init -i "$sheet" -d $locale -D recruitwatch -l $language --no-wrap
  fi
done
.venv/bin/python hatch_build.py translations
