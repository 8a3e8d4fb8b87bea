.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8321
SEED ?= 1
RUNS ?= 1
DEATHS ?= 50
DATABASE ?= sqlite
MINUTES ?= 10
BIN := .venv/bin

.PHONY: help run test check bench chaos sequences lock migration manifest clean

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name it with: make PYTHON=python3.12 …"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.installed: .venv/pyvenv.cfg requirements.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	@touch $@

.venv/.equipped: .venv/.installed tests/requirements.txt
	$(BIN)/python -m pip install --quiet --require-hashes -r tests/requirements.txt
	@touch $@

run: .venv/.installed ## start the bot in its sandbox and open the page
	$(BIN)/vric sandbox --port $(PORT)

test: check ## every check and every test
	$(BIN)/pytest -n 3 --dist worksteal --ignore tests/checks

check: .venv/.equipped ## style, types, import contracts; migrations, manifest and documentation match the code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest -q tests/checks

bench: .venv/.equipped ## measure the load table, beside a peer in the same run: make bench MINUTES=10
	$(BIN)/python -m tests.bench --minutes $(MINUTES)

chaos: .venv/.equipped ## break the bot by a seed: make chaos SEED=1 RUNS=1 DEATHS=50 DATABASE=sqlite
	$(BIN)/python -m tests.chaos --seed $(SEED) --runs $(RUNS) --deaths $(DEATHS) --database $(DATABASE)

sequences: .venv/.equipped ## play random sequences by a seed: make sequences SEED=1 RUNS=50 DATABASE=sqlite
	$(BIN)/python -m tests.sequences --seed $(SEED) --runs $(RUNS) --database $(DATABASE) --shrink

lock: .venv/.equipped ## resolve the versions in requirements.txt and tests/requirements.txt anew
	$(BIN)/uv pip compile -q pyproject.toml --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header -o requirements.txt
	$(BIN)/uv pip compile -q --group dev --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header -c requirements.txt -o tests/requirements.txt

migration: .venv/.equipped ## write the migration that the models lack: make migration MESSAGE="…"
	$(BIN)/python -m db.revision $(MESSAGE)

manifest: .venv/.installed ## write manifest.json from the declaration in handlers/manifest.py
	$(BIN)/python -m handlers.manifest > manifest.json

clean: ## remove what was built, keep data/
	rm -rf .venv *.egg-info .mypy_cache .ruff_cache .pytest_cache
