"""The files of a plan's folder, in the order of their ids."""

from __future__ import annotations

import os
import re
from pathlib import Path

from docgen.problems import Problem, Where

DEVICE = r"(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))"  # names that are no files on Windows
EVENTS = "events"  # beside the folders of plans: no plan, but what happened to several
NAME = re.compile(DEVICE + r"\w[\w .()&,'+-]*", re.IGNORECASE)


def plan_name_problem(where: Where, name: str) -> Problem | None:
    """Why a plan's folder cannot be called so; None when it can. `events` is the folder of the events."""
    if NAME.fullmatch(name) and name.casefold() != EVENTS:
        return None
    return Problem(where, f'"{name}" is not a name for a plan\'s folder', "write letters, digits, spaces and -_.")


def amendment_files(workspace: Path, folder: Path) -> tuple[list[Path], list[Problem]]:
    """The plan's amendment files by id, and a problem for each name that cannot be one."""
    where = Where((folder / "amendments").relative_to(workspace).as_posix())
    strange_name = plan_name_problem(where, folder.name)
    problems = [strange_name] if strange_name else []
    if not (folder / "amendments").is_dir():
        strange = os.path.lexists(folder / "amendments")
        return [], [
            *problems,
            *([Problem(where, "is not a folder", "make it one, with a file for each amendment")] if strange else ()),
        ]
    files: dict[str, Path] = {}
    for path in sorted((folder / "amendments").iterdir()):
        if path.suffix.lower() not in (".yaml", ".yml") or path.name.startswith("._"):
            continue
        file = Where(path.relative_to(workspace).as_posix())
        if not NAME.fullmatch(path.stem):
            problems += [Problem(file, f'"{path.stem}" is not an id for an amendment', "name the file like 003.yaml")]
        elif path.stem.casefold() in files:
            twin = files[path.stem.casefold()].name
            problems += [Problem(file, f"has the same id as {twin}", "rename one of the two, or take it away")]
        else:
            files[path.stem.casefold()] = path
    return sorted(files.values(), key=lambda path: in_order_of_ids(path.stem)), problems


def in_order_of_ids(name: str) -> list[tuple[bool, int, str]]:
    """What ids are sorted by: numbers in them count as numbers, so that 9 comes before 10."""
    parts = re.findall(r"[0-9]+|[^0-9]+", name)
    return [(not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts]
