"""Which tests pass which statement of the code that `make mutants` changes, and how long each works.

Each statement of a function is given a mark as its file is loaded; after each test the marks are read and taken away.
What is learned of a file of tests is kept below build/ until that file, or a folder that it names, is another. A
statement is known again by its function and its words, wherever it stands now: of one that is new, the tests of its
function are asked.
"""

from __future__ import annotations

import ast
import functools
import gc
import hashlib
import importlib
import json
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

import pytest

ROOMS = ("model", "consolidation", "checks", "readers", "redline", "edgar", "files")
FILES = {str(path) for room in ROOMS for path in Path("docgen", room).glob("*.py")}
OF_THE_CODE = ("names", "arrows", "lock", "package", "memory", "startup", "mutations")  # they look at the code itself
OF_THE_DOORS = ("page", "page_forms", "page_papers", "page_in_chromium", "pages", "docs", "pool", "cluster")
OF_OTHERS = ("kill", "conformance", "drawn", "accessibility")  # processes or other programs judge, and tell no place
NOT_RUN = {f"tests/test_{name}.py" for name in (*OF_THE_CODE, *OF_THE_DOORS, *OF_OTHERS)}
TESTS = sorted({str(path) for path in Path("tests").glob("test_*.py")} - NOT_RUN)
# They hold what stands at the head of files, and pass no statement of them
OF_TABLES = (
    "tests/test_preflight.py::test_the_tables_of_names",
    "tests/test_preflight.py::test_the_words_of_every_rule",
    "tests/test_schemas.py::test_an_editor_says_of_each_key_what_it_is",
    "tests/test_schemas.py::test_an_editor_takes_under_each_key",
    "tests/test_schemas.py::test_a_default_is_one_of_the_words_that_may_be_typed",
    "tests/test_templates.py::test_every_earlier_name_leads_to_a_template",
    "tests/test_files.py::test_each_library_that_sets_type_is_told",
)
OPTIONS = ["-m", "not long", "-p", "no:xdist", "-p", "no:cacheprovider", "--hypothesis-seed=0"]
JOBS = int(os.environ.get("JOBS", "2"))
TICK = 0.02  # seconds that a test works at least: the clock counts no less
TOGETHER = 6  # files of tests of which one process learns
ROOT = Path.cwd()
LOADING = ""  # stands for a test in what is passed while the files are loaded
Place = tuple[str, int]  # a file, and the line at which a statement begins
Words = tuple[str, str]


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

    def in_turn(self, names: Iterable[str], path: str, places: Iterable[Place] = ()) -> list[str]:
        """Tests, the quick and close ones first: those for which a file is much of what they pass, and which come by
        where few others do, at some of these places or elsewhere in the file."""
        rare: Counter[str] = Counter()
        for place in (*places, *(place for place in self.passing if place[0] == path)):
            passing = self.passing.get(place, ())
            rare.update(dict.fromkeys(passing, 1 / len(passing)) if passing else {})
        tests = [name for name in names if name in self.seconds]
        near = {name: (self.shares.get((name, path), 0) + 0.001) * (rare[name] + 0.001) for name in tests}
        return sorted(tests, key=lambda name: (max(self.seconds[name], TICK) / near[name], name))


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

    def set(self, places: set[Place]) -> None:
        """Lets the marks of these stand, whoever passed them."""
        for number, place in enumerate(self.places if places else ()):
            self.marks[number] |= place in places


@dataclass(eq=False)
class Passing:
    """A plug-in of pytest that notes what each test passes, and how long it works.

    What was passed before it stands for a test too: all that is loaded is loaded before the first, what a function
    remembers is forgotten after each, and what a fixture passes is passed by every test that uses it.
    """

    marks: Marks
    passing: dict[Place, list[str]]
    seconds: dict[str, float]
    of_fixtures: dict[str, set[Place]] = field(default_factory=dict)  # of those that are made once for many tests
    memories: list[functools._lru_cache_wrapper[object]] = field(default_factory=list)

    def pytest_collection_finish(self) -> None:
        load_all()
        self.memories += [thing for thing in gc.get_objects() if _is_memory(thing)]
        self._note(LOADING)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[object]) -> Generator[None, object, object]:
        before = self.marks.read()
        result = yield
        passed = self.marks.read()
        if fixturedef.scope != "function":
            self.of_fixtures[fixturedef.argname] = passed
        self.marks.set(before | passed)
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.seconds[item.nodeid] = 0.0
        start = sum(os.times()[:4])  # of this process and its children, whatever else the machine does
        yield
        if item.nodeid in self.seconds:
            self.seconds[item.nodeid] = sum(os.times()[:4]) - start
        fixtures = getattr(item, "fixturenames", ())
        self.marks.set({place for name in fixtures for place in self.of_fixtures.get(name, ())})
        self._note(item.nodeid)
        for memory in self.memories:
            memory.cache_clear()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and self.seconds.pop(report.nodeid, None) is not None:
            print(f"{report.nodeid} fails before anything is changed, and is left out", flush=True)  # noqa: T201  # the door of the measure

    def _note(self, test: str) -> None:
        for place in self.marks.read():
            self.passing[place].append(test)


def load_all() -> None:
    """Loads every file that is changed: some are loaded only as they are needed."""
    for path in sorted(FILES):
        importlib.import_module(path.removesuffix(".py").replace("/", ".").removesuffix(".__init__"))


def _is_memory(thing: object) -> bool:
    """Whether it is a function of docgen that remembers what it gave."""
    return isinstance(thing, functools._lru_cache_wrapper) and thing.__module__.startswith("docgen.")


def learn(cache: Path, files: Sequence[str]) -> None:
    """Runs the tests of files, and writes which statements each passes; in a process that has not loaded docgen.

    Those of the doors are left out: they pass everywhere, and ask for little.
    """
    marks = Marks([], bytearray())
    sys.meta_path.insert(0, Finder(FILES, marks.code, {"_passed_": marks.marks}))
    passing = Passing(marks, defaultdict(list), {})
    pytest.main([*OPTIONS, temporary(Path(files[0]).stem), *files], plugins=[passing])
    words = {path: statements(path) for path in FILES}
    for file in files:
        of_file = {name: seconds for name, seconds in passing.seconds.items() if name.startswith(f"{file}::")}
        numbers = {name: number for number, name in enumerate([LOADING, *of_file])}
        by_place = [
            [path, *words[path][line], some]
            for (path, line), tests in passing.passing.items()
            if (some := [numbers[name] for name in tests if name in numbers])
        ]
        (cache / kept(file)).write_text(json.dumps([by_place, of_file]), encoding="utf-8")


def statements(path: str) -> dict[int, Words]:
    """By the line at which it begins, each statement within a function: the function's name, and the line's words."""
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    result: dict[int, Words] = {}

    def visit(node: ast.AST, name: str, depth: int) -> None:
        for inner in ast.iter_child_nodes(node):
            if depth and isinstance(inner, ast.stmt):
                result[inner.lineno] = (name, lines[inner.lineno - 1].strip())
            inside = f"{name}.{inner.name}" if isinstance(inner, ast.FunctionDef | ast.ClassDef) else name
            visit(inner, inside, depth + isinstance(inner, ast.FunctionDef))

    visit(ast.parse("\n".join(lines)), "", 0)
    return result


def temporary(job: str) -> str:
    """The option of pytest by which the folders of the tests of a job stand by themselves, beside the checkout."""
    return f"--basetemp={ROOT.parent}/tests-{job}"


def kept(file: str) -> str:
    """The name under which is kept what was learned of a file of tests: with a hash of it, and of its folders."""
    text = Path(file).read_bytes()
    sums = hashlib.sha256(text)
    for folder in sorted(path for path in Path("tests").iterdir() if path.is_dir()):
        if not re.search(rf"""["/]{folder.name}["/]""".encode(), text):
            continue
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            if not {"__pycache__", "node_modules", "actual"} & set(path.parts):
                sums.update(path.read_bytes())
    return f"passes-{Path(file).stem}-{sums.hexdigest()[:16]}.json"


def tests(cache: Path) -> Tests:
    """As learned now, or before by the same tests."""
    missing = [file for file in TESTS if not (cache / kept(file)).exists()]
    cache.mkdir(parents=True, exist_ok=True)
    here = [sys.executable, "-m", "tests.passes", str(cache)]
    groups = [missing[start : start + TOGETHER] for start in range(0, len(missing), TOGETHER)]
    with ThreadPoolExecutor(JOBS) as jobs:
        ended = jobs.map(lambda files: subprocess.call([*here, *files], start_new_session=True), groups)
        assert not any(ended)
    by_words: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    seconds: dict[str, float] = {}
    for file in TESTS:
        places, more = json.loads((cache / kept(file)).read_text(encoding="utf-8"))
        seconds.update(more)
        called = [LOADING, *more]
        for path, function, line, numbers in places:
            by_words[path, function, line] += [called[number] for number in numbers]
    return _by_place(by_words, seconds)


def _by_place(by_words: Mapping[tuple[str, str, str], list[str]], seconds: dict[str, float]) -> Tests:
    of_function: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (path, function, _), names in by_words.items():
        of_function[path, function] |= {*names} - {LOADING}
    by_place = {
        (path, line): sorted(set(by_words.get((path, *words), of_function.get((path, words[0]), ()))))
        for path in sorted(FILES)
        for line, words in statements(path).items()
    }
    pairs = Counter((name, path) for (path, _), names in by_place.items() for name in names)
    total: Counter[str] = Counter()
    for (name, _), number in pairs.items():
        total[name] += number
    shares = {pair: number / total[pair[0]] for pair, number in pairs.items()}
    return Tests(by_place, seconds, shares, {place for place, names in by_place.items() if LOADING in names})


if __name__ == "__main__":
    learn(Path(sys.argv[1]), sys.argv[2:])
