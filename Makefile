# make run    the product, on 127.0.0.1:$(PORT)            make test           everything, the browser included
# make check  the quick part of the tests, under a minute  make test-postgres  the same tests on PostgreSQL
# make fix    put format and imports right                 make test-deep      every form with 2,000 generated posts
# make bench  what it costs, beside the stock way: docs/performance.md

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
export PORT
# Compiled Python is kept: the tests start the product and its commands many times, in half the time with it.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test test-deep test-postgres check quick slow browser bench fix lock vendor

run: $(VENV)/run.stamp
	@exec $(BIN)/python manage.py run

test: check
	@$(MAKE) --no-print-directory slow browser

# Every form with 2,000 generated posts in place of 100, and other examples of the rules than those of every day.
test-deep: $(VENV)/dev.stamp
	@HYPOTHESIS_PROFILE=deep $(BIN)/python -m pytest -q -n 2 tests/fuzz tests/readiness/domain

test-postgres: $(VENV)/dev.stamp
	@$(BIN)/python scripts/fetch_formtools_tests.py
	@scripts/with_postgres.sh $(MAKE) --no-print-directory quick slow browser

check: $(VENV)/dev.stamp
	@$(BIN)/python scripts/fetch_formtools_tests.py
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(MAKE) --no-print-directory quick

# The three parts of the tests, on the database that DATABASE_URL names.
quick:
	@$(BIN)/python -m pytest -q -n 2 -m "not slow and not browser"

slow:
	@$(BIN)/python -m pytest -q -n 2 -m "slow and not browser"

browser:
	@CHROMIUM="$$($(BIN)/python scripts/find_chromium.py)" && export CHROMIUM && $(BIN)/python -m pytest -q -m browser -n 2 --dist worksteal

# Prints the table and keeps it in docs/performance.md. Fails when a promise is missed in every round.
bench: $(VENV)/bench.stamp
	@$(BIN)/python scripts/find_pango.py
	@$(BIN)/python -m bench --keep

fix: $(VENV)/dev.stamp
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

# The exact versions, with hashes and without addresses.
lock: $(VENV)/dev.stamp
	@$(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --python-version 3.11 --no-header -q pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --python-version 3.11 --no-header -q --group dev -c requirements.txt pyproject.toml -o requirements-dev.txt
	@$(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --python-version 3.11 --no-header -q --group bench -c requirements-dev.txt pyproject.toml -o requirements-bench.txt

# Renews the browser assets under static/vendor/ from the npm registry. Needs Node; nothing else here does.
vendor: $(VENV)/run.stamp
	@cd frontend && npm ci --ignore-scripts --no-audit --no-fund
	@$(BIN)/python scripts/vendor_assets.py

# Debian's Python has no ensurepip, so the environment is made without pip and filled from outside.
$(BIN)/uv: requirements-uv.txt
	@$(PYTHON) -m venv --without-pip $(VENV)
	@$(PYTHON) -m pip --quiet --disable-pip-version-check --python $(BIN)/python install --require-hashes -r requirements-uv.txt
	@touch $(BIN)/uv

$(VENV)/run.stamp: requirements.txt | $(BIN)/uv
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.txt \
	  || $(PYTHON) -m pip --quiet --disable-pip-version-check --python $(BIN)/python install --require-hashes -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/run.stamp
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.txt \
	  || $(PYTHON) -m pip --quiet --disable-pip-version-check --python $(BIN)/python install --require-hashes -r requirements-dev.txt
	@touch $@

$(VENV)/bench.stamp: requirements-bench.txt $(VENV)/dev.stamp
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-bench.txt \
	  || $(PYTHON) -m pip --quiet --disable-pip-version-check --python $(BIN)/python install --require-hashes -r requirements-bench.txt
	@touch $@
