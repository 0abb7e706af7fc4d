"""docgen history: a fund or a registrant through every plan."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli.options import JSON, WORKSPACE, answering, ready
from docgen.problems import Problem, UsageProblem, Where, did_you_mean


@click.command()
@click.argument("name", metavar="NAME")
@JSON
@WORKSPACE
@answering
def history(name: str, json_: bool, root: Path) -> None:
    """Follow a fund or a registrant through every plan: its names, its moves, its fees.

    NAME is any name that it has had. What happened is told in order, each with its day and amendment;
    drafts are left out.

    \b
      docgen history "INVESCO Energy Fund"
      docgen history "AIM Sector Funds"
    """
    from docgen.consolidation import history as histories
    from docgen.reports import fund_history

    plans = ready(root).plans
    lives = [life for plan in plans for life in (*histories.lives(plan), *histories.without_effect(plan))]
    matches = histories.called(lives, name)
    if not matches:
        names = sorted({former for life in lives for former in life.names})
        raise UsageProblem([Problem(Where(name), "no plan has had this name", did_you_mean(name, names))])
    click.echo((fund_history.as_json if json_ else fund_history.as_text)(matches), nl=False)
