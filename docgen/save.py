"""Puts finished files on the disk: all of a set or none, each whole, and none outside its folder."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType

from docgen.problems import Where, WriterProblem, one

PART = ".part"


def save(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Writes the files under the folder and gives their paths; WriterProblem when one cannot be.

    Each file is first written beside its place; only when all are there do they move, so that a
    failure leaves the old set whole. A signal that arrives in between waits until they have moved.
    """
    places = {_inside(folder, name): data for name, data in files.items()}
    parts = {path: path.with_name(path.name + PART) for path in places}
    try:
        for path, part in parts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(places[path])
        with _signals_wait():
            _move(parts)
    except OSError as error:
        found = f"cannot be written: {error.strerror}"
        where = Where(str(error.filename or folder))
        raise WriterProblem(one(where, found, "nothing in this folder was changed")) from None
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
    return list(places)


def _inside(folder: Path, name: str) -> Path:
    """The file's path; WriterProblem when it, or a link on the way, leads out of the folder."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()) or path.is_symlink():
        raise WriterProblem(one(Where(str(path)), "leads out of its folder", "take the link away"))
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
def _signals_wait() -> Iterator[None]:
    """Holds Ctrl-C and a polite end back until the moves are done."""
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
