"""docgen init: a new workspace."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from docgen.cli import import_exhibit, terminal
from docgen.cli.options import answering


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--from", "first", metavar="EXHIBIT...", type=click.Path(path_type=Path), help="Begin with what was filed."
)
@click.argument("more", nargs=-1, metavar="", type=click.Path(path_type=Path))
@click.option("--answer", "answers", metavar="PLACE=WORD", multiple=True, help="What words of an exhibit are.")
@click.option(
    "--rename", "renamed", metavar='"OLD=NEW"', multiple=True, help="A fund that has another name in a later exhibit."
)
@click.option("--new", metavar='"NAME"', multiple=True, help="A fund that is new, and no other's new name.")
@answering
def init(folder: Path, first: Path | None, more: Sequence[Path], **typed: Sequence[str]) -> None:
    """Make a new workspace in DIR with one worked plan, or with what was filed.

    \b
      docgen init my-plans
      docgen init my-plans --from exhibit.txt other.htm
      docgen init my-plans --from filings/

    DIR gets schedules/ with a plan and an amendment to copy from, templates/ with the wording and the
    looks, a guide to each, and the schemas by which an editor checks the YAML while you type. With --from
    the plans are those of the exhibits, as docgen import reads them; nothing is made while a question is open.
    """
    from docgen.drafting import new_workspace as maker

    if first is not None:
        import_exhibit.begin(folder, [first, *more], import_exhibit.Replies(**typed))
        return
    if more:
        raise click.UsageError(f"{more[0]} is one argument too many; write --from before exhibits")
    for path in maker.make(folder):
        terminal.say(str(path))
    terminal.say(f"A workspace is ready in {folder}. Next: cd {folder} && docgen build", bold=True)
