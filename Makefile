# Willing and Able?  Every command, from a bare clone. `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.SUFFIXES:
PYTHON ?= python3
SCENARIO ?= article
AS_OF ?=
JOBS ?= 2
FORCE ?=
FROM ?= article
TO ?= latest
GRID ?=
PARAMS ?=
NOTEBOOKS ?=
BASE ?=
SCHEDULER ?=
SEEDS ?= 100
CODED ?=
export PYTHONNOUSERSITE := 1
export UV_SYSTEM_CERTS := 1
export UV_PYTHON_DOWNLOADS := never
export SCENARIO AS_OF JOBS FROM TO GRID PARAMS NOTEBOOKS SCHEDULER SEEDS CODED BASE  # so that recipes quote them as the shell does: a value stays data
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV
run = .venv/bin/python -m helpers.machinery
dots = ( while sleep 5 >/dev/null 2>&1; do printf .; done ) & dots=$$!; trap 'kill $$dots 2>/dev/null; echo' EXIT;

.PHONY: help env reproduce verify compare sweep test test-long brief coding-sheet agreement fuzz test-changed bench lab check-data refresh lock audit clean

# list the commands
help:
	@awk '/^# /{said=substr($$0,3)} /^[a-z-]+:/{split($$1,name,":"); if (said!="") printf "  make %-12s %s\n", name[1], said} !/^# /{said=""}' Makefile

# install what everything else needs into .venv, by hash
env: .venv/installed
	@[ -x .venv/bin/python ] || { echo "The Python of .venv is gone: make clean, then again." >&2; exit 1; }
	@.venv/bin/python -P helpers/install.py

# a copy of the lock that .venv was made from: its content counts, not its time
.venv/installed: $(shell cmp -s requirements.lock .venv/installed || echo .venv/outdated)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "$(PYTHON) lacks its venv module: install it first (Debian and Ubuntu: apt-get install python3-venv)." >&2; exit 1; }
	@echo "Installing the environment into .venv, in one to three minutes"
	@echo "1 of 2: Python and the installer uv, a dot every five seconds"
	@$(dots) $(PYTHON) -m venv --clear .venv; \
	awk '/^[a-z]/{keep=/^uv==/} keep' requirements.lock > .venv/uv.txt; \
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes -r .venv/uv.txt
	@echo "2 of 2: the $$(grep -c '^[a-z].*==' requirements.lock) packages of requirements.lock, a dot every five seconds"
	@$(dots) .venv/bin/uv pip install --quiet --python .venv/bin/python --no-build --require-hashes --compile-bytecode -r requirements.lock
	@cp requirements.lock $@

.venv/outdated: ;

# run what has changed and build the pages: SCENARIO=latest AS_OF=2026-03-01 JOBS=2 FORCE=1
reproduce: env
	@$(run) reproduce --scenario "$$SCENARIO" --as-of "$$AS_OF" --jobs "$$JOBS" $(if $(FORCE),--force)

# say which outputs no longer belong to these data, notebooks, helpers and lock
verify: env
	@$(run) verify

# say which verdicts and numbers differ: FROM=article TO=latest, also days
compare: env
	@$(run) compare --from "$$FROM" --to "$$TO"

# run a grid on Dask: PARAMS="as_of=2025-12-20,2026-03-01 evidence=all,read" or GRID=path.yml, NOTEBOOKS=06-refuelling, SCHEDULER=tcp://...
sweep: env
	@$(run) sweep --grid "$$GRID" --parameters "$$PARAMS" --notebooks "$$NOTEBOOKS" --scheduler "$$SCHEDULER" --jobs "$$JOBS"

# test data, helpers, committed notebooks and pages
test: env
	@$(run) test --jobs "$$JOBS"

# the other half of the tests: repeat, stop and starve whole runs, try many seeds, drive JupyterLab and Dask
test-long: env
	@$(run) test --long --jobs "$$JOBS"

# print the verdicts as a PDF of two pages, with the Chromium of the system: SCENARIO=latest AS_OF=2026-03-01
brief: env
	@$(run) brief --scenario "$$SCENARIO" --as-of "$$AS_OF"

# write a sheet on which others can judge the claims without sight of a verdict, with guide and rows
coding-sheet: env
	@$(run) coding-sheet

# say how far coding sheets agree with each other and with the rules: CODED=one.csv,other.csv
agreement: env
	@$(run) agreement --coded "$$CODED"

# move the last digit of every inexact function, and pretend to be other processors: SEEDS=100
fuzz: env
	@$(run) fuzz --seeds "$$SEEDS" --jobs "$$JOBS"

# test what the files touch that differ from the last commit, or from BASE=revision
test-changed: env
	@$(run) test --changed --base "$$BASE" --jobs "$$JOBS"

# measure the ways of running against the plain one, and write it into the README
bench: env
	@.venv/bin/python tools/bench.py

# open the notebooks in JupyterLab; your own go to notebooks/own
lab: env
	@mkdir -p notebooks/own
	@.venv/bin/python -m jupyterlab --notebook-dir=. --LabApp.default_url=/lab/tree/notebooks $(if $(filter 0,$(shell id -u)),--allow-root) $(LAB)

# check the tables and the form of the notebooks, in five to ten seconds
check-data: env
	@$(run) check-data

# run the committed notebooks again in place, and the texts made from them
refresh: env
	@$(run) refresh --jobs "$$JOBS"

# choose newer versions for requirements.lock: PACKAGE=pandas for one alone
lock: env
	@.venv/bin/uv pip compile --quiet --python .venv/bin/python --universal --fork-strategy fewest --python-version 3.11 --generate-hashes --only-binary :all: --no-header --no-annotate $(if $(PACKAGE),--upgrade-package $(PACKAGE),--upgrade) requirements.in -o requirements.lock

# list known vulnerabilities of requirements.lock, as pip-audit finds them; an error too where a package got no answer
audit: env
	@.venv/bin/uv tool run --quiet pip-audit@2.10.1 --strict --requirement requirements.lock --require-hashes --disable-pip --desc off --progress-spinner off || { echo "A vulnerability is listed above, or the package index or the database gave no answer for every package, which is not the same as none." >&2; exit 1; }

# remove what was made, the environment included
clean:
	@rm -rf outputs .venv .pytest_cache .ruff_cache .mypy_cache
