# Rostrum: `make` lists what there is. Everything installed goes into .venv/.
#
# Not `?=`: some shells and conda export a HOST of their own, and the demonstration must not be
# opened to a network by accident. `make run HOST=0.0.0.0` does it on purpose.
HOST = 127.0.0.1
PORT ?= 8000
OPENS_IN ?= 120
WORKERS ?= 2
PYTEST_ARGS ?=
BENCH_ARGS ?=
SCREENSHOTS_ARGS ?=

BIN := .venv/bin
TOOLS := .venv/tools/bin
NEWEST := .venv/newest/bin
# -qq keeps errors; the warnings it hides are about indexes and new versions of pip.
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
# Exact versions whose files have the hashes in locks/, and no code that a download would run. pip
# refuses a hashed list with an editable project in it, so the project comes after what builds it.
LOCKED := install --require-hashes --only-binary :all:
FROM_TREE := install --no-deps --no-build-isolation --editable .
MADE_FROM := pyproject.toml src/rostrum/__init__.py \
	$(addprefix build_tools/,hatch_build.py catalogs.py package.json package-lock.json pico.scss) \
	$(wildcard static/js/*.js) static/vendor/.made-from

.DEFAULT_GOAL := help
.PHONY: help run test test-slow lint format i18n bench chaos screenshots lighthouse browser npm validator clean
.PHONY: lock upgrade test-newest dist sbom licences

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile
	@echo "  Settings: HOST=$(HOST) PORT=$(PORT) OPENS_IN=$(OPENS_IN) (seconds); PYTHON, PYTEST_ARGS, BENCH_ARGS"

run: $(BIN)/.ready $(BIN)/.compiled ## the demonstration: a debate whose list opens in two minutes
	@$(BIN)/rostrum demo --host $(HOST) --port $(PORT) --opens-in $(OPENS_IN)

PYTEST = $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup
# What a delegate does and sees stays at hand; all else that needs a real browser takes minutes, as do
# rushes and releases.
QUICK = $(addprefix tests/browser/test_,$(addsuffix .py,live main_job without_javascript))
SLOW = tests/load tests/packaging $(filter-out $(QUICK),$(wildcard tests/browser/test_*.py))

test: $(BIN)/.ready-dev $(BIN)/.compiled $(TOOLS)/.ready browser validator ## the tests, those in a real browser included
	$(PYTEST) $(SLOW:%=--ignore=%) $(PYTEST_ARGS)

test-slow: $(BIN)/.ready-dev $(BIN)/.compiled $(TOOLS)/.ready browser validator ## the other tests: rushes, releases, the rest of what needs a browser
	$(PYTEST) $(SLOW) $(PYTEST_ARGS)

lint: $(BIN)/.ready-dev ## style, format, layers, templates, translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/python -m build_tools.catalogs check

format: $(BIN)/.ready-dev ## put the Python code into the house format
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

i18n: $(BIN)/.ready-dev ## take new sentences up into the catalogs, and compile them
	$(BIN)/python -m build_tools.catalogs update
	$(BIN)/python -m build_tools.catalogs compile

bench: $(BIN)/.ready-dev ## the rush at the opening, measured; options in BENCH_ARGS
	$(BIN)/python -m tests.load.bench $(BENCH_ARGS)

chaos: $(BIN)/.ready-dev ## kill everything amid a rush, fifty times: nothing told may be lost
	$(BIN)/python -m tests.load.chaos --rounds 50

screenshots: $(BIN)/.ready-dev $(BIN)/.compiled browser ## pictures of the pages into screenshots/; options in SCREENSHOTS_ARGS
	$(BIN)/python -m tests.browser.screenshots $(SCREENSHOTS_ARGS)

lighthouse: $(BIN)/.ready-dev browser npm ## the delegate's pages on a slow phone, measured by Lighthouse
	@$(BIN)/python -m tests.npm.tools lighthouse
	$(BIN)/python -m tests.browser.lighthouse

lock: $(BIN)/.ready $(TOOLS)/.ready ## bring locks/ up to pyproject.toml; what still fits stays as it is
	@$(BIN)/python -m build_tools.locks

upgrade: $(BIN)/.ready $(TOOLS)/.ready ## everything locked to its newest version; prints what changed
	@$(BIN)/python -m build_tools.locks --renew
	@$(MAKE) --no-print-directory licences

test-newest: $(BIN)/.ready-dev $(BIN)/.compiled $(TOOLS)/.ready browser validator ## all tests with the newest that pyproject.toml allows, locked or not
	@$(TOOLS)/uv venv --quiet --clear --python $(BIN)/python .venv/newest
	@$(TOOLS)/uv pip install --quiet --python $(NEWEST)/python --requirement pyproject.toml --group dev --group build
	@$(TOOLS)/uv pip install --quiet --python $(NEWEST)/python --no-deps --no-build-isolation --editable .
	$(NEWEST)/python -m pytest -n $(WORKERS) --dist loadgroup $(PYTEST_ARGS)

dist: $(BIN)/.ready $(TOOLS)/.ready ## a release in dist/: wheel, sdist, lock file, bill of materials, hashes
	@rm -rf dist
	@$(BIN)/python -m hatchling build --directory dist
	@$(TOOLS)/python -m build_tools.sbom dist
	@cp locks/runtime.txt dist/requirements.txt
	@cd dist && sha256sum -- * >SHA256SUMS && cat SHA256SUMS

sbom: $(TOOLS)/.ready ## the bill of materials alone (CycloneDX), into dist/
	@$(TOOLS)/python -m build_tools.sbom dist

licences: $(BIN)/.ready ## the table in docs/licences.md, of what is locked
	@$(BIN)/python -m build_tools.licences

clean: ## remove what was built; instance/ with its data stays
	rm -rf .venv dist build static/vendor screenshots
	rm -rf .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find src -name '*.mo' -delete
	find src tests build_tools -name __pycache__ -type d -prune -exec rm -rf {} +

# --- Setting up -----------------------------------------------------------------------------

$(BIN)/.ready: $(MADE_FROM) locks/build.txt locks/node.txt locks/runtime.txt | $(BIN)/pip
	@echo "Installing Rostrum into .venv (once; a minute at most) ..."
	@$(call install,runtime)
	@touch $@

# The development tools bring Rostrum with them: both stamps are set.
$(BIN)/.ready-dev: $(MADE_FROM) locks/build.txt locks/node.txt locks/dev.txt locks/runtime.txt | $(BIN)/pip
	@echo "Installing Rostrum and its development tools into .venv (once) ..."
	@$(call install,dev)
	@touch $(BIN)/.ready $@

# What makes and checks the lock files: apart, so that it never changes what Rostrum runs with.
$(TOOLS)/.ready: locks/tools.txt | $(BIN)/pip
	@echo "Installing uv and cyclonedx-py into .venv/tools (once) ..."
	@$(BIN)/python -m venv --clear .venv/tools
	@$(TOOLS)/python -m pip --disable-pip-version-check -qq $(LOCKED) --requirement locks/tools.txt
	@touch $@

# $(1): the file in locks/. Where there is no npm, the one from PyPI makes static/vendor/.
define install
node=; command -v npm >/dev/null || node="--requirement locks/node.txt"; \
$(PIP) $(LOCKED) --requirement locks/build.txt --requirement locks/$(1).txt $$node && \
$(PIP) $(FROM_TREE)
endef

# The build compiles the catalogs too; this is for those that changed since.
$(BIN)/.compiled: $(wildcard src/rostrum/translations/*/*/*.po) | $(BIN)/.ready
	@$(BIN)/python -m build_tools.catalogs compile
	@touch $@

# Made by the build. The empty recipe says: where it is missing, build again.
static/vendor/.made-from: ;

# Each is run, not only looked for: pyenv keeps names on the path for versions that do not start.
# Debian parts ensurepip from Python (package python3-venv). The target is pip, which comes last.
$(BIN)/pip:
	@rm -rf .venv; \
	for python in $(if $(PYTHON),"$(PYTHON)",python3.14 python3.13 python3.12 python3.11 python3); do \
		if "$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Making .venv with $$("$$python" --version) ..."; \
			exec "$$python" -m venv .venv; \
		fi; \
	done; \
	echo "Rostrum needs Python 3.11 or newer with its venv module, and none was found." >&2; \
	echo "Install one (on Debian: python3 and python3-venv), or name it: make run PYTHON=/path/to/python3" >&2; \
	exit 1

# Programs from npm that check pages lie in .venv/npm/; pip brings an npm where there is none.
npm: $(BIN)/.ready-dev
	@command -v npm >/dev/null || $(PIP) $(LOCKED) --requirement locks/node.txt

validator: npm
	@$(BIN)/python -m tests.npm.tools html-validate axe-core

# The browser tests take Chromium from ROSTRUM_CHROMIUM, from the path, or Playwright's own.
BROWSERS := chromium chromium-browser google-chrome
browser: $(BIN)/.ready-dev
	@have() { for name in "$$ROSTRUM_CHROMIUM" $(BROWSERS); do \
		"$$name" --version >/dev/null 2>&1 && return 0; done; return 1; }; \
	have && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Chromium for the browser tests ..."; \
		export DEBIAN_FRONTEND=noninteractive; \
		apt-get update -qq && apt-get install -qq --yes --no-install-recommends chromium >/dev/null; \
		have && exit 0; \
	fi; \
	$(BIN)/playwright install chromium && exit 0; \
	echo "No Chromium for the browser tests: install chromium, or set ROSTRUM_CHROMIUM to one." >&2; \
	exit 1
