"""Changes docgen in one place, runs the tests that pass there, and says which change no test notices.

    python -m tests.mutants [sample] [seed]

It works in a copy of the checkout, in one process a change, forked from one that has loaded docgen and the tests. Which
tests pass a line is learned once, from a run of the quick tests.
"""

from __future__ import annotations

import functools
import gc
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import types
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

import coverage
import pytest

from tests.mutations import Mutant, is_python, mutants

ROOMS = ("model", "consolidation", "checks", "readers", "redline", "edgar", "files")
NOT_RUN = ("test_names", "test_arrows", "test_lock", "test_package", "test_memory", "test_startup")  # look at the code
ENOUGH = 60.0  # seconds that the tests of one change take at most, when nothing is changed
HANGS = 20.0  # seconds more, and three times as long, mean that the change hangs
HUNG = 1000
FIRST = 8  # tests for which fewer files are loaded than for all
MEMORY = 6 << 30
PASSED, CHOSEN = "tests-by-line.json", "tests-of-a-change.json"
QUICK = ["-m", "not slow", "-p", "no:xdist", "-p", "no:cacheprovider", "--hypothesis-seed=0"]
QUICK += [f"--ignore=tests/{name}.py" for name in NOT_RUN]
TEMPORARY = "--basetemp=build/tests"


@dataclass
class Passing:
    """Which tests pass a line, and how long each takes: a plug-in of pytest."""

    measure: coverage.Coverage
    seconds: dict[str, float]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.measure.switch_context(item.nodeid)
        self.seconds[item.nodeid] = 0.0
        start = time.monotonic()
        yield
        if item.nodeid in self.seconds:
            self.seconds[item.nodeid] = time.monotonic() - start
        self.measure.switch_context("")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and self.seconds.pop(report.nodeid, None) is not None:
            print(f"{report.nodeid} fails before anything is changed, and is left out", flush=True)  # noqa: T201  # the door of the measure


@dataclass(frozen=True)
class Chosen:
    """Only these tests, in this order: a plug-in of pytest."""

    tests: list[str]

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        order = {test: number for number, test in enumerate(self.tests)}
        items[:] = sorted((item for item in items if item.nodeid in order), key=lambda item: order[item.nodeid])


@dataclass(frozen=True)
class Tests:
    """What is known of the tests: by file and line those that pass it, and the seconds of each."""

    by_line: dict[str, dict[int, list[str]]]
    seconds: dict[str, float]

    def of(self, mutant: Mutant) -> list[str]:
        """Those that pass the lines that changed, the quickest first, as many as there is time for.

        What runs when a file is loaded concerns each test that passes a function of the file; of a file without any,
        each test.
        """
        lines = self.by_line.get(mutant.path, {})
        first, last = mutant.lines if mutant.in_function else (0, sys.maxsize)
        names = {name for line, names in lines.items() if first <= line <= last for name in names}
        names = names or (set() if mutant.in_function else set(self.seconds))
        result: list[str] = []
        total = 0.0
        for name in sorted(names, key=lambda name: (self.seconds[name], name)):
            total += self.seconds[name]
            if result and total > ENOUGH:
                break
            result.append(name)
        return result


def learn() -> Tests:
    """Runs the quick tests once, and notes which lines each passes."""
    measure = coverage.Coverage(data_file=None, source=["docgen"], config_file=False, messages=False)
    passing = Passing(measure, {})
    measure.start()
    pytest.main(QUICK, plugins=[passing])
    measure.stop()
    data = measure.get_data()
    by_line: dict[str, dict[int, list[str]]] = defaultdict(dict)
    for file in data.measured_files():
        for line, contexts in data.contexts_by_lineno(file).items():
            by_line[os.path.relpath(file)][line] = [test for test in contexts if test in passing.seconds]
    return Tests(by_line, passing.seconds)


@dataclass(frozen=True)
class Trials:
    """A plug-in of pytest that has all tests loaded, and runs some of them on each change in place of all once."""

    size: int
    seed: int
    tests: Tests

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        nothing = Mutant("docgen/model/values.py", 0, 0, "", (1, 1), False)
        items = {item.nodeid: item for item in session.items}
        chosen = [items[name] for name in self.tests.of(nothing) if name in items][:20]
        for in_function in (True, False):
            how = outcome(replace(nothing, in_function=in_function), chosen, ENOUGH)
            assert how == "survived", "tests fail where nothing was changed"
        _functions()
        gc.freeze()  # what is loaded is shared by all processes, and nothing of it is let go
        scores: dict[str, Counter[str]] = defaultdict(Counter)
        for mutant in sample(self.size, self.seed):
            names = [name for name in self.tests.of(mutant) if name in items]
            limit = HANGS + 3 * sum(self.tests.seconds[name] for name in names)
            how = outcome(mutant, [items[name] for name in names], limit)
            scores[mutant.path.split("/")[1]][how] += 1
            if how not in ("noticed", "hangs"):
                print(tell(mutant, how), flush=True)  # noqa: T201  # the door of the measure
        scores["all"] = sum(scores.values(), Counter())
        for room, score in scores.items():
            noticed = score["noticed"] + score["hangs"]
            share = f"{100 * noticed / score.total():.1f} in 100"
            print(f"{room}: {noticed} of {score.total()} noticed, {share}")  # noqa: T201
        return True


def outcome(mutant: Mutant, items: Sequence[pytest.Item], limit: float) -> str:
    """Runs tests on a change: `noticed`, `hangs` (which is noticed), or `survived`; `not passed` if there are none.

    In a function it is made in the memory of a forked process; what runs as a file is loaded is made on the disk.
    """
    if not items:
        return "not passed"
    path = Path(mutant.path)
    source, status = path.read_bytes(), path.stat()
    changed = mutant.of(source)
    if mutant.in_function:
        at = source.count(b"\n", 0, mutant.start) + 1
        shift = source.count(b"\n") - changed.count(b"\n")
        codes = _codes(compile(changed, path.absolute(), "exec"))
        by_place = {(c.co_qualname, c.co_firstlineno + shift * (c.co_firstlineno > at)): c for c in codes}
        ended = _ended(lambda: _in_memory(str(path.absolute()), by_place, items), limit)
    else:
        path.write_bytes(changed)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 10**9 * (1 + mutant.start)))  # or .pyc would stand
        try:
            names = [item.nodeid for item in items]
            ended = _ended(lambda: _loaded_anew(names[:FIRST]) or _loaded_anew(names[FIRST:]), limit + HANGS)
        finally:
            path.write_bytes(source)
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    return "hangs" if ended == HUNG else "survived" if ended == 0 else "noticed"


def _in_memory(file: str, codes: Mapping[tuple[str, int], types.CodeType], items: Sequence[pytest.Item]) -> int:
    """Gives each function of a file its changed code, by name and line, and runs the tests until one fails."""
    for function in _functions()[file]:
        place = function.__code__.co_qualname, function.__code__.co_firstlineno
        function.__code__ = codes.get(place, function.__code__)
    for item, after in zip_longest(items, items[1:]):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        if item.session.testsfailed:
            return 1
    return 0


@functools.cache
def _functions() -> dict[str, list[types.FunctionType]]:
    """Every function that is loaded, by its file; no memory of one is left of what was done while they were."""
    functions: dict[str, list[types.FunctionType]] = defaultdict(list)
    for thing in gc.get_objects():
        if isinstance(thing, functools._lru_cache_wrapper) and thing is not _functions:
            thing.cache_clear()
        if isinstance(thing, types.FunctionType):
            functions[thing.__code__.co_filename].append(thing)
    return functions


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            yield from _codes(inner)


def _loaded_anew(tests: list[str]) -> int:
    """Runs the tests in a new Python."""
    if not tests:
        return 0
    Path(CHOSEN).write_text(json.dumps(tests), encoding="utf-8")
    return subprocess.run([sys.executable, "-m", "tests.mutants", "chosen"], check=False).returncode


def _ended(work: Callable[[], int], limit: float) -> int:
    """How work ended in a process of its own, without a word; HUNG if it was still running at its limit."""
    child = os.fork()
    if not child:
        code = 1
        try:
            os.setsid()
            silence = os.open(os.devnull, os.O_RDWR)
            for stream in range(3):
                os.dup2(silence, stream)
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            code = work()
        finally:
            os._exit(code)
    end = time.monotonic() + limit
    while time.monotonic() < end:
        process, status = os.waitpid(child, os.WNOHANG)
        if process:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return HUNG


def sample(size: int, seed: int) -> list[Mutant]:
    """So many changes of all rooms, drawn by chance; in the order of the files."""
    paths = sorted(path for room in ROOMS for path in Path("docgen", room).glob("*.py"))
    sources = {str(path): path.read_bytes() for path in paths}
    drawn = [mutant for path, source in sources.items() for mutant in mutants(path, source)]
    random.Random(seed).shuffle(drawn)  # noqa: S311, no secret
    good = (mutant for mutant in drawn if is_python(mutant.of(sources[mutant.path])))
    return sorted(mutant for mutant, _ in zip(good, range(size or len(drawn)), strict=False))


def tell(mutant: Mutant, how: str) -> str:
    """A change as a person reads it: where, what stood there, what stands there instead."""
    source = Path(mutant.path).read_bytes()
    line = source.count(b"\n", 0, mutant.start) + 1
    old = " ".join(source[mutant.start : mutant.end].decode().split())
    around = source.decode().splitlines()[line - 1].strip()
    return f"{mutant.path}:{line}: {how}: `{old}` -> `{mutant.text}`   in `{around}`"


def tests_by_line() -> Tests:
    """As learned, in a process of its own: this one shall not load docgen."""
    subprocess.run([sys.executable, "-m", "tests.mutants", "learn"], check=True)
    by_path, seconds = json.loads(Path(PASSED).read_text(encoding="utf-8"))
    return Tests({p: {int(line): names for line, names in lines.items()} for p, lines in by_path.items()}, seconds)


def run(size: int, seed: int) -> None:
    """Measures in the copy, and prints each change that is not noticed, and the score of each room."""
    trials = Trials(size, seed, tests_by_line())
    assert pytest.main([*QUICK, "-s", TEMPORARY], plugins=[trials]) == pytest.ExitCode.OK


def run_chosen() -> int:
    """Runs the tests that are listed in a file, until one fails."""
    tests = json.loads(Path(CHOSEN).read_text(encoding="utf-8"))
    files = sorted({test.partition("::")[0] for test in tests})
    return pytest.main(["-x", "-p", "no:xdist", "--hypothesis-seed=0", TEMPORARY, *files], plugins=[Chosen(tests)])


def copy(root: Path) -> None:
    """The checkout as git knows it, with what is new in it."""
    listed = subprocess.run(["git", "ls-files", "-z", "-co", "--exclude-standard"], capture_output=True, check=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        if Path(name).exists():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(name, root / name, follow_symlinks=False)
    subprocess.run(["git", "-C", root, "init", "--quiet"], check=True)  # a test asks git which files there are
    subprocess.run(["git", "-C", root, "add", "--all"], check=True)


def main(*arguments: str) -> None:
    if arguments == ("learn",):
        learned = learn()
        Path(PASSED).write_text(json.dumps([learned.by_line, learned.seconds]), encoding="utf-8")
    elif arguments == ("chosen",):
        sys.exit(run_chosen())
    elif arguments[:1] == ("run",):
        run(*map(int, arguments[1:]))
    else:
        size, seed = (*arguments, *("0", "1")[len(arguments) :])  # all of them; a sample is drawn the same again
        with tempfile.TemporaryDirectory(prefix="docgen-mutants-") as folder:
            copy(Path(folder))
            environment = {**os.environ, "PYTHONPATH": folder}
            environment.pop("PYTHONDONTWRITEBYTECODE", "")
            command = [sys.executable, "-m", "tests.mutants", "run", size, seed]
            subprocess.run(command, cwd=folder, env=environment, check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
