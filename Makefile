# Everything is done through .venv/; only Python 3.11 or later and make are needed beforehand.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
  $$p -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
DATA ?= var
PORT ?= 8000
BIN := .venv/bin
export DATA PORT

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-rules test-browser bench lint fix assets translations migrate new-migration lock

help: ## show these lines
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

.venv/.ready: requirements.lock pyproject.toml hatch_build.py frontend/package-lock.json
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later with venv is needed (Debian: python3 python3-venv); or set PYTHON=."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what recruitwatch needs …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

.venv/.ready-to-test: .venv/.ready requirements-dev.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

setup: .venv/.ready ## make the environment in .venv/ with the built front end

demo: .venv/.ready ## serve an invented country on http://127.0.0.1:8000 (DATA= and PORT= choose others)
	@$(BIN)/recruitwatch demo

test: .venv/.ready-to-test ## all checks and tests
	@sh tests/run.sh

test-rules: .venv/.ready-to-test ## the quick tests, without a database
	@$(BIN)/pytest -q tests/rules tests/checklists tests/contracts

test-browser: .venv/.ready-to-test ## tests in a real browser (Debian's chromium)
	@$(BIN)/pytest -q tests/browser

bench: .venv/.ready-to-test ## measure; prints one table, each figure beside its ceiling
	@PYTHONPATH=tests $(BIN)/python -m bench

lint: .venv/.ready-to-test ## formatting, types, import contract
	@$(BIN)/ruff format --check src tests migrations hatch_build.py
	@$(BIN)/ruff check src tests migrations hatch_build.py
	@$(BIN)/mypy
	@$(BIN)/lint-imports

fix: .venv/.ready-to-test ## let ruff format and mend
	@$(BIN)/ruff format src tests migrations hatch_build.py
	@$(BIN)/ruff check --fix src tests migrations hatch_build.py

assets: .venv/.ready ## build style sheets and scripts again
	@$(BIN)/python hatch_build.py assets

translations: .venv/.ready-to-test ## gather strings into the catalogues, then compile them
	@sh src/recruitwatch/locale/gather.sh

migrate: .venv/.ready ## bring the database to this version
	@$(BIN)/recruitwatch migrate

new-migration: .venv/.ready ## NAME=what_it_does makes an empty migration
	@$(BIN)/alembic revision --rev-id $$(printf %03d $$(($$(cat migrations/HEAD | sed 's/^0*//') + 1))) -m "$(NAME)"

lock: ## renew the lock files (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -q -o requirements.lock
	uv pip compile pyproject.toml --group test --group bench -c requirements.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -q -o requirements-dev.lock
