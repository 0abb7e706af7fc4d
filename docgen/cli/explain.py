"""docgen explain: the rules of EDGAR that docgen holds files against."""

from __future__ import annotations

import click

from docgen.cli.options import answering
from docgen.problems import Problem, UsageProblem, Where


@click.command()
@click.argument("rule", metavar="[RULE]", required=False)
@answering
def explain(rule: str | None) -> None:
    """Explain a rule of EDGAR's, or list them all.

    \b
      docgen explain        every rule in a line, with what is held against it
      docgen explain A4     one rule: what it asks, why, and where it is written

    A is text, B is HTML, C is PDF, D is names, types and the exhibit index. Some rules cannot be
    checked by a program; they are listed with the reason.
    """
    from docgen.edgar import preflight

    if rule is None:
        click.echo(preflight.listed())
        return
    numbers = [item.number for item in preflight.RULES]
    if rule.upper() not in numbers:
        raise UsageProblem(
            [Problem(Where("docgen explain"), f'rule "{rule}" not found', "docgen explain lists them all")]
        )
    click.echo(preflight.explain(rule.upper()))
