"""docgen new: the next amendment."""

from __future__ import annotations

import os
from pathlib import Path

import click

from docgen.cli import terminal
from docgen.cli.options import WORKSPACE, answering, ready, writing


@click.command()
@click.argument("plan", metavar="PLAN")
@WORKSPACE
@answering
@writing()
def new(plan: str, root: Path) -> None:
    """Write the next amendment's file, ready to edit.

    It has the next number, blanks for the dates, every kind of change as a comment, and the names of
    the schedule in force to pick from. It is a draft until you take the line draft: true out.
    """
    from docgen.drafting import next_amendment

    path = next_amendment.write(root, ready(root, [plan]).plans[0])
    terminal.say(os.path.relpath(path))
    terminal.say("Fill in the dates, list what changes, and run: docgen check", bold=True)
