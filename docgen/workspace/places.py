"""Whether what stands in a workspace is what its place is for: a folder, a file, and no link that leads nowhere.

docgen ships templates of its own for what a workspace has none of; so what a person has put there, and cannot be read,
would be passed over in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from docgen.problems import Problem, Where

FILES = ("print.css", "reference.docx", "layout.yaml")  # what has a name of its own under templates/
TEMPLATE = ".html.j2"
PART = re.compile(r"""{%-?\s*(?:import|from|include|extends)\s+["']([^"'/]+)/([^"'/]+)["']""")


def problems(root: Path) -> Iterator[Problem]:
    """What stands in a place of something else under `templates/` and `schedules/`."""
    yield from _folder(root, root / "templates")
    yield from _folder(root, root / "schedules/events")
    for path in sorted((root / "schedules").iterdir()):
        if path.name[0] not in "._" and (path.is_symlink() or (not path.suffix and path.name != "README")):
            yield from _folder(root, path)
        if path.is_dir():
            yield from _folder(root, path / "filed")
            yield from _folder(root, path / "text")
    for path in sorted((root / "templates").rglob("*")) if (root / "templates").is_dir() else ():
        is_file = path.name in FILES or path.name.endswith(TEMPLATE)
        if not path.exists():
            yield _problem(root, path, "is a link that leads nowhere", "take it away, or put the file back")
        elif is_file and not path.is_file():
            yield _problem(root, path, "is not a file", "put the file here, or take this away to have docgen's own")
        elif path.parent == root / "templates" and not path.suffix and path.name[0] not in "._":
            yield from _folder(root, path)
        elif is_file:
            yield from _parts_of_others(root, path)


def _parts_of_others(root: Path, path: Path) -> Iterator[Problem]:
    """A warning for each line of a template that takes another kind's part, of which its own folder has one too."""
    lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    for number, line in enumerate(lines if path.name.endswith(TEMPLATE) else (), start=1):
        for kind, name in PART.findall(line):
            if kind != path.parent.name and (path.parent / name).is_file():
                where = Where(path.relative_to(root).as_posix(), number)
                fault = f'takes "{kind}/{name}", and not the part of its own folder'
                remedy = f'write "{path.parent.name}/{name}", or take {path.parent.name}/{name} away'
                yield Problem(where, fault, remedy, severity="warning", check="template-is-used")


def _folder(root: Path, path: Path) -> Iterator[Problem]:
    """A problem where something else than a folder stands."""
    if path.is_symlink() and not path.exists():
        yield _problem(root, path, "is a link that leads nowhere", "take it away, or put the folder back")
    elif path.exists() and not path.is_dir():
        yield _problem(root, path, "is not a folder", "make it one, or take it away")


def _problem(root: Path, path: Path, fault: str, remedy: str) -> Problem:
    return Problem(Where(path.relative_to(root).as_posix()), fault, remedy)
