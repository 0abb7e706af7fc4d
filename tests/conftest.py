"""What the tests share: workspaces made of texts, the command as a person runs it, golden files."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, settings

from docgen import cli
from docgen.build import pool
from docgen.cli import fault

HERE = Path(__file__).parent
ROOT = HERE.parent
FILED = HERE / "cases" / "filed"  # a folder a plan that was filed, with the facts of its exhibits


def examples(many: int) -> int:
    """How many examples a law is tried with: a third of them, and all in `make long`."""
    return many if os.environ.get("DOCGEN_LAWS") == "all" else max(many // 3, 1)


# Deadlines and checks of speed fail on busy machines. The same examples every time, so that a suite that has passed
# passes again; `make long` draws others.
settings.register_profile(
    "docgen",
    deadline=None,
    derandomize=os.environ.get("DOCGEN_LAWS") != "all",
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("docgen")

PLAN = """\
title: Amended and Restated Master Distribution Plan
kind: distribution-plan
share_classes: [Class B]
dated: 2003-08-18
rule: 12b-1
schedule:
  columns:
    sales_charge:  {heading: Maximum Asset Based Sales Charge, holds: rate, at_most: 0.75%}
    service_fee:   {heading: Maximum Service Fee, holds: rate, at_most: 0.25%}
    aggregate_fee: {heading: Maximum Aggregate Fee, holds: rate, at_most: 1.00%}
"""
AMENDMENT = """\
number: 1
effective: 2003-11-03
restate:
  values: {sales_charge: 0.75%, service_fee: 0.25%, aggregate_fee: 1.00%}
  groups:
    - name: AIM BOND FUNDS, INC.
      rows:
        - INVESCO Tax-Free Bond Fund
        - INVESCO U.S. Government Securities Fund
"""
SEED = "schedules/aim-class-b"
THIRD = """\
number: 3
effective: 2003-11-24
dated: 2003-11-24
changes:
  - add: INVESCO S&P 500 Index Fund
    to: AIM STOCK FUNDS, INC.
  - remove: INVESCO Telecommunications Fund
    reason: merged into INVESCO Technology Fund
  - rename: INVESCO Core Equity Fund
    to: AIM Core Stock Fund
  - move: INVESCO Multi-Sector Fund
    to: AIM SECTOR FUNDS, INC.
  - remove_group: AIM MANAGER SERIES FUNDS, INC.
  - rename_group: AIM STOCK FUNDS, INC.
    to: AIM STOCK FUNDS
  - add_group: AIM NEW FUNDS
    rows: [AIM One Fund, AIM Two Fund]
  - set: INVESCO Mid-Cap Growth Fund
    service_fee: 0.20%
    aggregate_fee: 0.95%
"""
PLAIN = {"schedules/p/plan.yaml": PLAN, "schedules/p/amendments/001.yaml": AMENDMENT}


@dataclass(frozen=True)
class Ran:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Workspace:
    """A folder with schedules/, made for one test."""

    root: Path

    def write(self, files: Mapping[str, str | bytes]) -> Workspace:
        for name, content in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def run(self, *arguments: str) -> Ran:
        """Runs `docgen` in the workspace; a traceback fails the test."""
        before = Path.cwd()
        os.chdir(self.root)
        try:
            result = CliRunner().invoke(cli.main, list(arguments), prog_name="docgen")
        finally:
            os.chdir(before)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code != fault.CODE, Path(result.stderr.split()[-1]).read_text(encoding="utf-8")
        return Ran(result.exit_code, result.stdout, result.stderr)


def each(holds: Iterable[object]) -> bool:
    """Whether something holds of all, and there are any: `all` of nothing would hold as well."""
    listed = list(holds)
    return bool(listed) and all(listed)


def filed_cases(root: Path) -> Workspace:
    """A workspace in an empty folder, whose plans are those that were filed."""
    (root / "schedules").symlink_to(FILED)
    return Workspace(root)


@pytest.fixture(autouse=True, scope="session")
def ctrl_c() -> None:
    """Heard also under a shell that has it ignored, as one does for what it runs in the background."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def one_core(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds are made by this process, which has its libraries loaded, unless a test names a number of jobs."""
    monkeypatch.setattr(pool, "cores", lambda: 1)


@pytest.fixture
def empty(tmp_path: Path) -> Workspace:
    """A workspace without a plan."""
    return Workspace(tmp_path)


@pytest.fixture
def workspace(empty: Workspace) -> Workspace:
    """A workspace with one small plan, `p`, and its amendment `001`."""
    return empty.write(PLAIN)


@pytest.fixture
def amended(empty: Workspace) -> Workspace:
    """The seed's plan with a third amendment that changes something of every kind."""
    files = {name: (ROOT / SEED / name).read_bytes() for name in ("plan.yaml", "amendments/002.yaml")}
    empty.write({f"{SEED}/{name}": data for name, data in files.items()})
    return empty.write({f"{SEED}/amendments/003.yaml": THIRD})


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write what was found over the golden files")


@dataclass(frozen=True)
class Golden:
    """Texts that a person has read and found right."""

    accept: bool

    def holds(self, path: Path, found: str) -> None:
        """Compares with the golden file; keeps what was found under tests/actual/ when it differs."""
        if self.accept:
            path.write_text(found, encoding="utf-8")
        meant = path.read_text(encoding="utf-8") if path.exists() else ""
        if found != meant:
            actual = HERE / "actual" / path.relative_to(HERE)
            actual.parent.mkdir(parents=True, exist_ok=True)
            actual.write_text(found, encoding="utf-8")
        assert found == meant, f"differs from {path.relative_to(ROOT)}; if it is right: pytest --accept"


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    return Golden(bool(request.config.getoption("--accept")))


@pytest.fixture(autouse=True)
def no_log_of_warnings(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning in anybody's log, WeasyPrint's above all, fails the test that caused it."""
    said: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(f"{record.name}: {record.getMessage()}")

    ear = Ear(logging.WARNING)
    loggers = [logging.getLogger(), logging.getLogger("weasyprint"), logging.getLogger("fontTools")]
    for logger in loggers:
        logger.addHandler(ear)
    yield
    for logger in loggers:
        logger.removeHandler(ear)
    if "warned" not in request.keywords:
        assert not said, said
