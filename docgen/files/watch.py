"""Watches a workspace's data and templates, and says when something in them was saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docgen.problems import Problem, UsageProblem, Where

LOOK = 1000  # milliseconds after which folders that came or went are looked for
WATCHED = ("schedules", "templates")


def changes(root: Path) -> Iterator[None]:
    """Something whenever a file was saved, came or went, and when a watch begins; what changed is for others to find.

    UsageProblem where watchfiles is not installed.
    """
    try:
        import watchfiles
    except ImportError:
        remedy = "type: pip install docgen[watch]"
        raise UsageProblem([Problem(Where("--watch"), "needs the library watchfiles", remedy)]) from None
    while True:
        folders = _folders(root)
        paths = [path for path, _ in folders]
        fresh = True  # what was saved before the watch began is told of too
        for events in watchfiles.watch(
            *(paths or [root]), watch_filter=None, recursive=bool(paths), rust_timeout=LOOK, yield_on_timeout=True
        ):
            moved = _folders(root) != folders
            if events or moved or fresh:
                yield
            fresh = False
            if moved:
                break


def _folders(root: Path) -> list[tuple[Path, int]]:
    """The folders to watch, each with what tells it from another of its name."""
    folders = []
    for name in WATCHED:
        try:
            folders.append((root / name, (root / name).stat().st_ino))
        except OSError:
            continue
    return folders
