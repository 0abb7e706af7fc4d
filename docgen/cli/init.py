"""docgen init: a new workspace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from docgen.cli import import_exhibit, terminal
from docgen.cli.options import answering, as_one


@dataclass(frozen=True)
class InitOptions:
    """Where the workspace is made, and the exhibits that it begins with, with what is answered about them."""

    folder: Path
    first: Path | None
    more: Sequence[Path]
    answers: Sequence[str]
    renamed: Sequence[str]
    new: Sequence[str]


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
@as_one(InitOptions)
def init(options: InitOptions) -> None:
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

    folder = options.folder
    if options.first is not None:
        replies = import_exhibit.Replies(options.answers, options.renamed, options.new)
        import_exhibit.begin(folder, [options.first, *options.more], replies)
        return
    if options.more:
        raise click.UsageError(f"{options.more[0]} is one argument too many; write --from before exhibits")
    for path in maker.make(folder):
        terminal.say(str(path))
    terminal.say(f"A workspace is ready in {folder}. Next: cd {folder} && docgen build", bold=True)
