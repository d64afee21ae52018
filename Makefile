# Two commands for who is new: `make run` and `make test`. `make help` lists all.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup run test check format

help: ## List the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.venv/.ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "surveyapp needs Python 3.11 or newer")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

setup: .venv/.ready ## Virtual environment with locked dependencies

run: setup ## Serve on http://127.0.0.1:8000 with demonstration data (PORT=, SURVEYAPP_DATABASE_URL=)
	$(BIN)/surveyapp init
	$(BIN)/surveyapp demo --if-empty
	$(BIN)/surveyapp run

test: setup ## The whole test suite; the pure core must be covered to the last branch
	$(BIN)/pytest --cov --cov-report=term-missing:skip-covered --cov-fail-under=100

check: setup ## Static checks: format, lint, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: setup ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
