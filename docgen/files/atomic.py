"""Puts finished files on the disk: all of a set or none, each whole, and none outside its folder."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import FrameType

from docgen.problems import Problem, Where, WriterProblem

PART = ".part"


def save(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Writes the files under the folder and gives their paths; WriterProblem when one cannot be.

    Each file is first written beside its place; only when all are there do they move, so that a
    failure leaves the old set whole. A signal that arrives in between waits until they have moved.
    """
    parts: dict[Path, Path] = {}
    try:
        for name, data in files.items():
            path = _inside(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            parts[path] = _part(path, data)
        with signals_wait():
            _move(parts)
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead to each other
        where = Where(str(getattr(error, "filename", None) or folder))
        fault = f"cannot be written: {getattr(error, 'strerror', None) or error}"
        raise WriterProblem([Problem(where, fault, "nothing in this folder was changed")]) from None
    finally:
        for part in parts.values():
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
    return list(parts)


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


def _part(path: Path, data: bytes) -> Path:
    """Writes the bytes beside their place, into a file of its own that no link stands for."""
    part = path.with_name(path.name + PART)
    part.unlink(missing_ok=True)
    with part.open("xb") as stream:
        stream.write(data)
    return part


def _inside(folder: Path, name: str) -> Path:
    """The file's path; WriterProblem when it, or a link on the way, leads out of the folder."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()) or path.is_symlink():
        raise WriterProblem([Problem(Where(str(path)), "leads out of its folder", "take the link away")])
    return path


def _move(parts: Mapping[Path, Path]) -> None:
    """Moves every part to its place; what was there comes back when one of them cannot move."""
    before = {path: path.read_bytes() if path.exists() else None for path in parts}
    moved: list[Path] = []
    try:
        for path, part in parts.items():
            part.replace(path)
            moved.append(path)
    except OSError:
        for path in moved:
            old = before[path]
            path.unlink(missing_ok=True) if old is None else path.write_bytes(old)
        raise


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
