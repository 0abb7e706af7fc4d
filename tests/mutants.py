"""Changes docgen in one place, runs the tests that pass there, and says which change no test notices.

    python -m tests.mutants [sample] [seed]

It works in a copy of the checkout, on two changes at a time, each in a process forked from one that has loaded docgen
and the tests.
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
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from types import CodeType

import pytest

from tests import passes
from tests.mutations import Mutant, is_python, mutants
from tests.passes import FILES, JOBS, OPTIONS, TESTS, Tests

ENOUGH = float(os.environ.get("ENOUGH", "60"))  # seconds that the tests of one change work at most, unchanged
HANGS = 10.0  # seconds of work more than twice as many as when nothing is changed mean that the change hangs
WAITS = 10  # times as long it may wait, for other work on the machine
FIRST = 8  # tests for which fewer files are loaded than for all
MEMORY = 6 << 30
SCORE = "score-{}.json"
LOUD = bool(os.environ.get("LOUD"))  # says of each change that is noticed by which test
NOTHING = Mutant("docgen/model/values.py", 0, 0, "", (1, 1), False)


@dataclass(frozen=True)
class Chosen:
    """Only these tests, in this order, and which of them failed: a plug-in of pytest."""

    tests: Sequence[str]
    failed: list[str]

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        order = {test: number for number, test in enumerate(self.tests)}
        items[:] = sorted((item for item in items if item.nodeid in order), key=lambda item: order[item.nodeid])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)


def tests_of(mutant: Mutant, tests: Tests) -> tuple[list[str], int]:
    """Those that pass the statement that changed, as many as there is time for, the close and quick ones first, above
    all those that come by where few others do in the same function; and how many there are in all.

    What runs when a file is loaded concerns besides, and later, those that hold tables, and each that passes a function
    of the file; of a file without any function, each test.
    """
    at_loading = runs_at_loading(mutant, tests)
    names = _passing(tests, mutant.path, *mutant.lines) if mutant.in_function else set()
    in_turn = tests.in_turn(names, mutant.path, around(mutant))
    if at_loading:
        of_file = _passing(tests, mutant.path, 0, sys.maxsize) or {*tests.seconds}
        of_tables = [name for name in passes.OF_TABLES if name in tests.seconds]
        in_turn = [*dict.fromkeys((*in_turn, *of_tables, *tests.in_turn(of_file, mutant.path)))]
    result: list[str] = []
    total = 0.0
    for name in in_turn:
        if total + tests.seconds[name] <= ENOUGH:
            total += tests.seconds[name]
            result.append(name)
    return result, len(in_turn)


def around(mutant: Mutant) -> list[passes.Place]:
    """The statements of the function in which a change is."""
    words = passes.statements(mutant.path)
    functions = {words[line][0] for line in range(mutant.lines[0], mutant.lines[1] + 1) if line in words}
    return [(mutant.path, line) for line, (function, _) in words.items() if function in functions]


def _passing(tests: Tests, path: str, first: int, last: int) -> set[str]:
    """The tests that pass a statement between two lines of a file."""
    places = [place for place in tests.passing if place[0] == path and first <= place[1] <= last]
    return {name for place in places for name in tests.passing[place]} - {passes.LOADING}


def runs_at_loading(mutant: Mutant, tests: Tests) -> bool:
    """Whether what changed is passed when the file is loaded: it is in no function, or in one that is called then."""
    first, last = mutant.lines
    return not mutant.in_function or any((mutant.path, line) in tests.loading for line in range(first, last + 1))


def has_the_same_names_around(mutant: Mutant) -> bool:
    """Whether each function still takes the same names from those around it: only then can it get another code."""
    source = Path(mutant.path).read_bytes()
    before, after = (
        Counter((code.co_qualname, code.co_freevars) for code in _codes(compile(text, mutant.path, "exec")))
        for text in (source, mutant.of(source))
    )
    return not any(name[-1:] != ">" for name, _ in (before - after) + (after - before))


@dataclass(frozen=True)
class Trials:
    """A plug-in of pytest that has all tests loaded, and runs some of them on each change in place of all once."""

    changes: list[Mutant]
    tests: Tests
    job: int
    sound: dict[tuple[str, bool], bool]  # whether a test holds when nothing is changed, in memory or loaded anew

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        passes.load_all()
        items = {item.nodeid: item for item in session.items}
        _functions()
        gc.freeze()  # what is loaded is shared by all processes, and nothing of it is let go
        scores: dict[str, Counter[str]] = defaultdict(Counter)
        for mutant in self.changes:
            names, many = tests_of(mutant, self.tests)
            how, of_which = self.outcome(mutant, [items[name] for name in names if name in items])
            scores[mutant.path.split("/")[1]][how] += 1
            if how not in ("noticed", "hangs"):
                bound = f", {len(names)} of {many} tests asked" if len(names) < many else ""
                print(tell(mutant, how + bound), flush=True)  # noqa: T201  # the door of the measure
            elif LOUD:
                print(tell(mutant, f"{how} by {of_which}"), flush=True)  # noqa: T201
            Path(SCORE.format(self.job)).write_text(json.dumps(scores), encoding="utf-8")
        return True

    def outcome(self, mutant: Mutant, items: Sequence[pytest.Item]) -> tuple[str, str]:
        """Runs tests on a change: `noticed`, and by which; `hangs` (which is noticed), or `survived`; `not passed` if
        there are no tests.

        In a function it is made in what is loaded; what runs as a file is loaded is loaded anew, and so is a function
        that takes other names from around it than before. A test that fails also when nothing is changed is not
        believed, and those after it are asked.
        """
        how, name = ("survived" if items else "not passed"), ""
        anew = runs_at_loading(mutant, self.tests) or not has_the_same_names_around(mutant)
        while items:
            how, name = self._outcome(mutant, items, anew)
            if how != "noticed" or not name or self._sound(name, items, anew):
                break
            items = items[[item.nodeid for item in items].index(name) + 1 :]
            how, name = "survived", ""
        return how, name

    def _sound(self, name: str, items: Sequence[pytest.Item], anew: bool) -> bool:
        if (name, anew) not in self.sound:
            only = [item for item in items if item.nodeid == name]
            self.sound[name, anew] = self._outcome(NOTHING, only, anew)[0] == "survived"
            if not self.sound[name, anew]:
                print(f"{name} fails though nothing is changed, and is not believed", flush=True)  # noqa: T201
        return self.sound[name, anew]

    def _outcome(self, mutant: Mutant, items: Sequence[pytest.Item], anew: bool) -> tuple[str, str]:
        limit = HANGS + 2 * sum(self.tests.seconds[item.nodeid] for item in items)
        if not anew:
            return _ended(lambda: _in_memory(mutant, items), limit)
        names = [item.nodeid for item in items]
        how, name = _ended(lambda: _loaded_anew(mutant, names[:FIRST]), limit)
        if how == "survived" and names[FIRST:]:
            how, name = _ended(lambda: _loaded_anew(mutant, names[FIRST:]), limit + HANGS)
        return how, name


def _in_memory(mutant: Mutant, items: Sequence[pytest.Item]) -> str | None:
    """Gives each function of a file its changed code, by name and line, and runs the tests until one fails: which."""
    path = Path(mutant.path).absolute()
    source = path.read_bytes()
    changed = mutant.of(source)
    at = source.count(b"\n", 0, mutant.start) + 1
    shift = source.count(b"\n") - changed.count(b"\n")
    codes = _codes(compile(changed, path, "exec"))
    by_place = {(c.co_qualname, c.co_firstlineno + shift * (c.co_firstlineno > at)): c for c in codes}
    _replace(_functions()[str(path)], by_place)
    for item, after in zip_longest(items, items[1:]):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        if item.session.testsfailed:
            return item.nodeid
    return None


def _replace(functions: Sequence[types.FunctionType], by_place: Mapping[tuple[str, int], CodeType]) -> None:
    for function in functions:
        code = by_place.get((function.__code__.co_qualname, function.__code__.co_firstlineno), function.__code__)
        if code.co_freevars == function.__code__.co_freevars:  # one within another gets it when that is called
            function.__code__ = code


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


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _codes(inner)


def _loaded_anew(mutant: Mutant, tests: Sequence[str]) -> str | None:
    """Loads docgen and the tests again, and runs them until one fails: which; the libraries stay as they are loaded.

    If they cannot be loaded, it is the change that fails, and no test.
    """
    for name in [name for name in sys.modules if name.partition(".")[0] in ("docgen", "tests")]:
        del sys.modules[name]
    changed = mutant.of(Path(mutant.path).read_bytes())
    path = Path(mutant.path).absolute()
    sys.meta_path.insert(0, passes.Finder({mutant.path}, lambda _: compile(changed, path, "exec"), {}))
    files = sorted({test.partition("::")[0] for test in tests})
    chosen = Chosen(tests, [])
    ended = pytest.main(["-x", *OPTIONS, passes.temporary(str(os.getpid())), *files], plugins=[chosen])
    return None if ended == pytest.ExitCode.OK else "".join(chosen.failed[:1])


def _ended(work: Callable[[], str | None], limit: float) -> tuple[str, str]:
    """How work ended in a process of its own, without a word, and what it gave; it hangs if it works beyond its limit.

    It gives nothing if all went well.
    """
    ear, mouth = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        try:
            os.setsid()
            silence = os.open(os.devnull, os.O_RDWR)
            for stream in range(3):
                os.dup2(silence, stream)
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            resource.setrlimit(resource.RLIMIT_CPU, (int(limit), int(limit) + 1))
            failed = work()
            os.write(mouth, (failed or "").encode())
            code = int(failed is not None)
        finally:
            os._exit(code)
    os.close(mouth)
    with open(ear, encoding="utf-8") as words:  # a pipe has no path
        return _waited(child, WAITS * limit), words.read()


def _waited(child: int, limit: float) -> str:
    end = time.monotonic() + limit
    while time.monotonic() < end:
        process, status = os.waitpid(child, os.WNOHANG)
        if process:
            code = os.waitstatus_to_exitcode(status)
            return "hangs" if code in (-signal.SIGXCPU, -signal.SIGKILL) else "noticed" if code else "survived"
        time.sleep(0.01)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "hangs"


def sample(size: int, seed: int) -> list[Mutant]:
    """So many changes of all rooms, drawn by chance."""
    sources = {path: Path(path).read_bytes() for path in sorted(FILES)}
    drawn = [mutant for path, source in sources.items() for mutant in mutants(path, source)]
    random.Random(seed).shuffle(drawn)  # noqa: S311, no secret
    good = (mutant for mutant in drawn if is_python(mutant.of(sources[mutant.path])))
    return [mutant for mutant, _ in zip(good, range(size or len(drawn)), strict=False)]


def tell(mutant: Mutant, how: str) -> str:
    """A change as a person reads it: where, what stood there, what stands there instead."""
    source = Path(mutant.path).read_bytes()
    line = source.count(b"\n", 0, mutant.start) + 1
    old = " ".join(source[mutant.start : mutant.end].decode().split())
    around = source.decode().splitlines()[line - 1].strip()
    return f"{mutant.path}:{line}: {how}: `{old}` -> `{mutant.text}`   in `{around}`"


def run(size: int, seed: int, cache: Path, job: int) -> None:
    """Tries each change of one job, and prints each that is not noticed."""
    changes = sample(size, seed)[job::JOBS]  # by chance too, so that those tried are a sample whenever it is broken off
    trials = Trials(changes, passes.tests(cache), job, {})
    assert pytest.main([*OPTIONS, "-s", passes.temporary(str(job)), *TESTS], plugins=[trials]) == pytest.ExitCode.OK


def copy(root: Path) -> None:
    """The checkout as git knows it, with what is new in it."""
    listed = subprocess.run(["git", "ls-files", "-z", "-co", "--exclude-standard"], capture_output=True, check=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        if Path(name).exists():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(name, root / name, follow_symlinks=False)
    subprocess.run(["git", "-C", root, "init", "--quiet"], check=True)  # a test asks git which files there are
    subprocess.run(["git", "-C", root, "add", "--all"], check=True)


def say(scores: Sequence[Mapping[str, Mapping[str, int]]]) -> None:
    """Prints the score of each room, and of all."""
    rooms: dict[str, Counter[str]] = defaultdict(Counter)
    for score in scores:
        for room, outcomes in score.items():
            rooms[room].update(outcomes)
    rooms["all"] = sum(rooms.values(), Counter())
    for room, outcomes in sorted(rooms.items()):
        noticed = outcomes["noticed"] + outcomes["hangs"]
        share = f"{100 * noticed / outcomes.total():.1f} in 100"
        print(f"{room}: {noticed} of {outcomes.total()} noticed, {share}")  # noqa: T201


def measure(size: str, seed: str) -> None:
    """Makes the copy, learns there which tests pass where, tries the changes in several jobs, and prints the score."""
    cache = Path("build/mutants").absolute()
    with tempfile.TemporaryDirectory(prefix="docgen-mutants-") as folder:
        root = Path(folder, "checkout")
        copy(root)
        environment = {**os.environ, "PYTHONPATH": str(root)}
        environment.pop("PYTHONDONTWRITEBYTECODE", "")
        command = [sys.executable, "-m", "tests.mutants"]
        subprocess.run([*command, "learn", str(cache)], cwd=root, env=environment, check=True)
        command += ["run", size, seed, str(cache)]
        jobs = [subprocess.Popen([*command, str(number)], cwd=root, env=environment) for number in range(JOBS)]
        assert not any([job.wait() for job in jobs])  # noqa: C419  # each is waited for
        say([json.loads(Path(root, SCORE.format(job)).read_text(encoding="utf-8")) for job in range(JOBS)])


def main(*arguments: str) -> None:
    match arguments:
        case ("learn", cache):
            start = time.monotonic()
            passes.tests(Path(cache))
            print(f"learned in {time.monotonic() - start:.0f} seconds", flush=True)  # noqa: T201
        case ("run", size, seed, cache, job):
            run(int(size), int(seed), Path(cache), int(job))
        case _:
            size, seed = (*arguments, *("0", "1")[len(arguments) :])  # all of them; a sample is drawn the same again
            measure(size, seed)


if __name__ == "__main__":
    main(*sys.argv[1:])
