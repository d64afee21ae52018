# Two commands for who is new: `make run` and `make test`. `make help` lists all.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup run test check format routes translations hooks pictures drill bench

help: ## List the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.venv/.ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "surveyapp needs Python 3.11 or newer")'
	$(PYTHON) -m venv .venv
	# --no-deps: the lock is complete; older pips else look for a newer `coverage[toml]` than the locked `coverage`.
	$(BIN)/pip install --quiet --disable-pip-version-check --no-compile --no-deps --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

setup: .venv/.ready ## Virtual environment with locked dependencies

run: setup ## Serve on http://127.0.0.1:8000 with demonstration data (PORT=, SURVEYAPP_DATABASE_URL=)
	$(BIN)/surveyapp init
	$(BIN)/surveyapp demo --if-empty
	$(BIN)/surveyapp run

test: setup ## The whole test suite; the pure core must be covered to the last branch
	$(BIN)/python -m tests.halves

check: setup ## Static checks: format, lint, types, import contracts, templates, spelling, security, English words
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint surveyapp --lint --quiet
	$(BIN)/codespell
	$(BIN)/bandit --quiet --configfile pyproject.toml --severity-level medium --recursive surveyapp analysis
	$(BIN)/python -m tests.gates.ignores
	$(BIN)/python -m tests.gates.files
	$(BIN)/python -m tests.gates.translations

pictures: setup ## Take the pictures of the guide anew (Chromium)
	$(BIN)/python -m tests.stories.pictures

drill: setup ## Kill the server, stop PostgreSQL, cut the power, 30 times under load (minutes; KILLS=)
	SURVEYAPP_NO_SKIPS=1 SURVEYAPP_DRILL_KILLS=$(or $(KILLS),30) $(BIN)/pytest tests/drills -s

bench: setup ## Ratios to a bare Flask, pingouin and an honest file; two quiet cores needed (minutes)
	$(BIN)/python -m benchmarks.questionnaires
	$(BIN)/python -m benchmarks.files
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.statistics
	$(BIN)/python -m benchmarks.reading
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.reports

format: setup ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

routes: setup ## Write tests/web/routes.txt anew after adding or removing an address
	$(BIN)/python -m tests.web.routes

translations: setup ## Bring the English words up to date after changing words on screen
	$(BIN)/python -m tests.gates.translations --write

hooks: setup ## Run the static checks of changed files before each commit
	$(BIN)/pre-commit install
