"""docgen schema: JSON Schemas for an editor."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli import terminal
from docgen.cli.options import WORKSPACE, answering, writing


@click.command()
@WORKSPACE
@answering
@writing()
def schema(root: Path) -> None:
    """Write JSON Schemas, so that an editor completes and checks the YAML.

    They go to build/schema/. The first line of the YAML files that docgen writes points there; editors
    with a YAML language server (VS Code with its YAML extension, for one) then underline mistakes.
    """
    from docgen.build.produce import BUILD
    from docgen.drafting import schemas as maker
    from docgen.files import atomic

    terminal.saved(atomic.save(root, atomic.under(BUILD, maker.files())), root)
