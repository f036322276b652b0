# make demo shows what report-ls says of examples/report.md; make test holds what a change needs, in minutes; make
# test-all is that and everything slow, as CI runs it; make vsix builds the extension for VS Code and make page the page
# for browsers (Node 20 or newer), which make page-demo shows on this machine; make bench measures times, make
# bench-page and make bench-vscode those of the page and of VS Code alone, make bench-instructions what is the same in
# every run.
# They set up what they need in .venv, in the versions that constraints.txt names; make lock renews these. Another Python
# than python3: make PYTHON=python3.12 demo

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: demo test test-all vsix page page-demo bench bench-page bench-vscode bench-instructions lock

demo: .venv/installed
	@$(BIN)/report-ls --check --fail-on never examples/report.md

test: .venv/installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pytest -n auto -m "not slow"

# Editors and browsers are other programs: what fails in them is run once more, in new windows.
test-all: test
	$(BIN)/pytest -n auto -m "slow and not alone"
	$(BIN)/pytest -m alone || $(BIN)/pytest -m alone --last-failed

vsix: .venv/installed
	@$(BIN)/python vscode-extension/build.py

page: .venv/installed
	@$(BIN)/python web/build.py

page-demo: page
	@echo "Open http://127.0.0.1:8000/ (Ctrl-C ends it)"
	@$(BIN)/python -m http.server --bind 127.0.0.1 --directory web/dist 8000

bench: .venv/installed-dev
	$(PIP) install rumdl
	PYTHONPATH=tests $(BIN)/python bench

bench-page: .venv/installed-dev
	@$(BIN)/python bench/browser.py

bench-vscode: .venv/installed-dev
	@PYTHONPATH=tests $(BIN)/python bench/vscode_start.py

bench-instructions: .venv/installed-dev
	@$(BIN)/python bench/instructions.py

# One version of everything that fits Python 3.10 and newer, on every system.
lock: | $(BIN)/pip
	$(PIP) install uv
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.10 --no-python-downloads --extra dev \
		--no-annotate --custom-compile-command "make lock" --output-file constraints.txt pyproject.toml

.venv/installed: pyproject.toml constraints.txt | $(BIN)/pip
	@echo "Installing report-ls into .venv, once ..."
	@$(PIP) install --constraint constraints.txt --editable .
	@touch $@

.venv/installed-dev: pyproject.toml constraints.txt | $(BIN)/pip
	@echo "Installing report-ls and its developers' tools into .venv, once ..."
	@$(PIP) install --constraint constraints.txt --editable '.[dev]'
	@touch .venv/installed $@

# pip is the last that venv makes: without it, an earlier attempt was broken off.
$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit("report-ls needs Python 3.10 or newer: try make PYTHON=python3.12" if sys.version_info < (3, 10) else 0)'
	@$(PYTHON) -m venv --clear .venv
