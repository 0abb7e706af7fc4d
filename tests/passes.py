"""Which quick tests pass which statement of the code that `make mutants` changes, and how long each works.

Each statement of a function is given a mark as its file is loaded; after each test the marks are read and taken away.
What is learned is kept below build/ until the code or a test is another.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

import pytest

ROOMS = ("model", "consolidation", "checks", "readers", "redline", "edgar", "files")
FILES = {str(path) for room in ROOMS for path in Path("docgen", room).glob("*.py")}
OF_THE_CODE = ("names", "arrows", "lock", "package", "memory", "startup", "mutations")  # they look at the code itself
OF_THE_DOORS = ("page", "page_forms", "page_papers", "pages", "docs", "pool", "cluster", "watch")
NOT_RUN = {f"tests/test_{name}.py" for name in (*OF_THE_CODE, *OF_THE_DOORS)}
TESTS = sorted({str(path) for path in Path("tests").glob("test_*.py")} - NOT_RUN)
QUICK = ["-m", "not slow and not long", "-p", "no:xdist", "-p", "no:cacheprovider", "--hypothesis-seed=0"]
JOBS = 2
ROOT = Path.cwd()
LOADING = ""  # stands for a test in what is passed while the files are loaded
Place = tuple[str, int]  # a file, and the line at which a statement begins


@dataclass(frozen=True)
class Tests:
    """What is known of the tests: those that pass each statement, and the seconds of each.

    And by test and file the share of the file in all that the test passes; the statements that are passed while the
    files are loaded.
    """

    passing: dict[Place, list[str]]
    seconds: dict[str, float]
    shares: dict[tuple[str, str], float]
    loading: set[Place]

    def in_turn(self, names: Iterable[str], path: str) -> list[str]:
        """Tests, the quick and close ones first: those for which a file is much of what they pass."""
        tests = [name for name in names if name in self.seconds]
        return sorted(tests, key=lambda name: (self.seconds[name] / self.shares.get((name, path), 0.001), name))


def name_of(path: str) -> str:
    """The path of a file from the root of the checkout, wherever the process stands."""
    return os.path.relpath(path, ROOT)


class Loader(SourceFileLoader):
    """Loads one file from other code than stands in it."""

    def __init__(self, name: str, path: str, code: Callable[[str], CodeType], names: dict[str, object]) -> None:
        super().__init__(name, path)
        self.code, self.names = code, names

    def get_code(self, fullname: str) -> CodeType:
        return self.code(name_of(self.path))

    def exec_module(self, module: ModuleType) -> None:
        module.__dict__.update(self.names)
        super().exec_module(module)


@dataclass(frozen=True)
class Finder(MetaPathFinder):
    """Finds the files that are loaded from other code: put in front of `sys.meta_path`."""

    files: set[str]
    code: Callable[[str], CodeType]
    names: dict[str, object]

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if not fullname.startswith("docgen."):
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec and spec.origin and name_of(spec.origin) in self.files:
            spec.loader = Loader(fullname, spec.origin, self.code, self.names)
        return spec


@dataclass
class Marks:
    """A mark for each statement that is loaded, which stands once the statement was passed."""

    places: list[Place]
    marks: bytearray

    def code(self, path: str) -> CodeType:
        """A file in which each statement of a function leaves its mark."""
        tree = ast.parse((ROOT / path).read_bytes())
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                self._mark(path, node)
        return compile(tree, ROOT / path, "exec", dont_inherit=True)

    def _mark(self, path: str, node: ast.AST) -> None:
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list):
                setattr(node, name, [new for old in block for new in (*self._new(path, old), old)])
        for inner in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
            self._mark(path, inner)

    def _new(self, path: str, statement: ast.stmt) -> Iterator[ast.stmt]:
        if not isinstance(statement, ast.FunctionDef):  # one within another is come to by itself
            self._mark(path, statement)
        if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
            mark = ast.parse(f"_passed_[{len(self.places)}] = 1").body[0]
            for node in ast.walk(mark):
                ast.copy_location(node, statement)
            self.places.append((path, statement.lineno))
            self.marks.append(0)
            yield mark

    def read(self) -> set[Place]:
        """The statements that were passed since the last time."""
        passed = {self.places[number] for number, mark in enumerate(self.marks) if mark}
        self.marks[:] = bytes(len(self.marks))
        return passed


@dataclass
class Passing:
    """A plug-in of pytest that notes what each test passes, and how long it works."""

    marks: Marks
    passing: dict[Place, list[str]]
    seconds: dict[str, float]

    def pytest_collection_finish(self) -> None:
        self._note(LOADING)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.seconds[item.nodeid] = 0.0
        start = sum(os.times()[:4])  # of this process and its children, whatever else the machine does
        yield
        if item.nodeid in self.seconds:
            self.seconds[item.nodeid] = sum(os.times()[:4]) - start
        self._note(item.nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and self.seconds.pop(report.nodeid, None) is not None:
            print(f"{report.nodeid} fails before anything is changed, and is left out", flush=True)  # noqa: T201  # the door of the measure

    def _note(self, test: str) -> None:
        for place in self.marks.read():
            self.passing[place].append(test)


def learn(into: str, files: Sequence[str]) -> None:
    """Runs the quick tests of files, and writes which statements each passes; in a process that has not loaded docgen.

    Those of the doors are left out: they pass everywhere, and ask for little.
    """
    marks = Marks([], bytearray())
    sys.meta_path.insert(0, Finder(FILES, marks.code, {"_passed_": marks.marks}))
    passing = Passing(marks, defaultdict(list), {})
    pytest.main([*QUICK, temporary(Path(into).stem), *files], plugins=[passing])
    by_place = [[*place, tests] for place, tests in passing.passing.items()]
    Path(into).write_text(json.dumps([by_place, passing.seconds]), encoding="utf-8")


def temporary(job: str) -> str:
    """The option of pytest by which the folders of the tests of a job stand by themselves, beside the checkout."""
    return f"--basetemp={ROOT.parent}/tests-{job}"


def fingerprint() -> str:
    """A hash of all that a test reads."""
    sums = hashlib.sha256()
    for folder in ("docgen", "tests", "templates", "schedules"):
        for path in sorted(path for path in Path(folder).rglob("*") if path.is_file()):
            if not {"__pycache__", "node_modules", "actual"} & set(path.parts):
                sums.update(f"{path}\n{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return sums.hexdigest()[:16]


def tests(cache: Path) -> Tests:
    """As learned now, or before by the same code and tests."""
    mark = fingerprint()
    parts = [cache / f"passes-{mark}-{number}.json" for number in range(JOBS)]
    missing = [number for number, path in enumerate(parts) if not path.exists()]
    if missing:
        cache.mkdir(parents=True, exist_ok=True)
        start = time.monotonic()
        here = [sys.executable, "-m", "tests.passes"]
        jobs = [subprocess.Popen([*here, str(parts[n]), *TESTS[n::JOBS]], start_new_session=True) for n in missing]
        assert not any([job.wait() for job in jobs])  # noqa: C419  # each is waited for
        print(f"learned in {time.monotonic() - start:.0f} seconds", flush=True)  # noqa: T201
    by_place: dict[Place, list[str]] = defaultdict(list)
    seconds: dict[str, float] = {}
    for path in parts:
        places, more = json.loads(path.read_text(encoding="utf-8"))
        seconds.update(more)
        for file, line, names in places:
            by_place[file, line] += names
    pairs = Counter((name, path) for (path, _), names in by_place.items() for name in names)
    total: Counter[str] = Counter()
    for (name, _), number in pairs.items():
        total[name] += number
    shares = {pair: number / total[pair[0]] for pair, number in pairs.items()}
    return Tests(by_place, seconds, shares, {place for place, names in by_place.items() if LOADING in names})


if __name__ == "__main__":
    learn(sys.argv[1], sys.argv[2:])
