# The house's machinery. `make help` lists what there is; CONTRIBUTING.md explains it.
#
# Every environment is built from hash-locked files in requirements/. Where packages come from is
# the machine's business (pip's own configuration), so nothing here names a host.

PYTHON ?= python3
UV ?= .venv/bin/uv
VENV := .venv
CORE := .venv-core
BIN := $(VENV)/bin

# What it takes to run the program, and what it takes to work on it.
RUN_LOCKS := report survey web
DEV_LOCKS := fast dev

PIP := -m pip --disable-pip-version-check --no-input -qq
SOURCES := $(shell find src -type f -not -name '*.pyc' -not -path '*/__pycache__*' 2>/dev/null)

# Where this is set, each process that a test starts would compile all our sources anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help setup dev demo test test-core test-postgres lint format bench docs messages screenshots serve lock fresh clean

help: ## list these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# --- Environments ----------------------------------------------------------------------------
# A stamp per lock: a second `make setup` has nothing to do until a lock or pyproject.toml changes.

setup: system-packages $(VENV)/.locks/satuhati ## build .venv with all it takes to run the program

dev: setup test-packages $(DEV_LOCKS:%=$(VENV)/.locks/%) ## setup, and the tools for working on the program

.PHONY: system-packages
system-packages:
	@scripts/system-packages

.PHONY: test-packages
test-packages:
	@scripts/system-packages test

$(VENV)/.locks/venv $(CORE)/.locks/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Satu Hati needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 setup" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "Python cannot make environments here: apt-get install python3-venv" >&2; exit 1; }
	@echo "Building $(@:%/.locks/venv=%)"
	@$(PYTHON) -m venv $(@:%/.locks/venv=%)
	@mkdir -p $(@D) && touch $@

$(VENV)/.locks/%: requirements/%.lock | $(VENV)/.locks/venv
	@echo "Installing $* ($$(grep -c '==' $<) packages, locked)"
	@$(BIN)/python $(PIP) install --require-hashes -r $<
	@touch $@

$(CORE)/.locks/%: requirements/%.lock | $(CORE)/.locks/venv
	@echo "Installing $* in $(CORE) ($$(grep -c '==' $<) packages, locked)"
	@$(CORE)/bin/python $(PIP) install --require-hashes -r $<
	@touch $@

# The project itself: its build backend comes from a lock too, so pip fetches nothing.
$(VENV)/.locks/satuhati: pyproject.toml $(VENV)/.locks/build $(RUN_LOCKS:%=$(VENV)/.locks/%)
	@$(BIN)/python $(PIP) install --no-index --no-deps --no-build-isolation --editable .
	@touch $@

# The plain install, as a wheel and not editable: this proves the package's own files as well.
$(CORE)/.locks/satuhati: pyproject.toml $(SOURCES) $(CORE)/.locks/build $(CORE)/.locks/core $(CORE)/.locks/test
	@$(CORE)/bin/python $(PIP) install --no-index --no-deps --no-build-isolation --force-reinstall .
	@touch $@

# --- Use -------------------------------------------------------------------------------------

demo: setup ## serve the example community: prints the address and the demo accounts
	@$(BIN)/satuhati demo $(DEMO_ARGS)

serve: setup ## serve your own communities
	@$(BIN)/satuhati serve

# --- Work ------------------------------------------------------------------------------------

# The core's tests run once, under the plain install. All locks hold the same versions (a test
# compares them) and the core imports nothing of the extras (so do its layers), so they would prove
# nothing a second time; `pytest` alone still runs them.
test: dev lint test-core test-postgres ## lint, then all tests; the core's under the plain install
	@$(BIN)/python -m pytest -q -n auto --dist worksteal --ignore tests/core $(PYTEST_ARGS)

test-postgres: dev ## the web app's tests on a PostgreSQL server of their own
	@$(BIN)/python scripts/test_postgres.py -q -n auto --dist worksteal

test-core: $(CORE)/.locks/satuhati ## the core's tests under the plain install (.venv-core)
	@$(CORE)/bin/python scripts/check_plain.py
	@$(CORE)/bin/python -m pytest -q -n auto --dist worksteal tests/core

lint: dev ## ruff, mypy and the layers of ARCHITECTURE.md
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: dev ## mend what ruff can mend
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: dev ## the measurements of benchmarks/, in order, with ratios to named peers
	@set -e; for script in benchmarks/[!_]*.py; do echo "== $$script"; $(BIN)/python $$script; done

docs: dev ## write docs/reference again from the code
	@$(BIN)/python scripts/make_docs.py

messages: dev ## bring the Indonesian catalogue up to date with the code, and compile it
	@$(BIN)/python scripts/messages.py

lock: ## compile requirements/ again (UPGRADE=1 takes newer versions)
	@$(PYTHON) scripts/lock.py $(UV) $(if $(UPGRADE),--upgrade)

screenshots: dev ## take the pictures of docs/screenshots again
	@$(BIN)/python scripts/screenshots.py

fresh: ## prove demo and test in an empty Debian (root, debootstrap)
	@scripts/fresh

clean: ## remove the environments and all caches
	@rm -rf $(VENV) $(CORE) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find src tests scripts benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
