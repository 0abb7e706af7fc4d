"""Puts finished files on the disk: all of a set or none, each whole, and none outside its folder.

A set is first written beside its places, in files that end in .part, with a journal of them in build/.docgen/. When
all are there the journal gets its second name: from then on the set counts, and its files move. Whatever ends the
program in between, a journal of the first name means that the old set stands and the parts go, one of the second name
that the new set stands and the remaining parts move; `repair` does that, and each command begins with it.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType

from docgen.problems import Problem, Where, WriterProblem

PART = ".part"
BUILD = "build"  # what is made there can be made again; what is elsewhere is on the disk before the set counts
BEGUN, COMMITTED = f"{BUILD}/.docgen/set.begun", f"{BUILD}/.docgen/set.committed"


@dataclass(frozen=True)
class Journal:
    """What a set consists of, by paths from the workspace: files to write and to take away, and a new folder."""

    files: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    folder: str = ""


@dataclass(frozen=True)
class Repair:
    """What was put right of a set that was broken off: its files, and whether they were finished or cleared."""

    files: tuple[str, ...]
    finished: bool


def save(root: Path, files: Mapping[str, bytes], remove: Iterable[str] = ()) -> list[Path]:
    """Writes the files under a workspace, takes others away, and gives the paths of those written.

    WriterProblem when one cannot be; the old set stands then. A signal that arrives while the files move waits until
    they have.
    """
    repair(root)
    journal = Journal(tuple(files), tuple(remove))
    try:
        paths = [_inside(root, name) for name in files]
        if path := next((path for path in paths if path.is_dir()), None):
            raise IsADirectoryError(21, "Is a directory", str(path))
        with _begun(root, journal):
            for path, (name, data) in zip(paths, files.items(), strict=True):
                path.parent.mkdir(parents=True, exist_ok=True)
                _part(path, data, lasting=not name.startswith(f"{BUILD}/"))
            with signals_wait():
                os.replace(root / BEGUN, root / COMMITTED)
                _finish(root, journal)
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead to each other
        raise _unwritable(root, error) from None
    return paths


def under(folder: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files by their paths from the workspace, where they stand in a folder of it."""
    return {f"{folder}/{name}": data for name, data in files.items()}


def save_folder(root: Path, folder: str, files: Mapping[str, bytes]) -> list[Path]:
    """Makes a new folder with all its files by one rename, and gives their paths; WriterProblem when it cannot be.

    A folder of this name that holds anything stays as it is.
    """
    repair(root)
    place, journal = root / folder, Journal(folder=folder)
    part = _part_of(place)
    try:
        _inside(root, folder)
        with _begun(root, journal):
            _remove_folder(part)
            part.mkdir(parents=True)
            for name, data in files.items():
                if Path(name).name != name:
                    raise WriterProblem([Problem(Where(name), "leads out of its folder", "name a file of it")])
                _create(part / name, data, lasting=True)
            _sync(part)
            os.rename(part, place)
            _sync(place.parent)
    except (OSError, RuntimeError) as error:
        raise _unwritable(root, error) from None
    return [place / name for name in files]


def write(path: Path, data: bytes) -> Path:
    """Writes one file, whole or not at all, and gives its path; WriterProblem when it cannot be."""
    try:
        _inside(path.parent, path.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = _part(path, data, lasting=False)
        try:
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except (OSError, RuntimeError) as error:
        raise _unwritable(path.parent, error) from None
    return path


def remove(folder: Path, names: Iterable[str]) -> list[Path]:
    """Takes files away, and the folders that this empties; gives the paths of those that were there.

    A name that leads out of the folder is let be.
    """
    paths = []
    for name in names:
        with contextlib.suppress(OSError, WriterProblem):
            path = _inside(folder, name)
            path.unlink()
            paths.append(path)
            for above in path.relative_to(folder).parents:
                (folder / above).rmdir() if above.parts else None
    return paths


def repair(root: Path) -> Repair | None:
    """Finishes or clears a set that was broken off; None where there is none. WriterProblem when it cannot be."""
    finished = (root / COMMITTED).is_file()
    path = root / (COMMITTED if finished else BEGUN)
    if not finished and not path.is_file():
        return None
    try:
        journal = _journal(root, path)
        if finished:
            _finish(root, journal)
        else:
            _clear(root, journal)
            path.unlink()
    except OSError as error:
        raise _unwritable(root, error) from None
    return Repair(journal.files or ((journal.folder,) if journal.folder else ()), finished)


def _journal(root: Path, path: Path) -> Journal:
    """A journal; an empty one where it was cut short itself, before anything else was written."""
    try:
        content = json.loads(path.read_bytes())
        files, removals = (tuple(map(str, content[key])) for key in ("files", "remove"))
        folder = str(content["folder"])
        for name in (*files, *removals, folder):
            _inside(root, name)
    except (KeyError, TypeError, RecursionError, ValueError):  # the last also for a NUL in a name
        return Journal()
    return Journal(files, removals, folder)


@contextlib.contextmanager
def _begun(root: Path, journal: Journal) -> Iterator[None]:
    """Keeps a journal while a set is written; unless the set counts by the end, its parts are cleared."""
    path = _inside(root, BEGUN)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        _create(path, json.dumps(asdict(journal)).encode(), lasting=False)
        yield
    finally:
        if path.exists():
            _clear(root, journal)
            path.unlink()
        with contextlib.suppress(OSError):
            path.parent.rmdir()


def _clear(root: Path, journal: Journal) -> None:
    """Takes away the parts of a set."""
    for name in journal.files:
        with contextlib.suppress(OSError):
            _part_of(root / name).unlink()
    if journal.folder:
        _remove_folder(_part_of(root / journal.folder))


def _finish(root: Path, journal: Journal) -> None:
    """Moves the parts of a set that are still there, takes away what goes with it, and then the journal."""
    folders: set[Path] = set()
    for name in journal.files:
        path = root / name
        if (part := _part_of(path)).exists():
            part.replace(path)
            folders |= set() if name.startswith(f"{BUILD}/") else {path.parent}
    for name in journal.remove:
        (root / name).unlink(missing_ok=True)
    for folder in folders:
        _sync(folder)
    (root / COMMITTED).unlink()


def _part_of(path: Path) -> Path:
    """Where a file or folder is written before it moves."""
    return path.with_name(f".{path.name}{PART}")


def _part(path: Path, data: bytes, lasting: bool) -> Path:
    """Writes the bytes beside their place, into a file of its own that no link stands for."""
    part = _part_of(path)
    part.unlink(missing_ok=True)
    _create(part, data, lasting)
    return part


def _create(path: Path, data: bytes, lasting: bool) -> None:
    """Writes a file; a lasting one is on the disk, and not only on its way there."""
    with path.open("xb") as stream:
        stream.write(data)
        if lasting:
            stream.flush()
            os.fsync(stream.fileno())


def _sync(folder: Path) -> None:
    """Has a folder's entries on the disk, where its system can do that."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _inside(folder: Path, name: str) -> Path:
    """The file's path; WriterProblem when it, or a link on the way, leads out of the folder.

    What is to stand in build/ may not lead out of that, which may itself be a link to another disk.
    """
    path = folder / name
    bound = folder / BUILD if name.startswith(f"{BUILD}/") else folder
    if path.is_symlink() or not path.resolve().is_relative_to(bound.resolve()):
        raise WriterProblem([Problem(Where(str(path)), "leads out of its folder", "take the link away")])
    return path


def _unwritable(root: Path, error: OSError | RuntimeError) -> WriterProblem:
    """What is said of a set that could not be written; of one that counts already, that the rest of it follows."""
    where = Where(str(getattr(error, "filename", None) or root))
    fault = f"cannot be written: {getattr(error, 'strerror', None) or error}"
    follows = "see to it: the next docgen command writes the rest of what was begun"
    old = "nothing of this set was changed"
    return WriterProblem([Problem(where, fault, follows if (root / COMMITTED).exists() else old)])


@contextlib.contextmanager
def signals_wait() -> Iterator[None]:
    """Holds Ctrl-C and a polite end back until what has to go together is done."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    caught: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        caught.append(number)

    old = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for held, handler in old.items():
            signal.signal(held, handler)
    for number in caught:
        signal.raise_signal(number)


def _remove_folder(path: Path) -> None:
    """Takes a folder away with all that is in it, if it is there."""
    import shutil  # takes longer to load than most commands need

    shutil.rmtree(path, ignore_errors=True)
