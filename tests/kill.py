"""Kills docgen at one moment after the other, and sees that what it wrote is whole: python -m tests.kill.

A command is run in a process of its own, which ends without a word, as by `kill -9`, just before its Nth change of the
disk: a file opened to write, a rename, a file or folder made or taken away. Then the next command runs, after which
every set must be as it was or as it was to be, and nothing else there; and the same command again, after which all must
be as if nothing had happened.
"""

from __future__ import annotations

import argparse
import importlib
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from docgen.cli import main as docgen
from tests.conftest import AMENDMENT, PLAIN, PLAN, Workspace
from tests.test_events import EVENT

CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
Tree = dict[str, bytes]
EXHIBIT = AMENDMENT.replace("number: 1", "number: 1\nexhibit: Exhibit m(2)(a)")
OTHERS = {
    "schedules/q/plan.yaml": PLAN.replace("Class B", "Class C"),
    "schedules/q/amendments/001.yaml": AMENDMENT.replace("number: 1", "number: 1\ndated: 2003-11-03"),
}
EVENTFUL = {**PLAIN, **OTHERS, "schedules/events/rename.yaml": EVENT}
PLANS = "pq" + "abcdefghijklmno"
MANY = {name.replace("/q/", f"/{plan}/"): text for plan in PLANS[2:] for name, text in OTHERS.items()}
LOADED = (  # by this process, so that its children need not
    "build.run", "drafting.from_event", "drafting.schemas", "filing.package", "filing.seal", "filing.verify",
    "redline.baseline", "redline.make", "reports.differences", "spreadsheet.to_changes", "writers.docx", "writers.pdf",
)  # fmt: skip
TEXT = ("--format", "txt,htm")


def _renamed(plans: str) -> dict[str, str]:
    """The plans with another title, so that all their papers are made again."""
    return {f"schedules/{plan}/plan.yaml": PLAN.replace("Master", f"Grand {plan}") for plan in plans}


@dataclass(frozen=True)
class Case:
    """A command to kill: the workspace, what is run and changed in it before, and the command."""

    name: str
    command: tuple[str, ...]
    files: Mapping[str, str]
    before: tuple[tuple[str, ...], ...] = ()
    then: Mapping[str, str] | None = None


CASES = (
    Case("new", ("new", "p"), PLAIN),
    Case("event", ("event", "rename.yaml"), EVENTFUL),
    Case("import", ("import", "fees.csv", "--plan", "p", "--write"), PLAIN, (("export", "p", "fees.csv"),)),
    Case("build", ("build", *TEXT), {**PLAIN, **OTHERS}, (("build", *TEXT),), _renamed("pq")),
    Case("schema", ("schema",), PLAIN),
    Case("seal a document", ("seal", "p/001", "--document", "build/p/001/amendment.txt"), PLAIN, (("build", *TEXT),)),
    Case("redline", ("redline", "p/001", "--against", "q/001", "--format", "txt,htm"), {**PLAIN, **OTHERS}),
    Case("event in 17 plans", ("event", "rename.yaml"), {**EVENTFUL, **MANY}),
    Case("build 17 plans", ("build", *TEXT), {**PLAIN, **OTHERS, **MANY}, (("build", *TEXT),), _renamed(PLANS)),
    Case("first build of 17 plans", ("build", *TEXT), {**PLAIN, **OTHERS, **MANY}),
    Case("package", ("package", "p/001"), {**PLAIN, "schedules/p/amendments/001.yaml": EXHIBIT}),
    Case("seal", ("seal", "p/001"), PLAIN),
    Case("build all formats", ("build",), {**PLAIN, **OTHERS}, (("build",),), _renamed("pq")),
)


class Moments:
    """Counts a process's changes of the disk, and ends it just before one of them; temporary files do not count."""

    def __init__(self, last: int) -> None:
        self.count, self.last = 0, last
        temporary = tempfile.gettempdir()
        self.elsewhere = (*(os.path.join(temporary, tool) for tool in ("docgen-", "weasyprint-")), "/dev/")

    def look(self, event: str, arguments: tuple[object, ...]) -> None:
        """What Python calls with each event of an audit."""
        is_open = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
        if (is_open or event in CHANGES) and not _path(event, arguments).startswith(self.elsewhere):
            self.count += 1
            if self.count == self.last:
                os.kill(os.getpid(), signal.SIGKILL)


def _path(event: str, arguments: tuple[object, ...]) -> str:
    """The path of an event; what is taken away may be called from the folder that it is in, which is open."""
    folder = arguments[-1] if event in ("os.remove", "os.rmdir") else -1
    return os.path.join(os.readlink(f"/proc/self/fd/{folder}") if folder != -1 else "", str(arguments[0]))


def run(root: Path, arguments: tuple[str, ...], moment: int = 0) -> tuple[int, int]:
    """Runs docgen in a process of its own, killed before so many changes of the disk, where a number is given.

    Gives how it ended, as a code or less than nothing for a signal, and how many changes it made if it ended by itself.
    """
    return start(root, arguments, moment).wait()[:2]


@dataclass
class Running:
    """A docgen that runs in a process of its own."""

    process: int
    pipe: int
    root: Path
    megabytes: float = 0.0  # the most memory that it had, once it has ended

    def wait(self) -> tuple[int, int, str]:
        """How it ended, how many changes of the disk it made, and what it printed."""
        with os.fdopen(self.pipe) as pipe:
            count = pipe.read()
        _, status, usage = os.wait4(self.process, 0)
        code, self.megabytes = os.waitstatus_to_exitcode(status), usage.ru_maxrss / 1000
        words = self.root.parent / f"{self.root.name}-{self.process}.txt"
        text = words.read_text(encoding="utf-8", errors="replace")
        words.unlink()
        return code, int(count or 0), text


def start(root: Path, arguments: tuple[str, ...], moment: int = 0, seconds: int = 0) -> Running:
    """Starts docgen in a process of its own, which ends after so many seconds of work, where a number is given.

    Other work on the machine does not shorten them; one that only waits is ended after twenty times as long.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        if seconds:
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
            signal.alarm(20 * seconds)
        _in_child(root, arguments, Moments(moment), writing)
    os.close(writing)
    return Running(child, reading, root)


def _in_child(root: Path, arguments: tuple[str, ...], moments: Moments, pipe: int) -> NoReturn:
    os.chdir(root)
    words = os.open(root.parent / f"{root.name}-{os.getpid()}.txt", os.O_WRONLY | os.O_CREAT)
    for stream in (1, 2):
        os.dup2(words, stream)
    code = 99
    sys.dont_write_bytecode = True  # what Python keeps of code that is loaded is no change of the workspace
    sys.addaudithook(moments.look)
    try:
        docgen(list(arguments), prog_name="docgen")
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        os.write(pipe, str(moments.count).encode())
        os._exit(code)


def tree(root: Path) -> Tree:
    """The files of a workspace, but for docgen's own notes of what it has built."""
    files = [path for path in root.rglob("*") if path.is_file() and path.parent.name != ".docgen"]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def set_of(name: str) -> str:
    """The set that a file belongs to: a paper's folder, or all that is not built but for git's note."""
    parts = name.split("/")
    return "/".join(parts[:3]) if parts[0] == "build" else "note" if parts[-1] == ".gitattributes" else "data"


def torn(old: Tree, new: Tree, now: Tree) -> list[str]:
    """The sets that are neither as they were nor as they were to be."""
    names = {set_of(name) for name in (*old, *new, *now)}
    parts = [{name: tree.get(name) for name in (*old, *new, *now)} for tree in (old, new, now)]
    return [
        each
        for each in sorted(names)
        if {n: d for n, d in parts[2].items() if set_of(n) == each}
        not in [{n: d for n, d in part.items() if set_of(n) == each} for part in parts[:2]]
    ]


class Trial:
    """One case in a folder of its own: how it was, how it is to be, and how many moments there are."""

    def __init__(self, case: Case, folder: Path) -> None:
        self.case, self.folder = case, folder
        self.start = self._start()
        self.old = tree(self.start)
        finished = self._copy("new")
        code, self.moments = run(finished, case.command)
        assert code == 0, f"{case.name} does not run"
        self.new = tree(finished)
        assert self.new != self.old, f"{case.name} writes nothing"

    def _copy(self, name: str) -> Path:
        """A workspace of its own, up to the command."""
        return Path(shutil.copytree(self.start, self.folder / name))

    def _start(self) -> Path:
        """The workspace up to the command."""
        root = self.folder / "start"
        workspace = Workspace(root).write(self.case.files)
        for command in self.case.before:
            assert run(root, command)[0] == 0, f"{' '.join(command)} does not run"
        for path in root.glob("fees.csv"):
            path.write_bytes(path.read_bytes().replace(b"0.75%", b"0.70%"))
        workspace.write(self.case.then or {})
        return root

    def kill(self, moment: int) -> list[str]:
        """What is wrong after a kill at a moment."""
        root = self._copy(str(moment))
        ended, _ = run(root, self.case.command, moment)
        wrong = [] if ended == -signal.SIGKILL else [f"it ended with {ended} and was not killed"]
        run(root, ("check",))
        now = tree(root)
        wrong += [f"{each} is torn" for each in torn(self.old, self.new, now)]
        wrong += [f"{name} stays" for name in now if name.endswith(".part")]
        wrong += [f"{path.name} stays" for path in root.rglob("set.*")]
        if now != self.new and (code := run(root, self.case.command)[0]):
            wrong.append(f"the command does not run again: {code}")
        elif tree(root) != self.new:
            wrong.append("the command does not give the same again")
        shutil.rmtree(root)
        return wrong


def load() -> None:
    """Loads what the commands need, so that each process has it from the start."""
    for module in LOADED:
        importlib.import_module(f"docgen.{module}")


def main() -> None:
    """Tries moments of each case, all of them or so many by chance, and says of each case what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.kill", description=main.__doc__)
    parser.add_argument("--most", type=int, default=1000, metavar="N", help="moments of a case (else all there are)")
    parser.add_argument("--seed", type=int, default=0, help="which moments chance takes")
    parser.add_argument("cases", nargs="*", metavar="CASE", help="only these")
    asked = parser.parse_args()
    load()
    faults = 0
    for case in [case for case in CASES if case.name in asked.cases or not asked.cases]:
        with tempfile.TemporaryDirectory() as folder:
            trial = Trial(case, Path(folder))
            chance = random.Random(asked.seed)  # noqa: S311
            moments = sorted(chance.sample(range(1, trial.moments + 1), min(asked.most, trial.moments)))
            wrong = [f"moment {moment}: {fault}" for moment in moments for fault in trial.kill(moment)]
        faults += len(wrong)
        sys.stdout.write("\n    ".join([f"{case.name}: {len(moments)} moments, {len(wrong)} wrong", *wrong]) + "\n")
        sys.stdout.flush()
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
