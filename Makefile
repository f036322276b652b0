# make demo shows what report-ls says of examples/report.md; make test runs all that CI runs; make vsix builds the
# extension for VS Code (Node 20 or newer); make bench measures.
# They set up what they need in .venv. Another Python than python3: make PYTHON=python3.12 demo

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: demo test vsix bench

demo: .venv/installed
	@$(BIN)/report-ls --check --fail-on never examples/report.md

test: .venv/installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pytest

vsix: .venv/installed
	@$(BIN)/python vscode-extension/build.py

bench: .venv/installed-dev
	$(PIP) install rumdl
	$(BIN)/python bench

.venv/installed: pyproject.toml | $(BIN)/pip
	@echo "Installing report-ls into .venv, once ..."
	@$(PIP) install --editable .
	@touch $@

.venv/installed-dev: pyproject.toml | $(BIN)/pip
	@echo "Installing report-ls and its developers' tools into .venv, once ..."
	@$(PIP) install --editable '.[dev]'
	@touch .venv/installed $@

# pip is the last that venv makes: without it, an earlier attempt was broken off.
$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit("report-ls needs Python 3.10 or newer: try make PYTHON=python3.12" if sys.version_info < (3, 10) else 0)'
	@$(PYTHON) -m venv --clear .venv
