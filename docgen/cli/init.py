"""docgen init: a new workspace."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli import terminal
from docgen.cli.options import answering


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@answering
def init(folder: Path) -> None:
    """Make a new workspace in DIR with one worked plan.

    DIR gets schedules/ with a plan and an amendment to copy from, templates/ with the wording and the
    looks, a guide to each, and the schemas by which an editor checks the YAML while you type.
    """
    from docgen.drafting import new_workspace as maker

    for path in maker.make(folder):
        terminal.say(str(path))
    terminal.say(f"A workspace is ready in {folder}. Next: cd {folder} && docgen build", bold=True)
