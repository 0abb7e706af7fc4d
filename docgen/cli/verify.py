"""docgen verify: sealed amendments made again."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from docgen.cli import terminal
from docgen.cli.options import JSON, NAMES, WORKSPACE, answering, ready
from docgen.problems import count


@click.command()
@NAMES
@JSON
@WORKSPACE
@answering
def verify(names: tuple[str, ...], json_: bool, root: Path) -> None:
    """Make every sealed amendment again, and say whether it still comes out as it was filed.

    \b
      identical                  the same bytes
      same words, other bytes    a library or a layout has changed, no word has
      other words                data or templates now give other words than were filed

    Nothing is written. The exit code is 1 when any has other words, or a seal was altered by hand.
    """
    from docgen.filing import verify

    papers = [paper for paper in ready(root, names).papers if paper.seal]
    answers = list(verify.verify(papers))
    for verdict in answers if not json_ else ():
        wrong = verdict.answer == verify.DIFFERENT_WORDS
        terminal.say(f"{verdict.paper}: {verdict.answer}", fg="red" if wrong else None)
        for line in verdict.lines:
            terminal.say(f"    {line}")
    if json_:
        click.echo(json.dumps([asdict(verdict) for verdict in answers], ensure_ascii=False, indent=2))
    else:
        terminal.say(f"{count(len(answers), 'sealed amendment')} verified.", bold=True)
    sys.exit(1 if any(verdict.answer == verify.DIFFERENT_WORDS for verdict in answers) else 0)
