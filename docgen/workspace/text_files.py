"""Reads the files of a plan's own text, `schedules/<plan>/text/*.html`, as they were typed."""

from __future__ import annotations

from pathlib import Path

from docgen.files import fingerprint
from docgen.model.yaml_reader import LARGEST, Source
from docgen.problems import Problem, Where

TEXT = "text"  # the folder of a plan that has its own text
SUFFIXES = (".html", ".htm")


def load(root: Path, folder: Path) -> tuple[tuple[Source, ...], list[Problem]]:
    """The files of a plan's text in the order of their names, and a problem for each that cannot be one."""
    files: list[Source] = []
    problems: list[Problem] = []
    place = folder / TEXT
    for path in sorted(place.iterdir()) if place.is_dir() else ():
        name = path.relative_to(root).as_posix()
        if path.name.startswith((".", "_")) or path.name == "README.md":
            continue
        if path.suffix.lower() not in SUFFIXES or not path.is_file():
            remedy = "save the plan's text there as .html, in the tags of docs/conform.md, or take this away"
            problems.append(Problem(Where(name), "is no file of a plan's text", remedy))
            continue
        file = _file(path, name)
        if isinstance(file, Source):
            files.append(file)
        else:
            problems.append(file)
    return tuple(files), problems


def _file(path: Path, name: str) -> Source | Problem:
    """One file, or why it cannot be read."""
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        return Problem(Where(name), f"cannot be read: {error.strerror}")
    if len(data) > LARGEST:
        return Problem(Where(name), f"is longer than {LARGEST:,} bytes", "a plan's text takes far less")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return Problem(Where(name, line), "is not UTF-8 text", "save the file as UTF-8 in your editor")
    return Source(name, None, {}, text.replace("\r\n", "\n").replace("\r", "\n"), fingerprint.digest(data))
