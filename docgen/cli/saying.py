"""Says things on the terminal: problems, totals, what was written, how far the work is."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from docgen.problems import Problem, count, errors, seen_from

MOST_SHOWN = 200  # problems; more are counted
HANDFUL = 5  # documents from which a progress bar is worth its line


def colour() -> bool | None:
    """Colours as the terminal has them; none where NO_COLOR asks for none."""
    return False if os.environ.get("NO_COLOR") else None


def say(text: str, error: bool = False, **style: Any) -> None:
    """One line on the terminal."""
    click.secho(text, err=error, color=colour(), **style)


def problems(found: Sequence[Problem], root: Path) -> None:
    """Each problem with its remedy, as seen from the folder that the person is in."""
    for problem in seen_from(found[:MOST_SHOWN], str(root), os.getcwd()):
        said, _, remedy = str(problem).partition("\n")
        named = f"{said} [{problem.check}]" if problem.check else said
        say(named, True, fg="yellow" if problem.severity == "warning" else "red")
        if remedy:
            say(remedy, True)
    if len(found) > MOST_SHOWN:
        say(f"... and {len(found) - MOST_SHOWN:,} more", True)


def total(problems: Sequence[Problem], then: str) -> None:
    """The last line: how many problems, and what then."""
    wrong = errors(problems)
    warnings = len(problems) - len(wrong)
    parts = [count(len(wrong), "problem")] if wrong else []
    parts += [count(warnings, "warning")] if warnings else []
    say(f"{' and '.join(parts) or 'No problems'}. {then}".strip(), bool(wrong), bold=True)


def progress(papers: Sequence[Any]) -> Any:
    """A bar on a terminal when there is more than a handful to make."""
    hidden = len(papers) <= HANDFUL or not sys.stderr.isatty()
    return click.progressbar(papers, label="Building", show_pos=True, file=sys.stderr, hidden=hidden)


def written(written: Sequence[Path], root: Path) -> None:
    """The files written, when they are few, and their number."""
    here = [os.path.relpath(path) for path in written]
    for path in here if len(here) <= 6 * HANDFUL else []:
        say(path)
    if written:
        say(f"{count(len(written), 'file')} written under {os.path.relpath(root / 'build')}{os.sep}", bold=True)
