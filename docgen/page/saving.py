"""Saves what was edited: whole or not at all, never over what somebody else saved meanwhile; and back."""

from __future__ import annotations

import difflib
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from docgen.files import atomic, fingerprint, lock
from docgen.page import live_workspace
from docgen.page.live_workspace import Snapshot
from docgen.problems import DataProblem, Problem, UsageProblem, Where, count
from docgen.workspace.plan_reading import SCHEDULES
from docgen.workspace.seals import FILED

COMMAND = "docgen serve"
MOST_UNDONE = 50  # saves that can be taken back
LINE_END = re.compile(r"(\r\n|\r|\n)")
BOM = "\ufeff"


@dataclass(frozen=True)
class Save:
    """One file as it was before and after a save; before is None where the save made it."""

    file: str
    before: bytes | None
    after: bytes


@dataclass(frozen=True)
class Conflict:
    """What stands in a file by now, where another saved it since the page was shown; None where it is gone."""

    current: bytes | None


@dataclass
class Saves:
    """The saves of this run that can be taken back, each of one file or of several, the last one last."""

    done: list[tuple[Save, ...]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, *saves: Save) -> None:
        """Remembers files that were saved at once."""
        with self.lock:
            self.done = [*self.done[1 - MOST_UNDONE :], saves]

    def drop(self, saves: Sequence[Save]) -> None:
        """Forgets what was taken back; what another tab saved meanwhile stays."""
        with self.lock:
            self.done = [entry for entry in self.done if entry is not saves]

    @property
    def last(self) -> str | None:
        """What the last save was of; None where there is none."""
        if not self.done:
            return None
        first, *others = self.done[-1]
        return f"{first.file} and {count(len(others), 'more file')}" if others else first.file


def save(root: Path, file: str, data: bytes, basis: str) -> Save | Conflict:
    """Writes a file that the list of plans has. `basis` is the hash of what the person saw, empty for a new file."""
    with lock.held(root, COMMAND, _silent):
        current = _content(root / file)
        if (fingerprint.digest(current) if current is not None else "") != basis:
            return Conflict(current)
        if current != data:
            atomic.save(root, {file: data})
        return Save(file, current, data)


def write(snapshot: Snapshot, saves: Saves, work: Callable[[], Iterable[Path]]) -> list[Save]:
    """Has files written, all of them or none, and remembers them; `work` writes them, and gives their paths.

    DataProblem where a file that the snapshot has was saved since; whatever breaks off leaves all as it was.
    """
    root = snapshot.root
    with lock.held(root, COMMAND, _silent):
        _refuse_changed(snapshot)
        before = _stand(root)
        try:
            paths = [path.relative_to(root).as_posix() for path in dict.fromkeys(work())]
        except BaseException:
            after = _stand(root)
            texts = {name: data for name, data in before.items() if after.get(name) != data}
            atomic.save(root, texts, [name for name in after if name not in before])
            raise
        saved = [Save(name, before.get(name), (root / name).read_bytes()) for name in paths]
    saves.add(*saved)
    return saved


def _refuse_changed(snapshot: Snapshot) -> None:
    """DataProblem where a file under schedules/ is not as the snapshot has it: what is written was made from that."""
    stamps = dict(live_workspace.stamps_of(snapshot.root))
    names = [name for name in {**snapshot.stamps, **stamps} if name.startswith(f"{SCHEDULES}/")]
    if changed := [name for name in names if stamps.get(name) != snapshot.stamps.get(name)]:
        remedy = "do it again: the page starts from the files as they stand now"
        raise DataProblem(Problem(Where(name), "was saved meanwhile by somebody else", remedy) for name in changed)


def _stand(root: Path) -> dict[str, bytes]:
    """The files under schedules/ as they stand, by their paths, without the copies of what was filed."""
    paths = {path.relative_to(root): path for path in (root / SCHEDULES).rglob("*") if path.is_file()}
    texts = {name: path for name, path in paths.items() if name.parts[2:3] != (FILED,) or name.name.startswith(".")}
    return {name.as_posix(): path.read_bytes() for name, path in texts.items()}


def undo(root: Path, saves: Saves) -> Sequence[Save]:
    """Takes the last save back; UsageProblem where there is none, DataProblem where a file was changed since."""
    if not saves.done:
        raise UsageProblem([Problem(Where("undo"), "nothing was saved here", "go on")])
    last = saves.done[-1]
    with lock.held(root, COMMAND, _silent):
        remedy = "look at it as it is now; what you saved stands in your version control, if it was committed"
        changed = [save.file for save in last if _content(root / save.file) != save.after]
        if changed:
            raise DataProblem(
                Problem(Where(file), "was changed since you saved it, and stays", remedy) for file in changed
            )
        texts = {save.file: save.before for save in last if save.before is not None}
        atomic.save(root, texts, [save.file for save in last if save.before is None])
    saves.drop(last)
    return last


def _silent(line: str) -> None:
    """Who has the lock is said where the wait is over without it."""


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def shown(data: bytes) -> str:
    """A file's text as a browser can edit it; DataProblem where it is none."""
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        fault = f"byte {data[error.start]:#04x} is not UTF-8 text"
        raise DataProblem([Problem(Where("", line), fault, "save the file as UTF-8 in your editor")]) from None


def edited(before: bytes, text: str) -> bytes:
    """The bytes of a text that was edited in a browser: lines that nobody touched keep their bytes, line ends included.

    New lines end as most lines of the file do.
    """
    shown(before)  # which refuses what is no text
    old = before.decode("utf-8")
    mark, old = (BOM, old.removeprefix(BOM)) if old.startswith(BOM) else ("", old)
    parts = LINE_END.split(old)
    old_texts, old_ends = parts[0::2], [*parts[1::2], ""]
    usual = Counter(filter(None, old_ends)).most_common(1)
    end = usual[0][0] if usual else "\n"
    new_texts = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ends = [end] * (len(new_texts) - 1) + [""]
    for block in difflib.SequenceMatcher(None, old_texts, new_texts, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            if ends[block.b + step] and old_ends[block.a + step]:
                ends[block.b + step] = old_ends[block.a + step]
    return (mark + "".join(line + end for line, end in zip(new_texts, ends, strict=True))).encode()
