"""The registrants of a workspace's plans, and the funds that stand under each, or stood.

They are kept under build/ by the hash of the plans' files: to load many plans takes longer than to read an exhibit.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from docgen import __version__
from docgen.files import atomic, fingerprint
from docgen.files.atomic import BUILD
from docgen.model.schedule import Schedule
from docgen.problems import DocgenError, name_key
from docgen.workspace.plan_reading import SCHEDULES

if TYPE_CHECKING:
    from docgen.workspace.load import Workspace

FILE = f"{BUILD}/.names.json"
SHAPE = "1"  # of what is kept; to be raised where it changes


@dataclass(frozen=True)
class WorkspaceNames:
    """Registrants, and for each fund those under which it stands in any plan, or stood."""

    registrants: tuple[str, ...] = ()
    homes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def of(workspace: Workspace | None) -> WorkspaceNames:
    """What the plans of a workspace tell; nothing where there is none yet."""
    registrants: dict[str, None] = {}
    homes: dict[str, dict[str, None]] = {}
    for schedule in _schedules(workspace) if workspace else ():
        for group in schedule.groups:
            if group.name:
                registrants[group.name] = None
            for row in group.rows if group.name else ():
                homes.setdefault(name_key(row.name), {})[group.name] = None
    return WorkspaceNames(tuple(registrants), {fund: tuple(names) for fund, names in homes.items()})


def of_folder(root: Path) -> WorkspaceNames:
    """The same of the workspace in a folder, as it was kept for these files; else it is loaded once for it."""
    plans = root / SCHEDULES
    if not any((path / "plan.yaml").exists() for path in plans.iterdir() if path.is_dir()):
        return WorkspaceNames()
    file, digest = root / FILE, fingerprint.together([__version__, SHAPE, fingerprint.everything([plans])])
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        content = json.loads(file.read_bytes())
        if content["plans"] == digest:
            return WorkspaceNames(tuple(content["registrants"]), {k: tuple(v) for k, v in content["homes"].items()})
    from docgen.workspace.load import load  # which takes a while to load itself

    names = of(load(root))
    content = {"plans": digest, "registrants": names.registrants, "homes": dict(names.homes)}
    with contextlib.suppress(OSError, DocgenError):
        atomic.write(file, json.dumps(content).encode())
    return names


def _schedules(workspace: Workspace) -> Iterator[Schedule]:
    """Every state of every schedule whose groups are registrants."""
    for plan in workspace.plans:
        for amendment in plan.amendments:
            yield from (schedule for schedule in amendment.after if schedule.has_registrants)
